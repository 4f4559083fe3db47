/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The correction's record: the example that the command made, rarer forms, broken ones. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/records.h>

#include "base/json.h"
#include "records/broken.h"
#include "support/testing.h"

#define EXAMPLE "docs/schema/examples/correct-1.json"

typedef struct example {
    char *text;
    size_t length;
    tns_json *json;
    tns_correct_record *record;
} example;

static example open_example(void)
{
    example e;
    tns_error err = {0};
    e.text = project_file(EXAMPLE, &e.length);
    e.json = tns_json_parse(e.text, e.length, "c.json", &err);
    e.record = tns_correct_parse(e.text, e.length, "c.json", &err);
    ck_assert_msg(e.json && e.record, "%s", err.text);
    return e;
}

static void close_example(example *e)
{
    tns_correct_record_destroy(e->record);
    tns_json_destroy(e->json);
    free(e->text);
}

/* "additions.0.parts.1.ml" in the document. */
static tns_json_at find(const example *e, const char *path)
{
    char copy[80], *rest = copy;
    tns_json_at at = tns_json_root(e->json, "c.json");
    ck_assert_uint_lt(strlen(path), sizeof copy);
    strcpy(copy, path);
    for (char *word = strtok_r(copy, ".", &rest); word; word = strtok_r(NULL, ".", &rest)) {
        bool digits = strspn(word, "0123456789") == strlen(word);
        at = digits ? tns_json_item(&at, strtoul(word, NULL, 10)) : tns_json_member(&at, word);
    }
    return at;
}

START_TEST(every_number_that_is_read_is_the_documents)
{
    example e = open_example();
    const tns_correct_record *c = e.record;
    ck_assert_uint_eq(c->part_count, 3);
    ck_assert_uint_eq(c->addition_count, 2);
    const tns_addition_record *second = &c->additions[1];
    const struct {
        const char *path;
        double value;
    } rows[] = {
        {"surface.load", c->surface.load},
        {"recipe.0.amount", c->parts[0].nominal},
        {"recipe.0.effective", c->parts[0].effective},
        {"recipe.1.factor", c->parts[1].factor},
        {"recipe.1.factor_sd", c->parts[1].factor_sd},
        {"recipe.2.spread", c->parts[2].spread},
        {"residual.rmse", c->residual.rmse},
        {"residual.ratio", c->residual.ratio},
        {"residual.de00", c->residual.de00},
        {"residual.worst_nm", c->residual.worst_nm},
        {"residual.worst", c->residual.worst},
        {"residual.expected", c->residual.expected},
        {"now.de00.D65", c->measured_de00[0]},
        {"now.de00.F11", c->measured_de00[2]},
        {"now.nothing_added.objective", c->nothing.objective},
        {"now.nothing_added.de00.A", c->nothing.de00[1]},
        {"now.nothing_added.predicted.lab.L", c->nothing.predicted.color.lab.L},
        {"additions.1.parts.0.drops", second->parts[0].units},
        {"additions.1.parts.0.fraction", second->parts[0].fraction},
        {"additions.1.parts.0.ml", second->parts[0].ml},
        {"additions.1.parts.0.g", second->parts[0].g},
        {"additions.1.drops", second->units},
        {"additions.1.objective", second->objective},
        {"additions.1.de00.D65", second->de00[0]},
        {"additions.1.predicted.spectrum.values.7", second->predicted.spectrum.value[7]},
        {"margin", c->margin},
        {"search.pigments", (double)c->pigments},
        {"search.evaluated", (double)c->evaluated},
        {"measured.lab.b", c->measured.color.lab.b},
        {"target.spectrum.values.35", c->target.spectrum.value[35]},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double expected = NAN;
        tns_error err = {0};
        tns_json_at at = find(&e, rows[i].path);
        ck_assert_msg(tns_json_number(&at, -1e9, 1e9, &expected, &err), "%s", err.text);
        CHECK_NEAR(rows[i].path, rows[i].value, expected, 0);
    }
    close_example(&e);
}
END_TEST

