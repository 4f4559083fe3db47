/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clients by number, their cards, their visits, and what was read on them. */
#include <stdio.h>

#include <sqlite3.h>

#include "base/file.h"
#include "stock/people.h"

static const char READING[] = "{\"schema\": \"tonsure/reading/1\", \"site\": \"crown\"}";

/* ---- cards ---- */

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

static bool set_card(tns_stock *stock, int64_t id, const tns_client_card *card,
                     const tns_stock_act *act, tns_error *err)
{
    tns_stock_change change;
    bool done = tns_client_set_card(stock, id, card, act, &change, err);
    tns_stock_change_finish(&change);
    return done;
}

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

/* ---- visits ---- */

START_TEST(a_visit_goes_from_booked_to_open_to_closed_and_no_other_way)
{
    static const struct {
        const char *label;
        visit_step *steps[3];
        tns_code last;
    } rows[] = {
        {"opened", {tns_visit_open}, TNS_OK},
        {"closed", {tns_visit_open, tns_visit_close}, TNS_OK},
        {"cancelled", {tns_visit_cancel}, TNS_OK},
        {"closed, not open", {tns_visit_close}, TNS_ERROR_CONFLICT},
        {"opened twice", {tns_visit_open, tns_visit_open}, TNS_ERROR_CONFLICT},
        {"opened again", {tns_visit_open, tns_visit_close, tns_visit_open}, TNS_ERROR_CONFLICT},
        {"cancelled while open", {tns_visit_open, tns_visit_cancel}, TNS_ERROR_CONFLICT},
        {"opened once cancelled", {tns_visit_cancel, tns_visit_open}, TNS_ERROR_CONFLICT},
    };
    tns_stock *stock = scratch();
    int64_t client = add_client(stock, "");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t visit = book(stock, client, "2026-06-15");
        tns_code code = TNS_OK;
        for (size_t k = 0; k < 3 && rows[i].steps[k]; k++) {
            ck_assert_msg(code == TNS_OK, "%s", rows[i].label);
            code = step(stock, rows[i].steps[k], visit);
        }
        ck_assert_msg(code == rows[i].last, "%s: %s", rows[i].label, tns_code_name(code));
    }
    ck_assert_int_eq(step(stock, tns_visit_open, 99), TNS_ERROR_NO_SUCH);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(what_was_done_with_a_visit_is_taken_back_step_by_step)
{
    tns_stock *stock = scratch();
    tns_stock_act act = because("a slip");
    tns_stock_change change;
    tns_error err = {0};
    int64_t visit = book(stock, add_client(stock, ""), "2026-07-01"); /* entry 2 */
    ck_assert_int_eq(step(stock, tns_visit_open, visit), TNS_OK);     /* entry 3 */
    ck_assert(visit_of(stock, visit).opened == clock_now);
    ck_assert(!tns_stock_undo(stock, 2, &act, &change, &err) && err.code == TNS_ERROR_CONFLICT);
    tns_stock_change_finish(&change);
    ck_assert_msg(tns_stock_undo(stock, 3, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(visit_of(stock, visit).state, TNS_VISIT_BOOKED);
    ck_assert_int_eq(visit_of(stock, visit).opened, 0);
    ck_assert_msg(tns_stock_undo(stock, 2, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(visit_of(stock, visit).state, TNS_VISIT_CANCELLED);
    ck_assert(!tns_stock_undo(stock, 1, &act, &change, &err) && err.code == TNS_ERROR_CONFLICT);
    tns_stock_change_finish(&change);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(no_undoing_books_a_visit_of_an_erased_client)
{
    visit_step *const steps[] = {tns_visit_cancel, tns_visit_open};
    for (size_t i = 0; i < 2; i++) {
        tns_stock *stock = scratch();
        tns_stock_act act = because("a slip");
        tns_stock_change change;
        tns_error err = {0};
        int64_t client = add_client(stock, ""), visit = book(stock, client, "2026-07-01");
        ck_assert_int_eq(step(stock, steps[i], visit), TNS_OK); /* entry 3 */
        tns_visit_state state = visit_of(stock, visit).state;
        ck_assert_int_eq(step(stock, tns_client_erase, client), TNS_OK);
        ck_assert(!tns_stock_undo(stock, 3, &act, &change, &err));
        tns_stock_change_finish(&change);
        ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
        ck_assert_msg(strstr(err.text, "erased"), "%s", err.text);
        ck_assert_int_eq(visit_of(stock, visit).state, state);
        check_verifies(stock);
        tns_stock_close(stock);
    }
}
END_TEST

START_TEST(no_visit_is_closed_before_it_was_opened)
{
    static const struct {
        const char *opened, *closed;
        tns_code code;
    } rows[] = {
        {"2026-06-10", "2026-06-10", TNS_OK},
        {"2026-06-10", "2026-06-12", TNS_OK},
        {"2026-06-10", "2026-06-09", TNS_ERROR_CONFLICT},
        {"2026-06-15", "2026-06-15", TNS_OK}, /* today, at three */
        {"2026-06-15", "2026-06-14", TNS_ERROR_CONFLICT},
    };
    tns_stock *stock = scratch();
    int64_t client = add_client(stock, "");
    clock_now += 3 * 3600;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_stock_act opened = on(rows[i].opened), closed = on(rows[i].closed);
        tns_stock_change change;
        tns_error err = {0};
        int64_t visit = book(stock, client, "2026-06-15");
        ck_assert(tns_visit_open(stock, visit, &opened, &change, &err));
        tns_stock_change_finish(&change);
        bool done = tns_visit_close(stock, visit, &closed, &change, &err);
        tns_stock_change_finish(&change);
        ck_assert_msg((done ? TNS_OK : err.code) == rows[i].code, "row %zu: %s", i, err.text);
        tns_visit found = visit_of(stock, visit);
        ck_assert(!done || found.closed >= found.opened);
    }
    /* Opened at three, told the next day: no hour is known, but it was not at noon. */
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err = {0};
    int64_t visit = book(stock, client, "2026-06-15");
    ck_assert(tns_visit_open(stock, visit, &act, &change, &err));
    tns_stock_change_finish(&change);
    clock_now += 86400;
    act = on("2026-06-15");
    ck_assert_msg(tns_visit_close(stock, visit, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    clock_now -= 86400 + 3 * 3600;
    ck_assert_int_eq(visit_of(stock, visit).closed, clock_now + 3 * 3600);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(visits_are_listed_by_day_client_and_state)
{
    tns_stock *stock = scratch();
    tns_error err;
    int64_t a = add_client(stock, ""), b = add_client(stock, "");
    book(stock, a, "2026-07-20");
    book(stock, b, "2026-07-01");
    book(stock, a, "2026-07-01");
    ck_assert_int_eq(step(stock, tns_visit_open, book(stock, a, "2026-06-15")), TNS_OK);
    ck_assert_int_eq(step(stock, tns_visit_cancel, book(stock, b, "2026-07-02")), TNS_OK);
    static const struct {
        const char *label, *from, *to, *found;
        int64_t client;
        unsigned states;
    } rows[] = {
        {"all", "", "", "4 2 3 1", 0, 0},
        {"the cancelled", "", "", "5", 0, 1u << TNS_VISIT_CANCELLED},
        {"booked from a day on", "2026-07-01", "", "2 3 1", 0, 1u << TNS_VISIT_BOOKED},
        {"both days included", "2026-07-01", "2026-07-20", "2 3 1", 0, 0},
        {"to a day", "", "2026-07-19", "4 2 3", 0, 0},
        {"of a client", "", "", "4 3 1", 1, 0},
        {"of a client, booked", "", "2026-07-19", "3", 1, 1u << TNS_VISIT_BOOKED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const tns_visit_question question = {.client = rows[i].client,
                                             .from = day_of(rows[i].from),
                                             .to = day_of(rows[i].to),
                                             .states = rows[i].states};
        char found[64] = "";
        tns_visit_list list;
        ck_assert(tns_visit_list_find(stock, &question, &list, &err));
        for (size_t k = 0; k < list.count; k++)
            sprintf(found + strlen(found), "%s%d", k ? " " : "", (int)list.visits[k].id);
        ck_assert_msg(strcmp(found, rows[i].found) == 0, "%s: %s", rows[i].label, found);
        tns_visit_list_finish(&list);
    }
    const tns_visit visit = visit_of(stock, 1);
    ck_assert_int_eq(visit.area_mm2, 12000);
    ck_assert_str_eq(visit.recipe, "carbon-black=3,diluent=42");
    tns_stock_close(stock);
}
END_TEST

/* ---- readings ---- */

START_TEST(readings_are_kept_by_visit_site_and_days_since)
{
    tns_stock *stock = scratch();
    tns_site_reading_list list;
    tns_error err;
    int64_t client = add_client(stock, ""), visit = book(stock, client, "2026-06-15");
    ck_assert_int_eq(add_reading(stock, visit, "crown", 0, READING), TNS_ERROR_CONFLICT);
    ck_assert_int_eq(step(stock, tns_visit_open, visit), TNS_OK);
    ck_assert_int_eq(add_reading(stock, visit, "crown", 42, READING), TNS_OK);
    ck_assert_int_eq(add_reading(stock, visit, "donor-left", 0, READING), TNS_OK);
    ck_assert_int_eq(add_reading(stock, visit, "crown", -1, READING), TNS_ERROR_USAGE);
    ck_assert_int_eq(add_reading(stock, visit, "crown", 0, ""), TNS_ERROR_USAGE);
    ck_assert_int_eq(add_reading(stock, 9, "crown", 0, READING), TNS_ERROR_NO_SUCH);
    ck_assert(tns_visit_readings(stock, client, 0, &list, &err));
    ck_assert_uint_eq(list.count, 2);
    ck_assert_str_eq(list.readings[0].site, "donor-left");
    ck_assert_int_eq(list.readings[1].days, 42);
    ck_assert_str_eq(list.readings[1].record, READING);
    ck_assert(list.readings[1].has_photo && list.readings[1].recorded == clock_now);
    tns_site_reading_list_finish(&list);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

/* ---- erasing ---- */

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
    Suite *suite = suite_create("people");
    TCase *tcase = tcase_create("people");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, a_client_is_a_number_and_the_ledger_has_no_more);
    tcase_add_test(tcase, what_is_told_of_a_client_is_checked);
    tcase_add_test(tcase, allergies_are_added_and_dropped_by_any_way_to_write_them);
    tcase_add_test(tcase, a_card_is_changed_whole_and_the_ledger_has_only_that_it_was);
    tcase_add_test(tcase, of_a_card_only_what_is_said_is_changed);
    tcase_add_test(tcase, no_card_is_changed_unseen);
    tcase_add_test(tcase, a_store_restored_from_an_export_knows_that_it_does_not_know_the_cards);
    tcase_add_test(tcase, a_visit_goes_from_booked_to_open_to_closed_and_no_other_way);
    tcase_add_test(tcase, what_was_done_with_a_visit_is_taken_back_step_by_step);
    tcase_add_test(tcase, no_undoing_books_a_visit_of_an_erased_client);
    tcase_add_test(tcase, no_visit_is_closed_before_it_was_opened);
    tcase_add_test(tcase, visits_are_listed_by_day_client_and_state);
    tcase_add_test(tcase, readings_are_kept_by_visit_site_and_days_since);
    tcase_add_test(tcase, of_an_erased_client_no_byte_of_the_file_or_its_log_tells);
    tcase_add_test(tcase, nothing_is_done_with_an_erased_client_but_erasing_it_again);
    tcase_add_test(tcase, a_card_that_comes_back_by_other_means_is_found);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
