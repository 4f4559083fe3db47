/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/estimate.h>

#include "render/materials.h"

extern const double render_skin_table[TNS_BANDS][4]; /* data/skin.csv */

static tns_spectrum skin_column(int column)
{
    tns_spectrum out = tns_spectrum_constant(0);
    for (int i = 0; i < TNS_BANDS; i++)
        out.value[i] = render_skin_table[i][column];
    return out;
}

/*
 * The cut end of a dark brown hair: the shaft's surface reflects `surface` of all light, and what
 * enters comes back weakened by eumelanin, whose absorption falls as wavelength^-3.33 (melanosome
 * absorption after Jacques, Phys. Med. Biol. 58, R37 (2013)). `body` and `depth` (at 500 nm) are
 * chosen to give L* about 21.
 */
static tns_spectrum hair(void)
{
    const double surface = 0.022, body = 0.055, depth = 2.2;
    tns_spectrum out = tns_spectrum_constant(0);
    for (int i = 0; i < TNS_BANDS; i++)
        out.value[i] = surface + body * exp(-depth * pow(tns_band_nm(i) / 500, -3.33));
    return out;
}

/* A spectrum of the chart's published colour, the smoothest: the figures are Lab, D50, 2 degrees.
 */
static bool chart_patches(tns_edition edition, tns_spectrum patch[RENDER_PATCHES], tns_error *err)
{
    tns_chart chart;
    tns_viewing d50;
    if (!tns_chart_find("classic24", edition, &chart, err) || !tns_viewing_find("D50/2", &d50, err))
        return false;
    for (int i = 0; i < RENDER_PATCHES; i++)
        if (!tns_spectrum_from_lab(chart.patch[i].reference, &d50, &patch[i], err))
            return tns_error_prefix(err, "%s", chart.patch[i].name);
    return true;
}

bool materials_make(const render_scene *scene, materials *out, tns_error *err)
{
    *out = (materials){0};
    out->of[MATERIAL_CLOTH] = tns_spectrum_constant(0.23);
    out->of[MATERIAL_FRAME] = tns_spectrum_constant(0.042);
    out->of[MATERIAL_HAIR] = hair();
    out->of[MATERIAL_SKIN] = skin_column(1);
    out->of[MATERIAL_SKIN_1] = skin_column(2);
    out->of[MATERIAL_SKIN_2] = skin_column(3);
    for (int i = 0; i < scene->region_count; i++)
        out->of[MATERIAL_REGION + i] = scene->region[i].spectrum;
    return !scene->chart.present ||
           chart_patches(scene->chart.edition, &out->of[MATERIAL_PATCH], err);
}
