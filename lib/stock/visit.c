/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits, from booking to closing. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "base/text.h"
#include "stock/facts_people.h"
#include "stock/ledger.h"

static const int64_t AREA_MAX_MM2 = 1000000, POT_MAX_UL = 1000000; /* a square metre, a litre */

/* ---- what is there ---- */

bool tns_expect_visit(tns_db *db, int64_t id, tns_visit *out, tns_error *err)
{
    bool found;
    return tns_visit_row(db, id, out, &found, err) &&
           (found || tns_error_set(err, TNS_ERROR_NO_SUCH, "there is no visit V%" PRId64, id));
}

bool tns_visit_find(tns_stock *stock, int64_t id, tns_visit *out, tns_error *err)
{
    return tns_expect_visit(stock->db, id, out, err);
}

bool tns_visit_list_find(tns_stock *stock, const tns_visit_question *question, tns_visit_list *out,
                         tns_error *err)
{
    tns_client client;
    *out = (tns_visit_list){0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done =
        (!question->client || tns_expect_client(stock->db, question->client, &client, err)) &&
        tns_visit_rows(stock->db, question, out, err);
    tns_db_rollback(stock->db);
    return done;
}

/* ---- booking ---- */

static bool check_figures(const tns_visit *v, tns_error *err)
{
    if (v->day == TNS_NO_DAY)
        return tns_error_set(err, TNS_ERROR_USAGE, "visit: expected the day it is booked for");
    bool reasonable = v->area_mm2 >= 0 && v->area_mm2 <= AREA_MAX_MM2 && v->pot_ul >= 0 &&
                      v->pot_ul <= POT_MAX_UL && tns_visit_kind_name(v->kind)[0];
    return reasonable || tns_error_set(err, TNS_ERROR_USAGE, "visit: a figure outside reason");
}

static bool warn_of_none(tns_operation *o, const char *what, tns_error *err)
{
    char near[TNS_NEAR_TEXT];
    if (!tns_parts_near(o->db, what, near, sizeof near, err))
        return false;
    tns_warn(&o->out->warnings, "nothing on the shelf is %s%s", what, near);
    return true;
}

/*
 * It may be bought until then; a slip is found while it can be mended. What has a blank and is on
 * no shelf may be a person's name, which the ledger would keep for good.
 */
static bool warn_of_unknown(tns_operation *o, const tns_recipe_parts *recipe, tns_error *err)
{
    bool done = true;
    for (size_t i = 0; done && i < recipe->count; i++) {
        const char *what = recipe->parts[i].what;
        tns_product product, *alike = NULL;
        size_t count = 0;
        bool found, diluent = strcmp(what, "diluent") == 0;
        done = tns_products_alike(o->db, diluent ? NULL : what, &alike, &count, err) &&
               tns_product_find(o->db, what, &product, &found, err);
        free(alike);
        if (done && count == 0 && !found && strchr(what, ' '))
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "recipe: nothing on the shelf is \"%s\", and names with blanks "
                                 "are kept of what is there alone",
                                 what);
        if (done && count == 0 && !found)
            done = warn_of_none(o, what, err);
    }
    return done;
}

/* Of what was typed nothing is kept but parts: the ledger forgets no name that slipped in. */
static bool keep_recipe(tns_operation *o, const char *told, char out[TNS_RECIPE_TEXT_SIZE],
                        tns_error *err)
{
    tns_recipe_parts parts;
    out[0] = '\0';
    return !told[0] ||
           (tns_recipe_parts_parse(told, &parts, err) && warn_of_unknown(o, &parts, err) &&
            tns_recipe_parts_write(&parts, out, err));
}

enum { FAR_DAYS = 3653 }; /* ten years: what is further is a slip */

static bool check_day(tns_operation *o, tns_day day, tns_error *err)
{
    char text[TNS_DAY_TEXT];
    tns_day_write(day, text);
    if (day > o->day + FAR_DAYS || day < o->day - FAR_DAYS)
        return tns_error_set(err, TNS_ERROR_USAGE, "visit: %s is more than ten years off", text);
    if (day < o->day)
        tns_warn(&o->out->warnings, "%s is past: visit open --on says that the visit took place",
                 text);
    return true;
}

/* Nobody is treated twice a day: one of two may be a slip. */
static bool warn_of_twin(tns_operation *o, const tns_visit *visit, tns_error *err)
{
    char day[TNS_DAY_TEXT];
    tns_visit_list list = {0};
    const tns_visit_question same = {.client = visit->client, .from = visit->day, .to = visit->day};
    bool done = tns_visit_rows(o->db, &same, &list, err);
    tns_day_write(visit->day, day);
    if (done && list.count > 0)
        tns_warn(&o->out->warnings,
                 "C%" PRId64 " has V%" PRId64 " on %s already: visit cancel takes the one that is "
                 "a slip",
                 visit->client, list.visits[0].id, day);
    tns_visit_list_finish(&list);
    return done;
}

