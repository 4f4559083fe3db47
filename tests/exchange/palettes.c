/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Palettes as tables, out and in again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/exchange.h>

#include "support/testing.h"

#define HEAD "PIGMENT,QUANTITY,nm400,nm500,nm600,nm700\n"
#define RED "red,K,4,3,1,0.5\nred,S,1,1,1.5,2\n"

static tns_palette *read(const char *text, tns_error *err)
{
    return tns_exchange_parse_palette(text, strlen(text), "t.csv", err);
}

START_TEST(every_shipped_palette_comes_back_to_the_printed_digit)
{
    for (const char *const *name = tns_palette_shipped(); *name; name++) {
        tns_error err = {0};
        tns_palette *palette = tns_palette_find(*name, &err);
        ck_assert_msg(palette != NULL, "%s", err.text);
        char *text = tns_exchange_write_palette(palette);
        ck_assert(text != NULL);
        tns_palette *back = read(text, &err);
        ck_assert_msg(back != NULL, "%s: %s", *name, err.text);
        ck_assert_uint_eq(back->count, palette->count);
        ck_assert_str_eq(back->name, palette->name);
        ck_assert(memcmp(&back->model.k1, &palette->model.k1, 2 * sizeof(double)) == 0);
        ck_assert_int_eq(back->model.absolute, palette->model.absolute);
        ck_assert_int_eq(back->model.basis, palette->model.basis);
        ck_assert_int_eq(back->model.specular_included, palette->model.specular_included);
        ck_assert(back->model.medium_n == palette->model.medium_n);
        ck_assert_str_eq(back->model.load_unit, palette->model.load_unit);
        for (size_t i = 0; i < palette->count; i++) {
            const tns_pigment *a = &palette->pigments[i], *b = &back->pigments[i];
            ck_assert_str_eq(a->id, b->id);
            ck_assert_str_eq(a->name, b->name);
            ck_assert(a->kind == b->kind && a->origin == b->origin);
            CHECK_NEAR(a->id, b->uncertainty, a->uncertainty, 1e-15);
            for (int k = 0; k < TNS_BANDS; k++) {
                CHECK_NEAR(a->id, b->K[k], a->K[k], 1e-15 * a->K[k]);
                CHECK_NEAR(a->id, b->S[k], a->S[k], 1e-15 * a->S[k]);
            }
        }
        char *again = tns_exchange_write_palette(back);
        ck_assert_str_eq(text, again);
        free(again);
        free(text);
        tns_palette_destroy(back);
        tns_palette_destroy(palette);
    }
}
END_TEST

START_TEST(a_single_constant_palette_has_one_row_a_pigment)
{
    tns_error err = {0};
    tns_palette *p = read("MODEL,PIGMENT,QUANTITY,nm400,nm500,nm600,nm700\n"
                          "single-constant,red,K/S,4,3,1,0.5\n",
                          &err);
    ck_assert_msg(p != NULL, "%s", err.text);
    ck_assert(p->model.single_constant && !p->model.absolute && p->pigments[0].S[7] == 1);
    CHECK_NEAR("K/S at 400", p->pigments[0].K[2], 4, 0);
    char *text = tns_exchange_write_palette(p);
    ck_assert(text && strstr(text, "\"K/S\"") && !strstr(text, "\"S\""));
    free(text);
    tns_palette_destroy(p);
}
END_TEST

START_TEST(another_grid_and_a_spreadsheets_commas_are_read)
{
    tns_error err = {0};
    tns_palette *p = read("\"pigment\";quantity;SPEC_400;SPEC_500;SPEC_600;SPEC_700\n"
                          "red;k;4;3;1;0,5\nred;S;1;1;1,5;2\n",
                          &err);
    ck_assert_msg(p != NULL, "%s", err.text);
    CHECK_NEAR("K at 700", p->pigments[0].K[32], 0.5, 1e-12);
    CHECK_NEAR("K at 380, held", p->pigments[0].K[0], 4, 1e-12);
    CHECK_NEAR("S at 600", p->pigments[0].S[22], 1.5, 1e-12);
    ck_assert_str_eq(p->name, "");
    ck_assert_int_eq(p->pigments[0].origin, TNS_ORIGIN_MEASURED);
    tns_palette_destroy(p);
}
END_TEST

