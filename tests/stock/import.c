/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import may not bring, though its hashes are right. */
#include <stdio.h>

#include "stock/chain.h"
#include "stock/story.h"

/* Without the line that tells of the end: as exports were before they had it. */
static void cut_end(char *text)
{
    char *end = strstr(text, "\n# end of ");
    ck_assert(end != NULL);
    end[1] = '\0';
}

/* An export with one more entry, the hash of which is right. */
static void write_longer(const char *text, const tns_stock_verification *whole, const char *name,
                         tns_entry *entry)
{
    char hash[TNS_HASH_TEXT], sets[2 * sizeof entry->sets];
    size_t used = 0;
    FILE *file = fopen(in_folder(name), "w");
    ck_assert(file != NULL);
    entry->id = entry->operation = whole->entries + 1;
    tns_chain_hash(entry, whole->head, entry->hash);
    tns_hash_write(entry->hash, hash);
    for (const char *at = entry->sets; *at; at++) {
        if (*at == '"')
            sets[used++] = '"';
        sets[used++] = *at;
    }
    sets[used] = '\0';
    fprintf(file, "%s%d,%d,0,0,1970-01-02,\"\",\"%s\",\"\",%d,%d,%d,\"\",0,\"%s\",%s\n", text,
            (int)entry->id, (int)entry->id, tns_entry_kind_name(entry->kind), (int)entry->lot,
            (int)entry->bottle, (int)entry->amount, sets, hash);
    fclose(file);
}

/* An entry behind the story's, and what its import is refused with: NULL = it may be. */
typedef struct brought {
    tns_entry_kind kind;
    int64_t lot, bottle, amount;
    const char *sets, *words;
} brought;

/* Brings each alone, behind the story and what `prepare` adds to it. */
static void check_brought(const brought *rows, size_t count, void (*prepare)(tns_stock *))
{
    write_story("told.db");
    tns_stock *stock = open_store("told.db"), *other = scratch();
    tns_stock_verification whole;
    tns_error err;
    if (prepare)
        prepare(stock);
    ck_assert(tns_stock_verify(stock, &whole, &err));
    char *text = export_of(stock, "told.csv");
    cut_end(text);
    for (size_t i = 0; i < count; i++) {
        tns_entry entry = {.kind = rows[i].kind,
                           .day = 1,
                           .lot = rows[i].lot,
                           .bottle = rows[i].bottle,
                           .amount = rows[i].amount};
        strcpy(entry.sets, rows[i].sets);
        write_longer(text, &whole, "longer.csv", &entry);
        bool done = tns_stock_import(other, in_folder("longer.csv"), true, NULL, &err);
        ck_assert_msg(done == !rows[i].words, "row %zu: %s", i, err.text);
        ck_assert_msg(done || strstr(err.text, rows[i].words), "row %zu: %s", i, err.text);
    }
    free(text);
    tns_stock_close(stock);
    tns_stock_close(other);
}

