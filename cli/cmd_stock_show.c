/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is there, what expires, what happened. */
#include <stdio.h>

#include <tonsure/stock_records.h>

#include "stock.h"

static int show_list(cli *c, const tns_stock_question *question)
{
    tns_error err;
    tns_bottle_list list = {0};
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    int status = 0;
    if (!stock || !tns_stock_list(stock, question, &list, &err))
        status = cli_fail(c, &err);
    else if (c->json)
        status = cli_print_record(
            c, tns_stock_list_write(&list, question->expiring ? question->within_days : -1));
    else
        stock_print_bottles(&list);
    tns_bottle_list_finish(&list);
    tns_stock_close(stock);
    return status;
}

static int run_list(cli *c, int argc, const char **argv)
{
    tns_stock_question question = {0};
    const cli_option options[] = {
        {"product", CLI_TEXT, &question.product, "ID", "of this product only"},
        {"all", CLI_FLAG, &question.with_empty, NULL, "empty bottles too"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_stock_list, argc, argv, options, 0, 0, &words, &status))
        return status;
    return show_list(c, &question);
}

static int run_expiring(cli *c, int argc, const char **argv)
{
    const char *within = "30d";
    tns_stock_question question = {.expiring = true};
    const cli_option options[] = {
        {"within", CLI_TEXT, &within, "DAYS", "from today on (30d)"},
        {"product", CLI_TEXT, &question.product, "ID", "of this product only"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    if (!cli_parse(c, &cmd_stock_expiring, argc, argv, options, 0, 0, &words, &status))
        return status;
    if (!tns_service_days(within, &question.within_days, &err))
        return cli_usage(c, &cmd_stock_expiring, "--within: %s", err.text);
    return show_list(c, &question);
}

const command cmd_stock_list = {"stock list", "[--product ID] [--all]", "what is on hand",
                                "  tonsure stock list\n"
                                "  tonsure stock list --product deep-black --all\n"
                                "  tonsure --json stock list\n",
                                run_list};

const command cmd_stock_expiring = {"stock expiring", "[--within DAYS]",
                                    "what has expired or soon will, the soonest first",
                                    "  tonsure stock expiring --within 60d\n"
                                    "  tonsure stock expiring --product deep-black\n"
                                    "  tonsure --json stock expiring --within 7d\n",
                                    run_expiring};

/* ---- log ---- */

static int show_log(cli *c, tns_stock *stock, const tns_log_question *question)
{
    tns_error err;
    tns_entry_list log = {0};
    tns_bottle_list bottles = {0};
    const tns_stock_question all = {.with_empty = true};
    int status = 0;
    if (!tns_stock_log_of(stock, question, &log, &err) ||
        !tns_stock_list(stock, &all, &bottles, &err))
        status = cli_fail(c, &err);
    else if (c->json)
        status = cli_print_record(c, tns_stock_log_write(&log, &bottles));
    else
        stock_print_log(&log, &bottles);
    tns_bottle_list_finish(&bottles);
    tns_entry_list_finish(&log);
    return status;
}

static bool read_question(const char *since, const char *bottle, tns_log_question *q,
                          tns_error *err)
{
    if (since && !tns_service_since(since, &q->since, err))
        return tns_error_prefix(err, "--since");
    if (bottle && (q->product || q->lot))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "--bottle: a bottle is of one lot and product anyway");
    return !bottle || tns_service_bottle(bottle, &q->bottle, err) ||
           tns_error_prefix(err, "--bottle");
}

static int run_log(cli *c, int argc, const char **argv)
{
    const char *since = NULL, *bottle = NULL;
    tns_log_question question = {0};
    const cli_option options[] = {
        {"since", CLI_TEXT, &since, "TIME", "what was written down since a day or time (UTC)"},
        {"product", CLI_TEXT, &question.product, "ID", "of this product, its lots and bottles"},
        {"lot", CLI_TEXT, &question.lot, "LOT", "of this lot and its bottles"},
        {"bottle", CLI_TEXT, &bottle, "BOTTLE", "of this bottle"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    if (!cli_parse(c, &cmd_stock_log, argc, argv, options, 0, 0, &words, &status))
        return status;
    if (!read_question(since, bottle, &question, &err))
        return cli_usage(c, &cmd_stock_log, "%s", err.text);
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    status = stock ? show_log(c, stock, &question) : cli_fail(c, &err);
    tns_stock_close(stock);
    return status;
}

const command cmd_stock_log = {"stock log",
                               "[--since TIME] [--product ID] [--lot LOT] [--bottle BOTTLE]",
                               "what happened, oldest first",
                               "  tonsure stock log\n"
                               "  tonsure stock log --lot A77 --since 2026-11-01\n"
                               "  tonsure --json stock log --bottle B1\n",
                               run_log};
