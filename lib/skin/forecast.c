/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <tonsure/healed.h>

#include "skin/forecast.h"

const char *tns_healed_note(void)
{
    return "told as of a wide even patch (Kubelka-Munk, up and down alone); a dot of 0.15 mm is "
           "smaller than light's way in red, and reads lighter and softer";
}

static void add_row(tns_spectrum *mean, const double row[TNS_BANDS], double weight)
{
    for (int b = 0; b < TNS_BANDS; b++)
        mean->value[b] += weight * row[b];
}

static void add_scatter(double covariance[6], tns_lab one, tns_lab mean, double weight)
{
    const double d[3] = {one.L - mean.L, one.a - mean.a, one.b - mean.b};
    int at = 0;
    for (int i = 0; i < 3; i++)
        for (int k = i; k < 3; k++)
            covariance[at++] += weight * d[i] * d[k];
}

typedef struct weighed {
    double value, weight;
} weighed;

static int by_value(const void *a, const void *b)
{
    double u = ((const weighed *)a)->value, v = ((const weighed *)b)->value;
    return (u > v) - (u < v);
}

/* The least value that so great a share of the weight does not exceed. */
static double quantile(const weighed *sorted, size_t count, double share)
{
    double below = 0;
    size_t i = 0;
    while (i + 1 < count && (below += sorted[i].weight) < share)
        i++;
    return sorted[i].value;
}

static void set_range(const tns_panel *ways, const tns_lab *labs, int axis, weighed *room,
                      double *low, double *high)
{
    for (size_t i = 0; i < ways->count; i++) {
        const double value[3] = {labs[i].L, labs[i].a, labs[i].b};
        room[i] = (weighed){value[axis], ways->share[i]};
    }
    qsort(room, ways->count, sizeof *room, by_value);
    *low = quantile(room, ways->count, 0.05);
    *high = quantile(room, ways->count, 0.95);
}

bool tns_healed_forecast_on(const tns_panel *ways, const double K[TNS_BANDS],
                            const double S[TNS_BANDS], const tns_viewing *viewing,
                            tns_forecast *out, tns_error *err)
{
    double(*rows)[TNS_BANDS] = malloc(ways->count * sizeof *rows);
    tns_lab *labs = malloc(ways->count * sizeof *labs);
    weighed *room = malloc(ways->count * sizeof *room);
    *out = (tns_forecast){.mean = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM}};
    bool done =
        (rows && labs && room) || tns_error_set(err, TNS_ERROR_MEMORY, "healed: out of memory");
    if (done) {
        tns_panel_each(ways, K, S, rows);
        tns_lab_from_spectra(rows[0], ways->count, viewing, 1, labs);
        for (size_t i = 0; i < ways->count; i++)
            add_row(&out->mean, rows[i], ways->share[i]);
        out->lab = tns_lab_from_spectrum(&out->mean, viewing);
        for (size_t i = 0; i < ways->count; i++)
            add_scatter(out->covariance, labs[i], out->lab, ways->share[i]);
        set_range(ways, labs, 0, room, &out->low.L, &out->high.L);
        set_range(ways, labs, 1, room, &out->low.a, &out->high.a);
        set_range(ways, labs, 2, room, &out->low.b, &out->high.b);
    }
    free(rows);
    free(labs);
    free(room);
    return done;
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
