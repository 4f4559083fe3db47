/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The area that dots make, as it was read and as it may come out. */
#include <math.h>
#include <string.h>

#include <tonsure/difference.h>

#include "color/numeric.h"
#include "skin/zone.h"

const char *tns_zone_reach_name(tns_zone_reach reach)
{
    static const char *const names[] = {"given", "reached", "lighter-than-skin", "darker-than-dots",
                                        "dots-not-darker"};
    return names[reach];
}

static void look(const tns_zone_request *request, const tns_zone *zone, const tns_zone_case *given,
                 tns_zone_dots *dots)
{
    tns_spectrum area = tns_dots_area(&given->dot, &given->skin, dots->coverage, dots->n);
    dots->area = tns_lab_from_spectrum(&area, &given->viewing);
    dots->de00_to_skin = tns_de00(zone->skin, dots->area);
    dots->de00_to_target = request->has_target ? tns_de00(zone->target, dots->area) : 0;
}

static tns_zone_dots dots_at(const tns_zone_request *request, const tns_zone *zone,
                             const tns_zone_case *as_read, double n)
{
    tns_zone_case given = *as_read;
    tns_zone_reach ignored;
    tns_zone_dots dots = {.n = n};
    given.n = n;
    tns_zone_fill(request, tns_zone_is_sought(request) ? tns_zone_coverage(&given, &ignored) : 0,
                  &dots);
    look(request, zone, &given, &dots);
    return dots;
}

/* The same dots before they have shrunk. */
static tns_zone_dots fresh(const tns_zone_request *request, const tns_zone *zone,
                           const tns_zone_case *given)
{
    tns_zone_dots dots = zone->dots;
    dots.diameter_mm /= TNS_DOT_HEALED_OF_FRESH;
    if (isfinite(dots.per_cm2) && isfinite(dots.diameter_mm))
        dots.coverage = tns_dots_coverage(request->order, dots.per_cm2, dots.diameter_mm);
    look(request, zone, given, &dots);
    return dots;
}

static void set_area(const tns_zone_case *given, tns_zone *out)
{
    tns_reading *area = &out->area;
    area->what = TNS_WHAT_AREA;
    area->source.kind = TNS_SOURCE_PREDICTED;
    area->has_spectrum = area->has_color = true;
    area->spectrum = tns_dots_area(&given->dot, &given->skin, out->dots.coverage, given->n);
    area->color = tns_color_from_spectrum(&area->spectrum, &given->viewing);
}

bool tns_zone_solve(const tns_zone_request *request, tns_zone *out, tns_error *err)
{
    tns_numeric_init();
    memset(out, 0, sizeof *out);
    tns_zone_case given = {
        .dot = request->dot.spectrum, .skin = request->skin.spectrum, .n = request->n};
    if (!tns_viewing_find("D65/10", &given.viewing, err))
        return false;
    out->dot = tns_lab_from_spectrum(&given.dot, &given.viewing);
    out->skin = tns_lab_from_spectrum(&given.skin, &given.viewing);
    if (request->has_target) {
        out->target = tns_lab_from_spectrum(&request->target.spectrum, &given.viewing);
        given.wanted = tns_xyz_from_spectrum(&request->target.spectrum, &given.viewing).Y;
    }
    if (tns_zone_is_sought(request))
        tns_zone_coverage(&given, &out->reach);
    out->dots = dots_at(request, out, &given, request->n);
    out->by_n[0] = dots_at(request, out, &given, request->n_least);
    out->by_n[1] = dots_at(request, out, &given, request->n_most);
    out->fresh = fresh(request, out, &given);
    set_area(&given, out);
    if (!tns_zone_range_all(request, &given, out, err))
        return false;
    out->within_doubt = (out->reach == TNS_ZONE_LIGHTER && out->coverage.most > 0) ||
                        (out->reach == TNS_ZONE_DARKER && out->coverage.least < 1);
    return true;
}
