/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <tonsure/difference.h>

#include "match/pot/additions.h"
#include "match/problem.h"

/* A list orders by the objective rounded to 1e-9. */
static const double SLACK = 1e-9;

/* The largest S_L of CIEDE2000. */
static const double MOST_SL = 1.75;

/* A pot that needs more than this of its own volume is better split. */
static const double MOST_GROWTH = 2;

/* Nobody measures finer than this share of a pot: pour.h has the scatter of a syringe. */
static const double FINEST = 0.02;

enum { MOST_DILUENT = 100000 };

typedef struct walk {
    const tns_additions *additions;
    const tns_context *context;
    tns_toplist *lists, best; /* of each total, and of all */
    bool halves;              /* the diluent only thins, so its range may be halved */
    int *levels;              /* amounts of diluent, rising from 0 */
    int level_count;
    tns_additions_tally tally;
    bool cancelled;
} walk;

/* Each of m pigments has a unit or more. */
double tns_additions_count(const tns_additions *additions)
{
    double count = 0;
    for (int m = 0; m <= additions->max_pigments && m <= additions->colored; m++)
        count += tns_choose(additions->colored, m) * tns_choose(additions->max_units, m);
    return count;
}

int tns_additions_most_diluent(const tns_additions *a, double added_ml)
{
    if (a->count == a->colored)
        return 0;
    double room = fmin(a->max_shade * (a->pigment_ml + added_ml) - a->diluent_ml,
                       MOST_GROWTH * (a->pigment_ml + a->diluent_ml));
    int most = (int)fmin(fmax(floor(room / a->ml[a->colored] + SLACK), 0), MOST_DILUENT);
    int units = 0;
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
        seen.value[b] += additions->offset[b];
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

double tns_additions_value(const tns_additions *additions, const tns_coefficients *mix,
                           double enough)
{
    tns_spectrum seen = tns_additions_seen(additions, mix);
    double objective = value_of(additions->goal, &seen, enough);
    return is_withheld(additions, &seen, objective) ? INFINITY : objective;
}

/* ---- how much diluent ---- */

/* Some pigments added, and the best diluent to them so far. */
typedef struct thinning {
    walk *w;
    const tns_mix *mix;
    double enough; /* what is worse than this is of no use */
    double objective;
    int units;
} thinning;

typedef struct thinned {
    int level;
    tns_spectrum seen;
} thinned;

static thinned thin(thinning *t, int level)
{
    const tns_additions *a = t->w->additions;
    thinned made = {.level = level};
    int units = t->w->levels[level];
    tns_mix mix = *t->mix;
    tns_coefficients c;
    if (units > 0)
        tns_mix_add(&mix, units, &a->units[a->colored]);
    tns_mix_coefficients(&mix, &c);
    made.seen = tns_additions_seen(a, &c);
    double objective = value_of(a->goal, &made.seen, t->enough);
    bool better = objective < t->objective || (objective == t->objective && units < t->units);
    bool too_dark = a->with_dark && objective > a->dark_worth;
    if (better && (too_dark || is_withheld(a, &made.seen, objective))) {
        t->w->tally.withheld = fmin(t->w->tally.withheld, objective);
        if (too_dark) /* whatever else of these pigments is as far off is so too */
            t->enough = fmin(t->enough, objective + SLACK);
    } else if (better) {
        t->objective = objective;
        t->units = units;
        t->enough = fmin(t->enough, objective + SLACK);
    }
    if (t->w->tally.evaluated++ % 256 == 0)
        t->w->cancelled = tns_context_cancelled(t->w->context);
    return made;
}

/* L* when each band has the end that leaves it darkest, or lightest. */
static double extreme_L(const tns_viewing *viewing, const thinned *a, const thinned *b, bool most)
{
    tns_spectrum seen = a->seen;
    for (int i = 0; i < TNS_BANDS; i++) {
        double least = fmin(a->seen.value[i], b->seen.value[i]);
        double largest = fmax(a->seen.value[i], b->seen.value[i]);
        seen.value[i] = most == (viewing->weight[1][i] > 0) ? largest : least;
    }
    return tns_lab_from_spectrum(&seen, viewing).L;
}

static bool is_ruled_out(const thinning *t, const thinned *a, const thinned *b)
{
    const tns_goal *goal = t->w->additions->goal;
    if (!(goal->weights[0] > 0) || !isfinite(t->enough))
        return false;
    double reach = MOST_SL * t->enough / sqrt(goal->weights[0]), L = goal->target[0].L;
    return extreme_L(&goal->viewings[0], a, b, true) < L - reach ||
           extreme_L(&goal->viewings[0], a, b, false) > L + reach;
}

static void halve(thinning *t, const thinned *a, const thinned *b)
{
    if (b->level - a->level < 2 || t->w->cancelled || is_ruled_out(t, a, b))
        return;
    thinned middle = thin(t, a->level + (b->level - a->level) / 2);
    halve(t, a, &middle);
    halve(t, &middle, b);
}

/* Nobody is shown what is neither among the best of its total, nor among the best of all or so near
 * the very best that it counts as equally good. */
static double worst_of_use(const walk *w, int total)
{
    double here = tns_toplist_worst(&w->lists[total]), all = tns_toplist_worst(&w->best);
    if (w->best.count > 0)
        all = fmax(all, w->best.picks[0].objective + w->additions->margin);
    return fmin(here, all) + SLACK;
}

static bool has_dark(const tns_additions *a, const tns_pick *pick)
{
    for (int i = 0; i < pick->count; i++)
        if (a->dark[pick->component[i]])
            return true;
    return false;
}

/* The pick with the diluent that suits it best. */
static void rate(walk *w, const tns_mix *mix, tns_pick *pick, int total, double added_ml)
{
    const tns_additions *a = w->additions;
    thinning t = {.w = w, .mix = mix, .enough = worst_of_use(w, total), .objective = INFINITY};
    int most = tns_additions_most_diluent(a, added_ml), last = 0;
    if (a->with_dark)
        t.enough = fmin(t.enough, fmax(a->dark_worth, w->tally.withheld) + SLACK);
    while (last + 1 < w->level_count && w->levels[last + 1] <= most)
        last++;
    thinned none = thin(&t, 0);
    if (last > 0 && w->halves) {
        thinned all = thin(&t, last);
        halve(&t, &none, &all);
    }
    for (int level = 1; level <= last && !w->halves && !w->cancelled; level++)
        thin(&t, level);
    if (!(t.objective < INFINITY))
        return;
    tns_pick best = *pick;
    best.objective = t.objective;
    if (t.units > 0) {
        best.component[best.count] = a->colored;
        best.units[best.count++] = t.units;
    }
    tns_toplist_offer(&w->lists[total], &best);
    tns_toplist_offer(&w->best, &best);
}

/* ---- which pigments ---- */

/* Rates the pick, then all that add a pigment behind its last one. */
static void extend(walk *w, const tns_mix *mix, tns_pick *pick, int next, int total, double ml)
{
    const tns_additions *a = w->additions;
    if (!a->with_dark || has_dark(a, pick))
        rate(w, mix, pick, total, ml);
    int at = pick->count++;
    for (int c = next; c < a->colored && at < a->max_pigments && !w->cancelled; c++) {
        if (a->dark && !a->with_dark && a->dark[c])
            continue;
        if (at == 0)
            tns_context_progress(w->context, (double)c / a->colored, "additions");
        tns_mix more = *mix;
        pick->component[at] = c;
        for (int units = 1; total + units <= a->max_units && !w->cancelled; units++) {
            tns_mix_add(&more, 1, &a->units[c]);
            pick->units[at] = units;
            extend(w, &more, pick, c + 1, total + units, ml + units * a->ml[c]);
        }
    }
    pick->count = at;
}

/* Whether all that the diluent does is to thin a film that lies on its backing alone. */
static bool only_thins(const tns_additions *a)
{
    const tns_surface *surface = &a->goal->surfaces[0];
    bool clear = a->count > a->colored && surface->kind != TNS_SURFACE_OPAQUE;
    for (int b = 0; b < TNS_BANDS && clear; b++)
        clear = a->units[a->colored].K[b] == 0 && a->units[a->colored].S[b] == 0 &&
                surface->host_K[b] == 0 && surface->host_S[b] == 0;
    return clear;
}

/* All amounts of diluent that any addition leaves room for. */
static bool list_levels(walk *w, tns_error *err)
{
    const tns_additions *a = w->additions;
    double largest = 0;
    int count = 1;
    for (int c = 0; c < a->colored; c++)
        largest = fmax(largest, a->ml[c]);
    int most = tns_additions_most_diluent(a, largest * a->max_units);
    for (int units = 0; units < most; units = tns_additions_next_diluent(a, units))
        count++;
    w->levels = calloc((size_t)count, sizeof *w->levels);
    if (!w->levels)
        return tns_error_set(err, TNS_ERROR_MEMORY, "correct: out of memory");
    for (w->level_count = 1; w->level_count < count; w->level_count++)
        w->levels[w->level_count] = tns_additions_next_diluent(a, w->levels[w->level_count - 1]);
    return true;
}

bool tns_additions_search(const tns_additions *additions, const tns_context *context,
                          tns_toplist *lists, tns_additions_tally *tally, tns_error *err)
{
    walk w = {.additions = additions,
              .context = context,
              .lists = lists,
              .tally = {.withheld = INFINITY},
              .halves = only_thins(additions)};
    tns_pick pick = {0};
    bool ready = list_levels(&w, err) && tns_toplist_init(&w.best, lists[0].limit, err);
    if (ready)
        extend(&w, &additions->pot, &pick, 0, 0, 0);
    tns_toplist_finish(&w.best);
    free(w.levels);
    *tally = w.tally;
    if (w.cancelled)
        return tns_error_set(err, TNS_ERROR_CANCELLED, "correct: cancelled");
    tns_context_progress(context, 1, "additions");
    return ready;
}
