/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan in the making. */
#ifndef SERVICE_PLAN_WORK_H
#define SERVICE_PLAN_WORK_H

#include <tonsure/order.h>
#include <tonsure/planner.h>
#include <tonsure/pot.h>
#include <tonsure/products.h>
#include <tonsure/usage.h>
#include <tonsure/visit.h>

#define TNS_DILUENT_ITEM "diluent"

/* A visit to come, from the store or from a file. */
typedef struct tns_plan_visit {
    tns_day day;
    tns_course_step kind;
    double area_cm2, pot_ul;
    const char *recipe; /* borrowed */
    char client[TNS_BOOKING_CLIENT];
    double odds;
    bool follows; /* it is not booked: it follows from one that is */
    bool told;    /* by its recipe, what it takes */
} tns_plan_visit;

typedef struct tns_plan_visits {
    size_t count, room;
    tns_plan_visit *visits; /* owned */
} tns_plan_visits;

/* What was mixed for a visit of the store, in all. */
typedef struct tns_plan_mixed {
    int64_t visit, ul;
    char recipe[TNS_RECIPE_TEXT_SIZE]; /* "" = it has too many parts to be told */
} tns_plan_mixed;

/* What one visit takes of an item, for the reason. */
typedef struct tns_plan_taking {
    const tns_plan_visit *visit; /* borrowed */
    double poured;               /* of `amount`, which may be of whole ampoules */
    tns_day day;
    tns_course_step kind;
    double amount;
    bool booked;
} tns_plan_taking;

/* Which bottle a supply is; 0 = on order. */
typedef struct tns_plan_bottle {
    int64_t id;
    const tns_product *product;
} tns_plan_bottle;

/* One item with all that is known of it. */
typedef struct tns_plan_item {
    char id[TNS_ID_SIZE];
    tns_product_kind kind;
    bool pieces;
    double ampoule; /* its pack, where all of it is for single use: it is taken whole; else 0 */
    size_t product_count;
    const tns_product **products;        /* owned array; of the list */
    double weeks[TNS_USAGE_WEEKS], uses; /* of all products, the year's uses */
    size_t known;                        /* the last so many of these weeks tell */
    size_t supply_count, supply_room;
    tns_supply *supply;      /* owned */
    tns_plan_bottle *bottle; /* owned; beside it */
    size_t taking_count, taking_room;
    tns_plan_taking *takings;           /* owned */
    double recipe_takes, recipe_amount; /* visits whose recipes take of it, and how much they do */
    tns_demand demand;
} tns_plan_item;

typedef struct tns_plan_work {
    const tns_plan_request *request;
    tns_stock *stock;
    tns_day today;
    tns_product_list products;
    tns_usage_list usage;
    tns_visit_list booked;
    tns_terms_list terms;
    tns_order_list orders; /* open ones */
    size_t mixed_count;
    tns_plan_mixed *mixed; /* owned; by visit */
    tns_plan_visits visits;
    size_t item_count;
    tns_plan_item *items; /* owned; by id */
    double visits_a_week; /* that used anything */
    double ink_uses;      /* of pigments and diluent, by the ledger */
    double recipes;       /* visits that have one */
    tns_pickup pickup;
    tns_plan_item *mixed_item; /* that is mixed of others; NULL = none is */
    tns_day mixed_from;        /* none = not within the plan's days */
    tns_plan *out;
} tns_plan_work;

/* visits.c: all visits to come, and their follow-ups. */
bool tns_plan_gather_visits(tns_plan_work *w, tns_error *err);

/* mixed.c: what was mixed from a day on; NULL where nothing was. */
bool tns_plan_gather_mixed(tns_plan_work *w, tns_day from, tns_error *err);
const tns_plan_mixed *tns_plan_find_mixed(const tns_plan_work *w, int64_t visit);

