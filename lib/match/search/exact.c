/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/team.h"
#include "match/search/box.h"
#include "match/search/exact.h"
#include "match/search/rate.h"

/*
 * A recipe is left out only where the bound exceeds the worst of the list by more than the 1e-9
 * that the order knows, and as much again for rounding in the bound.
 */
static const double SLACK = 2e-9;

/* So few recipes are looked at one by one. */
enum { FEW = TNS_LANES };

static const tns_ink NOTHING = {.amount = 0};

/*
 * A box has an end for each choice of least and most units, at both shades. A plane meets at most
 * n/2 (n over n/2) edges of a box of n sides (O'Neil 1971), 280 of 8: fewer than twice its ends.
 */
enum { BASES = 2 << TNS_PARTS_MAX, CORNERS_MAX = 2 * BASES, NODES_BETWEEN_CHECKS = 64 };

/*
 * For the choice of what to halve, on which only the speed depends: how much K and S growing
 * together show beside K/S; and how much thinning shows.
 */
static const float BOTH_SHOW = 0.1F;
static const double THINNING_SHOWS = 0.3;

/*
 * What the threads share. `worst` only falls but for the last digits that the order does not know,
 * so that one who reads it late prunes less and loses nothing.
 */
typedef struct shared {
    const tns_exact_job *job;
    pthread_mutex_t lock; /* of the list */
    tns_toplist *list;
    _Atomic double worst; /* of what is known: the job's, then the list's */
    atomic_ullong evaluated;
} shared;

/* An end of a box: the sum of its units, and which pigments have their most there, as bits. */
typedef struct end {
    int units;
    unsigned raised;
} end;

/* One support being searched. */
typedef struct walk {
    const tns_problem *problem;
    const tns_bound *bound;
    shared *all;
    tns_team *team;
    uint64_t nodes, evaluated;
    bool cancelled;

    tns_pick pick;                  /* the support, and what is rated */
    tns_total total;                /* of its units */
    tns_ink stock[TNS_PARTS_MAX];   /* a unit of each, undiluted */
    tns_ink diluent;                /* one amount */
    double strength[TNS_PARTS_MAX]; /* how much one unit of each shows, beside the others */
    tns_ink base[BASES];            /* the ends of what is being bounded */
    end end[BASES];
    tns_corner corners[CORNERS_MAX];
    int base_count, corner_count;
} walk;

static double limit(const walk *w)
{
    return atomic_load_explicit(&w->all->worst, memory_order_relaxed) + SLACK;
}

/* False when the search must end. */
static bool count_node(walk *w)
{
    if (w->nodes++ % NODES_BETWEEN_CHECKS == 0)
        w->cancelled = w->cancelled || tns_team_stopped(w->team);
    return !w->cancelled;
}

static void offer(shared *all, const tns_pick *pick)
{
    pthread_mutex_lock(&all->lock);
    tns_toplist_offer(all->list, pick);
    atomic_store(&all->worst, fmin(all->job->enough, tns_toplist_worst(all->list)));
    pthread_mutex_unlock(&all->lock);
}

static void rate(walk *w)
{
    tns_pick pick = w->pick;
    w->evaluated++;
    tns_pick_rate(w->problem, &pick, limit(w));
    if (pick.objective < INFINITY)
        offer(w->all, &pick);
}

/* A unit of each pigment at a shade. */
static void dilute(const walk *w, int shade, tns_ink unit[TNS_PARTS_MAX])
{
    for (int i = 0; i < w->pick.count; i++) {
        const tns_component *component = &w->problem->components[w->pick.component[i]];
        tns_mix mix;
        tns_component_dilute(component, w->problem->diluent, shade, &mix);
        tns_ink_set(&unit[i], &mix);
    }
}

static void add_corner(walk *w, const tns_ink *base, const tns_ink *unit, int n)
{
    w->corners[w->corner_count++] = (tns_corner){base, unit, (float)n};
}

