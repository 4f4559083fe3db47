# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(plan intermittent)
tonsure_test(plan reorder)
tonsure_test(plan count)
tonsure_test(plan visit)
tonsure_test(plan follow)
tonsure_test(plan item)
tonsure_test(plan year)
target_sources(test_plan_year PRIVATE plan/clinics.c plan/world.c)

# docs/plan.md: its tables of clinics are made by a program.
add_executable(plan_clinics plan/clinics_page.c plan/clinics.c plan/world.c)
target_link_libraries(plan_clinics PRIVATE tonsure_testing)
add_test(NAME plan/page COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/plan/page" "${PROJECT_SOURCE_DIR}"
    $<TARGET_FILE:plan_clinics> "${CMAKE_CURRENT_BINARY_DIR}")
