# SPDX-License-Identifier: GPL-3.0-or-later
# tonsure_fuzz(<name> <source below devices/>...): tests/fuzz/<name>.c over tests/fuzz/corpus/<name>.
# tonsure_fuzz_image(<name> <step>): the decoder of that format, by tests/fuzz/image.c.
# With clang it is a libFuzzer program: the test runs the corpus, and of our own parsers what follows
# from it by a fixed seed; `./dev fuzz` searches. Else the corpus and small changes to it are run once.
add_custom_target(fuzzers) # all of them
function(_tonsure_fuzz name)
    add_executable(fuzz_${name} ${ARGN})
    add_dependencies(fuzzers fuzz_${name})
    target_include_directories(fuzz_${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    target_link_libraries(fuzz_${name} PRIVATE tonsure_inside tonsure_flags m)
    set(corpus "${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name}")
    if(CMAKE_C_COMPILER_ID MATCHES Clang AND TONSURE_SANITIZE MATCHES address)
        target_compile_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
        target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
        if(NOT DEFINED runs)
            set(runs 3000)
        endif()
        # What it finds anew it keeps in the first folder: not among the sources, and not for next time.
        set(found "${CMAKE_CURRENT_BINARY_DIR}/fuzz/${name}")
        add_test(NAME fuzz/${name} COMMAND sh -c "rm -rf '${found}' && mkdir -p '${found}' && exec \"$@\"" -
            $<TARGET_FILE:fuzz_${name}> -runs=${runs} -max_total_time=10 -entropic=0 -seed=1
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

# A module's decoder is compiled in, with the libraries that it knows; the test is to fail by changes of
# ours, not by what chance brings up in those.
function(tonsure_fuzz_image name step)
    set(runs 0)
    _tonsure_fuzz(${name} fuzz/image.c)
    string(TOUPPER ${name} kind)
    get_target_property(sources tonsure_module_${name} SOURCES)
    list(TRANSFORM sources PREPEND "${PROJECT_SOURCE_DIR}/lib/photo/")
    get_target_property(libraries tonsure_module_${name} LINK_LIBRARIES)
    target_sources(fuzz_${name} PRIVATE ${sources})
    target_link_libraries(fuzz_${name} PRIVATE ${libraries})
    # Each change costs a whole decoding: without libFuzzer only some are tried.
    target_compile_definitions(fuzz_${name} PRIVATE TNS_VERSION="${PROJECT_VERSION}"
        FUZZ_MODULE=tns_module_${name} FUZZ_KIND=TNS_FILE_${kind} FUZZ_STEP=${step})
    set_tests_properties(fuzz/${name} PROPERTIES ENVIRONMENT OMP_NUM_THREADS=1)
endfunction()

# tonsure_fuzz_module(<name> <folder of lib/> <step>): tests/fuzz/<name>.c, with that module compiled in.
function(tonsure_fuzz_module name folder step)
    _tonsure_fuzz(${name} fuzz/${name}.c)
    get_target_property(sources tonsure_module_${name} SOURCES)
    list(TRANSFORM sources PREPEND "${PROJECT_SOURCE_DIR}/lib/${folder}/")
    get_target_property(libraries tonsure_module_${name} LINK_LIBRARIES)
    target_sources(fuzz_${name} PRIVATE ${sources})
    target_link_libraries(fuzz_${name} PRIVATE ${libraries})
    target_compile_definitions(fuzz_${name} PRIVATE TNS_VERSION="${PROJECT_VERSION}" FUZZ_STEP=${step})
endfunction()

# tonsure_fuzz_again(<name> <records> <step>): <records>_records of tests/records/<records>_again.h.
function(tonsure_fuzz_again name records step)
    _tonsure_fuzz(${name} fuzz/again.c)
    target_include_directories(fuzz_${name} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
    target_compile_definitions(fuzz_${name} PRIVATE FUZZ_AGAIN="records/${records}_again.h"
        FUZZ_RECORDS=${records}_records FUZZ_STEP=${step})
endfunction()

_tonsure_fuzz(answers fuzz/answers.c)
_tonsure_fuzz(tables fuzz/tables.c)
_tonsure_fuzz(palette fuzz/palette.c)
target_compile_definitions(fuzz_palette PRIVATE
    FUZZ_PARSE=tns_palette_parse FUZZ_WRITE=tns_palette_write)
_tonsure_fuzz(palette_table fuzz/palette.c)
target_compile_definitions(fuzz_palette_table PRIVATE
    FUZZ_PARSE=tns_exchange_parse_palette FUZZ_WRITE=tns_exchange_write_palette)
target_compile_definitions(fuzz_answers PRIVATE FUZZ_STEP=9)
add_dependencies(fuzz_tables tonsure_modules) # CGATS is one
if(TONSURE_CALENDAR)
    _tonsure_fuzz(bookings fuzz/bookings.c)
    add_dependencies(fuzz_bookings tonsure_modules)
    tonsure_fuzz_module(calendar exchange 5)
endif()
tonsure_fuzz_again(color_records color 5)
tonsure_fuzz_again(device_records device 1)
if(TONSURE_PHOTO)
    _tonsure_fuzz(chart fuzz/chart.c)
    tonsure_fuzz_again(photo_records photo 3)
    tonsure_fuzz_image(jpeg 1)
    tonsure_fuzz_image(png 1)
    foreach(format TIFF HEIC RAW)
        if(TONSURE_${format})
            string(TOLOWER ${format} name)
            tonsure_fuzz_image(${name} 5)
        endif()
    endforeach()
endif()
if(TONSURE_STORE)
    _tonsure_fuzz(gs1 fuzz/gs1.c)
    _tonsure_fuzz(ledger fuzz/ledger.c)
    _tonsure_fuzz(cards fuzz/cards.c)
    tonsure_fuzz_again(shelf shelf 3)
    set_tests_properties(fuzz/ledger fuzz/cards PROPERTIES ENVIRONMENT ASAN_OPTIONS=detect_leaks=0) # its one store
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
