/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/bound/linked_opaque.h"

/* What lies above turns R = S/(K + S + b) into c0 + c1 R/(1 - c2 R). */
void tns_opaque_surface_set(tns_opaque_surface *out, const tns_screen_surface *screen)
{
    float most = 0;
    for (int b = 0; b < TNS_WIDE; b++) {
        const float c2 = screen->bare ? 0 : screen->c2[b];
        out->base[b] = screen->bare ? 0 : screen->c0[b];
        out->a[b] = screen->bare ? 1 : screen->c1[b];
        out->p[b] = 1 - c2;
        most = c2 > most ? c2 : most;
    }
    out->step = TNS_INK_ERROR / (1 - most);
}
