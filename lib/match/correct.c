/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked, what the pot acts like, whether that explains the reading, what to add. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "base/text.h"
#include "match/advise.h"

enum { DEFAULT_PIGMENTS = 3, DEFAULT_UNITS = 10, DEFAULT_TOP = 5 };
static const double NOISE = 0.002, COLOR_NOISE = 0.3, SPREAD = 0.10;
/* A residual that the eye does not see is no reason to throw a pot away. */
static const double REFUSED_RATIO = 2, REFUSED_DE00 = 0.5;
/* A foreign pigment explains a reading when it takes the residual down to this share. */
static const double EXPLAINED = 0.5;
/* Where the search for its amount starts: a share of the pot. */
static const double TRACE = 0.02;

typedef struct job {
    const tns_pot_request *request;
    tns_problem problem;
    tns_pot pot;
    tns_evidence evidence;
    tns_effective effective;
    double offset[TNS_BANDS];
} job;

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
                             "name a film",
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
static bool init_problem(job *j, tns_error *err)
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

static void fill_pot(job *j)
{
    const tns_pot_request *r = j->request;
    double spread = or_else(r->spread, SPREAD);
    j->pot.count = (int)r->part_count;
    for (size_t i = 0; i < r->part_count; i++) {
        double own = r->palette->pigments[r->parts[i]].uncertainty;
        j->pot.components[i] = tns_component_make(r->palette, r->parts[i], r->unit, NULL);
        j->pot.units[i] = r->units[i] / (r->unit.kind == TNS_UNIT_DROP ? 1 : r->unit.size);
        j->pot.spread[i] = hypot(spread, own);
        j->pot.uncertainty[i] = own;
    }
}

/* A few channels spread over many bands are no more certain than the few. */
static double band_noise(const tns_pot_request *r, int bands)
{
    int channels = r->measured.effective_channels;
    bool fewer = channels > 0 && channels < bands;
    return or_else(r->noise, NOISE) * (fewer ? sqrt((double)bands / channels) : 1);
}

static void fill_bands(job *j)
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

static void fill_evidence(job *j)
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

/* ---- what is unexplained ---- */

/* The largest difference between the reading and what explains it, under any lamp that tells. */
static double unexplained_de00(const job *j, const tns_pot *pot, const double *factor)
{
    tns_mix mix;
    tns_coefficients c;
    double most = 0;
    const tns_pot_request *r = j->request;
    const tns_viewing *only = j->evidence.viewing;
    tns_pot_mix(pot, factor, &mix);
    tns_mix_coefficients(&mix, &c);
    tns_spectrum seen = tns_surface_reflectance(r->surface, c.K, c.S);
    for (size_t v = 0; v < (only ? 1 : r->viewing_count); v++) {
        const tns_viewing *viewing = only ? only : &r->viewings[v];
        most = fmax(most, tns_de00(tns_lab_from_spectrum(&r->measured, viewing),
                                   tns_lab_from_spectrum(&seen, viewing)));
    }
    return most;
}

static tns_pot_residual residual_of(const job *j, const tns_pot *pot, const double *factor)
{
    double left[TNS_BANDS], expected[TNS_BANDS], squares = 0, ratios = 0, worst = -1;
    const tns_evidence *e = &j->evidence;
    tns_pot_residual out = {0};
    tns_effective_residual(pot, e, factor, left, expected);
    for (int b = 0; b < e->count; b++) {
        double ratio = fabs(left[b]) / expected[b];
        squares += left[b] * left[b];
        ratios += ratio * ratio;
        if (ratio > worst) {
            worst = ratio;
            out.worst = left[b];
            out.worst_nm = e->viewing ? 0 : tns_band_nm(e->first + b);
            out.expected = expected[b];
        }
    }
    out.rmse = sqrt(squares / e->count);
    out.ratio = sqrt(ratios / e->count);
    out.de00 = unexplained_de00(j, pot, factor);
    return out;
}

/*
 * What the palette gets wrong of this pot it will get wrong of it with some drops more: that part
 * of the residual which is not noise stands in every prediction. (Stein's estimate of a mean: the
 * residual times 1 less the share that noise alone would have.) Of a colour alone it is not known.
 */
