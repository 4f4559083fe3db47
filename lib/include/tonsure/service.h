/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The use cases, composed from the other modules: the one door that the command and clinic software
 * go through. What a person types ("film:skin.json,1", "D65,A,F11", "carbon=3,diluent=42") is
 * understood here, so that every front end understands the same.
 */
#ifndef TONSURE_SERVICE_H
#define TONSURE_SERVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/adaptation.h>
#include <tonsure/context.h>
#include <tonsure/correct.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/healed.h>
#include <tonsure/match.h>
#include <tonsure/palette.h>
#include <tonsure/palette_records.h>
#include <tonsure/reading.h>
#include <tonsure/records.h>
#include <tonsure/skin_records.h>
#ifndef TNS_WITHOUT_STORE
#include <tonsure/stock.h>
#endif

TNS_BEGIN_DECLS

/*
 * A TARGET: "lab:L,a,b[@ILL/OBS]", "-" (a reading on standard input), a reading file, or a spectral
 * file (CSV, CGATS) with an optional "#sample".
 */
TNS_API bool tns_target_load(const char *target, tns_reading *out, tns_error *err);

/* "D65/10", "F11/2", "D65", or a lamp's file with an optional "/2" or "/10". */
TNS_API bool tns_viewing_parse(const char *text, tns_viewing *out, tns_error *err);

/*
 * What a person reads off a closed instrument: three numbers, "38.2 3.1 6.0", between blanks,
 * commas or semicolons; a decimal comma is understood where no comma stands between them.
 * `viewing` is a viewing's name; NULL = "D65/10".
 */
TNS_API bool tns_service_typed(const char *text, const char *viewing, tns_reading *out,
                               tns_error *err);

/* "FILE" or "FILE#SAMPLE" of a table as tns_exchange_parse_app reads it; `viewing` may be NULL. */
TNS_API bool tns_service_pasted(const char *target, const char *viewing, tns_reading *out,
                                tns_error *err);

/* The folder of kept calibrations below the user's data folder; false where there is no home. */
TNS_API bool tns_service_calibrations(char *path, size_t size);

/* The palette in force: the argument, else $TONSURE_PALETTE, else the user's config file, else
   "generic-smp". The caller destroys it. */
TNS_API tns_palette *tns_palette_choose(const char *name_or_path, tns_error *err);

/* ---- convert ---- */

typedef struct tns_convert_options {
    const char *to;   /* a viewing; NULL = D65/10 */
    bool spectrum;    /* estimate a spectrum when only a colour is known */
    const char *kind; /* the prior to estimate with: "skin", "hair", "pigment", "any"; NULL = by
                         `what` and site */
    bool adapt;       /* adapt the colour alone by `adaptation`, not through a spectrum */
    tns_adaptation adaptation;
} tns_convert_options;

/* The reading under another viewing, with warnings that say how. `options` may be NULL. */
TNS_API bool tns_service_convert(const tns_reading *reading, const tns_convert_options *options,
                                 tns_reading *out, tns_error *err);

/* ---- compare ---- */

typedef struct tns_compare_options {
    const char *illuminants; /* of the metamerism index; NULL = "A,F11" */
    bool adapt;              /* bring B under A's viewing by `adaptation` */
    tns_adaptation adaptation;
} tns_compare_options;

/*
 * B against the standard A. Colours under different viewings are TNS_ERROR_USAGE, unless both have
 * spectra (both are then seen under D65/10, or A's viewing) or `adapt` is asked for.
 */
TNS_API bool tns_service_compare(const tns_reading *a, const tns_reading *b,
                                 const tns_compare_options *options, tns_comparison *out,
                                 tns_error *err);

/* Two bare colours. */
TNS_API tns_comparison tns_compare_colors(const tns_color *a, const tns_color *b);

/*
 * The pairs of a CSV file with columns L1,a1,b1,L2,a2,b2 (in any order), under D65/10 by name only.
 * An array of *count, to be freed with free().
 */
TNS_API tns_comparison *tns_service_compare_pairs(const char *path, size_t *count, tns_error *err);

/* ---- surfaces, predict ---- */

/* What a person types as a surface. */
typedef struct tns_surfaces {
    size_t count;
    const tns_surface *surfaces; /* one, or of healed skin a list, each with the name as typed */
    const double *weights;       /* of each; NULL = alike */
    tns_healed *healed;          /* how they were drawn; NULL = not healed skin */
    tns_skin_fit skin;           /* of healed skin: the layers found for the reading */
    tns_surface *owned;
} tns_surfaces;

/*
 * "opaque", "film:BACKING,LOAD" or "healed:READING[,depth_mm=N][,deposit=N]", BACKING and READING
 * any TARGET: a load stands behind the last comma. NULL = "opaque". A reading that no layers of
 * skin give is refused with the reason (TNS_ERROR_RANGE). What can only be doubted is said in
 * `warnings`. `seed` draws the ways of healing.
 */
TNS_API bool tns_surfaces_parse(const char *text, const tns_palette *palette, uint64_t seed,
                                tns_surfaces *out, tns_warnings *warnings, tns_error *err);

/* Zeroed ones are taken, and left zeroed. */
TNS_API void tns_surfaces_finish(tns_surfaces *surfaces);

