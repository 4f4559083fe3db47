# SPDX-License-Identifier: GPL-3.0-or-later
# The command as a program, by Debian's Python: tests/cli/<file>.py is given its path.
foreach(file examples help refusals records recipes terminal)
    add_test(NAME cli/${file} COMMAND /usr/bin/python3 -B
        "${CMAKE_CURRENT_LIST_DIR}/${file}.py" $<TARGET_FILE:tonsure_command>)
    set_tests_properties(cli/${file} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
endforeach()
