/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A month's figures, gathered from the ledger's entries of its days. Money is kept in thousandths
   of a hundredth until all is added up. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/month.h>

#include "base/text.h"
#include "stock/facts_orders.h"
#include "stock/facts_people.h"
#include "stock/ledger.h"
#include "stock/list.h"
#include "stock/shade.h"
#include "stock/words.h"

typedef struct pricing {
    int64_t pack, cost_cents;
} pricing;

typedef struct gathering {
    tns_db *db;
    tns_month *month;
    pricing *prices; /* owned; beside the products */
    size_t shade_count;
    tns_recipe_parts *shades; /* owned; beside the month's */
    /* What came last, for when it turns out that an order set its price. */
    int64_t operation, came;
    bool unpriced_before;
} gathering;

/* ---- valuing ---- */

/* What `share` of `whole` costs; as in pots, a double holds the factors to far less than a cent. */
static int64_t share_of(int64_t cost, int64_t share, int64_t whole)
{
    return whole ? (int64_t)floor((double)cost * (double)share / (double)whole + 0.5) : 0;
}

static int64_t value(const gathering *g, tns_month_product *p, int64_t amount)
{
    const pricing *price = &g->prices[p - g->month->products];
    p->unpriced = p->unpriced || ((price->pack == 0 || price->cost_cents == 0) && amount != 0);
    return share_of(price->cost_cents * 1000, amount, price->pack);
}

static int by_id(const void *key, const void *product)
{
    return strcmp(key, ((const tns_month_product *)product)->product);
}

static tns_month_product *find(const gathering *g, const char *id)
{
    return g->month->product_count == 0 ? NULL
                                        : bsearch(id, g->month->products, g->month->product_count,
                                                  sizeof *g->month->products, by_id);
}

/* ---- entries ---- */

static tns_waste waste_of(const char *reason)
{
    tns_waste waste = TNS_WASTE_EXPIRED;
    while (waste < TNS_WASTE_PATCH_TEST && strcmp(reason, tns_waste_name(waste)) != 0)
        waste++;
    return waste;
}

static void take_delivery(gathering *g, tns_month_product *p, const tns_entry *e)
{
    if (g->operation != e->operation) {
        g->operation = e->operation;
        g->came = 0;
        g->unpriced_before = p->unpriced;
    }
    int64_t cost = value(g, p, e->amount);
    p->received += e->amount;
    p->spent_cents += cost;
    g->came += cost;
}

static bool take_use(gathering *g, tns_month_product *p, const tns_entry *e, tns_error *err)
{
    tns_people_facts facts = {0};
    p->used -= e->amount;
    if (!e->sets[0]) {
        p->used_cents += value(g, p, -e->amount);
        return true;
    }
    if (!tns_people_facts_read(e, &facts, err))
        return false;
    p->unpriced = p->unpriced || facts.cost == 0;
    p->used_cents += facts.cost;
    return true;
}

/* An entry of no bottle, which an import may once have taken, has no product to be counted with. */
static bool take_bottle(gathering *g, const tns_entry *e, tns_error *err)
{
    bool found;
    tns_bottle bottle;
    if (!tns_bottle_find(g->db, e->bottle, &bottle, &found, err))
        return false;
    tns_month_product *p = found ? find(g, bottle.product) : NULL;
    if (!p)
        return true;
    if (e->kind == TNS_ENTRY_RECEIVE)
        take_delivery(g, p, e);
    else if (e->kind == TNS_ENTRY_USE)
        return take_use(g, p, e, err);
    else if (e->kind == TNS_ENTRY_COUNT)
        p->counted += e->amount;
    else {
        p->wasted[waste_of(e->reason)] -= e->amount;
        p->wasted_cents += value(g, p, -e->amount);
    }
    return true;
}

/* What came against an order, in the operation that went before, is of the order's price. */
static bool take_order(gathering *g, const tns_entry *e, tns_error *err)
{
    tns_order_facts f;
    tns_order_list list = {0};
    tns_month_product *p = find(g, e->product);
    if (!tns_order_facts_read(e, &f, err))
        return false;
    if (!p || f.received <= 0 || e->operation != g->operation)
        return true;
    const tns_order_question one = {.order = f.order};
    bool done = tns_order_rows(g->db, &one, &list, err);
    if (done && list.count == 1 && f.place >= 1 && (size_t)f.place <= list.orders[0].line_count) {
        int64_t cents = list.orders[0].lines[f.place - 1].cost_cents;
        p->spent_cents += cents ? f.received * cents * 1000 - g->came : 0;
        p->unpriced = cents ? g->unpriced_before : p->unpriced;
    }
    tns_order_list_finish(&list);
    return done;
}

/* ---- visits and their pots ---- */