/*
 * A box's ends at one shade, each pigment with its least or its most units; of a fixed total, those
 * that do not exceed it. One pigment may be kept at its least.
 */
static void add_ends(walk *w, const tns_box *b, const tns_ink *unit, int kept)
{
    int first = w->base_count, last = first + 1;
    int most = w->problem->exactly ? w->problem->max_units : INT_MAX;
    w->end[first] = (end){0, 0};
    for (int i = 0; i < w->pick.count; i++) {
        const tns_ink *before = i > 0 ? &w->base[first] : &NOTHING;
        w->bound->kernels->add(&w->base[first], before, b->low[i], &unit[i], &NOTHING);
        w->end[first].units += b->low[i];
    }
    for (int i = 0; i < w->pick.count; i++) {
        int range = b->high[i] - b->low[i];
        for (int from = first, to = last; from < to && range > 0 && i != kept; from++)
            if (w->end[from].units + range <= most) {
                w->bound->kernels->add(&w->base[last], &w->base[from], range, &unit[i], &NOTHING);
                w->end[last++] = (end){w->end[from].units + range, w->end[from].raised | 1U << i};
            }
    }
    w->base_count = last;
}

/* Where the plane of the total meets the edges of a box that start at this end. */
static void add_crossings(walk *w, const tns_box *b, const tns_ink *unit, int e)
{
    int left = w->problem->max_units - w->end[e].units;
    if (left == 0)
        add_corner(w, &w->base[e], unit, 0);
    for (int i = 0; i < w->pick.count && left > 0; i++)
        if (!(w->end[e].raised >> i & 1) && b->high[i] - b->low[i] > left)
            add_corner(w, &w->base[e], &unit[i], left);
}

/* -1 when there is none. */
static int last_open(const walk *w, const tns_box *b)
{
    int last = w->pick.count - 1;
    while (last >= 0 && b->high[last] == b->low[last])
        last--;
    return last;
}

/* The corners of the box at one shade, or of what the plane of a fixed total leaves of it. */
static void add_corners(walk *w, const tns_box *b, const tns_ink *unit)
{
    int first = w->base_count, last = w->problem->exactly ? -1 : last_open(w, b);
    add_ends(w, b, unit, last);
    for (int e = first; e < w->base_count; e++) {
        if (w->problem->exactly)
            add_crossings(w, b, unit, e);
        else
            add_corner(w, &w->base[e], unit, 0);
        if (last >= 0)
            add_corner(w, &w->base[e], &unit[last], b->high[last] - b->low[last]);
    }
}

/* Given a unit of each pigment at the box's two shades. */
static bool ruled_out(walk *w, const tns_box *b, const tns_ink *thick, const tns_ink *thin)
{
    double enough = limit(w);
    w->base_count = w->corner_count = 0;
    add_corners(w, b, thick);
    if (b->thin > b->thick)
        add_corners(w, b, thin);
    return enough < INFINITY &&
           tns_bound_value(w->bound, w->corners, w->corner_count, enough) > enough;
}

/* Counts through the box's units; false after the last. */
static bool next_units(const tns_box *b, int count, int *units)
{
    int i = 0;
    for (; i < count && units[i] == b->high[i]; i++)
        units[i] = b->low[i];
    if (i < count)
        units[i]++;
    return i < count;
}

static bool is_listed(const walk *w, const int *units)
{
    int total = 0;
    for (int i = 0; i < w->pick.count; i++)
        total += units[i];
    bool room =
        w->problem->exactly ? total == w->problem->max_units : total <= w->problem->max_units;
    return room && tns_problem_lists(w->problem, w->pick.count, w->pick.component, units);
}

typedef struct recipe {
    int units[TNS_PARTS_MAX], shade;
} recipe;

static int list_recipes(const walk *w, const tns_box *b, recipe out[FEW])
{
    recipe r;
    int found = 0;
    memcpy(r.units, b->low, sizeof r.units);
    do
        for (r.shade = b->thick; r.shade <= b->thin && is_listed(w, r.units); r.shade++)
            out[found++] = r;
    while (next_units(b, w->pick.count, r.units));
    return found;
}

