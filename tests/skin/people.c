/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include <tonsure/match.h>

#include "skin/people.h"
#include "support/testing.h"

const person people[PEOPLE] = {
    {"light", {68, 9, 15}}, {"medium", {58, 11, 18}}, {"dark", {38, 10, 13}}};

tns_skin skin_of(int who)
{
    tns_reading reading = {.has_color = true, .color = {people[who].lab, "D65", TNS_OBSERVER_10}};
    tns_skin_fit fit;
    tns_error err = {0};
    ck_assert_msg(tns_skin_fit_reading(&reading, &fit, &err), "%s: %s", people[who].name, err.text);
    return fit.skin;
}

void black_of_shade(const tns_palette *palette, double shade, double K[TNS_BANDS],
                    double S[TNS_BANDS])
{
    tns_error err = {0};
    double *amounts = calloc(palette->count, sizeof *amounts);
    amounts[tns_palette_index(palette, "carbon-black")] = 1;
    amounts[tns_palette_diluent(palette)] = shade;
    ck_assert_msg(tns_mixture_coefficients(palette, amounts, K, S, &err), "%s", err.text);
    free(amounts);
}

tns_lab seen_by_day(const tns_spectrum *spectrum)
{
    tns_viewing day;
    tns_error err = {0};
    ck_assert_msg(tns_viewing_find("D65/10", &day, &err), "%s", err.text);
    return tns_lab_from_spectrum(spectrum, &day);
}
