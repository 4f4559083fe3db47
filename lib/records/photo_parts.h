/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of tonsure/photo/1 that have a file of their own. */
#ifndef RECORDS_PHOTO_PARTS_H
#define RECORDS_PHOTO_PARTS_H

#include <tonsure/photo.h>

#include "base/json.h"

tns_json *tns_json_from_region(const tns_photo_region *region);

/* Into a zeroed value. */
bool tns_json_region(const tns_json_at *at, tns_photo_region *out, tns_error *err);

#endif
