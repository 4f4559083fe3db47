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
    emulators/standard.c
    emulators/traffic.c
    emulators/unit.c)
target_include_directories(tonsure_emulators PUBLIC emulators)
target_link_libraries(tonsure_emulators PRIVATE tonsure_flags m)

tonsure_test(emulators in_process)
target_link_libraries(test_emulators_in_process PRIVATE tonsure_emulators)

include(emulators/usb.cmake)
