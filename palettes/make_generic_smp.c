/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make_generic_smp OPTICAL_CONSTANTS.csv KIMERA.json OUT.json: the palette "generic-smp", stock
 * inks that nobody measured, from scattering theory. palettes/README.md gives the reason and the
 * source of every figure below.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/mie.h>

#include "maker.h"
#include "optics/aggregate.h"

static const double WATER_N = 1.33, WATER_G_ML = 0.998;
static const double MM_PER_LOAD = 0.01; /* 1 ul/cm2 = 10 um */

static const char *const provenance =
    "Modelled, not measured: nobody's bottle. Computed, by volume of stock ink, from published "
    "figures of how each substance bends and swallows light, for grains of a usual size; the "
    "yellow "
    "is a measured paint's, set against the modelled white. Weak points: the white swallows no "
    "violet light here, and in a full bottle may hide half as well; soot rests on figures at five "
    "wavelengths; the black iron oxide is probably too blue; grain sizes and 15-30 % of pigment by "
    "mass are assumptions. A dilution ladder of the bottle in hand replaces all this. How each "
    "figure was made is in palettes/README.md, with the documents.";

/* One material, or two of which the coefficients are averaged: rays of a crystal, two soots. */
typedef struct ink {
    const char *id, *name, *color_index, *ingredient, *cas, *source;
    const char *material[2];
    double share[2];
    double mass_fraction, solid_g_ml;
    double diameter_um, spread; /* median by number, geometric deviation; 0, 0 = soot aggregates */
    double uncertainty;
} ink;

static const ink inks[] = {
    {.id = "carbon-black",
     .name = "Carbon black",
     .color_index = "CI 77266",
     .ingredient = "Carbon black",
     .cas = "1333-86-4",
     .source = "15 % by mass; aggregates of 100 spheres of 25 nm (D 1.8, prefactor 1.3), mean of "
               "propane and acetylene soot (Dalzell, Sarofim 1969: five wavelengths, ends held)",
     .material = {"soot-propane", "soot-acetylene"},
     .share = {0.5, 0.5},
     .mass_fraction = 0.15,
     .solid_g_ml = 1.8,
     .uncertainty = 0.3},
    {.id = "black-iron-oxide",
     .name = "Black iron oxide",
     .color_index = "CI 77499",
     .ingredient = "Iron(II,III) oxide",
     .cas = "1317-61-9",
     .source =
         "25 % by mass; clusters (the grains are magnetic) taken as spheres, median 0.8 um by "
         "number, deviation 1.5, magnetite (Querry 1985; its k of 0.03-0.15 looks low for a black)",
     .material = {"magnetite"},
     .share = {1},
     .mass_fraction = 0.25,
     .solid_g_ml = 5.18,
     .diameter_um = 0.8,
     .spread = 1.5,
     .uncertainty = 0.7},
    {.id = "red-iron-oxide",
     .name = "Red iron oxide",
     .color_index = "CI 77491",
     .ingredient = "Iron(III) oxide",
     .cas = "1309-37-1",
     .source = "25 % by mass; spheres, median 0.15 um by number, deviation 1.4, haematite (Querry "
               "1985), two thirds ordinary and one third extraordinary ray",
     .material = {"haematite-o", "haematite-e"},
     .share = {2.0 / 3, 1.0 / 3},
     .mass_fraction = 0.25,
     .solid_g_ml = 5.26,
     .diameter_um = 0.15,
     .spread = 1.4,
     .uncertainty = 0.4},
    {.id = "titanium-dioxide",
     .name = "Titanium dioxide",
     .color_index = "CI 77891",
     .ingredient = "Titanium dioxide",
     .cas = "13463-67-7",
     .source = "30 % by mass; spheres, median 0.2 um by number, deviation 1.35, rutile, ordinary "
               "ray (Devore 1951), no absorption (k is not given)",
     .material = {"rutile-o"},
     .share = {1},
     .mass_fraction = 0.3,
     .solid_g_ml = 4.23,
     .diameter_um = 0.2,
     .spread = 1.35,
     .uncertainty = 0.5},
};
enum { INKS = sizeof inks / sizeof *inks, EXTRAS = 2 };

