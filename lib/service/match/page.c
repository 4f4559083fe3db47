/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A match on a page for people, of its record: the one that was just made, or one that was kept. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <tonsure/file.h>
#include <tonsure/matcher.h>
#include <tonsure/report.h>
#ifndef TNS_WITHOUT_STORE
#include <tonsure/visit.h>
#endif

#include "base/file.h"
#include "base/text.h"
#include "service/parts.h"

enum { RECORD_MAX = 64 << 20 };

/* ---- where it goes ---- */

static bool expect_folder(const char *path, tns_error *err)
{
    struct stat found;
    char folder[TNS_PATH_SIZE];
    size_t length = (size_t)(tns_file_name(path) - path);
    if (length == 0 || length >= sizeof folder)
        return true; /* here; or for the writing to find out */
    memcpy(folder, path, length);
    folder[length] = '\0';
    if (stat(folder, &found) == 0)
        return true;
    return tns_error_set(err, errno == ENOENT ? TNS_ERROR_NOT_FOUND : TNS_ERROR_IO,
                         "%s: cannot be written: %s", path, strerror(errno));
}

bool tns_service_page_check(const char *path, tns_error *err)
{
    if (!tns_text_ends_with(path, ".html") && !tns_text_ends_with(path, ".htm"))
        return tns_error_set(err, TNS_ERROR_USAGE, "%s: expected a name that ends with .html",
                             path);
    return expect_folder(path, err);
}

/* ---- what it is made of ---- */

/* Older records tell the target as it was given alone: what was matched is found as a match does.
   Without a lamp that is known the page goes without. */
static void find_wanted(tns_match_record *match)
{
    tns_viewing viewing;
    tns_reading *wanted = &match->wanted;
    tns_warnings ignored = {0};
    if (match->has_wanted || match->recipe_count == 0 ||
        !tns_color_viewing(&match->recipes->predicted.color, &viewing, NULL))
        return;
    tns_prior prior = tns_prior_on(match->surface.name, &match->target);
    if (!tns_reachable_spectrum(&match->target, prior, &wanted->spectrum, &ignored, NULL))
        return;
    wanted->color = tns_color_from_spectrum(&wanted->spectrum, &viewing);
    match->has_wanted = wanted->has_spectrum = wanted->has_color = true;
}

/* Of the reading as Tonsure writes it into a file of its own; "" without hashes. */
static bool find_digest(const tns_reading *reading, char out[65], tns_error *err)
{
    out[0] = '\0';
#ifndef TNS_WITHOUT_STORE
    unsigned char hash[TNS_HASH_SIZE];
    char *text = tns_reading_write(reading);
    if (!text)
        return tns_error_set(err, TNS_ERROR_MEMORY, "report: out of memory");
    tns_stock_hash(text, strlen(text), hash);
    for (int i = 0; i < TNS_HASH_SIZE; i++)
        tns_text_format(out + 2 * i, 3, "%02x", hash[i]);
    free(text);
#else
    (void)reading;
    (void)err;
#endif
    return true;
}

static char *write_page(tns_match_record *match, int64_t seconds, tns_error *err)
{
    char digest[65];
    find_wanted(match);
    if (!find_digest(&match->target, digest, err))
        return NULL;
    const tns_match_report report = {.match = match, .digest = digest, .seconds = seconds};
    return tns_match_report_write(&report, err);
}

bool tns_service_match_report(const char *record, size_t length, const char *name, int64_t seconds,
                              const char *path, bool dry_run, tns_error *err)
{
    if (!tns_service_page_check(path, err))
        return false;
    tns_match_record *match = tns_match_parse(record, length, name, err);
    char *page = match ? write_page(match, seconds, err) : NULL;
    bool done = page && tns_file_put(path, page, strlen(page), dry_run, err);
    tns_match_record_destroy(match);
    free(page);
    return done;
}

char *tns_service_match_report_of(const char *file, int64_t seconds, const char *path, bool dry_run,
                                  tns_error *err)
{
    size_t length;
    bool piped = strcmp(file, "-") == 0;
    if (!tns_service_page_check(path, err))
        return NULL;
    char *text = piped ? tns_file_read_stdin(RECORD_MAX, &length, err)
                       : tns_file_read(file, RECORD_MAX, &length, err);
    if (text && tns_service_match_report(text, length, piped ? "standard input" : file, seconds,
                                         path, dry_run, err))
        return text;
    free(text);
    return NULL;
}
