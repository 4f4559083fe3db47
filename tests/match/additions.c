/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/pot/additions.h"
#include "pot.h"

enum { TOTALS = 8, LISTED = 2 };

/* Of each total, and of all additions: the least objectives, each pick with its best diluent. */
typedef struct brute {
    double least[TOTALS][LISTED], best[LISTED], withheld;
    uint64_t count, mixtures;
    const tns_additions *additions;
} brute;

static void keep(double least[LISTED], double value)
{
    if (value < least[0]) {
        least[1] = least[0];
        least[0] = value;
    } else {
        least[1] = fmin(least[1], value);
    }
}

static bool has_offset(const tns_additions *a)
{
    bool has = false;
    for (int b = 0; b < TNS_BANDS; b++)
        has = has || a->offset[b] != 0;
    return has;
}

/* A match's own, where it has one. */
static double value_of(const tns_additions *a, const tns_coefficients *mix)
{
    bool withheld;
    return has_offset(a) ? tns_additions_rate(a, mix, INFINITY, &withheld)
                         : tns_goal_value(a->goal, mix, INFINITY);
}

static double lightness(const tns_additions *a, const tns_coefficients *mix)
{
    tns_spectrum seen = tns_additions_seen(a, mix);
    return tns_lab_from_spectrum(&seen, &a->goal->viewings[0]).L;
}

static void try_diluent(brute *b, const double *units)
{
    const tns_additions *a = b->additions;
    int components[SHELF_MAX], total = 0;
    double with[SHELF_MAX], added_ml = 0, least = INFINITY;
    bool dark = false;
    for (int i = 0; i < a->count; i++) {
        components[i] = i;
        with[i] = units[i];
        total += i < a->colored ? (int)units[i] : 0;
        added_ml += i < a->colored ? units[i] * a->ml[i] : 0;
        dark = dark || (a->dark && i < a->colored && a->dark[i] && units[i] > 0);
    }
    b->count++;
    if (a->dark && dark != a->with_dark)
        return;
    int most = tns_additions_most_diluent(a, added_ml);
    for (int w = 0; w <= most; w = most ? tns_additions_next_diluent(a, w) : 1) {
        tns_coefficients mix;
        with[a->colored] = w;
        tns_additions_mix(a, a->count, components, with, &mix);
        double value = value_of(a, &mix);
        bool darker = (value > a->worth && lightness(a, &mix) < a->least_L) ||
                      (a->with_dark && value > a->dark_worth);
        double *to = darker ? &b->withheld : &least;
        *to = fmin(*to, value);
        b->mixtures++;
    }
    keep(b->least[total], least);
    keep(b->best, least);
}

/* All vectors of whole units, most of which have too many pigments, each with any diluent. */
static void try_all(brute *b, int at, int left, int pigments, double *units)
{
    const tns_additions *a = b->additions;
    if (at == a->colored) {
        if (pigments <= a->max_pigments)
            try_diluent(b, units);
        return;
    }
    for (int u = 0; u <= left; u++) {
        units[at] = u;
        try_all(b, at + 1, left - u, pigments + (u > 0), units);
    }
    units[at] = 0;
}

