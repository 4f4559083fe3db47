/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Courses of treatment: what is read when work has healed, and what that teaches. */
#include <math.h>

#include "course.h"

/* ---- follow-up ---- */

static int run_follow_up(cli *c, int argc, const char **argv)
{
    stock_call s = {.c = c, .cmd = &cmd_course_follow_up};
    clinic_reading o = {0};
    const cli_option options[] = {
        {"site", CLI_TEXT, &o.site, "SITE", "where (as the reading says)"},
        {"reading", CLI_TEXT, &o.reading, "READING", "what was read"},
        {"what", CLI_TEXT, &o.what, "WHAT", "was read: dot, area or skin, the bare skin beside"},
        {"days", CLI_INTEGER, &o.days, "N", "so many days after the visit"},
        {"photo", CLI_TEXT, &o.photo, "FILE", "that it was taken from: its hash is kept"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    int status;
    tns_error err;
    if (!stock_parse(&s, argc, argv, options, 0, 1, 1, &status))
        return status;
    if (!o.reading || o.days <= 0)
        return cli_usage(c, s.cmd, "expected --reading, and --days above 0");
    o.visit = s.words.word[0];
    bool done = clinic_keep_reading(&s, &o, &err);
    return clinic_end(&s, "course follow-up", done, &err);
}

const command cmd_course_follow_up = {
    "course follow-up", "VISIT --site SITE --reading READING --days N [--what dot|area|skin]",
    "keeps what was read of a visit's work when it has healed",
    "  tonsure course follow-up V1 --site crown --reading lab:46,5,9 --what dot --days 42\n"
    "  tonsure course follow-up V1 --site crown --reading readings/skin.json --what skin \\\n"
    "      --days 42\n"
    "  tonsure --json course follow-up V1 --site crown --reading dot.json --days 42\n",
    run_follow_up};

/* ---- learned ---- */

typedef struct learned_options {
    const char *arrangement;
    double per_cm2, diameter_mm, yule_nielsen; /* NAN = not said */
} learned_options;

static int check(const cli *c, const learned_options *o)
{
    const cli_range all[] = {{"density", CLI_NUMBER, o->per_cm2, 0, 100000},
                             {"diameter", CLI_NUMBER, o->diameter_mm, 0, 5},
                             {"yule-nielsen", CLI_NUMBER, o->yule_nielsen, 0.999999, 10}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        int status = isnan(all[i].value) ? 0 : cli_check(c, &cmd_course_learned, &all[i], 1);
        if (status != 0)
            return status;
    }
    if (isnan(o->per_cm2) && !isnan(o->diameter_mm))
        return cli_usage(c, &cmd_course_learned, "--diameter: of how many dots? say --density");
    if (o->arrangement && strcmp(o->arrangement, "grid") != 0 &&
        strcmp(o->arrangement, "random") != 0)
        return cli_usage(c, &cmd_course_learned,
                         "--arrangement: expected random or grid, found \"%.40s\"", o->arrangement);
    return 0;
}

static bool read_visits(const cli_words *words, int64_t out[CLI_WORDS_MAX], tns_error *err)
{
    for (int i = 0; i < words->count; i++)
        if (!tns_service_visit(words->word[i], &out[i], err))
            return false;
    return true;
}

static int answer(cli *c, const learned_options *o, const cli_words *words)
{
    tns_error err;
    int status;
    int64_t visits[CLI_WORDS_MAX];
    tns_course_learned learned = {0};
    tns_stock *stock = NULL;
    tns_palette *palette = tns_palette_choose(c->palette, &err);
    tns_course_order order = {
        .palette = palette,
        .visits = visits,
        .visit_count = (size_t)words->count,
        .per_cm2 = isnan(o->per_cm2) ? 0 : o->per_cm2,
        .diameter_mm = isnan(o->diameter_mm) ? TNS_DOT_HEALED_MM : o->diameter_mm,
        .dots = o->arrangement && o->arrangement[0] == 'g' ? TNS_DOTS_GRID : TNS_DOTS_RANDOM,
        .yule_nielsen = isnan(o->yule_nielsen) ? 0 : o->yule_nielsen};
    bool done = palette && read_visits(words, visits, &err) &&
                (stock = tns_service_stock(c->store, TNS_STOCK_EXISTING, &err)) &&
                tns_service_course_learned(stock, &order, &learned, &err);
    if (!done)
        status = cli_fail(c, &err);
    else if (c->json)
        status = cli_print_record(c, tns_course_learned_write(&learned));
    else
        status = course_print_learned(&learned);
    tns_course_learned_finish(&learned);
    tns_stock_close(stock);
    tns_palette_destroy(palette);
    return status;
}

static int run_learned(cli *c, int argc, const char **argv)
{
    learned_options o = {.per_cm2 = NAN, .diameter_mm = NAN, .yule_nielsen = NAN};
    const cli_option options[] = {
        {"density", CLI_NUMBER, &o.per_cm2, "N", "dots per cm2 that areas were planned with"},
        {"diameter", CLI_NUMBER, &o.diameter_mm, "MM", "that they were to heal to (0.125)"},
        {"arrangement", CLI_TEXT, &o.arrangement, "random|grid", "how dots lie (random)"},
        {"yule-nielsen", CLI_NUMBER, &o.yule_nielsen, "N", "how far skin spreads light (1.7)"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_course_learned, argc, argv, options, 0, CLI_WORDS_MAX, &words, &status))
        return status;
    status = check(c, &o);
    return status ? status : answer(c, &o, &words);
}

const command cmd_course_learned = {
    "course learned", "[VISIT ..] [--density N [--diameter MM]]",
    "how deep ink comes to lie and how much stays, by follow-ups of one hand",
    "  tonsure course learned\n"
    "  tonsure course learned V1 V4 V9 --density 120 --diameter 0.15\n"
    "  tonsure --json course learned\n",
    run_learned};

/* ---- the noun ---- */

static const command *const verbs[] = {&cmd_course_follow_up, &cmd_course_learned};

static int run(cli *c, int argc, const char **argv)
{
    return cli_run_verb(c, &cmd_course, verbs, sizeof verbs / sizeof *verbs, argc, argv);
}

const command cmd_course = {
    "course", "VERB ..", "follow-ups of healed work, and what they teach",
    "  tonsure course follow-up V1 --site crown --reading lab:46,5,9 --what dot --days 42\n"
    "  tonsure course learned\n"
    "  tonsure --json course learned V1 V4\n",
    run};
