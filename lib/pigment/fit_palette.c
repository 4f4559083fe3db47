/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "base/text.h"
#include "pigment/fit_plan.h"

/* More digits than any samples give; deviations with fewer. */
enum { DIGITS = 6, SD_DIGITS = 3, CORRELATION_DECIMALS = 3 };

/* The file's own limit. */
static const double KS_MAX = 1e6;

void tns_fit_covariance(const tns_ink_system *system, int b, int pigment, double out[3])
{
    int s = tns_band_scattering(&system->band[b], pigment);
    double of_K = system->spread[b][pigment], of_S = s < 0 ? 0 : system->spread[b][s];
    out[0] = of_K * of_K * tns_ink_system_covariance(system, b, pigment, b, pigment);
    out[1] = s < 0 ? 0 : of_K * of_S * tns_ink_system_covariance(system, b, pigment, b, s);
    out[2] = s < 0 ? 0 : of_S * of_S * tns_ink_system_covariance(system, b, s, b, s);
}

/* Of the two figures together, so that one that is all but 0 does not count. */
static double relative_sd(const tns_pigment *p, int b)
{
    return hypot(p->K_sd[b], p->S_sd[b]) / hypot(p->K[b], p->S[b]);
}

static void fill_pigment(const tns_fit_plan *plan, const tns_ink_system *system, int index,
                         tns_pigment *out)
{
    double K[TNS_FIT_PIGMENTS_MAX], S[TNS_FIT_PIGMENTS_MAX], c[3], relative[TNS_BANDS];
    snprintf(out->id, sizeof out->id, "%s", tns_fit_pigment(plan, index));
    snprintf(out->name, sizeof out->name, "%s", out->id);
    out->origin = TNS_ORIGIN_MEASURED;
    out->has_covariance = true;
    for (int b = 0; b < TNS_BANDS; b++) {
        tns_band_coefficients(&system->band[b], system->x[b], K, S);
        tns_fit_covariance(system, b, index, c);
        out->K[b] = tns_round_digits(fmin(K[index], KS_MAX), DIGITS);
        out->S[b] = tns_round_digits(fmin(S[index], KS_MAX), DIGITS);
        out->K_sd[b] = tns_round_digits(fmin(out->K[b] * sqrt(c[0]), KS_MAX), SD_DIGITS);
        out->S_sd[b] = tns_round_digits(fmin(out->S[b] * sqrt(c[2]), KS_MAX), SD_DIGITS);
        double both = sqrt(c[0] * c[2]);
        double correlation = both > 0 ? fmin(fmax(c[1] / both, -1), 1) : 0;
        out->KS_correlation[b] = tns_round_decimals(correlation, CORRELATION_DECIMALS);
        relative[b] = relative_sd(out, b);
    }
    gsl_sort(relative, 1, TNS_BANDS);
    double usual = gsl_stats_median_from_sorted_data(relative, 1, TNS_BANDS);
    out->uncertainty = tns_round_digits(fmin(fmax(usual, 1e-4), 10), SD_DIGITS);
}

/* The set's clear columns follow the pigments as diluents. */
static size_t add_diluents(const tns_fit_plan *plan, tns_pigment *out)
{
    size_t added = 0;
    for (size_t i = 0; i < plan->set->pigment_count; i++) {
        if (plan->place[i] != TNS_FIT_CLEAR)
            continue;
        tns_pigment *p = &out[added++];
        snprintf(p->id, sizeof p->id, "%s", plan->set->pigment[i]);
        snprintf(p->name, sizeof p->name, "%s", p->id);
        p->kind = TNS_DILUENT;
        p->origin = TNS_ORIGIN_MODELLED;
        snprintf(p->source, sizeof p->source, "taken as clear");
    }
    return added;
}

static void fill_model(const tns_fit_plan *plan, const tns_ink_system *system, tns_palette *out)
{
    tns_saunderson surface = system->band[0].surface;
    out->model.k1 = tns_round_digits(surface.k1, DIGITS);
    out->model.k2 = tns_round_digits(surface.k2, DIGITS);
    out->model.specular_included = surface.specular_included;
    out->model.absolute = plan->absolute;
    out->model.basis = plan->options->basis;
    out->model.band_correlation = tns_round_decimals(system->correlation, CORRELATION_DECIMALS);
    if (plan->absolute)
        snprintf(out->model.load_unit, sizeof out->model.load_unit, "%s",
                 plan->options->load_unit ? plan->options->load_unit : "ul/cm2");
}

static void say_provenance(const tns_fit_plan *plan, tns_palette *out)
{
    const char *scale = plan->absolute ? "absolute scale" : "relative scale";
    snprintf(out->provenance, sizeof out->provenance,
             "Kubelka-Munk K and S of %d pigments, fitted to %zu measured samples; %s%s%s. The "
             "covariance is of the fit alone.",
             plan->count, plan->kept_count, scale, plan->absolute ? "" : ", S = 1 of ",
             plan->absolute ? "" : tns_fit_pigment(plan, plan->white));
}

tns_palette *tns_fit_palette(const tns_fit_plan *plan, const tns_ink_system *system, tns_error *err)
{
    tns_palette *palette = calloc(1, sizeof *palette);
    tns_pigment *pigments = calloc(plan->set->pigment_count, sizeof *pigments);
    if (!palette || !pigments) {
        free(palette);
        free(pigments);
        tns_error_set(err, TNS_ERROR_MEMORY, "fit: out of memory");
        return NULL;
    }
    palette->pigments = pigments;
    const char *name = plan->options->name ? plan->options->name : "fitted";
    snprintf(palette->name, sizeof palette->name, "%s", name);
    for (; palette->count < (size_t)plan->count; palette->count++)
        fill_pigment(plan, system, (int)palette->count, &pigments[palette->count]);
    palette->count += add_diluents(plan, pigments + palette->count);
    fill_model(plan, system, palette);
    say_provenance(plan, palette);
    return palette;
}
