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

/*
 * From the stiffest on. All are root polynomials, drawn to the matrix by a ridge that weighs as the
 * patches' own scatter allows: a little freedom everywhere misses by less, and is steadier from one
 * photo of a chart to the next, than a choice between none and much.
 */
static const struct {
    int degree;
    double ridge;
} candidates[TNS_CANDIDATES] = {{2, 0.02}, {2, 0.1}, {3, 0.05}};

static bool fit_one(const tns_fit_problem *problem, tns_edition edition, int k,
                    const tns_color_fit *start, tns_color_fit *out, tns_error *err)
{
    tns_model model = {.degree = candidates[k].degree,
                       .ridge = candidates[k].ridge,
                       .is_linear = problem->is_linear};
    return tns_color_fit_make(&model, problem->patches[edition], problem->n, start, out, err);
}

/* With the matrix alone, which is enough to tell editions apart and to begin from. */
static bool fit_rough(const tns_fit_problem *problem, tns_edition edition,
                      const tns_color_fit *start, tns_color_fit *out, tns_error *err)
{
    tns_model model = {.degree = 1, .is_linear = problem->is_linear};
    return tns_color_fit_make(&model, problem->patches[edition], problem->n, start, out, err);
}

/* The one that fits better by the margin, or the mean of both; its rough fit comes with it. */
static bool choose_edition(const tns_fit_problem *problem, const tns_color_fit *start,
                           tns_choice *out, tns_error *err)
{
    const int usual = 14;
    tns_color_fit *before = &out->fit[0], *after = &out->fit[1]; /* free as yet */
    out->edition = TNS_EDITION_AUTO;
    if (!problem->tells_edition)
        return fit_rough(problem, TNS_EDITION_AUTO, start, &out->rough, err);
    if (!fit_rough(problem, TNS_EDITION_BEFORE_2014, start, before, err) ||
        !fit_rough(problem, TNS_EDITION_AFTER_2014, start ? start : before, after, err))
        return false;
    double scale = fmin(before->squares, after->squares) / fmax(3 * problem->n - usual, 1);
    double lead = (after->squares - before->squares) / scale; /* of before */
    if (fabs(lead) < EDITION_MARGIN)
        return fit_rough(problem, TNS_EDITION_AUTO, before, &out->rough, err);
    out->edition = lead > 0 ? TNS_EDITION_BEFORE_2014 : TNS_EDITION_AFTER_2014;
    out->rough = lead > 0 ? *before : *after;
    return true;
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

static int stiffest_as_good(const tns_fit_patch *patches, double (*de)[TNS_FIT_PATCHES_MAX],
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
    if (!choose_edition(problem, start ? &start->rough : NULL, out, err))
        return false;
    const tns_fit_patch *patches = problem->patches[out->edition];
    for (int k = 0; k < TNS_CANDIDATES; k++) {
        const tns_color_fit *from = start ? &start->fit[k] : k ? &out->fit[0] : &out->rough;
        if (!fit_one(problem, out->edition, k, from, &out->fit[k], err))
            return false;
        if (!left_out_errors(&out->fit[k], patches, problem->anchors, &out->local, de[k]))
            return tns_error_set(err, TNS_ERROR_NUMERIC, "correction: the fit is undetermined");
        out->score[k] = mean_of(patches, de[k], problem->n);
    }
    out->chosen = stiffest_as_good(patches, de, out->score, problem->n);
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
