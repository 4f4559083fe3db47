/* SPDX-License-Identifier: GPL-3.0-or-later */
/* consumer.c once more, in C++17. */
#include <cstdio>
#include <memory>

#include <tonsure/tonsure.h>

template <typename T>
using owned = std::unique_ptr<T, void (*)(T *)>;

int main()
{
    tns_viewing daylight;
    tns_spectrum bare;
    tns_surface film;
    tns_error err;
    tns_match_request request = {};
    owned<tns_match> match(nullptr, tns_match_destroy);
    owned<tns_palette> palette(tns_palette_find("generic-smp", &err), tns_palette_destroy);
    if (palette && tns_viewing_find("D65/10", &daylight, &err) &&
        tns_spectrum_from_lab({42, 5, 7}, &daylight, &request.target, &err) &&
        tns_spectrum_from_lab({65, 13, 17}, &daylight, &bare, &err) &&
        tns_surface_film(palette.get(), &bare, 1.0, &film, &err)) {
        request.palette = palette.get();
        request.surfaces = &film;
        request.viewings = &daylight;
        request.surface_count = request.viewing_count = 1;
        request.weights[0] = 1;
        request.max_pigments = 2;
        match.reset(tns_match_solve(&request, nullptr, &err));
    }
    if (match)
        std::printf("shade %d, dE00 %.2f\n", match->recipes[0].shade, match->recipes[0].de00[0]);
    else
        std::fprintf(stderr, "%s\n", err.text);
    return match ? 0 : 1;
}
