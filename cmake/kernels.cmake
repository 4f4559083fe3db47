# SPDX-License-Identifier: GPL-3.0-or-later
# One source, compiled once for each instruction set that lib/base/cpu.h knows (decision record 0012).
include(CheckCCompilerFlag)

# What tns_cpu_isa() asks of the machine, no more: then nothing else can slip into the code.
set(TONSURE_ISA_FLAGS_plain "")
set(TONSURE_ISA_FLAGS_avx2 -mavx2 -mfma)
set(TONSURE_ISA_FLAGS_avx512
    -mavx2 -mfma -mavx512f -mavx512dq -mavx512bw -mavx512vl -mprefer-vector-width=512)
# Elsewhere the three are compiled alike, and cpu.c never asks for more than the first.
if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    set(TONSURE_ISA_FLAGS_avx2 "")
    set(TONSURE_ISA_FLAGS_avx512 "")
endif()
foreach(isa avx2 avx512)
    list(JOIN TONSURE_ISA_FLAGS_${isa} " " flags)
    check_c_compiler_flag("${flags}" TONSURE_COMPILER_KNOWS_${isa})
    if(NOT TONSURE_COMPILER_KNOWS_${isa})
        set(TONSURE_ISA_FLAGS_${isa} "")
    endif()
endforeach()

# tonsure_kernels(<target> <file> [<option>...]): adds the file to the target three times. Loops
# become vector code when sqrt need not set errno and both sides of a choice may be computed; neither
# changes a result, nor does the instruction set, for nothing is contracted or summed in another order.
function(tonsure_kernels target file)
    get_filename_component(input "${file}" ABSOLUTE)
    get_filename_component(name "${file}" NAME_WE)
    foreach(isa plain avx2 avx512)
        set(output "${CMAKE_CURRENT_BINARY_DIR}/${name}_${isa}.c")
        file(CONFIGURE OUTPUT "${output}" CONTENT "#define TNS_ISA ${isa}\n#include \"${input}\"\n" @ONLY)
        target_sources(${target} PRIVATE "${output}")
        # A source's options hold for targets of the folder that sets them, unless it is named.
        set_source_files_properties("${output}" TARGET_DIRECTORY ${target} PROPERTIES COMPILE_OPTIONS
            "$<$<NOT:$<CONFIG:Debug>>:-O3>;-fno-math-errno;-fno-trapping-math;${TONSURE_ISA_FLAGS_${isa}};${ARGN}")
    endforeach()
endfunction()
