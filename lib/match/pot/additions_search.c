/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/bound/bound.h"
#include "match/pot/addition_corners.h"
#include "match/pot/additions.h"
#include "match/problem.h"
#include "match/search/box.h"

/* What is left out exceeds what is of use by more than this. With the offset what is seen in a band
 * is right to 3e-9, in single precision, and a* of black moves by 4000 times that. */
static const double SLACK = 1e-4;

/* For the choice of what to halve, on which only the speed depends: how much K and S growing
 * together show beside K/S. */
static const double BOTH_SHOW = 0.3;

enum { BETWEEN_CHECKS = 64 }; /* boxes, or sets of pigments */

/* So many sets of pigments are put in order at a time. */
enum { SETS_MAX = 32768 };

/* A finer table of colors takes longer to make, and pays in a longer search. */
enum { ROUGH_CELLS = 8, FINE_CELLS = TNS_CHROMATIC_CELLS / 2 };
static const double LONG_SEARCH = 10000;

/* Pigments that may be added together. */
typedef struct pigment_set {
    double bound; /* no addition of them is nearer */
    int component[TNS_PARTS_MAX];
} pigment_set;

typedef struct walk {
    const tns_additions *additions;
    const tns_context *context;
    tns_toplist *lists, best; /* of each total, and of all */
    int *levels;              /* amounts of diluent, rising from 0 */
    int level_count;
    tns_bound bound;
    tns_ink *units; /* one of each component */
    pigment_set *sets;
    size_t set_count;
    tns_pick pick; /* the pigments being tried */
    tns_addition_corners corners;
    uint64_t steps;
    double all_sets, listed, tried; /* for what is told of the progress */
    tns_additions_tally tally;
    bool cancelled;
} walk;

/* ---- how far it is ---- */

/* Each set is listed, then tried, so much of those that were listed last. */
static void tell(const walk *w, double share)
{
    double tried = w->tried + share * (w->listed - w->tried);
    tns_context_progress(w->context, 0.5 * (w->listed + tried) / w->all_sets, "additions");
}

static bool is_time_to_ask(walk *w)
{
    bool asks = w->steps++ % BETWEEN_CHECKS == 0;
    w->cancelled = w->cancelled || (asks && tns_context_cancelled(w->context));
    return asks;
}

/* ---- what is of use ---- */

/* Nobody is shown what is neither among the best of its total, nor among the best of all or so near
 * the very best that it counts as equally good. */
static double worst_of_use(const walk *w, int least_total, int most_total)
{
    double here = 0, all = tns_toplist_worst(&w->best);
    for (int t = least_total; t <= most_total && here < INFINITY; t++)
        here = fmax(here, tns_toplist_worst(&w->lists[t]));
    if (w->best.count > 0)
        all = fmax(all, w->best.picks[0].objective + w->additions->margin);
    double worst = fmin(here, all);
    if (w->additions->with_dark)
        worst = fmin(worst, fmax(w->additions->dark_worth, w->tally.withheld));
    return worst + SLACK;
}

/* A pick is listed once, with the diluent that suits it best, by the list's own order: by another
   it could drive out what it later falls behind. */
static bool is_same_but_for_diluent(const walk *w, const tns_pick *a, const tns_pick *b)
{
    int colored = w->additions->colored;
    int count = a->count - (a->count > 0 && a->component[a->count - 1] == colored);
    int other = b->count - (b->count > 0 && b->component[b->count - 1] == colored);
    return count == other &&
           memcmp(a->component, b->component, (size_t)count * sizeof *a->component) == 0 &&
           memcmp(a->units, b->units, (size_t)count * sizeof *a->units) == 0;
}

static void offer(const walk *w, tns_toplist *list, const tns_pick *pick)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_same_but_for_diluent(w, pick, &list->picks[i])) {
            if (!tns_pick_is_before(pick, &list->picks[i]))
                return;
            list->count--;
            memmove(&list->picks[i], &list->picks[i + 1], (list->count - i) * sizeof *pick);
        }
    tns_toplist_offer(list, pick);
}

/* ---- one addition ---- */

