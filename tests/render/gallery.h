/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A gallery of scenes, each with what must become of it: charts that a chart finder has to find,
 * however they are held, lit and photographed; and what it has to refuse, and with which word.
 */
#ifndef RENDER_GALLERY_H
#define RENDER_GALLERY_H

#include "render/render.h"

typedef enum render_verdict {
    RENDER_FOUND,   /* in its right place, and read */
    RENDER_EITHER,  /* found, if so in its right place, or refused */
    RENDER_FLAGGED, /* refused, or read with a warning; in either case by name */
    RENDER_REFUSED
} render_verdict;

typedef struct render_exhibit {
    const char *name;
    render_verdict verdict;
    const char
        *says; /* words of which the reason (or the warning) has one: "blur|sharp"; "" = any */
    render_scene scene;
    render_jpeg_options jpeg;
} render_exhibit;

/* How many there are; each is made anew, from 0. */
int render_gallery_count(void);
void render_gallery_hang(int index, render_exhibit *out);

#endif
