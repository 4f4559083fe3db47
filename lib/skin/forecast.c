/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <tonsure/healed.h>

#include "color/tristimulus.h"
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

typedef struct weighed {
    double value, weight;
} weighed;

/* Those below a value come first, then those equal to it. */
typedef struct parted {
    size_t less, same;
    double less_weight, same_weight;
} parted;

static void swap(weighed *a, weighed *b)
{
    weighed kept = *a;
    *a = *b;
    *b = kept;
}

static parted part_at(double value, weighed *all, size_t count)
{
    parted p = {0, 0, 0, 0};
    for (size_t i = 0, end = count; i < end;)
        if (all[i].value > value) {
            swap(&all[i], &all[--end]);
        } else if (all[i].value < value) {
            p.less_weight += all[i].weight;
            swap(&all[i++], &all[p.less++]);
        } else {
            p.same_weight += all[i++].weight;
            p.same++;
        }
    return p;
}

/*
 * The least value that so great a share of the weight does not exceed, without putting all in order
 * (Hoare's Find, Comm. ACM 4, 321 (1961), by weight).
 */
static double quantile(weighed *all, size_t count, double share)
{
    double found = 0;
    while (count > 0) {
        found = all[count / 2].value;
        parted p = part_at(found, all, count);
        size_t before = p.less + p.same;
        if (share <= p.less_weight) {
            count = p.less;
        } else if (share <= p.less_weight + p.same_weight) {
            return found;
        } else {
            share -= p.less_weight + p.same_weight;
            all += before;
            count -= before;
        }
    }
    return found;
}

static void set_range(const tns_panel *ways, const tns_lab *labs, int axis, weighed *room,
                      double *low, double *high)
{
    for (size_t i = 0; i < ways->count; i++) {
        const double value[3] = {labs[i].L, labs[i].a, labs[i].b};
        room[i] = (weighed){value[axis], ways->share[i]};
    }
    *low = quantile(room, ways->count, 0.05);
    *high = quantile(room, ways->count, 0.95);
}

bool tns_healed_forecast_on(const tns_panel *ways, const double K[TNS_BANDS],
                            const double S[TNS_BANDS], const tns_viewing *viewing,
                            tns_forecast *out, tns_error *err)
{
    double *seen = calloc(TNS_BANDS * ways->row, sizeof *seen);
    tns_lab *labs = malloc(ways->count * sizeof *labs);
    weighed *room = malloc(ways->count * sizeof *room);
    *out = (tns_forecast){.mean = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM}};
    bool done =
        (seen && labs && room) || tns_error_set(err, TNS_ERROR_MEMORY, "healed: out of memory");
    if (done) {
        tns_panel_each(ways, K, S, seen);
        tns_lab_from_bands(seen, ways->row, ways->count, viewing, labs);
        for (size_t b = 0; b < TNS_BANDS; b++)
            out->mean.value[b] = mean_of(ways, seen + b * ways->row);
        out->lab = tns_lab_from_spectrum(&out->mean, viewing);
        for (size_t i = 0; i < ways->count; i++)
            add_scatter(out->covariance, labs[i], out->lab, ways->share[i]);
        set_range(ways, labs, 0, room, &out->low.L, &out->high.L);
        set_range(ways, labs, 1, room, &out->low.a, &out->high.a);
        set_range(ways, labs, 2, room, &out->low.b, &out->high.b);
    }
    free(seen);
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
