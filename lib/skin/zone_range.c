/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is not known of a zone, drawn a thousand times: colors, n and the dots' width. */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "base/sort.h"
#include "match/odds/draws.h"
#include "skin/shift.h"
#include "skin/zone.h"

enum { DOT, SKIN = 3, TARGET = 6, N = 9, WIDTH, COLUMNS };

typedef struct lot {
    const tns_zone_request *request;
    const tns_zone_case *as_read;
    tns_shift dot, skin, target;
    tns_draws draws;
    double *per_cm2, *diameter_mm, *coverage; /* what each draw would need, or has */
    double squares[3];                        /* of the area's L*, a*, b* from the forecast's */
} lot;

static tns_spectrum drawn(const lot *l, const tns_shift *shift, int column, int i)
{
    const double z[3] = {tns_draws_column(&l->draws, column)[i],
                         tns_draws_column(&l->draws, column + 1)[i],
                         tns_draws_column(&l->draws, column + 2)[i]};
    return tns_shift_by(shift, z);
}

static tns_zone_case case_of(const lot *l, int i)
{
    const tns_zone_request *r = l->request;
    double even = gsl_cdf_ugaussian_P(tns_draws_column(&l->draws, N)[i]);
    tns_zone_case out = *l->as_read;
    out.n = r->n_least + even * (r->n_most - r->n_least);
    out.dot = drawn(l, &l->dot, DOT, i);
    out.skin = drawn(l, &l->skin, SKIN, i);
    if (r->has_target) {
        tns_spectrum target = drawn(l, &l->target, TARGET, i);
        out.wanted = tns_xyz_from_spectrum(&target, &out.viewing).Y;
    }
    return out;
}

/* The dots that are made, as they come out this time: the area they make. */
static void add_area(lot *l, const tns_zone *zone, const tns_zone_case *one, double wider)
{
    const tns_zone_dots *dots = &zone->dots;
    double coverage =
        isfinite(dots->per_cm2) && isfinite(dots->diameter_mm)
            ? tns_dots_coverage(l->request->order, dots->per_cm2, dots->diameter_mm * wider)
            : 1;
    tns_spectrum area = tns_dots_area(&one->dot, &one->skin, coverage, one->n);
    tns_lab lab = tns_lab_from_spectrum(&area, &one->viewing);
    const double off[3] = {lab.L - dots->area.L, lab.a - dots->area.a, lab.b - dots->area.b};
    for (int k = 0; k < 3; k++)
        l->squares[k] += off[k] * off[k];
}

/* The dots that would have been right this time. */
static void add_dots(lot *l, const tns_zone_case *one, double wider, int i)
{
    tns_zone_request request = *l->request;
    tns_zone_reach ignored;
    tns_zone_dots dots = {0};
    double coverage = tns_zone_is_sought(&request) ? tns_zone_coverage(one, &ignored) : 0;
    request.diameter_mm *= wider;
    tns_zone_fill(&request, coverage, &dots);
    l->per_cm2[i] = dots.per_cm2;
    l->diameter_mm[i] = dots.diameter_mm;
    l->coverage[i] = dots.coverage;
}

static tns_zone_range middle_95(double *values)
{
    tns_sort_numbers(values, TNS_DRAWS);
    tns_zone_range out = {values[TNS_DRAWS / 40], values[TNS_DRAWS - 1 - TNS_DRAWS / 40]};
    return out;
}

/* k = 2, about the forecast, which need not lie in the middle. */
static double twice_root(double squares)
{
    return 2 * sqrt(squares / TNS_DRAWS);
}

static void draw_all(lot *l, tns_zone *zone)
{
    const double *width = tns_draws_column(&l->draws, WIDTH);
    for (int i = 0; i < TNS_DRAWS; i++) {
        tns_zone_case one = case_of(l, i);
        double wider = exp(l->request->diameter_spread * width[i]);
        add_area(l, zone, &one, wider);
        add_dots(l, &one, wider, i);
    }
    zone->area.has_uncertainty = true;
    zone->area.uncertainty = (tns_uncertainty){.L = twice_root(l->squares[0]),
                                               .a = twice_root(l->squares[1]),
                                               .b = twice_root(l->squares[2]),
                                               .k = 2};
    zone->per_cm2 = middle_95(l->per_cm2);
    zone->diameter_mm = middle_95(l->diameter_mm);
    zone->coverage = middle_95(l->coverage);
}

bool tns_zone_range_all(const tns_zone_request *r, const tns_zone_case *as_read, tns_zone *zone,
                        tns_error *err)
{
    lot l = {.request = r, .as_read = as_read};
    double *room = malloc(3 * TNS_DRAWS * sizeof *room);
    if (!room || !tns_draws_init(&l.draws, COLUMNS, err)) {
        free(room);
        tns_draws_finish(&l.draws);
        return tns_error_set(err, TNS_ERROR_MEMORY, "zone: out of memory");
    }
    l.per_cm2 = room;
    l.diameter_mm = room + TNS_DRAWS;
    l.coverage = room + 2 * TNS_DRAWS;
    l.dot = tns_shift_make(&r->dot.spectrum, r->dot.covariance, &as_read->viewing);
    l.skin = tns_shift_make(&r->skin.spectrum, r->skin.covariance, &as_read->viewing);
    if (r->has_target)
        l.target = tns_shift_make(&r->target.spectrum, r->target.covariance, &as_read->viewing);
    draw_all(&l, zone);
    tns_draws_finish(&l.draws);
    free(room);
    return true;
}
