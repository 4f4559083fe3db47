/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes onto the shelf: a product is made known, bottles of it arrive. */
#include <stdio.h>
#include <string.h>

#include <tonsure/papers.h>

#include "stock.h"

/* ---- product ---- */

typedef struct product_options {
    const char *pigment, *pao, *supplier, *pack, *cost, *lead, *density;
    const char *gtin, *states;
    cli_list ingredients, indices;
    bool diluent, consumable, single_use;
} product_options;

static bool read_pack(const char *text, tns_product *p, tns_error *err)
{
    size_t length = strlen(text);
    p->pieces =
        p->kind == TNS_PRODUCT_CONSUMABLE && length > 2 && strcmp(text + length - 2, "pc") == 0;
    return tns_service_amount(text, p->pieces, 0, &p->pack, err) || tns_error_prefix(err, "--pack");
}

/* Good for 12 months once opened, unless it is said; a box of pieces for as long as it is labelled.
 */
static bool read_times(const product_options *o, tns_product *p, tns_error *err)
{
    p->pao_months = p->kind == TNS_PRODUCT_CONSUMABLE ? 0 : 12;
    if (o->pao && !tns_service_months(o->pao, &p->pao_months, err))
        return tns_error_prefix(err, "--pao");
    if (o->pao && (p->pao_months < 1 || p->pao_months > 120))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "--pao: expected 1 to 120 months, or --single-use");
    if (o->pao && o->single_use)
        return tns_error_set(err, TNS_ERROR_USAGE, "--pao and --single-use contradict each other");
    if (o->single_use)
        p->pao_months = TNS_SINGLE_USE;
    return !o->lead || tns_service_days(o->lead, &p->lead_days, err) ||
           tns_error_prefix(err, "--lead");
}

static bool read_figures(const product_options *o, tns_product *p, tns_error *err)
{
    int64_t density = 0;
    if (o->cost && !tns_service_cents(o->cost, &p->cost_cents, err))
        return tns_error_prefix(err, "--cost");
    if (o->density && !tns_service_thousandths(o->density, "", &density, err))
        return tns_error_prefix(err, "--density");
    if (o->density && (density < 100 || density > 20000))
        return tns_error_set(err, TNS_ERROR_USAGE, "--density: expected 0.1 to 20 g/ml");
    p->density_mg_ml = (int)density;
    return true;
}

static bool read_names(const product_options *o, const char *id, tns_product *p, tns_error *err)
{
    if (strlen(id) >= sizeof p->id || (o->pigment && strlen(o->pigment) >= sizeof p->pigment) ||
        (o->supplier && strlen(o->supplier) >= sizeof p->supplier))
        return tns_error_set(err, TNS_ERROR_USAGE, "product %.47s: a name is too long", id);
    if (o->supplier && strspn(o->supplier, " \t") == strlen(o->supplier))
        return tns_error_set(err, TNS_ERROR_USAGE, "--supplier: expected a name");
    if (o->gtin && strlen(o->gtin) >= sizeof p->gtin)
        return tns_error_set(err, TNS_ERROR_USAGE, "--gtin: too long: \"%.40s\"", o->gtin);
    if (!stock_read_states(o->states, &p->states, err))
        return false;
    strcpy(p->gtin, o->gtin ? o->gtin : "");
    strcpy(p->id, id);
    strcpy(p->pigment, o->pigment ? o->pigment : "");
    strcpy(p->supplier, o->supplier ? o->supplier : "");
    return true;
}

/* "NAME" or "NAME:CAS"; a name may have a colon of its own. */
static bool read_ingredient(const char *text, tns_ingredient *out, tns_error *err)
{
    const char *colon = strrchr(text, ':');
    size_t cas = colon ? strspn(colon + 1, "0123456789-") : 0;
    bool has_cas = colon && cas > 0 && colon[1 + cas] == '\0';
    size_t name = has_cas ? (size_t)(colon - text) : strlen(text);
    if (name == 0 || name >= sizeof out->name || (has_cas && cas >= sizeof out->cas))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "--ingredient: expected NAME or NAME:CAS, found \"%.60s\"", text);
    memcpy(out->name, text, name);
    strcpy(out->cas, has_cas ? colon + 1 : "");
    return true;
}

