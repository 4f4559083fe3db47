/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shelf: products, their lots, the bottles of a lot, and what became of each, in a store that
 * forgets nothing.
 *
 * All that happens is an entry of a ledger. Entries are never changed or removed; what was wrong is
 * taken back by a counter-entry. Each holds the hash of all that was before it, so that a change by
 * other means is found (tns_stock_verify). What is on hand is kept beside the ledger, in the same
 * transaction, and is always its sum.
 *
 * Amounts are whole microliters, or pieces: never fractions. A bottle is good until the label's
 * day, or until so many months after it was opened (PAO) where that is sooner; on that day itself
 * it still is. It is used first expired, first out: opened ones before others, then what expires
 * first, then what came first.
 *
 * A handle is for one thread at a time; any number of handles, of any number of programs, may have
 * the same store open.
 */
#ifndef TONSURE_STOCK_H
#define TONSURE_STOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/context.h>
#include <tonsure/day.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/palette.h>
#include <tonsure/warnings.h>

TNS_BEGIN_DECLS

/* ---- the store ---- */

typedef struct tns_stock tns_stock;

typedef enum tns_stock_access {
    TNS_STOCK_EXISTING, /* fails where there is none */
    TNS_STOCK_CREATE,   /* makes one in a folder that is there */
    TNS_STOCK_SCRATCH   /* an empty one in memory; the path is not looked at */
} tns_stock_access;

/*
 * Close what is returned; NULL on failure: a missing file or folder (not-found), a file of another
 * program or a damaged one (format), a store of a newer version (unsupported), no permission (io).
 * Whatever fails, the file is as it was. An older store is brought up to date.
 */
TNS_API tns_stock *tns_stock_open(const char *path, tns_stock_access access, tns_error *err);

/* NULL is taken. */
TNS_API void tns_stock_close(tns_stock *stock);

/*
 * Whatever is read between these is of one state, however others write meanwhile; in between
 * nothing can be written by this handle. End it wherever it began.
 */
TNS_API bool tns_stock_begin_reading(tns_stock *stock, tns_error *err);
TNS_API void tns_stock_end_reading(tns_stock *stock);

/* The libraries behind it, "SQLite 3.40.1, Nettle 3.8", written to `text`. */
TNS_API void tns_stock_libraries(char *text, size_t size);

/* ---- what there is ---- */

enum { TNS_PLACE_SIZE = 48, TNS_LOT_SIZE = 48, TNS_REASON_SIZE = 200, TNS_HASH_SIZE = 32 };

typedef enum tns_product_kind {
    TNS_PRODUCT_PIGMENT,
    TNS_PRODUCT_DILUENT,
    TNS_PRODUCT_CONSUMABLE
} tns_product_kind;

/* In the place of months: good on the day it is opened, and in pots for one visit alone, such as an
   ampoule without preservative. */
enum { TNS_SINGLE_USE = -1 };

/* Whether a label has the statement that the European Union asks for, "Mixture for use in tattoos
   or permanent make-up" (Regulation (EU) 2020/2081). */
typedef enum tns_label_states {
    TNS_LABEL_STATES_UNKNOWN, /* nobody entered it */
    TNS_LABEL_STATES_MIXTURE,
    TNS_LABEL_STATES_NOTHING
} tns_label_states;

/* "", "mixture" and "nothing"; the statement itself is "mixture" too. False for another word. */
TNS_API const char *tns_label_states_name(tns_label_states states);
TNS_API bool tns_label_states_parse(const char *word, tns_label_states *out);

typedef struct tns_product {
    char id[TNS_ID_SIZE]; /* letters, digits, . _ - */
    tns_product_kind kind;
    char pigment[TNS_ID_SIZE]; /* its id in a palette; of a pigment only */
    bool pieces;               /* counted in pieces; else in microliters */
    int pao_months; /* good so long after opening, to 120; 0 = as long as labelled; or single use */
    char supplier[64];
    int64_t pack;       /* what a bottle or box holds when full; 0 = not stated */
    int64_t cost_cents; /* of a pack, in hundredths of the clinic's currency; 0 = not stated */
    int lead_days;      /* from order to delivery; 0 = not stated */
    int density_mg_ml;  /* 1000 = water */
    char gtin[16];      /* the article's number, with zeros to 14 digits; "" = not stated */
    tns_label_states states;
    bool retired; /* no longer kept; set by tns_stock_retire_product() alone */
    /* What its label says that is in it; nothing there = not known. */
    size_t ingredient_count, color_index_count;
    tns_ingredient ingredients[TNS_INGREDIENTS_MAX];
    char color_index[TNS_COLOR_INDEX_MAX][16];
} tns_product;

