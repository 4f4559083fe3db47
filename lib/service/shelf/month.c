/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A month's figures as a page. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/papers.h>

#include "base/text.h"
#include "service/shelf/cells.h"

enum { TABLES = 4, FACTS = 4 };

static const tns_cell_table tables[TABLES] = {
    {"Products",
     7,
     {"Product", "Received", "Spent", "Used", "Wasted", "Waste", "Waste, cost"},
     {26, -14, -11, -14, -13, -10, -12}},
    {"Waste by reason", 3, {"Why", "Wasted", "Of what went"}, {56, -22, -22}},
    {"Shades", 5, {"Recipe", "Pots", "Mixed", "Left", "Cost"}, {46, -9, -15, -15, -15}},
    {"Visits", 6, {"Visit", "Kind", "Pots", "Mixed", "Left", "Cost"}, {15, 17, -12, -19, -19, -18}},
};

/* All texts, table by table and then the facts. */
typedef struct page {
    tns_cells cells;
    size_t begin[TABLES + 1];
} page;

static void put_percent(tns_cells *c, double percent)
{
    char *text = tns_cell_next(c);
    if (!isnan(percent))
        tns_text_format(text, TNS_CELL_TEXT, "%.1f %%", percent);
}

static void put_product(tns_cells *c, const tns_month_product *m)
{
    int64_t wasted = tns_month_wasted(m);
    tns_cell_text(c, m->product);
    tns_cell_amount(c, m->received, m->pieces);
    tns_cell_money(c, m->spent_cents);
    tns_cell_amount(c, m->used, m->pieces);
    tns_cell_amount(c, wasted, m->pieces);
    put_percent(c, tns_month_percent(wasted, m->used, wasted));
    tns_cell_money(c, m->wasted_cents);
}

static void put_wastes(tns_cells *c, const tns_month_product *m)
{
    int64_t all = tns_month_wasted(m);
    for (int i = 0; i < TNS_WASTE_COUNT; i++) {
        char why[TNS_CELL_TEXT];
        if (m->wasted[i] == 0)
            continue;
        tns_text_format(why, sizeof why, "%s: %s", m->product,
                        i == TNS_WASTE_POT ? "left in pots" : tns_waste_name((tns_waste)i));
        tns_cell_text(c, why);
        tns_cell_amount(c, m->wasted[i], m->pieces);
        put_percent(c, tns_month_percent(m->wasted[i], m->used, all));
    }
}

static void put_shade(tns_cells *c, const tns_month_shade *s)
{
    tns_cell_text(c, s->recipe);
    tns_cell_number(c, s->pots);
    tns_cell_amount(c, s->ul, false);
    tns_cell_amount(c, s->left_ul, false);
    tns_cell_money(c, s->cost_cents);
}

static void put_visit(tns_cells *c, const tns_month_visit *v)
{
    tns_text_format(tns_cell_next(c), TNS_CELL_TEXT, "V%" PRId64, v->id);
    tns_cell_text(c, tns_visit_kind_name(v->kind));
    tns_cell_number(c, v->pots);
    tns_cell_amount(c, v->ul, false);
    tns_cell_amount(c, v->left_ul, false);
    tns_cell_money(c, v->cost_cents);
}

/* "4; a visit comes to 4.11 in pots, 6.50 with all that was used and wasted", or nothing. */
static void put_visits(tns_cells *c, const tns_month *m)
{
    char pots[32], all[32];
    if (m->visit_count == 0)
        tns_cell_text(c, "none");
    else
        tns_text_format(tns_cell_next(c), TNS_CELL_TEXT,
                        "%zu; a visit comes to %s in pots, %s with all that was used and wasted",
                        m->visit_count, tns_text_cents(m->pot_cents_a_visit, pots),
                        tns_text_cents(m->all_cents_a_visit, all));
}

static bool begin(page *p, const tns_month *m, tns_error *err)
{
    size_t room = m->product_count * (tables[0].columns + tables[1].columns * TNS_WASTE_COUNT) +
                  m->shade_count * tables[2].columns + m->visit_count * tables[3].columns + FACTS;
    return tns_cells_begin(&p->cells, room, err);
}

static void fill(page *p, const tns_month *m)
{
    tns_cells *c = &p->cells;
    for (size_t i = 0; i < m->product_count; i++)
        put_product(c, &m->products[i]);
    p->begin[1] = c->used;
    for (size_t i = 0; i < m->product_count; i++)
        put_wastes(c, &m->products[i]);
    p->begin[2] = c->used;
    for (size_t i = 0; i < m->shade_count; i++)
        put_shade(c, &m->shades[i]);
    p->begin[3] = c->used;
    for (size_t i = 0; i < m->visit_count; i++)
        put_visit(c, &m->visits[i]);
    p->begin[TABLES] = c->used;
    tns_cell_money(c, m->spent_cents);
    tns_cell_money(c, m->used_cents);
    tns_cell_money(c, m->wasted_cents);
    put_visits(c, m);
}

static bool write_page(const tns_month *m, const page *p, const tns_paper_request *request,
                       const char *path, tns_error *err)
{
    static const char *const notes[] = {
        "Of the ledger's entries of these days, without what was taken back. Deliveries against an "
        "order are at its price, parts of pots at what they cost when mixed, all else at the "
        "products' present cost. Waste is in percent of what was used and wasted.",
        "Some products have no cost or no pack stated: the sums are too low by them."};
    const char *const *values = p->cells.cells + p->begin[TABLES];
    const char *const facts[FACTS][2] = {
        {"Spent", values[0]}, {"Used", values[1]}, {"Wasted", values[2]}, {"Visits", values[3]}};
    char title[32], days[2 * TNS_DAY_TEXT + 4], from[TNS_DAY_TEXT], to[TNS_DAY_TEXT];
    tns_figures_table filled[TABLES];
    for (int i = 0; i < TABLES; i++)
        filled[i] = tns_cells_as_table(&p->cells, &tables[i], p->begin[i], p->begin[i + 1]);
    tns_day_write(m->from, from);
    tns_day_write(m->to, to);
    tns_text_format(title, sizeof title, "Month %.7s", from);
    tns_text_format(days, sizeof days, "%s to %s", from, to);
    const tns_figures figures = {.over = request->clinic ? request->clinic : "",
                                 .title = title,
                                 .under = days,
                                 .fact_count = FACTS,
                                 .facts = facts,
                                 .table_count = TABLES,
                                 .tables = filled,
                                 .note_count = m->unpriced ? 2 : 1,
                                 .notes = notes};
    return tns_figures_save(&figures, path, request->dry_run, err);
}

bool tns_service_month_save(const tns_month *month, const tns_paper_request *request,
                            const char *path, tns_error *err)
{
    page p = {0};
    bool done = begin(&p, month, err);
    if (done) {
        fill(&p, month);
        done = write_page(month, &p, request, path, err);
    }
    tns_cells_finish(&p.cells);
    return done;
}
