# SPDX-License-Identifier: GPL-3.0-or-later
# The shipped files are what their programs make now.
set(palettes_now "${CMAKE_CURRENT_BINARY_DIR}/palettes")
file(MAKE_DIRECTORY "${palettes_now}")
tonsure_make_palettes("${palettes_now}" commands)
add_custom_command(OUTPUT "${palettes_now}/kimera.json" "${palettes_now}/generic-smp.json" ${commands}
    DEPENDS make_kimera make_generic_smp "${PROJECT_SOURCE_DIR}/palettes/data/kimera_measured.csv"
        "${PROJECT_SOURCE_DIR}/palettes/data/optical_constants.csv"
    VERBATIM)
add_custom_target(palettes_now ALL
    DEPENDS "${palettes_now}/kimera.json" "${palettes_now}/generic-smp.json")
foreach(palette generic-smp kimera)
    add_test(NAME palettes/${palette}_is_current
        COMMAND ${CMAKE_COMMAND} -E compare_files
            "${PROJECT_SOURCE_DIR}/palettes/${palette}.json" "${palettes_now}/${palette}.json")
endforeach()

tonsure_test(palettes kimera)
tonsure_test(palettes generic_smp)
tonsure_test(palettes refit)
tonsure_test(palettes one_constant)
