/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What shelves reach, against mixtures drawn at random and against the search of a match. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/gamut.h>

#include "match/shelf.h"

static tns_viewing daylight;

static void find_daylight(void)
{
    ck_assert(tns_viewing_find("D65/10", &daylight, NULL));
}

static tns_surface skin_film(const tns_palette *palette, double load)
{
    tns_surface out;
    tns_spectrum backing = tns_spectrum_constant(0.35);
    ck_assert(tns_surface_film(palette, &backing, load, &out, NULL));
    return out;
}

static tns_gamut *compute(const tns_gamut_request *request)
{
    tns_error err;
    tns_gamut *gamut = tns_gamut_compute(request, NULL, &err);
    ck_assert_msg(gamut != NULL, "%s", err.text);
    return gamut;
}

/* A mixture of the shelf's pigments with so much diluent. */
static tns_lab draw_mixture(const shelf *s, const tns_surface *surface, double diluent,
                            uint64_t *state)
{
    double amounts[SHELF_MAX + 1] = {0}, K[TNS_BANDS], S[TNS_BANDS];
    size_t pigments = s->palette.count - 1;
    for (size_t i = 0; i < pigments; i++)
        amounts[i] = pow(draw(state), 4) + 1e-9;
    double sum = 0;
    for (size_t i = 0; i < pigments; i++)
        sum += amounts[i];
    amounts[pigments] = diluent * sum;
    ck_assert(tns_mixture_coefficients(&s->palette, amounts, K, S, NULL));
    tns_spectrum R = tns_surface_reflectance(surface, K, S);
    return tns_lab_from_spectrum(&R, &daylight);
}

/* The cell of a color or one of its neighbors. */
static bool is_near(const tns_gamut *gamut, tns_lab lab)
{
    double cell = tns_gamut_cell(gamut);
    for (int i = -1; i <= 1; i++)
        for (int j = -1; j <= 1; j++)
            for (int k = -1; k <= 1; k++)
                if (tns_gamut_has(gamut,
                                  (tns_lab){lab.L + i * cell, lab.a + j * cell, lab.b + k * cell}))
                    return true;
    return false;
}

START_TEST(mixtures_drawn_at_random_lie_within)
{
    enum { DRAWS = 1500 };
    for (uint64_t seed = 1; seed <= 4; seed++) {
        uint64_t state = seed;
        shelf s;
        bool film = seed % 2 == 0;
        fill_shelf(&s, 3 + (int)seed % 3, film, TNS_BY_VOLUME, &state);
        tns_surface surface = film ? skin_film(&s.palette, 1.5) : tns_surface_opaque(&s.palette);
        tns_gamut *gamut = compute(&(tns_gamut_request){
            .palette = &s.palette, .surface = &surface, .cell = 4, .max_shade = 20});
        int within = 0, near = 0;
        for (int i = 0; i < DRAWS; i++) {
            double shade = film ? 20 * pow(draw(&state), 2) : 0;
            tns_lab lab = draw_mixture(&s, &surface, shade, &state);
            within += tns_gamut_has(gamut, lab);
            near += is_near(gamut, lab);
        }
        ck_assert_msg(within > 0.995 * DRAWS, "%d of %d within", within, DRAWS);
        ck_assert_msg(near == DRAWS, "%d of %d near", near, DRAWS);
        tns_gamut_destroy(gamut);
    }
}
END_TEST

