/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <tonsure/bookings.h>
#include <tonsure/file.h>
#ifndef TNS_WITHOUT_PHOTO
#include <tonsure/image.h>
#include <tonsure/print.h>
#endif
#include <tonsure/records.h>
#include <tonsure/skintone.h>
#ifndef TNS_WITHOUT_STORE
#include <tonsure/stock.h>
#endif
#include <tonsure/version.h>

#include "cli.h"

/* One line, for programs; a person's terminal breaks it between words. */
int cli_fail_quietly(const tns_error *err)
{
    if (isatty(STDERR_FILENO))
        cli_print_error(err->text);
    else
        fprintf(stderr, "tonsure: %s\n", err->text);
    return tns_code_exit_status(err->code);
}

int cli_fail(const cli *c, const tns_error *err)
{
    if (c->progress)
        fputs("\r\033[K", stderr); /* the error stands in its place */
    if (c->json) {
        char *record = tns_error_write(err);
        fputs(record ? record : "", stdout);
        free(record);
    }
    return cli_fail_quietly(err);
}

int cli_usage(const cli *c, const command *cmd, const char *format, ...)
{
    tns_error err;
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    tns_error_set(&err, TNS_ERROR_USAGE, "%s: %s (see tonsure %s --help)", cmd->name, text,
                  cmd->name);
    return cli_fail(c, &err);
}

static int no_memory(const cli *c)
{
    tns_error err;
    tns_error_set(&err, TNS_ERROR_MEMORY, "out of memory");
    return cli_fail(c, &err);
}

int cli_print_record(const cli *c, char *text)
{
    if (!text)
        return no_memory(c);
    fputs(text, stdout);
    free(text);
    return 0;
}

/* Within a record's texts a newline is written as \\n: those here only part its members. */
static void join_lines(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        bool inside = *from == '\n' && from[1];
        *to++ = inside ? ' ' : *from;
        if (inside)
            from += strspn(from + 1, " ");
    }
    *to = '\0';
}

int cli_print_line(const cli *c, char *text)
{
    if (text)
        join_lines(text);
    int status = cli_print_record(c, text);
    fflush(stdout);
    return status;
}

int cli_save_record(const cli *c, char *text, const char *path)
{
    tns_error err;
    if (!text)
        return no_memory(c);
    bool done =
        c->dry_run ? tns_file_expect_writable(path, NULL, &err) : tns_text_save(path, text, &err);
    free(text);
    if (done && c->dry_run)
        cli_show_written(c, path, "");
    return done ? 0 : cli_fail(c, &err);
}

/* Where there is a record for a program, it has stdout alone. */
void cli_show_dry(const cli *c, const char *would)
{
    if (c->json)
        fprintf(stderr, "dry run: %s\n", would);
    else
        cli_row(11, "Dry run    %s", would);
}

static void show_dry_file(const cli *c, const char *path, const char *more)
{
    bool replaces;
    cli_paragraph line = {0};
    tns_file_expect_writable(path, &replaces, NULL);
    cli_say(&line, "%s would be %s%s", path, replaces ? "replaced" : "written", more);
    cli_show_dry(c, line.text);
}

void cli_show_written(const cli *c, const char *path, const char *more)
{
    if (c->dry_run)
        show_dry_file(c, path, more);
    else if (!c->quiet && !c->json)
        cli_row(11, "Written    %s%s", path, more);
}

/* ---- swatches ---- */

typedef enum depth { DEPTH_NONE, DEPTH_256, DEPTH_TRUE } depth;

/* https://no-color.org and the CLICOLOR convention; COLORTERM tells a terminal of 24 bits. */
static depth color_depth(const cli *c)
{
    const char *off = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE");
    const char *colors = getenv("COLORTERM"), *term = getenv("TERM");
    bool forced = force && force[0] && strcmp(force, "0") != 0;
    if (c->no_color || (off && off[0]))
        return DEPTH_NONE;
    if (!forced && (!isatty(STDOUT_FILENO) || !term || strcmp(term, "dumb") == 0))
        return DEPTH_NONE;
    bool truecolor = colors && (strcmp(colors, "truecolor") == 0 || strcmp(colors, "24bit") == 0);
    return truecolor || forced ? DEPTH_TRUE : DEPTH_256;
}

