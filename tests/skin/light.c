/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two fluxes against light followed photon by photon, in the same layers: diffuse light, one
 * refractive index.
 */
#include <stdio.h>

#include <tonsure/healed.h>

#include "skin/face.h"
#include "skin/people.h"
#include "skin/photons.h"
#include "support/testing.h"

/* Isotropic, reduced scattering; K = 2 mu_a, S = 3/4 mu_s' as in the library. */
static double two_fluxes(const slab *slabs, int count, bool faces)
{
    const tns_layer face = tns_face(TNS_FACE_SX);
    double R = faces ? face.R : 0;
    for (int i = count; i-- > 0;)
        R = tns_km_film(2 * slabs[i].mu_a, 0.75 * slabs[i].mu_s, slabs[i].thickness_mm, R);
    return faces ? tns_layer_over(face, R) : R;
}

START_TEST(photons_obey_what_is_known_exactly)
{
    /* Clear: all goes through. No scattering: 2 E3(tau). Half space: Chandrasekhar's conservative
       slab has R + T = 1. */
    slab clear = {0, 1e-9, 1}, grey = {1, 1e-9, 1}, milk = {0, 5, 1};
    walked w = walk_photons(&clear, 1, 2000, 1);
    CHECK_NEAR("clear", w.T, 1, 1e-6);
    w = walk_photons(&grey, 1, 40000, 1);
    CHECK_NEAR("2 E3(1)", w.T, 0.21938, 0.008); /* four deviations */
    w = walk_photons(&milk, 1, 20000, 1);
    CHECK_NEAR("nothing is lost", w.R + w.T, 1, 1e-9);
    CHECK_NEAR("4/3 / (tau + 1.4208)", w.T, 4 / 3.0 / 6.4208, 0.012);
}
END_TEST

/* Asked for: 3 % of R where mu_s' is more than 20 times mu_a. */
START_TEST(slabs_agree_within_three_per_cent)
{
    static const struct {
        slab slab;
        double ratio;
    } rows[] = {
        {{0, 5, 0.3}, 1e9}, {{0.05, 5, 0.3}, 100}, {{0.24, 5, 0.3}, 21}, {{0.05, 5, 1}, 100},
        {{0.24, 5, 1}, 21}, {{0.02, 2, 1}, 100},   {{0.095, 2, 3}, 21},  {{0.1, 10, 0.3}, 100},
        {{0.24, 5, 3}, 21}, {{0.05, 5, 3}, 100},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        walked w = walk_photons(&rows[i].slab, 1, 60000, 3);
        double plain = two_fluxes(&rows[i].slab, 1, false);
        double faced = two_fluxes(&rows[i].slab, 1, true);
        printf("mu_s' %4.1f/mm, %.1f mm, mu_s'/mu_a %6.0f: R %.4f +- %.4f, two fluxes %+.1f %%, "
               "with faces %+.1f %%\n",
               rows[i].slab.mu_s, rows[i].slab.thickness_mm, fmin(rows[i].ratio, 1e5), w.R, w.error,
               100 * (plain / w.R - 1), 100 * (faced / w.R - 1));
        ck_assert(fabs(faced / w.R - 1) <= 0.03);
    }
}
END_TEST

/* The layers that the fit finds for people, with their interface taken away. */
static void layers_of(const tns_skin *skin, int band, slab out[2])
{
    double mu_s = tns_skin_S(skin, band) / 0.75;
    out[0] = (slab){tns_epidermis_K(skin, band) / 2, mu_s, TNS_EPIDERMIS_MM};
    out[1] = (slab){tns_dermis_K(skin, band) / 2, mu_s, skin->depth_mm};
}

START_TEST(bare_skin_agrees_within_three_per_cent)
{
    static const int nm[] = {460, 550, 620, 700};
    for (int who = 0; who < PEOPLE; who++) {
        tns_skin skin = skin_of(who);
        for (size_t i = 0; i < sizeof nm / sizeof *nm; i++) {
            slab layers[2];
            int band = (nm[i] - TNS_FIRST_NM) / TNS_STEP_NM;
            layers_of(&skin, band, layers);
            walked w = walk_photons(layers, 2, 60000, 5);
            double R = tns_layer_over(tns_skin_face(&skin, band), two_fluxes(layers, 2, false));
            double ratio = layers[1].mu_s / layers[1].mu_a;
            printf("%-6s %d nm: mu_s'/mu_a %4.0f below, %4.1f above: R %.4f +- %.4f, %+.1f %%\n",
                   people[who].name, nm[i], ratio, layers[0].mu_s / layers[0].mu_a, w.R, w.error,
                   100 * (R / w.R - 1));
            if (ratio > 20)
                ck_assert_msg(fabs(R / w.R - 1) <= 0.03, "%+.3f", R / w.R - 1);
            else /* outside of what was asked for; of blue in dark skin */
                ck_assert_msg(fabs(R / w.R - 1) <= 0.08, "%+.3f", R / w.R - 1);
        }
    }
}
END_TEST

/*
 * A layer of ink absorbs as much as it scatters and more: outside of what two fluxes are good for.
 * The open face halves their error; making K such that the layer's diffuse transmission is right,
 * -ln 2 E3(mu_a t), does not help beside it, and would not be linear in the amounts of a recipe.
 */
START_TEST(ink_layers_agree_within_five_per_cent_by_the_open_face)
{
    static const double depth[] = {0.06, 0.1, 0.2, 0.5, 1}, ink[] = {0.1, 0.3, 1, 3, 10};
    double plain_worst = 0, faced_worst = 0;
    for (size_t i = 0; i < sizeof depth / sizeof *depth; i++)
        for (size_t k = 0; k < sizeof ink / sizeof *ink; k++) {
            const slab layers[4] = {{0.09, 5, TNS_EPIDERMIS_MM},
                                    {0.03, 5, fmax(depth[i] - TNS_EPIDERMIS_MM, 1e-9)},
                                    {0.03 + ink[k] / 0.1, 5, 0.1},
                                    {0.03, 5, 2.5}};
            walked w = walk_photons(layers, 4, 40000, 7);
            const tns_layer face = tns_face(TNS_FACE_SX * sqrt(5 / 5.09));
            double plain = two_fluxes(layers, 4, false);
            double faced = tns_layer_over(face, plain);
            plain_worst = fmax(plain_worst, fabs(plain / w.R - 1));
            faced_worst = fmax(faced_worst, fabs(faced / w.R - 1));
            printf("ink %4.1f mm^-1 mm at %.2f mm: R %.4f +- %.4f, two fluxes %+5.1f %%, with face "
                   "%+5.1f %%\n",
                   ink[k], depth[i], w.R, w.error, 100 * (plain / w.R - 1),
                   100 * (faced / w.R - 1));
        }
    printf("worst: two fluxes %.1f %%, with the face %.1f %%\n", 100 * plain_worst,
           100 * faced_worst);
    ck_assert(faced_worst <= 0.055 && faced_worst <= 0.5 * plain_worst);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("light");
    TCase *tc = tcase_create("light");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, photons_obey_what_is_known_exactly);
    tcase_add_test(tc, slabs_agree_within_three_per_cent);
    tcase_add_test(tc, bare_skin_agrees_within_three_per_cent);
    tcase_add_test(tc, ink_layers_agree_within_five_per_cent_by_the_open_face);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
