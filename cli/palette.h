/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of `tonsure palette`, each in the file of its family. */
#ifndef CLI_PALETTE_H
#define CLI_PALETTE_H

#include <tonsure/palette_records.h>

#include "cli.h"

extern const command cmd_palette_list, cmd_palette_show, cmd_palette_check;
extern const command cmd_palette_add, cmd_palette_drop;
extern const command cmd_palette_export, cmd_palette_import;
extern const command cmd_palette_fit;
extern const command cmd_palette_ladder;
extern const command cmd_palette_learn;
extern const command cmd_palette_gamut;

/* What was learned, as a record (of a fit, when it was one) or for a person; the exit status. */
int cli_show_learned(cli *c, const tns_learn_record *record, bool as_fit);

#endif