/* The word of a kind: "pigment", "diluent", "consumable". */
TNS_API const char *tns_product_kind_name(tns_product_kind kind);

typedef enum tns_bottle_status {
    TNS_BOTTLE_OK,
    TNS_BOTTLE_EMPTY,
    TNS_BOTTLE_EXPIRED,
    TNS_BOTTLE_QUARANTINED,
    TNS_BOTTLE_RECALLED,
    TNS_BOTTLE_RETIRED /* its product was: nothing takes of it */
} tns_bottle_status;

/* "ok", "empty", "expired", "quarantined", "recalled", "retired". */
TNS_API const char *tns_bottle_status_name(tns_bottle_status status);

/* A bottle, or a box of pieces, with what holds for its lot and its product. */
typedef struct tns_bottle {
    int64_t id; /* from 1; people say B17 */
    char product[TNS_ID_SIZE], pigment[TNS_ID_SIZE];
    tns_product_kind kind;
    bool pieces;
    char lot[TNS_LOT_SIZE];
    int64_t lot_number; /* the store's own */
    bool internal_lot;  /* the maker gave none */
    int64_t on_hand;
    tns_day received;
    tns_day opened;  /* none = it is not */
    tns_day expires; /* by the label; none = without end */
    tns_day use_by;  /* the sooner of that and the months after opening */
    char place[TNS_PLACE_SIZE];
    bool sterile, quarantined, recalled; /* of the lot */
    bool retired;                        /* of the product */
    tns_bottle_status status;            /* on the day that was asked for */
    int64_t tare_mg;                     /* of the empty bottle; 0 = not known */
    int64_t drop_nl;                     /* a drop, in nanoliters */
    int density_mg_ml, pao_months;
} tns_bottle;

/* The last good day: the sooner of the label's and the months after opening; none = without end. */
TNS_API tns_day tns_bottle_use_by(tns_day expires, tns_day opened, int pao_months);

/* What matters most on a day: recalled, quarantined, expired, empty, retired, ok, in that order. */
TNS_API tns_bottle_status tns_bottle_status_on(const tns_bottle *bottle, tns_day day);

/*
 * Why a bottle must not be used on a day: TNS_ERROR_RECALLED, _QUARANTINED, _EXPIRED, or
 * _NOT_STERILE of a diluent; TNS_OK.
 */
TNS_API tns_code tns_bottle_refusal(const tns_bottle *bottle, tns_day day);

/* The same by its `status`, on the day that this is of. */
TNS_API tns_code tns_bottle_refused(const tns_bottle *bottle);

/*
 * First expired, first out: what may be used on the day before what may not; then the opened, then
 * the earliest use_by, then the oldest receipt, then the lowest number. Sets their status too.
 */
TNS_API void tns_bottles_sort(tns_bottle *bottles, size_t count, tns_day day);

typedef struct tns_bottle_list {
    size_t count;
    tns_bottle *bottles; /* owned */
} tns_bottle_list;

typedef struct tns_stock_question {
    const char *product;        /* of this only; NULL = of all */
    bool with_empty;            /* those too in which nothing is left */
    bool expiring;              /* only those that are good no longer than ... */
    int within_days;            /* ... so many days from the day on */
    tns_day on;                 /* the day their status is of; none = today */
    const tns_context *context; /* its clock; NULL = the system's */
} tns_stock_question;

/* By number, or, of those expiring, the first to expire first. Finish the list in every case. */
TNS_API bool tns_stock_list(tns_stock *stock, const tns_stock_question *question,
                            tns_bottle_list *out, tns_error *err);
TNS_API void tns_bottle_list_finish(tns_bottle_list *list);

