/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/difference.h>

#include "service/parts.h"
#include "support/testing.h"

static tns_viewing viewing(const char *name)
{
    tns_viewing v;
    ck_assert(tns_viewing_find(name, &v, NULL));
    return v;
}

/* A reddish skin-like slope, measured. */
static tns_reading measured(const char *under)
{
    tns_reading r = {.source.kind = TNS_SOURCE_FILE, .has_spectrum = true};
    for (int i = 0; i < TNS_BANDS; i++)
        r.spectrum.value[i] = 0.15 + 0.012 * i - (i > 13 && i < 20 ? 0.05 : 0);
    tns_viewing v = viewing(under);
    r.has_color = true;
    r.color = tns_color_from_spectrum(&r.spectrum, &v);
    return r;
}

static tns_reading bare(const char *under)
{
    tns_reading r = measured(under);
    r.has_spectrum = false;
    r.has_uncertainty = true;
    r.uncertainty = (tns_uncertainty){.L = 1, .a = 2, .b = 1, .k = 2};
    return r;
}

static tns_reading convert(const tns_reading *in, const tns_convert_options *how)
{
    tns_reading out;
    tns_error err = {0};
    ck_assert_msg(tns_service_convert(in, how, &out, &err), "%s", err.text);
    return out;
}

START_TEST(a_measured_spectrum_is_integrated_anew_and_nothing_is_lost)
{
    tns_reading in = measured("D50/2");
    in.has_uncertainty = true;
    in.uncertainty = (tns_uncertainty){.L = 1, .a = 2, .b = 1, .k = 2};
    static const char *const conditions[] = {"D65/10", "A/10", "F11/2", "D50/2"};
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        tns_reading out = convert(&in, &(tns_convert_options){.to = conditions[i]});
        tns_viewing v = viewing(conditions[i]);
        tns_lab wanted = tns_lab_from_spectrum(&in.spectrum, &v);
        CHECK_NEAR(conditions[i], out.color.lab.L, wanted.L, 0);
        CHECK_NEAR(conditions[i], out.color.lab.a, wanted.a, 0);
        CHECK_NEAR(conditions[i], out.color.lab.b, wanted.b, 0);
        CHECK_NEAR(conditions[i], out.uncertainty.a, 2, 0);
        ck_assert_uint_eq(out.warnings.count, 0);
    }
}
END_TEST

START_TEST(the_default_is_D65_and_ten_degrees)
{
    tns_reading in = measured("D50/2"), out = convert(&in, NULL);
    ck_assert_str_eq(out.color.illuminant, "D65");
    ck_assert_int_eq(out.color.observer, TNS_OBSERVER_10);
}
END_TEST

START_TEST(a_bare_color_goes_through_an_estimate_and_says_so)
{
    tns_reading in = bare("D50/2"), truth = measured("D65/10");
    tns_reading out = convert(&in, NULL);
    ck_assert_uint_eq(out.warnings.count, 1);
    ck_assert_ptr_nonnull(strstr(out.warnings.text[0], "estimate"));
    ck_assert_ptr_nonnull(strstr(out.warnings.text[0], "D50/2"));
    ck_assert(!out.has_spectrum);
    ck_assert(out.uncertainty.L > 1 && out.uncertainty.a > 2 && out.uncertainty.b > 1);
    CHECK_NEAR("within its own uncertainty", out.color.lab.a, truth.color.lab.a, out.uncertainty.a);
    CHECK_NEAR("within its own uncertainty", out.color.lab.b, truth.color.lab.b, out.uncertainty.b);
}
END_TEST

START_TEST(a_color_that_need_not_move_stays_as_it_is)
{
    tns_reading in = bare("D65/10"), out = convert(&in, NULL);
    CHECK_NEAR("L*", out.color.lab.L, in.color.lab.L, 0);
    CHECK_NEAR("a*", out.color.lab.a, in.color.lab.a, 0);
    CHECK_NEAR("u", out.uncertainty.a, 2, 0);
    ck_assert_uint_eq(out.warnings.count, 0);
}
END_TEST

START_TEST(a_typed_color_that_moves_has_the_uncertainty_of_its_way)
{
    tns_reading in = bare("D50/2");
    in.has_uncertainty = false;
    tns_reading out = convert(&in, NULL);
    ck_assert(out.has_uncertainty && out.uncertainty.k == 2);
    ck_assert(out.uncertainty.L > 0 && out.uncertainty.a > out.uncertainty.L);
}
END_TEST

