/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/bound/bound.h"
#include "match/bound/stand_in.h"

/*
 * So many boxes are bounded without linked bands, and with rough tables; their making takes as long
 * as some thousand boxes, and as some ten thousand. Opaque boxes are fewer, and cheaper to bound.
 */
static const tns_linked_stage film_stages[TNS_LINKED_STAGES] = {
    {8000, {24, 128}}, {60000, {TNS_LINKED_STEPS, TNS_LINKED_CELLS}}};
static const tns_linked_stage opaque_stages[TNS_LINKED_STAGES] = {
    {4000, {24, 64}}, {500000, {TNS_LINKED_STEPS, TNS_LINKED_CELLS}}};

/* What rounding may cost L*, besides what the screen knows; the same as the goal allows. */
static const double DARKER_SLACK = 1e-9;

static void see(tns_bound *bound, const tns_goal *goal)
{
    bound->eye.viewings = 0;
    for (size_t v = 0; v < goal->viewing_count; v++)
        if (v == 0 || goal->weights[v] > 0) {
            bound->viewing[bound->eye.viewings] = v;
            tns_screen_eye_add(&bound->eye, &goal->viewings[v]);
        }
}

/* The objective of one sight, at most. */
static double most_on_one(const tns_goal *goal, double enough)
{
    double least = 1;
    for (size_t i = 0; i < tns_goal_sights(goal) && goal->reducer != TNS_REDUCE_MAX; i++)
        if (tns_goal_share(goal, i) > 0)
            least = fmin(least, tns_goal_share(goal, i));
    return enough / sqrt(least);
}

/* The square of dE00 under a viewing on one surface, at most. */
static double most_squared(const tns_goal *goal, size_t v, double most)
{
    return goal->weights[v] > 0 ? most * most / goal->weights[v] : INFINITY;
}

/* Whether some sight is a single film, or layer; and no film. */
static bool has_single(const tns_bound *bound, bool *opaque)
{
    bool found = false;
    *opaque = true;
    for (size_t i = 0; i < tns_goal_sights(bound->goal); i++) {
        found = found || bound->sights[i].count == 1;
        *opaque = *opaque && bound->sights[i].surfaces->opaque;
    }
    return found;
}

static bool link_bands(tns_bound *bound, tns_isa isa, tns_error *err)
{
    const tns_goal *goal = bound->goal;
    size_t sights = tns_goal_sights(goal);
    bound->linked_kernels = TNS_KERNELS_FOR(tns_linked_kernels, isa);
    bound->opaque_kernels = TNS_KERNELS_FOR(tns_opaque_kernels, isa);
    bound->linked = calloc(sights, sizeof *bound->linked);
    bound->later = calloc(1, sizeof *bound->later);
    if (bound->later)
        pthread_mutex_init(&bound->later->making, NULL);
    if (!bound->linked || !bound->later)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu surfaces",
                             goal->surface_count);
    for (size_t i = 0; i < sights; i++)
        if (bound->sights[i].surfaces->opaque)
            tns_opaque_surface_set(&bound->linked[i].opaque, bound->sights[i].surfaces);
        else
            tns_linked_surface_set(&bound->linked[i].film, bound->sights[i].surfaces);
    return true;
}

static void set_sights(tns_bound *bound, const tns_goal *goal)
{
    bool blend = goal->reducer == TNS_REDUCE_BLEND && goal->surface_count > 1;
    for (size_t s = 0; s < goal->surface_count; s++) {
        tns_screen_surface_set(&bound->surfaces[s], &goal->surfaces[s]);
        bound->shares[s] = (float)goal->surface_weights[s];
    }
    for (size_t i = 0; i < tns_goal_sights(goal); i++) {
        bound->sights[i] = (tns_screen_sight){.count = blend ? (int)goal->surface_count : 1,
                                              .surfaces = &bound->surfaces[i],
                                              .share = blend ? bound->shares : NULL};
        tns_screen_row_error(&bound->sights[i], bound->row_error[i]);
    }
    if (goal->stand_in) {
        bound->sights[0] = (tns_screen_sight){.count = 1, .surfaces = &goal->stand_in->surface};
        tns_stand_in_row_error(goal->stand_in, &bound->eye, bound->row_error[0]);
    }
}

static bool make_room(tns_bound *bound, const tns_goal *goal, tns_error *err)
{
    size_t sights = tns_goal_sights(goal);
    bound->surfaces = calloc(goal->surface_count, sizeof *bound->surfaces);
    bound->shares = calloc(goal->surface_count, sizeof *bound->shares);
    bound->sights = calloc(sights, sizeof *bound->sights);
    bound->row_error = calloc(sights, sizeof *bound->row_error);
    bound->chromatic = malloc((size_t)bound->eye.viewings * sizeof *bound->chromatic);
    return (bound->surfaces && bound->shares && bound->sights && bound->row_error &&
            bound->chromatic) ||
           tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu surfaces",
                         goal->surface_count);
}

