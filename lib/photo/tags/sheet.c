/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "photo/tags/sheet.h"

/* A tag that is bent or wrongly read lies further off; paper on a head bends by less. */
static const double FAR_MM = 4;

typedef struct points {
    tns_point mm[4 * TNS_HOLDER_TAGS], px[4 * TNS_HOLDER_TAGS];
    size_t n;
} points;

static void add_tag(points *out, const tns_holder *holder, int place, const tns_tag *tag)
{
    double x = holder->tag[place].x, y = holder->tag[place].y, side = holder->tag_side;
    const tns_point corner[4] = {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
    for (int i = 0; i < 4; i++) {
        out->mm[out->n] = corner[i];
        out->px[out->n++] = tag->corner[i];
    }
}

static double distance_mm(const tns_homography *to_mm, tns_point px, tns_point mm)
{
    tns_point seen = tns_homography_apply(to_mm, px);
    return hypot(seen.x - mm.x, seen.y - mm.y);
}

static bool fit(const points *p, tns_sheet *out)
{
    double sum = 0;
    if (p->n < 8 || !tns_homography_fit(p->mm, p->px, p->n, &out->to_px))
        return false;
    out->to_mm = tns_homography_inverse(&out->to_px);
    for (size_t i = 0; i < p->n; i++) {
        double d = distance_mm(&out->to_mm, p->px[i], p->mm[i]);
        sum += d * d;
    }
    out->residual_mm = sqrt(sum / (double)p->n);
    out->tags = (int)(p->n / 4);
    return isfinite(out->residual_mm);
}

/* The worst tag goes as long as one is far off and two remain. */
static bool fit_most(points *p, tns_sheet *out)
{
    while (fit(p, out)) {
        size_t worst = 0;
        double most = 0;
        for (size_t i = 0; i < p->n; i++) {
            double d = distance_mm(&out->to_mm, p->px[i], p->mm[i]);
            if (!(d <= most)) {
                most = d;
                worst = i / 4;
            }
        }
        if (most < FAR_MM)
            return true;
        p->n -= 4;
        for (size_t i = 4 * worst; i < p->n; i++) {
            p->mm[i] = p->mm[i + 4];
            p->px[i] = p->px[i + 4];
        }
    }
    return false;
}

/* The holder that most of the tags belong to: its first tag's number, or -1. */
static int likeliest(const tns_tag *tags, int count)
{
    int best = -1, most = 0;
    for (int i = 0; i < count; i++) {
        tns_holder holder, other;
        int place, same = 0, elsewhere;
        if (!tns_holder_of_tag(tags[i].id, &holder, &place))
            continue;
        for (int k = 0; k < count; k++)
            same += tns_holder_of_tag(tags[k].id, &other, &elsewhere) &&
                    other.tag[0].id == holder.tag[0].id;
        if (same > most) {
            most = same;
            best = holder.tag[0].id;
        }
    }
    return best;
}

bool tns_sheet_of_tags(const tns_tag *tags, int count, tns_sheet *out)
{
    points p = {.n = 0};
    bool seen[TNS_HOLDER_TAGS] = {false};
    int first = likeliest(tags, count);
    for (int i = 0; i < count && first >= 0; i++) {
        tns_holder holder;
        int place;
        if (!tns_holder_of_tag(tags[i].id, &holder, &place) || holder.tag[0].id != first ||
            seen[place])
            continue;
        seen[place] = true;
        out->holder = holder;
        add_tag(&p, &holder, place, &tags[i]);
    }
    return fit_most(&p, out);
}

bool tns_sheet_find(const tns_image *image, tns_sheet *out, bool *found, tns_error *err)
{
    tns_tag tags[TNS_TAGS_MAX];
    int count;
    *found = false;
    if (!tns_tags_find(image, tags, &count, err))
        return false;
    *found = tns_sheet_of_tags(tags, count, out);
    return true;
}

/* How a small step right and a small step down at a point are mapped. */
static void derivative(const tns_homography *map, tns_point at, double step, double out[2][2])
{
    for (int k = 0; k < 2; k++) {
        tns_point d = {k == 0 ? step : 0, k == 1 ? step : 0};
        tns_point a = tns_homography_apply(map, (tns_point){at.x - d.x, at.y - d.y});
        tns_point b = tns_homography_apply(map, (tns_point){at.x + d.x, at.y + d.y});
        out[0][k] = (b.x - a.x) / (2 * step);
        out[1][k] = (b.y - a.y) / (2 * step);
    }
}

double tns_sheet_mm_per_px(const tns_sheet *sheet, tns_point pixel)
{
    double d[2][2];
    derivative(&sheet->to_mm, pixel, 0.5, d);
    return sqrt(fabs(d[0][0] * d[1][1] - d[0][1] * d[1][0]));
}

/* The ratio of the singular values is the cosine of the tilt, as in a parallel projection. */
double tns_sheet_tilt(const tns_sheet *sheet)
{
    double d[2][2];
    tns_point middle = {sheet->holder.width / 2, sheet->holder.height / 2};
    derivative(&sheet->to_px, middle, 1, d);
    double a = d[0][0] * d[0][0] + d[1][0] * d[1][0], b = d[0][1] * d[0][1] + d[1][1] * d[1][1];
    double c = d[0][0] * d[0][1] + d[1][0] * d[1][1];
    double mean = (a + b) / 2, part = hypot((a - b) / 2, c);
    double ratio = mean + part > 0 ? sqrt(fmax(mean - part, 0) / (mean + part)) : 0;
    return acos(fmin(ratio, 1)) * 180 / 3.14159265358979323846;
}

void tns_sheet_window(const tns_sheet *sheet, const tns_holder_window *window, tns_point out[4])
{
    double x = window->x, y = window->y, w = window->width, h = window->height;
    const tns_point corner[4] = {{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}};
    for (int i = 0; i < 4; i++)
        out[i] = tns_homography_apply(&sheet->to_px, corner[i]);
}
