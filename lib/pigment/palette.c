/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <tonsure/palette.h>

/* Bottles met give 0.03-0.05 ml a drop; weighing twenty drops replaces this. */
static const double USUAL_DROP_ML = 0.04;

void tns_palette_destroy(tns_palette *palette)
{
    if (!palette)
        return;
    free(palette->pigments);
    free(palette);
}

int tns_palette_diluent(const tns_palette *palette)
{
    for (size_t i = 0; i < palette->count; i++)
        if (palette->pigments[i].kind == TNS_DILUENT)
            return (int)i;
    return -1;
}

int tns_palette_index(const tns_palette *palette, const char *id)
{
    for (size_t i = 0; i < palette->count; i++)
        if (strcmp(palette->pigments[i].id, id) == 0)
            return (int)i;
    return strcmp(id, "diluent") == 0 ? tns_palette_diluent(palette) : -1;
}

double tns_pigment_drop_ml(const tns_pigment *pigment)
{
    return pigment->drop_ml > 0 ? pigment->drop_ml : USUAL_DROP_ML;
}

double tns_pigment_density(const tns_pigment *pigment)
{
    return pigment->density_g_ml > 0 ? pigment->density_g_ml : 1;
}
