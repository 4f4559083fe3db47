/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pours as they happen, drawn one by one: true K and S from what the palette says of them, every
 * drop's volume, the target's error; then the full model and the true CIEDE2000. Nothing of this is
 * shared with what states the odds.
 */
#ifndef MATCH_POURS_H
#define MATCH_POURS_H

#include <tonsure/appraise.h>
#include <tonsure/difference.h>

#include "shelf.h"

enum { POURED_MAX = 5, POUR_SURFACES = 3 };

/* A recipe over a palette, and what it is to be like. */
typedef struct pouring {
    const tns_palette *palette;
    tns_surface surfaces[POUR_SURFACES];
    size_t surface_count;
    tns_viewing viewing;
    tns_lab target;
    double target_sd[3]; /* L*, a*, b*, independent */
    double tolerance;
    tns_reducer reducer;
    tns_unit unit;
    int count;
    int pigment[POURED_MAX], units[POURED_MAX];
    int shade;
    uint64_t state;
} pouring;

static inline double nominal_ml(const pouring *p, int i)
{
    const tns_pigment *stock = &p->palette->pigments[p->pigment[i]];
    return p->unit.kind == TNS_UNIT_ML     ? p->units[i] * p->unit.size
           : p->unit.kind == TNS_UNIT_GRAM ? p->units[i] * p->unit.size / tns_pigment_density(stock)
                                           : p->units[i] * tns_pigment_drop_ml(stock);
}

/* By the palette's basis. */
static inline double amount_of(const pouring *p, int pigment, double ml)
{
    return p->palette->model.basis == TNS_BY_MASS
               ? ml * tns_pigment_density(&p->palette->pigments[pigment])
               : ml;
}

static inline double water_ml(const pouring *p)
{
    double ml = 0;
    for (int i = 0; i < p->count; i++)
        ml += p->shade * nominal_ml(p, i);
    return ml;
}

/* Errors over the bands, each of unit deviation, r from neighbour to neighbour. */
static inline void draw_field(uint64_t *state, double r, double *out)
{
    for (int b = 0; b < TNS_BANDS; b++)
        out[b] =
            b == 0 ? draw_normal(state) : r * out[b - 1] + sqrt(1 - r * r) * draw_normal(state);
}

static inline void draw_stock(pouring *p, const tns_pigment *stock, double *K, double *S)
{
    double first[TNS_BANDS], second[TNS_BANDS];
    draw_field(&p->state, stock->has_covariance ? p->palette->model.band_correlation : 1, first);
    draw_field(&p->state, stock->has_covariance ? p->palette->model.band_correlation : 1, second);
    for (int b = 0; b < TNS_BANDS; b++) {
        double rho = stock->KS_correlation[b];
        double k = stock->uncertainty, s = stock->uncertainty;
        if (stock->has_covariance) {
            k = stock->K_sd[b] / stock->K[b];
            s = stock->S_sd[b] / stock->S[b];
        }
        K[b] = stock->K[b] * exp(k * first[b]);
        S[b] = stock->S[b] * exp(s * (rho * first[b] + sqrt(1 - rho * rho) * second[b]));
    }
}

/* What really comes out for so many units. */
static inline double draw_ml(pouring *p, int i)
{
    const tns_pigment *stock = &p->palette->pigments[p->pigment[i]];
    double ml = 0, cv = stock->drop_cv > 0 ? stock->drop_cv : 0.05, meant = nominal_ml(p, i);
    if (p->unit.kind == TNS_UNIT_ML) /* the syringe's own error, and where its plunger stops */
        return meant * (1 + 0.05 * (2 * draw(&p->state) - 1)) +
               p->unit.size * (draw(&p->state) + draw(&p->state) - 1) / 2;
    if (p->unit.kind == TNS_UNIT_GRAM)
        return meant + (draw(&p->state) - 0.5) * p->unit.size / tns_pigment_density(stock);
    double size = stock->drop_ml > 0 ? stock->drop_ml : 0.04 * (1 + 0.1 * draw_normal(&p->state));
    for (int d = 0; d < p->units[i]; d++)
        ml += fmax(size * (1 + cv * draw_normal(&p->state)), 0);
    return ml;
}

static inline double draw_water_ml(pouring *p)
{
    double ml = water_ml(p);
    if (p->unit.kind == TNS_UNIT_GRAM)
        return ml;
    if (p->unit.kind == TNS_UNIT_ML)
        ml += p->unit.size * (draw(&p->state) + draw(&p->state) - 1) / 2;
    return ml * (1 + 0.05 * (2 * draw(&p->state) - 1));
}

/* A sum of amounts with their K and S. */
typedef struct blend {
    double amount, K[TNS_BANDS], S[TNS_BANDS];
} blend;

