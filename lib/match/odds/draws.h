/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Standard normal numbers spread evenly over many dimensions at once: the points of Sobol (GSL's,
 * after Antonov, Saleev, USSR Comput. Maths. Math. Phys. 19, 252 (1980)), brought to the normal
 * distribution. Each column takes the same quantiles, in an order of its own; the first columns are
 * spread most evenly together. One more column are shares, left as they are. Always the same
 * numbers.
 */
#ifndef MATCH_ODDS_DRAWS_H
#define MATCH_ODDS_DRAWS_H

#include <stdbool.h>

#include <tonsure/error.h>

enum { TNS_DRAWS = 1024, TNS_DRAW_COLUMNS_MAX = 40 };

typedef struct tns_draws {
    int columns;   /* at most TNS_DRAW_COLUMNS_MAX */
    double *z;     /* column after column, TNS_DRAWS each; owned */
    double *share; /* the last column: the middles of TNS_DRAWS equal shares of 1; as z */
} tns_draws;

bool tns_draws_init(tns_draws *draws, int columns, tns_error *err);
void tns_draws_finish(tns_draws *draws);

const double *tns_draws_column(const tns_draws *draws, int column);

#endif
