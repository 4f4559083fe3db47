/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A calibration that is not to be relied on until it is made anew, in another run too. */
#include "base/text.h"
#include "measure/inside.h"

void tns_calibration_doubt(tns_instrument *instrument, const char *why)
{
    tns_error ignored; /* what made it doubtful is told; the doubt is tried to be kept besides */
    if (!instrument->driver->calibrate)
        return;
    tns_text_copy(instrument->doubt, sizeof instrument->doubt, why);
    instrument->session.calibration.dark_time = 0;
    if (!tns_kept_save(instrument, &ignored))
        tns_context_log(instrument->context, TNS_LOG_WARNING, "%s", ignored.text);
}

void tns_calibration_notice(tns_instrument *instrument, int64_t white_time_before)
{
    if (white_time_before != 0 && instrument->session.calibration.white_time == 0)
        tns_calibration_doubt(instrument, "the instrument has lost its white");
}
