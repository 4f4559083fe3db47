/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Palettes as a person works with them: found by name, fitted to samples, taught by mixes, copied,
 * and what colors they reach. A shipped palette is never changed: the user's own copy of it is.
 */
#ifndef TONSURE_PALETTES_H
#define TONSURE_PALETTES_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/context.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/palette.h>
#include <tonsure/palette_records.h>
#include <tonsure/reading.h>

TNS_BEGIN_DECLS

/*
 * The palette in force, as tns_palette_find() finds it: the argument, else $TONSURE_PALETTE, else
 * "palette" of the user's config file ($XDG_CONFIG_HOME/tonsure/config.json), else "generic-smp".
 * The caller destroys it. NULL on failure.
 */
TNS_API tns_palette *tns_palette_choose(const char *name_or_path, tns_error *err);

/*
 * The shipped palettes and the user's own, by name, those too that cannot be read: `fault` tells
 * why. free() the array. NULL without memory.
 */
TNS_API tns_palette_entry *tns_service_palettes(size_t *count, tns_error *err);

/*
 * Writes a palette (as in tns_palette_choose) to a file: FILE.json in its own form, FILE.csv as a
 * table of K and S by band (tns_exchange_write_palette()), of which the warnings tell what it has
 * no place for. TNS_ERROR_USAGE for another name. All or nothing; a file of that name is replaced.
 */
TNS_API bool tns_service_palette_export(const char *palette, const char *path, bool dry_run,
                                        tns_palette_copy *out, tns_error *err);

/*
 * Puts a palette file, or such a table, once it has been checked, among the user's own, so that it
 * can be named: by `name`, NULL = its own. TNS_ERROR_USAGE where there is a palette of that name,
 * the user's or a shipped one, unless `force` is said, and for a name that is none of a file.
 */
TNS_API bool tns_service_palette_import(const char *file, const char *name, bool force,
                                        bool dry_run, tns_palette_copy *out, tns_error *err);

/*
 * Adds a bottle nobody measured: the modelled pigment of a Colour Index ("CI 77266", "77266") under
 * a name of its own. Needs an absolute palette by volume. `palette` as in tns_palette_choose. A
 * shipped palette is not changed: the user's copy of it is.
 */
TNS_API bool tns_service_palette_add(const char *palette, const char *color_index, const char *name,
                                     bool dry_run, tns_palette_change *out, tns_error *err);

/* Sets a pigment's drop size from a weighing such as "20=0.83g". */
TNS_API bool tns_service_palette_drop(const char *palette, const char *pigment, const char *weigh,
                                      bool dry_run, tns_palette_change *out, tns_error *err);

/* ---- fit ---- */

/* As a person asks; NULL is the command's default, which stands behind each. */
typedef struct tns_fit_order {
    const char *samples;    /* file, as tns_exchange_load_samples reads it */
    const char *output;     /* the palette's file; its name is the file's */
    const char *saunderson; /* "k1,k2", "fit", "k1,fit"; no correction */
    const char *specular;   /* of the readings: "included", "excluded"; excluded */
    const char *white;      /* of opaque samples alone; found by name, else by brightness */
    const char *basis;      /* of the amounts: "volume", "mass"; volume */
    const char *load_unit;  /* of the amounts of films; "ul/cm2" */
    const char *holdout;    /* "ID,ID" or "@FILE"; none */
    bool dry_run;           /* writes nothing */

    const char *into; /* a palette, as in tns_palette_choose, to put what is fitted into; none */
    const char *keep; /* "ID,ID": of its own pigments these stay, though they were fitted; none */
    /* "ID,ID": of those that both have, these are other bottles in the samples; none. On a relative
     * scale all others are thought to be the same, tie the scales, and are held to that. */
    const char *new_bottles;
} tns_fit_order;

/* Fits a palette to measured samples and writes it, all or nothing; of no `into`. */
TNS_API tns_fit *tns_service_fit(const tns_fit_order *order, const tns_context *context,
                                 tns_error *err);

/*
 * The same, but what was fitted is put into the palette `into` (NULL = as above), whose surface,
 * gloss and units are taken where the order names none. K, S and their errors of a pigment that it
 * has are replaced, and the rest of that bottle stays; one that it has not is added; its others and
 * its clear diluent are not touched. Written to `output`; NULL = to the palette itself, and the
 * user's own copy of a shipped one; `path` (of 1024) tells where. Fails with TNS_ERROR_USAGE where
 * K and S of the two do not mix, or what ties relative scales contradicts itself, saying why. The
 * caller calls tns_fit_into_finish().
 */
TNS_API tns_fit *tns_service_fit_into(const tns_fit_order *order, const tns_context *context,
                                      tns_fit_into *into, char *path, size_t size, tns_error *err);

