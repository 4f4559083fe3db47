/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "support/testing.h"

/* Takes the node and compares its text. */
static void check_line(const char *label, tns_json *json, const char *expected)
{
    char *text = tns_json_write_line(json);
    ck_assert_msg(text != NULL, "%s: nothing written", label);
    ck_assert_msg(strcmp(text, expected) == 0, "%s: expected %s, found %s", label, expected, text);
    free(text);
    tns_json_destroy(json);
}

START_TEST(a_number_is_written_as_short_as_it_can_be_told)
{
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {0.1, "[0.1]"},
        {0.1 + 0.2, "[0.3]"},
        {1, "[1]"},
        {2.0000000000000004, "[2]"}, /* so that it reads, and is written, again as it was */
        {-0.0, "[0]"},
        {1e14, "[100000000000000]"},
        {1.0 / 3, "[0.333333333333333]"},
        {-2.5e-9, "[-2.5e-9]"},
        {(double)NAN, "[null]"},
        {(double)INFINITY, "[null]"},
        {(double)-INFINITY, "[null]"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_line(rows[i].text, tns_json_numbers(&rows[i].value, 1), rows[i].text);
}
END_TEST

START_TEST(members_stand_in_the_order_they_were_set)
{
    tns_json *object = tns_json_object();
    tns_json_set_number(object, "z", 1.5);
    tns_json_set_text(object, "a", "x");
    tns_json_set_bool(object, "m", true);
    tns_json_set_null(object, "n");
    tns_json_set_integer(object, "b", -9007199254740993);
    tns_json_set_text_if(object, "left out", "");
    tns_json_set_text_if(object, "c", "y");
    tns_json *array = tns_json_array();
    tns_json_append(array, tns_json_string("e"));
    tns_json_set(object, "list", array);
    check_line("order", object,
               "{\"z\": 1.5, \"a\": \"x\", \"m\": true, \"n\": null, \"b\": -9007199254740993, "
               "\"c\": \"y\", \"list\": [\"e\"]}");
}
END_TEST

/* Text may come from file names and tables in any encoding; no member may vanish for it. */
START_TEST(text_that_is_not_utf8_is_mended_not_dropped)
{
    tns_json *object = tns_json_object();
    tns_json_set_text(object, "name", "gr\xFC\xDF.");
    tns_json_set(object, "list", tns_json_string("a\xC3"));
    check_line("mended", object, "{\"name\": \"gr??.\", \"list\": \"a\"}");
}
END_TEST

START_TEST(quotes_and_controls_are_escaped_in_texts_and_keys)
{
    tns_json *object = tns_json_object();
    tns_json_set_text(object, "a\"b\\c\n", "d\"e\\f\ng\x01");
    check_line("short", object, "{\"a\\\"b\\\\c\\n\": \"d\\\"e\\\\f\\ng\\u0001\"}");

    object = tns_json_object();
    char lengthy[200];
    memset(lengthy, 'x', sizeof lengthy - 1);
    lengthy[sizeof lengthy - 1] = '\0';
    tns_json_set_text(object, "a\"b\\c\n", lengthy);
    char *text = tns_json_write(object);
    tns_error err = {0};
    tns_json *back = tns_json_parse(text, strlen(text), "t.json", &err);
    ck_assert_msg(back != NULL, "%s", err.text);
    tns_json_at root = tns_json_root(back, "t.json");
    ck_assert(tns_json_has(&root, "a\"b\\c\n"));
    free(text);
    tns_json_destroy(back);
    tns_json_destroy(object);
}
END_TEST

static tns_json *numbers(size_t count)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < count; i++)
        tns_json_append(array, tns_json_numbers((double[]){(double)i, 0.5}, 2));
    return array;
}

