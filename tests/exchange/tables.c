/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of other programs that are read: every spelling gives the same spectrum or color. */
#include <stdio.h>
#include <string.h>

#include <tonsure/exchange.h>

#include "support/testing.h"

enum { ROOM = 8192 };

/* Reflectance at a wavelength, exact in three decimals. */
static double truth(double nm)
{
    return 0.1 + (nm - 380) / 1000;
}

typedef struct text {
    char bytes[ROOM];
} text;

static void add(text *t, const char *piece)
{
    ck_assert_uint_lt(strlen(t->bytes) + strlen(piece), sizeof t->bytes);
    strcat(t->bytes, piece);
}

/* The columns' names, "SPEC_380" .. */
static void add_names(text *t, const char *before, const char *behind, const char *separator)
{
    char name[64];
    for (int nm = 380; nm <= 730; nm += 10) {
        snprintf(name, sizeof name, "%s%s%d%s", nm == 380 ? "" : separator, before, nm, behind);
        add(t, name);
    }
}

static void add_values(text *t, double factor, const char *separator)
{
    char value[64];
    for (int nm = 380; nm <= 730; nm += 10) {
        snprintf(value, sizeof value, "%s%.3f", nm == 380 ? "" : separator, truth(nm) * factor);
        add(t, value);
    }
}

/* A header and one row of values times `factor`. */
static text csv_row(const char *before, const char *behind, double factor)
{
    text t = {"SAMPLE_ID,"};
    add_names(&t, before, behind, ",");
    add(&t, "\ngrey,");
    add_values(&t, factor, ",");
    add(&t, "\n");
    return t;
}

static tns_reading parse(const char *label, const char *bytes, const char *sample)
{
    tns_reading r;
    tns_error err = {0};
    ck_assert_msg(tns_exchange_parse(bytes, strlen(bytes), "t.csv", sample, &r, &err), "%s: %s",
                  label, err.text);
    return r;
}

static void holds_truth(const char *label, const tns_reading *r)
{
    ck_assert_msg(r->has_spectrum && !r->has_color, "%s", label);
    for (int i = 0; i < TNS_BANDS; i++)
        CHECK_NEAR(label, r->spectrum.value[i], truth(tns_band_nm(i)), 1e-12);
    ck_assert_int_eq(r->source.kind, TNS_SOURCE_FILE);
}

START_TEST(a_column_of_wavelength_may_be_spelled_in_many_ways)
{
    static const char *const spellings[][2] = {
        {"", ""},     {"SPEC_", ""},       {"spec_", ""},        {"SPEC", ""},
        {"nm", ""},   {"NM_", ""},         {"SPECTRAL_", ""},    {"", "nm"},
        {"", " nm"},  {"SPECTRAL_NM", ""}, {"SPECTRAL_NM_", ""}, {"R", ""},
        {"R_", "nm"}, {"", ".0"},          {"\"", "\""},         {" SPEC_", " "},
    };
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        text t = csv_row(spellings[i][0], spellings[i][1], 1);
        char label[64];
        snprintf(label, sizeof label, "\"%s380%s\"", spellings[i][0], spellings[i][1]);
        tns_reading r = parse(label, t.bytes, NULL);
        holds_truth(label, &r);
        ck_assert_str_eq(r.id, "grey");
    }
}
END_TEST

START_TEST(fields_may_stand_between_semicolons_or_tabs_and_numbers_have_commas)
{
    static const char between[] = ";\t";
    for (const char *mark = between; *mark; mark++) {
        text t = csv_row("", "", 1);
        for (char *c = t.bytes; *c; c++)
            *c = *c == ',' ? *mark : *c == '.' ? ',' : *c;
        tns_reading r = parse("commas", t.bytes, "grey");
        holds_truth("commas", &r);
        for (char *c = t.bytes; *c; c++)
            *c = *c == ',' ? '.' : *c;
        r = parse("points", t.bytes, "grey");
        holds_truth("points", &r);
    }
}
END_TEST

START_TEST(percent_and_fractions_are_told_apart)
{
    text fractions = csv_row("", "", 1), percent = csv_row("", "", 100);
    tns_reading a = parse("0..1", fractions.bytes, NULL), b = parse("%", percent.bytes, NULL);
    holds_truth("0..1", &a);
    holds_truth("per cent", &b);
}
END_TEST

START_TEST(a_black_sample_of_a_table_in_percent_is_in_percent_too)
{
    static const char bytes[] = "ID,400,500,600,700\nwhite,90,90,90,90\nblack,1.2,1.2,1.2,1.2\n";
    tns_reading black = parse("black", bytes, "black");
    CHECK_NEAR("black", black.spectrum.value[10], 0.012, 1e-12);
}
END_TEST

