/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What suppliers ask: told, or listed. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/stock_records.h>

#include "stock.h"

typedef struct terms_options {
    const char *supplier, *lead, *spread;
    cli_list prices;
    int least, step; /* -1 = not said */
} terms_options;

/* "6=25.00": from six packs on. */
static bool read_price(const char *text, tns_price *out, tns_error *err)
{
    char packs[16];
    const char *equals = strchr(text, '=');
    size_t length = equals ? (size_t)(equals - text) : sizeof packs;
    if (length < sizeof packs) {
        memcpy(packs, text, length);
        packs[length] = '\0';
    }
    return (length < sizeof packs && tns_service_entry(packs, &out->packs, NULL) &&
            tns_service_cents(equals + 1, &out->cents, NULL)) ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "--price: expected PACKS=PRICE such as 6=25.00, found \"%.40s\"", text);
}

static bool read_terms(stock_call *s, const terms_options *o, tns_terms *t, tns_error *err)
{
    int64_t tenths = 0;
    if (!tns_terms_of(s->stock, s->words.word[0], t, err))
        return false;
    if (o->supplier && strlen(o->supplier) >= sizeof t->supplier)
        return tns_error_set(err, TNS_ERROR_USAGE, "--supplier: the name is too long");
    if (o->supplier)
        strcpy(t->supplier, o->supplier);
    t->least_packs = o->least >= 0 ? o->least : t->least_packs;
    t->step_packs = o->step >= 0 ? o->step : t->step_packs;
    if (o->lead && !tns_service_days(o->lead, &t->lead_days, err))
        return tns_error_prefix(err, "--lead");
    if (o->spread && !tns_service_thousandths(o->spread, "d", &tenths, err))
        return tns_error_prefix(err, "--spread");
    if (o->spread)
        t->spread_tenths = (int)(tenths / 100);
    if (o->prices.count > TNS_PRICES_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "--price: at most %d", (int)TNS_PRICES_MAX);
    if (o->prices.count > 0)
        t->price_count = 0;
    for (size_t i = 0; i < o->prices.count; i++)
        if (!read_price(o->prices.item[i], &t->prices[t->price_count++], err))
            return false;
    return true;
}

static void print_terms(const tns_terms *t)
{
    char price[32];
    cli_paragraph line = {0};
    cli_say(&line,
            "%s from %s: %" PRId64 " packs or more, in steps of %" PRId64 ", in %d days (+- %.1f)",
            t->product, t->supplier, t->least_packs, t->step_packs, t->lead_days,
            (double)t->spread_tenths / 10);
    for (size_t i = 0; i < t->price_count; i++)
        cli_say(&line, "; from %" PRId64 " at %s", t->prices[i].packs,
                tns_service_price(t->prices[i].cents, price));
    cli_print_wrapped_from(0, 4, line.text);
}

static int list(cli *c, const char *product)
{
    tns_error err;
    tns_terms_list found = {0};
    int status = 0;
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    if (!stock || !tns_terms_list_find(stock, product, &found, &err)) {
        status = cli_fail(c, &err);
    } else if (c->json) {
        status = cli_print_record(c, tns_stock_terms_write(&found));
    } else {
        for (size_t i = 0; i < found.count; i++)
            print_terms(&found.terms[i]);
        if (found.count == 0)
            printf("no terms: a product's own figures hold\n");
    }
    tns_terms_list_finish(&found);
    tns_stock_close(stock);
    return status;
}

static int run(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_stock_order_terms};
    terms_options o = {.least = -1, .step = -1};
    const cli_option options[] = {
        {"supplier", CLI_TEXT, &o.supplier, "NAME", "whose (the product's own)"},
        {"least", CLI_INTEGER, &o.least, "PACKS", "no order of fewer"},
        {"step", CLI_INTEGER, &o.step, "PACKS", "ordered in multiples of so many"},
        {"lead", CLI_TEXT, &o.lead, "DAYS", "from order to delivery: 9d"},
        {"spread", CLI_TEXT, &o.spread, "DAYS",
         "how far that varies, one standard deviation: 3.5d"},
        {"price", CLI_LIST, &o.prices, "PACKS=PRICE", "of a pack, from so many on: 6=25.00"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    tns_error err;
    tns_terms terms;
    if (!stock_parse(&s, argc, argv, options, 0, 0, 1, &status))
        return status;
    bool tells = o.supplier || o.least >= 0 || o.step >= 0 || o.lead || o.spread || o.prices.count;
    if (!tells)
        return list(c, s.words.count ? s.words.word[0] : NULL);
    if (s.words.count == 0)
        return cli_usage(c, s.cmd, "expected the product that the terms are for");
    bool done = stock_begin(&s, TNS_STOCK_EXISTING, &err) && read_terms(&s, &o, &terms, &err) &&
                tns_terms_set(s.stock, &terms, &s.act, &s.change, &err);
    return stock_end(&s, "terms", done, &err);
}

const command cmd_stock_order_terms = {
    "stock order terms", "[PRODUCT] [--lead DAYS] [--price PACKS=PRICE] ..",
    "what suppliers ask for a product; with options, tells it",
    "  tonsure stock order terms\n"
    "  tonsure stock order terms deep-black --supplier \"Ink & Co\" --least 2 --lead 9d \\\n"
    "          --spread 3.5d --price 1=28.50 --price 6=25.00\n"
    "  tonsure --json stock order terms deep-black\n",
    run};
