/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A module of the tests' own; SAMPLE_CALLS is what it wants of another library. */
#include "base/module.h"

typedef struct sample {
    tns_module module;
    int (*twice)(int);
} sample;

#ifdef SAMPLE_CALLS
int SAMPLE_CALLS(int n);
#else
#define SAMPLE_CALLS own
static int own(int n)
{
    return 2 * n;
}
#endif

extern TNS_API const sample SAMPLE_RECORD;
const sample SAMPLE_RECORD = {{TNS_VERSION}, SAMPLE_CALLS};