/*
 * The same for a table that was read as colors alone (tns_exchange_are_colors): pigments that are
 * known are moved to the readings by strength, slope and a few smooth curves, and stand on the
 * palette in force in place of their own or behind it, as measured. A pigment's prior is,
 * in this order, the modelled one of the Colour Index named for it, the palette's own of that id,
 * the modelled one of the Colour Index that its id is; without one it is refused by name, and so
 * are readings that contradict it (TNS_ERROR_WRONG_INK). Of the order's options white, basis,
 * load_unit and a fitted k2 are refused: the palette in force has them.
 */
typedef struct tns_calibrate_order {
    const tns_fit_order *fit;
    const char *palette;              /* in force, as in tns_palette_choose */
    const char *viewing;              /* of a table that does not state it; NULL = as stated */
    const char *const *color_indices; /* "ID=CI 77266" */
    size_t color_index_count;
} tns_calibrate_order;

TNS_API tns_learn_record *tns_service_calibrate(const tns_calibrate_order *order,
                                                const tns_context *context, tns_error *err);

/* ---- ladder ---- */

/* As a person asks; NULL and 0 are the defaults of the command, which stand behind each. */
typedef struct tns_ladder_order {
    const char *palette;     /* as in tns_palette_choose: partners, drops, units */
    const char *pigment;     /* the bottle: an id of the palette, or a new one */
    const char *color_index; /* of a new one; nothing is known of it */
    const char *white;       /* an id; the palette's whitest */
    const char *black;       /* an id; the palette's blackest */
    bool opaque;             /* thick samples; films, unless the palette is relative */
    double load;             /* of a film; 2.4 */
    double minutes;          /* 15 */
    int drops;               /* in one mix; 24 */
    bool lab;                /* the table is for L*, a*, b*, not for spectra */
    const char *output;      /* of a plan the table, of a fit the palette; none */
    bool dry_run;            /* writes nothing */

    const char *samples;    /* the table filled in */
    const char *saunderson; /* as in tns_fit_order */
    const char *specular;
} tns_ladder_order;

/* Plans a ladder and writes its table. */
TNS_API bool tns_service_ladder_plan(const tns_ladder_order *order, tns_ladder_plan_record *out,
                                     tns_error *err);

/*
 * Fits the samples, behind the surface of the palette in force unless another is named, and shows
 * them beside the fit. The palette written is the one in force with the bottle replaced or added;
 * its Colour Index, drop size and so on stay. Where scale, unit or surface differ, a warning says
 * so, and it is of the ladder's pigments alone.
 */
TNS_API tns_ladder_result *tns_service_ladder_fit(const tns_ladder_order *order,
                                                  const tns_context *context, tns_error *err);

/* ---- learn ---- */

/* As a person asks; NULL = none. */
typedef struct tns_learn_order {
    const char *palette;            /* in force, as in tns_palette_choose */
    const char *const *corrections; /* files of tonsure/correct/1: what was put in, what was read */
    size_t correction_count;
    const char *recipe;   /* with `measured`: "carbon=3,white=20,diluent=10" */
    const char *unit;     /* of its amounts, as in tns_service_predict: proportions */
    const char *measured; /* a TARGET */
    const char *surface;  /* of that: "opaque" */
    const char *id;       /* of that, or of the one correction; numbered */
    const char *forget;   /* the id of a kept mix */
    bool dry_run;         /* writes nothing, and keeps nothing */
} tns_learn_order;

/*
 * Keeps what is new, and learns the palette anew from what it was before anything was learned and
 * from all mixes kept, so that none counts twice. Of mine.json this is in the folder mine.learned:
 * base.json, mixes.json, and every version, 1.json, 2.json .. A shipped palette is not changed: the
 * user's own of its name is. With three mixes or more, a palette that predicts left-out ones no
 * better than before is not written. NULL on failure.
 */
TNS_API tns_learn_record *tns_service_learn(const tns_learn_order *order,
                                            const tns_context *context, tns_error *err);

/* ---- gamut ---- */

/* As a person asks; NULL and 0 are the defaults of the command, which stand behind each. */
typedef struct tns_gamut_order {
    const char *palette;       /* as in tns_palette_choose */
    const char *surface;       /* "opaque" */
    const char *only;          /* ids separated by commas; all */
    const char *without;       /* none */
    const tns_reading *target; /* borrowed; none */
    int max_shade;             /* 40 */
    bool undiluted;            /* no diluent, whatever max_shade says */
    double cell;               /* 2.5 */
    const char *output;        /* the picture, SVG; none */
    bool dry_run;              /* writes nothing */
} tns_gamut_order;

/*
 * Computes the gamut, and writes the picture where one is asked for. Fails as tns_gamut_compute()
 * and, with a target, tns_gamut_find(). The caller destroys the record. NULL on failure.
 */
TNS_API tns_gamut_record *tns_service_gamut(const tns_gamut_order *order,
                                            const tns_context *context, tns_error *err);

/* A picture of a gamut, SVG in true colors: a*b* at several L*, and L*C* at several hues; free()
   it. NULL when out of memory. */
TNS_API char *tns_gamut_picture(const tns_gamut *gamut, const char *title);

TNS_END_DECLS

#endif
