# SPDX-License-Identifier: GPL-3.0-or-later
if(TONSURE_PHOTO)
    add_library(tonsure_pictures STATIC photo/pictures.c photo/scene.c)
    target_include_directories(tonsure_pictures PUBLIC .)
    target_link_libraries(tonsure_pictures PUBLIC tonsure_testing
        PkgConfig::jpeg PkgConfig::png PkgConfig::lcms2)
    foreach(file chart correction decode decode_reduce find follicles measure placement preview real region region_shape
            region_statistics)
        tonsure_test(photo ${file})
        target_link_libraries(test_photo_${file} PRIVATE tonsure_pictures)
    endforeach()
    include(render/library.cmake)
    target_link_libraries(test_photo_find PRIVATE tonsure_render)
    target_link_libraries(test_photo_follicles PRIVATE tonsure_render)
    tonsure_test(photo accuracy)
    target_link_libraries(test_photo_accuracy PRIVATE tonsure_pictures tonsure_render)
    tonsure_test(photo variant_truth)
    target_link_libraries(test_photo_variant_truth PRIVATE tonsure_variants)
endif()
