/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/shelf/course_cards.h"

#include <stdlib.h>
#include <string.h>

#include <tonsure/records.h>

#include "base/sort.h"
#include "base/text.h"

static bool take_clients(tns_card_readings *c, const tns_visit_list *visits, tns_error *err)
{
    c->clients = calloc(visits->count + 1, sizeof *c->clients);
    c->lists = calloc(visits->count + 1, sizeof *c->lists);
    if (!c->clients || !c->lists)
        return tns_error_set(err, TNS_ERROR_MEMORY, "course: out of memory");
    for (size_t i = 0; i < visits->count; i++)
        c->clients[i] = visits->visits[i].client;
    tns_sort_ids(c->clients, visits->count);
    for (size_t i = 0; i < visits->count; i++)
        if (i == 0 || c->clients[i] != c->clients[c->client_count - 1])
            c->clients[c->client_count++] = c->clients[i];
    return true;
}

/* Those who have visits, each once. */
static bool list_clients(tns_stock *stock, tns_card_readings *c, tns_error *err)
{
    const tns_visit_question everyone = {0};
    tns_visit_list visits = {0};
    bool done =
        tns_visit_list_find(stock, &everyone, &visits, err) && take_clients(c, &visits, err);
    tns_visit_list_finish(&visits);
    return done;
}

static void keep(tns_card_readings *c, int64_t client, const tns_site_reading *at)
{
    tns_card_reading *k = &c->readings[c->count++];
    char name[48];
    tns_text_format(name, sizeof name, "reading of V%lld", (long long)at->visit);
    k->client = client;
    k->at = at;
    if (!tns_reading_parse(at->record, strlen(at->record), name, &k->reading, &k->fault))
        k->reading = (tns_reading){0};
}

bool tns_card_readings_find(tns_stock *stock, tns_card_readings *out, tns_error *err)
{
    size_t total = 0;
    *out = (tns_card_readings){0};
    if (!list_clients(stock, out, err))
        return false;
    for (size_t i = 0; i < out->client_count; i++) {
        if (!tns_visit_readings(stock, out->clients[i], 0, &out->lists[i], err))
            return false;
        total += out->lists[i].count;
    }
    out->readings = calloc(total + 1, sizeof *out->readings);
    if (!out->readings)
        return tns_error_set(err, TNS_ERROR_MEMORY, "course: out of memory");
    for (size_t i = 0; i < out->client_count; i++)
        for (size_t k = 0; k < out->lists[i].count; k++)
            keep(out, out->clients[i], &out->lists[i].readings[k]);
    return true;
}

void tns_card_readings_finish(tns_card_readings *cards)
{
    for (size_t i = 0; i < cards->client_count; i++)
        tns_site_reading_list_finish(&cards->lists[i]);
    free(cards->clients);
    free(cards->lists);
    free(cards->readings);
    *cards = (tns_card_readings){0};
}

/* ---- beside each other ---- */

static bool is_healed_of(const tns_card_reading *k, int64_t visit)
{
    return k->at->visit == visit && k->at->days >= TNS_HEALED_DAYS;
}

const tns_card_reading *tns_card_readings_nearest(const tns_card_readings *cards,
                                                  const tns_card_reading *to, tns_what what)
{
    const tns_card_reading *best = NULL, *first = to, *end = cards->readings + cards->count;
    int closest = -1;
    while (first > cards->readings && first[-1].client == to->client)
        first--;
    for (const tns_card_reading *k = first; k < end && k->client == to->client; k++) {
        int close = 2 * (strcmp(k->at->site, to->at->site) == 0) + (k->at->visit == to->at->visit);
        if (k->reading.what != what || close < closest ||
            (what == TNS_WHAT_DOT && !is_healed_of(k, to->at->visit)) ||
            (close == closest && k->at->recorded < best->at->recorded))
            continue;
        best = k;
        closest = close;
    }
    return best;
}
