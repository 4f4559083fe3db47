/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A month's figures as a page. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/papers.h>

#include "base/file.h"
#include "base/text.h"

/* Bytes of a cell's text with its end, and the most columns of a table. */
enum { TEXT = 256, COLUMNS = 7, TABLES = 4, FACTS = 4 };

static const struct {
    const char *heading;
    size_t columns;
    const char *names[COLUMNS];
    int width[COLUMNS]; /* shares of the table's width */
} tables[TABLES] = {
    {"Products",
     7,
     {"Product", "Received", "Spent", "Used", "Wasted", "Waste", "Waste, cost"},
     {26, -14, -11, -14, -13, -10, -12}},
    {"Waste by reason", 3, {"Why", "Wasted", "Of what went"}, {56, -22, -22}},
    {"Shades", 5, {"Recipe", "Pots", "Mixed", "Left", "Cost"}, {46, -9, -15, -15, -15}},
    {"Visits", 6, {"Visit", "Kind", "Pots", "Mixed", "Left", "Cost"}, {15, 17, -12, -19, -19, -18}},
};

/* All texts, table by table and then the facts: each is in one of `texts`, and in the cell that
   points at it. */
typedef struct page {
    size_t used, begin[TABLES + 1];
    char (*texts)[TEXT];
    const char **cells;
} page;

static char *next(page *p)
{
    p->cells[p->used] = p->texts[p->used];
    return p->texts[p->used++];
}

static void put(page *p, const char *text)
{
    tns_text_copy(next(p), TEXT, text);
}

static void put_number(page *p, int64_t number)
{
    tns_text_format(next(p), TEXT, "%" PRId64, number);
}

static void put_money(page *p, int64_t cents)
{
    tns_text_cents(cents, next(p));
}

static void put_amount(page *p, int64_t amount, bool pieces)
{
    if (pieces)
        tns_text_format(next(p), TEXT, "%" PRId64 " pc", amount);
    else
        tns_text_format(next(p), TEXT, "%.3f ml", (double)amount / 1000);
}

static void put_percent(page *p, double percent)
{
    char *text = next(p);
    if (!isnan(percent))
        tns_text_format(text, TEXT, "%.1f %%", percent);
}

static void put_product(page *p, const tns_month_product *m)
{
    int64_t wasted = tns_month_wasted(m);
    put(p, m->product);
    put_amount(p, m->received, m->pieces);
    put_money(p, m->spent_cents);
    put_amount(p, m->used, m->pieces);
    put_amount(p, wasted, m->pieces);
    put_percent(p, tns_month_percent(wasted, m->used, wasted));
    put_money(p, m->wasted_cents);
}

static void put_wastes(page *p, const tns_month_product *m)
{
    int64_t all = tns_month_wasted(m);
    for (int i = 0; i < TNS_WASTE_COUNT; i++) {
        char why[TEXT];
        if (m->wasted[i] == 0)
            continue;
        tns_text_format(why, sizeof why, "%s: %s", m->product,
                        i == TNS_WASTE_POT ? "left in pots" : tns_waste_name((tns_waste)i));
        put(p, why);
        put_amount(p, m->wasted[i], m->pieces);
        put_percent(p, tns_month_percent(m->wasted[i], m->used, all));
    }
}

static void put_shade(page *p, const tns_month_shade *s)
{
    put(p, s->recipe);
    put_number(p, s->pots);
    put_amount(p, s->ul, false);
    put_amount(p, s->left_ul, false);
    put_money(p, s->cost_cents);
}

static void put_visit(page *p, const tns_month_visit *v)
{
    tns_text_format(next(p), TEXT, "V%" PRId64, v->id);
    put(p, tns_visit_kind_name(v->kind));
    put_number(p, v->pots);
    put_amount(p, v->ul, false);
    put_amount(p, v->left_ul, false);
    put_money(p, v->cost_cents);
}

/* "4; a visit comes to 4.11 in pots, 6.50 with all that was used and wasted", or nothing. */
static void put_visits(page *p, const tns_month *m)
{
    char pots[32], all[32];
    if (m->visit_count == 0)
        put(p, "none");
    else
        tns_text_format(next(p), TEXT,
                        "%zu; a visit comes to %s in pots, %s with all that was used and wasted",
                        m->visit_count, tns_text_cents(m->pot_cents_a_visit, pots),
                        tns_text_cents(m->all_cents_a_visit, all));
}

