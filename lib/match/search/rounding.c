/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "match/search/rate.h"
#include "match/search/rounding.h"

enum { EXCHANGES = 6 };

/* Gives each part its least units and the rest of `total` by largest remainder. */
static void apportion(const tns_problem *problem, const tns_support *support, int total,
                      int units[TNS_PARTS_MAX])
{
    int left = total, least[TNS_PARTS_MAX];
    double want[TNS_PARTS_MAX];
    for (int i = 0; i < support->count; i++) {
        want[i] = support->units[i] * total;
        least[i] = problem->least_units[support->component[i]];
        units[i] = (int)fmax(least[i], floor(want[i]));
        left -= units[i];
    }
    while (left != 0) {
        int step = left > 0 ? 1 : -1, best = -1;
        for (int i = 0; i < support->count; i++) {
            bool can = step > 0 || units[i] > least[i];
            if (can &&
                (best < 0 || step * (want[i] - units[i]) > step * (want[best] - units[best])))
                best = i;
        }
        units[best] += step;
        left -= step;
    }
}

static void offer(const tns_problem *problem, tns_pick *pick, tns_toplist *list)
{
    if (!tns_problem_lists(problem, pick->count, pick->component, pick->units))
        return;
    tns_pick_rate(problem, pick, tns_toplist_worst(list));
    if (pick->objective < INFINITY)
        tns_toplist_offer(list, pick);
}

static void offer_shades(const tns_problem *problem, const tns_support *support, tns_pick *pick,
                         tns_toplist *list)
{
    int middle = (int)lround(support->shade);
    for (int shade = middle - 1; shade <= middle + 1; shade++) {
        pick->shade = shade;
        if (shade >= 0 && shade <= problem->max_shade)
            offer(problem, pick, list);
    }
}

static int least_total(const tns_problem *problem, const tns_support *support)
{
    int total = 0;
    for (int i = 0; i < support->count; i++)
        total += problem->least_units[support->component[i]];
    return total;
}

/* With one unit less of each part and one more of each other; the best of those, or the pick. */
static tns_pick best_exchange(const tns_problem *problem, const tns_pick *pick, tns_toplist *list)
{
    tns_pick best = *pick;
    for (int from = 0; from < pick->count; from++)
        for (int to = 0; to < pick->count; to++) {
            tns_pick other = *pick;
            if (to == from || other.units[from] <= problem->least_units[other.component[from]])
                continue;
            other.units[from]--;
            other.units[to]++;
            offer(problem, &other, list);
            best = other.objective < best.objective ? other : best;
        }
    return best;
}

/* Of a fixed total, the way down from the rounding by exchanges. */
static void offer_exchanges(const tns_problem *problem, tns_pick pick, tns_toplist *list)
{
    for (int i = 0; i < EXCHANGES; i++) {
        tns_pick next = best_exchange(problem, &pick, list);
        if (!(next.objective < pick.objective))
            return;
        pick = next;
    }
}

void tns_round_support(const tns_problem *problem, const tns_support *support, tns_toplist *list)
{
    tns_pick pick = {.count = support->count};
    for (int i = 0; i < support->count; i++)
        pick.component[i] = support->component[i];
    int least = least_total(problem, support);
    int first = problem->exactly && least <= problem->max_units ? problem->max_units : least;
    for (int total = first; total <= problem->max_units; total++) {
        apportion(problem, support, total, pick.units);
        offer_shades(problem, support, &pick, list);
    }
    pick.shade = 0;
    if (problem->exactly && first == problem->max_units && problem->max_shade == 0)
        offer_exchanges(problem, pick, list);
}
