/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pots: what they are mixed of, for whom they must not be, and where a lot went. */
#include <stdio.h>

#include <tonsure/products.h>

#include "stock/people.h"

/*
 * Two products of one pigment, the one that expires first of nickel, and a sterile diluent. B1
 * nickel-black 200 ul, B2 plain-black 1000 ul, B3 and B4 water, 2000 ul each.
 */
static tns_stock *shelf_of_two(void)
{
    tns_stock *stock = scratch();
    add_labelled(stock, "nickel-black", "carbon-black", "nickel sulfate:7786-81-4", 3000);
    add_labelled(stock, "plain-black", "carbon-black", "Carbon black:1333-86-4", 1500);
    add_labelled(stock, "water", NULL, "Aqua", 0);
    receive(stock, "nickel-black", "N1", 200, "2026-12-01");
    receive(stock, "plain-black", "P1", 1000, "2027-06-01");
    receive_on(stock, "water", "W1", 2, 2000, "2027-01-01", "");
    return stock;
}

static int64_t visit_for(tns_stock *stock, const char *card)
{
    return book(stock, add_client(stock, card), "2026-06-15");
}

/* ---- portions ---- */

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

/* ---- mixing ---- */

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
        {"too little of all", "", 1300, NULL, TNS_ERROR_NOT_ENOUGH, "1300 ul asked for, 1200", 0},
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

/* ---- closing and taking back ---- */

static tns_code close_pot(tns_stock *stock, int64_t pot, int64_t left)
{
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err = {0};
    bool done = tns_pot_close(stock, pot, left, &act, &change, &err);
    tns_stock_change_finish(&change);
    return done ? TNS_OK : err.code;
}

