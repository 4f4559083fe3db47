/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits: booked, opened, closed, cancelled, and what was read on them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clinic.h"

/* ---- book ---- */

typedef struct book_options {
    const char *on, *kind, *area, *recipe, *pot;
    int rank;
} book_options;

/* A match's file is read now: of its path nothing is kept. */
static bool read_recipe(const stock_call *s, const book_options *o, tns_visit *v, tns_error *err)
{
    if (!o->recipe)
        return true;
    tns_palette *palette = tns_palette_choose(s->c->palette, err);
    bool done = palette && tns_service_recipe(o->recipe, palette, o->rank, v->recipe, err);
    tns_palette_destroy(palette);
    return done;
}

static bool read_visit(const stock_call *s, const book_options *o, tns_visit *v, tns_error *err)
{
    if (!tns_service_client(s->words.word[0], &v->client, err))
        return false;
    if (!tns_day_parse(o->on, &v->day, err))
        return tns_error_prefix(err, "--on");
    if (!tns_visit_kind_parse(o->kind, &v->kind))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "--kind: expected s1, s2, s3 or touch-up, found \"%.40s\"", o->kind);
    if (o->area && !tns_service_area(o->area, &v->area_mm2, err))
        return tns_error_prefix(err, "--area");
    if (!read_recipe(s, o, v, err))
        return false;
    return !o->pot || tns_service_ml(o->pot, &v->pot_ul, err) || tns_error_prefix(err, "--ml");
}

/* --on is the visit's day here, which may be to come; the booking is of now. */
static int run_book(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_visit_book};
    book_options o = {0};
    const cli_option options[] = {
        {"on", CLI_TEXT, &o.on, "DATE", "the visit's day"},
        {"kind", CLI_TEXT, &o.kind, "KIND", "s1, s2, s3 or touch-up"},
        {"area", CLI_TEXT, &o.area, "CM2", "to be treated: 120"},
        {"recipe", CLI_TEXT, &o.recipe, "RECIPE",
         "carbon-black=3,diluent=42 by volume, or a FILE.json of match -o"},
        {"rank", CLI_INTEGER, &o.rank, "N", "of that file's recipes (1)"},
        {"ml", CLI_TEXT, &o.pot, "ML", "the pot to be mixed (3)"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    tns_error err;
    tns_visit visit = {0};
    if (!stock_parse(&s, argc, argv, options, 0, 1, 1, &status))
        return status;
    if (!o.on || !o.kind)
        return cli_usage(c, s.cmd, "expected --on and --kind");
    bool done = read_visit(&s, &o, &visit, &err) && stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                tns_visit_book(s.stock, &visit, &s.act, &s.change, &err);
    return clinic_end(&s, "visit book", done, &err);
}

const command cmd_visit_book = {
    "visit book",
    "CLIENT --on DATE --kind s1|s2|s3|touch-up [--area CM2] [--recipe RECIPE|FILE.json] [--ml ML]",
    "books a visit of a client",
    "  tonsure visit book C1 --on 2026-12-01 --kind s1 --area 120\n"
    "  tonsure visit book C1 --on 2027-01-12 --kind s2 --recipe carbon-black=3,diluent=42 --ml 3\n"
    "  tonsure --json visit book C1 --on 2030-01-15 --kind touch-up\n",
    run_book};

/* ---- open, close, cancel ---- */

typedef bool step_visit(tns_stock *stock, int64_t id, const tns_stock_act *act,
                        tns_stock_change *out, tns_error *err);

static int run_step(cli *c, const command *cmd, step_visit *step, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = cmd};
    int status;
    int64_t id;
    tns_error err;
    if (!stock_parse(&s, argc, argv, NULL, STOCK_ON | STOCK_REASON, 1, 1, &status))
        return status;
    bool done = tns_service_visit(s.words.word[0], &id, &err) &&
                stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                step(s.stock, id, &s.act, &s.change, &err);
    return clinic_end(&s, cmd->name, done, &err);
}

static int run_open(cli *c, int argc, const char **argv)
{
    return run_step(c, &cmd_visit_open, tns_visit_open, argc, argv);
}

static int run_close(cli *c, int argc, const char **argv)
{
    return run_step(c, &cmd_visit_close, tns_visit_close, argc, argv);
}

static int run_cancel(cli *c, int argc, const char **argv)
{
    return run_step(c, &cmd_visit_cancel, tns_visit_cancel, argc, argv);
}

const command cmd_visit_open = {"visit open", "VISIT", "opens a visit that was booked",
                                "  tonsure visit open V1\n"
                                "  tonsure visit open V1 --actor ann\n"
                                "  tonsure --json visit open 1\n",
                                run_open};

