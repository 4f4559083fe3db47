/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When an order is due and how large it is. */
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "plan/days.h"
#include "support/testing.h"

/* A 15 ml bottle for 28.50, nine days away, good for a year once open. */
static tns_item item_of(const tns_demand *demand, const tns_supply *supply, size_t count)
{
    return (tns_item){.demand = demand,
                      .supply = supply,
                      .supplies = count,
                      .pack = 15000,
                      .pao_months = 12,
                      .lead_days = 9,
                      .service = 0.98,
                      .terms = {.price = 28.5}};
}

static tns_day today(void)
{
    return day_of("2026-11-23");
}

START_TEST(three_booked_sessions_that_find_too_little_bring_an_order_in_time)
{
    tns_demand d;
    tns_error err;
    tns_order_line lines[4];
    size_t count;
    ck_assert(tns_demand_init(&d, today(), 84, &err));
    for (int i = 0; i < 3; i++) /* 0.9 ml in all, two, three and four weeks ahead */
        tns_demand_book(&d, &(tns_need){today() + 14 + 7 * i, 300, 0.95, false});
    tns_demand_expect(&d, &(tns_usage){0}, &(tns_pickup){{0}}, 10);
    const tns_supply open = {400, TNS_NO_DAY, day_of("2027-06-01"), day_of("2026-06-01"), 12};
    tns_item item = item_of(&d, &open, 1);
    ck_assert(tns_item_plan(&item, today() + 60, lines, 4, &count, &err));
    ck_assert_uint_eq(count, 1);
    ck_assert(lines[0].because.cause == TNS_ORDER_BOOKED);
    /* The second session, on day 21, is the first that finds too little. */
    ck_assert_int_eq(lines[0].by, today() + 21 - 9);
    CHECK_NEAR("one bottle", lines[0].packs, 1, 0);
    CHECK_NEAR("what is there", lines[0].because.usable, 400, 1e-9);
    CHECK_NEAR("price", lines[0].price, 28.5, 0);
    tns_demand_finish(&d);
}
END_TEST

START_TEST(a_full_shelf_needs_nothing)
{
    tns_demand d = even_demand(today(), 10, 200);
    const tns_supply full[] = {{15000, 0, day_of("2029-01-01"), today(), 12},
                               {15000, 0, day_of("2029-01-01"), 0, 12}};
    tns_item item = item_of(&d, full, 2);
    tns_order_line lines[4];
    size_t count;
    tns_error err;
    ck_assert(tns_item_plan(&item, today() + 84, lines, 4, &count, &err));
    ck_assert_uint_eq(count, 0);
    ck_assert(tns_item_standing(&item, today(), 1).cause == TNS_ORDER_NOT_NEEDED);
}
END_TEST

START_TEST(what_expires_on_the_way_is_not_counted_on)
{
    tns_demand d = even_demand(today(), 50, 200);
    tns_order_line lines[4];
    size_t count;
    tns_error err;
    /* Plenty, but only for another twenty days. */
    const tns_supply expiring = {15000, 0, today() + 20, day_of("2025-12-13"), 12};
    tns_item item = item_of(&d, &expiring, 1);
    ck_assert(tns_item_plan(&item, today() + 60, lines, 4, &count, &err));
    ck_assert_uint_eq(count, 1);
    ck_assert(lines[0].because.cause == TNS_ORDER_SERVICE);
    /* An order at the last moment would be there a day late; 2 % of 75 uses may go without, which
       is six days of them. */
    ck_assert(lines[0].by >= today() + 12 && lines[0].by <= today() + 18);
}
END_TEST