static void fill_offset(job *j)
{
    double left[TNS_BANDS], expected[TNS_BANDS], squares = 0;
    const tns_evidence *e = &j->evidence;
    if (e->viewing)
        return;
    tns_effective_residual(&j->pot, e, j->effective.factor, left, expected);
    for (int b = 0; b < e->count; b++)
        squares += left[b] * left[b];
    double noise = e->count * e->noise * e->noise;
    for (int b = 0; b < e->count && squares > noise; b++)
        j->offset[e->first + b] = (1 - noise / squares) * left[b];
}

static bool is_in_pot(const tns_pot *pot, int pigment)
{
    for (int i = 0; i < pot->count; i++)
        if (pot->components[i].pigment == pigment)
            return true;
    return false;
}

/* How much of the residual is left with some of this pigment in the pot, and how much that is. */
static double ratio_with(const job *j, int pigment, double *units)
{
    tns_pot pot = j->pot;
    tns_effective found;
    int last = pot.count++;
    pot.components[last] = tns_component_make(j->request->palette, pigment, j->request->unit, NULL);
    pot.units[last] = 0;
    for (int i = 0; i < last; i++)
        pot.units[last] += TRACE * pot.units[i];
    pot.uncertainty[last] = j->request->palette->pigments[pigment].uncertainty;
    if (!tns_effective_fit(&pot, &j->evidence, &found, NULL))
        return INFINITY;
    *units = pot.units[last] * found.factor[last];
    return residual_of(j, &pot, found.factor).ratio;
}

/* A colour alone can be explained by almost anything, so nothing is suspected then. */
static void suspect(const job *j, tns_pot_correction *out)
{
    double least = EXPLAINED * out->residual.ratio;
    const tns_palette *palette = j->request->palette;
    for (size_t i = 0; i < palette->count && !out->from_color; i++) {
        tns_pigment_kind kind = palette->pigments[i].kind;
        double units = 0;
        if ((kind != TNS_PIGMENT && kind != TNS_PRESHADE) || is_in_pot(&j->pot, (int)i))
            continue;
        double ratio = ratio_with(j, (int)i, &units);
        if (ratio < least) {
            least = ratio;
            out->suspect = (int)i;
            out->suspect_units = units;
        }
    }
}

static bool is_modelled(const tns_pigment *pigment)
{
    return pigment->origin == TNS_ORIGIN_MODELLED && pigment->kind != TNS_DILUENT;
}

static bool has_modelled(const job *j)
{
    bool has = false;
    for (int i = 0; i < j->pot.count; i++)
        has = has || is_modelled(&j->request->palette->pigments[j->pot.components[i].pigment]);
    return has;
}

static void refuse(const job *j, tns_pot_correction *out)
{
    const tns_pot_residual *r = &out->residual;
    out->refused = true;
    suspect(j, out);
    if (out->from_color)
        tns_text_format(out->reason, sizeof out->reason,
                        "no amounts of these inks have the colour that was read: dE %.1f is left",
                        r->de00);
    else
        tns_text_format(
            out->reason, sizeof out->reason,
            "the reading is not of these inks alone: at %g nm %+.1f %% of reflectance is "
            "unexplained, where %.1f is expected",
            r->worst_nm, 100 * r->worst, 100 * r->expected);
    size_t used = strlen(out->reason);
    if (out->suspect >= 0)
        snprintf(out->reason + used, sizeof out->reason - used, "; some %s in the pot would be it",
                 j->request->palette->pigments[out->suspect].id);
    else if (has_modelled(j))
        snprintf(out->reason + used, sizeof out->reason - used,
                 "; or the palette, which is modelled, is not of these bottles");
}

/* ---- the result ---- */

static void fill_effective(const job *j, tns_pot_correction *out)
{
    out->part_count = (size_t)j->pot.count;
    for (int i = 0; i < j->pot.count; i++) {
        double factor = j->effective.factor[i], nominal = j->request->units[i];
        tns_pot_part part = {.pigment = j->pot.components[i].pigment,
                             .nominal = nominal,
                             .effective = nominal * factor,
                             .factor = factor,
                             .factor_sd = factor * sqrt(j->effective.covariance[i][i]),
                             .spread = j->pot.spread[i]};
        out->parts[i] = part;
    }
}

