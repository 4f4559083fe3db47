/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/polish.h"
#include "match/seed.h"
#include "shelf.h"

typedef struct trial {
    shelf s;
    tns_surface surface;
    tns_viewing viewings[3];
    tns_match_request request;
} trial;

static tns_spectrum skin_like(void)
{
    tns_spectrum skin = tns_spectrum_constant(0);
    for (int b = 0; b < TNS_BANDS; b++)
        skin.value[b] = 0.2 + 0.012 * b;
    return skin;
}

static void start(trial *t, int pigments, bool film, uint64_t seed)
{
    tns_error err;
    tns_spectrum skin = skin_like();
    memset(t, 0, sizeof *t);
    fill_shelf(&t->s, pigments, true, TNS_BY_VOLUME, &seed);
    t->surface = tns_surface_opaque(&t->s.palette);
    if (film)
        ck_assert(tns_surface_film(&t->s.palette, &skin, 1, &t->surface, &err));
    t->viewings[0] = viewing_of("D65/10");
    t->viewings[1] = viewing_of("A/10");
    t->viewings[2] = viewing_of("F11/10");
    t->request = (tns_match_request){.palette = &t->s.palette,
                                     .target = skin,
                                     .surfaces = &t->surface,
                                     .surface_count = 1,
                                     .viewings = t->viewings,
                                     .weights = {1, 0.25, 0.25},
                                     .viewing_count = 3,
                                     .top = 5};
}

/* What `units` of the pigments and a shade look like on the trial's surface, drops all alike. */
static tns_spectrum seen_of(const trial *t, const int *units, int shade)
{
    double amounts[SHELF_MAX] = {0}, K[TNS_BANDS], S[TNS_BANDS];
    size_t n = t->s.palette.count - 1;
    for (size_t i = 0; i < n; i++) {
        amounts[i] = units[i];
        amounts[n] += shade * units[i];
    }
    tns_error err;
    ck_assert(tns_mixture_coefficients(&t->s.palette, amounts, K, S, &err));
    return tns_surface_reflectance(&t->surface, K, S);
}

static tns_match *solve(const trial *t)
{
    tns_error err;
    tns_match *match = tns_match_solve(&t->request, NULL, &err);
    ck_assert_msg(match != NULL, "%s", err.text);
    return match;
}

START_TEST(a_target_that_is_a_whole_drop_mix_comes_back_first)
{
    static const struct {
        const char *label;
        bool film;
        int units[4], shade;
    } rows[] = {
        {"one pigment", false, {0, 1, 0, 0}, 0},
        {"two", false, {3, 0, 5, 0}, 0},
        {"three", false, {1, 7, 0, 2}, 0},
        {"four", false, {9, 5, 1, 14}, 0},
        {"one pigment on a film", true, {0, 0, 1, 0}, 14},
        {"undiluted on a film", true, {1, 2, 0, 0}, 0},
        {"three on a film", true, {4, 1, 0, 2}, 9},
        {"four on a film, thin", true, {2, 5, 3, 1}, 40},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        trial t;
        start(&t, 4, rows[i].film, 77 + i);
        t.request.target = seen_of(&t, rows[i].units, rows[i].shade);
        tns_match *match = solve(&t);
        const tns_recipe *first = &match->recipes[0];
        int units[SHELF_MAX] = {0};
        for (size_t p = 0; p < first->part_count; p++)
            units[first->parts[p].pigment] = first->parts[p].units;
        ck_assert_msg(memcmp(units, rows[i].units, sizeof rows[i].units) == 0, "%s: %d %d %d %d",
                      rows[i].label, units[0], units[1], units[2], units[3]);
        ck_assert_msg(first->shade == rows[i].shade, "%s: shade %d", rows[i].label, first->shade);
        /* the cube root makes 1e-12 of a rounding error in R */
        CHECK_NEAR(rows[i].label, first->objective, 0, 1e-9);
        ck_assert(match->in_gamut && match->within_tolerance && match->search.exact);
        tns_match_destroy(match);
    }
}
END_TEST

typedef struct shipped {
    const char *palette;
    const char *ids[4];
    int units[4], shade;
} shipped;

