/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names near one that is none. */
#include <tonsure/service.h>

#include "base/near.h"

void tns_service_near(const char *word, const char *const *names, size_t count, char *text,
                      size_t size)
{
    tns_near near = {0};
    for (size_t i = 0; i < count; i++)
        tns_near_offer(&near, word, names[i]);
    tns_near_write(&near, text, size);
}
