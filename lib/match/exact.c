/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/team.h"
#include "match/exact.h"
#include "match/seed.h"

/*
 * A recipe is left out only where the bound exceeds the worst of the list by more than the 1e-9
 * that the order knows, and as much again for rounding in the bound.
 */
static const double SLACK = 2e-9;

/* So few mixtures that differ in one pigment are looked at one by one. */
enum { ROW_MAX = 2 * TNS_LANES };

static const tns_ink NOTHING = {.amount = 0};

enum { BASES = 4, CORNERS_MAX = BASES * TNS_PARTS_MAX, NODES_BETWEEN_CHECKS = 64 };

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

/* The support's pigments at one shade. */
typedef struct liquid {
    tns_ink unit[TNS_PARTS_MAX];     /* one unit of each, in order of search */
    tns_ink rest[TNS_PARTS_MAX + 1]; /* the least units of each from there on */
} liquid;

/* One support being searched. */
typedef struct walk {
    const tns_problem *problem;
    const tns_bound *bound;
    shared *all;
    tns_team *team;
    uint64_t nodes, evaluated;
    bool cancelled;

    tns_pick pick;                    /* the variables that are fixed, in order of search */
    int least[TNS_PARTS_MAX];         /* units of each */
    int rest_least[TNS_PARTS_MAX];    /* of all that come after it */
    liquid shade[2];                  /* the shade in hand; or the first and the last of several */
    tns_ink fixed[TNS_PARTS_MAX + 1]; /* the sum of the first so many, in their units */
    tns_ink base[BASES];              /* of what is being bounded */
    tns_corner corners[CORNERS_MAX];
    int base_count, corner_count;
} walk;

/* Per ml of mixed liquid; INFINITY when a part's price is not known. */
static double cost_of(const tns_problem *problem, const tns_pick *pick)
{
    double cost = 0, ml = 0;
    for (int i = 0; i < pick->count; i++) {
        const tns_component *part = &problem->components[pick->component[i]];
        double price = problem->palette->pigments[part->pigment].cost_per_ml;
        cost += price > 0 ? price * part->ml * pick->units[i] : INFINITY;
        ml += part->ml * pick->units[i];
    }
    if (pick->shade > 0) {
        double price = problem->diluent->cost_per_ml;
        cost += price > 0 ? price * ml * pick->shade : INFINITY;
    }
    return cost / (ml * (1 + pick->shade));
}

void tns_exact_rate(const tns_problem *problem, tns_pick *pick, double enough)
{
    tns_coefficients mix;
    double units[TNS_PARTS_MAX];
    pick->objective = INFINITY;
    pick->cost = cost_of(problem, pick);
    if (pick->cost > problem->max_cost)
        return;
    for (int i = 0; i < pick->count; i++)
        units[i] = pick->units[i];
    tns_problem_mix(problem, pick->count, pick->component, units, pick->shade, &mix);
    pick->objective = tns_goal_value(&problem->goal, &mix, enough);
}

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

static void swap(int *a, int *b)
{
    int kept = *a;
    *a = *b;
    *b = kept;
}

/* Sums depend on their order in the last digit, and the list on that: so one order for all. */
static void sort_parts(tns_pick *pick)
{
    for (int i = 1; i < pick->count; i++)
        for (int j = i; j > 0 && pick->component[j] < pick->component[j - 1]; j--) {
            swap(&pick->component[j], &pick->component[j - 1]);
            swap(&pick->units[j], &pick->units[j - 1]);
        }
}

static void offer(shared *all, const tns_pick *pick)
{
    pthread_mutex_lock(&all->lock);
    tns_toplist_offer(all->list, pick);
    atomic_store(&all->worst, fmin(all->job->enough, tns_toplist_worst(all->list)));
    pthread_mutex_unlock(&all->lock);
}

static void rate_leaf(walk *w)
{
    if (!tns_problem_lists(w->problem, w->pick.count, w->pick.component, w->pick.units))
        return;
    tns_pick pick = w->pick;
    sort_parts(&pick);
    w->evaluated++;
    tns_exact_rate(w->problem, &pick, limit(w));
    if (pick.objective < INFINITY)
        offer(w->all, &pick);
}

static void start_corners(walk *w)
{
    w->base_count = 0;
    w->corner_count = 0;
}

/*
 * The corners with the first `at` variables fixed and `units` of the next: the rest have their
 * least, and what may still be poured goes to none of them, or all to one.
 */
