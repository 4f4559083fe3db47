/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EMULATORS_MODELS_H
#define EMULATORS_MODELS_H

#include "model.h"

extern const emu_kind emu_colorhug;
extern const emu_kind emu_colorhug2;
extern const emu_kind emu_colormunki;
extern const emu_kind emu_cr30;
extern const emu_kind emu_dtp20;
extern const emu_kind emu_echo; /* no instrument: tries the hosts and the faults */
extern const emu_kind emu_i1studio;
extern const emu_kind emu_konica;
extern const emu_kind emu_spyderprint;

#endif
