/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault.h"

typedef enum argument { NONE, MAY, NUMBER, HEX } argument;

static const struct fault_name {
    const char *name;
    emu_fault_kind kind;
    argument argument;
    int64_t otherwise; /* of an argument that may be left out */
} names[] = {
    {"timeout", EMU_FAULT_TIMEOUT, NONE, 0}, {"nak", EMU_FAULT_NAK, NONE, 0},
    {"delay", EMU_FAULT_DELAY, NUMBER, 0},   {"dup", EMU_FAULT_DUP, NONE, 0},
    {"stall", EMU_FAULT_STALL, NONE, 0},     {"stallout", EMU_FAULT_STALLOUT, NONE, 0},
    {"short", EMU_FAULT_SHORT, NUMBER, 0},   {"garbage", EMU_FAULT_GARBAGE, NONE, 0},
    {"error", EMU_FAULT_ERROR, NUMBER, 0},   {"wrongcmd", EMU_FAULT_WRONGCMD, NONE, 0},
    {"payload", EMU_FAULT_PAYLOAD, HEX, 0},  {"overflow", EMU_FAULT_OVERFLOW, NONE, 0},
    {"proto", EMU_FAULT_PROTO, NONE, 0},     {"unplug", EMU_FAULT_UNPLUG, MAY, 5},
    {"busy", EMU_FAULT_BUSY, NONE, 0},
};

static const struct fault_name *name_of(const char *text, size_t n)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == n && strncmp(names[i].name, text, n) == 0)
            return &names[i];
    return NULL;
}

/* A number up to `end` or the end of the text; 0x.. too. */
static bool whole_number(const char *text, const char *end, int64_t *out)
{
    char *stop;
    errno = 0;
    *out = strtoll(text, &stop, 0);
    return !errno && stop == end && stop != text && *out >= 0;
}

bool emu_address_parse(const char *text, emu_address *out)
{
    const char *end = text + strlen(text), *hash = strchr(text, '#');
    int64_t number;
    *out = (emu_address){.command = EMU_NO_COMMAND};
    if (hash) {
        if (!whole_number(hash + 1, end, &number) || number < 1 || number > INT32_MAX)
            return false;
        out->nth = (int)number;
        end = hash;
    }
    if (text == end)
        return hash != NULL || *text == '\0';
    if (*text != '@' || !whole_number(text + 1, end, &number) || number > 0xFFFF)
        return false;
    out->command = (int)number;
    return true;
}

bool emu_address_hits(emu_address *at, int command)
{
    if (at->command != EMU_NO_COMMAND && at->command != command)
        return false;
    at->seen++;
    return at->nth == 0 || at->nth == at->seen;
}

static int nibble(char c)
{
    return isdigit((unsigned char)c)    ? c - '0'
           : isxdigit((unsigned char)c) ? (c | 32) - 'a' + 10
                                        : -1;
}

static bool hex_bytes(const char *text, size_t n, emu_fault_rule *out)
{
    if (n == 0 || n % 2 || n / 2 > EMU_PAYLOAD_MAX)
        return false;
    for (size_t i = 0; i < n; i += 2) {
        int high = nibble(text[i]), low = nibble(text[i + 1]);
        if (high < 0 || low < 0)
            return false;
        out->payload[i / 2] = (uint8_t)(high << 4 | low);
    }
    out->payload_size = n / 2;
    return true;
}

static bool parse_argument(const struct fault_name *name, const char *text, const char *end,
                           emu_fault_rule *out)
{
    out->number = name->otherwise;
    if (*text != '=')
        return name->argument == NONE || name->argument == MAY;
    switch (name->argument) {
    case NONE:
        return false;
    case HEX:
        return hex_bytes(text + 1, (size_t)(end - text - 1), out);
    case MAY:
    case NUMBER:
        return whole_number(text + 1, end, &out->number);
    }
    return false;
}

/* Whether the model's replies have the part that the fault changes. */
static bool is_possible(emu_fault_kind kind, const emu_layout *layout)
{
    return !((kind == EMU_FAULT_ERROR && layout->error < 0) ||
             (kind == EMU_FAULT_WRONGCMD && layout->command < 0) ||
             (kind == EMU_FAULT_PAYLOAD && layout->payload < 0));
}

bool emu_fault_parse(const char *text, const emu_layout *layout, emu_fault_rule *out,
                     char why[EMU_TEXT_SIZE])
{
    const char *where = text + strcspn(text, "@#");
    size_t length = strcspn(text, "=@#");
    const struct fault_name *name = name_of(text, length);
    *out = (emu_fault_rule){.number = 0};
    if (!name || !parse_argument(name, text + length, where, out) ||
        !emu_address_parse(where, &out->at)) {
        snprintf(why, EMU_TEXT_SIZE, "%.100s: expected KIND[=ARG][@CMD][#N]", text);
        return false;
    }
    out->kind = name->kind;
    if (!is_possible(out->kind, layout)) {
        snprintf(why, EMU_TEXT_SIZE, "%.100s: this model's replies have no such part", text);
        return false;
    }
    return true;
}
