/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/colorimetry.h>

#include "base/lanes.h"
#include "color/color_kernels.h"
#include "color/tristimulus.h"

static const double pi = 3.14159265358979323846;

static double weigh(const double *weight, const tns_spectrum *reflectance)
{
    return tns_dot(weight, reflectance->value, TNS_BANDS);
}

tns_xyz tns_xyz_from_spectrum(const tns_spectrum *reflectance, const tns_viewing *viewing)
{
    return (tns_xyz){weigh(viewing->weight[0], reflectance), weigh(viewing->weight[1], reflectance),
                     weigh(viewing->weight[2], reflectance)};
}

static double ratio_from_f(double f)
{
    return f > 6.0 / 29 ? f * f * f : (f - 4.0 / 29) * (108.0 / 841);
}

tns_lab tns_lab_from_xyz(tns_xyz xyz, tns_xyz white)
{
    return tns_lab_of_ratios(xyz.X / white.X, xyz.Y / white.Y, xyz.Z / white.Z);
}

tns_xyz tns_xyz_from_lab(tns_lab lab, tns_xyz white)
{
    double fy = (lab.L + 16) / 116;
    return (tns_xyz){white.X * ratio_from_f(fy + lab.a / 500), white.Y * ratio_from_f(fy),
                     white.Z * ratio_from_f(fy - lab.b / 200)};
}

tns_lch tns_lch_from_lab(tns_lab lab)
{
    double h = atan2(lab.b, lab.a) * (180 / pi);
    if (h < 0)
        h += 360;
    bool has_hue = (lab.a != 0 || lab.b != 0) && h > 0 && h < 360; /* not -0, nor 360 by rounding */
    return (tns_lch){lab.L, hypot(lab.a, lab.b), has_hue ? h : 0};
}

tns_lab tns_lab_from_lch(tns_lch lch)
{
    double h = lch.h * (pi / 180);
    return (tns_lab){lch.L, lch.C * cos(h), lch.C * sin(h)};
}

tns_lab tns_lab_from_spectrum(const tns_spectrum *reflectance, const tns_viewing *viewing)
{
    return tns_lab_from_xyz(tns_xyz_from_spectrum(reflectance, viewing), viewing->white);
}

void tns_lab_by_bands(const tns_spectrum *seen, const tns_viewing *v, double out[3][TNS_BANDS])
{
    tns_xyz at = tns_xyz_from_spectrum(seen, v);
    double fx = tns_f_slope(at.X / v->white.X) / v->white.X;
    double fy = tns_f_slope(at.Y / v->white.Y) / v->white.Y;
    double fz = tns_f_slope(at.Z / v->white.Z) / v->white.Z;
    for (int b = 0; b < TNS_BANDS; b++) {
        double x = fx * v->weight[0][b], y = fy * v->weight[1][b], z = fz * v->weight[2][b];
        out[0][b] = 116 * y;
        out[1][b] = 500 * (x - y);
        out[2][b] = 200 * (y - z);
    }
}

void tns_lab_from_spectra(const double *reflectances, size_t n, const tns_viewing *viewings,
                          size_t viewing_count, tns_lab *out)
{
    TNS_KERNELS_FOR(tns_color_kernels, tns_cpu_isa())
        ->lab_from_spectra(reflectances, n, viewings, viewing_count, out);
}

void tns_lab_from_bands(const double *by_band, size_t row, size_t n, const tns_viewing *viewing,
                        tns_lab *out)
{
    TNS_KERNELS_FOR(tns_color_kernels, tns_cpu_isa())
        ->lab_from_bands(by_band, row, n, viewing, out);
}

tns_color tns_color_from_spectrum(const tns_spectrum *reflectance, const tns_viewing *viewing)
{
    tns_color c = {.lab = tns_lab_from_spectrum(reflectance, viewing),
                   .observer = viewing->observer};
    memcpy(c.illuminant, viewing->illuminant, sizeof c.illuminant);
    return c;
}
