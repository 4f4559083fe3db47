/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "photo/decode/reduce.h"
#include "photo/tags/tags.h"

/* No tag of two pixels a cell goes into less, and libapriltag 3.3 reads outside of a few pixels. */
enum { LONG_SIDE = 2000, LEAST_SIDE = 2 * TNS_TAG_CELLS };

const char *tns_tags_version(void)
{
    const tns_tags_module *module = tns_module_load("apriltag", NULL);
    return module ? module->version : NULL;
}

bool tns_holder_cells(int id, bool black[TNS_TAG_CELLS][TNS_TAG_CELLS], tns_error *err)
{
    const tns_tags_module *module = tns_module_load("apriltag", err);
    return module && module->cells(id, black, err);
}

typedef struct gray {
    int width, height, factor;
    uint8_t *value;
} gray;

/* Green alone: the most of the light, and no tag is colored. */
static bool make_gray(const tns_image *image, gray *out)
{
    const tns_image_info *info = tns_image_describe(image);
    int longest = info->width > info->height ? info->width : info->height;
    int factor = (longest + LONG_SIDE - 1) / LONG_SIDE;
    factor = factor < TNS_REDUCE_MOST ? factor : TNS_REDUCE_MOST;
    *out = (gray){info->width / factor, info->height / factor, factor, NULL};
    size_t n = (size_t)out->width * (size_t)out->height;
    uint8_t(*rgb)[3] = malloc(n ? n * sizeof *rgb : 1);
    const tns_window all = {0, 0, info->width, info->height};
    if (!rgb || !tns_image_reduce(image, all, factor, rgb)) {
        free(rgb);
        return false;
    }
    out->value = (uint8_t *)rgb; /* each value lands before the pixel that is read next */
    for (size_t i = 0; i < n; i++)
        out->value[i] = rgb[i][1];
    return true;
}

/* A sample of the reduced picture has its middle at +0.5 in ours. */
static void enlarge(tns_tag *tag, int factor)
{
    for (int i = 0; i < 4; i++)
        tag->corner[i] = (tns_point){tag->corner[i].x * factor, tag->corner[i].y * factor};
}

bool tns_tags_find(const tns_image *image, tns_tag *tags, int *count, tns_error *err)
{
    gray picture;
    const tns_tags_module *module = tns_module_load("apriltag", err);
    *count = 0;
    if (!module)
        return false;
    if (!make_gray(image, &picture))
        return tns_error_set(err, TNS_ERROR_MEMORY, "tags: out of memory");
    if (picture.width < LEAST_SIDE || picture.height < LEAST_SIDE) {
        free(picture.value);
        return true;
    }
    bool done = module->find(picture.value, picture.width, picture.height, tags, count, err);
    for (int i = 0; i < *count; i++)
        enlarge(&tags[i], picture.factor);
    free(picture.value);
    return done;
}
