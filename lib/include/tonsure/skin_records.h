/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of skin and of tattooed zones, as in records.h. */
#ifndef TONSURE_SKIN_RECORDS_H
#define TONSURE_SKIN_RECORDS_H

#include <tonsure/dots.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/reading.h>
#include <tonsure/skin.h>
#include <tonsure/warnings.h>
#include <tonsure/zone.h>

TNS_BEGIN_DECLS

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

TNS_END_DECLS

#endif
