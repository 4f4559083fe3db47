/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The printed holder: its table, its tags found in a drawn photo, millimetres, the chart in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/print.h>

#include "base/file.h"
#include "photo/correct/correction.h"
#include "photo/pictures.h"
#include "photo/tags/ruler.h"
#include "photo/tags/window.h"
#include "support/testing.h"

/* ---- a drawn photo ---- */

typedef struct view {
    int width, height;
    tns_point corner[4];    /* of the holder, in pixels */
    double pitch_mm, angle; /* of the chart in its window; 0 = none */
    int covered;            /* tags that are not drawn: the first ones */
    int blur;               /* half the width of the box that smooths it, three times */
    uint8_t *rgb;
} view;

static void cells_of(const tns_holder *h, bool cells[][TNS_TAG_CELLS][TNS_TAG_CELLS])
{
    tns_error err = {0};
    for (int i = 0; i < TNS_HOLDER_TAGS; i++)
        ck_assert_msg(tns_holder_cells(h->tag[i].id, cells[i], &err), "%s", err.text);
}

/* 1 = white; the paper where no tag is. */
static bool is_white(const tns_holder *h, bool cells[][TNS_TAG_CELLS][TNS_TAG_CELLS], int first,
                     tns_point mm)
{
    double cell = h->tag_side / 8;
    for (int i = first; i < TNS_HOLDER_TAGS; i++) {
        int x = (int)floor((mm.x - h->tag[i].x) / cell) + 1;
        int y = (int)floor((mm.y - h->tag[i].y) / cell) + 1;
        if (x >= 0 && y >= 0 && x < TNS_TAG_CELLS && y < TNS_TAG_CELLS)
            return !cells[i][y][x];
    }
    return true;
}

static void paint(tns_lab lab, uint8_t out[3])
{
    double rgb[3];
    tns_srgb_from_xyz(tns_xyz_from_lab(lab, tns_photo_white), tns_photo_white, rgb);
    for (int c = 0; c < 3; c++)
        out[c] = (uint8_t)lround(rgb[c] * 255);
}

/* The chart's middle lies 4 mm right of its window's and 3 above it. */
static bool paint_chart(const view *v, const tns_holder *h, const tns_chart *chart, tns_point mm,
                        uint8_t out[3])
{
    const tns_holder_window *w = &h->chart_window;
    double dx = mm.x - (w->x + w->width / 2 + 4), dy = mm.y - (w->y + w->height / 2 - 3);
    double x = (dx * cos(v->angle) + dy * sin(v->angle)) / v->pitch_mm + 2.5;
    double y = (-dx * sin(v->angle) + dy * cos(v->angle)) / v->pitch_mm + 1.5;
    int column = (int)lround(x), row = (int)lround(y);
    if (!(v->pitch_mm > 0) || x < -0.7 || y < -0.7 || x > 5.7 || y > 3.7)
        return false;
    bool in_patch = column >= 0 && row >= 0 && column < 6 && row < 4 && fabs(x - column) < 0.42 &&
                    fabs(y - row) < 0.42;
    paint(in_patch ? chart->patch[row * 6 + column].reference : (tns_lab){12, 0, 0}, out);
    return true;
}

static void smooth(uint8_t *line, int n, size_t stride, int reach, uint8_t *copy)
{
    for (int i = 0; i < n; i++)
        copy[i] = line[(size_t)i * stride];
    for (int i = 0; i < n; i++) {
        int sum = 0, count = 0;
        for (int k = i - reach; k <= i + reach; k++)
            if (k >= 0 && k < n) {
                sum += copy[k];
                count++;
            }
        line[(size_t)i * stride] = (uint8_t)(sum / count);
    }
}

static void blur(view *v)
{
    uint8_t *copy = malloc((size_t)(v->width > v->height ? v->width : v->height));
    for (int round = 0; round < 3 && v->blur > 0; round++)
        for (size_t c = 0; c < 3; c++) {
            for (int y = 0; y < v->height; y++)
                smooth(v->rgb + 3 * (size_t)(y * v->width) + c, v->width, 3, v->blur, copy);
            for (int x = 0; x < v->width; x++)
                smooth(v->rgb + 3 * (size_t)x + c, v->height, 3 * (size_t)v->width, v->blur, copy);
        }
    free(copy);
}

