/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include <tonsure/appraise.h>
#include <tonsure/difference.h>

#include "match/odds/doubt.h"
#include "match/odds/pour.h"
#include "match/odds/rooted.h"
#include "match/pot/expect.h"

/* Any would do; it is fixed, so that the same question has the same odds. */
static const uint64_t SEED = 2000;

/* No amount falls below nothing. */
static const double LEAST_AMOUNT = 0.01;

/* What is let vary beside the guess. */
typedef struct doubts {
    bool pouring, palette, readings;
} doubts;

/* All that a draw needs. */
typedef struct outlook {
    const tns_pot_job *job;
    const tns_pot_addition *addition;
    double amount[TNS_PARTS_MAX], spread[TNS_PARTS_MAX]; /* of the parts added, in units */
    int place[TNS_PARTS_MAX];    /* that part of the pot; -1 = in it is none */
    tns_mix unit[TNS_PARTS_MAX]; /* then: as the palette has it */
    tns_colorant_errors errors[TNS_PARTS_MAX];
    double target_root[3][3], measured_root[3][3];
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

static void fill_parts(outlook *o)
{
    const tns_pot_request *r = o->job->request;
    for (size_t i = 0; i < o->addition->part_count; i++) {
        const tns_recipe_part *part = &o->addition->parts[i];
        const tns_pigment *pigment = pigment_of(o, part->pigment);
        tns_component one = tns_component_make(r->palette, part->pigment, r->unit, NULL);
        o->unit[i] = tns_component_unit(&one);
        o->errors[i] = tns_colorant_errors_of(&r->palette->model, pigment);
        o->amount[i] = part->units;
        o->spread[i] = tns_pour_spread(&r->unit, pigment, part);
        o->place[i] = tns_pot_place(&o->job->pot, part->pigment);
    }
}

static void outlook_init(outlook *o, const tns_pot_job *job, const tns_pot_addition *addition)
{
    *o = (outlook){.job = job, .addition = addition};
    fill_parts(o);
    if (job->request->target_covariance)
        tns_root3(job->request->target_covariance, o->target_root);
    if (job->request->measured_covariance)
        tns_root3(job->request->measured_covariance, o->measured_root);
}

/* ---- one draw ---- */

/* Where a part of the pot is off, its ink may be so, or its count: what is added is as strong as it
 * acts, or as it should be, each in a quarter of the draws, or anything between. */
static double draw_strength(const outlook *o, const double *factor, int pigment, tns_random *random)
{
    double share = fmin(fmax(2 * tns_random_unit(random) - 0.5, 0), 1);
    return 1 + share * (tns_effective_most_strength(&o->job->pot, factor, pigment) - 1);
}

/* From the pot's own bottle, or from one of which only the palette tells. */
static tns_mix draw_unit(const outlook *o, const tns_guess *guess, size_t i, bool vary,
                         tns_random *random)
{
    if (o->place[i] >= 0)
        return guess->bottle[o->place[i]];
    tns_mix unit = o->unit[i];
    if (vary)
        tns_colorant_draw(&o->errors[i], random, &unit);
    return unit;
}

static void add_parts(const outlook *o, const tns_guess *guess, const doubts *vary,
                      tns_random *random, tns_mix *out)
{
    for (size_t i = 0; i < o->addition->part_count; i++) {
        int pigment = o->addition->parts[i].pigment;
        double strength = tns_effective_strength(&o->job->pot, guess->factor, pigment), scatter = 1;
        if (vary->pouring) {
            strength = draw_strength(o, guess->factor, pigment, random);
            scatter = fmax(1 + o->spread[i] * tns_draw_normal(random), LEAST_AMOUNT);
        }
        tns_mix unit = draw_unit(o, guess, i, vary->palette, random);
        tns_mix_add(out, o->amount[i] * strength * scatter, &unit);
    }
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

static outcome draw(const outlook *o, const tns_guess *guess, const doubts *vary,
                    tns_random *random)
{
    tns_mix mix;
    tns_pot_mix(&o->job->pot, guess->factor, guess->bottle, &mix);
    add_parts(o, guess, vary, random, &mix);
    tns_spectrum seen = tns_evidence_see(&o->job->evidence, &mix), untouched = guess->seen;
    draw_offset(o, vary->readings, random, &seen, &untouched);
    const tns_viewing *viewing = &o->job->request->viewings[0];
    outcome made = {tns_lab_from_spectrum(&seen, viewing), o->job->problem.goal.target[0],
                    tns_lab_from_spectrum(&untouched, viewing)};
    if (vary->readings)
        draw_readings(o, random, &made);
    return made;
}

/* ---- all of them ---- */

/* Root mean square of what the difference to the target moves by, the pot as guessed each time;
 * `guesses` NULL = as is likeliest. */
static double moved_by(const outlook *o, const tns_guess *guesses, const doubts *vary)
{
    double sum = 0;
    const tns_guess *likeliest = &o->job->guesses.likeliest;
    tns_random random = tns_random_make(SEED);
    outcome still = draw(o, likeliest, &(doubts){0}, &random);
    for (int n = 0; n < TNS_FEW_GUESSES; n++) {
        outcome one = draw(o, guesses ? &guesses[n] : likeliest, vary, &random);
        tns_lab moved = {one.seen.L - one.target.L + still.target.L,
                         one.seen.a - one.target.a + still.target.a,
                         one.seen.b - one.target.b + still.target.b};
        double de = tns_de00(still.seen, moved);
        sum += de * de;
    }
    return sqrt(sum / TNS_FEW_GUESSES);
}

/* A thousandth is more than so many draws tell. */
static double rounded(double value)
{
    return round(1000 * value) / 1000;
}

static void count_draws(const outlook *o, tns_pot_odds *out)
{
    const doubts all = {true, true, true};
    double de[TNS_GUESSES], within = 0, darker = 0, better = 0,
                            tolerance = o->job->problem.tolerance;
    tns_random random = tns_random_make(SEED);
    for (int n = 0; n < TNS_GUESSES; n++) {
        outcome one = draw(o, &o->job->guesses.all[n], &all, &random);
        de[n] = tns_de00(one.target, one.seen);
        within += de[n] <= tolerance;
        better += de[n] < tns_de00(one.target, one.untouched);
        darker += one.seen.L < one.target.L - TNS_DARKER_STEP;
    }
    out->p_within = rounded(within / TNS_GUESSES);
    out->p_darker = rounded(darker / TNS_GUESSES);
    out->p_better = rounded(better / TNS_GUESSES);
    out->de00_p95 = rounded(gsl_stats_select(de, 1, TNS_GUESSES, (size_t)(0.95 * TNS_GUESSES) - 1));
}

void tns_expect(const tns_pot_job *job, tns_pot_addition *addition)
{
    outlook o;
    tns_pot_odds *odds = &addition->odds;
    outlook_init(&o, job, addition);
    count_draws(&o, odds);
    const tns_guesses *g = &job->guesses;
    odds->by_pot = moved_by(&o, g->by_amounts, &(doubts){0});
    odds->by_pouring = moved_by(&o, NULL, &(doubts){.pouring = true});
    odds->by_palette = moved_by(&o, g->by_bottles, &(doubts){.palette = true});
    odds->by_reading = moved_by(&o, NULL, &(doubts){.readings = true});
}
