/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/exchange.h>

#include "support/testing.h"

#define BANDS "nm400,nm450,nm500,nm550,nm600,nm650,nm700"
#define HEAD "SAMPLE_ID,BACKING,AMOUNT_white,AMOUNT_black," BANDS "\n"
#define LIGHT "0.8,0.8,0.8,0.8,0.8,0.8,0.8\n"
#define SEVEN "SPEC_400 SPEC_450 SPEC_500 SPEC_550 SPEC_600 SPEC_650 SPEC_700"

static tns_sample_set *parsed(const char *text, const char *holdout, tns_error *err)
{
    return tns_exchange_parse_samples(text, strlen(text), "s", holdout, err);
}

static const char *const three_kinds[] = {
    HEAD "paper,,0,0," LIGHT "thick,,2,1," LIGHT "thin,paper,,0.5," LIGHT,
    /* percent, another order of columns */
    BANDS ",AMOUNT_white,AMOUNT_black,BACKING,SAMPLE_ID\n"
          "80,80,80,80,80,80,80,0,0,,paper\n80,80,80,80,80,80,80,2,1,,thick\n"
          "80,80,80,80,80,80,80,0,0.5,paper,thin\n",
    "CGATS.17\nNUMBER_OF_FIELDS 11\nBEGIN_DATA_FORMAT\n"
    "SAMPLE_ID BACKING AMOUNT_white AMOUNT_black " SEVEN
    "\nEND_DATA_FORMAT\nNUMBER_OF_SETS 3\nBEGIN_DATA\n"
    "\"paper\" \"\" 0 0 .8 .8 .8 .8 .8 .8 .8\n"
    "\"thick\" \"\" 2 1 .8 .8 .8 .8 .8 .8 .8\n"
    "\"thin\" \"paper\" 0 .5 .8 .8 .8 .8 .8 .8 .8\nEND_DATA\n",
};

START_TEST(backings_thick_layers_and_films_are_told_apart_in_csv_and_cgats)
{
    for (size_t i = 0; i < sizeof three_kinds / sizeof *three_kinds; i++) {
        tns_error err = {0};
        tns_sample_set *set = parsed(three_kinds[i], NULL, &err);
        ck_assert_msg(set != NULL, "%zu: %s", i, err.text);
        ck_assert_uint_eq(set->pigment_count, 2);
        ck_assert_str_eq(set->pigment[0], "white");
        ck_assert_uint_eq(set->count, 3);
        ck_assert_int_eq(set->samples[0].kind, TNS_FIT_BACKING);
        ck_assert_int_eq(set->samples[1].kind, TNS_FIT_OPAQUE);
        ck_assert_int_eq(set->samples[2].kind, TNS_FIT_FILM);
        ck_assert_uint_eq(set->samples[2].backing, 0);
        CHECK_NEAR("amount", set->samples[1].amount[0], 2, 0);
        CHECK_NEAR("amount", set->samples[2].amount[1], 0.5, 0);
        CHECK_NEAR("reflectance", set->samples[2].measured.value[10], 0.8, 1e-12);
        tns_sample_set_destroy(set);
    }
}
END_TEST

