/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "devices/dtp20/spot.h"

enum { ANSWER_MS = 2000, NUDGE_MS = 500 };

static const char text_mode[] = "001BCF", spectrum_mode[] = "011BCF", as_xyz[] = "0518CF",
                  as_spectrum[] = "0318CF";

/* Each must be answered; what they do stands behind. */
static const char *const settings[] = {
    "0101CF",            /* beeper */
    "0005CF",            /* sends nothing by itself */
    "0207CF",            /* a tab between values */
    "020ACF",            /* two decimals */
    as_xyz,    "001ACF", /* single data */
    "0416CF",            /* D50, 2 degrees */
    text_mode,
};

bool tns_dtp20_configure(tns_rci *rci, tns_error *err)
{
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (!tns_rci_tell(rci, settings[i], ANSWER_MS, err))
            return false;
    return true;
}

/* Whatever went wrong among spectra, the next command must find text again. */
static bool leave_spectra(tns_rci *rci, const tns_error *why, tns_error *err)
{
    if (why->code != TNS_ERROR_GONE) {
        tns_rci_nudge(rci, text_mode, NUDGE_MS, NULL);
        tns_rci_nudge(rci, as_xyz, NUDGE_MS, NULL);
    }
    return tns_error_set(err, why->code, "%s", why->text);
}

bool tns_dtp20_read_spot(tns_rci *rci, const char *command, tns_sample *out, tns_error *err)
{
    tns_rci_reply color;
    tns_xyz xyz;
    uint8_t bytes[TNS_DTP20_SPECTRUM];
    tns_error why = {.code = TNS_OK};
    *out = (tns_sample){.has_spectrum = true};
    if (!tns_rci_nudge(rci, as_xyz, ANSWER_MS, err) || /* its first use may fail */
        !tns_rci_tell(rci, as_xyz, ANSWER_MS, err) ||
        !tns_rci_ask(rci, command, ANSWER_MS, &color, err) ||
        !tns_dtp20_read_xyz(color.text, &xyz, err))
        return false;
    if (!tns_rci_tell(rci, as_spectrum, ANSWER_MS, &why) ||
        !tns_rci_tell(rci, spectrum_mode, ANSWER_MS, &why) ||
        !tns_rci_ask_bytes(rci, command, bytes, sizeof bytes, ANSWER_MS, &why) ||
        !tns_rci_tell(rci, text_mode, ANSWER_MS, &why) ||
        !tns_rci_tell(rci, as_xyz, ANSWER_MS, &why))
        return leave_spectra(rci, &why, err);
    return tns_dtp20_read_spectrum(bytes, &out->spectrum, err) &&
           tns_dtp20_agree(&out->spectrum, xyz, err);
}