static void rate(walk *w, const tns_box *b)
{
    const tns_additions *a = w->additions;
    int total = 0, diluent = w->levels[b->thick];
    tns_mix mix = a->pot;
    tns_coefficients c;
    tns_pick pick = w->pick;
    for (int i = 0; i < pick.count; i++) {
        total += pick.units[i] = b->low[i];
        tns_mix_add(&mix, b->low[i], &a->units[pick.component[i]]);
    }
    if (diluent > 0) {
        tns_mix_add(&mix, diluent, &a->units[a->colored]);
        pick.component[pick.count] = a->colored;
        pick.units[pick.count++] = diluent;
    }
    tns_mix_coefficients(&mix, &c);
    bool withheld;
    pick.objective = tns_additions_rate(a, &c, worst_of_use(w, total, total), &withheld);
    w->tally.evaluated++;
    if (!(pick.objective < INFINITY))
        return;
    if (withheld || (a->with_dark && pick.objective > a->dark_worth)) {
        w->tally.withheld = fmin(w->tally.withheld, pick.objective);
        return;
    }
    offer(w, &w->lists[total], &pick);
    offer(w, &w->best, &pick);
}

/* ---- what a box can give ---- */

static void fill_corners(walk *w, const tns_box *b)
{
    const tns_additions *a = w->additions;
    tns_addition_hull hull = {.count = b->count,
                              .diluent = &w->units[a->colored],
                              .least_diluent = w->levels[b->thick],
                              .most_diluent = w->levels[b->thin],
                              .max_units = a->max_units};
    for (int i = 0; i < b->count; i++) {
        hull.unit[i] = &w->units[w->pick.component[i]];
        hull.low[i] = b->low[i];
        hull.high[i] = b->high[i];
    }
    tns_addition_corners_fill(&w->corners, w->bound.kernels, &hull);
}

static bool is_all_too_dark(const walk *w)
{
    tns_screen_reach reach;
    w->bound.kernels->reach(&w->bound.sights[0], &w->bound.eye, w->corners.corner, w->corners.count,
                            NULL, &reach);
    return reach.high[0][0] < w->additions->least_L - SLACK;
}

/* What is dark, and no nearer than what is withheld already, need not be looked at. */
static double bound_on_use(walk *w, const tns_box *b, double enough)
{
    const tns_additions *a = w->additions;
    fill_corners(w, b);
    double bound = tns_bound_value(&w->bound, w->corners.corner, w->corners.count, enough);
    bool known = a->least_L > 0 && bound > fmax(a->worth, w->tally.withheld) + SLACK;
    return bound > enough || (known && is_all_too_dark(w)) ? INFINITY : bound;
}

/* ---- what is still open ---- */

/* Leaves out units and diluent that there is no room for; false when nothing is left. */
static bool clip(const walk *w, tns_box *b)
{
    const tns_additions *a = w->additions;
    double added_ml = 0;
    if (!tns_box_clip(b, (tns_total){a->max_units, false}))
        return false;
    for (int i = 0; i < b->count; i++)
        added_ml += b->high[i] * a->ml[w->pick.component[i]];
    int room = tns_additions_room(a, added_ml);
    while (b->thin > b->thick && w->levels[b->thin] > room)
        b->thin--;
    return w->levels[b->thick] <= room;
}

/* K and S of a mixture in the middle of the box, and its amount. */
static tns_mix middle_of(const walk *w, const tns_box *b)
{
    const tns_additions *a = w->additions;
    tns_mix mix = a->pot;
    for (int i = 0; i < b->count; i++)
        tns_mix_add(&mix, 0.5 * (b->low[i] + b->high[i]), &a->units[w->pick.component[i]]);
    if (b->thin > 0)
        tns_mix_add(&mix, 0.5 * (w->levels[b->thick] + w->levels[b->thin]), &a->units[a->colored]);
    return mix;
}

/* How much so many units show: mostly what they do to K/S, for the rest to K and S. */
static double shows(const tns_mix *mix, const tns_mix *unit, double units)
{
    double sum = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        double k = unit->K[b] / (mix->K[b] + 1e-30), s = unit->S[b] / (mix->S[b] + 1e-30);
        sum += fabs(k - s) + BOTH_SHOW * (k + s);
    }
    return units * (sum / TNS_BANDS + BOTH_SHOW * unit->amount / mix->amount);
}

