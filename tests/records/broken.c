/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Broken records of every kind but readings and photos, which have files of their own. */
#include <stdlib.h>

#include <tonsure/palette_records.h>
#include <tonsure/records.h>

#include "records/broken.h"
#include "support/testing.h"

#define EXAMPLE(name) "docs/schema/examples/" name ".json"
#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static bool read_comparison(const char *text, size_t length, tns_error *err)
{
    tns_comparison value;
    return tns_comparison_parse(text, length, "r.json", &value, err);
}

static bool read_comparisons(const char *text, size_t length, tns_error *err)
{
    size_t count = 99;
    tns_comparison *pairs = tns_comparisons_parse(text, length, "r.json", &count, err);
    ck_assert(pairs || count == 0);
    free(pairs);
    return pairs != NULL;
}

static bool read_match(const char *text, size_t length, tns_error *err)
{
    tns_match_record *match = tns_match_parse(text, length, "r.json", err);
    tns_match_record_destroy(match);
    return match != NULL;
}

static bool read_error(const char *text, size_t length, tns_error *err)
{
    tns_error value;
    return tns_error_parse(text, length, "r.json", &value, err);
}

static bool read_list(const char *text, size_t length, tns_error *err)
{
    size_t count = 99;
    tns_palette_entry *entries = tns_palette_list_parse(text, length, "r.json", &count, err);
    ck_assert(entries || count == 0);
    free(entries);
    return entries != NULL;
}

static bool read_check(const char *text, size_t length, tns_error *err)
{
    tns_palette_check value;
    return tns_palette_check_parse(text, length, "r.json", &value, err);
}

static bool read_change(const char *text, size_t length, tns_error *err)
{
    tns_palette_change value;
    return tns_palette_change_parse(text, length, "r.json", &value, err);
}

START_TEST(every_broken_comparison_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no a", "a{", NULL, TNS_ERROR_FORMAT, "a: expected an object, found nothing"},
        {"L above 100", "b{", "{\"L\": 146, \"a\": 0, \"b\": 0}", TNS_ERROR_RANGE,
         "b.L: expected -20 to 115, found 146"},
        {"a color of nothing", "b{", "{}", TNS_ERROR_FORMAT,
         "b.L: expected a number, found nothing"},
        {"no de00", "de00", NULL, TNS_ERROR_FORMAT, "de00: expected a number, found nothing"},
        {"a distance below 0", "hyab", "-1", TNS_ERROR_RANGE, "hyab: expected 0 to 1000, found -1"},
        {"a step of text", "dH", "\"small\"", TNS_ERROR_FORMAT,
         "dH: expected a number, found a text"},
        {"a step beyond reason", "dL", "-9999", TNS_ERROR_RANGE, "dL: expected -1000 to 1000"},
        {"no angles", "ita{", NULL, TNS_ERROR_FORMAT, "ita: expected an object"},
        {"an angle of 200", "ita{", "{\"a\": 200, \"b\": 0}", TNS_ERROR_RANGE,
         "ita.a: expected -180 to 180"},
        {"one angle", "ita{", "{\"a\": 20}", TNS_ERROR_FORMAT, "ita.b: expected a number"},
        {"no illuminant", "schema", "\"tonsure/compare/1\", \"metamerism\": {}", TNS_ERROR_FORMAT,
         "metamerism: expected 1 to 8 members, found 0"},
        {"nine illuminants", "schema",
         "\"tonsure/compare/1\", \"metamerism\": {\"1\": 0, \"2\": 0, \"3\": 0, \"4\": 0, \"5\": "
         "0, \"6\": 0, \"7\": 0, \"8\": 0, \"9\": 0}",
         TNS_ERROR_FORMAT, "metamerism: expected 1 to 8 members, found 9"},
        {"a list of indices", "schema", "\"tonsure/compare/1\", \"metamerism\": [1]",
         TNS_ERROR_FORMAT, "metamerism: expected an object, found an array"},
        {"an index of text", "schema",
         "\"tonsure/compare/1\", \"metamerism\": {\"A\": 1, \"F11\": \"?\"}", TNS_ERROR_FORMAT,
         "metamerism.F11: expected a number, found a text"},
        {"an index of null", "schema", "\"tonsure/compare/1\", \"metamerism\": {\"A\": null}",
         TNS_ERROR_FORMAT, "metamerism.A: expected a number, found nothing"},
        {"an illuminant of 40 letters", "schema",
         "\"tonsure/compare/1\", \"metamerism\": {\"abcdefghijabcdefghijabcdefghijabcdefghij\": 1}",
         TNS_ERROR_FORMAT, "metamerism: expected names of at most 31 bytes"},
        {"a warning of a number", "warnings[", "[7]", TNS_ERROR_FORMAT,
         "warnings[0]: expected a text"},
    };
    refuse_broken(EXAMPLE("compare-1"), "tonsure/compare/1", read_comparison, rows, COUNT(rows));
}
END_TEST

