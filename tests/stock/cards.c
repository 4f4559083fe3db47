/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of clients, of which the ledger has only that it was told. */
#include <stdio.h>

#include <sqlite3.h>

#include "stock/people.h"

START_TEST(a_client_is_a_number_and_the_ledger_has_no_more)
{
    tns_stock *stock = scratch();
    tns_entry_list log;
    tns_error err;
    ck_assert_int_eq(add_client(stock, "Jane Roe|nickel|CI 77491"), 1);
    ck_assert_int_eq(add_client(stock, ""), 2);
    tns_client client = client_of(stock, 1);
    ck_assert(client.has_card && client.since == day_of("2026-06-15"));
    ck_assert_str_eq(client.card.name, "Jane Roe");
    ck_assert_uint_eq(client.card.allergy_count, 2);
    ck_assert_str_eq(client.card.allergies[1], "CI 77491");
    ck_assert(tns_stock_log(stock, 0, &log, &err));
    ck_assert_uint_eq(log.count, 2);
    ck_assert_int_eq(log.entries[0].kind, TNS_ENTRY_CLIENT);
    ck_assert_ptr_null(strstr(log.entries[0].sets, "allerg")); /* how many goes with the card too */
    ck_assert_ptr_null(strstr(log.entries[0].sets, "nickel"));
    ck_assert_int_eq(tns_entry_subject(&log.entries[1]).client, 2);
    tns_entry_list_finish(&log);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(what_is_told_of_a_client_is_checked)
{
    static const struct {
        const char *label, *card;
        tns_code code;
    } rows[] = {
        {"a name", "Jane Roe", TNS_OK},
        {"nothing at all", "", TNS_OK},
        {"a CAS number", "|1333-86-4", TNS_OK},
        {"a CAS number with a slip", "|1333-86-5", TNS_ERROR_USAGE},
        {"a CAS number cut short", "|1333-86-", TNS_ERROR_USAGE},
        {"a CAS number with a slip behind its mark", "|CAS: 1333-86-5", TNS_ERROR_USAGE},
        {"a word with hyphens", "|p-phenylenediamine", TNS_OK},
        {"an empty allergy", "|nickel|", TNS_ERROR_USAGE},
        {"a blank name", "  ", TNS_ERROR_USAGE},
    };
    tns_stock *stock = scratch();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const tns_client_card card = card_of(rows[i].card);
        tns_stock_act act = because(NULL);
        tns_stock_change change;
        tns_error err = {0};
        bool done = tns_client_add(stock, &card, &act, &change, &err);
        ck_assert_msg((done ? TNS_OK : err.code) == rows[i].code, "%s: %s", rows[i].label,
                      err.text);
        tns_stock_change_finish(&change);
    }
    tns_stock_close(stock);
}
END_TEST

START_TEST(allergies_are_added_and_dropped_by_any_way_to_write_them)
{
    tns_error err = {0};
    tns_warnings warnings = {0};
    tns_client_card card = card_of("Jane Roe|nickel");
    ck_assert(tns_client_card_add_allergy(&card, "C.I. No. 77266", &err));
    ck_assert(tns_client_card_add_allergy(&card, "CI-77266", &err)); /* there already */
    ck_assert(tns_client_card_add_allergy(&card, "CAS 1333-86-4", &err));
    ck_assert(tns_client_card_add_allergy(&card, "NICKEL", &err));
    ck_assert_uint_eq(card.allergy_count, 3);
    ck_assert_str_eq(card.allergies[1], "CI 77266");
    ck_assert_str_eq(card.allergies[2], "1333-86-4");
    ck_assert(!tns_client_card_add_allergy(&card, "CAS 1333-86-5", &err));
    ck_assert(!tns_client_card_add_allergy(&card, "None", &err) && err.code == TNS_ERROR_USAGE);
    ck_assert(!tns_client_card_drop_allergy(&card, "latex", &err) && err.code == TNS_ERROR_USAGE);
    ck_assert(tns_client_card_drop_allergy(&card, "77266", &err));
    ck_assert_uint_eq(card.allergy_count, 2);
    ck_assert_str_eq(card.allergies[1], "1333-86-4");
    tns_client_card_doubt(&card, &warnings);
    ck_assert_uint_eq(warnings.count, 0);
    ck_assert(tns_client_card_add_allergy(&card, "CI 7726", &err));
    tns_client_card_doubt(&card, &warnings);
    ck_assert_uint_eq(warnings.count, 1);
    ck_assert(tns_client_card_add_allergy(&card, "Eisenoxyd", &err));
    ck_assert(tns_client_card_add_allergy(&card, "Eisenoxide", &err));
    tns_client_card_doubt(&card, &warnings);
    ck_assert_uint_eq(warnings.count, 2);
    ck_assert_msg(strstr(warnings.text[1], "\"Eisenoxyd\"") && strstr(warnings.text[1], "spelled"),
                  "%s", warnings.text[1]);
    for (size_t i = card.allergy_count; i < TNS_ALLERGIES_MAX; i = ++card.allergy_count)
        snprintf(card.allergies[i], TNS_ALLERGY_SIZE, "x%zu", i);
    ck_assert(!tns_client_card_add_allergy(&card, "latex", &err));
}
END_TEST

