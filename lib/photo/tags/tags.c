/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <apriltag/apriltag.h>
#include <apriltag/tag36h11.h>

#include "photo/decode/reduce.h"
#include "photo/tags/tags.h"

enum { LONG_SIDE = 2000 };

const char *tns_tags_version(void)
{
    return APRILTAG_VERSION;
}

static bool no_memory(tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_MEMORY, "tags: out of memory");
}

/* Black but for a white margin and the bits that are set, the highest of which is the first. */
static void draw_cells(const apriltag_family_t *family, int id,
                       bool black[TNS_TAG_CELLS][TNS_TAG_CELLS])
{
    const int margin = (TNS_TAG_CELLS - family->width_at_border) / 2;
    uint64_t code = family->codes[id];
    for (int y = 0; y < TNS_TAG_CELLS; y++)
        for (int x = 0; x < TNS_TAG_CELLS; x++)
            black[y][x] = x >= margin && y >= margin && x < TNS_TAG_CELLS - margin &&
                          y < TNS_TAG_CELLS - margin;
    for (uint32_t i = 0; i < family->nbits; i++)
        if (code >> (family->nbits - 1 - i) & 1)
            black[(int)family->bit_y[i] + margin][(int)family->bit_x[i] + margin] = false;
}

bool tns_holder_cells(int id, bool black[TNS_TAG_CELLS][TNS_TAG_CELLS], tns_error *err)
{
    apriltag_family_t *family = tag36h11_create();
    bool known =
        family && id >= 0 && (unsigned)id < family->ncodes && family->total_width == TNS_TAG_CELLS;
    if (known)
        draw_cells(family, id, black);
    if (family)
        tag36h11_destroy(family);
    return known || tns_error_set(err, TNS_ERROR_RANGE, "tags: no tag 36h11 is called %d", id);
}

/* ---- find ---- */

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

/*
 * libapriltag numbers a tag's corners from its lower left, counter-clockwise as seen; a sample of
 * the reduced picture has its middle at +0.5 in ours, and at its corner there.
 */
static tns_tag take(const apriltag_detection_t *found, int factor)
{
    static const int order[4] = {3, 2, 1, 0};
    tns_tag out = {.id = found->id};
    for (int i = 0; i < 4; i++)
        out.corner[i] = (tns_point){found->p[order[i]][0] * factor, found->p[order[i]][1] * factor};
    return out;
}

static int detect(apriltag_detector_t *detector, const gray *picture, tns_tag *tags)
{
    image_u8_t wrapped = {picture->width, picture->height, picture->width, picture->value};
    zarray_t *found = apriltag_detector_detect(detector, &wrapped);
    int count = 0;
    for (int i = 0; i < zarray_size(found) && count < TNS_TAGS_MAX; i++) {
        apriltag_detection_t *one;
        zarray_get(found, i, &one);
        tags[count++] = take(one, picture->factor);
    }
    apriltag_detections_destroy(found);
    return count;
}

bool tns_tags_find(const tns_image *image, tns_tag *tags, int *count, tns_error *err)
{
    gray picture;
    *count = 0;
    if (!make_gray(image, &picture))
        return no_memory(err);
    apriltag_family_t *family = tag36h11_create();
    apriltag_detector_t *detector = apriltag_detector_create();
    bool made = family && detector;
    if (made) {
        apriltag_detector_add_family_bits(detector, family, 1);
        detector->quad_decimate = 2;
        detector->nthreads = 1;
        *count = detect(detector, &picture, tags);
    }
    if (detector)
        apriltag_detector_destroy(detector);
    if (family)
        tag36h11_destroy(family);
    free(picture.value);
    return made || no_memory(err);
}
