# SPDX-License-Identifier: GPL-3.0-or-later
set(install "${CMAKE_CURRENT_SOURCE_DIR}/install")
set(include "${PROJECT_SOURCE_DIR}/lib/include")
# For consumers written in C++; the project itself is C.
set(cxx g++)
if(CMAKE_C_COMPILER_ID STREQUAL "Clang")
    set(cxx clang++)
endif()
set(without_photo)
if(NOT TONSURE_PHOTO)
    set(without_photo without-photo)
endif()
set(sanitize)
if(TONSURE_SANITIZE)
    set(sanitize "-fsanitize=${TONSURE_SANITIZE}")
endif()

add_test(NAME install/headers COMMAND "${install}/headers" "${include}" ${CMAKE_C_COMPILER} ${cxx})
add_test(NAME install/symbols COMMAND "${install}/symbols" $<TARGET_FILE:tonsure> "${include}" ${without_photo})
add_test(NAME install/home COMMAND "${install}/home" "${PROJECT_BINARY_DIR}")
add_test(NAME install/consumers COMMAND "${install}/consumers" "${PROJECT_SOURCE_DIR}"
    "${PROJECT_BINARY_DIR}" ${CMAKE_C_COMPILER} ${cxx} ${sanitize})
set_tests_properties(install/home install/consumers PROPERTIES RESOURCE_LOCK installation)
