/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records: values as JSON text and back. docs/formats.md describes them, docs/schema/ has a JSON
 * Schema of each. A record's number rises when a field changes meaning.
 *
 * Every `write` gives a text that ends in a newline, to be freed with free(), or NULL when out of
 * memory.
 *
 * Every `parse` reads `length` bytes of a text; `name` stands for its file in errors, which say
 * where a fault is: "m.json: recipes[0].parts[1].ml: expected a number, found a text". Members it
 * does not know are passed over; what may be absent and is, is 0 or "". It fails on text that is
 * not JSON, on another schema (TNS_ERROR_UNSUPPORTED), and on a member that is missing, of the
 * wrong kind or outside reason.
 */
#ifndef TONSURE_RECORDS_H
#define TONSURE_RECORDS_H

#include <stddef.h>
#include <stdint.h>

#include <tonsure/adaptation.h>
#include <tonsure/correct.h>
#include <tonsure/difference.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/healed.h>
#include <tonsure/match.h>
#include <tonsure/palette.h>
#include <tonsure/reading.h>
#include <tonsure/surface.h>
#include <tonsure/warnings.h>

TNS_BEGIN_DECLS

/* ---- tonsure/reading/1 ---- */

TNS_API char *tns_reading_write(const tns_reading *reading);

/*
 * Fails too with neither spectrum nor lab. Reflectance -0.02..1.3, L* 0..100, or -20..115 beside a
 * spectrum, a* b* -150..150.
 */
TNS_API bool tns_reading_parse(const char *text, size_t length, const char *name, tns_reading *out,
                               tns_error *err);

/* ---- tonsure/compare/1 ---- */

/* B against the standard A. */
typedef struct tns_comparison {
    tns_color a, b;
    double de76, de94, cmc, de00, hyab; /* CMC 2:1, dE94 graphic arts */
    tns_difference difference;          /* B - A */
    double ita_a, ita_b;                /* degrees */
    size_t metamerism_count;            /* 0 unless both have spectra */
    char metamerism_illuminant[TNS_VIEWINGS_MAX][TNS_NAME_SIZE];
    double metamerism[TNS_VIEWINGS_MAX];
    tns_warnings warnings;
} tns_comparison;

TNS_API char *tns_comparison_write(const tns_comparison *comparison);
TNS_API bool tns_comparison_parse(const char *text, size_t length, const char *name,
                                  tns_comparison *out, tns_error *err);

/* {"schema":"tonsure/comparisons/1","pairs":[..]} */
TNS_API char *tns_comparisons_write(const tns_comparison *comparisons, size_t count);

/* An array of *count (a million at most; 0 gives an array too), to be freed with free(). */
TNS_API tns_comparison *tns_comparisons_parse(const char *text, size_t length, const char *name,
                                              size_t *count, tns_error *err);

/* ---- tonsure/match/1 ---- */

/* A pigment, or diluent, that was not to be used. */
typedef struct tns_left_out {
    char pigment[TNS_ID_SIZE];
    char why[120]; /* "named", "has CI 77491", "contains Iron(III) oxide, CAS 1309-37-1" */
} tns_left_out;

/* What keeps a match from a target that the shelf would reach: the person's own limits. */
typedef struct tns_held {
    char options[80]; /* "--max-pigments", "--only and --max-pigments"; "" = nothing of the kind */
    double de00;      /* what real amounts come to without them, under the first viewing */
} tns_held;

/*
 * Whether the best recipe heals bluer than the target: steps in b* under the first viewing, of the
 * mean over the ways of healing.
 */
typedef struct tns_blue_risk {
    bool known;             /* on healed skin */
    double db;              /* of the recipe from the target; negative = bluer */
    double db_low, db_high; /* 5 % and 95 % of the ways */
    double by_depth;        /* of that: the same recipe right below the epidermis, thinned until
                               it is as light, is so much warmer */
    char cure[TNS_ID_SIZE]; /* a pigment that would lessen it; "" = no need, or there is none */
    double cure_share;      /* so much of it to 1 of the recipe's pigments, by the basis */
    double cured_db, cured_de00; /* what that comes to, if the model is right */
} tns_blue_risk;

/*
 * What single scalps may show of a recipe in healed skin: each of L*, a*, b* alone, 5 % and 95 % of
 * the ways of healing lie below.
 */
typedef struct tns_healed_span {
    tns_lab low, high;
} tns_healed_span;

/* A bottle that a pigment of the palette may be taken from. */
typedef struct tns_stocked_bottle {
    int pigment;
    int64_t bottle, ul;
    double cents_per_ml; /* of its product; 0 = not stated */
    char product[TNS_ID_SIZE], lot[TNS_ID_SIZE];
} tns_stocked_bottle;

