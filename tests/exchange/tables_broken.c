/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/exchange.h>

#include "support/testing.h"

#define BANDS "400,450,500,550,600,650,700"
#define SEVEN "0.1,0.1,0.1,0.1,0.1,0.1,0.1"
#define CGATS(fields, format, sets, rows)                                                          \
    "CGATS.17\nNUMBER_OF_FIELDS " fields "\nBEGIN_DATA_FORMAT\n" format                            \
    "\nEND_DATA_FORMAT\nNUMBER_OF_SETS " sets "\nBEGIN_DATA\n" rows "END_DATA\n"
#define LAB "SAMPLE_ID LAB_L LAB_A LAB_B"

/* What every error starts with is the file's name. */
static const struct {
    const char *label, *bytes, *sample;
    tns_code code;
    const char *says;
} rows[] = {
    {"nothing", "", NULL, TNS_ERROR_FORMAT, "found no row"},
    {"blank lines", "\n\n \n", NULL, TNS_ERROR_FORMAT, "found no row"},
    {"comments alone", "# one\n# two\n", NULL, TNS_ERROR_FORMAT, "found no row"},
    {"prose", "The hair is brown.\n", NULL, TNS_ERROR_FORMAT,
     "expected columns of wavelengths (SPEC_380 ..) or L, a, b"},
    {"a header alone", "ID," BANDS "\n", NULL, TNS_ERROR_FORMAT,
     "expected samples, found only a header"},
    {"no columns that mean anything", "ID,red,green\nx,1,2\n", NULL, TNS_ERROR_FORMAT,
     "expected columns of wavelengths"},
    {"L and a without b", "L,a\n50,1\n", NULL, TNS_ERROR_FORMAT, "expected columns of wavelengths"},
    {"points and commas between semicolons", "ID;400;500;600;700\nx;0.1;0,2;0,3;0,4\n", NULL,
     TNS_ERROR_FORMAT, "line 2: 500: expected a number with a decimal"},
    {"blanks between", "ID 400 500 600 700\nx 0.1 0.2 0.3 0.4\n", NULL, TNS_ERROR_FORMAT,
     "expected columns of wavelengths"},
    {"points and commas between tabs", "ID\t400\t500\t600\t700\nx\t0.1\t0,2\t0,3\t0,4\n", NULL,
     TNS_ERROR_FORMAT, "line 2: 500: expected a number with a decimal"},

    {"a decimal comma", BANDS "\n0,1,0,1,0,1,0,1,0,1,0,1,0,1\n", NULL, TNS_ERROR_FORMAT,
     "line 2: expected 7 fields, found 14"},
    {"a decimal comma in quotes", "L,a,b\n\"42,1\",3,6\n", NULL, TNS_ERROR_FORMAT,
     "line 2: L: expected a number with a decimal point, found \"42,1\""},
    {"a decimal comma, one wavelength a row", "nm,R\n400,0,1\n500,0,1\n600,0,1\n700,0,1\n", NULL,
     TNS_ERROR_FORMAT, "line 2: expected 2 fields, found 3"},
    {"the same in one row only", "nm,R\n400,0.1\n500,0.1\n600,0,1\n700,0.1\n", NULL,
     TNS_ERROR_FORMAT, "line 4: expected 2 fields, found 3"},
    {"the same without a header", "400,0,1\n500,0,1\n600,0,1\n700,0,1\n", NULL, TNS_ERROR_FORMAT,
     ""},
    {"31 fields for 36",
     "380,390,400,410,420,430,440,450,460,470,480,490,500,510,520,530,540,550,560,570,580,590,600,"
     "610,620,630,640,650,660,670,680,690,700,710,720,730\n"
     "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n",
     NULL, TNS_ERROR_FORMAT, "line 2: expected 36 fields, found 31"},
    {"a long row", "L,a,b\n50,1,2,3\n", NULL, TNS_ERROR_FORMAT,
     "line 2: expected 3 fields, found 4"},
    {"a lamp without a name", "ID,L,a,b,ILLUMINANT\nx,50,1,2,\n", NULL, TNS_ERROR_FORMAT,
     "line 2: ILLUMINANT: expected a name such as D65, found \"\""},
    {"an empty field", "L,a,b\n50,,2\n", NULL, TNS_ERROR_FORMAT,
     "line 2: a: expected a number, found \"\""},
    {"NaN", BANDS "\n0.1,nan,0.1,0.1,0.1,0.1,0.1\n", NULL, TNS_ERROR_FORMAT,
     "line 2: 450: expected a number, found \"nan\""},
    {"infinity", BANDS "\n0.1,inf,0.1,0.1,0.1,0.1,0.1\n", NULL, TNS_ERROR_FORMAT, "\"inf\""},
    {"beyond doubles", BANDS "\n0.1,1e999,0.1,0.1,0.1,0.1,0.1\n", NULL, TNS_ERROR_FORMAT,
     "expected a finite number"},
    {"hexadecimal", BANDS "\n0.1,0x10,0.1,0.1,0.1,0.1,0.1\n", NULL, TNS_ERROR_FORMAT, "\"0x10\""},
    {"a unit behind", BANDS "\n0.1,12%,0.1,0.1,0.1,0.1,0.1\n", NULL, TNS_ERROR_FORMAT, "\"12%\""},
    {"an unfinished quotation", "L,a,b\n\"50,1,2\n", NULL, TNS_ERROR_FORMAT,
     "line 2: unfinished quotation"},
    {"falling wavelengths", "700,600,500,400\n0.1,0.1,0.1,0.1\n", NULL, TNS_ERROR_FORMAT,
     "expected rising wavelengths, found 600 after 700"},
    {"falling, one a row", "nm,R\n700,0.1\n600,0.1\n500,0.1\n400,0.1\n", NULL, TNS_ERROR_FORMAT,
     "expected rising wavelengths, found 600 after 700"},
    {"a wavelength twice", "400,500,500,600,700\n0.1,0.1,0.1,0.1,0.1\n", NULL, TNS_ERROR_FORMAT,
     "expected rising wavelengths, found 500 after 500"},
    {"red alone", "600,650,700\n0.1,0.1,0.1\n", NULL, TNS_ERROR_RANGE, "t.csv: "},
    {"two wavelengths", "400,700\n0.1,0.1\n", NULL, TNS_ERROR_FORMAT, "t.csv: "},
    {"a reflectance of -0.5", BANDS "\n0.1,-0.5,0.1,0.1,0.1,0.1,0.1\n", NULL, TNS_ERROR_RANGE,
     "line 2: 450 nm: expected a reflectance of 0 to 1, found -0.5"},
    {"200 per cent", BANDS "\n10,200,10,10,10,10,10\n", NULL, TNS_ERROR_RANGE,
     "line 2: 450 nm: expected a reflectance of 0 to 100, found 200"},
    {"L* of 200", "L,a,b\n200,0,0\n", NULL, TNS_ERROR_RANGE, "line 2: expected L* 0 to 100"},
    {"an observer of 5", "L,a,b,OBSERVER\n50,0,0,5\n", NULL, TNS_ERROR_FORMAT,
     "line 2: OBSERVER: expected 2 or 10, found 5"},
    {"an unknown sample", "ID,L,a,b\nx,50,0,0\n", "y", TNS_ERROR_NOT_FOUND,
     "no sample \"y\" among 1"},
    {"sample 0", "ID,L,a,b\nx,50,0,0\n", "0", TNS_ERROR_NOT_FOUND, "no sample \"0\" among 1"},
    {"a sample behind the last", "ID,L,a,b\nx,50,0,0\n", "2", TNS_ERROR_NOT_FOUND, "among 1"},
    {"many and none named", "ID,L,a,b\nx,50,0,0\ny,50,0,0\n", NULL, TNS_ERROR_USAGE,
     "holds 2 samples; name one, as in \"t.csv#x\""},
    {"an id twice", "ID,L,a,b\nx,50,0,0\nx,60,0,0\n", "x", TNS_ERROR_FORMAT,
     "line 3: \"x\" is the sample of line 2 already"},

    {"CGATS: a decimal comma", CGATS("4", LAB, "1", "A1 42,1 3 6\n"), NULL, TNS_ERROR_FORMAT,
     "line 8: field 2: expected a number with a decimal point, found \"42,1\""},
    {"CGATS: a short row", CGATS("4", LAB, "2", "A1 42 3\nA2 50 0 0\n"), "A1", TNS_ERROR_FORMAT,
     "line 8: expected 4 fields, found 3"},
    {"CGATS: a long row", CGATS("4", LAB, "1", "A1 42 3 6 7\n"), NULL, TNS_ERROR_FORMAT, ""},
    {"CGATS: a short row made up for", CGATS("4", LAB, "2", "A1 42 3\nA2 50 0 0 9\n"), "A1",
     TNS_ERROR_FORMAT, "line 8: expected 4 fields, found 3"},
    {"CGATS: more sets than said", CGATS("4", LAB, "1", "A1 42 3 6\nA2 50 0 0\n"), NULL,
     TNS_ERROR_FORMAT, ""},
    {"CGATS: fewer sets than said", CGATS("4", LAB, "3", "A1 42 3 6\nA2 50 0 0\n"), NULL,
     TNS_ERROR_FORMAT, ""},
    {"CGATS: no sets", CGATS("4", LAB, "0", ""), NULL, TNS_ERROR_FORMAT, ""},
    {"CGATS: sets in words", CGATS("4", LAB, "many", "A1 42 3 6\n"), NULL, TNS_ERROR_FORMAT, ""},
    {"CGATS: fields wrong", CGATS("5", LAB, "1", "A1 42 3 6\n"), NULL, TNS_ERROR_FORMAT, ""},
    {"CGATS: a missing column", CGATS("3", "SAMPLE_ID LAB_L LAB_A", "1", "A1 42 3\n"), NULL,
     TNS_ERROR_FORMAT, "expected fields SPEC_nnn or LAB_L, LAB_A, LAB_B, found none"},
    {"CGATS: NaN", CGATS("4", LAB, "1", "A1 nan 3 6\n"), NULL, TNS_ERROR_FORMAT,
     "field 2: expected a number, found \"nan\""},
    {"CGATS: a text for a number", CGATS("4", LAB, "1", "A1 dark 3 6\n"), NULL, TNS_ERROR_FORMAT,
     "field 2: expected a number, found \"dark\""},
    {"CGATS: L* of 200", CGATS("4", LAB, "1", "A1 200 3 6\n"), NULL, TNS_ERROR_RANGE,
     "line 8: expected L* 0 to 100"},
    {"CGATS: falling wavelengths", CGATS("3", "SPEC_700 SPEC_550 SPEC_400", "1", ".1 .1 .1\n"),
     NULL, TNS_ERROR_FORMAT, "expected rising wavelengths"},
    {"CGATS: cut in its data",
     "CGATS.17\nNUMBER_OF_FIELDS 4\nBEGIN_DATA_FORMAT\n" LAB
     "\nEND_DATA_FORMAT\nNUMBER_OF_SETS 1\nBEGIN_DATA\nA1 42",
     NULL, TNS_ERROR_FORMAT, ""},
    {"CGATS: the format's keyword in a text only",
     "CTI3\n\nDESCRIPTOR \"BEGIN_DATA_FORMAT\"\nNUMBER_OF_FIELDS 4\nNUMBER_OF_SETS "
     "1\nBEGIN_DATA\n1 50 2 3\nEND_DATA\n",
     NULL, TNS_ERROR_FORMAT, "no data format"},
    {"dark in per cent, or above white", BANDS "\n0.5,0.6,0.7,0.8,0.9,1.0,1.2\n", NULL,
     TNS_ERROR_RANGE, "which may be either"},
    {"CGATS: cut in its format", "CGATS.17\nNUMBER_OF_FIELDS 4\nBEGIN_DATA_FORMAT\nSAMPLE_ID LAB_L",
     NULL, TNS_ERROR_FORMAT, ""},
    {"CGATS: an unknown sample", CGATS("4", LAB, "1", "A1 42 3 6\n"), "B7", TNS_ERROR_NOT_FOUND,
     "no sample \"B7\" among 1"},
};