/* One bottle by its number, or a product by its id, as of today; TNS_ERROR_NO_SUCH for another. */
TNS_API bool tns_stock_bottle(tns_stock *stock, int64_t id, tns_bottle *out, tns_error *err);
TNS_API bool tns_stock_product(tns_stock *stock, const char *id, tns_product *out, tns_error *err);

/* What `use` would take first today. TNS_ERROR_NOT_ENOUGH where there is nothing of it at all. */
TNS_API bool tns_stock_next(tns_stock *stock, const char *product, tns_bottle *out, tns_error *err);

/* ---- the ledger ---- */

typedef enum tns_entry_kind {
    TNS_ENTRY_PRODUCT,
    TNS_ENTRY_LOT,
    TNS_ENTRY_RECEIVE,
    TNS_ENTRY_OPEN,
    TNS_ENTRY_USE,
    TNS_ENTRY_WASTE,
    TNS_ENTRY_COUNT,
    TNS_ENTRY_MOVE,
    TNS_ENTRY_QUARANTINE,
    TNS_ENTRY_RELEASE,
    TNS_ENTRY_RECALL,
    TNS_ENTRY_UNDO,
    TNS_ENTRY_INGREDIENT, /* of a product */
    TNS_ENTRY_CLIENT,
    TNS_ENTRY_ERASE, /* of a client */
    TNS_ENTRY_VISIT,
    TNS_ENTRY_POT,
    TNS_ENTRY_TERMS, /* of a product */
    TNS_ENTRY_ORDER,
    TNS_ENTRY_CARD,  /* of a client, put anew */
    TNS_ENTRY_RETIRE /* of a product */
} tns_entry_kind;

/* "product", "lot", "receive", .. */
TNS_API const char *tns_entry_kind_name(tns_entry_kind kind);

/* One line of the ledger; docs/shelf.md says what is hashed. It is of a product, a lot or a bottle;
   or of a client, a visit or a pot, whose number is in `sets`. */
typedef struct tns_entry {
    int64_t id;        /* 1, 2, 3 .. without gaps */
    int64_t operation; /* the id of the first entry of what was done in one step */
    int64_t time;      /* of the event, seconds since 1970 UTC; back-dated: noon of that day, UTC */
    int64_t recorded;  /* when it was written down */
    tns_day day;       /* of the event, where it happened */
    char actor[64];
    tns_entry_kind kind;
    char product[TNS_ID_SIZE]; /* "" unless it is of a product */
    int64_t lot;               /* the store's own number of the lot; 0 unless it is of a lot */
    int64_t bottle;            /* 0 unless it is of a bottle */
    int64_t amount;            /* what came (+) or went (-), microliters or pieces */
    char reason[TNS_REASON_SIZE];
    int64_t undoes; /* the entry that this one takes back; 0 = none */
    char sets[600]; /* the facts that hold from here on, a JSON object on one line; "" = none */
    unsigned char hash[TNS_HASH_SIZE]; /* SHA-256 over the hash before and all of the above */
} tns_entry;

/* Whom an entry is of, by `sets`: a pot, else a visit, else a client; all 0 = none of them. */
typedef struct tns_subject {
    int64_t client, visit, pot, order;
} tns_subject;

/* Reads `sets`; all 0 where it is "" or no JSON. */
TNS_API tns_subject tns_entry_subject(const tns_entry *entry);

/* What was done, where an entry's kind and amount do not say it: "booked", "sent", "3 came",
   "not recalled"; else "". 32 bytes hold it. */
TNS_API void tns_entry_deed(const tns_entry *entry, char *out, size_t size);

typedef struct tns_entry_list {
    size_t count;
    tns_entry *entries; /* owned */
} tns_entry_list;

/* Entries recorded at or after a time, oldest first. Finish the list in every case. */
TNS_API bool tns_stock_log(tns_stock *stock, int64_t since, tns_entry_list *out, tns_error *err);
TNS_API void tns_entry_list_finish(tns_entry_list *list);