START_TEST(the_search_finds_what_trying_everything_finds)
{
    for (uint64_t seed = 1; seed <= 36; seed++) {
        trial t;
        bool film = seed % 2 == 0;
        int extra[SHELF_MAX] = {(int)(seed % 4), 2, 1};
        start(&t, 4, 2, film, 900 + seed);
        pour(&t, 0.2);
        read_pot(&t, 0);
        aim(&t, extra);
        tns_match_request match = {.palette = &t.s.palette,
                                   .target = t.request.target,
                                   .surfaces = &t.surface,
                                   .surface_count = 1,
                                   .viewings = t.viewings,
                                   .viewing_count = 3,
                                   .never_darker = seed % 3 == 0,
                                   .weights = {1, 0.25, 0.25}};
        tns_goal goal;
        tns_error err;
        match.weights[0] = seed % 5 == 0 ? 0.1 : 1;
        ck_assert(tns_goal_init(&goal, &match, &err));
        tns_mix units[SHELF_MAX] = {0};
        tns_toplist lists[TOTALS] = {0};
        double offset[TNS_BANDS] = {0}, ml[SHELF_MAX];
        const bool dark[SHELF_MAX] = {false, true, false, seed % 8 == 0};
        for (int b = 0; b < TNS_BANDS && seed > 12; b++)
            offset[b] = 0.02 * sin((double)(b + (int)seed)); /* some fall below 0 */
        tns_additions a = {.goal = &goal,
                           .units = units,
                           .offset = offset,
                           .count = 4 + film,
                           .colored = 4,
                           .max_pigments = 1 + (int)(seed % 3),
                           .max_units = 6,
                           .margin = 0.5,
                           .ml = ml,
                           .max_shade = 2 + (int)(seed % 12),
                           .dark = seed > 24 ? dark : NULL,
                           .with_dark = seed > 24 && seed % 3 == 0,
                           .dark_worth = 0.1 * (double)(seed % 12)};
        if (seed % 4 == 0) /* a diluent that also colors is not only a thinner */
            t.s.pigments[4].K[9] = 0.01;
        for (int i = 0; i < a.count; i++) {
            tns_component one = tns_component_make(&t.s.palette, i, (tns_unit){0}, NULL);
            units[i].amount = one.amount;
            memcpy(units[i].K, one.K, sizeof one.K);
            memcpy(units[i].S, one.S, sizeof one.S);
            tns_mix_add(&a.pot, t.really[i] / one.ml, &units[i]);
            ml[i] = one.ml;
            *(i < 4 ? &a.pigment_ml : &a.diluent_ml) += t.really[i];
        }
        if (seed % 2 == seed / 2 % 2) { /* nothing darker than the target but what is very near */
            a.least_L = goal.target[0].L;
            a.worth = 0.05 * (double)(seed % 13);
        }
        for (int i = 0; i <= a.max_units; i++)
            ck_assert(tns_toplist_init(&lists[i], LISTED, &err));
        tns_additions_tally tally;
        ck_assert(tns_additions_search(&a, NULL, lists, &tally, &err));
        brute all = {.withheld = INFINITY, .additions = &a};
        for (int i = 0; i < TOTALS * LISTED; i++)
            all.least[i / LISTED][i % LISTED] = all.best[i % LISTED] = INFINITY;
        double vector[SHELF_MAX] = {0};
        try_all(&all, 0, a.max_units, 0, vector);
        double of_use = fmax(all.best[1], all.best[0] + a.margin);
        for (int i = 0; i <= a.max_units; i++) {
            for (size_t k = 0; k < LISTED && all.least[i][k] <= of_use && isfinite(of_use); k++) {
                ck_assert_uint_gt(lists[i].count, k);
                CHECK_NEAR("objective", lists[i].picks[k].objective, all.least[i][k], 1e-9);
            }
            tns_toplist_finish(&lists[i]);
        }
        /* what is no better than what is listed need not be told */
        ck_assert(tally.withheld >= all.withheld - 1e-9);
        ck_assert(!(all.withheld < all.best[0] - 1e-9) ||
                  fabs(tally.withheld - all.withheld) < 1e-9);
        ck_assert_uint_le(tally.evaluated, all.mixtures);
        CHECK_NEAR("counted", tns_additions_count(&a), (double)all.count, 0);
        tns_goal_finish(&goal);
    }
}
END_TEST

/* A clear diluent does nothing to an opaque layer, and two of the pigments are one. */
START_TEST(what_ties_goes_without_diluent)
{
    for (uint64_t seed = 1; seed <= 40; seed++) {
        const int extra[SHELF_MAX] = {1, 2, 1};
        const double offset[TNS_BANDS] = {0};
        double ml[SHELF_MAX];
        trial t;
        tns_goal goal;
        tns_error err;
        tns_mix units[SHELF_MAX] = {0};
        tns_toplist lists[TOTALS] = {0};
        tns_additions_tally tally;
        start(&t, 3, 2, false, seed);
        memcpy(t.s.pigments[2].K, t.s.pigments[1].K, sizeof t.s.pigments[2].K);
        memcpy(t.s.pigments[2].S, t.s.pigments[1].S, sizeof t.s.pigments[2].S);
        pour(&t, 0.2);
        aim(&t, extra);
        tns_match_request match = {.palette = &t.s.palette,
                                   .target = t.request.target,
                                   .surfaces = &t.surface,
                                   .surface_count = 1,
                                   .viewings = t.viewings,
                                   .viewing_count = 1,
                                   .weights = {1}};
        ck_assert(tns_goal_init(&goal, &match, &err));
        tns_additions a = {.goal = &goal,
                           .units = units,
                           .offset = offset,
                           .count = 4,
                           .colored = 3,
                           .max_pigments = 3,
                           .max_units = TOTALS - 1,
                           .ml = ml,
                           .max_shade = 10};
        for (int i = 0; i < a.count; i++) {
            units[i].amount = ml[i] = 0.1;
            for (int b = 0; b < TNS_BANDS && i < a.colored; b++) {
                units[i].K[b] = 0.1 * t.s.pigments[i].K[b];
                units[i].S[b] = 0.1 * t.s.pigments[i].S[b];
            }
            tns_mix_add(&a.pot, t.really[i], &units[i]);
            a.pigment_ml += 0.1 * t.really[i];
        }
        for (int i = 0; i < TOTALS; i++)
            ck_assert(tns_toplist_init(&lists[i], LISTED, &err));
        ck_assert(tns_additions_search(&a, NULL, lists, &tally, &err));
        for (int i = 0; i < TOTALS; i++) {
            for (size_t k = 0; k < lists[i].count; k++)
                for (int n = 0; n < lists[i].picks[k].count; n++)
                    ck_assert_int_lt(lists[i].picks[k].component[n], a.colored);
            tns_toplist_finish(&lists[i]);
        }
        tns_goal_finish(&goal);
    }
}
END_TEST