/* Chooses the row's pigments and makes their mixture the target; `amounts` are its proportions. */
static void aim(trial *t, const shipped *row, tns_palette *palette, int chosen[4], double *amounts)
{
    double K[TNS_BANDS], S[TNS_BANDS], total = 0;
    tns_error err;
    size_t count = 0;
    for (; count < 4 && row->ids[count]; count++) {
        chosen[count] = tns_palette_index(palette, row->ids[count]);
        ck_assert_msg(chosen[count] >= 0, "%s", row->ids[count]);
        amounts[chosen[count]] = row->units[count];
        total += row->units[count];
    }
    tns_spectrum skin = skin_like();
    t->surface = tns_surface_opaque(palette);
    if (palette->model.absolute) {
        ck_assert(tns_surface_film(palette, &skin, 1, &t->surface, &err));
        amounts[tns_palette_index(palette, "diluent")] = row->shade * total;
    }
    ck_assert(tns_mixture_coefficients(palette, amounts, K, S, &err));
    t->request.palette = palette;
    t->request.target = tns_surface_reflectance(&t->surface, K, S);
    t->request.pigments = chosen;
    t->request.pigment_count = count;
    t->request.max_units = 12;
}

/* The shipped palettes state no drops or one for all, so that drops are proportions. */
START_TEST(a_whole_drop_mix_of_a_shipped_palette_comes_back_first)
{
    static const shipped rows[] = {
        {"kimera", {"black", "white", "red-oxide", "yellow-oxide"}, {3, 5, 1, 2}, 0},
        {"kimera", {"black", "white", "orange", "magenta"}, {1, 9, 2, 0}, 0},
        {"generic-smp",
         {"carbon-black", "titanium-dioxide", "red-iron-oxide", "yellow-iron-oxide"},
         {3, 1, 0, 2},
         14},
        {"generic-smp", {"carbon-black", NULL, NULL, NULL}, {1, 0, 0, 0}, 22},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        trial t;
        tns_error err;
        int chosen[4];
        double amounts[64] = {0};
        tns_palette *palette = tns_palette_find(rows[i].palette, &err);
        ck_assert_msg(palette != NULL, "%s", err.text);
        start(&t, 1, false, 1);
        aim(&t, &rows[i], palette, chosen, amounts);
        tns_match *match = solve(&t);
        const tns_recipe *first = &match->recipes[0];
        CHECK_NEAR(rows[i].palette, first->objective, 0, 1e-9);
        ck_assert_int_eq(first->shade, rows[i].shade);
        for (size_t p = 0; p < first->part_count; p++)
            CHECK_NEAR(rows[i].palette, first->parts[p].units, amounts[first->parts[p].pigment], 0);
        tns_match_destroy(match);
        tns_palette_destroy(palette);
    }
}
END_TEST

/* The contract's example: three drops of carbon, 14:1. */
START_TEST(shade_14_is_said_in_drops_ml_g_and_shares)
{
    trial t;
    start(&t, 1, true, 5);
    int units[] = {1};
    t.request.target = seen_of(&t, units, 14);
    t.s.pigments[0].density_g_ml = 1.1;
    t.s.pigments[0].drop_ml = t.s.pigments[1].drop_ml = 0.04;
    t.s.pigments[1].density_g_ml = 1;
    t.s.pigments[0].cost_per_ml = 3;
    t.s.pigments[1].cost_per_ml = 0.3;
    tns_match *match = solve(&t);
    const tns_recipe *r = &match->recipes[0];
    ck_assert_int_eq(r->shade, 14);
    ck_assert(r->has_diluent && r->diluent.pigment == 1);
    ck_assert_int_eq(r->parts[0].units, 1);
    ck_assert_int_eq(r->diluent.units, 14);
    CHECK_NEAR("ml", r->parts[0].ml, 0.04, 1e-15);
    CHECK_NEAR("g", r->parts[0].g, 0.044, 1e-15);
    CHECK_NEAR("fraction", r->parts[0].fraction, 1.0 / 15, 1e-15);
    CHECK_NEAR("diluent ml", r->diluent.ml, 0.56, 1e-15);
    CHECK_NEAR("diluent g", r->diluent.g, 0.56, 1e-15);
    CHECK_NEAR("diluent fraction", r->diluent.fraction, 14.0 / 15, 1e-15);
    CHECK_NEAR("cost per ml", r->cost, (3 + 14 * 0.3) / 15, 1e-15);
    CHECK_NEAR("recipes", (double)match->search.recipes, 41, 0);
    tns_match_destroy(match);
}
END_TEST

