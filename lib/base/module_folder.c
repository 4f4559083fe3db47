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
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "base/module.h"

#ifdef TNS_MODULES

bool tns_module_folder(char *out, size_t size)
{
    return snprintf(out, size, "%s", TNS_MODULES) < (int)size;
}

#else

#define OF_THIS_VERSION "/tonsure/" TNS_VERSION

#ifdef TNS_WAY_TO_LIBRARIES

static const char WAY[] = "/" TNS_WAY_TO_LIBRARIES;

/* The program as the kernel knows it, whatever it was called by; without /proc, as in a bare
 * chroot, by the path that it was started by. */
static const char *holder(char *room, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", room, size);
    if (length < 0 || (size_t)length >= size) {
        const char *started = (const char *)getauxval(AT_EXECFN);
        return started ? realpath(started, room) : NULL;
    }
    room[length] = '\0';
    return room;
}

#else

static const char WAY[] = "";

static const char *holder(char *room, size_t size)
{
    static const char here = 0;
    Dl_info found;
    (void)room, (void)size;
    return dladdr(&here, &found) != 0 ? found.dli_fname : NULL;
}

#endif

/*
 * An installation may have been moved, so where it lies counts before where it was to lie. A path
 * from the working directory (LD_LIBRARY_PATH=lib) does not: that directory may be another by now.
 */
bool tns_module_folder(char *out, size_t size)
{
    char room[PATH_MAX];
    const char *file = holder(room, sizeof room);
    const char *slash = file && file[0] == '/' ? strrchr(file, '/') : NULL;
    if (!slash)
        return snprintf(out, size, "%s" OF_THIS_VERSION, TNS_LIBRARIES) < (int)size;
    return snprintf(out, size, "%.*s%s" OF_THIS_VERSION, (int)(slash - file), file, WAY) <
           (int)size;
}

#endif
