/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_interp.h>

#include <tonsure/spectrum.h>

#include "color/curve.h"
#include "color/numeric.h"

double tns_band_nm(int band)
{
    return TNS_FIRST_NM + TNS_STEP_NM * band;
}

tns_spectrum tns_spectrum_constant(double value)
{
    tns_spectrum s = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM};
    for (int i = 0; i < TNS_BANDS; i++)
        s.value[i] = value;
    return s;
}

/* Closer than the grid, so that reading single points would throw samples away. */
static bool is_dense(const tns_curve *curve, double nm)
{
    double gap = tns_curve_gap(curve, nm - TNS_STEP_NM, nm + TNS_STEP_NM);
    return gap < TNS_STEP_NM * (1 - 1e-9); /* wavelengths may carry rounding */
}

/* Between the lowest and the highest that the curve has within a step of nm. */
static double kept_within(const tns_curve *curve, double nm, double value)
{
    double low = tns_curve_at(curve, nm - TNS_STEP_NM), high = low;
    double end = tns_curve_at(curve, nm + TNS_STEP_NM);
    low = fmin(low, end);
    high = fmax(high, end);
    for (size_t i = 0; i < curve->n; i++)
        if (fabs(curve->nm[i] - nm) < TNS_STEP_NM) {
            low = fmin(low, curve->value[i]);
            high = fmax(high, curve->value[i]);
        }
    return fmin(fmax(value, low), high);
}

/*
 * A mean under a triangle lies off the curve by a twelfth of the means' second difference, to the
 * fourth order of the step, and a sum over 10 nm takes what is on the curve (Stearns and Stearns,
 * Color Res. Appl. 13, 257 (1988), for the triangle of an instrument). At the foot of an edge that
 * would go below it.
 */
static double mean_without_blur(const tns_curve *curve, double nm)
{
    double mean[3];
    for (int i = 0; i < 3; i++)
        mean[i] = tns_curve_mean(curve, nm + (i - 1) * TNS_STEP_NM, TNS_STEP_NM);
    return kept_within(curve, nm, mean[1] - (mean[0] - 2 * mean[1] + mean[2]) / 12);
}

static double on_steffen(const gsl_interp *cubic, const tns_curve *curve, double nm)
{
    size_t last = curve->n - 1;
    if (nm <= curve->nm[0])
        return curve->value[0];
    if (nm >= curve->nm[last])
        return curve->value[last];
    return gsl_interp_eval(cubic, curve->nm, curve->value, nm, NULL);
}

static void read_bands(const tns_curve *curve, const gsl_interp *cubic, double out[TNS_BANDS])
{
    for (int i = 0; i < TNS_BANDS; i++) {
        double nm = tns_band_nm(i);
        out[i] = is_dense(curve, nm) ? mean_without_blur(curve, nm) : on_steffen(cubic, curve, nm);
    }
}

bool tns_spectrum_resample(const double *wavelength_nm, const double *value, size_t n,
                           tns_spectrum *out, tns_error *err)
{
    tns_curve curve = {wavelength_nm, value, n, .held = true};
    if (!tns_curve_check(&curve, 420, 680, err))
        return false;
    tns_numeric_init();
    gsl_interp *cubic = gsl_interp_alloc(gsl_interp_steffen, n);
    if (!cubic || gsl_interp_init(cubic, wavelength_nm, value, n) != GSL_SUCCESS) {
        gsl_interp_free(cubic);
        return tns_error_set(err, TNS_ERROR_MEMORY, "no memory to resample %zu samples", n);
    }
    *out = (tns_spectrum){.from_nm = wavelength_nm[0], .to_nm = wavelength_nm[n - 1]};
    read_bands(&curve, cubic, out->value);
    gsl_interp_free(cubic);
    return true;
}
