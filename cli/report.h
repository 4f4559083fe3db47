/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of `tonsure report`. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "cli.h"

extern const command cmd_report_match, cmd_report_visit, cmd_report_month;

#endif
