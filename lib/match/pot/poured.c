/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "match/pot/poured.h"

void tns_pot_fill(tns_pot *pot, int i, const tns_palette *palette, int pigment, tns_unit unit)
{
    pot->components[i] = tns_component_make(palette, pigment, unit, NULL);
    pot->errors[i] = tns_colorant_errors_of(&palette->model, &palette->pigments[pigment]);
}

int tns_pot_place(const tns_pot *pot, int pigment)
{
    for (int i = 0; i < pot->count; i++)
        if (pot->components[i].pigment == pigment)
            return i;
    return -1;
}

bool tns_pot_is_unsure(const tns_pot *pot)
{
    bool unsure = false;
    for (int i = 0; i < pot->count; i++)
        unsure = unsure || pot->errors[i].stated;
    return unsure;
}

void tns_pot_mix(const tns_pot *pot, const double *factor, const tns_mix *bottles, tns_mix *out)
{
    memset(out, 0, sizeof *out);
    for (int i = 0; i < pot->count; i++) {
        tns_mix unit = bottles ? bottles[i] : tns_component_unit(&pot->components[i]);
        tns_mix_add(out, pot->units[i] * factor[i], &unit);
    }
}
