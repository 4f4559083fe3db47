/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names the drivers of the second library. */
#include <stdio.h>

#include <tonsure/devices.h>
#include <tonsure/tonsure.h>

int main(void)
{
    size_t count;
    const tns_driver *const *drivers = tns_drivers(&count);
    for (size_t i = 0; i < count; i++)
        printf("%s\n", drivers[i]->name);
    return tns_driver_find("no such") == NULL ? 0 : 1;
}
