# SPDX-License-Identifier: GPL-3.0-or-later
# The drivers under the real libusb, on emulated instruments: what goes wrong ends in its own error,
# and the next run works. Models, options and faults: `usbemu --help`, tests/emulators/fault.h.
add_executable(devices_reader devices/reader.c devices/rig_kinds.c)
target_include_directories(devices_reader PRIVATE emulators .)
target_link_libraries(devices_reader PRIVATE tonsure_devices_inside tonsure_flags)
find_program(MKFIFO mkfifo REQUIRED)
mark_as_advanced(MKFIFO)

# reads(<kind> <what happens> "<usbemu's arguments>" "<outcomes>")
function(reads kind what emulate outcomes)
    separate_arguments(emulate)
    separate_arguments(outcomes)
    set(orders "${CMAKE_CURRENT_BINARY_DIR}/orders/${kind}-${what}")
    if(NOT EXISTS "${orders}")
        file(MAKE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/orders")
        execute_process(COMMAND ${MKFIFO} "${orders}")
    endif()
    tonsure_under_usbemu(devices/drivers/${kind}/${what} EMULATE --orders ${orders} ${emulate}
        RUN $<TARGET_FILE:devices_reader> ${kind} ${orders} ${outcomes})
endfunction()

# What any instrument may meet: faults at its request CMD, of a run that is sound with MODEL.
function(reads_with_faults kind model cmd)
    reads(${kind} sound "${model}" "ok ok")
    reads(${kind} timeout "${model} --fault timeout@${cmd}#1" "timeout|no-instrument ok")
    reads(${kind} nak "${model} --fault nak@${cmd}#1" "timeout|no-instrument|ok ok") # not heard: sent again
    reads(${kind} stall "${model} --fault stall@${cmd}#1" "stall|no-instrument ok")
    reads(${kind} refused "${model} --fault stallout@${cmd}#1" "stall|no-instrument ok")
    reads(${kind} short "${model} --fault short=1@${cmd}#1"
        "short-reply|bad-reply|timeout|no-instrument ok")
    reads(${kind} empty "${model} --fault short=0@${cmd}#1"
        "short-reply|bad-reply|timeout|no-instrument ok")
    reads(${kind} garbage "${model} --fault garbage@${cmd}#1"
        "bad-checksum|bad-reply|short-reply|timeout|implausible|no-instrument|instrument ok")
    reads(${kind} bus_error "${model} --fault proto@${cmd}#1" "bad-reply|no-instrument ok")
    reads(${kind} unplug "${model} --fault unplug=1@${cmd}#1 --replug 200" "gone wait ok")
    reads(${kind} busy "${model} --fault busy" "busy busy")
    reads(${kind} no_permission "${model} --no-permission" "no-permission")
    reads(${kind} kernel_driver "${model} --kernel-driver" "ok ok")
    reads(${kind} absent "--plug-at 600000 ${model}" "no-instrument")
endfunction()

set(munki "colormunki speed=20")
reads_with_faults(colormunki "${munki}" 0x81)
reads(colormunki silent_lamp "${munki} --fault timeout@0x80#5" "timeout ok")
reads(colormunki stale "${munki} --fault dup@0x80#1" "short-reply|bad-reply|implausible|ok ok")
reads(colormunki late "${munki} --fault delay=3000@0x80#1" "timeout|short-reply|bad-reply|ok ok|timeout")
reads(colormunki unplug_mid_reading "${munki} --fault unplug=20@0x80#6 --replug 200" "gone wait ok")
reads(colormunki odd_length "${munki} --fault short=275@0x80#2" "short-reply ok")
reads(colormunki bad_eeprom "${munki} bad_checksum=1" "bad-checksum bad-checksum")
reads(colormunki other_chip "${munki} chip_mismatch=1" "instrument")
reads(colormunki wrong_tile "${munki} tile=black" "implausible")
reads(colormunki saturated "${munki} brightness=2@0x80#8 sample=white@0x80#8" "implausible|ok")
reads(colormunki light_leak "${munki} ambient=1" "implausible")
reads(colormunki moving_hand "${munki} hand=0.3" "implausible")
reads(colormunki i1studio "i1studio speed=20" "ok ok")

set(cr30 "cr30 reading-ms=20")
reads_with_faults(cr30 "${cr30}" 0x0110)
reads(cr30 stale "${cr30} --fault dup@0x0110#1" "bad-reply|ok ok")
reads(cr30 wrong_checksum "${cr30} bad-checksum=1@0x0111#1 bad-checksum=0@0x0A00#2"
    "bad-checksum|no-instrument ok")
reads(cr30 silent "${cr30} mute=1" "no-instrument|timeout")
reads(cr30 another_thing "${cr30} model=XY9" "no-instrument")
reads(cr30 other_axis "${cr30} first-nm=360" "bad-reply|unsupported")

set(dtp20 "dtp20 busy=1 white-ms=50 reading-ms=20")
reads_with_faults(dtp20 "${dtp20}" 0x524D)
reads(dtp20 lamp "${dtp20} status=0x31" "instrument")

set(hug "colorhug2 reading_ms=20")
reads_with_faults(colorhug "${hug}" 0x23)
reads(colorhug stale "${hug} --fault dup@0x23#1" "ok ok")
reads(colorhug lamp_off "${hug} lamp=0.01" "implausible")
reads(colorhug too_bright "${hug} --fault error=0x0F@0x23#1" "instrument ok")
reads(colorhug of_the_first_kind "colorhug reading_ms=20" "ok ok")

set(spyder "spyderprint reading-ms=20")
reads_with_faults(spyderprint "${spyder}" 0x0A)
reads(spyderprint leftover "${spyder} leftover=1" "ok ok")
reads(spyderprint stale "${spyder} --fault dup@0x0A#1" "ok ok")
reads(spyderprint wedged "${spyder} --fault dup" "ok ok")
reads(spyderprint out_of_sequence "${spyder} --fault wrongcmd@0x0A#1" "bad-reply|ok ok")
reads(spyderprint odd_length "${spyder} --fault short=11@0x0A#1" "short-reply|bad-reply|timeout ok")
reads(spyderprint late "${spyder} --fault delay=3000@0x0A#1" "timeout|bad-reply|ok ok|timeout")
reads(spyderprint status "${spyder} status=3@0x0A#1 status=0@0x0A#2" "instrument ok")
reads(spyderprint calibration_refused "${spyder} --fault error=7@0x12#1" "instrument ok")
reads(spyderprint another_thing_for_the_tile "${spyder} sample=black@0x0A#1" "implausible")
reads(spyderprint wrong_tile "${spyder} sample=ink@0x12#1" "implausible")
reads(spyderprint unplug_mid_reading "${spyder} --fault unplug=5@0x0A#1 --replug 200" "gone wait ok")

set(konica "konica measuring-ms=100")
reads_with_faults(konica "${konica}" 0x4D53)
reads_with_faults(konica-2600d "${konica} model=2600d" 0x4D53)
reads(konica in_pieces "${konica} split=1" "ok ok")
reads(konica stale "${konica} --fault dup@0x4D53#1" "bad-reply|ok ok")
reads(konica odd_length "${konica} --fault short=100@0x4D52#1" "short-reply|bad-reply|timeout ok")
reads(konica wrong_tile "${konica} sample=ink@0x434C#1" "implausible|setup|instrument ok")
reads(konica not_open_air "${konica} sample=skin@0x5A43#1" "implausible|setup|instrument ok")
reads(konica battery "${konica} error=2@0x4D53#1 error=-1@0x4D53#2" "instrument ok")
reads(konica calibration_lost "${konica} white=0@0x4D53#1" "not-calibrated ok")

# Plugged in and out while it is read; `./dev soak` does it longer.
reads(cr30 pulled_out_often "cr30 reading-ms=40 noise=0.05 --cycle 11,1200,30" "10")

# The same by the command: as a program uses it, and as a person is led at a terminal.
if(umockdev_FOUND AND EXISTS /usr/bin/python3)
    add_test(NAME cli/emulated COMMAND /usr/bin/python3 -B "${CMAKE_CURRENT_LIST_DIR}/../cli/emulated.py"
        $<TARGET_FILE:tonsure_command> $<TARGET_FILE:ptyemu> $<TARGET_FILE:usbemu> ${usbemu_preload})
    add_test(NAME cli/led COMMAND /usr/bin/python3 -B "${CMAKE_CURRENT_LIST_DIR}/../cli/led.py"
        $<TARGET_FILE:tonsure_command> $<TARGET_FILE:usbemu> ${usbemu_preload})
    set_tests_properties(cli/emulated cli/led PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 1800)
else()
    foreach(name emulated led)
        add_test(NAME cli/${name} COMMAND sh -c "echo 'skipped: no umockdev or python3' >&2; exit 77")
        set_tests_properties(cli/${name} PROPERTIES SKIP_RETURN_CODE 77)
    endforeach()
endif()
