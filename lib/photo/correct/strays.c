/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "photo/correct/strays.h"

/*
 * Real charts, their variants and rendered ones, 192 without a cover: left-out errors of up to
 * 14 dE00, and up to 19 of cyan, which sRGB does not hold, so that cameras cut it as they like.
 */
static const double APART = 16, APART_OUTSIDE = 24;

/* Beside the others' scatter, mean square by mean square; clean charts reach 30, but not apart. */
static const double BEYOND = 10;

static bool is_in_srgb(tns_lab lab)
{
    tns_xyz xyz = tns_xyz_from_lab(lab, tns_photo_white);
    /* From XYZ under D50 (the inverse of the sRGB profile's columns, ICC). */
    const double m[3][3] = {
        {3.1339, -1.6169, -0.4906}, {-0.9785, 1.9160, 0.0333}, {0.0720, -0.2290, 1.4057}};
    for (int i = 0; i < 3; i++) {
        double v = (m[i][0] * xyz.X + m[i][1] * xyz.Y + m[i][2] * xyz.Z) / 100;
        if (v < 0 || v > 1)
            return false;
    }
    return true;
}

int tns_stray_find(const tns_color_fit *fit, const tns_fit_patch *patches)
{
    double plain[TNS_FIT_PATCHES_MAX][3], left_out[TNS_FIT_PATCHES_MAX][3], most = BEYOND;
    int found = -1, freedom = 3 * (fit->n - 1) - tns_parameter_count(&fit->model);
    if (freedom < 3)
        return -1;
    tns_color_fit_leave_out(fit, patches, plain, left_out);
    for (int i = 0; i < fit->n; i++) {
        double taken = 0, far = 0, weight = patches[i].weight * patches[i].weight;
        for (int k = 0; k < 3; k++) {
            taken += weight * plain[i][k] * left_out[i][k];
            far += left_out[i][k] * left_out[i][k];
        }
        double rest = fmax(fit->squares - taken, 1e-9 * fit->squares) / freedom;
        double limit = is_in_srgb(patches[i].reference) ? APART : APART_OUTSIDE;
        if (sqrt(far) > limit && taken / 3 > most * rest) {
            most = taken / 3 / rest;
            found = i;
        }
    }
    return found;
}
