/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weeks, follow-ups, pots, how early people book, and the calendar that these make. */
#include <stdlib.h>
#include <string.h>

#include "plan/days.h"
#include "support/testing.h"

START_TEST(weeks_are_those_of_iso_8601)
{
    static const char *const rows[][3] = {
        /* day, its Monday, its week */
        {"2026-11-25", "2026-11-23", "2026-W48"}, {"2026-11-23", "2026-11-23", "2026-W48"},
        {"2026-11-29", "2026-11-23", "2026-W48"}, {"2026-01-01", "2025-12-29", "2026-W01"},
        {"2021-01-03", "2020-12-28", "2020-W53"}, {"2008-12-29", "2008-12-29", "2009-W01"},
        {"2010-01-03", "2009-12-28", "2009-W53"}, {"2024-12-30", "2024-12-30", "2025-W01"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[TNS_WEEK_TEXT];
        tns_day day = day_of(rows[i][0]);
        tns_week_write(day, text);
        ck_assert_str_eq(text, rows[i][2]);
        ck_assert_int_eq(tns_week_monday(day), day_of(rows[i][1]));
    }
}
END_TEST

START_TEST(a_first_session_brings_its_follow_ups_with_their_odds)
{
    tns_follow_up f[TNS_FOLLOW_UPS];
    const tns_course own = {{0.9, 0.5, 0.1}, 10};
    tns_day day = day_of("2026-11-30");
    ck_assert_uint_eq(tns_follow_ups(NULL, TNS_STEP_1, day, f), 3);
    ck_assert(f[0].kind == TNS_STEP_2 && f[0].day == day + 28 && f[2].day == day + 84);
    CHECK_NEAR("s4 of s1", f[2].odds, 0.2, 1e-12);
    ck_assert_uint_eq(tns_follow_ups(NULL, TNS_STEP_2, day, f), 2);
    CHECK_NEAR("s3 of those that had s2", f[0].odds, 0.85 / 0.95, 1e-12);
    ck_assert_uint_eq(tns_follow_ups(&own, TNS_STEP_3, day, f), 1);
    ck_assert(f[0].kind == TNS_STEP_4 && f[0].day == day + 10);
    CHECK_NEAR("s4 of those that had s3", f[0].odds, 0.2, 1e-12);
    ck_assert_uint_eq(tns_follow_ups(NULL, TNS_STEP_4, day, f), 0);
    ck_assert_uint_eq(tns_follow_ups(NULL, TNS_STEP_TOUCH_UP, day, f), 0);
}
END_TEST

START_TEST(the_kinds_of_visits_have_names)
{
    tns_course_step kind;
    for (int k = TNS_STEP_1; k <= TNS_STEP_TOUCH_UP; k++)
        ck_assert(tns_course_step_parse(tns_course_step_name((tns_course_step)k), &kind) &&
                  kind == (tns_course_step)k);
    ck_assert(tns_course_step_parse("Touch-Up", &kind) && kind == TNS_STEP_TOUCH_UP);
    ck_assert(!tns_course_step_parse("s5", &kind) && !tns_course_step_parse("", &kind));
}
END_TEST

START_TEST(a_pot_is_no_less_than_can_be_measured)
{
    static const struct {
        const char *label;
        tns_measuring rule;
        double area, share, expected;
    } rows[] = {
        {"no area: the usual", {.loss = 0}, 0, 0.5, 3000},
        {"for an area", {.loss = 0}, 300, 0.5, 4500},
        {"shade 14 of a small area: 0.2 ml of pigment", {.loss = 0}, 40, 1.0 / 15, 3000},
        {"shade 25 takes a larger pot", {.loss = 0}, 40, 1.0 / 26, 5200},
        {"by a finer syringe", {.error_ul = 5}, 40, 1.0 / 26, 1300},
        {"at five per cent", {.within = 0.05}, 40, 1.0 / 15, 6000},
        {"water alone", {.loss = 0}, 40, 0, 600},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_NEAR(rows[i].label, tns_measured_pot(&rows[i].rule, rows[i].area, rows[i].share),
                   rows[i].expected, 1e-9);
    const tns_measuring loses = {.loss = 0.2};
    CHECK_NEAR("a fifth is lost", tns_measured_part(&loses, 3000, 1.0 / 15), 250, 1e-9);
}
END_TEST

START_TEST(who_books_late_is_counted_from_the_past)
{
    static const double ahead[] = {1, 3, 6, 8, 20, 20, 30, 300};
    tns_pickup p = tns_pickup_of(ahead, 8), none = tns_pickup_usual(0),
               usual = tns_pickup_usual(21);
    CHECK_NEAR("today", tns_pickup_late(&p, 0), 0, 0);
    CHECK_NEAR("within a week", tns_pickup_late(&p, 7), 3.0 / 8, 1e-12);
    CHECK_NEAR("between", tns_pickup_late(&p, 10.5), 0.5 * (3 + 4) / 8, 1e-12);
    CHECK_NEAR("within half a year", tns_pickup_late(&p, 1000), 7.0 / 8, 1e-12);
    CHECK_NEAR("nobody books", tns_pickup_late(&none, 0), 1, 0);
    CHECK_NEAR("a mean of three weeks", tns_pickup_late(&usual, 21), 1 - exp(-1), 1e-12);
}
END_TEST

START_TEST(the_calendar_adds_bookings_follow_ups_and_what_is_yet_to_come)
{
    tns_demand d;
    tns_error err;
    tns_day first = day_of("2026-11-23");
    const tns_usage usage = {.per_day = 10, .size = 100, .size_cv2 = 0.25, .rests_on = 16};
    const tns_pickup all_late = tns_pickup_usual(0);
    const tns_need needs[] = {{first + 2, 200, 0.9, false},
                              {first + 2, 100, 0.4, false},
                              {first + 5, 200, 0.5, true},
                              {first - 1, 200, 1, false},
                              {first + 30, 200, 1, false}};
    ck_assert(tns_demand_init(&d, first, 30, &err));
    for (size_t i = 0; i < 5; i++)
        tns_demand_book(&d, &needs[i]);
    CHECK_NEAR("booked", tns_demand_booked(&d, first, first + 29), 180 + 40, 1e-9);
    CHECK_NEAR("firm", tns_demand_firm(&d, first, first + 29), 200, 1e-9);
    tns_demand_expect(&d, &usage, &all_late, 9);
    /* 30 days at 10, of which the follow-up's 100 stand already. */
    CHECK_NEAR("all", tns_demand_amount(&d, first, first + 29), 220 + 300, 1e-9);
    CHECK_NEAR("beyond", tns_demand_amount(&d, first + 30, first + 39), 100, 1e-9);
    CHECK_NEAR("a day across", tns_demand_amount(&d, first + 29, first + 30), 20, 1e-9);
    CHECK_NEAR("the whole", tns_demand_amount(&d, first - 9, first + 39), 620, 1e-9);
    tns_moments uses = tns_demand_uses(&d, first, first + 29);
    CHECK_NEAR("uses", uses.mean, 5.2, 1e-9);
    /* Bernoullis, Poisson of 200 unbooked in sizes of 100, and a quarter of doubt of the rate. */
    double sizes = 0.09 * 4 + 0.24 + 0.25 * 4 + 2.0 * 1.25 + 0.25 * 0.25 * 4;
    CHECK_NEAR("their variance", uses.variance, sizes, 1e-9);
    tns_demand_finish(&d);
}
END_TEST

START_TEST(what_is_booked_far_ahead_is_not_expected_twice)
{
    tns_demand d;
    tns_error err;
    tns_day first = day_of("2026-11-23");
    const tns_usage usage = {.per_day = 10, .size = 100};
    static const double ahead[] = {21, 21, 21, 21};
    const tns_pickup p = tns_pickup_of(ahead, 4); /* all book three weeks ahead */
    ck_assert(tns_demand_init(&d, first, 60, &err));
    tns_demand_expect(&d, &usage, &p, 9);
    CHECK_NEAR("the next two weeks are known", tns_demand_amount(&d, first, first + 14), 0, 1e-9);
    CHECK_NEAR("after a month all is to come", tns_demand_amount(&d, first + 28, first + 37), 100,
               1e-9);
    CHECK_NEAR("an order can follow", d.late_share, 0, 1e-12);
    tns_demand_finish(&d);
}
END_TEST

START_TEST(what_one_item_would_take_another_takes_in_its_place)
{
    tns_demand own, other;
    tns_error err;
    tns_day first = day_of("2026-11-23");
    const tns_need needs[] = {{first + 2, 300, 1, false}, {first + 6, 300, 0.5, false}};
    const tns_usage usage = {.per_day = 10, .size = 100};
    const tns_pickup all_late = tns_pickup_usual(0), none_late = tns_pickup_usual(1e9);
    ck_assert(tns_demand_init(&own, first, 10, &err) && tns_demand_init(&other, first, 10, &err));
    tns_demand_book(&own, &needs[0]);
    tns_demand_book(&own, &needs[1]);
    tns_demand_expect(&own, &(tns_usage){0}, &none_late, 9);
    tns_demand_expect(&other, &usage, &all_late, 9);
    tns_demand_redirect(&own, first + 5, 1.0 / 3, &other);
    tns_demand_end(&own, first + 5);
    CHECK_NEAR("before", tns_demand_amount(&own, first, first + 4), 300, 1e-9);
    CHECK_NEAR("no more", tns_demand_amount(&own, first + 5, first + 99), 0, 0);
    CHECK_NEAR("the other's own", tns_demand_amount(&other, first, first + 4), 50, 1e-9);
    CHECK_NEAR("and a third of it", tns_demand_amount(&other, first + 5, first + 9), 100, 1e-9);
    CHECK_NEAR("booked", tns_demand_booked(&other, first, first + 9), 50, 1e-9);
    CHECK_NEAR("firm", tns_demand_firm(&other, first, first + 9), 100, 1e-9);
    CHECK_NEAR("uses of one size", other.size, 100, 1e-9);
    CHECK_NEAR("half a use more", tns_demand_uses(&other, first, first + 9).mean, 1.5, 1e-9);
    tns_demand_end(&other, first - 5);
    CHECK_NEAR("nothing at all", tns_demand_amount(&other, first, first + 99), 0, 0);
    tns_demand_redirect(&other, first, 1, &own);
    CHECK_NEAR("of nothing", tns_demand_amount(&own, first, first + 99), 300, 1e-9);
    tns_demand_finish(&own);
    tns_demand_finish(&other);
}
END_TEST

START_TEST(usage_is_learned_from_weeks)
{
    double weeks[52];
    for (int w = 0; w < 52; w++)
        weeks[w] = w % 2 ? 300 : 0;
    tns_usage u = tns_usage_of(weeks, 52, 26);
    CHECK_NEAR("a size", u.size, 300, 1e-9);
    CHECK_NEAR("no spread", u.size_cv2, 0, 1e-9);
    CHECK_NEAR("150 a week, without Croston's bias", u.per_day * 7, 150 * 0.95, 1);
    CHECK_NEAR("it remembers 19 weeks", u.rests_on, 26 * 19.0 / 52, 1e-9);
    ck_assert(tns_usage_of(weeks, 0, 0).per_day == 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("visit");
    TCase *tests = tcase_create("visit");
    tcase_add_test(tests, weeks_are_those_of_iso_8601);
    tcase_add_test(tests, a_first_session_brings_its_follow_ups_with_their_odds);
    tcase_add_test(tests, the_kinds_of_visits_have_names);
    tcase_add_test(tests, a_pot_is_no_less_than_can_be_measured);
    tcase_add_test(tests, who_books_late_is_counted_from_the_past);
    tcase_add_test(tests, the_calendar_adds_bookings_follow_ups_and_what_is_yet_to_come);
    tcase_add_test(tests, what_is_booked_far_ahead_is_not_expected_twice);
    tcase_add_test(tests, what_one_item_would_take_another_takes_in_its_place);
    tcase_add_test(tests, usage_is_learned_from_weeks);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
