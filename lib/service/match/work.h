/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A match in the making: what was asked for, as numbers, and what came of it. */
#ifndef SERVICE_MATCH_WORK_H
#define SERVICE_MATCH_WORK_H

#include <tonsure/service.h>

struct tns_match_service {
    tns_reading target;
    tns_surfaces surfaces;
    tns_viewing viewings[TNS_VIEWINGS_MAX];
    tns_palette palette; /* with the drops asked for; else its pigments are NULL */
    int *pigments, *least_units, *room;
    bool *wanted, *unwanted; /* of each pigment, by --only and --without */
    tns_left_out *left_out;
    tns_match_request request;
    tns_match *match;
    tns_match_answer answer;
    tns_healed_span *spans; /* of each recipe in healed skin; else NULL */
    tns_warnings grave;     /* of what is advised: the first to be read */
    tns_warnings warnings;
};

/* Everything but the search: target, surfaces, pigments and limits of a zeroed one. */
bool tns_match_prepare(const tns_match_order *order, const tns_context *context,
                       tns_match_service *out, tns_error *err);

#endif
