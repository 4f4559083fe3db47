/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * skin_page blue|ladder|photons|cases|light|olive|dark: a table of docs/skin.md in Markdown, or the
 * picture of a case in SVG, on standard output.
 */
#include <stdlib.h>
#include <string.h>

#include "skin/people.h"
#include "skin/tables.h"

static void draw(const tns_palette *palette, int who)
{
    worked c = work_out(palette, who);
    draw_case(&c, stdout);
}

static int write_page(const tns_palette *palette, const char *what)
{
    if (strcmp(what, "blue") == 0)
        write_blue(palette, stdout);
    else if (strcmp(what, "ladder") == 0)
        write_ladder(palette, stdout);
    else if (strcmp(what, "photons") == 0)
        write_photons(stdout);
    else if (strcmp(what, "cases") == 0)
        write_cases(palette, stdout);
    else if (strcmp(what, "light") == 0)
        draw(palette, LIGHT);
    else if (strcmp(what, "olive") == 0)
        draw(palette, OLIVE);
    else if (strcmp(what, "dark") == 0)
        draw(palette, DARK);
    else
        return EXIT_FAILURE;
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    tns_error err = {0};
    tns_palette *palette = argc == 2 ? tns_palette_find("generic-smp", &err) : NULL;
    if (!palette) {
        fprintf(stderr, "usage: skin_page blue|ladder|photons|cases|light|olive|dark %s\n",
                err.text);
        return EXIT_FAILURE;
    }
    int status = write_page(palette, argv[1]);
    tns_palette_destroy(palette);
    return status;
}
