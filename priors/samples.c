/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "color/curve.h"
#include "exchange/table.h"
#include "samples.h"

enum { FILE_LIMIT = 16 << 20, PATH_SIZE = 1024 };

const double PRIOR_SMOOTH_SHARE = 0.7;

/* The model of hair is a model: its melanins and keratin do not explain every lock exactly. */
static const double HAIR_SMOOTH_SHARE = 0.1;

/*
 * On our grid as the statistics are of: where a table is finer, means under a triangle. They blur
 * the chips by 0.001 on average and 0.018 at most, far less than chips differ by.
 */
static bool on_grid(const tns_table *table, size_t i, tns_spectrum *out, tns_error *err)
{
    const tns_curve curve = {table->wavelength_nm, table->samples[i].value, table->band_count,
                             .held = true};
    bool fine = tns_curve_gap(&curve, TNS_FIRST_NM, TNS_LAST_NM) < TNS_STEP_NM - 1e-9;
    if (!tns_spectrum_resample(curve.nm, curve.value, curve.n, out, err))
        return false;
    for (int band = 0; fine && band < TNS_BANDS; band++)
        out->value[band] = tns_curve_mean(&curve, tns_band_nm(band), TNS_STEP_NM);
    return true;
}

static tns_spectrum *resampled(const tns_table *table, tns_error *err)
{
    tns_spectrum *spectra = calloc(table->count + 1, sizeof *spectra);
    bool done = spectra || tns_error_set(err, TNS_ERROR_MEMORY, "out of memory");
    for (size_t i = 0; done && i < table->count; i++)
        done = on_grid(table, i, &spectra[i], err);
    if (done)
        return spectra;
    free(spectra);
    return NULL;
}

tns_spectrum *load_spectra(const char *path, size_t *count, tns_error *err)
{
    size_t length;
    char *text = tns_file_read(path, FILE_LIMIT, &length, err);
    tns_table *table = text ? tns_table_from_csv(text, length, path, err) : NULL;
    tns_spectrum *spectra = table ? resampled(table, err) : NULL;
    *count = table ? table->count : 0;
    tns_table_destroy(table);
    free(text);
    return spectra;
}

bool add_measured(const char *path, double weight, const tns_viewing *daylight, prior_sums *sums,
                  tns_error *err)
{
    size_t count;
    tns_spectrum *spectra = load_spectra(path, &count, err);
    for (size_t i = 0; spectra && i < count; i++)
        prior_add(sums, &spectra[i], weight, daylight);
    free(spectra);
    return spectra != NULL;
}

static void skin_path(const char *shared, char out[PATH_SIZE])
{
    snprintf(out, PATH_SIZE, "%s/xiao2016_skin_4392x39_360_740.csv", shared);
}

tns_spectrum *load_skins(const char *shared, size_t *count, tns_error *err)
{
    char path[PATH_SIZE];
    skin_path(shared, path);
    return load_spectra(path, count, err);
}

typedef struct places {
    char skin[PATH_SIZE], chips[PATH_SIZE], paints[PATH_SIZE], melanin[PATH_SIZE];
} places;

static places find_places(const char *root, const char *shared)
{
    places p;
    skin_path(shared, p.skin);
    snprintf(p.chips, PATH_SIZE, "%s/munsell_matt_1269_380_780_5nm.csv", shared);
    snprintf(p.paints, PATH_SIZE, "%s/palettes/data/kimera_measured.csv", root);
    snprintf(p.melanin, PATH_SIZE, "%s/priors/melanin.csv", root);
    return p;
}

/* Chips and the palettes' mixtures weigh about alike; a measured paint is worth twenty of those. */
static bool add_pigments(const places *p, const tns_viewing *daylight, prior_sums *sums,
                         tns_error *err)
{
    return add_measured(p->paints, 20, daylight, sums, err) &&
           add_measured(p->chips, 3, daylight, sums, err) && add_paints(daylight, sums, err);
}

static bool add_kind(const char *kind, const places *p, const tns_viewing *daylight,
                     prior_sums *sums, tns_error *err)
{
    if (strcmp(kind, "skin") == 0)
        return add_measured(p->skin, 1, daylight, sums, err);
    if (strcmp(kind, "hair") == 0)
        return add_hair(p->melanin, daylight, sums, err);
    if (strcmp(kind, "pigment") == 0)
        return add_pigments(p, daylight, sums, err);
    return add_measured(p->chips, 1, daylight, sums, err);
}

bool make_prior(const char *kind, const char *root, const char *shared,
                tns_prior_row out[TNS_BANDS], tns_error *err)
{
    prior_sums sums = {0};
    places p = find_places(root, shared);
    tns_viewing daylight;
    bool skin = strcmp(kind, "skin") == 0, hair = strcmp(kind, "hair") == 0;
    if (!tns_viewing_find("D65/10", &daylight, err) || !add_kind(kind, &p, &daylight, &sums, err))
        return false;
    bool done = skin || hair ? prior_about_mean(&sums, skin ? 0 : HAIR_SMOOTH_SHARE, out)
                             : prior_about_grey(&sums, PRIOR_SMOOTH_SHARE, out);
    return done || tns_error_set(err, TNS_ERROR_FORMAT, "%s: too few spectra", kind);
}
