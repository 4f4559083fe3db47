/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ladders planned from the shipped palettes, and read from inks whose K and S are known. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/colorimetry.h>
#include <tonsure/difference.h>
#include <tonsure/kubelka_munk.h>
#include <tonsure/ladder.h>

#include "support/draw.h"
#include "support/testing.h"

static tns_palette *shelf;

static void open_shelf(void)
{
    tns_error err;
    shelf = tns_palette_find("generic-smp", &err);
    ck_assert_msg(shelf != NULL, "%s", err.text);
}

static void close_shelf(void)
{
    tns_palette_destroy(shelf);
}

static const tns_pigment *named(const tns_palette *palette, const char *id)
{
    int index = tns_palette_index(palette, id);
    return index < 0 ? NULL : &palette->pigments[index];
}

static tns_ladder_request request_for(const tns_palette *palette, const char *bottle,
                                      const char *white, const char *black)
{
    tns_ladder_request r = {.palette = palette, .known = true, .opaque = !palette->model.absolute};
    r.part[TNS_LADDER_BOTTLE] = named(palette, bottle);
    r.part[TNS_LADDER_WHITE] = named(palette, white);
    r.part[TNS_LADDER_BLACK] = named(palette, black);
    r.part[TNS_LADDER_DILUENT] = named(palette, "diluent");
    return r;
}

static tns_ladder plan(const tns_ladder_request *request)
{
    tns_ladder out;
    tns_error err;
    ck_assert_msg(tns_ladder_plan(request, &out, &err), "%s", err.text);
    return out;
}

static bool holds(const tns_ladder *ladder, int part, int other)
{
    for (size_t i = 0; i < ladder->count; i++)
        if (ladder->step[i].drops[part] > 0 && ladder->step[i].drops[other] > 0)
            return true;
    return false;
}

/* ---- plans ---- */

START_TEST(a_ladder_of_a_color_is_diluted_tinted_and_shaded_within_the_time)
{
    static const double minutes[] = {12, 15, 18};
    for (int i = 0; i < 3; i++) {
        tns_ladder_request r =
            request_for(shelf, "red-iron-oxide", "titanium-dioxide", "carbon-black");
        r.minutes = minutes[i];
        tns_ladder ladder = plan(&r);
        ck_assert(holds(&ladder, TNS_LADDER_BOTTLE, TNS_LADDER_DILUENT));
        ck_assert(holds(&ladder, TNS_LADDER_BOTTLE, TNS_LADDER_WHITE));
        ck_assert(holds(&ladder, TNS_LADDER_BOTTLE, TNS_LADDER_BLACK));
        ck_assert(ladder.minutes <= minutes[i] && ladder.minutes > minutes[i] - 2);
    }
}
END_TEST

START_TEST(every_step_can_be_dispensed_and_its_amounts_add_up_to_the_film)
{
    tns_ladder_request r = request_for(shelf, "red-iron-oxide", "titanium-dioxide", "carbon-black");
    r.load = 1.5;
    r.drops = 16;
    tns_ladder ladder = plan(&r);
    size_t readings = 0;
    for (size_t i = 0; i < ladder.count; i++) {
        const tns_ladder_step *step = &ladder.step[i];
        int drops = 0;
        double amount = 0;
        for (int part = 0; part < TNS_LADDER_PARTS; part++) {
            drops += step->drops[part];
            amount += step->amount[part];
            CHECK_NEAR(step->id, step->ml[part], 0.04 * step->drops[part], 1e-12);
        }
        ck_assert_int_le(drops, 16);
        CHECK_NEAR(step->id, amount, 1.5, 1e-12);
        ck_assert(step->on_white || step->on_black);
        readings += (size_t)step->on_white + step->on_black;
        for (size_t j = 0; j < i; j++)
            ck_assert_str_ne(step->id, ladder.step[j].id);
    }
    ck_assert_uint_eq(readings, ladder.readings);
}
END_TEST

START_TEST(more_time_is_never_told_to_tell_less)
{
    double K = INFINITY, S = INFINITY;
    for (double minutes = 6; minutes <= 20; minutes += 6.5) {
        tns_ladder_request r =
            request_for(shelf, "yellow-iron-oxide", "titanium-dioxide", "carbon-black");
        r.minutes = minutes;
        tns_ladder ladder = plan(&r);
        ck_assert(ladder.K_sd * ladder.S_sd < 1.001 * K * S);
        K = ladder.K_sd;
        S = ladder.S_sd;
    }
}
END_TEST

