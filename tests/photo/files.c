/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/files.h"

#include <stdlib.h>
#include <string.h>

#include <lcms2.h>

#include "support/testing.h"

size_t put_le(unsigned char *at, uint32_t value, int size)
{
    for (int i = 0; i < size; i++)
        at[i] = (unsigned char)(value >> 8 * i);
    return (size_t)size;
}

tns_image *must_parse(bytes file, const char *label)
{
    tns_error err = {0};
    tns_image *image = tns_image_parse(file.data, file.length, label, &err);
    ck_assert_msg(image != NULL, "%s: %s", label, err.text);
    return image;
}

void expect_refusal(const char *label, const void *data, size_t length, tns_code code,
                    const char *says)
{
    tns_error err = {0};
    tns_image *image = tns_image_parse(data, length, "x.jpg", &err);
    ck_assert_msg(image == NULL, "%s: was read", label);
    ck_assert_msg(err.code == code, "%s: %s: %s", label, tns_code_name(err.code), err.text);
    ck_assert_msg(strstr(err.text, says) && strstr(err.text, "x.jpg"), "%s: %s", label, err.text);
    ck_assert_msg(code != TNS_ERROR_UNSUPPORTED || strstr(err.text, "export") ||
                      strstr(err.text, "convert"),
                  "%s: names no cure: %s", label, err.text);
}

void expected_linear(const double code[3], double out[3])
{
    static const double m[3][3] = {
        {0.6274, 0.3293, 0.0433}, {0.0691, 0.9195, 0.0114}, {0.0164, 0.0880, 0.8956}};
    double linear[3];
    for (int c = 0; c < 3; c++)
        linear[c] = code[c] <= 0.04045 ? code[c] / 12.92 : pow((code[c] + 0.055) / 1.055, 2.4);
    for (int i = 0; i < 3; i++)
        out[i] = m[i][0] * linear[0] + m[i][1] * linear[1] + m[i][2] * linear[2];
}

/* BT.2020-2 primaries; only differences are looked at. */
static cmsCIELab lab_of(const double rgb[3])
{
    double r = rgb[0], g = rgb[1], b = rgb[2];
    const cmsCIEXYZ white = {0.950456, 1, 1.089058};
    cmsCIEXYZ xyz = {0.636958 * r + 0.144617 * g + 0.168881 * b,
                     0.262700 * r + 0.677998 * g + 0.059302 * b, 0.028073 * g + 1.060985 * b};
    cmsCIELab lab;
    cmsXYZ2Lab(&white, &lab, &xyz);
    return lab;
}

double de00_between(const double a[3], const double b[3])
{
    cmsCIELab lab_a = lab_of(a), lab_b = lab_of(b);
    return cmsCIE2000DeltaE(&lab_a, &lab_b, 1, 1, 1);
}

void expect_no_harm(const char *label, bytes file, size_t needed)
{
    for (size_t n = 0; n < needed; n += 1 + needed / 40) {
        unsigned char *part = malloc(n ? n : 1); /* exact, so that ASan sees a byte too many */
        tns_error err = {0};
        memcpy(part, file.data, n);
        tns_image *image = tns_image_parse(part, n, label, &err);
        ck_assert_msg(image == NULL && err.code != TNS_OK, "%s: read when cut to %zu of %zu bytes",
                      label, n, file.length);
        free(part);
    }
    for (size_t n = 0; n < file.length; n += 1 + file.length / 100) {
        unsigned char was = file.data[n];
        file.data[n] ^= 0x5A;
        tns_error err = {0};
        tns_image *image = tns_image_parse(file.data, file.length, label, &err);
        ck_assert_msg((image != NULL) == (err.code == TNS_OK), "%s: byte %zu", label, n);
        tns_image_destroy(image);
        file.data[n] = was;
    }
}

void to_p3(const uint16_t *srgb, uint16_t *p3, int count)
{
    bytes icc = profile_of("Display P3");
    cmsHPROFILE to = cmsOpenProfileFromMem(icc.data, (cmsUInt32Number)icc.length);
    cmsHPROFILE from = cmsCreate_sRGBProfile();
    cmsHTRANSFORM transform = cmsCreateTransform(from, TYPE_RGB_DBL, to, TYPE_RGB_DBL,
                                                 INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOCACHE);
    for (int i = 0; i < count; i++) {
        double in[3], out[3];
        for (int c = 0; c < 3; c++)
            in[c] = srgb[3 * i + c] / 65535.0;
        cmsDoTransform(transform, in, out, 1);
        for (int c = 0; c < 3; c++)
            p3[3 * i + c] = (uint16_t)lround(out[c] * 65535);
    }
    cmsDeleteTransform(transform);
    cmsCloseProfile(from);
    cmsCloseProfile(to);
    free(icc.data);
}