START_TEST(a_diluent_of_other_drops_is_measured_not_rounded)
{
    trial t;
    start(&t, 1, true, 5);
    t.s.pigments[0].drop_ml = 0.04;
    t.s.pigments[1].drop_ml = 0.05;
    int units[] = {1};
    t.request.target = seen_of(&t, units, 9);
    tns_match *match = solve(&t);
    const tns_recipe *r = &match->recipes[0];
    ck_assert_int_eq(r->shade, 9);
    CHECK_NEAR("ml", r->diluent.ml, 0.36, 1e-15);
    ck_assert_int_eq(r->diluent.units, 0); /* 7.2 drops: 7 would be another shade */
    bool said = false;
    for (size_t i = 0; i < r->warnings.count; i++)
        said = said || strstr(r->warnings.text[i], "0.36 ml") != NULL;
    ck_assert(said);
    tns_match_destroy(match);
}
END_TEST

START_TEST(warnings_and_confidence_name_the_weak_parts)
{
    trial t;
    start(&t, 2, false, 8);
    int units[] = {1, 3};
    t.request.target = seen_of(&t, units, 0);
    t.s.pigments[1].origin = TNS_ORIGIN_MODELLED;
    tns_match *match = solve(&t);
    const tns_recipe *r = &match->recipes[0];
    ck_assert_int_eq(r->confidence, 'C');
    static const char *const says[] = {"p0: a single drop", "p0, p1: drops never weighed",
                                       "p1: modelled"};
    for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
        bool said = false;
        for (size_t w = 0; w < r->warnings.count; w++)
            said = said || strncmp(r->warnings.text[w], says[i], strlen(says[i])) == 0;
        ck_assert_msg(said, "%s", says[i]);
    }
    tns_match_destroy(match);
}
END_TEST

START_TEST(a_ratio_is_listed_once_with_the_fewest_units_unless_the_total_is_fixed)
{
    trial t;
    start(&t, 2, false, 21);
    t.request.max_units = 12;
    t.request.top = 100;
    int units[] = {1, 1};
    t.request.target = seen_of(&t, units, 0);
    tns_match *match = solve(&t);
    ck_assert_int_eq(match->recipes[0].parts[0].units, 1);
    ck_assert(match->recipes[1].objective > 1e-3);
    tns_match_destroy(match);
    t.request.exactly = true;
    match = solve(&t);
    ck_assert_int_eq(match->recipes[0].parts[0].units, 6);
    ck_assert_int_eq(match->recipes[0].parts[1].units, 6);
    CHECK_NEAR("11 pairs and 2 alone", (double)match->recipe_count, 13, 0);
    tns_match_destroy(match);
}
END_TEST

START_TEST(what_costs_less_comes_first_where_colors_tie)
{
    trial t;
    start(&t, 3, false, 31);
    memcpy(t.s.pigments[2].K, t.s.pigments[0].K, sizeof t.s.pigments[0].K);
    memcpy(t.s.pigments[2].S, t.s.pigments[0].S, sizeof t.s.pigments[0].S);
    t.s.pigments[0].cost_per_ml = 2;
    t.s.pigments[2].cost_per_ml = 1;
    int units[] = {2, 3, 0};
    t.request.target = seen_of(&t, units, 0);
    tns_match *match = solve(&t);
    ck_assert_int_eq((int)match->recipes[0].part_count, 2);
    ck_assert_int_eq(match->recipes[0].parts[1].pigment, 2);
    tns_match_destroy(match);
    t.s.pigments[2].cost_per_ml = 0; /* unknown: counts as dear */
    match = solve(&t);
    ck_assert_int_eq(match->recipes[0].parts[0].pigment, 0);
    ck_assert_int_eq(match->recipes[0].parts[1].pigment, 1);
    tns_match_destroy(match);
}
END_TEST

START_TEST(polishing_never_loses_and_finds_a_mixture_that_is_there)
{
    uint64_t state = 99;
    for (int round = 0; round < 40; round++) {
        trial t;
        tns_problem problem;
        tns_error err;
        bool film = round % 2 == 0;
        start(&t, 3, film, 1000 + (uint64_t)round);
        int units[] = {draw_int(&state, 1, 20), draw_int(&state, 1, 20), draw_int(&state, 1, 20)};
        t.request.target = seen_of(&t, units, film ? draw_int(&state, 1, 20) : 0);
        ck_assert(tns_problem_init(&problem, &t.request, &err));
        tns_support support = {.count = 3, .component = {0, 1, 2}};
        tns_seed(&problem, &t.request.target, &support);
        double seeded = support.objective;
        tns_polish_starts(&problem, &support);
        ck_assert(support.objective <= seeded);
        /* nine differences and at most three unknowns: the mixture itself, to the tether's pull */
        CHECK_NEAR("objective", support.objective, 0, 0.01);
        CHECK_NEAR("units", support.units[0] + support.units[1] + support.units[2], 1, 1e-12);
        tns_problem_finish(&problem);
    }
}
END_TEST

