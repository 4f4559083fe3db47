/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pot is mixed of. */
#include <tonsure/products.h>

#include "stock/people.h"

START_TEST(portions_add_up_and_the_largest_remainder_is_rounded_up)
{
    static const struct {
        const char *label;
        size_t count;
        double shares[4];
        int64_t total, expected[4];
        bool all;
    } rows[] = {
        {"the contract's own", 2, {3, 42}, 3000, {200, 2800}, true},
        {"thirds", 3, {1, 1, 1}, 100, {34, 33, 33}, true},
        {"two thirds up", 3, {1, 1, 1}, 101, {34, 34, 33}, true},
        /* Hamilton's method: 1000 * 5/13 = 384.6, 615.4. */
        {"a larger remainder first", 2, {5, 8}, 1000, {385, 615}, true},
        {"fractions", 2, {0.1, 0.2}, 3, {1, 2}, true},
        {"nothing asked, nothing given", 3, {1, 0, 1}, 10, {5, 0, 5}, true},
        {"a share too small", 2, {1, 9999}, 3000, {0, 3000}, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t out[4] = {0};
        ck_assert_msg(tns_pot_portions(rows[i].shares, rows[i].count, rows[i].total, out) ==
                          rows[i].all,
                      "%s", rows[i].label);
        for (size_t k = 0; k < rows[i].count; k++)
            ck_assert_msg(out[k] == rows[i].expected[k], "%s: part %d is %d", rows[i].label, (int)k,
                          (int)out[k]);
    }
}
END_TEST

START_TEST(a_pot_takes_first_expired_first_out_across_products_of_one_pigment)
{
    tns_stock *stock = shelf_of_two();
    tns_error err;
    int64_t visit = visit_for(stock, "Jane Roe"), id;
    ck_assert_msg(mix(stock, visit, 300, 2500, NULL, &id, &err) == TNS_OK, "%s", err.text);
    tns_pot_list list = pot_of(stock, id);
    const tns_pot *pot = &list.pots[0];
    static const struct {
        int64_t bottle, ul, cost;
        const char *lot;
    } parts[] = {
        {1, 200, 40000, "N1"}, {2, 100, 10000, "P1"}, {3, 2000, 0, "W1"}, {4, 500, 0, "W1"}};
    ck_assert_uint_eq(pot->part_count, 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(pot->parts[i].bottle, parts[i].bottle);
        ck_assert_int_eq(pot->parts[i].ul, parts[i].ul);
        ck_assert_int_eq(pot->parts[i].cost_millicents, parts[i].cost);
        ck_assert_str_eq(pot->parts[i].lot, parts[i].lot);
    }
    ck_assert(pot->ul == 2800 && pot->cost_millicents == 50000 && pot->visit == visit);
    ck_assert(pot->mixed == clock_now && pot->discard_by == clock_now + 4 * 3600);
    ck_assert_str_eq(pot->recipe, "carbon-black=1,diluent=14");
    ck_assert_int_eq(visit_of(stock, visit).state, TNS_VISIT_OPEN);
    ck_assert_int_eq(bottle_of(stock, 1).on_hand, 0);
    ck_assert_int_eq(bottle_of(stock, 4).opened, day_of("2026-06-15"));
    tns_pot_list_finish(&list);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(what_the_client_must_not_have_is_passed_over_refused_or_overridden)
{
    static const struct {
        const char *label, *card;
        int64_t black;
        const char *override;
        tns_code code;
        const char *told; /* in the error */
        int64_t first;    /* bottle */
    } rows[] = {
        {"no allergy", "", 100, NULL, TNS_OK, "", 1},
        {"passed over", "|nickel", 100, NULL, TNS_OK, "", 2},
        {"by CAS number", "|7786-81-4", 100, NULL, TNS_OK, "", 2},
        {"whatever its case", "|Nickel Sulfate", 100, NULL, TNS_OK, "", 2},
        {"part of a word is another word", "|nick", 100, NULL, TNS_OK, "", 1},
        {"not enough without it", "|nickel", 1100, NULL, TNS_ERROR_ALLERGEN,
         "nickel-black must not be used for C1, for it contains nickel sulfate, CAS 7786-81-4", 0},
        {"overridden, it comes last", "|nickel", 1100, "patch test was clear", TNS_OK, "", 1},
        {"all of a pigment", "|nickel|1333-86-4", 100, NULL, TNS_ERROR_ALLERGEN, "nickel-black", 0},
        {"the product's own name", "|plain-black", 100, NULL, TNS_OK, "", 1},
        {"the diluent", "|aqua", 100, NULL, TNS_ERROR_ALLERGEN, "water must not", 0},
        {"too little of all", "", 1300, NULL, TNS_ERROR_NOT_ENOUGH, "1.3 ml asked for, 1.2 ml", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_stock *stock = shelf_of_two();
        tns_error err;
        const tns_stock_act act = {.override = rows[i].override, .context = &standing};
        int64_t visit = visit_for(stock, rows[i].card), id = 0;
        tns_code code = mix(stock, visit, rows[i].black, 100, &act, &id, &err);
        ck_assert_msg(code == rows[i].code, "%s: %s", rows[i].label, err.text);
        ck_assert_msg(code == TNS_OK || strstr(err.text, rows[i].told), "%s: %s", rows[i].label,
                      err.text);
        if (code == TNS_OK) {
            tns_pot_list list = pot_of(stock, id);
            ck_assert_msg(list.pots[0].parts[0].bottle == rows[i].first, "%s: B%d", rows[i].label,
                          (int)list.pots[0].parts[0].bottle);
            tns_pot_list_finish(&list);
        } else {
            ck_assert_int_eq(visit_of(stock, visit).state, TNS_VISIT_BOOKED);
        }
        check_verifies(stock);
        tns_stock_close(stock);
    }
}
END_TEST

START_TEST(what_is_for_single_use_goes_to_one_visit_of_one_day)
{
    tns_stock *stock = scratch();
    tns_product ampoule = {
        .id = "ampoule", .kind = TNS_PRODUCT_DILUENT, .pao_months = TNS_SINGLE_USE, .pack = 5000};
    tns_stock_act act = because(NULL), later = on("2026-06-16");
    tns_stock_change change;
    tns_error err;
    add_labelled(stock, "black", "carbon-black", "Carbon black", 0);
    ck_assert_msg(tns_stock_add_product(stock, &ampoule, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    receive_on(stock, "ampoule", "W1", 2, 5000, "2027-01-01", ""); /* B1, B2 */
    receive(stock, "black", "L1", 9000, "2027-06-01");
    int64_t first = visit_for(stock, ""), second = visit_for(stock, ""), pot;
    ck_assert_int_eq(mix(stock, first, 100, 1000, NULL, &pot, &err), TNS_OK);
    ck_assert_int_eq(bottle_of(stock, 1).on_hand, 4000);
    ck_assert_int_eq(bottle_of(stock, 1).use_by, day_of("2026-06-15"));
    ck_assert_int_eq(mix(stock, second, 100, 1000, NULL, &pot, &err), TNS_OK);
    ck_assert_int_eq(bottle_of(stock, 1).on_hand, 4000);
    ck_assert_int_eq(bottle_of(stock, 2).on_hand, 4000);
    ck_assert_int_eq(mix(stock, first, 100, 1000, NULL, &pot, &err), TNS_OK);
    ck_assert_int_eq(bottle_of(stock, 1).on_hand, 3000);
    ck_assert_int_eq(mix(stock, visit_for(stock, ""), 100, 1000, NULL, &pot, &err),
                     TNS_ERROR_NOT_ENOUGH);
    clock_now += 86400; /* the next day nothing of it is good */
    ck_assert_int_eq(mix(stock, first, 100, 1000, &later, &pot, &err), TNS_ERROR_EXPIRED);
    tns_product_list list;
    ck_assert(tns_stock_products(stock, day_of("2026-06-16"), &standing, &list, &err));
    ck_assert_int_eq(list.products[0].on_hand, 7000);
    ck_assert_int_eq(list.products[0].usable, 0);
    ck_assert_int_eq(list.products[0].product.pao_months, TNS_SINGLE_USE);
    tns_product_list_finish(&list);
    clock_now -= 86400;
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(what_a_palette_knows_of_a_pigment_counts_too)
{
    static tns_pigment known = {.name = "Black of the maker",
                                .color_index_count = 1,
                                .color_index = {"CI 77266"},
                                .ingredient_count = 1,
                                .ingredients = {{"Shellac", "9000-59-3"}}};
    static const char *const allergies[] = {"|CI 77266", "|77266", "|shellac", "|9000-59-3"};
    for (size_t i = 0; i < sizeof allergies / sizeof *allergies; i++) {
        tns_stock *stock = shelf_of_two();
        const tns_pot_need need = {.what = "carbon-black", .ul = 100, .known = &known};
        const tns_pot_order order = {.visit = visit_for(stock, allergies[i]),
                                     .recipe = "carbon-black=1",
                                     .need_count = 1,
                                     .needs = &need};
        tns_stock_change change;
        tns_error err = {0};
        const tns_stock_act act = because(NULL);
        ck_assert(!tns_pot_make(stock, &order, &act, &change, &err));
        ck_assert_msg(err.code == TNS_ERROR_ALLERGEN, "%s: %s", allergies[i], err.text);
        tns_stock_change_finish(&change);
        tns_stock_close(stock);
    }
}
END_TEST

START_TEST(where_the_card_is_not_known_nothing_is_mixed_without_a_word)
{
    tns_stock *stock = shelf_of_two(), *other = scratch();
    tns_error err;
    int64_t visit = visit_for(stock, "Jane Roe|nickel");
    ck_assert(tns_stock_export(stock, in_folder("pots.csv"), NULL, &err));
    ck_assert(tns_stock_import(other, in_folder("pots.csv"), false, NULL, &err));
    ck_assert_int_eq(mix(other, visit, 100, 100, NULL, NULL, &err), TNS_ERROR_ALLERGEN);
    const tns_stock_act act = {.override = "asked again: none", .context = &standing};
    ck_assert_int_eq(mix(other, visit, 100, 100, &act, NULL, &err), TNS_OK);
    tns_stock_close(other);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_pot_is_refused_as_a_use_is_and_leaves_nothing_behind)
{
    static const struct {
        const char *label, *today;
        bool sterile, closed;
        tns_code code;
    } rows[] = {
        {"all is well", "2026-06-15", true, false, TNS_OK},
        {"the pigment expired", "2026-12-02", true, false, TNS_ERROR_EXPIRED},
        {"the diluent is not sterile", "2026-06-15", false, false, TNS_ERROR_NOT_STERILE},
        {"the visit is closed", "2026-06-15", true, true, TNS_ERROR_CONFLICT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_stock *stock = scratch();
        tns_stock_verification before, after;
        tns_error err;
        clock_now = 1781524800;
        add_labelled(stock, "black", "carbon-black", NULL, 0);
        add_labelled(stock, "water", NULL, NULL, 0);
        receive(stock, "black", "N1", 200, "2026-12-01");
        const tns_delivery water = {.product = "water",
                                    .lot = "W1",
                                    .bottles = 1,
                                    .amount = 5000,
                                    .expires = day_of("2027-12-01"),
                                    .sterile = rows[i].sterile};
        tns_stock_change change;
        const tns_stock_act act = because(NULL);
        ck_assert(tns_stock_receive(stock, &water, &act, &change, &err));
        tns_stock_change_finish(&change);
        int64_t visit = visit_for(stock, "");
        if (rows[i].closed) {
            ck_assert_int_eq(step(stock, tns_visit_open, visit), TNS_OK);
            ck_assert_int_eq(step(stock, tns_visit_close, visit), TNS_OK);
        }
        clock_now = (int64_t)day_of(rows[i].today) * 86400 + 43200;
        ck_assert(tns_stock_verify(stock, &before, &err));
        tns_code code = mix(stock, visit, 100, 1400, NULL, NULL, &err);
        ck_assert_msg(code == rows[i].code, "%s: %s", rows[i].label, err.text);
        ck_assert(tns_stock_verify(stock, &after, &err));
        ck_assert_msg((before.entries == after.entries) == (code != TNS_OK), "%s", rows[i].label);
        tns_stock_close(stock);
    }
    clock_now = 1781524800;
}
END_TEST

START_TEST(an_order_that_makes_no_sense_is_refused)
{
    static const struct {
        const char *label, *what;
        int64_t ul, visit;
        int minutes;
    } rows[] = {
        {"nothing of it", "carbon-black", 0, 1, 0},
        {"more than a litre", "carbon-black", 1000001, 1, 0},
        {"a visit that is not", "carbon-black", 10, 9, 0},
        {"a pigment that nobody keeps", "mauve", 10, 1, 0},
        {"good for a month", "carbon-black", 10, 1, 60 * 24 * 30},
    };
    tns_stock *stock = shelf_of_two();
    visit_for(stock, "");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_pot_need need = {.ul = rows[i].ul};
        strcpy(need.what, rows[i].what);
        const tns_pot_order order = {.visit = rows[i].visit,
                                     .recipe = "",
                                     .need_count = 1,
                                     .needs = &need,
                                     .discard_minutes = rows[i].minutes};
        tns_stock_change change;
        tns_error err = {0};
        const tns_stock_act act = because(NULL);
        ck_assert_msg(!tns_pot_make(stock, &order, &act, &change, &err) &&
                          err.code == (i == 2 ? TNS_ERROR_NO_SUCH : TNS_ERROR_USAGE),
                      "%s: %s", rows[i].label, err.text);
        tns_stock_change_finish(&change);
    }
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mix");
    TCase *tcase = tcase_create("mix");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, portions_add_up_and_the_largest_remainder_is_rounded_up);
    tcase_add_test(tcase, a_pot_takes_first_expired_first_out_across_products_of_one_pigment);
    tcase_add_test(tcase, what_the_client_must_not_have_is_passed_over_refused_or_overridden);
    tcase_add_test(tcase, what_is_for_single_use_goes_to_one_visit_of_one_day);
    tcase_add_test(tcase, what_a_palette_knows_of_a_pigment_counts_too);
    tcase_add_test(tcase, where_the_card_is_not_known_nothing_is_mixed_without_a_word);
    tcase_add_test(tcase, a_pot_is_refused_as_a_use_is_and_leaves_nothing_behind);
    tcase_add_test(tcase, an_order_that_makes_no_sense_is_refused);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
