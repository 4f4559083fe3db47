/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "support/testing.h"

START_TEST(broken_documents_are_refused_by_line)
{
    static const struct {
        const char *label, *text;
        size_t length; /* 0 = up to the NUL */
        const char *says;
    } rows[] = {
        {"nothing", "", 0, "t.json: line 1, "},
        {"blanks", " \n ", 0, "t.json: line 2, "},
        {"text instead", "hello", 0, "not JSON"},
        {"an image", "\x89PNG\r\n\x1A\n", 0, "not JSON"},
        {"cut short", "{\"a\": [1, 2", 0, "not JSON"},
        {"comma at the end", "{\"a\": 1,}", 0, "not JSON"},
        {"comma missing", "{\"a\": 1\n\"b\": 2}", 0, "t.json: line 2, "},
        {"repeated key", "{\"a\": 1,\n \"a\": 2}", 0, "duplicate object key"},
        {"something after the end", "{}\n{}", 0, "t.json: line 2, "},
        {"NaN", "{\"a\": NaN}", 0, "not JSON"},
        {"infinity", "[-Infinity]", 0, "not JSON"},
        {"number too large", "[1e999]", 0, "not JSON"},
        {"whole number too large", "[99999999999999999999]", 0, "not JSON"},
        {"decimal comma", "{\"a\": 1,5}", 0, "not JSON"},
        {"leading zero", "[012]", 0, "not JSON"},
        {"hexadecimal", "[0x10]", 0, "not JSON"},
        {"single quotes", "{'a': 1}", 0, "not JSON"},
        {"comment", "{} // end", 0, "not JSON"},
        {"latin-1", "[\"gr\xFC\xDF\"]", 0, "not JSON"},
        {"overlong UTF-8", "[\"\xC0\x80\"]", 0, "not JSON"},
        {"half a surrogate pair", "[\"\\uD800\"]", 0, "not JSON"},
        {"NUL escaped", "[\"a\\u0000b\"]", 0, "not JSON"},
        {"NUL between", "[1,\0002]", 6, "not JSON"},
        {"NUL at the end", "[1]\0", 4, "not JSON"},
        {"newline in a text", "[\"a\nb\"]", 0, "not JSON"},
        {"UTF-16", "\xFF\xFE[\0]\0", 6, "not JSON"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        size_t length = rows[i].length ? rows[i].length : strlen(rows[i].text);
        ck_assert_msg(tns_json_parse(rows[i].text, length, "t.json", &err) == NULL, "%s: accepted",
                      rows[i].label);
        ck_assert_int_eq(err.code, TNS_ERROR_FORMAT);
        ck_assert_msg(strncmp(err.text, "t.json: line ", 13) == 0, "%s: %s", rows[i].label,
                      err.text);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s: %s", rows[i].label, err.text);
    }
}
END_TEST

START_TEST(deep_nesting_is_refused_and_does_no_harm)
{
    enum { DEPTH = 200000 };
    char *text = malloc(DEPTH);
    memset(text, '[', DEPTH);
    tns_error err = {0};
    ck_assert(tns_json_parse(text, DEPTH, "deep.json", &err) == NULL);
    ck_assert_int_eq(err.code, TNS_ERROR_FORMAT);
    for (size_t i = 0; i + 5 <= DEPTH; i += 5)
        memcpy(text + i, "{\"a\":", 5);
    ck_assert(tns_json_parse(text, DEPTH, "deep.json", &err) == NULL);
    free(text);
}
END_TEST

START_TEST(sound_documents_are_read)
{
    static const char *const texts[] = {
        "{}", "[]", " [1] ", "1", "\"a\"", "null", "\xEF\xBB\xBF{\"a\": 1}", "{\"a\":\r\n1}\r\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        tns_error err = {0};
        tns_json *json = tns_json_parse(texts[i], strlen(texts[i]), "t.json", &err);
        ck_assert_msg(json != NULL, "%s: %s", texts[i], err.text);
        tns_json_destroy(json);
    }
    tns_json_destroy(NULL);
}
END_TEST

static const char sample[] =
    "{\"name\": \"red\", \"n\": 3, \"x\": 2.5, \"on\": true, \"none\": null,"
    " \"list\": [{\"K\": [1, 2, \"3\"]}, [], 7], \"kind\": \"film\"}";

static tns_json *parse_sample(void)
{
    tns_json *json = tns_json_parse(sample, strlen(sample), "s.json", NULL);
    ck_assert(json != NULL);
    return json;
}

START_TEST(a_place_is_named_the_way_one_would_write_it)
{
    tns_json *json = parse_sample();
    tns_json_at root = tns_json_root(json, "s.json");
    tns_json_at list = tns_json_member(&root, "list");
    tns_json_at item = tns_json_item(&list, 0);
    tns_json_at K = tns_json_member(&item, "K");
    tns_json_at third = tns_json_item(&K, 2);
    ck_assert_str_eq(third.path, "list[0].K[2]");
    tns_error err = {0};
    double value;
    ck_assert(!tns_json_number(&third, 0, 1, &value, &err));
    ck_assert_str_eq(err.text, "s.json: list[0].K[2]: expected a number, found a text");
    ck_assert(!tns_json_expect_array(&root, &err));
    ck_assert_str_eq(err.text, "s.json: expected an array, found an object");
    tns_json_destroy(json);
}
END_TEST

START_TEST(what_is_absent_or_null_is_not_there)
{
    tns_json *json = parse_sample();
    tns_json_at root = tns_json_root(json, "s.json");
    tns_json_at gone = tns_json_member(&root, "gone");
    tns_json_at below = tns_json_member(&gone, "a");
    tns_json_at beyond = tns_json_item(&root, 4);
    ck_assert(!tns_json_has(&root, "gone") && !tns_json_has(&root, "none"));
    ck_assert(tns_json_has(&root, "n") && !tns_json_has(&gone, "n"));
    ck_assert(!gone.node && !below.node && !beyond.node);
    ck_assert_str_eq(below.path, "gone.a");
    ck_assert_uint_eq(tns_json_size(&gone), 0);
    ck_assert_uint_eq(tns_json_size(&root), 7);
    tns_json_destroy(json);
}
END_TEST

START_TEST(optional_members_leave_what_was_there)
{
    static const char *const words[] = {"opaque", "film"};
    tns_json *json = parse_sample();
    tns_json_at root = tns_json_root(json, "s.json");
    tns_error err = {0};
    double x = -1;
    int n = -1, kind = -1;
    bool on = false;
    char text[8] = "was";
    ck_assert(tns_json_opt_number(&root, "gone", 0, 9, &x, &err) && x == -1);
    ck_assert(tns_json_opt_number(&root, "none", 0, 9, &x, &err) && x == -1);
    ck_assert(tns_json_opt_number(&root, "x", 0, 9, &x, &err) && x == 2.5);
    ck_assert(tns_json_opt_integer(&root, "gone", 0, 9, &n, &err) && n == -1);
    ck_assert(tns_json_opt_integer(&root, "n", 0, 9, &n, &err) && n == 3);
    ck_assert(tns_json_opt_bool(&root, "gone", &on, &err) && !on);
    ck_assert(tns_json_opt_bool(&root, "on", &on, &err) && on);
    ck_assert(tns_json_opt_text(&root, "gone", text, sizeof text, &err));
    ck_assert_str_eq(text, "was");
    ck_assert(tns_json_opt_text(&root, "name", text, sizeof text, &err));
    ck_assert_str_eq(text, "red");
    ck_assert(tns_json_opt_choice(&root, "gone", words, 2, &kind, &err) && kind == -1);
    ck_assert(tns_json_opt_choice(&root, "kind", words, 2, &kind, &err) && kind == 1);
    tns_json_destroy(json);
}
END_TEST

START_TEST(an_objects_members_are_met_in_the_documents_order)
{
    static const char text[] = "{\"of\": {\"F11\": 1, \"A\": null, \"D65\": 3}}";
    static const char *const keys[] = {"F11", "A", "D65"};
    tns_error err = {0};
    tns_json *json = tns_json_parse(text, sizeof text - 1, "s.json", &err);
    tns_json_at root = tns_json_root(json, "s.json"), of = tns_json_member(&root, "of");
    ck_assert_uint_eq(tns_json_size(&of), 3);
    for (size_t i = 0; i < 3; i++) {
        const char *key;
        tns_json_at entry = tns_json_entry(&of, i, &key);
        ck_assert_str_eq(key, keys[i]);
        ck_assert_msg((entry.node != NULL) == (i != 1), "%s", key);
        ck_assert_str_eq(strrchr(entry.path, '.') + 1, key);
    }
    tns_json_destroy(json);
}
END_TEST

/* One getter a letter, on the member of that name. */
static bool get(char getter, const tns_json_at *root, const char *key, tns_error *err)
{
    static const char *const words[] = {"opaque", "healed", "dot"};
    double number, numbers[2];
    int integer;
    bool truth;
    char text[4];
    switch (getter) {
    case 'n':
        return tns_json_get_number(root, key, 0, 2, &number, err);
    case 'N':
        return tns_json_get_numbers(root, key, 0, 2, numbers, 2, err);
    case 'i':
        return tns_json_get_integer(root, key, 0, 2, &integer, err);
    case 'b':
        return tns_json_opt_bool(root, key, &truth, err);
    case 't':
        return tns_json_get_text(root, key, text, sizeof text, err);
    default:
        return tns_json_get_choice(root, key, words, 3, &integer, err);
    }
}

START_TEST(a_member_of_the_wrong_kind_is_refused_by_name)
{
    static const struct {
        char getter;
        const char *key, *says;
    } rows[] = {
        {'n', "gone", "s.json: gone: expected a number, found nothing"},
        {'n', "none", "s.json: none: expected a number, found nothing"},
        {'n', "name", "s.json: name: expected a number, found a text"},
        {'n', "x", "s.json: x: expected 0 to 2, found 2.5"},
        {'N', "n", "s.json: n: expected an array, found a number"},
        {'N', "list", "s.json: list: expected 2 numbers, found 3"},
        {'i', "n", "s.json: n: expected 0 to 2, found 3"},
        {'i', "on", "s.json: on: expected a number, found true or false"},
        {'b', "n", "s.json: n: expected true or false, found a number"},
        {'t', "list", "s.json: list: expected a text, found an array"},
        {'t', "kind", "s.json: kind: expected at most 3 bytes, found 4"},
        {'c', "gone", "s.json: gone: expected a text, found nothing"},
        {'c', "kind", "s.json: kind: expected opaque, healed or dot, found \"film\""},
    };
    tns_json *json = parse_sample();
    tns_json_at root = tns_json_root(json, "s.json");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        ck_assert_msg(!get(rows[i].getter, &root, rows[i].key, &err), "%s", rows[i].says);
        ck_assert_msg(strcmp(err.text, rows[i].says) == 0, "expected %s\nfound    %s", rows[i].says,
                      err.text);
    }
    tns_json_destroy(json);
}
END_TEST

