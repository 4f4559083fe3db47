/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines of at most 80 columns, or of a terminal's where it has fewer: what is longer goes on below,
 * a few blanks in. Longer lines are hard to read, so a wide terminal has 80 too; so has a file.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli.h"

/* Beside labels and indents of a third of a line nothing narrower is read any better. */
enum { COLUMNS = 80, LEAST_COLUMNS = 40 };

/* Of a terminal; COLUMNS in the environment stands above what it says of itself. 0 = not told. */
static long terminal_columns(int descriptor)
{
    struct winsize size;
    const char *told = getenv("COLUMNS");
    long columns = told ? strtol(told, NULL, 10) : 0;
    if (columns > 0)
        return columns;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static int columns_of(FILE *out)
{
    long columns = isatty(fileno(out)) ? terminal_columns(fileno(out)) : 0;
    if (columns <= 0 || columns > COLUMNS)
        return COLUMNS;
    return columns < LEAST_COLUMNS ? LEAST_COLUMNS : (int)columns;
}

int cli_width(void)
{
    return columns_of(stdout);
}

/* A line may end before this blank: not before "%", which goes with its number. */
static bool may_end_at(const char *text, size_t n)
{
    return text[n] == ' ' && text[n + 1] != '%';
}

/* How many bytes of the text one line takes of so many columns; what has no blank stays whole. */
static size_t line_length(const char *text, int room)
{
    size_t lead = strspn(text, " "), n = cli_fitting(text, room);
    if (text[n] == '\0')
        return n;
    while (n > lead && !may_end_at(text, n))
        n--;
    for (n = n > lead ? n : lead; text[n] && (n == lead || !may_end_at(text, n));)
        n++;
    return n;
}

static void put(FILE *out, const char *text, size_t n)
{
    while (n > 0 && text[n - 1] == ' ')
        n--;
    for (size_t i = 0; i < n; i++)
        putc(text[i] == CLI_KEEP[0] ? ' ' : text[i], out);
}

/* `end` stands behind each line but the last. */
static void wrap(FILE *out, int column, int indent, const char *text, const char *end)
{
    int width = columns_of(out), last = (int)strlen(end);
    int room = column < width ? width - column : 1;
    for (; *text; room = width - indent) {
        size_t n = line_length(text, room);
        n = text[n] ? line_length(text, room - last) : n;
        put(out, text, n);
        text += n;
        text += strspn(text, " ");
        if (*text)
            fprintf(out, "%s\n%*s", end, indent, "");
    }
    putc('\n', out);
}

void cli_print_wrapped(int indent, const char *text)
{
    wrap(stdout, indent, indent, text, "");
}

void cli_print_wrapped_from(int column, int indent, const char *text)
{
    wrap(stdout, column, indent, text, "");
}

void cli_row(int indent, const char *format, ...)
{
    char *text;
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0 || !(text = malloc((size_t)n + 1)))
        return;
    va_start(args, format);
    vsnprintf(text, (size_t)n + 1, format, args);
    va_end(args);
    wrap(stdout, 0, indent, text, "");
    free(text);
}

/* Blanks at which a shell's line is not to end: within quotes, and between an option and its
   value. */
static void keep_together(char *line)
{
    bool quoted = false, option = false;
    for (char *at = line; *at; at++) {
        quoted = quoted != (*at == '"');
        if (*at == '-' && (at == line || at[-1] == ' ')) {
            option = true;
        } else if (*at == ' ') {
            if (quoted || (option && at[1] != '-'))
                *at = CLI_KEEP[0];
            option = option && quoted;
        }
    }
}

void cli_print_command(int column, int indent, const char *line)
{
    char *text = strdup(line);
    if (!text)
        return;
    keep_together(text);
    wrap(stdout, column, indent, text, " \\");
    free(text);
}

/* Of the lines to `end` one that has no backslashes; where the next begins. */
static const char *take_command(const char *at, char *out, size_t size)
{
    size_t used = 0;
    for (; *at && *at != '\n'; at++) {
        if (at[0] == '\\' && at[1] == '\n') {
            at += 1 + strspn(at + 2, " ");
            continue;
        }
        if (used + 1 < size)
            out[used++] = *at;
    }
    out[used] = '\0';
    return *at ? at + 1 : at;
}

void cli_print_examples(const char *examples)
{
    char line[800];
    printf("\nExamples\n");
    while (*examples) {
        examples = take_command(examples, line, sizeof line);
        printf("  ");
        cli_print_command(2, 10, line + strspn(line, " "));
    }
}

void cli_print_error(const char *text)
{
    static const char name[] = "tonsure: ";
    fputs(name, stderr);
    wrap(stderr, sizeof name - 1, sizeof name - 1, text, "");
}

void cli_say(cli_paragraph *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(out->text + out->used, sizeof out->text - out->used, format, args);
    va_end(args);
    out->used += n > 0 ? (size_t)n : 0;
    if (out->used >= sizeof out->text)
        out->used = sizeof out->text - 1;
}

void cli_print_note(int indent, const char *text)
{
    printf("%*snote: ", indent, "");
    cli_print_wrapped(indent + 6, text);
}

void cli_print_warnings(const tns_warnings *warnings)
{
    for (size_t i = 0; i < warnings->count; i++)
        cli_print_note(2, warnings->text[i]);
}
