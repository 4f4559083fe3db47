/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an emulated instrument is: a state machine that takes request bytes and a clock and gives
 * reply bytes. It knows nothing of files, threads or USB libraries, so one model serves three
 * hosts:
 *
 *   a test          calls emu_control(), emu_out(), emu_in() behind a transport's vtable and moves
 *                   the clock itself
 *   ptyemu          puts the bulk endpoints of a model behind a pseudo terminal
 *   usbemu          answers the kernel's usbdevfs requests of an unmodified program
 *
 * The upper half is for authors of models (tests/emulators/<name>.c has one const emu_kind; list it
 * in models.c), the lower half for hosts.
 */
#ifndef EMULATORS_MODEL_H
#define EMULATORS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct emu_unit emu_unit; /* one instrument, plugged in or not */

/* What becomes of a transfer. */
typedef enum emu_status {
    EMU_OK,
    EMU_STALL,    /* endpoint halted; EP0 recovers by itself, others need CLEAR_HALT */
    EMU_SILENT,   /* neither taken nor answered: stays pending until the host gives up */
    EMU_OVERFLOW, /* more came than the host's buffer holds */
    EMU_PROTOCOL, /* the controller saw rubbish on the wire */
    EMU_WAIT      /* emu_in() only: nothing yet, or not all */
} emu_status;

/* The eight bytes a control transfer starts with. */
typedef struct emu_setup {
    uint8_t type, request;
    uint16_t value, index, length;
} emu_setup;

/* How a control transfer ends: its data stage is `length` bytes, `delay_ms` after the request. */
typedef struct emu_answer {
    emu_status status;
    size_t length;
    int64_t delay_ms;
} emu_answer;

/* What the bus does to an instrument beside transfers. */
typedef enum emu_bus {
    EMU_PLUGGED, /* power comes up; the clock of the instrument starts */
    EMU_OPENED,  /* by the first program */
    EMU_CLOSED,  /* by the last */
    EMU_RESET,
    EMU_CONFIGURED,
    EMU_HALT_CLEARED
} emu_bus;

/* ---- For authors of models ---- */

enum { EMU_TEXT_SIZE = 256, EMU_NO_COMMAND = -1 };

typedef enum emu_type {
    EMU_INTEGER, /* int; 0x.. is read as hexadecimal */
    EMU_REAL,    /* double */
    EMU_TEXT     /* char[EMU_TEXT_SIZE] */
} emu_type;

/* An option is a field of the model's state that name=value sets, before or while it runs. */
typedef struct emu_option {
    const char *name;
    emu_type type;
    size_t offset; /* of the field in the state */
    const char *help;
} emu_option;

/* What the instrument says about itself; pointers are good as long as the unit is. */
typedef struct emu_identity {
    const uint8_t *device;        /* the 18 bytes of the device descriptor */
    const uint8_t *configuration; /* all of it; its wTotalLength says how long. An endpoint whose
                                     type is bulk is a stream, interrupt is one report a reply */
    const char *const *strings;   /* number 1 on; NULL ends them */
    const uint8_t *report;        /* HID report descriptor or NULL */
    size_t report_size;
} emu_identity;

/*
 * Where things are in a reply, for the faults error, wrongcmd and payload; a fault whose part a
 * model's replies lack (offset -1) is refused at the start.
 */
typedef struct emu_layout {
    int error, command, payload;
    void (*seal)(uint8_t *reply, size_t n); /* makes its checksum right again, or NULL */
} emu_layout;

/* A kind of instrument. Functions not needed are NULL. */
typedef struct emu_kind {
    const char *name, *help;   /* help: one line */
    size_t state_size;         /* the state starts zeroed */
    const emu_option *options; /* name NULL ends them */
    emu_layout layout;

    /* Sets the options' defaults. */
    void (*defaults)(void *state);
    /* Options are in: builds memory, fills `identity`. False with `why` when they make no sense. */
    bool (*start)(emu_unit *unit, emu_identity *identity, char why[EMU_TEXT_SIZE]);
    /* An option was changed while running. False with `why` leaves the host to say so. */
    bool (*changed)(emu_unit *unit, const char *name, char why[EMU_TEXT_SIZE]);
    void (*finish)(emu_unit *unit); /* frees what start() took */

    /*
     * A control transfer that is not a standard one the core answers. IN: fills data (room for
     * setup->length), OUT: reads it. Calls emu_reply() for what comes on other endpoints.
     */
    emu_answer (*control)(emu_unit *unit, const emu_setup *setup, uint8_t *data);
    /* One OUT transfer (USB), or what one read() gave (pty). */
    emu_status (*out)(emu_unit *unit, uint8_t endpoint, const uint8_t *data, size_t n);
    /* The command byte of a request, for fault addressing; NULL: bRequest or the first byte. */
    int (*command)(const emu_setup *setup_or_null, const uint8_t *data, size_t n);
    void (*bus)(emu_unit *unit, emu_bus what);
    void (*timer)(emu_unit *unit, int what); /* emu_timer()'s time has come */
} emu_kind;

