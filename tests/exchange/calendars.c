/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits from calendars as programs export them: repeated, moved, called off, in time zones. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <tonsure/bookings.h>

#include "exchange/booked.h"
#include "support/testing.h"

#define S1 "SUMMARY:S1\r\n"
#define AT_TEN "DTSTART;TZID=Europe/Vienna:20261201T100000\r\n"
#define THREE_DAYS S1 "UID:7\r\n" AT_TEN "RRULE:FREQ=DAILY;COUNT=3\r\n"

/* "2026-12-01 2026-12-29". */
static void write_days(const tns_booking_list *list, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < list->count && used + 12 < size; i++) {
        char day[TNS_DAY_TEXT];
        tns_day_write(list->bookings[i].day, day);
        used += (size_t)snprintf(out + used, size - used, "%s%s", used ? " " : "", day);
    }
}

static void check_days(const char *label, const char *text, const char *days, size_t passed_over)
{
    char found[1000];
    tns_booking_list list;
    tns_error err;
    ck_assert_msg(parse(text, &list, &err), "%s: %s", label, err.text);
    write_days(&list, found, sizeof found);
    ck_assert_msg(strcmp(found, days) == 0, "%s: expected %s, found %s", label, days, found);
    ck_assert_msg(list.passed_over == passed_over, "%s: %zu passed over", label, list.passed_over);
    tns_booking_list_finish(&list);
}