const command cmd_visit_close = {"visit close", "VISIT", "closes a visit, all pots of which are",
                                 "  tonsure visit close V1\n"
                                 "  tonsure visit close V1 --actor ann\n"
                                 "  tonsure visit close V1 --dry-run\n",
                                 run_close};

const command cmd_visit_cancel = {"visit cancel", "VISIT", "cancels a visit that was booked",
                                  "  tonsure visit cancel V2 --reason \"asked to\"\n"
                                  "  tonsure visit cancel V2 --actor ann\n"
                                  "  tonsure visit cancel V2 --dry-run\n",
                                  run_cancel};

/* ---- list ---- */

static bool read_question(const char *client, const char *from, const char *to,
                          tns_visit_question *q, tns_error *err)
{
    if (client && !tns_service_client(client, &q->client, err))
        return tns_error_prefix(err, "--client");
    if (from && !tns_day_parse(from, &q->from, err))
        return tns_error_prefix(err, "--from");
    return !to || tns_day_parse(to, &q->to, err) || tns_error_prefix(err, "--to");
}

static int run_list(cli *c, int argc, const char **argv)
{
    const char *client = NULL, *from = NULL, *to = NULL;
    bool booked = false, all = false;
    const cli_option options[] = {
        {"client", CLI_TEXT, &client, "CLIENT", "of this one only"},
        {"from", CLI_TEXT, &from, "DATE", "booked for this day or later"},
        {"to", CLI_TEXT, &to, "DATE", "booked for this day or sooner"},
        {"booked", CLI_FLAG, &booked, NULL, "that are still to come about"},
        {"all", CLI_FLAG, &all, NULL, "the cancelled too"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    tns_visit_list list = {0};
    tns_visit_question question = {0};
    if (!cli_parse(c, &cmd_visit_list, argc, argv, options, 0, 0, &words, &status))
        return status;
    question.states = booked ? 1u << TNS_VISIT_BOOKED : all ? ~0u : 0;
    tns_stock *stock = NULL;
    bool done = read_question(client, from, to, &question, &err) &&
                (stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err)) &&
                tns_visit_list_find(stock, &question, &list, &err);
    if (!done)
        status = cli_fail(c, &err);
    else if (c->json)
        status = cli_print_record(c, tns_visits_write(&list));
    else
        clinic_print_visits(&list);
    tns_visit_list_finish(&list);
    tns_stock_close(stock);
    return status;
}

const command cmd_visit_list = {"visit list", "[--client C] [--from DATE] [--to DATE] [--booked]",
                                "visits by day",
                                "  tonsure visit list --booked\n"
                                "  tonsure visit list --client C1 --all\n"
                                "  tonsure --json visit list --from 2026-12-01 --to 2026-12-31\n",
                                run_list};

/* ---- read ---- */

/* A follow-up's site that is none of the visit's, by a slip, is of another place. */
static void doubt_site(stock_call *s, const tns_site_reading *kept)
{
    enum { SITES = 64 };
    const char *sites[SITES];
    char near[200];
    size_t count = 0;
    tns_error ignored;
    tns_site_reading_list list = {0};
    bool known = !tns_visit_readings(s->stock, 0, kept->visit, &list, &ignored);
    for (size_t i = 0; i < list.count && count < SITES; i++) {
        if (list.readings[i].days > 0)
            continue;
        known = known || strcmp(list.readings[i].site, kept->site) == 0;
        sites[count++] = list.readings[i].site;
    }
    tns_service_near(kept->site, sites, count, near, sizeof near);
    if (!known && near[0])
        tns_warn(&s->change.warnings, "nothing was read at %s at the visit%s", kept->site, near);
    tns_site_reading_list_finish(&list);
}

static void doubt_days(stock_call *s, const tns_site_reading *kept)
{
    tns_visit visit;
    if (tns_visit_find(s->stock, kept->visit, &visit, NULL) &&
        (int64_t)time(NULL) < visit.opened + (int64_t)(kept->days - 1) * 86400)
        tns_warn(&s->change.warnings,
                 "%d days after V%" PRId64 " was opened are still to come: visit unread takes a "
                 "reading off that is a slip",
                 kept->days, kept->visit);
    if (kept->days < TNS_HEALED_DAYS)
        tns_warn(&s->change.warnings, "read %d days after: not healed before the %dth", kept->days,
                 TNS_HEALED_DAYS);
}

bool clinic_keep_reading(stock_call *s, const clinic_reading *o, tns_error *err)
{
    tns_reading reading;
    tns_site_reading kept = {.days = o->days};
    if (!tns_service_visit(o->visit, &kept.visit, err) ||
        !tns_target_load(o->reading, &reading, err))
        return false;
    if (o->what && !cli_what(o->what, &reading.what))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "--what: expected dot, area, skin, strand or ink, found \"%.40s\"",
                             o->what);
    const char *name = o->site ? o->site : reading.site;
    if (!name[0] || strlen(name) >= sizeof kept.site || strlen(name) >= sizeof reading.site)
        return tns_error_set(err, TNS_ERROR_USAGE, "--site: expected a name, such as donor-left");
    strcpy(kept.site, name);
    if (name != reading.site)
        strcpy(reading.site, name);
    if (o->photo && !tns_service_photo(o->photo, &kept, err))
        return tns_error_prefix(err, "--photo");
    char *text = tns_reading_write(&reading);
    kept.record = text;
    bool done = text ? stock_begin(s, TNS_STOCK_EXISTING, err) &&
                           tns_visit_add_reading(s->stock, &kept, &s->act, NULL, err)
                     : tns_error_set(err, TNS_ERROR_MEMORY, "reading: out of memory");
    s->change.made.visit = kept.visit;
    s->change.written = done && !s->act.dry_run;
    if (done && !s->c->json)
        clinic_print_reading(s->c, &kept);
    if (done && o->days > 0) {
        doubt_site(s, &kept);
        doubt_days(s, &kept);
    }
    free(text);
    return done;
}

