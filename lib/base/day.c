/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Both ways between a date and a count of days: the calendar of 400 years has 146097 days, and a
 * year that begins in March ends with the leap day. (The method is of general use; see for one E.
 * G. Richards, Mapping Time, Oxford 1998, chapter 25.)
 */
#include <string.h>
#include <time.h>

#include <tonsure/day.h>

enum { YEAR_MIN = 1970, YEAR_MAX = 9999, DAYS_OF_400_YEARS = 146097, EPOCH = 719468 };

typedef struct date {
    int year, month, day;
} date;

/* Of a year from 0 on; March is the first month, so that each begins after 30.6 m days. */
static tns_day count_days(date d)
{
    int64_t year = d.month > 2 ? d.year : d.year - 1;
    int month = (d.month + 9) % 12;
    int64_t days =
        year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + d.day - 1 - EPOCH;
    return days < INT32_MAX ? (tns_day)days : INT32_MAX;
}

static date date_of(tns_day day)
{
    int64_t n = (int64_t)day + EPOCH;
    int era = (int)(n / DAYS_OF_400_YEARS), in_era = (int)(n % DAYS_OF_400_YEARS);
    int year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int in_year = in_era - (365 * year + year / 4 - year / 100);
    int month = (5 * in_year + 2) / 153;
    date d = {.year = era * 400 + year + (month > 9),
              .month = month < 10 ? month + 3 : month - 9,
              .day = in_year - (153 * month + 2) / 5 + 1};
    return d;
}

static int length_of_month(int year, int month)
{
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return length[month - 1] + (month == 2 && leap);
}

static bool is_date(date d)
{
    return d.year >= YEAR_MIN && d.year <= YEAR_MAX && d.month >= 1 && d.month <= 12 &&
           d.day >= 1 && d.day <= length_of_month(d.year, d.month);
}

/* By hand, both ways: a ledger has a day in each of its million lines. */
static int read_digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

static void write_digits(char *out, int count, int value)
{
    for (; count > 0; value /= 10)
        out[--count] = (char)('0' + value % 10);
}

bool tns_day_parse(const char *text, tns_day *out, tns_error *err)
{
    date d = {0};
    bool formed = strlen(text) == 10 && text[4] == '-' && text[7] == '-' &&
                  strspn(text, "0123456789") == 4 && strspn(text + 5, "0123456789") == 2 &&
                  strspn(text + 8, "0123456789") == 2;
    if (formed)
        d = (date){read_digits(text, 4), read_digits(text + 5, 2), read_digits(text + 8, 2)};
    tns_day day = formed && is_date(d) ? count_days(d) : TNS_NO_DAY;
    if (day <= TNS_NO_DAY)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "expected a date such as 2026-11-30, found \"%.40s\"", text);
    *out = day;
    return true;
}

void tns_day_write(tns_day day, char out[TNS_DAY_TEXT])
{
    date d = date_of(day);
    out[0] = '\0';
    if (day <= TNS_NO_DAY || d.year > YEAR_MAX)
        return;
    memcpy(out, "0000-00-00", 11);
    write_digits(out, 4, d.year);
    write_digits(out + 5, 2, d.month);
    write_digits(out + 8, 2, d.day);
}

tns_day tns_day_add_months(tns_day day, int months)
{
    date d = date_of(day);
    int64_t count = (int64_t)d.year * 12 + d.month - 1 + months;
    if (day <= TNS_NO_DAY || count < YEAR_MIN * 12)
        return TNS_NO_DAY;
    d.year = (int)(count / 12);
    d.month = (int)(count % 12) + 1;
    int last = length_of_month(d.year, d.month);
    if (d.day > last)
        d.day = last;
    return count_days(d);
}

tns_day tns_day_today(const tns_context *context)
{
    time_t now = (time_t)tns_context_now(context);
    struct tm here;
    if (!localtime_r(&now, &here) || here.tm_year < YEAR_MIN - 1900 ||
        here.tm_year > YEAR_MAX - 1900)
        return TNS_NO_DAY;
    return count_days((date){here.tm_year + 1900, here.tm_mon + 1, here.tm_mday});
}
