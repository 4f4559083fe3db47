/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where modules lie, from where a program or library does. */
#define _XOPEN_SOURCE 700
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/module.h"

const char *tns_module_program(const char *link, const char *started, char room[PATH_MAX])
{
    ssize_t length = readlink(link, room, PATH_MAX);
    if (length < 0 || length >= PATH_MAX)
        return started ? realpath(started, room) : NULL;
    room[length] = '\0';
    return room;
}

bool tns_module_place(const char *file, const char *way, const char *libraries, char *out,
                      size_t size)
{
    const char *slash = file && file[0] == '/' ? strrchr(file, '/') : NULL;
    int length =
        slash ? snprintf(out, size, "%.*s%s/tonsure/" TNS_VERSION, (int)(slash - file), file, way)
              : snprintf(out, size, "%s/tonsure/" TNS_VERSION, libraries);
    return length < (int)size;
}
