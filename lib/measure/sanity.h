/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a sample can be a reading at all. Each check has a name, which stands in the error. */
#ifndef MEASURE_SANITY_H
#define MEASURE_SANITY_H

#include <tonsure/driver.h>

typedef enum tns_check {
    TNS_CHECK_PASSED,
    TNS_CHECK_EMPTY,     /* neither spectrum nor color */
    TNS_CHECK_NUMBER,    /* something that is no number */
    TNS_CHECK_IDENTICAL, /* bit by bit the one before it */
    TNS_CHECK_CONSTANT,  /* what is handed out with the cap on */
    TNS_CHECK_DARK,      /* no light at all */
    TNS_CHECK_NEGATIVE,  /* below -2 % */
    TNS_CHECK_BRIGHT     /* above 130 % */
} tns_check;

/*
 * The first check that `sample` fails. `last` is the spectrum before it, NULL = there was none. A
 * sample above 110 % passes and gets a warning. What fails is described in `err`
 * (TNS_ERROR_IMPLAUSIBLE).
 */
tns_check tns_sample_check(tns_sample *sample, const tns_calibration *calibration,
                           const tns_spectrum *last, tns_error *err);

#endif
