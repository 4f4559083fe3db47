/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Booked visits from tables: columns by their names, days, kinds and statuses as people write them.
 */
#include <stdio.h>
#include <string.h>

#include <tonsure/bookings.h>

#include "exchange/booked.h"
#include "plan/days.h"

START_TEST(a_table_of_visits_is_read)
{
    tns_booking_list list;
    tns_error err;
    ck_assert_msg(parse("\xEF\xBB\xBF"
                        "id,date,kind,area,pot,recipe,booked,status,client\n"
                        "a,2026-12-01,S1,180cm2,3,\"carbon=3,diluent=42\",2026-11-01,,C12\n"
                        "b,2026-12-08,touch-up,,,,,confirmed\n"
                        "c,2026-12-09,s2,,,,,Cancelled\n"
                        "d,2026-12-10,cleaning,,,,,\n"
                        "e,2026-12-11,,90,2.5ml,,,\n",
                        &list, &err),
                  "%s", err.text);
    ck_assert_uint_eq(list.count, 3);
    ck_assert_uint_eq(list.passed_over, 2);
    ck_assert_uint_eq(list.warnings.count, 1);
    const tns_booking *b = list.bookings;
    ck_assert_str_eq(b[0].id, "a");
    ck_assert_int_eq(b[0].day, day_of("2026-12-01"));
    ck_assert_int_eq(b[0].booked, day_of("2026-11-01"));
    ck_assert_str_eq(b[0].recipe, "carbon=3,diluent=42");
    ck_assert_str_eq(b[0].client, "C12");
    CHECK_NEAR("area", b[0].area_cm2, 180, 0);
    CHECK_NEAR("pot", b[0].pot_ul, 3000, 0);
    ck_assert(b[1].kind == TNS_STEP_TOUCH_UP && b[2].kind == TNS_STEP_1);
    CHECK_NEAR("pot", b[2].pot_ul, 2500, 0);
    tns_booking_list_finish(&list);
}
END_TEST