bool tns_bound_init(tns_bound *bound, const tns_goal *goal, double enough, int cells, tns_isa isa,
                    tns_error *err)
{
    bound->goal = goal;
    bound->linked = NULL;
    bound->later = NULL;
    bound->kernels = TNS_KERNELS_FOR(tns_screen_kernels, isa);
    see(bound, goal);
    if (!make_room(bound, goal, err)) {
        tns_bound_finish(bound);
        return false;
    }
    set_sights(bound, goal);
    for (int i = 0; i < bound->eye.viewings; i++) {
        size_t v = bound->viewing[i];
        tns_chromatic_init(&bound->chromatic[i], goal->target[v],
                           most_squared(goal, v, most_on_one(goal, enough)), cells);
    }
    bool opaque, single = has_single(bound, &opaque);
    memcpy(bound->stage, opaque ? opaque_stages : film_stages, sizeof bound->stage);
    if (cells == TNS_CHROMATIC_CELLS && single && !link_bands(bound, isa, err)) {
        tns_bound_finish(bound);
        return false;
    }
    return true;
}

void tns_bound_finish(tns_bound *bound)
{
    free(bound->surfaces);
    free(bound->shares);
    free(bound->sights);
    free(bound->row_error);
    free(bound->chromatic);
    free(bound->linked);
    if (bound->later)
        pthread_mutex_destroy(&bound->later->making);
    free(bound->later);
    bound->later = NULL;
    bound->linked = NULL;
    bound->surfaces = NULL;
    bound->shares = NULL;
    bound->sights = NULL;
    bound->row_error = NULL;
    bound->chromatic = NULL;
}

/* L*, a*, b* lie within. */
typedef struct lab_box {
    double low[3], high[3];
} lab_box;

/* There is always a first viewing (see() above), so this is written over; compilers cannot know. */
static const lab_box NOWHERE = {{0}, {0}};

/* (dL/S_L)^2 at the lightness nearest to the target's. */
static double squared_lightness(double target, double low, double high)
{
    double gap = target < low ? low - target : target > high ? high - target : 0;
    double mean = target + gap / 2 - 50;
    double term = gap / (1 + 0.015 * mean * mean / sqrt(20 + mean * mean));
    return term * term;
}

static double squared_de00(const tns_bound *bound, int i, const lab_box *box, double enough)
{
    tns_chromatic_area area = {box->low[1], box->high[1], box->low[2], box->high[2]};
    double target = bound->goal->target[bound->viewing[i]].L;
    double lightness = squared_lightness(target, box->low[0], box->high[0]);
    return lightness > enough ? lightness
                              : lightness + tns_chromatic_least(&bound->chromatic[i], area);
}

static bool all_too_dark(const tns_bound *bound, const lab_box *main)
{
    return bound->goal->never_darker && main->high[0] < bound->goal->target[0].L - 2 * DARKER_SLACK;
}

/* The same without the table's cells, which are far wider than what one mixture may be off by. */
static double squared_de00_afresh(const tns_bound *bound, int i, const lab_box *box, double enough)
{
    tns_chromatic_area area = {box->low[1], box->high[1], box->low[2], box->high[2]};
    tns_lab target = bound->goal->target[bound->viewing[i]];
    double lightness = squared_lightness(target.L, box->low[0], box->high[0]);
    return lightness > enough ? lightness : lightness + tns_chromatic_bound(target, area);
}

typedef double squared(const tns_bound *bound, int i, const lab_box *box, double enough);

/* Weighted over the viewings; stops where it has exceeded `enough`. */
static double squared_on(const tns_bound *bound, squared *of, const lab_box *boxes, double enough)
{
    double sum = 0;
    if (all_too_dark(bound, &boxes[0]))
        return INFINITY;
    for (int i = 0; i < bound->eye.viewings && sum <= enough; i++) {
        double weight = bound->goal->weights[bound->viewing[i]];
        if (weight > 0)
            sum += weight * of(bound, i, &boxes[i], (enough - sum) / weight);
    }
    return sum;
}

/* Adds a sight to the square of the objective: the share of a mean, or the largest. */
static double reduced(const tns_goal *goal, size_t i, double total, double here)
{
    bool max = goal->reducer == TNS_REDUCE_MAX;
    if (isinf(here))
        return INFINITY;
    return max ? fmax(total, here) : total + tns_goal_share(goal, i) * here;
}

/* What one sight may add before the objective exceeds `most` squared. */
static double left_for(const tns_goal *goal, size_t i, double total, double most)
{
    if (goal->reducer == TNS_REDUCE_MAX)
        return most;
    double share = tns_goal_share(goal, i);
    return share > 0 ? (most - total) / share : INFINITY;
}

