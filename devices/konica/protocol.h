/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Konica Minolta's spectrophotometers, a row each, and what their answers say. Pure. */
#ifndef KONICA_PROTOCOL_H
#define KONICA_PROTOCOL_H

#include <tonsure/driver.h>

#include "devices/okline/protocol.h"

enum { TNS_KONICA_BANDS_MAX = 39 };

/* What models have in common. */
typedef struct tns_konica_family {
    tns_line line;
    double from_nm, to_nm; /* by 10 nm */
    int bands;
    double unit;      /* what a value is divided by to be a reflectance factor */
    const char *zero; /* its command for a zero calibration */
    bool polls;       /* a measurement is begun, waited for and then asked for */
    bool has_mask;    /* the aperture is set by the host, to agree with the mask */
} tns_konica_family;

typedef struct tns_konica_model {
    int type; /* as IDR tells it */
    const char *name;
    const tns_konica_family *family;
} tns_konica_model;

/* Its families, in the order in which a line is tried for them. */
const tns_konica_family *tns_konica_families(size_t *count);

/*
 * What IDR says. An unknown type is TNS_ERROR_NO_INSTRUMENT, another axis than the model's
 * TNS_ERROR_BAD_REPLY.
 */
bool tns_konica_identify(const tns_okline_reply *reply, const tns_konica_model **model,
                         char serial[40], char firmware[40], tns_error *err);

/* What CPR says of aperture and specular light; both stay unknown where it is not understood. */
void tns_konica_conditions(const tns_okline_reply *reply, double *aperture_mm,
                           tns_specular *specular);

/* By the state of calibration in STR; a missing user's calibration is of no use here. */
bool tns_konica_missing(const tns_okline_reply *status, bool *zero, bool *white, tns_error *err);

bool tns_konica_spectrum(const tns_konica_family *family, const tns_okline_reply *reply,
                         tns_spectrum *out, tns_error *err);

#endif
