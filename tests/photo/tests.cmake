# SPDX-License-Identifier: GPL-3.0-or-later
if(TONSURE_PHOTO)
    add_library(tonsure_pictures STATIC photo/files.c photo/pictures.c photo/scene.c)
    target_include_directories(tonsure_pictures PUBLIC .)
    target_link_libraries(tonsure_pictures PUBLIC tonsure_testing
        PkgConfig::jpeg PkgConfig::png PkgConfig::lcms2)
    foreach(file chart correction decode decode_lab decode_reduce doubts find flat follicles measure placement preview
            real region region_shape
            region_statistics)
        tonsure_test(photo ${file})
        target_link_libraries(test_photo_${file} PRIVATE tonsure_pictures)
    endforeach()
    include(render/library.cmake)
    foreach(file chart correction decode decode_lab decode_reduce doubts find flat follicles measure placement preview
            real region region_shape
    tonsure_test(photo accuracy)
    target_link_libraries(test_photo_accuracy PRIVATE tonsure_pictures tonsure_render)
    tonsure_test(photo variant_truth)
    target_link_libraries(test_photo_variant_truth PRIVATE tonsure_variants)
    # What writes the rarer formats for the tests of those that are built in.
    foreach(format TIFF HEIC RAW)
        if(TONSURE_${format})
            string(TOLOWER ${format} name)
            target_sources(tonsure_pictures PRIVATE photo/${name}_files.c)
            target_link_libraries(tonsure_pictures PUBLIC PkgConfig::${name})
            tonsure_test(photo decode_${name})
            target_link_libraries(test_photo_decode_${name} PRIVATE tonsure_pictures)
        endif()
    endforeach()
    if(TONSURE_RAW) # LibRaw's threads would wait for each other on a busy machine
        set_tests_properties(photo/decode_raw PROPERTIES ENVIRONMENT OMP_NUM_THREADS=1)
    endif()
endif()
