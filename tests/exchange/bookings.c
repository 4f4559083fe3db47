/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Booked visits from calendars, and what is refused of these and of tables, by its line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/bookings.h>

#include "exchange/booked.h"
#include "plan/days.h"
#include "support/testing.h"

#define S1_OF(uid) EVENT("UID:" uid "\r\nDTSTART:20261202\r\nSUMMARY:s1\r\n")
/* What all of Exchange's names begin with; 110 characters. */
#define LONG                                                                                       \
    "040000008200E00074C5B7101A82E00800000000000000000000000000000000000000003300000076"           \
    "43616C2D55696401000000000000"

START_TEST(the_events_of_a_calendar_are_read)
{
    static const struct {
        const char *label, *event, *day;
        tns_course_step kind;
        double area;
        const char *recipe;
    } rows[] = {
        {"a day", EVENT("DTSTART;VALUE=DATE:20261130\r\nSUMMARY:S1 area=180\r\n"), "2026-11-30",
         TNS_STEP_1, 180, ""},
        {"a time of the wall", EVENT("DTSTART:20261130T233000\r\nSUMMARY:s2\r\n"), "2026-11-30",
         TNS_STEP_2, 0, ""},
        {"in a zone that is named",
         EVENT("DTSTART;TZID=\"Europe/Vienna:x\":20261201T003000\r\nCATEGORIES:work,S3\r\n"),
         "2026-12-01", TNS_STEP_3, 0, ""},
        {"at noon in UTC", EVENT("DTSTART:20261201T120000Z\r\nSUMMARY:S4: crown\r\n"), "2026-12-01",
         TNS_STEP_4, 0, ""},
        {"folded within a word, escaped",
         EVENT("dtstart:20261201T120000\r\nSUMMARY:Touch-\r\n Up\r\n"
               "DESCRIPTION:area=90cm2\\nrecipe=carbon=3\\,dilu\r\n\tent=42 for her\r\n"),
         "2026-12-01", TNS_STEP_TOUCH_UP, 90, "carbon=3,diluent=42"},
        {"with an alarm of its own",
         EVENT("SUMMARY:s1\r\nBEGIN:VALARM\r\nDTSTART:20200101\r\nSUMMARY:s3 area=x\r\n"
               "END:VALARM\r\nDTSTART:20261202\r\n"),
         "2026-12-02", TNS_STEP_1, 0, ""},
        {"the later revision of one name",
         EVENT("UID:7\r\nSEQUENCE:1\r\nDTSTART:20261204\r\nSUMMARY:s1\r\n")
             EVENT("UID:7\r\nSEQUENCE:0\r\nDTSTART:20261203\r\nSUMMARY:s1\r\n"),
         "2026-12-04", TNS_STEP_1, 0, ""},
        {"the later of one name",
         EVENT("UID:7\r\nDTSTART:20261202\r\nSUMMARY:s1\r\n")
             EVENT("UID:7\r\nDTSTART:20261203\r\nSUMMARY:s1\r\n"),
         "2026-12-03", TNS_STEP_1, 0, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2000];
        tns_booking_list list;
        tns_error err;
        snprintf(text, sizeof text, "BEGIN:VCALENDAR\r\n%sEND:VCALENDAR\r\n", rows[i].event);
        ck_assert_msg(parse(text, &list, &err), "%s: %s", rows[i].label, err.text);
        ck_assert_msg(list.count == 1, "%s: %zu visits", rows[i].label, list.count);
        ck_assert_msg(list.bookings[0].day == day_of(rows[i].day), "%s: the day", rows[i].label);
        ck_assert_msg(list.bookings[0].kind == rows[i].kind, "%s: the kind", rows[i].label);
        CHECK_NEAR(rows[i].label, list.bookings[0].area_cm2, rows[i].area, 0);
        ck_assert_str_eq(list.bookings[0].recipe, rows[i].recipe);
        tns_booking_list_finish(&list);
    }
}
END_TEST

