# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(records reading)
tonsure_test(records reading_broken)
tonsure_test(records match)
tonsure_test(records roundtrip)
tonsure_test(records broken)
if(TONSURE_PHOTO)
    tonsure_test(records photo)
endif()
