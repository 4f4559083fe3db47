/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting hairs and follicular units on rendered stubble whose truth is known. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "photo/counting.h"
#include "render/plane.h"
#include "render/stubble_card.h"
#include "support/testing.h"

/* Small pictures, so that the whole runs in seconds under the sanitizers. */
static stubble_scene small(double px_per_mm, uint64_t seed)
{
    stubble_scene s = stubble_scene_usual(px_per_mm, seed);
    s.width = 480;
    s.height = 384;
    return s;
}

typedef struct row {
    const char *label;
    double px_per_mm, f1; /* the least mean F1 of units; the model's own overlaps cost some */
    void (*change)(stubble_scene *s);
} row;

static void nothing(stubble_scene *s)
{
    (void)s;
}

static void blur(stubble_scene *s)
{
    s->blur_px = 0.04 * s->px_per_mm;
}

static void noise(stubble_scene *s)
{
    s->noise = 0.03;
}

static void texture(stubble_scene *s)
{
    s->texture = 0.12;
}

static void blood(stubble_scene *s)
{
    s->redness = 0.8;
    s->vignetting = 0.5;
}

static void low_contrast(stubble_scene *s)
{
    s->hair.L = s->skin.L - 18;
}

static void things(stubble_scene *s)
{
    s->moles = s->bubbles = s->crusts = 1;
}

START_TEST(units_are_found_at_every_magnification_and_in_poor_pictures)
{
    static const row rows[] = {
        {"30 px a mm", 30, 0.85, nothing},
        {"60 px a mm", 60, 0.85, nothing},
        {"120 px a mm", 120, 0.85, nothing},
        {"blurred", 100, 0.80, blur},
        {"noisy", 60, 0.85, noise},
        {"rough skin", 60, 0.85, texture},
        {"red skin, dim corners", 60, 0.80, blood},
        {"fair hair", 60, 0.85, low_contrast},
        {"moles and bubbles", 60, 0.80, things},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stubble_scene s = small(rows[i].px_per_mm, 40 + i);
        rows[i].change(&s);
        stubble_picture p;
        ck_assert(stubble_make(&s, &p));
        tns_follicles f = counting_look(p.rgb, p.width, p.height, 1 / s.px_per_mm);
        double f1 = counting_f1(&p, &f);
        ck_assert_msg(f1 >= rows[i].f1, "%s: F1 %.3f, %zu of %zu units", rows[i].label, f1, f.units,
                      p.unit_count);
        tns_follicles_finish(&f);
        stubble_finish(&p);
    }
}
END_TEST

START_TEST(the_density_is_that_of_the_scene_within_its_interval)
{
    double sum = 0;
    int inside = 0, n = 6;
    for (int i = 0; i < n; i++) {
        stubble_scene s = small(40, 70 + (uint64_t)i);
        stubble_picture p;
        ck_assert(stubble_make(&s, &p));
        tns_follicles f = counting_look(p.rgb, p.width, p.height, 1 / s.px_per_mm);
        sum += f.density_per_cm2;
        inside += f.density_ci95[0] <= s.units_per_cm2 && s.units_per_cm2 <= f.density_ci95[1];
        tns_follicles_finish(&f);
        stubble_finish(&p);
    }
    CHECK_NEAR("mean density", sum / n, 80, 8);
    ck_assert_int_ge(inside, n - 1);
}
END_TEST

/* Whether a picture of empty skin warns that nothing could be seen from so far. */
static bool is_far(double mm_per_px)
{
    static unsigned char rgb[3 * 64 * 64];
    memset(rgb, 150, sizeof rgb);
    tns_follicles f = counting_look(rgb, 64, 64, mm_per_px);
    bool warns = false;
    for (size_t i = 0; i < f.warnings.count; i++)
        warns = warns || strstr(f.warnings.text[i], "lower bound");
    tns_follicles_finish(&f);
    return warns;
}

START_TEST(no_hair_found_from_afar_is_told_from_no_hair)
{
    ck_assert(is_far(1 / 3.0));
    ck_assert(is_far(1 / 12.0));
    ck_assert(is_far(1 / 16.0));
    ck_assert(!is_far(1 / 18.0));
    ck_assert(!is_far(1 / 60.0));
    ck_assert(!is_far(0)); /* nobody knows */
}
END_TEST

