/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modelled inks against what is known of such materials: magnitudes, not accuracies. */
#include <stdio.h>
#include <string.h>

#include <tonsure/colorimetry.h>
#include <tonsure/kubelka_munk.h>
#include <tonsure/palette.h>

#include "support/testing.h"

enum { BAND_450 = 7, BAND_550 = 17, BAND_700 = 32 };
static const double MM_PER_LOAD = 0.01;

static tns_palette *palette;
static tns_viewing viewing;

static void set_up(void)
{
    tns_error err = {0};
    palette = tns_palette_load(TEST_ROOT "/palettes/generic-smp.json", &err);
    ck_assert_msg(palette != NULL, "%s", err.text);
    ck_assert(tns_viewing_find("D65/10", &viewing, &err));
}

static void tear_down(void)
{
    tns_palette_destroy(palette);
}

static const tns_pigment *ink(const char *id)
{
    int i = tns_palette_index(palette, id);
    ck_assert_msg(i >= 0, "%s", id);
    return &palette->pigments[i];
}

static double mu_a_per_mm(const tns_pigment *p, int band)
{
    return p->K[band] / 2 / MM_PER_LOAD;
}

static double mu_s_reduced_per_mm(const tns_pigment *p, int band)
{
    return p->S[band] / 0.75 / MM_PER_LOAD;
}

static tns_lab masstone(const tns_pigment *p)
{
    tns_spectrum R = tns_spectrum_constant(0);
    for (int band = 0; band < TNS_BANDS; band++)
        R.value[band] = tns_km_opaque(p->K[band], p->S[band]);
    return tns_lab_from_spectrum(&R, &viewing);
}

START_TEST(the_palette_says_that_it_is_modelled_and_has_what_the_trade_uses)
{
    static const struct {
        const char *id, *color_index;
    } rows[] = {{"carbon-black", "CI 77266"},     {"black-iron-oxide", "CI 77499"},
                {"red-iron-oxide", "CI 77491"},   {"yellow-iron-oxide", "CI 77492"},
                {"titanium-dioxide", "CI 77891"}, {"sterile-water", NULL}};
    ck_assert_uint_eq(palette->count, sizeof rows / sizeof *rows);
    ck_assert(palette->model.absolute && palette->model.basis == TNS_BY_VOLUME);
    ck_assert_str_eq(palette->model.load_unit, "ul/cm2");
    for (size_t i = 0; i < palette->count; i++) {
        const tns_pigment *p = ink(rows[i].id);
        ck_assert_msg(p->origin == TNS_ORIGIN_MODELLED, "%s", p->id);
        ck_assert_msg(p->ingredient_count > 0 && p->density_g_ml > 0.9 && p->drop_ml == 0.04, "%s",
                      p->id);
        if (rows[i].color_index)
            ck_assert_str_eq(p->color_index[0], rows[i].color_index);
    }
    const tns_pigment *water = ink("diluent");
    ck_assert(water->kind == TNS_DILUENT && water->sterile);
}
END_TEST

START_TEST(carbon_absorbs_as_much_as_soot_does)
{
    const tns_pigment *carbon = ink("carbon-black");
    double grams_per_ml = 0.15 * carbon->density_g_ml;
    double m2_per_g = mu_a_per_mm(carbon, BAND_550) * 1e3 / (grams_per_ml * 1e6);
    /*
     * Bond, Bergstrom, Aerosol Sci. Technol. 40, 27 (2006): 7.5 +- 1.2 m2/g at 550 nm in air for
     * fresh soot; compact and older ones down to 5. In water it is a third more than in air.
     */
    ck_assert_msg(m2_per_g > 5 && m2_per_g < 8, "%g m2/g", m2_per_g);
    /* The same review: absorption falls as about 1 / wavelength. */
    double exponent =
        log(mu_a_per_mm(carbon, BAND_450) / mu_a_per_mm(carbon, BAND_700)) / log(700.0 / 450);
    ck_assert_msg(exponent > 0.7 && exponent < 1.3, "%g", exponent);
    double albedo = mu_s_reduced_per_mm(carbon, BAND_550) /
                    (mu_s_reduced_per_mm(carbon, BAND_550) + mu_a_per_mm(carbon, BAND_550));
    ck_assert_msg(albedo < 0.1, "soot hardly scatters: %g", albedo);
}
END_TEST

