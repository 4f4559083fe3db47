/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many spectra at once: the bits of one by one, and near the sums and roots in long double. */
#include <string.h>

#include "color/color_kernels.h"
#include "color/tristimulus.h"
#include "support/checksum.h"
#include "support/draw.h"
#include "support/testing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { SPECTRA = 1003, VIEWINGS = 3 }; /* no multiple of any register or block */

static double reflectances[SPECTRA][TNS_BANDS];
static tns_viewing viewings[VIEWINGS];
static tns_lab alone[SPECTRA][VIEWINGS], found[SPECTRA][VIEWINGS];

/* Rough and smooth, bright and black, fluorescent and, as readings of black may be, negative. */
static void setup(void)
{
    static const char *const names[VIEWINGS] = {"D65/10", "A/2", "F11/10"};
    uint64_t state = 5;
    tns_error err;
    for (int v = 0; v < VIEWINGS; v++)
        ck_assert_msg(tns_viewing_find(names[v], &viewings[v], &err), "%s", err.text);
    for (int i = 0; i < SPECTRA; i++) {
        double level = i % 5 == 0 ? 0.01 : i % 7 == 0 ? 1.3 : 0.8, rough = draw(&state);
        for (int b = 0; b < TNS_BANDS; b++)
            reflectances[i][b] = level * (1 - rough * draw(&state)) - (i % 11 == 0 ? 0.005 : 0);
        tns_spectrum one = tns_spectrum_constant(0);
        memcpy(one.value, reflectances[i], sizeof one.value);
        for (int v = 0; v < VIEWINGS; v++)
            alone[i][v] = tns_lab_from_spectrum(&one, &viewings[v]);
    }
}

static long double f(long double t)
{
    return t > 216.0L / 24389 ? cbrtl(t) : t * (841.0L / 108) + 4.0L / 29;
}

static long double f_of(int i, const tns_viewing *viewing, int axis)
{
    long double sum = 0, white = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        sum += (long double)viewing->weight[axis][b] * reflectances[i][b];
        white += viewing->weight[axis][b];
    }
    return f(sum / white);
}

/* 36 products of up to 20 rounded to 53 bits, times 500: far below 1e-11. */
START_TEST(one_spectrum_is_near_the_truth)
{
    for (int i = 0; i < SPECTRA; i++)
        for (int v = 0; v < VIEWINGS; v++) {
            long double x = f_of(i, &viewings[v], 0), y = f_of(i, &viewings[v], 1);
            long double z = f_of(i, &viewings[v], 2);
            CHECK_NEAR("L*", alone[i][v].L, (double)(116 * y - 16), 1e-11);
            CHECK_NEAR("a*", alone[i][v].a, (double)(500 * (x - y)), 1e-11);
            CHECK_NEAR("b*", alone[i][v].b, (double)(200 * (y - z)), 1e-11);
        }
}
END_TEST

START_TEST(every_instruction_set_gives_the_bits_of_one_spectrum)
{
    for (tns_isa isa = TNS_ISA_PLAIN; isa <= tns_cpu_isa(); isa++) {
        memset(found, 0, sizeof found);
        TNS_KERNELS_FOR(tns_color_kernels, isa)
            ->lab_from_spectra(reflectances[0], SPECTRA, viewings, VIEWINGS, found[0]);
        ck_assert_msg(memcmp(found, alone, sizeof found) == 0, "%s", tns_isa_name(isa));
    }
    memset(found, 0, sizeof found);
    tns_lab_from_spectra(reflectances[0], SPECTRA, viewings, VIEWINGS, found[0]);
    ck_assert(memcmp(found, alone, sizeof found) == 0);
}
END_TEST

/* Found alike by gcc and clang at every level, on x86-64 and on ARM64. */
START_TEST(every_compiler_and_machine_gives_the_same_bits)
{
    tns_lab_from_spectra(reflectances[0], SPECTRA, viewings, VIEWINGS, found[0]);
    ck_assert_uint_eq(checksum(&found[0][0].L, sizeof found / sizeof(double)), 0x8B263E906235E894);
}
END_TEST

