/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a chart file: every figure under D50 and the 2 degree observer. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/card.h>

#include "base/file.h"
#include "base/text.h"
#include "photo/chart/card_head.h"

/* A text that grows; NULL bytes = no memory. */
typedef struct page {
    char *text;
    size_t used, room;
} page;

static void add(page *out, const char *format, ...) TNS_PRINTF(2, 3);

static void add(page *out, const char *format, ...)
{
    char piece[400];
    va_list args;
    va_start(args, format);
    int n = tns_text_vformat(piece, sizeof piece, format, args);
    va_end(args);
    if (n < 0 || out->used + (size_t)n >= out->room) {
        size_t room = 2 * (out->room + sizeof piece);
        char *more = out->text ? realloc(out->text, room) : NULL;
        if (!more) {
            free(out->text);
            *out = (page){NULL, 0, 0};
            return;
        }
        out->text = more;
        out->room = room;
    }
    memcpy(out->text + out->used, piece, (size_t)n + 1);
    out->used += (size_t)n;
}

/* A value on its one line. */
static void add_text(page *out, const char *key, const char *value)
{
    char line[200];
    snprintf(line, sizeof line, "%s", value);
    tns_text_tidy(line);
    if (line[strspn(line, " ")])
        add(out, "%s: %s\n", key, line);
}

static void add_head(page *out, const tns_card *card)
{
    const tns_chart *chart = &card->chart;
    add(out, "%s\n\n", TNS_CARD_FIRST_LINE);
    add_text(out, "kind", chart->kind[0] ? chart->kind : "chart");
    add_text(out, "title", chart->title);
    add(out, "columns: %d\nrows: %d\n", chart->columns, chart->rows);
    if (chart->pitch_mm > 0)
        add(out, "pitch_mm: %.15g\n", chart->pitch_mm);
    for (int k = 1; k < chart->columns; k++) {
        double gap = chart->patch[k].x - chart->patch[k - 1].x - 1;
        if (gap > 1e-9)
            add(out, "column_gap: %d, %.10g\n", k, gap);
    }
    add(out, "patch_share: %.15g\n", chart->patch_share);
    if (chart->edition != TNS_EDITION_AUTO)
        add(out, "edition: %s\n", tns_edition_name(chart->edition));
    add(out, "white: D50\nobserver: 2\nreference_de00: %.15g\n", chart->reference_de00);
    add_text(out, "source", card->source);
    add_text(out, "serial", card->serial);
    add_text(out, "measured", card->measured);
    add_text(out, "instrument", card->instrument);
}

typedef struct columns {
    bool color, uncertainty, spectrum;
} columns;

static columns columns_of(const tns_card *card)
{
    columns out = {false, false, false};
    for (int i = 0; i < card->chart.count; i++) {
        out.color |= card->patch[i].has_color;
        out.uncertainty |= card->patch[i].has_uncertainty;
        out.spectrum |= card->patch[i].has_spectrum;
    }
    return out;
}

static void add_titles(page *out, columns has)
{
    add(out, "\npatches: name%s%s", has.color ? ", L, a, b" : "",
        has.uncertainty ? ", uL, ua, ub" : "");
    for (int k = 0; k < TNS_BANDS && has.spectrum; k++)
        add(out, ", nm%.0f", tns_band_nm(k));
    add(out, "\n");
}

static void add_three(page *out, bool known, double a, double b, double c)
{
    if (known)
        add(out, ", %.10g, %.10g, %.10g", tns_round_decimals(a, 4), tns_round_decimals(b, 4),
            tns_round_decimals(c, 4));
    else
        add(out, ", -, -, -");
}

/* A comma would end it. */
static void add_name(page *out, const char *name)
{
    char one[sizeof((tns_chart_patch *)0)->name];
    snprintf(one, sizeof one, "%s", name);
    tns_text_tidy(one);
    for (char *comma; (comma = strchr(one, ','));)
        *comma = ' ';
    add(out, "%s", one);
}

static void add_patch(page *out, const tns_card *card, int i, columns has)
{
    const tns_card_patch *patch = &card->patch[i];
    tns_lab lab = card->chart.patch[i].reference;
    const tns_uncertainty *u = &patch->uncertainty;
    add_name(out, card->chart.patch[i].name);
    if (has.color)
        add_three(out, patch->has_color, lab.L, lab.a, lab.b);
    if (has.uncertainty)
        add_three(out, patch->has_uncertainty, u->L, u->a, u->b);
    for (int k = 0; k < TNS_BANDS && has.spectrum; k++)
        if (patch->has_spectrum)
            add(out, ", %.10g", tns_round_decimals(patch->spectrum.value[k], 6));
        else
            add(out, ", -");
    add(out, "\n");
}

char *tns_card_write(const tns_card *card)
{
    page out = {malloc(8192), 0, 8192};
    columns has = columns_of(card);
    if (!out.text)
        return NULL;
    out.text[0] = '\0';
    add_head(&out, card);
    add_titles(&out, has);
    for (int i = 0; i < card->chart.count; i++)
        add_patch(&out, card, i, has);
    return out.text;
}

bool tns_card_save(const tns_card *card, const char *path, tns_error *err)
{
    char *text = tns_card_write(card);
    bool done = text ? tns_file_write(path, text, strlen(text), err)
                     : tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", path);
    free(text);
    return done;
}
