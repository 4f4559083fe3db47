/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <tonsure/adaptation.h>
#include <tonsure/difference.h>

#include "base/text.h"
#include "photo/chart/card_table.h"

/* What is there as a whole, or is not. */
typedef enum group { COLOR, SPECTRUM, DOUBT, GROUPS } group;

/* One line's figures. */
typedef struct row {
    double value[CARD_PLAIN_COLUMNS];
    double nm[CARD_WAVES_MAX], power[CARD_WAVES_MAX];
    int waves;
    int given[GROUPS], missing[GROUPS]; /* cells with a number, and with a "-" */
} row;

static bool read_name(const tns_card_reader *r, const char *text)
{
    tns_chart *chart = &r->card->chart;
    char *name = chart->patch[chart->count].name;
    if (text[0] == '\0' || !tns_text_copy(name, sizeof chart->patch->name, text))
        return tns_card_fail(r, "name: expected 1 to %zu bytes, found \"%.60s\"",
                             sizeof chart->patch->name - 1, text);
    for (int i = 0; i < chart->count; i++)
        if (strcmp(chart->patch[i].name, name) == 0)
            return tns_card_fail(r, "name: \"%s\" stands on line %d already", name, r->line_of[i]);
    return true;
}

/* Beyond what surfaces show lies a misplaced column or decimal point. */
static bool is_in_reason(tns_card_column kind, double value)
{
    switch (kind) {
    case CARD_LAB_L:
        return value >= 0 && value <= 100;
    case CARD_LAB_A:
    case CARD_LAB_B:
        return value >= -150 && value <= 150;
    case CARD_XYZ_X:
    case CARD_XYZ_Y:
    case CARD_XYZ_Z:
        return value >= 0 && value <= 150;
    case CARD_SD_L:
    case CARD_SD_A:
    case CARD_SD_B:
        return value >= 0 && value <= 50;
    default:
        return value >= -0.02 && value <= 1.3;
    }
}

static group group_of(tns_card_column kind)
{
    return kind == (tns_card_column)CARD_PLAIN_COLUMNS ? SPECTRUM
           : kind >= CARD_SD_L                         ? DOUBT
                                                       : COLOR;
}

static bool read_cell(tns_card_reader *r, row *out, int at, const char *text)
{
    const tns_card_table *t = &r->table;
    tns_card_column kind = t->kind[at];
    double value = 0;
    char word[24];
    tns_error why;
    if (kind == CARD_NAME)
        return read_name(r, text);
    if (strcmp(text, "-") == 0) {
        out->missing[group_of(kind)]++;
        return true;
    }
    out->given[group_of(kind)]++;
    if (kind == (tns_card_column)CARD_PLAIN_COLUMNS)
        tns_text_format(word, sizeof word, "nm%g", t->wave_nm[at]);
    else
        snprintf(word, sizeof word, "%s", tns_card_words[kind]);
    if (!tns_text_number(text, &value, &why))
        return tns_card_fail(r, "%s: %s", word, why.text);
    if (!is_in_reason(kind, value))
        return tns_card_fail(r, "%s: found %g, outside reason", word, value);
    if (kind == (tns_card_column)CARD_PLAIN_COLUMNS) {
        out->nm[out->waves] = t->wave_nm[at];
        out->power[out->waves++] = value;
    } else {
        out->value[kind] = value;
    }
    return true;
}

static tns_color under_d50(tns_lab lab)
{
    return (tns_color){.lab = lab, .illuminant = "D50", .observer = TNS_OBSERVER_2};
}

static tns_viewing d50(void)
{
    tns_viewing viewing;
    tns_color color = under_d50((tns_lab){0, 0, 0});
    tns_color_viewing(&color, &viewing, NULL);
    return viewing;
}

static bool set_spectrum(const tns_card_reader *r, const row *in, tns_card_patch *patch)
{
    tns_error why;
    if (in->waves == 0)
        return true;
    patch->has_spectrum = patch->has_color = true;
    return tns_spectrum_resample(in->nm, in->power, (size_t)in->waves, &patch->spectrum, &why) ||
           tns_card_fail(r, "%s", why.text);
}

/* The color as the file says it, and brought to D50; what is under D50 stays to the digit. */
static void set_color(tns_card_reader *r, const row *in, int i)
{
    const double *v = in->value;
    tns_xyz white = r->head.white, to = d50().white;
    tns_lab lab = {v[CARD_LAB_L], v[CARD_LAB_A], v[CARD_LAB_B]};
    bool is_lab = r->table.has[CARD_LAB_L], same = strcmp(r->head.illuminant, "D50") == 0;
    r->xyz[i] = is_lab ? tns_xyz_from_lab(lab, white)
                       : (tns_xyz){v[CARD_XYZ_X], v[CARD_XYZ_Y], v[CARD_XYZ_Z]};
    if (!same || !is_lab)
        lab = tns_lab_from_xyz(tns_adapt(TNS_ADAPT_BRADFORD, r->xyz[i], white, to), to);
    r->card->chart.patch[i].reference = lab;
}

enum { SPECTRUM_APART = 6 }; /* dE76: figures of another light or of another patch */

static bool agree(const tns_card_reader *r, int i)
{
    tns_viewing viewing = d50();
    tns_lab seen = tns_lab_from_spectrum(&r->card->patch[i].spectrum, &viewing);
    tns_lab said = r->card->chart.patch[i].reference;
    double apart = tns_de76(said, seen);
    return apart <= SPECTRUM_APART ||
           tns_card_fail(
               r, "its color and its spectrum are %.0f apart (dE76): another white than declared?",
               apart);
}

static bool take(tns_card_reader *r, const row *in)
{
    tns_chart *chart = &r->card->chart;
    int i = chart->count;
    tns_card_patch *patch = &r->card->patch[i];
    r->line_of[i] = r->line;
    chart->count++;
    for (int g = 0; g < GROUPS; g++)
        if (in->given[g] > 0 && in->missing[g] > 0)
            return tns_card_fail(r, "expected figures or \"-\" throughout, found some of each");
    if (!set_spectrum(r, in, patch))
        return false;
    if (in->given[DOUBT]) {
        patch->has_uncertainty = true;
        patch->uncertainty = (tns_uncertainty){.L = in->value[CARD_SD_L],
                                               .a = in->value[CARD_SD_A],
                                               .b = in->value[CARD_SD_B],
                                               .k = 2};
    }
    tns_viewing viewing = d50();
    if (in->given[COLOR]) {
        patch->has_color = true;
        set_color(r, in, i);
        return !patch->has_spectrum || agree(r, i);
    }
    if (patch->has_spectrum)
        chart->patch[i].reference = tns_lab_from_spectrum(&patch->spectrum, &viewing);
    return true;
}

bool tns_card_read_row(tns_card_reader *r, char *line)
{
    row out = {.waves = 0};
    const tns_chart *chart = &r->card->chart;
    if (chart->count == chart->rows * chart->columns)
        return tns_card_fail(r, "expected %d patches (%d rows of %d), found more", chart->count,
                             chart->rows, chart->columns);
    int at = 0;
    for (char *cell = line; cell; at++) {
        char *comma = strchr(cell, ',');
        if (comma)
            *comma = '\0';
        if (at < r->table.count && !read_cell(r, &out, at, tns_card_trimmed(cell)))
            return false;
        cell = comma ? comma + 1 : NULL;
    }
    if (at != r->table.count)
        return tns_card_fail(r, "expected %d columns, found %d", r->table.count, at);
    return take(r, &out);
}
