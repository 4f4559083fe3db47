# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(skin bare)
tonsure_test(skin followup)
tonsure_test(skin healed)
tonsure_test(skin light)
tonsure_test(skin look)
target_link_libraries(test_skin_bare PRIVATE prior_samples)
tonsure_test(skin other_lamp)
target_link_libraries(test_skin_other_lamp PRIVATE prior_samples)
target_sources(test_skin_followup PRIVATE skin/people.c)
target_link_libraries(test_skin_followup PRIVATE PkgConfig::gsl)
target_sources(test_skin_healed PRIVATE skin/people.c)
target_sources(test_skin_light PRIVATE skin/people.c skin/photons.c)
tonsure_test(skin dots)
tonsure_test(skin zone)

# docs/skin.md: its tables and pictures are made by a program, and are what it makes today.
add_executable(skin_page skin/page.c skin/tables.c skin/cases.c skin/case_picture.c skin/people.c
    skin/photons.c)
target_link_libraries(skin_page PRIVATE tonsure_testing)
add_test(NAME skin/page COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/skin/page" "${PROJECT_SOURCE_DIR}"
    $<TARGET_FILE:skin_page> "${CMAKE_CURRENT_BINARY_DIR}")
