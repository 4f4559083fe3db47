/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The whole chart is laid over the image, first with soft edges, then with sharper ones; then each
 * patch for itself. A homography is fitted to the patches' middles, without those that stray, and
 * with a radial coefficient when that explains clearly more.
 */
#include <math.h>
#include <string.h>

#include "base/sort.h"
#include "photo/find/align.h"
#include "photo/find/refine.h"

enum { PASSES = 3, LEAST_PATCHES = 10 };

/* Blur of the edges drawn, in pitches: to catch; of a sharp picture; of a blurred one. */
static const double SOFT = 0.1, SHARP = 0.02, BLURRED = 0.07;

static const double STRAY_MOST = 0.15, STRAY_SIGMAS = 3.5;

/* Residual in pixels above which a lens is thought of; and F of one parameter more, p < 0.001. */
static const double LENS_RMS = 0.5, LENS_F = 16, LENS_MOST = 0.3;

typedef struct middles {
    int count, patch[TNS_CHART_PATCHES_MAX];
    tns_point at[TNS_CHART_PATCHES_MAX]; /* in the image */
    double miss[TNS_CHART_PATCHES_MAX];  /* in pitches */
} middles;

static void find_middles(const tns_close_up *close_up, const tns_chart *chart, const bool *takes,
                         double blur, const tns_placement *placement, middles *out)
{
    out->count = 0;
    for (int i = 0; i < chart->count; i++) {
        tns_point at = tns_chart_place(chart, i), off;
        if (!takes[i] || !tns_align_patch(close_up, chart, i, blur, placement, &off))
            continue;
        out->at[out->count] =
            tns_placement_apply(placement, (tns_point){at.x + off.x, at.y + off.y});
        out->patch[out->count++] = i;
    }
}

/* With the lens taken out. */
static bool fit_map(const tns_image *image, const tns_chart *chart, const middles *m, double radial,
                    tns_placement *out)
{
    tns_point from[TNS_CHART_PATCHES_MAX], to[TNS_CHART_PATCHES_MAX];
    tns_homography same = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}, map;
    tns_placement lens = tns_placement_make(image, &same, radial);
    for (int i = 0; i < m->count; i++) {
        from[i] = tns_chart_place(chart, m->patch[i]);
        to[i] = tns_placement_back(&lens, m->at[i]);
    }
    if (!tns_homography_fit(from, to, (size_t)m->count, &map))
        return false;
    *out = tns_placement_make(image, &map, radial);
    return true;
}

/* Sum of squares of the misses, in pitches. */
static double measure_misses(const tns_chart *chart, const tns_placement *placement, middles *m)
{
    double sum = 0;
    for (int i = 0; i < m->count; i++) {
        tns_point want = tns_chart_place(chart, m->patch[i]);
        tns_point at = tns_placement_back(placement, m->at[i]);
        m->miss[i] = hypot(at.x - want.x, at.y - want.y);
        sum += m->miss[i] * m->miss[i];
    }
    return sum;
}

static double limit_of(const middles *m)
{
    double sorted[TNS_CHART_PATCHES_MAX];
    memcpy(sorted, m->miss, (size_t)m->count * sizeof *sorted);
    tns_sort_numbers(sorted, (size_t)m->count);
    /* For two coordinates the median distance is 1.18 standard deviations of one. */
    return fmin(fmax(STRAY_SIGMAS * sorted[m->count / 2] / 1.18, 0.015), STRAY_MOST);
}

/* Fits, drops those that stray, and fits again. */
static bool settle(const tns_image *image, const tns_chart *chart, middles *m,
                   tns_placement *placement)
{
    for (int k = 0; k < PASSES; k++) {
        if (m->count < LEAST_PATCHES || !fit_map(image, chart, m, placement->radial, placement))
            return false;
        measure_misses(chart, placement, m);
        double limit = limit_of(m);
        int kept = 0;
        for (int i = 0; i < m->count; i++)
            if (m->miss[i] <= limit) {
                m->patch[kept] = m->patch[i];
                m->at[kept++] = m->at[i];
            }
        m->count = kept;
    }
    return m->count >= LEAST_PATCHES && fit_map(image, chart, m, placement->radial, placement);
}

