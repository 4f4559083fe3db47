/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best recipes: found where they are known, listed once, in order. */
#include "trial.h"

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

/* 3 + 1 drops of one price come to another last digit than 4 of one bottle. */
START_TEST(fewer_pigments_come_first_where_colors_and_costs_tie)
{
    trial t;
    start(&t, 3, false, 31);
    memcpy(t.s.pigments[2].K, t.s.pigments[0].K, sizeof t.s.pigments[0].K);
    memcpy(t.s.pigments[2].S, t.s.pigments[0].S, sizeof t.s.pigments[0].S);
    t.s.pigments[0].cost_per_ml = t.s.pigments[2].cost_per_ml = 2;
    t.s.pigments[1].cost_per_ml = 1;
    t.request.top = 100;
    int units[] = {4, 6, 0};
    t.request.target = seen_of(&t, units, 0);
    tns_match *match = solve(&t);
    ck_assert_uint_gt(match->recipe_count, 10);
    for (size_t i = 1; i < match->recipe_count; i++) {
        const tns_recipe *a = &match->recipes[i - 1], *b = &match->recipes[i];
        bool tie = fabs(a->objective - b->objective) < 1e-10 && fabs(a->cost - b->cost) < 1e-10;
        ck_assert_msg(!tie || a->part_count <= b->part_count, "rank %zu", i);
    }
    tns_match_destroy(match);
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
    ck_assert(match->best_possible.de00 <= match->best_possible.objective); /* one lamp of three */
    tns_match_destroy(match);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("solve");
    TCase *tc = tcase_create("solve");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, a_target_that_is_a_whole_drop_mix_comes_back_first);
    tcase_add_test(tc, a_whole_drop_mix_of_a_shipped_palette_comes_back_first);
    tcase_add_test(tc, a_ratio_is_listed_once_with_the_fewest_units_unless_the_total_is_fixed);
    tcase_add_test(tc, what_costs_less_comes_first_where_colors_tie);
    tcase_add_test(tc, fewer_pigments_come_first_where_colors_and_costs_tie);
    tcase_add_test(tc, a_pigment_of_no_use_is_left_out_of_the_best_blend);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
