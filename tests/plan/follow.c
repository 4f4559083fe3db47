/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a stock is used and what expires: by hand, and drop by drop. */
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "plan/days.h"
#include "support/testing.h"

enum { MOST = 6 };

START_TEST(small_clinics_are_bound_by_expiry_and_busy_ones_by_volume)
{
    /* A 15 ml bottle, good for 12 months once open: sessions a month, ml each, used and left. */
    static const struct {
        double sessions, ml, used, wasted;
    } rows[] = {{2, 0.15, 3.6, 11.4}, {5, 0.5, 15, 0}, {10, 0.15, 15, 0}, {20, 1, 15, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_demand d =
            even_demand(day_of("2026-01-01"), rows[i].sessions * rows[i].ml * 12 / 365, rows[i].ml);
        const tns_supply bottle = {15, TNS_NO_DAY, day_of("2029-01-01"), day_of("2026-01-01"), 12};
        tns_fate fate;
        tns_outlook out;
        tns_supply_follow(&d, &bottle, 1, day_of("2028-01-01"), &fate, &out);
        CHECK_NEAR("used", fate.used, rows[i].used, 0.02); /* a year and a day */
        CHECK_NEAR("wasted", fate.wasted, rows[i].wasted, 0.02);
        ck_assert(out.runs_out != TNS_NO_DAY);
        CHECK_NEAR("all is told", out.used + out.wasted, 15, 1e-9);
    }
}
END_TEST

typedef struct bottle {
    double amount;
    const char *from, *expires, *opened;
    int pao;
    double used, wasted;
} bottle;

START_TEST(bottles_go_in_the_order_of_the_shelf)
{
    /* One a day from 1 June 2026, followed through 100 days. */
    static const struct {
        const char *label;
        bottle bottles[MOST];
        const char *runs_out;
    } rows[] = {
        {"opened before what expires sooner",
         {{10, "", "2026-12-01", "2026-05-01", 12, 10, 0}, {5, "", "2026-06-08", "", 12, 0, 5}},
         "2026-06-11"},
        {"the last day is still good", {{9, "", "2026-06-03", "", 12, 3, 6}}, "2026-06-04"},
        {"expired already", {{9, "", "2026-05-31", "", 12, 0, 9}}, "2026-06-01"},
        {"opening shortens it", {{60, "", "2028-01-01", "", 1, 31, 29}}, "2026-07-02"},
        {"a closed one waits",
         {{5, "", "", "2026-05-01", 2, 5, 0}, {50, "", "", "", 1, 31, 19}},
         "2026-07-07"},
        {"a delivery on its way",
         {{5, "", "", "", 12, 5, 0}, {50, "2026-06-11", "", "", 0, 50, 0}},
         "2026-06-06"},
        {"alike: the first", {{5, "", "", "", 12, 5, 0}, {200, "", "", "", 0, 95, 0}}, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_demand d = even_demand(day_of("2026-06-01"), 1, 1);
        tns_supply supply[MOST];
        tns_fate fate[MOST];
        tns_outlook out;
        size_t n = 0;
        for (; n < MOST && rows[i].bottles[n].amount > 0; n++) {
            const bottle *b = &rows[i].bottles[n];
            supply[n] = (tns_supply){b->amount, day_of(b->from), day_of(b->expires),
                                     day_of(b->opened), b->pao};
        }
        tns_supply_follow(&d, supply, n, d.first + 99, fate, &out);
        for (size_t k = 0; k < n; k++) {
            CHECK_NEAR(rows[i].label, fate[k].used, rows[i].bottles[k].used, 1e-9);
            CHECK_NEAR(rows[i].label, fate[k].wasted, rows[i].bottles[k].wasted, 1e-9);
        }
        ck_assert_msg(out.runs_out == day_of(rows[i].runs_out), "%s: runs out on day %d",
                      rows[i].label, out.runs_out - d.first);
    }
}
END_TEST

START_TEST(a_closed_bottle_is_not_opened_for_a_hundredth_of_a_use)
{
    /* A use every hundred days: the bottle is opened when half a use is to be expected. */
    tns_demand d = even_demand(day_of("2026-06-01"), 0.01 * 200, 200);
    const tns_supply closed = {15000, TNS_NO_DAY, TNS_NO_DAY, TNS_NO_DAY, 12};
    tns_fate fate;
    tns_outlook out;
    tns_supply_follow(&d, &closed, 1, d.first + 20, &fate, &out);
    ck_assert(fate.opened == TNS_NO_DAY && out.used == 0 && out.unmet == 0);
    tns_supply_follow(&d, &closed, 1, d.first + 99, &fate, &out);
    ck_assert_int_eq(fate.opened, d.first + 49);
    CHECK_NEAR("what was asked for is taken", out.used, 200, 1e-6);
}
END_TEST

/* The same, one unit after the other, each from the bottle that the rule names. */
static void drop_by_drop(tns_day first, const tns_supply *supply, size_t n, int days, int a_day,
                         double *used)
{
    double left[MOST];
    tns_day opened[MOST];
    for (size_t i = 0; i < n; i++) {
        left[i] = supply[i].amount;
        opened[i] = supply[i].opened;
        used[i] = 0;
    }
    for (tns_day day = first; day < first + days; day++)
        for (int unit = 0; unit < a_day; unit++) {
            size_t best = n;
            tns_day best_ends = 0;
            for (size_t i = 0; i < n; i++) {
                tns_day pao = opened[i] && supply[i].pao_months
                                  ? tns_day_add_months(opened[i], supply[i].pao_months)
                                  : INT32_MAX;
                tns_day label = supply[i].expires ? supply[i].expires : INT32_MAX;
                tns_day ends = pao < label ? pao : label;
                if (left[i] < 1 || supply[i].from > day || ends < day)
                    continue;
                if (best == n || (opened[i] && !opened[best]) ||
                    (!opened[i] == !opened[best] && ends < best_ends)) {
                    best = i;
                    best_ends = ends;
                }
            }
            if (best == n)
                continue;
            if (!opened[best])
                opened[best] = day;
            left[best]--;
            used[best]++;
        }
}

START_TEST(it_is_what_taking_drop_by_drop_gives)
{
    tns_random random = tns_random_make(3);
    tns_day first = day_of("2026-06-01");
    for (int trial = 0; trial < 300; trial++) {
        tns_supply supply[MOST];
        tns_fate fate[MOST];
        tns_outlook out;
        double used[MOST];
        size_t n = 1 + tns_random_below(&random, MOST);
        int a_day = 1 + (int)tns_random_below(&random, 3);
        for (size_t i = 0; i < n; i++) {
            bool open = tns_random_below(&random, 4) == 0;
            supply[i] = (tns_supply){
                .amount = tns_random_below(&random, 100),
                .from = !open && tns_random_below(&random, 3) == 0
                            ? first + (tns_day)tns_random_below(&random, 80)
                            : TNS_NO_DAY,
                .expires = tns_random_below(&random, 5)
                               ? first - 10 + (tns_day)tns_random_below(&random, 200)
                               : TNS_NO_DAY,
                .opened = open ? first - (tns_day)tns_random_below(&random, 60) - 1 : TNS_NO_DAY,
                .pao_months = (int)tns_random_below(&random, 4),
            };
        }
        tns_demand d = even_demand(first, a_day, 1);
        tns_supply_follow(&d, supply, n, first + 149, fate, &out);
        drop_by_drop(first, supply, n, 150, a_day, used);
        for (size_t i = 0; i < n; i++)
            CHECK_NEAR("used", fate[i].used, used[i], 1e-6);
        CHECK_NEAR("all that was asked for", out.used + out.unmet, 150.0 * a_day, 1e-6);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("follow");
    TCase *tests = tcase_create("follow");
    tcase_add_test(tests, small_clinics_are_bound_by_expiry_and_busy_ones_by_volume);
    tcase_add_test(tests, bottles_go_in_the_order_of_the_shelf);
    tcase_add_test(tests, a_closed_bottle_is_not_opened_for_a_hundredth_of_a_use);
    tcase_add_test(tests, it_is_what_taking_drop_by_drop_gives);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
