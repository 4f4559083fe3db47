/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a clinic wants to know at the end of a month. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/papers.h>
#include <tonsure/stock_records.h>

#include "report.h"
#include "stock.h"

static const char *amount(int64_t amount, bool pieces, char text[32])
{
    if (!pieces)
        return stock_ml(amount, text);
    snprintf(text, 32, "%" PRId64 " pc", amount);
    return text;
}

static const char *percent(double value, char text[16])
{
    snprintf(text, 16, isnan(value) ? "-" : "%.1f %%", value);
    return text;
}

enum { NAME = 19, TABLE = 79 }; /* columns of a product's name, and of the table of products */

static void print_waste(const char *why, const char *gone, const char *share, bool table)
{
    if (table)
        cli_row(4, "  %-33s %24s %9s", why, gone, share);
    else
        cli_row(4, "  %s: %s%s%s", why, gone, share[0] ? ", " : "", share);
}

static void print_wastes(const tns_month_product *p, bool table)
{
    int64_t all = tns_month_wasted(p);
    char text[32], share[16];
    for (int i = 0; i < TNS_WASTE_COUNT; i++)
        if (p->wasted[i])
            print_waste(i == TNS_WASTE_POT ? "left in pots" : tns_waste_name((tns_waste)i),
                        amount(p->wasted[i], p->pieces, text),
                        percent(tns_month_percent(p->wasted[i], p->used, all), share), table);
    if (p->counted)
        print_waste("counted more or less", amount(p->counted, p->pieces, text), "", table);
}

/* What a line tells of a product. */
typedef struct product_texts {
    char came[32], used[32], gone[32], share[16], spent[32];
} product_texts;

static product_texts tell_product(const tns_month_product *p)
{
    product_texts t;
    int64_t wasted = tns_month_wasted(p);
    amount(p->received, p->pieces, t.came);
    amount(p->used, p->pieces, t.used);
    amount(wasted, p->pieces, t.gone);
    percent(tns_month_percent(wasted, p->used, wasted), t.share);
    tns_service_price(p->spent_cents, t.spent);
    return t;
}

static void print_row(const char *id, const product_texts *t)
{
    if (cli_columns(id) > NAME)
        printf("%s\n%-*s", id, NAME, "");
    else
        printf("%-*s", cli_field(NAME, id), id);
    printf(" %11s %11s %16s %9s %9s\n", t->came, t->used, t->gone, t->share, t->spent);
}

/* Where the table does not fit. */
static void print_product(const char *id, const product_texts *t)
{
    printf("%s\n", id);
    cli_row(4, "  %s received, %s used, %s wasted (%s); spent %s", t->came, t->used, t->gone,
            t->share, t->spent);
}

static void print_products(const tns_month *m)
{
    static const product_texts heads = {"received", "used", "wasted", "waste", "spent"};
    bool table = cli_width() >= TABLE;
    if (m->product_count == 0)
        return;
    printf("\n");
    if (table)
        print_row("product", &heads);
    for (size_t i = 0; i < m->product_count; i++) {
        const product_texts t = tell_product(&m->products[i]);
        (table ? print_row : print_product)(m->products[i].product, &t);
        print_wastes(&m->products[i], table);
    }
}

static void print_shades(const tns_month *m)
{
    for (size_t i = 0; i < m->shade_count; i++) {
        const tns_month_shade *s = &m->shades[i];
        char ml[32], left[32], cost[32];
        char line[TNS_RECIPE_TEXT_SIZE + 120];
        snprintf(line, sizeof line, "%" PRId64 CLI_KEEP "pot%s %s, left %s, cost %s: %s", s->pots,
                 cli_plural((size_t)s->pots), stock_ml(s->ul, ml), stock_ml(s->left_ul, left),
                 tns_service_price(s->cost_cents, cost), s->recipe);
        printf("  ");
        cli_print_wrapped_from(2, 4, line);
    }
}

static void print_month(const tns_month *m)
{
    char from[TNS_DAY_TEXT], to[TNS_DAY_TEXT], a[32], b[32], c[32], share[16];
    tns_day_write(m->from, from);
    tns_day_write(m->to, to);
    printf("%s to %s\n", from, to);
    percent(tns_month_percent(m->wasted_cents, m->used_cents, m->wasted_cents), share);
    cli_row(2, "Spent %s; used what cost %s, wasted what cost %s%s%s%s",
            tns_service_price(m->spent_cents, a), tns_service_price(m->used_cents, b),
            tns_service_price(m->wasted_cents, c), share[0] == '-' ? "" : " (",
            share[0] == '-' ? "" : share, share[0] == '-' ? "" : " of both)");
    if (m->unpriced)
        cli_print_note(0, "some products have no cost or no pack stated: the sums are too low");
    print_products(m);
    printf("\nShades: %s\n", m->shade_count ? "pots by recipe" : "no pots");
    print_shades(m);
    printf("\nVisits: %zu, pots %" PRId64 "\n", m->visit_count, m->pots);
    if (m->visit_count)
        cli_row(4, "  a visit comes to %s in pots, %s with all that was used and wasted",
                tns_service_price(m->pot_cents_a_visit, a),
                tns_service_price(m->all_cents_a_visit, b));
}

static int show(cli *c, const tns_month *month, const tns_paper_request *request,
                const char *output)
{
    tns_error err;
    if (output && !tns_service_month_save(month, request, output, &err))
        return cli_fail(c, &err);
    int status = c->json ? cli_print_record(c, tns_report_month_write(month)) : 0;
    if (output && status == 0)
        cli_show_written(c, output, "");
    else if (!c->json)
        print_month(month);
    return status;
}

static int run_month(cli *c, int argc, const char **argv)
{
    const char *which = NULL, *output = NULL;
    tns_paper_request request = {0};
    const cli_option options[] = {
        {"month", CLI_TEXT, &which, "MONTH", "such as 2026-11 (this one)"},
        {"output", CLI_TEXT, &output, "FILE", "a page: .html or .pdf"},
        {"clinic", CLI_TEXT, &request.clinic, "NAME", "the clinic's, on the paper"},
        CLI_DRY_RUN(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    tns_error err;
    tns_month month = {0};
    tns_day day = TNS_NO_DAY;
    tns_stock *stock = NULL;
    int status;
    if (!cli_parse(c, &cmd_report_month, argc, argv, options, 0, 0, &words, &status))
        return status;
    request.dry_run = c->dry_run;
    if (which && !tns_month_parse(which, &day, &err))
        return cli_usage(c, &cmd_report_month, "--month: %s", err.text);
    bool done = (stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err)) != NULL &&
                tns_stock_month(stock, day, NULL, &month, &err);
    status = done ? show(c, &month, &request, output) : cli_fail(c, &err);
    tns_month_finish(&month);
    tns_stock_close(stock);
    return status;
}

const command cmd_report_month = {
    "report month", "[--month 2026-11] [-o FILE]", "spend, waste, shades and the cost of a visit",
    "  tonsure report month\n"
    "  tonsure report month --month 2026-11 -o november.html --clinic \"Room 1\"\n"
    "  tonsure --json report month --month 2026-11\n",
    run_month};