/* The component whose range shows most: that of the pick, or behind them the diluent; -1 when
 * nothing is open. */
static int widest(const walk *w, const tns_box *b)
{
    const tns_additions *a = w->additions;
    tns_mix mix = middle_of(w, b);
    double most = -1;
    int found = -1;
    for (int i = 0; i <= b->count; i++) {
        bool thins = i == b->count;
        int range = thins ? w->levels[b->thin] - w->levels[b->thick] : b->high[i] - b->low[i];
        if (range == 0)
            continue;
        double here = shows(&mix, &a->units[thins ? a->colored : w->pick.component[i]], range);
        if (here > most) {
            most = here;
            found = i;
        }
    }
    return found;
}

/* What is of use of a box. */
static double worst_in(const walk *w, const tns_box *b)
{
    int least = 0, most = 0;
    for (int i = 0; i < b->count; i++) {
        least += b->low[i];
        most += b->high[i];
    }
    return worst_of_use(w, least, most < w->additions->max_units ? most : w->additions->max_units);
}

/* What is still open of some box, and no mixture of it is nearer than the bound; INFINITY = nothing
 * is of use. */
typedef struct open_box {
    tns_box box;
    double bound;
} open_box;

static open_box open(walk *w, tns_box b)
{
    bool room = clip(w, &b);
    return (open_box){b, room ? bound_on_use(w, &b, worst_in(w, &b)) : INFINITY};
}

static void visit(walk *w, const open_box *o);

/* The nearer half first: it may rule out the other. */
static void visit_halves(walk *w, const tns_box *b, int wide)
{
    tns_box first = *b, second = *b;
    if (wide == b->count) {
        first.thin = (b->thick + b->thin) / 2;
        second.thick = first.thin + 1;
    } else {
        first.high[wide] = (b->low[wide] + b->high[wide]) / 2;
        second.low[wide] = first.high[wide] + 1;
    }
    open_box halves[] = {open(w, first), open(w, second)};
    int nearer = halves[1].bound < halves[0].bound;
    visit(w, &halves[nearer]);
    visit(w, &halves[!nearer]);
}

static void visit(walk *w, const open_box *o)
{
    is_time_to_ask(w);
    if (w->cancelled || !(o->bound < INFINITY) || o->bound > worst_in(w, &o->box))
        return;
    int wide = widest(w, &o->box);
    if (wide < 0)
        rate(w, &o->box);
    else
        visit_halves(w, &o->box, wide);
}

/* ---- which pigments ---- */

static bool has_dark(const walk *w)
{
    for (int i = 0; i < w->pick.count; i++)
        if (w->additions->dark[w->pick.component[i]])
            return true;
    return false;
}

static tns_box whole(const walk *w)
{
    tns_box all = {.count = w->pick.count, .thin = w->level_count - 1};
    for (int i = 0; i < all.count; i++) {
        all.low[i] = 1;
        all.high[i] = w->additions->max_units;
    }
    return all;
}

static int compare_sets(const void *first, const void *second)
{
    const pigment_set *a = first, *b = second;
    int order = (a->bound > b->bound) - (a->bound < b->bound);
    for (int i = 0; i < TNS_PARTS_MAX && order == 0; i++)
        order = a->component[i] - b->component[i];
    return order;
}

/* Those first that may come nearest. The pick is as before, for more sets may be listed. */
static void visit_sets(walk *w)
{
    const tns_pick listed = w->pick;
    qsort(w->sets, w->set_count, sizeof *w->sets, compare_sets);
    for (size_t s = 0; s < w->set_count; s++) {
        tell(w, (double)s / (double)w->set_count);
        memcpy(w->pick.component, w->sets[s].component, sizeof w->pick.component);
        open_box all = {whole(w), w->sets[s].bound};
        if (clip(w, &all.box))
            visit(w, &all);
    }
    w->pick = listed;
    w->set_count = 0;
    w->tried = w->listed;
}

