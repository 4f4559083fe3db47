/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person types: targets, viewings, surfaces, recipes. */
#include <stdio.h>
#include <string.h>

#include "service/parts.h"
#include "support/testing.h"

static const struct {
    const char *text;
    double L, a, b;
    const char *illuminant;
    int observer;
} targets[] = {
    {"lab:38,3,6", 38, 3, 6, "D65", 10},       {"lab:38.25,-3.5,.5", 38.25, -3.5, 0.5, "D65", 10},
    {"lab: 38 , 3 , 6 ", 38, 3, 6, "D65", 10}, {"lab:3.8e1,+3,6", 38, 3, 6, "D65", 10},
    {"lab:38,3,6@D50/2", 38, 3, 6, "D50", 2},  {"lab:38,3,6@A/10", 38, 3, 6, "A", 10},
    {"lab:38,3,6@f11", 38, 3, 6, "F11", 10},   {"lab:38,3,6@D5500/2", 38, 3, 6, "D5500", 2},
    {"lab:0,0,0", 0, 0, 0, "D65", 10},         {"lab:100,-150,150", 100, -150, 150, "D65", 10},
};

START_TEST(a_typed_color_is_understood)
{
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        const char *label = targets[i].text;
        tns_reading r;
        tns_error err = {0};
        ck_assert_msg(tns_target_load(label, &r, &err), "%s: %s", label, err.text);
        ck_assert_msg(r.has_color && !r.has_spectrum && r.source.kind == TNS_SOURCE_TYPED, "%s",
                      label);
        CHECK_NEAR(label, r.color.lab.L, targets[i].L, 0);
        CHECK_NEAR(label, r.color.lab.a, targets[i].a, 0);
        CHECK_NEAR(label, r.color.lab.b, targets[i].b, 0);
        ck_assert_msg(strcmp(r.color.illuminant, targets[i].illuminant) == 0, "%s: %s", label,
                      r.color.illuminant);
        ck_assert_msg((int)r.color.observer == targets[i].observer, "%s", label);
    }
}
END_TEST

static const struct {
    const char *text;
    tns_code code;
    const char *says;
} bad_targets[] = {
    {"lab:", TNS_ERROR_USAGE, "lab: expected 3 numbers"},
    {"lab:38", TNS_ERROR_USAGE, "lab: expected 3 numbers"},
    {"lab:38,3", TNS_ERROR_USAGE, "lab: expected 3 numbers"},
    {"lab:38,3,6,1", TNS_ERROR_USAGE, "lab: expected 3 numbers"},
    {"lab:42,1,3,0,6,5", TNS_ERROR_USAGE, "found \"42,1,3,0,6,5\""},
    {"lab:38;3;6", TNS_ERROR_USAGE, "found \"38;3;6\""},
    {"lab:38,,6", TNS_ERROR_USAGE, "expected a number"},
    {"lab:38,nan,6", TNS_ERROR_USAGE, "found \"nan\""},
    {"lab:38,inf,6", TNS_ERROR_USAGE, "found \"inf\""},
    {"lab:38,3,0x6", TNS_ERROR_USAGE, "found \"0x6\""},
    {"lab:140,3,6", TNS_ERROR_USAGE, "lab: expected L* 0 to 100"},
    {"lab:-1,3,6", TNS_ERROR_USAGE, "lab: expected L* 0 to 100"},
    {"lab:38,151,6", TNS_ERROR_USAGE, "a* and b* -150 to 150"},
    {"lab:38,3,6@", TNS_ERROR_USAGE, ""},
    {"lab:38,3,6@D65/5", TNS_ERROR_USAGE, "D65/5"},
    {"lab:38,3,6@D65/", TNS_ERROR_USAGE, "D65/"},
    {"lab:38,3,6@Q7/10", TNS_ERROR_USAGE, "Q7"},
    {"lab:38,3,6@no/such/lamp.csv", TNS_ERROR_NOT_FOUND, "no/such/lamp.csv"},
    {"", TNS_ERROR_USAGE, "target"},
    {"no/such/file.json", TNS_ERROR_NOT_FOUND, "no/such/file.json: cannot be opened"},
    {"38,4,8", TNS_ERROR_USAGE, "a color is typed as lab:38,4,8"},
    {"Shade 18, a touch warm", TNS_ERROR_USAGE, "--recipe carbon-black=1,diluent=18"},
    {"shades/warm.json", TNS_ERROR_NOT_FOUND, "shades/warm.json: cannot be opened"},
    {"no/such/file.csv#3", TNS_ERROR_NOT_FOUND, "no/such/file.csv: cannot be opened"},
    {TEST_ROOT, TNS_ERROR_IO, "cannot be read"},
    {TEST_ROOT "/LICENSE", TNS_ERROR_FORMAT, "LICENSE: "},
    {TEST_ROOT "/tests/golden/ciede2000.csv", TNS_ERROR_FORMAT, "ciede2000.csv: "},
};

