/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/surface.h"
#include "shelf.h"

static tns_spectrum skin_like(void)
{
    tns_spectrum skin = tns_spectrum_constant(0);
    for (int b = 0; b < TNS_BANDS; b++)
        skin.value[b] = 0.15 + 0.012 * b;
    return skin;
}

/* A film in a host, below a layer that scatters and absorbs, behind a glossy face. */
static tns_surface deep_film(const tns_palette *palette)
{
    tns_spectrum skin = skin_like();
    tns_surface film;
    tns_error err;
    ck_assert_msg(tns_surface_film(palette, &skin, 0.8, &film, &err), "%s", err.text);
    for (int b = 0; b < TNS_BANDS; b++) {
        film.host_K[b] = 0.02;
        film.host_S[b] = 0.3;
        film.over_R[b] = 0.08;
        film.over_T2[b] = 0.7;
        film.over_Rb[b] = 0.09;
    }
    return film;
}

static void fill_surfaces(shelf *s, tns_surface surfaces[3])
{
    uint64_t state = 5;
    tns_error err;
    tns_spectrum skin = skin_like();
    fill_shelf(s, 2, true, TNS_BY_VOLUME, &state);
    s->palette.model.k1 = 0.04;
    s->palette.model.k2 = 0.5;
    surfaces[0] = tns_surface_opaque(&s->palette);
    ck_assert_msg(tns_surface_film(&s->palette, &skin, 1.3, &surfaces[1], &err), "%s", err.text);
    surfaces[2] = deep_film(&s->palette);
}

START_TEST(reflectance_falls_in_k_and_rises_in_s_on_every_surface)
{
    shelf s;
    tns_surface surfaces[3];
    fill_surfaces(&s, surfaces);
    uint64_t state = 11;
    for (int round = 0; round < 3000; round++) {
        const tns_surface *surface = &surfaces[round % 3];
        tns_km_slopes at =
            tns_surface_slopes(surface, draw_int(&state, 0, TNS_BANDS - 1),
                               exp(draw_between(&state, -8, 4)), exp(draw_between(&state, -8, 4)));
        ck_assert(at.dR_dK <= 0 && at.dR_dS >= 0 && at.R >= 0 && at.R <= 1);
    }
}
END_TEST

START_TEST(slopes_are_those_of_the_reflectance)
{
    shelf s;
    tns_surface surfaces[3];
    fill_surfaces(&s, surfaces);
    uint64_t state = 12;
    for (int round = 0; round < 600; round++) {
        const tns_surface *surface = &surfaces[round % 3];
        double K[TNS_BANDS], S[TNS_BANDS];
        for (int b = 0; b < TNS_BANDS; b++) {
            K[b] = exp(draw_between(&state, -4, 2));
            S[b] = exp(draw_between(&state, -4, 2));
        }
        int band = draw_int(&state, 0, TNS_BANDS - 1);
        tns_km_slopes at = tns_surface_slopes(surface, band, K[band], S[band]);
        double k = K[band], step = 1e-5 * k;
        CHECK_NEAR("R", tns_surface_reflectance(surface, K, S).value[band], at.R, 1e-12);
        K[band] = k + step;
        double more = tns_surface_reflectance(surface, K, S).value[band];
        K[band] = k - step;
        double less = tns_surface_reflectance(surface, K, S).value[band];
        /* central differences of a function of size 1: truncation 1e-10, rounding 1e-11/step */
        CHECK_NEAR("dR/dK", at.dR_dK, (more - less) / (2 * step), 1e-6 + 1e-6 * fabs(at.dR_dK));
    }
}
END_TEST

START_TEST(a_film_of_next_to_nothing_shows_its_backing_and_a_thick_one_hides_it)
{
    shelf s;
    uint64_t state = 3;
    tns_error err;
    tns_spectrum skin = skin_like();
    fill_shelf(&s, 2, true, TNS_BY_VOLUME, &state);
    s.palette.model.k1 = 0.04;
    s.palette.model.k2 = 0.5;
    s.palette.model.specular_included = true;
    tns_surface thin, thick, opaque = tns_surface_opaque(&s.palette);
    ck_assert(tns_surface_film(&s.palette, &skin, 1e-9, &thin, &err));
    ck_assert(tns_surface_film(&s.palette, &skin, 1e6, &thick, &err));
    const tns_pigment *ink = &s.pigments[0];
    tns_spectrum through = tns_surface_reflectance(&thin, ink->K, ink->S);
    tns_spectrum hidden = tns_surface_reflectance(&thick, ink->K, ink->S);
    tns_spectrum whole = tns_surface_reflectance(&opaque, ink->K, ink->S);
    for (int b = 0; b < TNS_BANDS; b++) {
        CHECK_NEAR("backing", through.value[b], skin.value[b], 1e-6);
        CHECK_NEAR("opaque", hidden.value[b], whole.value[b], 1e-9);
    }
}
END_TEST

START_TEST(what_is_seen_leads_back_to_the_ink)
{
    shelf s;
    tns_surface surfaces[3];
    fill_surfaces(&s, surfaces);
    for (int i = 0; i < 3; i++)
        for (double ink = 0; ink < 1; ink += 0.05)
            CHECK_NEAR("ink",
                       tns_surface_ink(&surfaces[i], 7, tns_surface_seen(&surfaces[i], 7, ink)),
                       ink, 1e-12);
}
END_TEST

START_TEST(a_film_that_cannot_be_is_refused_by_name)
{
    static const struct {
        const char *label;
        bool absolute;
        double load, backing;
        tns_code code;
        const char *says;
    } rows[] = {
        {"relative palette", false, 1, 0.5, TNS_ERROR_USAGE, "relative"},
        {"no load", true, 0, 0.5, TNS_ERROR_USAGE, "load"},
        {"negative load", true, -1, 0.5, TNS_ERROR_USAGE, "load"},
        {"infinite load", true, INFINITY, 0.5, TNS_ERROR_USAGE, "load"},
        {"no number", true, NAN, 0.5, TNS_ERROR_USAGE, "load"},
        {"backing in percent", true, 1, 50, TNS_ERROR_RANGE, "380 nm"},
        {"backing no number", true, 1, NAN, TNS_ERROR_RANGE, "380 nm"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        shelf s;
        uint64_t state = 1;
        fill_shelf(&s, 1, rows[i].absolute, TNS_BY_VOLUME, &state);
        tns_spectrum backing = tns_spectrum_constant(rows[i].backing);
        tns_surface film;
        tns_error err = {0};
        ck_assert_msg(!tns_surface_film(&s.palette, &backing, rows[i].load, &film, &err), "%s",
                      rows[i].label);
        ck_assert_msg(err.code == rows[i].code && strstr(err.text, rows[i].says), "%s: %s",
                      rows[i].label, err.text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("surface");
    TCase *tc = tcase_create("surface");
    tcase_add_test(tc, reflectance_falls_in_k_and_rises_in_s_on_every_surface);
    tcase_add_test(tc, slopes_are_those_of_the_reflectance);
    tcase_add_test(tc, a_film_of_next_to_nothing_shows_its_backing_and_a_thick_one_hides_it);
    tcase_add_test(tc, what_is_seen_leads_back_to_the_ink);
    tcase_add_test(tc, a_film_that_cannot_be_is_refused_by_name);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
