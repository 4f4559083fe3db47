/* SPDX-License-Identifier: GPL-3.0-or-later */
/* X-Rite DTP20: what its answers in RCI say. Pure. */
#ifndef DTP20_PROTOCOL_H
#define DTP20_PROTOCOL_H

#include <stdbool.h>
#include <stdint.h>

#include <tonsure/colorimetry.h>
#include <tonsure/error.h>

enum { TNS_DTP20_BANDS = 31, TNS_DTP20_SPECTRUM = 2 * TNS_DTP20_BANDS };

/* What CS answers; others pass. */
enum { TNS_DTP20_BUSY = 4, TNS_DTP20_TRIGGERED = 6, TNS_DTP20_MEASURED_BY_SWITCH = 7 };

/* "X-Rite DTP20 V1.05": what follows the name is the firmware. Else TNS_ERROR_NO_INSTRUMENT. */
bool tns_dtp20_read_version(const char *text, char firmware[40], tns_error *err);

/* "35.12 36.80 29.71", 0..100, D50 and 2 degrees as the driver sets it. */
bool tns_dtp20_read_xyz(const char *text, tns_xyz *out, tns_error *err);

/* 31 numbers of 16 bits, the high byte first, 400-700 nm; 65535 is 200 %. */
bool tns_dtp20_read_spectrum(const uint8_t bytes[TNS_DTP20_SPECTRUM], tns_spectrum *out,
                             tns_error *err);

/*
 * The bytes of a spectrum carry no checksum. Its Y must be that of the color which the instrument
 * gave of the same spot, within a quarter: TNS_ERROR_BAD_REPLY.
 */
bool tns_dtp20_agree(const tns_spectrum *spectrum, tns_xyz xyz, tns_error *err);

#endif
