/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan for people. */
#ifndef CLI_PLAN_H
#define CLI_PLAN_H

#include <tonsure/plan_records.h>

#include "cli.h"

void cli_print_plan(const tns_plan *plan);

#endif
