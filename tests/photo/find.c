/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is found is right; what is not sure is refused with its reason. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "photo/find/find.h"
#include "photo/pictures.h"
#include "photo/scene.h"
#include "render/render.h"
#include "support/testing.h"

static tns_found_chart look(const tns_image *image)
{
    tns_chart chart;
    tns_found_chart found;
    tns_error err = {0};
    ck_assert(tns_chart_find("classic", TNS_EDITION_AUTO, &chart, NULL));
    ck_assert_msg(tns_find_chart(image, &chart, NULL, &found, &err), "%s", err.text);
    return found;
}

/* Largest distance of a corner from where it should be, in pitches. */
static double worst_corner(const tns_point found[4], const tns_point truth[4])
{
    double pitch = hypot(truth[1].x - truth[0].x, truth[1].y - truth[0].y) / 5, worst = 0;
    for (int i = 0; i < 4; i++)
        worst = fmax(worst, hypot(found[i].x - truth[i].x, found[i].y - truth[i].y) / pitch);
    return worst;
}

static tns_found_chart look_at_scene(const scene *s)
{
    tns_image *image = scene_image(s);
    tns_found_chart found = look(image);
    tns_image_destroy(image);
    return found;
}

START_TEST(a_drawn_chart_is_found_the_right_way_round_and_a_mirrored_one_is_refused)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    for (int orientation = 1; orientation <= 8; orientation++) {
        picture p = {.width = SCENE_W,
                     .height = SCENE_H,
                     .channels = 3,
                     .bits = 16,
                     .data = s.rgb,
                     .orientation = orientation};
        bytes file = png_of(&p);
        tns_image *image = tns_image_parse(file.data, file.length, "turned", NULL);
        ck_assert(image != NULL);
        tns_found_chart found = look(image);
        bool mirrored =
            orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
        if (mirrored)
            ck_assert_msg(strstr(found.reason, "mirrored") != NULL, "%d: %s", orientation,
                          found.reason);
        else
            ck_assert_msg(found.reason[0] == '\0', "%d: %s", orientation, found.reason);
        if (orientation == 1)
            CHECK_NEAR("corners", worst_corner(found.corners, scene_corners), 0, 0.02);
        tns_image_destroy(image);
        free(file.data);
    }
}
END_TEST

static void blue_greys(scene *s)
{
    static const tns_lab grey[6] = {{95, 0, -1},  {84, -1, -5}, {73, -1, -10},
                                    {55, 0, -16}, {36, 1, -19}, {12, 0, -3}};
    for (int i = 0; i < 6; i++)
        scene_paint(s, 84 + PITCH * i, 204, 32, 32, grey[i]);
}

static void touching(scene *s)
{
    tns_chart chart;
    ck_assert(tns_chart_find("classic", TNS_EDITION_AFTER_2014, &chart, NULL));
    for (int i = 0; i < 24; i++)
        scene_paint(s, 81 + PITCH * (i % 6), 81 + PITCH * (i / 6), 38, 38,
                    chart.patch[i].reference);
}

static void shuffled(scene *s)
{
    tns_chart chart;
    ck_assert(tns_chart_find("classic", TNS_EDITION_AFTER_2014, &chart, NULL));
    for (int i = 0; i < 24; i++)
        scene_paint(s, 84 + PITCH * (i % 6), 84 + PITCH * (i / 6), 32, 32,
                    chart.patch[i * 7 % 24].reference);
}

static void other_reds(scene *s)
{
    static const int changed[] = {6, 8, 11, 14, 15, 16, 1, 9};
    tns_chart chart;
    ck_assert(tns_chart_find("classic", TNS_EDITION_AFTER_2014, &chart, NULL));
    for (size_t k = 0; k < sizeof changed / sizeof *changed; k++) {
        tns_lab lab = chart.patch[changed[k]].reference;
        lab.L += k % 2 ? 14 : -14;
        lab.b -= 22;
        scene_paint(s, 84 + PITCH * (changed[k] % 6), 84 + PITCH * (changed[k] / 6), 32, 32, lab);
    }
}

