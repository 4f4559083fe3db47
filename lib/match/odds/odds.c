/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_statistics_double.h>

#include <tonsure/difference.h>

#include "match/odds/odds.h"
#include "match/odds/response.h"
#include "match/odds/rooted.h"
#include "match/odds/rough.h"

/* Independent errors of the target; a doubt's column follows theirs. */
enum { TARGET = 3, SOURCES_MAX = TARGET + TNS_DOUBTS_MAX };

/* Odds below this are poor. */
static const double POOR = 0.5;

/* ---- what all recipes share ---- */

static bool share_weights(tns_odds_job *job, tns_error *err)
{
    const tns_match_request *r = job->request;
    double sum = 0;
    job->weights = malloc(r->surface_count * sizeof *job->weights);
    if (!job->weights)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu surfaces",
                             r->surface_count);
    for (size_t s = 0; s < r->surface_count; s++)
        sum += job->weights[s] = r->surface_weights ? r->surface_weights[s] : 1;
    for (size_t s = 0; s < r->surface_count; s++)
        job->weights[s] /= sum;
    return tns_panel_init(&job->panel, r->surfaces, job->weights, r->surface_count) ||
           tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu surfaces",
                         r->surface_count);
}

/* The surface that a draw comes to lie on: the first so many by weight. `up_to` = of each and those
 * before it. */
static size_t surface_of(const double *up_to, size_t count, double share)
{
    size_t first = 0, last = count - 1;
    while (first < last) {
        size_t middle = (first + last) / 2;
        if (share < up_to[middle])
            last = middle;
        else
            first = middle + 1;
    }
    return first;
}

static bool lay(tns_odds_job *job, tns_error *err)
{
    if (job->request->reducer != TNS_REDUCE_BLEND)
        return true;
    size_t count = job->request->surface_count;
    double *up_to = malloc(count * sizeof *up_to), sum = 0;
    job->lies_on = malloc(TNS_DRAWS * sizeof *job->lies_on);
    bool done = (up_to && job->lies_on) ||
                tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for odds");
    for (size_t s = 0; done && s < count; s++)
        up_to[s] = sum += job->weights[s];
    for (int n = 0; done && n < TNS_DRAWS; n++)
        job->lies_on[n] = surface_of(up_to, count, job->draws.share[n]);
    free(up_to);
    return done;
}

bool tns_odds_begin(tns_odds_job *job, const tns_match_request *request,
                    const tns_appraise_terms *terms, size_t most_parts, tns_error *err)
{
    *job = (tns_odds_job){
        .request = request,
        .tolerance = request->tolerance > 0 ? request->tolerance : TNS_DEFAULT_TOLERANCE,
        .target = terms && terms->target
                      ? *terms->target
                      : tns_lab_from_spectrum(&request->target, &request->viewings[0])};
    if (terms && terms->target_covariance)
        tns_root3(terms->target_covariance, job->target_step);
    int columns = TARGET + 4 * (int)most_parts + 1; /* the shares: which surface of a blend */
    if (share_weights(job, err) && tns_draws_init(&job->draws, columns, err) && lay(job, err))
        return true;
    tns_odds_finish(job);
    return false;
}

void tns_odds_finish(tns_odds_job *job)
{
    tns_panel_finish(&job->panel);
    free(job->lies_on);
    free(job->weights);
    job->lies_on = NULL;
    job->weights = NULL;
    tns_draws_finish(&job->draws);
}

/* ---- what moves the color ---- */

/* Each source's squared dE00 of one deviation. */
typedef struct sources {
    int count;
    double square[SOURCES_MAX];
    int column[SOURCES_MAX]; /* of the draws */
} sources;

static double target_square(const tns_odds_job *job, int k)
{
    const double *step = job->target_step[k];
    tns_lab t = job->target, off = {t.L + step[0], t.a + step[1], t.b + step[2]};
    double de = tns_de00(t, off);
    return de * de;
}

/* The first columns are spread most evenly together, so the largest sources get them. */
static sources sources_of(const tns_odds_job *job, const tns_response *response)
{
    sources s = {.count = TARGET + response->count};
    for (int i = 0; i < s.count; i++)
        s.square[i] =
            i < TARGET ? target_square(job, i) : tns_response_square(response, i - TARGET);
    for (int i = 0; i < s.count; i++)
        for (int k = 0; k < s.count; k++)
            s.column[i] += s.square[k] > s.square[i] || (s.square[k] == s.square[i] && k < i);
    return s;
}

static void blame(const sources *s, const tns_response *response, tns_odds *out)
{
    double pouring = 0, palette = 0, target = 0;
    for (int i = 0; i < s->count; i++) {
        bool amount = i >= TARGET && response->doubt[i - TARGET].kind == TNS_DOUBT_AMOUNT;
        *(i < TARGET ? &target : amount ? &pouring : &palette) += s->square[i];
    }
    out->by_pouring = sqrt(pouring);
    out->by_palette = sqrt(palette);
    out->by_target = sqrt(target);
}

