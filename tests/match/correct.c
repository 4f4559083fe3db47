/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a pot that was measured, what is wrong with it, and what is asked wrongly. */
#include <tonsure/estimate.h>

#include "pot.h"

START_TEST(what_was_poured_comes_back_from_a_reading_without_noise)
{
    for (uint64_t seed = 1; seed <= 8; seed++) {
        bool film = seed % 2 == 0;
        trial t;
        int extra[SHELF_MAX] = {2};
        start(&t, 4, 3, film, seed);
        pour(&t, 0.05);
        read_pot(&t, 0);
        aim(&t, extra);
        t.request.noise = 1e-6; /* so that the prior decides no more than it must */
        tns_pot_correction *made = correct(&t);
        /* on an opaque layer ratios alone are read */
        double scale = t.really[0] / (made->parts[0].effective * drop_of(&t, 0));
        for (size_t i = 0; i < made->part_count; i++) {
            double really = t.really[made->parts[i].pigment];
            double found = made->parts[i].effective * drop_of(&t, made->parts[i].pigment);
            CHECK_NEAR("share", found * scale / really, 1, 1e-3);
        }
        ck_assert(!made->refused);
        CHECK_NEAR("residual", made->residual.rmse, 0, 1e-6);
        tns_pot_correction_destroy(made);
    }
}
END_TEST

/* As much of a foreign pigment as there is of the first, read with the usual noise. */
static tns_pot_correction *contaminated(trial *t, uint64_t seed, double share)
{
    int none[SHELF_MAX] = {0};
    start(t, 4, 2, seed % 2 == 0, seed);
    pour(t, 0.05);
    t->really[3] = share * t->really[0];
    read_pot(t, 0.002);
    aim(t, none);
    return correct(t);
}

START_TEST(a_foreign_pigment_in_the_pot_is_told_and_named_and_scatter_is_not)
{
    int told = 0, named = 0, blamed = 0, pots = 40;
    for (int seed = 1; seed <= pots; seed++) {
        trial t;
        tns_pot_correction *made = contaminated(&t, 3000 + (uint64_t)seed, 1);
        told += made->refused;
        named += made->suspect == 3;
        ck_assert(made->refused == (made->addition_count == 0));
        ck_assert(made->refused == (made->reason[0] != '\0'));
        tns_pot_correction_destroy(made);
        made = contaminated(&t, 3000 + (uint64_t)seed, 0);
        blamed += made->refused;
        tns_pot_correction_destroy(made);
    }
    fprintf(stderr, "foreign pigment told in %d of %d, named in %d, blamed without cause in %d\n",
            told, pots, named, blamed);
    ck_assert_int_eq(blamed, 0);
    /* some drawn pigments are near a mixture of the two of the pot */
    ck_assert_int_ge(told, pots * 8 / 10);
    ck_assert_int_ge(named, told * 8 / 10);
}
END_TEST

START_TEST(a_stated_uncertainty_of_the_pigments_makes_slower_to_accuse)
{
    trial t;
    tns_pot_correction *sure = contaminated(&t, 3002, 1);
    ck_assert(sure->refused);
    for (int i = 0; i < 2; i++)
        t.s.pigments[i].uncertainty = 0.5;
    tns_pot_correction *unsure = correct(&t);
    ck_assert_double_lt(unsure->residual.ratio, sure->residual.ratio / 3);
    /* and what stays unexplained stands in the prediction */
    ck_assert_double_gt(unsure->residual.de00, 1);
    CHECK_NEAR("nothing added", unsure->nothing.de00[0], unsure->measured_de00[0], 0.3);
    tns_pot_correction_destroy(unsure);
    tns_pot_correction_destroy(sure);
}
END_TEST

/* The bottles as they are: each one's K and S off as a whole by what the palette states. */
static void read_off_the_palette(trial *t, int pigments, double uncertainty)
{
    tns_pigment stated[SHELF_MAX];
    for (int i = 0; i < pigments; i++) {
        double K = exp(uncertainty * draw_normal(&t->state));
        double S = exp(uncertainty * draw_normal(&t->state));
        t->s.pigments[i].uncertainty = uncertainty;
        stated[i] = t->s.pigments[i];
        for (int b = 0; b < TNS_BANDS; b++) {
            t->s.pigments[i].K[b] *= K;
            t->s.pigments[i].S[b] *= S;
        }
    }
    read_pot(t, 0.002);
    memcpy(t->s.pigments, stated, (size_t)pigments * sizeof *stated);
}

START_TEST(amounts_are_no_surer_than_the_palette)
{
    enum { PIGMENTS = 3 };
    int within = 0, all = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        trial t;
        int extra[SHELF_MAX] = {0};
        start(&t, PIGMENTS, PIGMENTS, seed % 2 == 0, 500 + seed);
        pour(&t, 0.05);
        read_off_the_palette(&t, PIGMENTS, 0.05);
        aim(&t, extra);
        tns_pot_correction *made = correct(&t);
        for (int i = 0; i < PIGMENTS; i++, all++) {
            double poured = t.really[i] / (t.request.units[i] * drop_of(&t, i));
            within += fabs(made->parts[i].factor - poured) <= 2 * made->parts[i].factor_sd;
        }
        tns_pot_correction_destroy(made);
    }
    fprintf(stderr, "%d of %d amounts within two standard deviations\n", within, all);
    ck_assert_int_ge(within, all * 95 / 100); /* what a normal law has */
}
END_TEST

