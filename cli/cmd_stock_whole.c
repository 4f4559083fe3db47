/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger and the store as a whole: undoing, verifying, copies. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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
        printf("%" PRId64 " entries, all as they were written\n", found->entries);
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

static int show_copy(cli *c, const char *action, const char *path, int64_t entries, bool written)
{
    if (c->json)
        return cli_print_record(c, tns_stock_copy_write(action, path, entries, written));
    if (entries >= 0)
        printf("%" PRId64 " entries, ", entries);
    printf("%s %s %s%s\n", action, strcmp(action, "import") == 0 ? "from" : "to", path,
           written ? "" : " (dry run: nothing was written)");
    return 0;
}

static int run_export(cli *c, int argc, const char **argv)
{
    cli_words words;
    int status;
    int64_t entries = 0;
    tns_error err;
    if (!cli_parse(c, &cmd_stock_export, argc, argv, NULL, 1, 1, &words, &status))
        return status;
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    bool done = stock && tns_stock_export(stock, words.word[0], &entries, &err);
    status = done ? show_copy(c, "export", words.word[0], entries, true) : cli_fail(c, &err);
    tns_stock_close(stock);
    return status;
}

static bool import_into(cli *c, tns_stock_access how, const char *path, bool dry_run,
                        int64_t *entries, tns_error *err)
{
    tns_stock *stock = tns_service_stock(c->store, how, err);
    bool done = stock && tns_stock_import(stock, path, dry_run, entries, err);
    tns_stock_close(stock);
    return done;
}

/* Tried first, so that what cannot be imported makes no store. */
static int run_import(cli *c, int argc, const char **argv)
{
    bool dry_run = false;
    const cli_option options[] = {
        {"dry-run", CLI_FLAG, &dry_run, NULL, "check all, write nothing"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    int64_t entries = 0;
    tns_error err;
    if (!cli_parse(c, &cmd_stock_import, argc, argv, options, 1, 1, &words, &status))
        return status;
    const char *path = words.word[0];
    bool done = import_into(c, TNS_STOCK_SCRATCH, path, true, &entries, &err) &&
                (dry_run || import_into(c, TNS_STOCK_CREATE, path, false, &entries, &err));
    return done ? show_copy(c, "import", path, entries, !dry_run) : cli_fail(c, &err);
}

static int run_backup(cli *c, int argc, const char **argv)
{
    cli_words words;
    int status;
    tns_error err;
    if (!cli_parse(c, &cmd_stock_backup, argc, argv, NULL, 1, 1, &words, &status))
        return status;
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    bool done = stock && tns_stock_backup(stock, words.word[0], &err);
    status = done ? show_copy(c, "backup", words.word[0], -1, true) : cli_fail(c, &err);
    tns_stock_close(stock);
    return status;
}

const command cmd_stock_import = {"stock import", "FILE.csv",
                                  "restores an export into an empty store, each entry checked",
                                  "  tonsure --store new.db stock import shelf.csv\n"
                                  "  tonsure --store other.db stock import shelf.csv --dry-run\n"
                                  "  tonsure --json --store third.db stock import shelf.csv\n",
                                  run_import};

const command cmd_stock_export = {"stock export", "FILE.csv",
                                  "writes the ledger as a table, which holds all there is",
                                  "  tonsure stock export shelf.csv\n"
                                  "  tonsure --json stock export shelf.csv\n"
                                  "  tonsure --store backup.db stock export old.csv\n",
                                  run_export};

const command cmd_stock_backup = {"stock backup", "FILE", "copies the store while it is in use",
                                  "  tonsure stock backup copy.db\n"
                                  "  tonsure --json stock backup monday.db\n"
                                  "  tonsure --store backup.db stock backup copy-2.db\n",
                                  run_backup};
