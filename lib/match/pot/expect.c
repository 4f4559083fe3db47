/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include <tonsure/appraise.h>
#include <tonsure/difference.h>

#include "match/odds/doubt.h"
#include "match/odds/pour.h"
#include "match/odds/rooted.h"
#include "match/odds/stock.h"
#include "match/pot/expect.h"

/* The 475th of 500 has 95 % at or below it. Fewer do for a root mean square that is told roughly.
 */
enum { DRAWS = 500, FEW_DRAWS = 128 };

/* Any would do; it is fixed, so that the same question has the same odds. */
static const uint64_t SEED = 2000;

/* No amount falls below nothing. */
static const double LEAST_AMOUNT = 0.01;

/* What is let vary. */
typedef struct doubts {
    bool pot, pouring, palette, readings;
} doubts;

/* All that a draw needs. */
typedef struct outlook {
    const tns_pot_job *job;
    const tns_pot_addition *addition;
    double amount[TNS_PARTS_MAX], spread[TNS_PARTS_MAX]; /* of the parts added */
    int stock[TNS_PARTS_MAX];                            /* that part of the pot, or behind them */
    double root[TNS_ACCOUNTS_MAX][TNS_POT_MAX][TNS_POT_MAX];
    double target_root[3][3], measured_root[3][3];
    bool palette_is_doubtful;
} outlook;

/* One draw's color, and the target it is held against. */
typedef struct outcome {
    tns_lab seen, target, untouched; /* the last is the pot as it is */
} outcome;

/* ---- what may vary ---- */

static const tns_pigment *pigment_of(const outlook *o, int index)
{
    return &o->job->request->palette->pigments[index];
}

static int in_pot(const tns_pot *pot, int pigment)
{
    for (int i = 0; i < pot->count; i++)
        if (pot->components[i].pigment == pigment)
            return i;
    return -1;
}

static void fill_parts(outlook *o)
{
    const tns_pot_request *r = o->job->request;
    const tns_pot *pot = &o->job->pot;
    for (size_t i = 0; i < o->addition->part_count; i++) {
        const tns_recipe_part *part = &o->addition->parts[i];
        tns_component one = tns_component_make(r->palette, part->pigment, r->unit, NULL);
        int at = in_pot(pot, part->pigment);
        o->amount[i] = part->units * one.amount;
        o->spread[i] = tns_pour_spread(&r->unit, pigment_of(o, part->pigment), part);
        o->stock[i] = at < 0 ? pot->count + (int)i : at;
        o->palette_is_doubtful |= tns_doubt_is_stated(pigment_of(o, part->pigment));
    }
    for (int i = 0; i < pot->count; i++)
        o->palette_is_doubtful |= tns_doubt_is_stated(pigment_of(o, pot->components[i].pigment));
}

static void outlook_init(outlook *o, const tns_pot_job *job, const tns_pot_addition *addition)
{
    *o = (outlook){.job = job, .addition = addition};
    fill_parts(o);
    if (job->request->target_covariance)
        tns_root3(job->request->target_covariance, o->target_root);
    if (job->request->measured_covariance)
        tns_root3(job->request->measured_covariance, o->measured_root);
    for (int w = 0; w < job->accounts.count; w++)
        tns_effective_root(&job->accounts.account[w], job->pot.count, o->root[w]);
}

/* ---- one draw ---- */

static void draw_factors(const outlook *o, bool vary, tns_random *random, double *factor)
{
    double z[TNS_POT_MAX];
    const tns_accounts *accounts = &o->job->accounts;
    int n = o->job->pot.count,
        w = vary ? tns_accounts_pick(accounts, tns_random_unit(random)) : accounts->likeliest;
    for (int i = 0; i < n; i++)
        z[i] = vary ? tns_draw_normal(random) : 0;
    for (int i = 0; i < n; i++) {
        double log_step = 0;
        for (int k = 0; k <= i; k++)
            log_step += o->root[w][i][k] * z[k];
        factor[i] = accounts->account[w].factor[i] * exp(log_step);
    }
}