START_TEST(columns_that_are_none_of_a_tables_are_named)
{
    static const struct {
        const char *text, *passed_over;
    } rows[] = {
        {"SAMPLE_ID,AMOUNT_white,black,Under," BANDS "\na,1,0,card," LIGHT, "\"black\", \"Under\""},
        {"sample_id,backing,AMOUNT_white,LAB_L,XYZ_X,MIX," BANDS "\na,,1,90,80,1 drop," LIGHT, ""},
        {"CGATS.17\nNUMBER_OF_FIELDS 10\nBEGIN_DATA_FORMAT\nSAMPLE_ID AMOUNT_white "
         "AMONT_black " SEVEN "\nEND_DATA_FORMAT\nNUMBER_OF_SETS 1\nBEGIN_DATA\n\"a\" 1 0 .8 .8 .8 "
         ".8 .8 .8 .8\nEND_DATA\n",
         "\"AMONT_black\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        tns_sample_set *set = parsed(rows[i].text, NULL, &err);
        ck_assert_msg(set != NULL, "%zu: %s", i, err.text);
        ck_assert_str_eq(set->passed_over, rows[i].passed_over);
        tns_sample_set_destroy(set);
    }
}
END_TEST

START_TEST(held_out_rows_may_hold_anything_and_do_not_decide_on_percent)
{
    tns_error err = {0};
    tns_sample_set *set =
        parsed(HEAD "a,,1,0," LIGHT "b,,0,1,900,900,900,900,900,900,900\n", "b", &err);
    ck_assert_msg(set != NULL, "%s", err.text);
    ck_assert(!set->samples[0].held_out && set->samples[1].held_out);
    ck_assert(!set->samples[0].unreadable && set->samples[1].unreadable);
    CHECK_NEAR("reflectance", set->samples[0].measured.value[10], 0.8, 1e-12);
    tns_sample_set_destroy(set);
}
END_TEST

/* Blacks below one per cent all over, as many as there are lighter rows. */
START_TEST(black_rows_of_a_table_in_percent_are_in_percent_too)
{
    tns_error err = {0};
    tns_sample_set *set = parsed(HEAD "a,,1,0,80,80,80,80,80,80,80\n"
                                      "b,,0,1,0.8,0.8,0.8,0.8,0.8,0.8,0.8\n",
                                 NULL, &err);
    ck_assert_msg(set != NULL, "%s", err.text);
    CHECK_NEAR("black", set->samples[1].measured.value[10], 0.008, 1e-12);
    tns_sample_set_destroy(set);
}
END_TEST

START_TEST(broken_tables_are_refused_with_their_place)
{
    static const struct {
        const char *label, *text, *holdout, *says;
        tns_code code;
    } rows[] = {
        {"no amounts", "SAMPLE_ID," BANDS "\na," LIGHT, NULL, "columns AMOUNT_<pigment>",
         TNS_ERROR_FORMAT},
        {"no wavelengths", "SAMPLE_ID,AMOUNT_x,L,a,b\na,1,50,0,0\n", NULL,
         "expected columns of wavelengths", TNS_ERROR_FORMAT},
        {"no id", HEAD ",,1,0," LIGHT, NULL, "line 2: expected a SAMPLE_ID", TNS_ERROR_FORMAT},
        {"an id twice", HEAD "a,,1,0," LIGHT "a,,1,0," LIGHT, NULL, "line 3: expected each",
         TNS_ERROR_FORMAT},
        {"a column twice", "SAMPLE_ID,AMOUNT_x,AMOUNT_x," BANDS "\na,1,1," LIGHT, NULL,
         "AMOUNT_x is there twice", TNS_ERROR_FORMAT},
        {"a nameless pigment", "SAMPLE_ID,AMOUNT_," BANDS "\na,1," LIGHT, NULL,
         "AMOUNT_: expected letters", TNS_ERROR_FORMAT},
        {"a pigment with a blank", "SAMPLE_ID,AMOUNT_red oxide," BANDS "\na,1," LIGHT, NULL,
         "expected letters", TNS_ERROR_FORMAT},
        {"a negative amount", HEAD "a,,-1,0," LIGHT, NULL,
         "line 2: AMOUNT_white: expected an amount of 0 or more, found -1", TNS_ERROR_RANGE},
        {"an amount that is none", HEAD "a,,much,0," LIGHT, NULL, "line 2: AMOUNT_white",
         TNS_ERROR_FORMAT},
        {"a decimal comma", HEAD "a,,\"1,5\",0," LIGHT, NULL, "AMOUNT_white", TNS_ERROR_FORMAT},
        {"a backing nobody has", HEAD "a,wood,1,0," LIGHT, NULL, "found \"wood\"",
         TNS_ERROR_FORMAT},
        {"a backing that is a sample", HEAD "p,,1,0," LIGHT "a,p,1,0," LIGHT, NULL,
         "line 3: BACKING: expected a bare sample", TNS_ERROR_FORMAT},
        {"nothing over a backing", HEAD "p,,0,0," LIGHT "a,p,0,0," LIGHT, NULL,
         "needs an amount above 0", TNS_ERROR_FORMAT},
        {"a reflectance of 1.5", HEAD "a,,1,0,1.5,0,0,0,0,0,0\n", NULL, "line 2: 400 nm",
         TNS_ERROR_RANGE},
        {"percent beyond 130", HEAD "a,,1,0,150,50,50,50,50,50,50\n", NULL,
         "expected a reflectance of 0 to 100, found 150", TNS_ERROR_RANGE},
        {"per cent in one cell of fractions",
         HEAD "a,,1,0," LIGHT "b,,2,1," LIGHT "c,,0,1,0.8,0.8,45,0.8,0.8,0.8,0.8\n", NULL,
         "line 4: 500 nm: expected a reflectance of 0 to 1 as in 2 of 3 rows, found 45",
         TNS_ERROR_RANGE},
        {"a row in per cent among fractions",
         HEAD "a,,1,0,80,80,80,80,80,80,80\n"
              "b,,2,1," LIGHT "c,,0,1," LIGHT,
         NULL, "line 2: 400 nm: expected a reflectance of 0 to 1 as in 2 of 3 rows, found 80",
         TNS_ERROR_RANGE},
        {"a short row", HEAD "a,,1,0,0.5\n", NULL, "line 2: expected 11 fields", TNS_ERROR_FORMAT},
        {"held out and not there", HEAD "a,,1,0," LIGHT, "a,b", "--holdout: no sample \"b\"",
         TNS_ERROR_USAGE},
        {"a list that is not there", HEAD "a,,1,0," LIGHT, "@no/such/list", "no/such/list",
         TNS_ERROR_NOT_FOUND},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        ck_assert_msg(!parsed(rows[i].text, rows[i].holdout, &err), "%s", rows[i].label);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s: %s", rows[i].label, err.text);
        ck_assert_msg(err.code == rows[i].code, "%s: code %d", rows[i].label, (int)err.code);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("samples");
    TCase *tc = tcase_create("samples");
    tcase_add_test(tc, backings_thick_layers_and_films_are_told_apart_in_csv_and_cgats);
    tcase_add_test(tc, held_out_rows_may_hold_anything_and_do_not_decide_on_percent);
    tcase_add_test(tc, columns_that_are_none_of_a_tables_are_named);
    tcase_add_test(tc, black_rows_of_a_table_in_percent_are_in_percent_too);
    tcase_add_test(tc, broken_tables_are_refused_with_their_place);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
