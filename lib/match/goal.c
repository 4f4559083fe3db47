/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "match/goal.h"

/* A target that is itself a mixture must not lose to its own last digit. */
static const double DARKER_SLACK = 1e-9;

static double *even_weights(const tns_match_request *request)
{
    double *weights = malloc(request->surface_count * sizeof *weights);
    if (!weights)
        return NULL;
    double sum = 0;
    for (size_t s = 0; s < request->surface_count; s++) {
        weights[s] = request->surface_weights ? request->surface_weights[s] : 1;
        sum += weights[s];
    }
    for (size_t s = 0; s < request->surface_count; s++)
        weights[s] /= sum;
    return weights;
}

/* A blend of nothing else. */
static bool all_films(const tns_match_request *request)
{
    bool all = request->reducer == TNS_REDUCE_BLEND;
    for (size_t s = 0; s < request->surface_count; s++)
        all = all && request->surfaces[s].kind != TNS_SURFACE_OPAQUE;
    return all;
}

bool tns_goal_init(tns_goal *goal, const tns_match_request *request, tns_error *err)
{
    tns_goal made = {
        .surfaces = request->surfaces,
        .surface_weights = even_weights(request),
        .surface_count = request->surface_count,
        .reducer = request->reducer,
        .viewings = request->viewings,
        .viewing_count = request->viewing_count,
        .never_darker = request->never_darker,
        .blend = TNS_KERNELS_FOR(tns_blend_kernels, tns_cpu_isa()),
    };
    if (!made.surface_weights)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu surfaces",
                             request->surface_count);
    if (all_films(request) && !tns_blend_films_init(&made.films, made.surfaces,
                                                    made.surface_weights, made.surface_count)) {
        free(made.surface_weights);
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu surfaces",
                             request->surface_count);
    }
    for (size_t v = 0; v < made.viewing_count; v++) {
        made.weights[v] = request->weights[v];
        made.target[v] = tns_lab_from_spectrum(&request->target, &request->viewings[v]);
    }
    *goal = made;
    return true;
}

void tns_goal_finish(tns_goal *goal)
{
    tns_blend_films_finish(&goal->films);
    free(goal->surface_weights);
    goal->surface_weights = NULL;
}

static bool too_dark(const tns_goal *goal, const tns_spectrum *seen)
{
    return goal->never_darker &&
           tns_lab_from_spectrum(seen, &goal->viewings[0]).L < goal->target[0].L - DARKER_SLACK;
}

static double squared_de00(const tns_goal *goal, size_t viewing, const tns_spectrum *seen)
{
    tns_lab lab = tns_lab_from_spectrum(seen, &goal->viewings[viewing]);
    double de = tns_de00(goal->target[viewing], lab);
    return de * de;
}

/* The squared objective on one surface; stops where it has exceeded `enough`. */
static double squared_on(const tns_goal *goal, const tns_spectrum *seen, double enough)
{
    double sum = 0;
    for (size_t v = 0; v < goal->viewing_count && sum <= enough; v++)
        if (goal->weights[v] > 0)
            sum += goal->weights[v] * squared_de00(goal, v, seen);
    return sum;
}

size_t tns_goal_sights(const tns_goal *goal)
{
    return goal->reducer == TNS_REDUCE_BLEND ? 1 : goal->surface_count;
}

double tns_goal_share(const tns_goal *goal, size_t sight)
{
    return goal->reducer == TNS_REDUCE_BLEND ? 1 : goal->surface_weights[sight];
}

tns_spectrum tns_goal_seen(const tns_goal *goal, size_t sight, const tns_coefficients *mix)
{
    return goal->reducer == TNS_REDUCE_BLEND
               ? tns_goal_predicted(goal, mix)
               : tns_surface_reflectance(&goal->surfaces[sight], mix->K, mix->S);
}

/* Adds a surface's in one band, times its weight. */
static void add_slopes(const tns_surface *surface, double weight, int b,
                       const tns_coefficients *mix, tns_km_slopes *sum)
{
    tns_km_slopes here = tns_surface_slopes(surface, b, mix->K[b], mix->S[b]);
    sum->R += weight * here.R;
    sum->dR_dK += weight * here.dR_dK;
    sum->dR_dS += weight * here.dR_dS;
}

void tns_goal_slopes(const tns_goal *goal, size_t sight, const tns_coefficients *mix,
                     tns_km_slopes slopes[TNS_BANDS])
{
    bool blended = goal->reducer == TNS_REDUCE_BLEND;
    memset(slopes, 0, TNS_BANDS * sizeof *slopes);
    for (int b = 0; b < TNS_BANDS; b++)
        if (goal->films.count > 0)
            slopes[b] = goal->blend->slopes(&goal->films, b, mix->K[b], mix->S[b]);
        else
            for (size_t s = blended ? 0 : sight; s < (blended ? goal->surface_count : sight + 1);
                 s++)
                add_slopes(&goal->surfaces[s], blended ? goal->surface_weights[s] : 1, b, mix,
                           &slopes[b]);
}

double tns_goal_value(const tns_goal *goal, const tns_coefficients *mix, double enough)
{
    bool max = goal->reducer == TNS_REDUCE_MAX;
    double most = enough * enough, total = 0;
    for (size_t i = 0; i < tns_goal_sights(goal); i++) {
        tns_spectrum seen = tns_goal_seen(goal, i, mix);
        if (too_dark(goal, &seen))
            return INFINITY;
        double weight = max ? 1 : tns_goal_share(goal, i);
        double here = weight > 0 ? squared_on(goal, &seen, (most - (max ? 0 : total)) / weight) : 0;
        total = max ? fmax(total, here) : total + weight * here;
        if (total > most)
            return INFINITY;
    }
    return sqrt(total);
}

tns_spectrum tns_goal_compare(const tns_goal *goal, const tns_coefficients *mix, double *de00)
{
    tns_spectrum mean = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM};
    double sum[TNS_VIEWINGS_MAX] = {0}, most[TNS_VIEWINGS_MAX] = {0};
    for (size_t i = 0; i < tns_goal_sights(goal); i++) {
        tns_spectrum seen = tns_goal_seen(goal, i, mix);
        double share = tns_goal_share(goal, i);
        for (int b = 0; b < TNS_BANDS; b++)
            mean.value[b] += share * seen.value[b];
        for (size_t v = 0; v < goal->viewing_count; v++) {
            double squared = squared_de00(goal, v, &seen);
            sum[v] += share * squared;
            most[v] = fmax(most[v], squared);
        }
    }
    for (size_t v = 0; v < goal->viewing_count; v++)
        de00[v] = sqrt(goal->reducer == TNS_REDUCE_MAX ? most[v] : sum[v]);
    return mean;
}

tns_spectrum tns_goal_predicted(const tns_goal *goal, const tns_coefficients *mix)
{
    tns_spectrum mean = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM};
    for (int b = 0; b < TNS_BANDS && goal->films.count > 0; b++)
        mean.value[b] = goal->blend->mean(&goal->films, b, mix->K[b], mix->S[b]);
    for (size_t s = 0; s < goal->surface_count && goal->films.count == 0; s++) {
        tns_spectrum seen = tns_surface_reflectance(&goal->surfaces[s], mix->K, mix->S);
        for (int b = 0; b < TNS_BANDS; b++)
            mean.value[b] += goal->surface_weights[s] * seen.value[b];
    }
    return mean;
}
