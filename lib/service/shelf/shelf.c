/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shelf as people speak of it: where it is, and what "0.15ml", "B17" and "28.50" are. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/text.h"
#include "service/parts.h"

/* ---- where it is ---- */

/* The folder for the user's own data is made; one that somebody named is not. */
static bool own_store(char *path, tns_stock_access how, tns_error *err)
{
    char folder[TNS_PATH_SIZE];
    if (!tns_user_data("stock.db", path))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "store: neither HOME nor XDG_DATA_HOME is set: say where (--store)");
    if (how == TNS_STOCK_EXISTING && access(path, F_OK) != 0)
        return tns_error_set(err, TNS_ERROR_NOT_FOUND,
                             "%s: there is no store yet: stock product add makes one", path);
    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
    return how == TNS_STOCK_EXISTING || tns_folders_make(folder, how == TNS_STOCK_SCRATCH, err);
}

/* A folder that this program happens to run in must not choose the shelf. */
static bool configured_store(char path[TNS_PATH_SIZE], tns_error *err)
{
    path[0] = '\0';
    if (!tns_setting("store", path, TNS_PATH_SIZE, err))
        return false;
    return path[0] == '\0' || path[0] == '/' ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "config.json: store: expected a path from / on, found \"%.60s\"", path);
}

/* What somebody said: the argument, else the environment, else the config file. */
static bool find_said(const char *asked, bool *said, char path[TNS_PATH_SIZE], tns_error *err)
{
    const char *environment = getenv("TONSURE_STORE");
    const char *named = asked ? asked : environment && environment[0] ? environment : NULL;
    if (!named && !configured_store(path, err))
        return false;
    *said = named || path[0];
    return !named || tns_text_copy(path, TNS_PATH_SIZE, named) ||
           tns_error_set(err, TNS_ERROR_USAGE, "store: the name is too long: \"%.60s\"", named);
}

bool tns_service_store_path(const char *asked, char *out, size_t size)
{
    char path[TNS_PATH_SIZE];
    bool said;
    return find_said(asked, &said, path, NULL) && (said || tns_user_data("stock.db", path)) &&
           tns_text_copy(out, size, path);
}

/* What a store that is tried in memory would fail on if it were made. */
static bool has_folder(const char *path, tns_error *err)
{
    struct stat found;
    char folder[TNS_PATH_SIZE];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 0, path);
    return !folder[0] || (stat(folder, &found) == 0 && S_ISDIR(found.st_mode)) ||
           tns_error_set(err, TNS_ERROR_NOT_FOUND, "%s: its folder is not there", path);
}

tns_stock *tns_service_stock(const char *asked, tns_stock_access how, tns_error *err)
{
    char path[TNS_PATH_SIZE];
    bool said;
    if (!find_said(asked, &said, path, err) || (!said && !own_store(path, how, err)))
        return NULL;
    /* A dry run of what would make the store tries on an empty one. */
    struct stat found;
    bool try = how == TNS_STOCK_SCRATCH && stat(path, &found) == 0 && found.st_size > 0;
    if (how == TNS_STOCK_SCRATCH && said && !try && !has_folder(path, err))
        return NULL;
    return tns_stock_open(path, try ? TNS_STOCK_EXISTING : how, err);
}

/* ---- numbers ---- */

/*
 * The decimal number at the head of `text`, in units of 10^-decimals, exactly; where it ends. NULL
 * when there is none, it has more decimals than that, or it is beyond a thousand million units.
 */
static const char *read_decimal(const char *text, int decimals, int64_t *out)
{
    int64_t value = 0;
    int digits = 0, behind = -1; /* decimals read; -1 = before the point */
    for (; isdigit((unsigned char)*text) || (*text == '.' && behind < 0); text++) {
        if (*text == '.') {
            behind = 0;
            continue;
        }
        bool counts = behind < decimals;
        if (behind >= 0 && counts)
            behind++;
        if (!counts && *text != '0')
            return NULL; /* finer than is kept */
        if (counts)
            value = value * 10 + (*text - '0');
        digits++;
        if (value > INT64_C(1000000000))
            return NULL;
    }
    for (int i = behind < 0 ? 0 : behind; i < decimals; i++)
        value *= 10;
    *out = value;
    return digits > 0 && value <= INT64_C(1000000000) ? text : NULL;
}

