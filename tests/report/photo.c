/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/report.h>

#include "photo/scene.h"
#include "report/pages.h"
#include "support/testing.h"

typedef struct read_scene {
    tns_image *image;
    tns_photo photo;
    tns_error failure;
    bool done;
    char *page;
} read_scene;

static char *write_page(const read_scene *r)
{
    tns_error err = {0};
    tns_photo_report report = {.name = hostile,
                               .photo = &r->photo,
                               .failure = r->done ? NULL : &r->failure,
                               .image = r->image,
                               .seconds = 1795000000};
    char *page = tns_photo_report_write(&report, &err);
    ck_assert_msg(page != NULL, "%s", err.text);
    return page;
}

static read_scene report_of(const scene *s, tns_photo_options options)
{
    read_scene out = {.image = scene_image(s)};
    out.done = tns_photo_measure(out.image, &options, NULL, &out.photo, &out.failure);
    out.page = write_page(&out);
    return out;
}

static void finish(read_scene *r)
{
    free(r->page);
    tns_photo_finish(&r->photo);
    tns_image_destroy(r->image);
}

static tns_photo_options with_corners(const tns_region *regions, size_t count)
{
    tns_photo_options options = {.has_corners = true, .regions = regions, .region_count = count};
    memcpy(options.corners, scene_corners, sizeof options.corners);
    return options;
}

