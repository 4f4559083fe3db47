# SPDX-License-Identifier: GPL-3.0-or-later
# `cmake --build ... --target sample` writes docs/sample anew; render_gallery writes every scene.
if(NOT TONSURE_PHOTO)
    return()
endif()
include(render/library.cmake)

foreach(program render_sample render_gallery)
    add_executable(${program} render/${program}.c)
    target_link_libraries(${program} PRIVATE tonsure_render tonsure_flags)
endforeach()
add_custom_target(sample
    COMMAND render_sample "${PROJECT_SOURCE_DIR}/docs/sample" VERBATIM)

foreach(test end_to_end jpeg_files known_truth sample_is_current studio)
    tonsure_test(render ${test})
    target_link_libraries(test_render_${test} PRIVATE tonsure_render)
endforeach()
target_link_libraries(test_render_jpeg_files PRIVATE PkgConfig::lcms2) # a profile to embed

# The gallery through the whole photo room, in sixteen shares.
add_executable(test_photo_gates photo/gates.c)
target_link_libraries(test_photo_gates PRIVATE tonsure_testing tonsure_render)
foreach(share RANGE 1 16)
    add_test(NAME photo/gates_${share} COMMAND test_photo_gates)
    set_tests_properties(photo/gates_${share} PROPERTIES TIMEOUT 1200
        ENVIRONMENT GATES_SHARE=${share}/16)
endforeach()
