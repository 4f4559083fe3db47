/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "photo/correct/calibration.h"
#include "photo/correct/consensus.h"
#include "photo/correct/folds.h"

/* A fit this far off, on average or on one patch, is looked through for covered patches. */
static const double DOUBTFUL_MEAN = 8, DOUBTFUL_PATCH = 20;

/* A patch of the chart is known to about this, one standard deviation: what noise 1 stands for. */
static const double PATCH_DE00 = 2;

/*
 * A patch cut off at the gamut's edge varies by as much again as others do. To leave it out were
 * worse: a code more or less would do so in one photo of a chart and not in the next.
 */
static const double CUT = 1;

static const char COVERED[] = "covered, or in shadow: shows another color";

/* One call's state. */
typedef struct calibrator {
    tns_calibration *c;
    const tns_patch_sample *samples;
    const tns_calibration_options *options;
    tns_edition asked;
    tns_patch_set set;
    tns_solution whole;
    tns_error *err;
} calibrator;

static void set_geometry(tns_calibration *c, const tns_point k[4])
{
    double top = hypot(k[1].x - k[0].x, k[1].y - k[0].y);
    double bottom = hypot(k[2].x - k[3].x, k[2].y - k[3].y);
    int columns = c->chart.columns;
    c->center = (tns_point){(k[0].x + k[1].x + k[2].x + k[3].x) / 4,
                            (k[0].y + k[1].y + k[2].y + k[3].y) / 4};
    c->width_px = (top + bottom) / 2 * columns / (columns - 1);
}

tns_point tns_calibration_position(const tns_calibration *c, tns_point pixel)
{
    return (tns_point){(pixel.x - c->center.x) / c->width_px,
                       (pixel.y - c->center.y) / c->width_px};
}

tns_fit_patch tns_calibration_patch(const tns_calibration *c, const tns_patch_sample *sample,
                                    tns_lab reference)
{
    tns_point at = tns_calibration_position(c, sample->center);
    tns_fit_patch patch = tns_fit_patch_make(sample->rgb, at.x, at.y, reference);
    tns_fit_patch_weigh(&patch, 1 / sqrt(1 + CUT * sample->cut));
    return patch;
}

tns_lab tns_calibration_near(const tns_calibration *c, tns_lab lab)
{
    return tns_local_apply(&c->local, lab);
}

double tns_calibration_variance(const tns_calibration *c, const double rgb[3], tns_point at,
                                tns_lab lab)
{
    return tns_variance_of(&c->average, &c->local, rgb, at, lab);
}

/* In the order of the chart, from which anchors follow. */
static void add_chart(calibrator *k, const tns_chart *chart, tns_edition edition)
{
    tns_patch_set *set = &k->set;
    set->n = 0;
    for (int i = 0; i < chart->count; i++) {
        if (!k->c->is_used[i])
            continue;
        set->index[set->n] = i;
        set->patch[edition][set->n++] =
            tns_calibration_patch(k->c, &k->samples[i], chart->patch[i].reference);
    }
}

/* An anchor weighs as a patch that is known as well as it is. */
static void add_anchors(calibrator *k, tns_edition edition)
{
    tns_patch_set *set = &k->set;
    for (int i = 0; i < set->anchors; i++) {
        const tns_anchor *a = &k->options->anchors[i];
        tns_point at = tns_calibration_position(k->c, a->center);
        tns_fit_patch *patch = &set->patch[edition][set->n + i];
        double share = a->de00 / PATCH_DE00;
        *patch = tns_fit_patch_make(a->rgb, at.x, at.y, a->lab);
        patch->is_anchor = true;
        patch->noise = share * share;
    }
}

/* Of the chart in every edition that comes into question. */
static bool make_set(calibrator *k)
{
    bool tells = k->asked == TNS_EDITION_AUTO && k->c->chart.has_editions;
    tns_chart chart;
    k->set.tells_edition = tells;
    k->set.is_linear = k->options->is_linear;
    k->set.anchors = k->options->anchor_count;
    for (int e = 0; e < (tells ? 3 : 1); e++) {
        tns_edition edition = tells ? (tns_edition)e : k->asked;
        if (!tns_chart_in_edition(&k->c->chart, edition, &chart, k->err))
            return false;
        add_chart(k, &chart, (tns_edition)e);
        add_anchors(k, (tns_edition)e);
    }
    return true;
}

/* Of the fit itself, on average, and the largest. */
static double mean_miss(calibrator *k, double *largest)
{
    const tns_average *average = &k->whole.average;
    double sum = 0;
    *largest = 0;
    for (int i = 0; i < k->set.n; i++) {
        if (k->set.is_stray[i])
            continue;
        const tns_fit_patch *p = &k->set.patch[k->whole.edition][i];
        tns_lab lab = tns_correction_lab(&average->correction, p->rgb, p->x, p->y);
        double de = tns_de00(p->reference, lab);
        sum += de;
        *largest = fmax(*largest, de);
    }
    return sum / average->fit[0].n;
}