static tns_image *draw(view *v, const tns_holder *h, tns_homography *truth)
{
    const tns_point sheet[4] = {{0, 0}, {h->width, 0}, {h->width, h->height}, {0, h->height}};
    bool cells[TNS_HOLDER_TAGS][TNS_TAG_CELLS][TNS_TAG_CELLS];
    tns_chart chart;
    tns_error err = {0};
    ck_assert(tns_chart_find("classic", TNS_EDITION_AFTER_2014, &chart, NULL));
    ck_assert(tns_homography_fit(sheet, v->corner, 4, truth));
    tns_homography to_mm = tns_homography_inverse(truth);
    cells_of(h, cells);
    v->rgb = malloc(3 * (size_t)v->width * (size_t)v->height);
    for (int i = 0; i < v->width * v->height; i++) {
        int sum = 0;
        uint8_t *out = v->rgb + 3 * (size_t)i;
        tns_point middle = {i % v->width + 0.5, i / v->width + 0.5};
        if (paint_chart(v, h, &chart, tns_homography_apply(&to_mm, middle), out))
            continue;
        for (int k = 0; k < 9; k++) { /* nine points a pixel, so that edges lie where they do */
            tns_point p = {middle.x + (k % 3 - 1) / 3.0, middle.y + (k / 3 - 1) / 3.0};
            sum += is_white(h, cells, v->covered, tns_homography_apply(&to_mm, p)) ? 220 : 30;
        }
        out[0] = out[1] = out[2] = (uint8_t)(sum / 9);
    }
    blur(v);
    picture p = {.width = v->width, .height = v->height, .channels = 3, .bits = 8, .data = v->rgb};
    bytes file = png_of(&p);
    tns_image *image = tns_image_parse(file.data, file.length, "sheet.png", &err);
    ck_assert_msg(image != NULL, "%s", err.text);
    free(file.data);
    free(v->rgb);
    return image;
}

static const view flat = {
    .width = 700, .height = 900, .corner = {{62.5, 61}, {637, 58}, {641, 842}, {60, 846}}};

/* ---- tests ---- */

START_TEST(no_two_holders_share_a_tag_and_nothing_lies_on_another)
{
    static const char *const names[] = {"passport", "mini", "nano", "classic"};
    int ids[4 * TNS_HOLDER_TAGS], n = 0;
    for (size_t k = 0; k < 4; k++) {
        tns_holder h;
        ck_assert(tns_holder_find(names[k], &h, NULL));
        for (int i = 0; i < TNS_HOLDER_TAGS; i++) {
            tns_holder again;
            int place;
            for (int j = 0; j < n; j++)
                ck_assert_int_ne(ids[j], h.tag[i].id);
            ids[n++] = h.tag[i].id;
            ck_assert(tns_holder_of_tag(h.tag[i].id, &again, &place) && place == i);
            ck_assert_str_eq(again.chart, h.chart);
            /* A white margin of a cell belongs to a tag. */
            double m = h.tag_side / 8, x = h.tag[i].x - m, y = h.tag[i].y - m;
            double side = h.tag_side + 2 * m;
            const tns_holder_window *w[2] = {&h.scalp, &h.chart_window};
            for (int q = 0; q < 2; q++)
                ck_assert_msg(x + side <= w[q]->x || y + side <= w[q]->y ||
                                  x >= w[q]->x + w[q]->width || y >= w[q]->y + w[q]->height ||
                                  w[q]->width <= 0,
                              "%s: tag %d lies on a window", names[k], i);
        }
        ck_assert(h.width + 2 * 8 < 210 &&
                  h.height + 2 * 8 < 279); /* A4's width, letter's height */
    }
    tns_holder none;
    tns_error err = {0};
    ck_assert(!tns_holder_find("sg", &none, &err) && err.code == TNS_ERROR_USAGE);
}
END_TEST

