/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/cpu_kernels.h"
#include "support/testing.h"

enum { MANY = 1001 };

START_TEST(each_table_is_compiled_for_its_instruction_set)
{
#ifdef __x86_64__
    ck_assert(trial_kernels_avx2.has_avx2 && !trial_kernels_avx2.has_avx512);
    ck_assert(trial_kernels_avx512.has_avx2 && trial_kernels_avx512.has_avx512);
#ifndef __AVX2__
    ck_assert(!trial_kernels_plain.has_avx2 && !trial_kernels_plain.has_avx512);
#endif
#else
    skip("base/cpu", "not an x86-64 machine: all tables are alike");
#endif
}
END_TEST

START_TEST(a_table_is_found_by_its_instruction_set)
{
    ck_assert_ptr_eq(TNS_KERNELS_FOR(trial_kernels, TNS_ISA_PLAIN), &trial_kernels_plain);
    ck_assert_ptr_eq(TNS_KERNELS_FOR(trial_kernels, TNS_ISA_AVX2), &trial_kernels_avx2);
    ck_assert_ptr_eq(TNS_KERNELS_FOR(trial_kernels, TNS_ISA_AVX512), &trial_kernels_avx512);
    ck_assert_str_eq(tns_isa_name(TNS_ISA_PLAIN), "plain");
    ck_assert_str_eq(tns_isa_name(TNS_ISA_AVX512), "avx512");
}
END_TEST

START_TEST(every_table_this_machine_runs_gives_the_same_bits)
{
    static double a[MANY], b[MANY], first[MANY], found[MANY];
    for (int i = 0; i < MANY; i++) {
        a[i] = sin(i) * 3;
        b[i] = cos(1.7 * i) / 3;
    }
    trial_kernels_plain.mix(MANY, a, b, first);
    for (tns_isa isa = TNS_ISA_PLAIN; isa <= tns_cpu_isa(); isa++) {
        memset(found, 0, sizeof found);
        TNS_KERNELS_FOR(trial_kernels, isa)->mix(MANY, a, b, found);
        ck_assert_msg(memcmp(first, found, sizeof first) == 0, "%s", tns_isa_name(isa));
    }
}
END_TEST

START_TEST(a_sum_of_products_is_taken_in_four_sums_side_by_side)
{
    static double a[MANY], b[MANY];
    for (int n = 0; n <= 1000; n += 4) {
        double sum[4] = {0};
        for (int i = 0; i < n; i++) {
            a[i] = sin(i + n);
            b[i] = 1e3 * cos(2.1 * i);
            sum[i % 4] += a[i] * b[i];
        }
        double expected = (sum[0] + sum[1]) + (sum[2] + sum[3]);
        for (tns_isa isa = TNS_ISA_PLAIN; isa <= tns_cpu_isa(); isa++)
            ck_assert_msg(TNS_KERNELS_FOR(trial_kernels, isa)->dot(a, b, n) == expected, "%s, %d",
                          tns_isa_name(isa), n);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cpu");
    TCase *tc = tcase_create("cpu");
    tcase_add_test(tc, each_table_is_compiled_for_its_instruction_set);
    tcase_add_test(tc, a_table_is_found_by_its_instruction_set);
    tcase_add_test(tc, every_table_this_machine_runs_gives_the_same_bits);
    tcase_add_test(tc, a_sum_of_products_is_taken_in_four_sums_side_by_side);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
