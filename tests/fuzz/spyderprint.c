/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a reply of a SpyderPRINT: the first two say to which command, and how much is due.
 */
#include <assert.h>
#include <math.h>

#include "devices/spyderprint/protocol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t found[TNS_SPYDER_DATA_MAX] = {0};
    size_t length = 0;
    tns_lab lab;
    tns_error err = {.code = TNS_OK};
    if (size < 2)
        return 0;
    size_t due = data[1] % (TNS_SPYDER_DATA_MAX + 1u);
    if (tns_spyder_get_length(data + 2, size - 2, &length, &err))
        assert(length <= TNS_SPYDER_REPLY_HEAD + TNS_SPYDER_DATA_MAX);
    if (!tns_spyder_get_reply(data + 2, size - 2, data[0], found, due, &err))
        assert(err.code != TNS_OK);
    else if (due >= TNS_SPYDER_LAB_SIZE && tns_spyder_get_lab(found, &lab, &err))
        assert(isfinite(lab.L) && lab.L <= 130);
    return 0;
}
