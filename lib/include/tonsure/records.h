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
#include <tonsure/characterise.h>
#include <tonsure/correct.h>
#include <tonsure/difference.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/gamut.h>
#include <tonsure/healed.h>
#include <tonsure/ladder.h>
#include <tonsure/learn.h>
#include <tonsure/match.h>
#include <tonsure/palette.h>
#include <tonsure/reading.h>
#include <tonsure/skin.h>
#ifndef TNS_WITHOUT_STORE
#include <tonsure/stock.h>
#endif
#ifndef TNS_WITHOUT_PHOTO
#include <tonsure/card.h>
#include <tonsure/photo.h>
#endif
#include <tonsure/surface.h>
#include <tonsure/warnings.h>
#include <tonsure/zone.h>

TNS_BEGIN_DECLS

/* ---- tonsure/reading/1 ---- */

TNS_API char *tns_reading_write(const tns_reading *reading);

/* Fails too with neither spectrum nor lab. Reflectance -0.02..1.3, L* 0..100, a* b* -150..150. */
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
    tns_blue_risk blue;
} tns_match_answer;

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
    char confidence; /* 'A', 'B' or 'C' */
    double rounding_loss;
    bool has_odds;
    tns_odds odds; /* one_more in the order of the parts */
    bool distinct;
    double cost; /* 0 = unknown */
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

/* What a recipe had to keep besides its colour. */
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
    char palette[64];
    tns_surface_record surface;
    tns_unit unit; /* size 0 with drops */
    char sentence[320];
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
    bool from_color;                          /* only a colour was read */
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

/* ---- tonsure/skin/1 ---- */

/* A bare-skin reading and the layers fitted to it. */
typedef struct tns_skin_record {
    tns_reading reading;
    tns_skin_fit fit;
    double interval[6][2];  /* of each figure, in the order of fit.spread: about 95 % */
    double ita_uncertainty; /* degrees, k = 2; 0 = the reading states none */
} tns_skin_record;

TNS_API char *tns_skin_record_write(const tns_skin_record *record);
TNS_API bool tns_skin_record_parse(const char *text, size_t length, const char *name,
                                   tns_skin_record *out, tns_error *err);

/* ---- tonsure/zone/1 ---- */

typedef enum tns_zone_sought {
    TNS_SOUGHT_NOTHING,
    TNS_SOUGHT_DENSITY,
    TNS_SOUGHT_DIAMETER
} tns_zone_sought;

typedef struct tns_zone_record {
    char sentence[600]; /* for a specialist: "120 dots per cm2 of 0.15 mm cover 2.1 %; .." */
    tns_reading dot, skin;
    bool has_target;
    tns_reading target;
    tns_zone_sought sought;
    tns_dots_order order;
    double diameter_spread; /* one standard deviation, relative */
    double n, n_least, n_most;
    bool n_is_own; /* from one's own follow-ups; else from print, uncalibrated */
    tns_zone zone;
    double area_cm2; /* 0 = not asked for */
    double dots;     /* in that area; INFINITY out of reach */
    tns_warnings warnings;
    tns_error failure; /* TNS_OK = no member "error" */
} tns_zone_record;

TNS_API char *tns_zone_record_write(const tns_zone_record *record);
TNS_API bool tns_zone_record_parse(const char *text, size_t length, const char *name,
                                   tns_zone_record *out, tns_error *err);

/* ---- tonsure/photo/1 ---- */

#ifndef TNS_WITHOUT_PHOTO

/* `failure` (may be NULL) becomes the member "error", for a refused chart. */
TNS_API char *tns_photo_write(const tns_photo *photo, const tns_error *failure);

/*
 * `failure` (may be NULL) is filled from the member "error", or becomes TNS_OK. What the record
 * does not hold is 0: the image's bits, orientation and own warnings. On failure `out` is empty;
 * tns_photo_finish() it in every case.
 */
TNS_API bool tns_photo_parse(const char *text, size_t length, const char *name, tns_photo *out,
                             tns_error *failure, tns_error *err);

