/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pots that read darker than their targets: too light can be mended, too dark cannot. */
#include "pot.h"

static bool tells_of_what_is_withheld(const tns_pot_correction *made)
{
    for (size_t i = 0; i < made->warnings.count; i++)
        if (strstr(made->warnings.text[i], "darker yet"))
            return true;
    return false;
}

/* A white, a red, and the green that takes red's hue away and darkens. */
static void fill_tints(trial *t)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        bool is_long = tns_band_nm(b) > 580;
        t->s.pigments[0].K[b] = 0.01;
        t->s.pigments[1].K[b] = is_long ? 0.1 : 4;
        t->s.pigments[2].K[b] = is_long ? 0.8 : 0.1;
        for (int p = 0; p < 3; p++)
            t->s.pigments[p].S[b] = 1;
    }
    for (int p = 0; p < 3; p++)
        t->s.pigments[p].drop_ml = 0.04;
}

/* A pot of white and red, the green alone to add, a target greener and a little lighter. */
START_TEST(a_pot_too_dark_is_made_darker_only_for_what_the_reading_tells_and_the_eye_sees)
{
    static const double unsure[6] = {4, 0, 0, 4, 0, 4};
    static const int green = 2;
    static const struct {
        const char *label;
        double green, lighter; /* drops; relative */
        const double *covariance;
        bool adds, tells;
    } rows[] = {
        {"a hue hardly off", 1, 1.008, NULL, false, true},
        {"a hue well off", 9, 1.035, NULL, true, false},
        {"the same, by a reading that may be off by more", 9, 1.035, unsure, false, true},
        {"a hue hardly off, in a pot too light", 1, 0.99, NULL, true, false},
        {"nothing off", 0, 1.001, NULL, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        trial t;
        start(&t, 3, 2, false, 1200);
        fill_tints(&t);
        t.request.units[0] = 300;
        t.request.units[1] = 15;
        pour(&t, 0);
        read_pot(&t, 0);
        t.request.pigments = &green;
        t.request.pigment_count = 1;
        t.request.measured_covariance = rows[i].covariance;
        t.really[green] += 0.04 * rows[i].green;
        t.request.target = seen_of(&t, t.really);
        for (int b = 0; b < TNS_BANDS; b++)
            t.request.target.value[b] *= rows[i].lighter;
        tns_pot_correction *made = correct(&t);
        ck_assert_msg((advised(made)->part_count > 0) == rows[i].adds,
                      "%s: %d drops, dE %.2f from %.2f; L %.2f to %.2f", rows[i].label,
                      advised(made)->units, advised(made)->objective, made->nothing.objective,
                      made->measured_color[0].lab.L, made->target_color[0].lab.L);
        ck_assert_msg(tells_of_what_is_withheld(made) == rows[i].tells, "%s: %s, dE %.2f",
                      rows[i].label, made->warnings.count ? made->warnings.text[0] : "nothing told",
                      advised(made)->objective);
        tns_pot_correction_destroy(made);
    }
}
END_TEST

/* Water thins a black film; a masking black, white and red come nearer on paper. */
static void fill_blacks(trial *t, double doubt)
{
    static const double K[] = {40, 300, 0.1, 4}, S[] = {1, 12, 12, 6};
    for (int p = 0; p < 4; p++) {
        for (int b = 0; b < TNS_BANDS; b++) {
            t->s.pigments[p].K[b] = K[p] * (p == 3 && tns_band_nm(b) > 580 ? 0.1 : 1);
            t->s.pigments[p].S[b] = S[p];
        }
        t->s.pigments[p].uncertainty = doubt;
        t->s.pigments[p].drop_ml = 0.04;
    }
}

START_TEST(a_pot_much_too_dark_is_thinned_unless_the_odds_tell_pigment_apart)
{
    static const struct {
        const char *label;
        double doubt;
        bool thins;
    } rows[] = {{"K and S as good as unknown", 0.5, true}, {"K and S known", 0, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        trial t;
        start(&t, 4, 1, true, 77);
        fill_blacks(&t, rows[i].doubt);
        t.request.units[0] = 3;
        t.request.units[1] = 20;
        pour(&t, 0);
        t.really[0] *= 2;
        read_pot(&t, 0);
        t.really[1] += 0.04;
        t.really[3] += 0.08;
        t.request.target = seen_of(&t, t.really);
        tns_pot_correction *made = correct(&t);
        const tns_pot_addition *first = advised(made);
        ck_assert_msg(first->thins == rows[i].thins, "%s: %d drops of pigment, dE %.2f from %.2f",
                      rows[i].label, first->pigment_units, first->objective,
                      made->nothing.objective);
        for (size_t n = 0; n < made->addition_count && rows[i].thins; n++)
            for (size_t k = 0; k < made->additions[n].part_count; k++)
                ck_assert_msg(made->additions[n].parts[k].pigment > 1, "%s: answer %zu adds black",
                              rows[i].label, n + 1);
        tns_pot_correction_destroy(made);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spared");
    TCase *tests = tcase_create("spared");
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests,
                   a_pot_too_dark_is_made_darker_only_for_what_the_reading_tells_and_the_eye_sees);
    tcase_add_test(tests, a_pot_much_too_dark_is_thinned_unless_the_odds_tell_pigment_apart);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
