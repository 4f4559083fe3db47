/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/palette.h>

#include "base/text.h"
#include "support/testing.h"

#define CORPUS "tests/pigment/corpus"

/* Each file is corpus/good.json with one fault. */
static const struct {
    const char *file;
    tns_code code;
    const char *says;
} rows[] = {
    {"K_short", TNS_ERROR_FORMAT, "pigments[0].K: expected 3 numbers, found 2"},
    {"S_long", TNS_ERROR_FORMAT, "pigments[0].S: expected 3 numbers, found 4"},
    {"K_missing", TNS_ERROR_FORMAT, "pigments[0].K: expected an array, found nothing"},
    {"S_missing", TNS_ERROR_FORMAT, "pigments[0].S: expected an array, found nothing"},
    {"K_negative", TNS_ERROR_RANGE, "pigments[0].K[1]: expected 0 to 1e+06, found -8"},
    {"K_huge", TNS_ERROR_RANGE, "pigments[0].K[1]: expected 0 to 1e+06, found 8e+09"},
    {"K_text", TNS_ERROR_FORMAT, "pigments[0].K[1]: expected a number, found a text"},
    {"K_null", TNS_ERROR_FORMAT, "pigments[0].K[2]: expected a number, found nothing"},
    {"K_nan", TNS_ERROR_FORMAT, "not JSON"},
    {"K_decimal_comma", TNS_ERROR_FORMAT, "not JSON"},
    {"all_zero", TNS_ERROR_FORMAT, "pigments[0]: K and S are 0 in every band"},
    {"id_twice", TNS_ERROR_FORMAT, "pigments[1].id: \"black\" is pigments[0].id already"},
    {"id_missing", TNS_ERROR_FORMAT, "pigments[0].id: expected a text, found nothing"},
    {"id_empty", TNS_ERROR_FORMAT, "pigments[0].id: expected letters"},
    {"id_blank", TNS_ERROR_FORMAT, "found \"carbon black\""},
    {"id_number", TNS_ERROR_FORMAT, "pigments[0].id: expected a text, found a number"},
    {"kind_unknown", TNS_ERROR_FORMAT,
     "pigments[0].kind: expected pigment, preshade, diluent or additive, found \"dye\""},
    {"origin_unknown", TNS_ERROR_FORMAT, "pigments[0].origin: expected measured or modelled"},
    {"schema_other", TNS_ERROR_UNSUPPORTED, "schema: expected \"tonsure/palette/1\""},
    {"schema_missing", TNS_ERROR_FORMAT, "schema: expected a text, found nothing"},
    {"name_missing", TNS_ERROR_FORMAT, "name: expected a text, found nothing"},
    {"name_empty", TNS_ERROR_FORMAT, "name: expected a name"},
    {"model_missing", TNS_ERROR_FORMAT, "model: expected an object, found nothing"},
    {"model_kind_unknown", TNS_ERROR_FORMAT,
     "model.kind: expected two-constant or single-constant, found \"three-constant\""},
    {"scale_unknown", TNS_ERROR_FORMAT, "model.scale: expected relative or absolute"},
    {"specular_bool", TNS_ERROR_FORMAT, "model.specular: expected a text, found true or false"},
    {"basis_unknown", TNS_ERROR_FORMAT, "model.amount_basis: expected volume or mass"},
    {"saunderson_k1", TNS_ERROR_RANGE, "model.saunderson.k1: expected 0 to 0.5, found 1.5"},
    {"saunderson_half", TNS_ERROR_FORMAT, "model.saunderson.k2: expected a number, found nothing"},
    {"medium_n", TNS_ERROR_RANGE, "model.medium_n: expected 1 to 3, found 0.5"},
    {"grid_missing", TNS_ERROR_FORMAT, "grid: expected an object, found nothing"},
    {"grid_step_zero", TNS_ERROR_RANGE, "grid.step_nm: expected 0.1 to 200, found 0"},
    {"grid_bands_fraction", TNS_ERROR_FORMAT, "grid.bands: expected a whole number, found 3.5"},
    {"grid_bands_two", TNS_ERROR_RANGE, "grid.bands: expected 3 to 2000, found 2"},
    {"grid_narrow", TNS_ERROR_RANGE, "grid: "},
    {"grid_micrometres", TNS_ERROR_RANGE, "grid.start_nm: expected 200 to 2500, found 0.4"},
    {"pigments_missing", TNS_ERROR_FORMAT, "pigments: expected an array, found nothing"},
    {"pigments_empty", TNS_ERROR_FORMAT, "pigments: expected 1 to 1000 pigments, found 0"},
    {"pigments_object", TNS_ERROR_FORMAT, "pigments: expected an array, found an object"},
    {"pigment_text", TNS_ERROR_FORMAT, "pigments[1]: expected an object, found a text"},
    {"color_index_bare", TNS_ERROR_FORMAT, "pigments[0].color_index[0]: expected a number such as"},
    {"color_index_text", TNS_ERROR_FORMAT, "pigments[0].color_index: expected an array"},
    {"color_index_many", TNS_ERROR_FORMAT, "pigments[0].color_index: expected at most 4, found 5"},
    {"cas_check_digit", TNS_ERROR_FORMAT,
     "pigments[0].ingredients[0].cas: \"1333-86-5\" is not a CAS number"},
    {"cas_form", TNS_ERROR_FORMAT, "\"1333864\" is not a CAS number"},
    {"ingredient_nameless", TNS_ERROR_FORMAT, "pigments[0].ingredients[0].name: expected a text"},
    {"sterile_text", TNS_ERROR_FORMAT, "pigments[0].sterile: expected true or false"},
    {"density_grams_per_litre", TNS_ERROR_RANGE, "density_g_ml: expected 0.3 to 10, found 1080"},
    {"drop_microlitres", TNS_ERROR_RANGE, "drop_ml: expected 0.001 to 1, found 40"},
    {"drop_scatter_percent", TNS_ERROR_RANGE, "drop_cv: expected 0 to 1, found 5"},
    {"cost_negative", TNS_ERROR_RANGE, "cost_per_ml: expected 0 to 1e+06, found -1"},
    {"single_S_not_1", TNS_ERROR_FORMAT, "pigments[0].S: expected 1 in every band"},
    {"root_array", TNS_ERROR_FORMAT, "expected an object, found an array"},
    {"empty", TNS_ERROR_FORMAT, "not JSON"},
    {"cut", TNS_ERROR_FORMAT, "not JSON"},
    {"key_twice", TNS_ERROR_FORMAT, "not JSON"},
    {"trailing", TNS_ERROR_FORMAT, "not JSON"},
};
enum { ROWS = sizeof rows / sizeof *rows };

