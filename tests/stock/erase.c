/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of a client who was erased nothing is left. */
#include <stdio.h>

#include <sqlite3.h>

#include "base/file.h"
#include "stock/people.h"

/* Whether any byte of a file, or of what stands beside it, tells. */
static bool tells(const char *path, const char *word)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    bool found = false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char name[200];
        size_t length = 0;
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        char *bytes = tns_file_read(name, SIZE_MAX / 2, &length, NULL);
        for (size_t k = 0; bytes && k + strlen(word) <= length; k++)
            found = found || memcmp(bytes + k, word, strlen(word)) == 0;
        free(bytes);
    }
    return found;
}

static tns_code erase(tns_stock *stock, int64_t id)
{
    return step(stock, tns_client_erase, id);
}

START_TEST(of_an_erased_client_no_byte_of_the_file_or_its_log_tells)
{
    static const char *const words[] = {"Jane Roe", "Jane Poe",  "nickel-sulfate",
                                        "latex-x",  "hair.line", "L-was-38.25"};
    char path[160];
    strcpy(path, in_folder("erased.db"));
    tns_stock *stock = open_store("erased.db");
    int64_t client = add_client(stock, "Jane Roe|nickel-sulfate|latex-x");
    /* Others come and go around it, so that its rows are moved from page to page. */
    for (int i = 0; i < 60; i++)
        add_client(stock, "Another Name Of Some Length|an allergy that takes room|and one more");
    const tns_client_card card = card_of("Jane Poe|nickel-sulfate");
    tns_error err;
    ck_assert(set_card(stock, client, &card, NULL, &err));
    int64_t visit = book(stock, client, "2026-06-15"), later = book(stock, client, "2026-08-01");
    ck_assert_int_eq(step(stock, tns_visit_open, visit), TNS_OK);
    ck_assert_int_eq(add_reading(stock, visit, "hair.line", 0, "{\"x\": \"L-was-38.25\"}"), TNS_OK);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        ck_assert_msg(tells(path, words[i]), "%s is in no file to begin with", words[i]);
    ck_assert_int_eq(erase(stock, client), TNS_OK);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        ck_assert_msg(!tells(path, words[i]), "%s is still there", words[i]);
    ck_assert(tells(path, "Another Name"));
    tns_client gone = client_of(stock, client);
    ck_assert(!gone.has_card && gone.erased == day_of("2026-06-15"));
    ck_assert_int_eq(visit_of(stock, later).state, TNS_VISIT_CANCELLED);
    ck_assert_int_eq(visit_of(stock, visit).client, client);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(nothing_is_done_with_an_erased_client_but_erasing_it_again)
{
    tns_stock *stock = scratch();
    tns_stock_change change;
    tns_error err;
    int64_t client = add_client(stock, "Jane Roe"), visit = book(stock, client, "2026-06-15");
    ck_assert_int_eq(step(stock, tns_visit_open, visit), TNS_OK);
    const tns_stock_act try = {.dry_run = true, .context = &standing};
    ck_assert(tns_client_erase(stock, client, &try, &change, &err) && !change.written);
    tns_stock_change_finish(&change);
    ck_assert(client_of(stock, client).has_card);
    ck_assert_int_eq(erase(stock, client), TNS_OK);
    ck_assert_int_eq(erase(stock, client), TNS_OK);
    ck_assert_int_eq(erase(stock, 9), TNS_ERROR_NO_SUCH);
    const tns_visit wanted = {.client = client, .day = day_of("2026-07-01")};
    const tns_client_card card = card_of("Jane Roe");
    ck_assert(!tns_visit_book(stock, &wanted, NULL, &change, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    ck_assert(!set_card(stock, client, &card, NULL, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    ck_assert_int_eq(add_reading(stock, visit, "crown", 42, READING), TNS_ERROR_CONFLICT);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_card_that_comes_back_by_other_means_is_found)
{
    tns_stock *stock = open_store("haunted.db");
    tns_stock_verification found;
    tns_error err = {0};
    sqlite3 *db;
    int64_t client = add_client(stock, "Jane Roe");
    ck_assert_int_eq(erase(stock, client), TNS_OK);
    ck_assert_int_eq(sqlite3_open(in_folder("haunted.db"), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "INSERT INTO card (client, name) VALUES (1, 'Jane Roe')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    ck_assert(!tns_stock_verify(stock, &found, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_TAMPERED);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("erase");
    TCase *tcase = tcase_create("erase");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, of_an_erased_client_no_byte_of_the_file_or_its_log_tells);
    tcase_add_test(tcase, nothing_is_done_with_an_erased_client_but_erasing_it_again);
    tcase_add_test(tcase, a_card_that_comes_back_by_other_means_is_found);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
