/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/sort.h"
#include "support/testing.h"

START_TEST(numbers_rise_and_none_is_lost)
{
    static const struct {
        const char *label;
        size_t count;
        double given[6], sorted[6];
    } rows[] = {
        {"none", 0, {0}, {0}},
        {"one", 1, {3}, {3}},
        {"falling", 4, {4, 3, 2, 1}, {1, 2, 3, 4}},
        {"twice the same", 3, {2, 1, 2}, {1, 2, 2}},
        {"below zero and without end",
         4,
         {0, INFINITY, -1, -INFINITY},
         {-INFINITY, -1, 0, INFINITY}},
        {"closer than an int tells", 3, {1.2, 1.1, 1.15}, {1.1, 1.15, 1.2}},
        {"beyond the count nothing", 2, {2, 1, 0}, {1, 2, 0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double values[6];
        memcpy(values, rows[i].given, sizeof values);
        tns_sort_numbers(values, rows[i].count);
        ck_assert_msg(memcmp(values, rows[i].sorted, sizeof values) == 0, "%s", rows[i].label);
    }
    tns_sort_numbers(NULL, 0);
}
END_TEST

START_TEST(other_types_rise_alike)
{
    float floats[] = {1.5F, -2, 1.25F};
    int64_t ids[] = {INT64_MAX, 3, INT64_MIN, 3};
    static const float floats_sorted[] = {-2, 1.25F, 1.5F};
    static const int64_t ids_sorted[] = {INT64_MIN, 3, 3, INT64_MAX};
    tns_sort_floats(floats, 3);
    tns_sort_ids(ids, 4);
    ck_assert_mem_eq(floats, floats_sorted, sizeof floats);
    ck_assert_mem_eq(ids, ids_sorted, sizeof ids);
    tns_sort_floats(NULL, 0);
    tns_sort_ids(NULL, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sort");
    TCase *tests = tcase_create("sort");
    tcase_add_test(tests, numbers_rise_and_none_is_lost);
    tcase_add_test(tests, other_types_rise_alike);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
