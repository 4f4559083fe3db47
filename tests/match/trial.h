/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A match on a drawn shelf: opaque or a film over something like skin, under three lamps. */
#ifndef MATCH_TRIAL_H
#define MATCH_TRIAL_H

#include "shelf.h"

typedef struct trial {
    shelf s;
    tns_surface surface;
    tns_viewing viewings[3];
    int least[SHELF_MAX]; /* of the pigments; not asked for until least_units is this */
    tns_match_request request;
} trial;

static inline tns_spectrum skin_like(void)
{
    tns_spectrum skin = tns_spectrum_constant(0);
    for (int b = 0; b < TNS_BANDS; b++)
        skin.value[b] = 0.2 + 0.012 * b;
    return skin;
}

static inline void start(trial *t, int pigments, bool film, uint64_t seed)
{
    tns_error err;
    tns_spectrum skin = skin_like();
    memset(t, 0, sizeof *t);
    fill_shelf(&t->s, pigments, true, TNS_BY_VOLUME, &seed);
    t->surface = tns_surface_opaque(&t->s.palette);
    if (film)
        ck_assert(tns_surface_film(&t->s.palette, &skin, 1, &t->surface, &err));
    t->viewings[0] = viewing_of("D65/10");
    t->viewings[1] = viewing_of("A/10");
    t->viewings[2] = viewing_of("F11/10");
    t->request = (tns_match_request){.palette = &t->s.palette,
                                     .target = skin,
                                     .surfaces = &t->surface,
                                     .surface_count = 1,
                                     .viewings = t->viewings,
                                     .weights = {1, 0.25, 0.25},
                                     .viewing_count = 3,
                                     .top = 5};
}

/* What `units` of the pigments and a shade look like on the trial's surface, drops all alike. */
static inline tns_spectrum seen_of(const trial *t, const int *units, int shade)
{
    double amounts[SHELF_MAX] = {0}, K[TNS_BANDS], S[TNS_BANDS];
    size_t n = t->s.palette.count - 1;
    for (size_t i = 0; i < n; i++) {
        amounts[i] = units[i];
        amounts[n] += shade * units[i];
    }
    tns_error err;
    ck_assert(tns_mixture_coefficients(&t->s.palette, amounts, K, S, &err));
    return tns_surface_reflectance(&t->surface, K, S);
}

static inline tns_match *solve(const trial *t)
{
    tns_error err;
    tns_match *match = tns_match_solve(&t->request, NULL, &err);
    ck_assert_msg(match != NULL, "%s", err.text);
    return match;
}

#endif
