/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <tonsure/difference.h>

#include "base/sort.h"
#include "photo/correct/consensus.h"
#include "photo/find/align.h"
#include "photo/find/palette.h"

/* Of what varies in and round a sharp patch its square explains nearly all, of a blurred one less;
   what lies across has edges of its own. */
static const double OUTLINE_LEAST = 0.5;

static const double CLIPPED_MOST = 0.05; /* of a patch: more of it has no color */

/* As in refine.c: the edges drawn for a sharp and for a blurred picture, in pitches. */
static const double BLUR[2] = {0.02, 0.07};

/* Outlines that must be seen, and the share of them that must be near: glare, dirt and a strange
   camera may take the rest. */
enum { OUTLINES_LEAST = 10 };
static const double SHARE = 0.7;

typedef struct palette {
    int count, outlines;
    tns_fit_patch patch[TNS_CHART_PATCHES_MAX];
    bool is_outlined[TNS_CHART_PATCHES_MAX], agrees[TNS_CHART_PATCHES_MAX];
} palette;

static void gather(const tns_close_up *close_up, const tns_chart *chart,
                   const tns_placement *placement, const tns_patch_sample *samples, palette *out)
{
    tns_point last = tns_chart_place(chart, chart->count - 1);
    double width = fmax(last.x, 1);
    for (int i = 0; i < chart->count; i++) {
        tns_point at = tns_chart_place(chart, i);
        if (samples[i].count == 0 || samples[i].clipped > CLIPPED_MOST)
            continue;
        int k = out->count++;
        out->patch[k] = tns_fit_patch_make(samples[i].rgb, (at.x - last.x / 2) / width,
                                           (at.y - last.y / 2) / width, chart->patch[i].reference);
        out->is_outlined[k] =
            fmax(tns_align_share(close_up, chart, i, BLUR[0], placement),
                 tns_align_share(close_up, chart, i, BLUR[1], placement)) >= OUTLINE_LEAST;
        out->outlines += out->is_outlined[k];
    }
}

/* To the patches that go together. False when too few do. */
static bool fit_consensus(palette *p, tns_color_fit *out)
{
    tns_fit_patch kept[TNS_CHART_PATCHES_MAX];
    int n = 0;
    if (tns_consensus(p->patch, p->count, 1, p->agrees) < TNS_FIT_PATCHES_MIN)
        return false;
    for (int i = 0; i < p->count; i++)
        if (p->agrees[i])
            kept[n++] = p->patch[i];
    return tns_color_fit_make(&(tns_model){.degree = 1}, kept, n, NULL, out, NULL);
}

static double miss_of(palette *p)
{
    double miss[TNS_CHART_PATCHES_MAX];
    tns_color_fit fit;
    int n = 0;
    if (p->outlines < OUTLINES_LEAST)
        return NAN;
    if (!fit_consensus(p, &fit))
        return INFINITY;
    for (int i = 0; i < p->count; i++) {
        const tns_fit_patch *patch = &p->patch[i];
        if (p->is_outlined[i])
            miss[n++] = tns_de00(patch->reference, tns_correction_lab(&fit.correction, patch->rgb,
                                                                      patch->x, patch->y));
    }
    tns_sort_numbers(miss, (size_t)n);
    double at = SHARE * (n - 1);
    int k = (int)at;
    return miss[k] + (at - k) * (miss[k + 1] - miss[k]);
}

double tns_palette_miss(const tns_image *image, const tns_chart *chart,
                        const tns_placement *placement, const tns_patch_sample *samples)
{
    tns_close_up close_up;
    palette *p = calloc(1, sizeof *p);
    double miss = NAN;
    if (p && tns_close_up_make(image, chart, placement, &close_up)) {
        gather(&close_up, chart, placement, samples, p);
        tns_close_up_finish(&close_up);
        miss = miss_of(p);
    }
    free(p);
    return miss;
}
