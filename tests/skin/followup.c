/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Healed work of a hand whose figures are known is made up, read with errors, and learned from. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include <tonsure/estimate.h>
#include <tonsure/followup.h>

#include "skin/learned.h"
#include "skin/people.h"
#include "support/testing.h"

enum { MANY = 16 };

/* Of readings, in L*, a*, b*. */
static const double READ_SPREAD = 0.5;

static tns_palette *palette;
static gsl_rng *random_;

static void setup(void)
{
    tns_error err;
    palette = tns_palette_find("generic-smp", &err);
    random_ = gsl_rng_alloc(gsl_rng_mt19937);
    ck_assert(palette && random_);
}

static void teardown(void)
{
    tns_palette_destroy(palette);
    gsl_rng_free(random_);
}

static tns_lab misread(tns_lab lab, double spread)
{
    lab.L += gsl_ran_gaussian(random_, spread);
    lab.a += gsl_ran_gaussian(random_, spread);
    lab.b += gsl_ran_gaussian(random_, spread);
    return lab;
}

/* A scalp of a hand that aims at so much: its own depth and load lie a third about that. */
static tns_followup one_of(const tns_healing *hand, int who, double shade)
{
    tns_followup f = {.palette = palette,
                      .skin = skin_of(who),
                      .specular = TNS_SPECULAR_EXCLUDED,
                      .covariance = {READ_SPREAD * READ_SPREAD, 0, 0, READ_SPREAD * READ_SPREAD, 0,
                                     READ_SPREAD * READ_SPREAD}};
    tns_healing way = *hand;
    tns_surface surface;
    tns_error err = {0};
    way.depth_mm *= exp(gsl_ran_gaussian(random_, 0.3));
    way.deposit *= exp(gsl_ran_gaussian(random_, 0.35));
    black_of_shade(palette, shade, f.K, f.S);
    ck_assert_msg(tns_surface_healed(palette, &f.skin, f.specular, &way, &surface, &err), "%s",
                  err.text);
    tns_spectrum seen = tns_surface_reflectance(&surface, f.K, f.S);
    f.seen = misread(seen_by_day(&seen), READ_SPREAD);
    return f;
}

static void fill(const tns_healing *hand, tns_followup out[MANY])
{
    static const double shades[] = {4, 6, 8, 12, 18};
    for (int i = 0; i < MANY; i++)
        out[i] = one_of(hand, i % PEOPLE, shades[i % 5]);
}

static tns_learned_healing learned(const tns_followup *seen, size_t count)
{
    tns_learned_healing out;
    tns_error err = {0};
    ck_assert_msg(tns_healing_learn(seen, count, &out, &err), "%s", err.text);
    return out;
}

static double width_of(tns_learned_range r)
{
    return log(r.high / r.low);
}

START_TEST(without_followups_the_priors_stay)
{
    tns_learned_healing l = learned(NULL, 0);
    tns_healing usual = tns_healing_typical(NULL);
    CHECK_NEAR("depth", log(l.depth_mm.median / usual.depth_mm), 0, 0.01);
    CHECK_NEAR("load", log(l.load.median / (usual.deposit * usual.retention)), 0, 0.05);
    CHECK_NEAR("deposit", log(l.terms.deposit / usual.deposit), 0, 0.05);
    ck_assert(l.de00_before == 0 && l.de00_after == 0);
}
END_TEST

START_TEST(a_hand_is_learned_from_its_healed_dots)
{
    static const struct {
        const char *label;
        tns_healing hand;
    } rows[] = {{"light and shallow", {0.07, 0.15, 0.5, 0.5}},
                {"heavy and deep", {0.2, 0.15, 2.5, 0.6}},
                {"usual", {0.1, 0.15, 1, 0.5}}};
    tns_learned_healing before = learned(NULL, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const tns_healing *hand = &rows[i].hand;
        tns_followup seen[MANY];
        fill(hand, seen);
        tns_learned_healing l = learned(seen, MANY), few = learned(seen, 2);
        double load = hand->deposit * hand->retention;
        printf("%s: depth %.3f (%.3f to %.3f) of %.3f mm, load %.2f (%.2f to %.2f) of %.2f, "
               "dE00 %.1f to %.1f\n",
               rows[i].label, l.depth_mm.median, l.depth_mm.low, l.depth_mm.high, hand->depth_mm,
               l.load.median, l.load.low, l.load.high, load, l.de00_before, l.de00_after);
        /* a twelfth to a half of what was not known before */
        ck_assert_msg(width_of(l.load) < 0.5 * width_of(before.load), "%s", rows[i].label);
        ck_assert_msg(width_of(l.depth_mm) < 0.9 * width_of(before.depth_mm), "%s", rows[i].label);
        ck_assert_msg(width_of(few.load) > width_of(l.load), "%s", rows[i].label);
        ck_assert_msg(fabs(log(l.load.median / load)) < 0.45, "%s", rows[i].label);
        ck_assert_msg(fabs(log(l.depth_mm.median / hand->depth_mm)) < 0.45, "%s", rows[i].label);
        ck_assert_msg(l.de00_after < l.de00_before + 0.3, "%s", rows[i].label);
    }
}
END_TEST

