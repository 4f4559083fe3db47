/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/shelf/gather.h"
#include "stock/contents.h"
#include "stock/ledger.h"
#include "stock/named.h"

static void add(char *list, size_t size, const char *separator, const char *text)
{
    size_t used = strlen(list);
    tns_text_format(list + used, size - used, "%s%s", used ? separator : "", text);
}

/* "CI 77266" is told as 77266: what it is stands above it. */
static void list_indices(const char (*index)[16], size_t count, char *out, size_t size)
{
    for (size_t i = 0; i < count; i++)
        add(out, size, ", ", strncmp(index[i], "CI ", 3) == 0 ? index[i] + 3 : index[i]);
}

static void list_ingredients(const tns_ingredient *in, size_t count, char *out, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        char one[200];
        tns_text_format(one, sizeof one, "%s%s%s%s", in[i].name, in[i].cas[0] ? " (" : "",
                        in[i].cas, in[i].cas[0] ? ")" : "");
        add(out, size, ", ", one);
    }
}

static void list_label(const tns_product *p, tns_part_texts *out)
{
    list_indices(p->color_index, p->color_index_count, out->color_index, sizeof out->color_index);
    list_ingredients(p->ingredients, p->ingredient_count, out->ingredients,
                     sizeof out->ingredients);
}

/* What nobody entered of the label, a palette may know of the pigment. */
static void list_known(const tns_product *p, const tns_pigment *known, tns_part_texts *out)
{
    if (known && p->color_index_count == 0)
        list_indices(known->color_index, known->color_index_count, out->known_index,
                     sizeof out->known_index);
    if (known && p->ingredient_count == 0)
        list_ingredients(known->ingredients, known->ingredient_count, out->known_ingredients,
                         sizeof out->known_ingredients);
}

static void put_warning(tns_gathering *g, const char *text)
{
    char *to = g->warnings[g->warning_count];
    tns_text_format(to, TNS_GATHERED_WARNING, "%s", text);
    g->warning[g->warning_count++] = to;
}

static void warn(tns_gathering *g, const char *product, const char *lot, const char *what)
{
    char text[TNS_GATHERED_WARNING];
    tns_text_format(text, sizeof text, "%.47s, lot %.47s, %s.", product, lot, what);
    for (size_t i = 0; i < g->warning_count; i++)
        if (strcmp(g->warnings[i], text) == 0)
            return;
    put_warning(g, text);
}

/* Pots of a visit that are not of the day it was booked for. */
static void warn_of_day(tns_gathering *g)
{
    char booked[TNS_DAY_TEXT], mixed[TNS_DAY_TEXT], text[TNS_GATHERED_WARNING];
    for (size_t i = 0; i < g->pots.count; i++) {
        tns_day day = tns_entry_day_at(g->pots.pots[i].mixed);
        if (day == g->visit.day)
            continue;
        tns_day_write(g->visit.day, booked);
        tns_day_write(day, mixed);
        tns_text_format(text, sizeof text,
                        "P%" PRId64 " was mixed on %s; the visit was booked for %s.",
                        g->pots.pots[i].id, mixed, booked);
        put_warning(g, text);
    }
}

/* What has become of the bottle since, and how it was on the day of its use. */
static void warn_of_bottle(tns_gathering *g, const tns_bottle *b, tns_day used)
{
    char text[TNS_GATHERED_WARNING], day[TNS_DAY_TEXT];
    tns_day_write(b->use_by, day);
    if (b->recalled)
        warn(g, b->product, b->lot, "was recalled");
    if (b->quarantined)
        warn(g, b->product, b->lot, "is in quarantine");
    tns_text_format(text, sizeof text, "was used after its last good day, %s", day);
    if (b->use_by != TNS_NO_DAY && b->use_by < used)
        warn(g, b->product, b->lot, text);
}

static const tns_pigment *find_known(const tns_gathering *g, const tns_product *p)
{
    int index = g->palette && p->pigment[0] ? tns_palette_index(g->palette, p->pigment) : -1;
    return index >= 0 ? &g->palette->pigments[index] : NULL;
}

/* A palette may know of a metal that nobody read on the label, but not that there is none. */
static tns_label_word label_word(const tns_gathering *g, const tns_product *p, const char *metal)
{
    char why[200];
    if (tns_product_holds(p, find_known(g, p), metal, why, sizeof why))
        return TNS_LABEL_NAMES;
    return p->ingredient_count > 0 ? TNS_LABEL_WITHOUT : TNS_LABEL_UNREAD;
}

