/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A port: the way of bytes to an instrument, whatever carries them: USB, a serial line, a recorded
 * trace, a model of the instrument in a test. It brings its own clock, so that a test may run an
 * hour of time-outs in a moment.
 *
 * For authors of drivers and of ports. One thread at a time uses a port. No call waits longer than
 * its time-out. What goes wrong is told apart by code: TNS_ERROR_TIMEOUT (nothing came),
 * TNS_ERROR_SHORT_REPLY, TNS_ERROR_STALL (the instrument refuses), TNS_ERROR_GONE (unplugged: every
 * later call says the same), TNS_ERROR_BUSY, TNS_ERROR_PERMISSION, TNS_ERROR_BAD_REPLY (more bytes
 * than asked for, a fault of the bus).
 */
#ifndef TONSURE_PORT_H
#define TONSURE_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/error.h>
#include <tonsure/export.h>

TNS_BEGIN_DECLS

enum { TNS_ENDPOINTS_MAX = 8 };

typedef enum tns_endpoint_type { TNS_ENDPOINT_BULK, TNS_ENDPOINT_INTERRUPT } tns_endpoint_type;

typedef struct tns_endpoint {
    uint8_t address; /* bit 7 set: towards the host */
    tns_endpoint_type type;
    int packet_size;
} tns_endpoint;

/* What the bus says of the thing at the other end; text is empty where it says nothing. */
typedef struct tns_port_identity {
    bool serial_line; /* a stream of bytes: no control transfers, endpoints are not looked at */
    uint16_t vendor_id, product_id, release;
    char manufacturer[64], product[64], serial[40];
    char path[128]; /* "usb:1-1.4", "/dev/ttyUSB0": where it is plugged in */
    size_t endpoint_count;
    tns_endpoint endpoints[TNS_ENDPOINTS_MAX];
} tns_port_identity;

typedef enum tns_transfer_kind {
    TNS_TRANSFER_CONTROL,    /* towards the host where bit 7 of request_type is set */
    TNS_TRANSFER_OUT,        /* all of `data`, in one transfer */
    TNS_TRANSFER_IN,         /* up to `length` bytes, as soon as a transfer ends */
    TNS_TRANSFER_LISTEN,     /* from now on keep a read of `length` bytes pending on the endpoint;
                                what comes in waits for TNS_TRANSFER_IN. 0 ends it */
    TNS_TRANSFER_CLEAR_HALT, /* of an endpoint */
    TNS_TRANSFER_RESET,      /* of the whole instrument; ends all listening */
    TNS_TRANSFER_LINE        /* settings of a serial line */
} tns_transfer_kind;

/* How a serial line talks; 8 data bits always. */
typedef struct tns_line {
    int baud;
    char parity; /* 'N', 'E' or 'O' */
    int stop_bits;
    bool rts_cts;
} tns_line;

typedef struct tns_transfer {
    tns_transfer_kind kind;
    uint8_t endpoint;              /* of OUT, IN, LISTEN, CLEAR_HALT */
    uint8_t request_type, request; /* of CONTROL, with the next two */
    uint16_t value, index;
    tns_line line;  /* of LINE */
    uint8_t *data;  /* the caller's; only read when going out */
    size_t length;  /* of what goes out, or room for what comes in */
    size_t done;    /* out: bytes moved, also when the transfer failed halfway */
    int timeout_ms; /* above 0 */
} tns_transfer;

typedef struct tns_port tns_port;

/* What makes a port. `self` is the port's own; every function is there. */
typedef struct tns_port_type {
    bool (*transfer)(void *self, tns_transfer *transfer, tns_error *err);
    int64_t (*now_ms)(void *self); /* of a clock that never goes back */
    void (*sleep_ms)(void *self, int duration_ms);
    void (*close)(void *self); /* frees self */
} tns_port_type;

struct tns_port {
    const tns_port_type *type;
    void *self;
    tns_port_identity identity;
};

/* Closes and forgets; a port that was never opened (type NULL) is left alone. */
TNS_API void tns_port_close(tns_port *port);

/* One transfer, as it is described there; `done` is set in every case. */
TNS_API bool tns_port_transfer(tns_port *port, tns_transfer *transfer, tns_error *err);
/* The port's own clock, from a beginning of its own; a sleep of 0 or less returns at once. */
TNS_API int64_t tns_port_now_ms(const tns_port *port);
TNS_API void tns_port_sleep_ms(const tns_port *port, int duration_ms);

/* A control request: where it goes, and what it says. */
typedef struct tns_request {
    uint8_t type, request;
    uint16_t value, index;
} tns_request;

/* Sends `length` bytes with a request; `data` may be NULL when there are none. */
TNS_API bool tns_port_control_out(tns_port *port, tns_request request, const uint8_t *data,
                                  size_t length, int timeout_ms, tns_error *err);

/* Asks for exactly `length` bytes; fewer are TNS_ERROR_SHORT_REPLY. */
TNS_API bool tns_port_control_in(tns_port *port, tns_request request, uint8_t *data, size_t length,
                                 int timeout_ms, tns_error *err);

/* All bytes in one transfer. */
TNS_API bool tns_port_write(tns_port *port, uint8_t endpoint, const uint8_t *data, size_t length,
                            int timeout_ms, tns_error *err);

/* One transfer of up to `room` bytes; *got may be 0. */
TNS_API bool tns_port_read(tns_port *port, uint8_t endpoint, uint8_t *data, size_t room,
                           size_t *got, int timeout_ms, tns_error *err);

/*
 * Exactly `length` bytes, in as many transfers as they come in, all within the time-out. Some but
 * not all of them are TNS_ERROR_SHORT_REPLY, none TNS_ERROR_TIMEOUT.
 */
TNS_API bool tns_port_read_exactly(tns_port *port, uint8_t endpoint, uint8_t *data, size_t length,
                                   int timeout_ms, tns_error *err);

/*
 * Up to and with the byte `end`, then a NUL that *length does not count; for lines of text. Bytes
 * behind `end` in the same transfer are TNS_ERROR_BAD_REPLY, as a line over `room` is.
 */
TNS_API bool tns_port_read_until(tns_port *port, uint8_t endpoint, char end, char *text,
                                 size_t room, size_t *length, int timeout_ms, tns_error *err);

/* Reads and forgets what waits there, until nothing has come for `quiet_ms` (at most 64 times). */
TNS_API void tns_port_drain(tns_port *port, uint8_t endpoint, int quiet_ms);

/* The transfers of these kinds, one each; tns_transfer_kind says what they do. */
TNS_API bool tns_port_listen(tns_port *port, uint8_t endpoint, size_t length, tns_error *err);
TNS_API bool tns_port_clear_halt(tns_port *port, uint8_t endpoint, tns_error *err);
TNS_API bool tns_port_reset(tns_port *port, tns_error *err);
TNS_API bool tns_port_set_line(tns_port *port, tns_line line, tns_error *err);

TNS_END_DECLS

#endif
