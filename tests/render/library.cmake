# SPDX-License-Identifier: GPL-3.0-or-later
# tonsure_render: photos with a known truth, for tests and benches.
if(TARGET tonsure_render)
    return()
endif()
set(render "${PROJECT_SOURCE_DIR}/tests/render")
add_library(tonsure_render STATIC)
foreach(file arrange board camera cards develop gallery hair jpeg materials paints perspective
        picture plane pose sample scene stage stubble stubble_camera stubble_card stubble_kinds
        stubble_lens stubble_skin stubble_things truth)
    target_sources(tonsure_render PRIVATE "${render}/${file}.c")
endforeach()
# Many tests render many pictures: never unoptimized.
target_compile_options(tonsure_render PRIVATE -O2)
tonsure_embed_table(tonsure_render "${render}/data/skin.csv" render_skin_table)
target_include_directories(tonsure_render PUBLIC "${PROJECT_SOURCE_DIR}/tests")
target_link_libraries(tonsure_render PUBLIC tonsure_inside PRIVATE tonsure_flags PkgConfig::jpeg m)

# Variants of the real photos, with their truth carried along.
add_library(tonsure_variants STATIC "${PROJECT_SOURCE_DIR}/tests/photo/variants.c")
target_compile_options(tonsure_variants PRIVATE -O2)
target_link_libraries(tonsure_variants PUBLIC tonsure_render PRIVATE tonsure_flags m)
