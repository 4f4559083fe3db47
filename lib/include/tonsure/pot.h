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

enum { TNS_POT_NEEDS_MAX = 12 };

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

TNS_END_DECLS

#endif
