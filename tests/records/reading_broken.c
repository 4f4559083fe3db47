/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/records.h>

#include "support/testing.h"

#define SCHEMA "{\"schema\":\"tonsure/reading/1\","
#define WITH_LAB SCHEMA "\"lab\":{\"L\":50,\"a\":1,\"b\":2},"
#define VALUES "0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1"
#define SPECTRUM(head, values) SCHEMA "\"spectrum\":{" head ",\"values\":[" values "]}}"
#define GRID "\"start_nm\":380,\"step_nm\":10"

static const struct {
    const char *label, *text;
    tns_code code;
    const char *says;
} rows[] = {
    {"nothing", "", TNS_ERROR_FORMAT, "not JSON"},
    {"prose", "the hair is brown", TNS_ERROR_FORMAT, "not JSON"},
    {"cut short", "{\"schema\":\"tonsure/reading/1\",\"lab\":{\"L\":50,", TNS_ERROR_FORMAT,
     "not JSON"},
    {"two documents", SCHEMA "\"lab\":{\"L\":5,\"a\":0,\"b\":0}} {}", TNS_ERROR_FORMAT, "not JSON"},
    {"a comment", "// hair\n" SCHEMA "\"lab\":{\"L\":5,\"a\":0,\"b\":0}}", TNS_ERROR_FORMAT,
     "line 1, column 1: not JSON"},
    {"a list", "[1,2,3]", TNS_ERROR_FORMAT, "expected an object, found an array"},
    {"a number", "7", TNS_ERROR_FORMAT, "expected an object, found a number"},
    {"no schema", "{\"lab\":{\"L\":5,\"a\":0,\"b\":0}}", TNS_ERROR_FORMAT,
     "schema: expected a text, found nothing"},
    {"a later schema", "{\"schema\":\"tonsure/reading/2\"}", TNS_ERROR_UNSUPPORTED,
     "schema: expected \"tonsure/reading/1\", found \"tonsure/reading/2\""},
    {"a palette", "{\"schema\":\"tonsure/palette/1\"}", TNS_ERROR_UNSUPPORTED,
     "found \"tonsure/palette/1\""},
    {"neither spectrum nor lab", SCHEMA "\"site\":\"crown\"}", TNS_ERROR_FORMAT,
     "expected \"spectrum\" or \"lab\", found neither"},
    {"both null", SCHEMA "\"lab\":null,\"spectrum\":null}", TNS_ERROR_FORMAT, "found neither"},
    {"a repeated key", SCHEMA "\"lab\":{\"L\":50,\"L\":51,\"a\":1,\"b\":2}}", TNS_ERROR_FORMAT,
     "duplicate object key"},
    {"NaN", SCHEMA "\"lab\":{\"L\":NaN,\"a\":1,\"b\":2}}", TNS_ERROR_FORMAT, "not JSON"},
    {"beyond doubles", SCHEMA "\"lab\":{\"L\":1e999,\"a\":1,\"b\":2}}", TNS_ERROR_FORMAT,
     "not JSON"},
    {"L 200", SCHEMA "\"lab\":{\"L\":200,\"a\":1,\"b\":2}}", TNS_ERROR_RANGE,
     "lab.L: expected 0 to 100, found 200"},
    {"L below black", SCHEMA "\"lab\":{\"L\":-1,\"a\":1,\"b\":2}}", TNS_ERROR_RANGE, "lab.L:"},
    {"a* of 151", SCHEMA "\"lab\":{\"L\":50,\"a\":151,\"b\":2}}", TNS_ERROR_RANGE, "lab.a:"},
    {"a decimal comma as text", SCHEMA "\"lab\":{\"L\":\"42,1\",\"a\":1,\"b\":2}}",
     TNS_ERROR_FORMAT, "lab.L: expected a number, found a text"},
    {"a decimal comma bare", SCHEMA "\"lab\":{\"L\":42,1,\"a\":1,\"b\":2}}", TNS_ERROR_FORMAT,
     "not JSON"},
    {"no b*", SCHEMA "\"lab\":{\"L\":50,\"a\":1}}", TNS_ERROR_FORMAT,
     "lab.b: expected a number, found nothing"},
    {"lab as a list", SCHEMA "\"lab\":[50,1,2]}", TNS_ERROR_FORMAT,
     "lab: expected an object, found an array"},
    {"an observer of 5", SCHEMA "\"lab\":{\"L\":50,\"a\":1,\"b\":2,\"observer\":\"5\"}}",
     TNS_ERROR_FORMAT, "lab.observer: expected \"2\" or \"10\""},
    {"an illuminant of 40 letters",
     SCHEMA "\"lab\":{\"L\":50,\"a\":1,\"b\":2,"
            "\"illuminant\":\"abcdefghijabcdefghijabcdefghijabcdefghij\"}}",
     TNS_ERROR_FORMAT, "lab.illuminant: expected at most 31 bytes, found 40"},
    {"an unknown what", WITH_LAB "\"what\":\"beard\"}", TNS_ERROR_FORMAT,
     "what: expected dot, area, skin, strand or ink, found \"beard\""},
    {"an unknown hair", WITH_LAB "\"hair\":\"curly\"}", TNS_ERROR_FORMAT,
     "hair: expected shaved, clipped, wet, long or none, found \"curly\""},
    {"an empty word", WITH_LAB "\"what\":\"\"}", TNS_ERROR_FORMAT, "what: expected dot"},
    {"an unknown source", WITH_LAB "\"source\":{\"kind\":\"guess\"}}", TNS_ERROR_FORMAT,
     "source.kind: expected instrument, photo, file, typed or predicted, found \"guess\""},
    {"specular as a boolean", WITH_LAB "\"source\":{\"specular\":true}}", TNS_ERROR_FORMAT,
     "source.specular: expected a text, found true or false"},
    {"an aperture of a metre", WITH_LAB "\"source\":{\"aperture_mm\":1000}}", TNS_ERROR_RANGE,
     "source.aperture_mm: expected 0 to 200, found 1000"},
    {"an id of a number", WITH_LAB "\"id\":17}", TNS_ERROR_FORMAT,
     "id: expected a text, found a number"},
    {"repeats of none", WITH_LAB "\"repeats\":{\"n\":0}}", TNS_ERROR_RANGE, "repeats.n:"},
    {"half a repeat", WITH_LAB "\"repeats\":{\"n\":2.5}}", TNS_ERROR_FORMAT,
     "repeats.n: expected a whole number, found 2.5"},
    {"an uncertainty below 0", WITH_LAB "\"uncertainty\":{\"L\":-1,\"a\":1,\"b\":1}}",
     TNS_ERROR_RANGE, "uncertainty.L:"},
    {"a covariance of five",
     WITH_LAB "\"uncertainty\":{\"L\":1,\"a\":1,\"b\":1,\"covariance\":[1,0,0,1,0]}}",
     TNS_ERROR_FORMAT, "uncertainty.covariance: expected 6 numbers, found 5"},
    {"warnings as a text", WITH_LAB "\"warnings\":\"wet\"}", TNS_ERROR_FORMAT,
     "warnings: expected an array, found a text"},
    {"a warning of a number", WITH_LAB "\"warnings\":[\"wet\",1]}", TNS_ERROR_FORMAT,
     "warnings[1]: expected a text, found a number"},

    {"a spectrum of texts", SPECTRUM(GRID, VALUES ",\"0.2\""), TNS_ERROR_FORMAT,
     "spectrum.values[10]: expected a number, found a text"},
    {"a spectrum with null", SPECTRUM(GRID, VALUES ",null"), TNS_ERROR_FORMAT,
     "spectrum.values[10]: expected a number, found nothing"},
    {"a spectrum with NaN", SPECTRUM(GRID, VALUES ",NaN"), TNS_ERROR_FORMAT, "not JSON"},
    {"per cent", SPECTRUM(GRID, "10,11,12"), TNS_ERROR_RANGE,
     "spectrum.values[0]: expected -0.02 to 1.3, found 10"},
    {"no values", SPECTRUM(GRID, ""), TNS_ERROR_FORMAT, "spectrum: "},
    {"two values", SPECTRUM(GRID, "0.1,0.2"), TNS_ERROR_FORMAT, "spectrum: "},
    {"ten values where the visible takes more", SPECTRUM(GRID, VALUES), TNS_ERROR_RANGE,
     "spectrum: "},
    {"31 numbers whose grid leaves 2500 nm",
     SPECTRUM("\"start_nm\":1000,\"step_nm\":50", VALUES "," VALUES "," VALUES ",0.1"),
     TNS_ERROR_RANGE, "spectrum: "},
    {"no step", SPECTRUM("\"start_nm\":380", VALUES), TNS_ERROR_FORMAT,
     "spectrum.step_nm: expected a number, found nothing"},
    {"a step of 0", SPECTRUM("\"start_nm\":380,\"step_nm\":0", VALUES), TNS_ERROR_RANGE,
     "spectrum.step_nm: expected 0.1 to 50, found 0"},
    {"micrometres", SPECTRUM("\"start_nm\":0.38,\"step_nm\":10", VALUES), TNS_ERROR_RANGE,
     "spectrum.start_nm: expected 200 to 1000, found 0.38"},
    {"values as an object", SCHEMA "\"spectrum\":{" GRID ",\"values\":{}}}", TNS_ERROR_FORMAT,
     "spectrum.values: expected an array, found an object"},
};

