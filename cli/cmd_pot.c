/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pots: mixed, closed, listed. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clinic.h"

/* The pot of the change that was just written. NULL for a dry run, which leaves none. */
static const tns_pot *find_pot(tns_stock *stock, int64_t id, tns_pot_list *list)
{
    const tns_pot_question one = {.pot = id};
    bool found = tns_pot_list_find(stock, &one, list, NULL) && list->count == 1;
    return found ? &list->pots[0] : NULL;
}

/* `pot` as it was mixed, or (NULL) as it stands in the store. */
static int show(stock_call *s, const char *action, const tns_pot *pot, int64_t drop_nl)
{
    tns_pot_list list = {0};
    if (!pot && s->change.written)
        pot = find_pot(s->stock, s->change.made.pot, &list);
    int status = 0;
    if (s->c->json) {
        status = cli_print_record(s->c, tns_clinic_change_write(action, &s->change, pot, drop_nl));
    } else if (pot) {
        clinic_print_pot(pot, drop_nl);
        if (!s->change.written)
            printf("(dry run: nothing was written)\n");
        cli_print_warnings(&s->change.warnings);
    } else {
        stock_print_change(&s->change);
    }
    tns_pot_list_finish(&list);
    return status;
}

static int end(stock_call *s, const char *action, const tns_pot *pot, int64_t drop_nl, bool done,
               const tns_error *err)
{
    int status = done ? show(s, action, pot, drop_nl) : cli_fail(s->c, err);
    tns_stock_change_finish(&s->change);
    tns_stock_close(s->stock);
    return status;
}

/* ---- mix ---- */

typedef struct mix_options {
    const char *visit, *recipe, *ml, *drop, *unit, *discard;
    int rank;
} mix_options;

/* In nanolitres; 0 = of each bottle its own. */
static bool read_drop(const char *text, int64_t *drop_nl, tns_error *err)
{
    *drop_nl = 0;
    if (!text)
        return true;
    if (!tns_service_thousandths(text, "ml", drop_nl, err))
        return tns_error_prefix(err, "--drop-ml");
    *drop_nl *= 1000;
    return (*drop_nl >= 10000 && *drop_nl <= 200000) ||
           tns_error_set(err, TNS_ERROR_USAGE, "--drop-ml: expected 0.01 to 0.2");
}

static bool read_wish(const mix_options *o, tns_pot_wish *w, int64_t *drop_nl, tns_error *err)
{
    w->recipe = o->recipe;
    w->rank = o->rank;
    w->unit = o->unit;
    if (!tns_service_visit(o->visit, &w->visit, err))
        return tns_error_prefix(err, "--visit");
    if (o->ml && !tns_service_ml(o->ml, &w->ul, err))
        return tns_error_prefix(err, "--ml");
    if (!read_drop(o->drop, drop_nl, err))
        return false;
    w->drop_nl = *drop_nl;
    return !o->discard || tns_service_minutes(o->discard, &w->discard_minutes, err) ||
           tns_error_prefix(err, "--discard-after");
}

static int mix(stock_call *s, const mix_options *o)
{
    tns_error err;
    int64_t drop_nl = 0;
    tns_pot_list made = {0};
    tns_pot_wish wish = {.made = &made};
    tns_palette *palette = tns_palette_choose(s->c->palette, &err);
    wish.palette = palette;
    bool done = palette && read_wish(o, &wish, &drop_nl, &err) &&
                stock_begin(s, TNS_STOCK_EXISTING, &err) &&
                tns_service_mix(s->stock, &wish, &s->act, &s->change, &err);
    int status = end(s, "pot mix", made.count ? &made.pots[0] : NULL, drop_nl, done, &err);
    tns_pot_list_finish(&made);
    tns_palette_destroy(palette);
    return status;
}

static int run_mix(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_pot_mix};
    mix_options o = {0};
    const cli_option options[] = {
        {"visit", CLI_TEXT, &o.visit, "VISIT", "that it is for; it is opened where it was booked"},
        {"recipe", CLI_TEXT, &o.recipe, "RECIPE",
         "carbon-black=3,diluent=42 by volume, or a FILE.json of match -o (the visit's own)"},
        {"rank", CLI_INTEGER, &o.rank, "N", "of that file's recipes (1)"},
        {"ml", CLI_TEXT, &o.ml, "ML", "how much (the visit's, else 3)"},
        {"drop-ml", CLI_TEXT, &o.drop, "ML", "drops to tell it in (each bottle's own)"},
        {"unit", CLI_TEXT, &o.unit, "UNIT",
         "whole drops, or a syringe's 0.05ml, of each part (ul)"},
        {"discard-after", CLI_TEXT, &o.discard, "TIME", "good so long: 4h (a session), 90min"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    if (!stock_parse(&s, argc, argv, options, STOCK_ON | STOCK_REASON | STOCK_OVERRIDE, 0, 0,
                     &status))
        return status;
    return o.visit ? mix(&s, &o) : cli_usage(c, s.cmd, "expected --visit");
}

const command cmd_pot_mix = {
    "pot mix", "--visit VISIT [--recipe RECIPE|FILE.json] [--ml ML]",
    "mixes a pot for a visit: checks, takes from the bottles, and numbers it",
    "  tonsure pot mix --visit V1 --recipe carbon-black=3,diluent=42 --ml 3\n"
    "  tonsure pot mix --visit V1 --recipe match.json --rank 2 --ml 2.5 --unit drops\n"
    "  tonsure pot mix --visit V1 --recipe carbon-black=1,diluent=9 --discard-after 90min\n",
    run_mix};

/* ---- close ---- */

static bool read_left(const char *text, int64_t *left_ul, tns_error *err)
{
    *left_ul = 0;
    return strcmp(text, "none") == 0 || tns_service_amount(text, false, 40000, left_ul, err);
}

static int run_close(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_pot_close};
    int status;
    int64_t id, left_ul;
    tns_error err;
    if (!stock_parse(&s, argc, argv, NULL, STOCK_ON | STOCK_REASON, 2, 2, &status))
        return status;
    bool done = tns_service_pot(s.words.word[0], &id, &err) &&
                read_left(s.words.word[1], &left_ul, &err) &&
                stock_begin(&s, TNS_STOCK_EXISTING, &err) &&
                tns_pot_close(s.stock, id, left_ul, &s.act, &s.change, &err);
    return end(&s, "pot close", NULL, 0, done, &err);
}

