# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` puts where. Nothing in it holds the prefix, so the whole can be moved.
include(CMakePackageConfigHelpers)
set(TONSURE_CMAKE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/tonsure")
# Not tonsure/palettes: below ~/.local that is the user's own folder, which an installation leaves alone.
set(TONSURE_PALETTES_DIR "${CMAKE_INSTALL_DATADIR}/tonsure/shipped-palettes")

# The headers of what is not built, without their ".h".
set(TONSURE_HEADERS_LEFT_OUT)
if(NOT TONSURE_PHOTO)
    list(APPEND TONSURE_HEADERS_LEFT_OUT card chart follicles holder image photo photo_records print)
endif()
if(NOT TONSURE_STORE)
    list(APPEND TONSURE_HEADERS_LEFT_OUT client clinic clinic_records course course_records gs1
        month order paper_record papers plan_records planner pot products shelf stock stock_records
        usage visit)
endif()

# A pkg-config file from cmake/<name>.pc.in that finds the rest from where it lies.
function(_tonsure_install_pc name)
    file(RELATIVE_PATH TONSURE_PC_TO_PREFIX
        "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
    string(REGEX REPLACE "/$" "" TONSURE_PC_TO_PREFIX "${TONSURE_PC_TO_PREFIX}")
    configure_file("${PROJECT_SOURCE_DIR}/cmake/${name}.pc.in" ${name}.pc @ONLY)
    install(FILES "${CMAKE_CURRENT_BINARY_DIR}/${name}.pc"
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endfunction()

# tonsure_install_library(): headers, library, pkg-config file, CMake package.
function(tonsure_install_library)
    if(NOT TONSURE_PHOTO)
        set(TONSURE_PC_FLAGS " -DTNS_WITHOUT_PHOTO")
    endif()
    if(NOT TONSURE_STORE)
        string(APPEND TONSURE_PC_FLAGS " -DTNS_WITHOUT_STORE")
    endif()
    list(TRANSFORM TONSURE_HEADERS_LEFT_OUT REPLACE "(.+)" "PATTERN;\\1.h;EXCLUDE" OUTPUT_VARIABLE left_out)
    install(DIRECTORY "${PROJECT_SOURCE_DIR}/lib/include/tonsure"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h" ${left_out})
    set_target_properties(tonsure PROPERTIES INSTALL_RPATH "")
    install(TARGETS tonsure EXPORT tonsureTargets LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
    install(EXPORT tonsureTargets NAMESPACE tonsure:: DESTINATION "${TONSURE_CMAKE_DIR}")

    configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/tonsureConfig.cmake.in"
        tonsureConfig.cmake INSTALL_DESTINATION "${TONSURE_CMAKE_DIR}"
        PATH_VARS TONSURE_PALETTES_DIR)
    write_basic_package_version_file(tonsureConfigVersion.cmake COMPATIBILITY SameMinorVersion)
    install(FILES "${CMAKE_CURRENT_BINARY_DIR}/tonsureConfig.cmake"
        "${CMAKE_CURRENT_BINARY_DIR}/tonsureConfigVersion.cmake"
        DESTINATION "${TONSURE_CMAKE_DIR}")

    _tonsure_install_pc(tonsure)
endfunction()

# tonsure_install_devices(): the second library, tonsure::devices, and the udev rules of instruments
# that have ids of their own. Those of common chips lie beside the documents, for who wants them.
function(tonsure_install_devices)
    install(DIRECTORY "${PROJECT_SOURCE_DIR}/devices/include/tonsure"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h")
    set_target_properties(tonsure_devices PROPERTIES INSTALL_RPATH "$ORIGIN")
    install(TARGETS tonsure_devices EXPORT tonsureTargets
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
    _tonsure_install_pc(tonsure-devices)
    set(made "${PROJECT_BINARY_DIR}/devices")
    install(FILES "${made}/60-tonsure.rules"
        DESTINATION lib/udev/rules.d) # whatever LIBDIR is
    install(FILES "${made}/61-tonsure-generic.rules" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
endfunction()

# tonsure_install_documents(): licence, change log, formats with their schemas, man pages. They lie as
# they do here, so that their links hold; the README, which leads into the sources, stays with them.
function(tonsure_install_documents)
    install(FILES LICENSE CHANGELOG.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
    install(FILES docs/errors.md docs/fitting.md docs/formats.md docs/palette.md docs/photo.md
        docs/clinic.md docs/plan.md docs/shelf.md docs/skin.md docs/zone.md
        DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs")
    install(DIRECTORY docs/skin DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs")
    # The origin of every figure: what was measured, and what makes palettes of it.
    install(FILES palettes/README.md palettes/make_generic_smp.c palettes/make_kimera.c
        DESTINATION "${CMAKE_INSTALL_DOCDIR}/palettes")
    install(DIRECTORY palettes/data DESTINATION "${CMAKE_INSTALL_DOCDIR}/palettes")
    file(GLOB instruments CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/docs/devices/*.md")
    install(FILES ${instruments} DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs/devices")
    install(DIRECTORY docs/schema DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs"
        FILES_MATCHING PATTERN "*.json" PATTERN LICENSE)
    file(GLOB pages CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/docs/man/*.1")
    install(FILES ${pages} DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
endfunction()
