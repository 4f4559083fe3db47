/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Packets of the Datacolor Spyder3Print and SpyderPRINT, bytes <-> values. Pure. A command is
 * sequence number, length of all, command, arguments; a reply is the sequence number again, its
 * length, a status, data. Integers are big-endian.
 */
#ifndef SPYDERPRINT_PROTOCOL_H
#define SPYDERPRINT_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/colorimetry.h>
#include <tonsure/error.h>

enum {
    TNS_SPYDER_SELF_TEST = 0x02,
    TNS_SPYDER_SOFT_RESET = 0x04,
    TNS_SPYDER_MEASURE = 0x0A,
    TNS_SPYDER_CALIBRATE = 0x12,
    TNS_SPYDER_READ_MEMORY = 0x16
};

enum {
    TNS_SPYDER_PACKET = 8,
    TNS_SPYDER_REPLY_HEAD = 3,
    TNS_SPYDER_DATA_MAX = 32,
    TNS_SPYDER_LAB_SIZE = 12,
    TNS_SPYDER_SELF_TEST_SIZE = 4,
    TNS_SPYDER_SERIAL_ADDRESS = 0x000D,
    TNS_SPYDER_SERIAL_SIZE = 4,
    TNS_SPYDER_BUTTON = 0xFA
};

/* A command of up to five bytes of arguments; its length. */
size_t tns_spyder_put(uint8_t sequence, uint8_t command, const uint8_t *arguments, size_t count,
                      uint8_t out[TNS_SPYDER_PACKET]);
size_t tns_spyder_put_read(uint8_t sequence, uint16_t address, uint16_t count,
                           uint8_t out[TNS_SPYDER_PACKET]);

/* How long a reply says that it is, from its first packet; false where that makes no sense. */
bool tns_spyder_get_length(const uint8_t *bytes, size_t count, size_t *length, tns_error *err);

/* The data of a whole reply to command `sequence`: exactly `size` bytes of it. */
bool tns_spyder_get_reply(const uint8_t *bytes, size_t count, uint8_t sequence, uint8_t *data,
                          size_t size, tns_error *err);

uint32_t tns_spyder_get_serial(const uint8_t data[TNS_SPYDER_SERIAL_SIZE]);

/* Three signed numbers of 16 bits and 16 bits of fraction. */
bool tns_spyder_get_lab(const uint8_t data[TNS_SPYDER_LAB_SIZE], tns_lab *out, tns_error *err);

#endif
