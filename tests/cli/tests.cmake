# SPDX-License-Identifier: GPL-3.0-or-later
# The command as a program, by Debian's Python: tests/cli/<file>.py is given its path. In a
# build without photos what takes the command photo is skipped.
set(python /usr/bin/python3)
if(EXISTS ${python})
    foreach(file
        calibrate chart clinic continuous copies correct course dry examples gamut healed held help
        into instruments ladder learn month odds pages plan refusals records recipes stock
        terminal whereabouts whole zone)
        add_test(NAME cli/${file} COMMAND ${python} -B
            "${CMAKE_CURRENT_LIST_DIR}/${file}.py" $<TARGET_FILE:tonsure_command>)
        set_tests_properties(cli/${file} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 1800
            ENVIRONMENT "LSAN_OPTIONS=print_suppressions=0:suppressions=${PROJECT_SOURCE_DIR}/tests/support/lsan.txt")
    endforeach()
else()
    add_test(NAME cli COMMAND sh -c "echo 'skipped: no ${python}' >&2; exit 77")
    set_tests_properties(cli PROPERTIES SKIP_RETURN_CODE 77)
endif()
