/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ledger keeps of a recipe. */
#include <stdio.h>

#include "stock/people.h"

START_TEST(of_a_recipe_names_and_parts_are_kept_and_of_anything_else_nothing)
{
    static const struct {
        const char *told, *kept; /* NULL = it is refused */
    } rows[] = {
        {"carbon-black=3,diluent=42", "carbon-black=3,diluent=42"},
        {" carbon-black = 3 , diluent=42 ", "carbon-black=3,diluent=42"},
        {"a=0.1333333333", "a=0.133333"},
        {"iron oxide=2,b=1e3", "iron oxide=2,b=1000"},
        {"", NULL},
        {"  ", NULL},
        {"a", NULL},
        {"a=", NULL},
        {"=3", NULL},
        {"a=3,", NULL},
        {",a=3", NULL},
        {"a=3,,b=1", NULL},
        {"a=0", NULL},
        {"a=-1", NULL},
        {"a=nan", NULL},
        {"a=1e10", NULL},
        {"a=3 for Jane Roe", NULL},
        {"a=3,a=1", NULL},
        {"/srv/Jane Roe/match.json", NULL},
        {"/srv/Jane Roe/a=3", NULL},
        {"C:\\Jane Roe\\a=3", NULL},
        {"a\nb=3", NULL},
        {"\377=3", NULL},
        {"a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1,j=1,k=1,l=1,m=1", NULL},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=1", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_recipe_parts parts;
        tns_error err = {0};
        char kept[TNS_RECIPE_TEXT_SIZE];
        bool done = tns_recipe_parts_parse(rows[i].told, &parts, &err) &&
                    tns_recipe_parts_write(&parts, kept, &err);
        ck_assert_msg(done == (rows[i].kept != NULL), "\"%s\": %s", rows[i].told, err.text);
        ck_assert_msg(done || err.code == TNS_ERROR_USAGE, "\"%s\"", rows[i].told);
        if (done)
            ck_assert_str_eq(kept, rows[i].kept);
    }
}
END_TEST

START_TEST(a_recipe_longer_than_the_ledger_keeps_is_refused)
{
    tns_recipe_parts parts = {0};
    tns_error err = {0};
    char kept[TNS_RECIPE_TEXT_SIZE], what[TNS_ID_SIZE];
    for (int i = 0; i < 8; i++) {
        snprintf(what, sizeof what, "%040d", i);
        ck_assert(tns_recipe_parts_add(&parts, what, 1, &err));
        ck_assert_int_eq(tns_recipe_parts_write(&parts, kept, &err), (i + 1) * 43 - 1 < 240);
    }
    ck_assert(!tns_recipe_parts_add(&parts, what, 1, &err));
}
END_TEST

static tns_code book_with(tns_stock *stock, const char *recipe, tns_stock_change *change)
{
    tns_stock_act act = because(NULL);
    tns_error err = {0};
    tns_visit visit = {.client = 1, .day = day_of("2026-07-01")};
    snprintf(visit.recipe, sizeof visit.recipe, "%s", recipe);
    return tns_visit_book(stock, &visit, &act, change, &err) ? TNS_OK : err.code;
}

START_TEST(a_booking_keeps_parts_alone_and_warns_of_what_the_shelf_has_not)
{
    tns_stock *stock = scratch();
    tns_stock_change change;
    add_client(stock, "");
    ck_assert_int_eq(book_with(stock, "/srv/Jane Roe/match.json", &change), TNS_ERROR_USAGE);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(book_with(stock, "carbon-blak=3, diluent=42", &change), TNS_OK);
    ck_assert_uint_eq(change.warnings.count, 2);
    ck_assert_str_eq(change.warnings.text[0], "nothing on the shelf is carbon-blak");
    ck_assert_str_eq(visit_of(stock, change.made.visit).recipe, "carbon-blak=3,diluent=42");
    tns_stock_change_finish(&change);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("recipe");
    TCase *tcase = tcase_create("recipe");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, of_a_recipe_names_and_parts_are_kept_and_of_anything_else_nothing);
    tcase_add_test(tcase, a_recipe_longer_than_the_ledger_keeps_is_refused);
    tcase_add_test(tcase, a_booking_keeps_parts_alone_and_warns_of_what_the_shelf_has_not);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
