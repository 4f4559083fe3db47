/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library's CIEDE2000, which takes no hue, against the formula step by step and lcms2. */
#include <string.h>

#include <lcms2.h>

#include <tonsure/difference.h>

#include "color/color_kernels.h"
#include "support/checksum.h"
#include "support/draw.h"
#include "support/testing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { MANY = 40009 }; /* no multiple of any register */

static const double pi = 3.14159265358979323846;

static double squared(double x)
{
    return x * x;
}

/* cos of an angle in degrees. */
static double cosine(double degrees)
{
    return cos(degrees * (pi / 180));
}

/* sqrt(C^7 / (C^7 + 25^7)), the chroma switch of eqs (4) and (17). */
static double chroma_switch(double c)
{
    const double c7 = c * squared(c * c * c), k7 = 6103515625.0;
    return sqrt(c7 / (c7 + k7));
}

/*
 * Hues farther apart than 180 degrees meet across 0, eqs (10) and (14). Two opposite colors lie at
 * 180 exactly, where the mean hue jumps and rounding would choose the side: so a gap of 180 to
 * 1e-9 degrees still counts as not farther, as it does in Sharma's pairs 9-16.
 */
static bool meet_across_zero(double h1, double h2)
{
    return fabs(h1 - h2) > 180 + 1e-9;
}

/* In 0..360; what rounding may have put just below 360 is 0. */
static double hue(double a, double b)
{
    double h = atan2(b, a) * (180 / pi);
    h = h < 0 ? h + 360 : h;
    return h > 360 - 1e-9 ? 0 : h;
}

static double mean_hue(double h1, double h2)
{
    double sum = h1 + h2;
    if (!meet_across_zero(h1, h2))
        return sum / 2;
    return (sum < 360 ? sum + 360 : sum - 360) / 2;
}

static double hue_step(double h1, double h2)
{
    double step = h2 - h1;
    if (!meet_across_zero(h1, h2))
        return step;
    return step > 0 ? step - 360 : step + 360;
}

/* Sharma, Wu, Dalal, Color Res. Appl. 30, 21 (2005), with their letters. */
static double textbook_de00(tns_lab standard, tns_lab sample)
{
    /* a' = (1 + G) a, eqs (2)-(7) */
    double c_mean = (hypot(standard.a, standard.b) + hypot(sample.a, sample.b)) / 2;
    double stretch = 1 + 0.5 * (1 - chroma_switch(c_mean));
    double a1 = stretch * standard.a, a2 = stretch * sample.a;
    tns_lch p1 = {standard.L, hypot(a1, standard.b), hue(a1, standard.b)};
    tns_lch p2 = {sample.L, hypot(a2, sample.b), hue(a2, sample.b)};

    /* differences and means, eqs (8)-(14); the hue of a grey counts for nothing */
    bool grey = p1.C * p2.C == 0;
    double dL = p2.L - p1.L, dC = p2.C - p1.C;
    double dH = grey ? 0 : 2 * sqrt(p1.C * p2.C) * sin(hue_step(p1.h, p2.h) / 2 * (pi / 180));
    double L = (p1.L + p2.L) / 2, C = (p1.C + p2.C) / 2;
    double h = grey ? p1.h + p2.h : mean_hue(p1.h, p2.h);

    /* weights and rotation, eqs (15)-(21) */
    double t = 1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6) -
               0.20 * cosine(4 * h - 63);
    double sl = 1 + 0.015 * squared(L - 50) / sqrt(20 + squared(L - 50));
    double sc = 1 + 0.045 * C, sh = 1 + 0.015 * C * t;
    double rotation = 30 * exp(-squared((h - 275) / 25));
    double rt = -sin(2 * rotation * (pi / 180)) * 2 * chroma_switch(C);

    double l = dL / sl, c = dC / sc, u = dH / sh;
    return sqrt(fmax(l * l + c * c + u * u + rt * c * u, 0));
}

