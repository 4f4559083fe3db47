/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a long call may ask of its caller: whether to stop, where to tell how far it is, what time
 * it is, which seed to draw from, where to log. A zeroed context, or NULL, means: never cancelled,
 * silent, the system's clock, seed 0.
 *
 * The functions are called from the thread that made the call and from no other, whatever threads
 * the call itself may start; they need no locks.
 */
#ifndef TONSURE_CONTEXT_H
#define TONSURE_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>

#include <tonsure/export.h>

TNS_BEGIN_DECLS

typedef enum tns_log_level { TNS_LOG_DEBUG, TNS_LOG_INFO, TNS_LOG_WARNING } tns_log_level;

typedef struct tns_context {
    void *user;                                   /* handed to every function below */
    bool (*cancelled)(void *user);                /* asked often; true ends the call */
    void (*progress)(void *user, double fraction, /* 0..1, never falls within one stage */
                     const char *stage);
    int64_t (*clock)(void *user); /* seconds since 1970-01-01 UTC */
    void (*log)(void *user, tns_log_level level, const char *text);
    uint64_t seed; /* of every random draw in the call */
} tns_context;

/* Each takes a context or NULL, and functions or their absence. */
TNS_API bool tns_context_cancelled(const tns_context *context);
TNS_API void tns_context_progress(const tns_context *context, double fraction, const char *stage);
TNS_API int64_t tns_context_now(const tns_context *context);
TNS_API void tns_context_log(const tns_context *context, tns_log_level level, const char *format,
                             ...) TNS_PRINTF(3, 4);

TNS_END_DECLS

#endif
