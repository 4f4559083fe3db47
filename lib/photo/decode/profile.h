/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the module profile shows, which alone knows Little CMS here: the way from the color space
 * that pixels say they are in to linear light with the primaries and the white of Rec. ITU-R
 * BT.2020-2.
 */
#ifndef PHOTO_DECODE_PROFILE_H
#define PHOTO_DECODE_PROFILE_H

#include "photo/decode/pixels.h"

typedef struct tns_transform tns_transform;

typedef struct tns_profile_module {
    tns_module module;
    /* NULL where the profile is broken, not for RGB, or makes no sense (photo/decode/sense.h). */
    tns_transform *(*open)(const tns_pixels *pixels, const char *name, char *description,
                           size_t size, tns_error *err);
    void (*run)(const tns_transform *transform, const float (*encoded)[3], int count,
                float (*rgb)[3]);
    void (*close)(tns_transform *transform);
} tns_profile_module;
extern TNS_API const tns_profile_module tns_module_profile;

#endif
