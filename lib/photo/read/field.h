/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The round field of a microscope's tube: what is black around it is no part of the scalp. */
#ifndef PHOTO_READ_FIELD_H
#define PHOTO_READ_FIELD_H

#include <stdbool.h>

#include <tonsure/photo.h>

#include "photo/correct/flat.h"

typedef struct tns_field {
    int cell, across, down; /* pixels to a cell, cells */
    bool *is_outside;       /* of each cell; NULL: the whole box is seen */
} tns_field;

/* Black that begins in a corner of the box. False without memory; finish it in either case. */
bool tns_field_find(const tns_light *light, const tns_box *box, tns_field *out);
void tns_field_finish(tns_field *field);

/* Of a pixel of the box. */
bool tns_field_has(const tns_field *field, int x, int y);

#endif