START_TEST(a_reading_without_noise_is_no_surer_than_the_palette_either)
{
    double sd[2];
    for (int k = 0; k < 2; k++) {
        trial t;
        int extra[SHELF_MAX] = {0};
        start(&t, 3, 3, false, 501);
        pour(&t, 0.05);
        read_off_the_palette(&t, 3, 0.05);
        aim(&t, extra);
        t.request.noise = k == 0 ? 1e-5 : 1e-11; /* whose square is lost beside the palette's */
        tns_pot_correction *made = correct(&t);
        sd[k] = made->parts[0].factor_sd;
        tns_pot_correction_destroy(made);
    }
    ck_assert_double_gt(sd[1], sd[0] / 2); /* it was 0 */
}
END_TEST

START_TEST(a_color_alone_will_do_and_says_that_it_is_weaker)
{
    double before = 0, after = 0, sure = 0, unsure = 0;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        trial t;
        tns_error err;
        int extra[SHELF_MAX] = {0, 3};
        start(&t, 3, 3, seed % 2 == 0, 200 + seed);
        pour(&t, 0.05);
        read_pot(&t, 0);
        aim(&t, extra);
        tns_pot_correction *full = correct(&t);
        tns_lab lab = tns_lab_from_spectrum(&t.request.measured, &t.viewings[0]);
        if (!tns_spectrum_from_lab(lab, &t.viewings[0], &t.request.measured, &err))
            t.request.measured.reconstructed = true; /* too vivid a color for the estimate */
        tns_pot_correction *made = correct(&t);
        ck_assert(made->from_color && !full->from_color);
        ck_assert_uint_gt(made->warnings.count, full->warnings.count);
        for (size_t i = 0; i < made->part_count; i++) {
            sure += full->parts[i].factor_sd / full->parts[i].factor;
            unsure += made->parts[i].factor_sd / made->parts[i].factor;
        }
        before += true_de00(&t, NULL);
        after += true_de00(&t, advised(made));
        tns_pot_correction_destroy(made);
        tns_pot_correction_destroy(full);
    }
    ck_assert_double_gt(unsure, sure);
    ck_assert_msg(after < before / 2, "%.3f before, %.3f after", before, after);
}
END_TEST

START_TEST(a_color_alone_that_asks_for_absurd_amounts_is_refused_with_the_likely_causes)
{
    trial t;
    int extra[SHELF_MAX] = {0};
    start(&t, 2, 2, true, 33);
    t.request.units[2] = 2; /* little water, and a reading of much more */
    pour(&t, 0);
    t.really[2] *= 40;
    read_pot(&t, 0);
    aim(&t, extra);
    t.request.measured.reconstructed = true;
    t.request.spread = 20;
    tns_pot_correction *made = correct(&t);
    ck_assert(made->refused && made->addition_count == 0);
    ck_assert_msg(strstr(made->reason, "not stirred") != NULL, "%s", made->reason);
    tns_pot_correction_destroy(made);
}
END_TEST

static void expect_usage(const trial *t, const char *words)
{
    tns_error err = {0};
    ck_assert_msg(tns_pot_correct(&t->request, NULL, &err) == NULL, "%s", words);
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    ck_assert_msg(strstr(err.text, words) != NULL, "expected \"%s\", found \"%s\"", words,
                  err.text);
}

START_TEST(a_contradictory_request_is_refused_by_name)
{
    trial t;
    int none[SHELF_MAX] = {0};
    start(&t, 4, 2, false, 5);
    pour(&t, 0);
    read_pot(&t, 0);
    aim(&t, none);
    trial bad = t;
    bad.request.palette = &bad.s.palette;
    bad.request.part_count = 0;
    expect_usage(&bad, "expected 1 to 8 parts");
    bad = t;
    bad.request.units[1] = 0;
    expect_usage(&bad, "p1: expected more than 0");
    bad = t;
    bad.request.parts[1] = 0;
    expect_usage(&bad, "p0 is named twice");
    bad = t;
    bad.request.parts[1] = 4;
    expect_usage(&bad, "leave out water");
    bad = t;
    bad.request.parts[1] = 9;
    expect_usage(&bad, "below 5, found 9");
    bad = t;
    bad.request.max_pigments = 8;
    expect_usage(&bad, "expected 1 to 7");
    bad = t;
    bad.request.max_units = 3000;
    expect_usage(&bad, "additions to try");
    bad = t;
    bad.request.viewing_count = 0;
    expect_usage(&bad, "illuminants");
}
END_TEST

static bool stop(void *user)
{
    (void)user;
    return true;
}

START_TEST(a_search_can_be_cancelled)
{
    trial t;
    tns_error err;
    tns_context context = {.cancelled = stop};
    int none[SHELF_MAX] = {0};
    start(&t, 4, 2, false, 5);
    pour(&t, 0);
    read_pot(&t, 0);
    aim(&t, none);
    ck_assert(tns_pot_correct(&t.request, &context, &err) == NULL);
    ck_assert_int_eq(err.code, TNS_ERROR_CANCELLED);
    tns_pot_correction_destroy(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("correct");
    TCase *tests = tcase_create("correct");
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, what_was_poured_comes_back_from_a_reading_without_noise);
    tcase_add_test(tests,
                   a_color_alone_that_asks_for_absurd_amounts_is_refused_with_the_likely_causes);
    tcase_add_test(tests, a_foreign_pigment_in_the_pot_is_told_and_named_and_scatter_is_not);
    tcase_add_test(tests, a_stated_uncertainty_of_the_pigments_makes_slower_to_accuse);
    tcase_add_test(tests, amounts_are_no_surer_than_the_palette);
    tcase_add_test(tests, a_reading_without_noise_is_no_surer_than_the_palette_either);
    tcase_add_test(tests, a_color_alone_will_do_and_says_that_it_is_weaker);
    tcase_add_test(tests, a_contradictory_request_is_refused_by_name);
    tcase_add_test(tests, a_search_can_be_cancelled);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
