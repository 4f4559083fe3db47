/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole lots: set aside, released, recalled. */
#include <inttypes.h>
#include <stdio.h>

#include <tonsure/stock_records.h>

#include "clinic.h"

typedef bool mark_lot(tns_stock *stock, const char *lot, const char *product,
                      const tns_stock_act *act, tns_stock_change *out, tns_error *err);

static int run_mark(cli *c, const command *cmd, mark_lot *mark, const char *action, int argc,
                    const char **argv)
{
    stock_call s = {.c = c, .cmd = cmd};
    const char *product = NULL;
    const cli_option options[] = {
        {"product", CLI_TEXT, &product, "ID", "whose lot, where several have one of that name"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    tns_error err;
    if (!stock_parse(&s, argc, argv, options, STOCK_REASON, 1, 1, &status))
        return status;
    bool done = stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                mark(s.stock, s.words.word[0], product, &s.act, &s.change, &err);
    return stock_end(&s, action, done, &err);
}

static int run_quarantine(cli *c, int argc, const char **argv)
{
    return run_mark(c, &cmd_stock_quarantine, tns_stock_quarantine, "quarantine", argc, argv);
}

static int run_release(cli *c, int argc, const char **argv)
{
    return run_mark(c, &cmd_stock_release, tns_stock_release, "release", argc, argv);
}

const command cmd_stock_quarantine = {
    "stock quarantine", "LOT --reason WHY", "sets a lot aside: nothing of it is used",
    "  tonsure stock quarantine A77 --reason \"a cloudy bottle\"\n"
    "  tonsure stock quarantine A77 --product deep-black --reason \"asked the maker\"\n"
    "  tonsure stock quarantine W1 --reason \"seal broken\" --dry-run\n",
    run_quarantine};

const command cmd_stock_release = {
    "stock release", "LOT --reason WHY", "ends a lot's quarantine",
    "  tonsure stock release A77 --reason \"the maker says it is sound\"\n"
    "  tonsure stock release A77 --product deep-black --reason \"tested\"\n"
    "  tonsure stock release A77 --reason tested --actor ann\n",
    run_release};

/* ---- recall ---- */

/* What a receptionist needs: what is left where, and whom to call. */
static void print_trace(const tns_trace *t)
{
    stock_print_bottles(&t->bottles);
    for (size_t i = 0; i < t->pots.count; i++)
        clinic_print_pot(&t->pots.pots[i], 0);
    if (t->visits.count > 0)
        clinic_print_visits(&t->visits);
    if (t->clients.count > 0)
        printf("To be told:\n");
    for (size_t i = 0; i < t->clients.count; i++)
        clinic_print_client(&t->clients.clients[i]);
    if (t->pots.count == 0)
        printf("it went into no pot\n");
    if (t->elsewhere > 0)
        printf("%" PRId64 " of it were used for no pot: nobody wrote down for whom\n",
               t->elsewhere);
}

static int show_recall(cli *c, const char *lot, const tns_trace *trace,
                       const tns_stock_change *change)
{
    if (c->json)
        return cli_print_record(
            c, tns_stock_recall_write(lot, trace, change->written && change->entries.count > 0));
    print_trace(trace);
    if (!change->written)
        printf("(nothing was marked)\n");
    cli_print_warnings(&change->warnings);
    return 0;
}

/* Marked first: what is mixed while this runs is refused, or is in the trace. */
static int run_recall(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_stock_recall};
    const char *product = NULL;
    bool list_only = false;
    const cli_option options[] = {
        {"product", CLI_TEXT, &product, "ID", "whose lot, where several have one of that name"},
        {"list-only", CLI_FLAG, &list_only, NULL, "list what it went into, mark nothing"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    tns_error err;
    tns_trace trace = {0};
    if (!stock_parse(&s, argc, argv, options, STOCK_REASON, 1, 1, &status))
        return status;
    const char *lot = s.words.word[0];
    bool done = stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                (list_only || tns_stock_recall(s.stock, lot, product, &s.act, &s.change, &err)) &&
                tns_stock_trace(s.stock, lot, product, &trace, &err);
    status = done ? show_recall(c, lot, &trace, &s.change) : cli_fail(c, &err);
    tns_trace_finish(&trace);
    tns_stock_change_finish(&s.change);
    tns_stock_close(s.stock);
    return status;
}

const command cmd_stock_recall = {
    "stock recall", "LOT", "marks a lot as recalled, and lists bottles, pots, visits and clients",
    "  tonsure stock recall A77 --reason \"the maker's letter of 20 November\"\n"
    "  tonsure stock recall A77 --list-only\n"
    "  tonsure stock recall A77 --product deep-black --dry-run\n",
    run_recall};
