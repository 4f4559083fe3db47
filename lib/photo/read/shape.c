/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/sort.h"
#include "base/text.h"
#include "photo/read/shape.h"

static bool fail(const tns_region *region, tns_error *err, const char *format, ...)
    TNS_PRINTF(3, 4);

static bool fail(const tns_region *region, tns_error *err, const char *format, ...)
{
    char text[300];
    va_list args;
    va_start(args, format);
    tns_text_vformat(text, sizeof text, format, args);
    va_end(args);
    return tns_error_set(err, TNS_ERROR_USAGE, "region %s: %s", region->name, text);
}

static bool check_box(const tns_image_info *image, const tns_region *region, tns_error *err)
{
    const tns_box *box = &region->box;
    if (box->width < 1 || box->height < 1)
        return fail(region, err, "expected a width and height of at least 1, found %d x %d",
                    box->width, box->height);
    if (box->x < 0 || box->y < 0 || box->width > image->width - box->x ||
        box->height > image->height - box->y)
        return fail(region, err, "%d,%d,%d,%d leaves the image of %d x %d pixels", box->x, box->y,
                    box->width, box->height, image->width, image->height);
    return true;
}

static bool check_points(const tns_image_info *image, const tns_region *region, tns_error *err)
{
    if (region->point_count < 3 || region->point_count > TNS_REGION_POINTS_MAX)
        return fail(region, err, "expected a polygon of 3 to %d points, found %zu",
                    TNS_REGION_POINTS_MAX, region->point_count);
    for (size_t i = 0; i < region->point_count; i++) {
        tns_point p = region->points[i];
        if (!(p.x >= 0 && p.y >= 0 && p.x <= image->width && p.y <= image->height))
            return fail(region, err, "its point %zu, %g,%g, leaves the image of %d x %d pixels",
                        i + 1, p.x, p.y, image->width, image->height);
    }
    return true;
}

/* > 0 where c lies to one side of the line from a to b, < 0 on the other. */
static double side(tns_point a, tns_point b, tns_point c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/* p, on the line through a and b, is between them. */
static bool is_between(tns_point a, tns_point b, tns_point p)
{
    return p.x >= fmin(a.x, b.x) && p.x <= fmax(a.x, b.x) && p.y >= fmin(a.y, b.y) &&
           p.y <= fmax(a.y, b.y);
}

/* Whether two sides have a point in common. */
static bool meet(tns_point a, tns_point b, tns_point c, tns_point d)
{
    double abc = side(a, b, c), abd = side(a, b, d), cda = side(c, d, a), cdb = side(c, d, b);
    if (((abc > 0 && abd < 0) || (abc < 0 && abd > 0)) &&
        ((cda > 0 && cdb < 0) || (cda < 0 && cdb > 0)))
        return true;
    return (abc == 0 && is_between(a, b, c)) || (abd == 0 && is_between(a, b, d)) ||
           (cda == 0 && is_between(c, d, a)) || (cdb == 0 && is_between(c, d, b));
}

/* Neighbors share a corner by right; folded back upon each other they share more. */
static bool cross(const tns_region *region, size_t i, size_t k)
{
    const tns_point *p = region->points;
    size_t n = region->point_count, i2 = (i + 1) % n, k2 = (k + 1) % n;
    if (i2 == k)
        return side(p[i], p[i2], p[k2]) == 0 && is_between(p[i], p[i2], p[k2]);
    if (k2 == i)
        return side(p[k], p[k2], p[i2]) == 0 && is_between(p[k], p[k2], p[i2]);
    return meet(p[i], p[i2], p[k], p[k2]);
}

static bool check_sides(const tns_region *region, tns_error *err)
{
    size_t n = region->point_count;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            if (cross(region, i, k))
                return fail(region, err,
                            "its outline crosses or touches itself: the side from point %zu and "
                            "the side from point %zu; give the points in order around it",
                            i + 1, k + 1);
    return true;
}

/* The least box that holds the middles of all its pixels, or more. */
static void set_box(tns_region *region)
{
    tns_point low = region->points[0], high = low;
    for (size_t i = 1; i < region->point_count; i++) {
        low.x = fmin(low.x, region->points[i].x);
        low.y = fmin(low.y, region->points[i].y);
        high.x = fmax(high.x, region->points[i].x);
        high.y = fmax(high.y, region->points[i].y);
    }
    region->box = (tns_box){(int)floor(low.x), (int)floor(low.y), 0, 0};
    region->box.width = (int)ceil(high.x) - region->box.x;
    region->box.height = (int)ceil(high.y) - region->box.y;
}

static bool holds_a_pixel(const tns_region *region)
{
    tns_span spans[TNS_REGION_POINTS_MAX];
    for (int y = region->box.y; y < region->box.y + region->box.height; y++)
        if (tns_region_spans(region, y, spans) > 0)
            return true;
    return false;
}

bool tns_region_check(const tns_image_info *image, tns_region *region, tns_error *err)
{
    if (region->shape == TNS_SHAPE_PLACE)
        return true;
    if (region->shape == TNS_SHAPE_BOX)
        return check_box(image, region, err);
    if (!check_points(image, region, err) || !check_sides(region, err))
        return false;
    set_box(region);
    return holds_a_pixel(region) || fail(region, err, "it holds no whole pixel");
}

/* Where the sides cross the middle of a row; half-open, so that a corner counts once. */
static int crossings(const tns_region *region, double y, double x[TNS_REGION_POINTS_MAX])
{
    int count = 0;
    for (size_t i = 0; i < region->point_count; i++) {
        tns_point a = region->points[i], b = region->points[(i + 1) % region->point_count];
        if ((a.y <= y) != (b.y <= y))
            x[count++] = a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x);
    }
    tns_sort_numbers(x, (size_t)count);
    return count;
}

int tns_region_spans(const tns_region *region, int y, tns_span spans[TNS_REGION_POINTS_MAX])
{
    const tns_box *box = &region->box;
    if (region->shape == TNS_SHAPE_BOX) {
        spans[0] = (tns_span){box->x, box->x + box->width};
        return 1;
    }
    double x[TNS_REGION_POINTS_MAX];
    int found = crossings(region, y + 0.5, x), count = 0;
    for (int i = 0; i + 1 < found; i += 2) {
        tns_span span = {(int)ceil(x[i] - 0.5), (int)ceil(x[i + 1] - 0.5)};
        if (span.end > box->x + box->width)
            span.end = box->x + box->width;
        if (span.first < span.end)
            spans[count++] = span;
    }
    return count;
}

tns_point tns_region_middle(const tns_region *region)
{
    const tns_box *box = &region->box;
    tns_point from = {box->x, box->y}, sum = {0, 0};
    double area = 0;
    for (size_t i = 0; region->shape == TNS_SHAPE_POLYGON && i < region->point_count; i++) {
        tns_point a = region->points[i], b = region->points[(i + 1) % region->point_count];
        double twice = side(from, a, b);
        area += twice;
        sum.x += twice * (a.x + b.x - 2 * from.x) / 3;
        sum.y += twice * (a.y + b.y - 2 * from.y) / 3;
    }
    if (area == 0)
        return (tns_point){box->x + box->width / 2.0, box->y + box->height / 2.0};
    return (tns_point){from.x + sum.x / area, from.y + sum.y / area};
}
