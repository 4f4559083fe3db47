/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "photo.h"

enum { INDENT = 11 };

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

/* Where hairs hide one another, or are too fine, what was counted has no honest interval. */
static bool is_lower_bound(const tns_follicles *f)
{
    for (size_t i = 0; i < f->warnings.count; i++)
        if (strstr(f->warnings.text[i], "lower bound"))
            return true;
    return false;
}

static void say_density(cli_paragraph *line, const tns_follicles *f)
{
    if (f->mm_per_px > 0 && is_lower_bound(f))
        cli_say(line, ", at least %.0f units per cm2", f->density_per_cm2);
    else if (f->mm_per_px > 0)
        cli_say(line, ", %.0f units per cm2 (95 %%: %.0f-%.0f)", f->density_per_cm2,
                f->density_ci95[0], f->density_ci95[1]);
    else
        cli_say(line, "; no density without a scale (--mm-per-px)");
}

static void say_size(cli_paragraph *line, const tns_follicles *f)
{
    if (f->mm_per_px > 0)
        cli_say(line, "; %.2f mm across", f->diameter_px * f->mm_per_px);
    else
        cli_say(line, "; %.1f pixels across", f->diameter_px);
    cli_say(line, ", %.1f %% of the skin covered", 100 * f->coverage);
    if (f->through > 0)
        cli_say(line, "; %zu root%s seen through the skin", f->through, plural(f->through));
}

/* "23 hairs in 12 units, 148 units per cm2 (95 %: 110-190); 0.07 mm across, .." */
void cli_photo_print_follicles(const cli *c, const tns_follicles *f)
{
    cli_paragraph line = {0};
    cli_say(&line, "%zu hair%s in %zu unit%s", f->count, plural(f->count), f->units,
            plural(f->units));
    say_density(&line, f);
    if (f->count > 0)
        say_size(&line, f);
    printf("%-10s ", "Follicles");
    cli_print_wrapped(INDENT, line.text);
    if (f->has_colors) {
        cli_photo_print_color(c, "Dot", &f->dot);
        cli_print_warnings(&f->dot.warnings);
        cli_photo_print_color(c, "Skin", &f->skin);
        cli_print_warnings(&f->skin.warnings);
    }
    cli_print_warnings(&f->warnings);
}
