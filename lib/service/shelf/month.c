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

/* The texts of the tables: each is in one of these, and in the cell that points at it. */
enum { COLUMNS = 7, WASTE_COLUMNS = 3, SHADE_COLUMNS = 5, VISIT_COLUMNS = 6, TEXT = 256 };

typedef struct page {
    size_t used, room, wastes;
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
        p->wastes++;
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

/* Where each table begins is what was used before. */
static bool fill(const tns_month *m, page *p, size_t begin[4])
{
    p->room = m->product_count * (COLUMNS + WASTE_COLUMNS * TNS_WASTE_COUNT) +
              m->shade_count * SHADE_COLUMNS + m->visit_count * VISIT_COLUMNS;
    p->texts = calloc(p->room + 1, sizeof *p->texts);
    p->cells = calloc(p->room + 1, sizeof *p->cells);
    if (!p->texts || !p->cells)
        return false;
    for (size_t i = 0; i < m->product_count; i++)
        put_product(p, &m->products[i]);
    begin[1] = p->used;
    for (size_t i = 0; i < m->product_count; i++)
        put_wastes(p, &m->products[i]);
    begin[2] = p->used;
    for (size_t i = 0; i < m->shade_count; i++)
        put_shade(p, &m->shades[i]);
    begin[3] = p->used;
    for (size_t i = 0; i < m->visit_count; i++)
        put_visit(p, &m->visits[i]);
    return true;
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

/* "4.11 a visit for pots, 6.50 for all that was used and wasted", or nothing. */
static void write_visits(const tns_month *m, char out[160])
{
    char pots[32], all[32];
    if (m->visit_count == 0)
        tns_text_copy(out, 160, "none");
    else
        tns_text_format(out, 160, "%zu; of one: pots %s, all that was used and wasted %s",
                        m->visit_count, tns_text_cents(m->pot_cents_a_visit, pots),
                        tns_text_cents(m->all_cents_a_visit, all));
}

static bool write_page(const tns_month *m, const page *p, const size_t begin[4],
                       const tns_paper_request *request, const char *path, tns_error *err)
{
    static const char *const products[] = {"Product", "Received", "Spent",      "Used",
                                           "Wasted",  "Waste",    "Waste, cost"};
    static const char *const wastes[] = {"Why", "Wasted", "Of what went"};
    static const char *const shades[] = {"Recipe", "Pots", "Mixed", "Left", "Cost"};
    static const char *const visits[] = {"Visit", "Kind", "Pots", "Mixed", "Left", "Cost"};
    static const int width[] = {26, -14, -11, -14, -13, -10, -12};
    static const int waste_width[] = {56, -22, -22};
    static const int shade_width[] = {46, -9, -15, -15, -15};
    static const int visit_width[] = {15, 17, -12, -19, -19, -18};
    static const char *const notes[] = {
        "Of the ledger's entries of these days, without what was taken back. Deliveries against an "
        "order are at its price, parts of pots at what they cost when mixed, all else at the "
        "products' present cost. Waste is in percent of what was used and wasted.",
        "Some products have no cost or no pack stated: the sums are too low by them."};
    char text[5][160], from[TNS_DAY_TEXT], to[TNS_DAY_TEXT];
    page sums = {.texts = calloc(3, TEXT), .cells = calloc(3, sizeof *sums.cells)};
    bool done =
        (sums.texts && sums.cells) || tns_error_set(err, TNS_ERROR_MEMORY, "report: out of memory");
    if (done) {
        put_money(&sums, m->spent_cents);
        put_money(&sums, m->used_cents);
        put_money(&sums, m->wasted_cents);
        tns_day_write(m->from, from);
        tns_day_write(m->to, to);
        write_visits(m, text[0]);
        tns_text_format(text[1], sizeof text[1], "Month %.7s", from);
        tns_text_format(text[2], sizeof text[2], "%s to %s", from, to);
        const char *const facts[][2] = {{"Spent", sums.cells[0]},
                                        {"Used", sums.cells[1]},
                                        {"Wasted", sums.cells[2]},
                                        {"Visits", text[0]}};
        const tns_figures_table tables[] = {
            {"Products", COLUMNS, m->product_count, products, width, p->cells},
            {"Waste by reason", WASTE_COLUMNS, p->wastes, wastes, waste_width, p->cells + begin[1]},
            {"Shades", SHADE_COLUMNS, m->shade_count, shades, shade_width, p->cells + begin[2]},
            {"Visits", VISIT_COLUMNS, m->visit_count, visits, visit_width, p->cells + begin[3]}};
        const tns_figures figures = {.over = request->clinic ? request->clinic : "",
                                     .title = text[1],
                                     .under = text[2],
                                     .fact_count = 4,
                                     .facts = facts,
                                     .table_count = 4,
                                     .tables = tables,
                                     .note_count = m->unpriced ? 2 : 1,
                                     .notes = notes};
        done = save(&figures, path, err);
    }
    free(sums.texts);
    free(sums.cells);
    return done;
}

bool tns_service_month_save(const tns_month *month, const tns_paper_request *request,
                            const char *path, tns_error *err)
{
    page p = {0};
    size_t begin[4] = {0};
    bool done = fill(month, &p, begin)
                    ? write_page(month, &p, begin, request, path, err)
                    : tns_error_set(err, TNS_ERROR_MEMORY, "report: out of memory");
    free(p.texts);
    free(p.cells);
    return done;
}
