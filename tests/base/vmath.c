/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/vmath.h"
#include "base/vmath_kernels.h"
#include "support/draw.h"
#include "support/testing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { MANY = 100003 };

static long double expl_of(long double x, long double y)
{
    (void)y;
    return expl(x);
}

static long double cbrtl_of(long double x, long double y)
{
    (void)y;
    return cbrtl(x);
}

static long double atan2l_of(long double x, long double y)
{
    return atan2l(y, x);
}

static long double sinl_of(long double x, long double y)
{
    (void)y;
    return sinl(x);
}

/* Arguments for a function, spread evenly. */
static const struct range {
    const char *label;
    size_t function; /* its place in vmath_kernels */
    long double (*truth)(long double, long double);
    double low, high, y_low, y_high;
    double ulp; /* what vmath.h says */
} ranges[] = {
    {"exp, all", 0, expl_of, -708, 709.7, 0, 0, 1.6},
    {"exp, near 0", 0, expl_of, -2, 2, 0, 0, 1.6},
    {"cbrt of ratios to white", 1, cbrtl_of, 0.008, 1.5, 0, 0, 1.3},
    {"cbrt, large", 1, cbrtl_of, 1e299, 1e300, 0, 0, 1.3},
    {"cbrt, small", 1, cbrtl_of, 1e-305, 1e-304, 0, 0, 1.3},
    {"atan2, all around", 2, atan2l_of, -100, 100, -100, 100, 2.2},
    {"atan2, near the axis", 2, atan2l_of, -100, 100, -1e-3, 1e-3, 2.2},
    {"atan2, near the upright", 2, atan2l_of, -1e-9, 1e-9, -1, 1, 2.2},
    {"sin", 3, sinl_of, -1.0471975511965976, 1.0471975511965976, 0, 0, 1.2},
};

static array_function *function_of(const vmath_kernels *table, size_t index)
{
    array_function *const all[] = {table->exp, table->cbrt, table->atan2, table->sin_third};
    return all[index];
}

static double ulps(double found, long double truth)
{
    int exponent;
    frexpl(truth, &exponent);
    return (double)(fabsl(found - truth) / ldexpl(1, exponent - 53));
}

static double x[MANY], y[MANY], plain[MANY], found[MANY];

static void fill(const struct range *range)
{
    uint64_t state = 7;
    for (int i = 0; i < MANY; i++) {
        x[i] = draw_between(&state, range->low, range->high);
        y[i] = draw_between(&state, range->y_low, range->y_high);
    }
}

START_TEST(functions_keep_the_bounds_that_their_header_states)
{
    for (size_t row = 0; row < COUNT(ranges); row++) {
        const struct range *range = &ranges[row];
        fill(range);
        function_of(&vmath_kernels_plain, range->function)(MANY, x, y, plain);
        double worst = 0;
        for (int i = 0; i < MANY; i++)
            worst = fmax(worst, ulps(plain[i], range->truth(x[i], y[i])));
        ck_assert_msg(worst <= range->ulp && worst > 0, "%s: %g ulp", range->label, worst);
    }
}
END_TEST

START_TEST(every_instruction_set_gives_the_same_bits)
{
    for (size_t row = 0; row < COUNT(ranges); row++) {
        const struct range *range = &ranges[row];
        fill(range);
        function_of(&vmath_kernels_plain, range->function)(MANY, x, y, plain);
        for (tns_isa isa = TNS_ISA_PLAIN; isa <= tns_cpu_isa(); isa++) {
            const vmath_kernels *table = TNS_KERNELS_FOR(vmath_kernels, isa);
            function_of(table, range->function)(MANY, x, y, found);
            ck_assert_msg(memcmp(found, plain, sizeof found) == 0, "%s: %s", range->label,
                          tns_isa_name(isa));
        }
    }
}
END_TEST

START_TEST(special_arguments_give_what_the_header_says)
{
    const double pi = 3.14159265358979323846, inf = INFINITY;
    const struct {
        const char *label;
        double found, expected;
    } rows[] = {
        {"exp 0", tns_vexp(0), 1},
        {"exp underflows", tns_vexp(-708.1), 0},
        {"exp of -inf", tns_vexp(-inf), 0},
        {"exp overflows", tns_vexp(709.8), inf},
        {"exp overflows by far", tns_vexp(1e300), inf},
        {"exp of inf", tns_vexp(inf), inf},
        {"cbrt 0", tns_vcbrt(0), 0},
        {"cbrt 27", tns_vcbrt(27), 3},
        {"cbrt of inf", tns_vcbrt(inf), inf},
        {"atan2 of nothing", tns_vatan2(0, 0), 0},
        {"atan2 right", tns_vatan2(0, 1), 0},
        {"atan2 up", tns_vatan2(2, 0), pi / 2},
        {"atan2 left", tns_vatan2(0, -3), pi},
        {"atan2 down", tns_vatan2(-1e-300, 0), -pi / 2},
        {"sin 0", tns_vsin_third(0), 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_msg(rows[i].found == rows[i].expected, "%s: %.17g", rows[i].label, rows[i].found);
    ck_assert(isnan(tns_vexp(NAN)) && isnan(tns_vcbrt(NAN)) && isnan(tns_vsin_third(NAN)));
    ck_assert(isnan(tns_vatan2(NAN, 1)) && isnan(tns_vatan2(1, NAN)));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("vmath");
    TCase *tc = tcase_create("vmath");
    tcase_add_test(tc, functions_keep_the_bounds_that_their_header_states);
    tcase_add_test(tc, every_instruction_set_gives_the_same_bits);
    tcase_add_test(tc, special_arguments_give_what_the_header_says);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