typedef struct refraction {
    double nm, n, k;
} refraction;

static bool read_index(const tns_csv *csv, size_t row, refraction *out, tns_error *err)
{
    return tns_csv_number(csv, row, 1, &out->nm, err) &&
           tns_csv_number(csv, row, 2, &out->n, err) && tns_csv_number(csv, row, 3, &out->k, err);
}

static refraction between(refraction a, refraction b, double nm)
{
    double t = (nm - a.nm) / (b.nm - a.nm);
    refraction out = {nm, a.n + t * (b.n - a.n), a.k + t * (b.k - a.k)};
    return out;
}

/* Linear between the rows of a material, which rise in wavelength; ends held. */
static bool index_at(const tns_csv *csv, const char *material, double nm, refraction *out,
                     tns_error *err)
{
    bool found = false;
    refraction last = {0};
    for (size_t row = 1; row < csv->count && last.nm < nm; row++) {
        refraction next;
        if (strcmp(csv->rows[row].field[0], material) != 0)
            continue;
        if (!read_index(csv, row, &next, err))
            return false;
        *out = found && next.nm > nm ? between(last, next, nm) : next;
        last = next;
        found = true;
    }
    return found || tns_error_set(err, TNS_ERROR_FORMAT, "%s: no %s", csv->name, material);
}

static double density(const ink *i)
{
    return 1 / (i->mass_fraction / i->solid_g_ml + (1 - i->mass_fraction) / WATER_G_ML);
}

static bool coefficients(const ink *i, refraction m, double *mu_a, double *mu_s, tns_error *err)
{
    double volume_fraction = i->mass_fraction * density(i) / i->solid_g_ml;
    if (i->diameter_um > 0) {
        tns_suspension spheres = {i->diameter_um, i->spread, volume_fraction, WATER_N};
        return tns_suspension_coefficients(&spheres, m.nm, m.n, m.k, mu_a, mu_s, err);
    }
    tns_aggregate soot = {.primary_diameter_um = 0.025,
                          .primaries = 100,
                          .fractal_dimension = 1.8,
                          .prefactor = 1.3,
                          .volume_fraction = volume_fraction,
                          .medium_n = WATER_N};
    return tns_aggregate_coefficients(&soot, m.nm, m.n, m.k, mu_a, mu_s, err);
}

static bool add_band(const tns_csv *csv, const ink *i, int part, int band, tns_pigment *out,
                     tns_error *err)
{
    refraction m = {0};
    double nm = tns_band_nm(band), mu_a = 0, mu_s = 0;
    if (!index_at(csv, i->material[part], nm, &m, err))
        return false;
    m.nm = nm; /* beyond the table its end is held */
    if (!coefficients(i, m, &mu_a, &mu_s, err))
        return false;
    out->K[band] += i->share[part] * 2 * mu_a * MM_PER_LOAD;
    out->S[band] += i->share[part] * 0.75 * mu_s * MM_PER_LOAD;
    return true;
}

static void add_ingredient(tns_pigment *out, const char *name, const char *cas)
{
    tns_ingredient *ingredient = &out->ingredients[out->ingredient_count++];
    SET_TEXT(ingredient->name, name);
    SET_TEXT(ingredient->cas, cas);
}

static bool model(const tns_csv *csv, const ink *i, tns_pigment *out, tns_error *err)
{
    SET_TEXT(out->id, i->id);
    SET_TEXT(out->name, i->name);
    SET_TEXT(out->color_index[0], i->color_index);
    SET_TEXT(out->source, i->source);
    out->color_index_count = 1;
    add_ingredient(out, "Water", "7732-18-5");
    add_ingredient(out, i->ingredient, i->cas);
    out->density_g_ml = round(1000 * density(i)) / 1000;
    out->drop_ml = 0.04;
    out->origin = TNS_ORIGIN_MODELLED;
    out->uncertainty = i->uncertainty;
    for (int part = 0; part < 2 && i->material[part]; part++)
        for (int band = 0; band < TNS_BANDS; band++)
            if (!add_band(csv, i, part, band, out, err))
                return false;
    return true;
}

