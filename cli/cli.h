/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands share: options, failure, printing. A command parses, calls, prints. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/adaptation.h>
#include <tonsure/context.h>
#include <tonsure/error.h>
#include <tonsure/reading.h>
#include <tonsure/records.h>
#include <tonsure/warnings.h>

enum { CLI_LIST_MAX = 64, CLI_WORDS_MAX = 64 };

/* What was said before or behind the noun. */
typedef struct cli {
    bool json, quiet, no_color, no_input, help, version;
    bool progress; /* a line of it stands on the terminal */
    bool dry_run;  /* of a command with CLI_DRY_RUN: write no file */
    const char *palette, *store;
    size_t kept_count; /* texts that options hold, freed at the end */
    char *kept[CLI_LIST_MAX * 2];
} cli;

/* ---- commands ---- */

typedef struct command {
    const char *name;    /* "match", "palette show" */
    const char *usage;   /* what follows the name */
    const char *summary; /* one line */
    const char *examples;
    int (*run)(cli *c, int argc, const char **argv); /* argv[0] is the name; the exit status */
} command;

extern const command cmd_calibrate, cmd_chart, cmd_client, cmd_compare, cmd_convert, cmd_correct,
    cmd_course, cmd_devices, cmd_doctor, cmd_match, cmd_measure, cmd_palette, cmd_passport,
    cmd_photo, cmd_plan, cmd_pot, cmd_predict, cmd_report, cmd_skin, cmd_stock, cmd_visit, cmd_zone;

/* Of a noun such as "palette": its verbs' list for help, else the verb that argv[1] names. */
int cli_run_verb(cli *c, const command *noun, const command *const *verbs, size_t count, int argc,
                 const char **argv);

/* ---- options ---- */

typedef enum cli_kind { CLI_FLAG, CLI_TEXT, CLI_LIST, CLI_INTEGER, CLI_NUMBER } cli_kind;

typedef struct cli_list {
    size_t count;
    const char *item[CLI_LIST_MAX];
} cli_list;

/* `to` is a bool *, const char **, cli_list *, int * or double *; left alone when not said. */
typedef struct cli_option {
    const char *name; /* NULL ends a table */
    cli_kind kind;
    void *to;
    const char *value; /* "FILE", in the help; NULL for a flag */
    const char *help;
} cli_option;

/* The option of every command that writes files but keeps no ledger of it. */
#define CLI_DRY_RUN(c)                                                                             \
    {                                                                                              \
        "dry-run", CLI_FLAG, &(c)->dry_run, NULL, "write no file, tell which would be"             \
    }

typedef struct cli_words {
    int count;
    const char *word[CLI_WORDS_MAX];
} cli_words;

/*
 * Takes the command's options and the global ones out of argv; what is left goes to `words`, of
 * which there must be least..most. *status is 0, which stands unless something fails. False: it is
 * the exit status to return at once (help was asked for, or the line is wrong and was told so).
 */
bool cli_parse(cli *c, const command *cmd, int argc, const char **argv, const cli_option *options,
               int least, int most, cli_words *words, int *status);

/*
 * What an option's value may be: of a CLI_INTEGER both ends, of a CLI_NUMBER all above `least`, up
 * to `most` where that is finite.
 */
typedef struct cli_range {
    const char *option;
    cli_kind kind;
    double value, least, most;
} cli_range;

/* 0, or the exit status when a value is out of its range and that has been told. */
int cli_check(const cli *c, const command *cmd, const cli_range *ranges, size_t count);

/* The global options before the noun; *used arguments of argv belong to them. */
bool cli_parse_global(cli *c, int argc, const char **argv, int *used, int *status);

void cli_print_help(const command *cmd, const cli_option *options);
void cli_print_version(void);
void cli_finish(cli *c);

/* "bradford" or "cat16"; false for anything else. */
bool cli_adaptation(const char *text, tns_adaptation *out);

/* "dot", "area", "skin", "strand", "ink"; false for anything else. */
bool cli_what(const char *text, tns_what *out);

/* ---- failure ---- */

/* "tonsure: <text>" on stderr, in one line unless that is a terminal; the error record on stdout
   with --json; gives the exit status. */
int cli_fail(const cli *c, const tns_error *err);

/* The same without a record: it stands on stdout already. */
int cli_fail_quietly(const tns_error *err);

/* A wrong command line: TNS_ERROR_USAGE with a hint at --help. */
int cli_usage(const cli *c, const command *cmd, const char *format, ...) TNS_PRINTF(3, 4);

/* ---- printing ---- */

/* Prints a record and frees it; fails on NULL (no memory) and on a stdout that takes nothing. */
int cli_print_record(const cli *c, char *text);

/* The same on one line, and at once: for a stream of records. */
int cli_print_line(const cli *c, char *text);

/* Writes a record to a file, all or nothing, and frees it; with --dry-run tells that it would. */
int cli_save_record(const cli *c, char *text, const char *path);

