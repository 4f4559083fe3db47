/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A zone for a person: the dot as at arm's length beside the area as from across a table. */
#include <math.h>
#include <stdio.h>

#include "zone.h"

static void print_lab(const cli *c, const char *label, tns_lab lab, const char *where)
{
    tns_color color = {.lab = lab, .illuminant = "D65", .observer = TNS_OBSERVER_10};
    printf("%-10s ", label);
    cli_print_color_with(11 + cli_swatch(c, &color, 6), 11, &color, where);
}

static void print_area(const cli *c, const tns_zone *z)
{
    char bars[48];
    print_lab(c, "Area", z->dots.area, cli_bars(&z->area.uncertainty, bars));
    printf("%-10s from talking distance; dE %.1f from the bare skin\n", "", z->dots.de00_to_skin);
}

static void print_dots(const tns_zone_record *r)
{
    const tns_zone_dots *dots = &r->zone.dots;
    cli_paragraph line = {0};
    double percent = 100 * dots->coverage;
    cli_say(&line, "%.*f per cm2, %.3g mm wide, ", dots->per_cm2 < 9.95 ? 1 : 0, dots->per_cm2,
            dots->diameter_mm);
    if (percent < 9.95)
        cli_say(&line, "%.2g %% of the skin covered", percent);
    else
        cli_say(&line, "%.0f %% of the skin covered", percent);
    if (r->area_cm2 > 0)
        cli_say(&line, "; %.4g%s in %g" CLI_KEEP "cm2", r->dots < 10000 ? r->dots : r->dots / 1000,
                r->dots < 10000 ? "" : " thousand", r->area_cm2);
    printf("%-10s ", "Dots");
    cli_print_wrapped(11, line.text);
}

/* What the physics and a wider dot would change; the answer's own range stands in it. */
static void print_spread(const tns_zone_record *r)
{
    const tns_zone *z = &r->zone;
    cli_paragraph line = {0};
    if (!r->n_is_own && r->sought == TNS_SOUGHT_DENSITY)
        cli_say(&line, "%.0f per cm2 if skin spreads no light between dots, %.0f if all of it",
                z->by_n[0].per_cm2, z->by_n[1].per_cm2);
    else if (!r->n_is_own && r->sought == TNS_SOUGHT_DIAMETER)
        cli_say(&line, "%.2g mm if skin spreads no light between dots, %.2g if all of it",
                z->by_n[0].diameter_mm, z->by_n[1].diameter_mm);
    else if (!r->n_is_own)
        cli_say(&line, "L %.1f if skin spreads no light between dots, %.1f if all of it",
                z->by_n[0].area.L, z->by_n[1].area.L);
    if (line.used == 0)
        return;
    printf("%-10s ", "Spread");
    cli_print_wrapped(11, line.text);
}

static void print_fresh(const tns_zone *z)
{
    cli_paragraph line = {0};
    cli_say(&line,
            "at first, about %.2g mm wide: L %.1f, dE %.1f from the bare skin, and darker still by "
            "the ink that is yet to be shed",
            z->fresh.diameter_mm, z->fresh.area.L, z->fresh.de00_to_skin);
    printf("%-10s ", "Fresh");
    cli_print_wrapped(11, line.text);
}

static void print_answer(const tns_zone_record *r)
{
    printf("%-10s ", "Answer");
    cli_print_wrapped(11, r->sentence);
}

void cli_print_zone(const cli *c, const tns_zone_record *r)
{
    const tns_zone *z = &r->zone;
    bool made = r->failure.code == TNS_OK && z->reach != TNS_ZONE_DARKER && z->dots.coverage > 0;
    print_lab(c, "Dot", z->dot, "  at reading distance");
    print_lab(c, "Skin", z->skin, "");
    if (r->has_target)
        print_lab(c, "Target", z->target, "  an area");
    if (r->failure.code == TNS_OK)
        print_answer(r);
    if (made) {
        print_dots(r);
        print_area(c, z);
        print_spread(r);
        print_fresh(z);
    }
    cli_print_warnings(&r->warnings);
}