static void half_covered(scene *s)
{
    scene_paint(s, 70, 70, 130, 180, (tns_lab){45, -15, 25});
}

static void only_greys(scene *s)
{
    for (int i = 0; i < 24; i++)
        scene_paint(s, 84 + PITCH * (i % 6), 84 + PITCH * (i / 6), 32, 32,
                    (tns_lab){10 + 3.7 * (i * 5 % 24), 0, 0});
}

static void nothing(scene *s)
{
    scene_paint(s, 0, 0, SCENE_W, SCENE_H, (tns_lab){60, 10, 12});
}

static void noise(scene *s)
{
    tns_random random = tns_random_make(5);
    for (int y = 0; y < SCENE_H; y += 10)
        for (int x = 0; x < SCENE_W; x += 10)
            scene_paint(s, x, y, 9, 9,
                        (tns_lab){tns_random_below(&random, 100),
                                  (double)tns_random_below(&random, 80) - 40,
                                  (double)tns_random_below(&random, 80) - 40});
}

START_TEST(what_is_no_chart_is_refused_with_its_reason)
{
    static const struct {
        const char *label;
        void (*change)(scene *);
        const char *says;
    } rows[] = {
        {"a card with bluish greys", blue_greys, "greys"},
        {"a card whose patches touch", touching, "touch"},
        {"a card of the same colors in another order", shuffled, "order"},
        {"a card of other reds", other_reds, ""},
        {"a chart half covered", half_covered, ""},
        {"a grey scale of 24", only_greys, "order"},
        {"an even wall", nothing, "no chart found"},
        {"a mosaic", noise, ""},
    };
    static scene s;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        scene_draw(&s, TNS_EDITION_AFTER_2014);
        rows[i].change(&s);
        tns_found_chart found = look_at_scene(&s);
        ck_assert_msg(found.reason[0] != '\0', "%s: accepted", rows[i].label);
        ck_assert_msg(strstr(found.reason, rows[i].says) != NULL, "%s: %s", rows[i].label,
                      found.reason);
    }
}
END_TEST

/* The scene's chart turned about its middle and drawn together on one side by `tilt`. */
static void turn(render_chart *chart, double degrees, double tilt)
{
    tns_point m = {0, 0};
    double c = cos(degrees * 3.14159265358979 / 180), s = sin(degrees * 3.14159265358979 / 180);
    for (int i = 0; i < 4; i++) {
        m.x += chart->corner[i].x / 4;
        m.y += chart->corner[i].y / 4;
    }
    for (int i = 0; i < 4; i++) {
        double x = chart->corner[i].x - m.x, y = chart->corner[i].y - m.y;
        if (i == 1 || i == 2)
            y *= 1 - tilt;
        chart->corner[i] = (tns_point){m.x + c * x - s * y, m.y + s * x + c * y};
    }
}

START_TEST(a_rendered_chart_is_found_at_any_turn_and_tilt)
{
    static const struct {
        double degrees, tilt, blur, noise, slope;
    } rows[] = {{0, 0, 0, 0, 0},        {33, 0.1, 0.8, 0.004, 0.2}, {-58, 0.15, 0.8, 0.004, 0.1},
                {97, 0, 1.2, 0.008, 0}, {140, 0.2, 0.5, 0.004, 0},  {180, 0.1, 0.5, 0.004, 0.3}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        render_scene stage = render_scene_studio(800, 400);
        stage.light.slope_x = rows[i].slope;
        stage.camera.blur_px = rows[i].blur;
        stage.camera.read = rows[i].noise;
        turn(&stage.chart, rows[i].degrees, rows[i].tilt);
        render_picture shot;
        tns_error err = {0};
        ck_assert_msg(render_picture_make(&stage, &shot, &err), "%s", err.text);
        size_t size;
        unsigned char *jpeg = render_picture_jpeg(&shot, NULL, &size, &err);
        tns_image *image = tns_image_parse(jpeg, size, "rendered.jpg", &err);
        ck_assert_msg(image != NULL, "%s", err.text);
        tns_found_chart found = look(image);
        ck_assert_msg(found.reason[0] == '\0', "%g degrees: %s", rows[i].degrees, found.reason);
        CHECK_NEAR("corners", worst_corner(found.corners, stage.chart.corner), 0, 0.06);
        tns_image_destroy(image);
        free(jpeg);
        render_picture_finish(&shot);
    }
}
END_TEST

