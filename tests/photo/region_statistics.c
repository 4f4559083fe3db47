/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regions whose truth is drawn: what their figures must be. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/correct/correction.h"
#include "photo/read/bootstrap.h"
#include "photo/read/mixture.h"
#include "photo/read/sheen.h"
#include "photo/read/statistics.h"
#include "support/draw.h"
#include "support/testing.h"

enum { SIDE = 96 };

static tns_region_pixel ground[SIDE * SIDE];

static void paint(tns_region_pixel *p, tns_lab lab)
{
    tns_xyz xyz = tns_xyz_from_lab(lab, tns_photo_white);
    p->xyz[0] = (float)xyz.X;
    p->xyz[1] = (float)xyz.Y;
    p->xyz[2] = (float)xyz.Z;
}

/* SIDE x SIDE pixels of one color. */
static tns_region_pixels flat(tns_lab lab)
{
    for (int i = 0; i < SIDE * SIDE; i++) {
        ground[i] = (tns_region_pixel){.x = i % SIDE, .y = i / SIDE};
        paint(&ground[i], lab);
    }
    return (tns_region_pixels){SIDE, SIDE, 1, SIDE * SIDE, ground};
}

static void lighten(tns_region_pixel *p, double factor, double mirrored)
{
    const double white[3] = {tns_photo_white.X, tns_photo_white.Y, tns_photo_white.Z};
    for (int c = 0; c < 3; c++)
        p->xyz[c] = (float)(p->xyz[c] * factor + mirrored * white[c]);
}

static const tns_lab skin = {60, 13, 17}, hair = {25, 3, 5};

START_TEST(a_tenth_of_outliers_at_either_end_moves_the_trimmed_mean_by_nothing)
{
    tns_region_pixels p = flat(skin);
    for (int i = 0; i < SIDE * SIDE; i++)
        if (i % 11 == 0)
            paint(&ground[i], i % 2 ? (tns_lab){95, 0, 0} : (tns_lab){5, 0, 0});
    ck_assert(tns_region_trim(&p, 0.1));
    tns_lab lab = tns_region_mean_of(&p, 1).lab;
    CHECK_NEAR("L", lab.L, skin.L, 1e-4); /* single precision of the pixels */
    CHECK_NEAR("a", lab.a, skin.a, 1e-4);
    CHECK_NEAR("b", lab.b, skin.b, 1e-4);
}
END_TEST

static int by_value(const void *a, const void *b)
{
    float u = *(const float *)a, v = *(const float *)b;
    return (u > v) - (u < v);
}

START_TEST(the_kth_smallest_is_where_sorting_would_put_it)
{
    static const struct {
        const char *label;
        int kinds; /* of different values */
    } rows[] = {{"all alike", 1}, {"two kinds", 2}, {"some ties", 20}, {"hardly any", 100000}};
    uint64_t random = 41;
    float given[200], sorted[200], work[200];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t n = 1; n <= 200; n += n < 9 ? 1 : 38) {
            for (size_t k = 0; k < n; k++)
                given[k] = sorted[k] = (float)draw_int(&random, 1, rows[i].kinds);
            qsort(sorted, n, sizeof *sorted, by_value);
            for (size_t k = 0; k < n; k++) {
                memcpy(work, given, sizeof work);
                ck_assert_msg(tns_float_select(work, n, k) == sorted[k], "%s: %zu of %zu",
                              rows[i].label, k, n);
            }
            float middle = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
            ck_assert_msg(tns_float_median(given, n) == middle, "%s: of %zu", rows[i].label, n);
        }
}
END_TEST