START_TEST(forecasts_by_what_was_learned_are_nearer_where_a_hand_is_unusual)
{
    const tns_healing hand = {0.2, 0.15, 2.5, 0.6};
    tns_followup seen[MANY];
    fill(&hand, seen);
    tns_learned_healing l = learned(seen, MANY);
    ck_assert_msg(l.de00_after < 0.7 * l.de00_before, "%g after %g", l.de00_after, l.de00_before);
}
END_TEST

START_TEST(the_order_of_followups_does_not_matter)
{
    const tns_healing hand = {0.15, 0.15, 1.5, 0.5};
    tns_followup seen[MANY], turned[MANY];
    fill(&hand, seen);
    for (int i = 0; i < MANY; i++)
        turned[i] = seen[MANY - 1 - i];
    tns_learned_healing a = learned(seen, MANY), b = learned(turned, MANY);
    CHECK_NEAR("depth", a.depth_mm.median, b.depth_mm.median, 1e-9);
    CHECK_NEAR("load", a.load.high, b.load.high, 1e-9);
}
END_TEST

START_TEST(one_dot_that_was_hit_badly_decides_nothing)
{
    enum { FEW = 6 };
    const tns_healing hand = {0.1, 0.15, 1, 0.5}, slip = {0.4, 0.15, 8, 0.7};
    tns_followup seen[MANY];
    fill(&hand, seen);
    tns_learned_healing without = learned(seen, FEW);
    seen[FEW] = one_of(&slip, LIGHT, 4);
    tns_learned_healing with = learned(seen, FEW + 1);
    double depth = log(with.depth_mm.median / without.depth_mm.median);
    double load = log(with.load.median / without.load.median);
    printf("one badly hit of %d: depth by %.3f, load by %.3f\n", FEW + 1, depth, load);
    ck_assert_msg(fabs(depth) < 0.15, "depth by %g", depth);
    ck_assert_msg(fabs(load) < 0.15, "load by %g", load);
}
END_TEST

