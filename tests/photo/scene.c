/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/correct/correction.h"
#include "photo/pictures.h"
#include "photo/scene.h"
#include "support/testing.h"

const tns_point scene_corners[4] = {{100, 100}, {300, 100}, {300, 220}, {100, 220}};

bool scene_paint(scene *s, int x, int y, int w, int h, tns_lab lab)
{
    double rgb[3];
    uint16_t code[3];
    bool fits = tns_srgb_from_xyz(tns_xyz_from_lab(lab, tns_photo_white), tns_photo_white, rgb);
    for (int c = 0; c < 3; c++)
        code[c] = (uint16_t)lround(rgb[c] * 65535);
    for (int j = y; j < y + h; j++)
        for (int i = x; i < x + w; i++)
            memcpy(s->rgb[j][i], code, sizeof code);
    return fits;
}

void scene_draw(scene *s, tns_edition edition)
{
    tns_chart chart;
    ck_assert(tns_chart_find("classic", edition, &chart, NULL));
    scene_paint(s, 0, 0, SCENE_W, SCENE_H, (tns_lab){30, 1, 1});
    for (int i = 0; i < chart.count; i++)
        scene_paint(s, 100 + PITCH * (i % 6) - 16, 100 + PITCH * (i / 6) - 16, 32, 32,
                    chart.patch[i].reference);
}

tns_image *scene_image(const scene *s)
{
    picture p = {.width = SCENE_W, .height = SCENE_H, .channels = 3, .bits = 16, .data = s->rgb};
    bytes file = png_of(&p);
    tns_error err = {0};
    tns_image *image = tns_image_parse(file.data, file.length, "scene.png", &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    free(file.data);
    return image;
}