START_TEST(a_target_that_is_none_is_refused_by_name)
{
    for (size_t i = 0; i < sizeof bad_targets / sizeof *bad_targets; i++) {
        tns_reading r;
        tns_error err = {0};
        const char *label = bad_targets[i].text;
        ck_assert_msg(!tns_target_load(label, &r, &err), "\"%s\" was taken", label);
        ck_assert_msg(err.code == bad_targets[i].code, "\"%s\": %s: %s", label,
                      tns_code_name(err.code), err.text);
        ck_assert_msg(strstr(err.text, bad_targets[i].says) != NULL, "\"%s\": %s", label, err.text);
    }
}
END_TEST

static tns_palette *load(const char *name)
{
    tns_error err = {0};
    tns_palette *palette = tns_palette_find(name, &err);
    ck_assert_msg(palette != NULL, "%s", err.text);
    return palette;
}

static const struct {
    const char *palette, *text;
    const char *says; /* NULL = understood */
} surfaces[] = {
    {"kimera", NULL, NULL},
    {"kimera", "opaque", NULL},
    {"generic-smp", "film:lab:65,12,18,1", NULL},
    {"generic-smp", "film:lab:65,12,18@D50/2,0.5", NULL},
    {"kimera", "Opaque", "expected opaque, film:BACKING,LOAD or healed:SKIN, found \"Opaque\""},
    {"kimera", "healed:skin.json", "palette kimera: its K and S are relative"},
    {"generic-smp", "healed:lab:60,10,14", NULL},
    {"generic-smp", "healed:lab:60,10,14@D50/2,depth_mm=0.2", NULL},
    {"generic-smp", "healed:lab:60,10,14,deposit=1.5,depth_mm=0.2", NULL},
    {"generic-smp", "healed:", "the reading of the bare skin is missing"},
    {"generic-smp", "healed:,depth_mm=1", "the reading of the bare skin is missing"},
    {"generic-smp", "healed:lab:60,10,14,depth=1", "found \"depth=1\""},
    {"generic-smp", "healed:lab:60,10,14,depth_mm=", "depth_mm: expected a number"},
    {"generic-smp", "healed:lab:60,10,14,depth_mm=0", "depth_mm: expected above 0, found 0"},
    {"generic-smp", "healed:lab:60,10,14,depth_mm=2.1", "at most 2 mm, found 2.1"},
    {"generic-smp", "healed:lab:60,10,14,deposit=1e4", "at most 1000 ul/cm2, found 10000"},
    {"generic-smp", "healed:lab:60,10,14,deposit=1,deposit=1", "deposit: named twice"},
    {"generic-smp", "healed:lab:60,10,14,1", "expected 3 numbers"},
    {"generic-smp", "healed:no/such.json,deposit=1", "no/such.json: cannot be opened"},
    {"generic-smp", "healed:lab:50,0,0", "is not bare skin: no skin has its hue"},
    {"generic-smp", "healed:lab:55,-30,-30", "is not bare skin: no skin has its hue"},
    {"generic-smp", "film:", "expected film:BACKING,LOAD"},
    {"generic-smp", "film:skin.json", "expected film:BACKING,LOAD"},
    {"generic-smp", "film:lab:60,10,12", "film: the load is missing"},
    {"generic-smp", "film:lab:60,10,12@D50/2", "film: the load is missing"},
    {"generic-smp", "film:skin.json", "film: the load is missing"},
    {"generic-smp", "film:,1", "target"},
    {"generic-smp", "film:lab:65,12,18,1e300", "at most 1e+06"},
    {"generic-smp", "film:lab:65,12,18,", "load: expected a number"},
    {"generic-smp", "film:lab:65,12,18,nan", "load: expected a number"},
    {"generic-smp", "film:lab:65,12,18,0", "load"},
    {"generic-smp", "film:lab:65,12,18,-1", "load"},
    {"generic-smp", "film:no/such/skin.json,1", "no/such/skin.json: cannot be opened"},
    {"kimera", "film:lab:65,12,18,1", "relative"},
};

START_TEST(a_surface_is_understood_or_refused_by_name)
{
    for (size_t i = 0; i < sizeof surfaces / sizeof *surfaces; i++) {
        tns_palette *palette = load(surfaces[i].palette);
        tns_surface surface;
        tns_warnings warnings = {0};
        tns_error err = {0};
        const char *label = surfaces[i].text ? surfaces[i].text : "(none)";
        bool done = tns_surface_parse(surfaces[i].text, palette, &surface, &warnings, &err);
        ck_assert_msg(done == (surfaces[i].says == NULL), "%s: %s", label, err.text);
        if (!done)
            ck_assert_msg(strstr(err.text, surfaces[i].says) != NULL, "%s: %s", label, err.text);
        tns_surfaces many;
        tns_error again = {0};
        ck_assert_msg(tns_surfaces_parse(surfaces[i].text, palette, 0, &many, &warnings, &again) ==
                          done,
                      "%s", label);
        ck_assert_str_eq(again.text, err.text);
        tns_surfaces_finish(&many);
        tns_palette_destroy(palette);
    }
}
END_TEST