/* The diluent is a part of its own here, as the shades differ. */
static void fill_lane(const walk *w, const recipe *r, int lane, tns_screen_parts *out)
{
    double diluent = 0;
    for (int i = 0; i < w->pick.count; i++) {
        out->amount[i][lane] = (float)r->units[i];
        diluent += r->units[i] * w->problem->components[w->pick.component[i]].dilution;
    }
    out->amount[w->pick.count][lane] = (float)(diluent * r->shade);
}

/* Lanes without a recipe repeat the last. */
static void look_at_each(walk *w, const tns_box *b)
{
    recipe few[FEW];
    double bound[TNS_LANES] = {0}, enough = limit(w);
    int count = list_recipes(w, b, few), parts = w->pick.count;
    if (count == 0)
        return;
    tns_screen_parts mixtures = {.count = b->thin > 0 ? parts + 1 : parts};
    for (int i = 0; i < parts; i++)
        mixtures.ink[i] = &w->stock[i];
    mixtures.ink[parts] = &w->diluent;
    for (int lane = 0; lane < TNS_LANES; lane++)
        fill_lane(w, &few[lane < count ? lane : count - 1], lane, &mixtures);
    if (enough < INFINITY) /* else none of them is left out */
        tns_bound_row(w->bound, &mixtures, enough, bound);
    for (int i = 0; i < count; i++) {
        memcpy(w->pick.units, few[i].units, sizeof few[i].units);
        w->pick.shade = few[i].shade;
        if (bound[i] <= enough)
            rate(w);
    }
}

/* Halves on a scale of ratios. */
static int middle(int low, int high)
{
    int mid = (int)sqrt((double)low * high);
    return mid < high ? mid : high - 1;
}

/* In a mixture of so many units: mostly what one more does to K/S, for the rest to K and S. */
static void measure_strength(walk *w, const float *units)
{
    float K[TNS_WIDE], S[TNS_WIDE];
    for (int b = 0; b < TNS_WIDE; b++)
        K[b] = S[b] = 1e-30F;
    for (int i = 0; i < w->pick.count; i++)
        for (int b = 0; b < TNS_WIDE; b++) {
            K[b] += units[i] * w->stock[i].K[b];
            S[b] += units[i] * w->stock[i].S[b];
        }
    for (int i = 0; i < w->pick.count; i++) {
        float sum = 0;
        for (int b = 0; b < TNS_BANDS; b++) {
            float k = w->stock[i].K[b] / K[b], s = w->stock[i].S[b] / S[b];
            sum += fabsf(k - s) + BOTH_SHOW * (k + s);
        }
        w->strength[i] = sum;
    }
}

/* The pigment whose range of units shows most; -1 when that of shades shows more. */
static int widest(const walk *w, const tns_box *b)
{
    double total = 0, most = THINNING_SHOWS * log((1.0 + b->thin) / (1.0 + b->thick));
    int found = -1;
    for (int i = 0; i < w->pick.count; i++)
        total += w->strength[i] * sqrt((double)b->low[i] * b->high[i]);
    for (int i = 0; i < w->pick.count; i++) {
        double shows = w->strength[i] * (b->high[i] - b->low[i]) / total;
        if (b->high[i] > b->low[i] && (shows > most || (found < 0 && b->thin == b->thick))) {
            most = shows;
            found = i;
        }
    }
    return found;
}

static void visit(walk *w, tns_box b, const tns_ink *thick, const tns_ink *thin);

/* Halves 1 + N, which is how much the ink is thinned. */
static void halve_shades(walk *w, const tns_box *b, const tns_ink *thick, const tns_ink *thin)
{
    tns_box thicker = *b, thinner = *b;
    tns_ink unit[TNS_PARTS_MAX];
    thicker.thin = middle(b->thick + 1, b->thin + 1) - 1;
    thinner.thick = thicker.thin + 1;
    dilute(w, thicker.thin, unit);
    visit(w, thicker, thick, unit);
    dilute(w, thinner.thick, unit);
    visit(w, thinner, unit, thin);
}