static tns_month_visit *visit_row(gathering *g, int64_t id, tns_error *err)
{
    tns_visit visit;
    tns_month *m = g->month;
    for (size_t i = 0; i < m->visit_count; i++)
        if (m->visits[i].id == id)
            return &m->visits[i];
    if (!tns_expect_visit(g->db, id, &visit, err))
        return NULL;
    tns_month_visit *row = tns_list_grow(&m->visits, &m->visit_count, sizeof *row);
    if (row)
        *row = (tns_month_visit){.id = id, .kind = visit.kind};
    else
        tns_error_set(err, TNS_ERROR_MEMORY, "month: out of memory");
    return row;
}

/* Of a recipe that is none, its text. */
static bool is_of_row(const gathering *g, size_t i, const tns_recipe_parts *shade,
                      const char *recipe)
{
    return shade->count
               ? tns_shade_is_same(&g->shades[i], shade)
               : g->shades[i].count == 0 && strcmp(g->month->shades[i].recipe, recipe) == 0;
}

static bool keep_shade(gathering *g, const tns_recipe_parts *shade)
{
    tns_recipe_parts *kept = tns_list_grow(&g->shades, &g->shade_count, sizeof *kept);
    if (kept)
        *kept = *shade;
    return kept != NULL;
}

/* Its recipe is that of the first pot, by what its parts are. */
static tns_month_shade *add_shade(gathering *g, const tns_recipe_parts *shade, const char *recipe,
                                  tns_error *err)
{
    tns_month_shade *row =
        keep_shade(g, shade) ? tns_list_grow(&g->month->shades, &g->month->shade_count, sizeof *row)
                             : NULL;
    if (!row) {
        tns_error_set(err, TNS_ERROR_MEMORY, "month: out of memory");
        return NULL;
    }
    *row = (tns_month_shade){0};
    if (shade->count == 0 || !tns_recipe_parts_write(shade, row->recipe, NULL))
        tns_text_copy(row->recipe, sizeof row->recipe, recipe);
    return row;
}

static tns_month_shade *shade_row(gathering *g, const tns_pot *pot, tns_error *err)
{
    tns_recipe_parts shade;
    tns_shade_of_pot(pot, &shade);
    for (size_t i = 0; i < g->month->shade_count; i++)
        if (is_of_row(g, i, &shade, pot->recipe))
            return &g->month->shades[i];
    return add_shade(g, &shade, pot->recipe, err);
}

/* What was left goes from used to wasted, part by part; rounded so that the parts add up to it. */
static void move_left(gathering *g, const tns_pot *pot)
{
    int64_t seen = 0, moved = 0;
    for (size_t i = 0; i < pot->part_count; i++) {
        const tns_pot_taken *part = &pot->parts[i];
        tns_month_product *p = find(g, part->product);
        seen += part->ul;
        int64_t upto = share_of(pot->left_ul, seen, pot->ul);
        int64_t cost = share_of(part->cost_millicents, pot->left_ul, pot->ul);
        if (p) {
            p->used -= upto - moved;
            p->wasted[TNS_WASTE_POT] += upto - moved;
            p->used_cents -= cost;
            p->wasted_cents += cost;
        }
        moved = upto;
    }
}

static int64_t to_cents(int64_t millicents)
{
    return (millicents + 500) / 1000;
}

static bool take_pots(gathering *g, tns_error *err)
{
    tns_pot_list list = {0};
    const tns_pot_question question = {.from = g->month->from, .to = g->month->to};
    bool done = tns_pot_rows(g->db, &question, &list, err);
    for (size_t i = 0; done && i < list.count; i++) {
        const tns_pot *pot = &list.pots[i];
        tns_month_visit *visit = visit_row(g, pot->visit, err);
        tns_month_shade *shade = visit ? shade_row(g, pot, err) : NULL;
        done = shade != NULL;
        if (!done)
            break;
        visit->pots++, shade->pots++;
        visit->ul += pot->ul, shade->ul += pot->ul;
        visit->left_ul += pot->left_ul, shade->left_ul += pot->left_ul;
        /* Each to a cent, as a visit's report prints it, so that all sums agree. */
        int64_t cents = to_cents(pot->cost_millicents);
        visit->cost_cents += cents, shade->cost_cents += cents;
        move_left(g, pot);
    }
    tns_pot_list_finish(&list);
    return done;
}

static bool take_visit(gathering *g, const tns_entry *e, tns_error *err)
{
    tns_people_facts f;
    return tns_people_facts_read(e, &f, err) &&
           (f.visit == 0 || f.visit_state != TNS_VISIT_OPEN || visit_row(g, f.visit, err));
}

static bool take_entry(void *user, const tns_entry *e, tns_error *err)
{
    switch (e->kind) {
    case TNS_ENTRY_RECEIVE:
    case TNS_ENTRY_USE:
    case TNS_ENTRY_WASTE:
    case TNS_ENTRY_COUNT:
        return take_bottle(user, e, err);
    case TNS_ENTRY_ORDER:
        return take_order(user, e, err);
    case TNS_ENTRY_VISIT:
        return take_visit(user, e, err);
    default:
        return true;
    }
}

