/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include <gsl/gsl_version.h>
#include <lcms2.h>

#include <tonsure/version.h>

#include "base/json.h"

const char *tns_version(void)
{
    return TNS_VERSION;
}

/* Little CMS as it was built with, for only modules link it. */
void tns_version_libraries(char *text, size_t size)
{
    snprintf(text, size, "GSL %s, Little CMS %d.%02d, jansson %s", gsl_version, LCMS_VERSION / 1000,
             LCMS_VERSION % 1000 / 10, tns_json_library_version());
}