START_TEST(every_broken_list_of_comparisons_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no pairs", "pairs", NULL, TNS_ERROR_FORMAT, "pairs: expected an array"},
        {"a pair of nothing", "pairs", "[null]", TNS_ERROR_FORMAT, "pairs[0]: expected an object"},
        {"a pair of another kind", "pairs", "[{\"schema\": \"tonsure/reading/1\"}]",
         TNS_ERROR_UNSUPPORTED,
         "pairs[0].schema: expected \"tonsure/compare/1\", found \"tonsure/reading/1\""},
        {"a fault in the first", "L", "560", TNS_ERROR_RANGE,
         "pairs[0].a.L: expected -20 to 115, found 560"},
    };
    refuse_broken(EXAMPLE("comparisons-1"), "tonsure/comparisons/1", read_comparisons, rows,
                  COUNT(rows));
}
END_TEST

START_TEST(every_broken_match_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no target", "target", NULL, TNS_ERROR_FORMAT, "target: expected an object"},
        {"a target of another kind", "target", "{\"schema\": \"tonsure/photo/1\"}",
         TNS_ERROR_UNSUPPORTED,
         "target.schema: expected \"tonsure/reading/1\", found \"tonsure/photo/1\""},
        {"a target without color", "target", "{\"schema\": \"tonsure/reading/1\"}",
         TNS_ERROR_FORMAT, "target: expected \"spectrum\" or \"lab\", found neither"},
        {"no palette", "palette", NULL, TNS_ERROR_FORMAT, "palette: expected a text"},
        {"an unknown surface", "surface{", "{\"kind\": \"skin\"}", TNS_ERROR_FORMAT,
         "surface.kind: expected opaque, film or healed, found \"skin\""},
        {"a film of nothing", "load", "0", TNS_ERROR_RANGE, "surface.load:"},
        {"a film in no unit", "load_unit", NULL, TNS_ERROR_FORMAT,
         "surface.load_unit: expected a text"},
        {"spoons", "unit{", "{\"kind\": \"spoons\"}", TNS_ERROR_FORMAT,
         "unit.kind: expected drops, ml or g, found \"spoons\""},
        {"a unit of nothing", "unit{", "{\"kind\": \"ml\", \"size\": 0}", TNS_ERROR_RANGE,
         "unit.size:"},
        {"no answer", "answer", NULL, TNS_ERROR_FORMAT, "answer: expected a text"},
        {"no search", "search", NULL, TNS_ERROR_FORMAT, "search: expected an object"},
        {"nine in a mix", "max_pigments", "9", TNS_ERROR_RANGE,
         "search.max_pigments: expected 1 to 8"},
        {"half a recipe", "evaluated", "0.5", TNS_ERROR_FORMAT,
         "search.evaluated: expected a whole number, found 0.5"},
        {"recipes beyond doubles", "recipes", "1e17", TNS_ERROR_RANGE,
         "search.recipes: expected 0 to"},
        {"exact as a text", "exact", "\"yes\"", TNS_ERROR_FORMAT,
         "search.exact: expected true or false, found a text"},
        {"recipes of text", "recipes[", "\"\"", TNS_ERROR_FORMAT,
         "recipes: expected an array, found a text"},
        {"a recipe of nothing", "recipes[", "[null]", TNS_ERROR_FORMAT,
         "recipes[0]: expected an object"},
        {"ranks out of order", "rank", "2", TNS_ERROR_RANGE, "recipes[0].rank:"},
        {"no rank", "rank", NULL, TNS_ERROR_FORMAT, "recipes[0].rank: expected a number"},
        {"a recipe of no parts", "parts[", "[]", TNS_ERROR_FORMAT,
         "recipes[0].parts: expected at least 1, found 0"},
        {"a recipe of nine parts", "parts[", "[1, 2, 3, 4, 5, 6, 7, 8, 9]", TNS_ERROR_FORMAT,
         "recipes[0].parts: expected at most 8, found 9"},
        {"a part without id", "pigment", NULL, TNS_ERROR_FORMAT,
         "recipes[0].parts[0].pigment: expected a text"},
        {"a part to be measured", "drops", "null", TNS_ERROR_FORMAT,
         "recipes[0].parts[0].drops: expected a number, found nothing"},
        {"half a drop", "drops", "3.5", TNS_ERROR_FORMAT,
         "recipes[0].parts[0].drops: expected a whole number"},
        {"a decimal comma", "ml", "\"0,12\"", TNS_ERROR_FORMAT,
         "recipes[0].parts[0].ml: expected a number, found a text"},
        {"a share above 1", "fraction", "1.9", TNS_ERROR_RANGE,
         "recipes[0].parts[0].fraction: expected 0 to 1"},
        {"a diluent of text", "diluent{", "\"water\"", TNS_ERROR_FORMAT,
         "recipes[0].diluent: expected an object"},
        {"a diluent without id", "diluent{", "{\"drops\": 1}", TNS_ERROR_FORMAT,
         "recipes[0].diluent.id: expected a text"},
        {"a diluent without shade", "shade", NULL, TNS_ERROR_FORMAT,
         "recipes[0].shade: expected a text, found nothing"},
        {"a shade the other way", "shade", "\"1:32\"", TNS_ERROR_FORMAT,
         "recipes[0].shade: expected parts of diluent to one of pigment such as \"12:1\", found "
         "\"1:32\""},
        {"a shade without number", "shade", "\":1\"", TNS_ERROR_FORMAT, "found \":1\""},
        {"a shade below 0", "shade", "\"-3:1\"", TNS_ERROR_FORMAT, "found \"-3:1\""},
        {"a shade of ten digits", "shade", "\"9999999999:1\"", TNS_ERROR_FORMAT,
         "found \"9999999999:1\""},
        {"no illuminant", "de00{", "{}", TNS_ERROR_FORMAT,
         "recipes[0].de00: expected 1 to 8 members, found 0"},
        {"no prediction", "predicted", NULL, TNS_ERROR_FORMAT,
         "recipes[0].predicted: expected an object"},
        {"a spectrum of text", "predicted{",
         "{\"schema\": \"tonsure/reading/1\", \"spectrum\": {\"start_nm\": 380, \"step_nm\": 10, "
         "\"values\": [\"\"]}}",
         TNS_ERROR_FORMAT, "recipes[0].predicted.spectrum.values[0]: expected a number"},
        {"a wanted spectrum of text", "values[", "[\"\"]", TNS_ERROR_FORMAT,
         "wanted.spectrum.values[0]: expected a number"},
        {"no weights", "weights{", "{}", TNS_ERROR_FORMAT,
         "weights: expected 1 to 8 members, found 0"},
        {"a version that is a number", "palette_version", "1", TNS_ERROR_FORMAT,
         "palette_version: expected a text"},
        {"a confidence of D", "confidence", "\"D\"", TNS_ERROR_FORMAT,
         "recipes[0].confidence: expected A, B or C, found \"D\""},
        {"odds cut short", "p_within", NULL, TNS_ERROR_FORMAT,
         "recipes[0].p_within: expected a number, found nothing"},
        {"a chance of 2", "p_darker", "2", TNS_ERROR_RANGE, "recipes[0].p_darker: expected 0 to 1"},
        {"moved by nothing known", "moved_by{", "{}", TNS_ERROR_FORMAT,
         "recipes[0].moved_by.pouring: expected a number"},
        {"one more of text", "one_more", "\"a bit\"", TNS_ERROR_FORMAT,
         "recipes[0].parts[0].one_more: expected a number, found a text"},
        {"a choice beyond the list", "surest", "3", TNS_ERROR_RANGE,
         "choices.surest: expected 1 to 2, found 3"},
        {"no closest", "closest", NULL, TNS_ERROR_FORMAT, "choices.closest: expected a number"},
        {"odds of no tolerance", "tolerance", NULL, TNS_ERROR_FORMAT,
         "odds.tolerance: expected a number"},
        {"left out by number", "leave_out[", "[7]", TNS_ERROR_FORMAT,
         "odds.leave_out[0]: expected a text, found a number"},
        {"missing nothing known", "in_gamut", "true, \"missing\": {}", TNS_ERROR_FORMAT,
         "missing.text: expected a text"},
        {"no best", "best_possible", NULL, TNS_ERROR_FORMAT, "best_possible: expected an object"},
        {"a best part of text", "best_possible{", "{\"objective\": 1, \"parts\": [\"\"]}",
         TNS_ERROR_FORMAT, "best_possible.parts[0]: expected an object, found a text"},
        {"no in_gamut", "in_gamut", NULL, TNS_ERROR_FORMAT,
         "in_gamut: expected true or false, found nothing"},
        {"an error of no known code", "in_gamut",
         "true, \"error\": {\"code\": \"bad luck\", \"text\": \"?\"}", TNS_ERROR_FORMAT,
         "error.code: expected usage, not-found"},
    };
    refuse_broken(EXAMPLE("match-1"), "tonsure/match/1", read_match, rows, COUNT(rows));
}
END_TEST

