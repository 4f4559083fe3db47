/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <lcms2.h>

#include <tonsure/image.h>

#include "photo/decode/lab_kernels.h"
#include "photo/files.h"
#include "support/testing.h"

enum { W = 300, H = 40 };

static uint16_t words[W * H * 3];
static uint8_t octets[W * H * 3];

/* All corners of the cube and its dark end among draws from the whole of it. */
static picture paint(int bits)
{
    uint32_t seed = 11;
    for (int i = 0; i < W * H * 3; i++) {
        seed = seed * 1664525u + 1013904223u;
        unsigned code = seed >> 16;
        if (i < 24)
            code = i / 3 >> i % 3 & 1 ? 65535 : 0;
        else if (i < 3000)
            code /= 16;
        words[i] = (uint16_t)code;
        octets[i] = (uint8_t)(code >> 8);
    }
    picture p = {.width = W, .height = H, .channels = 3, .bits = bits};
    p.data = bits == 8 ? (const void *)octets : words;
    return p;
}

/* By Little CMS in floating point, nothing of it optimised away. */
static void lab_of_lcms(int pixel, int bits, double lab[3])
{
    static cmsHTRANSFORM transform;
    if (!transform) {
        cmsHPROFILE from = cmsCreate_sRGBProfile(), to = cmsCreateLab4Profile(NULL);
        transform =
            cmsCreateTransform(from, TYPE_RGB_DBL, to, TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC,
                               cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE);
        cmsCloseProfile(from);
        cmsCloseProfile(to);
    }
    double rgb[3];
    for (int c = 0; c < 3; c++)
        rgb[c] = bits == 8 ? octets[3 * pixel + c] / 255.0 : words[3 * pixel + c] / 65535.0;
    cmsDoTransform(transform, rgb, lab, 1);
}

START_TEST(a_frame_in_lab_is_that_of_little_cms_within_a_thousandth)
{
    for (int bits = 8; bits <= 16; bits += 8) {
        picture p = paint(bits);
        bytes file = png_of(&p);
        tns_image *image = must_parse(file, "frame");
        for (int y = 0; y < H; y++) {
            float lab[W][3];
            tns_image_lab(image, 0, y, W, lab);
            for (int x = 0; x < W; x++) {
                double want[3];
                lab_of_lcms(y * W + x, bits, want);
                for (int c = 0; c < 3; c++)
                    CHECK_NEAR("L, a or b", lab[x][c], want[c], 1e-3);
            }
        }
        tns_image_destroy(image);
        free(file.data);
    }
}
END_TEST

START_TEST(a_turned_frame_and_parts_of_rows_give_the_same_numbers)
{
    for (int orientation = 2; orientation <= 8; orientation++) {
        picture p = paint(8), q = p;
        q.orientation = orientation;
        bytes file_p = png_of(&p), file_q = png_of(&q);
        tns_image *plain = must_parse(file_p, "plain"), *turned = must_parse(file_q, "turned");
        const tns_image_info *info = tns_image_describe(turned);
        for (int i = 0; i < 50; i++) {
            int x = i * 7 % (info->width - 9), y = i * 11 % info->height;
            float lab[9][3], want[1][3], light[9][3];
            tns_image_lab(turned, x, y, 9, lab);
            tns_image_read(turned, x, y, 9, light);
            for (int k = 0; k < 9; k++) { /* wherever the same light is, the same Lab is */
                tns_image_lab(turned, x + k, y, 1, want);
                ck_assert(memcmp(want[0], lab[k], sizeof want[0]) == 0);
            }
        }
        float first[1][3], same[1][3];
        bool mirrored =
            orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        bool flipped = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        tns_image_lab(turned, 0, 0, 1, first);
        tns_image_lab(plain, mirrored ? W - 1 : 0, flipped ? H - 1 : 0, 1, same);
        ck_assert_msg(memcmp(first, same, sizeof first) == 0, "orientation %d", orientation);
        tns_image_destroy(plain);
        tns_image_destroy(turned);
        free(file_p.data);
        free(file_q.data);
    }
}
END_TEST

START_TEST(every_instruction_set_gives_the_same_bits)
{
    static float light[TNS_LAB_BLOCK][4], plain[TNS_LAB_BLOCK][3], found[TNS_LAB_BLOCK][3];
    for (int i = 0; i < TNS_LAB_BLOCK; i++)
        for (int c = 0; c < 3; c++)
            light[i][c] = (float)((i * (37 + 11 * c) % 521) / 400.0 - 0.1); /* beyond both ends */
    tns_lab_kernels_plain.lab_from_light((const float(*)[4])light, TNS_LAB_BLOCK, plain);
    for (tns_isa isa = TNS_ISA_PLAIN; isa <= tns_cpu_isa(); isa++) {
        memset(found, 0, sizeof found);
        TNS_KERNELS_FOR(tns_lab_kernels, isa)
            ->lab_from_light((const float(*)[4])light, TNS_LAB_BLOCK, found);
        ck_assert_msg(memcmp(found, plain, sizeof found) == 0, "%s", tns_isa_name(isa));
    }
    for (int i = 0; i < TNS_LAB_BLOCK; i++)
        ck_assert_msg(isfinite(plain[i][0]) && isfinite(plain[i][1]) && isfinite(plain[i][2]),
                      "pixel %d", i);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode_lab");
    TCase *tc = tcase_create("decode_lab");
    tcase_add_test(tc, a_frame_in_lab_is_that_of_little_cms_within_a_thousandth);
    tcase_add_test(tc, a_turned_frame_and_parts_of_rows_give_the_same_numbers);
    tcase_add_test(tc, every_instruction_set_gives_the_same_bits);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