START_TEST(a_covariance_that_is_none_is_refused)
{
    const tns_healing hand = {0.1, 0.15, 1, 0.5};
    tns_followup f = one_of(&hand, LIGHT, 8);
    tns_learned_healing out;
    tns_error err = {0};
    f.covariance[0] = -1000;
    ck_assert(!tns_healing_learn(&f, 1, &out, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
}
END_TEST

/* ---- areas ---- */

static tns_spectrum estimated(tns_lab lab)
{
    tns_viewing day;
    tns_spectrum out;
    tns_error err = {0};
    ck_assert_msg(tns_viewing_find("D65/10", &day, &err) &&
                      tns_spectrum_estimate(lab, &day, TNS_PRIOR_SKIN, &out, &err),
                  "%s", err.text);
    return out;
}

/* Dots of a hand whose dots count so many times as wide as planned; each zone's 10 % about that. */
static tns_area_followup area_of(double factor, double n, double per_cm2, double spread)
{
    tns_area_followup f = {.order = TNS_DOTS_RANDOM, .per_cm2 = per_cm2, .diameter_mm = 0.15};
    double own = factor * exp(gsl_ran_gaussian(random_, 0.1));
    f.dot.spectrum = estimated((tns_lab){38, 5, 7});
    f.skin.spectrum = estimated((tns_lab){66, 10, 16});
    double coverage = tns_dots_coverage(f.order, per_cm2, own * f.diameter_mm);
    f.area.spectrum = tns_dots_area(&f.dot.spectrum, &f.skin.spectrum, coverage, n);
    tns_lab lab = seen_by_day(&f.area.spectrum);
    f.area.spectrum = estimated(misread(lab, spread));
    f.area.covariance[0] = spread * spread;
    return f;
}

static tns_learned_range learned_width(const tns_area_followup *seen, size_t count, double n)
{
    tns_learned_range out;
    tns_error err = {0};
    ck_assert_msg(tns_width_learn(seen, count, n, &out, &err), "%s", err.text);
    return out;
}

START_TEST(the_width_that_dots_count_is_learned_from_areas)
{
    static const double factors[] = {0.8, 1, 1.4};
    tns_learned_range before = learned_width(NULL, 0, 1.7);
    CHECK_NEAR("before", before.median, 1, 1e-9);
    CHECK_NEAR("before, at most", before.high, exp(1.645 * 0.25), 0.01);
    for (size_t i = 0; i < 3; i++) {
        tns_area_followup seen[MANY];
        for (int k = 0; k < MANY; k++)
            seen[k] = area_of(factors[i], 1.7, 100 + 20 * k, 0.2);
        tns_learned_range few = learned_width(seen, 2, 1.7), all = learned_width(seen, MANY, 1.7);
        printf("width %.1f: %.3f (%.3f to %.3f) of two, %.3f (%.3f to %.3f) of all\n", factors[i],
               few.median, few.low, few.high, all.median, all.low, all.high);
        CHECK_NEAR("all", log(all.median / factors[i]), 0, 0.08);
        ck_assert(width_of(all) < width_of(few) && width_of(few) < width_of(before));
    }
}
END_TEST

/* Wider dots and a larger n darken an area alike: that is why one of them is held. */
START_TEST(with_a_smaller_n_the_same_areas_ask_for_wider_dots)
{
    tns_area_followup seen[MANY];
    for (int k = 0; k < MANY; k++)
        seen[k] = area_of(1, 1.7, 100 + 20 * k, 0.1);
    double narrow = learned_width(seen, MANY, 2).median,
           own = learned_width(seen, MANY, 1.7).median;
    double wide = learned_width(seen, MANY, 1).median;
    ck_assert_msg(narrow < own && own < wide, "%g, %g, %g", narrow, own, wide);
}
END_TEST

START_TEST(what_are_no_dots_is_refused)
{
    tns_area_followup none = area_of(1, 1.7, 100, 0.1), nothing = none;
    tns_learned_range out;
    tns_error err = {0};
    none.per_cm2 = 0;
    nothing.diameter_mm = NAN;
    ck_assert(!tns_width_learn(&none, 1, 1.7, &out, &err));
    ck_assert(!tns_width_learn(&nothing, 1, 1.7, &out, &err));
    ck_assert(!tns_width_learn(NULL, 0, 0.9, &out, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
}
END_TEST

START_TEST(quantiles_of_weighed_draws_are_those_of_draws_repeated)
{
    tns_weighed draws[] = {{3, 0.2}, {1, 0.2}, {2, 0.4}, {4, 0.2}};
    tns_learned_range r = tns_learned_range_of(draws, 4);
    CHECK_NEAR("least", r.low, 1, 1e-12);
    CHECK_NEAR("middle", r.median, 2 + 0.1 / 0.3, 1e-12);
    CHECK_NEAR("most", r.high, 4, 1e-12);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("followup");
    TCase *tc = tcase_create("followup");
    tcase_set_timeout(tc, 0);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, without_followups_the_priors_stay);
    tcase_add_test(tc, a_hand_is_learned_from_its_healed_dots);
    tcase_add_test(tc, forecasts_by_what_was_learned_are_nearer_where_a_hand_is_unusual);
    tcase_add_test(tc, the_order_of_followups_does_not_matter);
    tcase_add_test(tc, one_dot_that_was_hit_badly_decides_nothing);
    tcase_add_test(tc, a_covariance_that_is_none_is_refused);
    tcase_add_test(tc, the_width_that_dots_count_is_learned_from_areas);
    tcase_add_test(tc, with_a_smaller_n_the_same_areas_ask_for_wider_dots);
    tcase_add_test(tc, what_are_no_dots_is_refused);
    tcase_add_test(tc, quantiles_of_weighed_draws_are_those_of_draws_repeated);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