/* ---- the whole ---- */

static bool keep_product(void *user, const char *id, tns_error *err)
{
    tns_month *m = user;
    tns_month_product *p = tns_list_grow(&m->products, &m->product_count, sizeof *p);
    if (!p)
        return tns_error_set(err, TNS_ERROR_MEMORY, "month: out of memory");
    *p = (tns_month_product){0};
    return tns_text_copy(p->product, sizeof p->product, id);
}

static bool find_prices(gathering *g, tns_error *err)
{
    tns_month *m = g->month;
    g->prices = calloc(m->product_count + 1, sizeof *g->prices);
    bool done = g->prices || tns_error_set(err, TNS_ERROR_MEMORY, "month: out of memory");
    for (size_t i = 0; done && i < m->product_count; i++) {
        tns_product product;
        done = tns_expect_product(g->db, m->products[i].product, &product, err);
        if (done)
            g->prices[i] = (pricing){product.pack, product.cost_cents};
        m->products[i].pieces = done && product.pieces;
    }
    return done;
}

static void sum_products(tns_month *m)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->product_count; i++) {
        tns_month_product p = m->products[i];
        if (!p.received && !p.used && !tns_month_wasted(&p) && !p.counted)
            continue;
        m->spent_cents += p.spent_cents = to_cents(p.spent_cents);
        m->used_cents += p.used_cents = to_cents(p.used_cents);
        m->wasted_cents += p.wasted_cents = to_cents(p.wasted_cents);
        m->unpriced = m->unpriced || p.unpriced;
        m->products[kept++] = p;
    }
    m->product_count = kept;
}

static int by_number(const void *one, const void *other)
{
    const tns_month_visit *a = one, *b = other;
    return (a->id > b->id) - (a->id < b->id);
}

static int by_pots(const void *one, const void *other)
{
    const tns_month_shade *a = one, *b = other;
    if (a->pots != b->pots)
        return a->pots < b->pots ? 1 : -1;
    return strcmp(a->recipe, b->recipe);
}

static void sum_visits(tns_month *m)
{
    int64_t count = (int64_t)m->visit_count, all = m->used_cents + m->wasted_cents;
    if (m->visit_count > 1)
        qsort(m->visits, m->visit_count, sizeof *m->visits, by_number);
    if (m->shade_count > 1)
        qsort(m->shades, m->shade_count, sizeof *m->shades, by_pots);
    for (size_t i = 0; i < m->visit_count; i++) {
        m->pots += m->visits[i].pots;
        m->pot_cents += m->visits[i].cost_cents;
    }
    m->pot_cents_a_visit = count ? (m->pot_cents + count / 2) / count : -1;
    m->all_cents_a_visit = count ? (all + count / 2) / count : -1;
}

bool tns_stock_month(tns_stock *stock, tns_day day, const tns_context *context, tns_month *out,
                     tns_error *err)
{
    char text[TNS_DAY_TEXT];
    gathering g = {.db = stock->db, .month = out};
    *out = (tns_month){0};
    tns_day_write(day ? day : tns_day_today(context), text);
    text[strlen("2026-11")] = '\0';
    if (!tns_month_parse(text, &out->from, err))
        return false;
    out->to = tns_day_add_months(out->from, 1) - 1;
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = tns_product_walk(stock->db, keep_product, out, err) && find_prices(&g, err) &&
                tns_entry_walk_days(stock->db, out->from, out->to, take_entry, &g, err) &&
                take_pots(&g, err);
    tns_db_rollback(stock->db);
    free(g.prices);
    free(g.shades);
    sum_products(out);
    sum_visits(out);
    return done;
}

void tns_month_finish(tns_month *month)
{
    free(month->products);
    free(month->shades);
    free(month->visits);
    *month = (tns_month){0};
}

/* ---- words and shares ---- */

bool tns_month_parse(const char *text, tns_day *out, tns_error *err)
{
    char day[TNS_DAY_TEXT] = "";
    *out = TNS_NO_DAY;
    return (strlen(text) == strlen("2026-11") && tns_text_format(day, sizeof day, "%s-01", text) &&
            tns_day_parse(day, out, NULL)) ||
           tns_error_set(err, TNS_ERROR_USAGE, "expected a month such as 2026-11, found \"%.20s\"",
                         text);
}

int64_t tns_month_wasted(const tns_month_product *product)
{
    int64_t sum = 0;
    for (int i = 0; i < TNS_WASTE_COUNT; i++)
        sum += product->wasted[i];
    return sum;
}

double tns_month_percent(int64_t wasted, int64_t used, int64_t all_wasted)
{
    int64_t all = used + all_wasted;
    return all > 0 ? 100 * (double)wasted / (double)all : (double)NAN;
}