/* The 6x6x6 cube that xterm puts at 16..231. */
static int nearest_of_256(const int rgb[3])
{
    static const int level[6] = {0, 95, 135, 175, 215, 255};
    int index = 16, weight[3] = {36, 6, 1};
    for (int i = 0; i < 3; i++) {
        int best = 0;
        for (int k = 1; k < 6; k++)
            if (abs(level[k] - rgb[i]) < abs(level[best] - rgb[i]))
                best = k;
        index += weight[i] * best;
    }
    return index;
}

static bool to_rgb(const tns_color *color, int rgb[3])
{
    tns_illuminant illuminant;
    double value[3];
    if (!tns_illuminant_find(color->illuminant, &illuminant, NULL))
        return false;
    tns_xyz white = tns_viewing_make(&illuminant, color->observer).white;
    tns_srgb_from_xyz(tns_xyz_from_lab(color->lab, white), white, value);
    for (int i = 0; i < 3; i++)
        rgb[i] = (int)(value[i] * 255 + 0.5);
    return true;
}

bool cli_shows_color(const cli *c)
{
    return color_depth(c) != DEPTH_NONE;
}

int cli_swatch(const cli *c, const tns_color *color, int width)
{
    int rgb[3];
    depth d = color_depth(c);
    if (d == DEPTH_NONE || !to_rgb(color, rgb))
        return 0;
    if (d == DEPTH_TRUE)
        printf("\033[48;2;%d;%d;%dm%*s\033[0m  ", rgb[0], rgb[1], rgb[2], width, "");
    else
        printf("\033[48;5;%dm%*s\033[0m  ", nearest_of_256(rgb), width, "");
    return width + 2;
}

/* ---- readings ---- */

const char *cli_plural(size_t count)
{
    return count == 1 ? "" : "s";
}

double cli_unsigned_zero(double value, int decimals)
{
    double half = 0.5;
    for (int i = 0; i < decimals; i++)
        half /= 10;
    return fabs(value) <= half ? 0 : value;
}

static double tenths(double value)
{
    return cli_unsigned_zero(value, 1);
}

void cli_print_color(const tns_color *color)
{
    printf("L %.1f  a %.1f  b %.1f  (%s/%d)", tenths(color->lab.L), tenths(color->lab.a),
           tenths(color->lab.b), color->illuminant, (int)color->observer);
}

void cli_say_color(cli_paragraph *out, const tns_color *color)
{
    cli_say(out, "L%s%.1f%sa%s%.1f%sb%s%.1f  (%s/%d)", CLI_KEEP, tenths(color->lab.L),
            CLI_KEEP CLI_KEEP, CLI_KEEP, tenths(color->lab.a), CLI_KEEP CLI_KEEP, CLI_KEEP,
            tenths(color->lab.b), color->illuminant, (int)color->observer);
}

void cli_print_color_with(int column, int indent, const tns_color *color, const char *more)
{
    cli_paragraph line = {0};
    cli_say_color(&line, color);
    cli_say(&line, "%s", more);
    cli_print_wrapped_from(column, indent, line.text);
}

const char *cli_bars(const tns_uncertainty *u, char text[48])
{
    text[0] = '\0';
    if (u)
        snprintf(text, 48, "  +-" CLI_KEEP "%.1f" CLI_KEEP "%.1f" CLI_KEEP "%.1f", u->L, u->a,
                 u->b);
    return text;
}