START_TEST(any_number_of_spectra_fills_as_many_colors_and_no_more)
{
    static const size_t sizes[] = {0, 1, 3, 63, 64, 65, 129};
    const tns_lab untouched = {-1, -2, -3};
    tns_lab out[131];
    for (size_t s = 0; s < COUNT(sizes); s++) {
        for (size_t i = 0; i < COUNT(out); i++)
            out[i] = untouched;
        tns_lab_from_spectra(reflectances[0], sizes[s], &viewings[1], 1, out);
        for (size_t i = 0; i < COUNT(out); i++) {
            const tns_lab *expected = i < sizes[s] ? &alone[i][1] : &untouched;
            ck_assert_msg(memcmp(&out[i], expected, sizeof *out) == 0, "%zu of %zu", i, sizes[s]);
        }
    }
}
END_TEST

enum { ROW = 1008 }; /* of SPECTRA, padded */

static double by_band[TNS_BANDS][ROW];

static void turn(void)
{
    for (int i = 0; i < ROW; i++)
        for (int b = 0; b < TNS_BANDS; b++)
            by_band[b][i] = i < SPECTRA ? reflectances[i][b] : NAN;
}

START_TEST(band_after_band_they_have_the_same_colors)
{
    tns_lab out[SPECTRA];
    turn();
    tns_lab_from_bands(by_band[0], ROW, SPECTRA, &viewings[2], out);
    for (int i = 0; i < SPECTRA; i++) {
        CHECK_NEAR("L*", out[i].L, alone[i][2].L, 1e-11); /* the sums' order, as above */
        CHECK_NEAR("a*", out[i].a, alone[i][2].a, 1e-11);
        CHECK_NEAR("b*", out[i].b, alone[i][2].b, 1e-11);
    }
}
END_TEST

START_TEST(band_after_band_too_every_instruction_set_gives_the_same_bits_and_no_more)
{
    static const size_t sizes[] = {0, 1, 8, 63, 65, SPECTRA};
    static tns_lab out[TNS_ISAS][SPECTRA + 1];
    turn();
    for (size_t s = 0; s < COUNT(sizes); s++) {
        memset(out, 0x55, sizeof out);
        for (tns_isa isa = TNS_ISA_PLAIN; isa <= tns_cpu_isa(); isa++) {
            TNS_KERNELS_FOR(tns_color_kernels, isa)
                ->lab_from_bands(by_band[0], ROW, sizes[s], &viewings[1], out[isa]);
            ck_assert_msg(memcmp(out[isa], out[0], sizeof out[0]) == 0, "%s", tns_isa_name(isa));
        }
        const unsigned char *beyond = (const unsigned char *)&out[0][sizes[s]];
        ck_assert(beyond[0] == 0x55 && beyond[sizeof(tns_lab) - 1] == 0x55);
    }
}
END_TEST

START_TEST(a_value_that_is_not_a_number_spoils_its_own_spectrum_only)
{
    double kept = reflectances[70][9];
    reflectances[70][9] = NAN;
    tns_lab_from_spectra(reflectances[0], SPECTRA, viewings, VIEWINGS, found[0]);
    reflectances[70][9] = kept;
    for (int v = 0; v < VIEWINGS; v++) {
        ck_assert(isnan(found[70][v].L) && isnan(found[70][v].a) && isnan(found[70][v].b));
        found[70][v] = alone[70][v];
    }
    ck_assert(memcmp(found, alone, sizeof found) == 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lab_from_spectra");
    TCase *tc = tcase_create("lab_from_spectra");
    tcase_add_unchecked_fixture(tc, setup, NULL);
    tcase_add_test(tc, one_spectrum_is_near_the_truth);
    tcase_add_test(tc, every_instruction_set_gives_the_bits_of_one_spectrum);
    tcase_add_test(tc, every_compiler_and_machine_gives_the_same_bits);
    tcase_add_test(tc, any_number_of_spectra_fills_as_many_colors_and_no_more);
    tcase_add_test(tc, band_after_band_they_have_the_same_colors);
    tcase_add_test(tc, band_after_band_too_every_instruction_set_gives_the_same_bits_and_no_more);
    tcase_add_test(tc, a_value_that_is_not_a_number_spoils_its_own_spectrum_only);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