const command cmd_pot_close = {"pot close", "POT LEFT|none",
                               "says what is left of a pot, which is thrown away",
                               "  tonsure pot close P1 0.4ml\n"
                               "  tonsure pot close P1 none --actor ann\n"
                               "  tonsure pot close P2 10drops --dry-run\n",
                               run_close};

/* ---- list, show ---- */

static int print_pots(cli *c, const tns_pot_list *list, bool whole)
{
    if (c->json)
        return cli_print_record(c, tns_pots_write(list));
    if (!whole)
        clinic_print_pots(list);
    for (size_t i = 0; whole && i < list->count; i++)
        clinic_print_pot(&list->pots[i], 0);
    return 0;
}

/* In drops of one size instead of each bottle's own. */
static void tell_in(int64_t drop_nl, tns_pot_list *list)
{
    for (size_t i = 0; i < list->count && drop_nl; i++)
        for (size_t k = 0; k < list->pots[i].part_count; k++)
            list->pots[i].parts[k].drop_nl = drop_nl;
}

static int show_pots(cli *c, const tns_pot_question *question, bool whole, int64_t drop_nl)
{
    tns_error err;
    tns_pot_list list = {0};
    tns_stock *stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err);
    bool done = stock && tns_pot_list_find(stock, question, &list, &err);
    if (done && question->pot && list.count == 0)
        done = tns_error_set(&err, TNS_ERROR_NO_SUCH, "there is no pot P%" PRId64, question->pot);
    tell_in(drop_nl, &list);
    int status = done ? print_pots(c, &list, whole) : cli_fail(c, &err);
    tns_pot_list_finish(&list);
    tns_stock_close(stock);
    return status;
}

static int run_list(cli *c, int argc, const char **argv)
{
    const char *visit = NULL, *client = NULL;
    tns_pot_question question = {0};
    const cli_option options[] = {
        {"visit", CLI_TEXT, &visit, "VISIT", "of this one only"},
        {"client", CLI_TEXT, &client, "CLIENT", "of this one only"},
        {"all", CLI_FLAG, &question.with_undone, NULL, "those too that were taken back"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    if (!cli_parse(c, &cmd_pot_list, argc, argv, options, 0, 0, &words, &status))
        return status;
    if (visit && !tns_service_visit(visit, &question.visit, &err))
        return cli_usage(c, &cmd_pot_list, "--visit: %s", err.text);
    if (client && !tns_service_client(client, &question.client, &err))
        return cli_usage(c, &cmd_pot_list, "--client: %s", err.text);
    return show_pots(c, &question, false, 0);
}

static int run_show(cli *c, int argc, const char **argv)
{
    const char *drop = NULL;
    tns_pot_question question = {.with_undone = true};
    const cli_option options[] = {
        {"drop-ml", CLI_TEXT, &drop, "ML", "drops to tell it in (each bottle's own)"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    int64_t drop_nl;
    tns_error err;
    if (!cli_parse(c, &cmd_pot_show, argc, argv, options, 1, 1, &words, &status))
        return status;
    if (!read_drop(drop, &drop_nl, &err) || !tns_service_pot(words.word[0], &question.pot, &err))
        return cli_fail(c, &err);
    return show_pots(c, &question, true, drop_nl);
}

const command cmd_pot_list = {"pot list", "[--visit V] [--client C] [--all]",
                              "pots that were mixed",
                              "  tonsure pot list\n"
                              "  tonsure pot list --visit V1 --all\n"
                              "  tonsure --json pot list --client C1\n",
                              run_list};

const command cmd_pot_show = {"pot show", "POT [--drop-ml ML]", "what a pot was mixed of",
                              "  tonsure pot show P1\n"
                              "  tonsure pot show 1 --drop-ml 0.05\n"
                              "  tonsure --json pot show P1\n",
                              run_show};

/* ---- the noun ---- */

static const command *const verbs[] = {&cmd_pot_mix, &cmd_pot_close, &cmd_pot_list, &cmd_pot_show,
                                       &cmd_pot_label};

static int run(cli *c, int argc, const char **argv)
{
    return cli_run_verb(c, &cmd_pot, verbs, sizeof verbs / sizeof *verbs, argc, argv);
}

const command cmd_pot = {"pot", "VERB ..", "pots: what was mixed for whom, of which bottles",
                         "  tonsure pot mix --visit V1 --recipe carbon-black=3,diluent=42 --ml 3\n"
                         "  tonsure pot close P1 0.4ml\n"
                         "  tonsure pot list --visit V1\n",
                         run};
