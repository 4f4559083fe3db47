/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/table.h"

tns_table *tns_table_create(const char *name, size_t count, size_t bands, tns_error *err)
{
    tns_table *table = calloc(1, sizeof *table);
    double *values = calloc(count * bands + 1, sizeof *values);
    tns_table_row *samples = calloc(count + 1, sizeof *samples);
    if (!table || !values || !samples) {
        free(table);
        free(values);
        free(samples);
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
        return NULL;
    }
    snprintf(table->name, sizeof table->name, "%s", name);
    table->band_count = bands;
    table->count = count;
    table->samples = samples;
    /* One block for all values; the first sample owns it. */
    for (size_t i = 0; i <= count; i++)
        samples[i].value = values + i * bands;
    return table;
}

void tns_table_destroy(tns_table *table)
{
    if (!table)
        return;
    free(table->samples[0].value);
    free(table->samples);
    free(table);
}

/* Words that stand before a wavelength in the wild; CGATS.17 has SPECTRAL_NM. */
static const char *const prefixes[] = {"SPECTRAL_NM_", "SPECTRAL_NM", "SPECTRAL_", "SPEC_", "SPEC",
                                       "NM_",          "NM",          "R_",        "R",     ""};

static bool starts_with(const char *text, const char *start)
{
    for (; *start; text++, start++)
        if (tns_text_upper(*text) != *start)
            return false;
    return true;
}

double tns_column_wavelength(const char *name)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (!starts_with(name, prefixes[i]))
            continue;
        char digits[32];
        if (!tns_text_copy(digits, sizeof digits, name + strlen(prefixes[i])))
            return 0;
        size_t n = strlen(digits);
        if (n > 2 && tns_text_same(digits + n - 2, "nm"))
            digits[n - 2] = '\0';
        double nm;
        if (tns_text_number(digits, &nm, NULL) && nm >= 200 && nm <= 2500)
            return nm;
    }
    return 0;
}

/* What other programs write beside what is read here, and the ladder's own. */
static bool is_known(const char *column)
{
    static const char *const names[] = {
        "",   "SAMPLE_ID", "SAMPLE_NAME", "SAMPLE_LOC", "ID", "NAME",
        "L",  "SAMPLE",    "BACKING",     "ILLUMINANT", "a",  "b",
        "L*", "OBSERVER",  "STRING",      "MIX",        "a*", "b*"};
    static const char *const families[] = {"LAB_", "LCH_", "XYZ_",   "XYY_", "RGB_",
                                           "CMY",  "D_",   "STDEV_", "MEAN_"};
    bool known = tns_column_wavelength(column) > 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        known = known || tns_text_same(column, names[i]);
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        known = known || starts_with(column, families[i]);
    return known;
}

static void pass_over(tns_table *table, const char *column)
{
    char *text = table->passed_over;
    size_t used = strlen(text), room = sizeof table->passed_over - sizeof ", ...";
    if (used + strlen(column) + strlen(", \"\"") < room)
        sprintf(text + used, "%s\"%s\"", used > 0 ? ", " : "", column);
    else if (used < 3 || strcmp(text + used - 3, "...") != 0)
        strcpy(text + used, used > 0 ? ", ..." : "...");
}

bool tns_table_add_amount(tns_table *table, const char *column, bool *is_amount, tns_error *err)
{
    static const char prefix[] = "AMOUNT_";
    *is_amount = starts_with(column, prefix);
    if (!*is_amount && !is_known(column))
        pass_over(table, column);
    if (!*is_amount)
        return true;
    const char *name = column + strlen(prefix);
    if (table->amount_count == TNS_TABLE_AMOUNTS_MAX)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected at most %d columns AMOUNT_..",
                             table->name, TNS_TABLE_AMOUNTS_MAX);
    for (size_t i = 0; i < table->amount_count; i++)
        if (strcmp(table->amount_name[i], name) == 0)
            return tns_error_set(err, TNS_ERROR_FORMAT, "%s: the column %s is there twice",
                                 table->name, column);
    return tns_text_copy(table->amount_name[table->amount_count++], sizeof table->amount_name[0],
                         name) ||
           tns_error_set(err, TNS_ERROR_FORMAT, "%s: %.80s: expected at most %zu bytes",
                         table->name, column, sizeof table->amount_name[0] - 1);
}

bool tns_table_read_amount(const tns_table *table, tns_table_row *sample, size_t index,
                           const char *text, tns_error *err)
{
    double *amount = &sample->amount[index];
    *amount = 0;
    if (text[0] && !tns_text_number(text, amount, err))
        return tns_error_prefix(err, "%s: line %zu: AMOUNT_%s", table->name, sample->line,
                                table->amount_name[index]);
    return (*amount >= 0 && *amount <= 1e9) ||
           tns_error_set(err, TNS_ERROR_RANGE,
                         "%s: line %zu: AMOUNT_%s: expected an amount of 0 or more, found %g",
                         table->name, sample->line, table->amount_name[index], *amount);
}

bool tns_table_check_bands(const tns_table *table, tns_error *err)
{
    for (size_t i = 1; i < table->band_count; i++)
        if (!(table->wavelength_nm[i] > table->wavelength_nm[i - 1]))
            return tns_error_set(err, TNS_ERROR_FORMAT,
                                 "%s: expected rising wavelengths, found %g after %g", table->name,
                                 table->wavelength_nm[i], table->wavelength_nm[i - 1]);
    return true;
}

const tns_table_row *tns_table_find(const tns_table *table, const char *sample, tns_error *err)
{
    if (!sample && table->count == 1)
        return &table->samples[0];
    if (!sample) {
        tns_error_set(err, TNS_ERROR_USAGE, "%s: holds %zu samples; name one, as in \"%s#%s\"",
                      table->name, table->count, table->name,
                      table->samples[0].id[0] ? table->samples[0].id : "1");
        return NULL;
    }
    const tns_table_row *found = NULL;
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->samples[i].id, sample) != 0)
            continue;
        if (found) {
            tns_error_set(err, TNS_ERROR_FORMAT,
                          "%s: line %zu: \"%s\" is the sample of line %zu already", table->name,
                          table->samples[i].line, sample, found->line);
            return NULL;
        }
        found = &table->samples[i];
    }
    if (found)
        return found;
    double number;
    if (tns_text_number(sample, &number, NULL) && number >= 1 && number <= (double)table->count &&
        number == (double)(size_t)number)
        return &table->samples[(size_t)number - 1];
    tns_error_set(err, TNS_ERROR_NOT_FOUND, "%s: no sample \"%s\" among %zu", table->name, sample,
                  table->count);
    return NULL;
}
