/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with bottles: opened, used, wasted, counted, moved. */
#include <string.h>

#include "stock.h"

/* ---- open, use ---- */

static int run_open(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_stock_open};
    int status;
    int64_t bottle;
    tns_error err;
    if (!stock_parse(&s, argc, argv, NULL, STOCK_ON | STOCK_REASON | STOCK_OVERRIDE, 1, 1, &status))
        return status;
    bool done = tns_service_bottle(s.words.word[0], &bottle, &err) &&
                stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                tns_stock_open_bottle(s.stock, bottle, &s.act, &s.change, &err);
    return stock_end(&s, "open", done, &err);
}

/* Drops are those of the bottle that is taken from first. */
static bool read_use(stock_call *s, const char *from, int64_t *amount, int64_t *bottle,
                     tns_error *err)
{
    tns_product product;
    tns_bottle next = {.drop_nl = 40000};
    const char *id = s->words.word[0], *text = s->words.word[1];
    size_t length = strlen(text);
    bool drops = length > 4 && strstr(text, "drop") != NULL;
    *bottle = 0;
    return tns_stock_product(s->stock, id, &product, err) &&
           (!from || tns_service_bottle(from, bottle, err)) &&
           (!drops || (*bottle ? tns_stock_bottle(s->stock, *bottle, &next, err)
                               : tns_stock_next(s->stock, id, &next, err))) &&
           tns_service_amount(text, product.pieces, next.drop_nl, amount, err);
}

static int run_use(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_stock_use};
    const char *from = NULL;
    const cli_option options[] = {
        {"bottle", CLI_TEXT, &from, "BOTTLE",
         "from this one alone; with --reason unless it is the next"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    int64_t amount, bottle;
    tns_error err;
    if (!stock_parse(&s, argc, argv, options, STOCK_ON | STOCK_REASON | STOCK_OVERRIDE, 2, 2,
                     &status))
        return status;
    bool done = stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                read_use(&s, from, &amount, &bottle, &err) &&
                tns_stock_use(s.stock, s.words.word[0], amount, bottle, &s.act, &s.change, &err);
    return stock_end(&s, "use", done, &err);
}

const command cmd_stock_open = {"stock open", "BOTTLE", "opens a bottle",
                                "  tonsure stock open B1\n"
                                "  tonsure stock open B2 --on 2026-11-20 --actor ann\n"
                                "  tonsure stock open B3 --dry-run\n",
                                run_open};

const command cmd_stock_use = {
    "stock use", "PRODUCT QTY", "takes an amount, first expired first out",
    "  tonsure stock use deep-black 0.15ml\n"
    "  tonsure stock use deep-black 3drops --bottle B2 --reason \"B1 is at the other place\"\n"
    "  tonsure stock use water 2ml --on 2026-11-21 --actor ann\n",
    run_use};

/* ---- waste, count, move ---- */

/* The bottle that the first word names, and the amount that the second says of it; "all" of it. */
static bool read_of_bottle(stock_call *s, tns_bottle *bottle, int64_t *amount, tns_error *err)
{
    int64_t id;
    const char *text = s->words.word[1];
    if (!tns_service_bottle(s->words.word[0], &id, err) ||
        !tns_stock_bottle(s->stock, id, bottle, err))
        return false;
    *amount = bottle->on_hand;
    return strcmp(text, "all") == 0 ||
           tns_service_amount(text, bottle->pieces, bottle->drop_nl, amount, err);
}

static int run_waste(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_stock_waste};
    int status;
    int64_t amount;
    tns_bottle bottle;
    tns_error err;
    if (!stock_parse(&s, argc, argv, NULL, STOCK_ON | STOCK_REASON, 2, 2, &status))
        return status;
    bool done = stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                read_of_bottle(&s, &bottle, &amount, &err) &&
                tns_stock_waste(s.stock, bottle.id, amount, &s.act, &s.change, &err);
    return stock_end(&s, "waste", done, &err);
}

static bool read_weight(stock_call *s, const char *weight, tns_bottle *bottle, int64_t *amount,
                        tns_error *err)
{
    int64_t id, gross_mg;
    if (!tns_service_thousandths(weight, "g", &gross_mg, err))
        return tns_error_prefix(err, "--weight");
    return tns_service_bottle(s->words.word[0], &id, err) &&
           tns_stock_bottle(s->stock, id, bottle, err) &&
           tns_bottle_weighed(bottle, gross_mg, amount, err);
}

static int run_count(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_stock_count};
    const char *weight = NULL;
    const cli_option options[] = {
        {"weight", CLI_TEXT, &weight, "G", "what it weighs, bottle and all: 23.41"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    int64_t amount;
    tns_bottle bottle;
    tns_error err;
    if (!stock_parse(&s, argc, argv, options, STOCK_ON | STOCK_REASON, 1, 2, &status))
        return status;
    if ((s.words.count == 2) == (weight != NULL))
        return cli_usage(c, s.cmd, "expected either QTY or --weight");
    bool done = stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                (weight ? read_weight(&s, weight, &bottle, &amount, &err)
                        : read_of_bottle(&s, &bottle, &amount, &err)) &&
                tns_stock_count(s.stock, bottle.id, amount, &s.act, &s.change, &err);
    return stock_end(&s, "count", done, &err);
}

static int run_move(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_stock_move};
    int status;
    int64_t bottle;
    tns_error err;
    if (!stock_parse(&s, argc, argv, NULL, STOCK_ON | STOCK_REASON, 2, 2, &status))
        return status;
    bool done = tns_service_bottle(s.words.word[0], &bottle, &err) &&
                stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                tns_stock_move(s.stock, bottle, s.words.word[1], &s.act, &s.change, &err);
    return stock_end(&s, "move", done, &err);
}

const command cmd_stock_waste = {
    "stock waste", "BOTTLE QTY|all --reason expired|spill|contaminated|leftover|patch-test",
    "takes out of a bottle what is thrown away",
    "  tonsure stock waste B1 0.5ml --reason spill\n"
    "  tonsure stock waste B2 all --reason expired\n"
    "  tonsure stock waste B1 3drops --reason patch-test --actor ann\n",
    run_waste};

const command cmd_stock_count = {"stock count", "BOTTLE QTY|--weight G",
                                 "books what is really in a bottle",
                                 "  tonsure stock count B1 12.5ml\n"
                                 "  tonsure stock count B3 --weight 23.41\n"
                                 "  tonsure stock count B4 17pc --reason \"stock-taking\"\n",
                                 run_count};

const command cmd_stock_move = {"stock move", "BOTTLE PLACE", "moves a bottle to another place",
                                "  tonsure stock move B1 \"room 2\"\n"
                                "  tonsure stock move B2 fridge --actor ann\n"
                                "  tonsure stock move B3 store --on 2026-11-21\n",
                                run_move};
