/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A product's figures anew. */
#include <string.h>

#include "stock.h"

typedef struct change_options {
    const char *pigment, *pao, *supplier, *pack, *cost, *lead, *density, *gtin, *states;
    bool single_use;
} change_options;

static bool read_name(const char *option, const char *text, char *out, size_t size, tns_error *err)
{
    if (!text)
        return true;
    if (strlen(text) >= size)
        return tns_error_set(err, TNS_ERROR_USAGE, "--%s: too long: \"%.40s\"", option, text);
    strcpy(out, text);
    return true;
}

static bool read_pigment(const char *text, tns_product *p, tns_error *err)
{
    if (text && p->kind != TNS_PRODUCT_PIGMENT)
        return tns_error_set(err, TNS_ERROR_USAGE, "--pigment: product %s is a %s, and none", p->id,
                             tns_product_kind_name(p->kind));
    return read_name("pigment", text, p->pigment, sizeof p->pigment, err);
}

/* Those that are said, over what is known. */
static bool read_change(const change_options *o, tns_product *p, tns_error *err)
{
    int64_t density = p->density_mg_ml;
    if (o->pao && !tns_service_months(o->pao, &p->pao_months, err))
        return tns_error_prefix(err, "--pao");
    if (o->pao && o->single_use)
        return tns_error_set(err, TNS_ERROR_USAGE, "--pao and --single-use contradict each other");
    if (o->single_use)
        p->pao_months = TNS_SINGLE_USE;
    if (o->pack && !tns_service_amount(o->pack, p->pieces, 0, &p->pack, err))
        return tns_error_prefix(err, "--pack");
    if (o->cost && !tns_service_cents(o->cost, &p->cost_cents, err))
        return tns_error_prefix(err, "--cost");
    if (o->lead && !tns_service_days(o->lead, &p->lead_days, err))
        return tns_error_prefix(err, "--lead");
    if (o->density && !tns_service_thousandths(o->density, "", &density, err))
        return tns_error_prefix(err, "--density");
    p->density_mg_ml = (int)density;
    return stock_read_states(o->states, &p->states, err) && read_pigment(o->pigment, p, err) &&
           read_name("supplier", o->supplier, p->supplier, sizeof p->supplier, err) &&
           read_name("gtin", o->gtin, p->gtin, sizeof p->gtin, err);
}

static int run(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_stock_product_change};
    change_options o = {0};
    const cli_option options[] = {
        {"pigment", CLI_TEXT, &o.pigment, "ID", "the pigment of the palette that it is"},
        {"pao", CLI_TEXT, &o.pao, "MONTHS", "good so long after opening"},
        {"single-use", CLI_FLAG, &o.single_use, NULL, "once open, for one visit of that day alone"},
        {"supplier", CLI_TEXT, &o.supplier, "NAME", "where it is ordered"},
        {"pack", CLI_TEXT, &o.pack, "QTY", "what a bottle or box holds: 15ml, 20pc"},
        {"cost", CLI_TEXT, &o.cost, "PRICE", "of a pack: 28.50"},
        {"lead", CLI_TEXT, &o.lead, "DAYS", "from order to delivery: 9d"},
        {"label-states", CLI_TEXT, &o.states, "WHAT", STOCK_STATES_HELP},
        {"density", CLI_TEXT, &o.density, "G/ML", "to count by weight"},
        {"gtin", CLI_TEXT, &o.gtin, "DIGITS", "the article's EAN, UPC or GTIN, as scanned"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    tns_error err;
    tns_product product;
    if (!stock_parse(&s, argc, argv, options, STOCK_REASON, 1, 1, &status))
        return status;
    bool done = stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                tns_stock_product(s.stock, s.words.word[0], &product, &err) &&
                read_change(&o, &product, &err) &&
                tns_stock_change_product(s.stock, &product, &s.act, &s.change, &err);
    if (done)
        stock_doubt_pigment(&s, o.pigment);
    return stock_end(&s, "product", done, &err);
}

const command cmd_stock_product_change = {
    "stock product change", "ID [--cost PRICE] [--gtin DIGITS] ..",
    "a product's figures anew, for all its bottles",
    "  tonsure stock product change deep-black --cost 31.00 --reason \"a new list\"\n"
    "  tonsure stock product change deep-black --gtin 6291041500213\n"
    "  tonsure stock product change deep-black --pigment carbon-black --dry-run\n",
    run};
