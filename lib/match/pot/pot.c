/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "match/pot/pot.h"

enum { DEFAULT_PIGMENTS = 3, DEFAULT_UNITS = 10, DEFAULT_TOP = 5 };
static const double NOISE = 0.002, COLOR_NOISE = 0.3, SPREAD = 0.10;

static double or_else(double value, double fallback)
{
    return value > 0 ? value : fallback;
}

/* ---- the request ---- */

static bool check_part(const tns_pot_request *request, size_t i, tns_error *err)
{
    int index = request->parts[i];
    if (index < 0 || (size_t)index >= request->palette->count)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "palette %s: expected a pigment's index below %zu, found %d",
                             request->palette->name, request->palette->count, index);
    const tns_pigment *pigment = &request->palette->pigments[index];
    if (!(request->units[i] > 0) || !isfinite(request->units[i]))
        return tns_error_set(err, TNS_ERROR_USAGE, "recipe: %s: expected more than 0, found %g",
                             pigment->id, request->units[i]);
    if (pigment->kind == TNS_DILUENT && request->surface->kind == TNS_SURFACE_OPAQUE)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "recipe: a diluent does not change an opaque layer; leave out %s or "
                             "name a film (film:SKIN,LOAD)",
                             pigment->id);
    for (size_t k = 0; k < i; k++)
        if (request->parts[k] == index)
            return tns_error_set(err, TNS_ERROR_USAGE, "recipe: %s is named twice", pigment->id);
    return true;
}

static bool check(const tns_pot_request *request, tns_error *err)
{
    if (request->part_count < 1 || request->part_count > TNS_PARTS_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "recipe: expected 1 to %d parts, found %zu",
                             TNS_PARTS_MAX, request->part_count);
    for (size_t i = 0; i < request->part_count; i++)
        if (!check_part(request, i, err))
            return false;
    if (!tns_spectrum_check(&request->measured, "measured", err))
        return false;
    if (request->max_pigments < 0 || request->max_pigments >= TNS_PARTS_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "correct: pigments to add: expected 1 to %d, found %d",
                             TNS_PARTS_MAX - 1, request->max_pigments);
    return true;
}

/* What may be added, and the goal: the same as a match has. */
static bool init_problem(tns_pot_job *j, tns_error *err)
{
    const tns_pot_request *r = j->request;
    int pigments = r->max_pigments ? r->max_pigments : DEFAULT_PIGMENTS;
    tns_match_request match = {.palette = r->palette,
                               .target = r->target,
                               .surfaces = r->surface,
                               .surface_count = 1,
                               .viewings = r->viewings,
                               .viewing_count = r->viewing_count,
                               .pigments = r->pigments,
                               .pigment_count = r->pigment_count,
                               .max_pigments = pigments,
                               .max_units = r->max_units ? r->max_units : DEFAULT_UNITS,
                               .top = r->top ? r->top : DEFAULT_TOP,
                               .unit = r->unit,
                               .max_shade = r->max_shade,
                               .never_darker = r->never_darker,
                               .tolerance = r->tolerance};
    bool diluent_alone = r->pigments && r->pigment_count == 0;
    memcpy(match.weights, r->weights, sizeof match.weights);
    if (diluent_alone)
        match.pigments = NULL;
    if (!tns_problem_init(&j->problem, &match, err))
        return false;
    if (!diluent_alone)
        return true;
    j->problem.count = 0;
    if (j->problem.diluent && !r->no_diluent)
        return true;
    tns_problem_finish(&j->problem);
    return tns_error_set(err, TNS_ERROR_USAGE, "correct: there is nothing that may be added");
}

/* ---- the pot and its reading ---- */

static void fill_pot(tns_pot_job *j)
{
    const tns_pot_request *r = j->request;
    double spread = or_else(r->spread, SPREAD);
    j->pot.count = (int)r->part_count;
    for (size_t i = 0; i < r->part_count; i++) {
        double own = r->palette->pigments[r->parts[i]].uncertainty;
        tns_pot_fill(&j->pot, (int)i, r->palette, r->parts[i], r->unit);
        j->pot.units[i] = r->units[i] / (r->unit.kind == TNS_UNIT_DROP ? 1 : r->unit.size);
        j->pot.spread[i] = hypot(spread, own);
    }
}

/* A few channels spread over many bands are no more certain than the few. */
static double band_noise(const tns_pot_request *r, int bands)
{
    int channels = r->measured.effective_channels;
    bool fewer = channels > 0 && channels < bands;
    return or_else(r->noise, NOISE) * (fewer ? sqrt((double)bands / channels) : 1);
}

static void fill_bands(tns_pot_job *j)
{
    const tns_spectrum *read = &j->request->measured;
    tns_evidence *e = &j->evidence;
    bool all = !(read->to_nm > read->from_nm);
    for (int b = 0; b < TNS_BANDS; b++) {
        if (!all && (tns_band_nm(b) < read->from_nm || tns_band_nm(b) > read->to_nm))
            continue;
        e->first = e->count ? e->first : b;
        e->value[e->count++] = read->value[b];
    }
    e->noise = band_noise(j->request, e->count);
}

static void fill_evidence(tns_pot_job *j)
{
    const tns_pot_request *r = j->request;
    j->evidence.surface = r->surface;
    if (!r->measured.reconstructed) {
        fill_bands(j);
        return;
    }
    j->evidence.viewing = r->measured_viewing ? r->measured_viewing : &r->viewings[0];
    tns_lab lab = tns_lab_from_spectrum(&r->measured, j->evidence.viewing);
    double value[3] = {lab.L, lab.a, lab.b};
    memcpy(j->evidence.value, value, sizeof value);
    j->evidence.count = 3;
    j->evidence.noise = or_else(r->color_noise, COLOR_NOISE);
}

bool tns_pot_job_init(tns_pot_job *job, const tns_pot_request *request, tns_error *err)
{
    *job = (tns_pot_job){.request = request};
    if (!check(request, err) || !init_problem(job, err))
        return false;
    fill_pot(job);
    fill_evidence(job);
    return true;
}

void tns_pot_job_finish(tns_pot_job *job)
{
    tns_guesses_finish(&job->guesses);
    tns_problem_finish(&job->problem);
}

/* ---- dilution ---- */

bool tns_pot_may_dilute(const tns_pot_job *job)
{
    return job->problem.diluent && !job->request->no_diluent;
}

double tns_pot_shade(double diluent_ml, double pigment_ml)
{
    return pigment_ml > 0 ? diluent_ml / pigment_ml : 0;
}

void tns_pot_volumes(const tns_pot_job *job, double *pigment_ml, double *diluent_ml)
{
    const tns_pot *pot = &job->pot;
    *pigment_ml = *diluent_ml = 0;
    for (int i = 0; i < pot->count; i++) {
        const tns_component *one = &pot->components[i];
        bool thins = job->request->palette->pigments[one->pigment].kind == TNS_DILUENT;
        *(thins ? diluent_ml : pigment_ml) += pot->units[i] * one->ml;
    }
}