START_TEST(closed_bottles_are_opened_one_after_another)
{
    static const struct {
        const char *label;
        double per_day, size;
        size_t bottles;
        int pao, days;
        bool lasts;
    } rows[] = {{"a shelf of small ones", 400, 2800, 100, 1, 84, true},
                {"three months once open", 400, 2800, 10, 3, 182, true},
                {"used slowly, months each", 20, 200, 6, 1, 120, true},
                {"fewer months than that", 20, 200, 3, 1, 120, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_supply closed[100];
        tns_demand d = even_demand(today(), rows[i].per_day, rows[i].size);
        for (size_t k = 0; k < rows[i].bottles; k++)
            closed[k] = (tns_supply){15000, 0, day_of("2029-01-31"), 0, rows[i].pao};
        tns_item item = item_of(&d, closed, rows[i].bottles);
        item.pao_months = rows[i].pao;
        tns_order_line lines[4];
        size_t count;
        tns_error err;
        ck_assert(tns_item_plan(&item, today() + rows[i].days, lines, 4, &count, &err));
        ck_assert_msg((count == 0) == rows[i].lasts, "%s: %zu", rows[i].label, count);
        /* Not on the day on which the first, were it opened today, is no longer good. */
        ck_assert_msg(count == 0 || lines[0].by > today() + 50, "%s: %d", rows[i].label,
                      lines[0].by - today());
    }
}
END_TEST

START_TEST(what_is_on_order_is_not_ordered_twice)
{
    tns_demand d = even_demand(today(), 50, 200);
    tns_order_line lines[4];
    size_t count;
    tns_error err;
    const tns_supply coming[] = {{300, 0, 0, today(), 12}, {15000, today() + 3, 0, 0, 12}};
    tns_item item = item_of(&d, coming, 1);
    ck_assert(tns_item_plan(&item, today() + 30, lines, 4, &count, &err));
    ck_assert(count == 1 && lines[0].by == today());
    item.supplies = 2;
    ck_assert(tns_item_plan(&item, today() + 30, lines, 4, &count, &err));
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(a_year_of_orders_follows_one_another_and_covers_the_use)
{
    tns_demand d = even_demand(today(), 100, 500); /* 36.5 ml a year */
    tns_order_line lines[20];
    size_t count;
    tns_error err;
    const tns_supply open = {10000, 0, 0, today(), 12};
    tns_item item = item_of(&d, &open, 1);
    ck_assert(tns_item_plan(&item, today() + 364, lines, 20, &count, &err));
    double packs = 0;
    for (size_t i = 0; i < count; i++) {
        packs += lines[i].packs;
        ck_assert(i == 0 || lines[i].by > lines[i - 1].by);
        CHECK_NEAR("nothing of these expires", lines[i].will_expire, 0, 1e-6);
    }
    CHECK_NEAR("two or three bottles", packs, 2.5, 0.5);
}
END_TEST

START_TEST(a_rare_shade_waits_for_a_booking_and_its_waste_is_told)
{
    tns_order_line lines[4];
    size_t count;
    tns_error err;
    /* A use every three years: less than one while a bottle is good. */
    tns_demand rare = even_demand(today(), 200.0 / 1095, 200);
    tns_item item = item_of(&rare, NULL, 0);
    ck_assert(tns_item_plan(&item, today() + 84, lines, 4, &count, &err));
    ck_assert_uint_eq(count, 0);
    tns_demand d;
    ck_assert(tns_demand_init(&d, today(), 84, &err));
    tns_demand_book(&d, &(tns_need){today() + 30, 200, 0.95, false});
    tns_demand_expect(&d, &(tns_usage){200.0 / 1095, 200, 0, 5}, &(tns_pickup){{0}}, 10);
    item.demand = &d;
    ck_assert(tns_item_plan(&item, today() + 84, lines, 4, &count, &err));
    ck_assert(count == 1 && lines[0].because.cause == TNS_ORDER_BOOKED);
    ck_assert(lines[0].will_expire > 14000 && lines[0].expires_on > today() + 300);
    tns_demand_finish(&d);
}
END_TEST

START_TEST(what_is_used_seldomer_than_it_is_good_once_open_is_ordered)
{
    static const int months[] = {1, 2, 12};
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        tns_demand d = even_demand(today(), 2800.0 / 70, 2800); /* a use in ten weeks */
        tns_item item = item_of(&d, NULL, 0);
        item.pack = 5000;
        item.pao_months = months[i];
        tns_order_line lines[4];
        size_t count;
        tns_error err;
        ck_assert(tns_item_plan(&item, today() + 14, lines, 4, &count, &err));
        ck_assert_msg(count > 0 && lines[0].by == today(), "%d: %zu", months[i], count);
        /* Each use opens a pack at most. */
        ck_assert_msg(tns_item_pack_use(&item) >= 2800, "%d", months[i]);
    }
}
END_TEST

START_TEST(what_needs_several_packs_a_visit_is_ordered)
{
    static const double packs[] = {5000, 3000, 2000, 700};
    for (size_t i = 0; i < sizeof packs / sizeof *packs; i++) {
        tns_demand d = even_demand(today(), 3000.0 / 7, 3000); /* 3 ml a week */
        tns_item item = item_of(&d, NULL, 0);
        item.pack = packs[i];
        tns_order_line lines[64];
        size_t count;
        double ordered = 0;
        tns_error err;
        ck_assert(tns_item_plan(&item, today() + 83, lines, 64, &count, &err));
        ck_assert_msg(count > 0 && lines[0].by == today(), "%g: %zu", packs[i], count);
        for (size_t k = 0; k < count; k++)
            ordered += lines[k].packs * packs[i];
        /* Twelve weeks and a lead time, no more than twice that. */
        ck_assert_msg(ordered >= 36000 && ordered < 80000, "%g: %g", packs[i], ordered);
    }
}
END_TEST

START_TEST(later_orders_come_as_the_use_does)
{
    static const struct {
        const char *label;
        double pack;
        int review;
    } rows[] = {{"less than two uses", 5000, 1},
                {"five uses", 15000, 1},
                {"several packs", 2000, 1},
                {"looked at monthly", 5000, 30}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_demand d = even_demand(today(), 3000.0 / 7, 3000); /* 3 ml a week */
        tns_item item = item_of(&d, NULL, 0);
        item.pack = rows[i].pack;
        item.review_days = rows[i].review;
        tns_order_line lines[200];
        size_t count;
        double ordered = 0, first = 0, more = rows[i].pack > d.size ? rows[i].pack : d.size;
        int apart = rows[i].review > 2 ? rows[i].review : 2;
        tns_error err;
        ck_assert(tns_item_plan(&item, today() + 364, lines, 200, &count, &err));
        for (size_t k = 0; k < count; k++) {
            ordered += lines[k].packs * item.pack;
            double left = ordered - 3000.0 / 7 * (lines[k].by - today() + 1);
            first = k == 0 ? left : first;
            /* What is left does not grow with the days ahead: by then what was used is known. */
            ck_assert_msg(left > first - d.size && left < first + more, "%s, order %zu: %g",
                          rows[i].label, k, left);
            ck_assert_msg(k == 0 || lines[k].by >= lines[k - 1].by + apart, "%s, order %zu",
                          rows[i].label, k);
        }
        ck_assert_msg(count > 8, "%s: %zu", rows[i].label, count);
    }
}
END_TEST

/* A calendar of days, as the service makes it: each look at it goes through them. */
static tns_demand long_demand(tns_day first, double per_day, double size)
{
    enum { DAYS = 900 };
    tns_demand d, even = even_demand(first, per_day, size);
    ck_assert(tns_demand_init(&d, first, DAYS, NULL));
    for (size_t i = 0; i < d.days; i++)
        d.day[i] = even.beyond;
    d.beyond = even.beyond;
    d.size = size;
    return d;
}

START_TEST(small_packs_by_the_thousand_are_one_order_of_a_day)
{
    enum { SHELF = 1000, PACK_UL = 100 };
    tns_demand d = long_demand(today(), 2000, 7000); /* 7 ml twice a week */
    static tns_supply shelf[SHELF];
    for (int i = 0; i < SHELF; i++)
        shelf[i] = (tns_supply){PACK_UL, TNS_NO_DAY, today() + 40, TNS_NO_DAY, 1};
    tns_item item = item_of(&d, shelf, SHELF);
    item.pack = PACK_UL;
    item.lead_days = 60;
    tns_order_line lines[64];
    size_t count;
    tns_error err;
    ck_assert(tns_item_plan(&item, today() + 120, lines, 64, &count, &err));
    double ordered = 0;
    for (size_t i = 0; i < count; i++) {
        ordered += lines[i].packs * PACK_UL;
        ck_assert_msg(i == 0 || lines[i].by > lines[i - 1].by, "order %zu", i);
    }
    /* All but the shelf's, until the last order's is there. */
    ck_assert_msg(ordered >= 120 * 2000 && ordered < 200 * 2000, "%g ul", ordered);
    tns_demand_finish(&d);
}
END_TEST

START_TEST(what_many_visits_a_week_take_is_ordered_once_a_week)
{
    tns_demand d = long_demand(today(), 12 * 5.0 / 7, 12); /* a dozen gloves, five visits a week */
    tns_item item = item_of(&d, NULL, 0);
    item.pack = 1;
    item.pao_months = 0;
    item.lead_days = 14;
    tns_order_line lines[64];
    size_t count;
    tns_error err;
    ck_assert(tns_item_plan(&item, today() + 83, lines, 64, &count, &err));
    ck_assert_msg(count > 4 && count <= 12, "%zu orders in twelve weeks", count);
    for (size_t i = 1; i < count; i++)
        ck_assert_msg(lines[i].by >= lines[i - 1].by + 7, "order %zu", i);
    tns_demand_finish(&d);
}
END_TEST

START_TEST(a_quantity_is_capped_by_what_is_used_while_it_is_good)
{
    static const struct {
        const char *label;
        double per_day;
        tns_reorder_terms terms;
        double least, most;
    } rows[] = {
        {"little used: one", 2, {.price = 28.5, .order_cost = 12, .holding = 0.2}, 1, 1},
        {"much used: by cost", 1000, {.price = 28.5, .order_cost = 12, .holding = 0.2}, 8, 11},
        {"little used, though many are cheap",
         2,
         {.price = 28.5, .order_cost = 12, .holding = 0.2, .breaks = 1, .break_at = {{12, 14}}},
         1,
         1},
        {"little used, a least order", 2, {.price = 28.5, .least = 6}, 6, 6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_demand d = even_demand(today(), rows[i].per_day, 200);
        tns_item item = item_of(&d, NULL, 0);
        item.terms = rows[i].terms;
        double packs = tns_item_packs(&item, today());
        ck_assert_msg(packs >= rows[i].least && packs <= rows[i].most, "%s: %g", rows[i].label,
                      packs);
    }
}
END_TEST

static double uniform(tns_random *random)
{
    return ((double)tns_random_below(random, 1u << 30) + 0.5) / (1u << 30);
}

static int draw_poisson(tns_random *random, double mean)
{
    double product = uniform(random), least = exp(-mean);
    int n = 0;
    for (; product > least; n++)
        product *= uniform(random);
    return n;
}

enum { LEAD = 9 };

/* In the morning; coming[k] is there k + 1 days later. */
static bool order_due(const tns_demand *d, double on_hand, const double *coming, double pack,
                      double service)
{
    tns_supply supply[LEAD + 1] = {{.amount = on_hand}}; /* less than nothing: reserved */
    for (int k = 0; k < LEAD; k++)
        supply[k + 1] = (tns_supply){.amount = coming[k], .from = today() + 1 + k};
    tns_item item = {.demand = d,
                     .supply = supply,
                     .supplies = LEAD + 1,
                     .pack = pack,
                     .lead_days = LEAD,
                     .service = service};
    return tns_item_standing(&item, today(), 1).cause != TNS_ORDER_NOT_NEEDED;
}

/* Twenty thousand days of walk-ins, nothing booked, a bottle after nine days: who found what? */
/* Who goes without is moved to a later day, and has its share reserved. */
static double simulated_service(double per_day, double pack, double target)
{
    enum { DAYS = 20000 };
    tns_random random = tns_random_make(11);
    double on_hand = pack, coming[LEAD + 1] = {0}, came = 0, served = 0;
    tns_demand d = even_demand(today(), per_day * 200, 200);
    for (int day = 0; day < DAYS; day++) {
        on_hand += coming[0];
        memmove(coming, coming + 1, LEAD * sizeof *coming);
        coming[LEAD] = 0;
        coming[LEAD - 1] += order_due(&d, on_hand, coming, pack, target) ? pack : 0;
        for (int n = draw_poisson(&random, per_day); n > 0; n--) {
            came++;
            served += on_hand >= 200;
            on_hand -= 200; /* who goes without comes back when there is some */
        }
    }
    return served / came;
}

START_TEST(the_service_asked_for_is_the_service_given)
{
    static const double rows[][3] = {/* uses a day, pack, service */
                                     {0.5, 3000, 0.95},
                                     {0.5, 3000, 0.99},
                                     {2, 15000, 0.9},
                                     {2, 15000, 0.98},
                                     {0.2, 15000, 0.98}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double given = simulated_service(rows[i][0], rows[i][1], rows[i][2]);
        /* Whole uses, and a look each day: never less than asked for by much, seldom more. */
        ck_assert_msg(given > rows[i][2] - 0.01 && given < rows[i][2] + 0.015, "%g asked, %g given",
                      rows[i][2], given);
    }
}
END_TEST

START_TEST(a_mix_of_open_bottles_is_cheaper_until_a_bottle_is_used_well)
{
    const tns_shade_choice rare = {28.5, 15, 2.4, 1, {0.6, 0.5}, {1.9, 2.1}};
    tns_shade_costs costs = tns_shade_open_or_mix(&rare);
    CHECK_NEAR("a bottle a year", costs.open_per_year, 28.5, 1e-9);
    CHECK_NEAR("most of it thrown away", costs.wasted_per_year, 12.6, 1e-9);
    CHECK_NEAR("mixed", costs.mix_per_year, 2.4 * 2.19, 1e-9);
    CHECK_NEAR("even at", costs.even_at, 28.5 / 2.19, 1e-9);
    tns_shade_choice busy = rare;
    busy.per_year = 45;
    costs = tns_shade_open_or_mix(&busy);
    CHECK_NEAR("three bottles", costs.open_per_year, 85.5, 1e-9);
    CHECK_NEAR("nothing thrown away", costs.wasted_per_year, 0, 1e-9);
    ck_assert(costs.mix_per_year > costs.open_per_year);
    const tns_shade_choice dear = {99, 15, 2.4, 1, {0.6, 0.5}, {1.9, 2.1}};
    ck_assert(isinf(tns_shade_open_or_mix(&dear).even_at));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("item");
    TCase *tests = tcase_create("item");
    tcase_add_test(tests, three_booked_sessions_that_find_too_little_bring_an_order_in_time);
    tcase_add_test(tests, a_full_shelf_needs_nothing);
    tcase_add_test(tests, what_expires_on_the_way_is_not_counted_on);
    tcase_add_test(tests, closed_bottles_are_opened_one_after_another);
    tcase_add_test(tests, what_is_on_order_is_not_ordered_twice);
    tcase_add_test(tests, a_year_of_orders_follows_one_another_and_covers_the_use);
    tcase_add_test(tests, a_rare_shade_waits_for_a_booking_and_its_waste_is_told);
    tcase_add_test(tests, what_is_used_seldomer_than_it_is_good_once_open_is_ordered);
    tcase_add_test(tests, what_needs_several_packs_a_visit_is_ordered);
    tcase_add_test(tests, later_orders_come_as_the_use_does);
    tcase_add_test(tests, small_packs_by_the_thousand_are_one_order_of_a_day);
    tcase_add_test(tests, what_many_visits_a_week_take_is_ordered_once_a_week);
    tcase_add_test(tests, a_quantity_is_capped_by_what_is_used_while_it_is_good);
    tcase_add_test(tests, the_service_asked_for_is_the_service_given);
    tcase_add_test(tests, a_mix_of_open_bottles_is_cheaper_until_a_bottle_is_used_well);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