static void refused(const char *label, const char *text, size_t length, tns_code code,
                    const char *says)
{
    tns_reading r;
    tns_error err = {0};
    ck_assert_msg(!tns_reading_parse(text, length, "r.json", &r, &err), "%s was read", label);
    ck_assert_msg(err.code == code, "%s: %s: %s", label, tns_code_name(err.code), err.text);
    ck_assert_msg(strncmp(err.text, "r.json: ", 8) == 0, "%s: %s", label, err.text);
    ck_assert_msg(strstr(err.text, says) != NULL, "%s: %s", label, err.text);
}

START_TEST(every_broken_reading_is_refused_with_its_place)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        refused(rows[i].label, rows[i].text, strlen(rows[i].text), rows[i].code, rows[i].says);
}
END_TEST

START_TEST(a_nul_does_not_end_the_document)
{
    static const char inside[] = SCHEMA "\"lab\":{\"L\":50,\"a\":1,\"b\":2}}\0x";
    refused("NUL behind", inside, sizeof inside - 1, TNS_ERROR_FORMAT, "not JSON");
    static const char escaped[] = WITH_LAB "\"id\":\"a\\u0000b\"}";
    refused("NUL escaped", escaped, sizeof escaped - 1, TNS_ERROR_FORMAT, "not JSON");
}
END_TEST