START_TEST(a_fraction_is_no_whole_number)
{
    tns_json *json = parse_sample();
    tns_json_at root = tns_json_root(json, "s.json");
    tns_error err = {0};
    int n = 0;
    ck_assert(!tns_json_get_integer(&root, "x", 0, 9, &n, &err));
    ck_assert_str_eq(err.text, "s.json: x: expected a whole number, found 2.5");
    tns_json_destroy(json);
}
END_TEST

START_TEST(a_very_long_path_is_cut_and_does_no_harm)
{
    char key[300];
    memset(key, 'k', sizeof key - 1);
    key[sizeof key - 1] = '\0';
    tns_json *json = parse_sample();
    tns_json_at root = tns_json_root(json, "s.json");
    tns_json_at at = tns_json_member(&root, key);
    ck_assert_uint_eq(strlen(at.path), sizeof at.path - 1);
    tns_error err = {0};
    ck_assert(!tns_json_expect_object(&at, &err));
    tns_json_destroy(json);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json");
    TCase *tc = tcase_create("json");
    tcase_add_test(tc, broken_documents_are_refused_by_line);
    tcase_add_test(tc, deep_nesting_is_refused_and_does_no_harm);
    tcase_add_test(tc, sound_documents_are_read);
    tcase_add_test(tc, a_place_is_named_the_way_one_would_write_it);
    tcase_add_test(tc, what_is_absent_or_null_is_not_there);
    tcase_add_test(tc, optional_members_leave_what_was_there);
    tcase_add_test(tc, an_objects_members_are_met_in_the_documents_order);
    tcase_add_test(tc, a_member_of_the_wrong_kind_is_refused_by_name);
    tcase_add_test(tc, a_fraction_is_no_whole_number);
    tcase_add_test(tc, a_very_long_path_is_cut_and_does_no_harm);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
