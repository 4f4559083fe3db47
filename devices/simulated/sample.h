/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies under the simulated instrument. */
#ifndef DEVICES_SIMULATED_SAMPLE_H
#define DEVICES_SIMULATED_SAMPLE_H

#include <tonsure/error.h>
#include <tonsure/spectrum.h>

/* What goes wrong on purpose, so that software can be tried against it. */
typedef enum sim_trouble {
    SIM_NO_TROUBLE,
    SIM_SILENT,    /* no answer to any reading */
    SIM_UNPLUGGED, /* pulled out at the second reading */
    SIM_CAP_ON,    /* every reading is the tile's constant */
    SIM_PRESSED,   /* skin that loses its blood from reading to reading */
    SIM_UNSTEADY   /* every reading of another place */
} sim_trouble;

enum { SIM_PATCHES_MAX = 140 };

typedef struct sim_sample {
    tns_spectrum spectrum;
    tns_spectrum other; /* where trouble leads to, by and by */
    sim_trouble trouble;
    int patches; /* of a card: one after the other lies under it; 0 = no card */
    int each;    /* readings of a patch */
    tns_spectrum patch[SIM_PATCHES_MAX];
} sim_sample;

/*
 * By name: "hair-black", "hair-brown", "hair-blond", "skin-light", "skin-medium", "skin-dark",
 * "white"; a trouble's: "silent", "unplugged", "cap-on", "pressed", "unsteady"; else any TARGET:
 * "lab:38,3,6", a reading file, a spectral file. "" is "hair-brown". "card:CHART[,EACH[,FIRST]]":
 * the patches of a color chart, in its order from number FIRST (1), each for EACH readings (3).
 */
bool sim_sample_find(const char *name, sim_sample *out, tns_error *err);

/* What the cap's tile is stored as in the instrument. */
tns_spectrum sim_tile(void);

#endif
