# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DINPUT=x.csv -DOUTPUT=x.c -DSYMBOL=name -P csv_to_c.cmake
# Only rows of numbers: a bracket in a comment would upset the list.
file(STRINGS "${INPUT}" lines REGEX "^[-+0-9.]")
set(rows "")
set(columns 0)
foreach(line IN LISTS lines)
    string(REGEX MATCHALL "," commas "${line}")
    list(LENGTH commas columns)
    math(EXPR columns "${columns} + 1")
    string(APPEND rows "    {${line}},\n")
endforeach()
file(WRITE "${OUTPUT}"
    "extern const double ${SYMBOL}[][${columns}];\nconst double ${SYMBOL}[][${columns}] = {\n${rows}};\n")
