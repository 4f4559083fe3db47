/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the answer and its ranges share. */
#ifndef SKIN_ZONE_H
#define SKIN_ZONE_H

#include <tonsure/zone.h>

/* The colors of one question, be it as read or as drawn. */
typedef struct tns_zone_case {
    tns_spectrum dot, skin;
    double wanted; /* Y of the target */
    tns_viewing viewing;
    double n;
} tns_zone_case;

/* Whether density or width are asked for. */
bool tns_zone_is_sought(const tns_zone_request *request);

/* The coverage that gives the luminance wanted; 0 and 1 where the target is out of reach. */
double tns_zone_coverage(const tns_zone_case *given, tns_zone_reach *reach);

/* Fills in what is sought by a coverage. */
void tns_zone_fill(const tns_zone_request *request, double coverage, tns_zone_dots *dots);

/* The ranges, and the area's uncertainty. `zone` has its dots already. */
bool tns_zone_range_all(const tns_zone_request *request, const tns_zone_case *as_read,
                        tns_zone *zone, tns_error *err);

#endif
