/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AprilTags in a picture. */
#ifndef PHOTO_TAGS_TAGS_H
#define PHOTO_TAGS_TAGS_H

#include <tonsure/holder.h>
#include <tonsure/image.h>
#include <tonsure/photo.h>

#include "base/module.h"

enum { TNS_TAGS_MAX = 64 };

typedef struct tns_tag {
    int id;
    tns_point corner[4]; /* pixels as shown: upper left, upper right, lower right, lower left */
} tns_tag;

/* The module of libapriltag, for family 36h11. */
typedef struct tns_tags_module {
    tns_module module;
    const char *version; /* as it was built with, for libapriltag cannot tell itself */
    bool (*cells)(int id, bool black[TNS_TAG_CELLS][TNS_TAG_CELLS], tns_error *err);
    /* TNS_TAGS_MAX at most, in pixels of this picture. */
    bool (*find)(uint8_t *gray, int width, int height, tns_tag *tags, int *count, tns_error *err);
} tns_tags_module;
extern TNS_API const tns_tags_module tns_module_apriltag;

/*
 * The tags of family 36h11 in a picture, TNS_TAGS_MAX at most. Looks in the picture reduced to
 * about 2000 pixels: a tag needs 40 of them or so. TNS_ERROR_UNSUPPORTED without the module,
 * TNS_ERROR_MEMORY.
 */
bool tns_tags_find(const tns_image *image, tns_tag *tags, int *count, tns_error *err);

/* Of libapriltag; NULL without the module. */
const char *tns_tags_version(void);

/* The holder that a tag belongs to, and which of its tags it is. */
bool tns_holder_of_tag(int id, tns_holder *out, int *place);

#endif