static void refused(const char *label, const char *bytes, size_t length, const char *sample,
                    tns_code code, const char *says)
{
    tns_reading r;
    tns_error err = {0};
    ck_assert_msg(!tns_exchange_parse(bytes, length, "t.csv", sample, &r, &err), "%s was read",
                  label);
    ck_assert_msg(err.code == code, "%s: %s: %s", label, tns_code_name(err.code), err.text);
    ck_assert_msg(strncmp(err.text, "t.csv: ", 7) == 0, "%s: %s", label, err.text);
    ck_assert_msg(strstr(err.text, says) != NULL, "%s: %s", label, err.text);
    ck_assert_msg(strchr(err.text, '\n') == NULL, "%s: %s", label, err.text);
}

START_TEST(every_broken_table_is_refused_with_its_place)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        refused(rows[i].label, rows[i].bytes, strlen(rows[i].bytes), rows[i].sample, rows[i].code,
                rows[i].says);
}
END_TEST

START_TEST(what_is_no_text_is_refused)
{
    static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    static const char utf16[] = "L\0,\0a\0,\0b\0\n\0";
    static const char latin1[] = "ID,L,a,b\nSch\xE4"
                                 "del,50,0,0\n";
    static const char nul[] = "L,a,b\n50,0,0\n\0garbage";
    refused("PNG", png, sizeof png - 1, NULL, TNS_ERROR_FORMAT, "not a text");
    refused("UTF-16", utf16, sizeof utf16 - 1, NULL, TNS_ERROR_FORMAT, "not a text");
    refused("Latin-1", latin1, sizeof latin1 - 1, NULL, TNS_ERROR_FORMAT, "not a text");
    refused("NUL", nul, sizeof nul - 1, NULL, TNS_ERROR_FORMAT, "not a text");
}
END_TEST

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

