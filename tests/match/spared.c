/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pots that read darker than their targets: too light can be mended, too dark cannot. */
#include "pot.h"

static const tns_pot_addition *advised(const tns_pot_correction *made)
{
    ck_assert_uint_ge(made->addition_count, 1);
    return &made->additions[0];
}

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

int main(void)
{
    Suite *suite = suite_create("spared");
    TCase *tests = tcase_create("spared");
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests,
                   a_pot_too_dark_is_made_darker_only_for_what_the_reading_tells_and_the_eye_sees);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
