/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of a fit: read and written again, and broken at one place after another. */
#include <stdlib.h>

#include "records/broken.h"
#include "records/fit_again.h"
#include "records/same.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static bool read_fit(const char *text, size_t length, tns_error *err)
{
    tns_fit_record record;
    bool done = tns_fit_parse(text, length, "r.json", &record, err);
    ck_assert(done || (!record.fit.rows && record.pigments == 0));
    tns_fit_record_finish(&record);
    return done;
}

START_TEST(the_examples_of_the_schema_are_read_and_written_byte_for_byte)
{
    example_same_again("fit-1", again_fit);
    example_same_again("fit-into-1", again_fit);
}
END_TEST

/* What the example does not show: folds, k2 fitted, films, a row nobody could predict. */
START_TEST(every_member_comes_back_as_it_was_written)
{
    tns_error err = {0};
    tns_fit_row rows[] = {
        {.id = "ladder-1", .de00 = 0.25, .rmse = 0.001, .leverage = 0.5, .left_out = 0.75},
        {.id = "ladder-2", .de00 = 1.5, .rmse = 0.25, .leverage = 0.25, .left_out = NAN},
        {.id = "broken", .held_out = true, .de00 = NAN, .rmse = NAN, .left_out = NAN},
    };
    tns_palette palette = {
        .name = "mine",
        .model = {.k1 = 0.04,
                  .k2 = 0.55,
                  .specular_included = true,
                  .absolute = true,
                  .basis = TNS_BY_MASS,
                  .load_unit = "mg/cm2"},
        .count = 7,
    };
    tns_fit fit = {
        .palette = &palette,
        .count = 3,
        .rows = rows,
        .fitted = {2, 0.875, 0.5, 1.25, 1.5},
        .held_out = {1, 0.75, 0.75, 0.75, 0.75},
        .folds = 5,
        .k2_sd = 0.0125,
        .noise = 0.003,
        .relative = 0.02,
        .load_sd = 0.0625,
        .even_weights = true,
    };
    tns_warn(&fit.warnings, "nearly singular");
    char *text = tns_fit_write(&fit, "mine.json", true);
    ck_assert_ptr_nonnull(text);
    same_again("a fit", text, again_fit);
    tns_fit_record found;
    ck_assert(tns_fit_parse(text, strlen(text), "r.json", &found, &err));
    ck_assert(isnan(found.fit.rows[2].de00) && isnan(found.fit.rows[1].left_out));
    ck_assert(found.fit.even_weights && found.written && found.model.absolute);
    CHECK_NEAR("k2's deviation", found.fit.k2_sd, 0.0125, 0);
    CHECK_NEAR("left out", found.fit.rows[0].left_out, 0.75, 0);
    ck_assert_uint_eq(found.pigments, 7);
    tns_fit_record_finish(&found);
    free(text);
}
END_TEST

START_TEST(what_became_of_a_palette_comes_back)
{
    size_t length;
    tns_error err = {0};
    tns_fit_record found;
    char *text = project_file("docs/schema/examples/fit-into-1.json", &length);
    ck_assert_msg(tns_fit_parse(text, length, "r.json", &found, &err), "%s", err.text);
    ck_assert_str_eq(found.into.palette, "kimera");
    ck_assert_uint_ge(found.into.count, 2);
    size_t kept = 0;
    for (size_t i = 0; i < found.into.count; i++)
        kept += found.into.puts[i].how == TNS_PUT_KEPT;
    ck_assert_uint_eq(kept, 1);
    ck_assert(found.into.puts[0].how == TNS_PUT_KEPT && found.into.puts[0].moved >= 0);
    ck_assert(found.into.puts[0].ties && found.into.scale > 0);
    CHECK_NEAR("as strong as before", found.into.puts[1].strength, 1, 0.01);
    tns_fit_record_finish(&found);
    ck_assert(found.into.puts == NULL && found.into.palette[0] == '\0');
    free(text);
}
END_TEST

/* Samples that were read as colors alone: no reflectance, hence no rmse. */
START_TEST(a_fit_of_colors_is_read_as_any_other)
{
    size_t length;
    tns_error err = {0};
    tns_fit_record found;
    char *text = project_file("docs/schema/examples/fit-colors-1.json", &length);
    ck_assert_msg(tns_fit_parse(text, length, "r.json", &found, &err), "%s", err.text);
    ck_assert_uint_eq(found.fit.count, 5);
    for (size_t i = 0; i < found.fit.count; i++)
        ck_assert(isnan(found.fit.rows[i].rmse) && found.fit.rows[i].de00 >= 0);
    ck_assert(found.fit.rows[4].held_out && found.fit.held_out.count == 1);
    ck_assert(found.model.absolute && found.pigments > 2);
    tns_fit_record_finish(&found);
    free(text);
}
END_TEST