/* Of the pot's parts, then of those added; one for each pigment, twice where it is in both. */
static void draw_stocks(const outlook *o, bool vary, tns_random *random, tns_mix *stocks)
{
    const tns_pot *pot = &o->job->pot;
    double r = o->job->request->palette->model.band_correlation;
    int parts = (int)o->addition->part_count;
    for (int i = 0; i < pot->count + parts; i++) {
        int pigment = i < pot->count ? pot->components[i].pigment
                                     : o->addition->parts[i - pot->count].pigment;
        if (vary)
            tns_stock_draw(pigment_of(o, pigment), r, random, &stocks[i]);
        else
            tns_stock_nominal(pigment_of(o, pigment), &stocks[i]);
    }
}

static void mix_pot(const outlook *o, const double *factor, const tns_mix *stocks, tns_mix *out)
{
    const tns_pot *pot = &o->job->pot;
    *out = (tns_mix){0};
    for (int i = 0; i < pot->count; i++)
        tns_mix_add(out, pot->units[i] * pot->components[i].amount * factor[i], &stocks[i]);
}

/* Where a part of the pot is off, its ink may be so, or its count: what is added is as strong as it
 * acts, or as it should be, each in a quarter of the draws, or anything between. */
static double draw_strength(const outlook *o, const double *factor, int pigment, tns_random *random)
{
    double share = fmin(fmax(2 * tns_random_unit(random) - 0.5, 0), 1);
    return 1 + share * (tns_effective_most_strength(&o->job->pot, factor, pigment) - 1);
}

static void add_parts(const outlook *o, const double *factor, const tns_mix *stocks, bool vary,
                      tns_random *random, tns_mix *out)
{
    for (size_t i = 0; i < o->addition->part_count; i++) {
        int pigment = o->addition->parts[i].pigment;
        double strength = tns_effective_strength(&o->job->pot, factor, pigment), scatter = 1;
        if (vary) {
            strength = draw_strength(o, factor, pigment, random);
            scatter = fmax(1 + o->spread[i] * tns_draw_normal(random), LEAST_AMOUNT);
        }
        tns_mix_add(out, o->amount[i] * strength * scatter, &stocks[o->stock[i]]);
    }
}

static tns_spectrum look(const outlook *o, const tns_mix *mix)
{
    tns_coefficients c;
    tns_mix_coefficients(mix, &c);
    return tns_surface_reflectance(o->job->request->surface, c.K, c.S);
}

/* What the drawn palette gets wrong of the pot that was read is not wrong: it was read. */
static void take_off_what_was_read(const outlook *o, const double *factor, const tns_mix *drawn,
                                   const tns_spectrum *meant, tns_spectrum *seen)
{
    tns_mix moved;
    mix_pot(o, factor, drawn, &moved);
    tns_spectrum is = look(o, &moved);
    for (int b = 0; b < TNS_BANDS; b++)
        seen->value[b] = fmax(seen->value[b] + meant->value[b] - is.value[b], 0);
}

/* What stands in every prediction, and how sure that is. */
static void draw_offset(const outlook *o, bool vary, tns_random *random, tns_spectrum *seen,
                        tns_spectrum *untouched)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        double offset = o->job->offset[b];
        if (vary && o->job->offset_sd > 0)
            offset += o->job->offset_sd * tns_draw_normal(random);
        seen->value[b] += offset;
        untouched->value[b] += offset;
    }
}

static void move(const double root[3][3], tns_random *random, tns_lab *lab)
{
    for (int k = 0; k < 3; k++) {
        double z = tns_draw_normal(random);
        lab->L += root[k][0] * z;
        lab->a += root[k][1] * z;
        lab->b += root[k][2] * z;
    }
}

static tns_spectrum look_as_it_is(const outlook *o, const double *factor)
{
    tns_mix mix;
    tns_pot_mix(&o->job->pot, factor, &mix);
    return look(o, &mix);
}

