/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where hairs are counted, and the colors they get. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "photo/read/follicles.h"
#include "photo/read/tone.h"
#include "photo/reader.h"

static tns_plot plot_of(const tns_reader *r)
{
    tns_plot plot = {.box = {0, 0, r->out->image.width, r->out->image.height}};
    for (size_t i = 0; i < r->options->region_count; i++)
        if (strcmp(r->regions[i].name, "scalp") == 0) {
            plot.box = r->regions[i].box;
            plot.within = &r->regions[i];
        }
    return plot;
}

/* The chart and its frame, somewhat more than a pitch around its outer patches' centers. */
static void leave_chart_out(const tns_reader *r, tns_plot *plot)
{
    const double frame = 1.1;
    tns_point far = {0, 0};
    for (int i = 0; i < r->chart.count; i++) {
        far.x = fmax(far.x, r->chart.patch[i].x);
        far.y = fmax(far.y, r->chart.patch[i].y);
    }
    const tns_point around[4] = {{-frame, -frame},
                                 {far.x + frame, -frame},
                                 {far.x + frame, far.y + frame},
                                 {-frame, far.y + frame}};
    plot->has_hole = true;
    for (int i = 0; i < 4; i++)
        plot->hole[i] = tns_placement_apply(&r->placement, around[i]);
}

/* What a holder or a chart of known size tells where it lies is taken to be the scalp's too. */
static double scale_of(const tns_reader *r)
{
    return r->options->mm_per_px > 0 ? r->options->mm_per_px : r->out->scale.mm_per_px;
}

static bool color_follicles(tns_reader *r)
{
    tns_follicles *f = &r->out->follicles;
    tns_hull hull = tns_reader_hull(r);
    if (!tns_follicles_color(&r->light, &r->calibration, &hull, r->context ? r->context->seed : 0,
                             f, r->err))
        return false;
    for (int i = 0; i < 2 && f->has_colors; i++) {
        tns_reading *reading = i ? &f->skin : &f->dot;
        tns_text_time(tns_context_now(r->context), reading->time);
        tns_warn_all(&reading->warnings, &r->doubts);
    }
    return true;
}

bool tns_reader_read_follicles(tns_reader *r, bool has_chart)
{
    if (!r->options->follicles)
        return true;
    tns_plot plot = plot_of(r);
    if (has_chart)
        leave_chart_out(r, &plot);
    r->out->has_follicles = true;
    tns_context_progress(r->context, 0.95, "follicles");
    return tns_follicles_find(&r->light, &plot, scale_of(r), &r->out->follicles, r->err) &&
           (!has_chart || color_follicles(r));
}