static void fill(unsigned char *rgb, size_t n, int value, int noise, uint64_t seed)
{
    for (size_t i = 0; i < 3 * n; i++) {
        double v = value + noise * random_normal(random_bits(seed + i));
        rgb[i] = (unsigned char)fmin(fmax(v, 0), 255);
    }
}

START_TEST(where_there_is_no_hair_none_is_found)
{
    static const struct {
        const char *label;
        int width, height, value, noise;
    } rows[] = {
        {"flat", 320, 240, 150, 0},   {"black", 320, 240, 0, 0},
        {"light", 320, 240, 245, 0},  {"fine noise", 320, 240, 150, 2},
        {"noise", 640, 480, 150, 9},  {"strong", 320, 240, 120, 30},
        {"one pixel", 1, 1, 90, 0},   {"a row", 400, 1, 120, 8},
        {"a column", 1, 400, 120, 8}, {"tiny", 7, 5, 120, 20},
        {"small", 33, 31, 120, 20},
    };
    static unsigned char rgb[3 * 640 * 480];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fill(rgb, (size_t)rows[i].width * (size_t)rows[i].height, rows[i].value, rows[i].noise, i);
        tns_follicles f = counting_look(rgb, rows[i].width, rows[i].height, 0);
        ck_assert_msg(f.count == 0 && f.units == 0, "%s: %zu", rows[i].label, f.count);
        ck_assert(f.diameter_px == 0 && f.coverage == 0 && isnan(f.density_per_cm2));
        tns_follicles_finish(&f);
    }
}
END_TEST

START_TEST(bare_skin_with_all_its_relief_has_hardly_a_hair)
{
    size_t sum = 0;
    for (uint64_t i = 0; i < 6; i++) {
        stubble_scene s = small(i % 2 ? 50 : 150, 90 + i);
        s.units_per_cm2 = 0;
        s.texture = 0.05 + 0.02 * (double)i;
        s.redness = 0.3;
        stubble_picture p;
        ck_assert(stubble_make(&s, &p));
        tns_follicles f = counting_look(p.rgb, p.width, p.height, 0.01);
        sum += f.units;
        if (f.units == 0) /* none seen, but as many as three may be */
            CHECK_NEAR("upper bound", f.density_ci95[1] * f.area_px * 1e-6, 3.689, 0.001);
        tns_follicles_finish(&f);
        stubble_finish(&p);
    }
    ck_assert_msg(sum <= 1, "%zu units in six pictures", sum);
}
END_TEST

/* A grey picture with black discs. */
static void draw_dots(unsigned char *rgb, int size, const int (*at)[2], size_t n, int radius)
{
    memset(rgb, 170, 3 * (size_t)size * (size_t)size);
    for (size_t k = 0; k < n; k++)
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
                if ((x - at[k][0]) * (x - at[k][0]) + (y - at[k][1]) * (y - at[k][1]) <=
                    radius * radius)
                    memset(rgb + 3 * (y * size + x), 40, 3);
}

START_TEST(on_the_edges_only_two_sides_count_for_the_density)
{
    static unsigned char rgb[3 * 256 * 256];
    static const int at[][2] = {{128, 128}, {60, 180}, {190, 70}, /* inside */
                                {1, 100},   {100, 1},             /* left, upper */
                                {254, 140}, {150, 254}};          /* right, lower */
    draw_dots(rgb, 256, at, 7, 4);
    tns_follicles f = counting_look(rgb, 256, 256, 0.02);
    ck_assert_uint_eq(f.count, 7);
    ck_assert_uint_eq(f.units, 7);
    ck_assert_uint_eq(f.counted, 5);
    double cm2 = 256 * 256 * 0.02 * 0.02 / 100;
    CHECK_NEAR("density", f.density_per_cm2, 5 / cm2, 1e-9);
    CHECK_NEAR("lower", f.density_ci95[0], 1.6235 / cm2, 1e-2); /* Garwood's table for 5 */
    CHECK_NEAR("upper", f.density_ci95[1], 11.6683 / cm2, 1e-2);
    CHECK_NEAR("diameter", f.diameter_px, 7.9, 1); /* 49 pixels each */
    tns_follicles_finish(&f);
}
END_TEST