/* ---- tonsure/chart/1, tonsure/charts/1 ---- */

TNS_API char *tns_chart_record_write(const tns_card *card);

/* tns_card_destroy() what is returned. */
TNS_API tns_card *tns_chart_record_parse(const char *text, size_t length, const char *name,
                                         tns_error *err);

/* A chart that is known by name. */
typedef struct tns_chart_entry {
    char name[32], word[32], title[80];
    int columns, rows;
    bool has_editions;
    double pitch_mm; /* 0 = not known */
} tns_chart_entry;

TNS_API char *tns_charts_write(const tns_chart_entry *entries, size_t count);

/* An array of *count (0 gives an array too), to be freed with free(). */
TNS_API tns_chart_entry *tns_charts_parse(const char *text, size_t length, const char *name,
                                          size_t *count, tns_error *err);
#endif

/* ---- tonsure/fit/1 ---- */

/* `path` is the palette's file; `written` is false when it was only to be tried. */
TNS_API char *tns_fit_write(const tns_fit *fit, const char *path, bool written);

typedef struct tns_fit_record {
    char palette[64]; /* its name */
    char path[512];
    bool written;
    tns_palette_model model; /* what the record has of it: kind, scale, surface, amounts */
    size_t pigments;
    tns_fit fit; /* its palette is NULL: the palette's file has that */
} tns_fit_record;

/* On failure `out` is empty; tns_fit_record_finish() it in every case. */
TNS_API bool tns_fit_parse(const char *text, size_t length, const char *name, tns_fit_record *out,
                           tns_error *err);
TNS_API void tns_fit_record_finish(tns_fit_record *record);

/* ---- tonsure/ladder-plan/1 ---- */

/* A plan and the table it was written to. */
typedef struct tns_ladder_plan_record {
    char palette[64];
    char part[TNS_LADDER_PARTS][TNS_ID_SIZE]; /* ids; "" = none */
    char known[TNS_ID_SIZE];                  /* the pigment it was planned after; "" = none */
    char load_unit[24];                       /* of films' amounts; "" when opaque: shares */
    tns_ladder ladder;
    char path[512]; /* of the table; "" = none was asked for */
    bool written;
} tns_ladder_plan_record;

TNS_API char *tns_ladder_plan_write(const tns_ladder_plan_record *plan);
TNS_API bool tns_ladder_plan_parse(const char *text, size_t length, const char *name,
                                   tns_ladder_plan_record *out, tns_error *err);

/* ---- tonsure/ladder/1 ---- */

/* One sample of a ladder: what was read beside what the fitted palette says; D65/10. */
typedef struct tns_ladder_row {
    char id[64];
    tns_color measured, predicted;
    double de00;
    double left_out; /* dE00 when its mix was left out of the fit; NaN = it was not */
    double leverage; /* 0..1 */
} tns_ladder_row;

typedef struct tns_ladder_result {
    char palette[64];
    char pigment[TNS_ID_SIZE];
    size_t count;
    tns_ladder_row *rows; /* owned by the result */
    tns_fit_summary fitted, left_out;
    /* Of the bottle's K and S, relative, median over the bands: what the readings leave open. */
    double K_sd, S_sd;
    char path[512]; /* of the palette; "" = none was asked for */
    bool written;
    tns_warnings warnings; /* what the data cannot tell */
} tns_ladder_result;

TNS_API char *tns_ladder_write(const tns_ladder_result *result);
/* The caller destroys the result. */
TNS_API tns_ladder_result *tns_ladder_parse(const char *text, size_t length, const char *name,
                                            tns_error *err);

/* NULL is taken. */
TNS_API void tns_ladder_result_destroy(tns_ladder_result *result);

/* ---- tonsure/learn/1 ---- */