void cli_print_version(void)
{
    char libraries[200];
    tns_version_libraries(libraries, sizeof libraries);
    printf("tonsure %s\nLicence GPL-3.0-or-later; there is no warranty.\nWith %s.\n", tns_version(),
           libraries);
#ifndef TNS_WITHOUT_STORE
    tns_stock_libraries(libraries, sizeof libraries);
    printf("The shelf: %s.\n", libraries);
#endif
    tns_bookings_tools(libraries, sizeof libraries);
    printf("Calendars: %s.\n", libraries);
#ifndef TNS_WITHOUT_PHOTO
    char formats[300] = "Photos: ";
    tns_image_formats(formats + strlen(formats), sizeof formats - strlen(formats) - 1);
    strcat(formats, ".");
    cli_print_wrapped(0, formats);
    char tools[160];
    tns_holder_tools(tools, sizeof tools);
    printf("Holders: %s.\n", tools);
#endif
}

/* The least units that all pigments allowed have, or 0. */
static int common_least(const tns_match_request *request)
{
    int least = request->pigment_count > 1 && request->least_units
                    ? request->least_units[request->pigments[0]]
                    : 0;
    for (size_t i = 1; i < request->pigment_count && least > 0; i++)
        least = request->least_units[request->pigments[i]] == least ? least : 0;
    return least;
}

static size_t add_least(const tns_match_request *request, char *text, size_t size)
{
    size_t n = 0;
    int common = common_least(request);
    const char *unit = request->unit.kind == TNS_UNIT_DROP ? "drops" : "units";
    if (common > 1)
        return (size_t)snprintf(text, size, ", %d %s or more of a pigment", common, unit);
    for (size_t i = 0; i < request->palette->count && request->least_units && n < size; i++)
        if (request->least_units[i] > 1)
            n += (size_t)snprintf(text + n, size - n, ", %s %d %s or more",
                                  request->palette->pigments[i].id, request->least_units[i], unit);
    return n;
}

void cli_print_limits(const tns_match_request *request)
{
    char text[400] = "";
    size_t size = sizeof text, n = add_least(request, text, size);
    if (request->max_cost > 0 && n < size)
        n += (size_t)snprintf(text + n, size - n, ", at most %g per ml", request->max_cost);
    if (request->never_darker && n < size)
        snprintf(text + n, size - n, ", never darker on paper");
    if (!text[0])
        return;
    printf("%-10s ", "Limits");
    cli_print_wrapped(11, text + 2);
}

void cli_print_left_out(const tns_left_out *left_out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cli_row(11, "%-10s %s (%s)", i ? "" : "Left out", left_out[i].pigment, left_out[i].why);
}

void cli_print_reading(const cli *c, const char *label, const tns_reading *reading)
{
    char bars[48];
    printf("%-10s ", label);
    cli_bars(reading->has_uncertainty ? &reading->uncertainty : NULL, bars);
    if (reading->has_color) {
        int at = cli_columns(label) < 10 ? 11 : cli_columns(label) + 1;
        at += cli_swatch(c, &reading->color, 6);
        cli_print_color_with(at, 11, &reading->color, bars);
    } else {
        cli_print_wrapped_from(11, 11, bars);
    }
    if (reading->has_between_visits)
        printf("%-10s visit to visit +- %.1f %.1f %.1f\n", "", reading->between_visits.L,
               reading->between_visits.a, reading->between_visits.b);
    cli_print_warnings(&reading->warnings);
}

/* ---- time ---- */

int64_t cli_now(void)
{
    char *end;
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    long long seconds = fixed && fixed[0] ? strtoll(fixed, &end, 10) : 0;
    return seconds > 0 && seconds < 253402300800 && *end == '\0' ? seconds : (int64_t)time(NULL);
}

/* ---- context ---- */

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

static bool is_interrupted(void *user)
{
    (void)user;
    return interrupted != 0;
}

static void show_progress(void *user, double fraction, const char *stage)
{
    cli *c = user;
    c->progress = fraction < 1;
    fprintf(stderr, "\r\033[K%s %3.0f %%%s", stage, fraction * 100,
            fraction >= 1 ? "\r\033[K" : "");
}

tns_context cli_context(cli *c)
{
    struct sigaction action = {0};
    action.sa_handler = on_interrupt;
    sigaction(SIGINT, &action, NULL);
    tns_context context = {.user = c, .cancelled = is_interrupted};
    if (!c->quiet && isatty(STDERR_FILENO))
        context.progress = show_progress;
    return context;
}