/* Least squares in one number by the golden section; the map follows. */
static double best_radial(const tns_image *image, const tns_chart *chart, middles *m)
{
    double low = -LENS_MOST, high = LENS_MOST, golden = (sqrt(5) - 1) / 2;
    while (high - low > 1e-4) {
        double k[2] = {high - golden * (high - low), low + golden * (high - low)}, sum[2];
        for (int i = 0; i < 2; i++) {
            tns_placement p;
            sum[i] = fit_map(image, chart, m, k[i], &p) ? measure_misses(chart, &p, m) : INFINITY;
        }
        if (sum[0] < sum[1])
            high = k[1];
        else
            low = k[0];
    }
    return (low + high) / 2;
}

static void consider_lens(const tns_image *image, const tns_chart *chart, middles *m,
                          tns_placement *placement)
{
    tns_placement bent;
    double freedom = 2 * m->count - 9, straight = measure_misses(chart, placement, m);
    double pitch = tns_placement_pitch(placement, tns_chart_place(chart, chart->count / 2));
    if (freedom < 12 || sqrt(straight / m->count) * pitch < LENS_RMS ||
        !fit_map(image, chart, m, best_radial(image, chart, m), &bent))
        return;
    double left = measure_misses(chart, &bent, m);
    if ((straight - left) / (left / freedom) > LENS_F)
        *placement = bent;
}

static double farthest_corner(const tns_chart *chart, const tns_placement *a,
                              const tns_placement *b)
{
    tns_point p[4], q[4];
    double worst = 0;
    tns_placement_corners(a, chart, p);
    tns_placement_corners(b, chart, q);
    for (int k = 0; k < 4; k++)
        worst = fmax(
            worst, hypot(p[k].x - q[k].x, p[k].y - q[k].y) /
                       tns_placement_pitch(b, tns_chart_place(chart, tns_chart_corner(chart, k))));
    return worst;
}

/* Patch for patch, with edges drawn so. */
static bool refine_patches(const tns_image *image, const tns_close_up *close_up,
                           const tns_chart *chart, const bool *takes, double blur, middles *m,
                           tns_placement *placement)
{
    tns_placement start = *placement;
    if (tns_align(close_up, chart, takes, blur, placement)) {
        find_middles(close_up, chart, takes, blur, placement, m);
        if (settle(image, chart, m, placement) && 2 * m->count >= chart->count)
            return true;
    }
    *placement = start;
    return false;
}

static bool refine(const tns_image *image, const tns_close_up *close_up, const tns_chart *chart,
                   const bool *takes, const tns_placement *start, tns_refined *out)
{
    middles m;
    out->placement = *start;
    if (!tns_align(close_up, chart, takes, SOFT, &out->placement))
        return false;
    if (!refine_patches(image, close_up, chart, takes, SHARP, &m, &out->placement) &&
        !refine_patches(image, close_up, chart, takes, BLURRED, &m, &out->placement))
        return false;
    consider_lens(image, chart, &m, &out->placement);
    out->patches = m.count;
    out->rms = sqrt(measure_misses(chart, &out->placement, &m) / m.count);
    out->farthest = farthest_corner(chart, start, &out->placement);
    return true;
}

bool tns_placement_refine(const tns_image *image, const tns_chart *chart, const bool *takes,
                          const tns_placement *start, tns_refined *out)
{
    tns_close_up close_up;
    if (!tns_close_up_make(image, chart, start, &close_up))
        return false;
    bool done = refine(image, &close_up, chart, takes, start, out);
    tns_close_up_finish(&close_up);
    return done;
}
