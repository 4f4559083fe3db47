/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/team.h"
#include "match/problem.h"

enum { DEFAULT_PARTS = 4, DEFAULT_UNITS = 30, DEFAULT_SHADE = 40, DEFAULT_TOP = 10 };
enum { MOST_UNITS = 10000, MOST_SHADE = 10000, MOST_TOP = 10000, MOST_THREADS = 256 };
static const double DEFAULT_TOLERANCE = 2.0;

static bool has_film(const tns_match_request *request)
{
    for (size_t s = 0; s < request->surface_count; s++)
        if (request->surfaces[s].kind != TNS_SURFACE_OPAQUE)
            return true;
    return false;
}

static bool check_number(const char *what, int found, int least, int most, tns_error *err)
{
    return (found >= least && found <= most) ||
           tns_error_set(err, TNS_ERROR_USAGE, "match: %s: expected %d to %d, found %d", what,
                         least, most, found);
}

static bool fill_numbers(tns_problem *problem, const tns_match_request *request, tns_error *err)
{
    problem->max_parts = request->max_pigments ? request->max_pigments : DEFAULT_PARTS;
    problem->max_units = request->max_units ? request->max_units : DEFAULT_UNITS;
    problem->max_shade = request->max_shade == 0 ? DEFAULT_SHADE : request->max_shade;
    if (request->undiluted)
        problem->max_shade = 0;
    int top = request->top ? request->top : DEFAULT_TOP;
    problem->top = (size_t)(top > 0 ? top : 0);
    problem->exactly = request->exactly;
    problem->threads = request->threads ? request->threads : tns_team_cores();
    problem->tolerance = request->tolerance > 0 ? request->tolerance : DEFAULT_TOLERANCE;
    problem->near_enough = request->near_enough;
    problem->unit = request->unit;
    if (request->unit.kind != TNS_UNIT_DROP &&
        !(request->unit.size > 0 && isfinite(request->unit.size)))
        return tns_error_set(err, TNS_ERROR_USAGE, "match: unit: expected a size above 0, found %g",
                             request->unit.size);
    return check_number("pigments in a mix", problem->max_parts, 1, TNS_PARTS_MAX, err) &&
           check_number("units", problem->max_units, 1, MOST_UNITS, err) &&
           check_number("shade", problem->max_shade, 0, MOST_SHADE, err) &&
           check_number("length of the list", top, 1, MOST_TOP, err) &&
           check_number("threads", problem->threads, 1, MOST_THREADS, err);
}

static bool check_pigment(const tns_match_request *request, int index, const bool *chosen,
                          tns_error *err)
{
    const tns_palette *palette = request->palette;
    if (index < 0 || (size_t)index >= palette->count)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "palette %s: expected a pigment's index below %zu, found %d",
                             palette->name, palette->count, index);
    const tns_pigment *pigment = &palette->pigments[index];
    if (pigment->kind == TNS_DILUENT)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             has_film(request)
                                 ? "pigment %s: a diluent is no pigment; the shade says how much"
                                 : "pigment %s: a diluent does nothing to an opaque layer",
                             pigment->id);
    if (pigment->kind == TNS_ADDITIVE)
        return tns_error_set(err, TNS_ERROR_USAGE, "pigment %s: an additive gives no color",
                             pigment->id);
    if (chosen[index])
        return tns_error_set(err, TNS_ERROR_USAGE, "pigment %s: named twice", pigment->id);
    return true;
}

/* Marks what the request names, or all that give color. */
static bool choose(const tns_match_request *request, bool *chosen, tns_error *err)
{
    const tns_palette *palette = request->palette;
    for (size_t i = 0; i < palette->count && !request->pigments; i++)
        chosen[i] =
            palette->pigments[i].kind == TNS_PIGMENT || palette->pigments[i].kind == TNS_PRESHADE;
    for (size_t i = 0; i < request->pigment_count && request->pigments; i++) {
        if (!check_pigment(request, request->pigments[i], chosen, err))
            return false;
        chosen[request->pigments[i]] = true;
    }
    return true;
}

static bool fill_components(tns_problem *problem, const bool *chosen, tns_error *err)
{
    const tns_palette *palette = problem->palette;
    problem->components = calloc(palette->count + 1, sizeof *problem->components);
    if (!problem->components)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu pigments",
                             palette->count);
    for (size_t i = 0; i < palette->count; i++)
        if (chosen[i])
            problem->components[problem->count++] =
                tns_component_make(palette, (int)i, problem->unit, problem->diluent);
    return problem->count > 0 ||
           tns_error_set(err, TNS_ERROR_USAGE, "palette %s: no pigment is left to choose from",
                         palette->name);
}

/* Beyond these, sums in single precision (screen.h) would lose a pigment or overflow. */
static const double LEAST_COEFFICIENT = 1e-15, MOST_COEFFICIENT = 1e15;

static bool can_be_summed(double x)
{
    return x == 0 || (x >= LEAST_COEFFICIENT && x <= MOST_COEFFICIENT);
}

static bool check_coefficients(const tns_problem *problem, tns_error *err)
{
    for (size_t i = 0; i < problem->count; i++) {
        const tns_component *one = &problem->components[i];
        for (int b = 0; b < TNS_BANDS; b++)
            if (!can_be_summed(one->K[b]) || !can_be_summed(one->S[b]))
                return tns_error_set(err, TNS_ERROR_RANGE,
                                     "pigment %s at %g nm: expected K and S of a unit of 0 or "
                                     "from %g to %g, found %g and %g",
                                     problem->palette->pigments[one->pigment].id, tns_band_nm(b),
                                     LEAST_COEFFICIENT, MOST_COEFFICIENT, one->K[b], one->S[b]);
    }
    return true;
}

static bool choose_components(tns_problem *problem, const tns_match_request *request,
                              tns_error *err)
{
    bool *chosen = calloc(request->palette->count + 1, sizeof *chosen);
    if (!chosen)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu pigments",
                             request->palette->count);
    bool done = choose(request, chosen, err) && fill_components(problem, chosen, err) &&
                check_coefficients(problem, err);
    free(chosen);
    return done;
}

static void choose_diluent(tns_problem *problem, const tns_match_request *request)
{
    problem->diluent_index = has_film(request) ? tns_palette_diluent(request->palette) : -1;
    problem->diluent =
        problem->diluent_index < 0 ? NULL : &request->palette->pigments[problem->diluent_index];
    if (!problem->diluent)
        problem->max_shade = 0;
}

bool tns_problem_init(tns_problem *problem, const tns_match_request *request, tns_error *err)
{
    tns_problem made = {.palette = request->palette};
    if (!tns_request_check(request, err) || !fill_numbers(&made, request, err))
        return false;
    choose_diluent(&made, request);
    if (!choose_components(&made, request, err) || !tns_problem_limit(&made, request, err) ||
        !tns_goal_init(&made.goal, request, err)) {
        tns_problem_finish(&made);
        return false;
    }
    *problem = made;
    return true;
}

void tns_problem_finish(tns_problem *problem)
{
    free(problem->components);
    free(problem->least_units);
    problem->components = NULL;
    problem->least_units = NULL;
    tns_goal_finish(&problem->goal);
}

void tns_problem_mix(const tns_problem *problem, int count, const int *component,
                     const double *units, double shade, tns_coefficients *out)
{
    tns_mix sum = {0}, one;
    for (int i = 0; i < count; i++) {
        tns_component_dilute(&problem->components[component[i]], problem->diluent, shade, &one);
        tns_mix_add(&sum, units[i], &one);
    }
    tns_mix_coefficients(&sum, out);
}