START_TEST(every_text_and_truth_that_is_read_is_the_documents)
{
    example e = open_example();
    const tns_correct_record *c = e.record;
    const struct {
        const char *path, *value;
    } rows[] = {
        {"palette", c->palette},
        {"surface.name", c->surface.name},
        {"surface.load_unit", c->surface.load_unit},
        {"answer", c->sentence},
        {"recipe.2.pigment", c->parts[2].pigment},
        {"additions.0.parts.0.pigment", c->additions[0].parts[0].pigment},
        {"target.warnings.0", c->target.warnings.text[0]},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char expected[512];
        tns_error err = {0};
        tns_json_at at = find(&e, rows[i].path);
        ck_assert_msg(tns_json_text(&at, expected, sizeof expected, &err), "%s", err.text);
        ck_assert_str_eq(rows[i].value, expected);
    }
    ck_assert_uint_eq(c->viewing_count, 3);
    ck_assert_str_eq(c->illuminant[0], "D65");
    ck_assert_str_eq(c->illuminant[2], "F11");
    ck_assert(!c->refused && !c->from_color && c->exact && c->within_tolerance);
    ck_assert(!c->better_with_more && c->additions[0].equally_good);
    ck_assert(!c->suspect[0] && !c->reason[0] && c->failure.code == TNS_OK);
    ck_assert_int_eq(c->unit.kind, TNS_UNIT_DROP);
    close_example(&e);
}
END_TEST

/* A pot with a wrong ink in it, read as a color alone; a later member is passed over. */
static const char wrong_ink[] =
    "{\"schema\":\"tonsure/correct/1\",\"later\":{},"
    "\"measured\":{\"schema\":\"tonsure/reading/1\",\"lab\":{\"L\":30,\"a\":1,\"b\":2}},"
    "\"target\":{\"schema\":\"tonsure/reading/1\",\"lab\":{\"L\":40,\"a\":1,\"b\":2}},"
    "\"palette\":\"kimera\",\"surface\":{\"kind\":\"opaque\",\"name\":\"opaque\"},"
    "\"unit\":{\"kind\":\"g\",\"size\":0.01},\"answer\":\"Add nothing\",\"status\":\"refused\","
    "\"reason\":\"another ink\",\"suspect\":{\"pigment\":\"violet\",\"amount\":0.5},"
    "\"recipe\":[{\"pigment\":\"red\",\"amount\":2,\"effective\":3,\"factor\":1.5,"
    "\"factor_sd\":0.1,\"spread\":0.1}],"
    "\"residual\":{\"of\":\"color\",\"rmse\":4,\"ratio\":9,\"de00\":5},"
    "\"now\":{\"de00\":{\"D50\":9},\"nothing_added\":{\"objective\":8,\"de00\":{\"D50\":8},"
    "\"predicted\":{\"schema\":\"tonsure/reading/1\",\"lab\":{\"L\":31,\"a\":1,\"b\":2}}}},"
    "\"additions\":[],\"margin\":0,\"search\":{\"pigments\":3,\"evaluated\":0,\"exact\":false},"
    "\"left_out\":[{\"pigment\":\"blue\",\"why\":\"named\"}],"
    "\"within_tolerance\":false,\"better_with_more\":false,"
    "\"error\":{\"code\":\"wrong-ink\",\"text\":\"correct: another ink\"}}";

START_TEST(a_refused_correction_is_read_with_its_reason)
{
    tns_error err = {0};
    tns_correct_record *c = tns_correct_parse(wrong_ink, strlen(wrong_ink), "c.json", &err);
    ck_assert_msg(c != NULL, "%s", err.text);
    ck_assert(c->refused && c->from_color && !c->exact);
    ck_assert_str_eq(c->reason, "another ink");
    ck_assert_str_eq(c->suspect, "violet");
    CHECK_NEAR("suspect", c->suspect_amount, 0.5, 0);
    CHECK_NEAR("unit", c->unit.size, 0.01, 0);
    CHECK_NEAR("residual", c->residual.rmse, 4, 0);
    ck_assert_uint_eq(c->addition_count, 0);
    ck_assert_uint_eq(c->left_out_count, 1);
    ck_assert_str_eq(c->left_out[0].pigment, "blue");
    ck_assert_int_eq(c->failure.code, TNS_ERROR_WRONG_INK);
    tns_correct_record_destroy(c);
    tns_correct_record_destroy(NULL);
}
END_TEST

