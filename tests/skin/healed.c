/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/healed.h>
#include <tonsure/match.h>

#include "skin/free.h"
#include "skin/people.h"
#include "skin/ways.h"
#include "support/testing.h"

static tns_palette *palette;

static void setup(void)
{
    tns_error err = {0};
    palette = tns_palette_find("generic-smp", &err);
    ck_assert_msg(palette != NULL, "%s", err.text);
}

static void teardown(void)
{
    tns_palette_destroy(palette);
}

static tns_surface healed_at(const tns_skin *skin, double depth_mm, double thickness_mm,
                             double load)
{
    tns_healing way = {depth_mm, thickness_mm, load, 1};
    tns_surface surface;
    tns_error err = {0};
    ck_assert_msg(tns_surface_healed(palette, skin, TNS_SPECULAR_EXCLUDED, &way, &surface, &err),
                  "%s", err.text);
    return surface;
}

START_TEST(skin_healed_without_ink_is_bare_skin)
{
    static const double nothing[TNS_BANDS];
    static const double depth[] = {0.01, 0.05, 0.06, 0.2, 1, 1.9};
    for (int shallow = 0; shallow < 2; shallow++)
        for (size_t i = 0; i < sizeof depth / sizeof *depth; i++) {
            tns_skin skin = tns_skin_typical();
            skin.depth_mm = shallow ? 0.3 : skin.depth_mm;
            tns_surface surface = healed_at(&skin, depth[i], 0.2, 1);
            tns_spectrum healed = tns_surface_reflectance(&surface, nothing, nothing);
            tns_spectrum bare = tns_skin_reflectance(&skin, TNS_SPECULAR_EXCLUDED);
            for (int b = 0; b < TNS_BANDS; b++) /* rounding of a few stacked layers */
                CHECK_NEAR("band", healed.value[b], bare.value[b], 1e-13);
        }
}
END_TEST

START_TEST(many_ways_at_once_are_what_each_is_alone)
{
    enum { N = 9 };
    tns_skin skin = tns_skin_typical();
    tns_healing ways[N];
    tns_surface surfaces[N];
    tns_error err = {0};
    for (int i = 0; i < N; i++)
        ways[i] = (tns_healing){0.04 + 0.2 * i, 0.05 + 0.03 * i, 0.5 + 0.1 * i, 0.9};
    ck_assert_msg(
        tns_surfaces_healed(palette, &skin, TNS_SPECULAR_INCLUDED, ways, N, surfaces, &err), "%s",
        err.text);
    for (int i = 0; i < N; i++) {
        tns_surface one;
        ck_assert(tns_surface_healed(palette, &skin, TNS_SPECULAR_INCLUDED, &ways[i], &one, &err));
        ck_assert_str_eq(surfaces[i].name, "healed");
        size_t from = offsetof(tns_surface, load), to = offsetof(tns_surface, outer);
        ck_assert(memcmp((char *)&one + from, (char *)&surfaces[i] + from, to - from) == 0);
    }
    ways[N - 1].depth_mm = -1;
    ck_assert(!tns_surfaces_healed(palette, &skin, TNS_SPECULAR_INCLUDED, ways, N, surfaces, &err));
    ck_assert_msg(strstr(err.text, "depth_mm") != NULL, "%s", err.text);
}
END_TEST

/* The skin's own layers and that of the ink: what goes in comes out or stays, and no more. */
START_TEST(no_layer_gives_back_more_light_than_it_gets)
{
    double K[TNS_BANDS], S[TNS_BANDS];
    black_of_shade(palette, 8, K, S);
    for (int i = 0; i < 40; i++) {
        double z[TNS_SKIN_FIGURES];
        for (int k = 0; k < TNS_SKIN_FIGURES; k++)
            z[k] = ((i * 7 + k * 5) % 9 - 4) / 2.0;
        tns_skin skin = tns_skin_from_free(z);
        double depth = 0.02 + 0.03 * i;
        tns_surface s = healed_at(&skin, depth, 0.2, 2);
        for (int b = 0; b < TNS_BANDS; b++) {
            tns_layer ink = tns_km_layer(s.host_K[b] + 2 * K[b], s.host_S[b] + 2 * S[b], 1);
            double T = sqrt(s.over_T2[b]);
            ck_assert(ink.R >= 0 && ink.T >= 0 && ink.R + ink.T <= 1 + 1e-12);
            ck_assert(s.over_R[b] >= 0 && s.over_R[b] + T <= 1 + 1e-12);
            ck_assert(s.over_Rb[b] >= 0 && s.over_Rb[b] + T <= 1 + 1e-12);
            ck_assert(s.backing[b] >= 0 && s.backing[b] < 1);
        }
        tns_spectrum seen = tns_surface_reflectance(&s, K, S);
        for (int b = 0; b < TNS_BANDS; b++)
            ck_assert(seen.value[b] > 0 && seen.value[b] < 1);
    }
}
END_TEST

