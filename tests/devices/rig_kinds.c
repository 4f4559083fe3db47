/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drivers that have an emulator. */
#include "devices/rig.h"

extern const tns_driver tns_driver_colorhug, tns_driver_colormunki, tns_driver_cr30;
extern const tns_driver tns_driver_dtp20, tns_driver_konica, tns_driver_spyderprint;

const rig_kind rig_kinds[] = {
    {.label = "colorhug",
     .driver = &tns_driver_colorhug,
     .emulator = "colorhug2",
     .on_setup = {[TNS_SETUP_ON_TILE] = "sample=gray:0.9"},
     .to_measure = "sample=skin",
     .tolerance = 0.02}, /* of fractions of 16 bits, near black */
    {.label = "colormunki",
     .driver = &tns_driver_colormunki,
     .emulator = "colormunki",
     .on_setup = {[TNS_SETUP_DIAL_TILE] = "dial=2"},
     .to_measure = "dial=1",
     .tolerance = 0.005}, /* the lamp drifts; 0.002 without noise is asked */
    {.label = "i1studio",
     .driver = &tns_driver_colormunki,
     .emulator = "i1studio",
     .as_another = true,
     .on_setup = {[TNS_SETUP_DIAL_TILE] = "dial=2"},
     .to_measure = "dial=1",
     .tolerance = 0.005},
    {.label = "cr30",
     .driver = &tns_driver_cr30,
     .emulator = "cr30",
     .serial_line = true,
     .on_setup = {[TNS_SETUP_CAP_ON] = "magnet=1", [TNS_SETUP_CAP_OFF] = "magnet=0"},
     .to_measure = "magnet=0",
     .tolerance = 1e-6},
    {.label = "dtp20",
     .driver = &tns_driver_dtp20,
     .emulator = "dtp20",
     .on_setup = {[TNS_SETUP_ON_TILE] = "sample=white"},
     .to_measure = "sample=skin",
     .tolerance = 2e-5}, /* of the steps that it sends: 200 % / 65535 */
    {.label = "konica",
     .driver = &tns_driver_konica,
     .emulator = "konica",
     .serial_line = true,
     .on_setup = {[TNS_SETUP_ON_TILE] = "sample=white", [TNS_SETUP_OPEN_AIR] = "sample=black"},
     .to_measure = "sample=skin",
     .tolerance = 1e-4},
    {.label = "konica-2600d",
     .driver = &tns_driver_konica,
     .emulator = "konica",
     .option = "model=2600d",
     .serial_line = true,
     .on_setup = {[TNS_SETUP_ON_TILE] = "sample=white", [TNS_SETUP_OPEN_AIR] = "sample=black"},
     .to_measure = "sample=skin",
     .tolerance = 1e-4},
    /* Its tile is taken to be of L* 95. */
    {.label = "spyderprint",
     .driver = &tns_driver_spyderprint,
     .emulator = "spyderprint",
     .on_setup = {[TNS_SETUP_ON_TILE] = "sample=gray:0.876183"},
     .to_measure = "sample=skin",
     .tolerance = 1e-3}, /* of L*a*b*, which it sends in steps of 1/65536 */
};
const int rig_kind_count = sizeof rig_kinds / sizeof *rig_kinds;
