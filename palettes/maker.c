/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "maker.h"

void round_figures(tns_palette *palette)
{
    for (size_t i = 0; i < palette->count; i++)
        for (int band = 0; band < TNS_BANDS; band++) {
            tns_pigment *p = &palette->pigments[i];
            p->K[band] = tns_round_digits(p->K[band], SHIPPED_DIGITS);
            p->S[band] = tns_round_digits(p->S[band], SHIPPED_DIGITS);
        }
}

bool find_column(const tns_csv *csv, const char *name, size_t *out, tns_error *err)
{
    int column = tns_csv_column(csv, name);
    *out = column < 0 ? 0 : (size_t)column;
    return column >= 0 || tns_error_set(err, TNS_ERROR_FORMAT, "%s: no column %s", csv->name, name);
}

bool read_bands(const tns_csv *csv, size_t row, double out[TNS_BANDS], tns_error *err)
{
    size_t first;
    if (!find_column(csv, "SPEC_380", &first, err))
        return false;
    for (size_t band = 0; band < TNS_BANDS; band++)
        if (!tns_csv_number(csv, row, first + band, &out[band], err))
            return false;
    return true;
}

int finish_palette(tns_palette *palette, const char *path, tns_error *err)
{
    bool done = palette != NULL;
    if (done) {
        round_figures(palette);
        done = tns_palette_save(palette, path, err);
    }
    if (!done)
        fprintf(stderr, "%s\n", err->text);
    tns_palette_destroy(palette);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