static bool book_it(tns_operation *o, const tns_visit *told, tns_error *err)
{
    tns_client client;
    tns_visit visit = *told;
    tns_entry entry = {.kind = TNS_ENTRY_VISIT};
    visit.state = TNS_VISIT_BOOKED;
    if (!tns_expect_client(o->db, visit.client, &client, err))
        return false;
    if (client.erased != TNS_NO_DAY)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "client C%" PRId64 " was erased", client.id);
    if (!check_day(o, visit.day, err) || !warn_of_twin(o, &visit, err))
        return false;
    if (!keep_recipe(o, told->recipe, visit.recipe, err) ||
        !tns_visit_next_id(o->db, &visit.id, err))
        return false;
    o->out->made = (tns_subject){.client = client.id, .visit = visit.id};
    return tns_facts_of_visit(&visit, &entry, err) && tns_operation_enter(o, &entry, err);
}

bool tns_visit_book(tns_stock *stock, const tns_visit *visit, const tns_stock_act *act,
                    tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    memset(out, 0, sizeof *out);
    return check_figures(visit, err) && tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, book_it(&o, visit, err), err);
}

/* ---- from state to state ---- */

/* "P4, P5", as far as there is room. */
static size_t name_open(const tns_pot_list *pots, char *names, size_t size)
{
    size_t count = 0;
    names[0] = '\0';
    for (size_t i = 0; i < pots->count; i++) {
        size_t used = strlen(names);
        if (pots->pots[i].state != TNS_POT_MIXED)
            continue;
        tns_text_format(names + used, size - used, "%sP%" PRId64, count++ ? ", " : "",
                        pots->pots[i].id);
    }
    return count;
}

static bool check_pots(tns_operation *o, int64_t visit, tns_error *err)
{
    char names[200];
    tns_pot_list pots = {0};
    const tns_pot_question of_visit = {.visit = visit};
    bool done = tns_pot_rows(o->db, &of_visit, &pots, err);
    size_t open = done ? name_open(&pots, names, sizeof names) : 0;
    tns_pot_list_finish(&pots);
    return done && (open == 0 || tns_error_set(err, TNS_ERROR_CONFLICT,
                                               "V%" PRId64 ": %s %s not closed: pot close says "
                                               "what is left",
                                               visit, names, open == 1 ? "is" : "are"));
}

/* Not before it was opened, nor before the last of its pots was mixed. */
static bool follow_visit(tns_operation *o, const tns_visit *visit, tns_error *err)
{
    char what[64];
    tns_pot_list pots = {0};
    const tns_pot_question of_visit = {.visit = visit->id};
    tns_text_format(what, sizeof what, "V%" PRId64 " was opened", visit->id);
    bool done = tns_operation_follows(o, visit->opened, what, err) &&
                tns_pot_rows(o->db, &of_visit, &pots, err);
    for (size_t i = 0; done && i < pots.count; i++) {
        tns_text_format(what, sizeof what, "P%" PRId64 " was mixed", pots.pots[i].id);
        done = tns_operation_follows(o, pots.pots[i].mixed, what, err);
    }
    tns_pot_list_finish(&pots);
    return done;
}

static bool go_to(tns_operation *o, int64_t id, tns_visit_state from, tns_visit_state to,
                  tns_error *err)
{
    tns_visit visit;
    tns_entry entry = {.kind = TNS_ENTRY_VISIT};
    if (!tns_expect_visit(o->db, id, &visit, err))
        return false;
    if (visit.state != from)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "visit V%" PRId64 " is %s, not %s", id,
                             tns_visit_state_name(visit.state), tns_visit_state_name(from));
    o->out->made = (tns_subject){.client = visit.client, .visit = id};
    return tns_expect_nameless(o, visit.client, err) &&
           (to != TNS_VISIT_CLOSED || (check_pots(o, id, err) && follow_visit(o, &visit, err))) &&
           tns_facts_visit_state(id, to, from, &entry, err) && tns_operation_enter(o, &entry, err);
}

bool tns_visit_open(tns_stock *stock, int64_t id, const tns_stock_act *act, tns_stock_change *out,
                    tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, go_to(&o, id, TNS_VISIT_BOOKED, TNS_VISIT_OPEN, err), err);
}

bool tns_visit_close(tns_stock *stock, int64_t id, const tns_stock_act *act, tns_stock_change *out,
                     tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, go_to(&o, id, TNS_VISIT_OPEN, TNS_VISIT_CLOSED, err), err);
}

bool tns_visit_cancel(tns_stock *stock, int64_t id, const tns_stock_act *act, tns_stock_change *out,
                      tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, go_to(&o, id, TNS_VISIT_BOOKED, TNS_VISIT_CANCELLED, err), err);
}