/* What there is, good and safe for whom it is for: each array has one for each pigment. */
typedef struct tns_stocked {
    double pot_ml;      /* that it has to be enough for */
    bool *there;        /* there is some of it */
    double *most_share; /* of such a pot */
    int *favor;         /* opened, and first to expire: lower */
    char (*why)[120];   /* why there is none */
    size_t bottle_count;
    tns_stocked_bottle *bottles; /* of each pigment the first to be used first */
    tns_warnings warnings;       /* of products that nobody told what is in */
} tns_stocked;

/* An answered match: the question beside the answer. Everything pointed to is borrowed. */
typedef struct tns_match_answer {
    const tns_reading *target;
    const tns_match_request *request;
    const tns_match *match;
    const tns_left_out *left_out; /* what --without took off the palette */
    size_t left_out_count;
    tns_held held;
    double pot_ml;            /* that each recipe is made to fill at least; 0 = none */
    char sentence[400];       /* for a specialist: "Shade 14 of carbon black: close (dE 0.9), .." */
    const tns_healed *healed; /* on healed skin how it may heal, and the skin; else NULL */
    const tns_skin_fit *skin;
    const tns_healed_span *spans; /* of each recipe, under the first viewing; NULL = not healed */
    tns_blue_risk blue;
    size_t grave; /* so many of the match's warnings, the first, are of what may go wrong */
    const tns_stocked *stocked; /* of a match of what is in stock; else NULL */
} tns_match_answer;

/*
 * What a pot of a recipe would be taken from, were it mixed now: so many microliters of each
 * bottle. `out` has room for as many as are in stock; how many they are, 0 of a match of anything.
 */
TNS_API size_t tns_match_lots(const tns_match_answer *answer, const tns_recipe *recipe,
                              tns_stocked_bottle *out);

/* `failure` (may be NULL) becomes the member "error", for --require-tolerance. */
TNS_API char *tns_match_write(const tns_match_answer *answer, const tns_error *failure);

/*
 * What the record holds, without the palette it came from: pigments are named by their ids there,
 * and each value is as rounded in the record.
 */
typedef struct tns_part_record {
    char pigment[TNS_ID_SIZE];
    int units;       /* "drops" in the record; 0 = to be measured, in best_parts, real amounts */
    double fraction; /* share of the mixed liquid, diluent included */
    double ml, g;    /* 0 in best_parts */
} tns_part_record;

/* A bottle that a pot of the recipe would be taken from, when it was matched. */
typedef struct tns_lot_record {
    char pigment[TNS_ID_SIZE], product[TNS_ID_SIZE], lot[TNS_ID_SIZE];
    int64_t bottle, ul;
} tns_lot_record;

typedef struct tns_recipe_record {
    size_t part_count;
    tns_part_record parts[TNS_PARTS_MAX];
    bool has_diluent; /* then these two say which and how much */
    tns_part_record diluent;
    int shade;         /* N of N:1 */
    double real_shade; /* the same; of a search with real amounts not rounded */
    double objective;
    size_t viewing_count;
    char illuminant[TNS_VIEWINGS_MAX][TNS_NAME_SIZE]; /* the first is the main one */
    double de00[TNS_VIEWINGS_MAX];
    double metamerism;
    tns_reading predicted;
    bool has_span; /* in healed skin */
    tns_healed_span span;
    char confidence; /* 'A', 'B' or 'C' */
    double rounding_loss;
    bool has_odds;
    tns_odds odds; /* one_more in the order of the parts */
    bool distinct;
    double cost; /* 0 = unknown */
    size_t lot_count;
    tns_lot_record *lots; /* of a match of what is in stock; owned by the match's record */
    tns_warnings warnings;
} tns_recipe_record;

/* Of healed skin: how it may heal, and the layers it was taken for. */
typedef struct tns_healed_record {
    tns_healing low, median, high; /* each figure alone: 5 %, 50 %, 95 % of its range */
    tns_skin skin;
    double fit_de00, ita; /* of the skin's fit, as in tns_skin_fit */
    char note[240];       /* what the forecast leaves out */
} tns_healed_record;

typedef struct tns_surface_record {
    tns_surface_kind kind;
    char name[64];
    double load; /* of a film, in load_unit */
    char load_unit[24];
    size_t count; /* of surfaces matched at once; the others are not in the record */
    tns_healed_record healed;
} tns_surface_record;

/* What a recipe had to keep besides its color. */
typedef struct tns_least_record {
    char pigment[TNS_ID_SIZE];
    int units; /* none of it, or at least so many */
} tns_least_record;

typedef struct tns_limits_record {
    size_t least_count;
    tns_least_record *least; /* owned by the record; what is not named has 1 */
    double max_cost;         /* per ml of mixed liquid; 0 = any */
    bool never_darker;
} tns_limits_record;

