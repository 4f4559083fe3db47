/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inks whose truth is drawn from what is known of them, read as spectra or as colors alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/kubelka_munk.h>
#include <tonsure/learn.h>

#include "support/draw.h"
#include "support/testing.h"

enum { MIXES_MAX = 24, RED = 2, WHITE = 3, WATER = 5, SHOWN = 17 /* 550 nm */ };

static tns_palette *shelf;
static tns_viewing daylight;

static void open_shelf(void)
{
    tns_error err;
    shelf = tns_palette_find("generic-smp", &err);
    ck_assert_msg(shelf != NULL, "%s", err.text);
    ck_assert_str_eq(shelf->pigments[RED].id, "red-iron-oxide");
    ck_assert_str_eq(shelf->pigments[WHITE].id, "titanium-dioxide");
    ck_assert_int_eq(shelf->pigments[WATER].kind, TNS_DILUENT);
    ck_assert(tns_viewing_find("D50/2", &daylight, &err));
}

static void close_shelf(void)
{
    tns_palette_destroy(shelf);
}

/* The true inks of a scene: the shelf's, moved. */
typedef struct scene {
    double K[6][TNS_BANDS], S[6][TNS_BANDS];
    tns_mix mix[MIXES_MAX];
    size_t count;
    uint64_t state;
    bool color;
} scene;

static scene make_scene(uint64_t seed, bool color)
{
    scene s = {.state = seed, .color = color};
    for (size_t p = 0; p < shelf->count; p++) {
        memcpy(s.K[p], shelf->pigments[p].K, sizeof s.K[p]);
        memcpy(s.S[p], shelf->pigments[p].S, sizeof s.S[p]);
    }
    return s;
}

static void move_ink(scene *s, int ink, double strength, double slope)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        double factor = exp(strength + slope * (tns_band_nm(b) - 550) / 100);
        s->K[ink][b] *= factor;
        s->S[ink][b] *= exp(strength);
    }
}

/* A film of so much red, white and water over a card, poured to 2 % and read. */
static tns_mix *add_film(scene *s, double red, double white, double bare)
{
    tns_mix *m = &s->mix[s->count++];
    const double amount[3] = {red, white, 2.4 - red - white};
    const int pigment[3] = {RED, WHITE, WATER};
    tns_spectrum seen = tns_spectrum_constant(0);
    snprintf(m->id, sizeof m->id, "film-%zu", s->count);
    m->film = true;
    m->backing = tns_spectrum_constant(bare);
    double poured[3];
    for (int i = 0; i < 3; i++) {
        poured[i] = amount[i] * (1 + 0.02 * draw_normal(&s->state));
        if (amount[i] > 0) {
            m->pigment[m->part_count] = pigment[i];
            m->amount[m->part_count++] = amount[i];
        }
    }
    for (int b = 0; b < TNS_BANDS; b++) {
        double K = poured[0] * s->K[RED][b] + poured[1] * s->K[WHITE][b];
        double S = poured[0] * s->S[RED][b] + poured[1] * s->S[WHITE][b];
        seen.value[b] = tns_km_film(K, S, 1, bare) + 0.002 * draw_normal(&s->state);
    }
    m->measured = seen;
    m->from_color = s->color;
    m->color = tns_lab_from_spectrum(&seen, &daylight);
    m->viewing = &daylight;
    return m;
}

static void add_series(scene *s, int mixes)
{
    static const double red[] = {0.15, 0.4, 1, 0.3, 0.08, 0.05, 0.6, 0.2};
    static const double white[] = {0, 0, 0, 1.5, 0, 2, 0.6, 0};
    for (int i = 0; i < mixes; i++)
        add_film(s, red[i % 8], white[i % 8], i % 2 ? 0.05 : 0.85);
}

static tns_learned *learn(const scene *s, const tns_learn_options *options)
{
    tns_error err;
    tns_learned *out = tns_learn(shelf, s->mix, s->count, options, NULL, &err);
    ck_assert_msg(out != NULL, "%s", err.text);
    return out;
}