START_TEST(every_broken_error_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no error", "error", NULL, TNS_ERROR_FORMAT, "error: expected an object, found nothing"},
        {"an unknown code", "code", "\"use\"", TNS_ERROR_FORMAT, "or no-such, found \"use\""},
        {"no error at all", "code", "\"ok\"", TNS_ERROR_FORMAT, "found \"ok\""},
        {"no text", "text", NULL, TNS_ERROR_FORMAT, "error.text: expected a text"},
    };
    refuse_broken(EXAMPLE("error"), NULL, read_error, rows, COUNT(rows));
}
END_TEST

START_TEST(every_broken_list_of_palettes_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no palettes", "palettes", NULL, TNS_ERROR_FORMAT, "palettes: expected an array"},
        {"a palette of text", "palettes[", "[\"kimera\"]", TNS_ERROR_FORMAT,
         "palettes[0]: expected an object, found a text"},
        {"no name", "name", NULL, TNS_ERROR_FORMAT, "palettes[0].name: expected a text"},
        {"an unknown place", "place", "\"cloud\"", TNS_ERROR_FORMAT,
         "palettes[0].place: expected shipped or user, found \"cloud\""},
        {"no pigments", "pigments", "0", TNS_ERROR_RANGE,
         "palettes[0].pigments: expected 1 to 1000, found 0"},
        {"an unknown scale", "scale", "\"log\"", TNS_ERROR_FORMAT,
         "palettes[0].scale: expected relative or absolute"},
    };
    refuse_broken(EXAMPLE("palettes-1"), "tonsure/palettes/1", read_list, rows, COUNT(rows));
}
END_TEST

