/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "match/bound/linked.h"

/*
 * What lies above turns R = Rg + A/D into c0 + c1 R/(1 - c2 R): with v = 1 - c2 Rg again a constant
 * and a quotient, of A c1/v^2 and D - A c2/v. As c2 < 1, that still rises in K and in S.
 */
void tns_linked_surface_set(tns_linked_surface *out, const tns_screen_surface *screen)
{
    double most = 0;
    memset(out, 0, sizeof *out);
    out->screen = screen;
    for (int b = 0; b < TNS_WIDE; b++) {
        double Rg = screen->backing[b], c1 = screen->bare ? 1 : screen->c1[b];
        double c0 = screen->bare ? 0 : screen->c0[b], c2 = screen->bare ? 0 : screen->c2[b];
        double v = 1 - c2 * Rg, part = c2 / v;
        out->base[b] = c0 + c1 * Rg / v;
        out->a_K[b] = 2 * Rg * c1 / (v * v);
        out->a_S[b] = (1 - Rg) * (1 - Rg) * c1 / (v * v);
        out->p_K[b] = 1 + 2 * Rg * part;
        out->p_S[b] = (1 - Rg) * (1 - c2) / v;
        most = c2 > most ? c2 : most;
    }
    out->step = (float)(TNS_INK_ERROR / (1 - most));
}