START_TEST(what_is_in_the_hole_of_a_plot_is_not_counted)
{
    static unsigned char rgb[3 * 256 * 256];
    static const int at[][2] = {{60, 60}, {190, 60}, {60, 190}, {190, 190}};
    draw_dots(rgb, 256, at, 4, 4);
    tns_image *image = counting_image(rgb, 256, 256);
    tns_light light = {.image = image};
    tns_plot plot = {.box = {0, 0, 256, 256},
                     .has_hole = true,
                     .hole = {{128, 0}, {256, 0}, {256, 256}, {128, 256}}};
    tns_follicles f;
    ck_assert(tns_follicles_find(&light, &plot, 0, &f, NULL));
    ck_assert_uint_eq(f.units, 2);
    CHECK_NEAR("area", f.area_px, 128 * 256, 256);
    tns_follicles_finish(&f);
    tns_image_destroy(image);
}
END_TEST

/* What a box drawn around each hair would give. */
static tns_lab naive_mean(const stubble_picture *p, const tns_follicles *f)
{
    const tns_xyz d50 = {96.42, 100, 82.49};
    double linear[3] = {0}, n = 0;
    for (size_t i = 0; i < f->units; i++)
        for (int y = (int)f->unit[i].y; y < f->unit[i].y + f->unit[i].height; y++)
            for (int x = (int)f->unit[i].x; x < f->unit[i].x + f->unit[i].width; x++, n++)
                for (int c = 0; c < 3; c++)
                    linear[c] += pow(p->rgb[3 * (y * p->width + x) + c] / 255.0, 2.2);
    double r = 100 * linear[0] / n, g = 100 * linear[1] / n, b = 100 * linear[2] / n;
    tns_xyz xyz = {0.4361 * r + 0.3851 * g + 0.1431 * b, 0.2225 * r + 0.7169 * g + 0.0606 * b,
                   0.0139 * r + 0.0971 * g + 0.7142 * b}; /* sRGB under D50, as in ICC profiles */
    return tns_lab_from_xyz(xyz, d50);
}

START_TEST(the_color_of_a_dot_is_not_the_mean_of_hair_and_skin)
{
    stubble_scene s = small(60, 11);
    s.most_hairs = 2;
    s.vignetting = s.mottling = 0.02;
    stubble_picture p;
    ck_assert(stubble_make(&s, &p));
    const stubble_card card = {.x = 40, .y = 40, .pitch_px = 24};
    ck_assert(stubble_paint_card(&p, &card));
    tns_image *image = counting_image(p.rgb, p.width, p.height);
    tns_photo_options options = {.edition = TNS_EDITION_AFTER_2014,
                                 .has_corners = true,
                                 .follicles = true,
                                 .mm_per_px = 1 / 60.0};
    stubble_card_corners(&card, options.corners);
    tns_photo photo;
    tns_error err = {0};
    ck_assert_msg(tns_photo_measure(image, &options, NULL, &photo, &err), "%s", err.text);
    const tns_follicles *f = &photo.follicles;
    ck_assert(photo.has_follicles && f->has_colors);
    double dot = tns_de00(f->dot.color.lab, p.hair), naive = tns_de00(naive_mean(&p, f), p.hair);
    ck_assert_msg(dot < naive / 2, "dot %.1f, naive %.1f dE00", dot, naive);
    CHECK_NEAR("skin", tns_de00(f->skin.color.lab, p.skin), 0, 2.5); /* its relief darkens it */
    CHECK_NEAR("within its bar", f->dot.color.lab.L, p.hair.L, f->dot.uncertainty.L);
    CHECK_NEAR("true diameter", f->diameter_px / 60, p.diameter_mm, 0.3 * p.diameter_mm);
    tns_photo_finish(&photo);
    tns_image_destroy(image);
    stubble_finish(&p);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("photo/follicles");
    TCase *tcase = tcase_create("core");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, units_are_found_at_every_magnification_and_in_poor_pictures);
    tcase_add_test(tcase, the_density_is_that_of_the_scene_within_its_interval);
    tcase_add_test(tcase, no_hair_found_from_afar_is_told_from_no_hair);
    tcase_add_test(tcase, where_there_is_no_hair_none_is_found);
    tcase_add_test(tcase, bare_skin_with_all_its_relief_has_hardly_a_hair);
    tcase_add_test(tcase, on_the_edges_only_two_sides_count_for_the_density);
    tcase_add_test(tcase, what_is_in_the_hole_of_a_plot_is_not_counted);
    tcase_add_test(tcase, the_color_of_a_dot_is_not_the_mean_of_hair_and_skin);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
