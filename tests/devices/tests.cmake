# SPDX-License-Identifier: GPL-3.0-or-later
if(NOT TONSURE_DEVICES)
    return()
endif()

# tonsure_devices_test(<file>): tests/devices/<file>.c, linked with the inside of both libraries.
function(tonsure_devices_test file)
    tonsure_test(devices ${file})
    target_link_libraries(test_devices_${file} PRIVATE tonsure_devices_inside)
endfunction()

tonsure_devices_test(lines)
tonsure_devices_test(registry)
tonsure_devices_test(trace)
tonsure_devices_test(tty)
include(devices/usb.cmake)
add_test(NAME devices/table COMMAND "${CMAKE_CURRENT_LIST_DIR}/table" "${PROJECT_SOURCE_DIR}"
    $<TARGET_FILE:tonsure_describe>)
# The rules that are installed are those of today's drivers.
foreach(rules 60-tonsure 61-tonsure-generic)
    add_test(NAME devices/${rules} COMMAND sh -c
        "$<TARGET_FILE:tonsure_describe> ${rules} | diff - '${PROJECT_BINARY_DIR}/devices/${rules}.rules'")
endforeach()
tonsure_devices_test(colormunki_protocol)

# tonsure_driver_test(<file>): the same, with a port that plays a script.
function(tonsure_driver_test file)
    tonsure_devices_test(${file})
    target_sources(test_devices_${file} PRIVATE support/script.c)
endfunction()

tonsure_driver_test(cr30)
tonsure_driver_test(dtp20)
tonsure_driver_test(konica)
tonsure_driver_test(okline)
tonsure_driver_test(template)
# It is in no registry, so that it is built here.
set(template "${PROJECT_SOURCE_DIR}/devices/template")
target_sources(test_devices_template PRIVATE "${template}/protocol.c" "${template}/template.c")

# Every driver against the emulator of its instrument.
tonsure_devices_test(emulated)
target_sources(test_devices_emulated PRIVATE devices/model_port.c devices/rig.c devices/rig_kinds.c)
target_link_libraries(test_devices_emulated PRIVATE tonsure_emulators)
tonsure_devices_test(simulated)
foreach(driver colormunki)
    tonsure_devices_test(${driver})
    target_sources(test_devices_${driver} PRIVATE devices/model_port.c devices/rig.c)
    target_link_libraries(test_devices_${driver} PRIVATE tonsure_emulators)
endforeach()
include(devices/drivers.cmake)
