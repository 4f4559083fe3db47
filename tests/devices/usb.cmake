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
usb_port_test(none "--plug-at 200000 echo" "list= open=no-instrument at:usb:1-1=no-instrument")
usb_port_test(two_units "echo + echo serial=E-0002"
    "list=E-0001,E-0002 at:usb:1-2=ok version=ok close=ok at:usb:1-3=no-instrument at:usb:1-1=ok echo=ok")
usb_port_test(timeout "echo --fault timeout@0x31#1 --fault timeout@1#1"
    "open=ok echo=timeout version=timeout ${good}")
usb_port_test(not_taken "echo --fault nak@0x31#1" "open=ok echo=timeout echo=ok")
usb_port_test(late "echo --fault delay=1200@0x31#1" "open=ok echo=timeout pause=ok drain=ok echo=ok")
usb_port_test(stall "echo --fault stall@0x31#1" "open=ok echo=stall echo=stall clear=ok echo=ok")
usb_port_test(stall_out "echo --fault stallout@0x31#1" "open=ok echo=stall clear=ok echo=ok")
usb_port_test(stall_of_control "echo --fault stall@1#1" "open=ok version=stall version=ok")
usb_port_test(short "echo --fault short=999@2#1 --fault short=2@1#1"
    "open=ok ramp=short-reply version=short-reply ${good}")
usb_port_test(overflow "echo --fault overflow@0x31#1" "open=ok echo=bad-reply echo=ok")
usb_port_test(protocol "echo --fault proto@0x31#1" "open=ok echo=bad-reply echo=ok")
usb_port_test(unplug "echo --fault unplug=20@0x31#1 --fault timeout@0x31#1"
    "open=ok listen=ok echo=gone version=gone event=gone reset=gone clear=gone deaf=gone close=ok list=")
usb_port_test(unplug_at_rest "echo --cycle 1,2000,200000"
    "open=ok listen=ok event=gone close=ok open=no-instrument")
usb_port_test(replug "echo --fault unplug@0x31#1 --replug 1000,serial=E-0002"
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
usb_port_test(watch "echo --plug-at 4000 --cycle 1,500,200000"
    "watch=ok changed=yes list=E-0001 changed=yes pause=ok list=")
usb_port_test(cycles "echo --cycle 10,60,30" "watch=ok cycles=ok")
usb_port_test(line_by_cdc "konica" "open=ok ask:IDR=OK00 ask:CPR=OK00 close=ok open=ok ask:IDR=OK00")
usb_port_test(line_by_cdc_split "konica split=1 --kernel-driver" "open=ok ask:IDR=OK00")
usb_port_test(line_by_cdc_pulled_out "konica --cycle 1,2000,200000"
    "open=ok ask:IDR=OK00 pause=ok pause=ok pause=ok ask:IDR=gone close=ok")
usb_port_test(line_by_ch34x "cr30" "open=ok frame=aa0a frame=aa0a close=ok open=ok frame=aa0a")

# Instruments by their names, as a program opens them.
add_executable(devices_client devices/device_client.c)
target_link_libraries(devices_client PRIVATE tonsure_devices_inside tonsure_flags)

function(open_test name emulate actions)
    separate_arguments(emulate)
    separate_arguments(actions)
    tonsure_under_usbemu(devices/open/${name} EMULATE ${emulate}
        RUN $<TARGET_FILE:devices_client> ${actions})
endfunction()

set(nothing "simulated@simulated")
open_test(none "--plug-at 200000 echo"
    "list=${nothing} colormunki=no-instrument colormunki:7=no-instrument text:plugged=yes cr30:/dev/none=no-instrument")
open_test(unknown "echo" "colormonkey=usage text:colormunki=yes colormunki:/dev/null=usage simulated=SIM-1")
open_test(one "colormunki serial=1234567 speed=100"
    "list=colormunki@usb:1-1,${nothing} colormunki=1234567 colormunki:usb:1-1=1234567 colormunki:1234567=1234567 colormunki:7654321=no-instrument")
open_test(two_equal_units "colormunki serial=1234567 + colormunki serial=7654321"
    "colormunki=usage text:colormunki:usb:1-1=yes text:colormunki:usb:1-2=yes colormunki:1234567=1234567 colormunki:7654321=7654321 colormunki:usb:1-2=7654321")
open_test(common_chip "cr30" "list=cr30@usb:1-1?,${nothing} cr30=2311070042 cr30:2311070042=2311070042")
open_test(any_product_of_a_vendor "konica"
    "list=konica@usb:1-1,${nothing} konica=10001234 konica:10001234=10001234 konica:usb:1-1=10001234")
open_test(common_chip_of_another "cr30 mute=1" "cr30=timeout text:cr30:=yes")
open_test(denied "dtp20 --no-permission"
    "list=dtp20@usb:1-1!,${nothing} dtp20=no-permission text:60-tonsure.rules=yes")
set(trace "${CMAKE_CURRENT_BINARY_DIR}/devices")
open_test(traced_and_replayed_cr30 "cr30"
    "trace=${trace}-cr30.trace cr30=2311070042 cr30:replay:${trace}-cr30.trace=2311070042")
open_test(traced_and_replayed_colormunki "colormunki serial=1234567 speed=100"
    "trace=${trace}-munki.trace colormunki=1234567 colormunki:replay:${trace}-munki.trace=1234567")
