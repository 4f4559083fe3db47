/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Visits of clients: booked, opened, closed or cancelled, in the ledger; and the readings taken on
 * a visit, or of its work so many days later, site by site, which are on the client's card and go
 * when it is erased.
 */
#ifndef TONSURE_VISIT_H
#define TONSURE_VISIT_H

#include <tonsure/stock.h>

TNS_BEGIN_DECLS

enum { TNS_RECIPE_TEXT_SIZE = 240, TNS_SITE_SIZE = 48 };

typedef enum tns_visit_kind {
    TNS_VISIT_S1, /* the first session of a course, */
    TNS_VISIT_S2,
    TNS_VISIT_S3, /* the third, or a later one */
    TNS_VISIT_TOUCH_UP
} tns_visit_kind;

typedef enum tns_visit_state {
    TNS_VISIT_BOOKED,
    TNS_VISIT_OPEN,
    TNS_VISIT_CLOSED,
    TNS_VISIT_CANCELLED
} tns_visit_state;

/* "s1", "s2", "s3", "touch-up"; "booked", "open", "closed", "cancelled". */
TNS_API const char *tns_visit_kind_name(tns_visit_kind kind);
TNS_API const char *tns_visit_state_name(tns_visit_state state);
/* False for a word that is none of them. */
TNS_API bool tns_visit_kind_parse(const char *word, tns_visit_kind *out);

typedef struct tns_visit {
    int64_t id; /* from 1; people say V31 */
    int64_t client;
    tns_day day; /* that it is booked for */
    tns_visit_kind kind;
    tns_visit_state state;
    int64_t area_mm2;                  /* to be treated; 0 = not stated */
    int64_t pot_ul;                    /* to be mixed; 0 = not stated */
    char recipe[TNS_RECIPE_TEXT_SIZE]; /* "carbon=3,diluent=42"; "" = not stated */
    int64_t opened, closed;            /* seconds since 1970 UTC; 0 = it is not */
} tns_visit;

typedef struct tns_visit_list {
    size_t count;
    tns_visit *visits; /* owned */
} tns_visit_list;

typedef struct tns_visit_question {
    int64_t client;   /* of this one only; 0 = of all */
    tns_day from, to; /* booked for these days, both included; none = without end */
    unsigned states;  /* a sum of 1u << state; 0 = all but the cancelled */
    bool present;     /* not of clients that were erased, who come no more */
} tns_visit_question;

/* ---- recipes ---- */

enum { TNS_RECIPE_PARTS_MAX = 12 };

/* A pigment's id, a product's, or "diluent", and how many parts of it by volume. */
typedef struct tns_recipe_share {
    char what[TNS_ID_SIZE];
    double share;
} tns_recipe_share;

typedef struct tns_recipe_parts {
    size_t count;
    tns_recipe_share parts[TNS_RECIPE_PARTS_MAX];
} tns_recipe_parts;

/*
 * "carbon=3, diluent=42"; TNS_ERROR_USAGE for anything else: a path, a name twice, no parts. What
 * is written is all that is kept of it: names and up to six digits, without blanks.
 */
TNS_API bool tns_recipe_parts_parse(const char *text, tns_recipe_parts *out, tns_error *err);
TNS_API bool tns_recipe_parts_add(tns_recipe_parts *parts, const char *what, double share,
                                  tns_error *err);
TNS_API bool tns_recipe_parts_write(const tns_recipe_parts *parts, char out[TNS_RECIPE_TEXT_SIZE],
                                    tns_error *err);

/* ---- listing, booking ---- */

/* By day, then by number. Finish the list in every case. */
TNS_API bool tns_visit_list_find(tns_stock *stock, const tns_visit_question *question,
                                 tns_visit_list *out, tns_error *err);
TNS_API void tns_visit_list_finish(tns_visit_list *list);

/* TNS_ERROR_NO_SUCH where there is none of that number. */
TNS_API bool tns_visit_find(tns_stock *stock, int64_t id, tns_visit *out, tns_error *err);

/*
 * Books what client, day, kind, area, pot and recipe say; the number is in the change. The day may
 * be any within ten years, a past one with a warning; the act's is that of the booking.
 * TNS_ERROR_CONFLICT for a client that was erased, TNS_ERROR_USAGE for what is no recipe; a part
 * that nothing on the shelf is gives a warning, or TNS_ERROR_USAGE where it has a blank, since it
 * may be a person's name. A booking is taken back by cancelling, or as any
 * operation.
 */
TNS_API bool tns_visit_book(tns_stock *stock, const tns_visit *visit, const tns_stock_act *act,
                            tns_stock_change *out, tns_error *err);

/*
 * From booked to open, from open to closed, from booked to cancelled; TNS_ERROR_CONFLICT else, and
 * for closing where a pot of the visit is not closed: what is left of it is not told yet.
 */
TNS_API bool tns_visit_open(tns_stock *stock, int64_t id, const tns_stock_act *act,
                            tns_stock_change *out, tns_error *err);
TNS_API bool tns_visit_close(tns_stock *stock, int64_t id, const tns_stock_act *act,
                             tns_stock_change *out, tns_error *err);
TNS_API bool tns_visit_cancel(tns_stock *stock, int64_t id, const tns_stock_act *act,
                              tns_stock_change *out, tns_error *err);

/* ---- readings ---- */

enum { TNS_READING_TEXT_MAX = 1 << 16 };

/*
 * What was read at a site. A photo stays where it is: its bytes' hash tells it again wherever it
 * lies, the hash of its path without telling what a path may tell.
 */
typedef struct tns_site_reading {
    int64_t id; /* the store's own */
    int64_t visit;
    char site[TNS_SITE_SIZE]; /* "donor-left", "crown" */
    int days;                 /* since the visit; above 0 it is a follow-up */
    int64_t recorded;         /* set when it is added */
    bool has_photo;
    unsigned char photo[TNS_HASH_SIZE], photo_path[TNS_HASH_SIZE]; /* SHA-256 */
    const char *record; /* of tonsure/reading/1, as JSON; of those listed, owned by the list. NULL
                           in a client's record where what is on the card cannot be read. */
} tns_site_reading;

typedef struct tns_site_reading_list {
    size_t count;
    tns_site_reading *readings; /* owned */
} tns_site_reading_list;

/* Of a visit, or (0) of all of a client's: by visit, days, number. Finish it in every case. */
TNS_API bool tns_visit_readings(tns_stock *stock, int64_t client, int64_t visit,
                                tns_site_reading_list *out, tns_error *err);
TNS_API void tns_site_reading_list_finish(tns_site_reading_list *list);

/*
 * Puts a reading on the card of the visit's client; *id may be NULL. TNS_ERROR_CONFLICT where the
 * client was erased, or the visit has not been opened.
 */
TNS_API bool tns_visit_add_reading(tns_stock *stock, const tns_site_reading *reading,
                                   const tns_stock_act *act, int64_t *id, tns_error *err);

/*
 * Takes what was read at a site so many days after a visit off the card again, photo hashes and
 * all; TNS_ERROR_NO_SUCH where nothing was.
 */
TNS_API bool tns_visit_drop_readings(tns_stock *stock, int64_t visit, const char *site, int days,
                                     const tns_stock_act *act, tns_error *err);

/* SHA-256 of bytes. */
TNS_API void tns_stock_hash(const void *bytes, size_t length, unsigned char out[TNS_HASH_SIZE]);

TNS_END_DECLS

#endif
