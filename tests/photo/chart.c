/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/chart.h>
#include <tonsure/difference.h>

#include "base/csv.h"
#include "photo/chart/homography.h"
#include "photo/read/hull.h"
#include "support/testing.h"

START_TEST(charts_are_found_by_kind_and_by_word)
{
    static const struct {
        const char *name, *kind;
    } rows[] = {{"classic", "classic24"},     {"classic24", "classic24"}, {"Mini", "mini24"},
                {"passport24", "passport24"}, {"spydercheckr", NULL},     {"", NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_chart chart;
        tns_error err = {0};
        bool found = tns_chart_find(rows[i].name, TNS_EDITION_AFTER_2014, &chart, &err);
        ck_assert_msg(found == (rows[i].kind != NULL), "%s", rows[i].name);
        if (found)
            ck_assert_str_eq(chart.kind, rows[i].kind);
        else
            ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    }
}
END_TEST

START_TEST(every_kind_listed_is_a_chart_whose_patches_lie_apart)
{
    size_t count;
    const tns_chart_kind *kinds = tns_chart_kinds(&count);
    ck_assert_uint_ge(count, 4);
    for (size_t k = 0; k < count; k++) {
        tns_chart chart;
        ck_assert(tns_chart_find(kinds[k].word, TNS_EDITION_AUTO, &chart, NULL));
        ck_assert_str_eq(chart.kind, kinds[k].name);
        ck_assert_str_eq(chart.title, kinds[k].title);
        ck_assert_int_eq(chart.rows * chart.columns, chart.count);
        ck_assert(chart.patch_share > 0.5 && chart.patch_share < 1 && chart.reference_de00 > 0);
        ck_assert(chart.patch[0].x == 0 && chart.patch[0].y == 0);
        for (int i = 0; i < chart.count; i++)
            for (int j = 0; j < i; j++)
                ck_assert_msg(hypot(chart.patch[i].x - chart.patch[j].x,
                                    chart.patch[i].y - chart.patch[j].y) > 0.999,
                              "%s: patches %d and %d", chart.kind, j, i);
    }
}
END_TEST

START_TEST(a_chart_without_editions_keeps_its_colors)
{
    tns_chart chart, after, own;
    ck_assert(tns_chart_find("classic", TNS_EDITION_BEFORE_2014, &chart, NULL));
    ck_assert(tns_chart_in_edition(&chart, TNS_EDITION_AFTER_2014, &after, NULL));
    CHECK_NEAR("white of the other edition", after.patch[18].reference.L, 95.19, 1e-9);
    chart.has_editions = false;
    ck_assert(tns_chart_in_edition(&chart, TNS_EDITION_AFTER_2014, &own, NULL));
    CHECK_NEAR("white of its own", own.patch[18].reference.L, chart.patch[18].reference.L, 0);
}
END_TEST

START_TEST(corner_patches_go_round_the_chart)
{
    static const char *const names[4] = {"dark skin", "bluish green", "black 2", "white 9.5"};
    tns_chart chart;
    ck_assert(tns_chart_find("classic", TNS_EDITION_AUTO, &chart, NULL));
    for (int k = 0; k < 4; k++)
        ck_assert_str_eq(chart.patch[tns_chart_corner(&chart, k)].name, names[k]);
}
END_TEST

START_TEST(the_editions_differ_as_published)
{
    tns_chart before, after, mean;
    ck_assert(tns_chart_find("classic", TNS_EDITION_BEFORE_2014, &before, NULL));
    ck_assert(tns_chart_find("classic", TNS_EDITION_AFTER_2014, &after, NULL));
    ck_assert(tns_chart_find("classic", TNS_EDITION_AUTO, &mean, NULL));
    ck_assert_int_eq(before.count, 24);
    ck_assert_str_eq(before.patch[0].name, "dark skin");
    ck_assert_str_eq(before.patch[23].name, "black 2");
    double sum = 0, largest = 0;
    for (int i = 0; i < 24; i++) {
        double de = tns_de00(before.patch[i].reference, after.patch[i].reference);
        sum += de / 24;
        largest = fmax(largest, de);
        CHECK_NEAR("mean L*", mean.patch[i].reference.L,
                   (before.patch[i].reference.L + after.patch[i].reference.L) / 2, 1e-12);
    }
    CHECK_NEAR("mean dE00 of the editions", sum, 0.85, 0.01);
    CHECK_NEAR("largest dE00, the white", largest, 1.95, 0.01);
}
END_TEST

START_TEST(the_figures_are_those_of_the_reference_tables)
{
    static const char *const files[] = {"data/charts/classic24_before_nov2014_lab_d50.csv",
                                        "data/charts/classic24_after_nov2014_lab_d50.csv"};
    for (int edition = 1; edition <= 2; edition++) {
        const char *path = shared_file(files[edition - 1]);
        if (!path)
            return;
        tns_csv *csv = tns_csv_load(path, NULL);
        tns_chart chart;
        ck_assert(csv && tns_chart_find("classic", (tns_edition)edition, &chart, NULL));
        for (size_t i = 0; i < 24; i++) {
            const tns_chart_patch *patch = &chart.patch[i];
            double lab[3] = {0};
            for (size_t axis = 0; axis < 3; axis++)
                ck_assert(tns_csv_number(csv, i + 1, axis + 1, &lab[axis], NULL));
            ck_assert_str_eq(patch->name, csv->rows[i + 1].field[0]);
            CHECK_NEAR(patch->name, patch->reference.L, lab[0], 1e-9);
            CHECK_NEAR(patch->name, patch->reference.a, lab[1], 1e-9);
            CHECK_NEAR(patch->name, patch->reference.b, lab[2], 1e-9);
        }
        tns_csv_destroy(csv);
    }
}
END_TEST

START_TEST(a_homography_is_found_again_from_its_points)
{
    const tns_homography truth = {{{31, 4, 120}, {-6, 28, 90}, {0.01, -0.006, 1}}};
    tns_point from[24], to[24];
    for (int i = 0; i < 24; i++) {
        from[i] = (tns_point){i % 6, i / 6};
        to[i] = tns_homography_apply(&truth, from[i]);
    }
    for (size_t n = 6; n <= 24; n += 6) { /* the first row alone determines nothing */
        tns_homography found;
        bool done = tns_homography_fit(from, to, n, &found);
        ck_assert_msg(done == (n > 6), "%zu points", n);
        if (!done)
            continue;
        tns_homography back = tns_homography_inverse(&found);
        for (int i = 0; i < 24; i++) {
            tns_point there = tns_homography_apply(&found, from[i]);
            tns_point here = tns_homography_apply(&back, to[i]);
            CHECK_NEAR("there", hypot(there.x - to[i].x, there.y - to[i].y), 0, 1e-9);
            CHECK_NEAR("and back", hypot(here.x - from[i].x, here.y - from[i].y), 0, 1e-9);
        }
    }
}
END_TEST

START_TEST(a_hull_holds_what_lies_between_its_points)
{
    tns_point points[] = {{0, 0}, {2, 1}, {4, 0}, {4, 4}, {1, 2}, {0, 4}, {2, 0}};
    tns_hull hull = tns_hull_make(points, sizeof points / sizeof *points);
    ck_assert_int_eq(hull.count, 4);
    static const struct {
        tns_point p;
        bool inside;
    } rows[] = {{{2, 2}, true},     {{0, 0}, true},   {{4, 2}, true},
                {{4.01, 2}, false}, {{-1, 2}, false}, {{2, 4.5}, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(tns_hull_contains(&hull, rows[i].p) == rows[i].inside, "row %zu", i);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("chart");
    TCase *tc = tcase_create("chart");
    tcase_add_test(tc, charts_are_found_by_kind_and_by_word);
    tcase_add_test(tc, every_kind_listed_is_a_chart_whose_patches_lie_apart);
    tcase_add_test(tc, a_chart_without_editions_keeps_its_colors);
    tcase_add_test(tc, corner_patches_go_round_the_chart);
    tcase_add_test(tc, the_editions_differ_as_published);
    tcase_add_test(tc, the_figures_are_those_of_the_reference_tables);
    tcase_add_test(tc, a_homography_is_found_again_from_its_points);
    tcase_add_test(tc, a_hull_holds_what_lies_between_its_points);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
