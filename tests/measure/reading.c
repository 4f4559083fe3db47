/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <tonsure/difference.h>
#include <tonsure/reading.h>

#include "support/testing.h"

static tns_viewing viewing(const char *condition)
{
    tns_viewing v;
    tns_error err;
    ck_assert_msg(tns_viewing_find(condition, &v, &err), "%s", err.text);
    return v;
}

/* A smooth skin-like spectrum. */
static tns_spectrum skin(void)
{
    tns_spectrum s = tns_spectrum_constant(0);
    for (int i = 0; i < TNS_BANDS; i++)
        s.value[i] = 0.25 + 0.0008 * (tns_band_nm(i) - 380);
    return s;
}

static tns_reading typed(const char *condition)
{
    tns_viewing v = viewing(condition);
    tns_spectrum s = skin();
    tns_reading r = {.site = "temple-left", .has_color = true};
    r.color = tns_color_from_spectrum(&s, &v);
    return r;
}

START_TEST(a_measured_spectrum_is_integrated_again_and_needs_no_warning)
{
    tns_viewing d65 = viewing("D65/10");
    tns_reading r = typed("D65/10");
    r.color.lab.L += 5; /* the spectrum is what was measured */
    r.has_spectrum = true;
    r.spectrum = skin();
    tns_warnings warnings = {0};
    tns_color c;
    ck_assert(tns_reading_color(&r, &d65, &c, &warnings, NULL));
    CHECK_NEAR("L*", c.lab.L, tns_lab_from_spectrum(&r.spectrum, &d65).L, 0);
    ck_assert(tns_viewing_is(&d65, &c));
    ck_assert_uint_eq(warnings.count, 0);
}
END_TEST

START_TEST(a_color_under_the_same_conditions_is_passed_on)
{
    tns_viewing d50 = viewing("D50/2");
    tns_reading r = typed("D50/2");
    tns_warnings warnings = {0};
    tns_color c;
    ck_assert(tns_reading_color(&r, &d50, &c, &warnings, NULL));
    ck_assert(memcmp(&c.lab, &r.color.lab, sizeof c.lab) == 0);
    ck_assert_uint_eq(warnings.count, 0);
}
END_TEST

START_TEST(a_color_under_other_conditions_is_estimated_and_says_so)
{
    tns_viewing d65 = viewing("D65/10");
    tns_reading r = typed("D50/2");
    tns_warnings warnings = {0};
    tns_color c;
    tns_error err;
    ck_assert_msg(tns_reading_color(&r, &d65, &c, &warnings, &err), "%s", err.text);
    tns_spectrum estimate, truth = skin();
    ck_assert(tns_reading_spectrum(&r, &estimate, NULL) && estimate.reconstructed);
    CHECK_NEAR("way", tns_de76(c.lab, tns_lab_from_spectrum(&estimate, &d65)), 0, 0);
    ck_assert_str_eq(estimate.prior, "skin"); /* by the site */
    /* a straight slope is no skin and parts from the likeliest by 2 */
    CHECK_NEAR("truth", tns_de00(c.lab, tns_lab_from_spectrum(&truth, &d65)), 0, 4);
    ck_assert(tns_viewing_is(&d65, &c));
    ck_assert_uint_eq(warnings.count, 1);
    const char *text = warnings.text[0];
    ck_assert_msg(strstr(text, "D50/2") && strstr(text, "D65/10") && strstr(text, estimate.prior),
                  "%s", text);
    ck_assert_msg(strlen(text) < TNS_WARNING_SIZE - 1, "the warning is cut: %s", text);
    ck_assert(tns_reading_color(&r, &d65, &c, NULL, NULL));
}
END_TEST

START_TEST(a_reconstructed_spectrum_never_passes_for_a_measured_one)
{
    tns_viewing d50 = viewing("D50/2"), d65 = viewing("D65/10");
    tns_reading r = typed("D50/2");
    ck_assert(tns_reading_spectrum(&r, &r.spectrum, NULL));
    ck_assert(r.spectrum.reconstructed);
    r.has_spectrum = true;
    tns_color c;
    tns_warnings warnings = {0};
    ck_assert(tns_reading_color(&r, &d50, &c, &warnings, NULL));
    ck_assert_uint_eq(warnings.count, 0); /* the color itself was read under D50/2 */
    ck_assert(tns_reading_color(&r, &d65, &c, &warnings, NULL));
    ck_assert_uint_eq(warnings.count, 1);
    r.has_color = false;
    ck_assert(tns_reading_color(&r, &d50, &c, &warnings, NULL));
    ck_assert_uint_eq(warnings.count, 2);
}
END_TEST

