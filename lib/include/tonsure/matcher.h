/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A match and a correction as a person asks for them, in words ("D65,A,F11", "30", "0.05ml"), and
 * the page for people of a match. How they are solved: match.h, correct.h. Their answers:
 * records.h.
 */
#ifndef TONSURE_MATCHER_H
#define TONSURE_MATCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/context.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/palette.h>
#include <tonsure/reading.h>
#include <tonsure/records.h>

TNS_BEGIN_DECLS

/* As a person asks; NULL and 0 are the defaults of the command, which stand behind each. */
typedef struct tns_match_order {
    const tns_palette *palette; /* borrowed */
    const tns_reading *target;  /* borrowed */
    const char *surface;        /* "opaque" */
    const char *illuminants;    /* "D65,A,F11" */
    const char *weights; /* "1,0.25,0.25" for the first three; "1,0,0" for an estimated target */
    /*
     * Words separated by commas, by default all and none. Each is a pigment's id or name, a Color
     * Index ("CI 77266", "77266"), or an ingredient by name or CAS number: every pigment that has
     * it. One that means nothing on the palette is an error that tells what is near it.
     */
    const char *only, *without;
    const char *unit;      /* "drops"; "0.05ml", "0.01g" */
    const char *drops;     /* "30", "exactly:20" */
    const char *min_drops; /* "2", "carbon-black=3,2": none of a pigment, or so many; one */
    const char *drop_ml;   /* "carbon-black=0.05,..": what a bottle's drop holds; the palette's */
    double pot_ml;         /* each recipe by the whole multiple that fills so much; once */
    double max_cost;       /* per ml of mixed liquid; any */
    int max_pigments;      /* 4 */
    int max_shade;         /* 40 */
    bool undiluted;        /* no diluent, whatever max_shade says */
    int top;               /* 10 */
    double tolerance;      /* 2.0 */
    int threads;           /* all cores */
    bool never_darker;
    bool continuous; /* real amounts: the best sets of pigments, whatever can be dispensed */
    const tns_stocked
        *stocked; /* only of what is there (tonsure/clinic.h); borrowed. NULL = of all */
} tns_match_order;

/* A solved order with everything its answer points to. */
typedef struct tns_match_service tns_match_service;

/*
 * Words of the order that are not understood are TNS_ERROR_USAGE and name the option; the search
 * fails as tns_match_solve(). The caller destroys the service. NULL on failure.
 */
TNS_API tns_match_service *tns_service_match(const tns_match_order *order,
                                             const tns_context *context, tns_error *err);

/* Borrowed from the service. */
TNS_API const tns_match_answer *tns_match_service_answer(const tns_match_service *service);

/* NULL is taken. */
TNS_API void tns_match_service_destroy(tns_match_service *service);

/*
 * A page for people (tns_match_report_write()), of the text of a match's record, into a file, all
 * or nothing; `name` stands for the record in errors, `seconds` (since 1970) is when it was made.
 * TNS_ERROR_USAGE for a file whose name does not end with .html. A `dry_run` makes the page and
 * writes nothing; it is refused what would be.
 */
TNS_API bool tns_service_match_report(const char *record, size_t length, const char *name,
                                      int64_t seconds, const char *path, bool dry_run,
                                      tns_error *err);

/* The same of a record in a file, "-" on standard input; its text, to free(). NULL on failure. */
TNS_API char *tns_service_match_report_of(const char *file, int64_t seconds, const char *path,
                                          bool dry_run, tns_error *err);

/* Whether a page may be written there: its name, and the folder; before a long search. */
TNS_API bool tns_service_page_check(const char *path, tns_error *err);

/* ---- correct ---- */

/* As a person asks; NULL and 0 are the defaults of the command, which stand behind each. */
typedef struct tns_correct_order {
    const tns_palette *palette;  /* borrowed */
    const char *recipe;          /* what is in the pot: "carbon=3,white=20,diluent=10" in units */
    const tns_reading *measured; /* borrowed: what the pot was read as */
    const tns_reading *target;   /* borrowed */
    const char *surface;         /* "opaque" */
    const char *illuminants;     /* "D65,A,F11" */
    const char *weights;         /* as in a match */
    const char *only;            /* what may be added, as in a match, a diluent among it; all */
    const char *without;         /* none */
    const char *drop_ml;         /* as in a match */
    const char *unit;            /* "drops"; with "0.05ml" the recipe is in ml, with "0.01g" in g */
    int drops;                   /* 10: units of pigment to add at most */
    int max_shade;               /* 40: to which the pot may be thinned */
    bool never_darker;           /* than the target, under the first lamp */
    int max_pigments;            /* 3: different ones to add at most */
    int top;                     /* 5 */
    double tolerance;            /* 2.0 */
    double noise;                /* 0.2: of a reading, one standard deviation, % of reflectance */
} tns_correct_order;

typedef struct tns_correct_service tns_correct_service;

/*
 * Fails as tns_service_match() and tns_pot_correct(). A reading that the pot's parts do not explain
 * is no failure: the correction is then refused. The caller destroys the service.
 */
TNS_API tns_correct_service *tns_service_correct(const tns_correct_order *order,
                                                 const tns_context *context, tns_error *err);

/* Borrowed from the service. */
TNS_API const tns_correct_answer *tns_correct_service_answer(const tns_correct_service *service);

/* NULL is taken. */
TNS_API void tns_correct_service_destroy(tns_correct_service *service);

TNS_END_DECLS

#endif