static void reach_boxes(const tns_bound *bound, size_t s, const tns_corner *corners, int count,
                        tns_screen_films *films, lab_box *boxes)
{
    tns_screen_reach reach;
    bound->kernels->reach(&bound->sights[s], &bound->eye, corners, count,
                          bound->linked ? films : NULL, &reach);
    boxes[0] = NOWHERE;
    for (int v = 0; v < bound->eye.viewings; v++)
        for (int i = 0; i < 3; i++) {
            boxes[v].low[i] = reach.low[i][v];
            boxes[v].high[i] = reach.high[i][v];
        }
}

/* The finest that there is; NULL before there is any, as a short search ends before. */
static const tns_linked_eye *linked_eye(const tns_bound *bound, double enough)
{
    tns_linked_later *later = bound->later;
    int made = atomic_load(&later->made);
    if (made < TNS_LINKED_STAGES &&
        atomic_fetch_add(&later->asked, 1) >= bound->stage[made].patience &&
        pthread_mutex_trylock(&later->making) == 0) {
        made = atomic_load(&later->made);
        if (made < TNS_LINKED_STAGES) {
            tns_linked_eye_set(&later->eye[made], bound->goal, most_on_one(bound->goal, enough),
                               bound->stage[made].detail);
            atomic_store(&later->made, ++made);
        }
        pthread_mutex_unlock(&later->making);
    }
    return made > 0 ? &later->eye[made - 1] : NULL;
}

/* Whether linked bands show that the square of the objective of a sight exceeds `most`. */
static bool apart(const tns_bound *bound, size_t s, const tns_corner *corners,
                  const tns_screen_films *films, double most, double enough)
{
    if (!bound->linked || films->count == 0)
        return false;
    const tns_linked_eye *eye = linked_eye(bound, enough);
    float radius = eye ? tns_linked_radius(eye, sqrt(most)) : INFINITY;
    if (!isfinite(radius))
        return false;
    const tns_linked_sight *sight = &bound->linked[s];
    return bound->sights[s].surfaces->opaque
               ? bound->opaque_kernels->apart(&sight->opaque, eye, corners, films, radius)
               : bound->linked_kernels->apart(&sight->film, eye, films, radius);
}

double tns_bound_value(const tns_bound *bound, const tns_corner *corners, int count, double enough)
{
    const tns_goal *goal = bound->goal;
    double most = enough * enough, total = 0;
    tns_screen_films films;
    for (size_t s = 0; s < tns_goal_sights(goal); s++) {
        lab_box boxes[TNS_VIEWINGS_MAX];
        double left = left_for(goal, s, total, most);
        reach_boxes(bound, s, corners, count, &films, boxes);
        total = reduced(goal, s, total, squared_on(bound, squared_de00, boxes, left));
        if (total > most || apart(bound, s, corners, &films, left, enough))
            return INFINITY;
    }
    return sqrt(total);
}

static void row_boxes(const tns_bound *bound, const tns_screen_row *rows, const double error[3],
                      int lane, lab_box *boxes)
{
    boxes[0] = NOWHERE;
    for (int v = 0; v < bound->eye.viewings; v++)
        for (int i = 0; i < 3; i++) {
            boxes[v].low[i] = rows[v].lab[i][lane] - error[i];
            boxes[v].high[i] = rows[v].lab[i][lane] + error[i];
        }
}

static void add_row(const tns_bound *bound, size_t s, const tns_screen_row *rows, double most,
                    double total[TNS_LANES])
{
    for (int lane = 0; lane < TNS_LANES; lane++) {
        if (total[lane] > most)
            continue;
        lab_box boxes[TNS_VIEWINGS_MAX];
        row_boxes(bound, rows, bound->row_error[s], lane, boxes);
        double left = left_for(bound->goal, s, total[lane], most);
        double here = squared_on(bound, squared_de00, boxes, left);
        if (here <= left && bound->goal->stand_in)
            here = squared_on(bound, squared_de00_afresh, boxes, left);
        total[lane] = reduced(bound->goal, s, total[lane], here);
    }
}

void tns_bound_row(const tns_bound *bound, const tns_screen_parts *mixtures, double enough,
                   double out[TNS_LANES])
{
    double most = enough * enough, total[TNS_LANES] = {0};
    for (size_t s = 0; s < tns_goal_sights(bound->goal); s++) {
        tns_screen_row rows[TNS_VIEWINGS_MAX];
        bound->kernels->row(&bound->sights[s], &bound->eye, mixtures, rows);
        add_row(bound, s, rows, most, total);
    }
    for (int lane = 0; lane < TNS_LANES; lane++)
        out[lane] = total[lane] > most ? INFINITY : sqrt(total[lane]);
}
