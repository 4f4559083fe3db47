/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/script.h"
#include "support/testing.h"

enum { REQUEST_MAX = 64, REPLY_MAX = 512, QUEUE_MAX = 4096 };

typedef struct turn {
    uint8_t request[REQUEST_MAX], reply[REPLY_MAX];
    size_t request_length, reply_length;
    int times, delay_ms;
    script_fault fault;
} turn;

struct script {
    turn turns[SCRIPT_TURNS];
    size_t count, at;
    int used; /* times the turn at `at` was played */
    uint8_t queue[QUEUE_MAX];
    size_t waiting, chunk; /* bytes in the queue, and how many come in one transfer */
    int64_t now_ms, ready_ms;
    int gap_ms;                /* between two transfers of an answer */
    bool stalls, leaves, gone; /* the next read is refused; unplugged after the queue; now */
    char wrong[400];
    int halts_cleared;
    tns_line line;
};

script *script_create(void)
{
    script *s = calloc(1, sizeof *s);
    ck_assert(s != NULL);
    return s;
}

void script_free(script *s)
{
    free(s);
}

void script_bytes(script *s, const void *request, size_t request_length, const void *reply,
                  size_t reply_length)
{
    ck_assert(s->count < SCRIPT_TURNS && request_length <= REQUEST_MAX && reply_length < REPLY_MAX);
    turn *t = &s->turns[s->count++];
    *t = (turn){.request_length = request_length, .reply_length = reply_length, .times = 1};
    if (request_length)
        memcpy(t->request, request, request_length);
    if (reply_length)
        memcpy(t->reply, reply, reply_length);
}

void script_text(script *s, const char *request, const char *reply)
{
    script_bytes(s, request, strlen(request), reply, strlen(reply));
}

void script_repeat(script *s, int times)
{
    s->turns[s->count - 1].times = times;
}

void script_delay(script *s, int delay_ms)
{
    s->turns[s->count - 1].delay_ms = delay_ms;
}

size_t script_count(const script *s)
{
    return s->count;
}

void script_fail(script *s, size_t index, script_fault fault)
{
    s->turns[index].fault = fault;
}

const char *script_wrong(const script *s)
{
    return s->wrong;
}

size_t script_played(const script *s)
{
    return s->at;
}

int64_t script_now_ms(const script *s)
{
    return s->now_ms;
}

int script_halts_cleared(const script *s)
{
    return s->halts_cleared;
}

tns_line script_line(const script *s)
{
    return s->line;
}

/* Bytes as a person can compare them: text where it is text. */
static void spell(char *out, size_t size, const uint8_t *bytes, size_t length)
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < length && n + 4 < size; i++)
        n += (size_t)snprintf(out + n, size - n, bytes[i] >= 32 && bytes[i] < 127 ? "%c" : "\\%02X",
                              bytes[i]);
}

static void note_wrong(script *s, const uint8_t *data, size_t length)
{
    char asked[150], due[150] = "nothing";
    spell(asked, sizeof asked, data, length);
    if (s->at < s->count)
        spell(due, sizeof due, s->turns[s->at].request, s->turns[s->at].request_length);
    if (!s->wrong[0])
        snprintf(s->wrong, sizeof s->wrong, "turn %zu: asked %s where %s was due", s->at, asked,
                 due);
}

static void enqueue(script *s, const uint8_t *bytes, size_t length)
{
    ck_assert(s->waiting + length <= QUEUE_MAX);
    memcpy(s->queue + s->waiting, bytes, length);
    s->waiting += length;
}

/* The reply of a turn as its fault makes it. */
static void answer(script *s, const turn *t, const turn *before)
{
    uint8_t bytes[REPLY_MAX];
    size_t length = t->reply_length;
    memcpy(bytes, t->reply, length);
    if (t->fault == SCRIPT_CUT && length)
        length--;
    else if (t->fault == SCRIPT_LONG)
        bytes[length++] = '7';
    else if (t->fault == SCRIPT_DAMAGED && length)
        bytes[length / 2] ^= 1;
    else if (t->fault == SCRIPT_GONE_HALFWAY)
        length /= 2;
    for (size_t i = 0; t->fault == SCRIPT_GARBLED && i < length; i++)
        bytes[i] = (uint8_t)~bytes[i];
    if (t->fault == SCRIPT_STALE) {
        length = before ? before->reply_length : 0;
        memcpy(bytes, before ? before->reply : bytes, length);
    }
    s->stalls = t->fault == SCRIPT_STALL;
    s->leaves = t->fault == SCRIPT_GONE_HALFWAY;
    bool by_bytes = t->fault == SCRIPT_TRICKLE || t->fault == SCRIPT_DRIBBLE;
    s->chunk = t->fault == SCRIPT_HALVES ? length / 2 + 1 : by_bytes ? 1 : 0;
    s->gap_ms = t->fault == SCRIPT_DRIBBLE ? SCRIPT_GAP_MS : 0;
    s->ready_ms = s->now_ms + (t->fault == SCRIPT_LATE ? SCRIPT_LATE_MS : t->delay_ms);
    if (t->fault != SCRIPT_SILENT && t->fault != SCRIPT_STALL)
        enqueue(s, bytes, length);
}

