/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two files of docs/sample, made anew: by the program that writes them and by their test. */
#ifndef RENDER_SAMPLE_H
#define RENDER_SAMPLE_H

#include "render/render.h"

typedef struct render_sample {
    unsigned char *jpeg; /* scalp.jpg */
    size_t jpeg_size;
    char *truth; /* scalp.json */
} render_sample;

/* Finish it in every case. */
bool render_sample_make(render_sample *out, tns_error *err);
void render_sample_finish(render_sample *sample);

#endif
