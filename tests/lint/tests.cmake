# SPDX-License-Identifier: GPL-3.0-or-later
set(lint "${CMAKE_CURRENT_SOURCE_DIR}/lint")
add_test(NAME lint/layers COMMAND "${lint}/layers" "${PROJECT_SOURCE_DIR}")
add_test(NAME lint/rules COMMAND "${lint}/rules" "${PROJECT_SOURCE_DIR}")
add_test(NAME lint/selftest COMMAND "${lint}/selftest" "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_BINARY_DIR}")
