/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pots poured from a made-up shelf, with their drops' scatter, and read with noise. */
#ifndef MATCH_POT_H
#define MATCH_POT_H

#include <tonsure/correct.h>
#include <tonsure/difference.h>

#include "shelf.h"

/* A pot, what is really in it, and all that a request points to. */
typedef struct trial {
    shelf s;
    tns_surface surface;
    tns_viewing viewings[3];
    double really[SHELF_MAX]; /* ml, of each of the shelf */
    tns_pot_request request;
    uint64_t state;
} trial;

static inline tns_spectrum skin_like(void)
{
    tns_spectrum skin = tns_spectrum_constant(0);
    for (int b = 0; b < TNS_BANDS; b++)
        skin.value[b] = 0.2 + 0.012 * b;
    return skin;
}

static inline tns_spectrum seen_of(const trial *t, const double *amounts)
{
    double K[TNS_BANDS], S[TNS_BANDS];
    tns_error err;
    ck_assert_msg(tns_mixture_coefficients(&t->s.palette, amounts, K, S, &err), "%s", err.text);
    return tns_surface_reflectance(&t->surface, K, S);
}

/* Whole drops of `parts` pigments (the first of the shelf), and water on a film. */
static inline void start(trial *t, int pigments, int parts, bool film, uint64_t seed)
{
    tns_error err;
    tns_spectrum skin = skin_like();
    memset(t, 0, sizeof *t);
    t->state = seed;
    fill_shelf(&t->s, pigments, true, TNS_BY_VOLUME, &t->state);
    vary_drops(&t->s, &t->state);
    t->surface = tns_surface_opaque(&t->s.palette);
    if (film)
        ck_assert(tns_surface_film(&t->s.palette, &skin, 1, &t->surface, &err));
    t->viewings[0] = viewing_of("D65/10");
    t->viewings[1] = viewing_of("A/10");
    t->viewings[2] = viewing_of("F11/10");
    t->request = (tns_pot_request){.palette = &t->s.palette,
                                   .surface = &t->surface,
                                   .viewings = t->viewings,
                                   .weights = {1, 0.25, 0.25},
                                   .viewing_count = 3};
    tns_pot_request *r = &t->request;
    for (int i = 0; i < parts; i++) {
        r->parts[r->part_count] = i;
        r->units[r->part_count++] = draw_int(&t->state, 5, 15);
    }
    if (film) {
        r->parts[r->part_count] = pigments;
        r->units[r->part_count++] = 10.0 * parts;
    }
}

static inline double drop_of(const trial *t, int pigment)
{
    return tns_pigment_drop_ml(&t->s.pigments[pigment]);
}

/* Pours the pot: each drop has a scatter of its own. */
static inline void pour(trial *t, double drop_scatter)
{
    const tns_pot_request *r = &t->request;
    memset(t->really, 0, sizeof t->really);
    for (size_t i = 0; i < r->part_count; i++) {
        double share = 1 + drop_scatter * draw_normal(&t->state);
        t->really[r->parts[i]] = r->units[i] * share * drop_of(t, r->parts[i]);
    }
}

static inline void read_pot(trial *t, double noise)
{
    t->request.measured = seen_of(t, t->really);
    for (int b = 0; b < TNS_BANDS; b++)
        t->request.measured.value[b] =
            fmax(t->request.measured.value[b] + noise * draw_normal(&t->state), 1e-4);
}

/* What the recipe would be with nothing poured wrongly, and some more units: a target in reach. */
static inline void aim(trial *t, const int *extra)
{
    double amounts[SHELF_MAX] = {0};
    const tns_pot_request *r = &t->request;
    for (size_t i = 0; i < r->part_count; i++)
        amounts[r->parts[i]] += r->units[i] * drop_of(t, r->parts[i]);
    for (size_t i = 0; i < t->s.palette.count; i++)
        amounts[i] += extra[i] * drop_of(t, (int)i);
    t->request.target = seen_of(t, amounts);
}

/* The true color of the pot with an addition, against the target under the first lamp. */
static inline double true_de00(const trial *t, const tns_pot_addition *addition)
{
    double amounts[SHELF_MAX];
    memcpy(amounts, t->really, sizeof amounts);
    for (size_t i = 0; addition && i < addition->part_count; i++)
        amounts[addition->parts[i].pigment] += addition->parts[i].ml;
    tns_spectrum seen = seen_of(t, amounts);
    return tns_de00(tns_lab_from_spectrum(&t->request.target, &t->viewings[0]),
                    tns_lab_from_spectrum(&seen, &t->viewings[0]));
}

static inline tns_pot_correction *correct(const trial *t)
{
    tns_error err;
    tns_pot_correction *made = tns_pot_correct(&t->request, NULL, &err);
    ck_assert_msg(made != NULL, "%s", err.text);
    return made;
}

/* What is added to a pot, and its odds. */
static inline const tns_pot_addition *advised(const tns_pot_correction *made)
{
    ck_assert_uint_ge(made->addition_count, 1);
    return &made->additions[0];
}

#endif
