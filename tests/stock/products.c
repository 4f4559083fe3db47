/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The products as a whole, entries by what they are of, and what a code belongs to. */
#include <tonsure/products.h>

#include "stock/shelf.h"

/* black: L1 of two bottles, L2 expired; water: L1 as well. */
static tns_stock *small_shelf(void)
{
    tns_stock *stock = scratch();
    add_product(stock, "water", TNS_PRODUCT_DILUENT, 1);
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    add_product(stock, "white", TNS_PRODUCT_PIGMENT, 12);
    ck_assert_int_eq(receive_on(stock, "black", "L1", 2, 1000, "2027-05-01", ""), 1);
    ck_assert_int_eq(receive(stock, "black", "L2", 300, "2026-01-01"), 3);
    ck_assert_int_eq(receive(stock, "water", "L1", 5000, "2027-05-01"), 4);
    return stock;
}

static void use(tns_stock *stock, const char *product, int64_t amount)
{
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    ck_assert_msg(tns_stock_use(stock, product, amount, 0, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
}

START_TEST(each_product_tells_what_is_there_and_what_may_be_used)
{
    static const struct {
        const char *id;
        int64_t on_hand, usable;
    } rows[] = {{"black", 2200, 1900}, {"water", 5000, 5000}, {"white", 0, 0}};
    tns_stock *stock = small_shelf();
    tns_product_list list;
    tns_error err;
    use(stock, "black", 100);
    ck_assert_msg(tns_stock_products(stock, TNS_NO_DAY, &standing, &list, &err), "%s", err.text);
    ck_assert_uint_eq(list.count, 3);
    for (size_t i = 0; i < list.count; i++)
        ck_assert_msg(strcmp(list.products[i].product.id, rows[i].id) == 0 &&
                          list.products[i].on_hand == rows[i].on_hand &&
                          list.products[i].usable == rows[i].usable,
                      "%s: %d %d", list.products[i].product.id, (int)list.products[i].on_hand,
                      (int)list.products[i].usable);
    tns_product_list_finish(&list);
    /* A year after it was opened the first bottle is no longer good; then none is. */
    ck_assert(tns_stock_products(stock, day_of("2027-04-30"), &standing, &list, &err));
    ck_assert_int_eq(list.products[0].usable, 1900);
    tns_product_list_finish(&list);
    ck_assert(tns_stock_products(stock, day_of("2027-05-02"), &standing, &list, &err));
    ck_assert_int_eq(list.products[0].usable, 0);
    ck_assert_int_eq(list.products[0].on_hand, 2200);
    tns_product_list_finish(&list);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_lots_sum_is_that_of_its_bottles_whatever_is_done)
{
    tns_stock *stock = small_shelf();
    tns_stock_act act = because("spill");
    tns_stock_change change;
    tns_product_list list;
    tns_error err;
    use(stock, "black", 1200);
    ck_assert(tns_stock_waste(stock, 3, 100, &act, &change, &err));
    tns_stock_change_finish(&change);
    act.reason = "typed twice";
    ck_assert(tns_stock_undo(stock, change.operation, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert(tns_stock_count(stock, 4, 4000, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert(tns_stock_products(stock, TNS_NO_DAY, &standing, &list, &err));
    ck_assert_int_eq(list.products[0].on_hand, 1100);
    ck_assert_int_eq(list.products[1].on_hand, 4000);
    tns_product_list_finish(&list);
    check_verifies(stock); /* which compares the lots too */
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_diluent_opened_long_ago_may_not_be_used)
{
    tns_stock *stock = small_shelf();
    tns_product_list list;
    tns_error err;
    use(stock, "water", 1000); /* opens it; good for a month from then on */
    static const struct {
        const char *day;
        int64_t usable;
    } rows[] = {{"2026-06-15", 4000}, {"2026-07-15", 4000}, {"2026-07-16", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert(tns_stock_products(stock, day_of(rows[i].day), &standing, &list, &err));
        ck_assert_msg(list.products[1].usable == rows[i].usable, "%s: %d", rows[i].day,
                      (int)list.products[1].usable);
        tns_product_list_finish(&list);
    }
    tns_stock_close(stock);
}
END_TEST

/* No palette takes such an id, so no match would ever find it. */
START_TEST(a_products_pigment_is_an_id_that_a_palette_can_have)
{
    static const char *const no_ids[] = {"bad id,=x", "carbon=3", "two words", "a\nb",
                                         "wei\xc3\x9f"};
    tns_stock *stock = small_shelf();
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_product product, anew = {.id = "anew", .kind = TNS_PRODUCT_PIGMENT, .pao_months = 12};
    tns_error err;
    ck_assert(tns_stock_product(stock, "black", &product, &err));
    for (size_t i = 0; i < sizeof no_ids / sizeof *no_ids; i++) {
        strcpy(product.pigment, no_ids[i]);
        strcpy(anew.pigment, no_ids[i]);
        ck_assert(!tns_stock_change_product(stock, &product, &act, &change, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
        ck_assert_msg(strstr(err.text, "expected a pigment's id"), "%s", err.text);
        ck_assert(!tns_stock_add_product(stock, &anew, &act, &change, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    }
    strcpy(product.pigment, " carbon.black_2 "); /* blanks around a name are none of it */
    ck_assert_msg(tns_stock_change_product(stock, &product, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_product_changes_its_figures_and_stays_what_it_is)
{
    tns_stock *stock = small_shelf();
    tns_stock_act act = because("a new price");
    tns_stock_change change;
    tns_product product, other;
    tns_error err;
    ck_assert(tns_stock_product(stock, "black", &product, &err));
    product.cost_cents = 3100;
    product.pao_months = 6;
    strcpy(product.gtin, "6291041500213");
    ck_assert_msg(tns_stock_change_product(stock, &product, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert(tns_stock_product(stock, "black", &product, &err));
    ck_assert_int_eq(product.cost_cents, 3100);
    ck_assert_str_eq(product.gtin, "06291041500213");
    ck_assert_int_eq(bottle_of(stock, 1).pao_months, 6);

    ck_assert(tns_stock_product(stock, "white", &other, &err));
    strcpy(other.gtin, "6291041500213"); /* another's */
    ck_assert(!tns_stock_change_product(stock, &other, &act, &change, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    strcpy(other.gtin, "6291041500214"); /* a slip */
    ck_assert(!tns_stock_change_product(stock, &other, &act, &change, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    product.kind = TNS_PRODUCT_DILUENT;
    ck_assert(!tns_stock_change_product(stock, &product, &act, &change, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    strcpy(product.id, "red");
    ck_assert(!tns_stock_change_product(stock, &product, &act, &change, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_NO_SUCH);
    check_verifies(stock);

    tns_scan scan;
    tns_scan_match match;
    ck_assert(tns_scan_parse("6291041500213", 13, day_of("2026-06-15"), &scan, &err));
    ck_assert(tns_stock_find_scanned(stock, &scan, &match, &err));
    ck_assert_str_eq(match.product, "black");
    tns_scan_match_finish(&match);
    tns_stock_close(stock);
}
END_TEST

START_TEST(the_log_of_a_thing_has_all_its_entries_and_no_others)
{
    static const struct {
        const char *label, *product, *lot;
        int64_t bottle;
        size_t entries;
    } rows[] = {
        {"all", NULL, NULL, 0, 12},
        {"a product, its lots and bottles", "black", NULL, 0, 8},
        {"another", "water", NULL, 0, 3},
        {"one of which nothing came", "white", NULL, 0, 1},
        {"a lot and its bottles", "black", "L1", 0, 5},
        {"a lot of the same name", "water", "L1", 0, 2},
        {"a bottle", NULL, NULL, 1, 3},
        {"a bottle that was left alone", NULL, NULL, 2, 1},
    };
    tns_stock *stock = small_shelf();
    use(stock, "black", 100);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_log_question q = {
            .product = rows[i].product, .lot = rows[i].lot, .bottle = rows[i].bottle};
        tns_entry_list log;
        tns_error err = {0};
        ck_assert_msg(tns_stock_log_of(stock, &q, &log, &err), "%s: %s", rows[i].label, err.text);
        ck_assert_msg(log.count == rows[i].entries, "%s: %zu", rows[i].label, log.count);
        for (size_t k = 1; k < log.count; k++)
            ck_assert_msg(log.entries[k].id > log.entries[k - 1].id, "%s: order", rows[i].label);
        tns_entry_list_finish(&log);
        q.since = clock_now + 1;
        ck_assert(tns_stock_log_of(stock, &q, &log, &err));
        ck_assert_msg(log.count == 0, "%s: since", rows[i].label);
        tns_entry_list_finish(&log);
    }
    tns_stock_close(stock);
}
END_TEST

START_TEST(the_log_of_what_is_not_there_is_refused)
{
    static const tns_log_question rows[] = {{.product = "red"},
                                            {.lot = "L9"},
                                            {.lot = "L1"}, /* which of the two? */
                                            {.lot = "L2", .product = "water"},
                                            {.bottle = 99}};
    tns_stock *stock = small_shelf();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_entry_list log;
        tns_error err;
        ck_assert_msg(!tns_stock_log_of(stock, &rows[i], &log, &err) &&
                          err.code == (i == 2 ? TNS_ERROR_USAGE : TNS_ERROR_NO_SUCH) &&
                          log.count == 0,
                      "row %zu", i);
        tns_entry_list_finish(&log);
    }
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_code_finds_its_lot_and_its_bottles)
{
    static const struct {
        const char *code, *product;
        bool known;
        size_t bottles;
    } rows[] = {
        {"]C110L2", "black", true, 1},   {"]C110L1", "", true, 0}, /* of two products */
        {"]C110L7", "", false, 0},       {"TONSURE:B4", "water", true, 1},
        {"TONSURE:B9", "", false, 0},    {"TONSURE:P1", "", false, 0},
        {"6291041500213", "", false, 0},
    };
    tns_stock *stock = small_shelf();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_scan scan;
        tns_scan_match match;
        tns_error err = {0};
        ck_assert(
            tns_scan_parse(rows[i].code, strlen(rows[i].code), day_of("2026-06-15"), &scan, &err));
        ck_assert_msg(tns_stock_find_scanned(stock, &scan, &match, &err), "%s", err.text);
        ck_assert_msg(strcmp(match.product, rows[i].product) == 0 &&
                          match.lot_is_known == rows[i].known &&
                          match.bottles.count == rows[i].bottles,
                      "%s: \"%s\" %zu", rows[i].code, match.product, match.bottles.count);
        tns_scan_match_finish(&match);
    }
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_stores_health_counts_what_has_expired)
{
    tns_stock *stock = small_shelf();
    tns_stock_health health;
    tns_error err;
    ck_assert_msg(tns_stock_health_of(stock, &standing, &health, &err), "%s", err.text);
    ck_assert_int_eq(health.entries, 10);
    ck_assert_uint_eq(health.bottles, 4);
    ck_assert_uint_eq(health.expired, 1);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("products");
    TCase *tcase = tcase_create("products");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, each_product_tells_what_is_there_and_what_may_be_used);
    tcase_add_test(tcase, a_lots_sum_is_that_of_its_bottles_whatever_is_done);
    tcase_add_test(tcase, a_diluent_opened_long_ago_may_not_be_used);
    tcase_add_test(tcase, a_products_pigment_is_an_id_that_a_palette_can_have);
    tcase_add_test(tcase, a_product_changes_its_figures_and_stays_what_it_is);
    tcase_add_test(tcase, the_log_of_a_thing_has_all_its_entries_and_no_others);
    tcase_add_test(tcase, the_log_of_what_is_not_there_is_refused);
    tcase_add_test(tcase, a_code_finds_its_lot_and_its_bottles);
    tcase_add_test(tcase, a_stores_health_counts_what_has_expired);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
