/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "photo/chart/card_head.h"

typedef enum key {
    KIND,
    TITLE,
    COLUMNS,
    ROWS,
    PITCH_MM,
    COLUMN_GAP,
    PATCH_SHARE,
    EDITION,
    WHITE,
    OBSERVER,
    REFERENCE_DE00,
    SOURCE,
    SERIAL,
    MEASURED,
    INSTRUMENT,
    KEYS
} key;

static const char *const words[KEYS] = {"kind",     "title",      "columns",        "rows",
                                        "pitch_mm", "column_gap", "patch_share",    "edition",
                                        "white",    "observer",   "reference_de00", "source",
                                        "serial",   "measured",   "instrument"};

static bool take_text(const char *word, const char *value, char *out, size_t size, tns_error *err)
{
    if (value[0] == '\0' || !tns_text_copy(out, size, value))
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected 1 to %zu bytes, found \"%.60s\"",
                             word, size - 1, value);
    return true;
}

static bool take_number(const char *word, const char *value, double least, double most, double *out,
                        tns_error *err)
{
    if (!tns_text_number(value, out, err))
        return tns_error_prefix(err, "%s", word);
    char text[120];
    tns_text_format(text, sizeof text, "expected %g to %g, found %g", least, most, *out);
    return (*out >= least && *out <= most) ||
           tns_error_set(err, TNS_ERROR_FORMAT, "%s: %s", word, text);
}

static bool take_count(const char *word, const char *value, int *out, tns_error *err)
{
    double number = 0;
    if (!take_number(word, value, 2, 70, &number, err))
        return false;
    *out = (int)number;
    return number == *out ||
           tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected a whole number, found \"%.40s\"",
                         word, value);
}

static bool take_edition(const char *value, tns_edition *out, tns_error *err)
{
    for (int e = TNS_EDITION_BEFORE_2014; e <= TNS_EDITION_AFTER_2014; e++)
        if (strcmp(value, tns_edition_name((tns_edition)e)) == 0) {
            *out = (tns_edition)e;
            return true;
        }
    return tns_error_set(err, TNS_ERROR_FORMAT,
                         "edition: expected before2014 or after2014, found \"%.40s\"", value);
}

/* "D65", or the white's own X, Y, Z. */
static bool take_white(tns_card_head *head, const char *value, tns_error *err)
{
    double xyz[3];
    tns_illuminant found;
    head->has_white = true;
    if (tns_illuminant_find(value, &found, NULL)) {
        snprintf(head->illuminant, sizeof head->illuminant, "%s", found.name);
        head->white = tns_viewing_make(&found, TNS_OBSERVER_2).white;
        return true;
    }
    if (!tns_text_numbers(value, xyz, 3, NULL) || xyz[0] < 50 || xyz[0] > 150 || xyz[1] < 99 ||
        xyz[1] > 101 || xyz[2] < 10 || xyz[2] > 200)
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "white: expected D50, D65, A .. or X, Y, Z with Y = 100, "
                             "found \"%.60s\"",
                             value);
    snprintf(head->illuminant, sizeof head->illuminant, "X, Y, Z");
    head->white = (tns_xyz){xyz[0], xyz[1], xyz[2]};
    return true;
}

static bool take_observer(tns_card_head *head, const char *value, tns_error *err)
{
    head->observer = strcmp(value, "2") == 0 ? 2 : strcmp(value, "10") == 0 ? 10 : 0;
    return head->observer != 0 ||
           tns_error_set(err, TNS_ERROR_FORMAT, "observer: expected 2 or 10, found \"%.40s\"",
                         value);
}

