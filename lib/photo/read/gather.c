/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/correct/uncertainty.h"
#include "photo/decode/pixels.h"
#include "photo/read/gather.h"
#include "photo/read/shape.h"

enum { PIXELS_MAX = 1 << 18, ROW = 256 };

typedef struct gathering {
    const tns_light *light;
    const tns_region *region;
    const tns_calibration *calibration;
    tns_region_pixels *to;
    size_t seen;
    bool takes_clipped; /* when there is nothing else */
} gathering;

/* Through the correction, or as it is. */
static void set_color(const gathering *g, int x, int y, tns_region_pixel *p)
{
    double rgb[3] = {p->rgb[0], p->rgb[1], p->rgb[2]};
    if (!g->calibration) {
        p->xyz[1] = (float)tns_luminance(rgb);
        p->xyz[0] = p->xyz[2] = p->xyz[1];
        return;
    }
    tns_point at =
        tns_hold_light(tns_calibration_position(g->calibration, (tns_point){x + 0.5, y + 0.5}));
    tns_xyz xyz = tns_correction_xyz(&g->calibration->correction, rgb, at.x, at.y);
    p->xyz[0] = (float)xyz.X;
    p->xyz[1] = (float)xyz.Y;
    p->xyz[2] = (float)xyz.Z;
}

static void take(gathering *g, int x, int y, const uint16_t code[3], const float rgb[3])
{
    g->seen++;
    if (!g->takes_clipped && tns_code_is_clipped(code))
        return;
    tns_region_pixel *p = &g->to->item[g->to->count++];
    memcpy(p->rgb, rgb, sizeof p->rgb);
    p->x = x - g->region->box.x;
    p->y = y - g->region->box.y;
    set_color(g, x, y, p);
}

static void gather_span(gathering *g, tns_span span, int y)
{
    int step = g->to->step, left = g->region->box.x;
    for (int x0 = span.first; x0 < span.end; x0 += ROW) {
        int n = span.end - x0 < ROW ? span.end - x0 : ROW;
        uint16_t code[ROW][3];
        float rgb[ROW][3];
        tns_image_encoded(g->light->image, x0, y, n, code);
        tns_light_read(g->light, x0, y, n, rgb);
        for (int i = (step - (x0 - left) % step) % step; i < n; i += step)
            take(g, x0 + i, y, code[i], rgb[i]);
    }
}

static void gather(gathering *g)
{
    const tns_box *box = &g->region->box;
    g->to->count = g->seen = 0;
    for (int y = box->y; y < box->y + box->height; y += g->to->step) {
        tns_span spans[TNS_REGION_POINTS_MAX];
        int count = tns_region_spans(g->region, y, spans);
        for (int i = 0; i < count; i++)
            gather_span(g, spans[i], y);
    }
}

/* Of a grid's pixels, those in the region. */
static size_t count_pixels(const tns_region *region, int step)
{
    const tns_box *box = &region->box;
    size_t sum = 0;
    for (int y = box->y; y < box->y + box->height; y += step) {
        tns_span spans[TNS_REGION_POINTS_MAX];
        int count = tns_region_spans(region, y, spans);
        for (int i = 0; i < count; i++)
            sum += (size_t)((spans[i].end - box->x + step - 1) / step -
                            (spans[i].first - box->x + step - 1) / step);
    }
    return sum;
}

/* A grid may miss what is thinner than its step: then every pixel is taken. */
static size_t choose_step(const tns_region *region, int *step)
{
    *step = (int)ceil(sqrt((double)count_pixels(region, 1) / PIXELS_MAX));
    size_t count = count_pixels(region, *step);
    if (count > 0)
        return count;
    *step = 1;
    return count_pixels(region, 1);
}

bool tns_region_gather(const tns_light *light, const tns_region *region,
                       const tns_calibration *calibration, tns_region_pixels *out, double *clipped,
                       tns_error *err)
{
    gathering g = {.light = light, .region = region, .calibration = calibration, .to = out};
    *out = (tns_region_pixels){.width = region->box.width, .height = region->box.height};
    out->item = malloc(choose_step(region, &out->step) * sizeof *out->item);
    if (!out->item)
        return tns_error_set(err, TNS_ERROR_MEMORY, "region %s: out of memory", region->name);
    gather(&g);
    g.takes_clipped = out->count == 0;
    if (g.takes_clipped)
        gather(&g);
    *clipped = g.takes_clipped ? 1 : 1 - (double)out->count / (double)g.seen;
    return true;
}
