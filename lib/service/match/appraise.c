/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a reading's error, for odds. */
#include <math.h>
#include <string.h>

#include <tonsure/appraise.h>

#include "service/parts.h"

/* Of one standard deviation. */
static void stated_covariance(const tns_uncertainty *u, double out[6])
{
    if (u->has_covariance) {
        memcpy(out, u->covariance, 6 * sizeof *out);
        return;
    }
    const double L = u->L / u->k, a = u->a / u->k, b = u->b / u->k;
    const double diagonal[6] = {L * L, 0, 0, a * a, 0, b * b};
    memcpy(out, diagonal, sizeof diagonal);
}

static void add_moving_cost(const tns_uncertainty *cost, double out[6])
{
    out[0] += pow(cost->L / cost->k, 2);
    out[3] += pow(cost->a / cost->k, 2);
    out[5] += pow(cost->b / cost->k, 2);
}

bool tns_reading_covariance(const tns_reading *reading, const tns_spectrum *spectrum,
                            const tns_viewing *viewing, double out[6])
{
    bool moved = spectrum->reconstructed && !tns_viewing_is(viewing, &reading->color);
    memset(out, 0, 6 * sizeof *out);
    if (reading->has_uncertainty)
        stated_covariance(&reading->uncertainty, out);
    if (moved) {
        tns_uncertainty cost = tns_moving_cost(&reading->color, viewing, spectrum->prior);
        add_moving_cost(&cost, out);
    }
    return reading->has_uncertainty || moved;
}

bool tns_answer_appraise(const tns_match_answer *answer, const tns_lab *target,
                         const tns_context *context, tns_match *match, tns_error *err)
{
    double covariance[6];
    tns_appraise_terms terms = {.target = target};
    if (tns_reading_covariance(answer->target, &answer->request->target,
                               &answer->request->viewings[0], covariance))
        terms.target_covariance = covariance;
    if (!tns_match_appraise(answer->request, &terms, context, match, err))
        return false;
    if (terms.target_covariance && !answer->target->has_uncertainty)
        tns_warn(&match->odds_leave_out, "how well the target was read");
    return true;
}
