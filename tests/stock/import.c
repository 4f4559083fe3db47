/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import may not bring, though its hashes are right. */
#include <stdio.h>

#include <tonsure/order.h>

#include "stock/chain.h"
#include "stock/people.h"
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
    fprintf(file, "%s%d,%d,0,0,1970-01-02,\"\",\"%s\",\"%s\",%d,%d,%d,\"\",%d,\"%s\",%s\n", text,
            (int)entry->id, (int)entry->id, tns_entry_kind_name(entry->kind), entry->product,
            (int)entry->lot, (int)entry->bottle, (int)entry->amount, (int)entry->undoes, sets,
            hash);
    fclose(file);
}

/* An entry behind the story's, and what its import is refused with: NULL = it may be. */
typedef struct brought {
    tns_entry_kind kind;
    int64_t lot, bottle, amount;
    const char *sets, *words;
    const char *product; /* NULL = of none */
    int64_t undoes;
} brought;

/* Of an engine that nobody asked for. */
static void check_plain(const char *text)
{
    static const char *const words[] = {"constraint", "FOREIGN", "UNIQUE", "CHECK", "NULL", ".db"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        ck_assert_msg(!strstr(text, words[i]), "%s: %s", words[i], text);
}

static void check_answer(const brought *row, size_t i, bool done, const char *text)
{
    ck_assert_msg(done == !row->words, "row %zu: %s", i, text);
    if (done)
        return;
    ck_assert_msg(strstr(text, row->words) && strstr(text, "longer.csv: line "), "row %zu: %s", i,
                  text);
    check_plain(text);
}

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
                           .amount = rows[i].amount,
                           .undoes = rows[i].undoes};
        strcpy(entry.sets, rows[i].sets);
        strcpy(entry.product, rows[i].product ? rows[i].product : "");
        write_longer(text, &whole, "longer.csv", &entry);
        bool done = tns_stock_import(other, in_folder("longer.csv"), true, NULL, &err);
        check_answer(&rows[i], i, done, err.text);
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
        {TNS_ENTRY_LOT, 2, 0, 0, lot, NULL, NULL, 0},
        {TNS_ENTRY_LOT, 3, 0, 0, lot, "lot number 3 out of turn", NULL, 0},
        {TNS_ENTRY_LOT, 1900000000, 0, 0, lot, "the next is lot number 2", NULL, 0},
        {TNS_ENTRY_LOT, -1, 0, 0, lot, "out of turn", NULL, 0},
        {TNS_ENTRY_RECEIVE, 0, 2, 0, bottle, NULL, NULL, 0},
        {TNS_ENTRY_RECEIVE, 0, 3, 0, bottle, "bottle B3 out of turn", NULL, 0},
        {TNS_ENTRY_RECEIVE, 0, 1900000000, 0, bottle, "the next is bottle B2", NULL, 0},
        {TNS_ENTRY_RECEIVE, 0, 1, 0, bottle, "bottle B1 out of turn", NULL, 0},
        {TNS_ENTRY_CLIENT, 0, 0, 0, "{\"client\": 1}", NULL, NULL, 0},
        {TNS_ENTRY_CLIENT, 0, 0, 0, "{\"client\": 2}", "client C2 out of turn", NULL, 0},
        {TNS_ENTRY_VISIT, 0, 0, 0, visit, "visit V2 out of turn", NULL, 0},
        {TNS_ENTRY_POT, 0, 0, 0, pot, "pot P2 out of turn", NULL, 0},
        {TNS_ENTRY_ORDER, 0, 0, 0, order, "order O2 out of turn", NULL, 0},
    };
    check_brought(rows, sizeof rows / sizeof *rows, NULL);
}
END_TEST

