/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For authors of instrument drivers: a driver is a record of facts and functions. It turns bytes
 * into a calibrated sample and says what the instrument needs; everything that is the same for all
 * instruments (repeats, outliers, sanity, keeping a calibration, its age, talking to the user) is
 * done above it (instrument.h). devices/README.md goes through a new driver step by step.
 *
 * A driver keeps no globals: what it must remember is in `state`. It takes the time, and waits,
 * through its port only. It never retries what is not idempotent, and never waits without a
 * time-out; the longest of its calls ends within 30 s.
 */
#ifndef TONSURE_DRIVER_H
#define TONSURE_DRIVER_H

#include <tonsure/colorimetry.h>
#include <tonsure/context.h>
#include <tonsure/port.h>
#include <tonsure/reading.h>

TNS_BEGIN_DECLS

/* What carries an instrument's bytes, where USB ids are its own or those of a common chip. */
typedef enum tns_bridge {
    TNS_BRIDGE_NONE, /* the instrument's own USB protocol */
    TNS_BRIDGE_CDC,  /* a serial line over USB, class CDC-ACM */
    TNS_BRIDGE_CH34X /* a serial line over USB, WCH CH340 and what imitates it */
} tns_bridge;

typedef struct tns_usb_id {
    uint16_t vendor_id;
    uint16_t product_id; /* 0 = whatever of this vendor is a serial line of class CDC-ACM */
    const char *model;   /* "X-Rite ColorMunki Photo/Design" */
    tns_bridge bridge;
    bool generic; /* a chip that many things share: only asked when the user names the driver */
} tns_usb_id;

/* How a reading may be begun. */
enum { TNS_TRIGGER_HOST = 1, TNS_TRIGGER_BUTTON = 2 };

typedef enum tns_confidence {
    TNS_CONFIDENCE_LOW,
    TNS_CONFIDENCE_MEDIUM,
    TNS_CONFIDENCE_HIGH
} tns_confidence;

/* What an instrument can do; `open` may narrow it to the unit at hand. */
typedef struct tns_capabilities {
    bool reflective, emissive;
    double from_nm, to_nm, step_nm; /* of its spectra; 0 = gives colors only */
    int effective_channels;         /* independent ones; 0 = as many as bands */
    const char *geometry;           /* "45/0" */
    const char *condition;          /* "M0".."M3"; NULL = unknown */
    double aperture_mm;             /* 0 = unknown */
    tns_specular specular;
    unsigned triggers; /* TNS_TRIGGER_ */
    bool stores_readings, has_dial, senses_cap, has_battery;
    int white_valid_s, dark_valid_s; /* how long a calibration holds; 0 = until the next one */
    tns_confidence confidence;       /* in the colors it gives */
} tns_capabilities;

/* Calibrations. */
enum { TNS_NEED_WHITE = 1, TNS_NEED_DARK = 2 };

/* What the user is asked to do before a step. */
typedef enum tns_setup {
    TNS_SETUP_NONE,
    TNS_SETUP_CAP_ON, /* white tile towards the aperture */
    TNS_SETUP_CAP_OFF,
    TNS_SETUP_DIAL_TILE, /* dial to the built-in tile */
    TNS_SETUP_DIAL_SURFACE,
    TNS_SETUP_ON_TILE,  /* put onto the white tile */
    TNS_SETUP_OPEN_AIR, /* hold into the open, or onto the black trap */
    TNS_SETUP_ON_SAMPLE
} tns_setup;

/* One step of a calibration, as the driver answers. */
typedef struct tns_step {
    bool done;       /* the calibration is made; the rest says nothing */
    tns_setup setup; /* else: to be done by the user before the next call */
    bool sensed; /* the instrument can tell: ask again now and then, no word of the user needed */
    char hint[160]; /* one sentence to the user: "put the instrument onto tile 12345" */
} tns_step;

enum { TNS_CALIBRATION_MAX = 512 };

/*
 * What a calibration found, in numbers whose meaning is the driver's; kept for the instrument of
 * this serial number between runs. A value.
 */
