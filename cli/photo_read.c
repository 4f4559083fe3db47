/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was read of a photo, place by place: its color, how sure it is, what it was taken for. */
#include <stdio.h>
#include <string.h>

#include <tonsure/skintone.h>

#include "photo.h"

enum { INDENT = 11 };

static void print_bars(const tns_reading *reading)
{
    const tns_uncertainty *truth = &reading->uncertainty, *visits = &reading->between_visits;
    printf("%*s+- %.1f %.1f %.1f against the truth, +- %.1f %.1f %.1f visit to visit\n", INDENT, "",
           truth->L, truth->a, truth->b, visits->L, visits->a, visits->b);
}

static const char *words_of(tns_what what)
{
    static const char *const words[] = {
        "taken for skin", "a dot", "an area, hair and skin together", "skin", "hair", "ink"};
    return words[what];
}

/* What it was taken for decides on the spectrum, so it is told. */
static void print_detail(const tns_photo_region *region)
{
    cli_paragraph line = {0};
    if (region->region.place[0] && region->reading.what == TNS_WHAT_UNKNOWN)
        cli_say(&line, "%s", region->region.place);
    else
        cli_say(&line, "%s", words_of(region->reading.what));
    if (region->has_ita)
        cli_say(&line, ", ITA %.0f +- %.0f (%s)", region->ita, region->ita_u,
                tns_ita_class(region->ita));
    cli_say(&line, "; %zu pixels", region->statistics.pixels);
    printf("%*s", INDENT, "");
    cli_print_wrapped(INDENT, line.text);
}

static void print_name(const char *name)
{
    bool is_long = strlen(name) > 10;
    printf(is_long ? "%s\n%*s" : "%-10s%*s", name, is_long ? INDENT : 1, "");
}

void cli_photo_print_color(const cli *c, const char *name, const tns_reading *reading)
{
    print_name(name);
    cli_swatch(c, &reading->color, 6);
    cli_print_color(&reading->color);
    printf("\n");
    print_bars(reading);
}

void cli_photo_print_region(const cli *c, const tns_photo_region *region)
{
    if (region->reading.has_color) {
        cli_photo_print_color(c, region->region.name, &region->reading);
        print_detail(region);
    } else {
        print_name(region->region.name);
        printf("linear RGB %.4f %.4f %.4f\n", region->rgb[0], region->rgb[1], region->rgb[2]);
    }
    cli_print_warnings(&region->reading.warnings);
}