static inline void add_stock(double amount, const double *K, const double *S, blend *mix)
{
    mix->amount += amount;
    for (int b = 0; b < TNS_BANDS; b++) {
        mix->K[b] += amount * K[b];
        mix->S[b] += amount * S[b];
    }
}

/* The mixture as meant, or as it comes. */
static inline blend pour_once(pouring *p, bool as_meant)
{
    blend mix = {0};
    int water = tns_palette_diluent(p->palette);
    for (int i = 0; i < p->count; i++) {
        double K[TNS_BANDS], S[TNS_BANDS];
        const tns_pigment *stock = &p->palette->pigments[p->pigment[i]];
        memcpy(K, stock->K, sizeof K);
        memcpy(S, stock->S, sizeof S);
        if (!as_meant)
            draw_stock(p, stock, K, S);
        double ml = as_meant ? nominal_ml(p, i) : draw_ml(p, i);
        add_stock(amount_of(p, p->pigment[i], ml), K, S, &mix);
    }
    if (p->shade > 0) {
        double ml = as_meant ? water_ml(p) : draw_water_ml(p);
        const tns_pigment *stock = &p->palette->pigments[water];
        add_stock(amount_of(p, water, ml), stock->K, stock->S, &mix);
    }
    return mix;
}

static inline tns_spectrum seen_on(const pouring *p, size_t surface, const blend *mix)
{
    double K[TNS_BANDS], S[TNS_BANDS];
    for (int b = 0; b < TNS_BANDS; b++) {
        K[b] = mix->K[b] / mix->amount;
        S[b] = mix->S[b] / mix->amount;
    }
    return tns_surface_reflectance(&p->surfaces[surface], K, S);
}

static inline tns_lab color_on(const pouring *p, size_t surface, const blend *mix)
{
    tns_spectrum seen = seen_on(p, surface, mix);
    return tns_lab_from_spectrum(&seen, &p->viewing);
}

/* dE00 of one pour from what was really wanted, and how much lighter it came out. */
static inline double miss(pouring *p, double *lighter)
{
    blend mix = pour_once(p, false);
    tns_lab wanted = p->target;
    wanted.L += p->target_sd[0] * draw_normal(&p->state);
    wanted.a += p->target_sd[1] * draw_normal(&p->state);
    wanted.b += p->target_sd[2] * draw_normal(&p->state);
    double sum = 0, most = 0, L = 0;
    for (size_t s = 0; s < p->surface_count; s++) {
        tns_lab lab = color_on(p, s, &mix);
        double de = tns_de00(wanted, lab);
        sum += de * de / (double)p->surface_count;
        most = fmax(most, de);
        L += lab.L / (double)p->surface_count;
    }
    *lighter = L - wanted.L;
    return p->reducer == TNS_REDUCE_MAX ? most : sqrt(sum);
}

/* The recipe as a match lists it. */
static inline tns_recipe recipe_of(const pouring *p)
{
    tns_recipe recipe = {.part_count = (size_t)p->count, .shade = p->shade};
    double water = p->shade > 0 ? amount_of(p, tns_palette_diluent(p->palette), water_ml(p)) : 0;
    double whole = water;
    for (int i = 0; i < p->count; i++)
        whole += amount_of(p, p->pigment[i], nominal_ml(p, i));
    for (int i = 0; i < p->count; i++) {
        double ml = nominal_ml(p, i);
        recipe.parts[i] =
            (tns_recipe_part){p->pigment[i], p->units[i], amount_of(p, p->pigment[i], ml) / whole,
                              ml, ml * tns_pigment_density(&p->palette->pigments[p->pigment[i]])};
    }
    if (p->shade > 0)
        recipe.diluent = (tns_recipe_part){.pigment = tns_palette_diluent(p->palette),
                                           .fraction = water / whole,
                                           .ml = water_ml(p),
                                           .g = water_ml(p)};
    return recipe;
}

static inline tns_odds odds_of(const pouring *p)
{
    tns_error err;
    tns_recipe recipe = recipe_of(p);
    const double c[6] = {p->target_sd[0] * p->target_sd[0], 0, 0,
                         p->target_sd[1] * p->target_sd[1], 0, p->target_sd[2] * p->target_sd[2]};
    tns_match match = {.recipe_count = 1, .recipes = &recipe, .in_gamut = true};
    const tns_match_request request = {.palette = p->palette,
                                       .surfaces = p->surfaces,
                                       .surface_count = p->surface_count,
                                       .reducer = p->reducer,
                                       .viewings = &p->viewing,
                                       .weights = {1},
                                       .viewing_count = 1,
                                       .unit = p->unit,
                                       .tolerance = p->tolerance,
                                       .threads = 1};
    const tns_appraise_terms terms = {.target = &p->target, .target_covariance = c};
    ck_assert_msg(tns_match_appraise(&request, &terms, NULL, &match, &err), "%s", err.text);
    ck_assert(recipe.has_odds);
    return recipe.odds;
}

#endif