START_TEST(median_and_deviation_are_those_of_what_was_drawn)
{
    tns_region_pixels p = flat(skin);
    uint64_t random = 5;
    tns_region_statistics s;
    for (int i = 0; i < SIDE * SIDE; i++)
        paint(&ground[i], (tns_lab){skin.L + 2 * draw_normal(&random), skin.a, skin.b});
    ck_assert(tns_region_spread(&p, &s));
    /* Of 9216 draws the median has a standard error of 0.026, the deviation one of 0.02. */
    CHECK_NEAR("median L", s.median.L, skin.L, 0.1);
    CHECK_NEAR("deviation of L", s.mad[0], 2 * 0.6745, 0.08);
    CHECK_NEAR("deviation of a", s.mad[1], 0, 0.01);
}
END_TEST

/*
 * Noise as a JPEG has it: alike over blocks of eight pixels, at a random phase. The stated interval
 * must hold the truth nineteen times in twenty; one that takes pixels for independent, eight times
 * as narrow, would one time in five.
 */
START_TEST(the_interval_of_a_mean_holds_the_truth_where_neighbors_err_alike)
{
    enum { ROUNDS = 160, CELLS = SIDE / 8 + 1 };
    uint64_t random = 17;
    int inside = 0;
    for (int round = 0; round < ROUNDS; round++) {
        tns_region_pixels p = flat(skin);
        double noise[CELLS * CELLS];
        int dx = draw_int(&random, 0, 7), dy = draw_int(&random, 0, 7);
        for (int i = 0; i < CELLS * CELLS; i++)
            noise[i] = draw_normal(&random);
        for (int i = 0; i < SIDE * SIDE; i++) {
            int cell = (ground[i].y + dy) / 8 * CELLS + (ground[i].x + dx) / 8;
            paint(&ground[i], (tns_lab){skin.L + 2 * noise[cell], skin.a, skin.b});
        }
        tns_region_mean mean = tns_region_mean_of(&p, (uint64_t)round);
        /* The mean of Y over a spread of 2 L* lies 0.06 L* above that of L*. */
        inside += fabs(mean.lab.L - 0.06 - skin.L) <= 2 * sqrt(mean.covariance[0]);
    }
    /* Of 160 rounds at 95 %, 152; four standard deviations are 11. */
    ck_assert_msg(inside >= 141 && inside <= ROUNDS, "%d of %d", inside, ROUNDS);
}
END_TEST

/* Skin that darkens by 40 % from left to right: no brightness tells sheen over all of it. */
static tns_region_pixels shaded_skin(uint64_t *random)
{
    tns_region_pixels p = flat(skin);
    for (int i = 0; i < SIDE * SIDE; i++)
        lighten(&ground[i], 1.2 - 0.5 * ground[i].x / SIDE + 0.01 * draw_normal(random), 0);
    return p;
}

static bool is_spot(const tns_region_pixel *p)
{
    return p->x % 24 >= 10 && p->x % 24 < 14 && p->y % 24 >= 10 && p->y % 24 < 14;
}

START_TEST(spots_of_sheen_are_found_where_the_light_falls_off)
{
    uint64_t random = 23;
    tns_region_pixels p = shaded_skin(&random);
    size_t spots = 0, left = 0;
    for (int i = 0; i < SIDE * SIDE; i++)
        if (is_spot(&ground[i])) {
            lighten(&ground[i], 1, 0.12);
            spots++;
        }
    ck_assert(tns_sheen_drop(&p, 1) && tns_sheen_drop_spots(&p));
    for (size_t i = 0; i < p.count; i++)
        left += is_spot(&p.item[i]);
    ck_assert_msg(left <= spots / 50, "%zu of %zu pixels of sheen are left", left, spots);
    size_t lost = (SIDE * SIDE - spots) - (p.count - left);
    ck_assert_msg(lost <= (SIDE * SIDE) / 100, "%zu pixels of skin are lost", lost);
}
END_TEST

