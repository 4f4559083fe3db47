/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/difference.h>

#include "measure/inside.h"

static bool keep_reference(tns_instrument *instrument, tns_verification *out, tns_error *err)
{
    instrument->reference = out->reference = out->reading.color;
    instrument->reference_time = out->time = tns_context_now(instrument->context);
    out->first = out->passed = true;
    return tns_kept_save(instrument, err);
}

bool tns_instrument_verify(tns_instrument *instrument, const tns_measure_options *options,
                           bool renew, tns_verification *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    if (!tns_instrument_measure(instrument, options, &out->reading, err))
        return false;
    const tns_color *now = &out->reading.color, *then = &instrument->reference;
    bool alike = strcmp(now->illuminant, then->illuminant) == 0 && now->observer == then->observer;
    if (renew || instrument->reference_time == 0 || !alike)
        return keep_reference(instrument, out, err);
    out->reference = *then;
    out->time = instrument->reference_time;
    out->de00 = tns_de00(then->lab, now->lab);
    out->passed = out->de00 <= TNS_VERIFY_DE00;
    if (!out->passed)
        tns_calibration_doubt(instrument, "the surface it is verified with read otherwise");
    return true;
}
