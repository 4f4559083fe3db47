/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AprilTags in a picture. */
#ifndef PHOTO_TAGS_TAGS_H
#define PHOTO_TAGS_TAGS_H

#include <tonsure/holder.h>
#include <tonsure/image.h>
#include <tonsure/photo.h>

enum { TNS_TAGS_MAX = 64 };

typedef struct tns_tag {
    int id;
    tns_point corner[4]; /* pixels as shown: upper left, upper right, lower right, lower left */
} tns_tag;

/*
 * The tags of family 36h11 in a picture, TNS_TAGS_MAX at most. Looks in the picture reduced to
 * about 2000 pixels: a tag needs 40 of them or so. TNS_ERROR_UNSUPPORTED in a build without
 * libapriltag, TNS_ERROR_MEMORY.
 */
bool tns_tags_find(const tns_image *image, tns_tag *tags, int *count, tns_error *err);

/* As this was built with, for it cannot tell itself; NULL without. */
const char *tns_tags_version(void);

/* The holder that a tag belongs to, and which of its tags it is. */
bool tns_holder_of_tag(int id, tns_holder *out, int *place);

#endif
