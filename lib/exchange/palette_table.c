/* SPDX-License-Identifier: GPL-3.0-or-later */
/* K and S of a palette as a table for other programs: a row for each pigment's K, one for its S. */
#include <stdlib.h>
#include <string.h>

#include "exchange/palette_table.h"
#include "pigment/words.h"

/* ---- writing ---- */

static void put_head(FILE *to)
{
    for (int i = 0; i < TNS_PALETTE_COLUMNS; i++)
        fprintf(to, "%s,", tns_palette_column[i]);
    for (int i = 0; i < TNS_BANDS; i++)
        fprintf(to, "nm%d%c", TNS_FIRST_NM + i * TNS_STEP_NM, i + 1 < TNS_BANDS ? ',' : '\n');
}

/* All that a double holds of a file's figure: it reads the same again. */
static void put_real(FILE *to, double value, char end)
{
    char text[40];
    tns_text_format(text, sizeof text, "%.15g", value);
    fprintf(to, "%s%c", text, end);
}

/* Nothing for what is not known. */
static void put_known(FILE *to, double value)
{
    if (value > 0)
        put_real(to, value, ',');
    else
        fputc(',', to);
}

static void put_row(FILE *to, const tns_palette *palette, const tns_pigment *p,
                    const char *quantity, const double values[TNS_BANDS])
{
    const tns_palette_model *m = &palette->model;
    tns_csv_put_text(to, palette->name, ',');
    tns_csv_put_text(to, constant_words[m->single_constant], ',');
    tns_csv_put_text(to, scale_words[m->absolute], ',');
    tns_csv_put_text(to, m->load_unit, ',');
    tns_csv_put_text(to, basis_words[m->basis], ',');
    put_real(to, m->k1, ',');
    put_real(to, m->k2, ',');
    tns_csv_put_text(to, specular_words[m->specular_included], ',');
    put_known(to, m->medium_n);
    tns_csv_put_text(to, p->id, ',');
    tns_csv_put_text(to, p->name, ',');
    tns_csv_put_text(to, kind_words[p->kind], ',');
    tns_csv_put_text(to, origin_words[p->origin], ',');
    put_known(to, p->uncertainty);
    tns_csv_put_text(to, quantity, ',');
    for (int i = 0; i < TNS_BANDS; i++)
        put_real(to, values[i], i + 1 < TNS_BANDS ? ',' : '\n');
}

char *tns_exchange_write_palette(const tns_palette *palette)
{
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    if (!to)
        return NULL;
    bool single = palette->model.single_constant;
    put_head(to);
    for (size_t i = 0; i < palette->count; i++) {
        const tns_pigment *p = &palette->pigments[i];
        put_row(to, palette, p, single ? "K/S" : "K", p->K);
        if (!single)
            put_row(to, palette, p, "S", p->S);
    }
    bool failed = ferror(to);
    if (fclose(to) == 0 && !failed)
        return text;
    free(text);
    return NULL;
}

/* ---- what is lost on the way ---- */

static bool tells_of_bottle(const tns_pigment *p)
{
    return p->color_index_count > 0 || p->ingredient_count > 0 || p->has_sterile ||
           p->density_g_ml > 0 || p->drop_ml > 0 || p->drop_cv > 0 || p->cost_per_ml > 0 ||
           p->source[0];
}

void tns_exchange_palette_loss(const tns_palette *palette, tns_warnings *out)
{
    bool covariance = palette->model.band_correlation > 0, ingredients = false, bottle = false;
    for (size_t i = 0; i < palette->count; i++) {
        covariance = covariance || palette->pigments[i].has_covariance;
        ingredients = ingredients || palette->pigments[i].ingredient_count > 0;
        bottle = bottle || tells_of_bottle(&palette->pigments[i]);
    }
    if (covariance)
        tns_warn(out,
                 "a table has no place for how sure K and S are, band by band (covariance), on "
                 "which the odds of a match rest");
    if (ingredients)
        tns_warn(out, "a table has no place for what is in a bottle: --without and allergies find "
                      "nothing in a palette made of it");
    if (bottle)
        tns_warn(out, "a table has no place for Colour Index, drop size, density, cost, sterility "
                      "and source of a bottle");
    if (palette->version[0] || palette->provenance[0])
        tns_warn(out, "a table has no place for the palette's version and provenance");
}
