/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <tonsure/healed.h>

#include "color/tristimulus.h"
#include "match/span.h"
#include "skin/forecast.h"

const char *tns_healed_note(void)
{
    return "told as of a wide even patch (Kubelka-Munk, up and down alone); a dot of 0.15 mm is "
           "smaller than light's way in red, and reads lighter and softer";
}

static double mean_of(const tns_panel *ways, const double *seen)
{
    double sum = 0;
    for (size_t i = 0; i < ways->count; i++)
        sum += ways->share[i] * seen[i];
    return sum;
}

static void add_scatter(double covariance[6], tns_lab one, tns_lab mean, double weight)
{
    const double d[3] = {one.L - mean.L, one.a - mean.a, one.b - mean.b};
    int at = 0;
    for (int i = 0; i < 3; i++)
        for (int k = i; k < 3; k++)
            covariance[at++] += weight * d[i] * d[k];
}

bool tns_healed_forecast_on(const tns_panel *ways, const double K[TNS_BANDS],
                            const double S[TNS_BANDS], const tns_viewing *viewing,
                            tns_forecast *out, tns_error *err)
{
    double *seen = calloc(TNS_BANDS * ways->row, sizeof *seen);
    tns_lab *labs = malloc(ways->count * sizeof *labs);
    *out = (tns_forecast){.mean = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM}};
    bool done = seen && labs;
    if (done) {
        tns_panel_each(ways, K, S, seen);
        tns_lab_from_bands(seen, ways->row, ways->count, viewing, labs);
        for (size_t b = 0; b < TNS_BANDS; b++)
            out->mean.value[b] = mean_of(ways, seen + b * ways->row);
        out->lab = tns_lab_from_spectrum(&out->mean, viewing);
        for (size_t i = 0; i < ways->count; i++)
            add_scatter(out->covariance, labs[i], out->lab, ways->share[i]);
        done = tns_span_of(labs, ways->share, ways->count, &out->low, &out->high);
    }
    free(seen);
    free(labs);
    return done || tns_error_set(err, TNS_ERROR_MEMORY, "healed: out of memory");
}

bool tns_healed_forecast(const tns_healed *healed, const double K[TNS_BANDS],
                         const double S[TNS_BANDS], const tns_viewing *viewing, tns_forecast *out,
                         tns_error *err)
{
    tns_panel ways;
    if (!tns_panel_init(&ways, healed->surfaces, healed->weights, healed->count))
        return tns_error_set(err, TNS_ERROR_MEMORY, "healed: out of memory");
    bool done = tns_healed_forecast_on(&ways, K, S, viewing, out, err);
    tns_panel_finish(&ways);
    return done;
}
