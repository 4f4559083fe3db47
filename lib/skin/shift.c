/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "color/numeric.h"
#include "skin/shift.h"

static double basis(int curve, int band)
{
    double t = (tns_band_nm(band) - 550) / 150;
    return curve == 0 ? 1 : curve == 1 ? t : t * t;
}

/* The step of color that a hundredth of a curve makes, for one whole of it. */
static void slopes(const tns_spectrum *spectrum, const tns_viewing *viewing, double out[3][3])
{
    static const double STEP = 0.01;
    tns_lab from = tns_lab_from_spectrum(spectrum, viewing);
    for (int c = 0; c < 3; c++) {
        tns_spectrum moved = *spectrum;
        for (int b = 0; b < TNS_BANDS; b++)
            moved.value[b] *= exp(STEP * basis(c, b));
        tns_lab to = tns_lab_from_spectrum(&moved, viewing);
        out[0][c] = (to.L - from.L) / STEP;
        out[1][c] = (to.a - from.a) / STEP;
        out[2][c] = (to.b - from.b) / STEP;
    }
}

static double determinant(double m[3][3])
{
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
           m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
           m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
}

/* Cramer: the curves that make a step of color; none where black leaves them no hold. */
static void solve(double m[3][3], const double step[3], double curves[3])
{
    double whole = determinant(m);
    for (int c = 0; c < 3; c++) {
        double with[3][3];
        memcpy(with, m, sizeof with);
        for (int i = 0; i < 3; i++)
            with[i][c] = step[i];
        curves[c] = fabs(whole) > 1e-6 ? determinant(with) / whole : 0;
    }
}

/* The root of the covariance, column by column. */
static void root_of(const double c[6], double out[9])
{
    const double whole[9] = {c[0], 0, 0, c[1], c[3], 0, c[2], c[4], c[5]};
    memcpy(out, whole, sizeof whole);
    if (tns_cholesky(out, 3, 3, 0))
        return;
    memset(out, 0, sizeof whole);
    out[0] = sqrt(fmax(c[0], 0));
    out[4] = sqrt(fmax(c[3], 0));
    out[8] = sqrt(fmax(c[5], 0));
}

tns_shift tns_shift_make(const tns_spectrum *spectrum, const double covariance[6],
                         const tns_viewing *viewing)
{
    tns_shift out = {.spectrum = *spectrum};
    double m[3][3], root[9];
    slopes(spectrum, viewing, m);
    root_of(covariance, root);
    for (int k = 0; k < 3; k++) {
        const double step[3] = {k > 0 ? 0 : root[0], k > 1 ? 0 : root[3 + k], root[6 + k]};
        double curves[3];
        solve(m, step, curves);
        for (int b = 0; b < TNS_BANDS; b++)
            for (int c = 0; c < 3; c++)
                out.per_step[k][b] += curves[c] * basis(c, b);
    }
    return out;
}

tns_spectrum tns_shift_by(const tns_shift *shift, const double z[3])
{
    tns_spectrum out = shift->spectrum;
    for (int b = 0; b < TNS_BANDS; b++)
        out.value[b] *= exp(z[0] * shift->per_step[0][b] + z[1] * shift->per_step[1][b] +
                            z[2] * shift->per_step[2][b]);
    return out;
}
