/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/difference.h>

#include "color/numeric.h"
#include "skin/learned.h"
#include "skin/ways.h"

enum { DRAWS = 512, AXES = 3 };

/* What layers of skin cannot say of a dot at all, in L*, a*, b*: keeps one reading from deciding.
 */
static const double MODEL_SPREAD = 1;

/* The lower root of a covariance of L*, a*, b*. */
typedef struct spread {
    double root[AXES][AXES];
} spread;

typedef struct learning {
    tns_viewing day;
    tns_healing way[DRAWS];
    double likely[DRAWS]; /* logarithms, then weights */
} learning;

static bool seen_of(const tns_followup *f, const tns_healing *way, const tns_viewing *day,
                    tns_lab *out, tns_error *err)
{
    tns_surface surface;
    if (!tns_surface_healed(f->palette, &f->skin, f->specular, way, &surface, err))
        return false;
    tns_spectrum seen = tns_surface_reflectance(&surface, f->K, f->S);
    *out = tns_lab_from_spectrum(&seen, day);
    return true;
}

/* Of one scalp about what its hand aims at, and of the reading: the root of their sum. */
static bool find_spread(const tns_followup *f, const tns_viewing *day, spread *out, tns_error *err)
{
    const tns_healing usual = tns_healing_typical(NULL);
    const tns_healing_terms told = {.depth_mm = usual.depth_mm, .deposit = usual.deposit};
    tns_healed *scalps = tns_healed_create(f->palette, &f->skin, f->specular, &told, err);
    tns_forecast one;
    bool done = scalps && tns_healed_forecast(scalps, f->K, f->S, day, &one, err);
    for (int i = 0, at = 0; done && i < AXES; i++)
        for (int k = i; k < AXES; k++, at++)
            out->root[k][i] =
                one.covariance[at] + f->covariance[at] + (i == k ? MODEL_SPREAD * MODEL_SPREAD : 0);
    tns_healed_destroy(scalps);
    return done && (tns_cholesky(&out->root[0][0], AXES, AXES, 1e-9) ||
                    tns_error_set(err, TNS_ERROR_USAGE,
                                  "follow-up: its covariance is no covariance of L*, a*, b*"));
}

static double squared_distance(const spread *by, tns_lab one, tns_lab other)
{
    const double off[AXES] = {one.L - other.L, one.a - other.a, one.b - other.b};
    double solved[AXES] = {off[0], off[1], off[2]};
    tns_cholesky_solve(&by->root[0][0], AXES, AXES, solved);
    return off[0] * solved[0] + off[1] * solved[1] + off[2] * solved[2];
}

/*
 * Of Student's t in three dimensions with so many degrees of freedom: a dot that was hit badly, or
 * that layers of skin do not describe, moves what is learned less than a Gaussian would have it.
 */
static double surprise(double squared)
{
    static const double FREEDOM = 4;
    return (FREEDOM + AXES) / 2 * log1p(squared / FREEDOM);
}

static bool weigh_by(learning *l, const tns_followup *f, tns_error *err)
{
    spread by = {{{0}}};
    if (!find_spread(f, &l->day, &by, err))
        return false;
    for (int i = 0; i < DRAWS; i++) {
        tns_lab told;
        if (!seen_of(f, &l->way[i], &l->day, &told, err))
            return false;
        l->likely[i] -= surprise(squared_distance(&by, f->seen, told));
    }
    return true;
}

static bool begin(learning *l, tns_error *err)
{
    const tns_healing_terms nothing = {0};
    double share[DRAWS][TNS_HEALING_FIGURES];
    memset(l, 0, sizeof *l);
    if (!tns_viewing_find("D65/10", &l->day, err))
        return false;
    if (!tns_healing_shares(DRAWS, nothing.seed, share))
        return tns_error_set(err, TNS_ERROR_MEMORY, "follow-up: out of memory");
    for (int i = 0; i < DRAWS; i++)
        l->way[i] = tns_healing_at(&nothing, share[i]);
    return true;
}

static void sum_up(const learning *l, tns_learned_healing *out)
{
    tns_weighed depth[DRAWS], load[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
        const tns_healing *way = &l->way[i];
        depth[i] = (tns_weighed){way->depth_mm, l->likely[i]};
        load[i] = (tns_weighed){way->deposit * way->retention, l->likely[i]};
    }
    out->depth_mm = tns_learned_range_of(depth, DRAWS);
    out->load = tns_learned_range_of(load, DRAWS);
    out->terms =
        (tns_healing_terms){.depth_mm = out->depth_mm.median,
                            .deposit = out->load.median / tns_healing_typical(NULL).retention};
}

static bool rms_off(const tns_followup *seen, size_t count, const tns_healing_terms *terms,
                    const tns_viewing *day, double *out, tns_error *err)
{
    const tns_healing way = tns_healing_typical(terms);
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        tns_lab told;
        if (!seen_of(&seen[i], &way, day, &told, err))
            return false;
        double de = tns_de00(seen[i].seen, told);
        sum += de * de;
    }
    *out = count ? sqrt(sum / (double)count) : 0;
    return true;
}

bool tns_healing_learn(const tns_followup *seen, size_t count, tns_learned_healing *out,
                       tns_error *err)
{
    learning l;
    tns_numeric_init();
    memset(out, 0, sizeof *out);
    if (!begin(&l, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!weigh_by(&l, &seen[i], err))
            return false;
    tns_weights_from_logs(l.likely, DRAWS);
    sum_up(&l, out);
    return rms_off(seen, count, NULL, &l.day, &out->de00_before, err) &&
           rms_off(seen, count, &out->terms, &l.day, &out->de00_after, err);
}
