/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KONICA_FIND_H
#define KONICA_FIND_H

#include "devices/okline/okline.h"

/*
 * Asks who is there (IDR) at each speed that a model of the table has; the answer, and the line at
 * the speed where it came. What cannot be understood at any of them is the first speed's error.
 */
bool tns_konica_find(tns_okline *line, tns_port *port, tns_okline_reply *out, tns_error *err);

#endif