START_TEST(more_wavelengths_than_any_instrument_has_are_refused)
{
    char *wide = repeated("400", ",500", 600, "\n0.1\n");
    refused("601 columns", wide, strlen(wide), NULL, TNS_ERROR_FORMAT,
            "expected at most 512 wavelengths");
    free(wide);
    char *tall = repeated("nm,R\n", "500,0.1\n", 600, "");
    refused("600 rows", tall, strlen(tall), NULL, TNS_ERROR_FORMAT,
            "expected at most 512 wavelengths, found 600");
    free(tall);
    char *cgats = repeated("CGATS.17\nNUMBER_OF_FIELDS 600\nBEGIN_DATA_FORMAT\n", "SPEC_500 ", 600,
                           "\nEND_DATA_FORMAT\nNUMBER_OF_SETS 1\nBEGIN_DATA\n1\nEND_DATA\n");
    refused("600 fields", cgats, strlen(cgats), NULL, TNS_ERROR_FORMAT, "");
    free(cgats);
}
END_TEST

/* No cut of a good table may be read as one with fewer samples or shorter numbers. */
START_TEST(a_cgats_table_cut_anywhere_is_refused)
{
    static const char whole[] = CGATS("4", LAB, "2", "A1 42.25 3 6\nA2 50 0 0\n");
    size_t end = (size_t)(strstr(whole, "END_DATA\n") - whole);
    for (size_t n = 0; n < end; n++) {
        tns_reading r;
        tns_error err = {0};
        char *cut = strndup(whole, n);
        ck_assert_msg(!tns_exchange_parse(cut, n, "t.csv", "A2", &r, &err) || r.color.lab.L == 50,
                      "cut at %zu", n);
        free(cut);
    }
}
END_TEST

START_TEST(nothing_is_read_behind_the_text)
{
    static const char *const texts[] = {"L,a,b\n50,1,2", "nm,R\n400,0.1\n500,0.1\n700,0.2",
                                        "CGATS.17\nBEGIN_DATA_FORMAT", "x"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t length = strlen(texts[i]);
        char *exact = malloc(length); /* no NUL behind: the sanitizer watches the end */
        ck_assert(exact != NULL);
        memcpy(exact, texts[i], length);
        tns_reading reading;
        tns_exchange_parse(exact, length, "exact", NULL, &reading, NULL);
        free(exact);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tables_broken");
    TCase *tc = tcase_create("tables_broken");
    tcase_add_test(tc, every_broken_table_is_refused_with_its_place);
    tcase_add_test(tc, nothing_is_read_behind_the_text);
    tcase_add_test(tc, what_is_no_text_is_refused);
    tcase_add_test(tc, more_wavelengths_than_any_instrument_has_are_refused);
    tcase_add_test(tc, a_cgats_table_cut_anywhere_is_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