START_TEST(more_ink_is_darker_whiter_ink_is_lighter_and_slopes_are_true)
{
    double K[TNS_BANDS], S[TNS_BANDS];
    black_of_shade(palette, 8, K, S);
    for (int who = 0; who < PEOPLE; who++) {
        tns_skin skin = skin_of(who);
        for (double depth = 0.03; depth < 1.5; depth *= 2) {
            tns_surface s = healed_at(&skin, depth, 0.15, 1.3);
            for (int b = 0; b < TNS_BANDS; b++) {
                double h = 1e-5;
                tns_km_slopes at = tns_surface_slopes(&s, b, K[b], S[b]);
                double darker = tns_surface_slopes(&s, b, K[b] + h, S[b]).R;
                double whiter = tns_surface_slopes(&s, b, K[b], S[b] + h).R;
                ck_assert(darker <= at.R && whiter >= at.R);
                CHECK_NEAR("slope in K", (darker - at.R) / h, at.dR_dK, 1e-4);
                CHECK_NEAR("slope in S", (whiter - at.R) / h, at.dR_dS, 1e-4);
            }
        }
    }
}
END_TEST

START_TEST(ink_that_lies_deeper_is_seen_less)
{
    double K[TNS_BANDS], S[TNS_BANDS];
    black_of_shade(palette, 5, K, S);
    for (int who = 0; who < PEOPLE; who++) {
        tns_skin skin = skin_of(who);
        double last = 0;
        for (double depth = 0.06; depth + 0.1 < skin.depth_mm && depth <= TNS_DEEPEST_MM;
             depth *= 1.5) {
            tns_surface s = healed_at(&skin, depth, 0.1, 1);
            tns_spectrum seen = tns_surface_reflectance(&s, K, S);
            double L = seen_by_day(&seen).L;
            ck_assert_msg(L > last, "%s at %g mm: %g after %g", people[who].name, depth, L, last);
            last = L;
        }
    }
}
END_TEST

/* The facts of the trade: of the order of -20, -16, -9, -4 in light skin. */
START_TEST(black_turns_blue_less_with_depth_and_less_in_dark_skin_than_in_light)
{
    static const double nothing[TNS_BANDS], depth[] = {0.05, 0.2, 0.5, 1.0};
    double K[TNS_BANDS], S[TNS_BANDS], shift[PEOPLE][4];
    black_of_shade(palette, 0, K, S);
    for (int who = 0; who < PEOPLE; who++) {
        tns_skin skin = skin_of(who);
        for (int i = 0; i < 4; i++) {
            tns_surface s = healed_at(&skin, depth[i], 0.15, 0.5);
            tns_spectrum bare = tns_surface_reflectance(&s, nothing, nothing);
            tns_spectrum inked = tns_surface_reflectance(&s, K, S);
            shift[who][i] = seen_by_day(&inked).b - seen_by_day(&bare).b;
            ck_assert_msg(shift[who][i] < -0.5, "%s, %g mm", people[who].name, depth[i]);
            ck_assert_msg(i == 0 || shift[who][i] > shift[who][i - 1], "%s, %g mm",
                          people[who].name, depth[i]);
        }
    }
    for (int i = 0; i < 4; i++)
        ck_assert_msg(shift[DARK][i] > shift[LIGHT][i], "%g mm", depth[i]);
}
END_TEST

START_TEST(a_ladder_of_shades_climbs_in_every_skin)
{
    for (int who = 0; who < PEOPLE; who++) {
        tns_skin skin = skin_of(who);
        double first = 0, last = 0;
        tns_surface s = healed_at(&skin, 0.1, 0.15, 0.5);
        for (int shade = 4; shade <= 25; shade++) {
            double K[TNS_BANDS], S[TNS_BANDS];
            black_of_shade(palette, shade, K, S);
            tns_spectrum seen = tns_surface_reflectance(&s, K, S);
            double L = seen_by_day(&seen).L;
            first = shade == 4 ? L : first;
            ck_assert_msg(L > last, "%s, %d:1", people[who].name, shade);
            last = L;
        }
        ck_assert_msg(last - first > 4, "%s: %g", people[who].name, last - first);
    }
}
END_TEST

