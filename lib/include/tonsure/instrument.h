/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An instrument in use: opened on a port with its driver, calibrated step by step, read with
 * repeats. What comes out is a reading that has passed the checks below, or an error that names the
 * check.
 *
 * One thread at a time uses an instrument; distinct ones share nothing. Once a call has failed with
 * TNS_ERROR_GONE, all later ones do.
 */
#ifndef TONSURE_INSTRUMENT_H
#define TONSURE_INSTRUMENT_H

#include <tonsure/driver.h>

TNS_BEGIN_DECLS

typedef struct tns_instrument tns_instrument;

/*
 * Takes the port over, also when it fails (it is closed then). A calibration that was kept for
 * this driver and serial number in `folder` (NULL: none is read or kept) is loaded; one that is
 * broken is none, and a note says so. `context` may be NULL; it must outlive the instrument. The
 * driver's close is called after an open that failed too, but not where that says
 * TNS_ERROR_NO_INSTRUMENT: what is no such instrument is left alone. Close what is returned.
 */
TNS_API tns_instrument *tns_instrument_open(const tns_driver *driver, tns_port *port,
                                            const char *folder, const tns_context *context,
                                            tns_error *err);

/* NULL is taken. */
TNS_API void tns_instrument_close(tns_instrument *instrument);

/*
 * From now on nothing of it is kept in the folder, no calibration and no doubt of one; what was
 * loaded counts on. For finding out what a run would do: with the two calls named `try` below,
 * which are refused what the real ones would be before anything is read.
 */
TNS_API void tns_instrument_dry_run(tns_instrument *instrument);

/* Borrowed; valid while it is open. */
TNS_API const tns_driver *tns_instrument_driver(const tns_instrument *instrument);
TNS_API const tns_session *tns_instrument_session(const tns_instrument *instrument);

/* What a person should know of it: a kept calibration that could not be read, a coarse kind. */
TNS_API const tns_warnings *tns_instrument_notes(const tns_instrument *instrument);

/* ---- calibration ---- */

/*
 * TNS_NEED_ to be met before the next reading: asked for by the driver, too old (or never made,
 * where it has an age), or in doubt: the instrument was pulled out while in use, or has given a
 * reading that only a spoilt calibration gives.
 */
TNS_API bool tns_instrument_needs(tns_instrument *instrument, unsigned *needs, tns_error *err);

/*
 * The next step of a calibration (driver.h) for one of TNS_NEED_. When step->done, it is kept in
 * the folder; where that fails, it still holds until the instrument is closed.
 */
TNS_API bool tns_instrument_calibrate(tns_instrument *instrument, unsigned need, tns_step *step,
                                      tns_error *err);

/* Whether a calibration could be kept. */
TNS_API bool tns_instrument_try_keep(const tns_instrument *instrument, tns_error *err);

/* ---- events ---- */

/* Up to timeout_ms; TNS_ERROR_UNSUPPORTED where the instrument tells nothing. */
TNS_API bool tns_instrument_wait(tns_instrument *instrument, int timeout_ms, tns_event *out,
                                 tns_error *err);

/* ---- readings ---- */

typedef struct tns_measure_options {
    int repeats;      /* at least 1, at most TNS_REPEATS_MAX; 0 = 3 */
    bool by_button;   /* each repeat waits for the instrument's button */
    int button_s;     /* how long to wait for it; 0 = 25 */
    const char *site; /* may be NULL */
    tns_what what;    /* skin and an area of it: looks out for a pressed instrument */
    /* Told of each reading as it comes, numbered from 1: for a person who watches. May be NULL. */
    void (*each)(void *user, int number, const tns_color *color);
    void *user;
} tns_measure_options;

enum { TNS_REPEATS_MAX = 100 };

/*
 * Reads `repeats` times and gives the median, band by band, of those that agree; spread and number
 * set aside are in the reading's repeats, its uncertainty is from them and from what this kind of
 * instrument is trusted to. `options` may be NULL.
 *
 * Refused as TNS_ERROR_IMPLAUSIBLE, by name: a spectrum that is the one before it bit by bit; one
 * equal to the tile's constant (the cap is on); above 130 % (above 110 % warns) or below -2 %; no
 * light at all; repeats that do not agree. The first two put the calibration in doubt. Not
 * calibrated: TNS_ERROR_NOT_CALIBRATED.
 */
TNS_API bool tns_instrument_measure(tns_instrument *instrument, const tns_measure_options *options,
                                    tns_reading *out, tns_error *err);

/*
 * Whether such a measurement could begin: its repeats, what begins a reading, and what is due to be
 * calibrated, unless that would be done before (`calibrated`). Nothing is triggered.
 */
TNS_API bool tns_instrument_try_measure(tns_instrument *instrument,
                                        const tns_measure_options *options, bool calibrated,
                                        tns_error *err);

/*
 * A check against a surface that is read now and again (white paper, a tile): what has made the
 * white wrong shows here and nowhere else, since everything then reads too dark or too light alike.
 */
typedef struct tns_verification {
    tns_reading reading;
    bool first;          /* nothing was kept yet, or it was to be renewed: kept now */
    int64_t time;        /* of the one kept, seconds since 1970-01-01 UTC */
    tns_color reference; /* the one kept */
    double de00;         /* 0 when first */
    bool passed;         /* de00 at most TNS_VERIFY_DE00 */
} tns_verification;

#define TNS_VERIFY_DE00 1.0

/* Fails where none was read or the first not kept; a failed check puts calibration in doubt. */
TNS_API bool tns_instrument_verify(tns_instrument *instrument, const tns_measure_options *options,
                                   bool renew, tns_verification *out, tns_error *err);

/* Readings that the instrument has kept; TNS_ERROR_UNSUPPORTED where it keeps none. */
TNS_API bool tns_instrument_count_stored(tns_instrument *instrument, size_t *count, tns_error *err);
TNS_API bool tns_instrument_read_stored(tns_instrument *instrument, size_t index, tns_reading *out,
                                        tns_error *err);

/* 0..1; TNS_ERROR_UNSUPPORTED where it has none. */
TNS_API bool tns_instrument_battery(tns_instrument *instrument, double *level, tns_error *err);

/* ---- tonsure/calibration/1 ---- */

/* What is kept of an instrument from run to run, and whose it is. */
typedef struct tns_kept_calibration {
    char driver[24], serial[40], model[64];
    tns_calibration calibration;
    char doubt[120];        /* why it must be made anew; "" = it need not */
    int64_t reference_time; /* of the surface it is verified with; 0 = none was read */
    tns_color reference;
} tns_kept_calibration;

/* Of an instrument as it is now. */
TNS_API void tns_instrument_kept(const tns_instrument *instrument, tns_kept_calibration *out);

/* The record's text, to be freed with free(); NULL when out of memory. */
TNS_API char *tns_calibration_write(const tns_kept_calibration *kept);

/* Fails on a text that is no such record; `name` stands for its file in errors. */
TNS_API bool tns_calibration_parse(const char *text, size_t length, const char *name,
                                   tns_kept_calibration *out, tns_error *err);

TNS_END_DECLS

#endif