START_TEST(a_relative_palette_has_a_ladder_of_thick_samples_by_mass)
{
    tns_error err;
    tns_palette *paints = tns_palette_find("kimera", &err);
    tns_ladder_request r = request_for(paints, "red-oxide", "white", "black");
    tns_ladder ladder = plan(&r);
    ck_assert(ladder.opaque && ladder.weigh_first);
    ck_assert(holds(&ladder, TNS_LADDER_BOTTLE, TNS_LADDER_WHITE));
    ck_assert(holds(&ladder, TNS_LADDER_BOTTLE, TNS_LADDER_BLACK));
    for (size_t i = 0; i < ladder.count; i++)
        ck_assert(!ladder.step[i].on_white && !ladder.step[i].on_black);
    tns_palette_destroy(paints);
}
END_TEST

START_TEST(a_white_is_its_own_white_and_a_black_its_own_black)
{
    static const char *const ids[] = {"titanium-dioxide", "carbon-black"};
    for (int i = 0; i < 2; i++) {
        tns_ladder_request r = request_for(shelf, ids[i], "titanium-dioxide", "carbon-black");
        tns_ladder ladder = plan(&r);
        ck_assert(!holds(&ladder, TNS_LADDER_BOTTLE, TNS_LADDER_WHITE + i));
        ck_assert(holds(&ladder, TNS_LADDER_BOTTLE, TNS_LADDER_BLACK - i));
        ck_assert_uint_eq(ladder.warnings.count, named(shelf, ids[i])->drop_ml > 0 ? 0 : 1);
    }
}
END_TEST

