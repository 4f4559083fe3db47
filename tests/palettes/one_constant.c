/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why two constants: the tints of the measured paints as a model with one K/S a paint sees them,
 * the scattering of all paints being the same, beside K and S. The figures stand in
 * docs/fitting.md.
 */
#include <stdlib.h>

#include <tonsure/colorimetry.h>
#include <tonsure/difference.h>
#include <tonsure/exchange.h>
#include <tonsure/kubelka_munk.h>

#include "support/testing.h"

typedef struct figures {
    double mean, max;
} figures;

static tns_sample_set *paints(void)
{
    tns_error err = {0};
    tns_sample_set *set =
        tns_exchange_load_samples(TEST_ROOT "/palettes/data/kimera_measured.csv", NULL, &err);
    ck_assert_msg(set != NULL, "%s", err.text);
    return set;
}

static size_t parts_of(const tns_sample_set *set, size_t sample, double *all)
{
    size_t parts = 0;
    *all = 0;
    for (size_t p = 0; p < set->pigment_count; p++) {
        parts += set->samples[sample].amount[p] > 0;
        *all += set->samples[sample].amount[p];
    }
    return parts;
}

static const tns_fit_sample *masstone(const tns_sample_set *set, size_t pigment)
{
    double all;
    for (size_t i = 0; i < set->count; i++)
        if (set->samples[i].amount[pigment] > 0 && parts_of(set, i, &all) == 1)
            return &set->samples[i];
    ck_abort_msg("no masstone of %s", set->pigment[pigment]);
    return NULL;
}

static double ratio_of(const tns_fit_sample *sample, int band)
{
    return tns_km_ratio(fmin(fmax(sample->measured.value[band], 1e-4), 0.9999));
}

/* K/S of the mix: the masstones' by their shares. */
static tns_spectrum with_one_constant(const tns_sample_set *set, size_t sample)
{
    tns_spectrum out = tns_spectrum_constant(0);
    double all;
    parts_of(set, sample, &all);
    for (int b = 0; b < TNS_BANDS; b++) {
        double ratio = 0;
        for (size_t p = 0; p < set->pigment_count; p++)
            if (set->samples[sample].amount[p] > 0)
                ratio += set->samples[sample].amount[p] / all * ratio_of(masstone(set, p), b);
        out.value[b] = tns_km_opaque(ratio, 1);
    }
    return out;
}

static figures of_one_constant(const tns_sample_set *set)
{
    figures out = {0, 0};
    double count = 0, all;
    tns_viewing viewing;
    ck_assert(tns_viewing_find("D65/10", &viewing, NULL));
    for (size_t i = 0; i < set->count; i++) {
        if (parts_of(set, i, &all) < 2)
            continue;
        tns_spectrum found = with_one_constant(set, i);
        double de = tns_de00(tns_lab_from_spectrum(&set->samples[i].measured, &viewing),
                             tns_lab_from_spectrum(&found, &viewing));
        out.mean += de;
        out.max = fmax(out.max, de);
        count += 1;
    }
    out.mean /= count;
    return out;
}

static figures of_two_constants(const tns_sample_set *set)
{
    figures out = {0, 0};
    double count = 0, all;
    tns_error err = {0};
    tns_fit_options options = {.basis = TNS_BY_MASS};
    tns_fit *fit = tns_fit_solve(set, &options, NULL, &err);
    ck_assert_msg(fit != NULL, "%s", err.text);
    for (size_t i = 0; i < set->count; i++) {
        if (parts_of(set, i, &all) < 2)
            continue;
        out.mean += fit->rows[i].de00;
        out.max = fmax(out.max, fit->rows[i].de00);
        count += 1;
    }
    out.mean /= count;
    tns_fit_destroy(fit);
    return out;
}

START_TEST(one_constant_misses_the_tints_that_two_meet)
{
    tns_sample_set *set = paints();
    figures one = of_one_constant(set), two = of_two_constants(set);
    CHECK_NEAR("one constant, mean", one.mean, 14.50, 0.005);
    CHECK_NEAR("one constant, worst", one.max, 30.60, 0.005);
    CHECK_NEAR("two constants, worst", two.max, 0, 0.01);
    tns_sample_set_destroy(set);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("one_constant");
    TCase *tc = tcase_create("one_constant");
    tcase_add_test(tc, one_constant_misses_the_tints_that_two_meet);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