START_TEST(line_ends_marks_comments_and_blank_lines_do_not_matter)
{
    static const char *const forms[] = {
        "nm,R\n400,0.1\n500,0.2\n600,0.3\n700,0.4\n",
        "nm,R\r\n400,0.1\r\n500,0.2\r\n600,0.3\r\n700,0.4\r\n",
        "\xEF\xBB\xBFnm,R\n400,0.1\n500,0.2\n600,0.3\n700,0.4\n",
        "# a lamp, a tile\nnm,R\n\n400,0.1\n# half way\n500,0.2\n600,0.3\n700,0.4\n\n",
        "400,0.1\n500,0.2\n600,0.3\n700,0.4",
        "400, 0.1\n 500,0.2 \n600,\t0.3\n700,0.4\n",
        "\"nm\",\"R\"\n\"400\",\"0.1\"\n\"500\",\"0.2\"\n\"600\",\"0.3\"\n\"700\",\"0.4\"\n",
        "nm,R\n400,10\n500,20\n600,30\n700,40\n",
        "wavelength,value\n4e2,1e-1\n500,.2\n600,3.0E-1\n700,+0.4\n",
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        tns_reading r = parse(forms[i], forms[i], NULL);
        CHECK_NEAR(forms[i], r.spectrum.value[2], 0.1, 1e-12);
        CHECK_NEAR(forms[i], r.spectrum.value[12], 0.2, 1e-12);
        CHECK_NEAR(forms[i], r.spectrum.value[35], 0.4, 1e-12);
        CHECK_NEAR(forms[i], r.spectrum.from_nm, 400, 0);
        CHECK_NEAR(forms[i], r.spectrum.to_nm, 700, 0);
    }
}
END_TEST

#define THREE "name,L,a,b\none,10,1,-1\n2,20,2,-2\nthree,30,3,-3\n"

START_TEST(a_sample_is_taken_by_its_id_first_and_by_its_number_else)
{
    static const struct {
        const char *sample;
        double L;
    } rows[] = {{"one", 10}, {"three", 30}, {"2", 20}, {"1", 10}, {"3", 30}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_reading r = parse(rows[i].sample, THREE, rows[i].sample);
        CHECK_NEAR(rows[i].sample, r.color.lab.L, rows[i].L, 0);
    }
    /* A table whose ids are numbers in another order: the id wins. */
    tns_reading r = parse("ids 2, 1", "ID,L,a,b\n2,20,0,0\n1,10,0,0\n", "1");
    CHECK_NEAR("ids 2, 1", r.color.lab.L, 10, 0);
}
END_TEST

#define CGATS_HEAD "CGATS.17\n\nORIGINATOR \"a test\"\n"
#define LAB_DATA(rows)                                                                             \
    "NUMBER_OF_FIELDS 4\nBEGIN_DATA_FORMAT\nSAMPLE_ID LAB_L LAB_A LAB_B\nEND_DATA_FORMAT\n"        \
    "NUMBER_OF_SETS 2\nBEGIN_DATA\n" rows "END_DATA\n"
#define TWO_ROWS "A1 38.5 3.25 -6\nA2 50 0 0\n"

static const struct {
    const char *label, *bytes, *sample;
    double L, a, b;
    const char *illuminant;
    int observer;
    const char *warning; /* NULL = none */
} colors[] = {
    {"CSV without a viewing", "L,a,b\n38.5,3.25,-6\n", NULL, 38.5, 3.25, -6, "D65", 10,
     "the file names no illuminant: D65/10 was taken"},
    {"CSV with both", "ID,L*,a*,b*,ILLUMINANT,OBSERVER\nx,38.5,3.25,-6,D50,2\n", NULL, 38.5, 3.25,
     -6, "D50", 2, NULL},
    {"CSV in other letters", "Lab_L,Lab_A,Lab_B,illuminant\n38.5,3.25,-6,F11\n", NULL, 38.5, 3.25,
     -6, "F11", 10, NULL},
    {"CSV in another order", "b,L,a\n-6,38.5,3.25\n", "1", 38.5, 3.25, -6, "D65", 10,
     "the file names no illuminant: D65/10 was taken"},
    {"CGATS", CGATS_HEAD LAB_DATA(TWO_ROWS), "A1", 38.5, 3.25, -6, "D50", 2, NULL},
    {"CGATS by number", CGATS_HEAD LAB_DATA(TWO_ROWS), "2", 50, 0, 0, "D50", 2, NULL},
    {"CGATS with comments and CR LF",
     "CGATS.17\r\n# measured today\r\nNUMBER_OF_FIELDS 4\r\nBEGIN_DATA_FORMAT\r\n"
     "SAMPLE_ID LAB_L LAB_A LAB_B\r\nEND_DATA_FORMAT\r\nNUMBER_OF_SETS 1\r\nBEGIN_DATA\r\n"
     "# the first\r\n\"my hair\"\t38.5\t3.25\t-6\r\nEND_DATA\r\n",
     "my hair", 38.5, 3.25, -6, "D50", 2, NULL},
    {"CGATS with ids that begin with digits", CGATS_HEAD LAB_DATA("1A 50 0 0\n2B 38.5 3.25 -6\n"),
     "2B", 38.5, 3.25, -6, "D50", 2, NULL},
    {"CGATS that names its viewing",
     CGATS_HEAD "WEIGHTING_FUNCTION \"ILLUMINANT, D65\"\nWEIGHTING_FUNCTION \"OBSERVER, 10 "
                "degree\"\n" LAB_DATA(TWO_ROWS),
     "A1", 38.5, 3.25, -6, "D65", 10, NULL},
};

