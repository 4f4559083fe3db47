/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger and the store as a whole: undoing, verifying, copies. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/client.h>
#include <tonsure/stock_records.h>

#include "stock.h"

/* ---- undo ---- */

static int run_undo(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_stock_undo};
    int status;
    int64_t entry;
    tns_error err;
    if (!stock_parse(&s, argc, argv, NULL, STOCK_REASON, 1, 1, &status))
        return status;
    bool done = tns_service_entry(s.words.word[0], &entry, &err) &&
                stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                tns_stock_undo(s.stock, entry, &s.act, &s.change, &err);
    return stock_end(&s, "undo", done, &err);
}

const command cmd_stock_undo = {
    "stock undo", "ENTRY --reason WHY", "takes back the whole operation of an entry, once",
    "  tonsure stock undo 12 --reason \"typed twice\"\n"
    "  tonsure stock undo 12 --reason \"the other bottle\" --actor ann\n"
    "  tonsure stock undo 12 --reason \"typed twice\" --dry-run\n",
    run_undo};

/* ---- verify ---- */

static int show_verification(cli *c, const tns_stock_verification *found, const tns_error *failure)
{
    int status = failure ? cli_fail_quietly(failure) : 0;
    if (c->json) {
        int printed = cli_print_record(c, tns_stock_verify_write(found, failure));
        return status ? status : printed;
    }
    if (!failure)
        printf("%" PRId64 " %s as %s written\n", found->entries,
               found->entries == 1 ? "entry," : "entries, all",
               found->entries == 1 ? "it was" : "they were");
    if (!failure && found->cards_missing) {
        char note[120];
        snprintf(note, sizeof note,
                 "%" PRId64 " %s no card here: it was removed, or left behind by an export",
                 found->cards_missing, found->cards_missing == 1 ? "client has" : "clients have");
        cli_print_note(0, note);
    }
    return status;
}

static int run_verify(cli *c, int argc, const char **argv)
{
    cli_words words;
    int status;
    tns_error err;
    tns_stock_verification found;
    if (!cli_parse(c, &cmd_stock_verify, argc, argv, NULL, 0, 0, &words, &status))
        return status;
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    if (!stock)
        return cli_fail(c, &err);
    bool done = tns_stock_verify(stock, &found, &err);
    status = show_verification(c, &found, done ? NULL : &err);
    tns_stock_close(stock);
    return status;
}

const command cmd_stock_verify = {
    "stock verify", "", "computes all hashes and sums anew, and names the first that is not right",
    "  tonsure stock verify\n"
    "  tonsure --json stock verify\n"
    "  tonsure --store backup.db stock verify\n",
    run_verify};

/* ---- copies ---- */

static void print_copy(const char *action, const char *path, const char *cards,
                       const tns_stock_copied *copied, bool written)
{
    const char *way = strcmp(action, "import") == 0 ? "from" : "to";
    const char *dry = written ? "" : " (dry run: nothing was written)";
    char until[32];
    cli_paragraph line = {0};
    if (path && copied)
        cli_say(&line, "%" PRId64 " entr%s%s%s, ", copied->entries,
                copied->entries == 1 ? "y" : "ies", copied->until ? " until " : "",
                copied->until ? stock_wall_time(copied->until, until) : "");
    if (path) {
        cli_say(&line, "%s %s %s%s", action, way, path, dry);
        cli_print_wrapped_from(0, 2, line.text);
    }
    if (cards)
        cli_row(2, "%" PRId64 " card%s, %" PRId64 " reading%s, %s %s %s%s: personal", copied->cards,
                cli_plural((size_t)copied->cards), copied->readings,
                cli_plural((size_t)copied->readings), action, way, cards, dry);
}

static int show_copy(cli *c, const char *action, const char *path, const char *cards,
                     const tns_stock_copied *copied, bool written)
{
    if (c->json)
        return cli_print_record(
            c, tns_stock_copy_write(action, path ? path : cards, cards, copied, written));
    print_copy(action, path, cards, copied, written);
    if (copied)
        cli_print_warnings(&copied->warnings);
    return 0;
}

/* What is not in it is said: nobody should find out on the day it is needed. */
static bool note_cards_left_out(const cli *c, tns_stock *stock, tns_error *err)
{
    size_t cards = 0;
    tns_client_list list;
    bool done = tns_client_list_all(stock, false, &list, err);
    for (size_t i = 0; done && i < list.count; i++)
        cards += list.clients[i].has_card;
    tns_client_list_finish(&list);
    if (done && cards > 0 && !c->quiet && !c->json)
        cli_print_note(0, "clients' cards (names, allergies, readings) are not in it: --cards FILE "
                          "writes them into a file of their own");
    return done;
}