START_TEST(uncertainties_add_as_squares_at_the_readings_own_coverage)
{
    tns_reading in = bare("D50/2"), once = in;
    in.uncertainty.k = 1;
    in.uncertainty.a = 1; /* as 2 at k = 2 */
    tns_reading a = convert(&in, NULL), b = convert(&once, NULL);
    CHECK_NEAR("a*", 2 * a.uncertainty.a, b.uncertainty.a, 1e-12);
    CHECK_NEAR("k", a.uncertainty.k, 1, 0);
}
END_TEST

START_TEST(a_white_adapts_to_white_and_the_reading_says_by_what)
{
    static const struct {
        tns_adaptation by;
        const char *name;
    } rows[] = {{TNS_ADAPT_BRADFORD, "Bradford"}, {TNS_ADAPT_CAT16, "CAT16"}};
    for (size_t i = 0; i < 2; i++) {
        tns_reading white = {.has_color = true, .color = {{100, 0, 0}, "A", TNS_OBSERVER_2}};
        tns_reading out =
            convert(&white, &(tns_convert_options){.adapt = true, .adaptation = rows[i].by});
        CHECK_NEAR(rows[i].name, out.color.lab.L, 100, 1e-9);
        CHECK_NEAR(rows[i].name, out.color.lab.a, 0, 1e-9);
        CHECK_NEAR(rows[i].name, out.color.lab.b, 0, 1e-9);
        ck_assert_msg(strstr(out.warnings.text[0], rows[i].name) != NULL, "%s",
                      out.warnings.text[0]);
        ck_assert_ptr_nonnull(strstr(out.warnings.text[0], "A/2"));
    }
}
END_TEST

START_TEST(an_estimated_spectrum_has_the_color_and_names_its_prior)
{
    tns_reading in = bare("D50/2");
    tns_reading out = convert(&in, &(tns_convert_options){.to = "D50/2", .spectrum = true});
    tns_viewing v = viewing("D50/2");
    tns_lab back = tns_lab_from_spectrum(&out.spectrum, &v);
    ck_assert(out.has_spectrum && out.spectrum.reconstructed && out.spectrum.prior[0]);
    CHECK_NEAR("L*", back.L, in.color.lab.L, 1e-4);
    CHECK_NEAR("a*", back.a, in.color.lab.a, 1e-4);
    CHECK_NEAR("b*", back.b, in.color.lab.b, 1e-4);
    ck_assert_ptr_nonnull(strstr(out.warnings.text[0], out.spectrum.prior));
}
END_TEST

START_TEST(an_estimate_kept_in_a_file_is_no_measurement)
{
    tns_reading typed, kept, moved;
    tns_convert_options estimate = {.to = "D50/2", .spectrum = true};
    ck_assert(tns_target_load("lab:60,15,20@D50/2", &typed, NULL));
    ck_assert(tns_service_convert(&typed, &estimate, &kept, NULL) && !kept.has_uncertainty);
    ck_assert(tns_service_convert(&kept, NULL, &moved, NULL));
    ck_assert(moved.has_uncertainty && moved.uncertainty.a > 1);
}
END_TEST

START_TEST(the_kind_chooses_the_prior_and_skin_is_known_better)
{
    static const char *const kinds[] = {"skin", "hair", "pigment", "any"};
    tns_reading in = {.has_color = true, .color = {{45, 9, 14}, "D50", TNS_OBSERVER_2}};
    double width[4];
    for (size_t i = 0; i < 4; i++) {
        tns_reading out = convert(&in, &(tns_convert_options){.spectrum = true, .kind = kinds[i]});
        ck_assert_str_eq(out.spectrum.prior, kinds[i]);
        ck_assert_msg(strstr(out.warnings.text[1], kinds[i]) != NULL, "%s", out.warnings.text[1]);
        width[i] = out.uncertainty.a;
        tns_viewing v = viewing("D65/10");
        CHECK_NEAR(kinds[i], tns_lab_from_spectrum(&out.spectrum, &v).a, out.color.lab.a, 1e-9);
    }
    ck_assert(width[0] < 0.5 * width[3]);
}
END_TEST

