/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rendered photos, one of each kind that makes finding hard, by name from the gallery. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "photo/find/find.h"
#include "render/gallery.h"
#include "support/testing.h"

static const struct {
    const char *name;
    bool is_found;
    const char *says; /* the reason, or the warning */
} rows[] = {
    {"15 px", true, ""},
    {"tilted by 60, near", true, ""},
    {"tilted by 60, askew", true, ""},
    {"a Digital SG", true, ""},
    {"an open SpyderCheckr", true, ""},
    {"a SpyderCheckr 24", true, ""},
    {"out of focus by an eighth", true, ""},
    {"held in a hand", true, ""},
    {"borderless crop, small", true, ""},
    {"beside a smaller chart", true, "two charts"},
    {"mirrored and turned", false, "mirrored"},
    {"blurred by half a pitch", false, "sharper"},
    {"other colors", false, ""},
    {"things", false, ""},
    {"warm cast of 4 to 1", true, ""},
    {"cool cast of 3 to 1", true, ""},
    {"green cast of 4 to 1", false, "white balance"},
};

static void hang(const char *name, render_exhibit *out)
{
    for (int i = 0; i < render_gallery_count(); i++) {
        render_gallery_hang(i, out);
        if (strcmp(out->name, name) == 0)
            return;
    }
    ck_abort_msg("the gallery has no \"%s\"", name);
}

/* `gain`: what becomes of the channels' codes, as in a file whose white balance was set wrong. */
static tns_image *photograph(const render_exhibit *exhibit, const double gain[3],
                             render_truth *truth)
{
    render_picture picture;
    tns_error err = {0};
    size_t size = 0;
    ck_assert_msg(render_picture_make(&exhibit->scene, &picture, &err), "%s", err.text);
    *truth = picture.truth;
    size_t codes = 3 * (size_t)picture.width * (size_t)picture.height;
    for (size_t i = 0; i < codes; i++)
        picture.rgb[i] = (unsigned char)(picture.rgb[i] * gain[i % 3] + 0.5);
    unsigned char *jpeg = render_picture_jpeg(&picture, &exhibit->jpeg, &size, &err);
    tns_image *image = tns_image_parse(jpeg, size, exhibit->name, &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    free(jpeg);
    render_picture_finish(&picture);
    return image;
}

static double worst_corner(const tns_point found[4], const tns_point truth[4])
{
    double pitch = hypot(truth[1].x - truth[0].x, truth[1].y - truth[0].y) / 5, worst = 0;
    for (int i = 0; i < 4; i++)
        worst = fmax(worst, hypot(found[i].x - truth[i].x, found[i].y - truth[i].y) / pitch);
    return worst;
}

START_TEST(a_chart_is_found_however_it_is_held_and_lit_and_nothing_else_is)
{
    static render_exhibit exhibit;
    static render_truth truth;
    const char *name = rows[_i].name;
    tns_found_chart found;
    hang(name, &exhibit);
    tns_image *image = photograph(&exhibit, (double[3]){1, 1, 1}, &truth);
    ck_assert(tns_find_chart(image, NULL, TNS_EDITION_AUTO, NULL, &found, NULL));
    tns_image_destroy(image);
    const char *said = found.warnings.count > 0 ? found.warnings.text[0] : found.reason;
    ck_assert_msg((found.reason[0] == '\0') == rows[_i].is_found, "%s: %s", name, found.reason);
    ck_assert_msg(strstr(said, rows[_i].says) != NULL, "%s: %s", name, said);
    if (rows[_i].is_found && exhibit.scene.chart.kind[0])
        ck_assert_str_eq(found.chart.kind, exhibit.scene.chart.kind);
    if (rows[_i].is_found) /* 0.08: the cut one, whose outer edges are not seen */
        CHECK_NEAR(name, worst_corner(found.corners, truth.corner), 0, 0.08);
}
END_TEST

START_TEST(a_chart_is_found_whose_channels_were_scaled_to_a_third)
{
    static const double gains[][3] = {
        {0.333, 1, 1}, {1, 0.333, 1}, {1, 1, 0.333}, {0.333, 1, 0.333}, {0.25, 1, 0.25}};
    static render_exhibit exhibit;
    static render_truth truth;
    hang("upside down", &exhibit);
    for (size_t i = 0; i < sizeof gains / sizeof *gains; i++) {
        tns_found_chart found;
        tns_image *image = photograph(&exhibit, gains[i], &truth);
        ck_assert(tns_find_chart(image, NULL, TNS_EDITION_AUTO, NULL, &found, NULL));
        tns_image_destroy(image);
        ck_assert_msg(found.reason[0] == '\0', "%zu: %s", i, found.reason);
        CHECK_NEAR("scaled", worst_corner(found.corners, truth.corner), 0, 0.05);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("find_rendered");
    TCase *tc = tcase_create("find_rendered");
    tcase_set_timeout(tc, 0);
    tcase_add_loop_test(tc, a_chart_is_found_however_it_is_held_and_lit_and_nothing_else_is, 0,
                        sizeof rows / sizeof *rows);
    tcase_add_test(tc, a_chart_is_found_whose_channels_were_scaled_to_a_third);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
