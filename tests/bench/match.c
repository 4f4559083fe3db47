/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exact search at its usual size: 12 pigments, 4 in a mix, 30 drops, opaque, three lamps. */
#include <stdio.h>
#include <stdlib.h>

#include <tonsure/estimate.h>
#include <tonsure/match.h>

enum { PIGMENTS = 12 };

/* Targets from easy to hard: inside the gamut, near its edge, beyond it. */
static const struct {
    const char *name;
    tns_lab lab;
} targets[] = {
    {"brown", {40, 12, 18}},
    {"dark grey", {25, 1, 2}},
    {"skin", {65, 14, 18}},
    {"deep red", {35, 45, 25}},
};

static bool run(tns_match_request *request, const char *name, tns_error *err)
{
    tns_match *match = tns_match_solve(request, NULL, err);
    if (!match)
        return false;
    const tns_search *search = &match->search;
    printf("match: %-9s %.2f s, %.3g of %.3g recipes evaluated, %s, dE00 %.2f\n", name,
           search->seconds, (double)search->evaluated, (double)search->recipes,
           search->exact ? "exact" : "not exact", match->recipes[0].de00[0]);
    tns_match_destroy(match);
    return true;
}

static bool run_all(const tns_palette *palette, tns_error *err)
{
    static const char *const lamps[] = {"D65/10", "A/10", "F11/10"};
    tns_viewing viewings[3];
    for (int i = 0; i < 3; i++)
        if (!tns_viewing_find(lamps[i], &viewings[i], err))
            return false;
    int pigments[PIGMENTS];
    for (int i = 0; i < PIGMENTS; i++)
        pigments[i] = i;
    tns_surface opaque = tns_surface_opaque(palette);
    tns_match_request request = {.palette = palette,
                                 .surfaces = &opaque,
                                 .surface_count = 1,
                                 .viewings = viewings,
                                 .viewing_count = 3,
                                 .weights = {1, 0.25, 0.25},
                                 .pigments = pigments,
                                 .pigment_count = PIGMENTS,
                                 .max_pigments = 4,
                                 .max_units = 30,
                                 .max_shade = -1};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        if (!tns_spectrum_from_lab(targets[i].lab, &viewings[0], &request.target, err) ||
            !run(&request, targets[i].name, err))
            return false;
    return true;
}

int main(void)
{
    tns_error err;
    tns_palette *palette = tns_palette_find("kimera", &err);
    bool done = palette && run_all(palette, &err);
    if (!done)
        fprintf(stderr, "%s\n", err.text);
    tns_palette_destroy(palette);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
