/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "skin/free.h"

/* lib/skin/data: median, spread */
extern const double skin_priors[][2];

static const double CM_PER_MM = 0.1;

/* Beyond so many spreads nothing is skin any more, and exponentials overflow. */
static const double FAR = 12;

static double step(const double *z, int figure)
{
    return fmin(fmax(z[figure], -FAR), FAR) * skin_priors[figure][1];
}

static double scaled(const double *z, int figure)
{
    return skin_priors[figure][0] * exp(step(z, figure));
}

tns_skin tns_skin_from_free(const double z[TNS_SKIN_FIGURES])
{
    double median = skin_priors[TNS_SKIN_OXYGENATION][0];
    double odds = median / (1 - median) * exp(step(z, TNS_SKIN_OXYGENATION));
    tns_skin skin = {.melanin = fmin(scaled(z, TNS_SKIN_MELANIN), 1),
                     .blood = fmin(scaled(z, TNS_SKIN_BLOOD), 1),
                     .oxygenation = odds / (1 + odds),
                     .scattering = scaled(z, TNS_SKIN_SCATTERING) * CM_PER_MM,
                     .exponent = skin_priors[TNS_SKIN_EXPONENT][0] + step(z, TNS_SKIN_EXPONENT),
                     .depth_mm = scaled(z, TNS_SKIN_DEPTH)};
    return skin;
}

/* 0 where a figure is held: at a bound of its own, or too far out. */
tns_skin tns_skin_from_free_slopes(const double z[TNS_SKIN_FIGURES], double slope[TNS_SKIN_FIGURES])
{
    tns_skin skin = tns_skin_from_free(z);
    double figures[TNS_SKIN_FIGURES];
    tns_skin_figures(&skin, figures);
    for (int i = 0; i < TNS_SKIN_FIGURES; i++)
        slope[i] = fabs(z[i]) < FAR ? skin_priors[i][1] * figures[i] : 0;
    slope[TNS_SKIN_MELANIN] *= skin.melanin < 1;
    slope[TNS_SKIN_BLOOD] *= skin.blood < 1;
    slope[TNS_SKIN_OXYGENATION] *= 1 - skin.oxygenation;
    slope[TNS_SKIN_EXPONENT] =
        fabs(z[TNS_SKIN_EXPONENT]) < FAR ? skin_priors[TNS_SKIN_EXPONENT][1] : 0;
    return skin;
}

tns_skin tns_skin_typical(void)
{
    const double z[TNS_SKIN_FIGURES] = {0};
    return tns_skin_from_free(z);
}

void tns_skin_figures(const tns_skin *skin, double out[TNS_SKIN_FIGURES])
{
    out[TNS_SKIN_MELANIN] = skin->melanin;
    out[TNS_SKIN_BLOOD] = skin->blood;
    out[TNS_SKIN_OXYGENATION] = skin->oxygenation;
    out[TNS_SKIN_SCATTERING] = skin->scattering;
    out[TNS_SKIN_EXPONENT] = skin->exponent;
    out[TNS_SKIN_DEPTH] = skin->depth_mm;
}
