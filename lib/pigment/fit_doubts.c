/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a fit cannot tell, said in words. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "pigment/fit_plan.h"

/* K and S of a pigment are hardly fixed in a band beyond this relative deviation of the two. */
static const double LOOSE = 0.5;

/* A sample whose misfit is so many times the usual one, and visible, is an outlier. */
static const double OUTLYING = 4, VISIBLE_DE00 = 1;

enum { NAMED_MOST = 3 };

/* "a, b, ..." */
typedef struct names {
    char text[96];
    int count;
    bool full;
} names;

static void add_name(names *list, const char *name)
{
    size_t used = strlen(list->text), room = sizeof list->text - sizeof ", ...";
    list->full = list->full || used + strlen(name) + 2 > room;
    if (!list->full)
        snprintf(list->text + used, room - used, "%s%s", list->count > 0 ? ", " : "", name);
    else if (strcmp(list->text + used - (used > 3 ? 3 : used), "...") != 0)
        snprintf(list->text + used, sizeof list->text - used, "%s...", used > 0 ? ", " : "");
    list->count++;
}

/* ---- pigments without a partner ---- */

static bool are_together(const tns_ink_system *system, int a, int b)
{
    for (size_t r = 0; r < system->rows; r++) {
        bool has_a = false, has_b = false;
        for (int i = 0; i < system->blend[r].count; i++) {
            has_a = has_a || system->blend[r].pigment[i] == a;
            has_b = has_b || system->blend[r].pigment[i] == b;
        }
        if (has_a && has_b)
            return true;
    }
    return false;
}

/* Mean over bands of log K/S: the blackest has most. */
static double darkness(const tns_ink_system *system, int pigment)
{
    double sum = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        int s = tns_band_scattering(&system->band[b], pigment);
        sum += system->x[b][pigment] - (s < 0 ? 0 : system->x[b][s]);
    }
    return sum / TNS_BANDS;
}

static int blackest(const tns_ink_system *system)
{
    int found = 0;
    for (int i = 1; i < system->pigments; i++)
        if (darkness(system, i) > darkness(system, found))
            found = i;
    return found;
}

static void doubt_partners(const tns_fit_plan *plan, const tns_ink_system *system, tns_fit *fit)
{
    names no_tint = {0}, no_shade = {0};
    int white = plan->white, black = blackest(system);
    for (int i = 0; i < plan->count; i++) {
        if (i != white && (white < 0 || !are_together(system, i, white)))
            add_name(&no_tint, tns_fit_pigment(plan, i));
        if (i != black && i != white && !are_together(system, i, black))
            add_name(&no_shade, tns_fit_pigment(plan, i));
    }
    if (no_tint.count > 0)
        tns_warn(&fit->warnings, "no white tint of %s: how much it scatters is weakly told",
                 no_tint.text);
    if (no_shade.count > 0)
        tns_warn(&fit->warnings, "no dark shade (with %s) of %s: dark mixtures are weakly told",
                 tns_fit_pigment(plan, black), no_shade.text);
}

/* ---- loose bands ---- */

static bool is_loose(const tns_palette *palette, int b, int *pigment)
{
    for (size_t i = 0; i < palette->count; i++) {
        const tns_pigment *p = &palette->pigments[i];
        if (!p->has_covariance || hypot(p->K_sd[b], p->S_sd[b]) <= LOOSE * hypot(p->K[b], p->S[b]))
            continue;
        *pigment = (int)i;
        return true;
    }
    return false;
}

static void doubt_bands(tns_fit *fit)
{
    int first = -1, pigment = 0;
    for (int b = 0; b <= TNS_BANDS; b++) {
        bool loose = b < TNS_BANDS && is_loose(fit->palette, b, &pigment);
        if (loose && first < 0)
            first = b;
        if (loose || first < 0)
            continue;
        tns_warn(&fit->warnings,
                 "%.0f-%.0f nm: nearly singular: these samples hardly fix K and S of %s there",
                 tns_band_nm(first), tns_band_nm(b - 1), fit->palette->pigments[pigment].id);
        first = -1;
    }
}

