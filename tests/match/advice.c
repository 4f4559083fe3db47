/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is added to a pot, and its odds. */
#include "pot.h"

START_TEST(a_pot_that_lacks_drops_gets_just_these)
{
    static const struct {
        const char *label;
        bool film;
        int extra[4]; /* of three pigments, and water */
    } rows[] = {
        {"opaque, one", false, {0, 2, 0, 0}}, {"opaque, two", false, {1, 0, 3, 0}},
        {"film, one", true, {4, 0, 0, 0}},    {"film, two", true, {1, 0, 2, 0}},
        {"film, water", true, {0, 0, 0, 6}},  {"nothing", false, {0, 0, 0, 0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        trial t;
        int found[SHELF_MAX] = {0};
        start(&t, 3, 3, rows[i].film, 40 + i);
        pour(&t, 0);
        read_pot(&t, 0);
        aim(&t, rows[i].extra);
        t.request.noise = 1e-5;
        tns_pot_correction *made = correct(&t);
        const tns_pot_addition *best = NULL;
        for (size_t k = 0; k < made->addition_count; k++)
            if (!best || made->additions[k].objective < best->objective)
                best = &made->additions[k];
        for (size_t p = 0; p < best->part_count; p++)
            found[best->parts[p].pigment] = best->parts[p].units;
        ck_assert_msg(memcmp(found, rows[i].extra, sizeof rows[i].extra) == 0, "%s: %d %d %d %d",
                      rows[i].label, found[0], found[1], found[2], found[3]);
        CHECK_NEAR(rows[i].label, best->objective, 0, 1e-6);
        ck_assert(made->within_tolerance);
        tns_pot_correction_destroy(made);
    }
}
END_TEST

/* Drops of 5 % scatter per component and a reading of 0.2 % of reflectance. */
START_TEST(a_badly_poured_pot_comes_as_near_as_whole_drops_can_bring_it)
{
    double before = 0, after = 0, possible = 0;
    int pots = 24;
    for (int seed = 1; seed <= pots; seed++) {
        trial t;
        int extra[SHELF_MAX] = {0};
        start(&t, 4, 3, seed % 2 == 0, 500 + (uint64_t)seed);
        extra[seed % 3] = 1 + seed % 4;
        pour(&t, 0.05);
        read_pot(&t, 0.002);
        aim(&t, extra);
        tns_pot_correction *made = correct(&t);
        ck_assert_msg(!made->refused, "pot %d: %s", seed, made->reason);
        /* the same search with what is really in the pot known */
        trial known = t;
        known.request.measured = seen_of(&t, t.really);
        known.request.noise = 1e-6;
        tns_pot_correction *best = correct(&known);
        before += true_de00(&t, NULL) / pots;
        after += true_de00(&t, advised(made)) / pots;
        possible += true_de00(&t, advised(best)) / pots;
        tns_pot_correction_destroy(best);
        tns_pot_correction_destroy(made);
    }
    fprintf(stderr, "mean dE00: %.2f before, %.2f corrected, %.2f with the pot known\n", before,
            after, possible);
    ck_assert_msg(after < before / 2, "%.3f before, %.3f after", before, after);
    /* the half that a margin may cost is the most that fewer drops may cost */
    CHECK_NEAR("against the pot known", after, possible, 0.25);
}
END_TEST

START_TEST(nothing_is_ever_taken_out_and_the_list_is_in_order)
{
    for (uint64_t seed = 1; seed <= 10; seed++) {
        trial t;
        int extra[SHELF_MAX] = {0, 3, 1};
        start(&t, 4, 3, seed % 2 == 0, 70 + seed);
        pour(&t, 0.1);
        read_pot(&t, 0.002);
        aim(&t, extra);
        t.request.top = 20;
        t.request.max_units = 6;
        t.request.tolerance = 1e-6; /* which water alone does not reach */
        tns_pot_correction *made = correct(&t);
        const tns_pot_addition *last = NULL;
        double best = INFINITY;
        /* of a pot that is darker than the target what darkens is left out */
        bool dark = made->measured_color[0].lab.L < made->target_color[0].lab.L;
        ck_assert(dark ? made->addition_count <= 20 : made->addition_count == 20);
        for (size_t i = 0; i < made->addition_count; i++)
            best = fmin(best, made->additions[i].objective);
        for (size_t i = 0; i < made->addition_count; i++) {
            const tns_pot_addition *one = &made->additions[i];
            for (size_t p = 0; p < one->part_count; p++)
                ck_assert_int_ge(one->parts[p].units, 1);
            ck_assert_int_le(one->pigment_units, 6);
            ck_assert(one->shade <= 40 || one->units == one->pigment_units);
            /* what would be a little nearer with water may have gone without */
            ck_assert(one->equally_good || one->objective > best);
            ck_assert(!one->equally_good || one->objective <= best + made->margin);
            if (last && last->thins)
                last = NULL; /* water goes before all */
            if (last && one->equally_good)
                ck_assert(last->equally_good && last->pigment_units <= one->pigment_units);
            if (last && !last->equally_good)
                ck_assert(!one->equally_good && last->objective <= one->objective);
            last = one;
        }
        tns_pot_correction_destroy(made);
    }
}
END_TEST

START_TEST(a_pot_too_dark_for_its_shelf_says_that_nothing_helps)
{
    trial t;
    int none[SHELF_MAX] = {0};
    start(&t, 2, 2, false, 11);
    for (int b = 0; b < TNS_BANDS; b++) {
        t.s.pigments[0].K[b] = 20;
        t.s.pigments[1].K[b] = 25;
    }
    pour(&t, 0);
    read_pot(&t, 0);
    aim(&t, none);
    t.request.target = tns_spectrum_constant(0.6);
    tns_pot_correction *made = correct(&t);
    ck_assert(!made->within_tolerance && !made->refused);
    ck_assert_double_gt(advised(made)->de00[0], 10);
    tns_pot_correction_destroy(made);
}
END_TEST

START_TEST(water_is_as_ordinary_an_addition_as_ink_and_does_not_count_as_drops)
{
    trial t;
    int extra[SHELF_MAX] = {0, 0, 0, 37};
    start(&t, 3, 3, true, 71);
    pour(&t, 0);
    read_pot(&t, 0);
    aim(&t, extra);
    t.request.noise = 1e-5;
    t.request.max_units = 4;
    tns_pot_correction *made = correct(&t);
    const tns_pot_addition *best = advised(made);
    ck_assert_int_eq(best->pigment_units, 0);
    ck_assert_uint_eq(best->part_count, 1);
    ck_assert_int_ge(best->parts[0].units, 35);
    ck_assert_int_le(best->parts[0].units, 39);
    CHECK_NEAR("volume", best->ml, made->ml + best->parts[0].ml, 1e-12);
    ck_assert(made->has_shade && best->shade > made->shade);
    tns_pot_correction_destroy(made);

    t.request.max_shade = 2; /* which the pot has reached before */
    made = correct(&t);
    for (size_t i = 0; i < made->addition_count; i++)
        ck_assert(made->additions[i].units == made->additions[i].pigment_units ||
                  made->additions[i].shade <= 2);
    tns_pot_correction_destroy(made);
}
END_TEST

START_TEST(water_alone_comes_first_where_it_reaches_the_tolerance)
{
    trial t;
    int extra[SHELF_MAX] = {1, 0, 0, 40};
    start(&t, 3, 3, true, 71);
    pour(&t, 0);
    read_pot(&t, 0);
    aim(&t, extra);
    t.request.noise = 1e-5;
    t.request.max_units = 4;
    tns_pot_correction *made = correct(&t);
    const tns_pot_addition *first = advised(made), *second = first + 1;
    ck_assert_uint_ge(made->addition_count, 2);
    ck_assert(first->thins && !first->equally_good && first->pigment_units == 0);
    ck_assert_double_lt(first->de00[0], 2);
    ck_assert(!second->thins && second->equally_good && second->objective < first->objective);
    double water = first->de00[0];
    tns_pot_correction_destroy(made);

    t.request.tolerance = water - 0.01;
    made = correct(&t);
    ck_assert(advised(made)->equally_good && advised(made)->pigment_units > 0);
    for (size_t i = 0; i < made->addition_count; i++)
        ck_assert(!made->additions[i].thins);
    tns_pot_correction_destroy(made);
}
END_TEST

START_TEST(never_darker_leaves_the_pot_as_light_as_the_target_or_says_that_nothing_does)
{
    trial t;
    tns_error err = {0};
    int extra[SHELF_MAX] = {3, 1};
    for (uint64_t seed = 1; seed <= 4; seed++) {
        start(&t, 3, 3, seed % 2 == 0, 80 + seed);
        pour(&t, 0);
        read_pot(&t, 0.001);
        aim(&t, extra);
        t.request.never_darker = true;
        tns_pot_correction *made = tns_pot_correct(&t.request, NULL, &err);
        for (size_t i = 0; made && i < made->addition_count; i++)
            ck_assert_double_ge(made->additions[i].color[0].lab.L, made->target_color[0].lab.L);
        ck_assert(made || err.code == TNS_ERROR_NO_RECIPE);
        tns_pot_correction_destroy(made);
    }
    t.request.target = tns_spectrum_constant(0.99);
    ck_assert(tns_pot_correct(&t.request, NULL, &err) == NULL);
    ck_assert_int_eq(err.code, TNS_ERROR_NO_RECIPE);
}
END_TEST

/* Half as strong as it should be: is the ink weak, or was it miscounted? */
START_TEST(a_pot_too_light_is_not_advised_what_is_likelier_than_not_too_dark)
{
    for (uint64_t seed = 90; seed < 96; seed++) {
        trial t;
        int extra[SHELF_MAX] = {0};
        start(&t, 1, 1, true, seed);
        t.request.units[1] = 20 * t.request.units[0];
        for (int b = 0; b < TNS_BANDS; b++)
            t.s.pigments[0].K[b] = 20;
        t.request.spread = 0.2;
        pour(&t, 0);
        t.really[0] *= 0.6;
        read_pot(&t, 0);
        aim(&t, extra);
        tns_pot_correction *made = correct(&t);
        ck_assert_double_gt(made->measured_color[0].lab.L, made->target_color[0].lab.L);
        ck_assert_uint_gt(made->warnings.count, 0);
        ck_assert_double_le(advised(made)->odds.p_darker, 0.5);
        tns_pot_correction_destroy(made);
    }
}
END_TEST

/* The advised addition poured once, its amounts scattered as the odds take them to be. */
static double poured_de00(trial *t, const tns_pot_addition *made)
{
    tns_pot_addition poured = *made;
    for (size_t i = 0; i < poured.part_count; i++) {
        bool water = t->s.pigments[poured.parts[i].pigment].kind == TNS_DILUENT;
        double cv = water ? 0.03 : 0.05 / sqrt(poured.parts[i].units);
        poured.parts[i].ml *= 1 + cv * draw_normal(&t->state);
    }
    return true_de00(t, &poured);
}

START_TEST(nineteen_additions_in_twenty_come_as_near_as_is_said)
{
    int within = 0, good = 0, pots = 160;
    double promised = 0;
    for (int seed = 1; seed <= pots; seed++) {
        trial t;
        int extra[SHELF_MAX] = {0};
        start(&t, 4, 3, seed % 2 == 0, 5000 + (uint64_t)seed);
        extra[seed % 3] = 2 + seed % 6;
        pour(&t, 0.10); /* the spread that is taken */
        read_pot(&t, 0.002);
        aim(&t, extra);
        t.request.top = 1;
        t.request.max_units = 7;
        t.request.max_pigments = 1;
        t.request.tolerance = 0.4;
        tns_pot_correction *made = correct(&t);
        const tns_pot_addition *best = advised(made);
        double de = poured_de00(&t, best);
        within += de <= best->odds.de00_p95;
        good += de <= 0.4;
        promised += best->odds.p_within;
        tns_pot_correction_destroy(made);
    }
    fprintf(stderr, "%d of %d within the stated 95 %%; within 0.4: %d, %.1f promised\n", within,
            pots, good, promised);
    /* 160 pots scatter by 1.7 %; what of a residual is noise is guessed (fill_offset) */
    ck_assert_int_ge(within, pots * 89 / 100);
    CHECK_NEAR("within 0.4", good, promised, 0.1 * pots);
}
END_TEST

/* The bottles as they are: log K and log S of each off by `sd`, together over the bands as r. */
static void take_bottles(trial *t, double sd, double r)
{
    for (size_t i = 0; i + 1 < t->s.palette.count; i++) {
        double *both[] = {t->s.pigments[i].K, t->s.pigments[i].S};
        for (int k = 0; k < 2; k++) {
            double z = draw_normal(&t->state);
            for (int b = 0; b < TNS_BANDS; b++) {
                both[k][b] *= exp(sd * z);
                z = r * z + sqrt(1 - r * r) * draw_normal(&t->state);
            }
        }
    }
}

/* What the palette says of that, of all bands alike or by a covariance. */
static void state_errors(trial *t, double sd, double r)
{
    t->s.palette.model.band_correlation = r;
    for (size_t i = 0; i + 1 < t->s.palette.count; i++) {
        tns_pigment *p = &t->s.pigments[i];
        p->uncertainty = r == 1 ? sd : 0;
        p->has_covariance = r < 1;
        for (int b = 0; b < TNS_BANDS; b++) {
            p->K_sd[b] = sd * p->K[b];
            p->S_sd[b] = sd * p->S[b];
        }
    }
}

/* What became of many pots. */
typedef struct kept {
    int pots, within, good, refused;
    double promised;
} kept;

/* `real` is `t` with other bottles: what is read, and what an addition is poured from. */
static void take_others(trial *t, double sd, double r, trial *real)
{
    *real = *t;
    real->s.palette.pigments = real->s.pigments;
    take_bottles(real, sd, r);
    read_pot(real, 0.002);
    t->request.measured = real->request.measured;
}

static void correct_one(double sd, double r, uint64_t seed, kept *sum)
{
    trial t, real;
    int extra[SHELF_MAX] = {0};
    start(&t, 4, 3, seed % 2 == 0, 6000 + seed);
    extra[seed % 3] = 2 + (int)(seed % 6);
    aim(&t, extra);
    pour(&t, 0.10); /* the spread that is taken */
    state_errors(&t, sd, r);
    t.request.top = 1;
    t.request.max_units = 7;
    t.request.max_pigments = 1;
    t.request.tolerance = 0.6;
    take_others(&t, sd, r, &real);
    tns_pot_correction *made = correct(&t);
    sum->pots++;
    sum->refused += made->refused;
    if (!made->refused) {
        double de = poured_de00(&real, advised(made));
        sum->within += de <= advised(made)->odds.de00_p95;
        sum->good += de <= t.request.tolerance;
        sum->promised += advised(made)->odds.p_within;
    }
    tns_pot_correction_destroy(made);
}

START_TEST(odds_hold_where_the_palette_is_as_far_off_as_it_says)
{
    const struct {
        const char *name;
        double sd, r;
    } rows[] = {{"2 %, all bands alike", 0.02, 1},
                {"5 %, all bands alike", 0.05, 1},
                {"5 %, by a covariance", 0.05, 0.8}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        kept k = {0};
        for (uint64_t seed = 1; seed <= 160; seed++)
            correct_one(rows[i].sd, rows[i].r, seed, &k);
        fprintf(stderr,
                "%s: %d of %d within the stated 95 %%, %d refused; within 0.6: %d, %.1f promised\n",
                rows[i].name, k.within, k.pots - k.refused, k.refused, k.good, k.promised);
        ck_assert_int_le(k.refused, k.pots * 2 / 100);
        /* 160 pots scatter by 1.7 % */
        ck_assert_int_ge(k.within, (k.pots - k.refused) * 90 / 100);
        /* too wide is as wrong as too narrow; what half of them do scatters by 4 % */
        CHECK_NEAR(rows[i].name, k.good, k.promised, 0.1 * k.pots);
    }
}
END_TEST

START_TEST(doubts_of_what_is_read_and_of_the_palette_widen_the_odds)
{
    trial t;
    const double none[6] = {0}, one[6] = {1, 0, 0, 1, 0, 1};
    int extra[SHELF_MAX] = {0, 3};
    start(&t, 3, 2, true, 9);
    pour(&t, 0);
    read_pot(&t, 0);
    aim(&t, extra);
    t.request.target_covariance = none;
    tns_pot_correction *sure = correct(&t);
    t.request.target_covariance = one;
    t.request.measured_covariance = one;
    tns_pot_correction *unsure = correct(&t);
    CHECK_NEAR("readings are sure", advised(sure)->odds.by_reading, 0, 0);
    ck_assert_double_gt(advised(unsure)->odds.by_reading, 1);
    ck_assert_double_gt(advised(unsure)->odds.de00_p95, 2 * advised(sure)->odds.de00_p95);
    CHECK_NEAR("no doubt is stated", advised(sure)->odds.by_palette, 0, 0);
    for (int i = 0; i < 3; i++)
        t.s.pigments[i].uncertainty = 0.3;
    t.request.target_covariance = t.request.measured_covariance = NULL;
    tns_pot_correction *modelled = correct(&t);
    ck_assert_double_gt(advised(modelled)->odds.by_palette, 0);
    tns_pot_correction_destroy(modelled);
    tns_pot_correction_destroy(unsure);
    tns_pot_correction_destroy(sure);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("advice");
    TCase *tests = tcase_create("advice");
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, a_pot_that_lacks_drops_gets_just_these);
    tcase_add_test(tests, a_badly_poured_pot_comes_as_near_as_whole_drops_can_bring_it);
    tcase_add_test(tests, nothing_is_ever_taken_out_and_the_list_is_in_order);
    tcase_add_test(tests, a_pot_too_dark_for_its_shelf_says_that_nothing_helps);
    tcase_add_test(tests, water_is_as_ordinary_an_addition_as_ink_and_does_not_count_as_drops);
    tcase_add_test(tests, water_alone_comes_first_where_it_reaches_the_tolerance);
    tcase_add_test(tests,
                   never_darker_leaves_the_pot_as_light_as_the_target_or_says_that_nothing_does);
    tcase_add_test(tests, a_pot_too_light_is_not_advised_what_is_likelier_than_not_too_dark);
    tcase_add_test(tests, nineteen_additions_in_twenty_come_as_near_as_is_said);
    tcase_add_test(tests, odds_hold_where_the_palette_is_as_far_off_as_it_says);
    tcase_add_test(tests, doubts_of_what_is_read_and_of_the_palette_widen_the_odds);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
