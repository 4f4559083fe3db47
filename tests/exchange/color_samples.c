/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of mixes that were read as colors alone. */
#include <string.h>

#include <tonsure/exchange.h>

#include "support/testing.h"

#define HEAD "SAMPLE_ID,BACKING,AMOUNT_black,LAB_L,LAB_A,LAB_B"
#define STATED HEAD ",ILLUMINANT,OBSERVER\n"

static tns_color_samples *parsed(const char *text, const char *viewing, tns_error *err)
{
    tns_viewing asked;
    ck_assert(!viewing || tns_viewing_find(viewing, &asked, err));
    return tns_exchange_parse_color_samples(text, strlen(text), "s", NULL, viewing ? &asked : NULL,
                                            err);
}

START_TEST(each_color_is_read_with_the_light_that_holds_for_it)
{
    static const struct {
        const char *label, *text, *viewing, *illuminant;
        tns_observer observer;
    } rows[] = {
        {"the table's", STATED "a,,1,40,2,-3,F11,2\n", NULL, "F11", TNS_OBSERVER_2},
        {"the caller's", HEAD "\na,,1,40,2,-3\n", "D50/2", "D50", TNS_OBSERVER_2},
        {"CGATS's own",
         "CGATS.17\nNUMBER_OF_FIELDS 5\nBEGIN_DATA_FORMAT\nSAMPLE_ID AMOUNT_black LAB_L LAB_A "
         "LAB_B\nEND_DATA_FORMAT\nNUMBER_OF_SETS 1\nBEGIN_DATA\na 1 40 2 -3\nEND_DATA\n",
         NULL, "D50", TNS_OBSERVER_2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        tns_color_samples *s = parsed(rows[i].text, rows[i].viewing, &err);
        ck_assert_msg(s != NULL, "%s: %s", rows[i].label, err.text);
        ck_assert_uint_eq(s->mixes->count, 1);
        ck_assert_msg(strcmp(s->colors[0].illuminant, rows[i].illuminant) == 0, "%s: %s",
                      rows[i].label, s->colors[0].illuminant);
        ck_assert_int_eq(s->viewings[0].observer, rows[i].observer);
        CHECK_NEAR(rows[i].label, s->colors[0].lab.b, -3, 0);
        CHECK_NEAR(rows[i].label, s->mixes->samples[0].amount[0], 1, 0);
        tns_color_samples_destroy(s);
    }
    tns_color_samples_destroy(NULL);
}
END_TEST

START_TEST(a_bare_backing_has_the_likeliest_spectrum_of_its_color)
{
    tns_error err = {0};
    tns_color_samples *s =
        parsed(STATED "paper,,,90,1,2,D65,10\nfilm,paper,0.5,50,0,0,D65,10\n", NULL, &err);
    ck_assert_msg(s != NULL, "%s", err.text);
    const tns_fit_sample *paper = &s->mixes->samples[0], *film = &s->mixes->samples[1];
    ck_assert(paper->kind == TNS_FIT_BACKING && film->kind == TNS_FIT_FILM && film->backing == 0);
    tns_lab seen = tns_lab_from_spectrum(&paper->measured, &s->viewings[0]);
    CHECK_NEAR("L*", seen.L, 90, 0.01);
    CHECK_NEAR("a*", seen.a, 1, 0.01);
    CHECK_NEAR("b*", seen.b, 2, 0.01);
    tns_color_samples_destroy(s);
}
END_TEST

START_TEST(broken_tables_of_colors_are_refused_with_their_place)
{
    static const struct {
        const char *label, *text, *viewing, *says;
        tns_code code;
    } rows[] = {
        {"no light", HEAD "\na,,1,40,2,-3\n", NULL, "under which light", TNS_ERROR_USAGE},
        {"two lights", STATED "a,,1,40,2,-3,D65,10\n", "D50/2", "states the illuminant",
         TNS_ERROR_USAGE},
        {"spectra", "SAMPLE_ID,AMOUNT_black,400,500,600,700\na,1,.1,.1,.1,.1\n", "D50/2",
         "expected columns LAB_L, LAB_A and LAB_B", TNS_ERROR_FORMAT},
        {"no amounts", "SAMPLE_ID,LAB_L,LAB_A,LAB_B\na,40,2,-3\n", "D50/2",
         "columns AMOUNT_<pigment>, found 0", TNS_ERROR_FORMAT},
        {"a lamp nobody knows", STATED "a,,1,40,2,-3,Sun,10\n", NULL, "Sun", TNS_ERROR_FORMAT},
        {"too light", STATED "a,,1,40,2,-3,D65,10\nb,,1,101,2,-3,D65,10\n", NULL,
         "line 3: expected L* 0 to 100", TNS_ERROR_RANGE},
        {"no color at all", STATED "paper,,,50,-140,140,D65,10\n", NULL, "line 2", TNS_ERROR_RANGE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        ck_assert_msg(!parsed(rows[i].text, rows[i].viewing, &err), "%s", rows[i].label);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s: %s", rows[i].label, err.text);
        ck_assert_msg(err.code == rows[i].code, "%s: code %d: %s", rows[i].label, (int)err.code,
                      err.text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("color_samples");
    TCase *tc = tcase_create("color_samples");
    tcase_add_test(tc, each_color_is_read_with_the_light_that_holds_for_it);
    tcase_add_test(tc, a_bare_backing_has_the_likeliest_spectrum_of_its_color);
    tcase_add_test(tc, broken_tables_of_colors_are_refused_with_their_place);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