START_TEST(tags_tell_millimetres_wherever_the_sheet_lies)
{
    static const struct {
        const char *label;
        tns_point corner[4];
        int covered, blur;
        double px; /* the most that a place may be off */
    } rows[] = {
        {"as it is", {{62.5, 61}, {637, 58}, {641, 842}, {60, 846}}, 0, 0, 0.5},
        {"blurred", {{62.5, 61}, {637, 58}, {641, 842}, {60, 846}}, 0, 1, 0.6},
        {"tilted", {{150, 120}, {560, 90}, {660, 850}, {40, 780}}, 0, 0, 0.6},
        {"on its side", {{660, 90}, {650, 620}, {30, 640}, {40, 80}}, 0, 0, 0.6},
        {"upside down", {{640, 840}, {70, 846}, {60, 60}, {638, 58}}, 0, 0, 0.6},
        {"two tags of six", {{62.5, 61}, {637, 58}, {641, 842}, {60, 846}}, 4, 0, 6},
        {"three of them", {{62.5, 61}, {637, 58}, {641, 842}, {60, 846}}, 3, 0, 3},
    };
    tns_holder h;
    ck_assert(tns_holder_find("mini", &h, NULL));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        view v = flat;
        tns_homography truth;
        tns_sheet sheet;
        bool found;
        tns_error err = {0};
        memcpy(v.corner, rows[i].corner, sizeof v.corner);
        v.covered = rows[i].covered;
        v.blur = rows[i].blur;
        tns_image *image = draw(&v, &h, &truth);
        ck_assert_msg(tns_sheet_find(image, &sheet, &found, &err), "%s", err.text);
        ck_assert_msg(found && sheet.tags == TNS_HOLDER_TAGS - v.covered, "%s: %d tags",
                      rows[i].label, found ? sheet.tags : 0);
        ck_assert_str_eq(sheet.holder.chart, "mini24");
        for (int k = 0; k < 4; k++) {
            tns_point mm = {k % 2 ? h.width : 0, k / 2 ? h.height : 0};
            tns_point a = tns_homography_apply(&truth, mm);
            tns_point b = tns_homography_apply(&sheet.to_px, mm);
            CHECK_NEAR(rows[i].label, hypot(a.x - b.x, a.y - b.y), 0, rows[i].px);
        }
        tns_photo_scale scale = tns_ruler_of_sheet(&sheet);
        tns_sheet exact = {.holder = h, .to_px = truth, .to_mm = tns_homography_inverse(&truth)};
        double mm_per_px = tns_sheet_mm_per_px(&exact, scale.at);
        CHECK_NEAR(rows[i].label, scale.mm_per_px / mm_per_px, 1, 0.005);
        ck_assert(scale.uncertainty > 0.02 * mm_per_px && scale.uncertainty < 0.06 * mm_per_px);
        tns_image_destroy(image);
    }
}
END_TEST

START_TEST(without_two_tags_there_is_no_sheet)
{
    tns_holder h;
    ck_assert(tns_holder_find("mini", &h, NULL));
    for (int covered = 5; covered <= 6; covered++) {
        view v = flat;
        tns_homography truth;
        tns_sheet sheet;
        bool found = true;
        v.covered = covered;
        tns_image *image = draw(&v, &h, &truth);
        ck_assert(tns_sheet_find(image, &sheet, &found, NULL) && !found);
        tns_image_destroy(image);
    }
}
END_TEST

/* libapriltag reads outside of what has a few rows or columns. */
START_TEST(a_picture_too_small_for_a_tag_has_none)
{
    static const int sizes[][2] = {{1, 1},   {1, 2},     {2, 2},    {4, 4},     {19, 19},
                                   {400, 4}, {5000, 25}, {2, 3000}, {20000, 8}, {20, 20}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        picture p = {.width = sizes[i][0], .height = sizes[i][1], .channels = 3, .bits = 8};
        p.data = calloc((size_t)p.width * (size_t)p.height, 3);
        bytes file = png_of(&p);
        tns_image *image = tns_image_parse(file.data, file.length, "tiny.png", NULL);
        tns_photo photo;
        tns_error err = {0};
        ck_assert(image != NULL && !tns_photo_measure(image, NULL, NULL, &photo, &err));
        ck_assert_msg(err.code == TNS_ERROR_CHART_REFUSED, "%d x %d: %s", p.width, p.height,
                      err.text);
        tns_photo_finish(&photo);
        tns_image_destroy(image);
        free(file.data);
        free((void *)p.data);
    }
}
END_TEST

START_TEST(a_tag_that_is_read_wrongly_is_left_out)
{
    tns_holder h;
    tns_tag tags[TNS_HOLDER_TAGS + 1];
    tns_sheet sheet;
    ck_assert(tns_holder_find("nano", &h, NULL));
    for (int i = 0; i < TNS_HOLDER_TAGS; i++) {
        double x = 3 * h.tag[i].x, y = 3 * h.tag[i].y, s = 3 * h.tag_side;
        tags[i] = (tns_tag){h.tag[i].id, {{x, y}, {x + s, y}, {x + s, y + s}, {x, y + s}}};
    }
    for (int k = 0; k < 4; k++)
        tags[2].corner[k].x += 90;
    tags[TNS_HOLDER_TAGS] = (tns_tag){480, {{0, 0}, {9, 0}, {9, 9}, {0, 9}}}; /* another holder's */
    ck_assert(tns_sheet_of_tags(tags, TNS_HOLDER_TAGS + 1, &sheet));
    ck_assert_int_eq(sheet.tags, TNS_HOLDER_TAGS - 1);
    CHECK_NEAR("mm a pixel", tns_sheet_mm_per_px(&sheet, (tns_point){200, 200}), 1.0 / 3, 1e-9);
    CHECK_NEAR("tilt", tns_sheet_tilt(&sheet), 0, 0.1);
}
END_TEST

