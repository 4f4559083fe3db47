/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trace in an instrument's place: a user's report of a fault becomes a test. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/devices.h>

#include "devices/transport/trace.h"

enum { LINES_MAX = 1000000 };

typedef struct replay {
    const char *name; /* of the file, without its folder; borrowed from `path` */
    char *path;
    tns_trace_entry *entries;
    size_t count, room, at;
    size_t head; /* lines before the first entry */
    int64_t now;
} replay;

static bool is_as_recorded(const tns_transfer *asked, const tns_transfer *recorded)
{
    char a[48], b[48];
    tns_trace_what(asked, a);
    tns_trace_what(recorded, b);
    if (strcmp(a, b) != 0 || asked->length != recorded->length)
        return false;
    bool sends = !tns_trace_goes_in(recorded) && tns_trace_bytes(recorded) > 0;
    return !sends || memcmp(asked->data, recorded->data, recorded->length) == 0;
}

static bool is_gone(const replay *r)
{
    return r->at > 0 && r->entries[r->at - 1].code == TNS_ERROR_GONE;
}

static bool fail_other(const replay *r, const tns_transfer *t, tns_error *err)
{
    char asked[48], recorded[48];
    tns_trace_what(t, asked);
    if (r->at == r->count)
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "%s ends here, the driver asks: %s %zu",
                             r->name, asked, t->length);
    const tns_transfer *is = &r->entries[r->at].transfer;
    tns_trace_what(is, recorded);
    return tns_error_set(
        err, TNS_ERROR_BAD_REPLY, "%s:%zu: recorded is: %s %zu%s, asked: %s %zu", r->name,
        r->head + r->at + 1, recorded, is->length,
        strcmp(asked, recorded) == 0 && is->length == t->length ? " (of other bytes)" : "", asked,
        t->length);
}

static bool transfer(void *self, tns_transfer *t, tns_error *err)
{
    replay *r = self;
    if (r->at == r->count || !is_as_recorded(t, &r->entries[r->at].transfer))
        return is_gone(r) ? tns_error_set(err, TNS_ERROR_GONE, "%s", r->entries[r->at - 1].text)
                          : fail_other(r, t, err);
    const tns_trace_entry *entry = &r->entries[r->at++];
    if (tns_trace_goes_in(t) && entry->transfer.done > 0)
        memcpy(t->data, entry->transfer.data, entry->transfer.done);
    t->done = entry->transfer.done;
    if (r->now < entry->ms)
        r->now = entry->ms;
    return entry->code == TNS_OK || tns_error_set(err, entry->code, "%s", entry->text);
}

static int64_t now_ms(void *self)
{
    return ((replay *)self)->now;
}

static void sleep_ms(void *self, int duration_ms)
{
    ((replay *)self)->now += duration_ms;
}

static void close_port(void *self)
{
    replay *r = self;
    for (size_t i = 0; i < r->count; i++)
        free(r->entries[i].transfer.data);
    free(r->entries);
    free(r->path);
    free(r);
}

static const tns_port_type replay_type = {
    .transfer = transfer, .now_ms = now_ms, .sleep_ms = sleep_ms, .close = close_port};

static bool add_entry(replay *r, const char *line, tns_error *err)
{
    if (r->count == r->room) {
        size_t room = r->room ? 2 * r->room : 64;
        tns_trace_entry *more = room <= LINES_MAX ? realloc(r->entries, room * sizeof *more) : NULL;
        if (!more)
            return tns_error_set(err, TNS_ERROR_MEMORY, "too long a trace");
        r->entries = more;
        r->room = room;
    }
    if (!tns_trace_parse(line, &r->entries[r->count], err))
        return false;
    r->count++;
    return true;
}

static bool add_line(replay *r, const char *line, size_t number, tns_port_identity *identity,
                     tns_error *err)
{
    if (number == 1)
        return strcmp(line, TNS_TRACE_FIRST_LINE) == 0 ||
               tns_error_set(err, TNS_ERROR_FORMAT, "expected \"" TNS_TRACE_FIRST_LINE "\"");
    if (r->count == 0 && tns_trace_parse_identity(line, identity)) {
        r->head = number;
        return true;
    }
    return add_entry(r, line, err);
}

static bool load(replay *r, FILE *file, tns_port_identity *identity, tns_error *err)
{
    char *line = NULL;
    size_t room = 0, number = 0;
    bool ok = true;
    for (ssize_t n; ok && (n = getline(&line, &room, file)) > 0;) {
        line[strcspn(line, "\r\n")] = '\0';
        ok = add_line(r, line, ++number, identity, err) ||
             tns_error_prefix(err, "%s:%zu", r->name, number);
    }
    free(line);
    if (ok && r->head < 2)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: not a trace of an instrument", r->name);
    return ok;
}

bool tns_port_open_replay(const char *path, tns_port *out, tns_error *err)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return tns_error_set(err, errno == ENOENT ? TNS_ERROR_NOT_FOUND : TNS_ERROR_IO,
                             "%s: cannot be opened: %s", path, strerror(errno));
    replay *r = calloc(1, sizeof *r);
    *out = (tns_port){.type = &replay_type, .self = r};
    bool ok = r && (r->path = strdup(path)) != NULL;
    if (ok) {
        r->name = strrchr(r->path, '/') ? strrchr(r->path, '/') + 1 : r->path;
        ok = load(r, file, &out->identity, err);
    } else {
        tns_error_set(err, TNS_ERROR_MEMORY, "no memory");
    }
    fclose(file);
    if (!ok && r)
        close_port(r);
    if (!ok)
        *out = (tns_port){.type = NULL};
    return ok;
}