static void feel(const tns_response *response, const tns_recipe *recipe, tns_odds *out)
{
    int n = (int)recipe->part_count;
    for (int i = 0; i < n; i++)
        if (recipe->parts[i].units > 0)
            out->one_more[i] =
                tns_response_to_amount(response, i, 1 + 1.0 / recipe->parts[i].units);
    if (response->pour.count > n && recipe->shade > 0)
        out->one_more_diluent = tns_response_to_amount(response, n, 1 + 1.0 / recipe->shade);
}

/* ---- draws ---- */

static void start_at(const double still[3], tns_lab *out)
{
    for (int n = 0; n < TNS_DRAWS; n++)
        out[n] = (tns_lab){still[0], still[1], still[2]};
}

static tns_lab moved(tns_lab from, const tns_parabola *by, double z)
{
    return (tns_lab){from.L + z * (by->slope[0] + by->bend[0] * z),
                     from.a + z * (by->slope[1] + by->bend[1] * z),
                     from.b + z * (by->slope[2] + by->bend[2] * z)};
}

static void add(const double *z, const tns_parabola *by, tns_lab *out)
{
    for (int n = 0; n < TNS_DRAWS; n++)
        out[n] = moved(out[n], by, z[n]);
}

static void draw_target(const tns_odds_job *job, const sources *s, tns_lab *out)
{
    const double still[3] = {job->target.L, job->target.a, job->target.b};
    start_at(still, out);
    for (int k = 0; k < TARGET; k++) {
        tns_parabola line = {{0}, {0}};
        memcpy(line.slope, job->target_step[k], sizeof line.slope);
        if (s->square[k] > 0)
            add(tns_draws_column(&job->draws, s->column[k]), &line, out);
    }
}

static void draw_pours(const tns_odds_job *job, const sources *s, const tns_curves *on,
                       tns_lab *out)
{
    start_at(on->start, out);
    for (int i = TARGET; i < s->count; i++)
        add(tns_draws_column(&job->draws, s->column[i]), &on->by[i - TARGET], out);
}

/* The same of a blend: each draw on the surface that it lies on. */
static void draw_blend(const tns_odds_job *job, const sources *s, const tns_curves *on,
                       tns_lab *out)
{
    const double *z[SOURCES_MAX];
    for (int i = TARGET; i < s->count; i++)
        z[i] = tns_draws_column(&job->draws, s->column[i]);
    for (int n = 0; n < TNS_DRAWS; n++) {
        const tns_curves *here = &on[job->lies_on[n]];
        tns_lab at = {here->start[0], here->start[1], here->start[2]};
        for (int i = TARGET; i < s->count; i++)
            at = moved(at, &here->by[i - TARGET], z[i][n]);
        out[n] = at;
    }
}

/* The pours on each surface, surface after surface, or those of a blend; free() them. */
static tns_lab *pours_of(const tns_odds_job *job, const sources *s, const tns_response *response)
{
    size_t surfaces = job->lies_on ? 1 : job->request->surface_count;
    tns_lab *pours = malloc(surfaces * TNS_DRAWS * sizeof *pours);
    double square = 0;
    for (int i = TARGET; i < s->count; i++)
        square += s->square[i];
    if (pours && tns_rough_is_needed(response, square))
        tns_rough_pours(response, &job->draws, &s->column[TARGET], job->lies_on, pours);
    else if (pours && job->lies_on)
        draw_blend(job, s, response->on, pours);
    else
        for (size_t i = 0; pours && i < surfaces; i++)
            draw_pours(job, s, &response->on[i], pours + i * TNS_DRAWS);
    return pours;
}

/* Of each draw of a blend. */
static void measure_one(const tns_odds_job *job, const sources *s, const tns_lab *pours,
                        double *squared, double *lighter)
{
    tns_lab target[TNS_DRAWS];
    double de[TNS_DRAWS];
    draw_target(job, s, target);
    tns_de00_pairs(target, pours, TNS_DRAWS, de);
    for (int n = 0; n < TNS_DRAWS; n++) {
        squared[n] = de[n] * de[n];
        lighter[n] = pours[n].L - target[n].L;
    }
}

/* Of each draw the squared difference and, of the mean over the surfaces, how much lighter than
 * the target it is. */
static void measure(const tns_odds_job *job, const sources *s, const tns_lab *pours,
                    double *squared, double *lighter)
{
    bool max = job->request->reducer == TNS_REDUCE_MAX;
    tns_lab target[TNS_DRAWS];
    double de[TNS_DRAWS];
    draw_target(job, s, target);
    for (int n = 0; n < TNS_DRAWS; n++) {
        squared[n] = 0;
        lighter[n] = -target[n].L;
    }
    for (size_t i = 0; i < job->request->surface_count; i++, pours += TNS_DRAWS) {
        double weight = job->weights[i];
        tns_de00_pairs(target, pours, TNS_DRAWS, de);
        for (int n = 0; n < TNS_DRAWS; n++) {
            double here = de[n] * de[n];
            squared[n] = max ? fmax(squared[n], here) : squared[n] + weight * here;
            lighter[n] += weight * pours[n].L;
        }
    }
}

