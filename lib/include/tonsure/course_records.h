/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of courses of treatment, as in records.h. */
#ifndef TONSURE_COURSE_RECORDS_H
#define TONSURE_COURSE_RECORDS_H

#include <tonsure/followup.h>
#include <tonsure/visit.h>

TNS_BEGIN_DECLS

/* A reading of healed work, and what it taught. */
typedef struct tns_course_followup {
    int64_t visit, client;
    char site[TNS_SITE_SIZE];
    int days; /* since the visit */
    tns_what what;
    int64_t pot;        /* that a dot is of; 0 = it is not known, or no dot */
    bool has_seen;      /* what is on the card could be read: */
    tns_lab seen;       /* D65/10 */
    bool has_forecasts; /* of a dot that taught: */
    double de00_before,
        de00_after;        /* of forecasts by the priors' medians, and by what was learned */
    char passed_over[200]; /* why it taught nothing; "" = it did */
} tns_course_followup;

/* What the healed work of one hand taught. */
typedef struct tns_course_learned {
    char palette[96];
    size_t count;
    tns_course_followup *followups; /* owned; by client, visit, days */
    size_t dots, areas;             /* of them that taught */
    tns_learned_healing healing;
    bool has_width; /* areas taught how wide dots count, for dots planned as follows */
    tns_learned_range width;
    tns_dots_order order;
    double per_cm2, diameter_mm, n;
    tns_warnings warnings;
} tns_course_learned;

/* tonsure/course-learned/1 */
TNS_API char *tns_course_learned_write(const tns_course_learned *learned);
/* Finish what was read in every case. */
TNS_API bool tns_course_learned_parse(const char *text, size_t length, const char *name,
                                      tns_course_learned *out, tns_error *err);
TNS_API void tns_course_learned_finish(tns_course_learned *learned);

TNS_END_DECLS

#endif
