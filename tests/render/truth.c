/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/truth.h"
#include "base/json.h"
#include "base/text.h"

typedef struct viewings {
    tns_viewing d50_2, d65_10;
} viewings;

static render_color color_of(const tns_spectrum *spectrum, const viewings *v)
{
    return (render_color){*spectrum, tns_lab_from_spectrum(spectrum, &v->d50_2),
                          tns_lab_from_spectrum(spectrum, &v->d65_10)};
}

/* The mean of the materials' shares over a box. */
static void mean_weights(const stage *s, const render_box *box, double mean[MATERIALS_MOST])
{
    for (int i = 0; i < MATERIALS_MOST; i++)
        mean[i] = 0;
    double pixels = (double)box->width * box->height;
    for (int y = box->y; y < box->y + box->height; y++)
        for (int x = box->x; x < box->x + box->width; x++) {
            mixture m = stage_mixture(s, x, y);
            for (int i = 0; i < m.count; i++)
                mean[m.material[i]] += m.weight[i] / pixels;
        }
}

static tns_spectrum mix(const materials *things, const double weight[MATERIALS_MOST])
{
    tns_spectrum out = tns_spectrum_constant(0);
    for (int i = 0; i < things->count; i++)
        for (int band = 0; weight[i] != 0 && band < TNS_BANDS; band++)
            out.value[band] += weight[i] * things->of[i].value[band];
    return out;
}

static bool shows_hair(const stage *s, tns_point p)
{
    if (p.x < 0 || p.y < 0 || p.x >= s->scene->width || p.y >= s->scene->height)
        return false;
    mixture m = stage_mixture(s, (int)p.x, (int)p.y);
    for (int i = 0; i < m.count; i++)
        if (m.material[i] == MATERIAL_HAIR && m.weight[i] > 0)
            return true;
    return false;
}

static void mark_visible(const stage *s, render_truth *truth)
{
    int last = -1;
    for (size_t i = 0; i < truth->hair_count; i++) {
        render_hair *hair = &truth->hairs[i];
        hair->visible = shows_hair(s, hair->center);
        truth->visible_hairs += hair->visible;
        truth->visible_units += hair->visible && hair->unit != last;
        last = hair->visible ? hair->unit : last;
    }
}

static size_t hairs_inside(const render_truth *truth, const render_box *box)
{
    size_t inside = 0;
    for (size_t i = 0; i < truth->hair_count; i++) {
        tns_point p = truth->hairs[i].center;
        inside += truth->hairs[i].visible && p.x >= box->x && p.x < box->x + box->width &&
                  p.y >= box->y && p.y < box->y + box->height;
    }
    return inside;
}

static render_region_truth region_truth(const stage *s, const materials *things,
                                        const render_box *box, const render_truth *truth,
                                        const viewings *v)
{
    double weight[MATERIALS_MOST];
    mean_weights(s, box, weight);
    tns_spectrum mean = mix(things, weight);
    return (render_region_truth){*box, color_of(&mean, v), weight[MATERIAL_HAIR],
                                 hairs_inside(truth, box)};
}

static void chart_truth(const stage *s, const materials *things, const viewings *v,
                        render_truth *truth)
{
    const board *chart = &s->board[BOARD_CHART];
    truth->patch_count = chart->count;
    for (int i = 0; i < chart->count; i++) {
        const board_cell *cell = &chart->cell[i];
        truth->patch[i] = color_of(&things->of[cell->material], v);
        truth->patch_center[i] =
            stage_seen(s->scene, perspective_apply(chart->map.to_picture, cell->x, cell->y));
    }
    for (int i = 0; i < 4; i++)
        truth->corner[i] = stage_seen(s->scene, s->scene->chart.corner[i]);
}

bool truth_of_stage(const stage *s, const materials *things, render_truth *truth, tns_error *err)
{
    viewings v;
    if (!tns_viewing_find("D50/2", &v.d50_2, err) || !tns_viewing_find("D65/10", &v.d65_10, err))
        return false;
    mark_visible(s, truth);
    chart_truth(s, things, &v, truth);
    truth->hair = color_of(&things->of[MATERIAL_HAIR], &v);
    truth->region_count = s->scene->region_count;
    for (int i = 0; i < truth->region_count; i++)
        truth->region[i] = region_truth(s, things, &s->scene->region[i].box, truth, &v);
    return true;
}

/* ---- As JSON; rounded, so that the text does not hang on the last bits ---- */

static tns_json *rounded_numbers(const double *value, size_t count, int decimals)
{
    double kept[TNS_BANDS];
    for (size_t i = 0; i < count && i < TNS_BANDS; i++)
        kept[i] = tns_round_decimals(value[i], decimals);
    return tns_json_numbers(kept, count);
}

static tns_json *lab_json(tns_lab lab)
{
    return rounded_numbers((const double[]){lab.L, lab.a, lab.b}, 3, 3);
}

static void set_color(tns_json *object, const render_color *color)
{
    tns_json_set(object, "lab_d50_2", lab_json(color->lab_d50_2));
    tns_json_set(object, "lab_d65_10", lab_json(color->lab_d65_10));
    tns_json_set(object, "spectrum", rounded_numbers(color->spectrum.value, TNS_BANDS, 5));
}

static tns_json *chart_json(const render_chart *chart)
{
    tns_json *object = tns_json_object(), *corners = tns_json_array();
    tns_json_set_text(object, "kind", "classic24");
    tns_json_set_text(object, "edition",
                      chart->edition == TNS_EDITION_BEFORE_2014 ? "before2014" : "after2014");
    for (int i = 0; i < 4; i++)
        tns_json_append(
            corners, tns_json_numbers((const double[]){chart->corner[i].x, chart->corner[i].y}, 2));
    tns_json_set(object, "corners", corners);
    return object;
}

static tns_json *region_json(const render_region_truth *region)
{
    tns_json *object = tns_json_object();
    const render_box *box = &region->box;
    tns_json_set_text(object, "name", box->name);
    tns_json_set(object, "box",
                 tns_json_numbers((const double[]){box->x, box->y, box->width, box->height}, 4));
    tns_json_set_integer(object, "hairs", (long long)region->hairs);
    tns_json_set_number(object, "hair_share", tns_round_decimals(region->hair_share, 3));
    set_color(object, &region->color);
    return object;
}

char *render_truth_json(const render_scene *scene, const render_truth *truth, const char *image)
{
    tns_json *root = tns_json_object(), *regions = tns_json_array(), *hair = tns_json_object();
    tns_json_set_text(root, "image", image);
    tns_json_set_integer(root, "width", scene->width);
    tns_json_set_integer(root, "height", scene->height);
    tns_json_set_number(root, "mm_per_px", scene->mm_per_px);
    if (scene->chart.present)
        tns_json_set(root, "chart", chart_json(&scene->chart));
    for (int i = 0; i < truth->region_count; i++)
        tns_json_append(regions, region_json(&truth->region[i]));
    tns_json_set(root, "regions", regions);
    tns_json_set_integer(hair, "count", (long long)truth->visible_hairs);
    tns_json_set_integer(hair, "units", (long long)truth->visible_units);
    set_color(hair, &truth->hair);
    tns_json_set(root, "hair", hair);
    char *text = tns_json_write(root);
    tns_json_destroy(root);
    return text;
}
