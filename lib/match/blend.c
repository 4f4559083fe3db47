/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/lanes.h"
#include "match/blend.h"
#include "match/surface.h"

enum { BY_BAND = 6 };

static void fill(tns_blend_films *films, int at, const tns_surface *surface, double share)
{
    films->load[at] = surface->load;
    films->share[at] = share;
    for (int b = 0; b < TNS_BANDS; b++) {
        tns_above above = tns_surface_above(surface, b);
        int i = b * films->count + at;
        films->host_K[i] = surface->host_K[b];
        films->host_S[i] = surface->host_S[b];
        films->Rg[i] = surface->backing[b];
        films->c0[i] = above.c0;
        films->c1[i] = above.c1;
        films->c2[i] = above.c2;
    }
}

static double least_of(const double *values, int count)
{
    double least = INFINITY;
    for (int i = 0; i < count; i++)
        least = values[i] < least ? values[i] : least;
    return least;
}

static void find_least(tns_blend_films *films)
{
    const int n = films->count;
    films->least_load = least_of(films->load, n);
    for (int b = 0; b < TNS_BANDS; b++) {
        films->least_K[b] = least_of(films->host_K + b * n, n);
        films->least_S[b] = least_of(films->host_S + b * n, n);
    }
}

bool tns_blend_films_init(tns_blend_films *films, const tns_surface *surfaces, const double *share,
                          size_t count)
{
    size_t padded = (count + TNS_DOUBLE_LANES - 1) / TNS_DOUBLE_LANES * TNS_DOUBLE_LANES,
           field = padded * TNS_BANDS;
    double *room = malloc((2 * padded + BY_BAND * field) * sizeof *room);
    if (!room)
        return false;
    *films = (tns_blend_films){.count = (int)padded, .load = room, .share = room + padded};
    double **const by_band[BY_BAND] = {&films->host_K, &films->host_S, &films->Rg,
                                       &films->c0,     &films->c1,     &films->c2};
    for (int k = 0; k < BY_BAND; k++)
        *by_band[k] = room + 2 * padded + (size_t)k * field;
    for (size_t i = 0; i < padded; i++)
        fill(films, (int)i, &surfaces[i < count ? i : 0], i < count ? share[i] : 0);
    find_least(films);
    return true;
}

void tns_blend_films_finish(tns_blend_films *films)
{
    free(films->load);
    *films = (tns_blend_films){.count = 0};
}