START_TEST(what_no_healed_ink_can_be_is_refused_by_name)
{
    static const struct {
        const char *label;
        tns_healing way;
        const char *says;
    } rows[] = {
        {"on the skin",
         {0, 0.2, 1, 1},
         "healed: depth_mm: expected above 0, at most 2 mm, found 0"},
        {"through it", {9, 0.2, 1, 1}, "depth_mm: expected above 0, at most 2 mm, found 9"},
        {"not a number", {NAN, 0.2, 1, 1}, "depth_mm"},
        {"no layer", {0.2, 0, 1, 1}, "thickness_mm"},
        {"no ink", {0.2, 0.2, 0, 1}, "deposit: expected above 0, at most 1000 ul/cm2, found 0"},
        {"a flood", {0.2, 0.2, 1e4, 1}, "deposit"},
        {"more than all stays", {0.2, 0.2, 1, 1.5}, "retention: expected above 0, at most 1"},
    };
    tns_skin skin = tns_skin_typical();
    tns_surface surface;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        ck_assert_msg(
            !tns_surface_healed(palette, &skin, TNS_SPECULAR_UNKNOWN, &rows[i].way, &surface, &err),
            "%s", rows[i].label);
        ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s: %s", rows[i].label, err.text);
    }
    tns_error err = {0};
    tns_healing way = tns_healing_typical(NULL);
    tns_palette *paints = tns_palette_find("kimera", &err);
    ck_assert(paints &&
              !tns_surface_healed(paints, &skin, TNS_SPECULAR_UNKNOWN, &way, &surface, &err));
    ck_assert_msg(strstr(err.text, "palette kimera: its K and S are relative"), "%s", err.text);
    tns_palette_destroy(paints);
}
END_TEST

START_TEST(each_figure_is_drawn_evenly_over_its_range_and_alike_for_one_seed)
{
    enum { N = 64 };
    double a[N][TNS_HEALING_FIGURES], b[N][TNS_HEALING_FIGURES], c[N][TNS_HEALING_FIGURES];
    ck_assert(tns_healing_shares(N, 7, a) && tns_healing_shares(N, 7, b) &&
              tns_healing_shares(N, 8, c));
    ck_assert_mem_eq(a, b, sizeof a);
    ck_assert(memcmp(a, c, sizeof a) != 0);
    for (int figure = 0; figure < TNS_HEALING_FIGURES; figure++) {
        bool met[N] = {false};
        for (int i = 0; i < N; i++)
            met[(int)(a[i][figure] * N)] = true;
        for (int i = 0; i < N; i++)
            ck_assert_msg(met[i], "figure %d: %d", figure, i);
    }
    /* Any two figures: each quarter of the square holds about a quarter of the ways. */
    for (int u = 0; u < TNS_HEALING_FIGURES; u++)
        for (int v = u + 1; v < TNS_HEALING_FIGURES; v++) {
            int low = 0;
            for (int i = 0; i < N; i++)
                low += a[i][u] < 0.5 && a[i][v] < 0.5;
            ck_assert_msg(low >= 12 && low <= 20, "%d and %d: %d", u, v, low);
        }
}
END_TEST

