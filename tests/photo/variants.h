/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Variants of real photos, each with its truth: turned, tilted, moved, scaled, cropped, partly
 * covered, with another light, exposure, blur, noise and compression. All is drawn from a seed, in
 * linear light. The photos lie in ../shared/photos, with their corners in ground_truth.json there.
 */
#ifndef PHOTO_VARIANTS_H
#define PHOTO_VARIANTS_H

#include "render/gallery.h"

enum { VARIANT_LEVELS = 6 };

/* A picture in linear light, sRGB primaries; every level half as large as the one before. */
typedef struct variant_level {
    int width, height;
    float *rgb;
} variant_level;

typedef struct variant_source {
    const char *name;       /* of the file */
    render_verdict verdict; /* of the photo as it is */
    bool has_chart;         /* with known corners, be it another card's */
    bool partial;           /* half of it is hidden */
    tns_point corner[4];
    double pitch_px;
    int width, height; /* of the photo */
    variant_level level[VARIANT_LEVELS];
    int levels;
} variant_source;

int variant_source_count(void);

/* The photo's name, without a look at the file. */
const char *variant_source_name(int index);

/* False, with `err`, when the file or its truth is not there. variant_source_finish() it. */
bool variant_source_load(const char *folder, int index, variant_source *out, tns_error *err);

/* The same without the pixels: verdict and corners. */
bool variant_source_truth(const char *folder, int index, variant_source *out, tns_error *err);
void variant_source_finish(variant_source *source);

typedef struct variant {
    char label[160];
    render_verdict verdict;
    bool has_chart;
    tns_point corner[4];
    render_picture picture; /* without a truth of its own */
    render_jpeg_options jpeg;
} variant;

/* The same seed gives the same variant. False without memory. variant_finish() it. */
bool variant_make(const variant_source *source, uint64_t seed, variant *out);
void variant_finish(variant *v);

#endif
