/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <lcms2.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/image.h>

#include "render/render.h"
#include "support/testing.h"

/* Four boxes that differ, in the four quarters of a picture that is not square. */
static render_picture quarters(void)
{
    render_scene scene = render_scene_studio(96, 64);
    scene.chart.present = false;
    for (int i = 0; i < 4; i++)
        render_scene_paint(&scene, "quarter", 48 * (i % 2), 32 * (i / 2), 48, 32,
                           tns_spectrum_constant(0.1 + 0.25 * i));
    render_picture picture;
    tns_error err = {0};
    ck_assert_msg(render_picture_make(&scene, &picture, &err), "%s", err.text);
    return picture;
}

static tns_image *through_file(const render_picture *picture, const render_jpeg_options *options)
{
    size_t size = 0;
    tns_error err = {0};
    unsigned char *bytes = render_picture_jpeg(picture, options, &size, &err);
    ck_assert_msg(bytes != NULL, "%s", err.text);
    tns_image *image = tns_image_parse(bytes, size, "rendered.jpg", &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    free(bytes);
    return image;
}

START_TEST(a_picture_is_shown_upright_whatever_way_it_is_stored)
{
    render_picture picture = quarters();
    for (int orientation = 0; orientation <= 8; orientation++) {
        render_jpeg_options options = {.orientation = orientation, .full_chroma = orientation % 2};
        tns_image *image = through_file(&picture, &options);
        const tns_image_info *info = tns_image_describe(image);
        ck_assert_int_eq(info->width, picture.width);
        ck_assert_int_eq(info->height, picture.height);
        ck_assert_int_eq(info->orientation, orientation > 0 ? orientation : 1);
        for (int i = 0; i < 4; i++) {
            float rgb[1][3];
            tns_image_read(image, 24 + 48 * (i % 2), 16 + 32 * (i / 2), 1, rgb);
            /* one of 255 levels at the lightest quarter is 0.009 of linear light */
            CHECK_NEAR("quarter", (double)rgb[0][1], 0.85 * (0.1 + 0.25 * i), 0.01);
        }
        tns_image_destroy(image);
    }
    render_picture_finish(&picture);
}
END_TEST

START_TEST(a_profile_given_is_embedded_and_none_otherwise)
{
    render_picture picture = quarters();
    cmsHPROFILE profile = cmsCreate_sRGBProfile();
    cmsUInt32Number size = 0;
    ck_assert(cmsSaveProfileToMem(profile, NULL, &size));
    void *bytes = malloc(size);
    ck_assert(bytes && cmsSaveProfileToMem(profile, bytes, &size));
    tns_image *tagged =
        through_file(&picture, &(render_jpeg_options){.icc = bytes, .icc_size = size});
    tns_image *untagged = through_file(&picture, NULL);
    ck_assert_str_ne(tns_image_describe(tagged)->profile, "");
    ck_assert_str_eq(tns_image_describe(untagged)->profile, "");
    tns_image_destroy(tagged);
    tns_image_destroy(untagged);
    free(bytes);
    cmsCloseProfile(profile);
    render_picture_finish(&picture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("jpeg files");
    TCase *tc = tcase_create("jpeg files");
    tcase_add_test(tc, a_picture_is_shown_upright_whatever_way_it_is_stored);
    tcase_add_test(tc, a_profile_given_is_embedded_and_none_otherwise);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
