# SPDX-License-Identifier: GPL-3.0-or-later
# The ports over the real libusb, with an emulated device at the other end.
include("${CMAKE_CURRENT_SOURCE_DIR}/emulators/tests.cmake")

add_executable(devices_port_client devices/port_client.c)
target_link_libraries(devices_port_client PRIVATE tonsure_devices_inside tonsure_flags)

# usb_port_test(<name> <usbemu's arguments> <client's actions>)
function(usb_port_test name emulate actions)
    separate_arguments(emulate)
    separate_arguments(actions)
    tonsure_under_usbemu(devices/usb/${name} EMULATE ${emulate}
        RUN $<TARGET_FILE:devices_port_client> ${actions})
endfunction()

set(good "version=ok echo=ok ramp=ok keep=ok")
usb_port_test(good "echo" "list=E-0001 access=ok open=ok ${good} close=ok open=ok ${good}")
usb_port_test(none "--plug-at 20000 echo" "list= open=no-instrument at:usb:1-1=no-instrument")
usb_port_test(two_units "echo + echo serial=E-0002"
    "list=E-0001,E-0002 at:usb:1-2=ok version=ok close=ok at:usb:1-3=no-instrument at:usb:1-1=ok echo=ok")
usb_port_test(timeout "echo --fault timeout@0x31#1 --fault timeout@1#1"
    "open=ok echo=timeout version=timeout ${good}")
usb_port_test(not_taken "echo --fault nak@0x31#1" "open=ok echo=timeout echo=ok")
usb_port_test(late "echo --fault delay=300@0x31#1" "open=ok echo=timeout pause=ok drain=ok echo=ok")
usb_port_test(stall "echo --fault stall@0x31#1" "open=ok echo=stall echo=stall clear=ok echo=ok")
usb_port_test(stall_out "echo --fault stallout@0x31#1" "open=ok echo=stall clear=ok echo=ok")
usb_port_test(stall_of_control "echo --fault stall@1#1" "open=ok version=stall version=ok")
usb_port_test(short "echo --fault short=999@2#1 --fault short=2@1#1"
    "open=ok ramp=short-reply version=short-reply ${good}")
usb_port_test(overflow "echo --fault overflow@0x31#1" "open=ok echo=bad-reply echo=ok")
usb_port_test(protocol "echo --fault proto@0x31#1" "open=ok echo=io echo=ok")
usb_port_test(unplug "echo --fault unplug=20@0x31#1 --fault timeout@0x31#1"
    "open=ok listen=ok echo=gone version=gone event=gone reset=gone clear=gone deaf=gone close=ok list=")
usb_port_test(unplug_at_rest "echo --unplug-at 1500"
    "open=ok listen=ok event=gone close=ok open=no-instrument")
usb_port_test(replug "echo --fault unplug@0x31#1 --replug 100,serial=E-0002"
    "open=ok watch=ok echo=* changed=yes echo=gone close=ok changed=yes list=E-0002 open=ok ${good}")
usb_port_test(busy "echo --fault busy" "access=busy open=busy")
usb_port_test(busy_by_this_program "echo"
    "open=ok again=busy text:usb:1-1=yes text:held=yes access=busy ${good} close=ok access=ok again=ok")
usb_port_test(no_permission "echo --no-permission"
    "access=denied open=no-permission text:60-tonsure.rules=yes text:1209=yes")
usb_port_test(kernel_driver "echo --kernel-driver"
    "access=ok open=ok ${good} close=ok access=ok open=ok echo=ok")
usb_port_test(reset "echo --fault dup@0x31#1" "open=ok listen=ok echo=ok reset=ok ${good}")
usb_port_test(pending_reads "echo button=7@0x31#1 button=8@0x31#2 button=9@0x31#3"
    "open=ok listen=ok echo=ok echo=ok echo=ok pause=ok event=7 event=8 event=9 deaf=ok ${good}")
usb_port_test(pending_read_of_a_sleeper "echo button=5@400ms" "open=ok listen=ok event=5 listen=ok ${good}")
usb_port_test(watch "echo --plug-at 1000 --unplug-at 2000"
    "watch=ok changed=yes list=E-0001 changed=yes pause=ok list=")
usb_port_test(cycles "echo --cycle 10,60,30" "watch=ok cycles=10")
