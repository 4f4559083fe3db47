/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lcms2.h>

#include <tonsure/difference.h>

#include "base/csv.h"
#include "support/testing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void check_pairs(const char *path)
{
    tns_error err;
    tns_csv *csv = tns_csv_load(path, &err);
    ck_assert_msg(csv != NULL, "%s", err.text);
    ck_assert_uint_eq(csv->count, 1 + 34);
    for (size_t row = 1; row < csv->count; row++) {
        double v[7];
        char label[64];
        for (size_t column = 0; column < 7; column++)
            ck_assert_msg(tns_csv_number(csv, row, column, &v[column], &err), "%s", err.text);
        snprintf(label, sizeof label, "pair %zu", row);
        tns_lab a = {v[0], v[1], v[2]}, b = {v[3], v[4], v[5]};
        CHECK_NEAR(label, tns_de00(a, b), v[6], 0.00005 + 1e-9); /* printed to four decimals */
        ck_assert_msg(tns_de00(a, b) == tns_de00(b, a), "%s is not symmetric", label);
    }
    tns_csv_destroy(csv);
}

START_TEST(ciede2000_gives_all_34_pairs_of_sharma_and_is_symmetric)
{
    check_pairs(TEST_ROOT "/tests/golden/ciede2000.csv");
}
END_TEST

START_TEST(the_golden_pairs_are_those_of_the_shared_table)
{
    const char *path = shared_file("data/ciede2000_sharma_34pairs.csv");
    if (path)
        check_pairs(path);
}
END_TEST

START_TEST(ciede2000_of_opposite_hues_does_not_hang_on_rounding)
{
    /* Pair 13 of Sharma turned, scaled and nudged by less than 1e-9 degrees stays on its side. */
    const double ratio[] = {1, 3, 7, 0.1, 1e-3};
    for (size_t i = 0; i < COUNT(ratio); i++) {
        for (int turn = 0; turn < 360; turn += 7) {
            double a = ratio[i] * cos(turn * 0.0174532925199433);
            double b = ratio[i] * sin(turn * 0.0174532925199433);
            tns_lab p = {50, a, b}, q = {50, -a, -b}, nudged = {50, -a * (1 + 1e-13), -b};
            CHECK_NEAR("nudged", tns_de00(p, nudged), tns_de00(p, q), 1e-9);
            ck_assert(tns_de00(p, q) == tns_de00(q, p));
        }
    }
}
END_TEST

/* A deterministic walk over Lab for the properties below. */
static tns_lab lab_at(int i)
{
    return (tns_lab){(i * 37) % 101, (i * 53) % 161 - 80, (i * 71) % 161 - 80};
}

START_TEST(differences_are_zero_on_the_diagonal_and_positive_elsewhere)
{
    for (int i = 0; i < 200; i++) {
        tns_lab p = lab_at(i), q = lab_at(i + 1);
        ck_assert(tns_de76(p, p) == 0 && tns_de94(p, p) == 0 && tns_de00(p, p) == 0);
        ck_assert(tns_cmc(p, p, 2, 1) == 0 && tns_hyab(p, p) == 0);
        ck_assert(tns_de76(p, q) > 0 && tns_de94(p, q) > 0 && tns_de00(p, q) > 0);
        ck_assert(tns_cmc(p, q, 2, 1) > 0 && tns_hyab(p, q) >= tns_de76(p, q));
        ck_assert(tns_de00(p, q) == tns_de00(q, p));
        ck_assert(tns_de76(p, q) == tns_de76(q, p));
    }
}
END_TEST