START_TEST(a_band_without_absorption_does_not_stop_the_polish)
{
    trial t;
    tns_problem problem;
    tns_error err;
    start(&t, 2, false, 4);
    for (int b = 20; b < 24; b++)
        t.s.pigments[0].K[b] = t.s.pigments[1].K[b] = 0;
    int units[] = {7, 4};
    t.request.target = seen_of(&t, units, 0);
    ck_assert(tns_problem_init(&problem, &t.request, &err));
    tns_support support = {.count = 2, .component = {0, 1}, .units = {0.2, 0.8}};
    tns_support_rate(&problem, &support);
    tns_polish(&problem, &support);
    CHECK_NEAR("objective", support.objective, 0, 0.01);
    tns_problem_finish(&problem);
}
END_TEST

START_TEST(a_pigment_of_no_use_is_left_out_of_the_best_blend)
{
    trial t;
    start(&t, 3, true, 3);
    int units[] = {4, 7, 0};
    t.request.target = seen_of(&t, units, 6);
    tns_match *match = solve(&t);
    double sum = 0;
    for (size_t i = 0; i < match->best_possible.part_count; i++)
        sum += match->best_possible.fraction[i];
    CHECK_NEAR("pigment in the liquid", sum, 1.0 / 7, 0.005);
    ck_assert(match->best_possible.objective <= match->recipes[0].objective);
    tns_match_destroy(match);
}
END_TEST

static bool at_once(void *user)
{
    (void)user;
    return true;
}

static bool after_some(void *user)
{
    return ++*(int *)user > 40; /* past the 15 seeds and as many polishes */
}

START_TEST(a_search_can_be_cancelled)
{
    trial t;
    tns_error err = {0};
    start(&t, 4, true, 6);
    tns_context context = {.cancelled = at_once};
    ck_assert(tns_match_solve(&t.request, &context, &err) == NULL);
    ck_assert_int_eq(err.code, TNS_ERROR_CANCELLED);
    int asked = 0;
    context = (tns_context){.cancelled = after_some, .user = &asked};
    err = (tns_error){0};
    t.request.threads = 1;
    ck_assert(tns_match_solve(&t.request, &context, &err) == NULL);
    ck_assert_int_eq(err.code, TNS_ERROR_CANCELLED);
}
END_TEST

typedef struct told {
    double last;
    char stage[16];
    bool fell;
} told;

static void hear(void *user, double fraction, const char *stage)
{
    told *t = user;
    if (strcmp(stage, t->stage) != 0)
        t->last = 0;
    t->fell = t->fell || fraction < t->last || fraction > 1;
    t->last = fraction;
    snprintf(t->stage, sizeof t->stage, "%s", stage);
}

START_TEST(progress_rises_to_the_whole)
{
    trial t;
    tns_error err;
    start(&t, 3, true, 6);
    told heard = {0};
    tns_context context = {.progress = hear, .user = &heard};
    t.request.threads = 3;
    tns_match_destroy(tns_match_solve(&t.request, &context, &err));
    ck_assert(!heard.fell);
    CHECK_NEAR("end", heard.last, 1, 0);
    ck_assert_str_eq(heard.stage, "report");
}
END_TEST

static const int twice[] = {0, 0}, water[] = {4}, beyond[] = {9}, none[] = {0};

static void no_viewings(tns_match_request *q)
{
    q->viewing_count = 0;
}
static void many_viewings(tns_match_request *q)
{
    q->viewing_count = TNS_VIEWINGS_MAX + 1;
}
static void negative_weight(tns_match_request *q)
{
    q->weights[1] = -1;
}
static void no_weight(tns_match_request *q)
{
    q->weights[0] = q->weights[1] = q->weights[2] = 0;
}
static void no_surface(tns_match_request *q)
{
    q->surface_count = 0;
}
static void no_pigment(tns_match_request *q)
{
    q->pigments = none;
    q->pigment_count = 0;
}
static void unknown_pigment(tns_match_request *q)
{
    q->pigments = beyond;
    q->pigment_count = 1;
}
static void pigment_twice(tns_match_request *q)
{
    q->pigments = twice;
    q->pigment_count = 2;
}
static void diluent_as_pigment(tns_match_request *q)
{
    q->pigments = water;
    q->pigment_count = 1;
}
static void many_pigments(tns_match_request *q)
{
    q->max_pigments = TNS_PARTS_MAX + 1;
}
static void negative_units(tns_match_request *q)
{
    q->max_units = -3;
}
static void negative_threads(tns_match_request *q)
{
    q->threads = -1;
}
static void unit_of_nothing(tns_match_request *q)
{
    q->unit = (tns_unit){TNS_UNIT_ML, 0};
}
static void no_number(tns_match_request *q)
{
    q->target.value[3] = NAN;
}
static void surface_weights(tns_match_request *q)
{
    static const double nothing[] = {0};
    q->surface_weights = nothing;
}