START_TEST(a_tilt_is_told)
{
    tns_holder h;
    ck_assert(tns_holder_find("nano", &h, NULL));
    for (int degrees = 0; degrees <= 60; degrees += 20) {
        double s = cos(degrees * 3.14159265358979 / 180);
        tns_homography map = {{{3, 0, 0}, {0, 3 * s, 0}, {0, 0, 1}}};
        tns_sheet sheet = {.holder = h, .to_px = map, .to_mm = tns_homography_inverse(&map)};
        CHECK_NEAR("degrees", tns_sheet_tilt(&sheet), degrees, 0.01);
    }
}
END_TEST

/* Where nothing but the order of the colors tells: blurred over half a patch, or turned. */
START_TEST(a_chart_is_found_in_its_window_by_its_colors_alone)
{
    static const struct {
        const char *label;
        double pitch_mm, degrees;
        int blur;
        double most; /* pitches */
    } rows[] = {{"upright", 13, 3, 0, 0.06},
                {"blurred", 13, -4, 4, 0.12},
                {"small", 7, 2, 2, 0.12},
                {"upside down", 13, 177, 1, 0.06},
                {"on its side", 10, 92, 1, 0.08}};
    tns_holder h;
    tns_chart chart;
    ck_assert(tns_holder_find("mini", &h, NULL));
    ck_assert(tns_chart_find("mini", TNS_EDITION_AFTER_2014, &chart, NULL));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        view v = flat;
        tns_homography truth;
        v.pitch_mm = rows[i].pitch_mm;
        v.angle = rows[i].degrees * 3.14159265358979 / 180;
        v.blur = rows[i].blur;
        tns_image *image = draw(&v, &h, &truth);
        tns_light light = {.image = image};
        tns_sheet sheet = {.holder = h, .to_px = truth, .to_mm = tns_homography_inverse(&truth)};
        tns_placement placement;
        double score, second;
        ck_assert(tns_window_search(&light, &chart, &sheet, &placement, &score, &second));
        ck_assert_msg(score > 0.85 && score - second > 0.2, "%s: %.2f, then %.2f", rows[i].label,
                      score, second);
        for (int k = 0; k < 24; k += 23) {
            double x = (k % 6 - 2.5) * v.pitch_mm, y = (k / 6 - 1.5) * v.pitch_mm;
            const tns_holder_window *w = &h.chart_window;
            tns_point mm = {w->x + w->width / 2 + 4 + x * cos(v.angle) - y * sin(v.angle),
                            w->y + w->height / 2 - 3 + x * sin(v.angle) + y * cos(v.angle)};
            tns_point a = tns_homography_apply(&truth, mm);
            tns_point b = tns_placement_apply(&placement, tns_chart_place(&chart, k));
            double pitch = tns_placement_pitch(&placement, tns_chart_place(&chart, k));
            CHECK_NEAR(rows[i].label, hypot(a.x - b.x, a.y - b.y) / pitch, 0, rows[i].most);
        }
        tns_image_destroy(image);
    }
}
END_TEST

START_TEST(an_empty_window_holds_no_chart)
{
    tns_holder h;
    tns_chart chart;
    tns_homography truth;
    tns_placement placement;
    view v = flat;
    double score, second;
    ck_assert(tns_holder_find("mini", &h, NULL));
    ck_assert(tns_chart_find("mini", TNS_EDITION_AFTER_2014, &chart, NULL));
    tns_image *image = draw(&v, &h, &truth);
    tns_light light = {.image = image};
    tns_sheet sheet = {.holder = h, .to_px = truth, .to_mm = tns_homography_inverse(&truth)};
    bool any = tns_window_search(&light, &chart, &sheet, &placement, &score, &second);
    ck_assert(!any || score < 0.5);
    ck_assert(tns_holder_find("classic", &sheet.holder, NULL));
    ck_assert(!tns_window_search(&light, &chart, &sheet, &placement, &score, &second));
    tns_image_destroy(image);
}
END_TEST

