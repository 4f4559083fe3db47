/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was used, week by week. */
#include <tonsure/usage.h>

#include "stock/ledger.h"
#include "stock/shelf.h"

static void use_on(tns_stock *stock, const char *product, int64_t amount, const char *day)
{
    tns_stock_act act = on(day);
    tns_stock_change change;
    tns_error err;
    ck_assert_msg(tns_stock_use(stock, product, amount, 0, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
}

START_TEST(uses_are_added_up_by_week_and_what_was_taken_back_is_not_among_them)
{
    tns_stock *stock = scratch();
    tns_usage_list list;
    tns_stock_change change;
    tns_error err;
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 0);
    add_product(stock, "white", TNS_PRODUCT_PIGMENT, 0);
    receive_on(stock, "black", "L1", 1, 100, "2027-05-01", "2025-01-02");
    receive_on(stock, "black", "L2", 1, 5000, "2027-06-01", "2025-01-02");
    use_on(stock, "black", 300, "2026-06-14");  /* the Sunday before, of two bottles */
    use_on(stock, "black", 50, "2026-06-08");   /* the Monday of that week */
    use_on(stock, "black", 70, "2026-06-07");   /* the week before that */
    use_on(stock, "black", 11, "2025-06-16");   /* the first day that counts */
    use_on(stock, "black", 1000, "2025-06-15"); /* a day too old */
    use_on(stock, "black", 1000, "2026-06-15"); /* this week */
    use_on(stock, "black", 1000, "2026-06-13"); /* taken back */
    tns_stock_act why = because("slip");
    tns_stock_verification found;
    ck_assert(tns_stock_verify(stock, &found, &err));
    ck_assert(tns_stock_undo(stock, found.entries, &why, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_msg(tns_stock_usage(stock, day_of("2026-06-15"), &list, &err), "%s", err.text);
    ck_assert_uint_eq(list.count, 2);
    const tns_product_usage *black = &list.products[0];
    ck_assert_str_eq(black->product, "black");
    ck_assert_int_eq(black->amount[51], 350);
    ck_assert_int_eq(black->uses[51], 2);
    ck_assert_int_eq(black->amount[50], 70);
    ck_assert_int_eq(black->amount[0], 11);
    int64_t sum = 0;
    for (int w = 0; w < TNS_USAGE_WEEKS; w++)
        sum += black->amount[w] + list.products[1].amount[w];
    ck_assert_int_eq(sum, 431);
    tns_usage_list_finish(&list);
    tns_stock_close(stock);
}
END_TEST

START_TEST(weeks_are_known_since_a_product_came_and_since_uses_were_noted)
{
    static const struct {
        const char *label, *came, *used, *other;
        int known;
    } rows[] = {
        {"all of a year", "2024-01-02", "2026-06-01", "2025-01-02", 52},
        {"since it came", "2026-05-12", "2026-06-01", "2025-01-02", 5},
        {"since anything was used", "2024-01-02", "2026-06-01", "2026-05-04", 6},
        {"of this week", "2026-06-15", "2026-06-15", "2025-01-02", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_stock *stock = scratch();
        tns_usage_list list;
        tns_error err;
        add_product(stock, "black", TNS_PRODUCT_PIGMENT, 0);
        add_product(stock, "white", TNS_PRODUCT_PIGMENT, 0);
        receive_on(stock, "black", "L1", 1, 5000, "2028-05-01", rows[i].came);
        receive_on(stock, "black", "L2", 1, 5000, "2028-05-01", "2026-06-15");
        receive_on(stock, "white", "W1", 1, 5000, "2028-05-01", "2024-01-02");
        use_on(stock, "white", 100, rows[i].other);
        use_on(stock, "black", 100, rows[i].used);
        ck_assert(tns_stock_usage(stock, day_of("2026-06-15"), &list, &err));
        ck_assert_msg(list.products[0].known == rows[i].known, "%s: %d", rows[i].label,
                      list.products[0].known);
        tns_usage_list_finish(&list);
        tns_stock_close(stock);
    }
}
END_TEST

START_TEST(what_is_read_together_is_of_one_state)
{
    tns_stock *stock = open_store("together.db"), *other = open_store("together.db");
    tns_usage_list usage;
    tns_product_list products;
    tns_error err;
    tns_stock_change change;
    tns_stock_act act = because(NULL);
    static const size_t counts[] = {1, 2};
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 0);
    ck_assert(tns_stock_begin_reading(stock, &err));
    for (int ended = 0; ended < 2; ended++) {
        ck_assert(tns_stock_products(stock, TNS_NO_DAY, &standing, &products, &err));
        if (!ended)
            add_product(other, "amber", TNS_PRODUCT_PIGMENT, 0);
        ck_assert(tns_stock_usage(stock, day_of("2026-06-15"), &usage, &err));
        ck_assert_uint_eq(products.count, counts[ended]);
        ck_assert_uint_eq(usage.count, counts[ended]);
        tns_product_list_finish(&products);
        tns_usage_list_finish(&usage);
        if (!ended) {
            const tns_product late = {.id = "late", .pigment = "carbon-black"};
            ck_assert(!tns_stock_add_product(stock, &late, &act, &change, &err));
            tns_stock_change_finish(&change);
            tns_stock_end_reading(stock);
        }
    }
    add_product(stock, "white", TNS_PRODUCT_PIGMENT, 0);
    tns_stock_close(other);
    tns_stock_close(stock);
}
END_TEST

START_TEST(an_empty_store_has_used_nothing)
{
    tns_stock *stock = scratch();
    tns_usage_list list;
    tns_error err;
    ck_assert(tns_stock_usage(stock, day_of("2026-06-15"), &list, &err));
    ck_assert_uint_eq(list.count, 0);
    tns_usage_list_finish(&list);
    tns_stock_close(stock);
}
END_TEST

/* ---- what there is ---- */

typedef struct told {
    size_t count;
    int64_t bottles[8];
    const char *products[8];
} told;

static bool keep_supply(void *user, const tns_product *product, const tns_bottle *bottle,
                        tns_error *err)
{
    told *t = user;
    (void)err;
    ck_assert_uint_lt(t->count, 8);
    ck_assert_int_eq(bottle->kind, product->kind);
    ck_assert_int_eq(bottle->use_by, bottle->expires);
    t->products[t->count] = product->id;
    t->bottles[t->count++] = bottle->id;
    return t->count < 6 || tns_error_set(err, TNS_ERROR_USAGE, "so many are enough");
}

START_TEST(what_there_is_comes_product_by_product_in_the_order_it_came)
{
    static const struct {
        const char *product;
        int64_t bottle;
    } right[] = {{"black", 2}, {"black", 3}, {"black", 1}, {"white", 5}};
    tns_stock *stock = scratch();
    tns_product_list products;
    told t = {0};
    tns_error err;
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 0);
    add_product(stock, "white", TNS_PRODUCT_PIGMENT, 0);
    receive_on(stock, "black", "L1", 1, 100, "2028-05-01", "2026-03-01");
    receive_on(stock, "black", "L2", 2, 100, "2028-06-01", "2026-02-01"); /* told later */
    receive_on(stock, "white", "W1", 1, 100, "2027-06-01", "2026-01-01"); /* B4, used up */
    receive_on(stock, "white", "W2", 1, 100, "2028-06-01", "2026-01-01");
    use_on(stock, "white", 100, "2026-06-01");
    ck_assert(tns_stock_products(stock, TNS_NO_DAY, &standing, &products, &err));
    add_product(stock, "amber", TNS_PRODUCT_PIGMENT, 0); /* not among those that are asked for */
    receive_on(stock, "amber", "A1", 1, 100, "2028-06-01", "2026-01-01");
    ck_assert_msg(tns_stock_supply(stock, &products, keep_supply, &t, &err), "%s", err.text);
    ck_assert_uint_eq(t.count, 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_str_eq(t.products[i], right[i].product);
        ck_assert_int_eq(t.bottles[i], right[i].bottle);
    }
    ck_assert(!tns_stock_supply(stock, &products, keep_supply, &t, &err)); /* ends at the sixth */
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    ck_assert_uint_eq(t.count, 6);
    tns_product_list_finish(&products);
    tns_stock_close(stock);
}
END_TEST

/* As another program may leave them. */
START_TEST(no_bottle_is_missed_where_lots_are_not_numbered_one_after_another)
{
    tns_stock *stock = scratch();
    tns_product_list products;
    told t = {0};
    tns_error err;
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 0);
    receive_on(stock, "black", "L1", 1, 100, "2028-05-01", "2026-03-01");
    receive_on(stock, "black", "L2", 1, 100, "2028-06-01", "2026-03-02");
    ck_assert_msg(tns_db_script(stock->db,
                                "PRAGMA foreign_keys = OFF; UPDATE lot SET id = 7 WHERE id = 2;"
                                "UPDATE bottle SET lot = 7 WHERE lot = 2",
                                &err),
                  "%s", err.text);
    ck_assert(tns_stock_products(stock, TNS_NO_DAY, &standing, &products, &err));
    ck_assert_msg(tns_stock_supply(stock, &products, keep_supply, &t, &err), "%s", err.text);
    ck_assert_uint_eq(t.count, 2);
    tns_product_list_finish(&products);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("usage");
    TCase *tests = tcase_create("usage");
    tcase_add_unchecked_fixture(tests, make_folder, remove_folder);
    tcase_add_test(tests, uses_are_added_up_by_week_and_what_was_taken_back_is_not_among_them);
    tcase_add_test(tests, weeks_are_known_since_a_product_came_and_since_uses_were_noted);
    tcase_add_test(tests, what_is_read_together_is_of_one_state);
    tcase_add_test(tests, an_empty_store_has_used_nothing);
    tcase_add_test(tests, what_there_is_comes_product_by_product_in_the_order_it_came);
    tcase_add_test(tests, no_bottle_is_missed_where_lots_are_not_numbered_one_after_another);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
