/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a reply of a ColorHug: the first two say to which command, and how much is due. */
#include <assert.h>
#include <math.h>

#include "devices/colorhug/protocol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tns_error err = {.code = TNS_OK};
    tns_xyz xyz;
    if (size < 2)
        return 0;
    size_t due = data[1] % TNS_HUG_FRAME;
    const uint8_t *found = tns_hug_get_reply(data + 2, size - 2, data[0], due, &err);
    if (!found)
        assert(err.code != TNS_OK && err.text[0]);
    else if (due >= 12 && tns_hug_get_xyz(found, &xyz, &err))
        assert(isfinite(xyz.X) && isfinite(xyz.Y) && isfinite(xyz.Z));
    return 0;
}
