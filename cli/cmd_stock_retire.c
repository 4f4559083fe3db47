/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A product that is no longer kept. */
#include <tonsure/products.h>

#include "stock.h"

static int run(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_stock_product_retire};
    bool with_stock = false;
    const cli_option options[] = {
        {"with-stock", CLI_FLAG, &with_stock, NULL, "though something is left of it"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    tns_error err;
    if (!stock_parse(&s, argc, argv, options, STOCK_REASON | STOCK_OVERRIDE, 1, 1, &status))
        return status;
    bool done =
        stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
        tns_stock_retire_product(s.stock, s.words.word[0], with_stock, &s.act, &s.change, &err);
    return stock_end(&s, "retire", done, &err);
}

const command cmd_stock_product_retire = {
    "stock product retire", "ID --reason WHY",
    "no longer kept: it goes from lists and plans; stock undo takes it back",
    "  tonsure stock product retire needles-3rl --with-stock --reason \"no longer made\"\n"
    "  tonsure stock product retire water --with-stock --reason \"a slip\" --dry-run\n"
    "  tonsure stock product list --all\n",
    run};
