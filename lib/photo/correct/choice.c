/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "photo/correct/choice.h"

/*
 * Twice the log-likelihood by which one edition must beat the other before the photo is said to
 * tell. Errors of neighbouring patches go together, so this is well above the 4 of textbooks.
 */
static const double EDITION_MARGIN = 12;

/* What is to be read afterwards counts so often in the choice. */
static const double SKIN_WEIGHT = 3;

/*
 * Standard errors by which the best must beat a simpler one: with one, choices made anew in each
 * fold waver, and what wavers misses by more than it gains.
 */
static const double SURE = 2;

/* From the simplest on. */
static const struct {
    int degree;
    double ridge;
} candidates[TNS_CANDIDATES] = {{1, 0}, {2, 0.03}, {2, 0.1}, {3, 0.05}};

static tns_model model_of(const tns_fit_problem *problem, int k)
{
    return (tns_model){.degree = candidates[k].degree,
                       .ridge = candidates[k].ridge,
                       .is_linear = problem->is_linear};
}

static bool fit_one(const tns_fit_problem *problem, tns_edition edition, int k,
                    const tns_color_fit *start, tns_color_fit *out, tns_error *err)
{
    tns_model model = model_of(problem, k);
    return tns_color_fit_make(&model, problem->patches[edition], problem->n, start, out, err);
}

/* The one that fits better by the margin, or the mean of both; its fit comes with it. */
static bool choose_edition(const tns_fit_problem *problem, const tns_color_fit *start,
                           tns_choice *out, tns_error *err)
{
    tns_color_fit *before = &out->fit[1], *after = &out->fit[2]; /* free as yet */
    out->edition = TNS_EDITION_AUTO;
    if (problem->tells_edition) {
        if (!fit_one(problem, TNS_EDITION_BEFORE_2014, 0, start, before, err) ||
            !fit_one(problem, TNS_EDITION_AFTER_2014, 0, start ? start : before, after, err))
            return false;
        const int usual = 14;
        double scale = fmin(before->squares, after->squares) / fmax(3 * problem->n - usual, 1);
        double lead = (after->squares - before->squares) / scale; /* of before */
        if (fabs(lead) >= EDITION_MARGIN)
            out->edition = lead > 0 ? TNS_EDITION_BEFORE_2014 : TNS_EDITION_AFTER_2014;
        if (out->edition != TNS_EDITION_AUTO) {
            out->fit[0] = lead > 0 ? *before : *after;
            return true;
        }
    }
    return fit_one(problem, TNS_EDITION_AUTO, 0,
                   start                    ? start
                   : problem->tells_edition ? before
                                            : NULL,
                   &out->fit[0], err);
}

/* Of each patch, left out of fit and kriging; false when nothing can be said. */
static bool left_out_errors(const tns_color_fit *fit, const tns_fit_patch *patches, int anchors,
                            tns_local *local, double *de)
{
    double plain[TNS_FIT_PATCHES_MAX][3], left_out[TNS_FIT_PATCHES_MAX][3];
    double unsaid[TNS_FIT_PATCHES_MAX][3];
    if (!tns_local_make(fit, patches, anchors, local))
        return false;
    tns_color_fit_leave_out(fit, patches, plain, left_out);
    tns_local_leave_out(local, unsaid);
    for (int i = 0; i < fit->n; i++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            double e = plain[i][k] - left_out[i][k] + unsaid[i][k];
            sum += e * e;
        }
        de[i] = sqrt(sum);
    }
    return true;
}

static double weight_of(const tns_fit_patch *patch)
{
    return tns_is_skin_or_neutral(patch->reference) ? SKIN_WEIGHT : 1;
}

static double mean_of(const tns_fit_patch *patches, const double *de, int n)
{
    double sum = 0, weights = 0;
    for (int i = 0; i < n; i++) {
        sum += weight_of(&patches[i]) * de[i];
        weights += weight_of(&patches[i]);
    }
    return sum / weights;
}

/* Of the mean difference of two candidates over the same patches. */
static double standard_error(const tns_fit_patch *patches, const double *a, const double *b, int n)
{
    double difference[TNS_FIT_PATCHES_MAX], sum = 0, weights = 0;
    for (int i = 0; i < n; i++)
        difference[i] = a[i] - b[i];
    double mean = mean_of(patches, difference, n);
    for (int i = 0; i < n; i++) {
        double w = weight_of(&patches[i]), d = difference[i] - mean;
        sum += w * w * d * d;
        weights += w;
    }
    return sqrt(sum) / weights;
}

static int simplest_as_good(const tns_fit_patch *patches, double (*de)[TNS_FIT_PATCHES_MAX],
                            const double *score, int n)
{
    int best = 0;
    for (int k = 1; k < TNS_CANDIDATES; k++)
        if (score[k] < score[best])
            best = k;
    for (int k = 0; k < best; k++)
        if (score[k] - score[best] <= SURE * standard_error(patches, de[k], de[best], n))
            return k;
    return best;
}

bool tns_choice_make(const tns_fit_problem *problem, const tns_choice *start, tns_choice *out,
                     tns_error *err)
{
    double de[TNS_CANDIDATES][TNS_FIT_PATCHES_MAX];
    if (!choose_edition(problem, start ? &start->fit[0] : NULL, out, err))
        return false;
    const tns_fit_patch *patches = problem->patches[out->edition];
    for (int k = 0; k < TNS_CANDIDATES; k++) {
        const tns_color_fit *from = start ? &start->fit[k] : &out->fit[0];
        if (k > 0 && !fit_one(problem, out->edition, k, from, &out->fit[k], err))
            return false;
        if (!left_out_errors(&out->fit[k], patches, problem->anchors, &out->local, de[k]))
            return tns_error_set(err, TNS_ERROR_NUMERIC, "correction: the fit is undetermined");
        out->score[k] = mean_of(patches, de[k], problem->n);
    }
    out->chosen = simplest_as_good(patches, de, out->score, problem->n);
    return tns_local_make(&out->fit[out->chosen], patches, problem->anchors, &out->local);
}

void tns_model_name(const tns_model *model, char *out, size_t size)
{
    const char *rest = model->is_plain    ? ""
                       : model->is_linear ? "+light+offset"
                                          : "+tone+light+offset";
    if (model->degree > 1)
        snprintf(out, size, "rp%d%s", model->degree, rest);
    else
        snprintf(out, size, "3x3%s", rest);
}
