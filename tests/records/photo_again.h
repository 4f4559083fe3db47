/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every record of photos and charts, read and written again; each file of tests takes them all. */
#ifndef RECORDS_PHOTO_AGAIN_H
#define RECORDS_PHOTO_AGAIN_H

#include <stdlib.h>

#include <tonsure/photo_records.h>

#include "records/again.h"

static char *again_photo(const char *text, size_t length, tns_error *err)
{
    tns_photo value;
    tns_error failure;
    char *again = NULL;
    if (tns_photo_parse(text, length, "r.json", &value, &failure, err))
        again = tns_photo_write(&value, failure.code == TNS_OK ? NULL : &failure);
    tns_photo_finish(&value);
    return again;
}

static char *again_chart(const char *text, size_t length, tns_error *err)
{
    tns_card *card = tns_chart_record_parse(text, length, "r.json", err);
    char *again = card ? tns_chart_record_write(card) : NULL;
    tns_card_destroy(card);
    return again;
}

static char *again_charts(const char *text, size_t length, tns_error *err)
{
    size_t count = 99;
    tns_chart_entry *entries = tns_charts_parse(text, length, "r.json", &count, err);
    char *again = entries ? tns_charts_write(entries, count) : NULL;
    free(entries);
    return again;
}

static const rewritten photo_records[] = {
    {"photo-1", "tonsure/photo/1", again_photo},
    {"chart-1", "tonsure/chart/1", again_chart},
    {"charts-1", "tonsure/charts/1", again_charts},
};

#endif
