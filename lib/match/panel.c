/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "match/panel.h"

/* Fewer films than this do not fill the widest registers. */
enum { FEW = 8, AT_ONCE = 64 };

static bool all_films(const tns_surface *surfaces, size_t count)
{
    bool all = true;
    for (size_t i = 0; i < count; i++)
        all = all && surfaces[i].kind != TNS_SURFACE_OPAQUE;
    return all;
}

bool tns_panel_init(tns_panel *panel, const tns_surface *surfaces, const double *share,
                    size_t count)
{
    *panel = (tns_panel){.surfaces = surfaces,
                         .share = share,
                         .count = count,
                         .blend = TNS_KERNELS_FOR(tns_blend_kernels, tns_cpu_isa())};
    return count < FEW || !all_films(surfaces, count) ||
           tns_blend_films_init(&panel->films, surfaces, share, count);
}

void tns_panel_finish(tns_panel *panel)
{
    tns_blend_films_finish(&panel->films);
}

/* So many films' rows, from bands one behind the other. */
static void turn(const double *by_band, size_t count, double (*out)[TNS_BANDS])
{
    for (size_t i = 0; i < count; i++)
        for (size_t b = 0; b < TNS_BANDS; b++)
            out[i][b] = by_band[b * AT_ONCE + i];
}

void tns_panel_each(const tns_panel *panel, const double K[TNS_BANDS], const double S[TNS_BANDS],
                    double (*out)[TNS_BANDS])
{
    double seen[TNS_BANDS * AT_ONCE];
    if (panel->films.count == 0) {
        for (size_t i = 0; i < panel->count; i++) {
            tns_spectrum one = tns_surface_reflectance(&panel->surfaces[i], K, S);
            memcpy(out[i], one.value, sizeof *out);
        }
        return;
    }
    for (size_t from = 0; from < panel->count; from += AT_ONCE) {
        size_t left = panel->count - from, here = left < AT_ONCE ? left : AT_ONCE;
        for (int b = 0; b < TNS_BANDS; b++)
            panel->blend->each(&panel->films, b, (int)from, (int)here, K[b], S[b],
                               seen + b * AT_ONCE);
        turn(seen, here, out + from);
    }
}

tns_spectrum tns_panel_mean(const tns_panel *panel, const double K[TNS_BANDS],
                            const double S[TNS_BANDS])
{
    tns_spectrum mean = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM};
    for (int b = 0; b < TNS_BANDS && panel->films.count > 0; b++)
        mean.value[b] = panel->blend->mean(&panel->films, b, K[b], S[b]);
    for (size_t i = 0; i < panel->count && panel->films.count == 0; i++) {
        tns_spectrum one = tns_surface_reflectance(&panel->surfaces[i], K, S);
        for (int b = 0; b < TNS_BANDS; b++)
            mean.value[b] += panel->share[i] * one.value[b];
    }
    return mean;
}

/* One by one. */
static tns_km_slopes slopes_in(const tns_panel *panel, int band, double K, double S)
{
    tns_km_slopes sum = {0, 0, 0};
    for (size_t i = 0; i < panel->count; i++) {
        tns_km_slopes here = tns_surface_slopes(&panel->surfaces[i], band, K, S);
        sum.R += panel->share[i] * here.R;
        sum.dR_dK += panel->share[i] * here.dR_dK;
        sum.dR_dS += panel->share[i] * here.dR_dS;
    }
    return sum;
}

void tns_panel_slopes(const tns_panel *panel, const double K[TNS_BANDS], const double S[TNS_BANDS],
                      tns_km_slopes out[TNS_BANDS])
{
    for (int b = 0; b < TNS_BANDS; b++)
        out[b] = panel->films.count > 0 ? panel->blend->slopes(&panel->films, b, K[b], S[b])
                                        : slopes_in(panel, b, K[b], S[b]);
}
