/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Operations at random against a model of the shelf that is as plain as can be: arrays, and a
 * search for the next bottle by comparing all. What the store says is always what the model says,
 * and what is on hand is always the ledger's sum.
 */
#include <stdio.h>

#include "base/random.h"
#include "stock/shelf.h"

enum { BOTTLES = 400, STEPS = 1200, PARTS = 64, PRODUCTS = 2 };

typedef struct model_bottle {
    int product, lot;
    int64_t on_hand;
    tns_day use_by;
    bool opened;
} model_bottle;

typedef struct part {
    int64_t bottle, amount;
    bool opens;
} part;

typedef struct step {
    int64_t operation;
    tns_entry_kind kind;
    int count;
    part parts[PARTS];
    bool undone;
} step;

typedef struct model {
    int64_t bottle_count; /* bottles[1] is B1 */
    model_bottle bottles[BOTTLES + 1];
    bool aside[BOTTLES]; /* by lot */
    int step_count, lot_count;
    step steps[STEPS];
} model;

static model shelf;
static const char *const products[PRODUCTS] = {"black", "grey"};

static bool is_usable(const model_bottle *b)
{
    return !shelf.aside[b->lot] && b->use_by >= day_of("2026-06-15");
}

static bool goes_before(const model_bottle *a, const model_bottle *b)
{
    return a->opened != b->opened ? a->opened : a->use_by < b->use_by;
}

static int64_t next_bottle(int product)
{
    int64_t best = 0;
    for (int64_t id = 1; id <= shelf.bottle_count; id++) {
        const model_bottle *b = &shelf.bottles[id];
        if (b->product == product && b->on_hand > 0 && is_usable(b) &&
            (best == 0 || goes_before(b, &shelf.bottles[best])))
            best = id;
    }
    return best;
}

static int64_t usable_amount(int product)
{
    int64_t sum = 0;
    for (int64_t id = 1; id <= shelf.bottle_count; id++)
        if (shelf.bottles[id].product == product && is_usable(&shelf.bottles[id]))
            sum += shelf.bottles[id].on_hand;
    return sum;
}

/* Opened today: PAO is 12 months. */
static void model_open(int64_t id)
{
    static tns_day in_a_year;
    if (!in_a_year)
        in_a_year = day_of("2027-06-15");
    model_bottle *b = &shelf.bottles[id];
    b->opened = true;
    if (b->use_by > in_a_year)
        b->use_by = in_a_year;
}

static tns_day labels[BOTTLES + 1]; /* what the use_by goes back to when an opening is taken back */

static void model_close(int64_t id)
{
    shelf.bottles[id].opened = false;
    shelf.bottles[id].use_by = labels[id];
}

static bool taken_later(int64_t id, int after)
{
    for (int i = after + 1; i < shelf.step_count; i++)
        for (int k = 0; k < shelf.steps[i].count; k++)
            if (!shelf.steps[i].undone && shelf.steps[i].parts[k].bottle == id &&
                shelf.steps[i].parts[k].amount < 0)
                return true;
    return false;
}

/* ---- the steps ---- */

static step *new_step(tns_entry_kind kind, int64_t operation)
{
    step *s = &shelf.steps[shelf.step_count++];
    *s = (step){.kind = kind, .operation = operation};
    return s;
}

static void add_part(step *s, int64_t bottle, int64_t amount, bool opens)
{
    ck_assert_int_lt(s->count, PARTS);
    s->parts[s->count++] = (part){bottle, amount, opens};
    shelf.bottles[bottle].on_hand += amount;
    if (opens)
        model_open(bottle);
}

static void step_receive(tns_stock *stock, tns_random *random)
{
    static const char *const expiries[] = {"2026-06-14", "2026-06-15", "2026-08-01",
                                           "2026-08-01", "2027-03-01", "2029-01-01"};
    int product = (int)tns_random_below(random, PRODUCTS),
        count = 1 + (int)tns_random_below(random, 3);
    const char *expires = expiries[tns_random_below(random, 6)];
    int64_t amount = 1 + tns_random_below(random, 50);
    if (shelf.bottle_count + count > BOTTLES)
        return;
    char lot[24];
    snprintf(lot, sizeof lot, "L%d", shelf.lot_count);
    int64_t first = receive_on(stock, products[product], lot, count, amount, expires, "");
    ck_assert_int_eq(first, shelf.bottle_count + 1);
    tns_entry_list log;
    ck_assert(tns_stock_log(stock, 0, &log, NULL));
    step *s = new_step(TNS_ENTRY_RECEIVE, log.entries[log.count - 1].operation);
    tns_entry_list_finish(&log);
    for (int i = 0; i < count; i++) {
        int64_t id = ++shelf.bottle_count;
        labels[id] = day_of(expires);
        shelf.bottles[id] =
            (model_bottle){.product = product, .lot = shelf.lot_count, .use_by = labels[id]};
        add_part(s, id, amount, false);
    }
    shelf.lot_count++;
}