static const tns_learned_ink *ink_of(const tns_learned *learned, int pigment)
{
    for (size_t i = 0; i < learned->ink_count; i++)
        if (learned->ink[i].pigment == pigment)
            return &learned->ink[i];
    ck_abort_msg("pigment %d was not learned", pigment);
}

/* ---- what is found ---- */

START_TEST(a_strength_drawn_from_the_prior_is_found_within_the_interval_that_is_stated)
{
    enum { DRAWS = 24 };
    for (int color = 0; color < 2; color++) {
        int within = 0;
        double prior = 0, left = 0;
        for (uint64_t seed = 1; seed <= DRAWS; seed++) {
            scene s = make_scene(seed, color);
            double strength = 0.5 * draw_normal(&s.state), slope = 0.1 * draw_normal(&s.state);
            move_ink(&s, RED, strength, slope);
            add_series(&s, 8);
            tns_learned *l = learn(&s, &(tns_learn_options){.strength = 0.5, .whole = true});
            const tns_learned_ink *red = ink_of(l, RED);
            double off = log(red->K_factor[1]) - strength;
            within += fabs(off) < 2 * red->K_sd;
            prior += fabs(strength) / DRAWS;
            left += fabs(off) / DRAWS;
            ck_assert(l->palette->pigments[RED].has_covariance);
            tns_learned_destroy(l);
        }
        /* 95 % of 24 is 23; 20 or fewer happen once in a hundred times. */
        ck_assert_msg(within > 20, "color %d: %d of %d within", color, within, DRAWS);
        ck_assert_msg(left < 0.35 * prior, "color %d: %.3f of %.3f left", color, left, prior);
    }
}
END_TEST

START_TEST(one_mix_moves_little_and_many_move_more)
{
    double found[2];
    for (int many = 0; many < 2; many++) {
        scene s = make_scene(3, false);
        move_ink(&s, RED, log(1.4), 0);
        if (many)
            add_series(&s, 12);
        else
            add_film(&s, 0.2, 1.5, 0.05);
        tns_learned *l = learn(&s, NULL);
        found[many] = ink_of(l, RED)->K_factor[1];
        tns_learned_destroy(l);
    }
    ck_assert_msg(found[0] > 1 && found[0] < 1.3, "one: %.3f", found[0]);
    ck_assert_msg(found[1] > found[0] && found[1] > 1.3 && found[1] < 1.5, "many: %.3f", found[1]);
}
END_TEST

START_TEST(what_is_well_known_moves_less_than_what_is_not)
{
    double found[2];
    double before = shelf->pigments[RED].uncertainty;
    for (int known = 0; known < 2; known++) {
        scene s = make_scene(3, false);
        shelf->pigments[RED].uncertainty = known ? 0.02 : before;
        move_ink(&s, RED, log(1.2), 0);
        add_series(&s, 3);
        tns_learned *l = learn(&s, NULL);
        found[known] = ink_of(l, RED)->K_factor[1];
        tns_learned_destroy(l);
    }
    shelf->pigments[RED].uncertainty = before;
    ck_assert_msg(found[1] < 1.06 && found[0] > 1.1, "%.3f, known %.3f", found[0], found[1]);
}
END_TEST

START_TEST(a_mix_left_out_is_predicted_worse_than_one_kept_and_better_than_before)
{
    scene s = make_scene(8, false);
    move_ink(&s, RED, log(1.5), 0.2);
    add_series(&s, 12);
    tns_learned *l = learn(&s, NULL);
    ck_assert_msg(l->left_out.mean > l->after.mean, "%.3f, %.3f", l->left_out.mean, l->after.mean);
    ck_assert_msg(l->left_out.mean < 0.5 * l->before.mean, "%.3f of %.3f", l->left_out.mean,
                  l->before.mean);
    tns_learned_destroy(l);
}
END_TEST

START_TEST(nothing_is_learned_from_mixes_that_are_as_the_palette_has_them)
{
    scene s = make_scene(2, true);
    add_series(&s, 8);
    tns_learned *l = learn(&s, NULL);
    CHECK_NEAR("K", ink_of(l, RED)->K_factor[1], 1, 0.05); /* 2 % of each of 8 amounts */
    ck_assert_double_lt(ink_of(l, RED)->shift, 0.5);
    ck_assert_double_lt(l->after.mean, 1);
    tns_learned_destroy(l);
}
END_TEST

