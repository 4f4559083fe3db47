/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <tonsure/day.h>

#include "support/testing.h"

static const struct {
    const char *text;
    tns_day day;
} known[] = {
    {"1970-01-02", 1},     {"1972-02-29", 789},    {"1999-12-31", 10956},   {"2000-02-29", 11016},
    {"2000-03-01", 11017}, {"2024-02-29", 19782},  {"2026-11-30", 20787},   {"2100-02-28", 47540},
    {"2100-03-01", 47541}, {"2400-02-29", 157113}, {"9999-12-31", 2932896},
};

/* The figures are those of `date -ud DATE +%s` over 86400. */
START_TEST(a_date_and_its_count_of_days_are_each_others_inverse)
{
    char text[TNS_DAY_TEXT];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        tns_day day = 0;
        tns_error err;
        ck_assert_msg(tns_day_parse(known[i].text, &day, &err), "%s: %s", known[i].text, err.text);
        ck_assert_msg(day == known[i].day, "%s: %d", known[i].text, day);
        tns_day_write(day, text);
        ck_assert_str_eq(text, known[i].text);
    }
}
END_TEST

START_TEST(every_day_of_a_century_follows_the_one_before_it)
{
    char text[TNS_DAY_TEXT], before[TNS_DAY_TEXT] = "1970-01-01";
    for (tns_day day = 1; day < 36525; day++) {
        tns_day again = 0;
        tns_day_write(day, text);
        ck_assert_msg(strcmp(before, text) < 0, "%s before %s", before, text);
        ck_assert(tns_day_parse(text, &again, NULL) && again == day);
        strcpy(before, text);
    }
    ck_assert_str_eq(before, "2069-12-31");
}
END_TEST

START_TEST(what_is_no_date_is_refused)
{
    static const char *const none[] = {"",           "2026-13-01", "2026-00-10",  "2026-02-29",
                                       "2100-02-29", "2026-04-31", "2026-4-3",    "26-04-03",
                                       "1970-01-01", "1969-12-31", "2026-11-300", "2026/11/30",
                                       " 2026-11-3", "+026-11-30", "2026-1--30",  "30.11.2026"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        tns_error err = {0};
        tns_day day = 77;
        ck_assert_msg(!tns_day_parse(none[i], &day, &err), "%s", none[i]);
        ck_assert_msg(day == 77 && err.code == TNS_ERROR_USAGE, "%s: %s", none[i], err.text);
    }
}
END_TEST

START_TEST(a_month_later_is_the_same_day_or_the_last_of_its_month)
{
    static const struct {
        const char *from;
        int months;
        const char *to;
    } rows[] = {
        {"2026-01-31", 1, "2026-02-28"},  {"2024-01-31", 1, "2024-02-29"},
        {"2024-02-29", 12, "2025-02-28"}, {"2024-02-29", 48, "2028-02-29"},
        {"2026-12-31", 2, "2027-02-28"},  {"2026-11-30", 3, "2027-02-28"},
        {"2026-11-15", 12, "2027-11-15"}, {"2026-12-01", 1, "2027-01-01"},
        {"2026-08-31", 1, "2026-09-30"},  {"2026-05-05", 0, "2026-05-05"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_day from = 0;
        char text[TNS_DAY_TEXT];
        ck_assert(tns_day_parse(rows[i].from, &from, NULL));
        tns_day_write(tns_day_add_months(from, rows[i].months), text);
        ck_assert_msg(strcmp(text, rows[i].to) == 0, "%s + %d: %s", rows[i].from, rows[i].months,
                      text);
    }
    ck_assert_int_eq(tns_day_add_months(TNS_NO_DAY, 12), TNS_NO_DAY);
}
END_TEST

START_TEST(months_that_lead_out_of_the_calendar_end_at_its_ends)
{
    static const struct {
        const char *label;
        tns_day from;
        int months;
        tns_day expected;
    } rows[] = {
        {"to the day before the first", 20787, -12 * 56 - 11, TNS_NO_DAY},
        {"to the year 0", 20787, -12 * 2026, TNS_NO_DAY},
        {"before that", 20787, -12 * 4000 - 7, TNS_NO_DAY},
        {"as far back as there is", 20787, INT_MIN, TNS_NO_DAY},
        {"as far ahead as there is", 20787, INT_MAX, INT32_MAX},
        {"from the last of all days", INT32_MAX, 1, INT32_MAX},
        {"from a day before the first", -700000, 1, TNS_NO_DAY},
        {"to the year 10000", 2932896, 1, 2932896 + 31},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_day found = tns_day_add_months(rows[i].from, rows[i].months);
        ck_assert_msg(found == rows[i].expected, "%s: %d", rows[i].label, found);
    }
}
END_TEST

static int64_t at(void *user)
{
    return *(const int64_t *)user;
}

/* 2026-11-30 23:30 UTC: the 30th in Lisbon, the 1st east of there. */
START_TEST(today_is_told_by_the_clocks_on_the_wall)
{
    int64_t now = 1796081400;
    tns_context context = {.user = &now, .clock = at};
    char text[TNS_DAY_TEXT];
    const char *old = getenv("TZ");
    char kept[64];
    strcpy(kept, old ? old : "");
    static const struct {
        const char *zone, *day;
    } rows[] = {{"UTC0", "2026-11-30"}, {"EAST-1", "2026-12-01"}, {"WEST8", "2026-11-30"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        setenv("TZ", rows[i].zone, 1);
        tzset();
        tns_day_write(tns_day_today(&context), text);
        ck_assert_msg(strcmp(text, rows[i].day) == 0, "%s: %s", rows[i].zone, text);
    }
    if (old)
        setenv("TZ", kept, 1);
    else
        unsetenv("TZ");
    tzset();
}
END_TEST

START_TEST(a_clock_that_shows_no_day_of_the_calendar_gives_none)
{
    static const int64_t times[] = {
        0, -1, -86400 * 400, 253402387200, (int64_t)1 << 55, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        int64_t now = times[i];
        tns_day day = tns_day_today(&(tns_context){.user = &now, .clock = at});
        ck_assert_msg(day == TNS_NO_DAY, "%lld: %d", (long long)now, day);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("day");
    TCase *tcase = tcase_create("day");
    tcase_add_test(tcase, a_date_and_its_count_of_days_are_each_others_inverse);
    tcase_add_test(tcase, every_day_of_a_century_follows_the_one_before_it);
    tcase_add_test(tcase, what_is_no_date_is_refused);
    tcase_add_test(tcase, a_month_later_is_the_same_day_or_the_last_of_its_month);
    tcase_add_test(tcase, months_that_lead_out_of_the_calendar_end_at_its_ends);
    tcase_add_test(tcase, a_clock_that_shows_no_day_of_the_calendar_gives_none);
    tcase_add_test(tcase, today_is_told_by_the_clocks_on_the_wall);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