static void step_use(tns_stock *stock, tns_random *random)
{
    int product = (int)tns_random_below(random, PRODUCTS);
    int64_t amount = 1 + tns_random_below(random, 40);
    bool enough = usable_amount(product) >= amount;
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err = {0};
    bool done = tns_stock_use(stock, products[product], amount, 0, &act, &change, &err);
    ck_assert_msg(done == enough, "use: %s", err.text);
    step *s = done ? new_step(TNS_ENTRY_USE, change.operation) : NULL;
    for (size_t i = 0; done && i < change.entries.count; i++) {
        const tns_entry *e = &change.entries.entries[i];
        if (e->kind != TNS_ENTRY_USE)
            continue;
        int64_t id = next_bottle(product);
        ck_assert_msg(e->bottle == id, "use: B%d, the model says B%d", (int)e->bottle, (int)id);
        const model_bottle *b = &shelf.bottles[id];
        int64_t taken = b->on_hand < amount ? b->on_hand : amount;
        ck_assert_int_eq(e->amount, -taken);
        add_part(s, id, -taken, !b->opened);
        amount -= taken;
    }
    ck_assert(!done || amount == 0);
    tns_stock_change_finish(&change);
}

static int64_t any_bottle(tns_random *random)
{
    return shelf.bottle_count ? 1 + tns_random_below(random, (uint32_t)shelf.bottle_count) : 0;
}

static void step_count(tns_stock *stock, tns_random *random)
{
    int64_t id = any_bottle(random), amount = tns_random_below(random, 60);
    tns_stock_act act = because("also more than came");
    tns_stock_change change;
    tns_error err;
    if (!id)
        return;
    ck_assert_msg(tns_stock_count(stock, id, amount, &act, &change, &err), "%s", err.text);
    add_part(new_step(TNS_ENTRY_COUNT, change.operation), id, amount - shelf.bottles[id].on_hand,
             false);
    tns_stock_change_finish(&change);
}

static void step_waste(tns_stock *stock, tns_random *random)
{
    int64_t id = any_bottle(random), amount = 1 + tns_random_below(random, 20);
    tns_stock_act act = because("spill");
    tns_stock_change change;
    tns_error err;
    if (!id)
        return;
    bool done = tns_stock_waste(stock, id, amount, &act, &change, &err);
    ck_assert_int_eq(done, amount <= shelf.bottles[id].on_hand);
    if (done)
        add_part(new_step(TNS_ENTRY_WASTE, change.operation), id, -amount, false);
    tns_stock_change_finish(&change);
}

static void step_open(tns_stock *stock, tns_random *random)
{
    int64_t id = any_bottle(random);
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    if (!id)
        return;
    bool done = tns_stock_open_bottle(stock, id, &act, &change, &err);
    ck_assert_int_eq(done, !shelf.bottles[id].opened && is_usable(&shelf.bottles[id]));
    if (done)
        add_part(new_step(TNS_ENTRY_OPEN, change.operation), id, 0, true);
    tns_stock_change_finish(&change);
}

static void step_aside(tns_stock *stock, tns_random *random)
{
    if (!shelf.lot_count)
        return;
    int lot = (int)tns_random_below(random, (uint32_t)shelf.lot_count);
    char name[24];
    tns_stock_act act = because("a look at it");
    tns_stock_change change;
    tns_error err;
    snprintf(name, sizeof name, "L%d", lot);
    ck_assert(shelf.aside[lot] ? tns_stock_release(stock, name, NULL, &act, &change, &err)
                               : tns_stock_quarantine(stock, name, NULL, &act, &change, &err));
    shelf.aside[lot] = !shelf.aside[lot];
    tns_stock_change_finish(&change);
}