/* The same as one surface: of healed skin every figure at its median, which a warning says. */
TNS_API bool tns_surface_parse(const char *text, const tns_palette *palette, tns_surface *out,
                               tns_warnings *warnings, tns_error *err);

/*
 * The reading (D65/10, with spectrum) of a recipe such as "carbon=3,white=20,diluent=10": positive
 * amounts, `unit` "drops", "ml", "g" (or "0.05ml", as in a match: ml still); NULL = proportions by
 * the palette's amount basis. A diluent on an opaque surface is refused by name. In healed skin it
 * is the mean over the ways of healing, and their scatter is the uncertainty.
 */
TNS_API bool tns_service_predict(const tns_palette *palette, const char *recipe, const char *unit,
                                 const char *surface, tns_reading *out, tns_error *err);

/* ---- match ---- */

/* As a person asks; NULL and 0 are the defaults of the command, which stand behind each. */
typedef struct tns_match_order {
    const tns_palette *palette; /* borrowed */
    const tns_reading *target;  /* borrowed */
    const char *surface;        /* "opaque" */
    const char *illuminants;    /* "D65,A,F11" */
    const char *weights; /* "1,0.25,0.25" for the first three; "1,0,0" for an estimated target */
    /*
     * Words separated by commas, by default all and none. Each is a pigment's id or name, a Colour
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

/* ---- skin, zone ---- */

/*
 * Fits the layers of skin to a bare-skin reading. What is read of anything but skin is refused by
 * name; a reading that does not say is taken for skin.
 */
TNS_API bool tns_service_skin(const tns_reading *reading, tns_skin_record *out, tns_error *err);

/* As a person asks; NULL and 0 are the defaults of the command, which stand behind each. */
typedef struct tns_zone_order {
    const tns_reading *dot, *skin; /* borrowed */
    const tns_reading *target;     /* borrowed; none */
    double per_cm2;                /* sought, with a target */
    double diameter_mm;            /* 0.125, unless per_cm2 is there and it is sought */
    bool fresh;                    /* that is a fresh dot's, which shrinks */
    bool grid;                     /* dots in rows; at random */
    double yule_nielsen;           /* one's own; 1.7, anything from 1 to 2 */
    double area_cm2;               /* to count the dots of; none */
} tns_zone_order;

/*
 * The color of a dot and the tone of an area are never taken for each other: a reading whose `what`
 * says that it is of something else than its place is TNS_ERROR_USAGE, with the cure. One that does
 * not say is taken by its place, with a warning; as the target only while it looks like an area.
 * Out of reach by more than the readings may be wrong is no failure here: `failure` says it.
 */
TNS_API bool tns_service_zone(const tns_zone_order *order, tns_zone_record *out, tns_error *err);

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

/* ---- palettes ---- */

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

/* ---- names ---- */

/* "; near it: visit": the names that somebody may have meant who typed the word; "" = none is. */
TNS_API void tns_service_near(const char *word, const char *const *names, size_t count, char *text,
                              size_t size);

/* ---- the shelf ---- */

#ifndef TNS_WITHOUT_STORE

/*
 * The store in force: the argument, else $TONSURE_STORE, else the config file's "store", else
 * stock.db in the user's data folder, which TNS_STOCK_CREATE makes. TNS_STOCK_SCRATCH is for trying
 * what would make the store: it is empty and in memory, unless there is a store. The caller closes
 * it.
 */
TNS_API tns_stock *tns_service_stock(const char *asked, tns_stock_access how, tns_error *err);

/* Its file, there or not; false where nobody says and there is no data folder. */
TNS_API bool tns_service_store_path(const char *asked, char *out, size_t size);

/* "B17" or "17"; the number of an entry. */
TNS_API bool tns_service_bottle(const char *text, int64_t *out, tns_error *err);
TNS_API bool tns_service_entry(const char *text, int64_t *out, tns_error *err);

/* "2026-11-30", from when it begins in UTC, or "2026-11-30T09:15:00Z": seconds since 1970. */
TNS_API bool tns_service_since(const char *text, int64_t *out, tns_error *err);

/*
 * "0.15ml", "150ul", "3drops" of so many nanolitres each; "3pc" where `pieces` are counted.
 * Exactly, but for drops, which are taken to the nearest microlitre: half a microlitre is refused.
 */
TNS_API bool tns_service_amount(const char *text, bool pieces, int64_t drop_nl, int64_t *out,
                                tns_error *err);

/* "60d" or "60", "2w"; of "3m" the days of three mean months, 92. */
TNS_API bool tns_service_days(const char *text, int *out, tns_error *err);
TNS_API bool tns_service_months(const char *text, int *out, tns_error *err);

/* "23.41" or "23.41g", with unit "g", in thousandths; exactly. */
TNS_API bool tns_service_thousandths(const char *text, const char *unit, int64_t *out,
                                     tns_error *err);

/* "28.50" in hundredths. */
TNS_API bool tns_service_cents(const char *text, int64_t *out, tns_error *err);
/* The same for people, "-0.05" too. Gives `text`. */
TNS_API const char *tns_service_price(int64_t cents, char text[32]);
#endif

TNS_END_DECLS

#endif