/* A mix that was read, before and after its inks moved; colors under the viewing it was read in. */
typedef struct tns_learn_mix_record {
    char id[64];
    bool held_out;  /* it has taught nothing, as asked */
    bool set_aside; /* it has taught nothing, for nothing explains it */
    tns_color measured, before, after;
    double de00_before, de00_after;
    double de00_left_out, misfit; /* as in tns_learned_mix; NaN when held out */
} tns_learn_mix_record;

typedef struct tns_learn_ink_record {
    char pigment[TNS_ID_SIZE];
    char prior[128]; /* "generic-smp red-iron-oxide" */
    char color_index[16];
    size_t mixes;
    double K_factor[3], S_factor[3]; /* new over prior at 450, 550, 650 nm */
    double K_sd, S_sd;               /* relative, at 550 nm */
    double shift;                    /* as in tns_learned_ink */
} tns_learn_ink_record;

typedef struct tns_learn_record {
    char palette[64], version[24];
    size_t mix_count, ink_count;
    tns_learn_mix_record *mixes;                       /* owned by the record */
    tns_learn_ink_record *inks;                        /* likewise */
    tns_fit_summary before, after, left_out, held_out; /* count 0 = none */
    char path[512];                                    /* of the palette */
    bool written;
    tns_warnings warnings;
    tns_palette_model model; /* of the palette, and its pigments: for tns_fit_write_colors alone */
    size_t pigments;
} tns_learn_record;

/* tonsure/fit/1 of samples that were read as colors alone (tns_service_calibrate). */
TNS_API char *tns_fit_write_colors(const tns_learn_record *record);

TNS_API char *tns_learn_record_write(const tns_learn_record *record);
/* The caller destroys the record. */
TNS_API tns_learn_record *tns_learn_record_parse(const char *text, size_t length, const char *name,
                                                 tns_error *err);

/* NULL is taken. */
TNS_API void tns_learn_record_destroy(tns_learn_record *record);

/* ---- tonsure/mixes/1 ---- */

/* A mix that was made, read and kept, without the palette it came from. */
typedef struct tns_kept_mix {
    char id[64];
    char time[32]; /* of keeping it, ISO 8601 UTC; "" = unknown */
    size_t part_count;
    char pigment[TNS_MIX_PARTS_MAX][TNS_ID_SIZE];
    double amount[TNS_MIX_PARTS_MAX]; /* > 0, proportions by the palette's amount basis */
    bool film;                        /* else opaque */
    double load;                      /* of a film, diluent included */
    tns_reading backing;              /* of a film, with a spectrum */
    tns_reading measured;
} tns_kept_mix;

typedef struct tns_kept_mixes {
    size_t count;
    tns_kept_mix *mixes; /* owned */
} tns_kept_mixes;

TNS_API char *tns_kept_mixes_write(const tns_kept_mixes *mixes);
/* Destroy the mixes, whatever is returned; `out` is empty on failure. */
TNS_API bool tns_kept_mixes_parse(const char *text, size_t length, const char *name,
                                  tns_kept_mixes *out, tns_error *err);
TNS_API void tns_kept_mixes_destroy(tns_kept_mixes *mixes);

/* ---- tonsure/gamut/1 ---- */

typedef struct tns_gamut_slice {
    double L;
    size_t loop_count;
    tns_gamut_loop *loops;
} tns_gamut_slice;

/* What a shelf can reach, and perhaps how far a color is from it; D65/10. */
typedef struct tns_gamut_record {
    char palette[64];
    char surface[64]; /* as asked for */
    size_t pigments;  /* that may be mixed */
    double cell, volume;
    tns_lab least, most; /* of the box around it */
    size_t slice_count;
    tns_gamut_slice *slices; /* owned */
    bool has_target;
    tns_gamut_distance target; /* its pigments are named here: */
    char part[TNS_PARTS_MAX][TNS_ID_SIZE];
    char path[512]; /* of the picture; "" = none was asked for */
    bool written;
    tns_warnings warnings;
} tns_gamut_record;