/* ---- outliers ---- */

typedef struct outlier {
    size_t row; /* of the fit */
    double times;
} outlier;

static int worst_first(const void *a, const void *b)
{
    double left = ((const outlier *)a)->times, right = ((const outlier *)b)->times;
    return (left < right) - (left > right);
}

/* A sample's misfit, as if it had not drawn the fit to itself. */
static double free_misfit(const tns_ink_system *system, size_t row)
{
    return tns_ink_system_misfit(system, row) /
           sqrt(fmax(1 - tns_ink_system_leverage(system, row), 0.1));
}

static void name_outliers(const tns_ink_system *system, outlier *list, double *room, tns_fit *fit)
{
    size_t n = 0;
    for (size_t i = 0; i < fit->count; i++) {
        if (fit->rows[i].held_out)
            continue;
        list[n].row = i;
        list[n].times = room[n] = free_misfit(system, n);
        n++;
    }
    gsl_sort(room, 1, n);
    double usual = fmax(gsl_stats_median_from_sorted_data(room, 1, n), 1e-2);
    qsort(list, n, sizeof *list, worst_first);
    int named = 0;
    for (size_t i = 0; i < n && named < NAMED_MOST; i++) {
        const tns_fit_row *row = &fit->rows[list[i].row];
        if (list[i].times < OUTLYING * usual || row->de00 < VISIBLE_DE00)
            continue;
        tns_warn(&fit->warnings,
                 "sample %s is an outlier: dE00 %.1f, %.0f times the usual misfit, leverage %.2f",
                 row->id, row->de00, list[i].times / usual, row->leverage);
        named++;
    }
}

static void doubt_samples(const tns_ink_system *system, tns_fit *fit)
{
    outlier *list = calloc(system->rows, sizeof *list);
    double *room = calloc(system->rows, sizeof *room);
    if (list && room)
        name_outliers(system, list, room, fit);
    free(list);
    free(room);
}

/* ---- the table ---- */

/* No surface that is not fluorescent sends back more than all light; gloss and white tiles err. */
static const double BRIGHTEST = 1.05;

static void doubt_brightness(const tns_sample_set *set, tns_fit *fit)
{
    names bright = {0};
    for (size_t i = 0; i < set->count; i++) {
        const double *R = set->samples[i].measured.value;
        if (!set->samples[i].held_out && gsl_stats_max(R, 1, TNS_BANDS) > BRIGHTEST)
            add_name(&bright, set->samples[i].id);
    }
    if (bright.count > 0)
        tns_warn(&fit->warnings,
                 "%s: reflects more than 105 %%, which no K and S do: fluorescent, glossy, or a "
                 "wrong white calibration",
                 bright.text);
}

/* Readings with the surface's own reflection in them have that much of it in every band. */
static bool is_below_surface(const tns_fit_sample *sample, tns_saunderson surface)
{
    enum { FEW = 3 };
    static const double NOISE = 0.005;
    int below = 0;
    for (int b = 0; b < TNS_BANDS; b++)
        below += sample->measured.value[b] < surface.k1 - NOISE;
    return below > FEW;
}

static void doubt_surface(const tns_fit_plan *plan, tns_fit *fit)
{
    names dark = {0};
    tns_saunderson surface = plan->options->surface;
    for (size_t i = 0; surface.specular_included && i < plan->set->count; i++)
        if (!plan->set->samples[i].held_out && is_below_surface(&plan->set->samples[i], surface))
            add_name(&dark, plan->set->samples[i].id);
    if (dark.count > 0)
        tns_warn(&fit->warnings,
                 "%s: darker than the surface's own %.1f %%, specular is included: were these read "
                 "with it excluded?",
                 dark.text, 100 * surface.k1);
}

static bool lies_below(const tns_sample_set *set, size_t backing)
{
    bool found = false;
    for (size_t i = 0; i < set->count; i++)
        found =
            found || (set->samples[i].kind == TNS_FIT_FILM && set->samples[i].backing == backing);
    return found;
}

