# SPDX-License-Identifier: GPL-3.0-or-later
include_guard()

# tonsure_emulators: instruments that are not there, for any test; model.h says how.
add_library(tonsure_emulators STATIC
    emulators/colorhug.c
    emulators/cr30.c
    emulators/dtp20.c
    emulators/echo.c
    emulators/fault.c
    emulators/konica.c
    emulators/models.c
    emulators/munki.c
    emulators/munki_memory.c
    emulators/munki_sensor.c
    emulators/options.c
    emulators/sample.c
    emulators/spyderprint.c
    emulators/standard.c
    emulators/traffic.c
    emulators/unit.c)
target_include_directories(tonsure_emulators PUBLIC emulators)
target_link_libraries(tonsure_emulators PRIVATE tonsure_flags m)

foreach(test in_process instruments)
    tonsure_test(emulators ${test})
    target_link_libraries(test_emulators_${test} PRIVATE tonsure_emulators)
endforeach()

# ptyemu: a serial model behind a pseudo terminal.
add_executable(ptyemu emulators/ptyemu.c)
target_link_libraries(ptyemu PRIVATE tonsure_emulators tonsure_flags util m)
if(EXISTS /usr/bin/python3)
    add_test(NAME emulators/ptyemu COMMAND /usr/bin/python3 -B
        "${CMAKE_CURRENT_SOURCE_DIR}/emulators/ptyemu.py" $<TARGET_FILE:ptyemu>)
    set_tests_properties(emulators/ptyemu PROPERTIES TIMEOUT 1800)
endif()

include(emulators/usb.cmake)