START_TEST(the_kind_of_a_table_is_said_in_the_words_of_calendars_too)
{
    static const struct {
        const char *kind;
        int is; /* -1 = none */
    } rows[] = {{"Session 2", TNS_STEP_2},
                {"Erstsitzung", TNS_STEP_1},
                {"Folgesitzung", TNS_STEP_2},
                {"3. Sitzung", TNS_STEP_3},
                {"Touch up", TNS_STEP_TOUCH_UP},
                {"retouche", TNS_STEP_TOUCH_UP},
                {"Beratung vor S1", -1},
                {"Samsung S2", -1},
                {"cleaning", -1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[200];
        tns_booking_list list;
        tns_error err;
        snprintf(text, sizeof text, "date,kind\n2026-12-01,%s\n", rows[i].kind);
        ck_assert_msg(parse(text, &list, &err), "%s: %s", rows[i].kind, err.text);
        int is = list.count == 1 ? (int)list.bookings[0].kind : -1;
        ck_assert_msg(is == rows[i].is, "%s: %d", rows[i].kind, is);
        ck_assert_uint_eq(list.warnings.count, is < 0);
        tns_booking_list_finish(&list);
    }
}
END_TEST

START_TEST(a_table_between_semicolons_is_read_with_its_commas_and_days)
{
    tns_booking_list list;
    tns_error err;
    ck_assert_msg(parse("date;kind;area;pot;recipe\r\n"
                        "30.11.2026;s1;180,5;2,5 ml;carbon=3,diluent=42\r\n"
                        "2026-12-01;s2;;;\r\n",
                        &list, &err),
                  "%s", err.text);
    ck_assert_uint_eq(list.count, 2);
    const tns_booking *b = list.bookings;
    ck_assert_int_eq(b[0].day, day_of("2026-11-30"));
    ck_assert_str_eq(b[0].recipe, "carbon=3,diluent=42");
    CHECK_NEAR("area", b[0].area_cm2, 180.5, 0);
    CHECK_NEAR("pot", b[0].pot_ul, 2500, 1e-9);
    tns_booking_list_finish(&list);
}
END_TEST

START_TEST(a_table_with_german_columns_is_read)
{
    tns_booking_list list;
    tns_error err;
    ck_assert_msg(parse("Datum;Sitzung;FL\xc3\x84"
                        "CHE;ml;Rezept;Kunde;Gebucht am;Status\r\n"
                        "30.11.2026;Erstsitzung;180,5;2,5;carbon=3,diluent=42;C12;1.11.2026;"
                        "best\xc3\xa4tigt\r\n",
                        &list, &err),
                  "%s", err.text);
    ck_assert_uint_eq(list.count, 1);
    const tns_booking *b = list.bookings;
    ck_assert_int_eq(b->day, day_of("2026-11-30"));
    ck_assert_int_eq(b->booked, day_of("2026-11-01"));
    ck_assert_str_eq(b->recipe, "carbon=3,diluent=42");
    ck_assert_str_eq(b->client, "C12");
    CHECK_NEAR("area", b->area_cm2, 180.5, 0);
    CHECK_NEAR("pot", b->pot_ul, 2500, 1e-9);
    ck_assert_uint_eq(list.warnings.count, 0);
    tns_booking_list_finish(&list);
}
END_TEST

START_TEST(a_status_that_calls_off_is_no_visit_and_an_unknown_one_is_told)
{
    static const struct {
        const char *status;
        bool is_visit, is_told;
    } rows[] = {
        {"cancelled", false, false},     {"abgesagt", false, false},
        {"Storniert", false, false},     {"no show", false, false},
        {"annul\xc3\xa9", false, false}, {"", true, false},
        {"CONFIRMED", true, false},      {"gebucht", true, false},
        {"booked", true, false},         {"ENTF\xc3\x84LLT", false, false},
        {"ANNUL\xc3\x89", false, false}, {"BEST\xc3\x84TIGT", true, false},
        {"nicht abgesagt", true, true},  {"not cancelled", true, true},
        {"verschoben", true, true},      {"7", true, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[80];
        tns_booking_list list;
        tns_error err;
        snprintf(text, sizeof text, "date,kind,status\n2026-12-01,s1,%s\n", rows[i].status);
        ck_assert_msg(parse(text, &list, &err), "%s: %s", rows[i].status, err.text);
        ck_assert_msg(list.count == rows[i].is_visit && list.warnings.count == rows[i].is_told,
                      "%s: %zu", rows[i].status, list.count);
        tns_booking_list_finish(&list);
    }
}
END_TEST

START_TEST(a_day_with_its_time_is_that_day)
{
    static const char *const rows[] = {"2026-12-01 14:30", "2026-12-01T14:30",
                                       "2026-12-01T09:00:00", "01.12.2026 14:30",
                                       "1.12.2026 9:00:00"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[80];
        tns_booking_list list;
        tns_error err;
        snprintf(text, sizeof text, "date;kind\n%s;s1\n", rows[i]);
        ck_assert_msg(parse(text, &list, &err), "%s: %s", rows[i], err.text);
        ck_assert_uint_eq(list.count, 1);
        ck_assert_int_eq(list.bookings[0].day, day_of("2026-12-01"));
        tns_booking_list_finish(&list);
    }
}
END_TEST

START_TEST(what_is_no_day_or_no_time_is_refused)
{
    static const char *const rows[] = {
        "1.12.20267", "1.12.2026.",      "1.1.2026..",        "1..12.2026",      "1.12.26",
        "32.12.2026", "1.12.2026 9:00:", "1.12.2026 1:2:3:4", "1.12.2026 24:00", "1.12.2026 9"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[80];
        tns_booking_list list;
        tns_error err = {0};
        snprintf(text, sizeof text, "date;kind\n%s;s1\n", rows[i]);
        ck_assert_msg(!parse(text, &list, &err), "%s", rows[i]);
        ck_assert_msg(strstr(err.text, rows[i]), "%s", err.text);
    }
}
END_TEST

START_TEST(a_column_that_is_not_known_is_passed_over_by_name)
{
    tns_booking_list list;
    tns_error err;
    ck_assert_msg(parse("date;kind;ml;amount;\n2026-12-01;s1;2,5;8;\n", &list, &err), "%s",
                  err.text);
    ck_assert_uint_eq(list.count, 1);
    CHECK_NEAR("pot", list.bookings[0].pot_ul, 2500, 1e-9);
    ck_assert_uint_eq(list.warnings.count, 1);
    ck_assert_str_eq(list.warnings.text[0], "column \"amount\" is not known: passed over");
    tns_booking_list_finish(&list);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("booking_tables");
    TCase *tests = tcase_create("booking_tables");
    tcase_add_test(tests, a_table_of_visits_is_read);
    tcase_add_test(tests, the_kind_of_a_table_is_said_in_the_words_of_calendars_too);
    tcase_add_test(tests, a_table_between_semicolons_is_read_with_its_commas_and_days);
    tcase_add_test(tests, a_table_with_german_columns_is_read);
    tcase_add_test(tests, a_status_that_calls_off_is_no_visit_and_an_unknown_one_is_told);
    tcase_add_test(tests, a_day_with_its_time_is_that_day);
    tcase_add_test(tests, what_is_no_day_or_no_time_is_refused);
    tcase_add_test(tests, a_column_that_is_not_known_is_passed_over_by_name);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
