/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/difference.h>

#include "photo/correct/terms.h"

/* dE00^2 of a small step in Lab, as a quadratic form: its second differences. */
static void quadratic_form(tns_lab lab, double g[3][3])
{
    const double h = 0.01; /* small against the curvature, large against rounding */
    for (int i = 0; i < 3; i++)
        for (int j = i; j < 3; j++) {
            double d[3] = {0};
            d[i] += h;
            d[j] += h;
            double de = tns_de00(lab, (tns_lab){lab.L + d[0], lab.a + d[1], lab.b + d[2]});
            g[i][j] = de * de / (h * h) / (i == j ? 4 : 1);
        }
    for (int i = 0; i < 3; i++)
        for (int j = i + 1; j < 3; j++)
            g[i][j] = (g[i][j] - g[i][i] - g[j][j]) / 2;
}

/* Cholesky's upper triangle; dE00 is no metric near grey, so a pivot is kept above zero. */
static void triangle(double g[3][3], double u[3][3])
{
    memset(u, 0, 9 * sizeof(double));
    u[0][0] = sqrt(g[0][0]);
    u[0][1] = g[0][1] / u[0][0];
    u[0][2] = g[0][2] / u[0][0];
    u[1][1] = sqrt(fmax(g[1][1] - u[0][1] * u[0][1], 1e-6));
    u[1][2] = (g[1][2] - u[0][1] * u[0][2]) / u[1][1];
    u[2][2] = sqrt(fmax(g[2][2] - u[0][2] * u[0][2] - u[1][2] * u[1][2], 1e-6));
}

void tns_color_metric(tns_lab lab, double metric[3][3])
{
    double form[3][3];
    quadratic_form(lab, form);
    triangle(form, metric);
}

bool tns_is_skin_or_neutral(tns_lab lab)
{
    double chroma = hypot(lab.a, lab.b);
    return chroma < 6 || (chroma < 30 && lab.a > 5 && lab.b > 5);
}

tns_fit_patch tns_fit_patch_make(const double rgb[3], double x, double y, tns_lab reference)
{
    tns_fit_patch out = {.rgb = {rgb[0], rgb[1], rgb[2]}, .x = x, .y = y, .reference = reference};
    out.weight = tns_is_skin_or_neutral(reference) ? sqrt(2) : 1;
    out.noise = 1;
    tns_color_metric(reference, out.metric);
    for (int i = 0; i < 9; i++)
        out.metric[i / 3][i % 3] *= out.weight;
    return out;
}

void tns_fit_patch_weigh(tns_fit_patch *patch, double factor)
{
    patch->weight *= factor;
    for (int i = 0; i < 9; i++)
        patch->metric[i / 3][i % 3] *= factor;
}