static void play(script *s)
{
    const turn *t = &s->turns[s->at];
    answer(s, t, s->at ? t - 1 : NULL);
    if (++s->used == t->times) {
        s->at++;
        s->used = 0;
    }
}

static bool unplugged(script *s, tns_error *err)
{
    s->gone = true;
    return tns_error_set(err, TNS_ERROR_GONE, "unplugged");
}

static bool hear(script *s, tns_transfer *t, tns_error *err)
{
    const turn *due = s->at < s->count ? &s->turns[s->at] : NULL;
    t->done = t->length;
    if (!due || due->request_length != t->length || memcmp(due->request, t->data, t->length) != 0) {
        note_wrong(s, t->data, t->length);
        return true;
    }
    if (due->fault == SCRIPT_GONE)
        return unplugged(s, err);
    play(s);
    return true;
}

static bool nothing_comes(script *s, const tns_transfer *t, tns_error *err)
{
    s->now_ms += t->timeout_ms;
    return tns_error_set(err, TNS_ERROR_TIMEOUT, "nothing came within %d ms", t->timeout_ms);
}

static bool give(script *s, tns_transfer *t, tns_error *err)
{
    if (s->waiting == 0 && s->at < s->count && s->turns[s->at].request_length == 0)
        play(s);
    if (s->stalls) {
        s->stalls = false;
        return tns_error_set(err, TNS_ERROR_STALL, "stalled");
    }
    if (s->waiting == 0 && s->leaves)
        return unplugged(s, err);
    if (s->waiting == 0 || s->ready_ms > s->now_ms + t->timeout_ms)
        return nothing_comes(s, t, err);
    if (s->ready_ms > s->now_ms)
        s->now_ms = s->ready_ms;
    size_t n = s->chunk && s->chunk < t->length ? s->chunk : t->length;
    n = n < s->waiting ? n : s->waiting;
    memcpy(t->data, s->queue, n);
    memmove(s->queue, s->queue + n, s->waiting -= n);
    t->done = n;
    s->ready_ms = s->now_ms + s->gap_ms;
    return true;
}

static bool transfer(void *self, tns_transfer *t, tns_error *err)
{
    script *s = self;
    s->now_ms++;
    if (s->gone)
        return unplugged(s, err);
    switch (t->kind) {
    case TNS_TRANSFER_CONTROL:
    case TNS_TRANSFER_OUT:
        return hear(s, t, err);
    case TNS_TRANSFER_IN:
        return give(s, t, err);
    case TNS_TRANSFER_CLEAR_HALT:
        s->halts_cleared++;
        return true;
    case TNS_TRANSFER_LINE:
        s->line = t->line;
        return true;
    case TNS_TRANSFER_LISTEN:
    case TNS_TRANSFER_RESET:
        return true;
    }
    return false;
}

static int64_t now_ms(void *self)
{
    const script *s = self;
    return s->now_ms;
}

static void sleep_ms(void *self, int duration_ms)
{
    script *s = self;
    s->now_ms += duration_ms;
}

static void close_port(void *self)
{
    (void)self; /* the test frees the script */
}

tns_port script_port(script *s)
{
    static const tns_port_type type = {transfer, now_ms, sleep_ms, close_port};
    return (tns_port){.type = &type, .self = s};
}

void script_session(script *s, const tns_driver *driver, tns_port *port, tns_session *out)
{
    *port = script_port(s);
    snprintf(port->identity.path, sizeof port->identity.path, "script");
    port->identity.serial_line = driver->any_serial_line;
    *out = (tns_session){.port = port, .capabilities = driver->capabilities};
    out->state = calloc(1, driver->state_size);
    ck_assert(out->state != NULL);
}

void script_session_end(const tns_driver *driver, tns_session *session)
{
    driver->close(session);
    free(session->state);
    tns_port_close(session->port);
}
