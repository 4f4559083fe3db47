/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "photo/correct/solution.h"

/*
 * Twice the log-likelihood by which one edition must beat the other before the photo is said to
 * tell. Errors of neighbouring patches go together, so this is well above the 4 of textbooks.
 */
static const double EDITION_MARGIN = 12;

/* What is to be read afterwards counts so often in the weights. */
static const double SKIN_WEIGHT = 3;

static bool fit_one(const tns_fit_problem *problem, tns_edition edition, int k,
                    const tns_color_fit *start, tns_color_fit *out, tns_error *err)
{
    tns_model model = tns_member_model(k, problem->is_linear);
    return tns_color_fit_make(&model, problem->patches[edition], problem->n, start, out, err);
}

/* Of the matrix alone: the edition that fits better by the margin, or the mean of both. */
static bool choose_edition(const tns_fit_problem *problem, const tns_color_fit *start,
                           tns_solution *out, tns_error *err)
{
    const int usual = 14;
    tns_color_fit *fit = out->average.fit, *before = &fit[1], *after = &fit[2]; /* free as yet */
    out->edition = TNS_EDITION_AUTO;
    if (!problem->tells_edition)
        return fit_one(problem, TNS_EDITION_AUTO, 0, start, &fit[0], err);
    if (!fit_one(problem, TNS_EDITION_BEFORE_2014, 0, start, before, err) ||
        !fit_one(problem, TNS_EDITION_AFTER_2014, 0, start ? start : before, after, err))
        return false;
    double scale = fmin(before->squares, after->squares) / fmax(3 * problem->n - usual, 1);
    double lead = (after->squares - before->squares) / scale; /* of before */
    if (fabs(lead) < EDITION_MARGIN)
        return fit_one(problem, TNS_EDITION_AUTO, 0, before, &fit[0], err);
    out->edition = lead > 0 ? TNS_EDITION_BEFORE_2014 : TNS_EDITION_AFTER_2014;
    fit[0] = lead > 0 ? *before : *after;
    return true;
}

static double weight_of(const tns_fit_patch *patch)
{
    return tns_is_skin_or_neutral(patch->reference) ? SKIN_WEIGHT : 1;
}

/* The weighted mean of what each patch misses, left out of fit and kriging. */
static double mean_missed(const tns_color_fit *fit, const tns_fit_patch *patches,
                          const tns_local *local)
{
    double plain[TNS_FIT_PATCHES_MAX][3], left_out[TNS_FIT_PATCHES_MAX][3];
    double unsaid[TNS_FIT_PATCHES_MAX][3], sum = 0, weights = 0;
    tns_color_fit_leave_out(fit, patches, plain, left_out);
    tns_local_leave_out(local, unsaid);
    for (int i = 0; i < fit->n; i++) {
        double squares = 0;
        for (int k = 0; k < 3; k++) {
            double e = plain[i][k] - left_out[i][k] + unsaid[i][k];
            squares += e * e;
        }
        sum += weight_of(&patches[i]) * sqrt(squares);
        weights += weight_of(&patches[i]);
    }
    return sum / weights;
}

bool tns_solution_make(const tns_fit_problem *problem, const tns_solution *start, tns_solution *out,
                       tns_error *err)
{
    tns_average *average = &out->average;
    tns_color_fit *fit = average->fit;
    double missed[TNS_MEMBERS];
    if (!choose_edition(problem, start ? &start->average.fit[0] : NULL, out, err))
        return false;
    const tns_fit_patch *patches = problem->patches[out->edition];
    int all = problem->n + problem->anchors;
    for (int k = 0; k < TNS_MEMBERS; k++) {
        const tns_color_fit *from = start ? &start->average.fit[k] : &fit[k - (k > 0)];
        if (k > 0 && !fit_one(problem, out->edition, k, from, &fit[k], err))
            return false;
        if (!tns_local_make(&fit[k].correction, patches, all, &out->local))
            return tns_error_set(err, TNS_ERROR_NUMERIC, "correction: the fit is undetermined");
        missed[k] = mean_missed(&fit[k], patches, &out->local);
    }
    tns_average_make(average, missed);
    return tns_local_make(&average->correction, patches, all, &out->local) ||
           tns_error_set(err, TNS_ERROR_NUMERIC, "correction: the fit is undetermined");
}