static bool can_be_undone(int index)
{
    const step *s = &shelf.steps[index];
    for (int i = 0; i < s->count; i++) {
        const model_bottle *b = &shelf.bottles[s->parts[i].bottle];
        if (b->on_hand < s->parts[i].amount)
            return false;
        if (s->kind == TNS_ENTRY_RECEIVE && (b->on_hand != s->parts[i].amount || b->opened))
            return false;
        if (s->kind == TNS_ENTRY_OPEN && taken_later(s->parts[i].bottle, index))
            return false;
    }
    return !s->undone;
}

static void step_undo(tns_stock *stock, tns_random *random)
{
    if (!shelf.step_count)
        return;
    int index = shelf.step_count - 1 - (int)tns_random_below(random, 6) % shelf.step_count;
    if (index < 0)
        return;
    step *s = &shelf.steps[index];
    tns_stock_act act = because("a slip");
    tns_stock_change change;
    tns_error err = {0};
    bool done = tns_stock_undo(stock, s->operation, &act, &change, &err);
    ck_assert_msg(done == can_be_undone(index), "undo of %d: %s", (int)s->operation, err.text);
    tns_stock_change_finish(&change);
    if (!done)
        return;
    s->undone = true;
    for (int i = 0; i < s->count; i++) {
        shelf.bottles[s->parts[i].bottle].on_hand -= s->parts[i].amount;
        if (s->parts[i].opens && !taken_later(s->parts[i].bottle, index))
            model_close(s->parts[i].bottle);
    }
}

/* ---- what has to hold ---- */

static void check_bottles(tns_stock *stock)
{
    tns_stock_question question = {.with_empty = true, .context = &standing};
    tns_bottle_list list;
    tns_error err;
    ck_assert_msg(tns_stock_list(stock, &question, &list, &err), "%s", err.text);
    ck_assert_int_eq((int64_t)list.count, shelf.bottle_count);
    for (size_t i = 0; i < list.count; i++) {
        const tns_bottle *b = &list.bottles[i];
        const model_bottle *m = &shelf.bottles[b->id];
        ck_assert_msg(b->on_hand == m->on_hand && b->use_by == m->use_by &&
                          (b->opened != TNS_NO_DAY) == m->opened,
                      "B%d: %d on hand, the model says %d", (int)b->id, (int)b->on_hand,
                      (int)m->on_hand);
    }
    tns_bottle_list_finish(&list);
}

static void check_sums(tns_stock *stock)
{
    static int64_t sum[BOTTLES + 1];
    tns_entry_list log;
    memset(sum, 0, sizeof sum);
    ck_assert(tns_stock_log(stock, 0, &log, NULL));
    for (size_t i = 0; i < log.count; i++)
        sum[log.entries[i].bottle] += log.entries[i].amount;
    tns_entry_list_finish(&log);
    for (int64_t id = 1; id <= shelf.bottle_count; id++)
        ck_assert_int_eq(sum[id], shelf.bottles[id].on_hand);
}

typedef void step_of(tns_stock *stock, tns_random *random);

START_TEST(what_is_on_hand_is_the_ledgers_sum_and_what_a_plain_model_says)
{
    static step_of *const steps[] = {step_receive, step_use,   step_use,   step_use,
                                     step_use,     step_count, step_waste, step_open,
                                     step_aside,   step_undo,  step_undo};
    for (uint64_t seed = 1; seed <= 3; seed++) {
        tns_random random = tns_random_make(seed);
        tns_stock *stock = scratch();
        memset(&shelf, 0, sizeof shelf);
        add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
        add_product(stock, "grey", TNS_PRODUCT_PIGMENT, 12);
        for (int i = 0; i < 500; i++) {
            steps[tns_random_below(&random, sizeof steps / sizeof *steps)](stock, &random);
            if (i % 20 == 0)
                check_bottles(stock);
        }
        check_bottles(stock);
        check_sums(stock);
        check_verifies(stock);
        tns_stock_close(stock);
    }
}
END_TEST

int main(void)
{
    setenv("TZ", "UTC0", 1);
    Suite *suite = suite_create("property");
    TCase *tcase = tcase_create("property");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, what_is_on_hand_is_the_ledgers_sum_and_what_a_plain_model_says);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
