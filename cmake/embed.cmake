# SPDX-License-Identifier: GPL-3.0-or-later
# Turns data files into C at build time, so that the library needs no file of its own at run time.

# tonsure_embed_table(<target> <csv> <symbol>): the numbers of a CSV file as
# `const double <symbol>[rows][columns]`. Lines starting with # and the header line are passed over.
function(tonsure_embed_table target csv symbol)
    _tonsure_embed(${target} ${csv} ${symbol} csv_to_c)
endfunction()

# tonsure_embed_text(<target> <file> <symbol>): the bytes of a file as `const char <symbol>[]`, with
# a closing NUL.
function(tonsure_embed_text target file symbol)
    _tonsure_embed(${target} ${file} ${symbol} text_to_c)
endfunction()

function(_tonsure_embed target file symbol script)
    get_filename_component(input "${file}" ABSOLUTE)
    set(output "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.c")
    set(maker "${PROJECT_SOURCE_DIR}/cmake/${script}.cmake")
    add_custom_command(OUTPUT "${output}"
        COMMAND ${CMAKE_COMMAND} -DINPUT=${input} -DOUTPUT=${output} -DSYMBOL=${symbol} -P ${maker}
        DEPENDS "${input}" "${maker}"
        VERBATIM)
    target_sources(${target} PRIVATE "${output}")
    # The command lives in this folder and the target in another: a target of its own ties the two.
    add_custom_target(embed_${symbol} DEPENDS "${output}")
    add_dependencies(${target} embed_${symbol})
endfunction()