void *emu_state(emu_unit *unit);
int64_t emu_now_ms(const emu_unit *unit); /* the host's clock */

/* Queues a reply: a transfer's worth of bytes on an IN endpoint, ready delay_ms from now. */
void emu_reply(emu_unit *unit, uint8_t endpoint, const void *data, size_t n, int64_t delay_ms);
/* Whether a reply on an IN endpoint has not been fetched yet. */
bool emu_is_queued(const emu_unit *unit, uint8_t endpoint);
/* Drops what is queued on an IN endpoint. */
void emu_flush(emu_unit *unit, uint8_t endpoint);
/* kind->timer(what) will be called in delay_ms. */
void emu_timer(emu_unit *unit, int what, int64_t delay_ms);
/* Whether the host waits for a transfer from that IN endpoint. */
bool emu_is_awaited(const emu_unit *unit, uint8_t endpoint);

double emu_uniform(emu_unit *unit); /* [0, 1), from the seed */
double emu_noise(emu_unit *unit);   /* normal, mean 0, deviation 1 */

emu_answer emu_ok(size_t length);
emu_answer emu_refuse(void); /* EP0 stalls: what a device does with a request it does not know */

/* Little-endian and big-endian figures in frames. */
void emu_put_le(uint8_t *at, uint64_t value, int bytes);
void emu_put_be(uint8_t *at, uint64_t value, int bytes);
void emu_put_float_le(uint8_t *at, double value);
uint64_t emu_get_le(const uint8_t *at, int bytes);
uint64_t emu_get_be(const uint8_t *at, int bytes);

/* ---- For hosts ---- */

enum { EMU_PACKET_MAX = 64 };
#define EMU_NEVER INT64_MAX

/* The kinds there are, NULL ends them (models.c). */
extern const emu_kind *const emu_kinds[];
const emu_kind *emu_kind_find(const char *name);

/* A unit in its default state; emu_destroy() takes NULL. */
emu_unit *emu_create(const emu_kind *kind, uint64_t seed);
void emu_destroy(emu_unit *unit);

/*
 * "name=value", "name=value@250ms" (at that time on the unit's clock) or "name=value@0x80#3" (just
 * before the third request with command 0x80 is handled; without #N the first). Before emu_start()
 * or after. False with `why`.
 */
bool emu_set(emu_unit *unit, const char *assignment, char why[EMU_TEXT_SIZE]);
/* KIND[=ARG][@CMD][#N], see fault.h. False with `why`. */
bool emu_fault(emu_unit *unit, const char *fault, char why[EMU_TEXT_SIZE]);
/* Once, after the options. */
bool emu_start(emu_unit *unit, char why[EMU_TEXT_SIZE]);

const emu_kind *emu_kind_of(const emu_unit *unit);
const emu_identity *emu_identity_of(const emu_unit *unit);
const char *emu_serial(const emu_unit *unit); /* the USB serial string, or NULL */

/* Moves the clock (never backwards): timers run, timed options are set. */
void emu_advance(emu_unit *unit, int64_t now_ms);
/* The next time at which anything happens by itself, or EMU_NEVER. */
int64_t emu_next_ms(const emu_unit *unit);

emu_answer emu_control(emu_unit *unit, const emu_setup *setup, uint8_t *data);
emu_status emu_out(emu_unit *unit, uint8_t endpoint, const uint8_t *data, size_t n);
/*
 * Moves ready packets into the transfer of `size` bytes, of which *got were filled before. EMU_OK
 * when it is complete: full, or ended by a packet shorter than the endpoint's maximum. Where the
 * last packet does not fit, EMU_OVERFLOW.
 */
emu_status emu_in(emu_unit *unit, uint8_t endpoint, uint8_t *buffer, size_t size, size_t *got);
/* For a stream without packets (pty): what is ready on any IN endpoint, 0 if nothing. */
size_t emu_read(emu_unit *unit, uint8_t *buffer, size_t size);

/* The host began or ended to wait on an IN endpoint. */
void emu_await(emu_unit *unit, uint8_t endpoint, bool waits);
/* Opened, closed, reset...; RESET and PLUGGED drop what is queued and end all halts. */
void emu_bus_event(emu_unit *unit, emu_bus what);
void emu_clear_halt(emu_unit *unit, uint8_t endpoint);

/* The type of an endpoint (USB_ENDPOINT_XFER_*: 2 bulk, 3 interrupt), -1 if there is none. */
int emu_endpoint_type(const emu_unit *unit, uint8_t endpoint);
int emu_interfaces(const emu_unit *unit);

/* Faults that are the bus's: when to pull it out (EMU_NEVER), whether claims are refused. */
int64_t emu_unplug_ms(const emu_unit *unit);
bool emu_is_busy(const emu_unit *unit);

#endif
