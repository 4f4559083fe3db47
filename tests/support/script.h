/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A port that plays a script in a driver's test: what must be asked, turn by turn, and what is
 * answered, with a fault at any of them. Its clock is virtual: nothing is waited for.
 */
#ifndef SUPPORT_SCRIPT_H
#define SUPPORT_SCRIPT_H

#include <tonsure/driver.h>

typedef enum script_fault {
    SCRIPT_GOOD,
    SCRIPT_SILENT,       /* nothing comes */
    SCRIPT_LATE,         /* comes after LATE_MS */
    SCRIPT_STALL,        /* the read is refused */
    SCRIPT_GONE,         /* unplugged: the request fails, and all that follows */
    SCRIPT_GONE_HALFWAY, /* half of the answer, then unplugged */
    SCRIPT_CUT,          /* the last byte is missing */
    SCRIPT_LONG,         /* a byte too many */
    SCRIPT_GARBLED,      /* every byte is inverted */
    SCRIPT_DAMAGED,      /* one bit in the middle is wrong */
    SCRIPT_STALE,        /* the answer to the request before comes again */
    SCRIPT_HALVES,       /* in two transfers */
    SCRIPT_TRICKLE,      /* byte by byte */
    SCRIPT_DRIBBLE       /* byte by byte, each after GAP_MS */
} script_fault;

enum { SCRIPT_LATE_MS = 40000, SCRIPT_GAP_MS = 900, SCRIPT_TURNS = 512 };

typedef struct script script;

/* The port's identity may be filled in between; it is closed before the script is freed. */
script *script_create(void);
void script_free(script *s);
tns_port script_port(script *s);

/* The next turn; a request of no bytes is an answer that comes by itself. */
void script_bytes(script *s, const void *request, size_t request_length, const void *reply,
                  size_t reply_length);
void script_text(script *s, const char *request, const char *reply);

/* The turn that was added last is played `times` times, or answered after a while. */
void script_repeat(script *s, int times);
void script_delay(script *s, int delay_ms);

/* Number of turns there are; and the fault of one of them. */
size_t script_count(const script *s);
void script_fail(script *s, size_t turn, script_fault fault);

/* "" while all that was asked stood in the script; else what was asked in which turn. */
const char *script_wrong(const script *s);
size_t script_played(const script *s); /* turns that were played */
int64_t script_now_ms(const script *s);
int script_halts_cleared(const script *s);
tns_line script_line(const script *s); /* as last set; baud 0 = never */

/* A session on the script's port as what is above a driver makes it, not yet open. */
void script_session(script *s, const tns_driver *driver, tns_port *port, tns_session *out);
void script_session_end(const tns_driver *driver, tns_session *session); /* closes it */

#endif