/* "4, 1.2258": behind the fourth column lie so many pitches more than between others. */
static bool take_gap(tns_card_head *head, const char *value, tns_error *err)
{
    double gap[2];
    if (!tns_text_numbers(value, gap, 2, err))
        return tns_error_prefix(err, "column_gap");
    head->gap_after = (int)gap[0];
    head->gap_pitches = gap[1];
    return (gap[0] >= 1 && gap[0] <= 70 && gap[0] == head->gap_after && gap[1] > 0 &&
            gap[1] <= 20) ||
           tns_error_set(err, TNS_ERROR_FORMAT,
                         "column_gap: expected a column and the pitches more behind it "
                         "(4, 1.2), found \"%.40s\"",
                         value);
}

static bool store(tns_card_head *head, tns_card *card, key k, const char *value, tns_error *err)
{
    tns_chart *chart = &card->chart;
    switch (k) {
    case KIND:
        return take_text("kind", value, chart->kind, sizeof chart->kind, err);
    case TITLE:
        return take_text("title", value, chart->title, sizeof chart->title, err);
    case COLUMNS:
        return take_count("columns", value, &chart->columns, err);
    case ROWS:
        return take_count("rows", value, &chart->rows, err);
    case PITCH_MM:
        return take_number("pitch_mm", value, 0.2, 1000, &chart->pitch_mm, err);
    case COLUMN_GAP:
        return take_gap(head, value, err);
    case PATCH_SHARE:
        return take_number("patch_share", value, 0.2, 1, &chart->patch_share, err);
    case EDITION:
        return take_edition(value, &chart->edition, err);
    case WHITE:
        return take_white(head, value, err);
    case OBSERVER:
        return take_observer(head, value, err);
    case REFERENCE_DE00:
        return take_number("reference_de00", value, 0.01, 20, &chart->reference_de00, err);
    case SOURCE:
        return take_text("source", value, card->source, sizeof card->source, err);
    case SERIAL:
        return take_text("serial", value, card->serial, sizeof card->serial, err);
    case MEASURED:
        return take_text("measured", value, card->measured, sizeof card->measured, err);
    case INSTRUMENT:
        return take_text("instrument", value, card->instrument, sizeof card->instrument, err);
    case KEYS:
        break;
    }
    return false;
}

bool tns_card_head_take(tns_card_head *head, tns_card *card, const char *word, const char *value,
                        tns_error *err)
{
    for (int k = 0; k < KEYS; k++) {
        if (strcmp(word, words[k]) != 0)
            continue;
        if (head->seen & 1u << k)
            return tns_error_set(err, TNS_ERROR_FORMAT, "%s: stands twice", word);
        head->seen |= 1u << k;
        return store(head, card, (key)k, value, err);
    }
    return tns_error_set(err, TNS_ERROR_FORMAT, "no key is called \"%.40s\"", word);
}

const char *tns_card_head_missing(const tns_card_head *head)
{
    static const key needed[] = {KIND, COLUMNS, ROWS};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!(head->seen & 1u << needed[i]))
            return words[needed[i]];
    return NULL;
}

bool tns_card_head_lay_out(const tns_card_head *head, tns_chart *chart, tns_error *err)
{
    if (chart->rows * chart->columns > TNS_CHART_PATCHES_MAX)
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "rows, columns: expected at most %d patches, found %d x %d",
                             TNS_CHART_PATCHES_MAX, chart->rows, chart->columns);
    if (head->gap_after >= chart->columns)
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "column_gap: expected a column before the last of %d, found %d",
                             chart->columns, head->gap_after);
    if (chart->title[0] == '\0')
        snprintf(chart->title, sizeof chart->title, "%s", chart->kind);
    if (chart->patch_share == 0)
        chart->patch_share = TNS_PATCH_SHARE;
    if (chart->reference_de00 == 0)
        chart->reference_de00 = TNS_NOMINAL_DE00;
    for (int i = 0; i < chart->rows * chart->columns; i++) {
        int column = i % chart->columns;
        bool beyond = head->gap_after > 0 && column >= head->gap_after;
        chart->patch[i].x = column + (beyond ? head->gap_pitches : 0);
        chart->patch[i].y = i / chart->columns;
    }
    return true;
}