TNS_API char *tns_gamut_record_write(const tns_gamut_record *record);
/* The caller destroys the record. The target's pigments have no index: -1. */
TNS_API tns_gamut_record *tns_gamut_record_parse(const char *text, size_t length, const char *name,
                                                 tns_error *err);

/* NULL is taken. */
TNS_API void tns_gamut_record_destroy(tns_gamut_record *record);

/* ---- the shelf: written only ---- */

#ifndef TNS_WITHOUT_STORE

/* tonsure/stock-change/1: what `action` ("receive", "use", ..) did. */
TNS_API char *tns_stock_change_write(const char *action, const tns_stock_change *change);

/* tonsure/stock-list/1; `within_days` -1 = not only what expires. */
TNS_API char *tns_stock_list_write(const tns_bottle_list *list, int within_days);

/* tonsure/stock-log/1; `bottles` are all there are, by number, for their units and lots. */
TNS_API char *tns_stock_log_write(const tns_entry_list *log, const tns_bottle_list *bottles);

/* tonsure/stock-recall/1; `written` = the lot was marked now. */
TNS_API char *tns_stock_recall_write(const char *lot, const tns_bottle_list *bottles, bool written);

/* tonsure/stock-verify/1; `failure` NULL = all is right. */
TNS_API char *tns_stock_verify_write(const tns_stock_verification *found, const tns_error *failure);

/* tonsure/stock-copy/1: of an "export", "import" or "backup"; `entries` -1 = not counted. */
TNS_API char *tns_stock_copy_write(const char *action, const char *path, int64_t entries,
                                   bool written);
#endif

/* ---- others ---- */

/* {"error":{"code":"chart-refused","text":".."}} */
TNS_API char *tns_error_write(const tns_error *err);

/* The error that was written, in `out`; why it cannot be read, in `err`. */
TNS_API bool tns_error_parse(const char *text, size_t length, const char *name, tns_error *out,
                             tns_error *err);

/* One palette as `palette list` shows it. */
typedef struct tns_palette_entry {
    char name[64];
    char place[16]; /* "shipped", "user" */
    char version[24];
    size_t pigments;
    bool absolute;
    tns_error fault; /* TNS_OK, or why it cannot be read: then the three above are empty */
} tns_palette_entry;

/*
 * {"schema":"tonsure/palettes/1","palettes":[..]}; those that cannot be read stand apart in
 * "broken", and the first one's fault is the member "error".
 */
TNS_API char *tns_palette_list_write(const tns_palette_entry *entries, size_t count);

/* An array of *count (0 gives an array too), the broken ones last, to be freed with free(). */
TNS_API tns_palette_entry *tns_palette_list_parse(const char *text, size_t length, const char *name,
                                                  size_t *count, tns_error *err);

/* {"schema":"tonsure/palette-check/1","name":..,"ok":true,..}; `failure` NULL = the palette is
 * good. */
TNS_API char *tns_palette_check_write(const char *name, const tns_palette *palette,
                                      const tns_error *failure);

/* The same, read. */
typedef struct tns_palette_check {
    char name[512]; /* the palette's, or the file's when it cannot be read */
    bool ok;
    size_t pigments;   /* 0 unless ok */
    tns_error failure; /* TNS_OK when ok */
} tns_palette_check;
TNS_API bool tns_palette_check_parse(const char *text, size_t length, const char *name,
                                     tns_palette_check *out, tns_error *err);

/* {"schema":"tonsure/palette-change/1",..}: what an add or a drop size changed, and where. */
typedef struct tns_palette_change {
    char palette[64];
    char pigment[TNS_ID_SIZE];
    char action[16]; /* "add", "drop" */
    double drop_ml;
    char path[512];
    bool written; /* false with --dry-run */
    tns_warnings warnings;
} tns_palette_change;
TNS_API char *tns_palette_change_write(const tns_palette_change *change);
TNS_API bool tns_palette_change_parse(const char *text, size_t length, const char *name,
                                      tns_palette_change *out, tns_error *err);

TNS_END_DECLS

#endif
