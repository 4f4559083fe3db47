/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Booked visits from a table. */
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/text.h"
#include "exchange/booking.h"
#include "exchange/bookings.h"
#include "exchange/visit_words.h"

enum column { DATE, KIND, AREA, POT, RECIPE, CLIENT, ID, BOOKED, STATUS, COLUMNS };

typedef struct table {
    const tns_csv *csv;
    int at[COLUMNS]; /* -1 = there is none */
} table;

static const char *field(const table *t, size_t row, enum column column)
{
    const tns_csv_row *r = &t->csv->rows[row];
    return t->at[column] >= 0 && (size_t)t->at[column] < r->count ? r->field[t->at[column]] : "";
}

static bool fault(const table *t, size_t row, const char *column, const char *expected,
                  const char *found, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %zu: %s: expected %s, found \"%.40s\"",
                         t->csv->name, t->csv->rows[row].line, column, expected, found);
}

static void find_column(table *t, int column, const char *const *names)
{
    t->at[column] = -1;
    for (; *names && t->at[column] < 0 && t->csv->count; names++)
        t->at[column] = tns_csv_column(t->csv, *names);
}

static bool find_columns(table *t, tns_error *err)
{
    enum { NAMES = 6 };
    static const char *const names[COLUMNS][NAMES] = {
        {"date", "day", "datum", "termin"},
        {"kind", "visit", "sitzung", "behandlung"},
        {"area", "area_cm2",
         "fl\xc3\xa4"
         "che",
         "FL\xc3\x84"
         "CHE",
         "flaeche"},
        {"pot", "pot_ml", "ml"},
        {"recipe", "rezept", "rezeptur"},
        {"client", "client_id", "kunde", "kundin", "kundennummer"},
        {"id", "uid"},
        {"booked", "booked_on", "gebucht", "gebucht am"},
        {"status", "state"}};
    for (int c = 0; c < COLUMNS; c++)
        find_column(t, c, names[c]);
    return t->at[DATE] >= 0 ||
           tns_error_set(err, TNS_ERROR_FORMAT,
                         "%s: line %zu: expected a calendar (BEGIN:VCALENDAR) or a table with a "
                         "column date, between commas, semicolons or tabs, found \"%.40s\"",
                         t->csv->name, t->csv->count ? t->csv->rows[0].line : 1,
                         t->csv->count ? t->csv->rows[0].field[0] : "");
}

/* A pot told in a column of another name would be planned as the usual one. */
static void warn_of_others(const table *t, tns_warnings *warnings)
{
    const tns_csv_row *head = &t->csv->rows[0];
    for (size_t i = 0; i < head->count; i++) {
        bool known = !head->field[i][0];
        for (int c = 0; c < COLUMNS; c++)
            known |= t->at[c] == (int)i;
        if (!known)
            tns_warn(warnings, "column \"%.40s\" is not known: passed over", head->field[i]);
    }
}

/* "30.11.2026", as spreadsheets write it between semicolons and tabs. */
static bool read_spreadsheet_day(const table *t, const char *text, tns_day *out)
{
    unsigned day, month, year;
    int used = 0;
    char iso[32];
    if (t->csv->delimiter == ',' || strspn(text, "0123456789.") != strlen(text) ||
        sscanf(text, "%2u.%2u.%4u%n", &day, &month, &year, &used) != 3 || text[used])
        return false;
    snprintf(iso, sizeof iso, "%04u-%02u-%02u", year, month, day);
    return tns_day_parse(iso, out, NULL);
}

/* "14:30", "9:00:00": no zone, so that the day is the clinic's. */
static bool is_time(const char *text)
{
    unsigned hour, minute, second = 0;
    int used = 0;
    if (strspn(text, "0123456789:") != strlen(text) ||
        sscanf(text, "%2u:%2u%n:%2u%n", &hour, &minute, &used, &second, &used) < 2)
        return false;
    return !text[used] && hour < 24 && minute < 60 && second < 60;
}

