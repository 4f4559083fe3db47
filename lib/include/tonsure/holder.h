/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A holder to print: AprilTags (tag36h11: Wang and Olson, IROS 2016) around a place for a chart and
 * a window for the scalp. Where the tags are seen in a photo, millimeters, the tilt and the places
 * of chart and scalp are known.
 */
#ifndef TONSURE_HOLDER_H
#define TONSURE_HOLDER_H

#include <stdbool.h>

#include <tonsure/error.h>
#include <tonsure/export.h>

TNS_BEGIN_DECLS

enum { TNS_HOLDER_TAGS = 6, TNS_TAG_CELLS = 10 };

/* In mm from the holder's upper left corner, right and down. */
typedef struct tns_holder_window {
    double x, y, width, height; /* width 0 = there is none */
} tns_holder_window;

typedef struct tns_holder_tag {
    int id;
    double x, y; /* the upper left corner of its black square */
} tns_holder_tag;

/* The one table of the geometry: the printed sheet and the finder of tags both use it. */
typedef struct tns_holder {
    char chart[32];       /* the kind it is made for */
    double width, height; /* mm */
    double tag_side;      /* of a tag's black square, mm */
    tns_holder_tag tag[TNS_HOLDER_TAGS];
    tns_holder_window chart_window, scalp;
} tns_holder;

/*
 * The holder for a chart, by the chart's name: classic (which is larger than the paper and lies
 * beside it), passport, mini, nano. Each has tags of its own. TNS_ERROR_USAGE for other names.
 */
TNS_API bool tns_holder_find(const char *chart, tns_holder *out, tns_error *err);

/*
 * A tag's cells, row by row, with the white margin that belongs to it; true = black.
 * TNS_ERROR_UNSUPPORTED in a build without libapriltag.
 */
TNS_API bool tns_holder_cells(int id, bool black[TNS_TAG_CELLS][TNS_TAG_CELLS], tns_error *err);

TNS_END_DECLS

#endif