static void halve_units(walk *w, const tns_box *b, int i, const tns_ink *thick, const tns_ink *thin)
{
    tns_box less = *b, more = *b;
    less.high[i] = middle(b->low[i], b->high[i]);
    more.low[i] = less.high[i] + 1;
    visit(w, less, thick, thin);
    visit(w, more, thick, thin);
}

/* Thinned to films of a hue each, the pigments show otherwise in every part of the tree. */
static void look_around(walk *w, const tns_box *b)
{
    float units[TNS_PARTS_MAX];
    for (int i = 0; i < w->pick.count; i++)
        units[i] = sqrtf((float)b->low[i] * (float)b->high[i]);
    measure_strength(w, units);
}

static void visit(walk *w, tns_box b, const tns_ink *thick, const tns_ink *thin)
{
    if (!tns_box_clip(&b, w->total) || !count_node(w))
        return;
    if (tns_box_size(&b, w->total, FEW) <= FEW) {
        look_at_each(w, &b);
        return;
    }
    if (ruled_out(w, &b, thick, thin))
        return;
    look_around(w, &b);
    int i = widest(w, &b);
    if (i < 0)
        halve_shades(w, &b, thick, thin);
    else
        halve_units(w, &b, i, thick, thin);
}

/* A ratio of one pigment is its least units. */
static tns_box whole(const walk *w)
{
    tns_box b = {.count = w->pick.count, .thin = w->problem->max_shade};
    bool alone = w->pick.count == 1 && !w->problem->exactly;
    for (int i = 0; i < w->pick.count; i++) {
        b.low[i] = w->problem->least_units[w->pick.component[i]];
        b.high[i] = alone ? b.low[i] : w->problem->max_units;
    }
    return b;
}

/* The inks are left as they are until they are filled: they are many. */
static void start_walk(walk *w, shared *all, tns_team *team, const tns_support *support)
{
    w->problem = all->job->problem;
    w->bound = all->job->bound;
    w->all = all;
    w->team = team;
    w->nodes = w->evaluated = 0;
    w->cancelled = false;
    w->pick = (tns_pick){.count = support->count};
    w->total = (tns_total){w->problem->max_units, w->problem->exactly};
    memcpy(w->pick.component, support->component, sizeof support->component);
    dilute(w, 0, w->stock);
    if (w->problem->max_shade > 0) {
        tns_mix one = {.amount = 1};
        memcpy(one.K, w->problem->diluent->K, sizeof one.K);
        memcpy(one.S, w->problem->diluent->S, sizeof one.S);
        tns_ink_set(&w->diluent, &one);
    }
}

static void search_support(walk *w)
{
    tns_box all = whole(w);
    tns_ink thinned[TNS_PARTS_MAX];
    if (all.thin > 0)
        dilute(w, all.thin, thinned);
    visit(w, all, w->stock, all.thin > 0 ? thinned : w->stock);
}

static void visit_support(void *user, tns_team *team, size_t index)
{
    shared *all = user;
    walk w;
    start_walk(&w, all, team, &all->job->supports[index]);
    search_support(&w);
    atomic_fetch_add(&all->evaluated, w.evaluated);
}

bool tns_exact_search(const tns_exact_job *job, const tns_context *context, tns_toplist *list,
                      uint64_t *evaluated, tns_error *err)
{
    shared all = {.job = job, .lock = PTHREAD_MUTEX_INITIALIZER, .list = list};
    atomic_init(&all.worst, fmin(job->enough, tns_toplist_worst(list)));
    bool done =
        tns_team_run(job->threads, job->support_count, visit_support, &all, context, "search");
    pthread_mutex_destroy(&all.lock);
    *evaluated = atomic_load(&all.evaluated);
    return done || tns_error_set(err, TNS_ERROR_CANCELLED, "match: cancelled");
}
