/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ink passport of a visit: of each part of each pot, what its bottle, lot and product say. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/papers.h>

#include "base/file.h"
#include "base/text.h"
#include "stock/contents.h"
#include "stock/ledger.h"

enum { WARNINGS_MAX = 32, WARNING_SIZE = 560 };

/* What the values of a part borrow. */
typedef struct part_texts {
    char pot[24], product[TNS_ID_SIZE], supplier[64], lot[TNS_LOT_SIZE];
    char color_index[200], ingredients[1600];
} part_texts;

typedef struct gathering {
    tns_stock *stock;
    const tns_client *client;
    const tns_palette *palette;
    tns_day day; /* it was opened, or is booked for */
    size_t count, room, open_pots;
    int64_t left_ul;
    part_texts *texts;
    tns_passport_part *parts;
    size_t warning_count;
    char warnings[WARNINGS_MAX][WARNING_SIZE];
} gathering;

static void add(char *list, size_t size, const char *separator, const char *text)
{
    size_t used = strlen(list);
    tns_text_format(list + used, size - used, "%s%s", used ? separator : "", text);
}

/* "CI 77266" is told as 77266: what it is stands above it. */
static void list_label(const tns_product *p, part_texts *out)
{
    for (size_t i = 0; i < p->color_index_count; i++) {
        const char *index = p->color_index[i];
        add(out->color_index, sizeof out->color_index, ", ",
            strncmp(index, "CI ", 3) == 0 ? index + 3 : index);
    }
    for (size_t i = 0; i < p->ingredient_count; i++) {
        char one[200];
        const tns_ingredient *in = &p->ingredients[i];
        tns_text_format(one, sizeof one, "%s%s%s%s", in->name, in->cas[0] ? " (" : "", in->cas,
                        in->cas[0] ? ")" : "");
        add(out->ingredients, sizeof out->ingredients, ", ", one);
    }
}

static void warn(gathering *g, const char *product, const char *lot, const char *what)
{
    char text[WARNING_SIZE];
    tns_text_format(text, sizeof text, "%.47s, lot %.47s, %s.", product, lot, what);
    for (size_t i = 0; i < g->warning_count; i++)
        if (strcmp(g->warnings[i], text) == 0)
            return;
    if (g->warning_count < WARNINGS_MAX)
        strcpy(g->warnings[g->warning_count++], text);
}

/* Pots of a visit that are not of the day it was booked for. */
static void warn_of_day(gathering *g, const tns_visit *visit, const tns_pot_list *pots)
{
    char booked[TNS_DAY_TEXT], mixed[TNS_DAY_TEXT];
    for (size_t i = 0; i < pots->count && g->warning_count < WARNINGS_MAX; i++) {
        tns_day day = tns_entry_day_at(pots->pots[i].mixed);
        if (day == visit->day)
            continue;
        tns_day_write(visit->day, booked);
        tns_day_write(day, mixed);
        tns_text_format(g->warnings[g->warning_count++], WARNING_SIZE,
                        "P%" PRId64 " was mixed on %s; the visit was booked for %s.",
                        pots->pots[i].id, mixed, booked);
    }
}

/* What has become of the bottle since, and how it was on the day of its use. */
static void warn_of_bottle(gathering *g, const tns_bottle *b, tns_day used)
{
    char text[WARNING_SIZE], day[TNS_DAY_TEXT];
    tns_day_write(b->use_by, day);
    if (b->recalled)
        warn(g, b->product, b->lot, "was recalled");
    if (b->quarantined)
        warn(g, b->product, b->lot, "is in quarantine");
    tns_text_format(text, sizeof text, "was used after its last good day, %s", day);
    if (b->use_by != TNS_NO_DAY && b->use_by < used)
        warn(g, b->product, b->lot, text);
}

static const tns_pigment *find_known(const gathering *g, const tns_product *p)
{
    int index = g->palette && p->pigment[0] ? tns_palette_index(g->palette, p->pigment) : -1;
    return index >= 0 ? &g->palette->pigments[index] : NULL;
}

/* A palette may know of a metal that nobody read on the label, but not that there is none. */
static tns_label_word label_word(const gathering *g, const tns_product *p, const char *metal)
{
    char why[200];
    if (tns_product_holds(p, find_known(g, p), metal, why, sizeof why))
        return TNS_LABEL_NAMES;
    return p->ingredient_count > 0 ? TNS_LABEL_WITHOUT : TNS_LABEL_UNREAD;
}