START_TEST(what_lies_deep_within_is_reached_by_a_match_and_what_lies_outside_is_not)
{
    tns_error err;
    tns_palette *paints = tns_palette_find("kimera", &err);
    tns_surface surface = tns_surface_opaque(paints);
    const int inks[] = {tns_palette_index(paints, "white"), tns_palette_index(paints, "black"),
                        tns_palette_index(paints, "red-oxide"),
                        tns_palette_index(paints, "yellow-oxide")};
    const tns_gamut_request r = {
        .palette = paints, .surface = &surface, .pigments = inks, .pigment_count = 4, .cell = 4};
    static const struct {
        tns_lab lab;
        bool inside;
    } rows[] = {
        {{55, 18, 22}, true},  {{60, 8, 22}, true},   {{45, 5, 8}, true},
        {{55, 50, 30}, false}, {{50, -20, 5}, false}, {{10, 0, 0}, false},
    };
    tns_gamut *gamut = compute(&r);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_gamut_distance d;
        ck_assert_msg(tns_gamut_find(&r, rows[i].lab, NULL, &d, &err), "%s", err.text);
        ck_assert_msg(d.inside == rows[i].inside && tns_gamut_has(gamut, rows[i].lab) == d.inside,
                      "%g %g %g: dE %.2f, cell %d", rows[i].lab.L, rows[i].lab.a, rows[i].lab.b,
                      d.de00, tns_gamut_has(gamut, rows[i].lab));
        CHECK_NEAR("nearest + missing = target", d.nearest.a + d.missing.da, rows[i].lab.a, 1e-9);
        ck_assert(is_near(gamut, d.nearest));
    }
    tns_gamut_destroy(gamut);
    tns_palette_destroy(paints);
}
END_TEST

START_TEST(more_pigments_reach_no_less_and_finer_cells_no_more)
{
    tns_error err;
    double before = 0;
    tns_palette *paints = tns_palette_find("kimera", &err);
    tns_surface surface = tns_surface_opaque(paints);
    int inks[6];
    static const char *const ids[] = {"white", "black", "red", "cold-yellow", "green", "violet"};
    for (size_t i = 0; i < 6; i++)
        inks[i] = tns_palette_index(paints, ids[i]);
    for (size_t n = 1; n <= 6; n++) {
        tns_gamut *gamut = compute(&(tns_gamut_request){.palette = paints,
                                                        .surface = &surface,
                                                        .pigments = inks,
                                                        .pigment_count = n,
                                                        .cell = 5});
        ck_assert_msg(tns_gamut_volume(gamut) > before, "%zu: %g", n, tns_gamut_volume(gamut));
        before = tns_gamut_volume(gamut);
        tns_gamut_destroy(gamut);
    }
    tns_gamut *fine = compute(&(tns_gamut_request){
        .palette = paints, .surface = &surface, .pigments = inks, .pigment_count = 6, .cell = 3});
    ck_assert(tns_gamut_volume(fine) < before && tns_gamut_volume(fine) > 0.7 * before);
    tns_gamut_destroy(fine);
    tns_palette_destroy(paints);
}
END_TEST

/* Shoelace: anticlockwise around what is within, clockwise around holes. */
static double area(const tns_gamut_loop *loop)
{
    double sum = 0;
    for (size_t i = 0; i < loop->count; i++) {
        const double *p = loop->point[i], *q = loop->point[(i + 1) % loop->count];
        sum += (p[0] * q[1] - q[0] * p[1]) / 2;
    }
    return sum;
}

START_TEST(the_outlines_enclose_as_many_cells_as_there_are)
{
    tns_error err;
    tns_palette *paints = tns_palette_find("kimera", &err);
    tns_surface surface = tns_surface_opaque(paints);
    tns_gamut *gamut =
        compute(&(tns_gamut_request){.palette = paints, .surface = &surface, .cell = 6});
    double volume = 0, cell = tns_gamut_cell(gamut);
    for (int level = 0; level * cell <= 102; level++) {
        size_t count;
        tns_gamut_loop *loops = tns_gamut_outline(gamut, level * cell, &count);
        ck_assert_ptr_nonnull(loops);
        for (size_t i = 0; i < count; i++) {
            ck_assert(loops[i].count >= 4);
            volume += area(&loops[i]) * cell;
        }
        tns_gamut_loops_destroy(loops, count);
    }
    CHECK_NEAR("volume", volume, tns_gamut_volume(gamut), 1e-6 * volume);
    tns_gamut_destroy(gamut);
    tns_palette_destroy(paints);
}
END_TEST

