/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two palettes of one shelf, each on the scale of its own white: what ties them. */
#include <math.h>

#include "pigment/scale.h"
#include "support/testing.h"

/* An ink on the scale of a white that is `white` times as strong; K_sd, S_sd relative. */
static tns_pigment ink(double K, double S, double white, double sd)
{
    tns_pigment p = {.kind = TNS_PIGMENT, .has_covariance = true, .uncertainty = sd};
    for (int b = 0; b < TNS_BANDS; b++) {
        p.K[b] = K / white * (1 + 0.02 * b);
        p.S[b] = S / white;
        p.K_sd[b] = sd * p.K[b];
        p.S_sd[b] = sd * p.S[b];
    }
    return p;
}

static tns_pigment white(void)
{
    tns_pigment p = ink(0.01, 1, 1, 0.02);
    for (int b = 0; b < TNS_BANDS; b++)
        p.S_sd[b] = 0;
    return p;
}

START_TEST(an_ink_says_how_much_stronger_the_other_white_is_and_a_white_that_it_is_none)
{
    const tns_pigment ours = ink(8, 0.2, 1, 0.02), theirs = ink(8, 0.2, 3, 0.02), paste = white();
    double sd;
    tns_strength found = tns_strength_compare(&ours, &theirs);
    CHECK_NEAR("black", tns_strength_usual(&found, &sd), 3, 1e-9);
    ck_assert_msg(sd > 0.03 && sd < 0.05, "fits to 2 %%, mixed to 3 %%: %g", sd);
    CHECK_NEAR("masstone", found.masstone, 0, 1e-9);
    found = tns_strength_compare(&paste, &paste);
    CHECK_NEAR("white", tns_strength_usual(&found, &sd), 1, 1e-12);
    ck_assert_msg(sd < 1e-5, "exact by definition: %g", sd);
}
END_TEST

START_TEST(a_contradiction_is_one_by_the_errors_of_the_fits_and_no_fixed_limit)
{
    static const struct {
        const char *label;
        double white, sd;
        bool another;
    } rows[] = {
        {"the same", 1, 0.01, false},
        {"a twelfth, known well", 1.08, 0.005, false},
        {"a fifth, known well", 1.2, 0.005, true},
        {"a fifth, known badly", 1.2, 0.1, false},
        {"a third more, known badly", 1.33, 0.1, false},
        {"thrice, known badly", 3, 0.1, true},
        {"thrice, hardly known", 3, 0.5, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const tns_pigment ours = ink(8, 0.2, 1, rows[i].sd), paste = white();
        const tns_pigment theirs = ink(8, 0.2, rows[i].white, rows[i].sd);
        const tns_strength ties[] = {tns_strength_compare(&paste, &paste),
                                     tns_strength_compare(&ours, &theirs)};
        double doubt = tns_scale_doubt(ties, 2, 1);
        ck_assert_msg(tns_strength_is_another(doubt) == rows[i].another, "%s: %g deviations",
                      rows[i].label, doubt);
        CHECK_NEAR(rows[i].label, tns_scale_doubt(ties, 2, 0), doubt, 1e-9);
        CHECK_NEAR(rows[i].label, tns_scale_doubt(ties, 1, 0), 0, 0);
    }
}
END_TEST

START_TEST(another_masstone_is_another_ink_however_strong)
{
    const tns_pigment ours = ink(3, 0.4, 1, 0.02), paler = ink(3, 0.8, 1, 0.02);
    tns_strength found = tns_strength_compare(&ours, &paler);
    ck_assert_msg(tns_strength_is_another(found.masstone), "%g", found.masstone);
}
END_TEST

START_TEST(several_ties_weigh_by_what_they_know)
{
    const tns_pigment ours = ink(8, 0.2, 1, 0.01), theirs = ink(8, 0.2, 2, 0.01);
    const tns_pigment vague = ink(3, 0.4, 1, 0.4), weaker = ink(3, 0.4, 2.6, 0.4);
    const tns_strength ties[] = {tns_strength_compare(&ours, &theirs),
                                 tns_strength_compare(&vague, &weaker)};
    tns_scale scale = tns_scale_of(ties, 2);
    for (int b = 0; b < TNS_BANDS; b++) {
        ck_assert(fabs(exp(scale.times[b]) - 2) < 0.02);
        ck_assert(scale.sd[b] < ties[0].sd[b]);
    }
    scale = tns_scale_of(ties, 0);
    ck_assert_msg(isinf(scale.sd[0]), "nothing ties nothing");
}
END_TEST

START_TEST(what_is_brought_to_a_scale_takes_up_its_error)
{
    const tns_pigment ours = ink(8, 0.2, 1, 0.02), theirs = ink(8, 0.2, 3, 0.02);
    const tns_strength tie = tns_strength_compare(&ours, &theirs);
    tns_scale scale = tns_scale_of(&tie, 1);
    tns_pigment plum = ink(5, 0.3, 3, 0.02), paste = white();
    tns_scale_apply(&scale, &plum);
    tns_scale_apply(&scale, &paste);
    CHECK_NEAR("K", plum.K[0], 5, 1e-4);
    CHECK_NEAR("S", plum.S[0], 0.3, 1e-5);
    CHECK_NEAR("white", paste.S[35], 3, 1e-4);
    CHECK_NEAR("white's error", paste.S_sd[35] / paste.S[35], tie.sd[35], 1e-3);
    CHECK_NEAR("both", plum.K_sd[0] / plum.K[0], hypot(0.02, tie.sd[0]), 1e-3);
    ck_assert_msg(plum.KS_correlation[0] > 0.5, "K and S move together");
    CHECK_NEAR("uncertainty", plum.uncertainty, hypot(0.02, tie.sd[0]), 1e-3);
}
END_TEST

START_TEST(the_scale_of_a_white_that_is_the_same_changes_nothing)
{
    const tns_pigment paste = white(), plum = ink(5, 0.3, 1, 0.02);
    const tns_strength tie = tns_strength_compare(&paste, &paste);
    tns_scale scale = tns_scale_of(&tie, 1);
    tns_pigment after[2] = {paste, plum};
    tns_scale_apply(&scale, &after[0]);
    tns_scale_apply(&scale, &after[1]);
    for (int b = 0; b < TNS_BANDS; b++) {
        CHECK_NEAR("white's S", after[0].S[b], 1, 0);
        CHECK_NEAR("white's error", after[0].S_sd[b], 0, 0);
        CHECK_NEAR("K", after[1].K[b], plum.K[b], 1e-5 * plum.K[b]);
        CHECK_NEAR("K's error", after[1].K_sd[b], plum.K_sd[b], 1e-2 * plum.K_sd[b]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scale");
    TCase *tc = tcase_create("scale");
    tcase_add_test(tc,
                   an_ink_says_how_much_stronger_the_other_white_is_and_a_white_that_it_is_none);
    tcase_add_test(tc, a_contradiction_is_one_by_the_errors_of_the_fits_and_no_fixed_limit);
    tcase_add_test(tc, another_masstone_is_another_ink_however_strong);
    tcase_add_test(tc, several_ties_weigh_by_what_they_know);
    tcase_add_test(tc, what_is_brought_to_a_scale_takes_up_its_error);
    tcase_add_test(tc, the_scale_of_a_white_that_is_the_same_changes_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
