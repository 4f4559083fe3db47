# SPDX-License-Identifier: GPL-3.0-or-later
# tonsure_fuzz(<name> <source below devices/>...): tests/fuzz/<name>.c over tests/fuzz/corpus/<name>.
# tonsure_fuzz_image(<name> <decoder> <step>): the decoder of that format, by tests/fuzz/image.c.
# With clang it is a libFuzzer program, which the test runs for moments and `./dev fuzz` for longer;
# else the corpus, and small changes to it, are run once.
function(_tonsure_fuzz name)
    add_executable(fuzz_${name} ${ARGN})
    target_include_directories(fuzz_${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    target_link_libraries(fuzz_${name} PRIVATE tonsure_inside tonsure_flags m)
    set(corpus "${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name}")
    if(CMAKE_C_COMPILER_ID MATCHES Clang AND TONSURE_SANITIZE MATCHES address)
        target_compile_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
        target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
        # What it finds anew it keeps in the first folder: not among the sources.
        set(found "${CMAKE_CURRENT_BINARY_DIR}/fuzz/${name}")
        file(MAKE_DIRECTORY "${found}")
        add_test(NAME fuzz/${name} COMMAND fuzz_${name} -runs=30000 -max_total_time=3 -seed=1
            -rss_limit_mb=4096 -verbosity=0 "${found}" "${corpus}")
    else()
        target_sources(fuzz_${name} PRIVATE fuzz/corpus.c)
        add_test(NAME fuzz/${name} COMMAND fuzz_${name} "${corpus}")
    endif()
endfunction()

function(tonsure_fuzz name)
    list(TRANSFORM ARGN PREPEND "${PROJECT_SOURCE_DIR}/devices/")
    _tonsure_fuzz(${name} fuzz/${name}.c ${ARGN})
endfunction()

# A module's decoder is compiled in, with the library that it knows.
function(tonsure_fuzz_image name decode)
    _tonsure_fuzz(${name} fuzz/image.c)
    string(TOUPPER ${name} kind)
    if(decode MATCHES module)
        target_sources(fuzz_${name} PRIVATE "${PROJECT_SOURCE_DIR}/lib/photo/decode/${name}.c")
        target_compile_definitions(fuzz_${name} PRIVATE TNS_VERSION="${PROJECT_VERSION}")
        target_link_libraries(fuzz_${name} PRIVATE PkgConfig::${name})
    endif()
    # Each change costs a whole decoding: without libFuzzer only some are tried.
    target_compile_definitions(fuzz_${name} PRIVATE
        FUZZ_DECODE=${decode} FUZZ_KIND=TNS_FILE_${kind} FUZZ_STEP=${ARGV2})
    set_tests_properties(fuzz/${name} PROPERTIES ENVIRONMENT OMP_NUM_THREADS=1)
endfunction()

if(TONSURE_PHOTO)
    tonsure_fuzz_image(jpeg tns_jpeg_decode 1)
    tonsure_fuzz_image(png tns_png_decode 1)
    foreach(format TIFF HEIC RAW)
        if(TONSURE_${format})
            string(TOLOWER ${format} name)
            tonsure_fuzz_image(${name} tns_module_${name}.decode 5)
        endif()
    endforeach()
endif()
if(NOT TONSURE_DEVICES)
    return()
endif()
tonsure_fuzz(cr30 cr30/protocol.c)
tonsure_fuzz(dtp20 dtp20/protocol.c rci/protocol.c)
tonsure_fuzz(colorhug colorhug/protocol.c)
tonsure_fuzz(colormunki colormunki/protocol.c)
tonsure_fuzz(spyderprint spyderprint/protocol.c)
tonsure_fuzz(konica konica/protocol.c okline/protocol.c)
tonsure_fuzz(trace transport/trace_text.c)
tonsure_fuzz(template template/protocol.c)
if(TONSURE_PHOTO)
    tonsure_fuzz(chart)
endif()
