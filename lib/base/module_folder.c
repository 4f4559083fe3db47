/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Compiled once for each of the two libraries: into the one that tests link, which lies in their
 * programs, with the build's folder (TNS_MODULES); into the shared one with the folder that it is
 * to be installed in (TNS_LIBRARIES).
 */
#define _GNU_SOURCE /* dladdr() */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "base/module.h"

#ifdef TNS_MODULES

bool tns_module_folder(char *out, size_t size)
{
    return snprintf(out, size, "%s", TNS_MODULES) < (int)size;
}

#else

/*
 * An installation may have been moved, so where it lies counts before where it was to lie. A path
 * from the working directory (LD_LIBRARY_PATH=lib) does not: that directory may be another by now.
 */
bool tns_module_folder(char *out, size_t size)
{
    static const char here = 0;
    Dl_info found;
    const char *library = dladdr(&here, &found) != 0 ? found.dli_fname : NULL;
    const char *slash = library && library[0] == '/' ? strrchr(library, '/') : NULL;
    if (!slash)
        return snprintf(out, size, "%s/tonsure/" TNS_VERSION, TNS_LIBRARIES) < (int)size;
    return snprintf(out, size, "%.*s/tonsure/" TNS_VERSION, (int)(slash - library), library) <
           (int)size;
}

#endif
