/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <lcms2.h>

#include "photo/decode/linear.h"

struct tns_linear {
    cmsContext context;
    cmsHTRANSFORM transform;
    int levels;           /* of a table: 256 or 65536 */
    float (*table[3])[3]; /* what each channel adds; NULL = the transform is no such sum */
};

enum { CHUNK = 256 }; /* divides the levels of a table */

/* Rec. ITU-R BT.2020-2, table 3. */
static cmsHPROFILE open_working_space(cmsContext context)
{
    const cmsCIExyY d65 = {0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE primaries = {{0.708, 0.292, 1}, {0.170, 0.797, 1}, {0.131, 0.046, 1}};
    cmsToneCurve *line = cmsBuildGamma(context, 1.0);
    cmsToneCurve *curves[3] = {line, line, line};
    cmsHPROFILE profile = cmsCreateRGBProfileTHR(context, &d65, &primaries, curves);
    cmsFreeToneCurve(line);
    return profile;
}

/* A PNG's gAMA is the encoding's exponent, 0.45455 for a picture encoded with 1/2.2. */
static cmsHPROFILE open_png_space(cmsContext context, const tns_pixels *pixels)
{
    const double *c = pixels->chromaticity;
    cmsCIExyY white = {c[0], c[1], 1};
    cmsCIExyYTRIPLE primaries = {{c[2], c[3], 1}, {c[4], c[5], 1}, {c[6], c[7], 1}};
    cmsToneCurve *curve = cmsBuildGamma(context, 1 / pixels->gamma);
    cmsToneCurve *curves[3] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfileTHR(context, &white, &primaries, curves);
    cmsFreeToneCurve(curve);
    return profile;
}

/* Whether a PNG names a space other than sRGB, whose own gAMA and cHRM most encoders write. */
static bool has_own_space(const tns_pixels *pixels)
{
    static const double srgb[8] = {0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06};
    double worst = fabs(pixels->gamma - 0.45455);
    if (pixels->says_srgb || pixels->gamma <= 0.05 || pixels->chromaticity[1] <= 0)
        return false;
    for (int i = 0; i < 8; i++)
        worst = fmax(worst, fabs(pixels->chromaticity[i] - srgb[i]));
    return worst > 0.005;
}

static cmsHPROFILE open_source(cmsContext context, const tns_pixels *pixels, char *description,
                               size_t size)
{
    description[0] = '\0';
    if (pixels->icc) {
        cmsHPROFILE profile =
            cmsOpenProfileFromMemTHR(context, pixels->icc, (cmsUInt32Number)pixels->icc_size);
        if (profile && !cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", description,
                                               (cmsUInt32Number)size))
            strncpy(description, "unnamed ICC profile", size - 1);
        return profile;
    }
    if (has_own_space(pixels)) {
        strncpy(description, "PNG gAMA and cHRM", size - 1);
        return open_png_space(context, pixels);
    }
    if (pixels->says_srgb)
        strncpy(description, "sRGB", size - 1);
    return cmsCreate_sRGBProfileTHR(context);
}

static void transform(const tns_linear *linear, const float (*encoded)[3], int count,
                      float (*rgb)[3])
{
    cmsDoTransform(linear->transform, encoded, rgb, (cmsUInt32Number)count);
}

/* The sum that the tables stand for, in floating point, at any place of the cube. */
static bool is_sum_at(const tns_linear *linear, const float at[3])
{
    float corner[5][3] = {{at[0], at[1], at[2]}, {at[0], 0, 0}, {0, at[1], 0}, {0, 0, at[2]}};
    float rgb[5][3];
    transform(linear, (const float(*)[3])corner, 5, rgb);
    for (int c = 0; c < 3; c++) {
        float sum = rgb[1][c] + rgb[2][c] + rgb[3][c] - 2 * rgb[4][c];
        if (fabsf(sum - rgb[0][c]) > 2e-6f)
            return false;
    }
    return true;
}

static bool is_sum(const tns_linear *linear)
{
    for (int i = 0; i < 9 * 9 * 9; i++) {
        float at[3] = {(float)(i % 9) / 8, (float)(i / 9 % 9) / 8, (float)(i / 81) / 8};
        if (!is_sum_at(linear, at))
            return false;
    }
    return true;
}