START_TEST(a_color_comes_with_the_viewing_it_was_measured_under)
{
    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++) {
        const char *label = colors[i].label;
        tns_reading r = parse(label, colors[i].bytes, colors[i].sample);
        ck_assert_msg(r.has_color && !r.has_spectrum, "%s", label);
        CHECK_NEAR(label, r.color.lab.L, colors[i].L, 0);
        CHECK_NEAR(label, r.color.lab.a, colors[i].a, 0);
        CHECK_NEAR(label, r.color.lab.b, colors[i].b, 0);
        ck_assert_msg(strcmp(r.color.illuminant, colors[i].illuminant) == 0, "%s: %s", label,
                      r.color.illuminant);
        ck_assert_msg((int)r.color.observer == colors[i].observer, "%s", label);
        ck_assert_msg(r.warnings.count == (colors[i].warning != NULL), "%s: %s", label,
                      r.warnings.text[0]);
        if (colors[i].warning)
            ck_assert_str_eq(r.warnings.text[0], colors[i].warning);
    }
}
END_TEST

/* The shape of the files that chart-reading programs write. */
START_TEST(a_ti3_like_table_gives_spectrum_and_color)
{
    text t = {"CTI3   \n\nDESCRIPTOR \"Calibration Target chart information 3\"\n"
              "ORIGINATOR \"a chart reader\"\nKEYWORD \"DEVICE_CLASS\"\nDEVICE_CLASS \"INPUT\"\n"
              "KEYWORD \"SPECTRAL_BANDS\"\nSPECTRAL_BANDS \"36\"\n"
              "KEYWORD \"SPECTRAL_START_NM\"\nSPECTRAL_START_NM \"380.000000\"\n"
              "KEYWORD \"SPECTRAL_END_NM\"\nSPECTRAL_END_NM \"730.000000\"\n"
              "NUMBER_OF_FIELDS 43\nBEGIN_DATA_FORMAT\nSAMPLE_ID SAMPLE_LOC RGB_R RGB_G RGB_B "
              "LAB_L LAB_A LAB_B "};
    strstr(t.bytes, "43")[1] = '4'; /* 8 fields and 36 bands */
    add_names(&t, "SPEC_", "", " ");
    add(&t, "\nEND_DATA_FORMAT\nNUMBER_OF_SETS 1\nBEGIN_DATA\n1 \"A01\" 10.5 20 30 50 1 2 ");
    add_values(&t, 100, " ");
    add(&t, "\nEND_DATA\n");
    tns_reading r = parse(".ti3", t.bytes, NULL);
    ck_assert(r.has_spectrum && r.has_color);
    for (int i = 0; i < TNS_BANDS; i++)
        CHECK_NEAR(".ti3", r.spectrum.value[i], truth(tns_band_nm(i)), 1e-12);
    CHECK_NEAR(".ti3 L*", r.color.lab.L, 50, 0);
}
END_TEST

START_TEST(an_uneven_grid_is_resampled_and_its_ends_are_held)
{
    static const char bytes[] = "405,430,500,560.5,610,690\n0.1,0.2,0.2,0.3,0.4,0.5\n";
    tns_reading r = parse("six wavelengths", bytes, NULL);
    CHECK_NEAR("380 nm", r.spectrum.value[0], 0.1, 1e-12);
    CHECK_NEAR("430 nm", r.spectrum.value[5], 0.2, 1e-12);
    CHECK_NEAR("610 nm", r.spectrum.value[23], 0.4, 1e-12);
    CHECK_NEAR("730 nm", r.spectrum.value[35], 0.5, 1e-12);
    CHECK_NEAR("from", r.spectrum.from_nm, 405, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tables");
    TCase *tc = tcase_create("tables");
    tcase_add_test(tc, a_column_of_wavelength_may_be_spelled_in_many_ways);
    tcase_add_test(tc, fields_may_stand_between_semicolons_or_tabs_and_numbers_have_commas);
    tcase_add_test(tc, percent_and_fractions_are_told_apart);
    tcase_add_test(tc, a_black_sample_of_a_table_in_percent_is_in_percent_too);
    tcase_add_test(tc, line_ends_marks_comments_and_blank_lines_do_not_matter);
    tcase_add_test(tc, a_sample_is_taken_by_its_id_first_and_by_its_number_else);
    tcase_add_test(tc, a_color_comes_with_the_viewing_it_was_measured_under);
    tcase_add_test(tc, a_ti3_like_table_gives_spectrum_and_color);
    tcase_add_test(tc, an_uneven_grid_is_resampled_and_its_ends_are_held);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
