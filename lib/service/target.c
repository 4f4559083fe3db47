/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/exchange.h>
#include <tonsure/service.h>

#include "base/file.h"
#include "base/text.h"

enum { TARGET_LIMIT = 64 << 20, PATH_SIZE = 4096 };

static bool lab_in_reason(const tns_lab *lab)
{
    return lab->L >= 0 && lab->L <= 100 && lab->a >= -150 && lab->a <= 150 && lab->b >= -150 &&
           lab->b <= 150;
}

/* "L,a,b[@ILL/OBS]" behind "lab:". */
static bool typed_lab(const char *text, tns_reading *out, tns_error *err)
{
    char numbers[128];
    const char *at = strchr(text, '@');
    size_t n = at ? (size_t)(at - text) : strlen(text);
    if (n >= sizeof numbers)
        return tns_error_set(err, TNS_ERROR_USAGE, "lab: expected L,a,b, found \"%.60s\"", text);
    memcpy(numbers, text, n);
    numbers[n] = '\0';

    double v[3];
    if (!tns_text_numbers(numbers, v, 3, err)) {
        tns_error_prefix(err, "lab");
        err->code = TNS_ERROR_USAGE;
        return false;
    }
    out->color.lab = (tns_lab){v[0], v[1], v[2]};
    if (!lab_in_reason(&out->color.lab))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "lab: expected L* 0 to 100, a* and b* -150 to 150, found \"%s\"",
                             numbers);
    tns_viewing viewing;
    if (!tns_viewing_parse(at ? at + 1 : "D65/10", &viewing, err))
        return false;
    memcpy(out->color.illuminant, viewing.illuminant, sizeof out->color.illuminant);
    out->color.observer = viewing.observer;
    out->has_color = true;
    out->source.kind = TNS_SOURCE_TYPED;
    return true;
}

/* What comes before and behind the last '#', unless a file has that very name. */
static const char *split_sample(const char *target, char path[PATH_SIZE])
{
    snprintf(path, PATH_SIZE, "%s", target);
    char *hash = access(target, F_OK) == 0 ? NULL : strrchr(path, '#');
    if (!hash)
        return NULL;
    *hash = '\0';
    return hash + 1;
}

/* Behind the mark that some editors begin a file with. */
static bool is_json(const char *text)
{
    text += strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    return text[strspn(text, " \t\r\n")] == '{';
}

static bool parse(const char *text, size_t length, const char *name, const char *sample,
                  tns_reading *out, tns_error *err)
{
    if (length == 0)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected a reading, found nothing", name);
    return is_json(text) ? tns_reading_parse(text, length, name, out, err)
                         : tns_exchange_parse(text, length, name, sample, out, err);
}

/* A file's own color may come from other tables or another state of the sample. */
static void check_agreement(tns_reading *reading)
{
    tns_illuminant illuminant;
    if (!reading->has_spectrum || reading->spectrum.reconstructed || !reading->has_color ||
        !tns_illuminant_find(reading->color.illuminant, &illuminant, NULL))
        return;
    tns_viewing viewing = tns_viewing_make(&illuminant, reading->color.observer);
    double apart =
        tns_de00(reading->color.lab, tns_lab_from_spectrum(&reading->spectrum, &viewing));
    if (apart > 1)
        tns_warn(&reading->warnings,
                 "its color and its spectrum are dE %.1f apart: the spectrum counts", apart);
}

/* What was no file's name: "shade 14, a touch warm", or the numbers alone. */
static bool explain(const char *target, tns_error *err)
{
    double v[3];
    char word[8];
    snprintf(word, sizeof word, "%.5s", target);
    if (tns_text_numbers(target, v, 3, NULL))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "%.60s: there is no such file; a color is typed as lab:%.60s", target,
                             target);
    if (!tns_text_same(word, "shade") || !strchr(" 0123456789", target[strlen(word)]))
        return false;
    long shade = strtol(target + strcspn(target, "0123456789"), NULL, 10);
    shade = shade > 0 && shade < 1000 ? shade : 14;
    return tns_error_set(
        err, TNS_ERROR_USAGE,
        "%.60s: a shade is a recipe, and its color hangs on ink and skin: predict "
        "--recipe carbon-black=1,diluent=%ld --surface film:SKIN,1 -o shade.json "
        "tells it; shade.json is a target then, or lab: and its numbers, warmer by "
        "a higher b",
        target, shade);
}

bool tns_target_load(const char *target, tns_reading *out, tns_error *err)
{
    tns_error local;
    err = err ? err : &local;
    memset(out, 0, sizeof *out);
    if (strncmp(target, "lab:", 4) == 0)
        return typed_lab(target + 4, out, err);

    if (!target[0])
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "target: expected lab:L,a,b, a file or -, found nothing");

    char path[PATH_SIZE];
    const char *sample = NULL;
    size_t length;
    bool stdin_asked = strcmp(target, "-") == 0;
    if (strlen(target) >= PATH_SIZE)
        return tns_error_set(err, TNS_ERROR_USAGE, "%.60s..: the name is too long", target);
    if (!stdin_asked)
        sample = split_sample(target, path);
    char *text = stdin_asked ? tns_file_read_stdin(TARGET_LIMIT, &length, err)
                             : tns_file_read(path, TARGET_LIMIT, &length, err);
    bool done =
        text && parse(text, length, stdin_asked ? "standard input" : path, sample, out, err);
    free(text);
    if (!text && err->code == TNS_ERROR_NOT_FOUND)
        explain(target, err);
    if (done)
        check_agreement(out);
    return done;
}
