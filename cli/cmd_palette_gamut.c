/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a shelf can reach, drawn and told, and how far a color is from it. */
#include <math.h>
#include <stdio.h>

#include <tonsure/service.h>

#include "palette.h"

/* What to wish for, in words: the two largest steps that are seen. */
static void print_missing(const tns_difference *d)
{
    const char *link = "  it would have to be ";
    if (fabs(d->dL) >= 0.5) {
        printf("%s%s (%+.1f L*)", link, d->dL > 0 ? "lighter" : "darker", d->dL);
        link = ", ";
    }
    if (fabs(d->da) >= 0.5) {
        printf("%s%s (%+.1f a*)", link, d->da > 0 ? "redder" : "greener", d->da);
        link = ", ";
    }
    if (fabs(d->db) >= 0.5)
        printf("%s%s (%+.1f b*)", link, d->db > 0 ? "yellower" : "bluer", d->db);
    printf("\n");
}

static void print_target(const cli *c, const tns_gamut_record *r)
{
    const tns_gamut_distance *d = &r->target;
    tns_color target = {.lab = d->target, .illuminant = "D65", .observer = TNS_OBSERVER_10};
    tns_color nearest = {.lab = d->nearest, .illuminant = "D65", .observer = TNS_OBSERVER_10};
    printf("\ntarget   ");
    cli_swatch(c, &target, 4);
    cli_print_color(&target);
    printf("\nnearest  ");
    cli_swatch(c, &nearest, 4);
    cli_print_color(&nearest);
    printf("\n%s, dE %.1f away\n", d->inside ? "within reach" : "out of reach", d->de00);
    if (!d->inside)
        print_missing(&d->missing);
    double rest = 1;
    for (size_t i = 0; i < d->part_count; i++) {
        printf("  %5.1f %%  %s\n", 100 * d->fraction[i], r->part[i]);
        rest -= d->fraction[i];
    }
    if (rest > 5e-4)
        printf("  %5.1f %%  diluent\n", 100 * rest);
}

static int show(cli *c, const tns_gamut_record *r)
{
    if (c->json)
        return cli_print_record(c, tns_gamut_record_write(r));
    cli_paragraph head = {0};
    cli_say(&head, "%s, %zu pigment%s, %s: %.0f cubic units of L*a*b* (D65/10), cells of %g",
            r->palette, r->pigments, cli_plural(r->pigments), r->surface, r->volume, r->cell);
    cli_print_wrapped(2, head.text);
    const double box[6] = {r->least.L, r->most.L, r->least.a, r->most.a, r->least.b, r->most.b};
    double b[6];
    for (int i = 0; i < 6; i++)
        b[i] = cli_unsigned_zero(box[i], 0);
    printf("L* %.0f to %.0f, a* %.0f to %.0f, b* %.0f to %.0f\n", b[0], b[1], b[2], b[3], b[4],
           b[5]);
    if (r->has_target)
        print_target(c, r);
    if (r->path[0])
        cli_row(2, "%s%s", r->path, r->written ? " written" : ": dry run, nothing written");
    cli_print_warnings(&r->warnings);
    return 0;
}

static int solve(cli *c, const tns_gamut_order *order)
{
    tns_error err;
    tns_context context = cli_context(c);
    tns_gamut_record *record = tns_service_gamut(order, &context, &err);
    if (!record)
        return cli_fail(c, &err);
    int status = show(c, record);
    tns_gamut_record_destroy(record);
    return status;
}

static int run_gamut(cli *c, int argc, const char **argv)
{
    tns_gamut_order order = {.max_shade = 40, .cell = 2.5};
    const char *target = NULL;
    const cli_option options[] = {
        {"surface", CLI_TEXT, &order.surface, "SURFACE",
         "opaque (default: a thick layer), film:SKIN,LOAD (ul/cm2), or "
         "healed:SKIN: as it looks in skin once healed"},
        {"target", CLI_TEXT, &target, "TARGET", "a color: is it within reach, how far, which way"},
        {"only", CLI_TEXT, &order.only, "IDS", "of these pigments"},
        {"without", CLI_TEXT, &order.without, "IDS", "of all but these"},
        {"max-shade", CLI_INTEGER, &order.max_shade, "N", "diluent to one of pigment (40)"},
        {"cell", CLI_NUMBER, &order.cell, "N", "edge of a cell in L*a*b* (2.5)"},
        {"output", CLI_TEXT, &order.output, "FILE.svg", "draw it"},
        {"dry-run", CLI_FLAG, &order.dry_run, NULL, "write nothing"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    tns_reading reading;
    tns_error err;
    int status;
    if (!cli_parse(c, &cmd_palette_gamut, argc, argv, options, 0, 0, &words, &status))
        return status;
    if (target && !tns_target_load(target, &reading, &err))
        return cli_fail(c, &err);
    const cli_range ranges[] = {
        {"max-shade", CLI_INTEGER, order.max_shade, 0, 1000},
        {"cell", CLI_NUMBER, order.cell, 0, INFINITY},
    };
    if ((status = cli_check(c, &cmd_palette_gamut, ranges, 2)) != 0)
        return status;
    order.undiluted = order.max_shade == 0;
    order.palette = c->palette;
    order.target = target ? &reading : NULL;
    return solve(c, &order);
}

const command cmd_palette_gamut = {
    "palette gamut", "[-o FILE.svg] [--target TARGET]",
    "what the shelf can reach: its volume, a picture, and how far a color is from it",
    "  tonsure palette gamut -o shelf.svg\n"
    "  tonsure palette gamut --surface film:skin.json,1 --target lab:40,14,20\n"
    "  tonsure --json --palette kimera palette gamut --only white,black,red-oxide --cell 5\n",
    run_gamut};
