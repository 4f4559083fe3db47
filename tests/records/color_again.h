/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every record of readings, palettes and skin, read and written again. */
#ifndef RECORDS_COLOR_AGAIN_H
#define RECORDS_COLOR_AGAIN_H

#include <stdio.h>
#include <stdlib.h>

#include <tonsure/palette_records.h>
#include <tonsure/records.h>
#include <tonsure/skin_records.h>

#include "records/fit_again.h"

static char *again_reading(const char *text, size_t length, tns_error *err)
{
    tns_reading value;
    return tns_reading_parse(text, length, "r.json", &value, err) ? tns_reading_write(&value)
                                                                  : NULL;
}

static char *again_comparison(const char *text, size_t length, tns_error *err)
{
    tns_comparison value;
    return tns_comparison_parse(text, length, "r.json", &value, err) ? tns_comparison_write(&value)
                                                                     : NULL;
}

static char *again_comparisons(const char *text, size_t length, tns_error *err)
{
    size_t count = 99;
    tns_comparison *pairs = tns_comparisons_parse(text, length, "r.json", &count, err);
    char *again = pairs ? tns_comparisons_write(pairs, count) : NULL;
    free(pairs);
    return again;
}

static char *again_error(const char *text, size_t length, tns_error *err)
{
    tns_error value;
    return tns_error_parse(text, length, "r.json", &value, err) ? tns_error_write(&value) : NULL;
}

static char *again_list(const char *text, size_t length, tns_error *err)
{
    size_t count = 99;
    tns_palette_entry *entries = tns_palette_list_parse(text, length, "r.json", &count, err);
    char *again = entries ? tns_palette_list_write(entries, count) : NULL;
    free(entries);
    return again;
}

static char *again_check(const char *text, size_t length, tns_error *err)
{
    tns_palette_check value;
    if (!tns_palette_check_parse(text, length, "r.json", &value, err))
        return NULL;
    tns_palette palette = {.count = value.pigments};
    snprintf(palette.name, sizeof palette.name, "%.63s", value.name);
    return tns_palette_check_write(value.name, value.ok ? &palette : NULL,
                                   value.ok ? NULL : &value.failure);
}

static char *again_change(const char *text, size_t length, tns_error *err)
{
    tns_palette_change value;
    return tns_palette_change_parse(text, length, "r.json", &value, err)
               ? tns_palette_change_write(&value)
               : NULL;
}

static char *again_copy_of_palette(const char *text, size_t length, tns_error *err)
{
    tns_palette_copy value;
    return tns_palette_copy_parse(text, length, "r.json", &value, err)
               ? tns_palette_copy_write(&value)
               : NULL;
}

static char *again_ladder_plan(const char *text, size_t length, tns_error *err)
{
    tns_ladder_plan_record value;
    return tns_ladder_plan_parse(text, length, "r.json", &value, err)
               ? tns_ladder_plan_write(&value)
               : NULL;
}

static char *again_ladder(const char *text, size_t length, tns_error *err)
{
    tns_ladder_result *value = tns_ladder_parse(text, length, "r.json", err);
    char *again = value ? tns_ladder_write(value) : NULL;
    tns_ladder_result_destroy(value);
    return again;
}

static char *again_learn(const char *text, size_t length, tns_error *err)
{
    tns_learn_record *value = tns_learn_record_parse(text, length, "r.json", err);
    char *again = value ? tns_learn_record_write(value) : NULL;
    tns_learn_record_destroy(value);
    return again;
}

static char *again_mixes(const char *text, size_t length, tns_error *err)
{
    tns_kept_mixes value;
    char *again = tns_kept_mixes_parse(text, length, "r.json", &value, err)
                      ? tns_kept_mixes_write(&value)
                      : NULL;
    tns_kept_mixes_destroy(&value);
    return again;
}

static char *again_gamut(const char *text, size_t length, tns_error *err)
{
    tns_gamut_record *value = tns_gamut_record_parse(text, length, "r.json", err);
    char *again = value ? tns_gamut_record_write(value) : NULL;
    tns_gamut_record_destroy(value);
    return again;
}

static char *again_skin(const char *text, size_t length, tns_error *err)
{
    tns_skin_record value;
    return tns_skin_record_parse(text, length, "r.json", &value, err)
               ? tns_skin_record_write(&value)
               : NULL;
}

static char *again_zone(const char *text, size_t length, tns_error *err)
{
    tns_zone_record value;
    return tns_zone_record_parse(text, length, "r.json", &value, err)
               ? tns_zone_record_write(&value)
               : NULL;
}

static char *again_palette(const char *text, size_t length, tns_error *err)
{
    tns_palette *value = tns_palette_parse(text, length, "r.json", err);
    char *again = value ? tns_palette_write(value) : NULL;
    tns_palette_destroy(value);
    return again;
}

static const rewritten color_records[] = {
    {"reading-1", "tonsure/reading/1", again_reading},
    {"compare-1", "tonsure/compare/1", again_comparison},
    {"comparisons-1", "tonsure/comparisons/1", again_comparisons},
    {"error", "\"error\"", again_error},
    {"palettes-1", "tonsure/palettes/1", again_list},
    {"palette-check-1", "tonsure/palette-check/1", again_check},
    {"palette-change-1", "tonsure/palette-change/1", again_change},
    {"palette-copy-1", "tonsure/palette-copy/1", again_copy_of_palette},
    {"palette-1", "tonsure/palette/1", again_palette},
    {"fit-1", "tonsure/fit/1", again_fit},
    {"fit-into-1", "tonsure/fit/1", again_fit},
    {"ladder-plan-1", "tonsure/ladder-plan/1", again_ladder_plan},
    {"ladder-1", "tonsure/ladder/1", again_ladder},
    {"learn-1", "tonsure/learn/1", again_learn},
    {"mixes-1", "tonsure/mixes/1", again_mixes},
    {"gamut-1", "tonsure/gamut/1", again_gamut},
    {"skin-1", "tonsure/skin/1", again_skin},
    {"zone-1", "tonsure/zone/1", again_zone},
};

#endif
