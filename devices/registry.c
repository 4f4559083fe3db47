/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/devices.h>

/* drivers.def is made by the build, from the list in devices/CMakeLists.txt. */
#define DRIVER(name) extern const tns_driver tns_driver_##name;
#include "drivers.def"
#undef DRIVER

static const tns_driver *const drivers[] = {
#define DRIVER(name) &tns_driver_##name,
#include "drivers.def"
#undef DRIVER
    NULL};

const tns_driver *const *tns_drivers(size_t *count)
{
    *count = sizeof drivers / sizeof *drivers - 1;
    return drivers;
}

const tns_driver *tns_driver_find(const char *name)
{
    for (size_t i = 0; drivers[i]; i++)
        if (strcmp(drivers[i]->name, name) == 0)
            return drivers[i];
    return NULL;
}
