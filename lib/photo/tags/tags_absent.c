/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In place of tags.c in a build without libapriltag. */
#include "photo/tags/tags.h"

const char *tns_tags_version(void)
{
    return NULL;
}

static bool absent(tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_UNSUPPORTED, "tags: this build is without libapriltag");
}

bool tns_holder_cells(int id, bool black[TNS_TAG_CELLS][TNS_TAG_CELLS], tns_error *err)
{
    (void)id;
    (void)black;
    return absent(err);
}

bool tns_tags_find(const tns_image *image, tns_tag *tags, int *count, tns_error *err)
{
    (void)image;
    (void)tags;
    *count = 0;
    return absent(err);
}
