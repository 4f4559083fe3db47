/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ink systems whose K, S and k2 are known, read once a sample with a noise of 0.3 % of full scale
 * in every band: mixtures of three and four inks never seen are predicted within 0.3 on average.
 */
#include <tonsure/palette.h>

#include "inks.h"
#include "support/testing.h"

enum { SEEDS = 2 };

typedef enum kind { MADE_UP, SHARP, KIMERA } kind;

/* White, black, and as many others as there is room for. */
static void take_kimera(inks *s)
{
    tns_error err = {0};
    tns_palette *palette = tns_palette_load(TEST_ROOT "/palettes/kimera.json", &err);
    ck_assert_msg(palette != NULL, "%s", err.text);
    int white = tns_palette_index(palette, "white"), black = tns_palette_index(palette, "black");
    for (int i = 0, next = 0; i < s->count; i++) {
        while (i > 1 && (next == white || next == black))
            next++;
        const tns_pigment *p = &palette->pigments[i == 0 ? white : i == 1 ? black : next++];
        for (int b = 0; b < TNS_BANDS; b++) {
            s->K[i][b] = fmax(p->K[b], 1e-5);
            s->S[i][b] = fmax(p->S[b], 1e-4);
        }
    }
    tns_palette_destroy(palette);
}

static inks drawn(kind of, int count, double k2, uint64_t seed)
{
    inks s = make_inks(count, k2, seed);
    if (of == KIMERA)
        take_kimera(&s);
    for (int i = 2; of == SHARP && i < count; i++)
        draw_sharp_pigment(&s.state, s.K[i], s.S[i]);
    return s;
}

typedef struct plan {
    const char *label;
    kind of;
    int count;
    size_t samples;
    bool film, fit_k2;
    double k2;
} plan;

static double error_of(const plan *p, uint64_t seed)
{
    tns_error err = {0};
    inks s = drawn(p->of, p->count, p->k2, seed);
    if (p->film)
        add_film_plan(&s, p->samples);
    else
        add_opaque_plan(&s, p->samples);
    spare_the_folds(&s);
    tns_fit_options options = {.surface = s.surface, .fit_k2 = p->fit_k2};
    options.surface.k2 = p->fit_k2 ? 0.5 : p->k2;
    tns_fit *fit = tns_fit_solve(s.set, &options, NULL, &err);
    ck_assert_msg(fit != NULL, "%s", err.text);
    double error = unseen_mixtures(&s, fit->palette, p->film);
    CHECK_NEAR(p->label, fit->palette->model.k2, p->k2, 0.03);
    if (p->fit_k2)
        CHECK_NEAR(p->label, fit->palette->model.k2, p->k2, 4 * fit->k2_sd);
    tns_fit_destroy(fit);
    free_inks(&s);
    return error;
}

static void check(const plan *p)
{
    double sum = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        sum += error_of(p, 100 + 7 * seed);
    ck_assert_msg(sum / SEEDS <= 0.3, "%s: mean dE00 %.3f", p->label, sum / SEEDS);
}

START_TEST(mixtures_never_seen_are_predicted_from_opaque_samples_read_once)
{
    static const plan rows[] = {
        {"6 made-up inks", MADE_UP, 6, 60, false, false, 0},
        {"6 made-up inks, k2 fitted", MADE_UP, 6, 60, false, true, 0.6},
        {"13 made-up inks", MADE_UP, 13, 100, false, false, 0},
        {"6 Kimera paints", KIMERA, 6, 60, false, false, 0},
        {"8 Kimera paints, k2 fitted", KIMERA, 8, 80, false, true, 0.5},
        {"8 inks of sharp edges", SHARP, 8, 80, false, false, 0},
        {"8 inks of sharp edges, k2 fitted", SHARP, 8, 80, false, true, 0.6},
    };
    check(&rows[_i]);
}
END_TEST

START_TEST(mixtures_never_seen_are_predicted_from_films_read_once)
{
    static const plan rows[] = {
        {"6 made-up inks", MADE_UP, 6, 60, true, false, 0},
        {"6 made-up inks, k2 fitted", MADE_UP, 6, 80, true, true, 0.6},
        {"8 Kimera paints", KIMERA, 8, 100, true, false, 0.5},
        {"6 inks of sharp edges", SHARP, 6, 60, true, false, 0},
    };
    check(&rows[_i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("recovery");
    TCase *tc = tcase_create("recovery");
    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, mixtures_never_seen_are_predicted_from_opaque_samples_read_once, 0, 7);
    tcase_add_loop_test(tc, mixtures_never_seen_are_predicted_from_films_read_once, 0, 4);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