static bool read_label(const product_options *o, tns_product *p, tns_error *err)
{
    if (o->ingredients.count > TNS_INGREDIENTS_MAX || o->indices.count > TNS_COLOR_INDEX_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "product: at most %d ingredients and %d indices (CI) are kept",
                             TNS_INGREDIENTS_MAX, TNS_COLOR_INDEX_MAX);
    for (size_t i = 0; i < o->ingredients.count; i++)
        if (!read_ingredient(o->ingredients.item[i], &p->ingredients[p->ingredient_count++], err))
            return false;
    for (size_t i = 0; i < o->indices.count; i++) {
        char *to = p->color_index[p->color_index_count++];
        if (strlen(o->indices.item[i]) >= sizeof p->color_index[0])
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "--color-index: expected one such as CI 77266");
        strcpy(to, o->indices.item[i]);
    }
    return true;
}

static bool read_product(const product_options *o, const char *id, tns_product *p, tns_error *err)
{
    p->kind = o->diluent      ? TNS_PRODUCT_DILUENT
              : o->consumable ? TNS_PRODUCT_CONSUMABLE
                              : TNS_PRODUCT_PIGMENT;
    p->pieces = o->consumable;
    return read_names(o, id, p, err) && (!o->pack || read_pack(o->pack, p, err)) &&
           read_times(o, p, err) && read_figures(o, p, err) && read_label(o, p, err);
}

static int run_add(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_stock_product_add};
    product_options o = {0};
    const cli_option options[] = {
        {"pigment", CLI_TEXT, &o.pigment, "ID", "the pigment of the palette that it is"},
        {"diluent", CLI_FLAG, &o.diluent, NULL, "what pigments are thinned with"},
        {"consumable", CLI_FLAG, &o.consumable, NULL, "needles, pots and the like"},
        {"pao", CLI_TEXT, &o.pao, "MONTHS", "good so long after opening (12m)"},
        {"single-use", CLI_FLAG, &o.single_use, NULL, "once open, for one visit of that day alone"},
        {"supplier", CLI_TEXT, &o.supplier, "NAME", "where it is ordered"},
        {"pack", CLI_TEXT, &o.pack, "QTY", "what a bottle or box holds: 15ml, 20pc"},
        {"cost", CLI_TEXT, &o.cost, "PRICE", "of a pack: 28.50"},
        {"lead", CLI_TEXT, &o.lead, "DAYS", "from order to delivery: 9d"},
        {"ingredient", CLI_LIST, &o.ingredients, "NAME[:CAS]", "what its label says is in it"},
        {"color-index", CLI_LIST, &o.indices, "CI", "a Colour Index of its label: \"CI 77266\""},
        {"label-states", CLI_TEXT, &o.states, "WHAT", STOCK_STATES_HELP},
        {"density", CLI_TEXT, &o.density, "G/ML", "to count by weight (1)"},
        {"gtin", CLI_TEXT, &o.gtin, "DIGITS", "the article's EAN, UPC or GTIN, as scanned"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    tns_error err;
    tns_product product = {0};
    if (!stock_parse(&s, argc, argv, options, 0, 1, 1, &status))
        return status;
    if ((o.pigment != NULL) + o.diluent + o.consumable != 1)
        return cli_usage(c, s.cmd, "expected one of --pigment, --diluent and --consumable");
    bool done = read_product(&o, s.words.word[0], &product, &err) &&
                stock_begin(&s, TNS_STOCK_CREATE, &err) &&
                tns_stock_add_product(s.stock, &product, &s.act, &s.change, &err);
    if (done)
        stock_doubt_pigment(&s, o.pigment);
    return stock_end(&s, "product", done, &err);
}

const command cmd_stock_product_add = {
    "stock product add", "ID --pigment PIGMENT|--diluent|--consumable",
    "makes a product known: what is ordered again and again",
    "  tonsure stock product add deep-black --pigment carbon-black --pack 15ml --cost 28.50\n"
    "  tonsure stock product add water --diluent --pao 1m --supplier \"Aqua Ltd\"\n"
    "  tonsure stock product add needles-3rl --consumable --pack 20pc --lead 9d\n",
    run_add};

/* ---- receive ---- */

typedef struct receive_options {
    const char *lot, *qty, *expires, *place, *tare, *drop, *scan;
    bool internal_lot, sterile;
    int bottles;
} receive_options;

/* The article must be the product's, and no other's. */
static bool check_article(tns_stock *stock, const tns_product *product, const tns_scan *scan,
                          tns_error *err)
{
    tns_scan_match match;
    if (scan->gtin[0] && product->gtin[0] && strcmp(scan->gtin, product->gtin) != 0)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "--scan: article %s is not %s, which is %s",
                             scan->gtin, product->id, product->gtin);
    bool done = tns_stock_find_scanned(stock, scan, &match, err);
    if (done && scan->gtin[0] && match.product[0] && strcmp(match.product, product->id) != 0)
        done = tns_error_set(err, TNS_ERROR_CONFLICT, "--scan: article %s is %s, not %s",
                             scan->gtin, match.product, product->id);
    tns_scan_match_finish(&match);
    return done;
}

