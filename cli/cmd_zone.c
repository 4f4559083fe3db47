/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/service.h>

#include "zone.h"

/* An option's reading, and what a person says it is of. */
typedef struct part {
    const char *option, *target, *is;
    tns_reading reading;
} part;

typedef struct zone_options {
    part dot, skin, target;
    const char *arrangement;
    double per_cm2, diameter_mm, area_cm2, yule_nielsen; /* NAN = not said */
    bool fresh;
} zone_options;

/* Only what was said is checked: NAN is what was not. */
static int check(const cli *c, const zone_options *o)
{
    const cli_range all[] = {
        {"density", CLI_NUMBER, o->per_cm2, 0, 100000},
        {"diameter", CLI_NUMBER, o->diameter_mm, 0, 5},
        {"area", CLI_NUMBER, o->area_cm2, 0, 10000},
        {"yule-nielsen", CLI_NUMBER, o->yule_nielsen, 0.999999, 10},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        int status = isnan(all[i].value) ? 0 : cli_check(c, &cmd_zone, &all[i], 1);
        if (status != 0)
            return status;
    }
    bool grid = o->arrangement && strcmp(o->arrangement, "grid") == 0;
    if (o->arrangement && !grid && strcmp(o->arrangement, "random") != 0)
        return cli_usage(c, &cmd_zone, "--arrangement: expected random or grid, found \"%.40s\"",
                         o->arrangement);
    if (o->fresh && isnan(o->diameter_mm))
        return cli_usage(c, &cmd_zone, "--fresh: of which --diameter?");
    return 0;
}

static int load(const cli *c, part *p)
{
    tns_error err;
    if (!tns_target_load(p->target, &p->reading, &err))
        return cli_fail(c, &err);
    if (p->is && !cli_what(p->is, &p->reading.what))
        return cli_usage(c, &cmd_zone, "--%s-is: expected dot, area, skin, strand or ink",
                         p->option);
    if (p->is && p->reading.has_color && p->reading.spectrum.reconstructed)
        p->reading.has_spectrum = false; /* it was estimated as of something else, maybe */
    return 0;
}

static double said(double value)
{
    return isnan(value) ? 0 : value;
}

static int answer(cli *c, zone_options *o)
{
    tns_error err;
    tns_zone_record record;
    const tns_zone_order order = {.dot = &o->dot.reading,
                                  .skin = &o->skin.reading,
                                  .target = o->target.target ? &o->target.reading : NULL,
                                  .per_cm2 = said(o->per_cm2),
                                  .diameter_mm = said(o->diameter_mm),
                                  .fresh = o->fresh,
                                  .grid = o->arrangement && o->arrangement[0] == 'g',
                                  .yule_nielsen = said(o->yule_nielsen),
                                  .area_cm2 = said(o->area_cm2)};
    if (!tns_service_zone(&order, &record, &err))
        return cli_fail(c, &err);
    bool failed = record.failure.code != TNS_OK;
    if (c->json) {
        int status = cli_print_record(c, tns_zone_record_write(&record));
        if (status != 0)
            return status;
    } else {
        cli_print_zone(c, &record);
    }
    return failed ? cli_fail_quietly(&record.failure) : 0;
}

static int run(cli *c, int argc, const char **argv)
{
    zone_options o = {.dot = {.option = "dot"},
                      .skin = {.option = "skin"},
                      .target = {.option = "target"},
                      .per_cm2 = NAN,
                      .diameter_mm = NAN,
                      .area_cm2 = NAN,
                      .yule_nielsen = NAN};
    const cli_option options[] = {
        {"dot", CLI_TEXT, &o.dot.target, "READING", "the color of one dot, healed"},
        {"skin", CLI_TEXT, &o.skin.target, "READING", "the bare skin between dots"},
        {"target", CLI_TEXT, &o.target.target, "READING", "the area whose tone is wanted"},
        {"density", CLI_NUMBER, &o.per_cm2, "N", "dots per cm2; found for --target without it"},
        {"diameter", CLI_NUMBER, &o.diameter_mm, "MM",
         "of a healed dot (0.125); found for --target with --density alone"},
        {"fresh", CLI_FLAG, &o.fresh, NULL, "--diameter is of a fresh dot, twice as wide"},
        {"area", CLI_NUMBER, &o.area_cm2, "CM2", "count the dots of such an area"},
        {"arrangement", CLI_TEXT, &o.arrangement, "random|grid", "how dots lie (random)"},
        {"yule-nielsen", CLI_NUMBER, &o.yule_nielsen, "N",
         "how far skin spreads light, from your own follow-ups (1.7, in 1 to 2)"},
        {"dot-is", CLI_TEXT, &o.dot.is, "WHAT", "the reading of --dot is of that: dot"},
        {"skin-is", CLI_TEXT, &o.skin.is, "WHAT", "the reading of --skin is of that: skin"},
        {"target-is", CLI_TEXT, &o.target.is, "WHAT", "the reading of --target is of that: area"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_zone, argc, argv, options, 0, 0, &words, &status))
        return status;
    if (!o.dot.target || !o.skin.target)
        return cli_usage(c, &cmd_zone, "--%s is missing", o.dot.target ? "skin" : "dot");
    if ((status = check(c, &o)) != 0 || (status = load(c, &o.dot)) != 0 ||
        (status = load(c, &o.skin)) != 0 || (o.target.target && (status = load(c, &o.target)) != 0))
        return status;
    return answer(c, &o);
}

const command cmd_zone = {
    "zone", "--dot READING --skin READING [--density N --diameter MM | --target READING]",
    "the tone that dots make of an area, or how many match another area",
    "  tonsure zone --dot dot.json --skin skin.json --density 120 --diameter 0.15\n"
    "  tonsure zone --dot dot.json --skin skin.json --target readings/stubble.json --area 60\n"
    "  tonsure --json zone --dot lab:30,2,3 --skin lab:66,10,16 --target lab:64,9.6,15.2\n",
    run};
