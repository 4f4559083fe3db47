# SPDX-License-Identifier: GPL-3.0-or-later
if(TONSURE_STORE)
    foreach(file
        cards disk erase expiry export gs1 hash import kept links mix named orders pots products
        property receive recipe shelf tamper together undo usage used visits)
        tonsure_test(stock ${file})
        target_link_libraries(test_stock_${file} PRIVATE PkgConfig::sqlite3)
    endforeach()
    set_target_properties(test_stock_links PROPERTIES ENABLE_EXPORTS ON)
    target_sources(test_stock_disk PRIVATE stock/faulty_vfs.c)
endif()
