/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <tonsure/exchange.h>

#include "support/testing.h"

static bool parse(const char *text, const char *sample, const char *viewing, tns_reading *out,
                  tns_error *err)
{
    tns_viewing asked;
    ck_assert(!viewing || tns_viewing_find(viewing, &asked, err));
    return tns_exchange_parse_app(text, strlen(text), "app.csv", sample, viewing ? &asked : NULL,
                                  out, err);
}

START_TEST(columns_are_known_by_any_of_their_usual_names)
{
    static const struct {
        const char *label, *text, *sample, *viewing, *illuminant;
        int observer;
    } rows[] = {
        {"plain", "L,a,b,Illuminant,Observer\n38.2,-3.1,6,D50,2\n", NULL, NULL, "D50", 2},
        {"with stars and a name", "Name,L*,a*,b*,Light Source\nnape,38.2,-3.1,6,D65/10\n", "nape",
         NULL, "D65", 10},
        {"the light in the header", "CIE L* (D50/2),CIE a*,CIE b*\n38.2,-3.1,6\n", NULL, NULL,
         "D50", 2},
        {"brackets", "Lab-L [D65/10],Lab-A,Lab-B\n38.2,-3.1,6\n", NULL, NULL, "D65", 10},
        {"semicolons and decimal commas",
         "Sample;L;A;B;Observer;Illuminant\nx;38,2;-3,1;6,0;10;D65\n", NULL, NULL, "D65", 10},
        {"tabs", "id\tLAB_L\tLAB_A\tLAB_B\n7\t38.2\t-3.1\t6\n", NULL, "D50/2", "D50", 2},
        {"quoted decimal commas", "L,a,b\n\"38,2\",\"-3,1\",\"6\"\n", NULL, "D65/10", "D65", 10},
        {"degrees in words", "L,a,b,Condition\n38.2,-3.1,6,D65 10 deg\n", NULL, NULL, "D65", 10},
        {"a mark before the first name", "\xEF\xBB\xBFL,a,b\n38.2,-3.1,6\n", NULL, "D65/10", "D65",
         10},
        {"the second of two", "Name,L,a,b\none,1,2,3\ntwo,38.2,-3.1,6\n", "two", "D65/10", "D65",
         10},
        {"the same by number", "Name,L,a,b\none,1,2,3\ntwo,38.2,-3.1,6\n", "2", "D65/10", "D65",
         10},
        {"other columns", "Date,R,G,B,hex,L,a,b,C,h\n1.2.26,9,8,7,#090807,38.2,-3.1,6,7,8\n", NULL,
         "D65/10", "D65", 10},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_reading r;
        tns_error err = {0};
        ck_assert_msg(parse(rows[i].text, rows[i].sample, rows[i].viewing, &r, &err), "%s: %s",
                      rows[i].label, err.text);
        CHECK_NEAR(rows[i].label, r.color.lab.L, 38.2, 0);
        CHECK_NEAR(rows[i].label, r.color.lab.a, -3.1, 0);
        CHECK_NEAR(rows[i].label, r.color.lab.b, 6, 0);
        ck_assert_str_eq(r.color.illuminant, rows[i].illuminant);
        ck_assert_int_eq(r.color.observer, rows[i].observer);
        ck_assert(r.has_color && !r.has_spectrum && r.source.kind == TNS_SOURCE_FILE);
    }
}
END_TEST

START_TEST(what_is_wrong_with_a_table_is_told_with_its_place)
{
    static const struct {
        const char *label, *text, *sample, *viewing;
        tns_code code;
        const char *says;
    } rows[] = {
        {"nothing", "", NULL, NULL, TNS_ERROR_FORMAT, "found 0 lines"},
        {"only names", "L,a,b\n", NULL, NULL, TNS_ERROR_FORMAT, "found 1 lines"},
        {"no L", "R,G,B\n1,2,3\n", NULL, NULL, TNS_ERROR_FORMAT, "expected columns L, a and b"},
        {"no light", "L,a,b\n38,3,6\n", NULL, NULL, TNS_ERROR_USAGE, "--viewing D50/2"},
        {"no observer", "L,a,b,Illuminant\n38,3,6,D65\n", NULL, NULL, TNS_ERROR_FORMAT,
         "line 2: expected a light such as D50/2, found \"D65\""},
        {"an unknown light", "L,a,b,Illuminant,Observer\n38,3,6,sun,2\n", NULL, NULL,
         TNS_ERROR_FORMAT, "\"sun\""},
        {"another light than said", "L,a,b,Illuminant,Observer\n38,3,6,D50,2\n", NULL, "D65/10",
         TNS_ERROR_USAGE, "under D50/2, not under D65/10"},
        {"no number", "L,a,b\n38,x,6\n", NULL, "D65/10", TNS_ERROR_FORMAT,
         "line 2: a: expected a number, found \"x\""},
        {"too few fields", "L,a,b\n38,3\n", NULL, "D65/10", TNS_ERROR_FORMAT, "found \"\""},
        {"out of reason", "L,a,b\n138,3,6\n", NULL, "D65/10", TNS_ERROR_RANGE, "found 138"},
        {"two and none named", "L,a,b\n1,2,3\n4,5,6\n", NULL, "D65/10", TNS_ERROR_USAGE,
         "it has 2 readings"},
        {"no such name", "Name,L,a,b\nx,1,2,3\n", "y", "D65/10", TNS_ERROR_USAGE,
         "no reading \"y\""},
        {"no such number", "Name,L,a,b\nx,1,2,3\n", "2", "D65/10", TNS_ERROR_USAGE,
         "no reading \"2\""},
        {"an open quotation", "L,a,b\n\"1,2,3\n", NULL, "D65/10", TNS_ERROR_FORMAT, "app.csv"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_reading r;
        tns_error err = {0};
        ck_assert_msg(!parse(rows[i].text, rows[i].sample, rows[i].viewing, &r, &err), "%s",
                      rows[i].label);
        ck_assert_msg(err.code == rows[i].code && strstr(err.text, rows[i].says), "%s: %s",
                      rows[i].label, err.text);
    }
}
END_TEST

START_TEST(a_table_cut_anywhere_is_refused_or_read_but_never_worse)
{
    static const char text[] = "\xEF\xBB\xBFName;\"L*\";a*;b*;Light\n\"n;1\";38,2;3,1;6,0;D50/2\n";
    for (size_t n = 0; n < sizeof text; n++) {
        tns_reading r;
        tns_error err = {0};
        if (!tns_exchange_parse_app(text, n, "app.csv", NULL, NULL, &r, &err))
            ck_assert_msg(err.code != TNS_OK && err.text[0], "%zu", n);
        else
            CHECK_NEAR("L*", r.color.lab.L, 38.2, 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("apps");
    TCase *tc = tcase_create("apps");
    tcase_add_test(tc, columns_are_known_by_any_of_their_usual_names);
    tcase_add_test(tc, what_is_wrong_with_a_table_is_told_with_its_place);
    tcase_add_test(tc, a_table_cut_anywhere_is_refused_or_read_but_never_worse);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