/* Why the pot was mixed all the same. Who it is for is a number on papers, unless a name is asked
   for, and where a reason was typed the name may have been. */
static bool find_reason(const tns_gathering *g, const tns_pot *pot, char out[TNS_REASON_SIZE],
                        tns_error *err)
{
    char reason[TNS_REASON_SIZE] = "";
    bool done = tns_pot_reason(g->stock, pot, reason, err);
    tns_text_unname(reason, g->client.card.name, g->client_name, out, TNS_REASON_SIZE);
    return done;
}

/* What the client must not have, and had all the same, with the reason that was given. */
static bool warn_of_allergens(tns_gathering *g, const tns_pot *pot, const tns_product *product,
                              const char *lot, tns_error *err)
{
    char why[200], reason[TNS_REASON_SIZE] = "", text[TNS_GATHERED_WARNING];
    const tns_client_card *card = &g->client.card;
    for (size_t i = 0; g->client.has_card && i < card->allergy_count; i++) {
        if (!tns_product_holds(product, find_known(g, product), card->allergies[i], why,
                               sizeof why))
            continue;
        if (!find_reason(g, pot, reason, err))
            return false;
        tns_text_format(text, sizeof text, "%s, though the client is allergic to %.79s%s%s", why,
                        card->allergies[i], reason[0] ? ". Used all the same, for: " : "", reason);
        warn(g, product->id, lot, text);
    }
    return true;
}

static tns_label_word statement_of(const tns_product *p)
{
    static const tns_label_word words[] = {[TNS_LABEL_STATES_UNKNOWN] = TNS_LABEL_UNREAD,
                                           [TNS_LABEL_STATES_MIXTURE] = TNS_LABEL_NAMES,
                                           [TNS_LABEL_STATES_NOTHING] = TNS_LABEL_WITHOUT};
    return words[p->states];
}

static bool take_part(tns_gathering *g, const tns_pot *pot, const tns_pot_taken *taken,
                      tns_error *err)
{
    tns_product product;
    tns_bottle bottle;
    tns_part_texts *t = &g->texts[g->count];
    if (!tns_stock_product(g->stock, taken->product, &product, err) ||
        !tns_stock_bottle(g->stock, taken->bottle, &bottle, err) ||
        !warn_of_allergens(g, pot, &product, bottle.lot, err))
        return false;
    tns_text_format(t->pot, sizeof t->pot, "P%" PRId64, pot->id);
    tns_text_copy(t->product, sizeof t->product, product.id);
    tns_text_copy(t->supplier, sizeof t->supplier, product.supplier);
    tns_text_copy(t->lot, sizeof t->lot, bottle.lot);
    list_label(&product, t);
    list_known(&product, find_known(g, &product), t);
    warn_of_bottle(g, &bottle, tns_entry_day_at(pot->mixed));
    g->parts[g->count++] = (tns_passport_part){.pot = t->pot,
                                               .product = t->product,
                                               .supplier = t->supplier,
                                               .lot = t->lot,
                                               .internal_lot = bottle.internal_lot,
                                               .expires = bottle.expires,
                                               .ul = taken->ul,
                                               .color_index = t->color_index,
                                               .ingredients = t->ingredients,
                                               .known_index = t->known_index,
                                               .known_ingredients = t->known_ingredients,
                                               .nickel = label_word(g, &product, "nickel"),
                                               .chromium = label_word(g, &product, "chromium (VI)"),
                                               .statement = statement_of(&product),
                                               .diluent = product.kind == TNS_PRODUCT_DILUENT,
                                               .sterile = bottle.sterile};
    return true;
}

/* Warnings there can be: of a pot its day, of a bottle its lot's two marks and its last good day,
   and what the client must not have. */
static bool make_room(tns_gathering *g, tns_error *err)
{
    size_t warnings = g->pots.count + g->room * (3 + TNS_ALLERGIES_MAX) + 1;
    g->texts = calloc(g->room + 1, sizeof *g->texts);
    g->parts = calloc(g->room + 1, sizeof *g->parts);
    g->warnings = calloc(warnings, sizeof *g->warnings);
    g->warning = calloc(warnings, sizeof *g->warning);
    return (g->texts && g->parts && g->warnings && g->warning) ||
           tns_error_set(err, TNS_ERROR_MEMORY, "visit: out of memory");
}