/* What the client must not have, and had all the same, with the reason that was given. */
static bool warn_of_allergens(gathering *g, const tns_pot *pot, const tns_product *product,
                              const char *lot, tns_error *err)
{
    char why[200], reason[TNS_REASON_SIZE] = "", text[WARNING_SIZE];
    const tns_client_card *card = &g->client->card;
    for (size_t i = 0; g->client->has_card && i < card->allergy_count; i++) {
        if (!tns_product_holds(product, find_known(g, product), card->allergies[i], why,
                               sizeof why))
            continue;
        if (!tns_pot_reason(g->stock, pot, reason, err))
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

static bool take_part(gathering *g, const tns_pot *pot, const tns_pot_taken *taken, tns_error *err)
{
    tns_product product;
    tns_bottle bottle;
    part_texts *t = &g->texts[g->count];
    if (!tns_stock_product(g->stock, taken->product, &product, err) ||
        !tns_stock_bottle(g->stock, taken->bottle, &bottle, err) ||
        !warn_of_allergens(g, pot, &product, bottle.lot, err))
        return false;
    tns_text_format(t->pot, sizeof t->pot, "P%" PRId64, pot->id);
    tns_text_copy(t->product, sizeof t->product, product.id);
    tns_text_copy(t->supplier, sizeof t->supplier, product.supplier);
    tns_text_copy(t->lot, sizeof t->lot, bottle.lot);
    list_label(&product, t);
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
                                               .nickel = label_word(g, &product, "nickel"),
                                               .chromium = label_word(g, &product, "chromium (VI)"),
                                               .statement = statement_of(&product),
                                               .diluent = product.kind == TNS_PRODUCT_DILUENT,
                                               .sterile = bottle.sterile};
    return true;
}

static bool take_pots(gathering *g, const tns_pot_list *pots, tns_error *err)
{
    for (size_t i = 0; i < pots->count; i++) {
        g->room += pots->pots[i].part_count;
        g->open_pots += pots->pots[i].state == TNS_POT_MIXED;
        g->left_ul += pots->pots[i].left_ul;
    }
    g->texts = calloc(g->room + 1, sizeof *g->texts);
    g->parts = calloc(g->room + 1, sizeof *g->parts);
    if (!g->texts || !g->parts)
        return tns_error_set(err, TNS_ERROR_MEMORY, "passport: out of memory");
    bool done = true;
    for (size_t i = 0; done && i < pots->count; i++)
        for (size_t k = 0; done && k < pots->pots[i].part_count; k++)
            done = take_part(g, &pots->pots[i], &pots->pots[i].parts[k], err);
    return done;
}

/* ---- the visit ---- */

typedef struct visit_texts {
    char visit[24], client[24], sites[400], allergies[800];
    bool allergies_known;
} visit_texts;

static bool describe(tns_stock *stock, const tns_visit *visit, const tns_client *client,
                     visit_texts *out, tns_error *err)
{
    tns_site_reading_list readings = {0};
    tns_text_format(out->visit, sizeof out->visit, "V%" PRId64, visit->id);
    tns_text_format(out->client, sizeof out->client, "C%" PRId64, visit->client);
    out->allergies_known = client->has_card;
    for (size_t i = 0; client->has_card && i < client->card.allergy_count; i++)
        add(out->allergies, sizeof out->allergies, ", ", client->card.allergies[i]);
    bool done = tns_visit_readings(stock, 0, visit->id, &readings, err);
    for (size_t i = 0; i < readings.count; i++)
        if (!strstr(out->sites, readings.readings[i].site))
            add(out->sites, sizeof out->sites, ", ", readings.readings[i].site);
    tns_site_reading_list_finish(&readings);
    return done;
}

static const char *kind_in_words(tns_visit_kind kind)
{
    static const char *const words[] = {"first session", "second session", "third or later session",
                                        "touch-up"};
    return (unsigned)kind < 4 ? words[kind] : "";
}

static bool save(const gathering *g, const tns_visit *visit, const tns_client *client,
                 const visit_texts *texts, const tns_paper_request *request, const char *path,
                 tns_error *err)
{
    const char *warnings[WARNINGS_MAX];
    tns_document_format format;
    tns_document_bytes bytes;
    for (size_t i = 0; i < g->warning_count; i++)
        warnings[i] = g->warnings[i];
    const tns_passport p = {.clinic = request->clinic ? request->clinic : "",
                            .visit = texts->visit,
                            .client = texts->client,
                            .name = request->with_name && client->has_card ? client->card.name : "",
                            .kind = kind_in_words(visit->kind),
                            .actor = "",
                            .day = g->day,
                            .sites = texts->sites,
                            .allergies = texts->allergies_known ? texts->allergies : NULL,
                            .part_count = g->count,
                            .parts = g->parts,
                            .warning_count = g->warning_count,
                            .warnings = warnings,
                            .printed = tns_day_today(request->context),
                            .is_open = visit->state != TNS_VISIT_CLOSED,
                            .open_pots = g->open_pots,
                            .left_ul = g->left_ul};
    if (!tns_document_format_of(path, &format, err) || !tns_passport_write(&p, format, &bytes, err))
        return false;
    bool done = tns_file_write(path, bytes.data, bytes.length, err);
    free(bytes.data);
    return done;
}

static bool expect_kept(const tns_visit *visit, tns_error *err)
{
    return visit->state != TNS_VISIT_CANCELLED ||
           tns_error_set(err, TNS_ERROR_CONFLICT,
                         "V%" PRId64 " was cancelled: no ink was used, and it has no passport",
                         visit->id);
}

bool tns_service_passport_save(tns_stock *stock, int64_t visit, const tns_paper_request *request,
                               const char *path, tns_error *err)
{
    tns_visit found;
    tns_client client;
    visit_texts texts = {0};
    tns_pot_list pots = {0};
    const tns_pot_question of_visit = {.visit = visit};
    if (!tns_visit_find(stock, visit, &found, err) || !expect_kept(&found, err) ||
        !tns_client_find(stock, found.client, &client, err) ||
        !describe(stock, &found, &client, &texts, err))
        return false;
    gathering *g = calloc(1, sizeof *g);
    bool done = g || tns_error_set(err, TNS_ERROR_MEMORY, "passport: out of memory");
    if (done) {
        g->stock = stock;
        g->client = &client;
        g->palette = request->palette;
        g->day = found.opened ? tns_entry_day_at(found.opened) : found.day;
        done = tns_pot_list_find(stock, &of_visit, &pots, err) && take_pots(g, &pots, err);
        warn_of_day(g, &found, &pots);
        done = done && save(g, &found, &client, &texts, request, path, err);
        free(g->texts);
        free(g->parts);
    }
    free(g);
    tns_pot_list_finish(&pots);
    return done;
}
