/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/difference.h>

#include "match/odds/rooted.h"
#include "match/pot/advise_table.h"

/* Relative scatter of one drop that is poured. */
static const double DROP_SCATTER = 0.05;
/* Below a tenth no instrument tells two readings apart. */
static const double LEAST_MARGIN = 0.1;

static tns_lab lab_of(const tns_advise_table *t, const tns_pick *pick, const double *extra)
{
    tns_coefficients mix;
    const tns_goal *goal = &t->job->problem.goal;
    tns_advise_mix(t, pick, extra, &mix);
    tns_spectrum seen = tns_additions_seen(&t->additions, &mix);
    return tns_lab_from_spectrum(&seen, &goal->viewings[0]);
}

static tns_lab lab_by(const tns_advise_table *t, const tns_guess *guess, const tns_pick *pick)
{
    tns_mix mix;
    tns_coefficients c;
    tns_pot_mix(&t->job->pot, guess->factor, guess->bottle, &mix);
    for (int i = 0; i < pick->count; i++) {
        tns_mix unit = tns_advise_unit(t, guess, pick->component[i]);
        tns_mix_add(&mix, pick->units[i], &unit);
    }
    tns_mix_coefficients(&mix, &c);
    tns_spectrum seen = tns_additions_seen(&t->additions, &c);
    return tns_lab_from_spectrum(&seen, &t->job->problem.goal.viewings[0]);
}

double tns_advise_pot_variance(const tns_advise_table *t, const tns_pick *pick, tns_lab still)
{
    double sum = 0;
    for (int n = 0; n < TNS_FEW_GUESSES; n++) {
        double de = tns_de00(still, lab_by(t, &t->job->guesses.all[n], pick));
        sum += de * de;
    }
    return sum / TNS_FEW_GUESSES;
}

static double pouring_variance(const tns_advise_table *t, const tns_pick *pick, tns_lab still)
{
    double sum = 0;
    for (int i = 0; i < pick->count; i++) {
        double extra[TNS_PARTS_MAX] = {0};
        extra[i] = DROP_SCATTER * sqrt(pick->units[i]);
        double de = tns_de00(still, lab_of(t, pick, extra));
        sum += de * de;
    }
    return sum;
}

double tns_advise_margin(const tns_advise_table *t, const tns_pick *pick)
{
    tns_lab still = lab_of(t, pick, NULL);
    double sd = sqrt(tns_advise_pot_variance(t, pick, still) + pouring_variance(t, pick, still));
    return fmin(fmax(sd, LEAST_MARGIN), TNS_MOST_MARGIN);
}

double tns_advise_reading_variance(const tns_advise_table *t, tns_lab still)
{
    double root[3][3], sum = 0;
    if (!t->job->request->measured_covariance)
        return 0;
    tns_root3(t->job->request->measured_covariance, root);
    for (int k = 0; k < 3; k++) {
        tns_lab moved = {still.L + root[k][0], still.a + root[k][1], still.b + root[k][2]};
        double de = tns_de00(still, moved);
        sum += de * de;
    }
    return sum;
}
