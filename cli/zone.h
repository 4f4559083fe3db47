/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_ZONE_H
#define CLI_ZONE_H

#include <tonsure/skin_records.h>

#include "cli.h"

void cli_print_zone(const cli *c, const tns_zone_record *record);

#endif
