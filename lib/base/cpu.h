/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Vector code, chosen at run time (decision record 0012).
 *
 * A kernel is a plain C loop in a file that the build compiles once for each instruction set
 * (tonsure_kernels in cmake/kernels.cmake). Such a file ends in one table of its functions:
 *
 *     const layer_kernels TNS_KERNELS(layer_kernels) = {opaque, film};
 *
 * Its header says `TNS_KERNELS_DECLARE(layer_kernels, layer_kernels);`, and whoever calls takes a
 * table, TNS_KERNELS_FOR(layer_kernels, tns_cpu_isa()), and hands it on as a value. So no choice is
 * kept anywhere, and a test can run each table that the machine can.
 *
 * The answers are the same to the last bit in every table. Therefore a kernel file calls nothing
 * but sqrt, fabs and functions made with TNS_KERNEL_INLINE (base/vmath.h has exp and more), sums in
 * an order that the source spells out (base/lanes.h has long sums), and has nothing but static
 * functions beside its table, for the linker would else take one set's copy for all.
 */
#ifndef BASE_CPU_H
#define BASE_CPU_H

/* Instruction sets, each with all of those before it. */
typedef enum tns_isa {
    TNS_ISA_PLAIN,  /* what every machine of the architecture has: SSE2 on x86-64 */
    TNS_ISA_AVX2,   /* AVX2 and FMA: four doubles at once */
    TNS_ISA_AVX512, /* AVX-512 F, DQ, BW, VL: eight */
} tns_isa;

enum { TNS_ISAS = 3 };

/* The last one that processor and operating system both support. Cheap; asked anew at each call. */
tns_isa tns_cpu_isa(void);

/* "plain", "avx2", "avx512". */
const char *tns_isa_name(tns_isa isa);

/* The build says for which set it compiles; without it (an editor, a linter) it is the first. */
#ifndef TNS_ISA
#define TNS_ISA plain
#endif

/* How a function for kernels is defined: a call that is left would keep its loop from vectors. */
#ifdef __GNUC__
#define TNS_KERNEL_INLINE static inline __attribute__((always_inline))
#else
#define TNS_KERNEL_INLINE static inline
#endif

/* The name of a kernel file's table, e.g. layer_kernels_avx2. */
#define TNS_KERNELS(name) TNS_KERNELS_JOIN(name, TNS_ISA)
#define TNS_KERNELS_JOIN(name, isa) TNS_KERNELS_PASTE(name, isa)
#define TNS_KERNELS_PASTE(name, isa) name##_##isa

/* All the tables of a name. */
#define TNS_KERNELS_DECLARE(type, name) extern const type name##_plain, name##_avx2, name##_avx512

/* A pointer to the one for an instruction set, which must not exceed tns_cpu_isa(). */
#define TNS_KERNELS_FOR(name, isa)                                                                 \
    ((isa) == TNS_ISA_AVX512 ? &name##_avx512                                                      \
     : (isa) == TNS_ISA_AVX2 ? &name##_avx2                                                        \
                             : &name##_plain)

#endif
