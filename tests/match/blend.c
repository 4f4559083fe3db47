/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "match/blend.h"
#include "shelf.h"
#include "support/healed.h"

enum { MOST = 80 };

typedef struct trial {
    size_t count;
    tns_surface surfaces[MOST];
    double share[MOST];
    tns_blend_films films;
} trial;

static void start(trial *t, uint64_t *state)
{
    tns_skin skin = draw(state) < 0.5 ? light_skin() : dark_skin();
    double sum = 0;
    t->count = (size_t)draw_int(state, 1, MOST);
    draw_healed(&skin, t->count, (uint64_t)draw_int(state, 1, 1000), t->surfaces);
    for (size_t i = 0; i < t->count; i++) {
        tns_surface *s = &t->surfaces[i];
        double thinness = draw(state) < 0.2 ? exp(draw_between(state, -20, 0)) : 1;
        for (int b = 0; b < TNS_BANDS; b++) {
            s->host_K[b] *= draw(state) < 0.05 ? 0 : thinness;
            s->host_S[b] *= draw(state) < 0.05 ? 0 : thinness;
        }
        sum += t->share[i] = draw(state);
    }
    for (size_t i = 0; i < t->count; i++)
        t->share[i] /= sum;
    ck_assert(tns_blend_films_init(&t->films, t->surfaces, t->share, t->count));
}

static void draw_ink(uint64_t *state, double K[TNS_BANDS], double S[TNS_BANDS])
{
    double thinness = exp(draw_between(state, -12, 5));
    for (int b = 0; b < TNS_BANDS; b++) {
        K[b] = draw(state) < 0.1 ? 0 : thinness * exp(draw_between(state, -4, 2));
        S[b] = draw(state) < 0.1 ? 0 : thinness * exp(draw_between(state, -4, 2));
    }
}

START_TEST(a_blend_is_the_mean_of_its_films)
{
    uint64_t state = 5;
    trial *t = malloc(sizeof *t);
    ck_assert(t != NULL);
    for (int round = 0; round < 200; round++) {
        double K[TNS_BANDS], S[TNS_BANDS];
        start(t, &state);
        draw_ink(&state, K, S);
        for (int b = 0; b < TNS_BANDS; b++) {
            tns_km_slopes sum = {0, 0, 0};
            for (size_t i = 0; i < t->count; i++) {
                tns_km_slopes one = tns_surface_slopes(&t->surfaces[i], b, K[b], S[b]);
                sum.R += t->share[i] * one.R;
                sum.dR_dK += t->share[i] * one.dR_dK;
                sum.dR_dS += t->share[i] * one.dR_dS;
            }
            tns_km_slopes at = tns_blend_kernels_plain.slopes(&t->films, b, K[b], S[b]);
            /* rounding, and the ends of the series */
            ck_assert_double_eq_tol(tns_blend_kernels_plain.mean(&t->films, b, K[b], S[b]), sum.R,
                                    1e-13);
            ck_assert_double_eq_tol(at.R, sum.R, 1e-13);
            ck_assert_double_eq_tol(at.dR_dK, sum.dR_dK, 1e-10);
            ck_assert_double_eq_tol(at.dR_dS, sum.dR_dS, 1e-10);
        }
        tns_blend_films_finish(&t->films);
    }
    free(t);
}
END_TEST

START_TEST(every_instruction_set_blends_to_the_same_bits)
{
    uint64_t state = 7;
    trial *t = malloc(sizeof *t);
    ck_assert(t != NULL);
    for (int round = 0; round < 100; round++) {
        double K[TNS_BANDS], S[TNS_BANDS];
        const tns_blend_kernels *plain = &tns_blend_kernels_plain;
        const tns_blend_kernels *here = TNS_KERNELS_FOR(
            tns_blend_kernels, (tns_isa)draw_int(&state, TNS_ISA_PLAIN, (int)tns_cpu_isa()));
        start(t, &state);
        draw_ink(&state, K, S);
        for (int b = 0; b < TNS_BANDS; b++) {
            tns_km_slopes one = plain->slopes(&t->films, b, K[b], S[b]);
            tns_km_slopes other = here->slopes(&t->films, b, K[b], S[b]);
            ck_assert(memcmp(&one, &other, sizeof one) == 0);
            ck_assert(plain->mean(&t->films, b, K[b], S[b]) ==
                      here->mean(&t->films, b, K[b], S[b]));
            double each[2][MOST];
            plain->each(&t->films, b, K[b], S[b], each[0]);
            here->each(&t->films, b, K[b], S[b], each[1]);
            ck_assert(memcmp(each[0], each[1], t->count * sizeof(double)) == 0);
        }
        tns_blend_films_finish(&t->films);
    }
    free(t);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("blend");
    TCase *tc = tcase_create("blend");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, a_blend_is_the_mean_of_its_films);
    tcase_add_test(tc, every_instruction_set_blends_to_the_same_bits);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