typedef struct tns_calibration {
    int64_t white_time,         /* seconds since 1970-01-01 UTC; 0 = never. Set above the driver, */
        dark_time;              /* which sets it to 0 where it finds its white lost: in needs,
                                   calibrate, measure, fetch or close */
    char tile[40];              /* serial of the white tile; "" = unknown */
    bool has_constant;          /* a spectrum that is returned in place of a reading when ... */
    double constant[TNS_BANDS]; /* ... the cap is on: equal to it means no reading at all */
    size_t count;
    double value[TNS_CALIBRATION_MAX];
} tns_calibration;

/* What one measurement gave. */
typedef struct tns_sample {
    bool has_spectrum;
    tns_spectrum spectrum;
    bool has_color; /* of an instrument that gives no spectrum, or an own color besides */
    tns_color color;
    tns_warnings warnings;
} tns_sample;

typedef enum tns_event_kind {
    TNS_EVENT_NONE, /* nothing within the time */
    TNS_EVENT_BUTTON,
    TNS_EVENT_DIAL, /* at `setup` now */
    TNS_EVENT_CAP
} tns_event_kind;

typedef struct tns_event {
    tns_event_kind kind;
    tns_setup setup;
} tns_event;

/* An instrument in use, as its driver sees it. */
typedef struct tns_session {
    tns_port *port;
    const tns_context *context; /* may be NULL; cancelled() is asked in every long wait */
    void *state;                /* `state_size` bytes of the driver's own, zeroed */
    char serial[40];   /* set by open: from the protocol where there is one, else the bus */
    char model[64];    /* set by open */
    char firmware[40]; /* set by open; may stay empty */
    tns_capabilities capabilities; /* the driver's, narrowed by open */
    tns_calibration calibration;   /* loaded after open, kept after a calibration */
} tns_session;

/*
 * A function that is NULL is what the instrument cannot do. Each gets errors of tns_code's
 * instrument part; TNS_ERROR_SETUP where the user must do something first (the text says what).
 */
typedef struct tns_driver {
    const char *name;  /* "colormunki": what --device says */
    const char *title; /* "X-Rite ColorMunki, i1Studio": for people */
    const char *note;  /* one sentence of limits for the table of instruments; "" = none */
    const tns_usb_id *usb;
    size_t usb_count;
    bool any_serial_line; /* may also be opened on a serial line by its path */
    tns_capabilities capabilities;
    size_t state_size;

    /* Makes sure that it is this instrument, drains what is left over. Else
     * TNS_ERROR_NO_INSTRUMENT. */
    bool (*open)(tns_session *session, tns_error *err);

    /* TNS_NEED_ that must be met before a reading; age is looked after above the driver. */
    bool (*needs)(tns_session *session, unsigned *needs, tns_error *err);

    /*
     * The next step of meeting `need`. Called first without anything set up, again when the user
     * (or the instrument) says that it is, until done; then session->calibration is complete.
     */
    bool (*calibrate)(tns_session *session, unsigned need, tns_step *step, tns_error *err);

    /* Triggers and reads. */
    bool (*measure)(tns_session *session, tns_sample *out, tns_error *err);

    /* Waits up to timeout_ms for something to happen at the instrument. */
    bool (*wait)(tns_session *session, int timeout_ms, tns_event *out, tns_error *err);

    /* After TNS_EVENT_BUTTON: what the instrument has measured by itself. NULL: measure is called.
     */
    bool (*fetch)(tns_session *session, tns_sample *out, tns_error *err);

    /* Readings kept in the instrument: how many, and one of them. */
    bool (*count_stored)(tns_session *session, size_t *count, tns_error *err);
    bool (*read_stored)(tns_session *session, size_t index, tns_sample *out, tns_error *err);

    /* 0..1. */
    bool (*battery)(tns_session *session, double *level, tns_error *err);

    /*
     * Leaves the instrument as it should be found; also after an error, also when it is gone, and
     * also when open failed halfway (state is as that left it), but not after
     * TNS_ERROR_NO_INSTRUMENT.
     */
    void (*close)(tns_session *session);
} tns_driver;

TNS_END_DECLS

#endif
