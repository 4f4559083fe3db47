/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A photo or a typo can give a color that no surface has. What is asked for then is the nearest
 * that some surface has: the same lightness and hue with as much chroma as there is.
 */
#include <math.h>

#include <tonsure/estimate.h>

#include "service/parts.h"

static tns_lab with_chroma(tns_lab lab, double share)
{
    return (tns_lab){fmin(fmax(lab.L, 0), 99), share * lab.a, share * lab.b};
}

/* Bisects to a thousandth of the chroma asked for. */
static bool most_chroma(tns_lab lab, const tns_viewing *viewing, tns_spectrum *out, double *share,
                        tns_error *err)
{
    double reached = 0, missed = 1;
    tns_spectrum spectrum;
    if (!tns_spectrum_from_lab(with_chroma(lab, 0), viewing, out, err))
        return false;
    while (missed - reached > 1e-3) {
        double middle = (reached + missed) / 2;
        if (tns_spectrum_from_lab(with_chroma(lab, middle), viewing, &spectrum, NULL)) {
            reached = middle;
            *out = spectrum;
        } else {
            missed = middle;
        }
    }
    *share = reached;
    return true;
}

bool tns_reachable_spectrum(const tns_reading *reading, tns_prior prior, tns_spectrum *out,
                            tns_warnings *warnings, tns_error *err)
{
    tns_error why = {0};
    if (tns_reading_spectrum_as(reading, prior, out, &why))
        return true;
    tns_illuminant illuminant;
    if (why.code != TNS_ERROR_RANGE || !reading->has_color ||
        !tns_illuminant_find(reading->color.illuminant, &illuminant, NULL))
        return tns_error_set(err, why.code, "%s", why.text);
    tns_viewing viewing = tns_viewing_make(&illuminant, reading->color.observer);
    double share = 0;
    if (!most_chroma(reading->color.lab, &viewing, out, &share, err))
        return false;
    double lost = tns_de00(reading->color.lab, with_chroma(reading->color.lab, share));
    tns_warn(warnings,
             "no surface has the color L %.1f a %.1f b %.1f; the nearest of its hue was taken, "
             "dE %.1f away",
             reading->color.lab.L, reading->color.lab.a, reading->color.lab.b, lost);
    return true;
}