/* The sample photo's stubble over skin, rendered from spectra (docs/sample/scalp.json). */
START_TEST(a_photos_region_is_taken_for_skin_and_comes_close)
{
    tns_reading in = {.source.kind = TNS_SOURCE_PHOTO,
                      .has_color = true,
                      .color = {{46.305, 9.385, 12.184}, "D50", TNS_OBSERVER_2}};
    tns_reading out = convert(&in, NULL);
    ck_assert(tns_de00(out.color.lab, (tns_lab){45.726, 6.793, 12.256}) < 0.5);
}
END_TEST

START_TEST(a_backing_without_a_name_is_skin_where_skin_can_have_its_color)
{
    static const struct {
        const char *film, *prior;
    } rows[] = {{"film:lab:62,13,17,1", "as of skin"},
                {"film:lab:93,0,3,1", "as of any smooth surface"}};
    tns_error err = {0};
    tns_palette *palette = tns_palette_find("generic-smp", &err);
    ck_assert_msg(palette != NULL, "%s", err.text);
    for (size_t i = 0; i < 2; i++) {
        tns_surface surface;
        tns_warnings warnings = {0};
        ck_assert_msg(tns_surface_parse(rows[i].film, palette, &surface, &warnings, &err), "%s",
                      err.text);
        ck_assert_msg(strstr(warnings.text[0], rows[i].prior) != NULL, "%s", warnings.text[0]);
    }
    tns_palette_destroy(palette);
}
END_TEST

START_TEST(a_measured_spectrum_is_not_estimated_again)
{
    tns_reading in = measured("D65/10");
    tns_reading out = convert(&in, &(tns_convert_options){.spectrum = true});
    ck_assert(!out.spectrum.reconstructed);
    ck_assert(memcmp(in.spectrum.value, out.spectrum.value, sizeof in.spectrum.value) == 0);
}
END_TEST

START_TEST(what_cannot_be_converted_is_refused_by_name)
{
    tns_reading lamp = bare("D65/10"), none = {0}, good = bare("D65/10");
    strcpy(lamp.color.illuminant, "Clinic ceiling");
    const struct {
        const char *label;
        const tns_reading *in;
        tns_convert_options how;
        tns_code code;
        const char *says;
    } rows[] = {
        {"an unknown lamp", &lamp, {.to = "D65/10"}, TNS_ERROR_FORMAT, "Clinic ceiling"},
        {"neither", &none, {.to = "D65/10"}, TNS_ERROR_FORMAT, "neither"},
        {"an unknown viewing", &good, {.to = "X/2"}, TNS_ERROR_USAGE, "X"},
        {"an unknown kind",
         &good,
         {.kind = "wood"},
         TNS_ERROR_USAGE,
         "--kind: expected skin, hair, pigment or any, found \"wood\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_reading out;
        tns_error err = {0};
        ck_assert_msg(!tns_service_convert(rows[i].in, &rows[i].how, &out, &err), "%s",
                      rows[i].label);
        ck_assert_msg(err.code == rows[i].code, "%s: %s: %s", rows[i].label,
                      tns_code_name(err.code), err.text);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s: %s", rows[i].label, err.text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("convert");
    TCase *tc = tcase_create("convert");
    tcase_add_test(tc, a_measured_spectrum_is_integrated_anew_and_nothing_is_lost);
    tcase_add_test(tc, the_default_is_D65_and_ten_degrees);
    tcase_add_test(tc, a_bare_color_goes_through_an_estimate_and_says_so);
    tcase_add_test(tc, a_color_that_need_not_move_stays_as_it_is);
    tcase_add_test(tc, a_typed_color_that_moves_has_the_uncertainty_of_its_way);
    tcase_add_test(tc, uncertainties_add_as_squares_at_the_readings_own_coverage);
    tcase_add_test(tc, a_white_adapts_to_white_and_the_reading_says_by_what);
    tcase_add_test(tc, an_estimated_spectrum_has_the_color_and_names_its_prior);
    tcase_add_test(tc, an_estimate_kept_in_a_file_is_no_measurement);
    tcase_add_test(tc, the_kind_chooses_the_prior_and_skin_is_known_better);
    tcase_add_test(tc, a_photos_region_is_taken_for_skin_and_comes_close);
    tcase_add_test(tc, a_backing_without_a_name_is_skin_where_skin_can_have_its_color);
    tcase_add_test(tc, a_measured_spectrum_is_not_estimated_again);
    tcase_add_test(tc, what_cannot_be_converted_is_refused_by_name);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
