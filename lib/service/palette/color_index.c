/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "service/parts.h"

/* "CI 77266" however it was typed. */
static bool same_index(const char *asked, const char *listed_index)
{
    const char *a = strncmp(asked, "CI", 2) == 0 ? asked + 2 : asked;
    const char *b = strncmp(listed_index, "CI", 2) == 0 ? listed_index + 2 : listed_index;
    a += strspn(a, " ");
    b += strspn(b, " ");
    return strcmp(a, b) == 0;
}

const tns_pigment *tns_pigment_modelled(const tns_palette *palette, const char *color_index)
{
    for (size_t i = 0; i < palette->count; i++) {
        const tns_pigment *p = &palette->pigments[i];
        if (p->origin == TNS_ORIGIN_MODELLED && p->color_index_count == 1 &&
            same_index(color_index, p->color_index[0]))
            return p;
    }
    return NULL;
}
