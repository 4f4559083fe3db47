/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/difference.h>

#include "match/pot/additions.h"
#include "match/problem.h"

/* A list orders by the objective rounded to 1e-9. */
static const double SLACK = 1e-9;

/* A pot that needs more than this of its own volume is better split. */
static const double MOST_GROWTH = 2;

/* Nobody measures finer than this share of a pot: pour.h has the scatter of a syringe. */
static const double FINEST = 0.02;

enum { MOST_DILUENT = 100000 };

/* Each of m pigments has a unit or more. */
double tns_additions_count(const tns_additions *additions)
{
    double count = 0;
    for (int m = 0; m <= additions->max_pigments && m <= additions->colored; m++)
        count += tns_choose(additions->colored, m) * tns_choose(additions->max_units, m);
    return count;
}

int tns_additions_room(const tns_additions *a, double added_ml)
{
    if (a->count == a->colored)
        return 0;
    double room = fmin(a->max_shade * (a->pigment_ml + added_ml) - a->diluent_ml,
                       MOST_GROWTH * (a->pigment_ml + a->diluent_ml));
    return (int)fmin(fmax(floor(room / a->ml[a->colored] + SLACK), 0), MOST_DILUENT);
}

int tns_additions_most_diluent(const tns_additions *a, double added_ml)
{
    int most = tns_additions_room(a, added_ml), units = 0;
    if (most == 0)
        return 0;
    for (int next; (next = tns_additions_next_diluent(a, units)) <= most;)
        units = next;
    return units;
}

/* 1, 2, 5, 10, 20 .. */
static int round_step(int i)
{
    static const int steps[] = {1, 2, 5};
    int ten = 1;
    for (int k = 0; k < i / 3; k++)
        ten *= 10;
    return ten * steps[i % 3];
}

int tns_additions_next_diluent(const tns_additions *a, int units)
{
    double pot = (a->pigment_ml + a->diluent_ml) / a->ml[a->colored];
    double finest = fmin(FINEST * (pot + units), MOST_DILUENT);
    int i = 0;
    while (round_step(i + 1) <= finest)
        i++;
    int step = round_step(i);
    return (units / step + 1) * step;
}

void tns_additions_mix(const tns_additions *additions, int count, const int *component,
                       const double *units, tns_coefficients *out)
{
    tns_mix sum = additions->pot;
    for (int i = 0; i < count; i++)
        tns_mix_add(&sum, units[i], &additions->units[component[i]]);
    tns_mix_coefficients(&sum, out);
}

tns_spectrum tns_additions_seen(const tns_additions *additions, const tns_coefficients *mix)
{
    tns_spectrum seen = tns_surface_reflectance(&additions->goal->surfaces[0], mix->K, mix->S);
    for (int b = 0; b < TNS_BANDS; b++)
        seen.value[b] = fmax(seen.value[b] + additions->offset[b], 0);
    return seen;
}

static double value_of(const tns_goal *goal, const tns_spectrum *seen, double enough)
{
    double sum = 0, most = enough * enough;
    for (size_t v = 0; v < goal->viewing_count && sum <= most; v++) {
        bool one_sided = v == 0 && goal->never_darker;
        if (!(goal->weights[v] > 0) && !one_sided)
            continue;
        tns_lab lab = tns_lab_from_spectrum(seen, &goal->viewings[v]);
        if (one_sided && lab.L < goal->target[0].L)
            return INFINITY;
        double de = tns_de00(goal->target[v], lab);
        sum += goal->weights[v] * de * de;
    }
    return sum > most ? INFINITY : sqrt(sum);
}

/* Whether it makes darker what should not be, for too little. */
static bool is_withheld(const tns_additions *a, const tns_spectrum *seen, double objective)
{
    return a->least_L > 0 && objective > a->worth &&
           tns_lab_from_spectrum(seen, &a->goal->viewings[0]).L < a->least_L - SLACK;
}

double tns_additions_rate(const tns_additions *additions, const tns_coefficients *mix,
                          double enough, bool *withheld)
{
    tns_spectrum seen = tns_additions_seen(additions, mix);
    double objective = value_of(additions->goal, &seen, enough);
    *withheld = objective < INFINITY && is_withheld(additions, &seen, objective);
    return objective;
}

double tns_additions_value(const tns_additions *additions, const tns_coefficients *mix,
                           double enough)
{
    bool withheld;
    double objective = tns_additions_rate(additions, mix, enough, &withheld);
    return withheld ? INFINITY : objective;
}