static void keep_set(walk *w)
{
    w->listed++;
    if (is_time_to_ask(w))
        tell(w, 0);
    if (w->additions->with_dark && !has_dark(w))
        return;
    open_box all = open(w, whole(w));
    if (!(all.bound < INFINITY))
        return;
    pigment_set *set = &w->sets[w->set_count++];
    *set = (pigment_set){.bound = all.bound};
    memcpy(set->component, w->pick.component, (size_t)w->pick.count * sizeof *set->component);
    if (w->set_count == SETS_MAX)
        visit_sets(w);
}

/* All sets of `size` pigments whose first `at` are the pick's. */
static void list_sets(walk *w, int size, int at, int next)
{
    const tns_additions *a = w->additions;
    if (at == size) {
        w->pick.count = size;
        keep_set(w);
        return;
    }
    for (int c = next; c < a->colored && !w->cancelled; c++) {
        if (a->dark && !a->with_dark && a->dark[c])
            continue;
        w->pick.component[at] = c;
        list_sets(w, size, at + 1, c + 1);
    }
}

/* ---- the whole search ---- */

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

static bool list_inks(walk *w, tns_error *err)
{
    const tns_additions *a = w->additions;
    w->units = calloc((size_t)a->count + 1, sizeof *w->units);
    w->sets = calloc(SETS_MAX, sizeof *w->sets);
    if (!w->units || !w->sets)
        return tns_error_set(err, TNS_ERROR_MEMORY, "correct: out of memory");
    tns_ink_set(&w->corners.pot, &a->pot);
    for (int c = 0; c < a->count; c++)
        tns_ink_set(&w->units[c], &a->units[c]);
    return true;
}

/* What is seen is as the surface has it, and the offset. */
static bool bound_init(walk *w, int cells, tns_error *err)
{
    const tns_additions *a = w->additions;
    double enough = worst_of_use(w, 0, a->max_units);
    if (!tns_bound_init(&w->bound, a->goal, enough, cells, tns_cpu_isa(), err))
        return false;
    tns_screen_surface *surface = &w->bound.surfaces[0];
    for (int b = 0; b < TNS_BANDS; b++) {
        surface->c0[b] += (float)a->offset[b];
        surface->bare = surface->bare && a->offset[b] == 0;
    }
    return true;
}

/* Few pigments first: what they come to rules out most of the others. */
static bool search_sizes(walk *w, int from, int to, int cells, tns_error *err)
{
    if (!bound_init(w, cells, err))
        return false;
    for (int size = from; size <= to && !w->cancelled; size++) {
        list_sets(w, size, 0, 0);
        visit_sets(w);
    }
    tns_bound_finish(&w->bound);
    return true;
}

static bool search(walk *w, tns_error *err)
{
    const tns_additions *a = w->additions;
    int most = a->max_pigments < a->colored ? a->max_pigments : a->colored;
    for (int size = 0; size <= most; size++)
        w->all_sets += tns_choose(a->colored, size);
    bool is_long = tns_additions_count(a) > LONG_SEARCH;
    return list_levels(w, err) && list_inks(w, err) &&
           tns_toplist_init(&w->best, w->lists[0].limit, err) &&
           search_sizes(w, 0, most < 1 ? most : 1, ROUGH_CELLS, err) &&
           search_sizes(w, 2, most, is_long ? FINE_CELLS : ROUGH_CELLS, err);
}

bool tns_additions_search(const tns_additions *additions, const tns_context *context,
                          tns_toplist *lists, tns_additions_tally *tally, tns_error *err)
{
    walk *w = calloc(1, sizeof *w);
    if (!w)
        return tns_error_set(err, TNS_ERROR_MEMORY, "correct: out of memory");
    w->additions = additions;
    w->context = context;
    w->lists = lists;
    w->tally.withheld = INFINITY;
    bool ready = search(w, err), cancelled = w->cancelled;
    *tally = w->tally;
    tns_toplist_finish(&w->best);
    free(w->units);
    free(w->sets);
    free(w->levels);
    free(w);
    if (cancelled)
        return tns_error_set(err, TNS_ERROR_CANCELLED, "correct: cancelled");
    tns_context_progress(context, 1, "additions");
    return ready;
}