/* Pairs of one kind: the centre and spread of the standard, and how far off the sample may lie. */
static const struct kind {
    const char *label;
    tns_lab centre;
    double spread, off;
} kinds[] = {
    {"anywhere", {50, 0, 0}, 120, 240},          {"neighbours", {50, 0, 0}, 100, 3},
    {"nearly alike", {50, 0, 0}, 100, 1e-6},     {"dark and grey", {8, 0, 0}, 2, 2},
    {"hair and skin", {40, 12, 18}, 15, 10},     {"blue, where hues rotate", {30, 20, -60}, 25, 12},
    {"around the hue of 0", {50, 60, 0}, 6, 10}, {"beyond any surface", {50, 0, 0}, 600, 900},
};

static tns_lab standards[MANY], samples[MANY];
static double found[MANY], plain[MANY];

static tns_lab near(uint64_t *state, tns_lab c, double off)
{
    double L = draw_between(state, -off, off), a = draw_between(state, -off, off);
    return (tns_lab){c.L + L, c.a + a, c.b + draw_between(state, -off, off)};
}

static void fill_pairs(const struct kind *kind)
{
    uint64_t state = 11;
    for (int i = 0; i < MANY; i++) {
        standards[i] = near(&state, kind->centre, kind->spread);
        samples[i] = near(&state, standards[i], kind->off);
    }
}

/* Rounding in hues of 360 degrees and chromas of 1000 leaves less than 1e-11. */
START_TEST(it_is_the_formula_step_by_step)
{
    for (size_t k = 0; k < COUNT(kinds); k++) {
        fill_pairs(&kinds[k]);
        for (int i = 0; i < MANY; i++)
            CHECK_NEAR(kinds[k].label, tns_de00(standards[i], samples[i]),
                       textbook_de00(standards[i], samples[i]), 1e-11);
    }
}
END_TEST

START_TEST(it_agrees_with_lcms)
{
    for (size_t k = 0; k < COUNT(kinds); k++) {
        fill_pairs(&kinds[k]);
        for (int i = 0; i < MANY; i += 4) {
            cmsCIELab a = {standards[i].L, standards[i].a, standards[i].b};
            cmsCIELab b = {samples[i].L, samples[i].a, samples[i].b};
            CHECK_NEAR(kinds[k].label, tns_de00(standards[i], samples[i]),
                       cmsCIE2000DeltaE(&a, &b, 1, 1, 1), 1e-9);
        }
    }
}
END_TEST

/* Equal chromas keep a gap of 180 degrees through the stretch of a; others lie off by as much. */
START_TEST(hue_gaps_around_180_degrees_fall_on_the_side_that_the_header_says)
{
    static const double off[] = {-1e-2, -1e-5, -1e-7, -2e-9, -5e-10, -1e-13, 0,
                                 1e-13, 5e-10, 2e-9,  1e-7,  1e-5,   1e-2};
    const double degree = pi / 180, chroma = 30;
    for (size_t i = 0; i < COUNT(off); i++) {
        for (int turn = 0; turn < 360; turn += 5) {
            double h1 = turn * degree, h2 = (turn + 180 + off[i]) * degree;
            tns_lab p = {40, chroma * cos(h1), chroma * sin(h1)};
            tns_lab q = {60, chroma * cos(h2), chroma * sin(h2)};
            CHECK_NEAR("gap", tns_de00(p, q), textbook_de00(p, q), 1e-9);
            ck_assert(tns_de00(p, q) == tns_de00(q, p));
        }
    }
}
END_TEST

START_TEST(greys_and_equal_colors_need_no_hue)
{
    static const struct {
        tns_lab standard, sample;
    } rows[] = {
        {{50, 0, 0}, {50, 0, 0}},
        {{50, 0, 0}, {51, 0, 0}},
        {{0, 0, 0}, {100, 0, 0}},
        {{50, 0, 0}, {50, 10, -10}},
        {{50, 0, -30}, {50, 0, 0}},
        {{50, 0, 0}, {50, 1e-9, 0}},
        {{50, 1e-100, 0}, {50, -1e-100, 0}},
        {{50, 5, 5}, {50, 1e-200, 1e-200}},
        {{20, -0.0, 0.0}, {20, 0.0, -0.0}},
        {{50, 40, 0}, {50, 40, -0.0}},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        tns_lab p = rows[i].standard, q = rows[i].sample;
        CHECK_NEAR("grey", tns_de00(p, q), textbook_de00(p, q), 1e-11);
        ck_assert(tns_de00(p, q) == tns_de00(q, p));
        ck_assert(tns_de00(p, p) == 0 && tns_de00(q, q) == 0);
    }
}
END_TEST

