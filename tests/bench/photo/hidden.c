/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>
#include <tonsure/photo.h>

#include "bench/photo/hidden.h"

enum { AXES = 3, HIDDEN_MOST = 64 * 24 };

static int inside[AXES], patches;
static double bar[AXES * HIDDEN_MOST], error[HIDDEN_MOST];

static void judge(const tns_photo_region *region, tns_lab truth)
{
    const tns_reading *r = &region->reading;
    const double off[AXES] = {r->color.lab.L - truth.L, r->color.lab.a - truth.a,
                              r->color.lab.b - truth.b};
    const double stated[AXES] = {r->uncertainty.L, r->uncertainty.a, r->uncertainty.b};
    if (patches == HIDDEN_MOST)
        return;
    for (int i = 0; i < AXES; i++) {
        inside[i] += fabs(off[i]) <= stated[i];
        bar[AXES * patches + i] = stated[i];
    }
    error[patches++] = tns_de00(truth, r->color.lab);
}

static void hide(const tns_image *image, const tns_photo *whole, size_t index,
                 const tns_photo_options *given)
{
    const tns_photo_patch *patch = &whole->patches[index];
    const char *without[] = {patch->name};
    tns_region region = {.name = "hidden", .shape = TNS_SHAPE_PLACE};
    snprintf(region.place, sizeof region.place, "patch:%s", patch->name);
    tns_photo_options options = *given;
    options.without = without;
    options.without_count = options.region_count = 1;
    options.regions = &region;
    tns_photo photo;
    if (tns_photo_measure(image, &options, NULL, &photo, NULL) && photo.region_count == 1)
        judge(&photo.regions[0], patch->reference);
    tns_photo_finish(&photo);
}

void hidden_add(const subject *s)
{
    tns_photo_options options = {.chart = "classic24", .has_corners = true};
    memcpy(options.corners, s->corner, sizeof options.corners);
    tns_image *image = tns_image_load(s->path, NULL);
    tns_photo whole;
    if (!image)
        return;
    if (tns_photo_measure(image, &options, NULL, &whole, NULL))
        for (size_t i = 0; i < whole.patch_count; i++)
            if (whole.patches[i].used)
                hide(image, &whole, i, &options);
    tns_photo_finish(&whole);
    tns_image_destroy(image);
}

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

void hidden_print(void)
{
    if (patches == 0)
        return;
    qsort(bar, AXES * (size_t)patches, sizeof *bar, rising);
    qsort(error, (size_t)patches, sizeof *error, rising);
    printf("photo: %d patches of real photos hidden from the fit, read as regions: inside k = 2 "
           "L %.1f, a %.1f, b %.1f %%; median bar %.2f; median error %.2f dE00\n",
           patches, 100.0 * inside[0] / patches, 100.0 * inside[1] / patches,
           100.0 * inside[2] / patches, bar[AXES * patches / 2], error[patches / 2]);
}
