/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The products that are kept. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/stock_records.h>

#include "stock.h"

/* ---- list ---- */

enum { TABLE = 72 }; /* columns, with short names */

static int widest(const tns_product_list *list)
{
    int width = cli_columns("product");
    for (size_t i = 0; i < list->count; i++) {
        int columns = cli_columns(list->products[i].product.id);
        width = columns > width ? columns : width;
    }
    return width;
}

/* Of the column of labels, which few shelves fill; 0 = none is stated. */
static int label_width(const tns_product_list *list)
{
    int width = 0;
    for (size_t i = 0; i < list->count; i++)
        if (tns_label_states_name(list->products[i].product.states)[0])
            width = 8;
    return width;
}

static void print_product(const tns_product_state *state, int width, int labels)
{
    const tns_product *p = &state->product;
    char pack[32] = "", cost[32] = "", there[32], usable[32];
    if (p->pack)
        stock_amount(p->pack, p->pieces, pack);
    if (p->cost_cents)
        tns_service_price(p->cost_cents, cost);
    if (cli_width() < TABLE) {
        printf("%s\n", p->id);
        cli_row(4, "  %s: %s on hand, %s usable%s%s%s%s%s%s%s%s%s", tns_product_kind_name(p->kind),
                stock_amount(state->on_hand, p->pieces, there),
                stock_amount(state->usable, p->pieces, usable), pack[0] ? "; pack " : "", pack,
                cost[0] ? ", cost " : "", cost, p->states ? "; label " : "",
                tns_label_states_name(p->states), p->supplier[0] ? "; " : "", p->supplier,
                p->retired ? "  (retired)" : "");
        return;
    }
    cli_row(4, "%-*s %-10s %10s %10s %9s %8s %-*s%s%s%s", cli_field(width, p->id), p->id,
            tns_product_kind_name(p->kind), stock_amount(state->on_hand, p->pieces, there),
            stock_amount(state->usable, p->pieces, usable), pack, cost, labels,
            tns_label_states_name(p->states), p->supplier[0] ? " " : "", p->supplier,
            p->retired ? "  (retired)" : "");
}

static void print_products(const tns_product_list *list)
{
    int width = widest(list), labels = label_width(list);
    if (list->count == 0)
        printf("no products\n");
    else if (cli_width() >= TABLE)
        cli_row(4, "%-*s %-10s %10s %10s %9s %8s %-*s %s", width, "product", "kind", "on hand",
                "usable", "pack", "cost", labels, labels ? "label" : "", "supplier");
    for (size_t i = 0; i < list->count; i++)
        print_product(&list->products[i], width, labels);
}

static int run_list(cli *c, int argc, const char **argv)
{
    cli_words words;
    int status;
    bool all = false;
    tns_error err;
    tns_product_list list = {0};
    const cli_option options[] = {
        {"all", CLI_FLAG, &all, NULL, "those too that were retired"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    if (!cli_parse(c, &cmd_stock_product_list, argc, argv, options, 0, 0, &words, &status))
        return status;
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    if (!stock || !(all ? tns_stock_all_products(stock, TNS_NO_DAY, NULL, &list, &err)
                        : tns_stock_products(stock, TNS_NO_DAY, NULL, &list, &err)))
        status = cli_fail(c, &err);
    else if (c->json)
        status = cli_print_record(c, tns_stock_products_write(&list));
    else
        print_products(&list);
    tns_product_list_finish(&list);
    tns_stock_close(stock);
    return status;
}

const command cmd_stock_product_list = {"stock product list", "[--all]",
                                        "the products, and what there is of each",
                                        "  tonsure stock product list\n"
                                        "  tonsure --json stock product list\n"
                                        "  tonsure --store backup.db stock product list\n",
                                        run_list};

/* ---- the noun ---- */

static const command *const verbs[] = {&cmd_stock_product_add, &cmd_stock_product_change,
                                       &cmd_stock_product_retire, &cmd_stock_product_list};

static int run_product(cli *c, int argc, const char **argv)
{
    return cli_run_verb(c, &cmd_stock_product, verbs, sizeof verbs / sizeof *verbs, argc, argv);
}

const command cmd_stock_product = {
    "stock product", "add|change|retire|list ..", "the products that are kept",
    "  tonsure stock product add deep-black --pigment carbon-black --pack 15ml --cost 28.50\n"
    "  tonsure stock product add water --diluent --pao 1m --supplier \"Aqua Ltd\"\n"
    "  tonsure stock product add needles-3rl --consumable --pack 20pc --lead 9d\n",
    run_product};
