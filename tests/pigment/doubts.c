/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a fit says it cannot tell though samples abound, and whether what it leaves out it leaves
 * out. */
#include "inks.h"
#include "support/testing.h"

static tns_fit *solved(const inks *s, tns_fit_options options)
{
    tns_error err = {0};
    tns_fit *fit = tns_fit_solve(s->set, &options, NULL, &err);
    ck_assert_msg(fit != NULL, "%s", err.text);
    return fit;
}

static const char *warning_with(const tns_fit *fit, const char *words)
{
    for (size_t i = 0; i < fit->warnings.count; i++)
        if (strstr(fit->warnings.text[i], words))
            return fit->warnings.text[i];
    return NULL;
}

/* Three just go into a list: what is said of them must still be said to its end. */
static void name_at_length(inks *s)
{
    for (size_t i = 0; i < s->set->count; i++)
        snprintf(s->set->samples[i].id, sizeof s->set->samples[i].id,
                 "the-%zu-th-of-all-the-samples", i + 1);
}

static bool ends_with(const char *text, const char *end)
{
    return strlen(text) >= strlen(end) && strcmp(text + strlen(text) - strlen(end), end) == 0;
}

static void add_mix(inks *s, const double *amount)
{
    add_sample(s, amount, false, 0);
}

START_TEST(two_inks_that_are_always_together_are_hardly_fixed)
{
    inks s = make_inks(4, 0, 51);
    for (int k = 0; k < 8; k++) {
        double share = 0.1 + 0.1 * k;
        add_mix(&s, (const double[]){1 - share, share, 0, 0});
        add_mix(&s, (const double[]){1 - share, 0, share / 2, share / 2});
        add_mix(&s, (const double[]){0, 0.5 * share, (1 - 0.5 * share) / 2, (1 - 0.5 * share) / 2});
    }
    tns_fit *fit = solved(&s, (tns_fit_options){0});
    const char *said = warning_with(fit, "nearly singular");
    ck_assert_msg(said && (strstr(said, "ink-2") || strstr(said, "ink-3")), "%s", said);
    tns_fit_destroy(fit);
    free_inks(&s);
}
END_TEST

START_TEST(a_k2_that_no_sample_tells_is_put_back)
{
    inks s = make_inks(4, 0.6, 7);
    s.noise = 0.03;
    for (int k = 0; k < 8; k++)
        for (int i = 1; i < s.count; i++)
            add_pair(&s, i, 0, 0.002 + 0.001 * k, 1, false, 0);
    tns_fit_options options = {.surface = s.surface, .fit_k2 = true};
    options.surface.k2 = 0.5;
    tns_fit *fit = solved(&s, options);
    const char *said = warning_with(fit, "k2 cannot be told");
    ck_assert_msg(said && strstr(said, "standard deviation"), "k2 %.3f, deviation %.3f",
                  fit->palette->model.k2, fit->k2_sd);
    CHECK_NEAR("k2", fit->palette->model.k2, 0.5, 0);
    CHECK_NEAR("its deviation", fit->k2_sd, 0, 0);
    tns_fit_destroy(fit);
    free_inks(&s);
}
END_TEST

START_TEST(an_outlier_is_named_with_its_leverage)
{
    inks s = make_inks(4, 0, 21);
    add_opaque_plan(&s, 40);
    for (int i = 0; i < s.count; i++)
        s.set->samples[30].amount[i] = i == 2 ? 0.9 : 0.1;
    tns_fit *fit = solved(&s, (tns_fit_options){0});
    const char *said = warning_with(fit, s.set->samples[30].id);
    char leverage[32];
    snprintf(leverage, sizeof leverage, "leverage %.2f", fit->rows[30].leverage);
    ck_assert_msg(said && strstr(said, "outlier") && strstr(said, leverage), "%s", said);
    tns_fit_destroy(fit);
    free_inks(&s);
}
END_TEST

START_TEST(a_sample_brighter_than_all_light_is_named)
{
    inks s = make_inks(3, 0, 21);
    add_opaque_plan(&s, 40);
    tns_fit *fit = solved(&s, (tns_fit_options){0});
    ck_assert(!warning_with(fit, "105 %"));
    tns_fit_destroy(fit);
    s.set->samples[0].measured.value[12] = 1.12;
    fit = solved(&s, (tns_fit_options){0});
    const char *said = warning_with(fit, "105 %");
    ck_assert_msg(said && strstr(said, s.set->samples[0].id) == said, "%s", said);
    tns_fit_destroy(fit);
    free_inks(&s);
}
END_TEST

START_TEST(a_sample_darker_than_the_surface_alone_is_named)
{
    for (int stated = 0; stated < 2; stated++) {
        inks s = make_inks(3, 0.6, 21);
        s.surface.specular_included = stated == 0;
        add_opaque_plan(&s, 40);
        s.surface.specular_included = true;
        name_at_length(&s);
        tns_fit *fit = solved(&s, (tns_fit_options){.surface = s.surface});
        const char *said = warning_with(fit, "specular is included");
        ck_assert_msg((said != NULL) == stated, "%s", said);
        ck_assert(!said || strstr(said, s.set->samples[1].id));
        ck_assert_msg(!said || ends_with(said, "excluded?"), "%s", said);
        tns_fit_destroy(fit);
        free_inks(&s);
    }
}
END_TEST