START_TEST(a_request_that_contradicts_itself_is_refused_by_name)
{
    static const struct {
        const char *label;
        void (*spoil)(tns_match_request *);
        tns_code code;
        const char *says;
    } rows[] = {
        {"no illuminant", no_viewings, TNS_ERROR_USAGE, "illuminants"},
        {"too many illuminants", many_viewings, TNS_ERROR_USAGE, "illuminants"},
        {"a negative weight", negative_weight, TNS_ERROR_USAGE, "weight of A"},
        {"no weight at all", no_weight, TNS_ERROR_USAGE, "every weight"},
        {"no surface", no_surface, TNS_ERROR_USAGE, "surfaces"},
        {"no weight of a surface", surface_weights, TNS_ERROR_USAGE, "surfaces"},
        {"no pigment", no_pigment, TNS_ERROR_USAGE, "no pigment"},
        {"an unknown pigment", unknown_pigment, TNS_ERROR_USAGE, "found 9"},
        {"a pigment twice", pigment_twice, TNS_ERROR_USAGE, "p0: named twice"},
        {"a diluent on opaque", diluent_as_pigment, TNS_ERROR_USAGE, "water"},
        {"more parts than fit", many_pigments, TNS_ERROR_USAGE, "pigments in a mix"},
        {"negative units", negative_units, TNS_ERROR_USAGE, "units"},
        {"threads below none", negative_threads, TNS_ERROR_USAGE, "threads"},
        {"a unit of nothing", unit_of_nothing, TNS_ERROR_USAGE, "unit"},
        {"a target that is no number", no_number, TNS_ERROR_RANGE, "410 nm"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        trial t;
        tns_error err = {0};
        start(&t, 4, false, 2);
        rows[i].spoil(&t.request);
        ck_assert_msg(tns_match_solve(&t.request, NULL, &err) == NULL, "%s", rows[i].label);
        ck_assert_msg(err.code == rows[i].code && strstr(err.text, rows[i].says), "%s: %s",
                      rows[i].label, err.text);
    }
}
END_TEST

START_TEST(a_relative_palette_on_a_film_is_refused_by_name)
{
    trial t;
    tns_error err = {0};
    start(&t, 2, true, 2);
    t.s.palette.model.absolute = false;
    ck_assert(tns_match_solve(&t.request, NULL, &err) == NULL);
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    ck_assert(strstr(err.text, "drawn") && strstr(err.text, "relative"));
}
END_TEST

START_TEST(no_recipe_is_light_enough_says_so)
{
    trial t;
    tns_error err = {0};
    start(&t, 2, false, 2);
    t.request.target = tns_spectrum_constant(0.999);
    t.request.never_darker = true;
    ck_assert(tns_match_solve(&t.request, NULL, &err) == NULL);
    ck_assert_int_eq(err.code, TNS_ERROR_NO_RECIPE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("solve");
    TCase *tc = tcase_create("solve");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, a_target_that_is_a_whole_drop_mix_comes_back_first);
    tcase_add_test(tc, a_whole_drop_mix_of_a_shipped_palette_comes_back_first);
    tcase_add_test(tc, shade_14_is_said_in_drops_ml_g_and_shares);
    tcase_add_test(tc, a_diluent_of_other_drops_is_measured_not_rounded);
    tcase_add_test(tc, warnings_and_confidence_name_the_weak_parts);
    tcase_add_test(tc, a_ratio_is_listed_once_with_the_fewest_units_unless_the_total_is_fixed);
    tcase_add_test(tc, what_costs_less_comes_first_where_colors_tie);
    tcase_add_test(tc, polishing_never_loses_and_finds_a_mixture_that_is_there);
    tcase_add_test(tc, a_band_without_absorption_does_not_stop_the_polish);
    tcase_add_test(tc, a_pigment_of_no_use_is_left_out_of_the_best_blend);
    tcase_add_test(tc, a_search_can_be_cancelled);
    tcase_add_test(tc, progress_rises_to_the_whole);
    tcase_add_test(tc, a_request_that_contradicts_itself_is_refused_by_name);
    tcase_add_test(tc, a_relative_palette_on_a_film_is_refused_by_name);
    tcase_add_test(tc, no_recipe_is_light_enough_says_so);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
