/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/service.h>

#include "service/parts.h"
#include "service/zone/zone_parts.h"

/* More of the skin covered than this is no area of dots: what is as dark is a dot, or a film. */
static const double MOST_COVERED = 0.5;

typedef struct work {
    const tns_zone_order *order;
    tns_zone_request request;
    tns_viewing viewing;
    unsigned unsaid; /* readings that do not say what they are of, by role */
    bool silent;     /* some reading states no uncertainty */
    tns_zone_record *out;
} work;

static bool take(work *w, tns_role role, tns_reading *reading, const char *name,
                 tns_zone_color *color, tns_error *err)
{
    tns_warnings *warnings = &w->out->warnings;
    if (!tns_role_take(role, reading, &w->unsaid, err) ||
        !tns_reachable_spectrum(reading, tns_reading_prior(reading), &color->spectrum, warnings,
                                err))
        return false;
    w->silent |= !tns_reading_covariance(reading, &color->spectrum, &w->viewing, color->covariance);
    tns_warn_of_reading(warnings, name, reading);
    return true;
}

/*
 * What a camera or a chart does to skin and target alike shifts both and leaves their distance, by
 * which dots are counted; that is as sure as readings are from one visit to the next. False where
 * that is not known of both.
 */
static bool count_by_visits(work *w)
{
    tns_reading skin = w->out->skin, target = w->out->target;
    if (!w->out->has_target || !skin.has_between_visits || !target.has_between_visits)
        return false;
    skin.uncertainty = skin.between_visits;
    target.uncertainty = target.between_visits;
    tns_reading_covariance(&skin, &w->request.skin.spectrum, &w->viewing,
                           w->request.skin.covariance);
    tns_reading_covariance(&target, &w->request.target.spectrum, &w->viewing,
                           w->request.target.covariance);
    return true;
}

static double with_shift(double half_width, double truth, double visits)
{
    double shift = truth * truth - visits * visits;
    return shift > 0 ? sqrt(half_width * half_width + shift) : half_width;
}

/* The area itself is seen with the shift, which is the skin's, for that is most of it. */
static void add_shift(tns_zone_record *out)
{
    const tns_uncertainty *truth = &out->skin.uncertainty, *visits = &out->skin.between_visits;
    tns_uncertainty *area = &out->zone.area.uncertainty;
    double t = area->k / truth->k, v = area->k / visits->k;
    area->L = with_shift(area->L, t * truth->L, v * visits->L);
    area->a = with_shift(area->a, t * truth->a, v * visits->a);
    area->b = with_shift(area->b, t * truth->b, v * visits->b);
}

static bool take_all(work *w, tns_error *err)
{
    tns_zone_record *out = w->out;
    tns_zone_request *r = &w->request;
    r->has_target = out->has_target;
    return tns_viewing_find("D65/10", &w->viewing, err) &&
           take(w, TNS_ROLE_DOT, &out->dot, "the dot", &r->dot, err) &&
           take(w, TNS_ROLE_SKIN, &out->skin, "the skin", &r->skin, err) &&
           (!out->has_target ||
            take(w, TNS_ROLE_AREA, &out->target, "the target", &r->target, err));
}

static bool in_reason(const char *what, double value, double least, double most, tns_error *err)
{
    return (value >= least && value <= most) ||
           tns_error_set(err, TNS_ERROR_USAGE, "zone: %s: expected %g to %g, found %g", what, least,
                         most, value);
}

static bool check(const tns_zone_order *o, tns_error *err)
{
    if (!(o->per_cm2 > 0) && !o->target)
        return tns_error_set(
            err, TNS_ERROR_USAGE,
            "zone: expected --density, or --target, the area whose tone is wanted");
    return (!(o->per_cm2 > 0) || in_reason("--density", o->per_cm2, 0.1, 1e5, err)) &&
           (!(o->diameter_mm > 0) || in_reason("--diameter", o->diameter_mm, 0.01, 5, err)) &&
           (!(o->yule_nielsen > 0) || in_reason("--yule-nielsen", o->yule_nielsen, 1, 10, err));
}

/* The width is sought where the density is given and the target too; else it has a usual one. */
static void set_dots(work *w)
{
    const tns_zone_order *o = w->order;
    tns_zone_record *out = w->out;
    tns_zone_request *r = &w->request;
    r->order = out->order = o->grid ? TNS_DOTS_GRID : TNS_DOTS_RANDOM;
    r->diameter_spread = out->diameter_spread = TNS_DOT_SPREAD;
    r->per_cm2 = o->per_cm2;
    r->diameter_mm = o->diameter_mm * (o->fresh ? TNS_DOT_HEALED_OF_FRESH : 1);
    out->sought = !(o->per_cm2 > 0)                    ? TNS_SOUGHT_DENSITY
                  : o->target && !(o->diameter_mm > 0) ? TNS_SOUGHT_DIAMETER
                                                       : TNS_SOUGHT_NOTHING;
    if (!(o->diameter_mm > 0) && out->sought != TNS_SOUGHT_DIAMETER)
        r->diameter_mm = TNS_DOT_HEALED_MM;
}