/* items.c */
bool tns_plan_gather_items(tns_plan_work *w, tns_error *err);
tns_plan_item *tns_plan_find_item(tns_plan_work *w, const char *id);
/* The weeks of its use that are known, of which there are `known`. */
const double *tns_plan_known_weeks(const tns_plan_item *item);
/* How many visits a week use it; 0 = nothing is known. */
double tns_plan_uses_a_week(const tns_plan_item *item);
/* What a part of a recipe is taken of, as a pot is: a pigment or the diluent, else the item of a
   product of that id; NULL = nothing on the shelf. */
tns_plan_item *tns_plan_item_of(tns_plan_work *w, const char *what);
/* By id; NULL = there is none. */
const tns_product *tns_plan_find_product(const tns_plan_work *w, const char *id);
/* The id of the item that a product belongs to. */
const char *tns_plan_item_id(const tns_product *product);
/* In the order in which it came. */
bool tns_plan_add_supply(tns_plan_item *item, const tns_supply *supply, tns_plan_bottle bottle,
                         tns_error *err);
/* Of whole ampoules where it comes in such, so much in so many uses. */
double tns_plan_whole(double ampoule, double amount, int uses);
void tns_plan_finish_items(tns_plan_work *w);

/* terms.c: what suppliers ask for; what is on order, into the items. */
bool tns_plan_gather_terms(tns_plan_work *w, tns_error *err);
/* Days from order to delivery. */
int tns_plan_lead(const tns_plan_work *w, const tns_product *product);
void tns_plan_set_terms(const tns_plan_work *w, const tns_product *product, tns_item *out);

/* A recipe that visits share, read once. */
typedef struct tns_plan_mix {
    const char *recipe;                         /* borrowed */
    bool told;                                  /* it is understood */
    bool warned;                                /* of what no product holds */
    tns_recipe_parts made;                      /* shares that add up to 1 */
    tns_plan_item *items[TNS_RECIPE_PARTS_MAX]; /* of the parts; NULL = nothing on the shelf */
} tns_plan_mix;

typedef struct tns_plan_mixes {
    size_t places, count, room;
    size_t *place;       /* owned; by a hash of the recipe, its number in `mixes`; 0 = none */
    tns_plan_mix *mixes; /* owned; numbered from 1 */
} tns_plan_mixes;

/* mixes.c: room for so many recipes; finish it in every case. */
bool tns_plan_mixes_init(tns_plan_mixes *mixes, size_t recipes, tns_error *err);
void tns_plan_mixes_finish(tns_plan_mixes *mixes);
/* Good until the next is asked for; NULL without memory. */
tns_plan_mix *tns_plan_mix_of(tns_plan_work *w, tns_plan_mixes *mixes, const char *recipe,
                              tns_error *err);

/* needs.c: what each visit takes of each item, into the calendars. */
bool tns_plan_book(tns_plan_work *w, tns_error *err);

/* orders.c: what to order of an item, and what of it expires. */
bool tns_plan_propose(tns_plan_work *w, tns_plan_item *item, tns_error *err);

/*
 * instead.c: what is asked to be mixed of others, once all calendars are made: from that day
 * on it is they that are taken. That is the day on which `without`, the plan that buys it, finds
 * too little of it.
 */
bool tns_plan_mix_instead(tns_plan_work *w, const tns_plan *without, tns_error *err);
void tns_plan_tell_mix(const tns_plan_work *w, const tns_plan *without);

/* words.c: why, in one sentence. */
void tns_plan_reason(const tns_plan_item *item, const tns_item *asked, const tns_order_line *line,
                     char out[TNS_PLAN_REASON]);

/* An array that grows: room for one more member of `size`; NULL without memory. */
void *tns_plan_grow(void *array, size_t count, size_t *room, size_t size);

/* What is for single use is gone once it is open, and good as labelled until then. */
static inline int tns_plan_months(int pao_months)
{
    return pao_months == TNS_SINGLE_USE ? 0 : pao_months;
}

#endif
