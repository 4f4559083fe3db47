/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Profiles whose curves no photo can be in are refused at decoding; unusual ones are taken. */
#include <stdlib.h>
#include <string.h>

#include <lcms2.h>

#include "photo/files.h"
#include "support/testing.h"

enum { SIDE = 8, STEPS = 256 };

typedef double curve(double x, double by);

static double power(double x, double by)
{
    return pow(x, by);
}

static double reversed(double x, double by)
{
    return pow(1 - x, by);
}

static double constant(double x, double by)
{
    (void)x;
    return by;
}

/* Falls by a tenth of white for a while. */
static double dented(double x, double by)
{
    return pow(x, by) - (x > 0.6 && x < 0.7 ? 0.1 : 0);
}

/* CIE 15:2004, 8.2.1.1: L* of light is proportional to the code. */
static double lightness(double x, double by)
{
    (void)by;
    double f = (100 * x + 16) / 116;
    return f > 6.0 / 29 ? f * f * f : 3 * (f - 4.0 / 29) * 36 / 841;
}

static cmsToneCurve *build(curve *shape, double by)
{
    uint16_t table[STEPS];
    for (int i = 0; i < STEPS; i++)
        table[i] = (uint16_t)lround(65535 * fmin(1, fmax(0, shape(i / 255.0, by))));
    return cmsBuildTabulatedToneCurve16(NULL, STEPS, table);
}

static bytes profile(const double primaries[6], curve *shapes[3], const double by[3])
{
    const cmsCIExyY d65 = {0.3127, 0.3290, 1};
    const double *p = primaries;
    const cmsCIExyYTRIPLE xy = {{p[0], p[1], 1}, {p[2], p[3], 1}, {p[4], p[5], 1}};
    cmsToneCurve *curves[3];
    for (int c = 0; c < 3; c++)
        curves[c] = build(shapes[c], by[c]);
    cmsHPROFILE made = cmsCreateRGBProfile(&d65, &xy, curves);
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(made, NULL, &size);
    bytes out = {malloc(size), size};
    ck_assert(out.data != NULL && cmsSaveProfileToMem(made, out.data, &size));
    cmsCloseProfile(made);
    cmsFreeToneCurveTriple(curves);
    return out;
}

static bool parses(bytes icc, tns_error *err)
{
    unsigned char data[SIDE * SIDE * 3];
    memset(data, 128, sizeof data);
    picture p = {
        .width = SIDE, .height = SIDE, .channels = 3, .bits = 8, .data = data, .icc = &icc};
    bytes file = png_of(&p);
    tns_image *image = tns_image_parse(file.data, file.length, "photo.png", err);
    bool done = image != NULL;
    tns_image_destroy(image);
    free(file.data);
    return done;
}

START_TEST(curves_that_no_photo_can_be_in_are_refused_by_name)
{
    static const double srgb[6] = {0.64, 0.33, 0.30, 0.60, 0.15, 0.06};
    /* ISO 22028-2: its blue has a ten thousandth of the light. */
    static const double prophoto[6] = {0.7347, 0.2653, 0.1596, 0.8404, 0.0366, 0.0001};
    static const struct {
        const char *label;
        const double *primaries;
        curve *shapes[3];
        double by[3];
        const char *says; /* NULL: taken */
    } rows[] = {
        {"linear", srgb, {power, power, power}, {1, 1, 1}, NULL},
        {"gamma 1.8, wide", prophoto, {power, power, power}, {1.8, 1.8, 1.8}, NULL},
        {"gamma 2.8", srgb, {power, power, power}, {2.8, 2.8, 2.8}, NULL},
        {"unlike channels", srgb, {power, power, power}, {2.0, 2.2, 2.4}, NULL},
        {"L*", srgb, {lightness, lightness, lightness}, {0, 0, 0}, NULL},
        {"gamma 20", srgb, {power, power, power}, {20, 20, 20}, "of white's light"},
        {"gamma 0.1", srgb, {power, power, power}, {0.1, 0.1, 0.1}, "of white's light"},
        {"a negative", srgb, {reversed, reversed, reversed}, {2, 2, 2}, "grays become darker"},
        {"a dent", srgb, {dented, dented, dented}, {2, 2, 2}, "grays become darker"},
        {"all black", srgb, {constant, constant, constant}, {0, 0, 0}, "white becomes 0"},
        {"no blue", srgb, {power, power, constant}, {2.2, 2.2, 0}, "changes nothing"},
        {"red that is stuck", srgb, {constant, power, power}, {1, 2.2, 2.2}, "changes nothing"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {TNS_OK, ""};
        curve *shapes[3] = {rows[i].shapes[0], rows[i].shapes[1], rows[i].shapes[2]};
        bytes icc = profile(rows[i].primaries, shapes, rows[i].by);
        bool taken = parses(icc, &err);
        ck_assert_msg(taken == !rows[i].says, "%s: %s", rows[i].label, err.text);
        if (rows[i].says) {
            ck_assert_msg(err.code == TNS_ERROR_FORMAT, "%s", rows[i].label);
            ck_assert_msg(strstr(err.text, "photo.png: its ICC profile makes no sense: ") &&
                              strstr(err.text, rows[i].says),
                          "%s: %s", rows[i].label, err.text);
        }
        free(icc.data);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode_sense");
    TCase *tc = tcase_create("decode_sense");
    tcase_add_test(tc, curves_that_no_photo_can_be_in_are_refused_by_name);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