static tns_palette *parse_corpus(const char *file, char name[64], tns_error *err)
{
    char path[128];
    size_t length;
    snprintf(name, 64, "%s.json", file);
    snprintf(path, sizeof path, "%s/%s", CORPUS, name);
    char *text = project_file(path, &length);
    tns_palette *palette = tns_palette_parse(text, length, name, err);
    free(text);
    return palette;
}

START_TEST(every_fault_is_named_with_its_file_and_place)
{
    for (size_t i = 0; i < ROWS; i++) {
        char name[64];
        tns_error err = {0};
        ck_assert_msg(!parse_corpus(rows[i].file, name, &err), "%s was read", name);
        ck_assert_msg(strncmp(err.text, name, strlen(name)) == 0, "%s", err.text);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s: %s", name, err.text);
        ck_assert_msg(err.code == rows[i].code, "%s: %s", name, tns_code_name(err.code));
    }
}
END_TEST

START_TEST(the_file_without_a_fault_is_read)
{
    char name[64];
    tns_error err = {0};
    tns_palette *palette = parse_corpus("good", name, &err);
    ck_assert_msg(palette != NULL, "%s", err.text);
    ck_assert_uint_eq(palette->count, 3);
    tns_palette_destroy(palette);
}
END_TEST

START_TEST(no_file_of_the_corpus_is_left_out)
{
    DIR *folder = opendir(TEST_ROOT "/" CORPUS);
    ck_assert_ptr_nonnull(folder);
    size_t files = 0;
    for (struct dirent *entry; (entry = readdir(folder));)
        files += tns_text_ends_with(entry->d_name, ".json");
    closedir(folder);
    ck_assert_uint_eq(files, ROWS + 1);
}
END_TEST

START_TEST(a_good_file_cut_anywhere_is_refused)
{
    size_t length;
    char *text = project_file(CORPUS "/good.json", &length);
    for (size_t n = 0; n + 2 < length; n += 7) {
        tns_error err = {0};
        ck_assert_msg(!tns_palette_parse(text, n, "cut", &err), "cut at %zu", n);
        ck_assert_int_eq(err.code, TNS_ERROR_FORMAT);
    }
    free(text);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_told_from_a_broken_one)
{
    tns_error err = {0};
    ck_assert(!tns_palette_load(TEST_ROOT "/no/such.json", &err));
    ck_assert_int_eq(err.code, TNS_ERROR_NOT_FOUND);
    ck_assert(!tns_palette_load(TEST_ROOT, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_IO);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("palette_broken");
    TCase *tc = tcase_create("palette_broken");
    tcase_add_test(tc, every_fault_is_named_with_its_file_and_place);
    tcase_add_test(tc, the_file_without_a_fault_is_read);
    tcase_add_test(tc, no_file_of_the_corpus_is_left_out);
    tcase_add_test(tc, a_good_file_cut_anywhere_is_refused);
    tcase_add_test(tc, a_file_that_is_not_there_is_told_from_a_broken_one);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
