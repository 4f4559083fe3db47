# SPDX-License-Identifier: GPL-3.0-or-later
# Parts of the library that are loaded when they are needed (lib/base/module.h, decision record 0016).
set(TONSURE_MODULES_DIR "tonsure/${PROJECT_VERSION}") # below the folder of libtonsure

# From the command to the libraries, installed and in the build alike.
file(RELATIVE_PATH TONSURE_WAY_TO_LIBRARIES "${CMAKE_INSTALL_FULL_BINDIR}" "${CMAKE_INSTALL_FULL_LIBDIR}")
get_filename_component(TONSURE_BUILT_LIBRARIES "${PROJECT_BINARY_DIR}/cli/${TONSURE_WAY_TO_LIBRARIES}" ABSOLUTE)
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}" OR IS_ABSOLUTE "${CMAKE_INSTALL_BINDIR}")
    set(TONSURE_WHOLE_COMMAND OFF) # which way it is, is not known then
    set(TONSURE_BUILT_LIBRARIES "${PROJECT_BINARY_DIR}/lib")
endif()
add_custom_target(tonsure_modules)

# tonsure_module(<name> <library> <source>...): <name>.so, which alone knows that third-party library.
# What it calls of libtonsure the linker takes from the static one, and shows to nobody.
function(tonsure_module name library)
    set(module tonsure_module_${name})
    add_library(${module} MODULE ${ARGN})
    set_target_properties(${module} PROPERTIES PREFIX "" OUTPUT_NAME ${name} INSTALL_RPATH ""
        LIBRARY_OUTPUT_DIRECTORY "${TONSURE_BUILT_LIBRARIES}/${TONSURE_MODULES_DIR}")
    target_compile_definitions(${module} PRIVATE TNS_VERSION="${PROJECT_VERSION}")
    target_link_libraries(${module} PRIVATE tonsure_flags tonsure_inside PkgConfig::${library})
    target_link_options(${module} PRIVATE LINKER:--as-needed LINKER:--exclude-libs,ALL)
    add_dependencies(tonsure_modules ${module})
    install(TARGETS ${module} LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}/${TONSURE_MODULES_DIR}")
endfunction()