static bool true_corners(const tns_json *json, const char *file, tns_point corners[4])
{
    tns_json_at root = tns_json_root(json, "ground_truth.json");
    tns_json_at photo = tns_json_member(&root, file);
    tns_json_at kind = tns_json_member(&photo, "chart");
    tns_json_at list = tns_json_member(&photo, "corner_patch_centres");
    char name[32];
    if (!tns_json_text(&kind, name, sizeof name, NULL) || strcmp(name, "cameratrax24") == 0)
        return false;
    for (size_t i = 0; i < 4; i++) {
        tns_json_at point = tns_json_item(&list, i);
        tns_json_at x = tns_json_item(&point, 0), y = tns_json_item(&point, 1);
        if (!tns_json_number(&x, 0, 1e5, &corners[i].x, NULL) ||
            !tns_json_number(&y, 0, 1e5, &corners[i].y, NULL))
            return false;
    }
    return true;
}

static const char *const files[] = {
    "arcu__color_checker__1_.jpg",        "arcu__color_checker__2_.jpg",
    "arcu__color_checker__3_.jpg",        "arcu__color_checker__6_.jpg",
    "arcu__color_checker_mini__1_.jpg",   "arcu__color_checker_mini__4_.jpg",
    "arcu__normal_example.jpg",           "collinsui__Blank.JPG",
    "collinsui__ColorCard_Big.JPG",       "darsia__baseline.jpg",
    "jarrelscy__IMG_20140613_203444.jpg", "jarrelscy__IMG_20140613_203518.jpg",
    "plantcv__camera-trax.png",           "plantcv__classic.png",
    "plantcv__partial_card_rgb.png",      "qiu__passport.jpg"};

START_TEST(in_real_photos_whatever_is_found_is_right_and_nothing_else_is_accepted)
{
    const char *path = shared_file("photos/ground_truth.json");
    if (!path)
        return;
    size_t length;
    char *text = tns_file_read(path, 1 << 20, &length, NULL);
    tns_json *json = tns_json_parse(text, length, path, NULL);
    ck_assert(json != NULL);
    int right = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[200];
        tns_point truth[4];
        snprintf(name, sizeof name, "photos/%s", files[i]);
        path = shared_file(name);
        tns_image *image = path ? tns_image_load(path, NULL) : NULL;
        if (!image)
            continue;
        tns_found_chart found = look(image);
        bool has_truth = true_corners(json, files[i], truth), accepted = found.reason[0] == '\0';
        double worst = has_truth && found.has_corners ? worst_corner(found.corners, truth) : -1;
        printf("%-36s order %.2f corner %.3f %s\n", files[i], found.order_score, worst,
               accepted ? "found" : found.reason);
        ck_assert_msg(!accepted || (has_truth && worst < 0.25), "%s", files[i]);
        right += accepted;
        tns_image_destroy(image);
    }
    printf("%d found, all right\n", right);
    ck_assert_int_ge(right, 9);
    tns_json_destroy(json);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("find");
    TCase *tc = tcase_create("find");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, a_drawn_chart_is_found_the_right_way_round_and_a_mirrored_one_is_refused);
    tcase_add_test(tc, what_is_no_chart_is_refused_with_its_reason);
    tcase_add_test(tc, a_rendered_chart_is_found_at_any_turn_and_tilt);
    tcase_add_test(tc, in_real_photos_whatever_is_found_is_right_and_nothing_else_is_accepted);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