typedef struct tns_stock_verification {
    int64_t entries;
    unsigned char head[TNS_HASH_SIZE]; /* the last entry's hash; zeros when there is none */
    /* Clients, none of them erased, whose card is not here: removed, or left behind by an export.
     */
    int64_t cards_missing;
} tns_stock_verification;

/*
 * Computes every hash anew, plays the ledger into an empty store, and compares all products, lots
 * and bottles. TNS_ERROR_TAMPERED names the first entry, or the figure, that is not right.
 */
TNS_API bool tns_stock_verify(tns_stock *stock, tns_stock_verification *out, tns_error *err);

/* ---- what is done ---- */

/* Who does it, when and why; zeroed: nobody in particular, today, without a word. */
typedef struct tns_stock_act {
    const char *actor;
    const char *reason;   /* why this, where that is asked for */
    const char *override; /* why in spite of a refusal; NULL = a refusal stands */
    tns_day on;           /* the day it happened; none = today; never later */
    bool dry_run;         /* all is tried, and nothing written */
    const tns_context *context;
} tns_stock_act;

/* What was done. */
typedef struct tns_stock_change {
    int64_t operation;
    tns_entry_list entries;
    tns_bottle_list bottles; /* those concerned, as they are now */
    tns_subject made;        /* a client, visit or pot that is new, or was changed */
    bool written;            /* false for a dry run */
    tns_warnings warnings;
} tns_stock_change;

/* NULL is taken. Of every call below: finish the change in every case. */
TNS_API void tns_stock_change_finish(tns_stock_change *change);

/* `density_mg_ml` 0 = 1000. An id that is taken is TNS_ERROR_CONFLICT. */
TNS_API bool tns_stock_add_product(tns_stock *stock, const tns_product *product,
                                   const tns_stock_act *act, tns_stock_change *out, tns_error *err);

typedef struct tns_delivery {
    const char *product;
    const char *lot; /* NULL = an internal lot, for the maker gave none */
    int bottles;     /* 1..1000 */
    int64_t amount;  /* in each */
    tns_day expires; /* none is for pieces only */
    bool sterile;
    const char *place; /* NULL = not stated */
    int64_t tare_mg;   /* of an empty bottle; 0 = not known */
    int64_t drop_nl;   /* 10000 to 200000; 0 = 40000: 25 drops a milliliter */
} tns_delivery;

/*
 * What arrives expired, or not sterile though a diluent, is booked with a warning, as is a lot that
 * differs from another by the case of letters alone. A lot that ever came keeps its label: another
 * expiry, or sterile or not, is TNS_ERROR_CONFLICT.
 */
TNS_API bool tns_stock_receive(tns_stock *stock, const tns_delivery *delivery,
                               const tns_stock_act *act, tns_stock_change *out, tns_error *err);

/* Refused as `use` is; TNS_ERROR_CONFLICT when it is open, or had not come by that day. */
TNS_API bool tns_stock_open_bottle(tns_stock *stock, int64_t bottle, const tns_stock_act *act,
                                   tns_stock_change *out, tns_error *err);

/*
 * Takes an amount, from as many bottles as it needs, first expired, first out, and opens what is
 * closed. `bottle` (0 = none) takes it from that one alone; unless that is the next one anyway, the
 * act has to have a reason. What must not be used is passed over, and refused by name where there
 * is not enough without it; with an override it is used last. TNS_ERROR_NOT_ENOUGH stands in any
 * case.
 */
TNS_API bool tns_stock_use(tns_stock *stock, const char *product, int64_t amount, int64_t bottle,
                           const tns_stock_act *act, tns_stock_change *out, tns_error *err);

/* The reason is one of "expired", "spill", "contaminated", "leftover", "patch-test". */
TNS_API bool tns_stock_waste(tns_stock *stock, int64_t bottle, int64_t amount,
                             const tns_stock_act *act, tns_stock_change *out, tns_error *err);

/* What is really there; the difference is booked, also when it is none. TNS_ERROR_CONFLICT where
 * something was booked for a later day; more than what came needs a reason. */
TNS_API bool tns_stock_count(tns_stock *stock, int64_t bottle, int64_t amount,
                             const tns_stock_act *act, tns_stock_change *out, tns_error *err);

