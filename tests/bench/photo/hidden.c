/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>
#include <tonsure/photo.h>

#include "bench/photo/hidden.h"

enum { AXES = 3, HIDDEN_MOST = 64 * 24, LIKE = 4 };

typedef struct account {
    int inside[AXES], patches;
    double bar[AXES * HIDDEN_MOST], error[HIDDEN_MOST];
} account;

static account alone, apart; /* a patch by itself; with its likest in color */

static void judge(account *to, const tns_photo_region *region, tns_lab truth)
{
    const tns_reading *r = &region->reading;
    const double off[AXES] = {r->color.lab.L - truth.L, r->color.lab.a - truth.a,
                              r->color.lab.b - truth.b};
    const double stated[AXES] = {r->uncertainty.L, r->uncertainty.a, r->uncertainty.b};
    if (to->patches == HIDDEN_MOST)
        return;
    for (int i = 0; i < AXES; i++) {
        to->inside[i] += fabs(off[i]) <= stated[i];
        to->bar[AXES * to->patches + i] = stated[i];
    }
    to->error[to->patches++] = tns_de00(truth, r->color.lab);
}

/* The name of the patch of likest color to the first of the names. */
static const char *next_likest(const tns_photo *photo, tns_lab color, const char *const *names,
                               size_t n)
{
    const char *found = names[0];
    double least = INFINITY;
    for (size_t i = 0; i < photo->patch_count; i++) {
        const tns_photo_patch *patch = &photo->patches[i];
        double far = tns_de76(patch->reference, color);
        bool taken = !patch->used || far >= least;
        for (size_t k = 0; k < n; k++)
            taken = taken || strcmp(names[k], patch->name) == 0;
        if (!taken) {
            found = patch->name;
            least = far;
        }
    }
    return found;
}

static void hide(const tns_image *image, const tns_photo *whole, size_t index,
                 const tns_photo_options *given, size_t like, account *to)
{
    const tns_photo_patch *patch = &whole->patches[index];
    const char *without[1 + LIKE] = {patch->name};
    for (size_t k = 1; k <= like; k++)
        without[k] = next_likest(whole, patch->reference, without, k);
    tns_region region = {.name = "hidden", .shape = TNS_SHAPE_PLACE};
    snprintf(region.place, sizeof region.place, "patch:%s", patch->name);
    tns_photo_options options = *given;
    options.without = without;
    options.without_count = 1 + like;
    options.region_count = 1;
    options.regions = &region;
    tns_photo photo;
    if (tns_photo_measure(image, &options, NULL, &photo, NULL) && photo.region_count == 1)
        judge(to, &photo.regions[0], patch->reference);
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
            if (whole.patches[i].used) {
                hide(image, &whole, i, &options, 0, &alone);
                hide(image, &whole, i, &options, LIKE, &apart);
            }
    tns_photo_finish(&whole);
    tns_image_destroy(image);
}

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void print_account(account *a, const char *how)
{
    if (a->patches == 0)
        return;
    qsort(a->bar, AXES * (size_t)a->patches, sizeof *a->bar, rising);
    qsort(a->error, (size_t)a->patches, sizeof *a->error, rising);
    printf("photo: %d patches of real photos hidden from the fit%s, read as regions: inside k = 2 "
           "L %.1f, a %.1f, b %.1f %%; median bar %.2f; median error %.2f dE00\n",
           a->patches, how, 100.0 * a->inside[0] / a->patches, 100.0 * a->inside[1] / a->patches,
           100.0 * a->inside[2] / a->patches, a->bar[AXES * a->patches / 2],
           a->error[a->patches / 2]);
}

void hidden_print(void)
{
    print_account(&alone, "");
    print_account(&apart, " with the four of likest color");
}
