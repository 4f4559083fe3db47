/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/planner.h>
#include <tonsure/service.h>

#include "plan.h"

typedef struct plan_options {
    const char *until, *bookings, *service, *review, *order_cost, *apart, *mix, *of, *actor;
    bool propose, dry_run;
} plan_options;

/* Each is looked at only where it was said. */
static int read_options(cli *c, const plan_options *o, tns_plan_request *request)
{
    tns_error err;
    int64_t cents = 0;
    if (!o->until)
        return cli_usage(c, &cmd_plan, "--until is missing");
    if (!tns_service_until(o->until, request->context, &request->until, &err))
        return cli_usage(c, &cmd_plan, "--until: %s", err.text);
    if (o->service && !tns_service_share(o->service, &request->service, &err))
        return cli_usage(c, &cmd_plan, "--service: %s", err.text);
    if (o->review && !tns_service_days(o->review, &request->review_days, &err))
        return cli_usage(c, &cmd_plan, "--review: %s", err.text);
    if (request->review_days > 366)
        return cli_usage(c, &cmd_plan, "--review: expected at most 366d");
    if (o->order_cost && !tns_service_cents(o->order_cost, &cents, &err))
        return cli_usage(c, &cmd_plan, "--order-cost: %s", err.text);
    if (o->apart && (!tns_service_days(o->apart, &request->course.apart_days, &err) ||
                     request->course.apart_days > 366))
        return cli_usage(c, &cmd_plan, "--apart: expected days such as 28d");
    if (!o->mix != !o->of)
        return cli_usage(c, &cmd_plan, "%s is missing: --mix PIGMENT --of RECIPE",
                         o->mix ? "--of" : "--mix");
    request->mix = o->mix;
    request->mix_of = o->of;
    request->order_cost_cents = cents;
    return 0;
}

static int show(cli *c, const tns_plan *plan)
{
    if (c->json)
        return cli_print_record(c, tns_plan_write(plan));
    cli_print_plan(plan);
    return 0;
}

/* What is to be ordered within a week becomes orders, which `stock order` knows. */
static bool propose(tns_stock *stock, const plan_options *o, tns_plan *plan, tns_error *err)
{
    enum { A_WEEK = 7 };
    const char *user = getenv("USER");
    const tns_stock_act act = {.actor = o->actor ? o->actor : user, .dry_run = o->dry_run};
    return !o->propose || tns_service_propose(stock, plan, A_WEEK, &act, err);
}

static int answer(cli *c, const plan_options *o, const tns_plan_request *request)
{
    tns_error err;
    tns_plan plan = {0};
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    int status =
        stock && tns_service_plan(stock, request, &plan, &err) && propose(stock, o, &plan, &err)
            ? show(c, &plan)
            : cli_fail(c, &err);
    tns_plan_finish(&plan);
    tns_stock_close(stock);
    return status;
}

static int run(cli *c, int argc, const char **argv)
{
    plan_options o = {0};
    tns_plan_request request = {0};
    tns_booking_list bookings = {0};
    const cli_option options[] = {
        {"until", CLI_TEXT, &o.until, "DATE", "the last day to plan for, or 84d, 12w, 3m"},
        {"bookings", CLI_TEXT, &o.bookings, "FILE",
         "visits from a table (CSV) or a calendar (ics)"},
        {"service", CLI_TEXT, &o.service, "SHARE", "of the visits that find all they need (98%)"},
        {"review", CLI_TEXT, &o.review, "DAYS", "how often the shelf is looked at (1d)"},
        {"order-cost", CLI_TEXT, &o.order_cost, "MONEY", "of placing one order (0)"},
        {"apart", CLI_TEXT, &o.apart, "DAYS", "between the sessions of a course (28d)"},
        {"mix", CLI_TEXT, &o.mix, "PIGMENT", "buy no more of this, mix it once it is used up"},
        {"of", CLI_TEXT, &o.of, "RECIPE", "of what: carbon-black=3,red-iron-oxide=1"},
        {"propose", CLI_FLAG, &o.propose, NULL, "make orders of what is due within a week"},
        {"actor", CLI_TEXT, &o.actor, "NAME", "who does it (the user's name)"},
        {"dry-run", CLI_FLAG, &o.dry_run, NULL, "write nothing"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    tns_error err;
    int status;
    if (!cli_parse(c, &cmd_plan, argc, argv, options, 0, 0, &words, &status) ||
        (status = read_options(c, &o, &request)) != 0)
        return status;
    if (o.bookings) {
        request.bookings = &bookings;
        status = tns_bookings_load(o.bookings, &bookings, &err) ? 0 : cli_fail(c, &err);
    }
    tns_palette *palette = status ? NULL : tns_palette_choose(c->palette, &err);
    request.palette = palette;
    if (!status)
        status = palette ? answer(c, &o, &request) : cli_fail(c, &err);
    tns_palette_destroy(palette);
    tns_booking_list_finish(&bookings);
    return status;
}

const command cmd_plan = {
    "plan", "--until DATE [--bookings FILE] [--service SHARE]",
    "what to order, by when and why, and what will expire unused",
    "  tonsure plan --until 12w\n"
    "  tonsure plan --until 2027-03-31 --bookings calendar.ics --service 99%\n"
    "  tonsure --json plan --until 60d --review 30d --order-cost 12\n",
    run};