static int run_export(cli *c, int argc, const char **argv)
{
    const char *cards = NULL;
    const cli_option options[] = {
        {"cards", CLI_TEXT, &cards, "FILE", "clients' cards and readings too: personal"},
        CLI_DRY_RUN(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    tns_stock_copied copied;
    if (!cli_parse(c, &cmd_stock_export, argc, argv, options, 1, 1, &words, &status))
        return status;
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    bool done =
        stock && tns_stock_export_whole(stock, words.word[0], cards, c->dry_run, &copied, &err);
    status = done ? show_copy(c, "export", words.word[0], cards, &copied, !c->dry_run)
                  : cli_fail(c, &err);
    if (done && !cards && !note_cards_left_out(c, stock, &err))
        status = cli_fail(c, &err);
    tns_stock_close(stock);
    return status;
}

static bool import_into(cli *c, tns_stock_access how, const char *path, const char *cards,
                        bool dry_run, tns_stock_copied *copied, tns_error *err)
{
    tns_stock *stock = tns_service_stock(c->store, how, err);
    bool done = stock && tns_stock_import_whole(stock, path, cards, dry_run, copied, err);
    tns_stock_close(stock);
    return done;
}

/* Tried first, so that what cannot be imported makes no store. */
static int run_import(cli *c, int argc, const char **argv)
{
    bool dry_run = false;
    const char *cards = NULL;
    const cli_option options[] = {
        {"cards", CLI_TEXT, &cards, "FILE", "clients' cards and readings, of the same export"},
        {"dry-run", CLI_FLAG, &dry_run, NULL, "check all, write nothing"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    tns_stock_copied copied;
    if (!cli_parse(c, &cmd_stock_import, argc, argv, options, 0, 1, &words, &status))
        return status;
    if (words.count == 0 && !cards)
        return cli_usage(c, &cmd_stock_import, "expected FILE.csv, --cards FILE.csv or both");
    const char *path = words.count ? words.word[0] : NULL;
    bool done =
        path ? import_into(c, TNS_STOCK_SCRATCH, path, cards, true, &copied, &err) &&
                   (dry_run || import_into(c, TNS_STOCK_CREATE, path, cards, false, &copied, &err))
             : import_into(c, TNS_STOCK_EXISTING, NULL, cards, dry_run, &copied, &err);
    return done ? show_copy(c, "import", path, cards, &copied, !dry_run) : cli_fail(c, &err);
}

static int run_backup(cli *c, int argc, const char **argv)
{
    const cli_option options[] = {
        CLI_DRY_RUN(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    if (!cli_parse(c, &cmd_stock_backup, argc, argv, options, 1, 1, &words, &status))
        return status;
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    bool done = stock && tns_stock_backup(stock, words.word[0], c->dry_run, &err);
    status =
        done ? show_copy(c, "backup", words.word[0], NULL, NULL, !c->dry_run) : cli_fail(c, &err);
    tns_stock_close(stock);
    return status;
}

const command cmd_stock_import = {
    "stock import", "[FILE.csv] [--cards FILE.csv]",
    "restores an export into an empty store, each entry checked; --cards alone adds what a store "
    "that was restored without them lacks",
    "  tonsure --store new.db stock import shelf.csv\n"
    "  tonsure --store other.db stock import shelf.csv --cards cards.csv\n"
    "  tonsure --json --store third.db stock import shelf.csv --dry-run\n",
    run_import};

const command cmd_stock_export = {"stock export", "FILE.csv [--cards FILE.csv]",
                                  "writes the ledger as a table, and the clients' cards apart",
                                  "  tonsure stock export shelf.csv\n"
                                  "  tonsure --json stock export shelf.csv --cards cards.csv\n"
                                  "  tonsure --store backup.db stock export old.csv --dry-run\n",
                                  run_export};

const command cmd_stock_backup = {"stock backup", "FILE", "copies the store while it is in use",
                                  "  tonsure stock backup copy.db\n"
                                  "  tonsure --json stock backup monday.db\n"
                                  "  tonsure --store backup.db stock backup copy-2.db --dry-run\n",
                                  run_backup};