START_TEST(what_cannot_be_planned_is_refused_with_the_reason)
{
    static const struct {
        const char *bottle, *white;
        bool opaque;
        double load, minutes;
        int drops;
        const char *says;
    } rows[] = {
        {"sterile-water", "titanium-dioxide", false, 0, 0, 0, "sterile-water is a diluent"},
        {"carbon-black", "none", true, 0, 0, 0, "need a white"},
        {"carbon-black", "none", false, -1, 0, 0, "load is above 0, found -1"},
        {"carbon-black", "none", false, NAN, 0, 0, "load is above 0"},
        {"carbon-black", "none", false, 0, 2, 0, "expected 5 to 120 minutes, found 2"},
        {"carbon-black", "none", false, 0, 0, 3, "expected 4 to 200 drops, found 3"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_ladder_request r = request_for(shelf, rows[i].bottle, rows[i].white, "none");
        tns_error err;
        tns_ladder out;
        r.opaque = rows[i].opaque;
        r.load = rows[i].load;
        r.minutes = rows[i].minutes;
        r.drops = rows[i].drops;
        ck_assert(!tns_ladder_plan(&r, &out, &err));
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s", err.text);
        ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    }
}
END_TEST

/* ---- readings ---- */

enum { INKS = 3, FILMS_MAX = 2 + 2 * TNS_LADDER_STEPS_MAX };

/* True inks: a red half as strong again as the shelf thinks, its white and its black. */
typedef struct truth {
    double K[INKS][TNS_BANDS], S[INKS][TNS_BANDS];
    uint64_t state;
} truth;

static truth make_truth(uint64_t seed)
{
    static const char *const ids[INKS] = {"red-iron-oxide", "titanium-dioxide", "carbon-black"};
    truth out = {.state = seed};
    for (int i = 0; i < INKS; i++) {
        const tns_pigment *p = named(shelf, ids[i]);
        double slope = i == 0 ? 0.3 : 0.1;
        for (int b = 0; b < TNS_BANDS; b++) {
            double tilt = exp(slope * (tns_band_nm(b) - 550) / 100);
            out.K[i][b] = 1.5 * tilt * fmax(p->K[b], 0.01);
            out.S[i][b] = 0.8 / tilt * p->S[b];
        }
    }
    return out;
}

static tns_spectrum seen(const truth *t, const double *amount, double bare)
{
    tns_spectrum out = tns_spectrum_constant(0);
    for (int b = 0; b < TNS_BANDS; b++) {
        double K = 0, S = 0;
        for (int i = 0; i < INKS; i++) {
            K += amount[i] * t->K[i][b];
            S += amount[i] * t->S[i][b];
        }
        out.value[b] = tns_km_film(K, S, 1, bare);
    }
    return out;
}

static const double CARD[2] = {0.85, 0.05};

static void add_film(truth *t, const double *amount, size_t half, tns_sample_set *set)
{
    tns_fit_sample *sample = &set->samples[set->count++];
    double poured[INKS];
    snprintf(sample->id, sizeof sample->id, "film-%zu", set->count);
    sample->kind = TNS_FIT_FILM;
    sample->backing = half;
    for (int i = 0; i < INKS; i++) {
        sample->amount[i] = amount[i];
        poured[i] = amount[i] * (1 + 0.02 * draw_normal(&t->state));
    }
    sample->measured = seen(t, poured, CARD[half]);
    for (int b = 0; b < TNS_BANDS; b++)
        sample->measured.value[b] += 0.002 * draw_normal(&t->state);
}

static tns_sample_set *cards(void)
{
    tns_sample_set *set = calloc(1, sizeof *set);
    set->samples = calloc(FILMS_MAX, sizeof *set->samples);
    set->pigment_count = INKS;
    snprintf(set->pigment[0], TNS_ID_SIZE, "red");
    snprintf(set->pigment[1], TNS_ID_SIZE, "white");
    snprintf(set->pigment[2], TNS_ID_SIZE, "black");
    for (size_t half = 0; half < 2; half++) {
        tns_fit_sample *sample = &set->samples[set->count++];
        snprintf(sample->id, sizeof sample->id, "card-%zu", half);
        sample->kind = TNS_FIT_BACKING;
        sample->measured = tns_spectrum_constant(CARD[half]);
    }
    return set;
}

static tns_sample_set *read_ladder(truth *t, const tns_ladder *ladder)
{
    tns_sample_set *set = cards();
    for (size_t i = 0; i < ladder->count; i++) {
        const tns_ladder_step *step = &ladder->step[i];
        if (step->on_white)
            add_film(t, step->amount, 0, set);
        if (step->on_black)
            add_film(t, step->amount, 1, set);
    }
    return set;
}

/* As many films of equal steps of water, and one white: a ladder by habit. */
static tns_sample_set *read_habit(truth *t, size_t mixes)
{
    tns_sample_set *set = cards();
    for (size_t half = 0; half < 2; half++) {
        add_film(t, (const double[]){0, 2.4, 0}, half, set);
        add_film(t, (const double[]){0, 0, 2.4}, half, set);
        for (size_t i = 0; i + 2 < mixes; i++)
            add_film(t, (const double[]){2.4 * (1 - 0.12 * (double)i), 0, 0}, half, set);
    }
    return set;
}

/* Mean dE00 of films of all three that no ladder had, over both halves and a skin's grey. */
static double unseen(const truth *t, const tns_palette *palette)
{
    enum { MIXES = 60 };
    tns_viewing viewing;
    uint64_t state = 5;
    double sum = 0;
    ck_assert(tns_viewing_find("D65/10", &viewing, NULL));
    truth fitted = *t;
    for (int i = 0; i < INKS; i++) {
        memcpy(fitted.K[i], palette->pigments[i].K, sizeof fitted.K[i]);
        memcpy(fitted.S[i], palette->pigments[i].S, sizeof fitted.S[i]);
    }
    for (int m = 0; m < MIXES; m++) {
        const double amount[INKS] = {draw_between(&state, 0.05, 1), draw_between(&state, 0, 1),
                                     draw_between(&state, 0, 0.05)};
        double bare = (const double[]){0.85, 0.05, 0.35}[m % 3];
        tns_spectrum truly = seen(t, amount, bare), found = seen(&fitted, amount, bare);
        sum += tns_de00(tns_lab_from_spectrum(&truly, &viewing),
                        tns_lab_from_spectrum(&found, &viewing));
    }
    return sum / MIXES;
}

static tns_fit *fit_of(const tns_sample_set *set)
{
    tns_fit_options options = {0};
    tns_error err;
    tns_fit *fit = tns_fit_solve(set, &options, NULL, &err);
    ck_assert_msg(fit != NULL, "%s", err.text);
    return fit;
}

START_TEST(a_planned_ladder_predicts_unseen_mixtures_and_better_than_one_by_habit)
{
    double planned = 0, habit = 0;
    {
        truth t = make_truth(1);
        tns_ladder_request r =
            request_for(shelf, "red-iron-oxide", "titanium-dioxide", "carbon-black");
        tns_ladder ladder = plan(&r);
        tns_sample_set *sets[2] = {read_ladder(&t, &ladder), read_habit(&t, ladder.count)};
        for (int i = 0; i < 2; i++) {
            tns_fit *fit = fit_of(sets[i]);
            *(i == 0 ? &planned : &habit) += unseen(&t, fit->palette);
            tns_fit_destroy(fit);
            tns_sample_set_destroy(sets[i]);
        }
    }
    /* 2 % of a load and 0.2 % of reflectance make 0.3 to 0.6 in the films themselves. */
    ck_assert_msg(planned < 1.0, "planned %.3f", planned);
    ck_assert_msg(planned < 0.7 * habit, "planned %.3f, habit %.3f", planned, habit);
}
END_TEST

START_TEST(a_mix_left_out_is_predicted_from_the_others)
{
    truth t = make_truth(9);
    tns_ladder_request r = request_for(shelf, "red-iron-oxide", "titanium-dioxide", "carbon-black");
    tns_ladder ladder = plan(&r);
    tns_sample_set *set = read_ladder(&t, &ladder);
    tns_fit_options options = {0};
    double left_out[FILMS_MAX];
    tns_error err;
    /* A red that was not poured: alone it fits itself in part, left out it cannot. */
    for (int b = 0; b < TNS_BANDS; b++)
        set->samples[2].measured.value[b] *= 0.7;
    ck_assert_msg(tns_ladder_left_out(set, &options, NULL, left_out, &err), "%s", err.text);
    tns_fit *fit = fit_of(set);
    ck_assert(isnan(left_out[0]) && isnan(left_out[1]));
    for (size_t i = 2; i < set->count; i++)
        ck_assert_msg(i == 2 || left_out[i] < left_out[2], "%zu: %.2f", i, left_out[i]);
    ck_assert_double_gt(left_out[2], fit->rows[0].de00);
    tns_fit_destroy(fit);
    tns_sample_set_destroy(set);
}
END_TEST

START_TEST(a_prediction_is_the_fit_s_own_and_needs_every_pigment)
{
    truth t = make_truth(4);
    tns_ladder_request r = request_for(shelf, "red-iron-oxide", "titanium-dioxide", "carbon-black");
    tns_ladder ladder = plan(&r);
    tns_sample_set *set = read_ladder(&t, &ladder);
    tns_fit *fit = fit_of(set);
    tns_viewing viewing;
    tns_spectrum predicted;
    tns_error err;
    ck_assert(tns_viewing_find("D65/10", &viewing, &err));
    for (size_t i = 0; i < fit->count; i++) {
        ck_assert(tns_sample_predict(fit->palette, set, i + 2, &predicted, &err));
        double de = tns_de00(tns_lab_from_spectrum(&set->samples[i + 2].measured, &viewing),
                             tns_lab_from_spectrum(&predicted, &viewing));
        CHECK_NEAR(fit->rows[i].id, de, fit->rows[i].de00, 1e-3); /* K and S have six digits */
    }
    snprintf(set->pigment[0], TNS_ID_SIZE, "blue");
    ck_assert(!tns_sample_predict(fit->palette, set, 2, &predicted, &err));
    ck_assert_msg(strstr(err.text, "no pigment \"blue\"") != NULL, "%s", err.text);
    tns_fit_destroy(fit);
    tns_sample_set_destroy(set);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ladder");
    TCase *tc = tcase_create("ladder");
    tcase_add_checked_fixture(tc, open_shelf, close_shelf);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, a_ladder_of_a_color_is_diluted_tinted_and_shaded_within_the_time);
    tcase_add_test(tc, every_step_can_be_dispensed_and_its_amounts_add_up_to_the_film);
    tcase_add_test(tc, more_time_is_never_told_to_tell_less);
    tcase_add_test(tc, a_relative_palette_has_a_ladder_of_thick_samples_by_mass);
    tcase_add_test(tc, a_white_is_its_own_white_and_a_black_its_own_black);
    tcase_add_test(tc, what_cannot_be_planned_is_refused_with_the_reason);
    tcase_add_test(tc, a_planned_ladder_predicts_unseen_mixtures_and_better_than_one_by_habit);
    tcase_add_test(tc, a_mix_left_out_is_predicted_from_the_others);
    tcase_add_test(tc, a_prediction_is_the_fit_s_own_and_needs_every_pigment);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