/* ---- what does not fit ---- */

START_TEST(a_misread_mix_is_set_aside_by_name_and_spoils_nothing)
{
    double found[2];
    for (int wrong = 0; wrong < 2; wrong++) {
        scene s = make_scene(6, false);
        move_ink(&s, RED, log(1.2), 0);
        add_series(&s, 10);
        if (wrong) { /* another bottle's film under its name */
            tns_mix *m = add_film(&s, 0.3, 0.5, 0.85);
            for (int b = 0; b < TNS_BANDS; b++)
                m->measured.value[b] = 0.5 - 0.4 * (tns_band_nm(b) - 380) / 350;
            snprintf(m->id, sizeof m->id, "wrong");
        }
        tns_learned *l = learn(&s, NULL);
        found[wrong] = ink_of(l, RED)->K_factor[1];
        for (size_t i = 0; i < l->mix_count; i++)
            ck_assert(l->mixes[i].set_aside == (strcmp(l->mixes[i].id, "wrong") == 0));
        ck_assert_int_eq(strstr(l->warnings.text[0], "wrong was set aside") != NULL, wrong);
        tns_learned_destroy(l);
    }
    CHECK_NEAR("K with and without", found[1], found[0], 1e-3);
}
END_TEST

START_TEST(readings_of_another_ink_are_refused)
{
    static const struct {
        const char *label;
        int ink;
    } rows[] = {{"yellow as red", 4}, {"carbon as red", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        scene s = make_scene(6, true);
        tns_error err = {0};
        memcpy(s.K[RED], s.K[rows[i].ink], sizeof s.K[RED]);
        memcpy(s.S[RED], s.S[rows[i].ink], sizeof s.S[RED]);
        add_series(&s, 8);
        const tns_learn_options options = {.curves = 2, .strength = 0.5, .refuse = true};
        ck_assert_msg(!tns_learn(shelf, s.mix, s.count, &options, NULL, &err), "%s", rows[i].label);
        ck_assert_int_eq(err.code, TNS_ERROR_WRONG_INK);
        ck_assert_msg(strstr(err.text, "red-iron-oxide: the readings contradict CI 77491"), "%s",
                      err.text);
    }
}
END_TEST

START_TEST(the_evidence_is_for_the_ink_that_was_read)
{
    for (int truth = 0; truth < 2; truth++) {
        static const int inks[] = {RED, 4};
        double evidence[2];
        scene s = make_scene(6, true);
        memcpy(s.K[RED], s.K[inks[truth]], sizeof s.K[RED]);
        memcpy(s.S[RED], s.S[inks[truth]], sizeof s.S[RED]);
        add_series(&s, 8);
        for (int claim = 0; claim < 2; claim++) {
            tns_palette *as = tns_palette_find("generic-smp", NULL);
            memcpy(as->pigments[RED].K, shelf->pigments[inks[claim]].K, sizeof as->pigments->K);
            memcpy(as->pigments[RED].S, shelf->pigments[inks[claim]].S, sizeof as->pigments->S);
            const tns_learn_options options = {.strength = 0.5, .apart = 0.5, .whole = true};
            tns_learned *l = tns_learn(as, s.mix, s.count, &options, NULL, NULL);
            ck_assert_ptr_nonnull(l);
            evidence[claim] = l->evidence;
            tns_learned_destroy(l);
            tns_palette_destroy(as);
        }
        ck_assert_msg(evidence[truth] > evidence[!truth] + 4.6, "%d: %.1f against %.1f", truth,
                      evidence[truth], evidence[!truth]);
    }
}
END_TEST

/* ---- forms ---- */

START_TEST(a_relative_white_keeps_its_scattering_of_one)
{
    tns_error err;
    tns_palette *paints = tns_palette_find("kimera", &err);
    tns_mix mixes[2] = {{.id = "tint", .part_count = 2, .amount = {1, 4}}, {.id = "tone"}};
    mixes[0].pigment[0] = tns_palette_index(paints, "red-oxide");
    mixes[0].pigment[1] = tns_palette_index(paints, "white");
    mixes[0].measured = tns_spectrum_constant(0.45);
    mixes[1] = mixes[0];
    mixes[1].amount[1] = 1;
    mixes[1].measured = tns_spectrum_constant(0.3);
    tns_learned *l = tns_learn(paints, mixes, 2, NULL, NULL, &err);
    ck_assert_msg(l != NULL, "%s", err.text);
    for (int b = 0; b < TNS_BANDS; b++)
        ck_assert(l->palette->pigments[mixes[0].pigment[1]].S[b] == 1);
    ck_assert(ink_of(l, mixes[0].pigment[1])->S_sd == 0);
    tns_learned_destroy(l);
    tns_palette_destroy(paints);
}
END_TEST

START_TEST(what_was_learned_is_a_palette_that_is_written_and_read_again)
{
    scene s = make_scene(5, true);
    move_ink(&s, RED, 0.3, 0.1);
    add_series(&s, 6);
    tns_learned *l = learn(&s, NULL);
    tns_error err;
    char *text = tns_palette_write(l->palette);
    tns_palette *again = tns_palette_parse(text, strlen(text), "again.json", &err);
    ck_assert_msg(again != NULL, "%s", err.text);
    ck_assert(again->pigments[RED].K[SHOWN] == l->palette->pigments[RED].K[SHOWN]);
    ck_assert(again->pigments[RED].K_sd[SHOWN] > 0);
    ck_assert(memcmp(again->pigments[0].K, shelf->pigments[0].K, sizeof shelf->pigments->K) == 0);
    tns_palette_destroy(again);
    free(text);
    tns_learned_destroy(l);
}
END_TEST

/* A single reading of black and white paint as a color that neither can give. */
START_TEST(inks_whose_mixes_are_all_set_aside_stay_as_they_were)
{
    tns_error err;
    tns_palette *paints = tns_palette_find("kimera", &err);
    tns_mix mix = {.id = "one", .part_count = 2, .amount = {1, 4}, .from_color = true};
    mix.pigment[0] = tns_palette_index(paints, "black");
    mix.pigment[1] = tns_palette_index(paints, "white");
    mix.color = (tns_lab){40, 0, 0};
    mix.viewing = &daylight;
    tns_learned *l = tns_learn(paints, &mix, 1, NULL, NULL, &err);
    ck_assert_msg(l != NULL, "%s", err.text);
    ck_assert(l->mixes[0].set_aside && l->left_out.count == 0);
    for (int i = 0; i < 2; i++) {
        const tns_pigment *old = &paints->pigments[mix.pigment[i]];
        ck_assert_int_eq((int)ink_of(l, mix.pigment[i])->mixes, 0);
        ck_assert_msg(memcmp(old, &l->palette->pigments[mix.pigment[i]], sizeof *old) == 0,
                      "%s: uncertainty %g, was %g", old->id,
                      l->palette->pigments[mix.pigment[i]].uncertainty, old->uncertainty);
    }
    ck_assert(l->palette->model.band_correlation == paints->model.band_correlation);
    tns_learned_destroy(l);
    tns_palette_destroy(paints);
}
END_TEST

/* Of a white whose S is fixed at 1, K alone is uncertain, however small it is beside S. */
START_TEST(the_uncertainty_is_that_of_what_moves)
{
    static const double whites[] = {0.02, 0};
    for (size_t i = 0; i < sizeof whites / sizeof *whites; i++) {
        tns_pigment inks[2] = {{.id = "white", .uncertainty = 0.2},
                               {.id = "grey", .uncertainty = 0.2}};
        tns_palette paints = {.name = "two", .pigments = inks, .count = 2};
        tns_mix mix = {.id = "tint", .part_count = 2, .pigment = {0, 1}, .amount = {1, 1}};
        mix.measured = tns_spectrum_constant(0.42);
        for (int b = 0; b < TNS_BANDS; b++) {
            inks[0].K[b] = whites[i];
            inks[0].S[b] = 1;
            inks[1].K[b] = 0.5;
            inks[1].S[b] = 0.7;
        }
        tns_error err;
        tns_learned *l = tns_learn(&paints, &mix, 1, NULL, NULL, &err);
        ck_assert_msg(l != NULL, "%s", err.text);
        ck_assert(!l->mixes[0].set_aside);
        /* The gray hides what the white absorbs: that stays as uncertain as it was. */
        CHECK_NEAR("white", l->palette->pigments[0].uncertainty, 0.2, 0.02);
        ck_assert(l->palette->pigments[1].uncertainty < 0.2);
        tns_learned_destroy(l);
    }
}
END_TEST

static bool always(void *user)
{
    (void)user;
    return true;
}

START_TEST(what_makes_no_sense_is_refused_with_the_reason)
{
    tns_error err;
    tns_palette *paints = tns_palette_find("kimera", &err);
    tns_pigment varnish[] = {{.id = "oil"}, {.id = "wax"}, {.id = "varnish"}};
    const tns_palette clear = {.name = "clear", .pigments = varnish, .count = 3};
    const tns_mix good = {.id = "m", .part_count = 1, .pigment = {RED}, .amount = {1}};
    struct {
        const tns_palette *palette;
        tns_mix mix;
        const char *says;
    } rows[] = {
        {shelf, good, "a part is there twice"},    {shelf, good, "amounts above 0"},
        {shelf, good, "amounts above 0"},          {shelf, good, "no pigment of the palette"},
        {shelf, good, "expected 1 to 12 parts"},   {shelf, good, "nothing but diluent"},
        {shelf, good, "its color has no viewing"}, {shelf, good, "not finite"},
        {paints, good, "an absolute scale"},       {&clear, good, "K and S of varnish are 0"},
    };
    rows[0].mix.part_count = 2;
    rows[0].mix.pigment[1] = RED;
    rows[0].mix.amount[1] = 1;
    rows[1].mix.amount[0] = 0;
    rows[2].mix.amount[0] = NAN;
    rows[3].mix.pigment[0] = 77;
    rows[4].mix.part_count = 0;
    rows[5].mix.pigment[0] = WATER;
    rows[6].mix.from_color = true;
    rows[7].mix.measured.value[9] = INFINITY;
    rows[8].mix.film = true;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert(!tns_learn(rows[i].palette, &rows[i].mix, 1, NULL, NULL, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s", err.text);
    }
    ck_assert(!tns_learn(shelf, &good, 0, NULL, NULL, &err));
    const tns_context stop = {.cancelled = always};
    ck_assert(!tns_learn(shelf, &good, 1, NULL, &stop, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CANCELLED);
    tns_palette_destroy(paints);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("learn");
    TCase *tc = tcase_create("learn");
    tcase_add_checked_fixture(tc, open_shelf, close_shelf);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, a_strength_drawn_from_the_prior_is_found_within_the_interval_that_is_stated);
    tcase_add_test(tc, one_mix_moves_little_and_many_move_more);
    tcase_add_test(tc, what_is_well_known_moves_less_than_what_is_not);
    tcase_add_test(tc, a_mix_left_out_is_predicted_worse_than_one_kept_and_better_than_before);
    tcase_add_test(tc, nothing_is_learned_from_mixes_that_are_as_the_palette_has_them);
    tcase_add_test(tc, a_misread_mix_is_set_aside_by_name_and_spoils_nothing);
    tcase_add_test(tc, readings_of_another_ink_are_refused);
    tcase_add_test(tc, the_evidence_is_for_the_ink_that_was_read);
    tcase_add_test(tc, a_relative_white_keeps_its_scattering_of_one);
    tcase_add_test(tc, inks_whose_mixes_are_all_set_aside_stay_as_they_were);
    tcase_add_test(tc, the_uncertainty_is_that_of_what_moves);
    tcase_add_test(tc, what_was_learned_is_a_palette_that_is_written_and_read_again);
    tcase_add_test(tc, what_makes_no_sense_is_refused_with_the_reason);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