START_TEST(healed_skin_is_a_list_by_one_name_and_one_seed)
{
    static const char spec[] = "healed:lab:60,10,14,depth_mm=0.3";
    tns_palette *palette = load("generic-smp");
    tns_warnings warnings = {0};
    tns_error err = {0};
    tns_surfaces a, b, other;
    ck_assert(tns_surfaces_parse(spec, palette, 0, &a, &warnings, &err));
    ck_assert(tns_surfaces_parse(spec, palette, 0, &b, &warnings, &err));
    ck_assert(tns_surfaces_parse(spec, palette, 1, &other, &warnings, &err));
    ck_assert(a.healed && a.skin.is_skin && a.count == 64 && a.weights);
    CHECK_NEAR("the depth told", a.healed->median.depth_mm, 0.3, 1e-12);
    for (size_t i = 0; i < a.count; i++)
        ck_assert_str_eq(a.surfaces[i].name, spec);
    ck_assert_mem_eq(a.healed->ways, b.healed->ways, a.count * sizeof *a.healed->ways);
    ck_assert(memcmp(a.healed->ways, other.healed->ways, sizeof *a.healed->ways) != 0);
    tns_surfaces_finish(&a);
    tns_surfaces_finish(&b);
    tns_surfaces_finish(&other);
    ck_assert(tns_surfaces_parse("opaque", palette, 0, &a, &warnings, &err));
    ck_assert(!a.healed && a.count == 1 && !a.weights);
    tns_surfaces_finish(&a);
    tns_surfaces_finish(&a); /* zeroed: taken */
    tns_palette_destroy(palette);
}
END_TEST

static const struct {
    const char *text, *says;
} recipes[] = {
    {"carbon-black=3", NULL},
    {"carbon-black=3,titanium-dioxide=20,diluent=10", NULL},
    {"carbon-black=0.5,diluent=1e3", NULL},
    {"", "expected PIGMENT=AMOUNT, found nothing"},
    {"carbon-black", "expected PIGMENT=AMOUNT, found \"carbon-black\""},
    {"carbon-black=", "carbon-black: expected an amount above 0"},
    {"carbon-black=0", "expected an amount above 0, found \"0\""},
    {"carbon-black=-1", "expected an amount above 0, found \"-1\""},
    {"carbon-black=nan", "expected an amount above 0, found \"nan\""},
    {"carbon-black=1,carbon-black=2", "carbon-black is named twice"},
    {"carbon-black=0,5", "expected an amount above 0"},
    {"carbon-black=3,5", "expected PIGMENT=AMOUNT, found \"5\""},
    {"coal=3", "has no pigment \"coal\""},
    {"=3", "has no pigment \"\""},
    {"carbon-black=1,,titanium-dioxide=1", "expected PIGMENT=AMOUNT"},
};

START_TEST(a_recipe_is_understood_or_refused_by_name)
{
    tns_palette *palette = load("generic-smp");
    double amounts[64];
    ck_assert_uint_le(palette->count, 64);
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        bool diluted;
        tns_error err = {0};
        bool done = tns_recipe_parse(palette, recipes[i].text, amounts, &diluted, &err);
        ck_assert_msg(done == (recipes[i].says == NULL), "%s: %s", recipes[i].text, err.text);
        if (done)
            ck_assert_msg(diluted == (strstr(recipes[i].text, "diluent") != NULL), "%s",
                          recipes[i].text);
        else
            ck_assert_msg(err.code == TNS_ERROR_USAGE && strstr(err.text, recipes[i].says),
                          "%s: %s", recipes[i].text, err.text);
    }
    tns_palette_destroy(palette);
}
END_TEST

START_TEST(a_list_of_lamps_is_understood_or_refused_by_name)
{
    static const struct {
        const char *text;
        size_t count; /* 0 = refused */
    } rows[] = {{"D65", 1},        {"D65,A,F11", 3},
                {"D50/2,A/2", 2},  {"", 0},
                {"D65,,A", 0},     {"D65,Q", 0},
                {"D65,A,D65", 0},  {"D65/2,D65/10", 0},
                {"D65,A,F11,", 3}, {"D50,D55,D65,A,C,E,F2,F7,F11", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_viewing viewings[TNS_VIEWINGS_MAX];
        size_t count = 0;
        tns_error err = {0};
        bool done = tns_viewings_parse(rows[i].text, viewings, TNS_VIEWINGS_MAX, &count, &err);
        ck_assert_msg(done == (rows[i].count > 0), "\"%s\": %s", rows[i].text, err.text);
        ck_assert_msg(!done || count == rows[i].count, "\"%s\": %zu", rows[i].text, count);
        ck_assert_msg(done || err.code == TNS_ERROR_USAGE, "\"%s\": %s", rows[i].text, err.text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("words");
    TCase *tc = tcase_create("words");
    tcase_add_test(tc, a_typed_color_is_understood);
    tcase_add_test(tc, a_target_that_is_none_is_refused_by_name);
    tcase_add_test(tc, a_surface_is_understood_or_refused_by_name);
    tcase_add_test(tc, healed_skin_is_a_list_by_one_name_and_one_seed);
    tcase_add_test(tc, a_recipe_is_understood_or_refused_by_name);
    tcase_add_test(tc, a_list_of_lamps_is_understood_or_refused_by_name);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
