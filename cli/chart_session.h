/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card that is being read, patch by patch: what is kept of it, and what a reading says. */
#ifndef CLI_CHART_SESSION_H
#define CLI_CHART_SESSION_H

#include <tonsure/card.h>

typedef struct chart_session {
    tns_card *card;    /* what has been read; what has not has no color */
    tns_chart nominal; /* what the patches should be */
    bool has_nominal;  /* a plain grid has no colors */
    char path[1024];   /* the file to make */
    char kept[1032];   /* the unfinished one beside it */
} chart_session;

/*
 * Begins, or goes on with what an interrupted run has kept, unless `anew`. `chart` is a name, a
 * file, or COLUMNSxROWS. *resumed patches were read before.
 */
bool chart_session_begin(chart_session *s, const char *chart, tns_edition edition, const char *path,
                         bool anew, int *resumed, tns_error *err);
void chart_session_finish(chart_session *s);

/* The distance from the patch's nominal color; 0 where none is known. */
double chart_session_distance(const chart_session *s, int patch, tns_lab lab);

/* Whether a reading is clearly not of that patch; then `says` tells of which, or how far off. */
bool chart_session_doubts(const chart_session *s, int patch, tns_lab lab, char says[200]);

/* Takes a reading over as the patch's, and keeps all that was read. */
bool chart_session_take(chart_session *s, int patch, const tns_reading *reading, tns_error *err);

/* Writes the chart file, and removes the unfinished one. */
bool chart_session_save(chart_session *s, tns_error *err);

#endif
