/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of `tonsure course`, and how what was learned is shown. */
#ifndef CLI_COURSE_H
#define CLI_COURSE_H

#include <string.h>

#include "clinic.h"

extern const command cmd_course_follow_up, cmd_course_learned;

/* 0, the exit status. */
int course_print_learned(const tns_course_learned *learned);

#endif
