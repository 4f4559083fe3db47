/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include <tonsure/match.h>

#include "skin/people.h"

const person people[PEOPLE] = {{"light", {68, 9, 15}, {56, 5, 10}},
                               {"medium", {58, 11, 18}, {47, 6, 11}},
                               {"olive", {57, 7, 19}, {46, 4, 12}},
                               {"dark", {38, 10, 13}, {32, 7, 9}}};

void must(bool done, const tns_error *err)
{
    if (done)
        return;
    fprintf(stderr, "people: %s\n", err ? err->text : "out of order");
    exit(EXIT_FAILURE);
}

tns_skin_fit fit_of(int who)
{
    tns_reading reading = {.has_color = true, .color = {people[who].lab, "D65", TNS_OBSERVER_10}};
    tns_skin_fit fit;
    tns_error err = {0};
    must(tns_skin_fit_reading(&reading, &fit, &err), &err);
    return fit;
}

tns_skin skin_of(int who)
{
    return fit_of(who).skin;
}

void black_of_shade(const tns_palette *palette, double shade, double K[TNS_BANDS],
                    double S[TNS_BANDS])
{
    tns_error err = {0};
    double *amounts = calloc(palette->count, sizeof *amounts);
    must(amounts != NULL, NULL);
    amounts[tns_palette_index(palette, "carbon-black")] = 1;
    amounts[tns_palette_diluent(palette)] = shade;
    must(tns_mixture_coefficients(palette, amounts, K, S, &err), &err);
    free(amounts);
}

tns_lab seen_by_day(const tns_spectrum *spectrum)
{
    tns_viewing day;
    tns_error err = {0};
    must(tns_viewing_find("D65/10", &day, &err), &err);
    return tns_lab_from_spectrum(spectrum, &day);
}