/* A masstone whose column has another name would be such a row, and its mixes be mistaken. */
static void doubt_columns(const tns_sample_set *set, tns_fit *fit)
{
    names bare = {0};
    for (size_t i = 0; i < set->count; i++)
        if (set->samples[i].kind == TNS_FIT_BACKING && !lies_below(set, i))
            add_name(&bare, set->samples[i].id);
    if (set->passed_over[0])
        tns_warn(&fit->warnings,
                 "columns passed over: %s; amounts are called AMOUNT_<pigment>, what a film lies "
                 "on BACKING",
                 set->passed_over);
    if (bare.count > 0)
        tns_warn(&fit->warnings, "%s: no pigment in it, and no film lies on it", bare.text);
}

/* ---- thin films ---- */

/* Below this much of K + S a film is a tint of what is under it, and tells little of thick ones. */
static const double THIN = 0.2;

/* Most of K + S over the bands, of all that is in it. */
static double thickness(const tns_blend *film, const tns_palette *palette)
{
    double most = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        double sum = 0;
        for (int i = 0; i < film->count; i++) {
            const tns_pigment *p = &palette->pigments[film->pigment[i]];
            sum += film->amount[i] * (p->K[b] + p->S[b]);
        }
        most = fmax(most, sum);
    }
    return most;
}

/* Of what holds the pigment. */
static double thickest(const tns_ink_system *system, int pigment, const tns_palette *palette)
{
    double most = 0;
    for (size_t r = 0; r < system->rows; r++) {
        const tns_blend *blend = &system->blend[r];
        for (int i = 0; i < blend->count; i++)
            if (blend->pigment[i] == pigment)
                most = fmax(most, blend->film ? thickness(blend, palette) : INFINITY);
    }
    return most;
}

static void doubt_thickness(const tns_fit_plan *plan, const tns_ink_system *system, tns_fit *fit)
{
    names thin = {0};
    for (int i = 0; plan->absolute && i < plan->count; i++)
        if (thickest(system, i, fit->palette) < THIN)
            add_name(&thin, fit->palette->pigments[i].id);
    if (thin.count > 0)
        tns_warn(&fit->warnings,
                 "all films of %s are so thin that they hardly change what is below: how thicker "
                 "ones look is a guess",
                 thin.text);
}

/* ---- the rest ---- */

static void doubt_pigments(const tns_fit_plan *plan, tns_fit *fit)
{
    names unseen = {0}, clear = {0};
    for (size_t i = 0; i < plan->set->pigment_count; i++) {
        if (plan->place[i] == TNS_FIT_UNSEEN)
            add_name(&unseen, plan->set->pigment[i]);
        if (plan->place[i] == TNS_FIT_CLEAR)
            add_name(&clear, plan->set->pigment[i]);
    }
    if (unseen.count > 0)
        tns_warn(&fit->warnings, "no sample to fit holds %s: left out of the palette", unseen.text);
    if (clear.count > 0)
        tns_warn(&fit->warnings, "%s is taken as a clear diluent", clear.text);
}

void tns_fit_doubts(const tns_fit_plan *plan, const tns_ink_system *system, tns_fit *fit)
{
    if (!plan->absolute && !plan->options->white)
        tns_warn(&fit->warnings, "%s is taken as the white, whose S is 1 (--white chooses)",
                 fit->white);
    if (!system->noise_known)
        tns_warn(&fit->warnings,
                 "%zu samples for %d unknowns a band: the fit is exact by construction, which is "
                 "no accuracy",
                 system->rows, tns_band_parameters(&system->band[0]));
    doubt_columns(plan->set, fit);
    doubt_pigments(plan, fit);
    doubt_brightness(plan->set, fit);
    doubt_surface(plan, fit);
    doubt_samples(system, fit);
    doubt_partners(plan, system, fit);
    doubt_thickness(plan, system, fit);
    doubt_bands(fit);
}
