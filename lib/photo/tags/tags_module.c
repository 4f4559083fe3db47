/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only file that knows libapriltag. */
#include <apriltag/apriltag.h>
#include <apriltag/tag36h11.h>

#include "photo/tags/tags.h"

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

static bool cells(int id, bool black[TNS_TAG_CELLS][TNS_TAG_CELLS], tns_error *err)
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

/*
 * libapriltag numbers a tag's corners from its lower left, counter-clockwise as seen, and a pixel
 * has its middle at +0.5 there.
 */
static tns_tag take(const apriltag_detection_t *found)
{
    static const int order[4] = {3, 2, 1, 0};
    tns_tag out = {.id = found->id};
    for (int i = 0; i < 4; i++)
        out.corner[i] = (tns_point){found->p[order[i]][0], found->p[order[i]][1]};
    return out;
}

static int detect(apriltag_detector_t *detector, image_u8_t *picture, tns_tag *tags)
{
    zarray_t *found = apriltag_detector_detect(detector, picture);
    int count = 0;
    for (int i = 0; i < zarray_size(found) && count < TNS_TAGS_MAX; i++) {
        apriltag_detection_t *one;
        zarray_get(found, i, &one);
        tags[count++] = take(one);
    }
    apriltag_detections_destroy(found);
    return count;
}

static bool find(uint8_t *gray, int width, int height, tns_tag *tags, int *count, tns_error *err)
{
    image_u8_t picture = {width, height, width, gray};
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
    return made || tns_error_set(err, TNS_ERROR_MEMORY, "tags: out of memory");
}

const tns_tags_module tns_module_apriltag = {{TNS_VERSION}, APRILTAG_VERSION, cells, find};
