/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make_kimera MEASURED.csv OUT.json: the palette "kimera" from measured masstones and tints.
 *
 * With white's S = 1, a masstone of ratio q_m and a tint of ratio q_t that holds the mass fraction
 * w of the paint fix both figures of a band (Duncan mixing, two equations):
 *
 *     S = (1 - w)(q_t - q_white) / (w (q_m - q_t)),     K = q_m S.
 *
 * They reproduce their samples exactly, so nothing is left over to judge them by.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/kubelka_munk.h>

#include "base/text.h"
#include "maker.h"

/* Grams were read to 0.01: a rounding's standard deviation. */
static const double GRAMS_SD = 0.01 / 3.4641016151377544;

static const char *const provenance =
    "Solved from measured masstones and one tint each with the white, by weighed grams: figures of "
    "https://github.com/miciwan/PaintMixing (MIT, 2024), measured by its author with an instrument "
    "of his own making. Relative: white S = 1. No surface correction, since instrument and gloss "
    "are not known: K and S hold what the surface does. Weak below 410 and above 680 nm; the "
    "yellows were hard to make opaque. The fit is exact by construction, which is no accuracy.";

typedef struct tint {
    double white_g, paint_g;
    double ratio[TNS_BANDS];
} tint;

static bool ratios(const tns_csv *csv, size_t row, double out[TNS_BANDS], tns_error *err)
{
    if (!read_bands(csv, row, out, err))
        return false;
    for (int band = 0; band < TNS_BANDS; band++) {
        if (!(out[band] > 0 && out[band] <= 1))
            return tns_error_set(err, TNS_ERROR_RANGE, "%s: line %zu: %g is no reflectance",
                                 csv->name, csv->rows[row].line, out[band]);
        out[band] = tns_km_ratio(out[band]);
    }
    return true;
}

static bool find_row(const tns_csv *csv, const char *id, size_t *out, tns_error *err)
{
    for (*out = 1; *out < csv->count; (*out)++)
        if (strcmp(csv->rows[*out].field[0], id) == 0)
            return true;
    return tns_error_set(err, TNS_ERROR_FORMAT, "%s: no sample %s", csv->name, id);
}

static bool grams(const tns_csv *csv, size_t row, const char *id, double *out, tns_error *err)
{
    char column[80];
    size_t at;
    snprintf(column, sizeof column, "AMOUNT_%s", id);
    return find_column(csv, column, &at, err) && tns_csv_number(csv, row, at, out, err);
}

static bool read_tint(const tns_csv *csv, const char *id, tint *out, tns_error *err)
{
    char sample[80];
    size_t row;
    snprintf(sample, sizeof sample, "%s+white", id);
    return find_row(csv, sample, &row, err) && grams(csv, row, "white", &out->white_g, err) &&
           grams(csv, row, id, &out->paint_g, err) && ratios(csv, row, out->ratio, err);
}

/* Takes the masstone's ratios in K; leaves K and S. */
static bool solve(const tint *t, const double white[TNS_BANDS], tns_pigment *out, tns_error *err)
{
    for (int band = 0; band < TNS_BANDS; band++) {
        double shift = t->ratio[band] - white[band], room = out->K[band] - t->ratio[band];
        if (!(shift > 0 && room > 0))
            return tns_error_set(err, TNS_ERROR_NUMERIC,
                                 "%s: at %g nm the tint does not lie between white and masstone",
                                 out->id, tns_band_nm(band));
        out->S[band] = t->white_g / t->paint_g * shift / room;
        out->K[band] *= out->S[band];
    }
    out->uncertainty = tns_round_digits(hypot(GRAMS_SD / t->white_g, GRAMS_SD / t->paint_g), 2);
    return true;
}

/* "blue-red-shade" -> "Kimera blue red shade". */
static void name_paint(tns_pigment *paint)
{
    snprintf(paint->name, sizeof paint->name, "Kimera %s", paint->id);
    for (char *c = paint->name; *c; c++)
        if (*c == '-')
            *c = ' ';
}

static bool add_paint(const tns_csv *csv, const double white[TNS_BANDS], const char *id,
                      tns_pigment *out, tns_error *err)
{
    size_t row;
    tint t;
    SET_TEXT(out->id, id);
    name_paint(out);
    if (!find_row(csv, id, &row, err) || !ratios(csv, row, out->K, err))
        return false;
    if (strcmp(id, "white") != 0) {
        SET_TEXT(out->source, "masstone and one tint, mean of three readings each; the "
                              "uncertainty is that of weighing the tint to 0.01 g");
        return read_tint(csv, id, &t, err) && solve(&t, white, out, err);
    }
    SET_TEXT(out->source, "masstone, mean of three readings; its S = 1 is the unit of the others");
    for (int band = 0; band < TNS_BANDS; band++)
        out->S[band] = 1;
    return true;
}

static bool is_masstone(const tns_csv_row *row)
{
    return !strchr(row->field[0], '+');
}

static bool fill(const tns_csv *csv, tns_palette *out, tns_error *err)
{
    double white[TNS_BANDS];
    size_t row;
    SET_TEXT(out->name, "kimera");
    SET_TEXT(out->version, "1");
    SET_TEXT(out->provenance, provenance);
    out->model.basis = TNS_BY_MASS;
    out->pigments = calloc(csv->count, sizeof *out->pigments);
    if (!out->pigments || !find_row(csv, "white", &row, err) || !ratios(csv, row, white, err))
        return false;
    for (row = 1; row < csv->count; row++)
        if (is_masstone(&csv->rows[row]) &&
            !add_paint(csv, white, csv->rows[row].field[0], &out->pigments[out->count++], err))
            return false;
    return true;
}

int main(int argc, char **argv)
{
    tns_error err = {.text = "usage: make_kimera MEASURED.csv OUT.json"};
    tns_csv *csv = argc == 3 ? tns_csv_load(argv[1], &err) : NULL;
    tns_palette *palette = csv ? calloc(1, sizeof *palette) : NULL;
    if (palette && !fill(csv, palette, &err)) {
        tns_palette_destroy(palette);
        palette = NULL;
    }
    tns_csv_destroy(csv);
    return finish_palette(palette, argc == 3 ? argv[2] : "", &err);
}