static bool take_pots(tns_gathering *g, tns_error *err)
{
    const tns_pot_list *pots = &g->pots;
    for (size_t i = 0; i < pots->count; i++) {
        g->room += pots->pots[i].part_count;
        g->open_pots += pots->pots[i].state == TNS_POT_MIXED;
        g->left_ul += pots->pots[i].left_ul;
    }
    bool done = make_room(g, err);
    for (size_t i = 0; done && i < pots->count; i++)
        for (size_t k = 0; done && k < pots->pots[i].part_count; k++)
            done = take_part(g, &pots->pots[i], &pots->pots[i].parts[k], err);
    return done;
}

/* ---- the visit ---- */

void tns_list_allergies(const tns_client *client, char out[TNS_ALLERGIES_TEXT])
{
    out[0] = '\0';
    for (size_t i = 0; client->has_card && i < client->card.allergy_count; i++)
        add(out, TNS_ALLERGIES_TEXT, ", ", client->card.allergies[i]);
}

static bool was_read_before(const tns_site_reading_list *list, size_t reading)
{
    bool was = false;
    for (size_t i = 0; i < reading; i++)
        was = was || strcmp(list->readings[i].site, list->readings[reading].site) == 0;
    return was;
}

/* Each once, and none cut. */
static bool list_sites(tns_gathering *g, tns_error *err)
{
    size_t size = 1;
    for (size_t i = 0; i < g->readings.count; i++)
        size += strlen(g->readings.readings[i].site) + strlen(", ");
    g->sites = calloc(size, 1);
    if (!g->sites)
        return tns_error_set(err, TNS_ERROR_MEMORY, "visit: out of memory");
    for (size_t i = 0; i < g->readings.count; i++)
        if (!was_read_before(&g->readings, i))
            add(g->sites, size, ", ", g->readings.readings[i].site);
    return true;
}

static bool describe(tns_gathering *g, tns_error *err)
{
    tns_text_format(g->visit_name, sizeof g->visit_name, "V%" PRId64, g->visit.id);
    tns_text_format(g->client_name, sizeof g->client_name, "C%" PRId64, g->client.id);
    tns_list_allergies(&g->client, g->allergies);
    return tns_visit_readings(g->stock, 0, g->visit.id, &g->readings, err) && list_sites(g, err);
}

static bool gather(tns_gathering *g, int64_t visit, tns_error *err)
{
    const tns_pot_question of_visit = {.visit = visit};
    if (!tns_visit_find(g->stock, visit, &g->visit, err) ||
        !tns_client_find(g->stock, g->visit.client, &g->client, err) || !describe(g, err))
        return false;
    g->day = g->visit.opened ? tns_entry_day_at(g->visit.opened) : g->visit.day;
    if (!tns_pot_list_find(g->stock, &of_visit, &g->pots, err) || !take_pots(g, err))
        return false;
    warn_of_day(g);
    return true;
}

tns_gathering *tns_gather(tns_stock *stock, int64_t visit, const tns_palette *palette,
                          tns_error *err)
{
    tns_gathering *g = calloc(1, sizeof *g);
    if (!g) {
        tns_error_set(err, TNS_ERROR_MEMORY, "visit: out of memory");
        return NULL;
    }
    g->stock = stock;
    g->palette = palette;
    if (gather(g, visit, err))
        return g;
    tns_gathering_destroy(g);
    return NULL;
}

void tns_gathering_destroy(tns_gathering *g)
{
    if (!g)
        return;
    tns_pot_list_finish(&g->pots);
    tns_site_reading_list_finish(&g->readings);
    free(g->sites);
    free(g->texts);
    free(g->parts);
    free(g->warnings);
    free(g->warning);
    free(g);
}

const char *tns_visit_kind_words(tns_visit_kind kind)
{
    static const char *const words[] = {"first session", "second session", "third or later session",
                                        "touch-up"};
    return (unsigned)kind < 4 ? words[kind] : "";
}

tns_passport tns_gathering_passport(const tns_gathering *g, const tns_paper_request *request)
{
    bool named = request->with_name && g->client.has_card;
    return (tns_passport){.clinic = request->clinic ? request->clinic : "",
                          .visit = g->visit_name,
                          .client = g->client_name,
                          .name = named ? g->client.card.name : "",
                          .kind = tns_visit_kind_words(g->visit.kind),
                          .actor = "",
                          .day = g->day,
                          .sites = g->sites,
                          .allergies = g->client.has_card ? g->allergies : NULL,
                          .part_count = g->count,
                          .parts = g->parts,
                          .warning_count = g->warning_count,
                          .warnings = g->warning,
                          .printed = tns_day_today(request->context),
                          .is_open = g->visit.state != TNS_VISIT_CLOSED,
                          .open_pots = g->open_pots,
                          .left_ul = g->left_ul};
}
