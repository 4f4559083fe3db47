/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rectangles by place: none that holds a point is missed, and few others are looked at. */
#include <stdlib.h>

#include "base/random.h"
#include "photo/read/nearby.h"
#include "support/testing.h"

static double between(tns_random *random, double least, double most)
{
    return least + (most - least) * tns_random_below(random, 1 << 20) / (1 << 20);
}

static tns_rect rect_in(tns_random *random, double width, double height, double most)
{
    double x = between(random, 0, width), y = between(random, 0, height);
    return (tns_rect){x, y, x + between(random, 0, most), y + between(random, 0, most)};
}

static bool holds(const tns_rect *r, double x, double y)
{
    return r->x0 <= x && x <= r->x1 && r->y0 <= y && y <= r->y1;
}

static bool has(const size_t *list, size_t count, size_t wanted)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == wanted)
            return true;
    return false;
}

/* Whether the list misses none of those that hold the point. */
static bool has_all(const tns_rect *rect, size_t rects, double x, double y, const size_t *list,
                    size_t count)
{
    for (size_t i = 0; i < rects; i++)
        if (holds(&rect[i], x, y) && !has(list, count, i))
            return false;
    return true;
}

static bool is_rising(const size_t *list, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (list[i - 1] >= list[i])
            return false;
    return true;
}

START_TEST(all_that_hold_a_point_are_named_and_in_rising_order)
{
    static const struct {
        size_t count;
        double width, height, most; /* of a rectangle's sides */
    } rows[] = {{1, 10, 10, 5},       {2, 0, 0, 0},       {300, 1000, 700, 40},
                {300, 100000, 1, 50}, {300, 1, 900, 0.5}, {200, 100, 100, 300}};
    tns_random random = tns_random_make(5);
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        tns_rect rect[300];
        tns_nearby nearby;
        for (size_t i = 0; i < rows[row].count; i++)
            rect[i] = rect_in(&random, rows[row].width, rows[row].height, rows[row].most);
        ck_assert(tns_nearby_make(rect, rows[row].count, &nearby));
        for (int k = 0; k < 400; k++) {
            double x = between(&random, -20, rows[row].width + 20);
            double y = between(&random, -20, rows[row].height + 20);
            size_t count;
            const size_t *near = tns_nearby_at(&nearby, x, y, &count);
            ck_assert(is_rising(near, count));
            ck_assert(has_all(rect, rows[row].count, x, y, near, count));
        }
        tns_nearby_finish(&nearby);
    }
}
END_TEST

START_TEST(of_none_none_is_named)
{
    tns_nearby nearby;
    size_t count;
    ck_assert(tns_nearby_make(NULL, 0, &nearby));
    tns_nearby_at(&nearby, 3, 4, &count);
    ck_assert_uint_eq(count, 0);
    tns_nearby_finish(&nearby);
}
END_TEST

START_TEST(what_is_no_number_takes_no_room)
{
    const tns_rect rect[] = {{NAN, NAN, NAN, NAN}, {0, 0, 1, 1}, {5, 5, 6, INFINITY}};
    tns_nearby nearby;
    size_t count;
    for (size_t n = 1; n <= 3; n++) {
        ck_assert(tns_nearby_make(rect, n, &nearby));
        ck_assert_int_le(nearby.across * nearby.down, 16);
        tns_nearby_at(&nearby, NAN, 0.5, &count);
        tns_nearby_at(&nearby, 1e300, -1e300, &count);
        ck_assert_uint_le(count, n);
        tns_nearby_finish(&nearby);
    }
}
END_TEST

/* A pass over all pairs would look at 2.5e9. */
START_TEST(among_fifty_thousand_a_point_is_compared_with_a_few)
{
    enum { COUNT = 50000 };
    static tns_rect rect[COUNT];
    tns_random random = tns_random_make(6);
    tns_nearby nearby;
    size_t looked_at = 0;
    for (size_t i = 0; i < COUNT; i++)
        rect[i] = rect_in(&random, 6000, 4000, 20);
    ck_assert(tns_nearby_make(rect, COUNT, &nearby));
    for (size_t i = 0; i < COUNT; i++) {
        size_t count;
        tns_nearby_at(&nearby, rect[i].x0, rect[i].y0, &count);
        looked_at += count;
    }
    ck_assert_uint_lt(looked_at, 8 * (size_t)COUNT);
    tns_nearby_finish(&nearby);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("photo/nearby");
    TCase *tcase = tcase_create("core");
    tcase_add_test(tcase, all_that_hold_a_point_are_named_and_in_rising_order);
    tcase_add_test(tcase, of_none_none_is_named);
    tcase_add_test(tcase, what_is_no_number_takes_no_room);
    tcase_add_test(tcase, among_fifty_thousand_a_point_is_compared_with_a_few);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
