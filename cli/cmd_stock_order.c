/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders: what is proposed, sent, cancelled; their list. What comes is booked by stock receive. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/papers.h>
#include <tonsure/stock_records.h>

#include "stock.h"

/* ---- propose ---- */

/* "deep-black=3". */
static bool read_item(const char *text, tns_order_item *out, tns_error *err)
{
    const char *equals = strrchr(text, '=');
    size_t length = equals ? (size_t)(equals - text) : 0;
    memset(out, 0, sizeof *out);
    if (length == 0 || length >= sizeof out->product)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "expected PRODUCT=PACKS such as deep-black=3, found \"%.60s\"", text);
    memcpy(out->product, text, length);
    return tns_service_entry(equals + 1, &out->packs, NULL) ||
           tns_error_set(err, TNS_ERROR_USAGE, "%s: expected packs, found \"%.20s\"", out->product,
                         equals + 1);
}

static bool propose(stock_call *s, tns_error *err)
{
    tns_order_item items[CLI_WORDS_MAX];
    size_t count = (size_t)s->words.count - 1;
    for (size_t i = 0; i < count; i++)
        if (!read_item(s->words.word[i + 1], &items[i], err))
            return false;
    return stock_begin(s, TNS_STOCK_EXISTING, err) &&
           tns_order_propose(s->stock, s->words.word[0], items, count, &s->act, &s->change, err);
}

static int run_propose(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_stock_order_propose};
    int status;
    tns_error err;
    if (!stock_parse(&s, argc, argv, NULL, STOCK_REASON | STOCK_OVERRIDE | STOCK_ON, 2,
                     CLI_WORDS_MAX, &status))
        return status;
    bool done = propose(&s, &err);
    return stock_end(&s, "order", done, &err);
}

const command cmd_stock_order_propose = {
    "stock order propose", "SUPPLIER PRODUCT=PACKS ..", "proposes an order",
    "  tonsure stock order propose \"Ink & Co\" deep-black=3 needles-3rl=1\n"
    "  tonsure stock order propose \"Ink & Co\" deep-black=3 --reason \"two weeks of work\"\n"
    "  tonsure stock order propose \"Ink & Co\" deep-black=3 --dry-run\n",
    run_propose};

/* ---- send, cancel ---- */

static int run_send(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_stock_order_send};
    const char *expected = NULL;
    const cli_option options[] = {
        {"expected", CLI_TEXT, &expected, "DATE", "when it should come (by the suppliers' terms)"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    int64_t order;
    tns_day day = TNS_NO_DAY;
    tns_error err;
    if (!stock_parse(&s, argc, argv, options, STOCK_REASON | STOCK_ON, 1, 1, &status))
        return status;
    if (expected && !tns_day_parse(expected, &day, &err))
        return cli_usage(c, s.cmd, "--expected: %s", err.text);
    bool done = tns_service_numbered('O', s.words.word[0], &order, &err) &&
                stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                tns_order_send(s.stock, order, day, &s.act, &s.change, &err);
    return stock_end(&s, "order", done, &err);
}

const command cmd_stock_order_send = {"stock order send", "ORDER [--expected DATE]",
                                      "notes that an order went out",
                                      "  tonsure stock order send O1\n"
                                      "  tonsure stock order send O1 --expected 2099-12-04\n"
                                      "  tonsure stock order send O1 --dry-run\n",
                                      run_send};

static int run_cancel(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_stock_order_cancel};
    int status;
    int64_t order;
    tns_error err;
    if (!stock_parse(&s, argc, argv, NULL, STOCK_REASON | STOCK_ON, 1, 1, &status))
        return status;
    bool done = tns_service_numbered('O', s.words.word[0], &order, &err) &&
                stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                tns_order_cancel(s.stock, order, &s.act, &s.change, &err);
    return stock_end(&s, "order", done, &err);
}

const command cmd_stock_order_cancel = {
    "stock order cancel", "ORDER", "cancels an order, or what of it has not come",
    "  tonsure stock order cancel O1\n"
    "  tonsure stock order cancel O1 --reason \"out of print\"\n"
    "  tonsure stock order cancel O1 --dry-run\n",
    run_cancel};

/* ---- list, show ---- */

