# SPDX-License-Identifier: GPL-3.0-or-later
add_test(NAME support/skips COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/support/skips_selftest")
add_test(NAME support/dev COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/support/dev_selftest" "${PROJECT_SOURCE_DIR}")
