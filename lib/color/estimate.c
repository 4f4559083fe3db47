/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/estimate.h>

#include "color/lhtss.h"

static bool check_lab(tns_lab lab, tns_error *err)
{
    if (!isfinite(lab.L) || !isfinite(lab.a) || !isfinite(lab.b))
        return tns_error_set(err, TNS_ERROR_RANGE, "L* a* b* must be finite numbers");
    if (lab.L < 0 || lab.L > 100)
        return tns_error_set(err, TNS_ERROR_RANGE, "L* is %g: expected 0 to 100", lab.L);
    return true;
}

static bool unreachable(tns_lab lab, const tns_viewing *v, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_RANGE,
                         "no reflectance between 0 and 1 was found that has the colour L* %.2f a* "
                         "%.2f b* %.2f under %s/%d",
                         lab.L, lab.a, lab.b, v->illuminant, v->observer);
}

static bool has_color(const tns_spectrum *s, const tns_viewing *v, tns_xyz wanted)
{
    const double tolerance = 1e-6;
    tns_xyz found = tns_xyz_from_spectrum(s, v);
    return fabs(found.X - wanted.X) <= tolerance && fabs(found.Y - wanted.Y) <= tolerance &&
           fabs(found.Z - wanted.Z) <= tolerance;
}

static void mark_estimated(tns_spectrum *s)
{
    s->effective_channels = 3;
    s->reconstructed = true;
    memcpy(s->prior, "lhtss", sizeof "lhtss");
}

bool tns_spectrum_from_lab(tns_lab lab, const tns_viewing *viewing, tns_spectrum *out,
                           tns_error *err)
{
    if (!check_lab(lab, err))
        return false;
    tns_xyz wanted = tns_xyz_from_lab(lab, viewing->white);
    /* A grey has no slope, so it is its own smoothest; black and white have no other spectrum. */
    tns_spectrum s = tns_spectrum_constant(fmin(wanted.Y / viewing->white.Y, 1));
    if (!has_color(&s, viewing, wanted) &&
        !(tns_lhtss(viewing, wanted, s.value) && has_color(&s, viewing, wanted)))
        return unreachable(lab, viewing, err);
    mark_estimated(&s);
    *out = s;
    return true;
}
