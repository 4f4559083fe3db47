/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What things in the picture are made of: one spectrum each. */
#ifndef RENDER_MATERIALS_H
#define RENDER_MATERIALS_H

#include "render/render.h"

enum {
    MATERIAL_CLOTH,
    MATERIAL_HAIR,
    MATERIAL_SKIN,   /* mean of bare skin ... */
    MATERIAL_SKIN_1, /* ... and what its first two principal components add: not reflectances */
    MATERIAL_SKIN_2,
    MATERIAL_REGION,
    MATERIAL_CARDS = MATERIAL_REGION + RENDER_REGIONS, /* as they are added */
    MATERIALS_MOST = MATERIAL_CARDS + (RENDER_CARDS + 2) * (RENDER_PATCHES + 1)
};

typedef struct materials {
    int count;
    tns_spectrum of[MATERIALS_MOST];
} materials;

/* Everything but the cards'. */
void materials_make(const render_scene *scene, materials *out);

/* Its number. */
int materials_add(materials *things, tns_spectrum spectrum);

#endif