/* What a bottle on the scales holds, by its tare and its product's density, to the nearest ul. */
TNS_API bool tns_bottle_weighed(const tns_bottle *bottle, int64_t gross_mg, int64_t *amount,
                                tns_error *err);

/* To another place, in the clinic's own words: "room 2". TNS_ERROR_USAGE for "" and NULL. */
TNS_API bool tns_stock_move(tns_stock *stock, int64_t bottle, const char *place,
                            const tns_stock_act *act, tns_stock_change *out, tns_error *err);

/*
 * Of a lot by its name; `product` may be NULL where only one product has a lot of that name. The
 * act has to have a reason. TNS_ERROR_CONFLICT when it is, or is not, in quarantine.
 */
TNS_API bool tns_stock_quarantine(tns_stock *stock, const char *lot, const char *product,
                                  const tns_stock_act *act, tns_stock_change *out, tns_error *err);
TNS_API bool tns_stock_release(tns_stock *stock, const char *lot, const char *product,
                               const tns_stock_act *act, tns_stock_change *out, tns_error *err);

/* Marks the lot and gives all its bottles, empty ones too. One that is marked is given again. */
TNS_API bool tns_stock_recall(tns_stock *stock, const char *lot, const char *product,
                              const tns_stock_act *act, tns_stock_change *out, tns_error *err);

/* The bottles alone; nothing is marked. */
TNS_API bool tns_stock_recall_list(tns_stock *stock, const char *lot, const char *product,
                                   tns_bottle_list *out, tns_error *err);

/*
 * Takes back the whole operation that an entry belongs to, once, with a reason. An opening stays
 * where more was taken from the bottle since. TNS_ERROR_CONFLICT: it is taken back already, takes
 * another back itself, or what came later stands on it.
 */
TNS_API bool tns_stock_undo(tns_stock *stock, int64_t entry, const tns_stock_act *act,
                            tns_stock_change *out, tns_error *err);

/* ---- whole stores ---- */

/* A copy, while others go on writing; a file that is there is not replaced. A `dry_run` writes
   nothing, and is refused what would be. */
TNS_API bool tns_stock_backup(tns_stock *stock, const char *path, bool dry_run, tns_error *err);

/* The ledger as CSV, which holds all but the clients' cards; *entries may be NULL. All or nothing;
 * a file that is there is not replaced. */
TNS_API bool tns_stock_export(tns_stock *stock, const char *path, int64_t *entries, tns_error *err);

/* Into an empty store: entries, numbers and hashes as they were, each checked. All or nothing. */
TNS_API bool tns_stock_import(tns_stock *stock, const char *path, bool dry_run, int64_t *entries,
                              tns_error *err);

/* What was written, or read; of a dry run, what would be. */
typedef struct tns_stock_copied {
    int64_t entries, cards, readings;
    int64_t until; /* the last entry was recorded, seconds since 1970; 0 = there is none */
    tns_warnings warnings;
} tns_stock_copied;

/*
 * All there is: the ledger, and in a file of its own (NULL = none) what may have to be forgotten,
 * the clients' cards with names, allergies and readings, which no entry tells of. Both are of one
 * moment. Whoever has `cards` has data on the health of people: it is made for its owner's eyes
 * alone. The ledger's file has none of it. Neither replaces a file; a `dry_run` writes nothing.
 */
TNS_API bool tns_stock_export_whole(tns_stock *stock, const char *path, const char *cards,
                                    bool dry_run, tns_stock_copied *out, tns_error *err);

/*
 * Both into an empty store, all or nothing; with no `path` the cards alone, into a store that has
 * their ledger and not them, of which `entries` is then. TNS_ERROR_FORMAT, with the line, for a
 * card or a reading that does not belong to the ledger's clients and visits, or of one who was
 * erased; what is here already is passed over, with a warning of each allergy that is not here;
 * TNS_ERROR_TAMPERED for a card of which the ledger has another digest, and for a ledger that is
 * not the one that its last line tells of; without such a line there is a warning.
 */
TNS_API bool tns_stock_import_whole(tns_stock *stock, const char *path, const char *cards,
                                    bool dry_run, tns_stock_copied *out, tns_error *err);

TNS_END_DECLS

#endif
