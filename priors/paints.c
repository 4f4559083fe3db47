/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What paint and ink look like. Few spectra may be carried over, so the rest are computed from the
 * shipped palettes: opaque mixtures, and films of diluted ink on white card, as a person draws them
 * down to measure.
 */
#include <math.h>

#include <tonsure/surface.h>

#include "base/random.h"
#include "samples.h"

enum { PAINTS = 2000, INKS = 1000, FILMS = 1000, MOST_COLORS = 4 };
static const double CARD = 0.85;
static const double THINNEST = 0.05, THICKEST = 5; /* ul/cm2 of stock ink */

typedef struct mixture {
    double K[TNS_BANDS], S[TNS_BANDS];
} mixture;

/* One to four pigments in random proportions; the diluent only makes a layer thinner. */
static mixture random_mixture(const tns_palette *palette, tns_random *random)
{
    mixture m = {{0}, {0}};
    double whole = 0;
    int colors = 1 + (int)(MOST_COLORS * tns_random_unit(random));
    for (int n = 0; n < colors;) {
        const tns_pigment *p =
            &palette->pigments[(size_t)((double)palette->count * tns_random_unit(random))];
        if (p->kind != TNS_PIGMENT)
            continue;
        double amount = -log(1 - tns_random_unit(random)); /* evenly over all proportions */
        for (int i = 0; i < TNS_BANDS; i++) {
            m.K[i] += amount * p->K[i];
            m.S[i] += amount * p->S[i];
        }
        whole += amount;
        n++;
    }
    for (int i = 0; i < TNS_BANDS; i++) {
        m.K[i] /= whole;
        m.S[i] /= whole;
    }
    return m;
}

static bool add_opaque(const char *name, int count, const tns_viewing *daylight, prior_sums *sums,
                       tns_error *err)
{
    tns_random random = tns_random_make(1);
    tns_palette *palette = tns_palette_find(name, err);
    for (int i = 0; palette && i < count; i++) {
        mixture m = random_mixture(palette, &random);
        tns_surface opaque = tns_surface_opaque(palette);
        tns_spectrum paint = tns_surface_reflectance(&opaque, m.K, m.S);
        prior_add(sums, &paint, 1, daylight);
    }
    tns_palette_destroy(palette);
    return palette != NULL;
}

static bool add_films(const char *name, int count, const tns_viewing *daylight, prior_sums *sums,
                      tns_error *err)
{
    tns_random random = tns_random_make(2);
    tns_spectrum card = tns_spectrum_constant(CARD);
    tns_palette *palette = tns_palette_find(name, err);
    bool done = palette != NULL;
    for (int i = 0; done && i < count; i++) {
        mixture m = random_mixture(palette, &random);
        tns_surface film;
        double load = THINNEST * pow(THICKEST / THINNEST, tns_random_unit(&random));
        done = tns_surface_film(palette, &card, load, &film, err);
        if (done) {
            tns_spectrum drawdown = tns_surface_reflectance(&film, m.K, m.S);
            prior_add(sums, &drawdown, 1, daylight);
        }
    }
    tns_palette_destroy(palette);
    return done;
}

bool add_paints(const tns_viewing *daylight, prior_sums *sums, tns_error *err)
{
    return add_opaque("kimera", PAINTS, daylight, sums, err) &&
           add_opaque("generic-smp", INKS, daylight, sums, err) &&
           add_films("generic-smp", FILMS, daylight, sums, err);
}
