# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DINPUT=x.csv -DOUTPUT=x.c -DSYMBOL=name -P csv_to_c.cmake
file(STRINGS "${INPUT}" lines)
set(rows "")
set(columns 0)
foreach(line IN LISTS lines)
    if(line MATCHES "^#" OR NOT line MATCHES "^[-+0-9.]")
        continue()
    endif()
    string(REGEX MATCHALL "," commas "${line}")
    list(LENGTH commas columns)
    math(EXPR columns "${columns} + 1")
    string(APPEND rows "    {${line}},\n")
endforeach()
file(WRITE "${OUTPUT}"
    "extern const double ${SYMBOL}[][${columns}];\nconst double ${SYMBOL}[][${columns}] = {\n${rows}};\n")
