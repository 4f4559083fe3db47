/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record of a fit, read and written again. */
#ifndef RECORDS_FIT_AGAIN_H
#define RECORDS_FIT_AGAIN_H

#include <stdio.h>

#include <tonsure/palette_records.h>

#include "records/again.h"

static char *again_fit(const char *text, size_t length, tns_error *err)
{
    tns_fit_record record;
    if (!tns_fit_parse(text, length, "r.json", &record, err))
        return NULL;
    tns_palette palette = {.model = record.model, .count = record.pigments};
    snprintf(palette.name, sizeof palette.name, "%s", record.palette);
    record.fit.palette = &palette;
    char *again = tns_fit_write_into(&record.fit, &record.into, record.path, record.written);
    tns_fit_record_finish(&record);
    return again;
}

#endif