enum { HUES = 3, OF_EACH = 33, MANY = HUES * OF_EACH };

/* Of each hue many that are hardly told apart; what is nearest has one of each. */
static void fill_hues(tns_mix units[MANY])
{
    for (int i = 0; i < MANY; i++) {
        units[i] = (tns_mix){.amount = 1};
        for (int b = 0; b < TNS_BANDS; b++) {
            units[i].K[b] = HUES * b / TNS_BANDS == i / OF_EACH ? 3 + 0.01 * sin(0.7 * i + b) : 0.5;
            units[i].S[b] = 1;
        }
    }
}

typedef struct watch {
    double told;
    size_t asked;
    bool fell;
} watch;

static void hear(void *user, double fraction, const char *stage)
{
    watch *w = user;
    (void)stage;
    w->fell = w->fell || fraction < w->told || fraction > 1;
    w->told = fraction;
}

static bool go_on(void *user)
{
    ((watch *)user)->asked++;
    return false;
}

/* There are more sets of pigments than are put in order at a time. */
START_TEST(no_set_of_a_large_shelf_is_left_out)
{
    static tns_mix units[MANY];
    const double offset[TNS_BANDS] = {0};
    const int nearest[HUES] = {OF_EACH - 3, 2 * OF_EACH - 1, 3 * OF_EACH - 1};
    double ml[MANY];
    trial t;
    tns_goal goal;
    tns_error err;
    tns_toplist lists[HUES + 1] = {0};
    tns_coefficients c;
    start(&t, 4, 2, false, 77);
    fill_hues(units);
    tns_additions a = {.goal = &goal,
                       .pot = {.amount = 10},
                       .units = units,
                       .offset = offset,
                       .count = MANY,
                       .colored = MANY,
                       .max_pigments = HUES,
                       .max_units = HUES,
                       .ml = ml};
    for (int b = 0; b < TNS_BANDS; b++)
        a.pot.K[b] = a.pot.S[b] = 10;
    for (int i = 0; i < MANY; i++)
        ml[i] = 1;
    tns_additions_mix(&a, HUES, nearest, (const double[HUES]){1, 1, 1}, &c);
    tns_match_request match = {.palette = &t.s.palette,
                               .target = tns_surface_reflectance(&t.surface, c.K, c.S),
                               .surfaces = &t.surface,
                               .surface_count = 1,
                               .viewings = t.viewings,
                               .viewing_count = 1,
                               .weights = {1}};
    ck_assert(tns_goal_init(&goal, &match, &err));
    for (int i = 0; i <= HUES; i++)
        ck_assert(tns_toplist_init(&lists[i], 1, &err));
    tns_additions_tally tally;
    watch seen = {.told = 0};
    const tns_context context = {.user = &seen, .cancelled = go_on, .progress = hear};
    ck_assert(tns_additions_search(&a, &context, lists, &tally, &err));
    ck_assert(!seen.fell && seen.told == 1);
    ck_assert_uint_gt(seen.asked, 150000 / 64); /* while sets are listed too */
    CHECK_NEAR("objective", lists[HUES].picks[0].objective, 0, 1e-9);
    ck_assert_mem_eq(lists[HUES].picks[0].component, nearest, sizeof nearest);
    for (int i = 0; i <= HUES; i++)
        tns_toplist_finish(&lists[i]);
    tns_goal_finish(&goal);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("additions");
    TCase *tests = tcase_create("additions");
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, the_search_finds_what_trying_everything_finds);
    tcase_add_test(tests, what_ties_goes_without_diluent);
    tcase_add_test(tests, no_set_of_a_large_shelf_is_left_out);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
