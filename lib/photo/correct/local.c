/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/difference.h>

#include "color/numeric.h"
#include "photo/correct/local.h"

/*
 * How far one patch speaks for another, in dE76, and the share of a residual that it does not: what
 * is its own. Left-out errors are flat around both.
 */
static const double REACH = 35, OWN = 0.7;

static double covariance(tns_lab a, tns_lab b)
{
    double d = tns_de76(a, b) / REACH;
    return exp(-0.5 * d * d);
}

/* An anchor is the very surface that is read next: it tells of what is its own as well. */
static const double OWN_REACH = 6;

static double covariance_with_anchor(tns_lab a, tns_lab b)
{
    double d = tns_de76(a, b) / OWN_REACH;
    return covariance(a, b) + OWN * exp(-0.5 * d * d);
}

/* Of a color to be read and a patch. */
static double covariance_with(const tns_local *local, int i, tns_lab lab)
{
    return local->is_anchor[i] ? covariance_with_anchor(local->at[i], lab)
                               : covariance(local->at[i], lab);
}

static double own_of(const tns_fit_patch *patch)
{
    return patch->is_anchor ? OWN + (1 + OWN) * patch->noise : OWN;
}

/* Found less reference would be taken away; this is what is to be added. */
static void left_at(const tns_fit_patch *patch, tns_lab found, double out[3])
{
    double d[3] = {patch->reference.L - found.L, patch->reference.a - found.a,
                   patch->reference.b - found.b};
    for (int i = 0; i < 3; i++)
        out[i] =
            (patch->metric[i][0] * d[0] + patch->metric[i][1] * d[1] + patch->metric[i][2] * d[2]) /
            patch->weight;
}

/* Of each axis by itself. */
static void set_shares(tns_local *local)
{
    double x[TNS_FIT_PATCHES_MAX];
    for (int k = 0; k < 3; k++) {
        for (int i = 0; i < local->n; i++)
            x[i] = local->share[i][k];
        tns_cholesky_solve(&local->root[0][0], (size_t)local->n, TNS_FIT_PATCHES_MAX, x);
        for (int i = 0; i < local->n; i++)
            local->share[i][k] = x[i];
    }
}

bool tns_local_make(const tns_correction *correction, const tns_fit_patch *patches, int n,
                    tns_local *out)
{
    out->n = n;
    for (int i = 0; i < out->n; i++) {
        const tns_fit_patch *p = &patches[i];
        out->at[i] = tns_correction_lab(correction, p->rgb, p->x, p->y);
        out->is_anchor[i] = p->is_anchor;
        left_at(p, out->at[i], out->share[i]);
        for (int j = 0; j <= i; j++)
            out->root[i][j] = covariance(out->at[i], out->at[j]) + (i == j ? own_of(p) : 0);
    }
    if (!tns_cholesky(&out->root[0][0], (size_t)out->n, TNS_FIT_PATCHES_MAX, 0))
        return false;
    set_shares(out);
    return true;
}

/* A step of as much to the eye at a color: back substitution in the triangle of its metric. */
static tns_lab moved(tns_lab lab, const double seen[3])
{
    double w[3][3];
    tns_color_metric(lab, w);
    double b = seen[2] / w[2][2], a = (seen[1] - w[1][2] * b) / w[1][1];
    double L = (seen[0] - w[0][1] * a - w[0][2] * b) / w[0][0];
    return (tns_lab){lab.L + L, lab.a + a, lab.b + b};
}

tns_lab tns_local_apply(const tns_local *local, tns_lab lab)
{
    double sum[3] = {0};
    for (int i = 0; i < local->n; i++) {
        double near = covariance_with(local, i, lab);
        for (int k = 0; k < 3; k++)
            sum[k] += near * local->share[i][k];
    }
    return local->n > 0 ? moved(lab, sum) : lab;
}

double tns_local_variance(const tns_local *local, tns_lab lab)
{
    double x[TNS_FIT_PATCHES_MAX], known = 0;
    for (int i = 0; i < local->n; i++) { /* forward substitution */
        x[i] = covariance_with(local, i, lab);
        for (int j = 0; j < i; j++)
            x[i] -= local->root[i][j] * x[j];
        x[i] /= local->root[i][i];
        known += x[i] * x[i];
    }
    return 1 + OWN - known;
}

/* For simple kriging the share over the inverse's diagonal is what the others fail to say. */
void tns_local_leave_out(const tns_local *local, double (*unsaid)[3])
{
    for (int i = 0; i < local->n; i++) {
        double unit[TNS_FIT_PATCHES_MAX] = {0};
        unit[i] = 1;
        tns_cholesky_solve(&local->root[0][0], (size_t)local->n, TNS_FIT_PATCHES_MAX, unit);
        for (int k = 0; k < 3; k++)
            unsaid[i][k] = local->share[i][k] / unit[i];
    }
}
