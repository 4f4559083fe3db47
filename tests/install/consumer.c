/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matches a follicle's color with the shipped palette, as a film of 1 ul/cm2 over skin. */
#include <stdio.h>

#include <tonsure/tonsure.h>

int main(void)
{
    const tns_lab follicle = {42, 5, 7}, skin = {65, 13, 17};
    tns_viewing daylight;
    tns_spectrum target, bare;
    tns_surface film;
    tns_error err;
    tns_match *match = NULL;
    tns_palette *palette = tns_palette_find("generic-smp", &err);
    if (palette && tns_viewing_find("D65/10", &daylight, &err) &&
        tns_spectrum_from_lab(follicle, &daylight, &target, &err) &&
        tns_spectrum_from_lab(skin, &daylight, &bare, &err) &&
        tns_surface_film(palette, &bare, 1.0, &film, &err)) {
        tns_match_request request = {.palette = palette, .target = target};
        request.surfaces = &film;
        request.viewings = &daylight;
        request.surface_count = request.viewing_count = 1;
        request.weights[0] = 1;
        request.max_pigments = 2;
        match = tns_match_solve(&request, NULL, &err);
    }
    int status = match ? 0 : 1;
    if (match)
        printf("shade %d, dE00 %.2f\n", match->recipes[0].shade, match->recipes[0].de00[0]);
    else
        fprintf(stderr, "%s\n", err.text);
    tns_match_destroy(match);
    tns_palette_destroy(palette);
    return status;
}
