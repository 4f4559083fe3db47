# SPDX-License-Identifier: GPL-3.0-or-later
# tonsure_render: photos with a known truth, for any test; `cmake --build ... --target sample`
# writes docs/sample anew.
if(NOT TONSURE_PHOTO)
    return()
endif()
add_library(tonsure_render STATIC
    render/board.c render/camera.c render/cards.c render/develop.c render/gallery.c
    render/hair.c render/jpeg.c
    render/materials.c render/paints.c render/perspective.c render/picture.c render/plane.c
    render/pose.c render/sample.c render/scene.c render/stage.c render/truth.c)
# Many tests render many pictures: never unoptimized.
target_compile_options(tonsure_render PRIVATE -O2)
tonsure_embed_table(tonsure_render render/data/skin.csv render_skin_table)
target_include_directories(tonsure_render PUBLIC .)
target_link_libraries(tonsure_render PUBLIC tonsure_inside PRIVATE tonsure_flags PkgConfig::jpeg m)

add_executable(render_sample render/render_sample.c)
target_link_libraries(render_sample PRIVATE tonsure_render tonsure_flags)
add_executable(render_gallery render/render_gallery.c)
target_link_libraries(render_gallery PRIVATE tonsure_render tonsure_flags)
add_custom_target(sample
    COMMAND render_sample "${PROJECT_SOURCE_DIR}/docs/sample" VERBATIM)

foreach(test end_to_end jpeg_files known_truth sample_is_current studio)
    tonsure_test(render ${test})
    target_link_libraries(test_render_${test} PRIVATE tonsure_render)
endforeach()