static void add_corners(walk *w, const liquid *shade, int at, int units, int left)
{
    int spare = left - units - w->rest_least[at], last = w->pick.count - 1;
    tns_ink *base = &w->base[w->base_count++];
    w->bound->kernels->add(base, &w->fixed[at], units, &shade->unit[at], &shade->rest[at + 1]);
    if (spare == 0 || at == last || !w->problem->exactly)
        w->corners[w->corner_count++] = (tns_corner){base, &shade->unit[last], 0};
    for (int i = at + 1; i <= last && spare > 0; i++)
        w->corners[w->corner_count++] = (tns_corner){base, &shade->unit[i], (float)spare};
}

static bool ruled_out(walk *w)
{
    double enough = limit(w);
    return enough < INFINITY &&
           tns_bound_value(w->bound, w->corners, w->corner_count, enough) > enough;
}

/* The most units that the variable can have; a ratio of one pigment is its least units. */
static int most_units(const walk *w, int at, int left)
{
    bool alone = w->pick.count == 1 && !w->problem->exactly;
    return alone ? w->least[at] : left - w->rest_least[at];
}

/* The fewest; where the total is fixed the last variable takes all that is left. */
static int fewest_units(const walk *w, int at, int left)
{
    return w->problem->exactly && at == w->pick.count - 1 ? left : w->least[at];
}

static void open_units(walk *w, int at, int left);

static void fix_units(walk *w, int at, int units, int left)
{
    const liquid *shade = &w->shade[0];
    w->pick.units[at] = units;
    w->bound->kernels->add(&w->fixed[at + 1], &w->fixed[at], units, &shade->unit[at], &NOTHING);
    open_units(w, at + 1, left - units);
}

/* The variable that the mixtures of a row differ in: the last that is free. */
static int row_variable(const walk *w)
{
    return w->problem->exactly && w->pick.count > 1 ? w->pick.count - 2 : w->pick.count - 1;
}

/* Eight mixtures: what is fixed, first.. units of a pigment, and the rest of a fixed total. */
static void fill_row(const walk *w, int at, int first, int left, tns_screen_parts *out)
{
    const liquid *shade = &w->shade[0];
    out->count = 0;
    if (at > 0)
        out->ink[out->count++] = &w->fixed[at];
    out->ink[out->count] = &shade->unit[at];
    for (int i = 0; i < TNS_LANES; i++) {
        out->amount[0][i] = 1;
        out->amount[out->count][i] = (float)(first + i);
    }
    out->count++;
    if (at + 1 == w->pick.count)
        return;
    out->ink[out->count] = &shade->unit[at + 1];
    for (int i = 0; i < TNS_LANES; i++)
        out->amount[out->count][i] = first + i < left ? (float)(left - first - i) : 0;
    out->count++;
}

/* A few mixtures that differ in the units of one pigment, and of the last if the total is fixed. */
static void look_at_row(walk *w, int at, int low, int high, int left)
{
    bool rest = at + 1 < w->pick.count;
    for (int first = low; first <= high; first += TNS_LANES) {
        double bound[TNS_LANES], enough = limit(w);
        tns_screen_parts mixtures;
        fill_row(w, at, first, left, &mixtures);
        tns_bound_row(w->bound, &mixtures, enough, bound);
        for (int i = 0; i < TNS_LANES && first + i <= high; i++) {
            w->pick.units[at] = first + i;
            w->pick.units[w->pick.count - 1] = rest ? left - first - i : first + i;
            if (bound[i] <= enough)
                rate_leaf(w);
        }
    }
}

/* Halves on a scale of ratios. */
static int middle(int low, int high)
{
    int mid = (int)sqrt((double)low * high);
    return mid < high ? mid : high - 1;
}

static void halve_units(walk *w, int at, int low, int high, int left);

static void visit_units(walk *w, int at, int low, int high, int left)
{
    start_corners(w);
    add_corners(w, &w->shade[0], at, low, left);
    if (high > low)
        add_corners(w, &w->shade[0], at, high, left);
    if (count_node(w) && !ruled_out(w))
        halve_units(w, at, low, high, left);
}