START_TEST(every_broken_fit_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no palette", "palette", NULL, TNS_ERROR_FORMAT, "palette: expected a text"},
        {"written perhaps", "written", "\"perhaps\"", TNS_ERROR_FORMAT, "written: expected true"},
        {"samples of text", "samples", "\"many\"", TNS_ERROR_FORMAT, "samples: expected an array"},
        {"a sample of nothing", "samples", "[null]", TNS_ERROR_FORMAT,
         "samples[0]: expected an object"},
        {"a sample without id", "id", NULL, TNS_ERROR_FORMAT, "samples[0].id: expected a text"},
        {"a difference below 0", "de00", "-1", TNS_ERROR_RANGE, "de00: expected 0 to"},
        {"a leverage above 1", "leverage", "1.5", TNS_ERROR_RANGE, "leverage: expected 0 to 1"},
        {"no summary", "summary{", NULL, TNS_ERROR_FORMAT, "summary: expected an object"},
        {"no mean", "mean", NULL, TNS_ERROR_FORMAT, "fitted.mean: expected a number"},
        {"left out by lot", "method", "\"lot\"", TNS_ERROR_FORMAT,
         "method: expected named or folds, found \"lot\""},
        {"folds of none", "method", "\"folds\"", TNS_ERROR_FORMAT, "folds: expected a number"},
        {"one constant", "kind", "\"single-constant\"", TNS_ERROR_FORMAT,
         "kind: expected two-constant"},
        {"no scale", "scale", NULL, TNS_ERROR_FORMAT, "scale: expected"},
        {"a k2 of 1", "k2", "1", TNS_ERROR_RANGE, "saunderson.k2: expected 0 to 0.95"},
        {"no pigment", "pigments", "0", TNS_ERROR_RANGE, "pigments: expected 1 to"},
        {"warnings of numbers", "warnings", "[3]", TNS_ERROR_FORMAT,
         "warnings[0]: expected a text"},
    };
    refuse_broken("docs/schema/examples/fit-1.json", "tonsure/fit/1", read_fit, rows, COUNT(rows));
}
END_TEST

START_TEST(every_broken_account_of_a_palette_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"into nothing", "into{", "3", TNS_ERROR_FORMAT, "into: expected an object"},
        {"put by lot", "put", "\"lot\"", TNS_ERROR_FORMAT, "put: expected added"},
        {"a pigment without a name", "pigment", NULL, TNS_ERROR_FORMAT, "pigment: expected a text"},
        {"was guessed", "was", "\"guessed\"", TNS_ERROR_FORMAT, "was: expected measured"},
        {"moved by less than 0", "moved_de00", "-1", TNS_ERROR_RANGE, "moved_de00: expected 0 to"},
        {"as strong as a word", "strength", "\"much\"", TNS_ERROR_FORMAT,
         "strength: expected a number"},
        {"an error below 0", "strength_sd", "-1", TNS_ERROR_RANGE, "strength_sd: expected 0 to"},
        {"tied perhaps", "ties", "\"perhaps\"", TNS_ERROR_FORMAT, "ties: expected true"},
        {"a scale's error below 0", "scale_sd", "-1", TNS_ERROR_RANGE, "into.scale_sd: expected 0"},
        {"fewer than none", "untouched", "-1", TNS_ERROR_RANGE, "untouched: expected 0 to"},
    };
    refuse_broken("docs/schema/examples/fit-into-1.json", "tonsure/fit/1", read_fit, rows,
                  COUNT(rows));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fit");
    TCase *tc = tcase_create("fit");
    tcase_add_test(tc, the_examples_of_the_schema_are_read_and_written_byte_for_byte);
    tcase_add_test(tc, every_member_comes_back_as_it_was_written);
    tcase_add_test(tc, what_became_of_a_palette_comes_back);
    tcase_add_test(tc, a_fit_of_colors_is_read_as_any_other);
    tcase_add_test(tc, every_broken_fit_is_refused_with_its_place);
    tcase_add_test(tc, every_broken_account_of_a_palette_is_refused_with_its_place);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
