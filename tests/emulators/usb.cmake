# SPDX-License-Identifier: GPL-3.0-or-later
# usbemu: the models under the real libusb, by umockdev; and what proves it.
#
#   tonsure_under_usbemu(<name> EMULATE <usbemu's arguments> RUN <program and arguments>)
#
# adds the test <name>: the program is run with the emulated instruments plugged in. Where umockdev
# is missing the test is there all the same, and is skipped.
pkg_check_modules(umockdev IMPORTED_TARGET umockdev-1.0>=0.17 gio-unix-2.0)
pkg_check_modules(usb IMPORTED_TARGET libusb-1.0)

if(umockdev_FOUND)
    add_executable(usbemu
        emulators/usbemu/bus.c
        emulators/usbemu/main.c
        emulators/usbemu/node.c
        emulators/usbemu/options.c
        emulators/usbemu/requests.c
        emulators/usbemu/urb.c)
    target_link_libraries(usbemu PRIVATE tonsure_emulators tonsure_flags PkgConfig::umockdev m util)
    # umockdev's library comes before all others, gcc's runtime of AddressSanitizer wants to: it is
    # linked in here, and given to the program first.
    set(usbemu_preload)
    if(TONSURE_SANITIZE MATCHES address AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
        target_link_options(usbemu PRIVATE -static-libasan)
        execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=libasan.so
            OUTPUT_VARIABLE libasan OUTPUT_STRIP_TRAILING_WHITESPACE)
        file(REAL_PATH "${libasan}" libasan)
        set(usbemu_preload --preload "${libasan}")
    endif()
endif()

function(tonsure_under_usbemu name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "EMULATE;RUN")
    if(umockdev_FOUND AND usb_FOUND)
        add_test(NAME ${name} COMMAND usbemu --limit 240 ${usbemu_preload} ${arg_EMULATE} -- ${arg_RUN})
    else()
        add_test(NAME ${name} COMMAND sh -c "echo 'skipped: no umockdev or libusb' >&2; exit 77")
    endif()
    set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
endfunction()

set(client)
if(usb_FOUND)
    set(client $<TARGET_FILE:emulators_client>)
    add_executable(emulators_client emulators/client.c)
    target_link_libraries(emulators_client PRIVATE tonsure_flags PkgConfig::usb)
endif()

# usb_test(<name> <usbemu's arguments> <client's actions>)
function(usb_test name emulate actions)
    separate_arguments(emulate)
    separate_arguments(actions)
    tonsure_under_usbemu(emulators/usb/${name} EMULATE ${emulate} RUN ${client} ${actions})
endfunction()

set(ready "open=ok claim=ok version=ok")
usb_test(good "echo" "${ready} keep=ok echo=ok ramp=ok drain=0 close=ok")
usb_test(timeout "echo --fault timeout@0x31#2" "${ready} echo=ok echo=TIMEOUT echo=ok")
usb_test(timeout_of_control "echo --fault timeout@1#2" "${ready} version=TIMEOUT version=ok")
usb_test(nak "echo --fault nak@0x31#1" "${ready} echo=TIMEOUT echo=ok")
usb_test(late "echo --fault delay=1000@0x31#1" "${ready} echo=TIMEOUT drain=1 echo=ok")
usb_test(doubled "echo --fault dup@0x31#1" "${ready} echo=ok drain=1 echo=ok")
usb_test(stall "echo --fault stall@0x31#1" "${ready} echo=PIPE echo=PIPE clear=ok echo=ok")
usb_test(stall_of_control "echo --fault stall@1#2" "${ready} version=PIPE version=ok")
usb_test(stallout "echo --fault stallout@0x31#1" "${ready} echo=PIPE clear=ok echo=ok")
usb_test(short "echo --fault short=2@0x31#1" "${ready} echo=2:3100 echo=ok")
usb_test(short_ramp "echo --fault short=999@2#1" "${ready} ramp=999-bytes ramp=ok")
usb_test(empty "echo --fault short=0@0x31#1" "${ready} echo=0: echo=ok")
usb_test(garbage "echo --fault garbage@1#2" "${ready} version=garbled version=ok")
usb_test(error "echo --fault error=0x15@0x31#1" "${ready} echo=5:3115616209 echo=ok")
usb_test(wrong_command "echo --fault wrongcmd@0x31#1" "${ready} echo=5:24006162E7 echo=ok")
usb_test(payload "echo --fault payload=FFFF@0x31#1" "${ready} echo=5:3100FFFF2F echo=ok")
usb_test(overflow "echo --fault overflow@0x31#1" "${ready} echo=OVERFLOW echo=ok")
usb_test(protocol "echo --fault proto@0x31#1" "${ready} echo=IO echo=ok")
usb_test(unplug "echo --fault unplug=20@0x31#2"
    "arrive=ok ${ready} echo=ok echo=* leave=ok echo=NO_DEVICE version=NO_DEVICE close=ok list=")
