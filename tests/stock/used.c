/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of what was used by weeks, after uses, pots and what takes them back, at random and
 * told late: what it says is what the entries come to, added up as plainly as can be.
 */
#include <stdio.h>

#include <tonsure/demand.h>
#include <tonsure/usage.h>

#include "base/random.h"
#include "stock/people.h"

enum { STEPS = 160, ENTRIES = 3000, BOTTLES = 400, WEEK = 7 };

static const char *const products[] = {"black", "dusk", "needles", "water"}; /* by id */
enum { PRODUCTS = 4 };

/* ---- the plain sum ---- */

typedef struct plain {
    tns_entry_list log;
    bool undone[ENTRIES];
    int product_of[BOTTLES]; /* from 1 */
} plain;

static int find_product(plain *p, tns_stock *stock, int64_t bottle)
{
    if (p->product_of[bottle] == 0) {
        tns_bottle b = bottle_of(stock, bottle);
        for (int i = 0; i < PRODUCTS; i++)
            if (strcmp(products[i], b.product) == 0)
                p->product_of[bottle] = i + 1;
    }
    return p->product_of[bottle] - 1;
}

static bool counts(plain *p, tns_stock *stock, const tns_entry *e, int product, tns_day monday)
{
    return e->kind == TNS_ENTRY_USE && !p->undone[e->id] && tns_week_monday(e->day) == monday &&
           find_product(p, stock, e->bottle) == product;
}

static bool is_first(plain *p, tns_stock *stock, size_t index, int product, tns_day monday)
{
    const tns_entry *all = p->log.entries;
    for (size_t i = index; i > 0 && all[i - 1].operation == all[index].operation; i--)
        if (counts(p, stock, &all[i - 1], product, monday))
            return false;
    return true;
}

static void check_week(plain *p, tns_stock *stock, int product, tns_day monday,
                       const tns_product_usage *said, int week)
{
    int64_t amount = 0;
    int uses = 0;
    for (size_t i = 0; i < p->log.count; i++) {
        if (!counts(p, stock, &p->log.entries[i], product, monday))
            continue;
        amount -= p->log.entries[i].amount;
        uses += is_first(p, stock, i, product, monday);
    }
    ck_assert_msg(said->amount[week] == amount && said->uses[week] == uses,
                  "%s, week %d: %lld in %d, the entries say %lld in %d", said->product, week,
                  (long long)said->amount[week], said->uses[week], (long long)amount, uses);
}

static void check_year(plain *p, tns_stock *stock, const char *day)
{
    tns_usage_list list;
    tns_error err;
    tns_day monday = day_of(day);
    ck_assert_msg(tns_stock_usage(stock, monday, &list, &err), "%s", err.text);
    ck_assert_uint_eq(list.count, PRODUCTS);
    for (int i = 0; i < PRODUCTS; i++) {
        ck_assert_str_eq(list.products[i].product, products[i]);
        for (int w = 0; w < TNS_USAGE_WEEKS; w++)
            check_week(p, stock, i, monday - WEEK * (TNS_USAGE_WEEKS - w), &list.products[i], w);
    }
    tns_usage_list_finish(&list);
}

static void check_all(tns_stock *stock)
{
    static plain p;
    p = (plain){0};
    ck_assert(tns_stock_log(stock, 0, &p.log, NULL));
    ck_assert_uint_lt(p.log.count, ENTRIES);
    for (size_t i = 0; i < p.log.count; i++)
        if (p.log.entries[i].undoes)
            p.undone[p.log.entries[i].undoes] = true;
    check_year(&p, stock, "2026-06-15");
    check_year(&p, stock, "2026-06-22"); /* with the week that runs */
    check_year(&p, stock, "2025-12-29"); /* across a year's end */
    tns_entry_list_finish(&p.log);
    check_verifies(stock);
}

/* ---- operations ---- */

typedef struct tally {
    int uses, pots, undone;
    int64_t operations[STEPS]; /* that can be taken back */
    int count;
} tally;

static void keep(tally *t, bool done, int *of, tns_stock_change *change)
{
    if (done) {
        t->operations[t->count++] = change->operation;
        (*of)++;
    }
    tns_stock_change_finish(change);
}

