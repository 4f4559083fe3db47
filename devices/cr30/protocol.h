/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CHN Spec CR30: frames of 60 bytes <-> what they say. Pure.
 *
 * A reply is the request, edited in place by the instrument: its first three bytes come back, and
 * so does all that the instrument did not write. A command that it does not know comes back whole,
 * so a reply alone proves nothing: what stands in it must be looked at.
 */
#ifndef CR30_PROTOCOL_H
#define CR30_PROTOCOL_H

#include <stdbool.h>
#include <stdint.h>

#include <tonsure/error.h>
#include <tonsure/spectrum.h>

enum { TNS_CR30_FRAME = 60, TNS_CR30_BANDS = 31, TNS_CR30_CHUNK_BANDS = 12, TNS_CR30_CHUNKS = 3 };

/*
 * All that is ever sent. Calibration writes sit among the numbers beside these, so there is no way
 * to send any other.
 */
typedef enum tns_cr30_command {
    TNS_CR30_IDENTITY, /* serial number and model */
    TNS_CR30_VERSION,
    TNS_CR30_BUILD,
    TNS_CR30_TRIGGER, /* measures; with the cap on it calibrates the white. Answer: a header */
    TNS_CR30_CHUNK_0, /* of the reading that is kept: bands 0-11, then 12-23, then 24-30 */
    TNS_CR30_CHUNK_1,
    TNS_CR30_CHUNK_2
} tns_cr30_command;

typedef struct tns_cr30_frame {
    uint8_t byte[TNS_CR30_FRAME];
} tns_cr30_frame;

/* What the head of a reading says. */
typedef struct tns_cr30_header {
    bool by_button; /* else the answer to a trigger */
    bool cap_on;    /* told by the button's header only */
} tns_cr30_header;

tns_cr30_frame tns_cr30_request(tns_cr30_command command);

/* The checksum is right: TNS_ERROR_BAD_CHECKSUM. */
bool tns_cr30_is_sound(const tns_cr30_frame *frame, tns_error *err);

/*
 * The frame answers this command (not the trigger), and is more than its echo:
 * TNS_ERROR_BAD_REPLY.
 */
bool tns_cr30_answers(tns_cr30_command command, const tns_cr30_frame *frame, tns_error *err);

/* A CR30 says that it is one: TNS_ERROR_NO_INSTRUMENT. Its serial number may be "". */
bool tns_cr30_read_identity(const tns_cr30_frame *frame, char serial[40], tns_error *err);

/* "V11.3." or "V11.3. (0.0.20231219)". */
void tns_cr30_read_firmware(const tns_cr30_frame *version, const tns_cr30_frame *build,
                            char firmware[40]);

/* A header of 31 bands from 400 nm by 10 nm, no other: TNS_ERROR_BAD_REPLY. */
bool tns_cr30_read_header(const tns_cr30_frame *frame, tns_cr30_header *out, tns_error *err);

/* The bands of chunk 0, 1 or 2 into their place, in percent. */
bool tns_cr30_read_chunk(const tns_cr30_frame *frame, int chunk, double percent[TNS_CR30_BANDS],
                         tns_error *err);

/* On the grid, marked as of 8 channels: the unit's own 31 bands are made from as many. */
bool tns_cr30_spectrum(const double percent[TNS_CR30_BANDS], tns_spectrum *out, tns_error *err);

#endif
