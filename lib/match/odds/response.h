/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the color of a recipe moves with each thing not known of it (doubt.h): a parabola through
 * three points of the full model, at 0 and at +-sqrt(3) of its deviation (the nodes of Gauss and
 * Hermite), for each surface. What two doubts do together beyond what each does alone is left out.
 *
 * The three curves of a pigment with a covariance hold all that its bands do to the color to first
 * order, and little of how they bend it; what they all bend it by on average is added.
 */
#ifndef MATCH_ODDS_RESPONSE_H
#define MATCH_ODDS_RESPONSE_H

#include "match/odds/doubt.h"
#include "match/panel.h"

typedef struct tns_parabola {
    double slope[3], bend[3]; /* of L*, a*, b*: slope z + bend z^2 */
} tns_parabola;

/* On one surface. */
typedef struct tns_curves {
    double still[3];  /* L*, a*, b* with nothing off */
    double start[3];  /* where the parabolas begin */
    tns_parabola *by; /* of each doubt */
} tns_curves;

typedef struct tns_response {
    const tns_match_request *request;
    const tns_panel *panel; /* of the request's surfaces */
    tns_pour pour;
    int count; /* of doubts */
    tns_doubt doubt[TNS_DOUBTS_MAX];
    tns_curves *on;          /* each surface; owned, as is: */
    tns_parabola *parabolas; /* theirs */
    bool knows_bands;        /* of a pigment in it, with a covariance */
    double *sights;          /* room to look at all surfaces; where bands are known: what is seen
                                with nothing off, then room to look again */
    tns_lab *labs;           /* with nothing off, then room to look again */
    double *apart;           /* room for a difference on each surface */
} tns_response;

/* How many numbers a look at all surfaces gives, band after band (tns_panel_each). */
size_t tns_response_sight(const tns_response *response);

/* Borrows the request and the panel. */
bool tns_response_init(tns_response *response, const tns_match_request *request,
                       const tns_panel *panel, const tns_recipe *recipe, tns_error *err);
void tns_response_finish(tns_response *response);

/* dE00 from the recipe to the recipe with one part's amount times `factor`, as the objective is
 * reduced over the surfaces. */
double tns_response_to_amount(const tns_response *response, int part, double factor);

/* Squared dE00 of one deviation of a doubt, mean over the surfaces. */
double tns_response_square(const tns_response *response, int doubt);

/* Squared dE00 from a color to what is seen with nothing off, mean over the surfaces. */
double tns_response_spread(const tns_response *response, tns_lab from);

/* What single surfaces show with nothing off (span.h); false only without memory. */
bool tns_response_span(const tns_response *response, tns_lab *low, tns_lab *high);

#endif
