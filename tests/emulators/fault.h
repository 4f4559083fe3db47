/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What goes wrong with an emulated instrument, on order: KIND[=ARG][@CMD][#N] = at command CMD (any
 * without it), the Nth time it is seen (every time without N).
 *
 *   timeout       request taken, no reply           short=N      N bytes of the reply (0: empty)
 *   nak           request never taken               garbage      random bytes, length as it was
 *   delay=MS      late reply                        error=CODE   the instrument's own error byte
 *   dup           the reply twice                   wrongcmd     reply to another command
 *   stall         IN halted (EP0: refused)          payload=HEX  these bytes as the payload
 *   stallout      the request itself refused        overflow     more than the buffer holds
 *   unplug[=MS]   pulled out MS (5) after           proto        a bus error
 *   busy          the interface cannot be claimed
 */
#ifndef EMULATORS_FAULT_H
#define EMULATORS_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model.h"

typedef enum emu_fault_kind {
    EMU_FAULT_TIMEOUT,
    EMU_FAULT_NAK,
    EMU_FAULT_DELAY,
    EMU_FAULT_DUP,
    EMU_FAULT_STALL,
    EMU_FAULT_STALLOUT,
    EMU_FAULT_SHORT,
    EMU_FAULT_GARBAGE,
    EMU_FAULT_ERROR,
    EMU_FAULT_WRONGCMD,
    EMU_FAULT_PAYLOAD,
    EMU_FAULT_OVERFLOW,
    EMU_FAULT_PROTO,
    EMU_FAULT_UNPLUG,
    EMU_FAULT_BUSY
} emu_fault_kind;

/* A command, and which time it is seen; counts up as it is. */
typedef struct emu_address {
    int command; /* EMU_NO_COMMAND: any */
    int nth;     /* 0: every time */
    int seen;
} emu_address;

enum { EMU_PAYLOAD_MAX = 128 };

typedef struct emu_fault_rule {
    emu_fault_kind kind;
    int64_t number; /* delay, length, code */
    uint8_t payload[EMU_PAYLOAD_MAX];
    size_t payload_size;
    emu_address at;
    bool strikes; /* hits the request being handled */
} emu_fault_rule;

/* Reads "[@CMD][#N]" (text starts at the @ or # or is empty). */
bool emu_address_parse(const char *text, emu_address *out);
/* One request with that command was seen: whether the address means this one. */
bool emu_address_hits(emu_address *at, int command);

bool emu_fault_parse(const char *text, const emu_layout *layout, emu_fault_rule *out,
                     char why[EMU_TEXT_SIZE]);

#endif
