/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of clients, visits and pots say often. */
#ifndef STOCK_PEOPLE_H
#define STOCK_PEOPLE_H

#include <tonsure/pot.h>

#include "stock/shelf.h"

/* A record that a visit keeps. */
#define READING "{\"schema\": \"tonsure/reading/1\", \"site\": \"crown\"}"

/* "Name|allergy|allergy", each may be empty. */
static inline tns_client_card card_of(const char *text)
{
    tns_client_card card = {0};
    size_t length = strcspn(text, "|");
    memcpy(card.name, text, length);
    for (text += length; *text == '|'; text += length) {
        length = strcspn(++text, "|");
        memcpy(card.allergies[card.allergy_count++], text, length);
    }
    return card;
}

static inline int64_t add_client(tns_stock *stock, const char *text)
{
    const tns_client_card card = card_of(text);
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    ck_assert_msg(tns_client_add(stock, &card, &act, &change, &err), "%s", err.text);
    int64_t id = change.made.client;
    tns_stock_change_finish(&change);
    return id;
}

static inline tns_client client_of(tns_stock *stock, int64_t id)
{
    tns_client client;
    tns_error err;
    ck_assert_msg(tns_client_find(stock, id, &client, &err), "%s", err.text);
    return client;
}

static inline int64_t book(tns_stock *stock, int64_t client, const char *day)
{
    const tns_visit visit = {.client = client,
                             .day = day_of(day),
                             .kind = TNS_VISIT_S1,
                             .area_mm2 = 12000,
                             .recipe = "carbon-black=3,diluent=42"};
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    ck_assert_msg(tns_visit_book(stock, &visit, &act, &change, &err), "%s", err.text);
    int64_t id = change.made.visit;
    tns_stock_change_finish(&change);
    return id;
}

typedef bool visit_step(tns_stock *stock, int64_t id, const tns_stock_act *act,
                        tns_stock_change *out, tns_error *err);

static inline tns_code step(tns_stock *stock, visit_step *how, int64_t id)
{
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err = {0};
    bool done = how(stock, id, &act, &change, &err);
    tns_stock_change_finish(&change);
    return done ? TNS_OK : err.code;
}

static inline tns_visit visit_of(tns_stock *stock, int64_t id)
{
    tns_visit visit;
    tns_error err;
    ck_assert_msg(tns_visit_find(stock, id, &visit, &err), "%s", err.text);
    return visit;
}

static inline tns_code add_reading(tns_stock *stock, int64_t visit, const char *site, int days,
                                   const char *record)
{
    tns_site_reading reading = {.visit = visit, .days = days, .record = record, .has_photo = true};
    tns_stock_act act = because(NULL);
    tns_error err = {0};
    strcpy(reading.site, site);
    tns_stock_hash("a photo", 7, reading.photo);
    tns_stock_hash("/photos/jane.jpg", 16, reading.photo_path);
    return tns_visit_add_reading(stock, &reading, &act, NULL, &err) ? TNS_OK : err.code;
}

/* ---- pots ---- */

/* A product whose label says what is in it: "name:CAS". */
static inline void add_labelled(tns_stock *stock, const char *id, const char *pigment,
                                const char *ingredient, int64_t cost_cents)
{
    tns_product product = {.kind = pigment ? TNS_PRODUCT_PIGMENT : TNS_PRODUCT_DILUENT,
                           .pao_months = 12,
                           .pack = 15000,
                           .cost_cents = cost_cents};
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    strcpy(product.id, id);
    strcpy(product.pigment, pigment ? pigment : "");
    product.ingredient_count = ingredient != NULL;
    size_t length = ingredient ? strcspn(ingredient, ":") : 0;
    memcpy(product.ingredients[0].name, ingredient ? ingredient : "", length);
    if (ingredient && ingredient[length])
        strcpy(product.ingredients[0].cas, ingredient + length + 1);
    ck_assert_msg(tns_stock_add_product(stock, &product, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
}

/* Of "black" so much, of the diluent so much. */
static inline tns_code mix(tns_stock *stock, int64_t visit, int64_t black, int64_t diluent,
                           const tns_stock_act *act, int64_t *pot, tns_error *err)
{
    const tns_pot_need needs[] = {{.what = "carbon-black", .ul = black},
                                  {.what = "diluent", .diluent = true, .ul = diluent}};
    const tns_pot_order order = {
        .visit = visit, .recipe = "carbon-black=1,diluent=14", .need_count = 2, .needs = needs};
    const tns_stock_act usual = because(NULL);
    tns_stock_change change;
    *err = (tns_error){0};
    bool done = tns_pot_make(stock, &order, act ? act : &usual, &change, err);
    if (pot)
        *pot = change.made.pot;
    tns_stock_change_finish(&change);
    return done ? TNS_OK : err->code;
}

/* Of one pot; tns_pot_list_finish() it. */
static inline tns_pot_list pot_of(tns_stock *stock, int64_t id)
{
    const tns_pot_question question = {.pot = id, .with_undone = true};
    tns_pot_list list;
    tns_error err;
    ck_assert_msg(tns_pot_list_find(stock, &question, &list, &err), "%s", err.text);
    ck_assert_uint_eq(list.count, 1);
    return list;
}

static inline bool set_card(tns_stock *stock, int64_t id, const tns_client_card *card,
                            const tns_stock_act *act, tns_error *err)
{
    tns_stock_change change;
    bool done = tns_client_set_card(stock, id, card, act, &change, err);
    tns_stock_change_finish(&change);
    return done;
}

/*
 * Two products of one pigment, the one that expires first of nickel, and a sterile diluent. B1
 * nickel-black 200 ul, B2 plain-black 1000 ul, B3 and B4 water, 2000 ul each.
 */
static inline tns_stock *shelf_of_two(void)
{
    tns_stock *stock = scratch();
    add_labelled(stock, "nickel-black", "carbon-black", "nickel sulfate:7786-81-4", 3000);
    add_labelled(stock, "plain-black", "carbon-black", "Carbon black:1333-86-4", 1500);
    add_labelled(stock, "water", NULL, "Aqua", 0);
    receive(stock, "nickel-black", "N1", 200, "2026-12-01");
    receive(stock, "plain-black", "P1", 1000, "2027-06-01");
    receive_on(stock, "water", "W1", 2, 2000, "2027-01-01", "");
    return stock;
}

static inline int64_t visit_for(tns_stock *stock, const char *card)
{
    return book(stock, add_client(stock, card), "2026-06-15");
}

#endif
