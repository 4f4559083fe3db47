/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ports that need no libusb, and one that writes down what another does. */
#ifndef DEVICES_TRANSPORT_PORTS_H
#define DEVICES_TRANSPORT_PORTS_H

#include <stdio.h>

#include <tonsure/port.h>

bool tns_tty_open(const char *path, int hurry, tns_port *out, tns_error *err);

/*
 * Puts a recorder in front of a port, in place; `file` is borrowed. The form of a trace is told in
 * trace.h. False only for want of memory; the port is closed then.
 */
bool tns_trace_begin(tns_port *port, FILE *file, tns_error *err);

/*
 * The port of an instrument that is a program: `what` is all it knows, and stands in
 * identity.path. Its clock is the system's; it moves no bytes.
 */
bool tns_nowhere_open(const char *what, int hurry, tns_port *out, tns_error *err);

#endif