/* Of a file that a record on stdout has no word of. "Written    FILE, of 50 x 25 mm", unless
   --quiet; with --dry-run in any case what would have been done, beside a record on stderr. */
void cli_show_written(const cli *c, const char *path, const char *more);

/* What a dry run says would be done. */
void cli_show_dry(const cli *c, const char *would);

/* A patch of color `width` columns wide and two blanks, or nothing where stdout shows no color;
   how many columns it took. */
int cli_swatch(const cli *c, const tns_color *color, int width);
/* Whether stdout shows any, so that what each is of needs a heading. */
bool cli_shows_color(const cli *c);

/* How many columns of a terminal a text in UTF-8 takes; and what printf's %-*s wants, which counts
   bytes, for a text to take so many. */
int cli_columns(const char *text);
int cli_field(int columns, const char *text);
/* How many bytes of the text so many columns hold. */
size_t cli_fitting(const char *text, int columns);

/* "s" behind what there is more than one of, or none. */
const char *cli_plural(size_t count);
/* A value to print with so many decimals: never "-0.0". */
double cli_unsigned_zero(double value, int decimals);
/* "L 38.2  a 3.1  b 6.0  (D65/10)". */
void cli_print_color(const tns_color *color);
/* The same with what stands behind it, to the line's end: its figures stay in one line, the rest
   goes on below where a terminal is narrow. */
void cli_print_color_with(int column, int indent, const tns_color *color, const char *more);
/* "  +- 0.8 0.8 0.8"; "" where none is known. */
const char *cli_bars(const tns_uncertainty *known, char text[48]);
/* "note: ..", so far to the right. */
void cli_print_note(int indent, const char *text);
void cli_print_warnings(const tns_warnings *warnings);
/* Of stdout's lines, 40 to 80. */
int cli_width(void);
/* A paragraph in lines of at most 80 columns, fewer on a narrower terminal; all but the first with
   `indent` blanks before. */
void cli_print_wrapped(int indent, const char *text);
/* A blank in a paragraph at which no line ends: between a number and what it counts. */
#define CLI_KEEP "\x1f"
/* The same where the first line begins at `column`. */
void cli_print_wrapped_from(int column, int indent, const char *text);
/* One line of a table as printf makes it, broken likewise where it is too long; no blanks at its
   end. */
void cli_row(int indent, const char *format, ...) TNS_PRINTF(2, 3);
/* A command to be copied: a backslash stands where it goes on below. */
void cli_print_command(int column, int indent, const char *line);
/* A command's examples, as its table has them: a line each. */
void cli_print_examples(const char *examples);
/* "tonsure: ..", so broken, on stderr. */
void cli_print_error(const char *text);

/* A paragraph that is put together; what no longer fits is left out. */
typedef struct cli_paragraph {
    size_t used;
    char text[3000]; /* more than a card of all its allergies */
} cli_paragraph;

void cli_say(cli_paragraph *out, const char *format, ...) TNS_PRINTF(2, 3);
/* As cli_print_color(), its figures in one line. */
void cli_say_color(cli_paragraph *out, const tns_color *color);
/* "Limits  carbon-black 2 drops or more, never darker", where a match has any. */
void cli_print_limits(const tns_match_request *request);
/* "Left out  red-iron-oxide (contains ..)", a line each; nothing where nothing is. */
void cli_print_left_out(const tns_left_out *left_out, size_t count);

/* "88 %", and never a certainty that nobody has. */
const char *cli_chance(double p, char text[16]);

/* Of a match: "19 pours in 20 within dE 1.9; ..", "one drop more: ..", "closest, surest", each a
   line, or nothing where nothing is known; how many recipes are hidden, and what the odds leave
   out. */
void cli_print_odds(const tns_match_answer *a, const tns_recipe *recipe);
void cli_print_one_more(const tns_match_answer *a, const tns_recipe *recipe);
void cli_print_choices(const tns_match *match, size_t i);
void cli_print_hidden(const tns_match *match);
void cli_print_left_out_of_odds(const tns_match *match);
/* Whether a recipe stands for something of its own. */
bool cli_is_shown(const tns_match *match, size_t i);

/* The recipes of a match with all their notations. */
void cli_print_match(const cli *c, const tns_match_answer *answer);

/* What was compared and searched for it, and what it rests on: --verbose. */
void cli_print_how(const tns_match_answer *answer);
/* A reading as a person reads it: color, uncertainty, spectrum, warnings. */
void cli_print_reading(const cli *c, const char *label, const tns_reading *reading);

/* The time that a page for people tells, in seconds since 1970: now, or $SOURCE_DATE_EPOCH, for who
   wants the same bytes twice. */
int64_t cli_now(void);

/* Progress on stderr when that is a terminal; Ctrl-C cancels. */
tns_context cli_context(cli *c);

#endif
