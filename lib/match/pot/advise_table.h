/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be added to a pot, a unit of each, and how far off the color of an addition may be. */
#ifndef MATCH_POT_ADVISE_TABLE_H
#define MATCH_POT_ADVISE_TABLE_H

#include "match/pot/additions.h"
#include "match/pot/advise.h"

/* Half a dE00 is what the eye begins to tell apart. */
#define TNS_MOST_MARGIN 0.5

typedef struct tns_advise_table {
    const tns_pot_job *job;
    tns_component *components; /* the problem's, and the diluent */
    tns_mix *units;
    double *ml;
    bool *dark;
    tns_additions additions;
} tns_advise_table;

bool tns_advise_table_init(tns_advise_table *t, const tns_pot_job *job, tns_error *err);
void tns_advise_table_finish(tns_advise_table *t);

/* One unit of what may be added, as it acts by a guess of the pot. */
tns_mix tns_advise_unit(const tns_advise_table *t, const tns_guess *guess, int component);

/* The pot with a pick added, of each so many units and (NULL = none) so many more. */
void tns_advise_mix(const tns_advise_table *t, const tns_pick *pick, const double *extra,
                    tns_coefficients *out);

/* What is not known of the pot moves the color by: squared dE00, one standard deviation. */
double tns_advise_pot_variance(const tns_advise_table *t, const tns_pick *pick, tns_lab still);

/* What the reading may be off as a whole: squared dE00, one standard deviation. */
double tns_advise_reading_variance(const tns_advise_table *t, tns_lab still);

/* Within so much of the best, by pot and pouring, another is as good: 0.1 to TNS_MOST_MARGIN.
 */
double tns_advise_margin(const tns_advise_table *t, const tns_pick *pick);

#endif
