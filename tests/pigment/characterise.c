/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inks.h"
#include "support/testing.h"

static tns_fit *solved(const inks *s, tns_fit_options options)
{
    tns_error err = {0};
    tns_fit *fit = tns_fit_solve(s->set, &options, NULL, &err);
    ck_assert_msg(fit != NULL, "%s", err.text);
    return fit;
}

static bool warns(const tns_fit *fit, const char *words)
{
    for (size_t i = 0; i < fit->warnings.count; i++)
        if (strstr(fit->warnings.text[i], words))
            return true;
    return false;
}

/* Readings without noise leave nothing but what the descent leaves; priors pull by about 1e-3. */
START_TEST(exact_readings_give_the_inks_back)
{
    static const struct {
        const char *label;
        bool film;
        double k2;
    } rows[] = {
        {"opaque", false, 0},
        {"opaque, glossy", false, 0.6},
        {"films", true, 0},
        {"films, glossy", true, 0.6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        inks s = make_inks(4, rows[i].k2, 11);
        s.noise = 0;
        if (rows[i].film)
            add_film_series(&s);
        else
            add_opaque_series(&s);
        tns_fit *fit = solved(&s, (tns_fit_options){.surface = s.surface});
        ck_assert_int_eq(fit->palette->model.absolute, rows[i].film);
        CHECK_NEAR(rows[i].label, unseen_mixtures(&s, fit->palette, rows[i].film), 0, 0.02);
        CHECK_NEAR(rows[i].label, fit->fitted.max, 0, 0.02);
        tns_fit_destroy(fit);
        free_inks(&s);
    }
}
END_TEST

START_TEST(a_slip_of_the_hand_is_named_and_hardly_moves_the_rest)
{
    inks s = make_inks(4, 0, 21);
    add_film_series(&s);
    tns_fit *before = solved(&s, (tns_fit_options){0});
    tns_fit_sample *slip = &s.set->samples[20];
    for (int i = 0; i < s.count; i++)
        slip->amount[i] *= 3;
    tns_fit *after = solved(&s, (tns_fit_options){0});
    char words[96];
    snprintf(words, sizeof words, "sample %s is an outlier", slip->id);
    ck_assert(!warns(before, "outlier") && warns(after, words));
    ck_assert_double_le(unseen_mixtures(&s, after->palette, true),
                        unseen_mixtures(&s, before->palette, true) + 0.1);
    tns_fit_destroy(before);
    tns_fit_destroy(after);
    free_inks(&s);
}
END_TEST

/* Films whose thickness is off by 10 %, all bands together: told apart from what a reading is. */
START_TEST(loads_that_slip_are_found_and_explain_what_readings_do_not)
{
    inks s = make_inks(4, 0, 81);
    size_t paper = add_backing(&s, 0.85);
    for (int k = 0; k < 150; k++) {
        int a = draw_int(&s.state, 0, 3), b = draw_int(&s.state, 0, 3);
        double share = draw_between(&s.state, 0, 1), load = draw_between(&s.state, 0.05, 1.5);
        double slip = exp(0.1 * draw_normal(&s.state));
        add_pair(&s, a, b, share, load * slip, true, paper);
        for (int i = 0; i < s.count; i++)
            s.set->samples[s.set->count - 1].amount[i] /= slip;
    }
    tns_fit *fit = solved(&s, (tns_fit_options){0});
    CHECK_NEAR("of a load", fit->load_sd, 0.1, 0.03);
    CHECK_NEAR("of a reading", fit->noise, s.noise, 0.1 * s.noise);
    ck_assert_double_lt(fit->relative, 0.005);
    ck_assert_double_gt(fit->held_out.mean, 0.5); /* as stated: nobody knows a film's slip */
    tns_fit_destroy(fit);
    free_inks(&s);
}
END_TEST

static void spoil(tns_fit_sample *sample, double with)
{
    for (int b = 0; b < TNS_BANDS; b++)
        sample->measured.value[b] = with;
    sample->unreadable = !(with >= 0 && with <= 1);
}

START_TEST(what_is_held_out_does_not_touch_the_palette)
{
    inks s = make_inks(4, 0, 31);
    add_film_series(&s);
    for (size_t i = 5; i < s.set->count; i += 7)
        s.set->samples[i].held_out = s.set->samples[i].kind != TNS_FIT_BACKING;
    tns_fit *honest = solved(&s, (tns_fit_options){0});
    char *expected = tns_palette_write(honest->palette);
    ck_assert(honest->held_out.count > 3 && honest->folds == 0);
    ck_assert_double_lt(honest->held_out.mean, 1.5);
    static const double spoils[] = {0, 0.9, NAN, 1e9};
    for (size_t k = 0; k < sizeof spoils / sizeof *spoils; k++) {
        for (size_t i = 0; i < s.set->count; i++)
            if (s.set->samples[i].held_out)
                spoil(&s.set->samples[i], spoils[k]);
        tns_fit *spoilt = solved(&s, (tns_fit_options){0});
        char *found = tns_palette_write(spoilt->palette);
        ck_assert_str_eq(found, expected);
        ck_assert_uint_eq(spoilt->held_out.count, k < 2 ? honest->held_out.count : 0);
        free(found);
        tns_fit_destroy(spoilt);
    }
    free(expected);
    tns_fit_destroy(honest);
    free_inks(&s);
}
END_TEST

START_TEST(groups_are_left_out_in_turn_when_none_is_named)
{
    inks s = make_inks(4, 0, 41);
    add_film_series(&s);
    tns_fit *fit = solved(&s, (tns_fit_options){0});
    ck_assert_int_eq(fit->folds, 5);
    ck_assert_double_gt(fit->held_out.mean, fit->fitted.mean);
    ck_assert(!warns(fit, "too few to leave some out"));
    tns_fit_destroy(fit);
    free_inks(&s);
}
END_TEST

START_TEST(doubts_are_said)
{
    inks s = make_inks(4, 0, 51);
    for (int i = 0; i < 4; i++)
        add_pair(&s, i, i, 1, 1, false, 0);
    add_pair(&s, 1, 0, 0.1, 1, false, 0);
    add_pair(&s, 2, 0, 0.1, 1, false, 0);
    tns_fit *fit =
        solved(&s, (tns_fit_options){.surface = {.k1 = 0.04, .k2 = 0.5}, .fit_k2 = true});
    ck_assert(warns(fit, "no white tint of ink-3"));
    ck_assert(warns(fit, "no dark shade (with black) of ink-2, ink-3"));
    ck_assert(warns(fit, "white is taken as the white"));
    ck_assert(warns(fit, "exact by construction"));
    ck_assert(warns(fit, "k2 cannot be told"));
    ck_assert(warns(fit, "nearly singular"));
    CHECK_NEAR("k2", fit->palette->model.k2, 0.5, 0);
    for (int b = 0; b < TNS_BANDS; b++)
        CHECK_NEAR("white S", fit->palette->pigments[0].S[b], 1, 0);
    tns_fit_destroy(fit);
    free_inks(&s);
}
END_TEST

START_TEST(what_cannot_be_fitted_is_refused_by_name)
{
    static const struct {
        const char *label, *white, *says;
        bool hold_backing, hold_all, only_water;
    } rows[] = {
        {"an unknown white", "chalk", "no sample that is fitted holds \"chalk\"", false, false,
         false},
        {"a held-out backing", NULL, "is the backing of", true, false, false},
        {"nothing left", NULL, "no sample is left", false, true, false},
        {"a thick layer of water", NULL, "a diluent alone", false, false, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        inks s = make_inks(3, 0, 61);
        add_film_series(&s);
        s.set->samples[0].held_out = rows[i].hold_backing;
        for (size_t k = 0; rows[i].hold_all && k < s.set->count; k++)
            s.set->samples[k].held_out = true;
        if (rows[i].only_water) {
            add_pair(&s, 2, 2, 1, 1, false, 0);
            snprintf(s.set->pigment[2], TNS_ID_SIZE, "water");
        }
        tns_error err = {0};
        tns_fit_options options = {.white = rows[i].white};
        ck_assert_msg(!tns_fit_solve(s.set, &options, NULL, &err), "%s", rows[i].label);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s: %s", rows[i].label, err.text);
        free_inks(&s);
    }
}
END_TEST

static bool stop(void *user)
{
    (void)user;
    return true;
}

START_TEST(a_fit_can_be_cancelled)
{
    inks s = make_inks(3, 0, 71);
    add_film_series(&s);
    tns_error err = {0};
    tns_context context = {.cancelled = stop};
    tns_fit_options options = {0};
    ck_assert(!tns_fit_solve(s.set, &options, &context, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CANCELLED);
    free_inks(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("characterise");
    TCase *tc = tcase_create("characterise");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, exact_readings_give_the_inks_back);
    tcase_add_test(tc, a_slip_of_the_hand_is_named_and_hardly_moves_the_rest);
    tcase_add_test(tc, loads_that_slip_are_found_and_explain_what_readings_do_not);
    tcase_add_test(tc, what_is_held_out_does_not_touch_the_palette);
    tcase_add_test(tc, groups_are_left_out_in_turn_when_none_is_named);
    tcase_add_test(tc, doubts_are_said);
    tcase_add_test(tc, what_cannot_be_fitted_is_refused_by_name);
    tcase_add_test(tc, a_fit_can_be_cancelled);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