static bool read_correct(const char *text, size_t length, tns_error *err)
{
    tns_correct_record *c = tns_correct_parse(text, length, "r.json", err);
    tns_correct_record_destroy(c);
    return c != NULL;
}

START_TEST(every_broken_correction_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no target", "target", NULL, TNS_ERROR_FORMAT, "target: expected an object"},
        {"an unknown surface", "surface{", "{\"kind\": \"skin\"}", TNS_ERROR_FORMAT,
         "surface.kind: expected opaque, film or healed"},
        {"no unit", "unit", NULL, TNS_ERROR_FORMAT, "unit: expected an object"},
        {"an unknown status", "status", "\"maybe\"", TNS_ERROR_FORMAT,
         "status: expected advised or refused, found \"maybe\""},
        {"a recipe of text", "recipe[", "[\"3 black\"]", TNS_ERROR_FORMAT,
         "recipe[0]: expected an object"},
        {"a recipe of nine parts", "recipe[", "[1, 2, 3, 4, 5, 6, 7, 8, 9]", TNS_ERROR_FORMAT,
         "recipe: expected at most 8, found 9"},
        {"a factor below 0", "factor", "-1", TNS_ERROR_RANGE, "recipe[0].factor: expected 0 to"},
        {"a residual of nothing known", "of", "\"smell\"", TNS_ERROR_FORMAT,
         "residual.of: expected spectrum or color"},
        {"no residual", "residual", NULL, TNS_ERROR_FORMAT, "residual: expected an object"},
        {"no now", "now", NULL, TNS_ERROR_FORMAT, "now: expected an object"},
        {"nothing of nothing", "nothing_added", NULL, TNS_ERROR_FORMAT,
         "now.nothing_added: expected an object"},
        {"no prediction", "predicted", NULL, TNS_ERROR_FORMAT,
         "now.nothing_added.predicted: expected an object"},
        {"additions of text", "additions[", "[\"water\"]", TNS_ERROR_FORMAT,
         "additions[0]: expected an object"},
        {"ranks out of order", "rank", "2", TNS_ERROR_RANGE, "additions[0].rank:"},
        {"a part without id", "parts[", "[{\"drops\": 1}]", TNS_ERROR_FORMAT,
         "additions[0].parts[0].pigment: expected a text"},
        {"equal as a number", "equally_good", "1", TNS_ERROR_FORMAT,
         "additions[0].equally_good: expected true or false"},
        {"no margin", "margin", NULL, TNS_ERROR_FORMAT, "margin: expected a number"},
        {"half an addition tried", "evaluated", "3.5", TNS_ERROR_FORMAT,
         "search.evaluated: expected a whole number"},
        {"left out by number", "left_out[", "[7]", TNS_ERROR_FORMAT,
         "left_out[0]: expected an object"},
        {"no verdict", "within_tolerance", NULL, TNS_ERROR_FORMAT,
         "within_tolerance: expected true or false"},
    };
    refuse_broken(EXAMPLE, "tonsure/correct/1", read_correct, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(differences_under_other_lamps_than_the_records_are_refused)
{
    char text[sizeof wrong_ink];
    tns_error err = {0};
    strcpy(text, wrong_ink);
    memcpy(strstr(text, "\"D50\":8"), "\"D55\":8", 7);
    ck_assert(!read_correct(text, strlen(text), &err));
    ck_assert_msg(strstr(err.text, "now.nothing_added.de00: expected the same illuminants") != NULL,
                  "%s", err.text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("correct");
    TCase *tc = tcase_create("correct");
    tcase_add_test(tc, every_number_that_is_read_is_the_documents);
    tcase_add_test(tc, every_text_and_truth_that_is_read_is_the_documents);
    tcase_add_test(tc, a_refused_correction_is_read_with_its_reason);
    tcase_add_test(tc, every_broken_correction_is_refused_with_its_place);
    tcase_add_test(tc, differences_under_other_lamps_than_the_records_are_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