static double share_below(const double *values, double limit)
{
    int count = 0;
    for (int n = 0; n < TNS_DRAWS; n++)
        count += values[n] <= limit;
    return (double)count / TNS_DRAWS;
}

/* A thousandth is more than so many draws tell. */
static double rounded(double value)
{
    return round(1000 * value) / 1000;
}

static void count_draws(const tns_odds_job *job, const sources *s, const tns_lab *pours,
                        tns_odds *out)
{
    double squared[TNS_DRAWS], lighter[TNS_DRAWS];
    if (job->request->reducer == TNS_REDUCE_BLEND)
        measure_one(job, s, pours, squared, lighter);
    else
        measure(job, s, pours, squared, lighter);
    out->p_within = rounded(share_below(squared, job->tolerance * job->tolerance));
    out->p_darker = rounded(share_below(lighter, -TNS_DARKER_STEP));
    /* the 973rd of 1024 has 972.5/1024 = 0.950 at or below its middle */
    out->de00_p95 =
        rounded(sqrt(gsl_stats_select(squared, 1, TNS_DRAWS, (size_t)(0.95 * TNS_DRAWS))));
}

/* ---- warnings ---- */

/* The part whose amounts, or whose K and S, move the color most; NULL = none does. */
static const tns_pigment *worst(const sources *s, const tns_response *response, bool amounts)
{
    double by[TNS_POUR_PARTS] = {0}, most = 0;
    const tns_pigment *found = NULL;
    for (int d = 0; d < response->count; d++) {
        const tns_doubt *doubt = &response->doubt[d];
        if ((doubt->kind == TNS_DOUBT_AMOUNT) == amounts)
            by[doubt->part] += s->square[TARGET + d];
    }
    for (int i = 0; i < response->pour.count; i++)
        if (by[i] > most) {
            most = by[i];
            found = response->pour.pigment[i];
        }
    return found;
}

static void warn_of_coarseness(const tns_pigment *pigment, tns_unit_kind unit, tns_warnings *out)
{
    if (pigment->kind == TNS_DILUENT)
        tns_warn(out, "%s: its measure shows here: mix a larger batch", pigment->id);
    else if (unit == TNS_UNIT_DROP && !(pigment->drop_ml > 0))
        tns_warn(out,
                 "%s: a drop is too coarse here: weigh its drops, mix a larger batch or "
                 "pre-dilute",
                 pigment->id);
    else
        tns_warn(out, "%s: a %s is too coarse here: mix a larger batch or pre-dilute", pigment->id,
                 unit == TNS_UNIT_DROP ? "drop" : "tick");
}

/* What spoils the odds, if anything does that a person can mend. */
static void warn(const tns_odds_job *job, const sources *s, const tns_response *response,
                 tns_recipe *recipe)
{
    const tns_odds *o = &recipe->odds;
    double most = fmax(fmax(o->by_pouring, o->by_healing), fmax(o->by_palette, o->by_target));
    bool poor = o->p_within < POOR && recipe->de00[0] <= job->tolerance;
    if (2 * o->by_pouring > job->tolerance || (poor && o->by_pouring == most))
        warn_of_coarseness(worst(s, response, true), job->request->unit.kind, &recipe->warnings);
    if (poor && o->by_palette == most)
        tns_warn(&recipe->warnings,
                 "%s: too little is known of its color: measure a ladder of it "
                 "(palette ladder)",
                 worst(s, response, false)->id);
    if (poor && o->by_target == most)
        tns_warn(&recipe->warnings, "the target is not known well enough for better odds: read it "
                                    "again");
    if (poor && o->by_healing > 0 && o->by_healing == most)
        tns_warn(&recipe->warnings, "how it heals moves it most: depth_mm and deposit, if known, "
                                    "narrow it");
}

/* How it heals, with nothing else off. */
static bool tell_healing(const tns_odds_job *job, const tns_response *response, tns_recipe *recipe)
{
    tns_odds *odds = &recipe->odds;
    if (job->request->reducer != TNS_REDUCE_BLEND)
        return true;
    odds->by_healing = sqrt(tns_response_spread(response, recipe->color[0].lab));
    return tns_response_span(response, &odds->low, &odds->high);
}

bool tns_odds_state(const tns_odds_job *job, tns_recipe *recipe, tns_error *err)
{
    tns_response response;
    if (!tns_response_init(&response, job->request, &job->panel, recipe, err))
        return false;
    sources s = sources_of(job, &response);
    tns_lab *pours = pours_of(job, &s, &response);
    recipe->has_odds = pours && tell_healing(job, &response, recipe);
    if (recipe->has_odds) {
        count_draws(job, &s, pours, &recipe->odds);
        blame(&s, &response, &recipe->odds);
        feel(&response, recipe, &recipe->odds);
        warn(job, &s, &response, recipe);
    }
    free(pours);
    tns_response_finish(&response);
    return recipe->has_odds ||
           tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for the draws of odds");
}
