/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an instrument in use remembers, shared by the files that make it up. */
#ifndef MEASURE_INSIDE_H
#define MEASURE_INSIDE_H

#include <tonsure/instrument.h>

struct tns_instrument {
    const tns_driver *driver;
    const tns_context *context;
    tns_port port;
    tns_session session;
    char *folder; /* NULL = nothing is kept */
    bool gone, dry_run;
    char doubt[120];        /* why the calibration must be made anew; "" = it need not */
    int64_t reference_time; /* 0 = no surface was read to verify with */
    tns_color reference;
    bool has_last;
    tns_spectrum last; /* the spectrum before, to find one that was handed out twice */
    tns_warnings notes;
};

/* ---- instrument.c ---- */

/* False, with an error, when it is gone already. */
bool tns_instrument_ready(const tns_instrument *instrument, tns_error *err);

/*
 * Ends what went wrong in the driver: `why` with the instrument's name before it becomes `err`. An
 * instrument that is gone is remembered as such, and its calibration doubted. Gives false.
 */
bool tns_instrument_failed(tns_instrument *instrument, const tns_error *why, tns_error *err);

/* "no such function": TNS_ERROR_UNSUPPORTED; false. */
bool tns_instrument_cannot(const tns_instrument *instrument, const char *what, tns_error *err);

/* Of an instrument of low confidence: that it is. */
void tns_warn_if_coarse(const tns_instrument *instrument, tns_warnings *warnings);

/* ---- kept.c ---- */

/* Takes what was kept over into the instrument; what cannot be read becomes a note. */
void tns_kept_load(tns_instrument *instrument);
/* Writes it, all or nothing; nothing without a folder, nor in a dry run. */
bool tns_kept_save(const tns_instrument *instrument, tns_error *err);

/* ---- doubt.c ---- */

/* The calibration must be made anew, and that is kept; nothing for an instrument that has none. */
void tns_calibration_doubt(tns_instrument *instrument, const char *why);

/* A white that the driver has found lost, by setting its time to 0, is doubted from now on. */
void tns_calibration_notice(tns_instrument *instrument, int64_t white_time_before);

/* ---- calibration.c ---- */

/* TNS_ERROR_NOT_CALIBRATED where something is due. */
bool tns_calibration_check(tns_instrument *instrument, tns_error *err);

/* ---- one.c ---- */

typedef enum tns_trigger { TNS_BY_HOST, TNS_BY_BUTTON } tns_trigger;

/* TNS_ERROR_UNSUPPORTED where a reading cannot be begun like that. */
bool tns_trigger_check(const tns_instrument *instrument, tns_trigger trigger, tns_error *err);

/* One sample that has passed the checks, and its color: D65/10 where it has a spectrum. */
bool tns_sample_take(tns_instrument *instrument, tns_trigger trigger, int button_s, tns_sample *out,
                     tns_color *color, tns_error *err);

/* The color that a sample is judged by: D65/10 where it has a spectrum, else its own. */
tns_color tns_sample_color(const tns_sample *sample);

/* What every reading of this instrument says of where it comes from. */
tns_reading tns_reading_from(const tns_instrument *instrument, const char *site, tns_what what);

#endif
