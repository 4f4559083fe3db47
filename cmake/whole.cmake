# SPDX-License-Identifier: GPL-3.0-or-later
# A command that holds what it calls (decision record 0022).

# lib<name>.a where there is one, else what is named for it. An archive may call those that follow it.
function(_tonsure_link_archive target name shared)
    find_library(TONSURE_ARCHIVE_${name} "lib${name}.a")
    mark_as_advanced(TONSURE_ARCHIVE_${name})
    if(TONSURE_ARCHIVE_${name})
        target_link_libraries(${target} PRIVATE "${TONSURE_ARCHIVE_${name}}")
    else()
        target_link_libraries(${target} PRIVATE ${shared})
    endif()
endfunction()

# tonsure_hold_libraries(<command>): both libraries as the objects they are made of, and the libraries
# below them. Modules it loads when they are needed, as the shared library does.
function(tonsure_hold_libraries target)
    set(libraries tonsure)
    target_link_libraries(${target} PRIVATE tonsure_objects)
    if(TONSURE_DEVICES)
        list(APPEND libraries tonsure_devices)
        target_link_libraries(${target} PRIVATE tonsure_devices_objects)
        add_dependencies(${target} tonsure_module_usb)
    endif()
    foreach(library IN LISTS libraries) # their headers as customers see them
        target_include_directories(${target} PRIVATE $<TARGET_PROPERTY:${library},INTERFACE_INCLUDE_DIRECTORIES>)
        target_compile_definitions(${target} PRIVATE $<TARGET_PROPERTY:${library},INTERFACE_COMPILE_DEFINITIONS>)
    endforeach()
    set(folder "${PROJECT_SOURCE_DIR}/lib/base/module_folder.c" # a third time, with the command's way
        "${PROJECT_SOURCE_DIR}/lib/base/module_place.c")
    target_sources(${target} PRIVATE ${folder})
    set_property(SOURCE ${folder} APPEND PROPERTY INCLUDE_DIRECTORIES "${PROJECT_SOURCE_DIR}/lib")
    set_property(SOURCE ${folder} APPEND PROPERTY COMPILE_DEFINITIONS TNS_VERSION="${PROJECT_VERSION}"
        TNS_LIBRARIES="${CMAKE_INSTALL_FULL_LIBDIR}" TNS_WAY_TO_LIBRARIES="${TONSURE_WAY_TO_LIBRARIES}")
    add_dependencies(${target} tonsure_modules)
    _tonsure_link_archive(${target} popt PkgConfig::popt)
    _tonsure_link_archive(${target} gsl PkgConfig::gsl)
    _tonsure_link_archive(${target} gslcblas PkgConfig::gsl)
    _tonsure_link_archive(${target} jansson PkgConfig::jansson)
    _tonsure_link_archive(${target} csv ${CSV_LIBRARY})
    _tonsure_link_archive(${target} unistring ${UNISTRING_LIBRARY})
    if(TONSURE_STORE)
        _tonsure_link_archive(${target} nettle PkgConfig::nettle)
    endif()
    target_link_libraries(${target} PRIVATE ${CMAKE_DL_LIBS} m)
endfunction()
