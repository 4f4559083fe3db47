/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Courses of treatment: what follow-ups of healed work teach the next match. As in service.h. */
#ifndef TONSURE_COURSE_H
#define TONSURE_COURSE_H

#include <tonsure/course_records.h>
#include <tonsure/service.h>

TNS_BEGIN_DECLS

/* Follow-ups read sooner than this are of skin that has not healed (epidermal turnover: 4 to 6
   weeks), and teach nothing. */
enum { TNS_HEALED_DAYS = 28 };

typedef struct tns_course_order {
    const tns_palette *palette; /* of the pigments in the pots; borrowed */
    size_t visit_count;         /* of these visits only, those of one hand; 0 = of all */
    const int64_t *visits;      /* borrowed */
    /* How the dots of areas were planned; 0 = not known: then areas teach nothing. */
    double per_cm2, diameter_mm;
    tns_dots_order dots;
    double yule_nielsen; /* 0 = TNS_YULE_NIELSEN */
} tns_course_order;

/*
 * Of every follow-up that is on a client's card: a healed dot teaches with the bare skin of the
 * same client (of the same visit and site sooner than of others) and the pot that was mixed for its
 * visit; the mean of an area, with that skin and a healed dot of the same visit. What lacks one of
 * them is passed over, and says so. Finish the outcome in every case.
 */
TNS_API bool tns_service_course_learned(tns_stock *stock, const tns_course_order *order,
                                        tns_course_learned *out, tns_error *err);

TNS_END_DECLS

#endif
