/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/panel.h"
#include "base/lanes.h"

/* Fewer films than this do not fill the widest registers. */
enum { FEW = TNS_DOUBLE_LANES };

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
    *panel =
        (tns_panel){.surfaces = surfaces,
                    .share = share,
                    .count = count,
                    .row = (count + TNS_DOUBLE_LANES - 1) / TNS_DOUBLE_LANES * TNS_DOUBLE_LANES,
                    .blend = TNS_KERNELS_FOR(tns_blend_kernels, tns_cpu_isa())};
    return count < FEW || !all_films(surfaces, count) ||
           tns_blend_films_init(&panel->films, surfaces, share, count);
}

void tns_panel_finish(tns_panel *panel)
{
    tns_blend_films_finish(&panel->films);
}

static void see_one_by_one(const tns_panel *panel, const double *K, const double *S, double *out)
{
    for (size_t i = 0; i < panel->count; i++) {
        tns_spectrum one = tns_surface_reflectance(&panel->surfaces[i], K, S);
        for (size_t b = 0; b < TNS_BANDS; b++)
            out[b * panel->row + i] = one.value[b];
    }
}

void tns_panel_each(const tns_panel *panel, const double K[TNS_BANDS], const double S[TNS_BANDS],
                    double *out)
{
    if (panel->films.count == 0)
        see_one_by_one(panel, K, S, out);
    for (int b = 0; b < TNS_BANDS && panel->films.count > 0; b++)
        panel->blend->each(&panel->films, b, K[b], S[b], out + (size_t)b * panel->row);
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
