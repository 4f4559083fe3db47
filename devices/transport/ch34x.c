/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The requests of WCH's CH340 and CH341, and of what imitates them. All go to the device. */
#include "devices/transport/lines.h"

enum {
    REQUEST_INIT = 0xA1,
    REQUEST_WRITE = 0x9A, /* two registers: value = their numbers, index = what goes in */
    REQUEST_MODEM = 0xA4,
    REGISTERS_BAUD = 0x1312,
    REGISTERS_BAUD_REST = 0x0F2C,
    REGISTERS_LINE = 0x2518,
    MODEM_DTR = 0x20, /* both are sent inverted */
    MODEM_RTS = 0x40,
    LINE_8_BITS = 0xC3, /* receiver and transmitter on */
    LINE_TWO_STOP = 0x04,
    LINE_PARITY = 0x08,
    LINE_EVEN = 0x10
};

static tns_line_request ask(uint8_t request, uint16_t value, uint16_t index)
{
    return (tns_line_request){
        .request = {.type = 0x40, .request = request, .value = value, .index = index}};
}

static size_t wake(uint8_t interface, tns_line_request out[TNS_LINE_REQUESTS_MAX])
{
    (void)interface;
    out[0] = ask(REQUEST_INIT, 0, 0);
    out[1] = ask(REQUEST_MODEM, (uint16_t) ~(MODEM_DTR | MODEM_RTS), 0);
    return 2;
}

/* The chip's clock over the rate, as what is missing to 2^16, with a divisor of 8 to the power 3-d.
 */
static unsigned rate(int baud, unsigned *divisor)
{
    unsigned long factor = 1532620800UL / (unsigned)baud;
    *divisor = 3;
    while (factor > 0xFFF0 && *divisor > 0) {
        factor >>= 3;
        --*divisor;
    }
    return (unsigned)(0x10000 - factor);
}

static size_t set(uint8_t interface, tns_line line, tns_line_request out[TNS_LINE_REQUESTS_MAX])
{
    (void)interface;
    if (line.rts_cts || line.baud < 50 || line.baud > 2000000)
        return 0;
    unsigned divisor, factor = rate(line.baud, &divisor);
    unsigned how = LINE_8_BITS | (line.stop_bits == 2 ? LINE_TWO_STOP : 0) |
                   (line.parity != 'N' ? LINE_PARITY : 0) | (line.parity == 'E' ? LINE_EVEN : 0);
    out[0] = ask(REQUEST_WRITE, REGISTERS_BAUD, (uint16_t)((factor & 0xFF00) | divisor));
    out[1] = ask(REQUEST_WRITE, REGISTERS_BAUD_REST, (uint16_t)(factor & 0xFF));
    out[2] = ask(REQUEST_WRITE, REGISTERS_LINE, (uint16_t)how);
    return 3;
}

const tns_line_kind tns_line_ch34x = {.wake = wake, .set = set};
