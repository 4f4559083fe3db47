/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/service.h>

#ifdef WITH_STORE
#include <tonsure/clinic.h>
#endif

#include "cli.h"

typedef struct match_options {
    const char *target, *what, *output, *report;
    const char *client, *on;
    bool require_tolerance, in_stock, verbose;
    double max_cost, pot_ml; /* INFINITY = any, none */
    tns_match_order order;
} match_options;

/* The page is drawn of the record, so that the one that is kept gives the same. */
static int save_page(const cli *c, const match_options *o, const tns_match_answer *a)
{
    tns_error err;
    char *text = tns_match_write(a, NULL);
    bool done = text ? tns_service_match_report(text, strlen(text), "match", cli_now(), o->report,
                                                c->dry_run, &err)
                     : tns_error_set(&err, TNS_ERROR_MEMORY, "match: out of memory");
    free(text);
    if (done && c->dry_run)
        cli_show_written(c, o->report, "");
    return done ? 0 : cli_fail(c, &err);
}

/* The page's place was looked at before, the record's was not. */
static int save_files(const cli *c, const match_options *o, const tns_match_answer *a)
{
    int status = o->output ? cli_save_record(c, tns_match_write(a, NULL), o->output) : 0;
    return status == 0 && o->report ? save_page(c, o, a) : status;
}

static int answer(cli *c, const match_options *o, const tns_match_answer *a)
{
    tns_error err = {0};
    bool missed = o->require_tolerance && !a->match->within_tolerance;
    if (missed)
        tns_error_set(&err, TNS_ERROR_TOLERANCE,
                      "match: the best recipe is dE %.2f from the target, more than %.2f",
                      a->match->recipes[0].de00[0],
                      o->order.tolerance > 0 ? o->order.tolerance : 2.0);
    int status = missed ? 0 : save_files(c, o, a);
    if (status != 0)
        return status;
    if (c->json) {
        status = cli_print_record(c, tns_match_write(a, missed ? &err : NULL));
        if (status != 0)
            return status;
    } else {
        cli_print_match(c, a);
        if (o->verbose)
            cli_print_how(a);
    }
    return missed ? cli_fail_quietly(&err) : 0;
}

static int solve(cli *c, match_options *o)
{
    tns_error err;
    tns_context context = cli_context(c);
    tns_match_service *service = tns_service_match(&o->order, &context, &err);
    if (!service)
        return cli_fail(c, &err);
    int status = answer(c, o, tns_match_service_answer(service));
    tns_match_service_destroy(service);
    return status;
}

#ifdef WITH_STORE
/* The shelf is read at once and let go, for a search may take its time. */
static tns_stocked *find_stocked(const cli *c, const match_options *o, tns_error *err)
{
    int64_t client = 0;
    tns_day on = TNS_NO_DAY;
    if (o->client && !tns_service_client(o->client, &client, err)) {
        tns_error_prefix(err, "--client");
        return NULL;
    }
    if (o->on && !tns_day_parse(o->on, &on, err)) {
        tns_error_prefix(err, "--on");
        return NULL;
    }
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, err);
    tns_stocked *stocked =
        stock ? tns_service_stocked(stock, o->order.palette, client, on, o->order.pot_ml, err)
              : NULL;
    tns_stock_close(stock);
    return stocked;
}
#endif

static int match(cli *c, match_options *o, tns_palette *palette, const tns_reading *target)
{
    o->order.palette = palette;
    o->order.target = target;
#ifdef WITH_STORE
    tns_error err;
    tns_stocked *stocked = o->in_stock ? find_stocked(c, o, &err) : NULL;
    if (o->in_stock && !stocked)
        return cli_fail(c, &err);
    o->order.stocked = stocked;
    int status = solve(c, o);
    tns_stocked_destroy(stocked);
    return status;
#else
    return solve(c, o);
#endif
}

/* The target is named, and every number is in reason. */
static int check(const cli *c, const match_options *o)
{
    const tns_match_order *order = &o->order;
    const cli_range ranges[] = {
        {"max-pigments", CLI_INTEGER, order->max_pigments, 1, TNS_PARTS_MAX},
        {"top", CLI_INTEGER, order->top, 1, 1000},
        {"max-shade", CLI_INTEGER, order->max_shade, 0, 1000},
        {"threads", CLI_INTEGER, order->threads, 0, 256},
        {"tolerance", CLI_NUMBER, order->tolerance, 0, INFINITY},
        {"max-cost", CLI_NUMBER, o->max_cost, 0, INFINITY},
        {"ml", CLI_NUMBER, o->pot_ml, 0, isinf(o->pot_ml) ? INFINITY : 1000},
    };
    tns_error err;
    int status = o->target ? cli_check(c, &cmd_match, ranges, sizeof ranges / sizeof *ranges)
                           : cli_usage(c, &cmd_match, "--target is missing");
    if (status != 0)
        return status;
    if ((o->client || o->on) && !o->in_stock)
        return cli_usage(c, &cmd_match, "--client and --on are for --in-stock");
    return o->report && !tns_service_page_check(o->report, &err) ? cli_fail(c, &err) : 0;
}

