/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>

#include "render/materials.h"
#include "render/paints.h"

extern const double render_skin_table[TNS_BANDS][4]; /* data/skin.csv */

static tns_spectrum skin_column(int column)
{
    tns_spectrum out = tns_spectrum_constant(0);
    for (int i = 0; i < TNS_BANDS; i++)
        out.value[i] = render_skin_table[i][column];
    return out;
}

void materials_make(const render_scene *scene, materials *out)
{
    const render_scalp *scalp = &scene->scalp;
    *out = (materials){.count = MATERIAL_CARDS};
    out->of[MATERIAL_CLOTH] = tns_spectrum_constant(scene->backdrop > 0 ? scene->backdrop : 0.23);
    out->of[MATERIAL_HAIR] = render_hair_end(scalp->melanin > 0 ? scalp->melanin : 1);
    out->of[MATERIAL_SKIN] = render_skin(scalp->tone[0], scalp->tone[1]);
    out->of[MATERIAL_SKIN_1] = skin_column(2);
    out->of[MATERIAL_SKIN_2] = skin_column(3);
    for (int i = 0; i < scene->region_count; i++)
        out->of[MATERIAL_REGION + i] = scene->region[i].spectrum;
}

int materials_add(materials *things, tns_spectrum spectrum)
{
    assert(things->count < MATERIALS_MOST);
    things->of[things->count] = spectrum;
    return things->count++;
}