/* The whole text, with one of two units behind it or none. */
static bool read_whole(const char *text, int decimals, const char *unit, int64_t *out)
{
    const char *end = read_decimal(text, decimals, out);
    return end && (end[0] == '\0' || strcmp(end, unit) == 0);
}

static bool expected(tns_error *err, const char *what, const char *text)
{
    return tns_error_set(err, TNS_ERROR_USAGE, "expected %s, found \"%.40s\"", what, text);
}

bool tns_service_bottle(const char *text, int64_t *out, tns_error *err)
{
    const char *digits = text[0] == 'B' || text[0] == 'b' ? text + 1 : text;
    return (read_whole(digits, 0, "", out) && *out > 0) ||
           expected(err, "a bottle such as B17", text);
}

bool tns_service_entry(const char *text, int64_t *out, tns_error *err)
{
    return (read_whole(text, 0, "", out) && *out > 0) ||
           expected(err, "the number of an entry", text);
}

bool tns_service_since(const char *text, int64_t *out, tns_error *err)
{
    static const int64_t DAY_S = 86400;
    tns_day day;
    if (tns_text_read_time(text, out))
        return true;
    bool done = tns_day_parse(text, &day, NULL);
    if (done)
        *out = day * DAY_S;
    return done || expected(err, "a date such as 2026-11-30, or a time 2026-11-30T09:15:00Z", text);
}

bool tns_service_amount(const char *text, bool pieces, int64_t drop_nl, int64_t *out,
                        tns_error *err)
{
    int64_t number = 0;
    const char *end = read_decimal(text, 0, &number);
    if (end && strcmp(end, "pc") == 0 && pieces) {
        *out = number;
        return true;
    }
    if (end && strcmp(end, "ul") == 0 && !pieces) {
        *out = number;
        return true;
    }
    if (end && (strcmp(end, "drops") == 0 || strcmp(end, "drop") == 0) && !pieces) {
        *out = (number * drop_nl + 500) / 1000; /* to the nearest microlitre */
        return true;
    }
    end = read_decimal(text, 3, &number);
    if (end && strcmp(end, "ml") == 0 && !pieces) {
        *out = number;
        return true;
    }
    return expected(err,
                    pieces ? "whole pieces such as 3pc"
                           : "an amount such as 0.15ml, 150ul or 3drops, in whole microlitres",
                    text);
}

bool tns_service_days(const char *text, int *out, tns_error *err)
{
    static const struct {
        const char *unit;
        double days;
    } units[] = {{"d", 1}, {"w", 7}, {"m", 365.25 / 12}};
    const double most = 36500; /* a century */
    int64_t count;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (read_whole(text, 0, units[i].unit, &count) && (double)count * units[i].days <= most) {
            *out = (int)ceil((double)count * units[i].days);
            return true;
        }
    return expected(err, "days, weeks or months such as 60d, 2w, 3m", text);
}

bool tns_service_months(const char *text, int *out, tns_error *err)
{
    int64_t months;
    if (!read_whole(text, 0, "m", &months) || months > 1200)
        return expected(err, "months such as 12m", text);
    *out = (int)months;
    return true;
}

bool tns_service_thousandths(const char *text, const char *unit, int64_t *out, tns_error *err)
{
    return read_whole(text, 3, unit, out) ||
           expected(err, "a number with at most three decimals", text);
}

bool tns_service_cents(const char *text, int64_t *out, tns_error *err)
{
    return read_whole(text, 2, "", out) || expected(err, "a price such as 28.50", text);
}

const char *tns_service_price(int64_t cents, char text[32])
{
    return tns_text_cents(cents, text);
}
