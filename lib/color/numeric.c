/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <pthread.h>

#include <gsl/gsl_errno.h>

#include "color/numeric.h"

static void set_handler_off(void)
{
    gsl_set_error_handler_off();
}

void tns_numeric_init(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_handler_off);
}