static int run_read(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_visit_read};
    clinic_reading o = {0};
    const cli_option options[] = {
        {"site", CLI_TEXT, &o.site, "SITE", "where (as the reading says)"},
        {"what", CLI_TEXT, &o.what, "WHAT", "was read: dot, area, skin, strand or ink"},
        {"days", CLI_INTEGER, &o.days, "N", "so many days after the visit: a follow-up (0)"},
        {"photo", CLI_TEXT, &o.photo, "FILE", "that it was taken from: its hash is kept"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    tns_error err;
    if (!stock_parse(&s, argc, argv, options, 0, 2, 2, &status))
        return status;
    o.visit = s.words.word[0];
    o.reading = s.words.word[1];
    bool done = clinic_keep_reading(&s, &o, &err);
    return clinic_end(&s, "visit read", done, &err);
}

const command cmd_visit_read = {
    "visit read", "VISIT TARGET [--site SITE] [--what WHAT] [--days N] [--photo FILE]",
    "keeps what was read at a site, on the client's card",
    "  tonsure visit read V1 readings/stubble.json --site donor-left\n"
    "  tonsure visit read V1 lab:52,7,14 --site crown --days 42\n"
    "  tonsure visit read V1 readings/skin.json --site crown --photo scalp.jpg\n",
    run_read};

/* ---- unread ---- */

static int run_unread(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_visit_unread};
    const char *site = NULL;
    int days = 0, status;
    const cli_option options[] = {
        {"site", CLI_TEXT, &site, "SITE", "where it was read"},
        {"days", CLI_INTEGER, &days, "N", "so many days after the visit (0)"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int64_t visit;
    tns_error err;
    if (!stock_parse(&s, argc, argv, options, 0, 1, 1, &status))
        return status;
    if (!site)
        return cli_usage(c, s.cmd, "expected --site");
    bool done = tns_service_visit(s.words.word[0], &visit, &err) &&
                stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                tns_visit_drop_readings(s.stock, visit, site, days, &s.act, &err);
    s.change.made.visit = done ? visit : 0;
    s.change.written = done && !s.act.dry_run;
    if (s.change.written && !c->json)
        cli_row(7, "V%-5" PRId64 " %s: what was read there %s is off the card", visit, site,
                days ? "later" : "at the visit");
    return clinic_end(&s, "visit unread", done, &err);
}

const command cmd_visit_unread = {"visit unread", "VISIT --site SITE [--days N]",
                                  "takes a reading that was a slip off the client's card",
                                  "  tonsure visit unread V1 --site crown --days 42\n"
                                  "  tonsure visit unread V1 --site donor-left --dry-run\n"
                                  "  tonsure --json visit unread V1 --site crown --days 42\n",
                                  run_unread};

/* ---- the noun ---- */

static const command *const verbs[] = {&cmd_visit_book,  &cmd_visit_list,   &cmd_visit_open,
                                       &cmd_visit_close, &cmd_visit_cancel, &cmd_visit_read,
                                       &cmd_visit_unread};

static int run(cli *c, int argc, const char **argv)
{
    return cli_run_verb(c, &cmd_visit, verbs, sizeof verbs / sizeof *verbs, argc, argv);
}

const command cmd_visit = {"visit", "VERB ..", "visits: booked, opened, closed, and read on",
                           "  tonsure visit book C1 --on 2026-12-01 --kind s1 --area 120\n"
                           "  tonsure visit list --booked\n"
                           "  tonsure visit read V1 readings/stubble.json --site donor-left\n",
                           run};
