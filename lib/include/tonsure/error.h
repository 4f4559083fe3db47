/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Errors: the caller owns a tns_error, and a function that can fail fills it last.
 *
 * A function that can fail returns bool (true = done) or a pointer (NULL = failed). The text names
 * what, where and what was found: "mars.json: pigments[3].K: expected 36 numbers, found 35". `err`
 * may be NULL. The library never prints, keeps a global of the last error, or exits.
 */
#ifndef TONSURE_ERROR_H
#define TONSURE_ERROR_H

#include <stdbool.h>

#include <tonsure/export.h>

TNS_BEGIN_DECLS

/* The meaning of a code never changes; docs/errors.md has the list with examples. */
typedef enum tns_code {
    TNS_OK = 0,
    TNS_ERROR_USAGE,         /* "usage": the request contradicts itself or the contract */
    TNS_ERROR_NOT_FOUND,     /* "not-found": no such file */
    TNS_ERROR_IO,            /* "io": reading or writing failed */
    TNS_ERROR_FORMAT,        /* "format": a file's content is broken */
    TNS_ERROR_UNSUPPORTED,   /* "unsupported": sound, but of a kind that is not read */
    TNS_ERROR_RANGE,         /* "range": a number outside reason */
    TNS_ERROR_MEMORY,        /* "memory": no memory, or more than a limit allows */
    TNS_ERROR_NUMERIC,       /* "numeric": a computation did not converge */
    TNS_ERROR_CANCELLED,     /* "cancelled": the context asked to stop */
    TNS_ERROR_CHART_REFUSED, /* "chart-refused": no chart that could be trusted */
    TNS_ERROR_NO_RECIPE,     /* "no-recipe": no recipe satisfies the request */
    TNS_ERROR_TOLERANCE, /* "not-within-tolerance": the best recipe misses a required tolerance */
    TNS_ERROR_WRONG_INK, /* "wrong-ink": what was read is not of the inks it is said to be of */
    TNS_ERROR_OUT_OF_REACH, /* "out-of-reach": no dots make an area look as asked for */

    /* Of instruments. */
    TNS_ERROR_NO_INSTRUMENT,  /* "no-instrument": none is plugged in, or it is another one */
    TNS_ERROR_PERMISSION,     /* "no-permission": the system does not let this user open it */
    TNS_ERROR_BUSY,           /* "busy": another program holds it */
    TNS_ERROR_NOT_CALIBRATED, /* "not-calibrated": calibrate first */
    TNS_ERROR_SETUP,          /* "setup": the user must do something first: dial, cap, tile */
    TNS_ERROR_TIMEOUT,        /* "timeout": no answer in time */
    TNS_ERROR_SHORT_REPLY,    /* "short-reply": fewer or more bytes than due */
    TNS_ERROR_BAD_CHECKSUM,   /* "bad-checksum": bytes were damaged on their way */
    TNS_ERROR_BAD_REPLY,      /* "bad-reply": an answer that makes no sense */
    TNS_ERROR_STALL,          /* "stall": the instrument refuses the request */
    TNS_ERROR_GONE,           /* "gone": unplugged */
    TNS_ERROR_INSTRUMENT,     /* "instrument": it reports a fault of its own: lamp, battery */
    TNS_ERROR_IMPLAUSIBLE,    /* "implausible": a reading that cannot be right */

    /* Of the shelf. */
    TNS_ERROR_EXPIRED,     /* "expired": past its last good day */
    TNS_ERROR_QUARANTINED, /* "quarantined": its lot is set aside */
    TNS_ERROR_RECALLED,    /* "recalled": its lot is recalled */
    TNS_ERROR_NOT_STERILE, /* "not-sterile": a diluent that was not received as sterile */
    TNS_ERROR_NOT_ENOUGH,  /* "not-enough": less is on hand than was asked for */
    TNS_ERROR_CONFLICT,    /* "conflict": what the ledger holds does not allow it */
    TNS_ERROR_TAMPERED,    /* "tampered": the ledger was changed by other means */
    TNS_ERROR_ALLERGEN, /* "allergen": the client must not have what is in it, or it is not known */
    TNS_ERROR_NO_SUCH   /* "no-such": the store has no product, bottle, client, .. of that name */
} tns_code;

typedef struct tns_error {
    tns_code code;
    char text[512]; /* one line, UTF-8, no trailing full stop or newline */
} tns_error;

/* The word that stands in records as error.code, e.g. "chart-refused"; "ok" for TNS_OK. */
TNS_API const char *tns_code_name(tns_code code);

/*
 * The exit status of the command for a code: 0 done, 1 failed, 2 usage, 3 instrument, 4 no
 * acceptable answer, 5 the shelf forbids it.
 */
TNS_API int tns_code_exit_status(tns_code code);

/* Fills err (which may be NULL) and returns false, so that a function can end with it. */
TNS_API bool tns_error_set(tns_error *err, tns_code code, const char *format, ...) TNS_PRINTF(3, 4);

/* Puts "<where>: " before the text of an error that a callee has set; returns false. */
TNS_API bool tns_error_prefix(tns_error *err, const char *format, ...) TNS_PRINTF(2, 3);

TNS_END_DECLS

#endif
