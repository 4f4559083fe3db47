/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures that chart finders are compared on, as files below a folder, with their truth. */
#ifndef BENCH_PHOTO_SUBJECTS_H
#define BENCH_PHOTO_SUBJECTS_H

#include "render/gallery.h"

typedef enum subject_set {
    SET_REAL,     /* ../shared/photos, as they are */
    SET_VARIANTS, /* turned, tilted, blurred, cropped ... */
    SET_RENDERED, /* the gallery */
    SETS
} subject_set;

/* What a finder made of it. */
typedef struct answer {
    bool accepted;
    tns_point corner[4];
    double seconds; /* of one core, from the file on */
    char text[120];
} answer;

typedef struct subject {
    char path[512], label[160];
    subject_set set;
    render_verdict verdict;
    bool has_chart;
    tns_point corner[4];
    answer ours, peer;
} subject;

enum { SUBJECTS_MOST = 800 };

typedef struct subjects {
    int count;
    subject at[SUBJECTS_MOST];
} subjects;

/*
 * Fills the sets; what has no file yet is written below `folder`. Real photos and their variants
 * are left out, with a word on stdout, where `photos` is missing.
 */
bool subjects_gather(const char *photos, const char *folder, int variants, subjects *out,
                     tns_error *err);

/* The worst of the four corners, in pitches. */
double subject_error(const subject *s, const answer *a, double error[4]);

#endif
