/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The use cases, composed from the other modules: the one door that the command and clinic software
 * go through. What a person types ("film:skin.json,1", "D65/10", "carbon=3,diluent=42") is
 * understood here, so that every front end understands the same.
 *
 * Here is what all of them share: targets, surfaces, colors converted and compared, skin and areas.
 * By subject, and included here: palettes.h, matcher.h, shelf.h. Beside it: clinic.h (clients,
 * visits, pots), planner.h (orders), papers.h (labels, passports), course.h (follow-ups).
 */
#ifndef TONSURE_SERVICE_H
#define TONSURE_SERVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/adaptation.h>
#include <tonsure/context.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/healed.h>
#include <tonsure/matcher.h>
#include <tonsure/palette.h>
#include <tonsure/palettes.h>
#include <tonsure/reading.h>
#include <tonsure/records.h>
#include <tonsure/skin_records.h>
#ifndef TNS_WITHOUT_STORE
#include <tonsure/shelf.h>
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

/*
 * The folder of kept calibrations, $XDG_DATA_HOME/tonsure/calibrations, for tns_device_open();
 * false where there is neither that variable nor a home, or `size` is too small.
 */
TNS_API bool tns_service_calibrations(char *path, size_t size);

/* ---- convert ---- */

typedef struct tns_convert_options {
    const char *to;   /* a viewing; NULL = D65/10 */
    bool spectrum;    /* estimate a spectrum when only a color is known */
    const char *kind; /* the prior to estimate with: "skin", "hair", "pigment", "any"; NULL = by
                         `what` and site */
    bool adapt;       /* adapt the color alone by `adaptation`, not through a spectrum */
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
 * B against the standard A. Colors under different viewings are TNS_ERROR_USAGE, unless both have
 * spectra (both are then seen under D65/10, or A's viewing) or `adapt` is asked for.
 */
TNS_API bool tns_service_compare(const tns_reading *a, const tns_reading *b,
                                 const tns_compare_options *options, tns_comparison *out,
                                 tns_error *err);

/* Two bare colors. */
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

/* ---- names ---- */

/* "; near it: visit": the names that somebody may have meant who typed the word; "" = none is. */
TNS_API void tns_service_near(const char *word, const char *const *names, size_t count, char *text,
                              size_t size);

TNS_END_DECLS

#endif
