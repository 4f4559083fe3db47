/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Compiled once for each that holds the library: for the tests' programs with the build's folder
 * (TNS_MODULES); for the command with the way from its own folder to the libraries'
 * (TNS_WAY_TO_LIBRARIES); for the shared library, which modules lie beside. The last two are told
 * besides where libraries are to be installed (TNS_LIBRARIES).
 */
#define _GNU_SOURCE /* dladdr() */
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <sys/auxv.h>

#include "base/module.h"

#ifdef TNS_MODULES

bool tns_module_folder(char *out, size_t size)
{
    return snprintf(out, size, "%s", TNS_MODULES) < (int)size;
}

#else

#ifdef TNS_WAY_TO_LIBRARIES

static const char WAY[] = "/" TNS_WAY_TO_LIBRARIES;

static const char *holder(char room[PATH_MAX])
{
    return tns_module_program("/proc/self/exe", (const char *)getauxval(AT_EXECFN), room);
}

#else

static const char WAY[] = "";

static const char *holder(char room[PATH_MAX])
{
    static const char here = 0;
    Dl_info found;
    (void)room;
    return dladdr(&here, &found) != 0 ? found.dli_fname : NULL;
}

#endif

bool tns_module_folder(char *out, size_t size)
{
    char room[PATH_MAX];
    return tns_module_place(holder(room), WAY, TNS_LIBRARIES, out, size);
}

#endif
