/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The requests of USB's own serial lines: class CDC, PSTN subclass 1.2, sections 6.3.10 to 6.3.12.
 */
#include "devices/transport/lines.h"

enum {
    SET_LINE_CODING = 0x20,
    SET_CONTROL_LINE_STATE = 0x22,
    DTR_AND_RTS = 3,
    TO_INTERFACE = 0x21
};

/* Many instruments send nothing before they see DTR. */
static size_t wake(uint8_t interface, tns_line_request out[TNS_LINE_REQUESTS_MAX])
{
    out[0] = (tns_line_request){
        .request = {TO_INTERFACE, SET_CONTROL_LINE_STATE, DTR_AND_RTS, interface}};
    return 1;
}

/* Handshake by RTS and CTS has no request: USB itself holds back what the other cannot take. */
static size_t set(uint8_t interface, tns_line line, tns_line_request out[TNS_LINE_REQUESTS_MAX])
{
    if (line.baud < 1)
        return 0;
    out[0] =
        (tns_line_request){.request = {TO_INTERFACE, SET_LINE_CODING, 0, interface}, .length = 7};
    for (int i = 0; i < 4; i++)
        out[0].data[i] = (uint8_t)((unsigned)line.baud >> 8 * i);
    out[0].data[4] = line.stop_bits == 2 ? 2 : 0;
    out[0].data[5] = line.parity == 'O' ? 1 : line.parity == 'E' ? 2 : 0;
    out[0].data[6] = 8;
    return 1;
}

const tns_line_kind tns_line_cdc = {.wake = wake, .set = set};