START_TEST(titanium_dioxide_scatters_as_in_tissue_phantoms)
{
    const tns_pigment *white = ink("titanium-dioxide");
    double mg_per_ml = 0.3 * white->density_g_ml * 1e3;
    double per_mg = mu_s_reduced_per_mm(white, BAND_550) / mg_per_ml;
    /*
     * Phantoms reach the 1 per mm of tissue with one or two mg in a ml (Pogue, Patterson, J.
     * Biomed. Opt. 11, 041102 (2006)), in resins of higher index and with less dispersed grains.
     */
    ck_assert_msg(per_mg > 0.3 && per_mg < 5, "%g per mm and mg/ml", per_mg);
    for (int band = 0; band < TNS_BANDS; band++)
        ck_assert(white->K[band] == 0);
}
END_TEST

START_TEST(masstones_have_the_colors_of_their_names)
{
    tns_lab black = masstone(ink("carbon-black")), red = masstone(ink("red-iron-oxide"));
    tns_lab yellow = masstone(ink("yellow-iron-oxide")), white = masstone(ink("titanium-dioxide"));
    tns_lab oxide = masstone(ink("black-iron-oxide"));
    ck_assert_msg(black.L < 10 && hypot(black.a, black.b) < 5, "%g %g %g", black.L, black.a,
                  black.b);
    ck_assert_msg(red.L > 30 && red.L < 45 && red.a > 15 && red.b > 10, "%g %g %g", red.L, red.a,
                  red.b);
    ck_assert_msg(yellow.L > 50 && yellow.b > 40 && yellow.b > 2 * yellow.a, "%g %g %g", yellow.L,
                  yellow.a, yellow.b);
    ck_assert_msg(white.L > 99, "%g", white.L);
    ck_assert_msg(oxide.L < 30, "%g %g %g", oxide.L, oxide.a, oxide.b);
}
END_TEST

START_TEST(yellow_is_the_measured_one_on_the_scale_of_the_modelled_white)
{
    tns_palette *kimera = tns_palette_load(TEST_ROOT "/palettes/kimera.json", NULL);
    ck_assert_ptr_nonnull(kimera);
    const tns_pigment *measured = &kimera->pigments[tns_palette_index(kimera, "yellow-oxide")];
    const tns_pigment *yellow = ink("yellow-iron-oxide"), *white = ink("titanium-dioxide");
    for (int band = 0; band < TNS_BANDS; band++) {
        /* Three figures of six digits. */
        CHECK_NEAR("K", yellow->K[band] / white->S[band] / measured->K[band], 1, 1.5e-5);
        CHECK_NEAR("S", yellow->S[band] / white->S[band] / measured->S[band], 1, 1.5e-5);
    }
    tns_palette_destroy(kimera);
}
END_TEST

/* 1 ul/cm2 of shade N over a grey skin. */
static double lightness(int shade, double skin)
{
    const tns_pigment *carbon = ink("carbon-black");
    tns_spectrum R = tns_spectrum_constant(0);
    for (int band = 0; band < TNS_BANDS; band++)
        R.value[band] = tns_km_film(carbon->K[band], carbon->S[band], 1.0 / (shade + 1), skin);
    return tns_lab_from_spectrum(&R, &viewing).L;
}

START_TEST(shades_4_to_40_run_from_black_to_grey_on_skin)
{
    static const double skins[] = {0.2, 0.35, 0.5};
    for (size_t i = 0; i < 3; i++) {
        double bare = cbrt(skins[i]) * 116 - 16;
        ck_assert_msg(lightness(4, skins[i]) < 10, "shade 4: %g", lightness(4, skins[i]));
        for (int shade = 5; shade <= 40; shade++)
            ck_assert(lightness(shade, skins[i]) > lightness(shade - 1, skins[i]));
        /* Two thirds of the way from black to bare skin. */
        ck_assert_msg(lightness(40, skins[i]) > 0.63 * bare && lightness(40, skins[i]) < bare,
                      "shade 40: %g of %g", lightness(40, skins[i]), bare);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("generic_smp");
    TCase *tc = tcase_create("generic_smp");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, the_palette_says_that_it_is_modelled_and_has_what_the_trade_uses);
    tcase_add_test(tc, carbon_absorbs_as_much_as_soot_does);
    tcase_add_test(tc, titanium_dioxide_scatters_as_in_tissue_phantoms);
    tcase_add_test(tc, masstones_have_the_colors_of_their_names);
    tcase_add_test(tc, yellow_is_the_measured_one_on_the_scale_of_the_modelled_white);
    tcase_add_test(tc, shades_4_to_40_run_from_black_to_grey_on_skin);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
