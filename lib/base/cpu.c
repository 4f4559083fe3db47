/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/cpu.h"

/* The same lists as in cmake/kernels.cmake. The compiler's builtin also asks whether the system
 * saves the registers. */
tns_isa tns_cpu_isa(void)
{
#ifdef __x86_64__
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
        return TNS_ISA_PLAIN;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
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
