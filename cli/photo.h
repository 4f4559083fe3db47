/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the photo command share: its options, and what is shown and saved. */
#ifndef CLI_PHOTO_H
#define CLI_PHOTO_H

#include <tonsure/photo.h>

#include "cli.h"

/* The options as they were said, and as the library takes them. */
typedef struct photo_options {
    const char *chart, *edition, *corners, *kind, *flat, *output, *report;
    cli_list regions, without, anchors;
    bool follicles;
    double mm_per_px; /* NAN = not said */
    tns_region places[CLI_LIST_MAX];
    tns_photo_anchor anchor[CLI_LIST_MAX];
    tns_chart own; /* a chart file, when `chart` names one */
    tns_photo_options photo;
} photo_options;

/* Fills options->photo from what was said; 0, or the exit status when that is wrong and told. */
int cli_photo_understand(cli *c, photo_options *options);

/* NAME=x,y,w,h or NAME=x1,y1,x2,y2,x3,y3,.. or NAME=patch:NAME */
bool cli_photo_region(const char *text, tns_region *out);

/* What a person reads. */
void cli_photo_print(const cli *c, const char *path, const photo_options *options,
                     const tns_photo *photo);
void cli_photo_print_follicles(const cli *c, const tns_follicles *follicles);
/* A reading by name, with both its uncertainties; warnings are left to the caller. */
void cli_photo_print_color(const cli *c, const char *name, const tns_reading *reading);
void cli_photo_print_region(const cli *c, const tns_photo_region *region);
/* "Next  ..": two lines at most, or none. */
void cli_photo_print_next(const photo_options *options, const tns_photo *photo);
/* "good", "fair" or "doubtful", of the mean of errors left out. */
const char *cli_photo_grade(double loo_mean);

/*
 * Each region's reading and photo.json into a folder, which is made; all of it or, as far as
 * nothing was there before, none.
 */
int cli_photo_save(const cli *c, const char *folder, const tns_photo *photo);

/* The page for people, all or nothing; `failure` is of a refused chart, or NULL. */
int cli_photo_report(const cli *c, const char *to, const char *path, const tns_photo *photo,
                     const tns_image *image, const tns_error *failure);

#endif