START_TEST(of_events_with_one_name_the_last_counts)
{
    static const struct {
        const char *label, *text;
        size_t visits, passed_over;
    } rows[] = {
        {"names that differ at their ends", CALENDAR(S1_OF(LONG "a") S1_OF(LONG "b")), 2, 0},
        {"one long name", CALENDAR(S1_OF(LONG "a") S1_OF(LONG "a")), 1, 1},
        {"cancelled later",
         CALENDAR(S1_OF("7") EVENT("UID:7\r\nSEQUENCE:1\r\nSTATUS:CANCELLED\r\nSUMMARY:s1\r\n")), 0,
         2},
        {"cancelled by name alone", CALENDAR(S1_OF("7") EVENT("UID:7\r\nSTATUS:CANCELLED\r\n")), 0,
         2},
        {"cancelled, and booked again",
         CALENDAR(EVENT("UID:7\r\nSTATUS:CANCELLED\r\nSUMMARY:s1\r\n") S1_OF("7")), 1, 1},
        {"cancelled, as told before it was booked",
         CALENDAR(EVENT("UID:7\r\nSEQUENCE:2\r\nSTATUS:CANCELLED\r\nSUMMARY:s1\r\n")
                      EVENT("UID:7\r\nSEQUENCE:1\r\nDTSTART:20261202\r\nSUMMARY:s1\r\n")),
         0, 2},
        {"a calendar of what is cancelled",
         "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n" S1_OF("7") "END:VCALENDAR\r\n", 0, 1},
        {"and one after it",
         "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n" S1_OF("7") "END:VCALENDAR\r\n" CALENDAR(S1_OF("8")),
         1, 1},
        {"another is cancelled", CALENDAR(S1_OF("7") EVENT("UID:8\r\nSTATUS:CANCELLED\r\n")), 1, 1},
        {"no visit any more", CALENDAR(S1_OF("7") EVENT("UID:7\r\nSUMMARY:moved\r\n")), 0, 2},
        {"in two calendars of a file", CALENDAR(S1_OF("7")) CALENDAR(S1_OF("8")), 2, 0},
        {"in both calendars", CALENDAR(S1_OF("7")) CALENDAR(S1_OF("7")), 1, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_booking_list list;
        tns_error err;
        ck_assert_msg(parse(rows[i].text, &list, &err), "%s: %s", rows[i].label, err.text);
        ck_assert_msg(list.count == rows[i].visits && list.passed_over == rows[i].passed_over,
                      "%s: %zu visits, %zu passed over", rows[i].label, list.count,
                      list.passed_over);
        tns_booking_list_finish(&list);
    }
}
END_TEST

START_TEST(visits_are_known_by_the_words_that_people_write)
{
    enum { NONE = -1, DOUBTFUL = -2 }; /* passed over, with a warning */
    static const struct {
        const char *text;
        int kind;
    } rows[] = {
        {"SUMMARY:SMP Session 1 - Mueller", TNS_STEP_1},
        {"SUMMARY:SMP 1. Sitzung", TNS_STEP_1},
        {"SUMMARY:SMP session touch up", TNS_STEP_TOUCH_UP},
        {"SUMMARY:Galaxy S3 repair", DOUBTFUL},
        {"SUMMARY:smp-session #3", TNS_STEP_3},
        {"SUMMARY:2nd session", DOUBTFUL},
        {"SUMMARY:Second session (scalp)", TNS_STEP_2},
        {"SUMMARY:S\xC3\xA9"
         "ance 4: SMP crown",
         TNS_STEP_4},
        {"SUMMARY:Mueller S2", TNS_STEP_2},
        {"SUMMARY:Mueller - SMP Touchup!", TNS_STEP_TOUCH_UP},
        {"SUMMARY:10:30 S1 Mueller", TNS_STEP_1},
        {"SUMMARY:Mueller S2 crown", DOUBTFUL},
        {"SUMMARY:Mueller S2 crown\r\nCATEGORIES:work,SMP", TNS_STEP_2},
        {"SUMMARY:Mueller S2 crown\r\nDESCRIPTION:area=180", TNS_STEP_2},
        {"SUMMARY:Galaxy S3 repair\r\nCATEGORIES:private,S1", TNS_STEP_1},
        {"SUMMARY:Meeting\r\nDESCRIPTION:bring the S3", DOUBTFUL},
        {"SUMMARY:Meeting\r\nDESCRIPTION:S3 with Mueller", TNS_STEP_3},
        {"SUMMARY:SMP session 2 pm", DOUBTFUL},
        {"SUMMARY:SMP session 3:30", DOUBTFUL},
        {"SUMMARY:SMP 14:02 session", DOUBTFUL},
        {"SUMMARY:SMP session 5", DOUBTFUL},
        {"SUMMARY:SMP consultation", DOUBTFUL},
        {"SUMMARY:SMP Erstsitzung Mueller", TNS_STEP_1},
        {"SUMMARY:Haarpigmentierung Folgesitzung", TNS_STEP_2},
        {"SUMMARY:Erstsitzung Zahnarzt", DOUBTFUL},
        {"SUMMARY:SMP zweiter Termin", TNS_STEP_2},
        {"SUMMARY:C1 Termin 3. Dezember SMP", DOUBTFUL},
        {"SUMMARY:SMP Termin 2 Stunden", DOUBTFUL},
        {"SUMMARY:SMP Termin 2 Personen", DOUBTFUL},
        {"SUMMARY:SMP Termin 2/3", TNS_STEP_2},
        {"SUMMARY:SMP 3. Termin", TNS_STEP_3},
        {"SUMMARY:SMP Sitzung 2 Stunden", DOUBTFUL},
        {"SUMMARY:SMP DEUXI\xC3\x88ME S\xC3\x89"
         "ANCE",
         TNS_STEP_2},
        {"SUMMARY:SMP terceira sess\xC3\xA3o", TNS_STEP_3},
        {"SUMMARY:SMP premi\xC3\xA8re s\xC3\xA9"
         "ance",
         TNS_STEP_1},
        {"SUMMARY:Dermopigmentation SMP\\, 2e s\xC3\xA9"
         "ance",
         TNS_STEP_2},
        {"SUMMARY:Micropigmentaci\xC3\xB3n\\, tercera sesi\xC3\xB3n", TNS_STEP_3},
        {"SUMMARY:SMP 1\xC2\xAA sesi\xC3\xB3n", TNS_STEP_1},
        {"SUMMARY:Tricopigmentazione seconda sessione", TNS_STEP_2},
        {"SUMMARY:SMP eerste sessie", TNS_STEP_1},
        {"SUMMARY:SMP session due", DOUBTFUL},
        {"SUMMARY:SMP retouche", TNS_STEP_TOUCH_UP},
        {"SUMMARY:SMP retoque", TNS_STEP_TOUCH_UP},
        {"SUMMARY:SMP ritocco", TNS_STEP_TOUCH_UP},
        {"SUMMARY:SMP first talk\\, then session", DOUBTFUL},
        {"SUMMARY:2. Behandlung Zahnarzt", DOUBTFUL},
        {"SUMMARY:SMP Beratung S1", DOUBTFUL},
        {"SUMMARY:S1 consultation", DOUBTFUL},
        {"SUMMARY:SMP S2 Mueller\r\nDESCRIPTION:Beratung was in May", TNS_STEP_2},
        {"SUMMARY:Session 3 of the parliament", DOUBTFUL},
        {"SUMMARY:Touch up the walls", DOUBTFUL},
        {"SUMMARY:2nd session\r\nDESCRIPTION:client=C12", TNS_STEP_2},
        {"SUMMARY:SMP Auffrischung", TNS_STEP_TOUCH_UP},
        {"SUMMARY:SMP Nachbehandlung", TNS_STEP_TOUCH_UP},
        {"SUMMARY:Follow-up SMP", TNS_STEP_TOUCH_UP},
        {"SUMMARY:SMP 3", TNS_STEP_3},
        {"SUMMARY:SMP 3 pm", DOUBTFUL},
        {"SUMMARY:SMP session two", TNS_STEP_2},
        {"SUMMARY:SMP 3eme seance", TNS_STEP_3},
        {"SUMMARY:Haarpigmentierung 1", TNS_STEP_1},
        {"SUMMARY:Haarpigmentierung 2/3", TNS_STEP_2},
        {"SUMMARY:SMP session 2/3", TNS_STEP_2},
        {"SUMMARY:Session 3/3 SMP", TNS_STEP_3},
        {"SUMMARY:SMP session 3/2", DOUBTFUL},
        {"SUMMARY:SMP session 12", DOUBTFUL},
        {"SUMMARY:SMP", DOUBTFUL},
        {"SUMMARY:S3 bucket cleanup", DOUBTFUL},
        {"SUMMARY:Samsung S2 SMP", DOUBTFUL},
        {"SUMMARY:Samsung S2\r\nCATEGORIES:SMP S1", TNS_STEP_1},
        {"SUMMARY:S1 team area=180", TNS_STEP_1},
        {"SUMMARY:SMP S1 (cancelled)", DOUBTFUL},
        {"SUMMARY:ABGESAGT: SMP 2. Sitzung", DOUBTFUL},
        {"SUMMARY:Mueller S2 no-show", DOUBTFUL},
        {"SUMMARY:SMP S2 no-show", DOUBTFUL},
        {"SUMMARY:S2 Mueller\r\nDESCRIPTION:if cancelled\\, call", TNS_STEP_2},
        {"SUMMARY:Lunch cancelled", NONE},
        {"SUMMARY:SMP\r\nSTATUS:CANCELLED", NONE},
        {"SUMMARY:GS1 codes", NONE},
        {"SUMMARY:CS2", NONE},
        {"SUMMARY:Sessions 1", NONE},
        {"SUMMARY:touch the upper shelf", NONE},
        {"SUMMARY:x=S1", NONE},
        {"SUMMARY:", NONE},
        {"SUMMARY:a-word-as-long-as-this-one-is-is-cut-andthisoneisaswellcutintwo S1 b", DOUBTFUL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[500];
        tns_booking_list list;
        tns_error err;
        snprintf(text, sizeof text, CALENDAR(EVENT("DTSTART:20261201\r\n%s\r\n")), rows[i].text);
        ck_assert_msg(parse(text, &list, &err), "%s: %s", rows[i].text, err.text);
        int kind = list.count == 1           ? (int)list.bookings[0].kind
                   : list.warnings.count > 0 ? DOUBTFUL
                                             : NONE;
        ck_assert_msg(kind == rows[i].kind, "%s: %d", rows[i].text, kind);
        ck_assert_uint_eq(list.passed_over, kind < 0);
        tns_booking_list_finish(&list);
    }
}
END_TEST

START_TEST(a_client_is_known_by_a_number_in_the_title)
{
    static const struct {
        const char *text;
        int number;
    } rows[] = {
        {"SUMMARY:SMP S2 C12", 12},
        {"SUMMARY:c3 S1", 3},
        {"SUMMARY:S1 (C12)\r\nCATEGORIES:C12", 12},
        {"SUMMARY:SMP S2 C12 and C13", 0},
        {"SUMMARY:S2 Mueller\\, C12", 12},
        {"SUMMARY:9:30 C12 Mueller S2", 12},
        {"SUMMARY:S2 Mueller (C12) crown", 12},
        {"SUMMARY:SMP C12 Mueller S2", 12},
        {"SUMMARY:S2 Mueller\\, Raum C3", 0},
        {"SUMMARY:C12 SMP S2\\, room C3", 12},
        {"SUMMARY:C12 SMP S2\\, Behandlungsraum Nr. C3", 12},
        {"SUMMARY:S2 Bruno C12", 12},
        {"SUMMARY:S2 Mueller (Vitamin C3)", 0},
        {"SUMMARY:S2 Mueller needs C3 today", 0},
        {"SUMMARY:S2 Mueller needs C3 today\\, C12", 0},
        {"SUMMARY:SMP S2 C012", 0},
        {"SUMMARY:SMP S2 C1234567890", 0},
        {"SUMMARY:SMP S2 AC12", 0},
        {"SUMMARY:SMP S2\r\nDESCRIPTION:room C12", 0},
        {"SUMMARY:SMP S2 C12\r\nDESCRIPTION:client=Mueller", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[200];
        tns_booking_list list;
        tns_error err;
        snprintf(text, sizeof text, CALENDAR(EVENT("DTSTART:20261201\r\n%s\r\n")), rows[i].text);
        ck_assert_msg(parse(text, &list, &err), "%s: %s", rows[i].text, err.text);
        ck_assert_uint_eq(list.count, 1);
        ck_assert_msg(list.bookings[0].number == rows[i].number, "%s: %d", rows[i].text,
                      (int)list.bookings[0].number);
        tns_booking_list_finish(&list);
    }
}
END_TEST

START_TEST(what_is_no_visit_to_come_is_passed_over)
{
    static const char *const rows[] = {
        EVENT("DTSTART:20261201\r\nSUMMARY:Staff meeting\r\n"),
        EVENT("DTSTART:20261201\r\nSUMMARY:Closed\r\nRRULE:FREQ=YEARLY\r\n"),
        EVENT("DTSTART:20261201\r\nSUMMARY:S1\r\nSTATUS:CANCELLED\r\n"),
        EVENT("SUMMARY:a holiday without a day\r\n"),
        EVENT("DTSTART:20261201\r\nDESCRIPTION:area=back+room pot=full\r\n"),
        EVENT("DTSTART:soon\r\nSUMMARY:Meeting\r\n"),
        EVENT("DTSTART:soon\r\nSUMMARY:S1 area=x\r\nSTATUS:CANCELLED\r\n"),
        EVENT(""),
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[500];
        tns_booking_list list;
        tns_error err;
        snprintf(text, sizeof text, "BEGIN:VCALENDAR\r\n%sEND:VCALENDAR\r\n", rows[i]);
        ck_assert_msg(parse(text, &list, &err), "%s", err.text);
        ck_assert(list.count == 0 && list.passed_over == 1);
        tns_booking_list_finish(&list);
    }
}
END_TEST

START_TEST(what_cannot_be_understood_is_refused_by_its_line)
{
    static const struct {
        const char *text, *what;
    } rows[] = {
        {"", "column date"},
        {"when,what\n2026-12-01,s1\n", "column date"},
        {"date\n2026-02-30\n", "line 2: date"},
        {"date\n01.12.2026\n", "line 2: date"},
        {"date;kind\n31.11.2026;s1\n", "line 2: date"},
        {"date;kind\n30.11.2026.;s1\n", "line 2: date"},
        {"date;kind\n1.2.3.2026;s1\n", "line 2: date"},
        {"date;kind\n1.12.26;s1\n", "line 2: date"},
        {"date;kind\n12/01/2026;s1\n", "line 2: date"},
        {"date;kind\n2026-12-01T23:30Z;s1\n", "line 2: date"},
        {"date;kind\n2026-12-01 25:30;s1\n", "line 2: date"},
        {"date;kind\n2026-12-01 :;s1\n", "line 2: date"},
        {"date;kind;area\n2026-12-01;s1;1.800,5\n", "line 2: area"},
        {"# mine\ndate kind\n", "line 2: expected a calendar"},
        {"date\tkind\n31.11.2026\ts1\n", "line 2: date"},
        {"date,area\n2026-12-01,-3\n", "line 2: area"},
        {"date,area\n2026-12-01,180in2\n", "line 2: area"},
        {"date,pot\n2026-12-01,\"3,5\"\n", "line 2: pot"},
        {"date,booked\n2026-12-01,soon\n", "line 2: booked"},
        {"date,recipe\n2026-12-01,\"open\n", "b:"},
        {"date\n\xFF\n", "b:"},
        {"BEGIN:VCALENDAR\r\n", "line 2: the calendar does not end"},
        {"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:s1\r\n", "line 2: the event does not end"},
        {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:s1\nEND:VEVENT\nEND:VCALENDAR\n",
         "line 2: the event has no DTSTART"},
        {CALENDAR(EVENT("SUMMARY:s1\r\nDTSTART:20261301\r\n")), "line 5: DTSTART"},
        {CALENDAR(EVENT("SUMMARY:s1\r\nDTSTART:20261201T2\r\n")), "line 5: DTSTART"},
        {CALENDAR(EVENT("SUMMARY:s1\r\nDTSTART:20261201T250000\r\n")), "line 5: DTSTART"},
        {CALENDAR(EVENT("SUMMARY:s1\r\nDTSTART:20261201T120000+01\r\n")), "line 5: DTSTART"},
        {CALENDAR(EVENT("SUMMARY:s1\r\nDTSTART\r\n")), "line 5: DTSTART"},
        {CALENDAR(EVENT("DTSTART:20261201\r\nSUMMARY:s1\r\nRRULE:FREQ=HOURLY\r\n")),
         "line 6: RRULE"},
        {CALENDAR(EVENT("DTSTART:20261201\r\nSUMMARY:s1 area=big\r\n")),
         "line 5: expected an area"},
        {CALENDAR(EVENT("DTSTART:20261201\r\nSUMMARY:s1 pot=0\r\n")), "line 5: expected a pot"},
        {CALENDAR(EVENT("DESCRIPTION:area=x\r\nDTSTART:y\r\nSUMMARY:s1\r\n")),
         "line 4: expected an area"},
        {CALENDAR("") "BEGIN:VCALENDAR\r\n", "line 5: the calendar does not end"},
        {CALENDAR("SUMMARY:\xC3\x28\r\n"), "UTF-8"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_booking_list list;
        tns_error err;
        ck_assert_msg(!parse(rows[i].text, &list, &err), "%zu is taken", i);
        ck_assert_msg(strstr(err.text, rows[i].what) != NULL, "expected \"%s\", found \"%s\"",
                      rows[i].what, err.text);
        tns_booking_list_finish(&list);
    }
}
END_TEST

START_TEST(a_line_of_any_length_is_read_within_bounds)
{
    static char text[40000];
    size_t used = (size_t)snprintf(text, sizeof text,
                                   "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201\nSUMMARY:s1 ");
    memset(text + used, 'x', 20000);
    strcpy(text + used + 20000, "\nEND:VEVENT\nEND:VCALENDAR\n");
    tns_booking_list list;
    tns_error err;
    ck_assert_msg(parse(text, &list, &err), "%s", err.text);
    ck_assert_uint_eq(list.count, 1);
    tns_booking_list_finish(&list);
}
END_TEST

START_TEST(no_more_visits_are_read_than_fit)
{
    size_t rows = TNS_BOOKINGS_MAX + 1, size = 16 + rows * 11;
    char *text = malloc(size);
    ck_assert_ptr_nonnull(text);
    size_t used = (size_t)sprintf(text, "date\n");
    for (size_t i = 0; i < rows; i++)
        used += (size_t)sprintf(text + used, "2026-12-01\n");
    tns_booking_list list;
    tns_error err;
    ck_assert(!tns_bookings_parse(text, used, "b", &list, &err));
    ck_assert(strstr(err.text, "more than 100000 visits") != NULL);
    tns_booking_list_finish(&list);
    ck_assert(tns_bookings_parse(text, used - 11, "b", &list, &err));
    ck_assert_uint_eq(list.count, TNS_BOOKINGS_MAX);
    tns_booking_list_finish(&list);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bookings");
    TCase *tests = tcase_create("bookings");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, the_events_of_a_calendar_are_read);
    tcase_add_test(tests, of_events_with_one_name_the_last_counts);
    tcase_add_test(tests, visits_are_known_by_the_words_that_people_write);
    tcase_add_test(tests, a_client_is_known_by_a_number_in_the_title);
    tcase_add_test(tests, what_is_no_visit_to_come_is_passed_over);
    tcase_add_test(tests, what_cannot_be_understood_is_refused_by_its_line);
    tcase_add_test(tests, a_line_of_any_length_is_read_within_bounds);
    tcase_add_test(tests, no_more_visits_are_read_than_fit);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