/* Lot and last day, where they are not said. */
static bool read_scan(tns_stock *stock, const receive_options *o, const tns_product *product,
                      tns_delivery *d, tns_scan *scan, tns_error *err)
{
    if (!tns_scan_parse(o->scan, strlen(o->scan), tns_day_today(NULL), scan, err))
        return tns_error_prefix(err, "--scan");
    if (!check_article(stock, product, scan, err))
        return false;
    if (!o->lot && !o->internal_lot && !scan->lot[0])
        return tns_error_set(err, TNS_ERROR_USAGE, "--scan: the code has no lot: expected --lot");
    d->lot = o->lot ? o->lot : o->internal_lot ? NULL : scan->lot;
    d->expires = tns_scan_last_day(scan);
    return true;
}

/* Labels often have a month alone, which is good to its end. */
static bool read_expiry(const char *text, tns_day *out, tns_error *err)
{
    char last[TNS_DAY_TEXT] = "";
    if (tns_day_parse(text, out, err))
        return true;
    for (int day = 31; strlen(text) == 7 && day >= 28; day--) {
        tns_error ignored;
        snprintf(last, sizeof last, "%s-%d", text, day);
        if (tns_day_parse(last, out, &ignored))
            return tns_error_set(
                err, TNS_ERROR_USAGE,
                "--expires: expected a day, found \"%s\": a label of a month alone "
                "means its last day, %s",
                text, last);
    }
    return tns_error_prefix(err, "--expires");
}

static bool read_delivery(stock_call *s, const receive_options *o, const char *id, tns_scan *scan,
                          tns_delivery *d, tns_error *err)
{
    tns_product product;
    *d = (tns_delivery){.product = id,
                        .lot = o->lot,
                        .bottles = o->bottles,
                        .sterile = o->sterile,
                        .place = o->place};
    if (!tns_stock_product(s->stock, d->product, &product, err))
        return false;
    if (o->scan && !read_scan(s->stock, o, &product, d, scan, err))
        return false;
    d->amount = product.pack;
    if (!o->qty && product.pack == 0)
        return tns_error_set(err, TNS_ERROR_USAGE, "receive: %s: expected --qty", d->product);
    if (o->expires && !read_expiry(o->expires, &d->expires, err))
        return false;
    if (o->tare && !tns_service_thousandths(o->tare, "g", &d->tare_mg, err))
        return tns_error_prefix(err, "--tare");
    if (o->tare && d->tare_mg <= 0)
        return tns_error_set(err, TNS_ERROR_USAGE, "--tare: expected more than 0 g");
    if (o->drop && !tns_service_thousandths(o->drop, "ml", &d->drop_nl, err))
        return tns_error_prefix(err, "--drop-ml");
    d->drop_nl *= 1000;
    if (o->drop && d->drop_nl == 0)
        return tns_error_set(err, TNS_ERROR_USAGE, "--drop-ml: expected 0.01 to 0.2");
    return !o->qty || tns_service_amount(o->qty, product.pieces, 0, &d->amount, err) ||
           tns_error_prefix(err, "--qty");
}

