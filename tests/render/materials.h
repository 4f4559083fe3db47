/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What things in the picture are made of: one spectrum each. */
#ifndef RENDER_MATERIALS_H
#define RENDER_MATERIALS_H

#include "render/render.h"

enum {
    MATERIAL_CLOTH,
    MATERIAL_FRAME,
    MATERIAL_HAIR,
    MATERIAL_SKIN,   /* mean of bare skin ... */
    MATERIAL_SKIN_1, /* ... and what its first two principal components add: not reflectances */
    MATERIAL_SKIN_2,
    MATERIAL_PATCH, /* the chart's, in chart order */
    MATERIAL_REGION = MATERIAL_PATCH + RENDER_PATCHES,
    MATERIAL_COUNT = MATERIAL_REGION + RENDER_REGIONS
};

typedef struct materials {
    tns_spectrum of[MATERIAL_COUNT];
} materials;

bool materials_make(const render_scene *scene, materials *out, tns_error *err);

#endif
