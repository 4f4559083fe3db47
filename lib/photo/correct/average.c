/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "photo/correct/average.h"

/*
 * The roots are drawn to the matrix by a ridge that weighs as the patches' own scatter allows. Of
 * other sets of two to four members and of other ridges, between half and twice these, none was
 * better on variants of photos and on rendered ones by more than chance.
 */
static const struct {
    int degree;
    double ridge;
} members[TNS_MEMBERS] = {{1, 0}, {2, 0.02}, {3, 0.07}};

static const double LEAST_MISSED = 0.01; /* dE00: below that all are perfect */

tns_model tns_member_model(int k, bool is_linear)
{
    return (tns_model){
        .degree = members[k].degree, .ridge = members[k].ridge, .is_linear = is_linear};
}

static void set_weights(tns_average *a, const double *missed)
{
    double sum = 0;
    for (int k = 0; k < TNS_MEMBERS; k++) {
        double least = fmax(missed[k], LEAST_MISSED);
        a->weight[k] = 1 / (least * least);
        sum += a->weight[k];
    }
    for (int k = 0; k < TNS_MEMBERS; k++)
        a->weight[k] /= sum;
}

/* By the parameters of the freest, which has all that the others have. */
static void set_mean(tns_average *a)
{
    const tns_model *model = &a->fit[TNS_MEMBERS - 1].model;
    double mean[TNS_PARAMETERS_MAX] = {0}, p[TNS_PARAMETERS_MAX];
    int count = tns_parameter_count(model);
    for (int k = 0; k < TNS_MEMBERS; k++) {
        tns_parameters_get(model, &a->fit[k].correction, p);
        for (int i = 0; i < count; i++)
            mean[i] += a->weight[k] * p[i];
    }
    tns_parameters_set(model, mean, &a->correction);
}

/* Of each and between them, as tns_average_variance. */
static void set_slope_covariance(tns_average *a)
{
    double *sum = a->correction.slope_covariance;
    for (int k = 0; k < TNS_MEMBERS; k++) {
        const tns_correction *c = &a->fit[k].correction;
        double x = c->slope[0] - a->correction.slope[0], y = c->slope[1] - a->correction.slope[1];
        const double between[3] = {x * x, x * y, y * y};
        for (int i = 0; i < 3; i++)
            sum[i] += a->weight[k] * (c->slope_covariance[i] + between[i]);
    }
}

void tns_average_make(tns_average *a, const double missed[TNS_MEMBERS])
{
    set_weights(a, missed);
    set_mean(a);
    set_slope_covariance(a);
}

/* Square of the distance between two colors, averaged over the axes of the metric, in dE00^2. */
static double apart(double metric[3][3], tns_lab a, tns_lab b)
{
    const double d[3] = {a.L - b.L, a.a - b.a, a.b - b.b};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double seen = metric[i][0] * d[0] + metric[i][1] * d[1] + metric[i][2] * d[2];
        sum += seen * seen;
    }
    return sum / 3;
}

double tns_average_variance(const tns_average *a, const double rgb[3], double x, double y)
{
    tns_lab mean = tns_correction_lab(&a->correction, rgb, x, y);
    double metric[3][3], sum = 0;
    tns_color_metric(mean, metric);
    for (int k = 0; k < TNS_MEMBERS; k++) {
        const tns_color_fit *fit = &a->fit[k];
        tns_lab lab = tns_correction_lab(&fit->correction, rgb, x, y);
        double between = apart(metric, lab, mean) / (fit->residual * fit->residual);
        sum += a->weight[k] * (tns_color_fit_variance(fit, rgb, x, y) + between);
    }
    return sum;
}

void tns_member_name(const tns_model *model, char *out, size_t size)
{
    if (model->degree > 1)
        snprintf(out, size, "rp%d", model->degree);
    else
        snprintf(out, size, "3x3");
}

void tns_average_name(const tns_average *a, char *out, size_t size)
{
    const char *rest = a->fit[0].model.is_linear ? "+light+offset" : "+tone+light+offset";
    size_t length = 0;
    for (int k = 0; k < TNS_MEMBERS && length < size; k++) {
        char name[8];
        tns_member_name(&a->fit[k].model, name, sizeof name);
        length += (size_t)snprintf(out + length, size - length, "%s%s", k ? "," : "", name);
    }
    if (length < size)
        snprintf(out + length, size - length, "%s", rest);
}