usb_test(unplug_in_a_transfer "echo --fault timeout@0x31#1 --fault unplug=50@0x31#1"
    "${ready} echo=NO_DEVICE close=ok list=")
usb_test(replug "echo --fault unplug@0x31#1 --replug 100,serial=E-0002"
    "list=E-0001 arrive=ok ${ready} echo=* leave=ok close=ok arrive=ok list=E-0002 ${ready} echo=ok")
usb_test(plug_late "--plug-at 4000 echo" "list= arrive=ok ${ready} echo=ok")
usb_test(unplug_at_a_time "echo --unplug-at 4000" "arrive=ok list=E-0001 leave=ok list=")
usb_test(cycles "echo --cycle 10,60,30" "cycles=10")
usb_test(busy "echo --fault busy" "open=ok claim=BUSY")
usb_test(driver_bound "echo --kernel-driver" "open=ok claim=BUSY detach=ok claim=ok echo=ok")
usb_test(no_permission "echo --no-permission" "open=ACCESS")
usb_test(two_units "echo + echo serial=E-0002" "list=E-0001,E-0002 ${ready} echo=ok")
usb_test(reset "echo --fault dup@0x31#1" "${ready} echo=ok reset=ok drain=0 echo=ok")
usb_test(event_at_a_time "echo button=7@300ms" "${ready} event=7")
usb_test(event_at_a_command "echo button=9@0x31#2" "${ready} echo=ok echo=ok event=9")
usb_test(open_and_close "echo"
    "${ready} close=ok ${ready} close=ok ${ready} close=ok ${ready} echo=ok close=ok ${ready} echo=ok")

# The same client without sanitizers under valgrind: also what is left when a device goes away.
find_program(VALGRIND valgrind)
mark_as_advanced(VALGRIND)
if(umockdev_FOUND AND usb_FOUND AND VALGRIND)
    add_executable(emulators_plain_client emulators/client.c)
    target_compile_definitions(emulators_plain_client PRIVATE _POSIX_C_SOURCE=200809L)
    target_link_libraries(emulators_plain_client PRIVATE PkgConfig::usb)
    foreach(row "good:echo=ok;ramp=ok" "unplug:echo=*;leave=ok;echo=NO_DEVICE;close=ok")
        string(REGEX MATCH "^[a-z]+" label "${row}")
        string(REGEX REPLACE "^[a-z]+:" "" actions "${row}")
        set(fault)
        if(label STREQUAL "unplug")
            set(fault --fault "unplug@0x31#1")
        endif()
        add_test(NAME emulators/valgrind/${label} COMMAND usbemu --limit 240 echo ${fault} --
            ${VALGRIND} -q --leak-check=full --error-exitcode=9
            --suppressions=${CMAKE_CURRENT_SOURCE_DIR}/emulators/valgrind.supp
            $<TARGET_FILE:emulators_plain_client> open=ok claim=ok version=ok ${actions})
        set_tests_properties(emulators/valgrind/${label} PROPERTIES TIMEOUT 300)
    endforeach()
else()
    add_test(NAME emulators/valgrind
        COMMAND sh -c "echo 'skipped: no umockdev, libusb or valgrind' >&2; exit 77")
    set_tests_properties(emulators/valgrind PROPERTIES SKIP_RETURN_CODE 77)
endif()

# Independent programs that speak the instruments' protocols. They exit 77 where they are missing.
function(independent_test name)
    set(usbemu)
    if(umockdev_FOUND)
        set(usbemu $<TARGET_FILE:usbemu>)
    endif()
    add_test(NAME emulators/${name} COMMAND /usr/bin/python3 -B
        "${CMAKE_CURRENT_SOURCE_DIR}/emulators/${name}.py" ${usbemu})
    set_tests_properties(emulators/${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 1800)
endfunction()
if(EXISTS /usr/bin/python3)
    independent_test(colorhug_cmd)
    independent_test(spotread)
endif()
