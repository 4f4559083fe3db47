/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A whole frame: decoded from JPEG, reduced for the finder, and brought from sRGB to L*a*b* beside
 * Little CMS in floating point (TYPE_RGB_8 and TYPE_RGB_FLT to TYPE_Lab_FLT, relative colorimetric,
 * cmsFLAGS_NOCACHE with and without cmsFLAGS_NOOPTIMIZE; the fastest of them counts). 12 million
 * pixels, of which a sixth takes part in the race, of noise and slopes; one core.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <lcms2.h>

#include <tonsure/image.h>

#include "bench/timing.h"
#include "photo/decode/reduce.h"

enum { W = 4000, H = 3000, RACE = H / 6 };

static void *memory(size_t size)
{
    void *block = malloc(size);
    if (!block) {
        fprintf(stderr, "frames: no memory\n");
        exit(EXIT_FAILURE);
    }
    return block;
}

static unsigned char *paint(void)
{
    unsigned char *rgb = memory((size_t)W * H * 3);
    uint32_t seed = 5;
    for (size_t i = 0; i < (size_t)W * H * 3; i++) {
        seed = seed * 1664525u + 1013904223u;
        rgb[i] = (unsigned char)(40 + i / 3 % W * 160 / W + (seed >> 27) + 10 * (i % 3));
    }
    return rgb;
}

static unsigned char *encode(unsigned char *rgb, unsigned long *length)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *out = NULL;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &out, length);
    jpeg.image_width = W;
    jpeg.image_height = H;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 92, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < H) {
        JSAMPROW row = rgb + (size_t)jpeg.next_scanline * W * 3;
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return out;
}

static tns_image *must_parse(const unsigned char *file, unsigned long length)
{
    tns_error err;
    tns_image *image = tns_image_parse(file, length, "frame", &err);
    if (!image) {
        fprintf(stderr, "%s\n", err.text);
        exit(EXIT_FAILURE);
    }
    return image;
}

static double time_lab(const tns_image *image, float (*lab)[3])
{
    double start = processor_seconds();
    for (int y = 0; y < RACE; y++)
        tns_image_lab(image, 0, y, W, lab + (size_t)y * W);
    return processor_seconds() - start;
}

/* The whole frame by one kind of transform, its pixels as it wants them. */
static double time_lcms(const void *pixels, cmsUInt32Number type, cmsUInt32Number flags,
                        float (*lab)[3])
{
    cmsHPROFILE from = cmsCreate_sRGBProfile(), to = cmsCreateLab4Profile(NULL);
    cmsHTRANSFORM transform =
        cmsCreateTransform(from, type, to, TYPE_Lab_FLT, INTENT_RELATIVE_COLORIMETRIC, flags);
    double start = processor_seconds();
    cmsDoTransform(transform, pixels, lab, W * RACE);
    double seconds = processor_seconds() - start;
    cmsDeleteTransform(transform);
    cmsCloseProfile(from);
    cmsCloseProfile(to);
    return seconds;
}

static unsigned char *frame_of(const tns_image *image)
{
    unsigned char *rgb = memory((size_t)W * RACE * 3);
    if (!tns_image_reduce(image, (tns_window){0, 0, W, RACE}, 1, (uint8_t(*)[3])rgb))
        exit(EXIT_FAILURE);
    return rgb;
}

static void race_lab(const tns_image *image)
{
    static const char *const names[4] = {"RGB_8", "RGB_8, NOOPTIMIZE", "RGB_FLT",
                                         "RGB_FLT, NOOPTIMIZE"};
    unsigned char *rgb = frame_of(image);
    float *numbers = memory((size_t)W * RACE * 3 * sizeof *numbers);
    float(*lab)[3] = memory((size_t)W * RACE * sizeof *lab);
    float(*theirs)[3] = memory((size_t)W * RACE * sizeof *theirs);
    for (size_t i = 0; i < (size_t)W * RACE * 3; i++)
        numbers[i] = (float)rgb[i] / 255;
    timing ours, rival[4];
    for (int run = 0; run < RUNS; run++) {
        ours.run[run] = time_lab(image, lab);
        for (int k = 0; k < 4; k++)
            rival[k].run[run] =
                time_lcms(k < 2 ? (const void *)rgb : numbers, k < 2 ? TYPE_RGB_8 : TYPE_RGB_FLT,
                          cmsFLAGS_NOCACHE | (k % 2 ? cmsFLAGS_NOOPTIMIZE : 0), theirs);
    }
    double farthest = 0;
    for (size_t i = 0; i < (size_t)W * RACE; i++)
        for (int c = 0; c < 3; c++)
            farthest = fmax(farthest, fabs((double)lab[i][c] - (double)theirs[i][c]));
    int best = 0;
    for (int k = 1; k < 4; k++)
        best = median_seconds(rival[k]) < median_seconds(rival[best]) ? k : best;
    printf("frames: sRGB to L*a*b*, 2 MP: %.2f ns a pixel; lcms2 %s to Lab_FLT %.1f ns; ratio "
           "%.1f; differ by %.1g at most\n",
           1e9 * median_seconds(ours) / W / RACE, names[best],
           1e9 * median_seconds(rival[best]) / W / RACE,
           median_seconds(rival[best]) / median_seconds(ours), farthest);
    free(rgb);
    free(numbers);
    free(lab);
    free(theirs);
}

static void time_frame(const unsigned char *file, unsigned long length)
{
    timing decoding, reducing;
    uint8_t(*small)[3] = memory((size_t)(W / 3) * (H / 3) * 3);
    for (int run = 0; run < RUNS; run++) {
        double start = processor_seconds();
        tns_image *image = must_parse(file, length);
        decoding.run[run] = processor_seconds() - start;
        start = processor_seconds();
        if (!tns_image_reduce(image, (tns_window){0, 0, W, H}, 3, small))
            exit(EXIT_FAILURE);
        reducing.run[run] = processor_seconds() - start;
        tns_image_destroy(image);
    }
    printf("frames: JPEG of 12 MP, %.1f MB: decoded in %.0f ms, reduced by 3 in %.0f ms\n",
           (double)length / 1e6, 1e3 * median_seconds(decoding), 1e3 * median_seconds(reducing));
    free(small);
}

int main(void)
{
    unsigned char *rgb = paint();
    unsigned long length = 0;
    unsigned char *file = encode(rgb, &length);
    free(rgb);
    time_frame(file, length);
    tns_image *image = must_parse(file, length);
    race_lab(image);
    tns_image_destroy(image);
    free(file);
    return EXIT_SUCCESS;
}