static void fill_readings(const job *j, tns_pot_correction *out)
{
    const tns_pot_request *r = j->request;
    for (size_t v = 0; v < r->viewing_count; v++) {
        out->measured_color[v] = tns_color_from_spectrum(&r->measured, &r->viewings[v]);
        out->target_color[v] = tns_color_from_spectrum(&r->target, &r->viewings[v]);
        out->measured_de00[v] = tns_de00(out->target_color[v].lab, out->measured_color[v].lab);
    }
}

/* One sentence for all the pot's parts of which `is` holds. */
static void warn_of(const job *j, bool (*is)(const tns_pigment *), const char *what,
                    tns_pot_correction *out)
{
    char ids[TNS_WARNING_SIZE] = "";
    for (int i = 0; i < j->pot.count; i++) {
        const tns_pigment *pigment = &j->request->palette->pigments[j->pot.components[i].pigment];
        size_t used = strlen(ids);
        if (is(pigment))
            snprintf(ids + used, sizeof ids - used, "%s%s", used ? ", " : "", pigment->id);
    }
    if (ids[0])
        tns_warn(&out->warnings, "%s: %s", ids, what);
}

static bool is_unweighed(const tns_pigment *pigment)
{
    return !(pigment->drop_ml > 0);
}

static void warn(const job *j, tns_pot_correction *out)
{
    if (out->from_color)
        tns_warn(&out->warnings, "only a colour was read: a wrong ink cannot be told from a wrong "
                                 "amount, and what is in the pot is less sure");
    for (size_t i = 0; i < out->part_count; i++)
        if (fabs(out->parts[i].factor - 1) > 3 * out->parts[i].spread)
            tns_warn(&out->warnings,
                     "%s: acts like %.3g, not %.3g: counted wrongly, or another ink",
                     j->request->palette->pigments[out->parts[i].pigment].id,
                     out->parts[i].effective, out->parts[i].nominal);
    if (!out->refused && out->residual.ratio > REFUSED_RATIO)
        tns_warn(&out->warnings,
                 "the reading's spectrum is not quite that of these inks (%.1f times the scatter "
                 "expected), though its colour is",
                 out->residual.ratio);
    warn_of(j, is_modelled, "modelled, not measured: a wrong ink is hard to tell", out);
    if (j->request->unit.kind == TNS_UNIT_DROP)
        warn_of(j, is_unweighed, "drops never weighed, 0.04 ml is taken", out);
}

static bool judge(job *j, const tns_context *context, tns_pot_correction *out, tns_error *err)
{
    const tns_pot_request *r = j->request;
    tns_advice_job advice = {.problem = &j->problem,
                             .may_dilute = j->problem.diluent && !r->no_diluent,
                             .pot = &j->pot,
                             .effective = &j->effective,
                             .offset = j->offset,
                             .max_pigments = j->problem.max_parts,
                             .top = j->problem.top};
    out->suspect = -1;
    out->from_color = j->evidence.viewing != NULL;
    out->pigments = j->problem.count;
    out->residual = residual_of(j, &j->pot, j->effective.factor);
    fill_offset(j);
    fill_effective(j, out);
    fill_readings(j, out);
    if (out->residual.ratio > REFUSED_RATIO && out->residual.de00 > REFUSED_DE00)
        refuse(j, out);
    warn(j, out);
    return out->refused ? tns_advise_nothing(&advice, out, err)
                        : tns_advise(&advice, context, out, err);
}

tns_pot_correction *tns_pot_correct(const tns_pot_request *request, const tns_context *context,
                                    tns_error *err)
{
    job j = {.request = request};
    if (!check(request, err) || !init_problem(&j, err))
        return NULL;
    fill_pot(&j);
    fill_evidence(&j);
    tns_pot_correction *made = calloc(1, sizeof *made);
    bool done = made || tns_error_set(err, TNS_ERROR_MEMORY, "correct: out of memory");
    done = done && tns_effective_fit(&j.pot, &j.evidence, &j.effective, err) &&
           judge(&j, context, made, err);
    tns_problem_finish(&j.problem);
    if (done)
        return made;
    tns_pot_correction_destroy(made);
    return NULL;
}

void tns_pot_correction_destroy(tns_pot_correction *correction)
{
    if (!correction)
        return;
    free(correction->additions);
    free(correction);
}
