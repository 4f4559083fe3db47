/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan of a shelf. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/parts.h"
#include "service/plan/work.h"

static const double SERVICE_LEAST = 0.5, SERVICE_MOST = 0.999;
static const double TINY = 1e-12; /* 99.9 / 100 is a hair above 0.999 */

enum { DAYS_MOST = 731, BEYOND = 120, WEEK = 7 };

bool tns_service_until(const char *text, const tns_context *context, tns_day *out, tns_error *err)
{
    int days = 0;
    if (tns_day_parse(text, out, NULL))
        return true;
    if (!tns_service_days(text, &days, NULL) || days <= 0 || days > DAYS_MOST)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "expected a day such as 2026-12-31, or 84d, 12w, 3m, found \"%.40s\"",
                             text);
    *out = tns_day_today(context) + days;
    return true;
}

bool tns_service_share(const char *text, double *out, tns_error *err)
{
    char number[16];
    size_t n = strlen(text);
    bool percent = n > 1 && n < sizeof number && text[n - 1] == '%';
    if (percent) {
        memcpy(number, text, n - 1);
        number[n - 1] = '\0';
    }
    if (tns_text_number(percent ? number : text, out, NULL)) {
        *out /= percent ? 100 : 1;
        if (*out > SERVICE_LEAST - TINY && *out < SERVICE_MOST + TINY) {
            *out = fmin(fmax(*out, SERVICE_LEAST), SERVICE_MOST);
            return true;
        }
    }
    return tns_error_set(err, TNS_ERROR_USAGE, "expected 50%% to 99.9%%, found \"%.40s\"", text);
}

static bool check(const tns_plan_work *w, tns_error *err)
{
    tns_day until = w->request->until;
    return (until > w->today && until - w->today <= DAYS_MOST) ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "plan: expected a last day after today and within two years");
}

/* ---- calendars ---- */

static bool begin_calendars(tns_plan_work *w, tns_error *err)
{
    size_t days = (size_t)(w->request->until - w->today) + 1 + BEYOND;
    for (size_t i = 0; i < w->item_count; i++)
        if (!tns_demand_init(&w->items[i].demand, w->today, days, err))
            return false;
    return true;
}

static void expect(tns_plan_work *w)
{
    for (size_t i = 0; i < w->item_count; i++) {
        tns_plan_item *item = &w->items[i];
        tns_usage usage = tns_usage_of(tns_plan_known_weeks(item), item->known, item->uses);
        int lead = item->product_count ? tns_plan_lead(w, item->products[0]) : 0;
        int look = w->request->review_days > 0 ? w->request->review_days : 1;
        tns_demand_expect(&item->demand, &usage, &w->pickup, lead + look);
    }
}

/* ---- rows ---- */

static bool make_room(tns_plan_work *w, tns_error *err)
{
    size_t weeks = (size_t)(w->request->until - w->today) / WEEK + 2;
    w->out->items = calloc(w->item_count + 1, sizeof *w->out->items);
    w->out->weeks = calloc(w->item_count * weeks + 1, sizeof *w->out->weeks);
    return (w->out->items && w->out->weeks) ||
           tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
}

static int by_supplier(const void *one, const void *other)
{
    const tns_planned_order *a = one, *b = other;
    int order = strcmp(a->supplier, b->supplier);
    if (order == 0)
        order = (a->by > b->by) - (a->by < b->by);
    return order ? order : strcmp(a->product, b->product);
}

static int by_expiry(const void *one, const void *other)
{
    const tns_planned_expiry *a = one, *b = other;
    if (a->expires != b->expires)
        return a->expires < b->expires ? -1 : 1;
    return (a->bottle > b->bottle) - (a->bottle < b->bottle);
}

static bool propose(tns_plan_work *w, tns_error *err)
{
    tns_plan *out = w->out;
    for (size_t i = 0; i < w->item_count; i++)
        if (!tns_plan_propose(w, &w->items[i], err))
            return false;
    if (out->order_count > 1)
        qsort(out->orders, out->order_count, sizeof *out->orders, by_supplier);
    if (out->expiry_count > 1)
        qsort(out->expiries, out->expiry_count, sizeof *out->expiries, by_expiry);
    return true;
}

/* All of one state: a delivery on the way from order to shelf is there once. */
static bool gather(tns_plan_work *w, tns_error *err)
{
    if (!tns_stock_begin_reading(w->stock, err))
        return false;
    bool done = tns_plan_gather_items(w, err) && tns_plan_gather_terms(w, err) &&
                tns_plan_gather_visits(w, err);
    tns_stock_end_reading(w->stock);
    return done;
}

/* `without`: the same plan that mixes nothing; NULL where nothing is to be mixed. */
static bool plan_once(tns_stock *stock, const tns_plan_request *request, const tns_plan *without,
                      tns_plan *out, tns_error *err)
{
    tns_plan_work w = {.request = request, .stock = stock, .out = out};
    *out = (tns_plan){0};
    w.today = tns_day_today(request->context);
    out->from = w.today;
    out->until = request->until;
    out->service = request->service > 0 ? request->service : 0.98;
    if (request->bookings)
        out->warnings = request->bookings->warnings;
    bool done =
        check(&w, err) && gather(&w, err) && begin_calendars(&w, err) && tns_plan_book(&w, err);
    if (done)
        expect(&w);
    if (done && without)
        done = tns_plan_mix_instead(&w, without, err);
    done = done && make_room(&w, err) && propose(&w, err);
    if (done && without)
        tns_plan_tell_mix(&w, without);
    tns_plan_finish_items(&w);
    return done;
}

bool tns_service_plan(tns_stock *stock, const tns_plan_request *request, tns_plan *out,
                      tns_error *err)
{
    tns_plan without;
    if (!request->mix)
        return plan_once(stock, request, NULL, out, err);
    *out = (tns_plan){0};
    bool done = plan_once(stock, request, NULL, &without, err) &&
                plan_once(stock, request, &without, out, err);
    tns_plan_finish(&without);
    return done;
}