START_TEST(what_has_no_color_or_an_unknown_lamp_is_refused_by_name)
{
    tns_viewing d65 = viewing("D65/10");
    tns_reading empty = {.id = "r-7"}, lamp = typed("D50/2"), vivid = typed("D50/2");
    snprintf(lamp.color.illuminant, sizeof lamp.color.illuminant, "ring light");
    vivid.color.lab = (tns_lab){100, 50, 0};
    const struct {
        const tns_reading *reading;
        tns_code code;
        const char *says[2];
    } rows[] = {{&empty, TNS_ERROR_FORMAT, {"r-7", "neither"}},
                {&lamp, TNS_ERROR_FORMAT, {"temple-left", "ring light"}},
                {&vivid, TNS_ERROR_RANGE, {"temple-left", "no reflectance"}}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_color c;
        tns_spectrum s;
        tns_error err = {0};
        ck_assert(!tns_reading_color(rows[i].reading, &d65, &c, NULL, &err));
        ck_assert_int_eq(err.code, rows[i].code);
        for (int k = 0; k < 2; k++)
            ck_assert_msg(strstr(err.text, rows[i].says[k]) != NULL, "%s", err.text);
        ck_assert(!tns_reading_spectrum(rows[i].reading, &s, &err));
    }
}
END_TEST

START_TEST(what_was_read_chooses_the_prior_and_the_caller_may_choose_another)
{
    static const struct {
        tns_what what;
        const char *site;
        tns_prior prior;
    } rows[] = {
        {TNS_WHAT_SKIN, "", TNS_PRIOR_SKIN},         {TNS_WHAT_AREA, "", TNS_PRIOR_SKIN},
        {TNS_WHAT_STRAND, "", TNS_PRIOR_HAIR},       {TNS_WHAT_STRAND, "donor", TNS_PRIOR_HAIR},
        {TNS_WHAT_INK, "crown", TNS_PRIOR_PIGMENT},  {TNS_WHAT_DOT, "crown", TNS_PRIOR_ANY},
        {TNS_WHAT_UNKNOWN, "crown", TNS_PRIOR_SKIN}, {TNS_WHAT_UNKNOWN, "", TNS_PRIOR_ANY},
    };
    tns_viewing v = viewing("D65/10");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_reading r = {.what = rows[i].what, .has_color = true};
        snprintf(r.site, sizeof r.site, "%s", rows[i].site);
        r.color = (tns_color){{45, 9, 14}, "D65", TNS_OBSERVER_10};
        tns_spectrum own, smooth;
        ck_assert_int_eq(tns_reading_prior(&r), rows[i].prior);
        ck_assert(tns_reading_spectrum(&r, &own, NULL));
        ck_assert_str_eq(own.prior, tns_prior_name(rows[i].prior));
        ck_assert(tns_reading_spectrum_as(&r, TNS_PRIOR_SMOOTH, &smooth, NULL));
        ck_assert_str_eq(smooth.prior, "lhtss");
        r.source.kind = TNS_SOURCE_PHOTO; /* of a client */
        ck_assert(r.what != TNS_WHAT_UNKNOWN || tns_reading_prior(&r) == TNS_PRIOR_SKIN);
        CHECK_NEAR("same color", tns_lab_from_spectrum(&own, &v).a,
                   tns_lab_from_spectrum(&smooth, &v).a, 1e-3);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("reading");
    TCase *tc = tcase_create("reading");
    tcase_add_test(tc, a_measured_spectrum_is_integrated_again_and_needs_no_warning);
    tcase_add_test(tc, a_color_under_the_same_conditions_is_passed_on);
    tcase_add_test(tc, a_color_under_other_conditions_is_estimated_and_says_so);
    tcase_add_test(tc, a_reconstructed_spectrum_never_passes_for_a_measured_one);
    tcase_add_test(tc, what_was_read_chooses_the_prior_and_the_caller_may_choose_another);
    tcase_add_test(tc, what_has_no_color_or_an_unknown_lamp_is_refused_by_name);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