/* Of what --what says; a spectrum that was estimated as of something else is left behind. */
static int load_target(const cli *c, const match_options *o, tns_reading *out)
{
    tns_error err;
    if (!tns_target_load(o->target, out, &err))
        return cli_fail(c, &err);
    if (o->what && !cli_what(o->what, &out->what))
        return cli_usage(c, &cmd_match, "--what: expected dot, area, skin, strand or ink");
    if (o->what && out->has_color && out->spectrum.reconstructed)
        out->has_spectrum = false;
    return 0;
}

/* False: the run ends with *status, at --help too. */
static bool parse(cli *c, int argc, const char **argv, match_options *o, int *status)
{
    tns_match_order *order = &o->order;
    const cli_option options[] = {
        {"target", CLI_TEXT, &o->target, "TARGET",
         "lab:L,a,b, a reading's or a spectral file, or - (piped in)"},
        {"what", CLI_TEXT, &o->what, "WHAT", "what it is of: dot, area, skin, strand, ink"},
        {"surface", CLI_TEXT, &order->surface, "SURFACE",
         "opaque (default: a thick layer), film:SKIN,LOAD (ul/cm2), or "
         "healed:SKIN: as it looks in skin once healed"},
        {"max-pigments", CLI_INTEGER, &order->max_pigments, "N", "pigments in a recipe (4)"},
        {"drops", CLI_TEXT, &order->drops, "N|exactly:N", "units of pigment in the pot (30)"},
        {"unit", CLI_TEXT, &order->unit, "UNIT", "drops (default), 0.05ml, 0.01g"},
        {"ml", CLI_NUMBER, &o->pot_ml, "ML", "fill a pot of this: whole multiples of each ratio"},
        {"max-shade", CLI_INTEGER, &order->max_shade, "N", "most diluent to one of pigment (40)"},
        {"top", CLI_INTEGER, &order->top, "N", "recipes to list (10)"},
        {"illuminants", CLI_TEXT, &order->illuminants, "LIST", "lamps to match under (D65,A,F11)"},
        {"weights", CLI_TEXT, &order->weights, "LIST", "what each lamp counts (1,0.25,0.25)"},
        {"only", CLI_TEXT, &order->only, "NAMES", "use these pigments (id, name, CI)"},
        {"without", CLI_TEXT, &order->without, "NAMES", "leave out these, and what contains them"},
        {"min-drops", CLI_TEXT, &order->min_drops, "N|NAME=N,..", "fewest drops of a pigment used"},
        {"drop-ml", CLI_TEXT, &order->drop_ml, "NAME=ML,..", "what a bottle's drop holds"},
        {"max-cost", CLI_NUMBER, &o->max_cost, "COST", "most per ml of mixed liquid"},
#ifdef WITH_STORE
        {"in-stock", CLI_FLAG, &o->in_stock, NULL,
         "only of what is on the shelf, for a pot of --ml (3)"},
        {"client", CLI_TEXT, &o->client, "CLIENT", "for whom it is: what it may have (--in-stock)"},
        {"on", CLI_TEXT, &o->on, "DATE", "the day it is to be good on (--in-stock; today)"},
#endif
        {"never-darker", CLI_FLAG, &order->never_darker, NULL,
         "none darker on paper than the target"},
        {"continuous", CLI_FLAG, &order->continuous, NULL, "sets of pigments, in any amounts"},
        {"threads", CLI_INTEGER, &order->threads, "N", "threads to search with (every core)"},
        {"tolerance", CLI_NUMBER, &order->tolerance, "DE", "dE00 that is good enough (2.0)"},
        {"require-tolerance", CLI_FLAG, &o->require_tolerance, NULL, "exit 4 beyond the tolerance"},
        {"output", CLI_TEXT, &o->output, "FILE",
         "write the match to FILE.json, a recipe for visit book and pot mix"},
        {"report", CLI_TEXT, &o->report, "FILE.html",
         "write a page for people, to print and keep with the client"},
        CLI_DRY_RUN(c),
        {"verbose", CLI_FLAG, &o->verbose, NULL,
         "how it was found: weights, search, what it rests on"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    if (!cli_parse(c, &cmd_match, argc, argv, options, 0, 0, &words, status))
        return false;
    order->undiluted = order->max_shade == 0;
    order->pot_ml = isinf(o->pot_ml) ? 0 : o->pot_ml;
    order->max_cost = isinf(o->max_cost) ? 0 : o->max_cost;
    return (*status = check(c, o)) == 0;
}

static int run(cli *c, int argc, const char **argv)
{
    match_options o = {.max_cost = INFINITY,
                       .pot_ml = INFINITY,
                       .order = {.max_pigments = 4, .max_shade = 40, .top = 10, .tolerance = 2}};
    int status;
    tns_error err;
    tns_reading target;
    if (!parse(c, argc, argv, &o, &status) || (status = load_target(c, &o, &target)) != 0)
        return status;
    tns_palette *palette = tns_palette_choose(c->palette, &err);
    if (!palette)
        return cli_fail(c, &err);
    status = match(c, &o, palette, &target);
    tns_palette_destroy(palette);
    return status;
}

const command cmd_match = {
    "match", "--target TARGET [--surface SURFACE] [options]",
    "finds the recipes that come nearest to a target",
    "  tonsure match --target readings/stubble.json --surface film:readings/skin.json,1 "
    "-o match.json\n"
    "  tonsure match --target lab:35,2,4 --palette kimera --only black,white,red-oxide --top 3\n"
    "  tonsure --json match --target hair.csv#2 --max-pigments 2 --drops 20 --require-tolerance\n",
    run};
