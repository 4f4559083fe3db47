/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/cpu.h"

/*
 * What the processor has and the system saves the registers of. The loader of glibc (2.33) has
 * asked it all already; the compiler's builtin asks once more in every program that holds this, and
 * on a virtual machine each of its dozen questions takes some microseconds.
 */
#if defined __x86_64__ && defined __has_include
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>

/* As CPU_FEATURE_ACTIVE(), which shifts a signed 1 by 31. */
static bool is_active(unsigned feature)
{
    enum { WORD = 32, LEAF = 4 * WORD };
    const struct cpuid_feature *leaf = __x86_get_cpuid_feature_leaf(feature / LEAF);
    return leaf->active_array[feature % LEAF / WORD] >> feature % WORD & 1;
}

#define HAS(NAME, WORD) is_active(x86_cpu_##NAME)
#endif
#endif
#ifndef HAS
#define HAS(NAME, WORD) __builtin_cpu_supports(WORD)
#endif

/* The same lists as in cmake/kernels.cmake. */
tns_isa tns_cpu_isa(void)
{
#ifdef __x86_64__
    if (!HAS(AVX2, "avx2") || !HAS(FMA, "fma"))
        return TNS_ISA_PLAIN;
    if (HAS(AVX512F, "avx512f") && HAS(AVX512DQ, "avx512dq") && HAS(AVX512BW, "avx512bw") &&
        HAS(AVX512VL, "avx512vl"))
        return TNS_ISA_AVX512;
    return TNS_ISA_AVX2;
#else
    return TNS_ISA_PLAIN;
#endif
}

const char *tns_isa_name(tns_isa isa)
{
    static const char *const names[TNS_ISAS] = {"plain", "avx2", "avx512"};
    return names[isa];
}