START_TEST(what_fits_stands_on_one_line_and_what_does_not_is_broken_up)
{
    tns_json *object = tns_json_object();
    tns_json *lab = tns_json_object();
    tns_json_set_number(lab, "L", 50);
    tns_json_set(object, "lab", lab);
    tns_json_set(object, "pairs", numbers(12));
    double many[36] = {0};
    tns_json_set(object, "K", tns_json_numbers(many, 36));
    tns_json_set(object, "none", tns_json_array());
    tns_json_set(object, "empty", tns_json_object());
    char *text = tns_json_write(object);
    static const char start[] = "{\n  \"lab\": {\"L\": 50},\n  \"pairs\": [\n    [0, 0.5],\n";
    ck_assert_msg(strncmp(text, start, sizeof start - 1) == 0, "%s", text);
    ck_assert(strstr(text, "\n    [11, 0.5]\n  ],\n  \"K\": [0, 0, ") != NULL);
    ck_assert(strstr(text, "],\n  \"none\": [],\n  \"empty\": {}\n}\n") != NULL);
    free(text);
    tns_json_destroy(object);
}
END_TEST

/* An object of one member with n characters of text, in the list of another object. */
static tns_json *nested(size_t n)
{
    char text[120] = "";
    memset(text, 'x', n);
    tns_json *inner = tns_json_object();
    tns_json_set_text(inner, "name", text);
    tns_json_set_text(inner, "kind", "y");
    tns_json *outer = tns_json_object();
    tns_json_set(outer, "somewhere", inner);
    tns_json_set_number(outer, "last", 1);
    return outer;
}

START_TEST(no_object_on_one_line_reaches_beyond_100_columns)
{
    size_t longest = 0;
    for (size_t n = 40; n < 100; n++) {
        tns_json *json = nested(n);
        char *text = tns_json_write(json);
        for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
            if (strchr(line, '{') && strchr(line, '}') && strlen(line) > longest)
                longest = strlen(line);
        free(text);
        tns_json_destroy(json);
    }
    ck_assert_uint_eq(longest, 100);
}
END_TEST

START_TEST(reading_and_writing_again_changes_no_byte)
{
    tns_json *object = tns_json_object();
    double values[] = {0.1, 1.0 / 3, 2e-7, 123456.789012345, 1e20, 5e-324, 1.7976931348623157e308};
    tns_json_set(object, "values", tns_json_numbers(values, 5));
    tns_json_set(object, "pairs", numbers(20));
    tns_json_set_text(object, "name", "gr\xC3\xBC\xC3\x9F \xE2\x82\xAC");
    char *first = tns_json_write(object);
    tns_json *back = tns_json_parse(first, strlen(first), "t.json", NULL);
    char *second = tns_json_write(back);
    ck_assert_str_eq(first, second);
    free(first);
    free(second);
    tns_json_destroy(back);
    tns_json_destroy(object);
}
END_TEST

START_TEST(a_missing_node_is_written_as_nothing)
{
    ck_assert(tns_json_write(NULL) == NULL);
    ck_assert(tns_json_write_line(NULL) == NULL);
}
END_TEST

START_TEST(records_have_a_point_whatever_the_locale)
{
    if (!speak("records_have_a_point_whatever_the_locale", "de_DE"))
        return;
    tns_error err = {0};
    double value = 0.25, read = 0;
    tns_json *json = tns_json_numbers(&value, 1);
    char *text = tns_json_write_line(json);
    tns_json *back = tns_json_parse(text, strlen(text), "back", &err);
    tns_json_at root = tns_json_root(back, "back");
    bool same = back && tns_json_each_number(&root, 0, 1, &read, 1, &err);
    setlocale(LC_ALL, "C");
    ck_assert_str_eq(text, "[0.25]");
    ck_assert_msg(same && read == value, "%s", err.text);
    tns_json_destroy(back);
    tns_json_destroy(json);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json_write");
    TCase *tc = tcase_create("json_write");
    tcase_add_test(tc, a_number_is_written_as_short_as_it_can_be_told);
    tcase_add_test(tc, members_stand_in_the_order_they_were_set);
    tcase_add_test(tc, text_that_is_not_utf8_is_mended_not_dropped);
    tcase_add_test(tc, quotes_and_controls_are_escaped_in_texts_and_keys);
    tcase_add_test(tc, what_fits_stands_on_one_line_and_what_does_not_is_broken_up);
    tcase_add_test(tc, no_object_on_one_line_reaches_beyond_100_columns);
    tcase_add_test(tc, reading_and_writing_again_changes_no_byte);
    tcase_add_test(tc, a_missing_node_is_written_as_nothing);
    tcase_add_test(tc, records_have_a_point_whatever_the_locale);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