START_TEST(an_import_takes_no_part_of_a_number_for_the_whole)
{
    static const brought rows[] = {
        {TNS_ENTRY_CLIENT, 0, 0, 0, "{\"client\": 1.0}", NULL, NULL, 0},
        {TNS_ENTRY_CLIENT, 0, 0, 0, "{\"client\": 1.5}",
         "client: expected a whole number, found 1.5", NULL, 0},
        {TNS_ENTRY_RECEIVE, 0, 2, 0,
         "{\"lot\": 1, \"received\": \"2026-06-15\", \"place\": \"\", \"tare_mg\": 0.5, "
         "\"drop_nl\": 40000}",
         "tare_mg: expected a whole number, found 0.5", NULL, 0},
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
        {TNS_ENTRY_CARD, 0, 0, 0, "{\"client\": 1}", NULL, NULL, 0},
        {TNS_ENTRY_CARD, 0, 0, 0, "{\"client\": 7}", "there is no client C7", NULL, 0},
        {TNS_ENTRY_CARD, 0, 0, 0, "{\"client\": 2}", "client C2 was erased", NULL, 0},
        {TNS_ENTRY_ERASE, 0, 0, 0, "{\"client\": 9, \"erased\": true}", "there is no client C9",
         NULL, 0},
        {TNS_ENTRY_ERASE, 0, 0, 0, "{\"client\": 2, \"erased\": true}", "client C2 was erased",
         NULL, 0},
        {TNS_ENTRY_VISIT, 0, 0, 0, VISIT_OF("1"), NULL, NULL, 0},
        {TNS_ENTRY_VISIT, 0, 0, 0, VISIT_OF("2"), "client C2 was erased", NULL, 0},
        {TNS_ENTRY_VISIT, 0, 0, 0, VISIT_OF("3"), "there is no client C3", NULL, 0},
        {TNS_ENTRY_VISIT, 0, 0, 0, STEP("\"visit\": 1", "booked", "open"), NULL, NULL, 0},
        {TNS_ENTRY_VISIT, 0, 0, 0, STEP("\"visit\": 3", "booked", "open"), "there is no visit V3",
         NULL, 0},
        {TNS_ENTRY_VISIT, 0, 0, 0, STEP("\"visit\": 1", "open", "closed"),
         "V1 is booked, and does not go closed", NULL, 0},
        {TNS_ENTRY_VISIT, 0, 0, 0, STEP("\"visit\": 1", "booked", "closed"),
         "V1 is booked, and does not go closed", NULL, 0},
        {TNS_ENTRY_POT, 0, 0, 0, STEP("\"pot\": 5", "mixed", "closed"), "there is no pot P5", NULL,
         0},
        {TNS_ENTRY_USE, 0, 1, 0, "{\"pot\": 5, \"cost\": 1}", "there is no pot P5", NULL, 0},
        {TNS_ENTRY_OPEN, 0, 77, 0, "{\"opened\": \"2026-11-01\", \"was\": \"\"}",
         "there is no bottle B77", NULL, 0},
        {TNS_ENTRY_MOVE, 0, 77, 0, "{\"place\": \"room\", \"was\": \"\"}", "there is no bottle B77",
         NULL, 0},
        {TNS_ENTRY_QUARANTINE, 5, 0, 0, "{\"quarantined\": true}", "there is no such lot", NULL, 0},
        {TNS_ENTRY_LOT, 1, 0, 0,
         "{\"product\": \"black\", \"name\": \"L2\", \"internal\": false, "
         "\"expires\": \"2029-01-01\", \"sterile\": false}",
         "lot number 1 is L1 of black", NULL, 0},
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
        {TNS_ENTRY_USE, 0, 1, -1, "", NULL, NULL, 0},
        {TNS_ENTRY_USE, 0, 0, 0, "", "(use) is of something else", NULL, 0},
        {TNS_ENTRY_USE, 1, 0, 0, "{\"quarantined\": true}", "(use) is of something else", NULL, 0},
        {TNS_ENTRY_USE, 0, 1, 100, "", "(use) has an amount", NULL, 0},
        {TNS_ENTRY_WASTE, 0, 1, 100, "", "(waste) has an amount", NULL, 0},
        {TNS_ENTRY_COUNT, 0, 1, 100, "", NULL, NULL, 0},
        {TNS_ENTRY_RECEIVE, 0, 1, 100, "", "(receive) tells nothing", NULL, 0},
        {TNS_ENTRY_RECEIVE, 0, 1, 100, "{\"place\": \"x\", \"was\": \"\"}", "without its lot", NULL,
         0},
        {TNS_ENTRY_RECEIVE, 0, 0, 0, "", "(receive) is of something else", NULL, 0},
        {TNS_ENTRY_CLIENT, 0, 0, 0, "", "(client) tells nothing", NULL, 0},
        {TNS_ENTRY_VISIT, 0, 0, 0, VISIT("booked"), NULL, NULL, 0},
        {TNS_ENTRY_VISIT, 0, 0, 0, VISIT("closed"), "begins as no visit", NULL, 0},
        {TNS_ENTRY_POT, 0, 0, 0, POT("mixed", "0"), NULL, NULL, 0},
        {TNS_ENTRY_POT, 0, 0, 0, POT("closed", "0"), "begins as no visit and no pot", NULL, 0},
        {TNS_ENTRY_POT, 0, 0, 0, POT("mixed", "900"), "begins as no visit and no pot", NULL, 0},
    };
#undef VISIT
#undef POT
    check_brought(rows, sizeof rows / sizeof *rows, add_people);
}
END_TEST