/* "2026-11-30", and as above; a time behind it is passed over. */
static bool read_day(const table *t, const char *text, tns_day *out)
{
    char day[32];
    size_t length = strcspn(text, " T");
    if (length >= sizeof day || (text[length] && !is_time(text + length + 1)))
        return false;
    memcpy(day, text, length);
    day[length] = '\0';
    return tns_day_parse(day, out, NULL) || read_spreadsheet_day(t, day, out);
}

static bool read_days(const table *t, size_t row, tns_booking *b, tns_error *err)
{
    const char *date = field(t, row, DATE), *booked = field(t, row, BOOKED);
    return (read_day(t, date, &b->day) ||
            fault(t, row, "date", "a day such as 2026-11-30", date, err)) &&
           (!booked[0] || read_day(t, booked, &b->booked) ||
            fault(t, row, "booked", "a day such as 2026-11-30", booked, err));
}

static bool read_row(const table *t, size_t row, tns_booking *b, tns_error *err)
{
    const char *area = field(t, row, AREA), *pot = field(t, row, POT);
    const char *recipe = field(t, row, RECIPE);
    tns_booking_name(field(t, row, ID), b->id);
    return read_days(t, row, b, err) &&
           (!area[0] || tns_booking_area(area, &b->area_cm2) ||
            fault(t, row, "area", "cm2, such as 180", area, err)) &&
           (!pot[0] || tns_booking_pot(pot, &b->pot_ul) ||
            fault(t, row, "pot", "millilitres, such as 3", pot, err)) &&
           (tns_text_copy(b->client, sizeof b->client, field(t, row, CLIENT)) ||
            fault(t, row, "client", "less than 48 characters", field(t, row, CLIENT), err)) &&
           (tns_text_copy(b->recipe, sizeof b->recipe, recipe) ||
            fault(t, row, "recipe", "less than 240 characters", recipe, err));
}

/* A row of a status that is in no list counts, and is told of: it may be called off. */
static bool is_called_off(const table *t, size_t row, tns_booking_list *out)
{
    static const char *const to_come[] = {
        "booked",  "confirmed", "tentative", "pending", "planned",          "open",
        "opened",  "closed",    "done",      "gebucht", "best\xc3\xa4tigt", "BEST\xc3\x84TIGT",
        "geplant", "offen",     ""};
    const char *status = field(t, row, STATUS);
    tns_visit_words said = {0};
    tns_visit_words_read(&said, status, true);
    bool known = said.called_off;
    for (size_t i = 0; i < sizeof to_come / sizeof *to_come; i++)
        known = known || tns_text_same(status, to_come[i]);
    if (!known)
        tns_warn(&out->warnings, "line %zu: the status \"%.40s\" is not known: counted as booked",
                 t->csv->rows[row].line, status);
    return said.called_off;
}

/* Whether a row is a visit. */
static bool is_visit(const table *t, size_t row, tns_booking *b, tns_booking_list *out)
{
    const char *kind = field(t, row, KIND);
    b->kind = TNS_STEP_1;
    if (is_called_off(t, row, out))
        return false;
    tns_visit_words said = {0};
    if (!kind[0] || tns_course_step_parse(kind, &b->kind))
        return true;
    tns_visit_words_read(&said, kind, true);
    b->kind = said.kind;
    if (said.place > TNS_KIND_OF_OTHERS && !said.is_talk && !said.called_off)
        return true;
    tns_warn(&out->warnings, "line %zu: \"%.40s\" is no kind of visit: passed over",
             t->csv->rows[row].line, kind);
    return false;
}

static bool read_table(const table *t, tns_booking_list *out, tns_error *err)
{
    warn_of_others(t, &out->warnings);
    for (size_t row = 1; row < t->csv->count; row++) {
        tns_booking b = {0};
        if (!is_visit(t, row, &b, out))
            out->passed_over++;
        else if (!read_row(t, row, &b, err) || !tns_booking_add(out, &b, t->csv->name, err))
            return false;
    }
    return true;
}

bool tns_bookings_parse_csv(const char *text, size_t length, const char *name,
                            tns_booking_list *out, tns_error *err)
{
    tns_csv *csv = tns_csv_parse(text, length, name, err);
    table t = {.csv = csv};
    bool done = csv && find_columns(&t, err) && read_table(&t, out, err);
    tns_csv_destroy(csv);
    return done;
}
