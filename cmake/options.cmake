# SPDX-License-Identifier: GPL-3.0-or-later
# What a build may choose, and the compiler flags every target shares.
option(TONSURE_BUILD_TESTS "build the tests (needs Check)" ON)
option(TONSURE_BUILD_BENCH "build the benchmarks" OFF)
option(TONSURE_PHOTO "read photos (needs libjpeg, libpng)" ON)
option(TONSURE_TIFF "read photos in TIFF (needs libtiff)" ON)
option(TONSURE_HEIC "read photos in HEIC (needs libheif)" ON)
option(TONSURE_RAW "read camera raw and DNG (needs LibRaw)" ON)
option(TONSURE_APRILTAG "find printed holders in photos (needs libapriltag)" ON)
option(TONSURE_PDF "sheets to print as PDF (needs cairo)" ON)
option(TONSURE_QR "QR symbols on papers and labels (needs libqrencode)" ON)
option(TONSURE_CALENDAR "bookings from calendars (needs libical)" ON)
option(TONSURE_STORE "keep the shelf in a store (needs SQLite, Nettle)" ON)
option(TONSURE_DEVICES "read USB instruments (needs libusb)" ON)
option(TONSURE_WHOLE_COMMAND "the command holds what it calls, for a quick start; else it loads libtonsure" ON)
option(TONSURE_WERROR "treat warnings as errors" OFF)
set(TONSURE_SANITIZE "" CACHE STRING "sanitizers, e.g. address,undefined or thread")

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()

add_library(tonsure_flags INTERFACE)
target_compile_options(tonsure_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings
    -Wvla -Wformat=2 -Wimplicit-fallthrough
    # Fixed text fields are cut on purpose; what must not be cut goes through tns_text_copy.
    $<$<C_COMPILER_ID:GNU>:-Wno-format-truncation>
    # A fused multiply-add would make the answer depend on the processor.
    -ffp-contract=off
    $<$<BOOL:${TONSURE_WERROR}>:-Werror>)
target_compile_definitions(tonsure_flags INTERFACE _POSIX_C_SOURCE=200809L)
if(TONSURE_SANITIZE)
    target_compile_options(tonsure_flags INTERFACE
        -fsanitize=${TONSURE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(tonsure_flags INTERFACE -fsanitize=${TONSURE_SANITIZE})
endif()
