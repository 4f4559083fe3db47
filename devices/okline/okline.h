/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The conversation in OK/ER lines (protocol.h): a command with CR LF there, lines back, however the
 * bytes of those are cut and whether they end with CR, LF or both.
 */
#ifndef OKLINE_OKLINE_H
#define OKLINE_OKLINE_H

#include <tonsure/port.h>

#include "devices/okline/protocol.h"

typedef struct tns_okline {
    tns_port *port;
    size_t have; /* bytes that came behind the last line */
    char waiting[TNS_OKLINE_TEXT];
} tns_okline;

/* Sets the line and forgets what was left unread. */
bool tns_okline_init(tns_okline *line, tns_port *port, tns_line settings, tns_error *err);

void tns_okline_forget(tns_okline *line);

bool tns_okline_send(tns_okline *line, const char *command, tns_error *err);

/*
 * The next line that is not empty, within the time. None at all is TNS_ERROR_TIMEOUT, one without
 * end TNS_ERROR_SHORT_REPLY.
 */
bool tns_okline_receive(tns_okline *line, int timeout_ms, tns_okline_reply *out, tns_error *err);

/* Both; whatever was left over from before is forgotten first. ERnn is an answer. */
bool tns_okline_ask(tns_okline *line, const char *command, int timeout_ms, tns_okline_reply *out,
                    tns_error *err);

#endif