static void print_order(const tns_order *o)
{
    char day[TNS_DAY_TEXT], expected[TNS_DAY_TEXT];
    tns_day_write(o->sent ? o->sent : o->day, day);
    tns_day_write(o->expected, expected);
    cli_row(4, "O%" PRId64 "  %s, %s %s%s%s", o->id, o->supplier, tns_order_state_name(o->state),
            day, expected[0] ? ", expected " : "", expected);
    for (size_t i = 0; i < o->line_count; i++) {
        const tns_order_item *item = &o->lines[i];
        char cost[32] = "";
        if (item->cost_cents)
            tns_service_price(item->cost_cents, cost);
        cli_row(6, "    %-*s %5" PRId64 " ordered %5" PRId64 " came %11s",
                cli_field(24, item->product), item->product, item->packs, item->received, cost);
        if (item->reason[0])
            cli_row(6, "      %s", item->reason);
    }
}

static int show(cli *c, const tns_order_question *question)
{
    tns_error err;
    tns_order_list list = {0};
    int status = 0;
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    if (!stock || !tns_order_list_find(stock, question, &list, &err)) {
        status = cli_fail(c, &err);
    } else if (c->json) {
        status = cli_print_record(c, tns_stock_orders_write(&list));
    } else {
        for (size_t i = 0; i < list.count; i++)
            print_order(&list.orders[i]);
        if (list.count == 0)
            printf("no orders\n");
    }
    tns_order_list_finish(&list);
    tns_stock_close(stock);
    return status;
}

static int run_list(cli *c, int argc, const char **argv)
{
    tns_order_question question = {0};
    const cli_option options[] = {
        {"open", CLI_FLAG, &question.open, NULL, "those of which something is still to come"},
        {"product", CLI_TEXT, &question.product, "ID", "those that have a line of it"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_stock_order_list, argc, argv, options, 0, 0, &words, &status))
        return status;
    return show(c, &question);
}

const command cmd_stock_order_list = {"stock order list", "[--open] [--product ID]", "the orders",
                                      "  tonsure stock order list --open\n"
                                      "  tonsure stock order list --product deep-black\n"
                                      "  tonsure --json stock order list\n",
                                      run_list};

static int save(cli *c, int64_t order, const tns_paper_request *request, const char *path)
{
    tns_error err;
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    bool done = stock && tns_service_order_save(stock, order, request, path, &err);
    int status = done ? 0 : cli_fail(c, &err);
    tns_stock_close(stock);
    return status;
}

static int run_show(cli *c, int argc, const char **argv)
{
    const char *output = NULL;
    tns_paper_request request = {0};
    const cli_option options[] = {
        {"output", CLI_TEXT, &output, "FILE", "a sheet: .html, .pdf or .csv"},
        {"clinic", CLI_TEXT, &request.clinic, "NAME", "the clinic's, on the paper"},
        {"reasons", CLI_FLAG, &request.with_reasons, NULL, "on the sheet too"},
        CLI_DRY_RUN(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    tns_order_question question = {0};
    if (!cli_parse(c, &cmd_stock_order_show, argc, argv, options, 1, 1, &words, &status))
        return status;
    if (!tns_service_numbered('O', words.word[0], &question.order, &err))
        return cli_fail(c, &err);
    request.dry_run = c->dry_run;
    if (output && (status = save(c, question.order, &request, output)) != 0)
        return status;
    status = show(c, &question);
    if (output && status == 0)
        cli_show_written(c, output, "");
    return status;
}

const command cmd_stock_order_show = {
    "stock order show", "ORDER [-o FILE]", "an order, and as a sheet for the supplier",
    "  tonsure stock order show O1\n"
    "  tonsure stock order show O1 -o order.html --clinic \"Room 1\"\n"
    "  tonsure --json stock order show O1 -o order.csv\n",
    run_show};

/* ---- the noun ---- */

static const command *const verbs[] = {
    &cmd_stock_order_propose, &cmd_stock_order_send, &cmd_stock_order_receive,
    &cmd_stock_order_cancel,  &cmd_stock_order_list, &cmd_stock_order_show,
    &cmd_stock_order_terms,
};

static int run(cli *c, int argc, const char **argv)
{
    return cli_run_verb(c, &cmd_stock_order, verbs, sizeof verbs / sizeof *verbs, argc, argv);
}

const command cmd_stock_order = {
    "stock order", "VERB ..", "what is ordered, and on what terms",
    "  tonsure stock order propose \"Ink & Co\" deep-black=3 needles-3rl=1\n"
    "  tonsure stock order list --open\n"
    "  tonsure stock order terms deep-black\n",
    run};
