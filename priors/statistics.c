/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_eigen.h>

#include "color/numeric.h"
#include "statistics.h"

/* Nearer to 0 or 1 an instrument cannot tell, and the logarithm would make it all that counts. */
static const double CLOSEST = 0.002;

/* The chroma at which a spectrum counts as grey by 1/e. */
static const double GREY_CHROMA = 4;

typedef double square[TNS_BANDS][TNS_BANDS];

static double grey_weight(const tns_spectrum *spectrum, const tns_viewing *daylight)
{
    tns_lab lab = tns_lab_from_spectrum(spectrum, daylight);
    return exp(-(lab.a * lab.a + lab.b * lab.b) / (GREY_CHROMA * GREY_CHROMA));
}

void prior_add(prior_sums *sums, const tns_spectrum *spectrum, double weight,
               const tns_viewing *daylight)
{
    double z[TNS_BANDS], grey = weight * grey_weight(spectrum, daylight);
    for (int i = 0; i < TNS_BANDS; i++) {
        double r = fmin(fmax(spectrum->value[i], CLOSEST), 1 - CLOSEST);
        z[i] = log(r / (1 - r));
        sums->sum[i] += weight * z[i];
        sums->grey_sum[i] += grey * z[i];
    }
    for (int i = 0; i < TNS_BANDS; i++)
        for (int j = 0; j < TNS_BANDS; j++)
            sums->products[i][j] += weight * z[i] * z[j];
    sums->count += weight;
    sums->grey_count += grey;
}

void prior_merge(prior_sums *sums, const prior_sums *other)
{
    sums->count += other->count;
    sums->grey_count += other->grey_count;
    for (int i = 0; i < TNS_BANDS; i++) {
        sums->sum[i] += other->sum[i];
        sums->grey_sum[i] += other->grey_sum[i];
        for (int j = 0; j < TNS_BANDS; j++)
            sums->products[i][j] += other->products[i][j];
    }
}

/* A component's sign is anybody's choice: its largest figure is positive. */
static double sign_of(const gsl_matrix *vectors, size_t column)
{
    double largest = 0;
    for (size_t i = 0; i < TNS_BANDS; i++) {
        double v = gsl_matrix_get(vectors, i, column);
        if (fabs(v) > fabs(largest))
            largest = v;
    }
    return largest < 0 ? -1 : 1;
}

static void fill(const double *center, const gsl_vector *values, const gsl_matrix *vectors,
                 tns_prior_row out[TNS_BANDS])
{
    for (int i = 0; i < TNS_BANDS; i++) {
        out[i][0] = tns_band_nm(i);
        out[i][1] = center[i];
    }
    for (size_t j = 0; j < TNS_PRIOR_COMPONENTS; j++) {
        double scale = sign_of(vectors, j) * sqrt(fmax(gsl_vector_get(values, j), 0));
        for (size_t i = 0; i < TNS_BANDS; i++)
            out[i][2 + j] = scale * gsl_matrix_get(vectors, i, j);
    }
}

/* The largest principal components of a covariance, which is lost. */
static bool components(const double *center, square covariance, tns_prior_row out[TNS_BANDS])
{
    tns_numeric_init();
    gsl_matrix_view matrix = gsl_matrix_view_array(covariance[0], TNS_BANDS, TNS_BANDS);
    gsl_eigen_symmv_workspace *work = gsl_eigen_symmv_alloc(TNS_BANDS);
    gsl_vector *values = gsl_vector_alloc(TNS_BANDS);
    gsl_matrix *vectors = gsl_matrix_alloc(TNS_BANDS, TNS_BANDS);
    bool done = work && values && vectors &&
                gsl_eigen_symmv(&matrix.matrix, values, vectors, work) == GSL_SUCCESS &&
                gsl_eigen_symmv_sort(values, vectors, GSL_EIGEN_SORT_VAL_DESC) == GSL_SUCCESS;
    if (done)
        fill(center, values, vectors, out);
    gsl_matrix_free(vectors);
    gsl_vector_free(values);
    if (work)
        gsl_eigen_symmv_free(work);
    return done;
}

/* The mean of (z - center)(z - center)'. */
static void moments_about(const prior_sums *sums, const double *center, square out)
{
    double n = sums->count;
    for (int i = 0; i < TNS_BANDS; i++)
        for (int j = 0; j < TNS_BANDS; j++)
            out[i][j] =
                (sums->products[i][j] - sums->sum[i] * center[j] - center[i] * sums->sum[j]) / n +
                center[i] * center[j];
}

/* A share of the covariance becomes that of a random walk that varies as much at both ends. */
static void blend_walk(double share, square covariance)
{
    const double step = 0.3;
    for (int i = 0; i < TNS_BANDS; i++)
        for (int j = 0; j < TNS_BANDS; j++)
            covariance[i][j] =
                (1 - share) * covariance[i][j] + share * step * step * (TNS_BANDS - abs(i - j)) / 2;
}

bool prior_about_mean(const prior_sums *sums, double share, tns_prior_row out[TNS_BANDS])
{
    double mean[TNS_BANDS];
    square covariance;
    if (sums->count < 2 * TNS_BANDS)
        return false;
    for (int i = 0; i < TNS_BANDS; i++)
        mean[i] = sums->sum[i] / sums->count;
    moments_about(sums, mean, covariance);
    blend_walk(share, covariance);
    return components(mean, covariance, out);
}

/* A spectrum's level is its mean over 430-680 nm, where instruments agree and the eye looks. */
enum { LEVEL_FIRST = 5, LEVEL_LAST = 30, LEVEL_BANDS = LEVEL_LAST - LEVEL_FIRST + 1 };

/* From moments of z to those of z less its level: P m P', P = 1 - (mean over the level's bands). */
static void take_level(square m)
{
    for (int i = 0; i < TNS_BANDS; i++) {
        double level = 0;
        for (int j = LEVEL_FIRST; j <= LEVEL_LAST; j++)
            level += m[i][j] / LEVEL_BANDS;
        for (int j = 0; j < TNS_BANDS; j++)
            m[i][j] -= level;
    }
    for (int j = 0; j < TNS_BANDS; j++) {
        double level = 0;
        for (int i = LEVEL_FIRST; i <= LEVEL_LAST; i++)
            level += m[i][j] / LEVEL_BANDS;
        for (int i = 0; i < TNS_BANDS; i++)
            m[i][j] -= level;
    }
}

bool prior_about_grey(const prior_sums *sums, double share, tns_prior_row out[TNS_BANDS])
{
    const double level_deviation = 2; /* from black to white */
    double grey[TNS_BANDS];
    square covariance;
    if (sums->count < 2 * TNS_BANDS || !(sums->grey_count > 1))
        return false;
    for (int i = 0; i < TNS_BANDS; i++)
        grey[i] = sums->grey_sum[i] / sums->grey_count;
    moments_about(sums, grey, covariance);
    take_level(covariance);
    blend_walk(share, covariance);
    for (int i = 0; i < TNS_BANDS; i++)
        for (int j = 0; j < TNS_BANDS; j++)
            covariance[i][j] += level_deviation * level_deviation;
    return components(grey, covariance, out);
}
