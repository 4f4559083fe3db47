/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "support/testing.h"

static tns_csv *parse(const char *text, tns_error *err)
{
    return tns_csv_parse(text, strlen(text), "t.csv", err);
}

/* A table as one text: "line:field|field;line:field". */
static void describe(const tns_csv *csv, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t i = 0; i < csv->count; i++) {
        const tns_csv_row *row = &csv->rows[i];
        size_t used = strlen(out);
        snprintf(out + used, size - used, "%s%zu:", i ? ";" : "", row->line);
        for (size_t j = 0; j < row->count; j++) {
            used = strlen(out);
            snprintf(out + used, size - used, "%s%s", j ? "|" : "", row->field[j]);
        }
    }
}

START_TEST(sound_tables_give_their_fields_and_lines)
{
    static const struct {
        const char *label, *text, *table;
    } rows[] = {
        {"plain", "a,b\n1,2\n", "1:a|b;2:1|2"},
        {"no newline at the end", "a,b\n1,2", "1:a|b;2:1|2"},
        {"CRLF", "a,b\r\n1,2\r\n", "1:a|b;2:1|2"},
        {"CR alone", "a,b\r1,2\r", "1:a|b;2:1|2"},
        {"byte order mark",
         "\xEF\xBB\xBF"
         "a,b\n",
         "1:a|b"},
        {"blanks around fields", " a , b \n", "1:a|b"},
        {"blank lines", "\n\na\n   \nb\n", "3:a;5:b"},
        {"comments", "# x, \"y\na\n  # z\nb\n#", "2:a;4:b"},
        {"empty fields", ",\na,,b\n", "1:|;2:a||b"},
        {"doubled quotes", "\"a \"\"b\"\"\",c\n", "1:a \"b\"|c"},
        {"quoted commas", "\"42,1\",2\n", "1:42,1|2"},
        {"quoted newline, last field", "a,\"b\nc\"\nd,e\n", "1:a|b\nc;3:d|e"},
        {"quoted newline, first field", "\"a\nb\",c\nd,e\n", "1:a\nb|c;3:d|e"},
        {"quoted newlines and CRLF", "\"a\r\n\r\nb\"\r\nc\r\n", "1:a\r\n\r\nb;4:c"},
        {"a hash inside a quotation", "\"a\n#b\",c\n", "1:a\n#b|c"},
        {"a quoted hash at the start", "\"#7\",c\n", "1:#7|c"},
        {"between semicolons", "\n# x, y\na;b\r\n1;\"2;3\"\n", "3:a|b;4:1|2;3"},
        {"a first row with both", "a,b;c\n1;2,3\n", "1:a|b;c;2:1;2|3"},
        {"between tabs", "a\tb c\n\"1\t2\"\t0,5\n\t3\n", "1:a|b c;2:1\t2|0.5;3:|3"},
        {"a tab among semicolons", "a\tb;c\n1;2\n", "1:a\tb|c;2:1|2"},
        {"a semicolon in a quotation", "\"a;b\"\n1,2\n", "1:a;b;2:1|2"},
        {"a comma in a quotation", "\"a,b\";c\n1;2\n", "1:a,b|c;2:1|2"},
        {"decimal commas", "a;b;c;d\n2,5;-0,25;+1,5e-3;\"42,1\"\n",
         "1:a|b|c|d;2:2.5|-0.25|+1.5e-3|42.1"},
        {"with a unit", "a;b\n2,5ml;180,5 cm2\n", "1:a|b;2:2.5ml|180.5 cm2"},
        {"commas of other kinds", "a;b;c;d;e;f\n1,2,3;1.234,5;a,5;5,;,5;k=3,w=4\n",
         "1:a|b|c|d|e|f;2:1,2,3|1.234,5|a,5|5,|,5|k=3,w=4"},
        {"decimal commas in the first row", "380;0,25\n390;0,5\n", "1:380|0.25;2:390|0.5"},
        {"points beside commas", "a;b\n2.5;1,234\n", "1:a|b;2:2.5|1,234"},
        {"a decimal comma in quotes between commas", "a,b\n\"2,5\",3\n", "1:a|b;2:2,5|3"},
        {"a day is no number with a point", "a;b\n30.11.2026;2,5\n", "1:a|b;2:30.11.2026|2.5"},
        {"nothing", "", ""},
        {"blank lines only", "\n\r\n", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        tns_csv *csv = parse(rows[i].text, &err);
        ck_assert_msg(csv != NULL, "%s: %s", rows[i].label, err.text);
        char found[200];
        describe(csv, found, sizeof found);
        ck_assert_msg(strcmp(found, rows[i].table) == 0, "%s: found %s", rows[i].label, found);
        tns_csv_destroy(csv);
    }
}
END_TEST

START_TEST(broken_tables_are_refused_by_line)
{
    static const struct {
        const char *label, *text;
        size_t length; /* 0 = up to the NUL */
        const char *says;
    } rows[] = {
        {"unfinished quotation", "a,b\n1,\"2\n3\n", 0, "t.csv: line 2: unfinished quotation"},
        {"unfinished first field", "a\n\"2\n3\n", 0, "t.csv: line 2: unfinished quotation"},
        {"text behind a quotation", "a,b\n\"1\"x,2\n", 0,
         "t.csv: line 2, column 4: expected a comma or the end of the line behind a quotation, "
         "found "
         "\"x,2\""},
        {"a quotation behind a quotation", "a,b\n\"\xC3\xBC\" \"2\"\n", 0,
         "t.csv: line 2, column 5: expected a comma or the end of the line behind a quotation, "
         "found "
         "\"\"2\"\""},
        {"quote in a plain field", "a,b\n1\"2,3\n", 0,
         "t.csv: line 2, column 2: a quotation mark in a field that does not begin with one: "
         "\"\"2,3\""},
        {"inches, a long line", "a\n3,2\" and more text than is shown of a line\n", 0,
         "t.csv: line 2, column 4: a quotation mark in a field that does not begin with one: "
         "\"\" and more text than\""},
        {"between semicolons", "a;b\n\"1\"x;2\n", 0,
         "t.csv: line 2, column 4: expected a semicolon or the end of the line behind a "
         "quotation, found \"x;2\""},
        {"NUL", "a,b\n1,\0002\n", 9, "t.csv: not a text in UTF-8"},
        {"latin-1", "gr\xFC\xDF,b\n", 0, "t.csv: not a text in UTF-8"},
        {"UTF-16",
         "\xFF\xFE"
         "a\0,\0b\0",
         8, "t.csv: not a text in UTF-8"},
        {"an image", "\x89PNG\r\n\x1A\n", 0, "t.csv: not a text in UTF-8"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        size_t length = rows[i].length ? rows[i].length : strlen(rows[i].text);
        ck_assert_msg(tns_csv_parse(rows[i].text, length, "t.csv", &err) == NULL, "%s: accepted",
                      rows[i].label);
        ck_assert(err.code == TNS_ERROR_FORMAT);
        ck_assert_msg(strncmp(err.text, rows[i].says, strlen(rows[i].says)) == 0, "%s: %s",
                      rows[i].label, err.text);
    }
}
END_TEST

START_TEST(a_column_is_found_by_name_whatever_its_case)
{
    tns_error err = {0};
    tns_csv *csv = parse("L1,a1,B1\n1,2,3\n", &err);
    ck_assert_int_eq(tns_csv_column(csv, "b1"), 2);
    ck_assert_int_eq(tns_csv_column(csv, "l1"), 0);
    ck_assert_int_eq(tns_csv_column(csv, "c1"), -1);
    tns_csv_destroy(csv);
    csv = parse("", &err);
    ck_assert_int_eq(tns_csv_column(csv, "L1"), -1);
    tns_csv_destroy(csv);
    tns_csv_destroy(NULL);
}
END_TEST

START_TEST(a_bad_number_is_named_with_its_line_and_column)
{
    static const struct {
        const char *label, *field, *says;
    } rows[] = {
        {"decimal comma", "\"42,1\"", "t.csv: line 3: nm400: expected a number with a decimal"},
        {"NaN", "nan", "t.csv: line 3: nm400: expected a number, found \"nan\""},
        {"empty", "", "t.csv: line 3: nm400: expected a number, found \"\""},
        {"too large", "1e400", "t.csv: line 3: nm400: expected a finite number"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[100];
        snprintf(text, sizeof text, "# note\nid,nm400\nx,%s\n", rows[i].field);
        tns_error err = {0};
        tns_csv *csv = parse(text, &err);
        ck_assert_msg(csv != NULL, "%s: %s", rows[i].label, err.text);
        double value = 7;
        ck_assert_msg(!tns_csv_number(csv, 1, 1, &value, &err), "%s", rows[i].label);
        ck_assert_msg(strncmp(err.text, rows[i].says, strlen(rows[i].says)) == 0, "%s: %s",
                      rows[i].label, err.text);
        ck_assert(value == 7);
        tns_csv_destroy(csv);
    }
}
END_TEST

START_TEST(a_short_row_has_no_number_and_a_sound_one_has)
{
    tns_error err = {0};
    tns_csv *csv = parse("id,nm400\nx\ny,0.25\n", &err);
    double value = 0;
    ck_assert(!tns_csv_number(csv, 1, 1, &value, &err));
    ck_assert_str_eq(err.text, "t.csv: line 2: expected 2 fields, found 1");
    ck_assert(tns_csv_number(csv, 2, 1, &value, &err));
    ck_assert(value == 0.25);
    tns_csv_destroy(csv);
}
END_TEST

START_TEST(a_missing_file_is_said_to_be_missing)
{
    tns_error err = {0};
    ck_assert(tns_csv_load("no-such.csv", &err) == NULL);
    ck_assert(err.code == TNS_ERROR_NOT_FOUND);
    ck_assert(strstr(err.text, "no-such.csv") != NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("csv");
    TCase *tc = tcase_create("csv");
    tcase_add_test(tc, sound_tables_give_their_fields_and_lines);
    tcase_add_test(tc, broken_tables_are_refused_by_line);
    tcase_add_test(tc, a_column_is_found_by_name_whatever_its_case);
    tcase_add_test(tc, a_bad_number_is_named_with_its_line_and_column);
    tcase_add_test(tc, a_short_row_has_no_number_and_a_sound_one_has);
    tcase_add_test(tc, a_missing_file_is_said_to_be_missing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
