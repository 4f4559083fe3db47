/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/chart.h>
#include <tonsure/difference.h>

#include "base/random.h"
#include "photo/correct/consensus.h"

/*
 * With a third of the patches covered one draw of 5 in 8 is clean; 400 draws leave no doubt. A
 * matrix alone leaves up to 15 dE00 on a toned JPEG; the full correction that follows, less.
 */
enum { DRAW = 5, DRAWS = 400, ROUNDS = 4 };

static const double NEAR_ROUGH = 16, NEAR_FULL = 13;

static int count_near(const tns_correction *c, const tns_fit_patch *patches, int n, double limit,
                      bool *near, double *sum)
{
    int count = 0;
    *sum = 0;
    for (int i = 0; i < n; i++) {
        tns_lab lab = tns_correction_lab(c, patches[i].rgb, patches[i].x, patches[i].y);
        double de = tns_de00(patches[i].reference, lab);
        near[i] = de < limit;
        count += near[i];
        *sum += near[i] ? de : limit;
    }
    return count;
}

static void draw(const tns_fit_patch *patches, int n, tns_random *random, tns_fit_patch out[DRAW])
{
    int taken[DRAW];
    for (int k = 0; k < DRAW; k++) {
        bool again = true;
        while (again) {
            taken[k] = (int)tns_random_below(random, (uint32_t)n);
            again = false;
            for (int j = 0; j < k; j++)
                again |= taken[j] == taken[k];
        }
        out[k] = patches[taken[k]];
    }
}

/* The draw that leaves least, by the sum in which a patch that disagrees counts as the limit. */
static bool best_draw(const tns_fit_patch *patches, int n, uint64_t seed, bool *agrees)
{
    tns_random random = tns_random_make(seed);
    double least = NEAR_ROUGH * n;
    for (int k = 0; k < DRAWS; k++) {
        tns_fit_patch few[DRAW];
        tns_correction c;
        bool near[TNS_CHART_PATCHES_MAX];
        double sum;
        draw(patches, n, &random, few);
        if (!tns_correction_linear(few, DRAW, &c))
            continue;
        count_near(&c, patches, n, NEAR_ROUGH, near, &sum);
        if (sum < least) {
            least = sum;
            memcpy(agrees, near, (size_t)n * sizeof *agrees);
        }
    }
    return least < NEAR_ROUGH * n;
}

int tns_consensus(const tns_fit_patch *patches, int n, uint64_t seed, bool *agrees)
{
    int count = 0;
    if (n < TNS_FIT_PATCHES_MIN || !best_draw(patches, n, seed, agrees))
        return 0;
    for (int round = 0; round < ROUNDS; round++) {
        tns_fit_patch kept[TNS_CHART_PATCHES_MAX];
        tns_color_fit fit;
        double sum;
        int m = 0;
        for (int i = 0; i < n; i++)
            if (agrees[i])
                kept[m++] = patches[i];
        if (!tns_color_fit_make(&(tns_model){.degree = 1}, kept, m, NULL, &fit, NULL))
            return 0;
        count = count_near(&fit.correction, patches, n, NEAR_FULL, agrees, &sum);
    }
    return count;
}