START_TEST(what_is_no_sheen_stays)
{
    uint64_t random = 29;
    tns_region_pixels p = shaded_skin(&random);
    ck_assert(tns_sheen_drop(&p, 1) && tns_sheen_drop_spots(&p));
    ck_assert_msg(p.count >= SIDE * SIDE * 99 / 100, "shaded skin: %zu", p.count);

    p = flat(skin); /* lighter, and as colored: another skin, no mirror */
    for (int i = 0; i < SIDE * SIDE; i++)
        if (is_spot(&ground[i]))
            lighten(&ground[i], 1.4, 0);
    ck_assert(tns_sheen_drop(&p, 1) && tns_sheen_drop_spots(&p));
    ck_assert_uint_eq(p.count, SIDE * SIDE);

    p = flat((tns_lab){30, 12, 20}); /* skin among hair of a stronger color, a third of it */
    for (int i = 0; i < SIDE * SIDE; i++)
        if (i % 3 == 0)
            paint(&ground[i], skin);
    ck_assert(tns_sheen_drop(&p, 0.25)); /* too much of it for a gleam */
    ck_assert_uint_eq(p.count, SIDE * SIDE);
    ck_assert(tns_mixture_of(&p).dark_share > 0.6); /* so that spots are not sought */

    p = flat(skin); /* hair among skin darkens, and skin is what is bright */
    for (int i = 0; i < SIDE * SIDE; i++)
        if (i % 3 == 0)
            paint(&ground[i], hair);
    ck_assert(tns_sheen_drop(&p, 1) && tns_sheen_drop_spots(&p));
    ck_assert_uint_eq(p.count, SIDE * SIDE);
}
END_TEST

START_TEST(two_kinds_of_thing_are_told_from_one)
{
    static const struct {
        const char *label;
        double dark_share, L, step, spread, slope;
        bool is_mixed;
    } rows[] = {
        {"even skin", 0, 60, 0, 1, 0, false},
        {"grainy hair", 0, 25, 0, 5, 0, false},
        {"skin in a slope of light", 0, 60, 0, 1, 12, false},
        {"a tenth of hair", 0.1, 60, 35, 2, 0, true},
        {"half hair", 0.5, 60, 35, 4, 0, true},
        {"mostly hair", 0.9, 60, 35, 3, 0, true},
        {"freckles", 0.2, 60, 6, 1, 0, false},
        {"one mole", 0.01, 60, 30, 1, 0, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t random = 31 + i;
        tns_region_pixels p = flat(skin);
        for (int k = 0; k < SIDE * SIDE; k++) {
            bool dark = draw(&random) < rows[i].dark_share;
            paint(&ground[k], (tns_lab){rows[i].L - (dark ? rows[i].step : 0) +
                                            rows[i].slope * (ground[k].x / (double)SIDE - 0.5) +
                                            rows[i].spread * draw_normal(&random),
                                        5, 8});
        }
        tns_mixture m = tns_mixture_of(&p);
        ck_assert_msg((m.dark_share > 0) == rows[i].is_mixed, "%s: %.2f", rows[i].label,
                      m.dark_share);
        if (!rows[i].is_mixed)
            continue;
        CHECK_NEAR(rows[i].label, m.dark_share, rows[i].dark_share, 0.02);
        CHECK_NEAR(rows[i].label, m.light_L, rows[i].L, 1);
        CHECK_NEAR(rows[i].label, m.dark_L, rows[i].L - rows[i].step, 1);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("region statistics");
    TCase *tc = tcase_create("region statistics");
    tcase_add_test(tc, a_tenth_of_outliers_at_either_end_moves_the_trimmed_mean_by_nothing);
    tcase_add_test(tc, the_kth_smallest_is_where_sorting_would_put_it);
    tcase_add_test(tc, median_and_deviation_are_those_of_what_was_drawn);
    tcase_add_test(tc, the_interval_of_a_mean_holds_the_truth_where_neighbors_err_alike);
    tcase_add_test(tc, spots_of_sheen_are_found_where_the_light_falls_off);
    tcase_add_test(tc, what_is_no_sheen_stays);
    tcase_add_test(tc, two_kinds_of_thing_are_told_from_one);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
