/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The same as in recovery.c with the K and S of real paints: Y. Okumura, MS thesis, RIT (2005), and
 * R. S. Berns, CIC24 (2016), seen through the surface they were measured behind.
 */
#include "base/csv.h"
#include "inks.h"
#include "support/testing.h"

enum { NAME, VALUES_MAX = 60, SEEDS = 6 };

#define OKUMURA "data/okumura2005_golden_matte_fluid_KS.csv"
#define BERNS "data/berns2016_golden_heavybody_KS.csv"

static void read_row(const tns_csv *csv, const char *name, const char *coefficient, size_t first,
                     double *out)
{
    double nm[VALUES_MAX], value[VALUES_MAX];
    size_t row = 1, n = csv->rows[0].count - first;
    while (row < csv->count && (strcmp(csv->rows[row].field[NAME], name) != 0 ||
                                strcmp(csv->rows[row].field[first - 1], coefficient) != 0))
        row++;
    ck_assert_msg(row < csv->count && n <= VALUES_MAX, "no %s of %s", coefficient, name);
    for (size_t i = 0; i < n; i++) {
        ck_assert(tns_csv_number(csv, 0, first + i, &nm[i], NULL));
        ck_assert(tns_csv_number(csv, row, first + i, &value[i], NULL));
    }
    tns_spectrum spectrum;
    ck_assert(tns_spectrum_resample(nm, value, n, &spectrum, NULL));
    for (int b = 0; b < TNS_BANDS; b++)
        out[b] = fmax(spectrum.value[b], 1e-5);
}

typedef struct source {
    const char *label, *file;
    size_t first; /* column of values */
    const char *names[INKS_MAX];
    int count;
    size_t samples;
    bool film, fit_k2;
    double k2;
} source;

static const source sources[] = {
    {"6 matte fluids",
     OKUMURA,
     2,
     {"Titanium White", "Carbon Black", "Red Oxide", "Yellow Ochre", "Raw Umber", "Burnt Sienna"},
     6,
     60,
     false,
     false,
     0.65},
    {"8 matte fluids, k2 fitted",
     OKUMURA,
     2,
     {"Titanium White", "Carbon Black", "Red Oxide", "Yellow Ochre", "Raw Umber", "Burnt Sienna",
      "Phthalo Blue (Green Shade)", "Hansa Yellow Opaque"},
     8,
     80,
     false,
     true,
     0.65},
    {"8 matte fluids as films, k2 fitted",
     OKUMURA,
     2,
     {"Titanium White", "Carbon Black", "Red Oxide", "Yellow Ochre", "Raw Umber", "Burnt Sienna",
      "Phthalo Blue (Green Shade)", "Hansa Yellow Opaque"},
     8,
     120,
     true,
     true,
     0.65},
    {"8 heavy bodies, k2 fitted",
     BERNS,
     3,
     {"TitaniumWhite", "BoneBlack", "PyrroleRed", "DiarylideYellow", "UltramarineBlue",
      "PhthaloGreenBlueShade", "QuinacridoneMagenta", "CadmiumRedLight"},
     8,
     100,
     false,
     true,
     0.6},
};

static double error_of(const source *from, const tns_csv *csv, uint64_t seed)
{
    tns_error err = {0};
    inks s = make_inks(from->count, from->k2, seed);
    for (int i = 0; i < from->count; i++) {
        read_row(csv, from->names[i], "K", from->first, s.K[i]);
        read_row(csv, from->names[i], "S", from->first, s.S[i]);
    }
    if (from->film)
        add_film_plan(&s, from->samples);
    else
        add_opaque_plan(&s, from->samples);
    spare_the_folds(&s);
    tns_fit_options options = {.surface = s.surface, .fit_k2 = from->fit_k2};
    options.surface.k2 = from->fit_k2 ? 0.5 : from->k2;
    tns_fit *fit = tns_fit_solve(s.set, &options, NULL, &err);
    ck_assert_msg(fit != NULL, "%s", err.text);
    double error = unseen_mixtures(&s, fit->palette, from->film);
    CHECK_NEAR(from->label, fit->palette->model.k2, from->k2, 0.03);
    tns_fit_destroy(fit);
    free_inks(&s);
    return error;
}

START_TEST(mixtures_of_published_paints_never_seen_are_predicted)
{
    const source *from = &sources[_i];
    const char *path = shared_file(from->file);
    if (!path)
        return;
    tns_csv *csv = tns_csv_load(path, NULL);
    ck_assert_ptr_nonnull(csv);
    double sum = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        sum += error_of(from, csv, 100 + 7 * seed);
    ck_assert_msg(sum / SEEDS <= 0.3, "%s: mean dE00 %.3f", from->label, sum / SEEDS);
    tns_csv_destroy(csv);
}
END_TEST

int main(void)
{
    if (!shared_file(OKUMURA) || !shared_file(BERNS))
        return EXIT_SKIPPED;
    Suite *suite = suite_create("recovery_published");
    TCase *tc = tcase_create("recovery_published");
    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, mixtures_of_published_paints_never_seen_are_predicted, 0,
                        sizeof sources / sizeof *sources);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
