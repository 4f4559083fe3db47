# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(report match)
if(TONSURE_PHOTO)
    tonsure_test(report html)
    tonsure_test(report photo)
    target_link_libraries(test_report_photo PRIVATE tonsure_pictures)
endif()
if(TONSURE_PDF AND TONSURE_QR)
    tonsure_test(report documents)
    tonsure_test(report passport)
    set_tests_properties(report/documents report/passport PROPERTIES
        ENVIRONMENT "LSAN_OPTIONS=print_suppressions=0:suppressions=${PROJECT_SOURCE_DIR}/tests/support/lsan.txt")
endif()