START_TEST(what_is_not_a_number_gives_none)
{
    const tns_lab sound = {50, 10, 20};
    const tns_lab rows[] = {{NAN, 10, 20}, {50, NAN, 20}, {50, 10, NAN}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert(isnan(tns_de00(sound, rows[i])) && isnan(tns_de00(rows[i], sound)));
        tns_lab many[9];
        double de[9];
        for (int j = 0; j < 9; j++)
            many[j] = j == 4 ? rows[i] : sound;
        tns_de00_samples(sound, many, 9, de);
        for (int j = 0; j < 9; j++)
            ck_assert(j == 4 ? isnan(de[j]) : de[j] == 0);
    }
}
END_TEST

START_TEST(every_instruction_set_gives_the_bits_of_one_pair)
{
    for (size_t k = 0; k < COUNT(kinds); k++) {
        fill_pairs(&kinds[k]);
        for (int i = 0; i < MANY; i++)
            plain[i] = tns_de00(standards[i], samples[i]);
        for (tns_isa isa = TNS_ISA_PLAIN; isa <= tns_cpu_isa(); isa++) {
            TNS_KERNELS_FOR(tns_color_kernels, isa)->de00_pairs(standards, samples, MANY, found);
            ck_assert_msg(memcmp(found, plain, sizeof found) == 0, "%s: %s", kinds[k].label,
                          tns_isa_name(isa));
        }
        tns_de00_pairs(standards, samples, MANY, found);
        ck_assert(memcmp(found, plain, sizeof found) == 0);
    }
}
END_TEST

/* Found alike by gcc and clang at every level, on x86-64 and on ARM64. It changes with the
 * formula, and with how an exponential is summed. */
START_TEST(every_compiler_and_machine_gives_the_same_bits)
{
    fill_pairs(&kinds[0]);
    tns_de00_pairs(standards, samples, MANY, found);
    ck_assert_uint_eq(checksum(found, MANY), 0x317DE0519719C209);
}
END_TEST

START_TEST(one_standard_meets_many_samples)
{
    fill_pairs(&kinds[0]);
    tns_lab one = standards[0];
    for (int i = 0; i < MANY; i++)
        plain[i] = tns_de00(one, samples[i]);
    for (tns_isa isa = TNS_ISA_PLAIN; isa <= tns_cpu_isa(); isa++) {
        TNS_KERNELS_FOR(tns_color_kernels, isa)->de00_samples(one, samples, MANY, found);
        ck_assert_msg(memcmp(found, plain, sizeof found) == 0, "%s", tns_isa_name(isa));
    }
    for (size_t n = 0; n < 20; n++) { /* any length, and nothing beyond it */
        for (int i = 0; i < 20; i++)
            found[i] = -1;
        tns_de00_samples(one, samples, n, found);
        ck_assert(memcmp(found, plain, n * sizeof *found) == 0 && found[n] == -1);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ciede2000");
    TCase *tc = tcase_create("ciede2000");
    tcase_add_test(tc, it_is_the_formula_step_by_step);
    tcase_add_test(tc, it_agrees_with_lcms);
    tcase_add_test(tc, hue_gaps_around_180_degrees_fall_on_the_side_that_the_header_says);
    tcase_add_test(tc, greys_and_equal_colors_need_no_hue);
    tcase_add_test(tc, what_is_not_a_number_gives_none);
    tcase_add_test(tc, every_instruction_set_gives_the_bits_of_one_pair);
    tcase_add_test(tc, every_compiler_and_machine_gives_the_same_bits);
    tcase_add_test(tc, one_standard_meets_many_samples);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
