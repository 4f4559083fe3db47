/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode/linear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/decode/profile.h"

struct tns_linear {
    const tns_profile_module *profiles; /* NULL = a camera's matrix, which needs none */
    tns_transform *transform;
    int levels;           /* of a table: 256 or 65536 */
    float (*table[3])[4]; /* what each channel adds, and 0; NULL = the transform is no such sum */
};

enum { CHUNK = 256 }; /* divides the levels of a table */

static void transform(const tns_linear *linear, const float (*encoded)[3], int count,
                      float (*rgb)[3])
{
    linear->profiles->run(linear->transform, encoded, count, rgb);
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

static bool allocate_table(tns_linear *linear, int channel)
{
    linear->table[channel] = calloc((size_t)linear->levels, sizeof *linear->table[channel]);
    return linear->table[channel] != NULL;
}

/* Black, which would otherwise be added three times, is left to the first channel's table. */
static void fill_table(tns_linear *linear, int channel)
{
    float black[3] = {0};
    for (int i = 0; i < linear->levels; i += CHUNK) {
        float encoded[CHUNK][3] = {{0}}, rgb[CHUNK][3];
        for (int k = 0; k < CHUNK; k++)
            encoded[k][channel] = (float)(i + k) / (float)(linear->levels - 1);
        transform(linear, (const float(*)[3])encoded, CHUNK, rgb);
        if (i == 0 && channel > 0)
            memcpy(black, rgb[0], sizeof black);
        for (int k = 0; k < CHUNK; k++)
            for (int c = 0; c < 3; c++)
                linear->table[channel][i + k][c] = rgb[k][c] - black[c];
    }
}

/* IEC 61966-2-1, undone, then the camera's matrix. */
static void fill_camera_table(tns_linear *linear, int channel, const tns_pixels *pixels)
{
    for (int i = 0; i < linear->levels; i++) {
        double v = (double)i / (linear->levels - 1);
        double light = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
        for (int c = 0; c < 3; c++)
            linear->table[channel][i][c] = (float)(pixels->camera[c][channel] * light);
    }
}

static bool fill_tables(tns_linear *linear, const tns_pixels *pixels, const char *name,
                        tns_error *err)
{
    linear->levels = 1 << pixels->bits;
    for (int c = 0; c < 3; c++) {
        if (!allocate_table(linear, c))
            return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
        if (pixels->is_linear)
            fill_camera_table(linear, c, pixels);
        else
            fill_table(linear, c);
    }
    return true;
}

static bool open_transform(tns_linear *linear, const tns_pixels *pixels, const char *name,
                           char *description, size_t size, tns_error *err)
{
    tns_error missing;
    linear->profiles = tns_module_load("profile", &missing);
    if (!linear->profiles)
        return tns_error_set(err, missing.code, "%s: %s", name, missing.text);
    linear->transform = linear->profiles->open(pixels, name, description, size, err);
    return linear->transform != NULL;
}

static bool fill(tns_linear *linear, const tns_pixels *pixels, const char *name, char *description,
                 size_t size, tns_error *err)
{
    if (pixels->is_linear) {
        memset(description, 0, size);
        strncpy(description, "camera matrix", size - 1);
        return fill_tables(linear, pixels, name, err);
    }
    return open_transform(linear, pixels, name, description, size, err) &&
           (!is_sum(linear) || fill_tables(linear, pixels, name, err));
}

tns_linear *tns_linear_create(const tns_pixels *pixels, const char *name, char *description,
                              size_t size, tns_error *err)
{
    tns_linear *linear = calloc(1, sizeof *linear);
    if (!linear)
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    else if (fill(linear, pixels, name, description, size, err))
        return linear;
    tns_linear_destroy(linear);
    return NULL;
}

void tns_linear_destroy(tns_linear *linear)
{
    if (!linear)
        return;
    for (int c = 0; c < 3; c++)
        free(linear->table[c]);
    if (linear->transform)
        linear->profiles->close(linear->transform);
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

bool tns_linear_apply_bytes(const tns_linear *linear, const uint8_t *from, ptrdiff_t step,
                            int count, float (*light)[4])
{
    if (linear->levels != 256)
        return false;
    for (int i = 0; i < count; i++, from += step) {
        const float *r = linear->table[0][from[0]];
        const float *g = linear->table[1][from[1]];
        const float *b = linear->table[2][from[2]];
        for (int c = 0; c < 4; c++)
            light[i][c] = r[c] + g[c] + b[c];
    }
    return true;
}
