/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The measured paints, fitted by the general way, against the shipped palette's closed form. */
#include <string.h>

#include <tonsure/colorimetry.h>
#include <tonsure/difference.h>
#include <tonsure/exchange.h>
#include <tonsure/kubelka_munk.h>

#include "support/testing.h"

static tns_fit *fitted(void)
{
    tns_error err = {0};
    tns_fit_options options = {.basis = TNS_BY_MASS};
    tns_sample_set *set =
        tns_exchange_load_samples(TEST_ROOT "/palettes/data/kimera_measured.csv", NULL, &err);
    ck_assert_msg(set != NULL, "%s", err.text);
    tns_fit *fit = tns_fit_solve(set, &options, NULL, &err);
    ck_assert_msg(fit != NULL, "%s", err.text);
    tns_sample_set_destroy(set);
    return fit;
}

static tns_lab mixed(const tns_palette *palette, size_t i, size_t j, const tns_viewing *viewing)
{
    tns_spectrum out = tns_spectrum_constant(0);
    const tns_pigment *a = &palette->pigments[i], *b = &palette->pigments[j];
    for (int k = 0; k < TNS_BANDS; k++)
        out.value[k] = tns_km_opaque(a->K[k] + b->K[k], a->S[k] + b->S[k]);
    return tns_lab_from_spectrum(&out, viewing);
}

START_TEST(masstones_and_tints_are_met_and_mixtures_are_those_of_the_shipped_palette)
{
    tns_error err = {0};
    tns_viewing viewing;
    tns_fit *fit = fitted();
    tns_palette *shipped = tns_palette_load(TEST_ROOT "/palettes/kimera.json", &err);
    ck_assert(shipped && tns_viewing_find("D65/10", &viewing, &err));
    ck_assert_str_eq(fit->white, "white");
    ck_assert_uint_eq(fit->palette->count, shipped->count);
    /* Repeated readings differ by 0.10 on average and 0.48 at most. */
    ck_assert_double_le(fit->fitted.max, 0.1);
    double sum = 0, most = 0;
    int pairs = 0;
    for (size_t i = 0; i < shipped->count; i++)
        for (size_t j = 0; j < i; j++, pairs++) {
            double de =
                tns_de00(mixed(shipped, i, j, &viewing), mixed(fit->palette, i, j, &viewing));
            sum += de;
            most = fmax(most, de);
        }
    ck_assert_msg(sum / pairs <= 0.1 && most <= 0.48, "mean %.3f, max %.3f", sum / pairs, most);
    tns_palette_destroy(shipped);
    tns_fit_destroy(fit);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("refit");
    TCase *tc = tcase_create("refit");
    tcase_add_test(tc, masstones_and_tints_are_met_and_mixtures_are_those_of_the_shipped_palette);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