static bool begin(page *p, const tns_month *m, tns_error *err)
{
    size_t room = m->product_count * (tables[0].columns + tables[1].columns * TNS_WASTE_COUNT) +
                  m->shade_count * tables[2].columns + m->visit_count * tables[3].columns + FACTS;
    p->texts = calloc(room, sizeof *p->texts);
    p->cells = calloc(room, sizeof *p->cells);
    return (p->texts && p->cells) || tns_error_set(err, TNS_ERROR_MEMORY, "report: out of memory");
}

static void fill(page *p, const tns_month *m)
{
    for (size_t i = 0; i < m->product_count; i++)
        put_product(p, &m->products[i]);
    p->begin[1] = p->used;
    for (size_t i = 0; i < m->product_count; i++)
        put_wastes(p, &m->products[i]);
    p->begin[2] = p->used;
    for (size_t i = 0; i < m->shade_count; i++)
        put_shade(p, &m->shades[i]);
    p->begin[3] = p->used;
    for (size_t i = 0; i < m->visit_count; i++)
        put_visit(p, &m->visits[i]);
    p->begin[TABLES] = p->used;
    put_money(p, m->spent_cents);
    put_money(p, m->used_cents);
    put_money(p, m->wasted_cents);
    put_visits(p, m);
}

static bool save(const tns_figures *figures, const char *path, tns_error *err)
{
    tns_document_format format;
    tns_document_bytes bytes = {0};
    bool done = tns_document_format_of(path, &format, err) &&
                tns_figures_write(figures, format, &bytes, err) &&
                tns_file_write(path, bytes.data, bytes.length, err);
    free(bytes.data);
    return done;
}

static tns_figures_table table_of(const page *p, int i)
{
    return (tns_figures_table){.heading = tables[i].heading,
                               .column_count = tables[i].columns,
                               .row_count = (p->begin[i + 1] - p->begin[i]) / tables[i].columns,
                               .names = tables[i].names,
                               .width = tables[i].width,
                               .cells = p->cells + p->begin[i]};
}

static bool write_page(const tns_month *m, const page *p, const char *clinic, const char *path,
                       tns_error *err)
{
    static const char *const notes[] = {
        "Of the ledger's entries of these days, without what was taken back. Deliveries against an "
        "order are at its price, parts of pots at what they cost when mixed, all else at the "
        "products' present cost. Waste is in percent of what was used and wasted.",
        "Some products have no cost or no pack stated: the sums are too low by them."};
    const char *const *values = p->cells + p->begin[TABLES];
    const char *const facts[FACTS][2] = {
        {"Spent", values[0]}, {"Used", values[1]}, {"Wasted", values[2]}, {"Visits", values[3]}};
    char title[32], days[2 * TNS_DAY_TEXT + 4], from[TNS_DAY_TEXT], to[TNS_DAY_TEXT];
    tns_figures_table filled[TABLES];
    for (int i = 0; i < TABLES; i++)
        filled[i] = table_of(p, i);
    tns_day_write(m->from, from);
    tns_day_write(m->to, to);
    tns_text_format(title, sizeof title, "Month %.7s", from);
    tns_text_format(days, sizeof days, "%s to %s", from, to);
    const tns_figures figures = {.over = clinic ? clinic : "",
                                 .title = title,
                                 .under = days,
                                 .fact_count = FACTS,
                                 .facts = facts,
                                 .table_count = TABLES,
                                 .tables = filled,
                                 .note_count = m->unpriced ? 2 : 1,
                                 .notes = notes};
    return save(&figures, path, err);
}

bool tns_service_month_save(const tns_month *month, const tns_paper_request *request,
                            const char *path, tns_error *err)
{
    page p = {0};
    bool done = begin(&p, month, err);
    if (done) {
        fill(&p, month);
        done = write_page(month, &p, request->clinic, path, err);
    }
    free(p.texts);
    free(p.cells);
    return done;
}
