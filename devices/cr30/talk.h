/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The CR30's conversation: one frame there, one back, and the frames that come by themselves. */
#ifndef CR30_TALK_H
#define CR30_TALK_H

#include <tonsure/driver.h>

#include "devices/cr30/protocol.h"

/* The line and its halts. */
bool tns_cr30_prepare(tns_port *port, tns_error *err);

/*
 * Reads and forgets what waits, such as a press of the button. True where one with the cap on was
 * among it: that has set the white anew.
 */
bool tns_cr30_forget(tns_port *port);

/* A sound answer to a command; not of the trigger, which has one of its own. */
bool tns_cr30_ask(const tns_session *session, tns_cr30_command command, tns_cr30_frame *out,
                  tns_error *err);

/* A frame that comes by itself. *heard stays false when none does within the time. */
bool tns_cr30_hear(const tns_session *session, int timeout_ms, bool *heard, tns_cr30_frame *out,
                   tns_error *err);

/* The reading that the instrument keeps; nothing is measured. */
bool tns_cr30_read_kept(const tns_session *session, tns_spectrum *out, tns_error *err);

/*
 * Measures now; what waits must be forgotten before. With the cap on this sets the white, and gives
 * the tile's constant.
 */
bool tns_cr30_trigger(const tns_session *session, tns_spectrum *out, tns_error *err);

#endif
