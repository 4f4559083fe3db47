/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A driver beside the emulated instrument it is for, in one process and on a clock that only moves
 * when somebody waits. The rig does what a user would: turns dials, sets caps and tiles.
 */
#ifndef DEVICES_RIG_H
#define DEVICES_RIG_H

#include <tonsure/driver.h>

#include "model.h"

enum { RIG_SETUPS = TNS_SETUP_ON_SAMPLE + 1 };

/* What of which emulator the user's doings are. */
typedef struct rig_kind {
    const char *label;
    const tns_driver *driver;
    const char *emulator, *option; /* option: "model=2600d"; NULL = none */
    bool serial_line;
    bool as_another;                  /* of the same protocol: its faults need no second look */
    const char *on_setup[RIG_SETUPS]; /* "dial=2" for TNS_SETUP_DIAL_TILE */
    const char *to_measure;           /* before each reading; NULL = nothing */
    double tolerance;                 /* of reflectance, or of L*a*b* where it gives no spectrum */
} rig_kind;

extern const rig_kind rig_kinds[];
extern const int rig_kind_count;

typedef struct rig {
    const rig_kind *kind;
    emu_unit *unit;
    tns_port port;
    tns_session session;
} rig;

/* Plugged in, with nothing opened. */
void rig_plug(rig *r, const rig_kind *kind, const char *fault);
void rig_unplug(rig *r);

/* The driver's own open; whatever comes of it, rig_close() follows. */
bool rig_open(rig *r, tns_error *err);
void rig_close(rig *r);

bool rig_calibrate(rig *r, tns_error *err);
bool rig_measure(rig *r, tns_sample *out, tns_error *err);

/* open, calibrate, measure, close */
bool rig_run(rig *r, tns_sample *out, tns_error *err);

/* Sets an option of the emulator, or fails the test. */
void rig_set(rig *r, const char *assignment);

#endif
