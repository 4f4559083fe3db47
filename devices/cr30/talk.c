/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "devices/cr30/talk.h"

enum {
    BULK_OUT = 0x02, /* of the bridge; a serial line does not look at them */
    BULK_IN = 0x82,
    ROOM = 128, /* a multiple of every packet size, so that no packet overflows */
    WRITE_MS = 1000,
    REPLY_MS = 1000,    /* it takes 1 ms */
    TRIGGER_MS = 11000, /* a reading takes 1 s; two of them, for the tile, must end within 30 s */
    SLICE_MS = 250,
    QUIET_MS = 20,
    FORGETS_MAX = 64
};

/* What has come of a frame. */
typedef struct piece {
    uint8_t byte[ROOM];
    size_t length;
} piece;

/* Takes whole frames off what has come, and passes over bytes that are of none. */
static bool drop_frames(piece *in)
{
    bool cap_on = false;
    while (in->length >= TNS_CR30_FRAME) {
        tns_cr30_frame frame;
        tns_cr30_header header;
        memcpy(frame.byte, in->byte, sizeof frame.byte);
        bool sound = tns_cr30_is_sound(&frame, NULL);
        cap_on |= sound && tns_cr30_read_header(&frame, &header, NULL) && header.cap_on;
        size_t done = sound ? TNS_CR30_FRAME : 1;
        memmove(in->byte, in->byte + done, in->length -= done);
    }
    return cap_on;
}

bool tns_cr30_forget(tns_port *port)
{
    piece in = {.length = 0};
    bool cap_on = false;
    for (int i = 0; i < FORGETS_MAX; i++) {
        size_t got = 0;
        bool more = tns_port_read(port, BULK_IN, in.byte + in.length, ROOM - in.length, &got,
                                  QUIET_MS, NULL);
        in.length += got;
        cap_on |= drop_frames(&in);
        if (!more)
            break;
    }
    return cap_on;
}

bool tns_cr30_prepare(tns_port *port, tns_error *err)
{
    /* The instrument does not look at these, but a bridge wants some. */
    if (!tns_port_set_line(port, (tns_line){.baud = 9600, .parity = 'N', .stop_bits = 1}, err))
        return false;
    /* A halt outlives the program that met it. A tty has none and may say so. */
    tns_port_clear_halt(port, BULK_IN, NULL);
    tns_port_clear_halt(port, BULK_OUT, NULL);
    return true;
}

/* The first bytes of a frame; without any within the time, the length stays 0. */
static bool listen(const tns_session *session, int timeout_ms, piece *out, tns_error *err)
{
    tns_port *port = session->port;
    int64_t end = tns_port_now_ms(port) + timeout_ms;
    out->length = 0;
    for (int64_t left = timeout_ms; left > 0; left = end - tns_port_now_ms(port)) {
        tns_error why = {.code = TNS_OK};
        if (tns_context_cancelled(session->context))
            return tns_error_set(err, TNS_ERROR_CANCELLED, "cancelled");
        tns_port_read(port, BULK_IN, out->byte, ROOM, &out->length,
                      left < SLICE_MS ? (int)left : SLICE_MS, &why);
        if (out->length > 0)
            return true;
        if (why.code != TNS_OK && why.code != TNS_ERROR_TIMEOUT)
            return tns_error_set(err, why.code, "%s", why.text);
    }
    return true;
}

/* The rest of the frame, all of it within REPLY_MS. A byte more is a fault too, and would shift the
 * next one. */
static bool complete(tns_port *port, piece *in, tns_cr30_frame *out, tns_error *err)
{
    tns_error why = {.code = TNS_OK};
    int64_t left = REPLY_MS, end = tns_port_now_ms(port) + REPLY_MS;
    for (size_t got; in->length < TNS_CR30_FRAME && why.code == TNS_OK && left > 0;
         in->length += got, left = end - tns_port_now_ms(port))
        tns_port_read(port, BULK_IN, in->byte + in->length, ROOM - in->length, &got, (int)left,
                      &why);
    if (why.code != TNS_OK && why.code != TNS_ERROR_TIMEOUT)
        return tns_error_set(err, why.code, "%s", why.text);
    if (in->length != TNS_CR30_FRAME)
        return tns_error_set(err, TNS_ERROR_SHORT_REPLY, "expected a frame of 60 bytes, found %zu",
                             in->length);
    memcpy(out->byte, in->byte, TNS_CR30_FRAME);
    return tns_cr30_is_sound(out, err);
}

bool tns_cr30_hear(const tns_session *session, int timeout_ms, bool *heard, tns_cr30_frame *out,
                   tns_error *err)
{
    piece in;
    if (!listen(session, timeout_ms, &in, err))
        return false;
    *heard = in.length > 0;
    return !*heard || complete(session->port, &in, out, err);
}

static bool receive(const tns_session *session, int timeout_ms, tns_cr30_frame *out, tns_error *err)
{
    bool heard;
    return tns_cr30_hear(session, timeout_ms, &heard, out, err) &&
           (heard ||
            tns_error_set(err, TNS_ERROR_TIMEOUT, "no answer within %d s", timeout_ms / 1000));
}

/* In one transfer: the instrument is silent to a frame that comes in two. */
static bool send(tns_port *port, tns_cr30_command command, tns_error *err)
{
    tns_cr30_frame frame = tns_cr30_request(command);
    return tns_port_write(port, BULK_OUT, frame.byte, sizeof frame.byte, WRITE_MS, err);
}

bool tns_cr30_ask(const tns_session *session, tns_cr30_command command, tns_cr30_frame *out,
                  tns_error *err)
{
    return send(session->port, command, err) && receive(session, REPLY_MS, out, err) &&
           tns_cr30_answers(command, out, err);
}

bool tns_cr30_read_kept(const tns_session *session, tns_spectrum *out, tns_error *err)
{
    double percent[TNS_CR30_BANDS];
    for (int i = 0; i < TNS_CR30_CHUNKS; i++) {
        tns_cr30_frame frame;
        if (!tns_cr30_ask(session, TNS_CR30_CHUNK_0 + (tns_cr30_command)i, &frame, err) ||
            !tns_cr30_read_chunk(&frame, i, percent, err))
            return false;
    }
    return tns_cr30_spectrum(percent, out, err);
}

/* A button pressed in the same moment sends its own header first: one is passed over. */
static bool await_header(const tns_session *session, tns_error *err)
{
    tns_cr30_header header = {.by_button = true};
    int64_t end = tns_port_now_ms(session->port) + TRIGGER_MS;
    for (int i = 0; i < 2 && header.by_button; i++) {
        tns_cr30_frame frame;
        if (!receive(session, (int)(end - tns_port_now_ms(session->port)), &frame, err) ||
            !tns_cr30_read_header(&frame, &header, err))
            return false;
    }
    return !header.by_button ||
           tns_error_set(err, TNS_ERROR_BAD_REPLY, "the button was pressed during the reading");
}

bool tns_cr30_trigger(const tns_session *session, tns_spectrum *out, tns_error *err)
{
    return send(session->port, TNS_CR30_TRIGGER, err) && await_header(session, err) &&
           tns_cr30_read_kept(session, out, err);
}