START_TEST(the_parts_of_a_difference_add_up_to_it)
{
    for (int i = 0; i < 200; i++) {
        tns_lab p = lab_at(i), q = lab_at(i + 1);
        tns_difference d = tns_difference_make(p, q), back = tns_difference_make(q, p);
        CHECK_NEAR("dE76 from L, C, H", sqrt(d.dL * d.dL + d.dC * d.dC + d.dH * d.dH),
                   tns_de76(p, q), 1e-9);
        CHECK_NEAR("dH changes its sign", back.dH, -d.dH, 1e-12);
        double turn = tns_lch_from_lab(q).h - tns_lch_from_lab(p).h;
        turn = turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
        if (fabs(d.dH) > 1e-6 && fabs(turn) < 179.999)
            ck_assert_msg((d.dH > 0) == (turn > 0), "pair %d: hue turns by %g, dH %g", i, turn,
                          d.dH);
    }
}
END_TEST

START_TEST(cmc_and_ciede2000_agree_with_lcms)
{
    for (int i = 0; i < 300; i++) {
        tns_lab p = lab_at(i), q = lab_at(i + 1);
        cmsCIELab a = {p.L, p.a, p.b}, b = {q.L, q.a, q.b};
        char label[32];
        snprintf(label, sizeof label, "pair %d", i);
        CHECK_NEAR(label, tns_de00(p, q), cmsCIE2000DeltaE(&a, &b, 1, 1, 1), 1e-9);
        CHECK_NEAR(label, tns_cmc(p, q, 2, 1), cmsCMCdeltaE(&a, &b, 2, 1), 1e-9);
        CHECK_NEAR(label, tns_cmc(p, q, 1, 1), cmsCMCdeltaE(&a, &b, 1, 1), 1e-9);
    }
}
END_TEST

START_TEST(published_pairs_come_out_as_printed)
{
    static const struct {
        const char *formula;
        tns_lab standard, sample;
        double printed;
    } rows[] = {
        /* python-colormath, tests of its difference formulas, to three decimals */
        {"76", {0.9, 16.3, -2.22}, {0.7, 14.2, -1.80}, 2.151},
        {"94", {0.9, 16.3, -2.22}, {0.7, 14.2, -1.80}, 1.249},
        {"cmc 2:1", {0.9, 16.3, -2.22}, {0.7, 14.2, -1.80}, 1.443},
        {"cmc 1:1", {0.9, 16.3, -2.22}, {0.7, 14.2, -1.80}, 1.482},
        {"00", {0.9, 16.3, -2.22}, {0.7, 14.2, -1.80}, 1.523},
        {"00", {32.8911, -53.0107, -43.3182}, {77.1797, 25.5928, 17.9412}, 78.772},
        /* by hand: |10 - 4| + hypot(3, 4) */
        {"hyab", {10, 0, 0}, {4, 3, 4}, 11},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *f = rows[i].formula;
        tns_lab p = rows[i].standard, q = rows[i].sample;
        double found = strcmp(f, "76") == 0        ? tns_de76(p, q)
                       : strcmp(f, "94") == 0      ? tns_de94(p, q)
                       : strcmp(f, "cmc 2:1") == 0 ? tns_cmc(p, q, 2, 1)
                       : strcmp(f, "cmc 1:1") == 0 ? tns_cmc(p, q, 1, 1)
                       : strcmp(f, "00") == 0      ? tns_de00(p, q)
                                                   : tns_hyab(p, q);
        CHECK_NEAR(f, found, rows[i].printed, 0.0005 + 1e-9);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("difference");
    TCase *tc = tcase_create("difference");
    tcase_add_test(tc, ciede2000_gives_all_34_pairs_of_sharma_and_is_symmetric);
    tcase_add_test(tc, the_golden_pairs_are_those_of_the_shared_table);
    tcase_add_test(tc, ciede2000_of_opposite_hues_does_not_hang_on_rounding);
    tcase_add_test(tc, differences_are_zero_on_the_diagonal_and_positive_elsewhere);
    tcase_add_test(tc, the_parts_of_a_difference_add_up_to_it);
    tcase_add_test(tc, cmc_and_ciede2000_agree_with_lcms);
    tcase_add_test(tc, published_pairs_come_out_as_printed);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