START_TEST(what_is_left_of_a_pot_is_waste_at_its_cost)
{
    tns_stock *stock = shelf_of_two();
    tns_error err;
    int64_t visit = visit_for(stock, ""), id;
    ck_assert_int_eq(mix(stock, visit, 200, 1800, NULL, &id, &err), TNS_OK);
    ck_assert_int_eq(step(stock, tns_visit_close, visit), TNS_ERROR_CONFLICT);
    ck_assert_int_eq(close_pot(stock, id, 2001), TNS_ERROR_USAGE);
    ck_assert_int_eq(close_pot(stock, 9, 0), TNS_ERROR_NO_SUCH);
    ck_assert_int_eq(close_pot(stock, id, 500), TNS_OK);
    ck_assert_int_eq(close_pot(stock, id, 0), TNS_ERROR_CONFLICT);
    tns_pot_list list = pot_of(stock, id);
    /* 200 ul of 15 ml at 30.00 are 0.40; a quarter of that is left. */
    ck_assert(list.pots[0].state == TNS_POT_CLOSED && list.pots[0].left_ul == 500);
    ck_assert_int_eq(tns_pot_waste_cents(&list.pots[0]), 10);
    tns_pot_list_finish(&list);
    ck_assert_int_eq(step(stock, tns_visit_close, visit), TNS_OK);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(no_pot_of_a_closed_visit_is_opened_by_an_undoing)
{
    tns_stock *stock = shelf_of_two();
    tns_stock_act act = because("there was more");
    tns_stock_change change;
    tns_error err;
    tns_stock_verification closed;
    int64_t visit = visit_for(stock, ""), id;
    ck_assert_int_eq(mix(stock, visit, 200, 1800, NULL, &id, &err), TNS_OK);
    ck_assert_int_eq(close_pot(stock, id, 500), TNS_OK);
    ck_assert(tns_stock_verify(stock, &closed, &err));
    ck_assert_int_eq(step(stock, tns_visit_close, visit), TNS_OK);
    ck_assert(!tns_stock_undo(stock, closed.entries, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    ck_assert(tns_stock_undo(stock, closed.entries + 1, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_msg(tns_stock_undo(stock, closed.entries, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(visit_of(stock, visit).state, TNS_VISIT_OPEN);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(neither_a_pot_nor_its_visit_is_closed_before_it_was_mixed)
{
    tns_stock *stock = shelf_of_two();
    tns_stock_act mixed = on("2026-06-15"), earlier = on("2026-06-14");
    tns_stock_change change;
    tns_error err;
    int64_t visit = visit_for(stock, ""), id;
    tns_stock_act opened = on("2026-06-01");
    ck_assert(tns_visit_open(stock, visit, &opened, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(mix(stock, visit, 200, 1800, &mixed, &id, &err), TNS_OK);
    ck_assert(!tns_pot_close(stock, id, 500, &earlier, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    ck_assert_msg(strstr(err.text, "P1 was mixed on 2026-06-15"), "%s", err.text);
    ck_assert_int_eq(close_pot(stock, id, 500), TNS_OK);
    ck_assert(!tns_visit_close(stock, visit, &earlier, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    ck_assert_int_eq(step(stock, tns_visit_close, visit), TNS_OK);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(taking_back_a_pot_takes_back_all_of_it)
{
    tns_stock *stock = shelf_of_two();
    tns_stock_act act = because("the wrong client");
    tns_stock_change change;
    tns_error err;
    int64_t visit = visit_for(stock, ""), id;
    tns_stock_verification before;
    ck_assert(tns_stock_verify(stock, &before, &err));
    ck_assert_int_eq(mix(stock, visit, 300, 2500, NULL, &id, &err), TNS_OK);
    ck_assert_int_eq(close_pot(stock, id, 100), TNS_OK);
    ck_assert(!tns_stock_undo(stock, before.entries + 2, &act, &change, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT); /* closed since */
    tns_stock_change_finish(&change);
    tns_stock_verification closed;
    ck_assert(tns_stock_verify(stock, &closed, &err));
    ck_assert_msg(tns_stock_undo(stock, closed.entries, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_msg(tns_stock_undo(stock, before.entries + 4, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    static const int64_t there[] = {200, 1000, 2000, 2000};
    for (int64_t b = 1; b <= 4; b++) {
        ck_assert_int_eq(bottle_of(stock, b).on_hand, there[b - 1]);
        ck_assert_int_eq(bottle_of(stock, b).opened, TNS_NO_DAY);
    }
    tns_pot_list list = pot_of(stock, id);
    ck_assert(list.pots[0].state == TNS_POT_UNDONE && list.pots[0].part_count == 0);
    tns_pot_list_finish(&list);
    ck_assert_int_eq(visit_of(stock, visit).state, TNS_VISIT_BOOKED);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_visit_stays_open_while_another_pot_is_mixed_for_it)
{
    tns_stock *stock = shelf_of_two();
    tns_stock_act act = because("the wrong shade");
    tns_stock_change change;
    tns_error err;
    int64_t visit = visit_for(stock, ""), first, second;
    tns_stock_verification before;
    ck_assert(tns_stock_verify(stock, &before, &err));
    ck_assert_int_eq(mix(stock, visit, 100, 100, NULL, &first, &err), TNS_OK);
    ck_assert_int_eq(mix(stock, visit, 100, 100, NULL, &second, &err), TNS_OK);
    ck_assert_msg(tns_stock_undo(stock, before.entries + 1, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(visit_of(stock, visit).state, TNS_VISIT_OPEN);
    ck_assert_int_eq(bottle_of(stock, 1).on_hand, 100);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

/* ---- back-dated under a count ---- */

START_TEST(what_is_told_late_does_not_move_a_later_count)
{
    tns_stock *stock = shelf_of_two();
    tns_stock_change change;
    tns_error err;
    tns_stock_act counted = on("2026-06-14"), late = on("2026-06-12"), spill = late;
    spill.reason = "spill";
    clock_now -= 10 * 86400;
    int64_t early = receive(stock, "plain-black", "P2", 1000, "2026-07-01");
    clock_now += 10 * 86400;
    int64_t visit = visit_for(stock, ""), id;
    ck_assert_msg(tns_stock_count(stock, early, 700, &counted, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_msg(tns_stock_use(stock, "plain-black", 100, 0, &late, &change, &err), "%s",
                  err.text);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(bottle_of(stock, early).on_hand, 700);
    ck_assert_msg(tns_stock_waste(stock, early, 50, &spill, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(bottle_of(stock, early).on_hand, 700);
    /* For a pot too; it is in the pot all the same, and what came after the count counts. */
    const tns_pot_need need = {.what = "carbon-black", .ul = 60};
    const tns_pot_order order = {.visit = visit, .recipe = "", .need_count = 1, .needs = &need};
    ck_assert_msg(tns_pot_make(stock, &order, &late, &change, &err), "%s", err.text);
    id = change.made.pot;
    tns_stock_change_finish(&change);
    tns_pot_list list = pot_of(stock, id);
    ck_assert(list.pots[0].parts[0].bottle == early && list.pots[0].parts[0].ul == 60);
    tns_pot_list_finish(&list);
    ck_assert_int_eq(bottle_of(stock, early).on_hand, 700);
    tns_stock_act today = because(NULL);
    ck_assert(tns_stock_use(stock, "plain-black", 100, early, &today, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(bottle_of(stock, early).on_hand, 600);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

/* ---- recall ---- */

START_TEST(a_lot_is_traced_to_bottles_pots_visits_and_clients)
{
    static const struct {
        const char *label, *lot;
        size_t bottles, pots, visits, clients;
        int64_t elsewhere;
    } rows[] = {
        {"a pigment's", "N1", 1, 1, 1, 1, 0},
        {"the diluent's, in every pot", "W1", 2, 3, 2, 2, 0},
        {"used without a pot", "P1", 1, 2, 2, 2, 70},
    };
    tns_stock *stock = shelf_of_two();
    tns_stock_act act = because("slipped"), use = because(NULL);
    tns_stock_change change;
    tns_error err;
    int64_t one = visit_for(stock, "Jane Roe"), two = visit_for(stock, "John Poe|nickel"), id;
    ck_assert_int_eq(mix(stock, one, 200, 300, NULL, NULL, &err), TNS_OK);
    ck_assert_int_eq(mix(stock, one, 100, 300, NULL, NULL, &err), TNS_OK);
    ck_assert_int_eq(mix(stock, two, 100, 300, NULL, NULL, &err), TNS_OK);
    ck_assert_int_eq(mix(stock, two, 100, 300, NULL, &id, &err), TNS_OK);
    tns_stock_verification now;
    ck_assert(tns_stock_verify(stock, &now, &err));
    ck_assert_msg(tns_stock_undo(stock, now.entries, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert(tns_stock_use(stock, "plain-black", 70, 0, &use, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(step(stock, tns_client_erase, 1), TNS_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_trace trace;
        ck_assert_msg(tns_stock_trace(stock, rows[i].lot, NULL, &trace, &err), "%s", err.text);
        ck_assert_msg(trace.bottles.count == rows[i].bottles && trace.pots.count == rows[i].pots &&
                          trace.visits.count == rows[i].visits &&
                          trace.clients.count == rows[i].clients &&
                          trace.elsewhere == rows[i].elsewhere,
                      "%s: %zu bottles, %zu pots, %zu visits, %zu clients, %d", rows[i].label,
                      trace.bottles.count, trace.pots.count, trace.visits.count,
                      trace.clients.count, (int)trace.elsewhere);
        ck_assert(!trace.clients.clients[0].has_card); /* erased, and still to be traced */
        tns_trace_finish(&trace);
    }
    tns_trace none;
    ck_assert(!tns_stock_trace(stock, "X9", NULL, &none, &err) && err.code == TNS_ERROR_NO_SUCH);
    tns_trace_finish(&none);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pots");
    TCase *tcase = tcase_create("pots");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, portions_add_up_and_the_largest_remainder_is_rounded_up);
    tcase_add_test(tcase, a_pot_takes_first_expired_first_out_across_products_of_one_pigment);
    tcase_add_test(tcase, what_the_client_must_not_have_is_passed_over_refused_or_overridden);
    tcase_add_test(tcase, what_is_for_single_use_goes_to_one_visit_of_one_day);
    tcase_add_test(tcase, what_a_palette_knows_of_a_pigment_counts_too);
    tcase_add_test(tcase, where_the_card_is_not_known_nothing_is_mixed_without_a_word);
    tcase_add_test(tcase, a_pot_is_refused_as_a_use_is_and_leaves_nothing_behind);
    tcase_add_test(tcase, an_order_that_makes_no_sense_is_refused);
    tcase_add_test(tcase, what_is_left_of_a_pot_is_waste_at_its_cost);
    tcase_add_test(tcase, no_pot_of_a_closed_visit_is_opened_by_an_undoing);
    tcase_add_test(tcase, neither_a_pot_nor_its_visit_is_closed_before_it_was_mixed);
    tcase_add_test(tcase, taking_back_a_pot_takes_back_all_of_it);
    tcase_add_test(tcase, a_visit_stays_open_while_another_pot_is_mixed_for_it);
    tcase_add_test(tcase, what_is_told_late_does_not_move_a_later_count);
    tcase_add_test(tcase, a_lot_is_traced_to_bottles_pots_visits_and_clients);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