static void halve_units(walk *w, int at, int low, int high, int left)
{
    if (at >= row_variable(w) && high - low < ROW_MAX) {
        look_at_row(w, at, low, high, left);
    } else if (low == high) {
        fix_units(w, at, low, left);
    } else {
        int mid = middle(low, high);
        visit_units(w, at, low, mid, left);
        visit_units(w, at, mid + 1, high, left);
    }
}

/* The whole interval of a variable; what it can give has been bounded already. */
static void open_units(walk *w, int at, int left)
{
    halve_units(w, at, fewest_units(w, at, left), most_units(w, at, left), left);
}

static void set_liquid(const walk *w, int shade, liquid *out)
{
    int n = w->pick.count;
    out->rest[n] = NOTHING;
    for (int i = n - 1; i >= 0; i--) {
        const tns_component *component = &w->problem->components[w->pick.component[i]];
        tns_mix unit;
        tns_component_dilute(component, w->problem->diluent, shade, &unit);
        tns_ink_set(&out->unit[i], &unit);
        w->bound->kernels->add(&out->rest[i], &out->rest[i + 1], w->least[i], &out->unit[i],
                               &NOTHING);
    }
}

/* All ratios at one shade: their first variable's interval is the whole. */
static void add_shade_corners(walk *w, int shade, liquid *out)
{
    int left = w->problem->max_units, low = fewest_units(w, 0, left);
    int high = most_units(w, 0, left);
    set_liquid(w, shade, out);
    add_corners(w, out, 0, low, left);
    if (high > low)
        add_corners(w, out, 0, high, left);
}

/* Halves 1 + N, which is how much the ink is thinned. */
static void visit_shades(walk *w, int low, int high)
{
    if (!count_node(w))
        return;
    start_corners(w);
    add_shade_corners(w, low, &w->shade[0]);
    if (high > low)
        add_shade_corners(w, high, &w->shade[1]);
    if (ruled_out(w))
        return;
    if (low == high) {
        w->pick.shade = low;
        open_units(w, 0, w->problem->max_units);
        return;
    }
    int mid = middle(low + 1, high + 1) - 1;
    visit_shades(w, low, mid);
    visit_shades(w, mid + 1, high);
}

/*
 * What the guess has least of comes first: a unit more of a pigment that hardly belongs there is
 * soon ruled out, whatever the rest.
 */
static void choose_order(walk *w, const tns_support *support)
{
    double units[TNS_PARTS_MAX];
    w->pick.count = support->count;
    for (int i = 0; i < support->count; i++) {
        int at = i;
        for (; at > 0 && units[at - 1] > support->units[i]; at--) {
            units[at] = units[at - 1];
            w->pick.component[at] = w->pick.component[at - 1];
        }
        units[at] = support->units[i];
        w->pick.component[at] = support->component[i];
    }
}

/* False where the support cannot be had in so few units. */
static bool set_least(walk *w)
{
    int rest = 0;
    for (int i = w->pick.count - 1; i >= 0; i--) {
        w->least[i] = w->problem->least_units[w->pick.component[i]];
        w->rest_least[i] = rest;
        rest += w->least[i];
    }
    return rest <= w->problem->max_units;
}

/* The inks are left as they are until they are filled: they are many. */
static void start_walk(walk *w, shared *all, tns_team *team)
{
    w->problem = all->job->problem;
    w->bound = all->job->bound;
    w->all = all;
    w->team = team;
    w->nodes = w->evaluated = 0;
    w->cancelled = false;
    w->pick = (tns_pick){.count = 0};
    w->fixed[0] = NOTHING;
}

/* A support that nobody has guessed at yet; most are ruled out as a whole. */
static bool worth_a_guess(walk *w)
{
    start_corners(w);
    add_shade_corners(w, 0, &w->shade[0]);
    if (w->problem->max_shade > 0)
        add_shade_corners(w, w->problem->max_shade, &w->shade[1]);
    return !ruled_out(w);
}

static void search_support(walk *w, tns_support *support)
{
    choose_order(w, support);
    if (!set_least(w))
        return;
    if (isinf(support->objective)) {
        if (!worth_a_guess(w))
            return;
        tns_seed(w->problem, w->all->job->target, support);
        choose_order(w, support);
        set_least(w);
    }
    visit_shades(w, 0, w->problem->max_shade);
}

static void visit_support(void *user, tns_team *team, size_t index)
{
    shared *all = user;
    tns_support support = all->job->supports[index];
    walk w;
    start_walk(&w, all, team);
    search_support(&w, &support);
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
