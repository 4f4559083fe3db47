/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_qrng.h>

#include "match/odds/draws.h"

/* The middle of each of TNS_DRAWS equal shares. */
static void fill_quantiles(double *out)
{
    for (int i = 0; i < TNS_DRAWS / 2; i++) {
        out[i] = gsl_cdf_ugaussian_Pinv((i + 0.5) / TNS_DRAWS);
        out[TNS_DRAWS - 1 - i] = -out[i];
    }
}

static void fill_columns(tns_draws *draws, gsl_qrng *sobol)
{
    double quantile[TNS_DRAWS], point[TNS_DRAW_COLUMNS_MAX + 1] = {0};
    fill_quantiles(quantile);
    for (int n = 0; n < TNS_DRAWS; n++) {
        for (int c = 0; c < draws->columns; c++)
            draws->z[c * TNS_DRAWS + n] = quantile[(int)(point[c] * TNS_DRAWS)];
        draws->share[n] = (floor(point[draws->columns] * TNS_DRAWS) + 0.5) / TNS_DRAWS;
        gsl_qrng_get(sobol, point); /* begins with the second point; the first is the origin */
    }
}

bool tns_draws_init(tns_draws *draws, int columns, tns_error *err)
{
    gsl_qrng *sobol = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)columns + 1);
    draws->columns = columns;
    draws->z = malloc((size_t)columns * TNS_DRAWS * sizeof *draws->z);
    draws->share = malloc(TNS_DRAWS * sizeof *draws->share);
    bool done = sobol && draws->z && draws->share;
    if (done)
        fill_columns(draws, sobol);
    else
        tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %d columns of odds", columns);
    gsl_qrng_free(sobol);
    return done;
}

void tns_draws_finish(tns_draws *draws)
{
    free(draws->z);
    free(draws->share);
    draws->z = draws->share = NULL;
}

const double *tns_draws_column(const tns_draws *draws, int column)
{
    return draws->z + (size_t)column * TNS_DRAWS;
}