START_TEST(a_broken_table_is_refused_with_its_line)
{
    static const struct {
        const char *label, *text, *says;
    } rows[] = {
        {"nothing", "", "expected 1 to 2000 rows, found 0"},
        {"a head alone", HEAD, "expected 1 to 2000 rows, found 0"},
        {"another table", "ID,400,500,600,700\nx,1,2,3,4\n", "there is no column PIGMENT"},
        {"no quantity", "PIGMENT,nm400,nm500,nm600,nm700\nred,1,1,1,1\n",
         "there is no column QUANTITY"},
        {"no wavelengths", "PIGMENT,QUANTITY\nred,K\n", "its wavelengths: "},
        {"a half of them", "PIGMENT,QUANTITY,nm400,nm450,nm500\nred,K,1,1,1\n",
         "its wavelengths: "},
        {"falling", "PIGMENT,QUANTITY,nm700,nm600,nm500,nm400\nred,K,1,1,1,1\n",
         "its wavelengths: "},
        {"no S", HEAD "red,K,4,3,1,0.5\n", "there is no row for S of red"},
        {"no K", HEAD "red,S,4,3,1,0.5\n", "there is no row for K of red"},
        {"K twice", HEAD RED "red,K,4,3,1,0.5\n", "line 4: K of red is in line 2 already"},
        {"an id of two words", HEAD "dark red,K,1,1,1,1\n", "line 2: PIGMENT: expected letters"},
        {"no id", HEAD ",K,1,1,1,1\n", "line 2: PIGMENT: expected letters"},
        {"another quantity", HEAD "red,R,1,1,1,1\n",
         "line 2: QUANTITY: expected K or S, found "
         "\"R\""},
        {"below nothing", HEAD "red,K,4,-3,1,0.5\n", "line 2: nm500: expected 0 to 1e+06"},
        {"a word", HEAD "red,K,4,much,1,0.5\n", "line 2: nm500: expected a number"},
        {"an empty field", HEAD "red,K,4,,1,0.5\n", "line 2: nm500: expected a number"},
        {"decimal commas", HEAD "red,K,0,4,0,3,0,1,0,5\n", "line 2: expected 6 fields, found 10"},
        {"cut short", HEAD "red,K,4,3\n", "line 2: expected 6 fields, found 4"},
        {"all black", HEAD "red,K,0,0,0,0\nred,S,0,0,0,0\n", "K and S are 0 in every band"},
        {"a kind of its own", "KIND," HEAD "glitter,red,K,1,1,1,1\n",
         "line 2: KIND: expected pigment or preshade or diluent or additive, found \"glitter\""},
        {"two scales", "SCALE," HEAD "absolute,red,K,1,1,1,1\nrelative,red,S,1,1,1,1\n",
         "line 3: SCALE: expected \"absolute\" as in line 2, found \"relative\""},
        {"two origins", "ORIGIN," HEAD "measured,red,K,1,1,1,1\nmodelled,red,S,1,1,1,1\n",
         "line 3: ORIGIN: expected \"measured\" as in line 2"},
        {"k2 of all", "K2," HEAD "1,red,K,1,1,1,1\n",
         "line 2: K2: expected 0 to 0.95, found \"1\""},
        {"K in a palette of one constant", "MODEL," HEAD "single-constant,red,K,1,1,1,1\n",
         "line 2: QUANTITY: expected K/S, found \"K\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        ck_assert_msg(read(rows[i].text, &err) == NULL, "%s: was read", rows[i].label);
        ck_assert_msg(strncmp(err.text, "t.csv: ", 7) == 0 && strstr(err.text, rows[i].says),
                      "%s: expected \"%s\", found \"%s\"", rows[i].label, rows[i].says, err.text);
    }
}
END_TEST

/* A table of so many pigments, of one constant; free it. */
static char *table_of(int count)
{
    static const char head[] = "PALETTE,MODEL,PIGMENT,QUANTITY,nm400,nm500,nm600,nm700\n";
    char *text = malloc(sizeof head + (size_t)count * 48), *at = text;
    ck_assert(text != NULL);
    at += sprintf(at, "%s", head);
    for (int i = 0; i < count; i++)
        at += sprintf(at, "p,single-constant,p%d,K/S,1,1,1,1\n", i);
    return text;
}

START_TEST(no_more_pigments_are_read_than_a_palette_file_may_have)
{
    for (int count = 1000; count <= 1001; count++) {
        tns_error err = {0};
        char *table = table_of(count);
        tns_palette *palette = read(table, &err);
        char *file = palette ? tns_palette_write(palette) : NULL;
        tns_palette *again = file ? tns_palette_parse(file, strlen(file), "p", &err) : NULL;
        ck_assert_msg((count == 1000) == (again != NULL), "%d: %s", count, err.text);
        ck_assert(again || strstr(err.text, "t.csv: line 1002: expected at most 1000 pigments"));
        tns_palette_destroy(again);
        tns_palette_destroy(palette);
        free(file);
        free(table);
    }
}
END_TEST

START_TEST(what_is_lost_is_told_and_nothing_else)
{
    tns_error err = {0};
    tns_warnings lost = {0};
    tns_palette *p = read(HEAD RED, &err);
    ck_assert_msg(p != NULL, "%s", err.text);
    tns_exchange_palette_loss(p, &lost);
    ck_assert_uint_eq(lost.count, 0);
    p->pigments[0].has_covariance = true;
    tns_exchange_palette_loss(p, &lost);
    ck_assert_uint_eq(lost.count, 1);
    ck_assert(strstr(lost.text[0], "covariance"));
    p->pigments[0].drop_ml = 0.04;
    p->pigments[0].ingredient_count = 1;
    tns_exchange_palette_loss(p, &lost);
    ck_assert_uint_eq(lost.count, 3);
    tns_palette_destroy(p);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("palettes");
    TCase *tc = tcase_create("palettes");
    tcase_add_test(tc, every_shipped_palette_comes_back_to_the_printed_digit);
    tcase_add_test(tc, a_single_constant_palette_has_one_row_a_pigment);
    tcase_add_test(tc, another_grid_and_a_spreadsheets_commas_are_read);
    tcase_add_test(tc, a_broken_table_is_refused_with_its_line);
    tcase_add_test(tc, no_more_pigments_are_read_than_a_palette_file_may_have);
    tcase_add_test(tc, what_is_lost_is_told_and_nothing_else);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
