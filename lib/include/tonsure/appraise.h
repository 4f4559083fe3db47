/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Appraise: what a match is worth. The odds of each recipe when drops scatter, the palette is known
 * so well and the target so well; which of the list is best by which measure; and, where the target
 * is out of reach, what the shelf lacks.
 *
 * The odds know nothing of how true the mixing model is, of how much ink is laid down, of skin and
 * of healing, and `odds_leave_out` of the match says so.
 */
#ifndef TONSURE_APPRAISE_H
#define TONSURE_APPRAISE_H

#include <stdbool.h>

#include <tonsure/colorimetry.h>
#include <tonsure/context.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/match.h>

TNS_BEGIN_DECLS

/* dE00 that is good enough where the request does not say. */
#define TNS_DEFAULT_TOLERANCE 2.0

/* A pour counts as darker when its L* is below the target's by more than this. */
#define TNS_DARKER_STEP 1.0

typedef struct tns_appraise_terms {
    /* The color that is wanted, under the request's first viewing; NULL = its target's. */
    const tns_lab *target;
    /* How well that is known: LL, La, Lb, aa, ab, bb of one standard deviation; NULL = exactly. */
    const double *target_covariance;
} tns_appraise_terms;

/*
 * Fills what `match` holds of this, which tns_match_solve leaves empty: odds, choices, missing,
 * odds_leave_out. `terms` may be NULL. The same numbers on every machine and with any number of
 * threads.
 */
TNS_API bool tns_match_appraise(const tns_match_request *request, const tns_appraise_terms *terms,
                                const tns_context *context, tns_match *match, tns_error *err);

TNS_END_DECLS

#endif
