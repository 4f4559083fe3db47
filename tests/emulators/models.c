/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The models there are: add one here and in tests.cmake. */
#include <string.h>

#include "models.h"

const emu_kind *const emu_kinds[] = {
    &emu_colorhug, &emu_colorhug2, &emu_colormunki, &emu_cr30,        &emu_dtp20,
    &emu_echo,     &emu_i1studio,  &emu_konica,     &emu_spyderprint, NULL,
};

const emu_kind *emu_kind_find(const char *name)
{
    for (const emu_kind *const *kind = emu_kinds; *kind; kind++)
        if (strcmp((*kind)->name, name) == 0)
            return *kind;
    return NULL;
}
