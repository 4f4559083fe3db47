/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Kubelka-Munk and Saunderson together, on published figures: Y. Okumura, Developing a spectral and
 * colorimetric database of artist paint materials, MS thesis, RIT (2005).
 */
#include <string.h>

#include <tonsure/colorimetry.h>
#include <tonsure/kubelka_munk.h>
#include <tonsure/saunderson.h>

#include "base/csv.h"
#include "support/testing.h"

enum { NAME, COEFFICIENT, FIRST_VALUE, VALUES_MAX = 60 };

static size_t find(const tns_csv *csv, const char *name, const char *coefficient)
{
    for (size_t row = 1; row < csv->count; row++)
        if (strcmp(csv->rows[row].field[NAME], name) == 0 &&
            strcmp(csv->rows[row].field[COEFFICIENT], coefficient) == 0)
            return row;
    ck_abort_msg("no %s of %s", coefficient, name);
    return 0;
}

static tns_spectrum coefficients(const tns_csv *csv, const char *name, const char *coefficient)
{
    double nm[VALUES_MAX], value[VALUES_MAX];
    size_t row = find(csv, name, coefficient), n = csv->rows[0].count - FIRST_VALUE;
    ck_assert_uint_le(n, VALUES_MAX);
    for (size_t i = 0; i < n; i++) {
        ck_assert(tns_csv_number(csv, 0, FIRST_VALUE + i, &nm[i], NULL));
        ck_assert(tns_csv_number(csv, row, FIRST_VALUE + i, &value[i], NULL));
    }
    tns_spectrum out;
    tns_error err = {0};
    ck_assert_msg(tns_spectrum_resample(nm, value, n, &out, &err), "%s", err.text);
    return out;
}

static tns_lab masstone(const tns_csv *csv, const char *name, const tns_viewing *viewing)
{
    const tns_saunderson surface = {0.03, 0.65, true};
    tns_spectrum K = coefficients(csv, name, "K"), S = coefficients(csv, name, "S"), R = K;
    for (int band = 0; band < TNS_BANDS; band++)
        R.value[band] =
            tns_saunderson_measured(surface, tns_km_opaque(K.value[band], S.value[band]));
    return tns_lab_from_spectrum(&R, viewing);
}

START_TEST(internal_figures_with_the_surface_put_on_give_the_paints_colors)
{
    static const struct {
        const char *name;
        double L, a, b; /* a = b = 0: not compared */
    } rows[] = {
        {"Carbon Black", 25.4, 0, 0}, {"Titanium White", 96.7, 0, 0}, {"Red Oxide", 37, 30, 22}};
    const char *path = shared_file("data/okumura2005_golden_matte_fluid_KS.csv");
    if (!path)
        return;
    tns_csv *csv = tns_csv_load(path, NULL);
    tns_viewing viewing;
    ck_assert_ptr_nonnull(csv);
    ck_assert(tns_viewing_find("D65/2", &viewing, NULL));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_lab lab = masstone(csv, rows[i].name, &viewing);
        CHECK_NEAR(rows[i].name, lab.L, rows[i].L, rows[i].a > 0 ? 0.5 : 0.06);
        /* The red's are known to whole units. */
        if (rows[i].a > 0) {
            CHECK_NEAR(rows[i].name, lab.a, rows[i].a, 0.5);
            CHECK_NEAR(rows[i].name, lab.b, rows[i].b, 0.5);
        }
    }
    tns_csv_destroy(csv);
}
END_TEST

int main(void)
{
    if (!shared_file("data/okumura2005_golden_matte_fluid_KS.csv"))
        return EXIT_SKIPPED;
    Suite *suite = suite_create("golden_acrylics");
    TCase *tc = tcase_create("golden_acrylics");
    tcase_add_test(tc, internal_figures_with_the_surface_put_on_give_the_paints_colors);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
