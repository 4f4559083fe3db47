/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "match/bound/screen.h"
#include "match/surface.h"

static void narrow(const double from[TNS_BANDS], float out[TNS_WIDE])
{
    for (int b = 0; b < TNS_WIDE; b++)
        out[b] = b < TNS_BANDS ? (float)from[b] : 0;
}

static bool nothing_above(const tns_surface *surface)
{
    bool nothing = surface->outer.k1 == 0 && surface->outer.k2 == 0;
    for (int b = 0; b < TNS_BANDS && nothing; b++)
        nothing = surface->over_R[b] == 0 && surface->over_T2[b] == 1 && surface->over_Rb[b] == 0;
    return nothing;
}

static void set_above(tns_screen_surface *out, const tns_surface *surface, int b)
{
    tns_above above = tns_surface_above(surface, b);
    out->c0[b] = (float)above.c0;
    out->c1[b] = (float)above.c1;
    out->c2[b] = (float)above.c2;
}

/* An error of what is below, relative, grows by no more than this above it. */
static double amplified(const tns_screen_surface *surface)
{
    double most = 0;
    for (int b = 0; b < TNS_BANDS; b++)
        most = fmax(most, surface->c2[b]);
    return 1 / (1 - most);
}

void tns_screen_surface_set(tns_screen_surface *out, const tns_surface *surface)
{
    memset(out, 0, sizeof *out);
    out->opaque = surface->kind == TNS_SURFACE_OPAQUE;
    out->bare = nothing_above(surface);
    for (int b = 0; b < TNS_WIDE; b++)
        out->load[b] = (float)surface->load;
    narrow(surface->host_K, out->host_K);
    narrow(surface->host_S, out->host_S);
    narrow(surface->backing, out->backing);
    for (int b = 0; b < TNS_BANDS; b++)
        set_above(out, surface, b);
    out->share = out->opaque ? TNS_INK_ERROR : 0;
    out->step = out->opaque ? 0 : TNS_INK_ERROR;
}

void tns_screen_eye_add(tns_screen_eye *eye, const tns_viewing *viewing)
{
    double white[3] = {viewing->white.X, viewing->white.Y, viewing->white.Z};
    int v = eye->viewings++;
    memset(eye->xyz[v], 0, sizeof eye->xyz[v]);
    memset(eye->step[v], 0, sizeof eye->step[v]);
    memset(eye->size[v], 0, sizeof eye->size[v]);
    for (int b = 0; b < TNS_BANDS; b++) {
        double xyz[3];
        for (int i = 0; i < 3; i++)
            xyz[i] = viewing->weight[i][b] / white[i];
        double step[3] = {xyz[1], xyz[0] - xyz[1], xyz[1] - xyz[2]};
        for (int i = 0; i < 3; i++) {
            eye->xyz[v][i][b] = (float)xyz[i];
            eye->step[v][i][b] = (float)step[i];
            eye->size[v][i][b] = (float)fabs(step[i]);
        }
    }
}

/*
 * f is off by a third of what t is, relative, and f < 1.1; or by 841/108 of what t is, where it is
 * a line. t is off by what the ink is, through what lies above, and by the sums.
 */
void tns_screen_row_error(const tns_screen_sight *sight, double out[3])
{
    double share = 2 * TNS_SUM_ERROR + (sight->count + 2) * TNS_BLEND_ERROR, step = 0;
    for (int s = 0; s < sight->count; s++) {
        const tns_screen_surface *surface = &sight->surfaces[s];
        double above = amplified(surface) * (sight->share ? sight->share[s] : 1);
        share += surface->share * above;
        step += surface->step * above;
    }
    double f = 1.1 / 3 * share + 841.0 / 108 * step;
    out[0] = 116 * f + TNS_LAST_STEPS[0];
    out[1] = 1000 * f + TNS_LAST_STEPS[1];
    out[2] = 400 * f + TNS_LAST_STEPS[2];
}

void tns_ink_set(tns_ink *ink, const tns_mix *mix)
{
    narrow(mix->K, ink->K);
    narrow(mix->S, ink->S);
    for (int b = TNS_BANDS; b < TNS_WIDE; b++)
        ink->S[b] = 1;
    ink->amount = (float)mix->amount;
}
