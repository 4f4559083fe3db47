/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/difference.h>

#include "match/additions.h"
#include "match/problem.h"

/* A list orders by the objective rounded to 1e-9. */
static const double SLACK = 1e-9;

typedef struct walk {
    const tns_additions *additions;
    const tns_context *context;
    tns_toplist *lists;
    uint64_t evaluated;
    bool cancelled;
} walk;

/*
 * Each of m pigments has a unit or more; a diluent has 0 or more, which is one or more of a sum
 * that is one larger.
 */
double tns_additions_count(const tns_additions *additions)
{
    int spare = additions->count - additions->colored;
    double count = 0;
    for (int m = 0; m <= additions->max_pigments && m <= additions->colored; m++)
        count +=
            tns_choose(additions->colored, m) * tns_choose(additions->max_units + spare, m + spare);
    return count;
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
        seen.value[b] += additions->offset[b];
    return seen;
}

double tns_additions_value(const tns_additions *additions, const tns_coefficients *mix,
                           double enough)
{
    const tns_goal *goal = additions->goal;
    tns_spectrum seen = tns_additions_seen(additions, mix);
    double sum = 0, most = enough * enough;
    for (size_t v = 0; v < goal->viewing_count && sum <= most; v++) {
        if (!(goal->weights[v] > 0))
            continue;
        double de = tns_de00(goal->target[v], tns_lab_from_spectrum(&seen, &goal->viewings[v]));
        sum += goal->weights[v] * de * de;
    }
    return sum > most ? INFINITY : sqrt(sum);
}

static void rate(walk *w, const tns_mix *mix, tns_pick *pick, int total)
{
    tns_coefficients c;
    tns_toplist *list = &w->lists[total];
    tns_mix_coefficients(mix, &c);
    pick->objective = tns_additions_value(w->additions, &c, tns_toplist_worst(list) + SLACK);
    if (pick->objective < INFINITY)
        tns_toplist_offer(list, pick);
    if (w->evaluated++ % 256 == 0)
        w->cancelled = tns_context_cancelled(w->context);
}

/* Rates the pick, then all that add a component behind its last one. */
static void extend(walk *w, const tns_mix *mix, tns_pick *pick, int next, int total)
{
    const tns_additions *a = w->additions;
    rate(w, mix, pick, total);
    int at = pick->count++;
    for (int c = next; c < a->count && total < a->max_units && !w->cancelled; c++) {
        if (at == 0)
            tns_context_progress(w->context, (double)c / a->count, "additions");
        if (c < a->colored && at >= a->max_pigments)
            continue;
        tns_mix more = *mix;
        pick->component[at] = c;
        for (int units = 1; total + units <= a->max_units && !w->cancelled; units++) {
            tns_mix_add(&more, 1, &a->units[c]);
            pick->units[at] = units;
            extend(w, &more, pick, c + 1, total + units);
        }
    }
    pick->count = at;
}

bool tns_additions_search(const tns_additions *additions, const tns_context *context,
                          tns_toplist *lists, uint64_t *evaluated, tns_error *err)
{
    walk w = {.additions = additions, .context = context, .lists = lists};
    tns_pick pick = {0};
    extend(&w, &additions->pot, &pick, 0, 0);
    *evaluated = w.evaluated;
    if (w.cancelled)
        return tns_error_set(err, TNS_ERROR_CANCELLED, "correct: cancelled");
    tns_context_progress(context, 1, "additions");
    return true;
}