/* The measured yellow's K and S over its white's S, times the modelled white's S. */
static bool model_yellow(const tns_palette *kimera, const tns_pigment *white, tns_pigment *out,
                         tns_error *err)
{
    int yellow = tns_palette_index(kimera, "yellow-oxide");
    if (yellow < 0)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: no yellow-oxide", kimera->name);
    static const ink goethite = {.mass_fraction = 0.25, .solid_g_ml = 4.26};
    SET_TEXT(out->id, "yellow-iron-oxide");
    SET_TEXT(out->name, "Yellow iron oxide");
    SET_TEXT(out->color_index[0], "CI 77492");
    SET_TEXT(out->source,
             "K and S of palette kimera's yellow-oxide, relative to its white, times S "
             "of titanium-dioxide, band by band; density as if 25 % by mass");
    out->color_index_count = 1;
    add_ingredient(out, "Water", "7732-18-5");
    add_ingredient(out, "Iron hydroxide oxide yellow", "51274-00-1");
    out->density_g_ml = round(1000 * density(&goethite)) / 1000;
    out->drop_ml = 0.04;
    out->origin = TNS_ORIGIN_MODELLED;
    out->uncertainty = 0.5;
    for (int band = 0; band < TNS_BANDS; band++) {
        out->K[band] = kimera->pigments[yellow].K[band] * white->S[band];
        out->S[band] = kimera->pigments[yellow].S[band] * white->S[band];
    }
    return true;
}

static void model_water(tns_pigment *out)
{
    SET_TEXT(out->id, "sterile-water");
    SET_TEXT(out->name, "Sterile water");
    SET_TEXT(out->source, "taken as clear: up to 730 nm 1 mm of water absorbs less than 0.3 % of "
                          "the light");
    add_ingredient(out, "Water", "7732-18-5");
    out->kind = TNS_DILUENT;
    out->has_sterile = out->sterile = true;
    out->density_g_ml = WATER_G_ML;
    out->drop_ml = 0.04;
    out->origin = TNS_ORIGIN_MODELLED;
}

static bool fill(const tns_csv *csv, const tns_palette *kimera, tns_palette *out, tns_error *err)
{
    SET_TEXT(out->name, "generic-smp");
    SET_TEXT(out->version, "1");
    SET_TEXT(out->provenance, provenance);
    SET_TEXT(out->model.load_unit, "ul/cm2");
    out->model.absolute = true;
    out->model.medium_n = WATER_N;
    out->pigments = calloc(INKS + EXTRAS, sizeof *out->pigments);
    if (!out->pigments)
        return tns_error_set(err, TNS_ERROR_MEMORY, "out of memory");
    for (const ink *i = inks; i < inks + INKS; i++)
        if (!model(csv, i, &out->pigments[out->count++], err))
            return false;
    const tns_pigment *white = &out->pigments[tns_palette_index(out, "titanium-dioxide")];
    if (!model_yellow(kimera, white, &out->pigments[out->count++], err))
        return false;
    model_water(&out->pigments[out->count++]);
    return true;
}

int main(int argc, char **argv)
{
    tns_error err = {.text = "usage: make_generic_smp OPTICAL_CONSTANTS.csv KIMERA.json OUT.json"};
    tns_csv *csv = argc == 4 ? tns_csv_load(argv[1], &err) : NULL;
    tns_palette *kimera = csv ? tns_palette_load(argv[2], &err) : NULL;
    tns_palette *palette = kimera ? calloc(1, sizeof *palette) : NULL;
    if (palette && !fill(csv, kimera, palette, &err)) {
        tns_palette_destroy(palette);
        palette = NULL;
    }
    tns_palette_destroy(kimera);
    tns_csv_destroy(csv);
    return finish_palette(palette, argc == 4 ? argv[3] : "", &err);
}
