/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A printed holder as it lies in a picture. */
#ifndef PHOTO_TAGS_SHEET_H
#define PHOTO_TAGS_SHEET_H

#include "photo/chart/homography.h"
#include "photo/tags/tags.h"

typedef struct tns_sheet {
    tns_holder holder;
    int tags;                    /* seen */
    tns_homography to_px, to_mm; /* the holder's mm to pixels, and back */
    double residual_mm;          /* rms distance of the tags' corners from where they belong */
} tns_sheet;

/* From tags that were found; the holder of most tags. False when fewer than two fit a plane. */
bool tns_sheet_of_tags(const tns_tag *tags, int count, tns_sheet *out);

/* Looks for tags, then as above: *found says whether there is a sheet. Fails as tns_tags_find. */
bool tns_sheet_find(const tns_image *image, tns_sheet *out, bool *found, tns_error *err);

/* Millimetres a pixel at a pixel: the root of how areas shrink there. */
double tns_sheet_mm_per_px(const tns_sheet *sheet, tns_point pixel);

/* The angle between the sheet and the picture's plane as far as the picture tells, degrees: from
   how unlike the two ways a millimetre is drawn in the sheet's middle. */
double tns_sheet_tilt(const tns_sheet *sheet);

/* A window's four corners, clockwise from its upper left, in pixels. */
void tns_sheet_window(const tns_sheet *sheet, const tns_holder_window *window, tns_point out[4]);

#endif