/* A client with a visit that is booked, and one that was erased. */
static void add_people(tns_stock *stock)
{
    const tns_visit visit = {.client = 1, .day = 20800};
    tns_stock_change change;
    tns_error err;
    for (int i = 0; i < 2; i++) {
        ck_assert(tns_client_add(stock, &(tns_client_card){0}, NULL, &change, &err));
        tns_stock_change_finish(&change);
    }
    ck_assert(tns_visit_book(stock, &visit, NULL, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert(tns_client_erase(stock, 2, NULL, &change, &err));
    tns_stock_change_finish(&change);
}

START_TEST(an_import_numbers_nothing_as_it_likes)
{
    static const char lot[] = "{\"product\": \"black\", \"name\": \"L2\", \"internal\": false, "
                              "\"expires\": \"2029-01-01\", \"sterile\": false}";
    static const char bottle[] = "{\"lot\": 1, \"received\": \"2026-06-15\", \"place\": \"\", "
                                 "\"tare_mg\": 0, \"drop_nl\": 40000}";
    static const char visit[] = "{\"visit\": 2, \"client\": 1, \"day\": \"2026-07-01\", "
                                "\"kind\": \"s1\", \"area_mm2\": 0, \"pot_ul\": 0, "
                                "\"recipe\": \"\", \"state\": \"booked\", "
                                "\"was\": \"cancelled\"}";
    static const char pot[] = "{\"pot\": 2, \"visit\": 1, \"discard_by\": 1, \"recipe\": \"\", "
                              "\"state\": \"mixed\", \"was\": \"undone\", \"left_ul\": 0}";
    static const char order[] =
        "{\"order\": 2, \"supplier\": \"Ink\", "
        "\"now\": {\"state\": \"proposed\", \"sent\": \"\", \"expected\": \"\"}, "
        "\"was\": {\"state\": \"cancelled\", \"sent\": \"\", \"expected\": \"\"}}";
    static const brought rows[] = {
        {TNS_ENTRY_LOT, 2, 0, 0, lot, NULL},
        {TNS_ENTRY_LOT, 3, 0, 0, lot, "lot number 3 out of turn"},
        {TNS_ENTRY_LOT, 1900000000, 0, 0, lot, "the next is lot number 2"},
        {TNS_ENTRY_LOT, -1, 0, 0, lot, "out of turn"},
        {TNS_ENTRY_RECEIVE, 0, 2, 0, bottle, NULL},
        {TNS_ENTRY_RECEIVE, 0, 3, 0, bottle, "bottle B3 out of turn"},
        {TNS_ENTRY_RECEIVE, 0, 1900000000, 0, bottle, "the next is bottle B2"},
        {TNS_ENTRY_RECEIVE, 0, 1, 0, bottle, "bottle B1 out of turn"},
        {TNS_ENTRY_CLIENT, 0, 0, 0, "{\"client\": 1}", NULL},
        {TNS_ENTRY_CLIENT, 0, 0, 0, "{\"client\": 2}", "client C2 out of turn"},
        {TNS_ENTRY_VISIT, 0, 0, 0, visit, "visit V2 out of turn"},
        {TNS_ENTRY_POT, 0, 0, 0, pot, "pot P2 out of turn"},
        {TNS_ENTRY_ORDER, 0, 0, 0, order, "order O2 out of turn"},
    };
    check_brought(rows, sizeof rows / sizeof *rows, NULL);
}
END_TEST

START_TEST(an_import_takes_no_deeds_of_nobody_and_none_that_cannot_follow)
{
#define VISIT_OF(client)                                                                           \
    "{\"visit\": 2, \"client\": " client ", \"day\": \"2026-07-01\", \"kind\": \"s1\", "           \
    "\"area_mm2\": 0, \"pot_ul\": 0, \"recipe\": \"\", \"state\": \"booked\", \"was\": "           \
    "\"cancelled\"}"
#define STEP(of, was, now) "{" of ", \"state\": \"" now "\", \"was\": \"" was "\", \"left_ul\": 0}"
    static const brought rows[] = {
        {TNS_ENTRY_CARD, 0, 0, 0, "{\"client\": 1}", NULL},
        {TNS_ENTRY_CARD, 0, 0, 0, "{\"client\": 7}", "there is no client C7"},
        {TNS_ENTRY_CARD, 0, 0, 0, "{\"client\": 2}", "client C2 was erased"},
        {TNS_ENTRY_ERASE, 0, 0, 0, "{\"client\": 9, \"erased\": true}", "there is no client C9"},
        {TNS_ENTRY_ERASE, 0, 0, 0, "{\"client\": 2, \"erased\": true}", "client C2 was erased"},
        {TNS_ENTRY_VISIT, 0, 0, 0, VISIT_OF("1"), NULL},
        {TNS_ENTRY_VISIT, 0, 0, 0, VISIT_OF("2"), "client C2 was erased"},
        {TNS_ENTRY_VISIT, 0, 0, 0, VISIT_OF("3"), "there is no client C3"},
        {TNS_ENTRY_VISIT, 0, 0, 0, STEP("\"visit\": 1", "booked", "open"), NULL},
        {TNS_ENTRY_VISIT, 0, 0, 0, STEP("\"visit\": 3", "booked", "open"), "there is no visit V3"},
        {TNS_ENTRY_VISIT, 0, 0, 0, STEP("\"visit\": 1", "open", "closed"),
         "V1 is booked, and does not go closed"},
        {TNS_ENTRY_VISIT, 0, 0, 0, STEP("\"visit\": 1", "booked", "closed"),
         "V1 is booked, and does not go closed"},
        {TNS_ENTRY_POT, 0, 0, 0, STEP("\"pot\": 5", "mixed", "closed"), "there is no pot P5"},
        {TNS_ENTRY_USE, 0, 1, 0, "{\"pot\": 5, \"cost\": 1}", "FOREIGN KEY"},
        {TNS_ENTRY_OPEN, 0, 77, 0, "{\"opened\": \"2026-11-01\", \"was\": \"\"}",
         "there is no bottle B77"},
        {TNS_ENTRY_MOVE, 0, 77, 0, "{\"place\": \"room\", \"was\": \"\"}",
         "there is no bottle B77"},
        {TNS_ENTRY_QUARANTINE, 5, 0, 0, "{\"quarantined\": true}", "there is no such lot"},
        {TNS_ENTRY_LOT, 1, 0, 0,
         "{\"product\": \"black\", \"name\": \"L2\", \"internal\": false, "
         "\"expires\": \"2029-01-01\", \"sterile\": false}",
         "lot number 1 is L1 of black"},
    };
#undef VISIT_OF
#undef STEP
    check_brought(rows, sizeof rows / sizeof *rows, add_people);
}
END_TEST

START_TEST(an_import_takes_no_entry_that_its_kind_cannot_be)
{
#define VISIT(state)                                                                               \
    "{\"visit\": 2, \"client\": 1, \"day\": \"2026-07-01\", \"kind\": \"s1\", "                    \
    "\"area_mm2\": 0, \"pot_ul\": 0, \"recipe\": \"\", \"state\": \"" state "\", \"was\": "        \
    "\"cancelled\"}"
#define POT(state, left)                                                                           \
    "{\"pot\": 1, \"visit\": 1, \"discard_by\": 1, \"recipe\": \"black=1\", \"state\": \"" state   \
    "\", \"was\": \"undone\", \"left_ul\": " left "}"
    static const brought rows[] = {
        {TNS_ENTRY_USE, 0, 1, -1, "", NULL},
        {TNS_ENTRY_USE, 0, 0, 0, "", "(use) is of something else"},
        {TNS_ENTRY_USE, 1, 0, 0, "{\"quarantined\": true}", "(use) is of something else"},
        {TNS_ENTRY_USE, 0, 1, 100, "", "(use) has an amount"},
        {TNS_ENTRY_WASTE, 0, 1, 100, "", "(waste) has an amount"},
        {TNS_ENTRY_COUNT, 0, 1, 100, "", NULL},
        {TNS_ENTRY_RECEIVE, 0, 1, 100, "", "(receive) tells nothing"},
        {TNS_ENTRY_RECEIVE, 0, 1, 100, "{\"place\": \"x\", \"was\": \"\"}", "without its lot"},
        {TNS_ENTRY_RECEIVE, 0, 0, 0, "", "(receive) is of something else"},
        {TNS_ENTRY_CLIENT, 0, 0, 0, "", "(client) tells nothing"},
        {TNS_ENTRY_VISIT, 0, 0, 0, VISIT("booked"), NULL},
        {TNS_ENTRY_VISIT, 0, 0, 0, VISIT("closed"), "begins as no visit"},
        {TNS_ENTRY_POT, 0, 0, 0, POT("mixed", "0"), NULL},
        {TNS_ENTRY_POT, 0, 0, 0, POT("closed", "0"), "begins as no visit and no pot"},
        {TNS_ENTRY_POT, 0, 0, 0, POT("mixed", "900"), "begins as no visit and no pot"},
    };
#undef VISIT
#undef POT
    check_brought(rows, sizeof rows / sizeof *rows, add_people);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("import");
    TCase *tcase = tcase_create("import");
    tcase_add_checked_fixture(tcase, make_folder, remove_folder);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, an_import_numbers_nothing_as_it_likes);
    tcase_add_test(tcase, an_import_takes_no_deeds_of_nobody_and_none_that_cannot_follow);
    tcase_add_test(tcase, an_import_takes_no_entry_that_its_kind_cannot_be);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
