# SPDX-License-Identifier: GPL-3.0-or-later
if(TONSURE_PHOTO)
    tonsure_test(report html)
    tonsure_test(report photo)
    target_link_libraries(test_report_photo PRIVATE tonsure_pictures)
endif()
