/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pots: what was mixed for a visit, of which bottles, how much of each, and what became of it. A
 * pot is one operation of the ledger: it is there whole or not at all, and is taken back whole.
 */
#ifndef TONSURE_POT_H
#define TONSURE_POT_H

#include <tonsure/client.h>
#include <tonsure/visit.h>

TNS_BEGIN_DECLS

enum { TNS_POT_NEEDS_MAX = TNS_RECIPE_PARTS_MAX };

typedef enum tns_pot_state {
    TNS_POT_MIXED,
    TNS_POT_CLOSED, /* what was left of it is told */
    TNS_POT_UNDONE  /* it never was */
} tns_pot_state;

/* "mixed", "closed", "undone". */
TNS_API const char *tns_pot_state_name(tns_pot_state state);

typedef struct tns_pot_taken {
    int64_t bottle;
    char product[TNS_ID_SIZE], pigment[TNS_ID_SIZE]; /* no pigment: a diluent */
    tns_product_kind kind;
    char lot[TNS_LOT_SIZE];
    int64_t lot_number;
    int64_t ul;
    int64_t drop_nl;         /* of the bottle */
    int64_t cost_millicents; /* when it was mixed, in thousandths of a hundredth; 0 = not stated */
} tns_pot_taken;

typedef struct tns_pot {
    int64_t id; /* from 1; people say P5 */
    int64_t visit, client;
    tns_pot_state state;
    int64_t mixed, discard_by;         /* seconds since 1970 UTC */
    char recipe[TNS_RECIPE_TEXT_SIZE]; /* as it was asked for */
    int64_t ul;                        /* of all parts */
    int64_t left_ul;                   /* that was thrown away when it was closed */
    int64_t cost_millicents;           /* of all parts */
    size_t part_count;
    tns_pot_taken
        *parts; /* owned by the list, by pigment and bottle; none of one that was undone */
} tns_pot;

/* What is left of a closed pot at what it cost, to the nearest hundredth of the currency. */
TNS_API int64_t tns_pot_waste_cents(const tns_pot *pot);

typedef struct tns_pot_list {
    size_t count;
    tns_pot *pots; /* owned */
} tns_pot_list;

typedef struct tns_pot_question {
    int64_t pot, visit, client; /* of this one only; 0 = of all */
    tns_day from, to;           /* mixed on these days, both included; none = without end */
    bool with_undone;
} tns_pot_question;

/* By number. Finish the list in every case. */
TNS_API bool tns_pot_list_find(tns_stock *stock, const tns_pot_question *question,
                               tns_pot_list *out, tns_error *err);
TNS_API void tns_pot_list_finish(tns_pot_list *list);

/* The reason that was given when it was mixed, why in spite of a refusal where there was one; "".
 */
TNS_API bool tns_pot_reason(tns_stock *stock, const tns_pot *pot, char out[TNS_REASON_SIZE],
                            tns_error *err);

/* ---- mixing ---- */

/*
 * Whole microliters that add up to the total and are nearest to shares of it, by largest remainder:
 * of equal ones the first is rounded up. False when a share above 0 would come to nothing.
 */
TNS_API bool tns_pot_portions(const double *shares, size_t count, int64_t total, int64_t *out);

/* What a pot takes of one pigment, or of the diluent. */
typedef struct tns_pot_need {
    char what[TNS_ID_SIZE]; /* a pigment's id, or a product's; of a diluent "diluent" too */
    bool diluent;
    int64_t ul;
    int64_t unit_ul;          /* of each bottle whole ones are taken where that is enough; 0 = 1 */
    const tns_pigment *known; /* what a palette knows of it; NULL = nothing. Borrowed */
} tns_pot_need;

enum { TNS_DISCARD_MINUTES = 240 };

typedef struct tns_pot_order {
    int64_t visit;
    const char *recipe; /* as it is to be kept */
    size_t need_count;
    const tns_pot_need *needs;
    int discard_minutes; /* good so long once mixed; 0 = TNS_DISCARD_MINUTES, a session's length */
    /* Where the pot goes as it was mixed, of a dry run too: tns_pot_list_finish() it; NULL =
     * nowhere.
     */
    struct tns_pot_list *made;
} tns_pot_order;

/*
 * Mixes a pot for a visit, which is opened where it was only booked. Each need is taken from all
 * products of its pigment as one, first expired first out; what must not be used on the day, and
 * what is in no way for this client, is passed over, and refused by name where there is not enough
 * without it, unless the act overrides. TNS_ERROR_ALLERGEN too where the client has no card here.
 * The pot's number is in the change.
 */
TNS_API bool tns_pot_make(tns_stock *stock, const tns_pot_order *order, const tns_stock_act *act,
                          tns_stock_change *out, tns_error *err);

/* What a pot could be given of a need. */
typedef struct tns_pot_choice {
    tns_bottle_list bottles; /* that may be used, the next one first */
    char barred[200];        /* why something of it is not among them; "" = nothing is barred */
    tns_warnings warnings;   /* of products that nobody told what is in */
} tns_pot_choice;

/* For a client (0 = for anybody) on a day (none = today). Finish the list in every case. */
TNS_API bool tns_pot_supply(tns_stock *stock, int64_t client, const tns_pot_need *need, tns_day on,
                            tns_pot_choice *out, tns_error *err);

/* What is left of it is thrown away: at most what was mixed. TNS_ERROR_CONFLICT unless it is mixed
   and not closed. */
TNS_API bool tns_pot_close(tns_stock *stock, int64_t pot, int64_t left_ul, const tns_stock_act *act,
                           tns_stock_change *out, tns_error *err);

/* ---- recall ---- */

/* Where a lot went. */
typedef struct tns_trace {
    tns_bottle_list bottles;
    tns_pot_list pots;
    tns_visit_list visits;
    tns_client_list clients; /* with their cards; those too that were erased */
    int64_t elsewhere;       /* used of its bottles, for no pot: nobody knows for whom */
} tns_trace;

/* `product` as in tns_stock_recall(). Nothing is marked. Finish the trace in every case. */
TNS_API bool tns_stock_trace(tns_stock *stock, const char *lot, const char *product, tns_trace *out,
                             tns_error *err);
TNS_API void tns_trace_finish(tns_trace *trace);

TNS_END_DECLS

#endif