/* With an order in front of the product: against that. */
static int run_delivery(cli *c, const command *cmd, bool against, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = cmd};
    receive_options o = {.bottles = 1};
    const cli_option options[] = {
        {"lot", CLI_TEXT, &o.lot, "LOT", "the maker's lot"},
        {"internal-lot", CLI_FLAG, &o.internal_lot, NULL, "the maker gave none: one is made"},
        {"bottles", CLI_INTEGER, &o.bottles, "N", "how many came (1)"},
        {"qty", CLI_TEXT, &o.qty, "QTY", "what is in each: 15ml, 20pc (the pack)"},
        {"expires", CLI_TEXT, &o.expires, "DATE", "the label's last good day"},
        {"scan", CLI_TEXT, &o.scan, "CODE", "lot and last good day, as scanned off it"},
        {"sterile", CLI_FLAG, &o.sterile, NULL, "it came sterile"},
        {"place", CLI_TEXT, &o.place, "PLACE", "where it is put"},
        {"tare", CLI_TEXT, &o.tare, "G", "an empty bottle's weight, to count by weight"},
        {"drop-ml", CLI_TEXT, &o.drop, "ML", "what a drop of it holds (0.04)"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status, words = against ? 2 : 1;
    int64_t order = 0;
    tns_error err;
    tns_scan scan;
    tns_delivery delivery;
    if (!stock_parse(&s, argc, argv, options, STOCK_ON | STOCK_REASON, words, words, &status))
        return status;
    if (o.scan ? o.lot && o.internal_lot : (o.lot != NULL) == o.internal_lot)
        return cli_usage(c, s.cmd, "expected one of --lot and --internal-lot");
    const char *product = s.words.word[words - 1];
    bool done = (!against || tns_service_numbered('O', s.words.word[0], &order, &err)) &&
                stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                read_delivery(&s, &o, product, &scan, &delivery, &err) &&
                (against ? tns_order_receive(s.stock, order, &delivery, &s.act, &s.change, &err)
                         : tns_stock_receive(s.stock, &delivery, &s.act, &s.change, &err));
    return stock_end(&s, "receive", done, &err);
}

static int run_receive(cli *c, int argc, const char **argv)
{
    return run_delivery(c, &cmd_stock_receive, false, argc, argv);
}

static int run_receive_against(cli *c, int argc, const char **argv)
{
    return run_delivery(c, &cmd_stock_order_receive, true, argc, argv);
}

const command cmd_stock_order_receive = {
    "stock order receive", "ORDER PRODUCT --lot LOT|--internal-lot --expires DATE",
    "books a delivery against an order that was sent",
    "  tonsure stock order receive O2 deep-black --lot A80 --qty 15ml \\\n"
    "          --bottles 2 --expires 2028-05-01\n"
    "  tonsure stock order receive O2 deep-black --qty 15ml \\\n"
    "          --scan \"(01)06291041500213(17)280501(10)A80\"\n"
    "  tonsure stock order receive O2 deep-black --lot A80 --qty 15ml \\\n"
    "          --expires 2028-05-01 --dry-run\n",
    run_receive_against};

const command cmd_stock_receive = {
    "stock receive", "PRODUCT --lot LOT|--internal-lot --expires DATE",
    "books a delivery: bottles of one lot",
    "  tonsure stock receive deep-black --lot A77 --bottles 2 --qty 15ml --expires 2028-05-01 \\\n"
    "          --on 2026-11-01\n"
    "  tonsure stock receive water --lot W1 --qty 14ml --expires 2027-01-31 --sterile \\\n"
    "          --tare 12.5 --on 2026-11-01\n"
    "  tonsure stock receive needles-3rl --internal-lot --place \"room 1\" --on 2026-11-01\n",
    run_receive};
