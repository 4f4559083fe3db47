/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/estimate.h>

#include "color/given_color.h"
#include "color/lhtss.h"
#include "color/prior.h"

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
                         "no reflectance between 0 and 1 was found that has the color L* %.2f a* "
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

static const struct kind {
    const char *name;
    const tns_prior_row *table;
    const tns_given_color_row *by_color; /* where enough spectra were measured to tell */
} kinds[] = {
    [TNS_PRIOR_ANY] = {"any", tns_prior_any_table, NULL},
    [TNS_PRIOR_SKIN] = {"skin", tns_prior_skin_table, tns_prior_skin_by_color_table},
    [TNS_PRIOR_HAIR] = {"hair", tns_prior_hair_table, NULL},
    [TNS_PRIOR_PIGMENT] = {"pigment", tns_prior_pigment_table, NULL},
    [TNS_PRIOR_SMOOTH] = {"lhtss", NULL, NULL},
};

/* Of 4,392 skins estimated with a prior that had not seen them, all but a few lie within. */
static const double FURTHEST = 6;

const char *tns_prior_name(tns_prior prior)
{
    return kinds[prior].name;
}

const char *tns_prior_words(const char *prior)
{
    static const char *const words[] = {
        [TNS_PRIOR_ANY] = "any surface",
        [TNS_PRIOR_SKIN] = "skin",
        [TNS_PRIOR_HAIR] = "hair",
        [TNS_PRIOR_PIGMENT] = "pigment",
        [TNS_PRIOR_SMOOTH] = "any smooth surface",
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(prior, kinds[i].name) == 0)
            return words[i];
    return prior;
}

static void mark_estimated(tns_spectrum *s, tns_prior prior)
{
    s->effective_channels = 3;
    s->reconstructed = true;
    snprintf(s->prior, sizeof s->prior, "%s", tns_prior_name(prior));
}

/* No surface is quite black or white, and a record keeps six decimals; of L* this is 0.001. */
static const double EDGE = 1e-6;

static double inside(double reflectance)
{
    return fmin(fmax(reflectance, EDGE), 1 - EDGE);
}

bool tns_spectrum_from_lab(tns_lab lab, const tns_viewing *viewing, tns_spectrum *out,
                           tns_error *err)
{
    if (!check_lab(lab, err))
        return false;
    tns_xyz wanted = tns_xyz_from_lab(lab, viewing->white);
    /* A grey has no slope, so it is its own smoothest; black and white have no other spectrum. */
    double grey = fmin(wanted.Y / viewing->white.Y, 1);
    tns_spectrum s = tns_spectrum_constant(grey);
    if (has_color(&s, viewing, wanted))
        s = tns_spectrum_constant(inside(grey));
    else if (!(tns_lhtss(viewing, wanted, s.value) && has_color(&s, viewing, wanted)))
        return unreachable(lab, viewing, err);
    mark_estimated(&s, TNS_PRIOR_SMOOTH);
    *out = s;
    return true;
}

static bool by_kind(const struct kind *kind, const tns_viewing *viewing, tns_xyz wanted,
                    double reflectance[TNS_BANDS])
{
    double distance;
    bool found = kind->by_color ? tns_prior_given_color(kind->table, kind->by_color, viewing,
                                                        wanted, reflectance, &distance)
                                : kind->table && tns_prior_likeliest(kind->table, viewing, wanted,
                                                                     reflectance, &distance);
    return found && distance <= FURTHEST;
}

bool tns_spectrum_estimate(tns_lab lab, const tns_viewing *viewing, tns_prior prior,
                           tns_spectrum *out, tns_error *err)
{
    if (!check_lab(lab, err))
        return false;
    tns_xyz wanted = tns_xyz_from_lab(lab, viewing->white);
    tns_spectrum s = tns_spectrum_constant(0);
    if (!by_kind(&kinds[prior], viewing, wanted, s.value) || !has_color(&s, viewing, wanted))
        return tns_spectrum_from_lab(lab, viewing, out, err);
    mark_estimated(&s, prior);
    *out = s;
    return true;
}
