/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A loop shared by threads. Each task is one index, taken by whichever thread is free; the calling
 * thread works too, and it alone speaks to the context: it asks whether to stop between its tasks,
 * wherever a task of its own asks, and while it waits for the others at the end.
 *
 * Which thread runs what, and when, is left to chance. Tasks must not let that show.
 */
#ifndef BASE_TEAM_H
#define BASE_TEAM_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/context.h>

typedef struct tns_team tns_team;

typedef void (*tns_team_task)(void *user, tns_team *team, size_t index);

/*
 * Runs the tasks 0..count-1, begun in that order, on `threads` threads, or fewer where the system
 * has no more to give; tells the context how far the stage is. False when cancelled; tasks are then
 * left out, and those under way are waited for.
 */
bool tns_team_run(int threads, size_t count, tns_team_task task, void *user,
                  const tns_context *context, const char *stage);

/* For a task to ask, often: it should return early. */
bool tns_team_stopped(tns_team *team);

/* Cores that are there to be used, at least 1. */
int tns_team_cores(void);

#endif
