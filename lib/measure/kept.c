/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calibration of an instrument in a folder, a file each: "cr30_1234.json". */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/text.h"
#include "measure/inside.h"

enum { PATH_SIZE = 1024, KEPT_LIMIT = 1 << 20 };

/* What an instrument says of itself may hold anything: other bytes are written in hexadecimal. */
static void add_plain(char *out, size_t size, const char *text)
{
    size_t n = strlen(out);
    for (; *text && n + 4 < size; text++) {
        unsigned char c = (unsigned char)*text;
        bool plain = c < 128 && (isalnum(c) || c == '-');
        n += (size_t)snprintf(out + n, size - n, plain ? "%c" : "%%%02X", c);
    }
}

static bool find_path(const tns_instrument *instrument, char out[PATH_SIZE], tns_error *err)
{
    char name[256] = "";
    add_plain(name, sizeof name, instrument->driver->name);
    if (instrument->session.serial[0]) {
        strcat(name, "_");
        add_plain(name, sizeof name, instrument->session.serial);
    }
    int n = snprintf(out, PATH_SIZE, "%s/%s.json", instrument->folder, name);
    return n < PATH_SIZE ||
           tns_error_set(err, TNS_ERROR_USAGE, "%.60s..: the name is too long", instrument->folder);
}

/* ---- load ---- */

static bool is_of(const tns_kept_calibration *kept, const tns_instrument *instrument,
                  const char *path, tns_error *err)
{
    return (strcmp(kept->driver, instrument->driver->name) == 0 &&
            strcmp(kept->serial, instrument->session.serial) == 0) ||
           tns_error_set(err, TNS_ERROR_FORMAT, "%s: it is of another instrument, %s %s", path,
                         kept->driver, kept->serial);
}

static void take_over(tns_instrument *instrument, const tns_kept_calibration *kept)
{
    instrument->session.calibration = kept->calibration;
    memcpy(instrument->doubt, kept->doubt, sizeof instrument->doubt);
    instrument->reference_time = kept->reference_time;
    instrument->reference = kept->reference;
}

/* `missing`: there is none, which is no fault. */
static bool load(const tns_instrument *instrument, tns_kept_calibration *out, bool *missing,
                 tns_error *err)
{
    char path[PATH_SIZE];
    size_t length;
    *missing = false;
    if (!find_path(instrument, path, err))
        return false;
    char *text = tns_file_read(path, KEPT_LIMIT, &length, err);
    *missing = !text && err->code == TNS_ERROR_NOT_FOUND;
    bool done = text && tns_calibration_parse(text, length, path, out, err) &&
                is_of(out, instrument, path, err);
    free(text);
    return done;
}

void tns_kept_load(tns_instrument *instrument)
{
    tns_error why = {.code = TNS_OK};
    bool missing;
    tns_kept_calibration *kept = instrument->folder ? calloc(1, sizeof *kept) : NULL;
    bool done = kept && load(instrument, kept, &missing, &why);
    if (done)
        take_over(instrument, kept);
    else if (kept && !missing)
        tns_warn(&instrument->notes, "the kept calibration is not used: %s", why.text);
    if (done && !instrument->session.serial[0])
        tns_warn(&instrument->notes,
                 "it tells no serial number, so that its kept calibration may be of another unit: "
                 "calibrate again after a change of instruments");
    free(kept);
}

/* ---- save ---- */

void tns_instrument_kept(const tns_instrument *instrument, tns_kept_calibration *out)
{
    memset(out, 0, sizeof *out);
    tns_text_copy(out->driver, sizeof out->driver, instrument->driver->name);
    memcpy(out->serial, instrument->session.serial, sizeof out->serial);
    memcpy(out->model, instrument->session.model, sizeof out->model);
    memcpy(out->doubt, instrument->doubt, sizeof out->doubt);
    out->calibration = instrument->session.calibration;
    out->reference_time = instrument->reference_time;
    out->reference = instrument->reference;
}

bool tns_instrument_try_keep(const tns_instrument *instrument, tns_error *err)
{
    char path[PATH_SIZE];
    return !instrument->folder ||
           (find_path(instrument, path, err) && tns_folders_expect_file(path, err));
}

bool tns_kept_save(const tns_instrument *instrument, tns_error *err)
{
    char path[PATH_SIZE];
    if (!instrument->folder || instrument->dry_run)
        return tns_instrument_try_keep(instrument, err);
    tns_kept_calibration *kept = calloc(1, sizeof *kept);
    if (!kept)
        return tns_error_set(err, TNS_ERROR_MEMORY, "out of memory");
    tns_instrument_kept(instrument, kept);
    char *text = tns_calibration_write(kept);
    free(kept);
    bool done = text ? find_path(instrument, path, err) &&
                           tns_folders_make(instrument->folder, false, err) &&
                           tns_file_write(path, text, strlen(text), err)
                     : tns_error_set(err, TNS_ERROR_MEMORY, "out of memory");
    free(text);
    return done;
}