START_TEST(what_is_told_of_the_healing_narrows_the_ways)
{
    tns_skin skin = tns_skin_typical();
    tns_error err = {0};
    const tns_healing_terms nothing = {0}, told = {.depth_mm = 0.5, .deposit = 1, .count = 16};
    tns_healed *wide = tns_healed_create(palette, &skin, TNS_SPECULAR_UNKNOWN, &nothing, &err);
    tns_healed *narrow = tns_healed_create(palette, &skin, TNS_SPECULAR_UNKNOWN, &told, &err);
    tns_healed *unsaid = tns_healed_create(palette, &skin, TNS_SPECULAR_UNKNOWN, NULL, &err);
    ck_assert_msg(wide && narrow && unsaid, "%s", err.text);
    ck_assert(memcmp(wide->ways, unsaid->ways, wide->count * sizeof *wide->ways) == 0);
    ck_assert_uint_eq(wide->count, 64);
    ck_assert_uint_eq(narrow->count, 16);
    double sum = 0;
    for (size_t i = 0; i < wide->count; i++)
        sum += wide->weights[i];
    CHECK_NEAR("weights", sum, 1, 1e-12);
    tns_healing typical = tns_healing_typical(NULL);
    CHECK_NEAR("usual depth", wide->median.depth_mm, typical.depth_mm, 1e-12);
    CHECK_NEAR("told depth", narrow->median.depth_mm, 0.5, 1e-12);
    CHECK_NEAR("told deposit", narrow->median.deposit, 1, 1e-12);
    ck_assert(narrow->high.depth_mm / narrow->low.depth_mm <
              wide->high.depth_mm / wide->low.depth_mm);
    ck_assert(wide->high.retention <= 1 && wide->low.retention > 0.2);
    tns_healed_destroy(wide);
    tns_healed_destroy(narrow);
    tns_healed_destroy(unsaid);
    tns_healed_destroy(NULL);
}
END_TEST

START_TEST(terms_out_of_range_are_refused_by_name)
{
    static const struct {
        tns_healing_terms terms;
        const char *says;
    } rows[] = {
        {{.depth_mm = -1}, "depth_mm"},
        {{.depth_mm = 6}, "depth_mm: expected above 0, at most 2 mm, found 6"},
        {{.deposit = -2}, "deposit"},
        {{.deposit = NAN}, "deposit"},
        {{.count = 5000}, "expected at most 1024 ways, found 5000"},
    };
    tns_skin skin = tns_skin_typical();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        ck_assert(!tns_healed_create(palette, &skin, TNS_SPECULAR_UNKNOWN, &rows[i].terms, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
        ck_assert_msg(strstr(err.text, rows[i].says), "%s", err.text);
    }
}
END_TEST

/* Ink healed in many ways goes through the match like any list of surfaces. */
START_TEST(a_match_takes_the_list)
{
    tns_skin skin = skin_of(LIGHT);
    tns_error err = {0};
    tns_viewing day;
    const tns_healing_terms few = {.count = 8};
    tns_healed *healed = tns_healed_create(palette, &skin, TNS_SPECULAR_UNKNOWN, &few, &err);
    ck_assert(healed && tns_viewing_find("D65/10", &day, &err));
    double K[TNS_BANDS], S[TNS_BANDS];
    black_of_shade(palette, 12, K, S);
    tns_match_request request = {.palette = palette,
                                 .target = tns_surface_reflectance(&healed->surfaces[3], K, S),
                                 .surfaces = healed->surfaces,
                                 .surface_weights = healed->weights,
                                 .surface_count = healed->count,
                                 .viewings = &day,
                                 .weights = {1},
                                 .viewing_count = 1,
                                 .max_pigments = 1,
                                 .max_units = 1,
                                 .top = 3,
                                 .threads = 1};
    tns_match *match = tns_match_solve(&request, NULL, &err);
    ck_assert_msg(match != NULL, "%s", err.text);
    ck_assert(match->search.exact && match->search.max_shade == 40);
    ck_assert(match->recipes[0].has_diluent);
    tns_match_destroy(match);
    tns_healed_destroy(healed);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("healed");
    TCase *tc = tcase_create("healed");
    tcase_set_timeout(tc, 0);
    tcase_add_unchecked_fixture(tc, setup, teardown);
    tcase_add_test(tc, skin_healed_without_ink_is_bare_skin);
    tcase_add_test(tc, many_ways_at_once_are_what_each_is_alone);
    tcase_add_test(tc, no_layer_gives_back_more_light_than_it_gets);
    tcase_add_test(tc, more_ink_is_darker_whiter_ink_is_lighter_and_slopes_are_true);
    tcase_add_test(tc, ink_that_lies_deeper_is_seen_less);
    tcase_add_test(tc, black_turns_blue_less_with_depth_and_less_in_dark_skin_than_in_light);
    tcase_add_test(tc, a_ladder_of_shades_climbs_in_every_skin);
    tcase_add_test(tc, what_no_healed_ink_can_be_is_refused_by_name);
    tcase_add_test(tc, each_figure_is_drawn_evenly_over_its_range_and_alike_for_one_seed);
    tcase_add_test(tc, what_is_told_of_the_healing_narrows_the_ways);
    tcase_add_test(tc, terms_out_of_range_are_refused_by_name);
    tcase_add_test(tc, a_match_takes_the_list);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
