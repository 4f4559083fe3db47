/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The noun and its verbs. */
#include "palette.h"

static const command *const verbs[] = {
    &cmd_palette_list,   &cmd_palette_show,  &cmd_palette_check, &cmd_palette_import,
    &cmd_palette_export, &cmd_palette_add,   &cmd_palette_drop,  &cmd_palette_fit,
    &cmd_palette_ladder, &cmd_palette_learn, &cmd_palette_gamut,
};

static int run(cli *c, int argc, const char **argv)
{
    return cli_run_verb(c, &cmd_palette, verbs, sizeof verbs / sizeof *verbs, argc, argv);
}

const command cmd_palette = {"palette",
                             "list|show|check|import|export|add|drop|fit|ladder|learn|gamut ..",
                             "what is on the shelf: pigments and palettes",
                             "  tonsure palette list\n"
                             "  tonsure palette show generic-smp\n"
                             "  tonsure palette check mine.json\n",
                             run};