static bool always(void *user)
{
    (void)user;
    return true;
}

START_TEST(what_was_made_by_hand_is_checked_before_it_is_used)
{
    tns_error err;
    tns_palette *paints = tns_palette_find("kimera", &err);
    tns_palette *inks = tns_palette_find("generic-smp", &err);
    tns_surface wall = tns_surface_opaque(paints), skin = skin_film(inks, 1.5);
    tns_surface dark = skin, unknown = skin;
    dark.host_K[3] = NAN;
    unknown.kind = (tns_surface_kind)9;
    const int beyond[] = {1000000}, below[] = {-1}, many[64] = {0}, water[] = {5};
    const struct {
        tns_gamut_request request;
        tns_code code;
        const char *says;
    } rows[] = {
        {{.palette = paints, .surface = &wall, .pigments = beyond, .pigment_count = 1},
         TNS_ERROR_USAGE,
         "a pigment's index below"},
        {{.palette = paints, .surface = &wall, .pigments = below, .pigment_count = 1},
         TNS_ERROR_USAGE,
         "found -1"},
        {{.palette = paints, .surface = &wall, .pigments = many, .pigment_count = 64},
         TNS_ERROR_USAGE,
         "named twice"},
        {{.palette = inks, .surface = &skin, .pigments = water, .pigment_count = 1},
         TNS_ERROR_USAGE,
         "a diluent is no pigment"},
        {{.palette = inks, .surface = &skin, .max_shade = -1}, TNS_ERROR_USAGE, "shade"},
        {{.palette = paints, .surface = &skin}, TNS_ERROR_USAGE, "needs an absolute palette"},
        {{.palette = inks, .surface = &unknown}, TNS_ERROR_USAGE, "its kind is unknown"},
        {{.palette = paints}, TNS_ERROR_USAGE, "surfaces"},
        {{.palette = inks, .surface = &dark}, TNS_ERROR_RANGE, "host K"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_gamut *gamut = tns_gamut_compute(&rows[i].request, NULL, &err);
        ck_assert_msg(!gamut, "%s: was computed", rows[i].says);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s", err.text);
        ck_assert_int_eq(err.code, rows[i].code);
    }
    tns_palette_destroy(inks);
    tns_palette_destroy(paints);
}
END_TEST

START_TEST(what_cannot_be_computed_is_refused)
{
    tns_error err;
    tns_palette *paints = tns_palette_find("kimera", &err);
    tns_surface surface = tns_surface_opaque(paints);
    const int none[1] = {0};
    const tns_gamut_request rows[] = {
        {.palette = paints, .surface = &surface, .cell = 0.5},
        {.palette = paints, .surface = &surface, .cell = 11},
        {.palette = paints, .surface = &surface, .cell = NAN},
        {.palette = paints, .surface = &surface, .pigments = none, .pigment_count = 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert(!tns_gamut_compute(&rows[i], NULL, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    }
    const tns_gamut_request good = {.palette = paints, .surface = &surface};
    ck_assert(!tns_gamut_compute(&good, &(tns_context){.cancelled = always}, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CANCELLED);
    tns_palette_destroy(paints);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gamut");
    TCase *tc = tcase_create("gamut");
    tcase_add_checked_fixture(tc, find_daylight, NULL);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, mixtures_drawn_at_random_lie_within);
    tcase_add_test(tc, what_lies_deep_within_is_reached_by_a_match_and_what_lies_outside_is_not);
    tcase_add_test(tc, more_pigments_reach_no_less_and_finer_cells_no_more);
    tcase_add_test(tc, the_outlines_enclose_as_many_cells_as_there_are);
    tcase_add_test(tc, what_was_made_by_hand_is_checked_before_it_is_used);
    tcase_add_test(tc, what_cannot_be_computed_is_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
