/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A port to an emulated instrument in the same process. Its clock only moves when somebody waits:
 * hours of time-outs pass in a moment.
 */
#ifndef DEVICES_MODEL_PORT_H
#define DEVICES_MODEL_PORT_H

#include <tonsure/port.h>

#include "model.h"

/*
 * A port to the unit, which stays the caller's and must outlive it; the unit is started and plugged
 * in. `serial_line`: its bulk endpoints are a stream of bytes, as behind a kernel's tty.
 */
tns_port model_port_open(emu_unit *unit, bool serial_line);

#endif