START_TEST(a_photo_tells_its_scale_and_reads_the_scalp_in_its_window)
{
    tns_holder h;
    tns_homography truth;
    tns_photo photo;
    tns_error err = {0};
    view v = flat;
    v.pitch_mm = 13;
    v.angle = 0.03;
    ck_assert(tns_holder_find("mini", &h, NULL));
    tns_image *image = draw(&v, &h, &truth);
    tns_region region = {.name = "scalp", .shape = TNS_SHAPE_PLACE, .place = "holder:scalp"};
    tns_photo_options options = {.regions = &region, .region_count = 1, .chart = "none"};
    for (int none = 0; none < 2; none++) {
        snprintf(options.chart, sizeof options.chart, "%s", none ? "none" : "mini");
        ck_assert_msg(tns_photo_measure(image, &options, NULL, &photo, &err), "%s", err.text);
        ck_assert_int_eq(photo.scale.source, TNS_SCALE_HOLDER);
        tns_sheet exact = {.holder = h, .to_px = truth, .to_mm = tns_homography_inverse(&truth)};
        CHECK_NEAR("mm a pixel", photo.scale.mm_per_px, tns_sheet_mm_per_px(&exact, photo.scale.at),
                   0.001);
        ck_assert_uint_eq(photo.regions[0].region.point_count, 4);
        CHECK_NEAR("paper", photo.regions[0].rgb[1], 0.716, 0.01); /* 220 of 255, decoded */
        tns_photo_finish(&photo);
    }
    tns_image_destroy(image);
    v = flat;
    v.covered = 6;
    image = draw(&v, &h, &truth);
    ck_assert(!tns_photo_measure(image, &options, NULL, &photo, &err));
    ck_assert_msg(strstr(err.text, "no printed holder is seen"), "%s", err.text);
    tns_photo_finish(&photo);
    tns_image_destroy(image);
}
END_TEST

START_TEST(the_sheet_is_a_pdf_of_its_paper)
{
    static const char *const boxes[] = {"595.2", "612"};
    for (int paper = 0; paper < 2; paper++) {
        char path[] = "/tmp/tonsure-holder-XXXXXX";
        int fd = mkstemp(path);
        size_t length;
        tns_holder h;
        tns_error err = {0};
        ck_assert(fd >= 0);
        close(fd);
        ck_assert(tns_holder_find("passport", &h, NULL));
        ck_assert_msg(tns_holder_save(&h, (tns_paper)paper, path, false, &err), "%s", err.text);
        char *pdf = tns_file_read(path, 1 << 20, &length, &err);
        ck_assert(pdf && length > 1000 && memcmp(pdf, "%PDF-", 5) == 0);
        bool has_box = false;
        for (size_t i = 0; i + 40 < length && !has_box; i++)
            has_box = memcmp(pdf + i, "/MediaBox", 9) == 0 && strstr(pdf + i, boxes[paper]);
        ck_assert_msg(has_box, "no box of %s points", boxes[paper]);
        free(pdf);
        unlink(path);
    }
    tns_holder h;
    tns_error err = {0};
    ck_assert(tns_holder_find("passport", &h, NULL));
    ck_assert(!tns_holder_save(&h, TNS_PAPER_A4, "/nowhere/at/all.pdf", false, &err));
    ck_assert_msg(strstr(err.text, "/nowhere/at/all.pdf"), "%s", err.text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("holder");
    TCase *tc = tcase_create("holder");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, no_two_holders_share_a_tag_and_nothing_lies_on_another);
    tcase_add_test(tc, tags_tell_millimetres_wherever_the_sheet_lies);
    tcase_add_test(tc, without_two_tags_there_is_no_sheet);
    tcase_add_test(tc, a_picture_too_small_for_a_tag_has_none);
    tcase_add_test(tc, a_tag_that_is_read_wrongly_is_left_out);
    tcase_add_test(tc, a_tilt_is_told);
    tcase_add_test(tc, a_chart_is_found_in_its_window_by_its_colors_alone);
    tcase_add_test(tc, an_empty_window_holds_no_chart);
    tcase_add_test(tc, a_photo_tells_its_scale_and_reads_the_scalp_in_its_window);
    tcase_add_test(tc, the_sheet_is_a_pdf_of_its_paper);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
