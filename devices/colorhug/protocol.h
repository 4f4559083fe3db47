/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Frames of the ColorHug and ColorHug2, bytes <-> values. Pure. A command is its number, then
 * arguments, filled up to 64 bytes; a reply is an error number, the command again, data. Integers
 * are little-endian; fractions have 16 bits before and 16 behind the point, with a sign.
 */
#ifndef COLORHUG_PROTOCOL_H
#define COLORHUG_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/colorimetry.h>
#include <tonsure/error.h>

enum {
    TNS_HUG_SET_MULTIPLIER = 0x04, /* of the first ColorHug only, as the next */
    TNS_HUG_SET_INTEGRAL = 0x06,
    TNS_HUG_FIRMWARE = 0x07,
    TNS_HUG_SERIAL = 0x0B,
    TNS_HUG_TAKE_XYZ = 0x23,
    TNS_HUG_HARDWARE = 0x30
};

enum { TNS_HUG_FRAME = 64, TNS_HUG_HEAD = 2, TNS_HUG_ARGUMENTS_MAX = 4 };

/* Kinds of hardware that TNS_HUG_HARDWARE tells. */
enum { TNS_HUG_COLORHUG = 1, TNS_HUG_COLORHUG2 = 2 };

typedef struct tns_hug_firmware {
    unsigned major, minor, micro;
} tns_hug_firmware;

void tns_hug_put(uint8_t command, const uint8_t *arguments, size_t count,
                 uint8_t out[TNS_HUG_FRAME]);

/* `size` bytes of data behind the head of a reply to `command`; borrowed. NULL: refused. */
const uint8_t *tns_hug_get_reply(const uint8_t *bytes, size_t count, uint8_t command, size_t size,
                                 tns_error *err);

tns_hug_firmware tns_hug_get_firmware(const uint8_t data[6]);
uint32_t tns_hug_get_serial(const uint8_t data[4]);

/* Three fractions; light, so none may be far below 0. */
bool tns_hug_get_xyz(const uint8_t data[12], tns_xyz *out, tns_error *err);

/* What an error number means; "" = not known. */
const char *tns_hug_error_text(uint8_t number);

#endif
