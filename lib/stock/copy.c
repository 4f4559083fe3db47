/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole store elsewhere: as a copy of the file, or as its ledger in CSV. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "stock/chain.h"
#include "stock/facts.h"
#include "stock/ledger.h"
#include "stock/ledger_csv.h"
#include "stock/words.h"

bool tns_stock_backup(tns_stock *stock, const char *path, tns_error *err)
{
    return tns_db_is_apart(stock->db, path, err) && tns_db_copy(stock->db, path, err);
}

/* ---- export ---- */

typedef struct sheet {
    FILE *to;
    int64_t entries;
} sheet;

/* Quoted, as RFC 4180 has it, so that blanks and commas stay. */
static void put_text(FILE *to, const char *text)
{
    fputc('"', to);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', to);
        fputc(*text, to);
    }
    fputs("\",", to);
}

static void put_day(FILE *to, tns_day day)
{
    char text[TNS_DAY_TEXT];
    tns_day_write(day, text);
    fputs(text, to);
    fputc(',', to);
}

static void put_number(FILE *to, int64_t value)
{
    char text[TNS_DECIMAL_TEXT];
    tns_text_integer(value, text);
    fputs(text, to);
    fputc(',', to);
}

static bool put_entry(void *user, const tns_entry *e, tns_error *err)
{
    sheet *s = user;
    char hash[TNS_HASH_TEXT];
    tns_hash_write(e->hash, hash);
    put_number(s->to, e->id);
    put_number(s->to, e->operation);
    put_number(s->to, e->time);
    put_number(s->to, e->recorded);
    put_day(s->to, e->day);
    put_text(s->to, e->actor);
    put_text(s->to, tns_entry_kind_name(e->kind));
    put_text(s->to, e->product);
    put_number(s->to, e->lot);
    put_number(s->to, e->bottle);
    put_number(s->to, e->amount);
    put_text(s->to, e->reason);
    put_number(s->to, e->undoes);
    put_text(s->to, e->sets);
    fputs(hash, s->to);
    fputc('\n', s->to);
    s->entries++;
    return !ferror(s->to) || tns_error_set(err, TNS_ERROR_MEMORY, "export: out of memory");
}

bool tns_stock_export(tns_stock *stock, const char *path, int64_t *entries, tns_error *err)
{
    char *text = NULL;
    size_t length = 0;
    if (!tns_db_is_apart(stock->db, path, err))
        return false;
    sheet s = {.to = open_memstream(&text, &length)};
    if (!s.to)
        return tns_error_set(err, TNS_ERROR_MEMORY, "export: out of memory");
    for (int i = 0; i < TNS_LEDGER_COLUMNS; i++) {
        fputs(tns_ledger_columns[i], s.to);
        fputc(i + 1 < TNS_LEDGER_COLUMNS ? ',' : '\n', s.to);
    }
    bool done = tns_entry_walk(stock->db, 1, INT64_MIN, put_entry, &s, err);
    done = fclose(s.to) == 0 && done;
    done = done && tns_file_write(path, text, length, err);
    free(text);
    if (entries)
        *entries = s.entries;
    return done;
}