START_TEST(every_broken_check_of_a_palette_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no name", "name", NULL, TNS_ERROR_FORMAT, "name: expected a text"},
        {"ok as a text", "ok", "\"yes\"", TNS_ERROR_FORMAT, "ok: expected true or false"},
        {"no ok", "ok", NULL, TNS_ERROR_FORMAT, "ok: expected true or false"},
        {"sound without pigments", "pigments", NULL, TNS_ERROR_FORMAT,
         "pigments: expected a number"},
        {"broken without error", "ok", "false", TNS_ERROR_FORMAT, "error: expected an object"},
    };
    refuse_broken(EXAMPLE("palette-check-1"), "tonsure/palette-check/1", read_check, rows,
                  COUNT(rows));
}
END_TEST

START_TEST(every_broken_change_of_a_palette_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"an unknown action", "action", "\"melt\"", TNS_ERROR_FORMAT,
         "action: expected add or drop, found \"melt\""},
        {"no palette", "palette", NULL, TNS_ERROR_FORMAT, "palette: expected a text"},
        {"no pigment", "pigment", NULL, TNS_ERROR_FORMAT, "pigment: expected a text"},
        {"a drop of a glass", "drop_ml", "200", TNS_ERROR_RANGE, "drop_ml: expected 0.001 to 1"},
        {"a path of a number", "path", "7", TNS_ERROR_FORMAT, "path: expected a text"},
        {"no written", "written", NULL, TNS_ERROR_FORMAT, "written: expected true or false"},
        {"warnings of text", "warnings[", "\"none\"", TNS_ERROR_FORMAT,
         "warnings: expected an array"},
    };
    refuse_broken(EXAMPLE("palette-change-1"), "tonsure/palette-change/1", read_change, rows,
                  COUNT(rows));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("broken");
    TCase *tc = tcase_create("broken");
    tcase_add_test(tc, every_broken_comparison_is_refused_with_its_place);
    tcase_add_test(tc, every_broken_list_of_comparisons_is_refused_with_its_place);
    tcase_add_test(tc, every_broken_match_is_refused_with_its_place);
    tcase_add_test(tc, every_broken_error_is_refused_with_its_place);
    tcase_add_test(tc, every_broken_list_of_palettes_is_refused_with_its_place);
    tcase_add_test(tc, every_broken_check_of_a_palette_is_refused_with_its_place);
    tcase_add_test(tc, every_broken_change_of_a_palette_is_refused_with_its_place);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