/* The reading's error moves the pot, with an addition and without. */
static void draw_readings(const outlook *o, tns_random *random, outcome *made)
{
    tns_lab still = made->seen;
    move(o->measured_root, random, &made->seen);
    made->untouched.L += made->seen.L - still.L;
    made->untouched.a += made->seen.a - still.a;
    made->untouched.b += made->seen.b - still.b;
    move(o->target_root, random, &made->target);
}

static outcome draw(const outlook *o, const doubts *vary, tns_random *random)
{
    double factor[TNS_POT_MAX];
    tns_mix stocks[TNS_POT_MAX + TNS_PARTS_MAX], mix;
    bool palette = vary->palette && o->palette_is_doubtful;
    draw_factors(o, vary->pot, random, factor);
    draw_stocks(o, palette, random, stocks);
    mix_pot(o, factor, stocks, &mix);
    add_parts(o, factor, stocks, vary->pouring, random, &mix);
    tns_spectrum seen = look(o, &mix), untouched = look_as_it_is(o, factor);
    if (palette)
        take_off_what_was_read(o, factor, stocks, &untouched, &seen);
    draw_offset(o, vary->readings, random, &seen, &untouched);
    const tns_viewing *viewing = &o->job->request->viewings[0];
    outcome made = {tns_lab_from_spectrum(&seen, viewing), o->job->problem.goal.target[0],
                    tns_lab_from_spectrum(&untouched, viewing)};
    if (vary->readings)
        draw_readings(o, random, &made);
    return made;
}

/* ---- all of them ---- */

/* Root mean square of what the difference to the target moves by. */
static double moved_by(const outlook *o, const doubts *vary)
{
    double sum = 0;
    tns_random random = tns_random_make(SEED);
    const doubts none = {0};
    outcome still = draw(o, &none, &random);
    for (int n = 0; n < FEW_DRAWS; n++) {
        outcome one = draw(o, vary, &random);
        tns_lab moved = {one.seen.L - one.target.L + still.target.L,
                         one.seen.a - one.target.a + still.target.a,
                         one.seen.b - one.target.b + still.target.b};
        double de = tns_de00(still.seen, moved);
        sum += de * de;
    }
    return sqrt(sum / FEW_DRAWS);
}

/* A thousandth is more than so many draws tell. */
static double rounded(double value)
{
    return round(1000 * value) / 1000;
}

static void count_draws(const outlook *o, tns_pot_odds *out)
{
    const doubts all = {true, true, true, true};
    double de[DRAWS], within = 0, darker = 0, better = 0, tolerance = o->job->problem.tolerance;
    tns_random random = tns_random_make(SEED);
    for (int n = 0; n < DRAWS; n++) {
        outcome one = draw(o, &all, &random);
        de[n] = tns_de00(one.target, one.seen);
        within += de[n] <= tolerance;
        better += de[n] < tns_de00(one.target, one.untouched);
        darker += one.seen.L < one.target.L - TNS_DARKER_STEP;
    }
    out->p_within = rounded(within / DRAWS);
    out->p_darker = rounded(darker / DRAWS);
    out->p_better = rounded(better / DRAWS);
    out->de00_p95 = rounded(gsl_stats_select(de, 1, DRAWS, (size_t)(0.95 * DRAWS) - 1));
}

void tns_expect(const tns_pot_job *job, tns_pot_addition *addition)
{
    outlook o;
    tns_pot_odds *odds = &addition->odds;
    outlook_init(&o, job, addition);
    count_draws(&o, odds);
    odds->by_pot = moved_by(&o, &(doubts){.pot = true});
    odds->by_pouring = moved_by(&o, &(doubts){.pouring = true});
    odds->by_palette = moved_by(&o, &(doubts){.palette = true});
    odds->by_reading = moved_by(&o, &(doubts){.readings = true});
}
