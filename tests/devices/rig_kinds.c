/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drivers that have an emulator. */
#include "devices/rig.h"

extern const tns_driver tns_driver_colormunki;

const rig_kind rig_kinds[] = {
    {.label = "colormunki",
     .driver = &tns_driver_colormunki,
     .emulator = "colormunki",
     .on_setup = {[TNS_SETUP_DIAL_TILE] = "dial=2"},
     .to_measure = "dial=1",
     .tolerance = 0.002},
};
const int rig_kind_count = sizeof rig_kinds / sizeof *rig_kinds;