/* Any day of sixty weeks, of which the last is this one's Monday. */
static void any_day(tns_random *random, char out[TNS_DAY_TEXT])
{
    tns_day_write(day_of("2026-06-15") - (tns_day)tns_random_below(random, 420), out);
}

static void use_some(tns_stock *stock, tns_random *random, tally *t)
{
    char day[TNS_DAY_TEXT];
    tns_stock_change change;
    tns_error err;
    any_day(random, day);
    tns_stock_act act = on(tns_random_below(random, 3) ? day : "");
    const char *product = products[tns_random_below(random, PRODUCTS)];
    int64_t amount = 1 + tns_random_below(random, 90); /* bottles of 60: of two, often */
    bool done = tns_stock_use(stock, product, amount, 0, &act, &change, &err);
    keep(t, done, &t->uses, &change);
}

static void mix_some(tns_stock *stock, tns_random *random, int64_t visit, tally *t)
{
    const tns_pot_need needs[] = {
        {.what = "carbon-black", .ul = 1 + tns_random_below(random, 90)},
        {.what = "diluent", .diluent = true, .ul = 1 + tns_random_below(random, 90)}};
    const tns_pot_order order = {
        .visit = visit, .recipe = "carbon-black=1,diluent=1", .need_count = 2, .needs = needs};
    tns_stock_act act = because("so");
    tns_stock_change change;
    tns_error err;
    bool done = tns_pot_make(stock, &order, &act, &change, &err);
    keep(t, done, &t->pots, &change);
}

static void undo_one(tns_stock *stock, tns_random *random, tally *t)
{
    tns_stock_act act = because("a slip");
    tns_stock_change change;
    tns_error err;
    int64_t which = t->count ? t->operations[tns_random_below(random, (uint32_t)t->count)] : 1;
    t->undone += tns_stock_undo(stock, which, &act, &change, &err);
    tns_stock_change_finish(&change);
}

static void stock_up(tns_stock *stock, tns_random *random)
{
    for (int i = 0; i < PRODUCTS; i++)
        add_product(stock, products[i],
                    i == 2   ? TNS_PRODUCT_CONSUMABLE
                    : i == 3 ? TNS_PRODUCT_DILUENT
                             : TNS_PRODUCT_PIGMENT,
                    0);
    for (int i = 0; i < 60; i++) {
        char lot[16], day[TNS_DAY_TEXT];
        snprintf(lot, sizeof lot, "L%d", i);
        any_day(random, day);
        receive_on(stock, products[i % PRODUCTS], lot, 2, 60, "2029-01-01", day);
    }
}

static void check_copy(tns_stock *stock)
{
    tns_error err;
    tns_stock *other = open_store("other.db");
    ck_assert_msg(tns_stock_export(stock, in_folder("all.csv"), NULL, &err), "%s", err.text);
    ck_assert_msg(tns_stock_import(other, in_folder("all.csv"), false, NULL, &err), "%s", err.text);
    check_all(other);
    tns_random random = tns_random_make(9);
    tally t = {0};
    for (int i = 0; i < 20; i++)
        use_some(other, &random, &t); /* goes on where the import ended */
    check_all(other);
    tns_stock_close(other);
}

START_TEST(what_was_used_by_weeks_is_what_the_entries_come_to)
{
    tns_random random = tns_random_make(7);
    tns_stock *stock = open_store("used.db");
    tally t = {0};
    stock_up(stock, &random);
    int64_t visit = book(stock, add_client(stock, ""), "2026-06-15");
    for (int i = 0; i < STEPS; i++) {
        uint32_t what = tns_random_below(&random, 8);
        if (what < 5)
            use_some(stock, &random, &t);
        else if (what == 5)
            mix_some(stock, &random, visit, &t);
        else
            undo_one(stock, &random, &t);
        if (i == STEPS / 2)
            check_all(stock);
    }
    ck_assert_msg(t.uses > 40 && t.pots > 5 && t.undone > 10, "%d uses, %d pots, %d undone", t.uses,
                  t.pots, t.undone);
    check_all(stock);
    check_copy(stock);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("used");
    TCase *tests = tcase_create("used");
    tcase_add_unchecked_fixture(tests, make_folder, remove_folder);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, what_was_used_by_weeks_is_what_the_entries_come_to);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