typedef struct tns_match_record {
    tns_reading target;
    bool has_wanted; /* older records have none */
    tns_reading
        wanted; /* the target as it was matched: its spectrum, its color by the first lamp */
    char palette[64];
    char palette_version[24]; /* "" = not stated */
    tns_surface_record surface;
    tns_unit unit;                                   /* size 0 with drops */
    double pot_ml;                                   /* that each recipe fills at least; 0 = none */
    size_t weight_count;                             /* 0 = not in the record */
    char weight_of[TNS_VIEWINGS_MAX][TNS_NAME_SIZE]; /* an illuminant's name */
    double weight[TNS_VIEWINGS_MAX];
    char sentence[400];
    tns_search search;
    tns_limits_record limits;
    size_t left_out_count;
    tns_left_out *left_out; /* owned by the record, as the recipes */
    size_t recipe_count;
    tns_recipe_record *recipes; /* best first; owned by the record */
    double best_objective;      /* with real amounts instead of whole units */
    size_t best_part_count;
    tns_part_record best_parts[TNS_PARTS_MAX];
    bool in_gamut, within_tolerance;
    tns_held held; /* options "" = nothing of the kind */
    tns_blue_risk blue;
    double tolerance, darker_step; /* of the odds; 0 = there are none */
    tns_warnings odds_leave_out;
    tns_choices choices;
    tns_missing missing; /* text "" = nothing */
    tns_warnings warnings;
    tns_error failure; /* TNS_OK = no member "error" */
} tns_match_record;

/* The caller destroys the record. */
TNS_API tns_match_record *tns_match_parse(const char *text, size_t length, const char *name,
                                          tns_error *err);

/* NULL is taken. */
TNS_API void tns_match_record_destroy(tns_match_record *match);

/* ---- tonsure/correct/1 ---- */

/* An answered correction. Everything pointed to is borrowed. */
typedef struct tns_correct_answer {
    const tns_reading *measured, *target;
    const tns_pot_request *request;
    const tns_pot_correction *correction;
    const tns_left_out *left_out; /* what --without says not to add */
    size_t left_out_count;
    char sentence[480]; /* for a specialist: "Add 2 drops of white: very close (dE 0.6); .." */
} tns_correct_answer;

/* `failure` (may be NULL) becomes the member "error": a wrong ink, or --require-tolerance. */
TNS_API char *tns_correct_write(const tns_correct_answer *answer, const tns_error *failure);

/* What the record holds, without the palette, as of a match. */
typedef struct tns_pot_part_record {
    char pigment[TNS_ID_SIZE];
    double nominal, effective; /* in the measure of the unit */
    double factor, factor_sd, spread;
} tns_pot_part_record;

typedef struct tns_addition_record {
    size_t part_count; /* 0 = nothing is added */
    tns_part_record parts[TNS_PARTS_MAX];
    int units;
    double ml, shade; /* of the pot with it; shade 0 where dilution does not matter */
    tns_pot_odds odds;
    bool equally_good;
    double objective;
    double de00[TNS_VIEWINGS_MAX]; /* by the record's illuminants */
    tns_reading predicted;
} tns_addition_record;

typedef struct tns_correct_record {
    tns_reading measured, target;
    char palette[64];
    tns_surface_record surface;
    tns_unit unit; /* size 0 with drops */
    char sentence[480];
    bool refused;
    char reason[240];          /* "" unless refused */
    char suspect[TNS_ID_SIZE]; /* "" = none */
    double suspect_amount;
    size_t part_count;
    tns_pot_part_record parts[TNS_PARTS_MAX]; /* what was put in, and what it acts like */
    bool from_color;                          /* only a color was read */
    tns_pot_residual residual;
    size_t viewing_count;
    char illuminant[TNS_VIEWINGS_MAX][TNS_NAME_SIZE]; /* the first is the main one */
    double measured_de00[TNS_VIEWINGS_MAX];
    double ml, shade;            /* of the pot as it is */
    tns_addition_record nothing; /* what the model says of it */
    size_t addition_count;
    tns_addition_record *additions; /* the advised one first; owned by the record */
    double margin;
    size_t pigments; /* that might be added, the diluent apart */
    uint64_t evaluated;
    bool exact;
    size_t left_out_count;
    tns_left_out *left_out; /* owned by the record */
    bool within_tolerance, better_with_more, thinner_is_nearer;
    tns_warnings warnings;
    tns_error failure; /* TNS_OK = no member "error" */
} tns_correct_record;

/* The caller destroys the record. */
TNS_API tns_correct_record *tns_correct_parse(const char *text, size_t length, const char *name,
                                              tns_error *err);

/* NULL is taken. */
TNS_API void tns_correct_record_destroy(tns_correct_record *record);

/* ---- errors ---- */

/* {"error":{"code":"chart-refused","text":".."}} */
TNS_API char *tns_error_write(const tns_error *err);

/* The error that was written, in `out`; why it cannot be read, in `err`. */
TNS_API bool tns_error_parse(const char *text, size_t length, const char *name, tns_error *out,
                             tns_error *err);

TNS_END_DECLS

#endif
