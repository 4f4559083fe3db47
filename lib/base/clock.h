/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long something took. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

/* Of a clock that is never set, in seconds from no particular moment. */
double tns_seconds_now(void);

#endif
