/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The conversation in RCI (protocol.h), over either carrier: USB (commands by a control request,
 * answers on endpoint 81) or a serial line. The port's identity tells which.
 */
#ifndef RCI_RCI_H
#define RCI_RCI_H

#include <tonsure/port.h>

#include "devices/rci/protocol.h"

typedef struct tns_rci {
    tns_port *port;
    size_t packet; /* an answer is read in units of this */
    bool doubtful; /* an answer may be left over, and is drained before the next command */
} tns_rci;

/* The line's settings (9600 8N1) or the endpoint's halt, and what was left unread. */
bool tns_rci_init(tns_rci *rci, tns_port *port, tns_error *err);

/* Reads and forgets an answer that may be left over. */
void tns_rci_finish(tns_rci *rci);

/* Sends a command (without its CR) and reads the answer. A fault's status is cleared, and named. */
bool tns_rci_ask(tns_rci *rci, const char *command, int timeout_ms, tns_rci_reply *out,
                 tns_error *err);

/* A command that is answered by its status alone. */
bool tns_rci_tell(tns_rci *rci, const char *command, int timeout_ms, tns_error *err);

/*
 * A command whose answer is not relied upon. Fails only when the instrument is gone, or was
 * never there.
 */
bool tns_rci_nudge(tns_rci *rci, const char *command, int timeout_ms, tns_error *err);

/* A command that is answered by so many bytes and no status; or, when it fails, by a status. */
bool tns_rci_ask_bytes(tns_rci *rci, const char *command, uint8_t *bytes, size_t count,
                       int timeout_ms, tns_error *err);

#endif