static void leave_unused(tns_calibration *c, int i, const char *reason)
{
    c->is_used[i] = false;
    c->used_count--;
    snprintf(c->reason[i], sizeof c->reason[i], "%s", reason);
}

/* Leaves out what a majority of the patches agrees is not the chart. */
static bool drop_covered(calibrator *k, uint64_t seed)
{
    bool agrees[TNS_CHART_PATCHES_MAX];
    int count = tns_consensus(k->set.patch[TNS_EDITION_AUTO], k->set.n, seed, agrees);
    if (count < TNS_CALIBRATION_MIN_PATCHES || count == k->set.n)
        return false;
    for (int i = 0; i < k->set.n; i++)
        if (!agrees[i])
            leave_unused(k->c, k->set.index[i], COVERED);
    return true;
}

/* They stay in the set: every fold judges for itself. */
static void drop_strays(calibrator *k)
{
    for (int i = 0; i < k->set.n; i++)
        if (k->set.is_stray[i])
            leave_unused(k->c, k->set.index[i], COVERED);
}

static int count_strays(const calibrator *k)
{
    int count = 0;
    for (int i = 0; i < k->set.n; i++)
        count += k->set.is_stray[i];
    return count;
}

static bool solve_whole(calibrator *k, double *largest)
{
    if (!make_set(k) ||
        !tns_fold_solve(&k->set, NULL, -1, NULL, &k->whole, k->set.is_stray, k->err))
        return false;
    k->c->fit_de00 = mean_miss(k, largest);
    return true;
}

static bool keep_result(calibrator *k)
{
    tns_calibration *c = k->c;
    tns_chart asked = c->chart;
    c->average = k->whole.average;
    c->correction = c->average.correction;
    c->local = k->whole.local;
    tns_edition edition = k->set.tells_edition ? k->whole.edition : k->asked;
    return tns_chart_in_edition(&asked, edition, &c->chart, k->err);
}

/* What lies over a patch that was not used, by the fit of those that were. */
static void predict_unused(calibrator *k)
{
    tns_calibration *c = k->c;
    for (int i = 0; i < c->chart.count; i++) {
        const tns_patch_sample *sample = &k->samples[i];
        if (c->is_used[i] || sample->count == 0)
            continue;
        tns_point at = tns_calibration_position(c, sample->center);
        tns_lab lab = tns_correction_lab(&c->correction, sample->rgb, at.x, at.y);
        c->predicted[i] = tns_calibration_near(c, lab);
        c->variance[i] = tns_calibration_variance(c, sample->rgb, at, c->predicted[i]);
        c->de00[i] = tns_de00(c->chart.patch[i].reference, c->predicted[i]);
    }
}

static bool solve(calibrator *k, const tns_context *context)
{
    double largest;
    if (!solve_whole(k, &largest))
        return false;
    bool doubtful = k->c->fit_de00 > DOUBTFUL_MEAN || largest > DOUBTFUL_PATCH;
    if ((doubtful || count_strays(k) > 1) && drop_covered(k, context ? context->seed : 0) &&
        !solve_whole(k, &largest))
        return false;
    drop_strays(k);
    if (!keep_result(k) || !tns_folds_run(k->c, &k->set, &k->whole, context, k->err))
        return false;
    predict_unused(k);
    return true;
}

static bool refuse_few(const tns_calibration *c, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_CHART_REFUSED,
                         "only %d of %d patches are usable, fewer than %d", c->used_count,
                         c->chart.count, TNS_CALIBRATION_MIN_PATCHES);
}

static void take_usable(tns_calibration *c, const tns_patch_sample *samples)
{
    for (int i = 0; i < c->chart.count; i++) {
        c->is_used[i] = samples[i].is_usable;
        c->used_count += samples[i].is_usable;
        snprintf(c->reason[i], sizeof c->reason[i], "%s", samples[i].reason);
    }
}

bool tns_calibrate(const tns_chart *chart, const tns_patch_sample *samples,
                   const tns_point corners[4], const tns_calibration_options *options,
                   const tns_context *context, tns_calibration *out, tns_error *err)
{
    static const tns_calibration_options usual;
    memset(out, 0, sizeof *out);
    out->chart = *chart;
    set_geometry(out, corners);
    take_usable(out, samples);
    if (out->used_count < TNS_CALIBRATION_MIN_PATCHES)
        return refuse_few(out, err);
    calibrator *k = malloc(sizeof *k);
    if (!k)
        return tns_error_set(err, TNS_ERROR_MEMORY, "photo: out of memory");
    k->c = out;
    k->samples = samples;
    k->options = options ? options : &usual;
    k->asked = chart->edition;
    k->err = err;
    out->anchor_count = k->options->anchor_count;
    memcpy(out->anchor, k->options->anchors ? k->options->anchors : out->anchor,
           (size_t)out->anchor_count * sizeof *out->anchor);
    bool done = solve(k, context);
    free(k);
    return done;
}
