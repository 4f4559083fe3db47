/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A reading: what an instrument, a photo, a file or a person says the color of something is, with
 * its uncertainty. A value; the record tonsure/reading/1 is its text.
 */
#ifndef TONSURE_READING_H
#define TONSURE_READING_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/colorimetry.h>
#include <tonsure/error.h>
#include <tonsure/estimate.h>
#include <tonsure/export.h>
#include <tonsure/spectrum.h>
#include <tonsure/warnings.h>

TNS_BEGIN_DECLS

/* What was read. The color of a dot and the mean of an area are different targets. */
typedef enum tns_what {
    TNS_WHAT_UNKNOWN,
    TNS_WHAT_DOT,
    TNS_WHAT_AREA,
    TNS_WHAT_SKIN,
    TNS_WHAT_STRAND,
    TNS_WHAT_INK
} tns_what;

typedef enum tns_hair {
    TNS_HAIR_UNKNOWN,
    TNS_HAIR_SHAVED,
    TNS_HAIR_CLIPPED,
    TNS_HAIR_WET,
    TNS_HAIR_LONG,
    TNS_HAIR_NONE
} tns_hair;

typedef enum tns_source_kind {
    TNS_SOURCE_UNKNOWN,
    TNS_SOURCE_INSTRUMENT,
    TNS_SOURCE_PHOTO,
    TNS_SOURCE_FILE,
    TNS_SOURCE_TYPED,
    TNS_SOURCE_PREDICTED /* computed by this library, not read */
} tns_source_kind;

typedef enum tns_specular {
    TNS_SPECULAR_UNKNOWN,
    TNS_SPECULAR_INCLUDED,
    TNS_SPECULAR_EXCLUDED
} tns_specular;

typedef struct tns_source {
    tns_source_kind kind;
    char driver[24];    /* of an instrument */
    char serial[40];    /* of an instrument */
    char geometry[16];  /* "45/0", "d/8" */
    char condition[8];  /* "M0".."M3" */
    double aperture_mm; /* 0 = unknown */
    tns_specular specular;
} tns_source;

/* Half widths of an interval at coverage factor k, in the units of the Lab axes. */
typedef struct tns_uncertainty {
    double L, a, b;
    double k;            /* 2 = about 95 % */
    bool has_covariance; /* of one standard deviation (k = 1): LL, La, Lb, aa, ab, bb */
    double covariance[6];
} tns_uncertainty;

typedef struct tns_repeats {
    int n;           /* readings taken */
    double max_de00; /* largest distance from their mean */
    int rejected;
} tns_repeats;

typedef struct tns_reading {
    char id[48];
    char time[32]; /* ISO 8601 UTC, "" = unknown */
    char site[32]; /* "donor-left"; "" = unknown */
    tns_what what;
    tns_hair hair;
    tns_source source;
    bool has_spectrum;
    tns_spectrum spectrum;
    bool has_color;
    tns_color color;
    bool has_uncertainty;
    tns_uncertainty uncertainty;
    bool has_between_visits; /* a photo's: how far the same place may move from visit to visit */
    tns_uncertainty between_visits;
    bool has_repeats;
    tns_repeats repeats;
    tns_warnings warnings;
} tns_reading;

/*
 * The viewing that a color names. A lamp that is not known is the fault of the file it was read
 * from: TNS_ERROR_FORMAT.
 */
TNS_API bool tns_color_viewing(const tns_color *color, tns_viewing *out, tns_error *err);

/*
 * The reading's color under `viewing`. A measured spectrum is re-integrated. A color alone is
 * passed on when it is under `viewing` already; else it goes through an estimated spectrum, and a
 * warning in `warnings` (may be NULL) says so. Fails when the reading has neither, or when the
 * color's own illuminant is not a known one.
 */
TNS_API bool tns_reading_color(const tns_reading *reading, const tns_viewing *viewing,
                               tns_color *out, tns_warnings *warnings, tns_error *err);

/* The reading's spectrum, estimated from its color when it has none (marked reconstructed). */
TNS_API bool tns_reading_spectrum(const tns_reading *reading, tns_spectrum *out, tns_error *err);

/*
 * What the two above estimate with. By `what`: skin and an area of it as skin, a strand as hair,
 * ink as pigment; a dot, which is ink or hair behind skin, as any. When that is not known,
 * whatever has a site or comes from a photo is skin (a client's, bare or with stubble), and the
 * rest any.
 */
TNS_API tns_prior tns_reading_prior(const tns_reading *reading);

/* The same with a prior of the caller's choice. */
TNS_API bool tns_reading_color_as(const tns_reading *reading, tns_prior prior,
                                  const tns_viewing *viewing, tns_color *out,
                                  tns_warnings *warnings, tns_error *err);
TNS_API bool tns_reading_spectrum_as(const tns_reading *reading, tns_prior prior, tns_spectrum *out,
                                     tns_error *err);

TNS_END_DECLS

#endif