static void set_scatter(work *w)
{
    double own = w->order->yule_nielsen;
    tns_zone_record *out = w->out;
    out->n_is_own = own > 0;
    out->n = out->n_is_own ? own : TNS_YULE_NIELSEN;
    out->n_least = out->n_is_own ? own : TNS_YULE_NIELSEN_LEAST;
    out->n_most = out->n_is_own ? own : TNS_YULE_NIELSEN_MOST;
    w->request.n = out->n;
    w->request.n_least = out->n_least;
    w->request.n_most = out->n_most;
}

/* A dot's color that passes for an area would ask for dots beside dots. */
static bool looks_like_an_area(const work *w, tns_error *err)
{
    const tns_zone *zone = &w->out->zone;
    bool dense = zone->reach == TNS_ZONE_DARKER || zone->dots.coverage > MOST_COVERED;
    return !(w->unsaid >> TNS_ROLE_AREA & 1) || !dense || zone->reach == TNS_ZONE_PALE ||
           zone->reach == TNS_ZONE_GIVEN ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "zone: --target: nearly as dark as the dot (L %.1f, the dot %.1f), and "
                         "does not say what it is of: for the color of a dot there is match; say "
                         "--target-is area if it is the mean of an area",
                         zone->target.L, zone->dot.L);
}

static void warn_of_estimates(work *w)
{
    const tns_zone_request *r = &w->request;
    bool dot = r->dot.spectrum.reconstructed, skin = r->skin.spectrum.reconstructed;
    bool target = r->has_target && r->target.spectrum.reconstructed;
    int count = dot + skin + target;
    if (count)
        tns_warn(&w->out->warnings,
                 "of %s%s%s%s%s only a color was read: the bands that are mixed are estimated",
                 dot ? "the dot" : "",
                 dot && count == 3   ? ", "
                 : dot && count == 2 ? " and "
                                     : "",
                 skin ? "the skin" : "", skin && target ? " and " : "", target ? "the target" : "");
}

static void warn_of_skin(work *w)
{
    tns_skin_fit fit;
    if (tns_skin_fit_reading(&w->out->skin, &fit, NULL) && !fit.is_skin)
        tns_warn(&w->out->warnings, "the skin is not like skin: %s", fit.reason);
}

/* What a hand makes and what grows, for orientation. */
static void warn_of_dots(work *w)
{
    tns_zone_record *out = w->out;
    const tns_zone_dots *dots = &out->zone.dots;
    if (out->sought != TNS_SOUGHT_DIAMETER && !(w->order->diameter_mm > 0))
        tns_warn(&out->warnings, "no --diameter: %g mm was taken; healed dots are 0.10 to 0.15 mm",
                 dots->diameter_mm);
    if (out->sought == TNS_SOUGHT_DIAMETER && (dots->diameter_mm > 0.15 || dots->diameter_mm < 0.1))
        tns_warn(&out->warnings, "%s than healed dots, which are 0.10 to 0.15 mm: %s",
                 dots->diameter_mm > 0.15 ? "wider" : "finer",
                 dots->diameter_mm > 0.15 ? "it takes more dots, or darker ones"
                                          : "it takes fewer dots, or lighter ones");
    if (isfinite(dots->per_cm2) && dots->per_cm2 > TNS_HAIRS_MOST)
        tns_warn(&out->warnings,
                 "denser than hair grows: %d to %d hairs per cm2, in %d to %d follicular units",
                 TNS_HAIRS_LEAST, TNS_HAIRS_MOST, TNS_UNITS_LEAST, TNS_UNITS_MOST);
    if (out->dot.what == TNS_WHAT_INK)
        tns_warn(&out->warnings, "the dot is ink as predicted or drawn down: in the skin it will "
                                 "look as it has healed");
}

static void warn_of_model(work *w)
{
    tns_zone_record *out = w->out;
    if (!out->n_is_own)
        tns_warn(&out->warnings,
                 "how far skin spreads light between dots (n %g, from print; %g to %g in the "
                 "ranges) is not calibrated: compare with healed work",
                 out->n, out->n_least, out->n_most);
    if (w->silent)
        tns_warn(&out->warnings, "a reading states no uncertainty: the ranges leave its error out");
    warn_of_estimates(w);
}

static void warn(work *w)
{
    tns_role_warn(w->unsaid, &w->out->warnings);
    warn_of_skin(w);
    if (w->out->failure.code != TNS_OK)
        return;
    warn_of_dots(w);
    warn_of_model(w);
}

static void set_count(work *w)
{
    tns_zone_record *out = w->out;
    out->area_cm2 = w->order->area_cm2;
    out->dots = out->area_cm2 > 0 ? out->area_cm2 * out->zone.dots.per_cm2 : 0;
}

bool tns_service_zone(const tns_zone_order *order, tns_zone_record *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    work w = {.order = order, .out = out};
    out->dot = *order->dot;
    out->skin = *order->skin;
    out->has_target = order->target != NULL;
    if (out->has_target)
        out->target = *order->target;
    if (!check(order, err) || !take_all(&w, err))
        return false;
    set_dots(&w);
    set_scatter(&w);
    bool by_visits = count_by_visits(&w);
    if (!tns_zone_solve(&w.request, &out->zone, err) || !looks_like_an_area(&w, err))
        return false;
    if (by_visits && out->skin.has_uncertainty)
        add_shift(out);
    set_count(&w);
    tns_zone_failure(out, &out->failure);
    warn(&w);
    tns_zone_sentence(out, out->sentence, sizeof out->sentence);
    return true;
}
