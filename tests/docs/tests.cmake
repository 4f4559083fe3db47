# SPDX-License-Identifier: GPL-3.0-or-later
set(docs "${CMAKE_CURRENT_SOURCE_DIR}/docs")
add_test(NAME docs/program COMMAND "${docs}/program" "${PROJECT_SOURCE_DIR}")
if(TONSURE_PHOTO)
    add_test(NAME docs/tour COMMAND "${docs}/tour" "${PROJECT_SOURCE_DIR}"
        $<TARGET_FILE:tonsure_command> "${CMAKE_CURRENT_BINARY_DIR}")
endif()