START_TEST(films_that_are_all_thin_are_told_of)
{
    for (int thick = 0; thick < 2; thick++) {
        inks s = make_inks(3, 0, 33);
        size_t card[2] = {add_backing(&s, 0.85), add_backing(&s, 0.05)};
        for (int i = 0; i < s.count; i++)
            for (int k = 0; k < 6; k++)
                add_pair(&s, i, i, 1, (k / 2 + 1) * (thick ? 0.3 : 0.005), true, card[k % 2]);
        tns_fit *fit = solved(&s, (tns_fit_options){0});
        const char *said = warning_with(fit, "so thin");
        ck_assert_msg((said != NULL) == !thick, "%s", said);
        ck_assert(!said || strstr(said, "ink-2"));
        ck_assert(!warning_with(fit, "no film lies on it"));
        tns_fit_destroy(fit);
        free_inks(&s);
    }
}
END_TEST

/* A little black in thick films of white: what its film hides, the white hides too. */
START_TEST(little_of_an_ink_in_thick_films_is_no_thin_film)
{
    inks s = make_inks(2, 0, 33);
    size_t card[2] = {add_backing(&s, 0.85), add_backing(&s, 0.05)};
    for (int k = 0; k < 12; k++) {
        add_pair(&s, 0, 0, 1, 1 + k / 4, true, card[k % 2]);
        add_pair(&s, 1, 0, 0.0005 * (1 + k / 4), 4, true, card[k % 2]);
    }
    tns_fit *fit = solved(&s, (tns_fit_options){0});
    const char *said = warning_with(fit, "so thin");
    ck_assert_msg(!said, "%s", said);
    tns_fit_destroy(fit);
    free_inks(&s);
}
END_TEST

START_TEST(a_row_without_pigment_on_which_nothing_lies_is_told_of)
{
    inks s = make_inks(3, 0, 21);
    add_opaque_plan(&s, 40);
    size_t bare = add_backing(&s, 0.4);
    snprintf(s.set->passed_over, sizeof s.set->passed_over, "\"red\"");
    tns_fit *fit = solved(&s, (tns_fit_options){0});
    const char *said = warning_with(fit, "no film lies on it");
    ck_assert_msg(said && strstr(said, s.set->samples[bare].id) == said, "%s", said);
    said = warning_with(fit, "columns passed over");
    ck_assert_msg(said && strstr(said, "\"red\""), "%s", said);
    tns_fit_destroy(fit);
    memset(s.set->passed_over, 'x', sizeof s.set->passed_over - 1);
    fit = solved(&s, (tns_fit_options){0});
    said = warning_with(fit, "columns passed over");
    ck_assert_msg(said && ends_with(said, "BACKING"), "%s", said);
    tns_fit_destroy(fit);
    free_inks(&s);
}
END_TEST

static size_t row_of(const tns_fit *fit, const char *id)
{
    size_t i = 0;
    while (i < fit->count && strcmp(fit->rows[i].id, id) != 0)
        i++;
    ck_assert_uint_lt(i, fit->count);
    return i;
}

/* Tints, shades and mixtures of two, each once. */
static void add_different_mixes(inks *s)
{
    for (int a = 0; a < s->count; a++)
        for (int b = 0; b < a; b++)
            for (int k = 1; k < 8; k++)
                add_pair(s, a, b, k / 8.0, 1, false, 0);
}

/* Every mix is another, so that group and row are one; a fifth of them is left out at a time. */
START_TEST(left_out_figures_are_those_of_fits_without_the_group)
{
    enum { FOLDS = 5 };
    inks s = make_inks(4, 0, 5);
    add_different_mixes(&s);
    tns_fit *whole = solved(&s, (tns_fit_options){0});
    ck_assert_int_eq(whole->folds, FOLDS);
    double sum = 0, squares = 0;
    for (size_t fold = 0; fold < FOLDS; fold++) {
        for (size_t i = 0; i < s.set->count; i++)
            s.set->samples[i].held_out = i % FOLDS == fold;
        tns_fit *part = solved(&s, (tns_fit_options){.white = "white"});
        for (size_t i = fold; i < s.set->count; i += FOLDS) {
            double named = part->rows[row_of(part, s.set->samples[i].id)].de00;
            double in_turn = whole->rows[row_of(whole, s.set->samples[i].id)].left_out;
            sum += named / (double)s.set->count;
            squares += (named - in_turn) * (named - in_turn) / (double)s.set->count;
        }
        tns_fit_destroy(part);
    }
    /* Fewer passes and another start leave a difference, small beside the figures themselves. */
    ck_assert_msg(sqrt(squares) <= 0.1 * sum, "%.3f of %.3f", sqrt(squares), sum);
    tns_fit_destroy(whole);
    free_inks(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("doubts");
    TCase *tc = tcase_create("doubts");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, two_inks_that_are_always_together_are_hardly_fixed);
    tcase_add_test(tc, a_k2_that_no_sample_tells_is_put_back);
    tcase_add_test(tc, an_outlier_is_named_with_its_leverage);
    tcase_add_test(tc, a_sample_brighter_than_all_light_is_named);
    tcase_add_test(tc, a_sample_darker_than_the_surface_alone_is_named);
    tcase_add_test(tc, films_that_are_all_thin_are_told_of);
    tcase_add_test(tc, little_of_an_ink_in_thick_films_is_no_thin_film);
    tcase_add_test(tc, a_row_without_pigment_on_which_nothing_lies_is_told_of);
    tcase_add_test(tc, left_out_figures_are_those_of_fits_without_the_group);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
