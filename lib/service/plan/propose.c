/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan becomes orders. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/plan/work.h"

/* What is due of one supplier, as lines of one order; of a product one line. */
static size_t gather(const tns_plan *plan, size_t first, tns_day last, tns_order_item *lines,
                     size_t *next)
{
    const char *supplier = plan->orders[first].supplier;
    size_t count = 0, i = first;
    for (; i < plan->order_count && strcmp(plan->orders[i].supplier, supplier) == 0; i++) {
        const tns_planned_order *o = &plan->orders[i];
        if (o->by > last || count == TNS_ORDER_LINES_MAX)
            continue;
        size_t k = 0;
        while (k < count && strcmp(lines[k].product, o->product) != 0)
            k++;
        if (k < count) {
            lines[k].packs += o->bottles;
            continue;
        }
        lines[count] = (tns_order_item){.packs = o->bottles};
        tns_text_copy(lines[count].product, sizeof lines[count].product, o->product);
        tns_text_format(lines[count].reason, sizeof lines[count].reason, "%s", o->reason);
        tns_text_tidy(lines[count].reason); /* no letter is cut in two */
        count++;
    }
    *next = i;
    return count;
}

/* The number that an order got: the next one, where it was only tried. */
static bool find_last(tns_stock *stock, bool tried, int64_t *out, tns_error *err)
{
    const tns_order_question all = {0};
    tns_order_list list = {0};
    bool done = tns_order_list_find(stock, &all, &list, err);
    *out = (list.count ? list.orders[list.count - 1].id : 0) + tried;
    tns_order_list_finish(&list);
    return done;
}

static bool propose(tns_stock *stock, tns_plan *plan, const char *supplier,
                    const tns_order_item *lines, size_t count, const tns_stock_act *act,
                    tns_error *err)
{
    tns_stock_change change = {0};
    int64_t id = 0;
    bool done = tns_order_propose(stock, supplier, lines, count, act, &change, err);
    tns_warn_all(&plan->warnings, &change.warnings);
    tns_stock_change_finish(&change);
    done = done && find_last(stock, act->dry_run, &id, err);
    if (done && plan->proposed_count < TNS_PLAN_PROPOSED)
        plan->proposed[plan->proposed_count++] = id;
    return done;
}

bool tns_service_propose(tns_stock *stock, tns_plan *plan, int within_days,
                         const tns_stock_act *act, tns_error *err)
{
    tns_order_item *lines = malloc(TNS_ORDER_LINES_MAX * sizeof *lines);
    bool done = lines || tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
    for (size_t i = 0, next; done && i < plan->order_count; i = next) {
        const char *supplier = plan->orders[i].supplier;
        size_t count = gather(plan, i, plan->from + within_days, lines, &next);
        if (count > 0 && !supplier[0])
            tns_warn(&plan->warnings, "%s and what else has no supplier is not proposed",
                     lines[0].product);
        else if (count > 0)
            done = propose(stock, plan, supplier, lines, count, act, err);
    }
    free(lines);
    return done;
}