START_TEST(a_page_of_a_read_photo_tells_all_of_it_and_holds_all_it_needs)
{
    static scene s;
    tns_region regions[2] = {{.name = "skin", .box = {20, 20, 40, 40}},
                             {.name = "<b>&",
                              .shape = TNS_SHAPE_POLYGON,
                              .point_count = 3,
                              .points = {{350, 20}, {390, 20}, {390, 60}}}};
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    scene_paint(&s, 20, 20, 40, 40, (tns_lab){61, 12, 15});
    scene_paint(&s, 280, 160, 40, 40, (tns_lab){100, 0, 0}); /* over "yellow" and its neighbor */
    read_scene r = report_of(&s, with_corners(regions, 2));
    ck_assert_msg(r.done, "%s", r.failure.text);
    check_page("read", r.page);
    static const char *const words[] = {
        "data:image/jpeg;base64,/9j/",
        "What was read",
        "Visit to visit",
        "Against the truth",
        "&lt;b&gt;&amp;",
        "dark skin",
        "black 2",
        "In the fit",
        "Errors of the patches",
        "Histogram",
        "Map of the light",
        "ITA ",
        "Tonsure",
        "Little CMS",
        "ColorChecker",
        "patches not used",
        "2026-11-",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        has("read", r.page, words[i]);
    has("what was dropped is crossed out", r.page, "class=\"patch dropped\"");
    finish(&r);
}
END_TEST

/* As counted: two hairs of one unit, the second of them to the left of and above the first. */
static tns_follicles two_hairs(void)
{
    tns_follicles f = {.x = 10,
                       .y = 10,
                       .width = 80,
                       .height = 60,
                       .area_px = 4800,
                       .count = 2,
                       .units = 1,
                       .counted = 1,
                       .mm_per_px = 0.05,
                       .density_per_cm2 = 8.3,
                       .density_ci95 = {0.2, 46.4},
                       .diameter_px = 3,
                       .coverage = 0.02,
                       .has_colors = true};
    f.hair = calloc(2, sizeof *f.hair);
    f.unit = calloc(1, sizeof *f.unit);
    ck_assert(f.hair && f.unit);
    f.hair[0] = (tns_follicle_hair){.end = {{30, 40}, {34, 44}}, .width_px = 3};
    f.hair[1] = (tns_follicle_hair){.end = {{22, 30}, {20, 26}}, .width_px = 3};
    f.unit[0] = (tns_follicle_unit){20, 26, 14, 18, 2, true};
    f.dot.has_color = f.skin.has_color = true;
    f.dot.color.lab = (tns_lab){24, 3, 5};
    f.skin.color.lab = (tns_lab){61, 12, 15};
    tns_warn(&f.warnings, "a lower <bound>");
    return f;
}

START_TEST(hairs_that_were_counted_are_drawn)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    read_scene r = report_of(&s, with_corners(NULL, 0));
    ck_assert_msg(r.done, "%s", r.failure.text);
    has_not("none counted", r.page, "follicular");
    r.photo.has_follicles = true;
    r.photo.follicles = two_hairs();
    free(r.page);
    r.page = write_page(&r);
    check_page("hairs", r.page);
    static const char *const words[] = {"Hairs and follicular units",
                                        "d=\"M30.0 40.0L34.0 44.0M22.0 30.0L20.0 26.0\"",
                                        "d=\"M20.0 26.0h14.0v18.0h-14.0z\"",
                                        "viewBox=\"10 10 80 60\"",
                                        "<b>8</b> units a cm&sup2;; 95&thinsp;%: 0 to 46",
                                        "<b>0.15</b> mm across",
                                        "a lower &lt;bound&gt;",
                                        "the blur that"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        has("hairs", r.page, words[i]);
    finish(&r);
}
END_TEST

START_TEST(a_page_of_a_refused_chart_says_why_and_where)
{
    static scene s;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    tns_photo_options turned = with_corners(NULL, 0);
    for (int i = 0; i < 4; i++)
        turned.corners[i] = scene_corners[(i + 2) % 4];
    read_scene r = report_of(&s, turned);
    ck_assert(!r.done && r.failure.code == TNS_ERROR_CHART_REFUSED);
    check_page("turned", r.page);
    has("turned", r.page, "The chart was refused.");
    has("turned", r.page, "turned");
    has("turned", r.page, "class=\"chart refused\"");
    has("turned", r.page, "data:image/jpeg");
    has_not("turned", r.page, "What was read");
    has_not("turned", r.page, "Errors of the patches");
    finish(&r);
}
END_TEST

START_TEST(a_page_without_a_chart_has_light_and_no_color)
{
    static scene s;
    tns_region region = {.name = "skin", .box = {20, 20, 40, 40}};
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    read_scene r =
        report_of(&s, (tns_photo_options){.chart = "none", .regions = &region, .region_count = 1});
    ck_assert(r.done);
    check_page("none", r.page);
    has("none", r.page, "No chart was asked for.");
    has("none", r.page, "no color without a chart");
    has_not("none", r.page, "nineteen times in twenty");
    finish(&r);
}
END_TEST

START_TEST(a_name_from_a_chart_file_stays_a_name)
{
    static scene s;
    static tns_chart own;
    scene_draw(&s, TNS_EDITION_AFTER_2014);
    ck_assert(tns_chart_find("classic", TNS_EDITION_AFTER_2014, &own, NULL));
    own.has_editions = false;
    snprintf(own.patch[3].name, sizeof own.patch[3].name, "</td><script>x");
    snprintf(own.kind, sizeof own.kind, "<h1>");
    tns_photo_options options = with_corners(NULL, 0);
    options.own = &own;
    read_scene r = report_of(&s, options);
    ck_assert_msg(r.done, "%s", r.failure.text);
    check_page("own", r.page);
    has("own", r.page, "&lt;/td&gt;&lt;script&gt;x");
    finish(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("photo report");
    TCase *tc = tcase_create("photo report");
    tcase_add_test(tc, a_page_of_a_read_photo_tells_all_of_it_and_holds_all_it_needs);
    tcase_add_test(tc, hairs_that_were_counted_are_drawn);
    tcase_add_test(tc, a_page_of_a_refused_chart_says_why_and_where);
    tcase_add_test(tc, a_page_without_a_chart_has_light_and_no_color);
    tcase_add_test(tc, a_name_from_a_chart_file_stays_a_name);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