START_TEST(what_programs_export_is_read)
{
    static const struct {
        const char *file, *days;
        size_t passed_over;
        const char *id; /* of the second visit */
    } rows[] = {
        {"google", "2026-12-01 2027-02-23 2026-12-30 2026-12-04", 1,
         "1a1b2c3d4e5f@google.com/20270223T100000"},
        {"outlook", "2026-12-02 2026-12-23 2026-12-30 2027-01-20 2027-01-27 2026-12-11", 1, NULL},
        {"apple", "2026-12-01 2027-01-26 2027-02-23 2026-12-05 2027-01-02 2027-02-06", 0,
         "6F1C2B3A-0000-4B0B-9C4E-AAAAAAAAAAAA/20270126T100000"},
        {"square", "2026-12-07", 1, NULL},
        {"acuity", "2026-12-15 2026-12-16 2027-01-15 2027-02-15", 0,
         "1234567891@acuityscheduling.com/20261216T100000"},
        {"fresha", "2026-12-10", 1, NULL},
        {"invitations", "2026-12-01 2026-12-03", 1, "a/20261203"},
        {"rules", "2026-11-30 2026-12-24 2026-12-31 2027-02-26 2027-03-31 2026-11-30", 0, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char path[200], found[1000];
        tns_booking_list list;
        tns_error err;
        snprintf(path, sizeof path, TEST_ROOT "/tests/fuzz/corpus/calendar/%s.ics", rows[i].file);
        ck_assert_msg(tns_bookings_load(path, &list, &err), "%s", err.text);
        write_days(&list, found, sizeof found);
        ck_assert_msg(strcmp(found, rows[i].days) == 0, "%s: %s", rows[i].file, found);
        ck_assert_msg(list.passed_over == rows[i].passed_over, "%s: %zu passed over", rows[i].file,
                      list.passed_over);
        if (rows[i].id)
            ck_assert_str_eq(list.bookings[1].id, rows[i].id);
        tns_booking_list_finish(&list);
    }
}
END_TEST

START_TEST(a_visit_that_repeats_is_one_of_each_time)
{
    static const struct {
        const char *label, *event, *days;
    } rows[] = {
        {"every second week", S1 AT_TEN "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3\r\n",
         "2026-12-01 2026-12-15 2026-12-29"},
        {"two days a week", S1 AT_TEN "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TU,TH\r\n",
         "2026-12-01 2026-12-03 2026-12-08 2026-12-10"},
        {"up to a day, which counts", S1 AT_TEN "RRULE:FREQ=WEEKLY;UNTIL=20261215\r\n",
         "2026-12-01 2026-12-08 2026-12-15"},
        {"up to a time in UTC", S1 AT_TEN "RRULE:FREQ=WEEKLY;UNTIL=20261215T090000Z\r\n",
         "2026-12-01 2026-12-08 2026-12-15"},
        {"up to a second before one", S1 AT_TEN "RRULE:FREQ=WEEKLY;UNTIL=20261215T085959Z\r\n",
         "2026-12-01 2026-12-08"},
        {"a day that is not of its rule", S1 AT_TEN "RRULE:FREQ=MONTHLY;BYMONTHDAY=10;COUNT=3\r\n",
         "2026-12-01 2026-12-10 2027-01-10"},
        {"the rule before the day", "RRULE:FREQ=DAILY;COUNT=2\r\n" S1 AT_TEN,
         "2026-12-01 2026-12-02"},
        {"over a change of the hour",
         S1 "DTSTART;TZID=Europe/Vienna:20261020T003000\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n"
            "EXDATE:20261026T233000Z\r\n",
         "2026-10-20"},
        {"late in the day in UTC", S1 "DTSTART:20261201T233000Z\r\nRRULE:FREQ=DAILY;COUNT=2\r\n",
         "2026-12-02 2026-12-03"},
        {"on a Tuesday in UTC, when it is Wednesday here",
         S1 "DTSTART:20261201T233000Z\r\nRRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2\r\n",
         "2026-12-02 2026-12-09"},
        {"of a list", S1 "DTSTART:20261201\r\nRDATE:20261203,20261205\r\n",
         "2026-12-01 2026-12-03 2026-12-05"},
        {"of a list that has one twice", S1 "DTSTART:20261201\r\nRDATE:20261203,20261201\r\n",
         "2026-12-01 2026-12-03"},
        {"without one, by its zone",
         S1 AT_TEN "RRULE:FREQ=DAILY;COUNT=3\r\n"
                   "EXDATE;TZID=Europe/Vienna:20261202T100000\r\n",
         "2026-12-01 2026-12-03"},
        {"without one, in UTC", S1 AT_TEN "RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE:20261202T090000Z\r\n",
         "2026-12-01 2026-12-03"},
        {"without one, in another zone",
         S1 AT_TEN "RRULE:FREQ=DAILY;COUNT=3\r\n"
                   "EXDATE;TZID=America/New_York:20261202T040000\r\n",
         "2026-12-01 2026-12-03"},
        {"without a whole day",
         S1 AT_TEN "RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE;VALUE=DATE:20261202\r\n",
         "2026-12-01 2026-12-03"},
        {"days without one that is told as a time",
         S1 "DTSTART;VALUE=DATE:20261201\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"
            "EXDATE:20261202T000000\r\n",
         "2026-12-01 2026-12-03"},
        {"without a time at which there is none",
         S1 AT_TEN "RRULE:FREQ=DAILY;COUNT=2\r\nEXDATE;TZID=Europe/Vienna:20261202T110000\r\n",
         "2026-12-01 2026-12-02"},
        {"without the first",
         S1 AT_TEN "RRULE:FREQ=DAILY;COUNT=2\r\nEXDATE;TZID=Europe/Vienna:20261201T100000\r\n",
         "2026-12-02"},
        {"in a zone that nobody knows, without one in UTC",
         S1 "DTSTART;TZID=Studio:20261201T100000\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"
            "EXDATE:20261202T090000Z\r\n",
         "2026-12-01 2026-12-03"},
        {"a list that is empty", S1 AT_TEN "RRULE:FREQ=DAILY;COUNT=2\r\nEXDATE:\r\n",
         "2026-12-01 2026-12-02"},
        {"on the last working day of the month",
         S1 "DTSTART:20261231\r\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3\r\n",
         "2026-12-31 2027-01-29 2027-02-26"},
        {"folded within its rule", S1 AT_TEN "RRULE:FREQ=DAI\r\n LY;COUNT=2\r\n",
         "2026-12-01 2026-12-02"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[1000];
        snprintf(text, sizeof text, CALENDAR(EVENT("%s")), rows[i].event);
        check_days(rows[i].label, text, rows[i].days, 0);
    }
}
END_TEST

#define SINGLE(at, ...) EVENT("UID:7\r\nRECURRENCE-ID" at "\r\n" __VA_ARGS__)
#define SECOND ";TZID=Europe/Vienna:20261202T100000"
#define ON_20TH "DTSTART;TZID=Europe/Vienna:20261220T100000\r\n"

START_TEST(a_single_time_of_a_series_is_moved_or_called_off)
{
    static const struct {
        const char *label, *text, *days;
        size_t passed_over;
    } rows[] = {
        {"moved", CALENDAR(EVENT(THREE_DAYS) SINGLE(SECOND, ON_20TH S1)),
         "2026-12-01 2026-12-03 2026-12-20", 0},
        {"moved, as told before", CALENDAR(SINGLE(SECOND, ON_20TH S1) EVENT(THREE_DAYS)),
         "2026-12-20 2026-12-01 2026-12-03", 0},
        {"moved, told in UTC", CALENDAR(EVENT(THREE_DAYS) SINGLE(":20261202T090000Z", ON_20TH S1)),
         "2026-12-01 2026-12-03 2026-12-20", 0},
        {"moved, told by its day", CALENDAR(EVENT(THREE_DAYS) SINGLE(":20261202", ON_20TH S1)),
         "2026-12-01 2026-12-03 2026-12-20", 0},
        {"moved twice",
         CALENDAR(EVENT(THREE_DAYS) SINGLE(SECOND, "DTSTART:20261221\r\nSEQUENCE:2\r\n" S1)
                      SINGLE(SECOND, ON_20TH "SEQUENCE:1\r\n" S1)),
         "2026-12-01 2026-12-03 2026-12-21", 1},
        {"called off",
         CALENDAR(EVENT(THREE_DAYS) SINGLE(SECOND, ON_20TH "STATUS:CANCELLED\r\n" S1)),
         "2026-12-01 2026-12-03", 1},
        {"called off by name alone",
         CALENDAR(EVENT(THREE_DAYS) SINGLE(SECOND, "STATUS:CANCELLED\r\n")),
         "2026-12-01 2026-12-03", 1},
        {"called off by its title",
         CALENDAR(EVENT(THREE_DAYS) SINGLE(SECOND, ON_20TH "SUMMARY:Abgesagt: S1\r\n")),
         "2026-12-01 2026-12-03", 1},
        {"no visit any more", CALENDAR(EVENT(THREE_DAYS) SINGLE(SECOND, "SUMMARY:Lunch\r\n")),
         "2026-12-01 2026-12-03", 1},
        {"called off in a calendar of its own",
         CALENDAR(EVENT(THREE_DAYS)) "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n" SINGLE(
             SECOND, ON_20TH S1) "END:VCALENDAR\r\n",
         "2026-12-01 2026-12-03", 1},
        {"a visit of a series that is none",
         CALENDAR(EVENT("UID:7\r\n" AT_TEN "RRULE:FREQ=DAILY;COUNT=3\r\nSUMMARY:Block\r\n")
                      SINGLE(SECOND, ON_20TH S1)),
         "2026-12-20", 1},
        {"without its series", CALENDAR(SINGLE(SECOND, ON_20TH S1)), "2026-12-20", 0},
        {"the series called off later, and all with it",
         CALENDAR(EVENT(THREE_DAYS) SINGLE(SECOND, ON_20TH S1)
                      EVENT("UID:7\r\nSEQUENCE:1\r\nSTATUS:CANCELLED\r\n")),
         "", 3},
        {"the series called off, one booked again",
         CALENDAR(EVENT(THREE_DAYS) EVENT("UID:7\r\nSEQUENCE:1\r\nSTATUS:CANCELLED\r\n")
                      SINGLE(SECOND, "SEQUENCE:2\r\n" ON_20TH S1)),
         "2026-12-20", 2},
        {"the series made shorter",
         CALENDAR(EVENT(THREE_DAYS)
                      EVENT("UID:7\r\nSEQUENCE:1\r\n" AT_TEN S1 "RRULE:FREQ=DAILY;COUNT=1\r\n")),
         "2026-12-01", 1},
        {"moved, of a visit that does not repeat",
         CALENDAR(EVENT("UID:7\r\n" AT_TEN S1)
                      SINGLE(";TZID=Europe/Vienna:20261201T100000", ON_20TH S1)),
         "2026-12-20", 0},
        {"of another series", CALENDAR(EVENT(THREE_DAYS) EVENT("UID:8\r\n" ON_20TH S1)),
         "2026-12-01 2026-12-02 2026-12-03 2026-12-20", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_days(rows[i].label, rows[i].text, rows[i].days, rows[i].passed_over);
}
END_TEST

#define BOTH EVENT(THREE_DAYS) SINGLE(SECOND, ON_20TH S1)

START_TEST(each_time_has_a_name_that_stays)
{
    static const char *const ids[] = {"7/20261201T100000", "7/20261203T100000",
                                      "7/20261202T100000"};
    tns_booking_list one, twice;
    tns_error err;
    ck_assert_msg(parse(CALENDAR(BOTH), &one, &err), "%s", err.text);
    ck_assert_msg(parse(CALENDAR(BOTH) CALENDAR(BOTH), &twice, &err), "%s", err.text);
    ck_assert_uint_eq(one.count, 3);
    ck_assert_uint_eq(twice.count, 3);
    ck_assert_uint_eq(twice.passed_over, 2);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_str_eq(one.bookings[i].id, ids[i]);
        ck_assert_str_eq(twice.bookings[i].id, ids[i]);
    }
    tns_booking_list_finish(&one);
    tns_booking_list_finish(&twice);
}
END_TEST

/* Or the visit would be booked a second time when a later export has it moved. */
START_TEST(a_time_that_is_moved_keeps_its_name)
{
    static const struct {
        const char *label, *series, *place, *id;
    } rows[] = {
        {"as the series tells it", AT_TEN, ";TZID=Europe/Vienna:20261202T100000",
         "7/20261202T100000"},
        {"in UTC", AT_TEN, ":20261202T090000Z", "7/20261202T100000"},
        {"in another zone", AT_TEN, ";TZID=America/New_York:20261202T040000", "7/20261202T100000"},
        {"by its day", AT_TEN, ";VALUE=DATE:20261202", "7/20261202T100000"},
        {"a series in UTC", "DTSTART:20261201T090000Z\r\n", ":20261202T090000Z",
         "7/20261202T090000Z"},
        {"a series of days", "DTSTART;VALUE=DATE:20261201\r\n", ":20261202T000000", "7/20261202"},
        {"in a zone that nobody knows", "DTSTART;TZID=Studio:20261201T100000\r\n",
         ":20261202T090000Z", "7/20261202T100000"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char before[1000], after[1000];
        tns_booking_list whole, moved;
        tns_error err;
        const char *label = rows[i].label;
        snprintf(before, sizeof before,
                 CALENDAR(EVENT("UID:7\r\n%s" S1 "RRULE:FREQ=DAILY;COUNT=3"
                                "\r\n")),
                 rows[i].series);
        snprintf(after, sizeof after,
                 CALENDAR(EVENT("UID:7\r\n%s" S1 "RRULE:FREQ=DAILY;COUNT=3\r\n")
                              SINGLE("%s", ON_20TH S1)),
                 rows[i].series, rows[i].place);
        ck_assert_msg(parse(before, &whole, &err), "%s: %s", label, err.text);
        ck_assert_msg(parse(after, &moved, &err), "%s: %s", label, err.text);
        ck_assert_uint_eq(whole.count, 3);
        ck_assert_uint_eq(moved.count, 3);
        ck_assert_msg(strcmp(whole.bookings[1].id, rows[i].id) == 0, "%s: series %s", label,
                      whole.bookings[1].id);
        ck_assert_msg(strcmp(moved.bookings[2].id, rows[i].id) == 0, "%s: moved %s", label,
                      moved.bookings[2].id);
        tns_booking_list_finish(&whole);
        tns_booking_list_finish(&moved);
    }
}
END_TEST

START_TEST(only_the_first_time_was_booked_when_the_series_was_made)
{
    tns_booking_list list;
    tns_error err;
    ck_assert_msg(parse(CALENDAR(EVENT("CREATED:20261101T090000Z\r\n" THREE_DAYS)), &list, &err),
                  "%s", err.text);
    ck_assert_uint_eq(list.count, 3);
    ck_assert_int_ne(list.bookings[0].booked, TNS_NO_DAY);
    ck_assert(list.bookings[1].booked == TNS_NO_DAY && list.bookings[2].booked == TNS_NO_DAY);
    tns_booking_list_finish(&list);
}
END_TEST

START_TEST(what_repeats_without_end_is_read_for_three_years_and_told_of)
{
    tns_booking_list list;
    tns_error err;
    tns_day first, today = tns_day_today(NULL);
    tns_day_parse("2026-11-02", &first, NULL);
    tns_day last = tns_day_add_months(today > first ? today : first, 36);
    ck_assert_msg(parse(CALENDAR(EVENT("DTSTART:20261102\r\n" S1 "RRULE:FREQ=WEEKLY\r\n")
                                     EVENT("DTSTART:20261102\r\n" S1 "RRULE:FREQ=WEEKLY\r\n")),
                        &list, &err),
                  "%s", err.text);
    size_t each = (size_t)(last - first) / 7 + 1;
    ck_assert_uint_eq(list.count, 2 * each);
    ck_assert_int_eq(list.bookings[each - 1].day, first + 7 * ((int)each - 1));
    ck_assert_uint_eq(list.warnings.count, 1);
    ck_assert(strstr(list.warnings.text[0], "2 visits repeat beyond 20") != NULL);
    ck_assert(strstr(list.warnings.text[0], "the first of line 3") != NULL);
    tns_booking_list_finish(&list);
}
END_TEST

START_TEST(a_character_that_is_folded_in_two_is_read)
{
    check_days("folded",
               CALENDAR(EVENT("DTSTART:20261201\r\nSUMMARY:SMP 1. Sitzung M\xC3\r\n \xBC"
                              "ller\r\n")),
               "2026-12-01", 0);
}
END_TEST

START_TEST(a_file_that_is_one_line_is_refused)
{
    tns_booking_list list;
    tns_error err;
    ck_assert(!parse("BEGIN:VCALENDAR\rBEGIN:VEVENT\rSUMMARY:S1\rDTSTART:20261201\rEND:VEVENT\r"
                     "END:VCALENDAR\r",
                     &list, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_FORMAT);
    ck_assert_str_eq(err.text, "b: line 1: expected lines that end in LF");
    tns_booking_list_finish(&list);
}
END_TEST

START_TEST(a_time_told_at_great_length_is_refused)
{
    char text[2000];
    tns_booking_list list;
    tns_error err;
    snprintf(text, sizeof text,
             CALENDAR(EVENT(S1 "DTSTART;X-P=%01000d:20261201\r\nRRULE:FREQ=DAILY;COUNT=2\r\n")), 1);
    ck_assert(!parse(text, &list, &err));
    ck_assert_str_eq(err.text,
                     "b: line 5: DTSTART: expected a day such as 20261130, found \"20261201\"");
    tns_booking_list_finish(&list);
}
END_TEST

START_TEST(a_rule_that_cannot_be_followed_is_refused_by_its_line)
{
    static const struct {
        const char *event, *what;
    } rows[] = {
        {S1 AT_TEN "RRULE:FREQ=SECONDLY\r\n",
         "line 6: RRULE: expected a rule of days, weeks, months or years, found "
         "\"FREQ=SECONDLY\""},
        {S1 AT_TEN "RRULE:FREQ=HOURLY;COUNT=3\r\n", "line 6: RRULE: expected a rule of days"},
        {S1 AT_TEN "RRULE:FREQ=DAILY;BYHOUR=9,10\r\n", "line 6: RRULE: expected a rule of days"},
        {S1 AT_TEN "RRULE:FREQ=DAILY;BYHOUR=9;BYMINUTE=0,1\r\n", "line 6: RRULE: expected a rule"},
        {S1 AT_TEN "RRULE:FREQ=YEARLY;RSCALE=HEBREW\r\n", "line 6: RRULE: expected the Gregorian"},
        {S1 AT_TEN "RRULE:FREQ=OFTEN\r\n", "line 6: RRULE: expected a rule such as"},
        {S1 AT_TEN "RRULE:\r\n", "line 6: RRULE: expected a rule such as"},
        {S1 AT_TEN "RRULE:FREQ=WEEKLY;UNTIL=soon\r\n", "line 6: RRULE: expected a rule such as"},
        {S1 AT_TEN "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n", "line 6: RRULE: no day is of"},
        {S1 "DTSTART:19800101\r\nRRULE:FREQ=DAILY\r\n",
         "line 6: a visit that repeats itself more than 10000 times"},
        {S1 AT_TEN "EXRULE:FREQ=DAILY\r\nRRULE:FREQ=DAILY\r\n", "line 6: EXRULE"},
        {S1 AT_TEN "RDATE:20261201T100000,20261331\r\n", "line 6: expected times such as"},
        {S1 AT_TEN "RDATE:20261202,later\r\n", "line 6: expected times such as"},
        {S1 AT_TEN "RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE:tomorrow\r\n", "line 7: expected times"},
        {S1 AT_TEN "RECURRENCE-ID:soon\r\n", "line 6: RECURRENCE-ID: expected a day"},
        {S1 AT_TEN "RECURRENCE-ID;RANGE=THISANDFUTURE:20261201\r\n",
         "line 6: RECURRENCE-ID: a RANGE is not understood"},
        {S1 "RRULE:FREQ=DAILY\r\n", "line 3: the event has no DTSTART"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[1000];
        tns_booking_list list;
        tns_error err;
        snprintf(text, sizeof text, CALENDAR(EVENT("%s")), rows[i].event);
        ck_assert_msg(!parse(text, &list, &err), "%s is taken", rows[i].event);
        ck_assert_msg(strstr(err.text, rows[i].what) != NULL, "expected \"%s\", found \"%s\"",
                      rows[i].what, err.text);
        tns_booking_list_finish(&list);
    }
}
END_TEST

START_TEST(rules_of_what_is_no_visit_do_not_matter)
{
    check_days("closed",
               CALENDAR(EVENT("SUMMARY:Closed\r\n" AT_TEN "RRULE:FREQ=SECONDLY\r\n")
                            EVENT("SUMMARY:Lunch\r\n" AT_TEN "RRULE:never\r\n")),
               "", 2);
}
END_TEST

/* `head`, `part` again and again, `tail`; owned. */
static char *repeat(const char *head, const char *part, size_t times, const char *tail)
{
    size_t n = strlen(part), used = strlen(head);
    char *text = malloc(used + times * n + strlen(tail) + 1);
    ck_assert_ptr_nonnull(text);
    memcpy(text, head, used);
    for (size_t i = 0; i < times; i++, used += n)
        memcpy(text + used, part, n);
    strcpy(text + used, tail);
    return text;
}

START_TEST(a_hostile_file_is_refused_or_read_within_bounds)
{
    static const char begin[] = "BEGIN:VCALENDAR\r\n", end[] = "END:VEVENT\r\nEND:VCALENDAR\r\n";
    static const char visit[] = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" S1 AT_TEN;
    static const struct {
        const char *label, *head, *part;
        size_t times;
        const char *tail, *what; /* NULL = it is read */
    } rows[] = {
        {"events within events", begin, "BEGIN:VEVENT\r\n", 200000, "", "does not end"},
        {"alarms within alarms", visit, "BEGIN:VALARM\r\n", 200000, end, "does not end"},
        {"zones within zones", begin, "BEGIN:VTIMEZONE\r\nBEGIN:STANDARD\r\n", 100000,
         "END:VCALENDAR\r\n", NULL},
        {"events without number", begin, "BEGIN:VEVENT\r\nEND:VEVENT\r\n", 100001,
         "END:VCALENDAR\r\n", "more than 100000 events"},
        {"rules that find nothing", visit, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\n", 2000,
         end, "go on over more than 1000000 days in all"},
        {"a list without end", visit, "RDATE:20261202\r\n", 10001, end,
         "repeats itself more than 10000 times"},
        {"a rule of seconds in a zone",
         "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:z\r\n"
         "BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0100\r\n"
         "TZOFFSETTO:+0200\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
         "BEGIN:VEVENT\r\n" S1 "DTSTART;TZID=z:20261201T100000\r\nRRULE:FREQ=DAILY;COUNT=2\r\n"
         "EXDATE:20261202T090000Z\r\nEND:VEVENT\r\n",
         1, "END:VCALENDAR\r\n", NULL},
        {"a zone of ends without begins", "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:z\r\n",
         "END:STANDARD\r\n", 3, "END:VTIMEZONE\r\nEND:VCALENDAR\r\n", NULL},
        {"a zone that leads elsewhere", begin,
         "BEGIN:VEVENT\r\n" S1 "DTSTART;TZID=../../../dev/stdin:20261201T100000\r\nEND:VEVENT\r\n",
         1, "END:VCALENDAR\r\n", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = repeat(rows[i].head, rows[i].part, rows[i].times, rows[i].tail);
        tns_booking_list list;
        tns_error err = {TNS_OK, ""};
        bool done = parse(text, &list, &err);
        ck_assert_msg(done == !rows[i].what, "%s: %s", rows[i].label, err.text);
        ck_assert_msg(done || strstr(err.text, rows[i].what), "%s: %s", rows[i].label, err.text);
        tns_booking_list_finish(&list);
        free(text);
    }
}
END_TEST

int main(void)
{
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    tzset();
    Suite *suite = suite_create("calendars");
    TCase *tests = tcase_create("calendars");
    tcase_set_timeout(tests, 240);
    tcase_add_test(tests, what_programs_export_is_read);
    tcase_add_test(tests, a_visit_that_repeats_is_one_of_each_time);
    tcase_add_test(tests, a_single_time_of_a_series_is_moved_or_called_off);
    tcase_add_test(tests, each_time_has_a_name_that_stays);
    tcase_add_test(tests, a_time_that_is_moved_keeps_its_name);
    tcase_add_test(tests, only_the_first_time_was_booked_when_the_series_was_made);
    tcase_add_test(tests, what_repeats_without_end_is_read_for_three_years_and_told_of);
    tcase_add_test(tests, a_character_that_is_folded_in_two_is_read);
    tcase_add_test(tests, a_time_told_at_great_length_is_refused);
    tcase_add_test(tests, a_file_that_is_one_line_is_refused);
    tcase_add_test(tests, a_rule_that_cannot_be_followed_is_refused_by_its_line);
    tcase_add_test(tests, rules_of_what_is_no_visit_do_not_matter);
    tcase_add_test(tests, a_hostile_file_is_refused_or_read_within_bounds);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