START_TEST(a_text_that_is_not_utf8_is_refused)
{
    static const char latin1[] = WITH_LAB "\"site\":\"Sch\xE4"
                                          "del\"}";
    refused("Latin-1", latin1, sizeof latin1 - 1, TNS_ERROR_FORMAT, "not JSON");
}
END_TEST

/* `count` times `piece` between `head` and `tail`. */
static char *repeated(const char *head, const char *piece, size_t count, const char *tail)
{
    size_t n = strlen(piece);
    char *text = malloc(strlen(head) + n * count + strlen(tail) + 1);
    ck_assert_ptr_nonnull(text);
    char *end = text + strlen(strcpy(text, head));
    for (size_t i = 0; i < count; i++, end += n)
        memcpy(end, piece, n);
    strcpy(end, tail);
    return text;
}

START_TEST(a_huge_array_is_refused_before_it_is_stored)
{
    char *text = repeated(SCHEMA "\"spectrum\":{" GRID ",\"values\":[0.1", ",0.1", 200000, "]}}");
    refused("200 001 values", text, strlen(text), TNS_ERROR_FORMAT,
            "spectrum.values: expected at most 512 numbers, found 200001");
    free(text);
}
END_TEST

START_TEST(deep_nesting_is_refused_and_not_followed)
{
    char *text = repeated("", "[", 100000, "");
    refused("100 000 brackets", text, strlen(text), TNS_ERROR_FORMAT, "not JSON");
    free(text);
}
END_TEST

START_TEST(a_sentence_too_long_for_a_warning_is_named)
{
    char *text = repeated(WITH_LAB "\"warnings\":[\"", "x", 300, "\"]}");
    refused("300 letters", text, strlen(text), TNS_ERROR_FORMAT,
            "warnings[0]: expected at most 199 bytes, found 300");
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("reading_broken");
    TCase *tc = tcase_create("reading_broken");
    tcase_add_test(tc, every_broken_reading_is_refused_with_its_place);
    tcase_add_test(tc, a_nul_does_not_end_the_document);
    tcase_add_test(tc, a_text_that_is_not_utf8_is_refused);
    tcase_add_test(tc, a_huge_array_is_refused_before_it_is_stored);
    tcase_add_test(tc, deep_nesting_is_refused_and_not_followed);
    tcase_add_test(tc, a_sentence_too_long_for_a_warning_is_named);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
