/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/adaptation.h>
#include <tonsure/colorimetry.h>

/* IEC 61966-2-1:1999, amendment 1: XYZ (Y of white = 1) to linear sRGB, and the white it is for. */
static const double to_linear[3][3] = {{3.2406255, -1.5372080, -0.4986286},
                                       {-0.9689307, 1.8757561, 0.0415175},
                                       {0.0557101, -0.2040211, 1.0569959}};
static const tns_xyz srgb_white = {95.05, 100, 108.90};

static double gamma_encode(double linear)
{
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055;
}

bool tns_srgb_from_xyz(tns_xyz xyz, tns_xyz white, double rgb[3])
{
    tns_xyz c = tns_adapt(TNS_ADAPT_BRADFORD, xyz, white, srgb_white);
    const double slack = 1e-6; /* white itself lies 3e-8 outside by the matrix's rounding */
    bool inside = true;
    for (int i = 0; i < 3; i++) {
        double linear =
            (to_linear[i][0] * c.X + to_linear[i][1] * c.Y + to_linear[i][2] * c.Z) / 100;
        inside = inside && linear >= -slack && linear <= 1 + slack;
        rgb[i] = gamma_encode(fmin(fmax(linear, 0), 1));
    }
    return inside;
}