static int64_t last_entry(tns_stock *stock)
{
    tns_stock_verification whole;
    tns_error err;
    ck_assert(tns_stock_verify(stock, &whole, &err));
    return whole.entries;
}

/* Pots P1, which was taken back, and P2, which is closed; and an order O1 of black. */
static void add_pots(tns_stock *stock)
{
    tns_error err;
    tns_stock_change change;
    const tns_stock_act act = because(NULL);
    const tns_order_item line = {.product = "black", .packs = 1};
    add_product(stock, "water", TNS_PRODUCT_DILUENT, 1);
    receive(stock, "water", "W1", 5000, "2027-05-01");
    int64_t visit = book(stock, add_client(stock, ""), "2026-11-22"), pot;
    ck_assert_int_eq(mix(stock, visit, 10, 140, NULL, &pot, &err), TNS_OK);
    ck_assert_int_eq(undo(stock, last_entry(stock), "so"), TNS_OK);
    ck_assert_int_eq(mix(stock, visit, 10, 140, NULL, &pot, &err), TNS_OK);
    ck_assert(tns_pot_close(stock, pot, 0, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert(tns_order_propose(stock, "Ink", &line, 1, &act, &change, &err));
    tns_stock_change_finish(&change);
}

START_TEST(an_import_tells_in_its_own_words_what_it_does_not_take)
{
#define PRODUCT(kind, unit, gtin)                                                                  \
    "{\"kind\": \"" kind "\", \"pigment\": \"carbon-black\", \"unit\": \"" unit                    \
    "\", \"pao_months\": 0, \"supplier\": \"\", \"pack\": 0, \"cost_cents\": 0, "                  \
    "\"lead_days\": 0, \"density_mg_ml\": " gtin "}"
    static const char part[] = "{\"pot\": 1, \"cost\": 1}",
                      lot[] = "{\"product\": \"white\", "
                              "\"name\": \"L9\", \"internal\": false, \"expires\": "
                              "\"2029-01-01\", \"sterile\": false}";
    static const char line[] = "{\"order\": 1, \"place\": 2, \"packs\": 1, \"pack\": 0, "
                               "\"cost_cents\": 0}";
    static const brought rows[] = {
        {TNS_ENTRY_USE, 0, 1, -1, part, "pot P1 is undone, and takes no part", NULL, 0},
        {TNS_ENTRY_USE, 0, 1, -1, "{\"pot\": 2, \"cost\": 1}",
         "pot P2 is closed, and takes no part", NULL, 0},
        {TNS_ENTRY_USE, 0, 7, -1, "{\"pot\": 2, \"cost\": 1}", "there is no bottle B7", NULL, 0},
        {TNS_ENTRY_USE, 0, 7, 0, "", "there is no bottle B7", NULL, 0},
        {TNS_ENTRY_COUNT, 0, 7, 0, "", "there is no bottle B7", NULL, 0},
        {TNS_ENTRY_COUNT, 0, 7, 5, "", "there is no bottle B7", NULL, 0},
        {TNS_ENTRY_USE, 0, -1, 0, "", "there is no bottle B-1", NULL, 0},
        {TNS_ENTRY_COUNT, 0, 2, 0, "", NULL, NULL, 0},
        {TNS_ENTRY_PRODUCT, 0, 0, 0, PRODUCT("pigment", "ul", "1000"), NULL, "black", 0},
        {TNS_ENTRY_PRODUCT, 0, 0, 0, PRODUCT("diluent", "ul", "1000"),
         "product black: it is a pigment in ul, told anew as a diluent in ul", "black", 0},
        {TNS_ENTRY_PRODUCT, 0, 0, 0, PRODUCT("pigment", "pc", "1000"),
         "product black: it is a pigment in ul, told anew as a pigment in pc", "black", 0},
        {TNS_ENTRY_PRODUCT, 0, 0, 0, PRODUCT("pigment", "ul", "0"), "density_mg_ml", "white", 0},
        {TNS_ENTRY_LOT, 3, 0, 0, lot, "there is no product \"white\"", NULL, 0},
        {TNS_ENTRY_ORDER, 0, 0, 0, line, NULL, "black", 0},
        {TNS_ENTRY_ORDER, 0, 0, 0, line, "there is no product \"white\"", "white", 0},
        {TNS_ENTRY_RETIRE, 0, 0, 0, "{\"retired\": true}", "product white: there is none", "white",
         0},
        {TNS_ENTRY_INGREDIENT, 0, 0, 0,
         "{\"place\": 1, \"name\": \"x\", \"cas\": \"\", \"color_index\": \"\"}",
         "there is no product \"white\"", "white", 0},
        {TNS_ENTRY_RECEIVE, 0, 3, 9,
         "{\"lot\": 9, \"received\": \"2026-06-15\", \"place\": \"\", \"tare_mg\": 0, "
         "\"drop_nl\": 40000}",
         "there is no lot number 9", NULL, 0},
        {TNS_ENTRY_POT, 0, 0, 0,
         "{\"pot\": 3, \"visit\": 9, \"discard_by\": 1, \"recipe\": \"black=1\", \"state\": "
         "\"mixed\", \"was\": \"undone\", \"left_ul\": 0}",
         "there is no visit V9", NULL, 0},
        {TNS_ENTRY_OPEN, 0, 1, 0, "{\"opened\": \"1999-01-01\", \"was\": \"\"}",
         "opened >= received", NULL, 0},
        {TNS_ENTRY_UNDO, 0, 1, 0, "", "undoes: expected an entry before it, found 999", NULL, 999},
        {TNS_ENTRY_UNDO, 0, 1, 0, "", "undoes: entry 9 was taken back already", NULL, 9},
    };
#undef PRODUCT
    check_brought(rows, sizeof rows / sizeof *rows, add_pots);
}
END_TEST

/* More entries than go into the store at once; 12 is the first use, and 20 is taken back. */
static void add_uses(tns_stock *stock)
{
    for (int i = 0; i < 100; i++)
        use(stock, 1);
    ck_assert_int_eq(undo(stock, 20, "so"), TNS_OK);
}

START_TEST(an_import_knows_what_was_taken_back_long_before)
{
    static const brought rows[] = {
        {TNS_ENTRY_UNDO, 0, 1, 0, "", "undoes: entry 9 was taken back already, by 10", NULL, 9},
        {TNS_ENTRY_UNDO, 0, 1, 1, "", "undoes: entry 20 was taken back already", NULL, 20},
        {TNS_ENTRY_UNDO, 0, 1, 1, "", NULL, NULL, 12},
    };
    check_brought(rows, sizeof rows / sizeof *rows, add_uses);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("import");
    TCase *tcase = tcase_create("import");
    tcase_add_checked_fixture(tcase, make_folder, remove_folder);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, an_import_numbers_nothing_as_it_likes);
    tcase_add_test(tcase, an_import_takes_no_part_of_a_number_for_the_whole);
    tcase_add_test(tcase, an_import_takes_no_deeds_of_nobody_and_none_that_cannot_follow);
    tcase_add_test(tcase, an_import_takes_no_entry_that_its_kind_cannot_be);
    tcase_add_test(tcase, an_import_tells_in_its_own_words_what_it_does_not_take);
    tcase_add_test(tcase, an_import_knows_what_was_taken_back_long_before);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