START_TEST(a_card_is_changed_whole_and_the_ledger_has_only_that_it_was)
{
    tns_stock *stock = scratch();
    tns_entry_list log;
    tns_error err = {0};
    int64_t id = add_client(stock, "Jane Roe|nickel|latex");
    const tns_client_card card = card_of("|1333-86-4");
    const tns_stock_act try = {.dry_run = true, .context = &standing};
    const tns_stock_act act = {.actor = "ann", .context = &standing};
    ck_assert(set_card(stock, id, &card, &try, &err));
    ck_assert_str_eq(client_of(stock, id).card.name, "Jane Roe");
    ck_assert_msg(set_card(stock, id, &card, &act, &err), "%s", err.text);
    ck_assert_str_eq(client_of(stock, id).card.name, "");
    ck_assert_uint_eq(client_of(stock, id).card.allergy_count, 1);
    ck_assert(tns_stock_log(stock, 0, &log, &err));
    ck_assert_uint_eq(log.count, 2);
    const tns_entry *e = &log.entries[1];
    ck_assert_int_eq(e->kind, TNS_ENTRY_CARD);
    ck_assert_str_eq(e->actor, "ann");
    ck_assert(e->recorded == clock_now && tns_entry_subject(e).client == id);
    ck_assert_msg(strstr(e->sets, "\"digest\"") && !strstr(e->sets, "1333"), "%s", e->sets);
    tns_entry_list_finish(&log);
    ck_assert(!set_card(stock, 7, &card, NULL, &err) && err.code == TNS_ERROR_NO_SUCH);
    tns_stock_act why = because("a slip");
    tns_stock_change change;
    ck_assert(!tns_stock_undo(stock, 2, &why, &change, &err) && err.code == TNS_ERROR_CONFLICT);
    tns_stock_change_finish(&change);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(of_a_card_only_what_is_said_is_changed)
{
    static const char *const latex[] = {"Latex"}, *const shellac[] = {"shellac"},
                             *const doubtful[] = {"CI 7726"};
    static char longer[TNS_CLIENT_NAME_SIZE + 1];
    memset(longer, 'x', sizeof longer - 1);
    static const struct {
        const char *label;
        tns_client_card_change change;
        int64_t id;
        tns_code code;
        const char *name, *words;
        size_t warnings;
    } rows[] = {
        {"one more", {.more = 1, .more_words = latex}, 1, TNS_OK, "Jane Roe", "nickel|Latex", 1},
        {"a name", {.name = "J. R."}, 1, TNS_OK, "J. R.", "nickel|Latex", 0},
        {"too long", {.name = longer}, 1, TNS_ERROR_USAGE, "J. R.", "nickel|Latex", 0},
        {"one less", {.fewer = 1, .fewer_words = latex}, 1, TNS_OK, "J. R.", "nickel", 0},
        {"not there",
         {.name = "", .fewer = 1, .fewer_words = shellac},
         1,
         TNS_ERROR_USAGE,
         "J. R.",
         "nickel",
         0},
        {"none, then one",
         {.name = "", .none = true, .more = 1, .more_words = doubtful},
         1,
         TNS_OK,
         "",
         "CI 7726",
         1},
        {"nobody", {.none = true}, 7, TNS_ERROR_NO_SUCH, "", "CI 7726", 0},
    };
    tns_stock *stock = scratch();
    add_client(stock, "Jane Roe|nickel");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        tns_stock_change made;
        const tns_stock_act act = because(NULL);
        bool done = tns_client_change(stock, rows[i].id, &rows[i].change, &act, &made, &err);
        ck_assert_msg((done ? TNS_OK : err.code) == rows[i].code, "%s: %s", rows[i].label,
                      err.text);
        ck_assert_msg(made.warnings.count == rows[i].warnings, "%s", rows[i].label);
        tns_stock_change_finish(&made);
        tns_client_card card = client_of(stock, 1).card;
        char words[160] = "";
        for (size_t k = 0; k < card.allergy_count; k++)
            snprintf(words + strlen(words), sizeof words - strlen(words), "%s%s", k ? "|" : "",
                     card.allergies[k]);
        ck_assert_str_eq(card.name, rows[i].name);
        ck_assert_str_eq(words, rows[i].words);
    }
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(no_card_is_changed_unseen)
{
    static const char *const rows[] = {
        "UPDATE card SET name = 'Jane Poe' WHERE client = 1",
        "DELETE FROM allergy WHERE word = 'latex'",
        "UPDATE allergy SET word = 'latexx' WHERE word = 'latex'",
        "UPDATE allergy SET place = place + 10; UPDATE allergy SET place = 13 - place",
        "INSERT INTO allergy VALUES (1, 3, 'x')",
        "UPDATE card SET salt = NULL WHERE client = 1",
        "UPDATE card SET salt = randomblob(32) WHERE client = 1",
        "UPDATE card SET client = client + 7; UPDATE card SET client = 10 - client",
        "UPDATE client SET card = NULL WHERE id = 1",
        "UPDATE client SET card = NULL; UPDATE card SET salt = NULL",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[32];
        tns_stock_verification found;
        tns_error err = {0};
        sqlite3 *db;
        snprintf(name, sizeof name, "seen%zu.db", i);
        tns_stock *stock = open_store(name);
        add_client(stock, "Jane Roe|nickel|latex");
        add_client(stock, "");
        check_verifies(stock);
        ck_assert_int_eq(sqlite3_open(in_folder(name), &db), SQLITE_OK);
        ck_assert_msg(sqlite3_exec(db, "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF", NULL,
                                   NULL, NULL) == SQLITE_OK,
                      "%s", rows[i]);
        ck_assert_msg(sqlite3_exec(db, rows[i], NULL, NULL, NULL) == SQLITE_OK, "%s: %s", rows[i],
                      sqlite3_errmsg(db));
        sqlite3_close(db);
        ck_assert_msg(!tns_stock_verify(stock, &found, &err), "%s", rows[i]);
        ck_assert_msg(err.code == TNS_ERROR_TAMPERED && strstr(err.text, "client C"), "%s: %s",
                      rows[i], err.text);
        tns_stock_close(stock);
    }
}
END_TEST

START_TEST(a_store_restored_from_an_export_knows_that_it_does_not_know_the_cards)
{
    tns_stock *stock = scratch(), *other = scratch();
    tns_error err;
    int64_t id = add_client(stock, "Jane Roe|nickel"), visit = book(stock, id, "2026-07-01");
    ck_assert_msg(tns_stock_export(stock, in_folder("people.csv"), NULL, &err), "%s", err.text);
    ck_assert_msg(tns_stock_import(other, in_folder("people.csv"), false, NULL, &err), "%s",
                  err.text);
    ck_assert(!client_of(other, id).has_card);
    ck_assert_int_eq(visit_of(other, visit).client, id);
    tns_stock_verification found;
    ck_assert(tns_stock_verify(stock, &found, &err) && found.cards_missing == 0);
    ck_assert(tns_stock_verify(other, &found, &err) && found.cards_missing == 1);
    tns_stock_close(other);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cards");
    TCase *tcase = tcase_create("cards");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, a_client_is_a_number_and_the_ledger_has_no_more);
    tcase_add_test(tcase, what_is_told_of_a_client_is_checked);
    tcase_add_test(tcase, allergies_are_added_and_dropped_by_any_way_to_write_them);
    tcase_add_test(tcase, a_card_is_changed_whole_and_the_ledger_has_only_that_it_was);
    tcase_add_test(tcase, of_a_card_only_what_is_said_is_changed);
    tcase_add_test(tcase, no_card_is_changed_unseen);
    tcase_add_test(tcase, a_store_restored_from_an_export_knows_that_it_does_not_know_the_cards);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
