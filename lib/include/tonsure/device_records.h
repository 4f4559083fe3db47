/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records of instruments, as in records.h: what is plugged in, whether all is well, an instrument's
 * check against a surface. Each `write` gives a text to be freed with free(), or NULL when out of
 * memory. The record of a calibration is in instrument.h.
 */
#ifndef TONSURE_DEVICE_RECORDS_H
#define TONSURE_DEVICE_RECORDS_H

#include <stddef.h>

#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/instrument.h>

TNS_BEGIN_DECLS

/* ---- tonsure/devices/1 ---- */

/* Something plugged in that may be an instrument, or the simulated one. */
typedef struct tns_device_record {
    char driver[24], model[64], serial[40];
    char path[128];                 /* "usb:1-1.4" */
    unsigned vendor_id, product_id; /* 0 = none */
    tns_capabilities capabilities;
    bool certain; /* false: a chip that many things share, not asked what it is */
    enum { TNS_DEVICE_OK, TNS_DEVICE_DENIED, TNS_DEVICE_BUSY } access;
    char holder[80]; /* who keeps it busy */
    bool asked;      /* it was opened, and says what it needs */
    unsigned needs;  /* TNS_NEED_ */
    char fault[200]; /* why it could not be asked; "" = it could, or was not tried */
} tns_device_record;

/* The order of the list is kept. */
TNS_API char *tns_devices_write(const tns_device_record *devices, size_t count);

/*
 * An array of *count (0 gives an array too), to be freed with free(). A record names few of the
 * capabilities: of others nothing is known, and step_nm is TNS_STEP_NM where spectra are given.
 */
TNS_API tns_device_record *tns_devices_parse(const char *text, size_t length, const char *name,
                                             size_t *count, tns_error *err);

/* ---- tonsure/doctor/1 ---- */

typedef struct tns_doctor_check {
    char name[24];                                                     /* "rules" */
    enum { TNS_DOCTOR_OK, TNS_DOCTOR_WRONG, TNS_DOCTOR_ABSENT } state; /* absent: not needed */
    char text[300];
    char fix[400]; /* what to do; "" = nothing */
} tns_doctor_check;

/* The order of the checks is kept. */
TNS_API char *tns_doctor_write(const tns_doctor_check *checks, size_t count);

/* An array of *count, to be freed with free(). */
TNS_API tns_doctor_check *tns_doctor_parse(const char *text, size_t length, const char *name,
                                           size_t *count, tns_error *err);

/* ---- tonsure/verification/1 ---- */

/* `failure` (may be NULL) becomes the member "error": the check was not passed. */
TNS_API char *tns_verification_write(const tns_verification *verification,
                                     const tns_error *failure);

/* The code of `failure` is TNS_OK where the check was passed. */
TNS_API bool tns_verification_parse(const char *text, size_t length, const char *name,
                                    tns_verification *out, tns_error *failure, tns_error *err);

TNS_END_DECLS

#endif
