/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "photo/counting.h"
#include "photo/pictures.h"
#include "support/testing.h"

tns_image *counting_image(const unsigned char *rgb, int width, int height)
{
    picture p = {.width = width, .height = height, .channels = 3, .bits = 8, .data = rgb};
    bytes file = png_of(&p);
    tns_error err = {0};
    tns_image *image = tns_image_parse(file.data, file.length, "stubble.png", &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    free(file.data);
    return image;
}

tns_follicles counting_look(const unsigned char *rgb, int width, int height, double mm_per_px)
{
    tns_image *image = counting_image(rgb, width, height);
    tns_light light = {.image = image};
    tns_plot plot = {.box = {0, 0, width, height}};
    tns_follicles found;
    tns_error err = {0};
    ck_assert_msg(tns_follicles_find(&light, &plot, mm_per_px, &found, &err), "%s", err.text);
    tns_image_destroy(image);
    return found;
}

static double shared(const stubble_unit *a, const tns_follicle_unit *b)
{
    double w = fmin(a->x1, b->x + b->width) - fmax(a->x0, b->x);
    double h = fmin(a->y1, b->y + b->height) - fmax(a->y0, b->y);
    double both = w > 0 && h > 0 ? w * h : 0;
    return both / ((a->x1 - a->x0) * (a->y1 - a->y0) + b->width * b->height - both);
}

/* Each unit found counts once; boxes match that share 0.3 of what they cover together. */
static size_t matched(const stubble_picture *truth, const tns_follicles *found)
{
    size_t count = 0;
    bool *used = calloc(found->units + 1, sizeof *used);
    for (size_t i = 0; i < truth->unit_count; i++) {
        size_t best = found->units;
        double most = 0.3;
        for (size_t j = 0; j < found->units; j++) {
            double here = shared(&truth->units[i], &found->unit[j]);
            if (!used[j] && here > most) {
                most = here;
                best = j;
            }
        }
        if (best < found->units) {
            used[best] = true;
            count++;
        }
    }
    free(used);
    return count;
}

double counting_f1(const stubble_picture *truth, const tns_follicles *found)
{
    double all = (double)(truth->unit_count + found->units);
    return all > 0 ? 2 * (double)matched(truth, found) / all : 1;
}