/* Black, which would otherwise be added three times, is left to the first channel's table. */
static bool fill_table(tns_linear *linear, int channel)
{
    float(*table)[3] = malloc((size_t)linear->levels * sizeof *table);
    linear->table[channel] = table;
    if (!table)
        return false;
    for (int i = 0; i < linear->levels; i += CHUNK) {
        float encoded[CHUNK][3] = {{0}};
        for (int k = 0; k < CHUNK; k++)
            encoded[k][channel] = (float)(i + k) / (float)(linear->levels - 1);
        transform(linear, (const float(*)[3])encoded, CHUNK, table + i);
    }
    float black[3] = {table[0][0], table[0][1], table[0][2]};
    for (int i = 0; i < linear->levels && channel > 0; i++)
        for (int c = 0; c < 3; c++)
            table[i][c] -= black[c];
    return true;
}

static bool open_transform(tns_linear *linear, const tns_pixels *pixels, const char *name,
                           char *description, size_t size, tns_error *err)
{
    cmsHPROFILE source = open_source(linear->context, pixels, description, size);
    if (!source || cmsGetColorSpace(source) != cmsSigRgbData) {
        bool opened = source != NULL;
        if (source)
            cmsCloseProfile(source);
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: %s", name,
                             opened ? "its ICC profile is not for RGB"
                                    : "its ICC profile is broken");
    }
    cmsHPROFILE working = open_working_space(linear->context);
    linear->transform =
        cmsCreateTransformTHR(linear->context, source, TYPE_RGB_FLT, working, TYPE_RGB_FLT,
                              INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOCACHE | cmsFLAGS_NOOPTIMIZE);
    cmsCloseProfile(working);
    cmsCloseProfile(source);
    if (!linear->transform)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: its ICC profile does not lead to colors",
                             name);
    return true;
}

tns_linear *tns_linear_create(const tns_pixels *pixels, const char *name, char *description,
                              size_t size, tns_error *err)
{
    tns_linear *linear = calloc(1, sizeof *linear);
    bool done = linear && (linear->context = cmsCreateContext(NULL, NULL)) != NULL;
    if (!done)
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    done = done && open_transform(linear, pixels, name, description, size, err);
    if (done && is_sum(linear)) {
        linear->levels = 1 << pixels->bits;
        for (int c = 0; c < 3 && done; c++)
            done = fill_table(linear, c) ||
                   tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    }
    if (!done) {
        tns_linear_destroy(linear);
        return NULL;
    }
    return linear;
}

void tns_linear_destroy(tns_linear *linear)
{
    if (!linear)
        return;
    for (int c = 0; c < 3; c++)
        free(linear->table[c]);
    if (linear->transform)
        cmsDeleteTransform(linear->transform);
    if (linear->context)
        cmsDeleteContext(linear->context);
    free(linear);
}

static void apply_tables(const tns_linear *linear, const uint16_t (*code)[3], int count,
                         float (*rgb)[3])
{
    int shift = linear->levels == 256 ? 8 : 0; /* a code of 8 bits is its value times 257 */
    for (int i = 0; i < count; i++) {
        const float *r = linear->table[0][code[i][0] >> shift];
        const float *g = linear->table[1][code[i][1] >> shift];
        const float *b = linear->table[2][code[i][2] >> shift];
        for (int c = 0; c < 3; c++)
            rgb[i][c] = r[c] + g[c] + b[c];
    }
}

static void apply_transform(const tns_linear *linear, const uint16_t (*code)[3], int count,
                            float (*rgb)[3])
{
    float encoded[CHUNK][3];
    while (count > 0) {
        int n = count < CHUNK ? count : CHUNK;
        for (int i = 0; i < n; i++)
            for (int c = 0; c < 3; c++)
                encoded[i][c] = (float)code[i][c] / 65535.0f;
        transform(linear, (const float(*)[3])encoded, n, rgb);
        code += n;
        rgb += n;
        count -= n;
    }
}

void tns_linear_apply(const tns_linear *linear, const uint16_t (*code)[3], int count,
                      float (*rgb)[3])
{
    if (linear->table[2])
        apply_tables(linear, code, count, rgb);
    else
        apply_transform(linear, code, count, rgb);
}
