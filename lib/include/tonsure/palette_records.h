/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of palettes, as in records.h: what is in them, how they were fitted and corrected, their
 * reach. */
#ifndef TONSURE_PALETTE_RECORDS_H
#define TONSURE_PALETTE_RECORDS_H

#include <stddef.h>

#include <tonsure/characterise.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/gamut.h>
#include <tonsure/ladder.h>
#include <tonsure/learn.h>
#include <tonsure/palette.h>
#include <tonsure/reading.h>
#include <tonsure/warnings.h>

TNS_BEGIN_DECLS

/* ---- tonsure/palettes/1 ---- */

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

/* ---- tonsure/palette-check/1 ---- */

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

/* ---- tonsure/palette-change/1 ---- */

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

/* ---- tonsure/palette-copy/1 ---- */

/* What an export or an import wrote, and where. */
typedef struct tns_palette_copy {
    char action[16]; /* "export", "import" */
    char palette[64];
    char path[1024];
    size_t pigments;
    bool replaced;         /* there was a file of that name, or is a shipped palette */
    bool written;          /* false with --dry-run */
    tns_warnings warnings; /* of what a table cannot carry */
} tns_palette_copy;
TNS_API char *tns_palette_copy_write(const tns_palette_copy *copy);
TNS_API bool tns_palette_copy_parse(const char *text, size_t length, const char *name,
                                    tns_palette_copy *out, tns_error *err);

/* ---- tonsure/fit/1 ---- */

/* `path` is the palette's file; `written` is false when it was only to be tried. */
TNS_API char *tns_fit_write(const tns_fit *fit, const char *path, bool written);

/* What became of one fitted pigment, on the palette that it was put into. */
typedef enum tns_put_how {
    TNS_PUT_ADDED,
    TNS_PUT_REPLACED, /* K, S and their errors; all else of the bottle stays */
    TNS_PUT_KEPT      /* the palette's own stays: as asked, or it is its diluent */
} tns_put_how;

typedef struct tns_fit_put {
    char pigment[TNS_ID_SIZE];
    tns_put_how how;
    tns_origin was; /* of the palette's own; unless added */
    double moved;   /* dE00 between the masstones of both, D65/10; NaN: added, or a diluent */
    /* How many times as strong (K and S) the fitted one is as the palette's own was, which no
     * masstone shows, and the deviation of its logarithm; NaN as above. */
    double strength, strength_sd;
    bool ties; /* the same bottle in both: with others it tells the scale; relative palettes */
} tns_fit_put;

/* A palette that a fit was put into. */
typedef struct tns_fit_into {
    char palette[64]; /* its name; "" = none: the fit is a palette of its own */
    size_t count;
    tns_fit_put *puts; /* owned; of each fitted pigment */
    size_t untouched;  /* the palette's others */
    /* Relative palettes: what was fitted was made so many times as strong, in the usual band, to be
     * on the palette's scale; and the deviation of its logarithm. Else 0. */
    double scale, scale_sd;
} tns_fit_into;

/* The same with `into`, unless that is NULL or of no palette. */
TNS_API char *tns_fit_write_into(const tns_fit *fit, const tns_fit_into *into, const char *path,
                                 bool written);
/* Frees what it holds. */
TNS_API void tns_fit_into_finish(tns_fit_into *into);

typedef struct tns_fit_record {
    char palette[64]; /* its name */
    char path[512];
    bool written;
    tns_palette_model model; /* what the record has of it: kind, scale, surface, amounts */
    size_t pigments;
    tns_fit fit; /* its palette is NULL: the palette's file has that */
    tns_fit_into into;
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
    /* Of the bottle's K and S, relative, median over the bands: what the readings leave open. NaN:
       there are too few to tell. */
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

TNS_END_DECLS

#endif
