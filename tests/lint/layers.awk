# SPDX-License-Identifier: GPL-3.0-or-later
# awk -f layers.awk docs/layers.txt SOURCE...

function complain(text) {
    printf "%s:%d: %s\n", FILENAME, FNR, text
    broken = 1
}

# Remembers "word: item item" as may[kind, word, item] = 1.
function learn(kind, word, from,    i) {
    sub(/:$/, "", word)
    known[kind, word] = 1
    for (i = from; i <= NF; i++)
        may[kind, word, $i] = 1
}

function room_of_header(name,    i) {
    for (i = 1; i <= rooms; i++)
        if (("header", room[i], name) in may)
            return room[i]
    return ""
}

# lib/include/tonsure/x.h belongs to the room the table gives it; lib/ROOM/x.c, devices/DRIVER/x.c
# and cli/x.c say it.
function room_of_file(file,    part) {
    split(file, part, "/")
    if (file ~ /^(lib|devices)\/include\//)
        return room_of_header(part[4])
    return part[1] == "lib" ? part[2] : part[1]
}

function check_room(mine, theirs, name) {
    if (!(("room", mine) in known))
        return # said once, at the top of the file
    if (!(("room", theirs) in known))
        complain("<" name "> belongs to no room of docs/layers.txt")
    else if (mine != theirs && !(("room", mine, theirs) in may))
        complain(mine " may not know " theirs " (" name ")")
}

# The word of the table for a third-party header: itself, or its folder with a slash.
function library_of(name,    folder) {
    folder = name
    sub(/\/.*/, "/", folder)
    return ("library", name) in known ? name : folder
}

function is_open_to(library, file,    item) {
    for (item in may)
        if (index(item, "library" SUBSEP library SUBSEP) == 1 &&
            index(file, substr(item, length("library" library) + 3)) == 1)
            return 1
    return 0
}

function check_foreign(name,    library) {
    if (("system", name) in known)
        return
    library = library_of(name)
    if (!(("library", library) in known))
        complain("<" name "> is not in docs/layers.txt")
    else if (!is_open_to(library, FILENAME))
        complain("<" name "> may not be included here")
}

BEGIN { table = ARGV[1] }

FILENAME == table {
    if ($1 == "room")
        room[++rooms] = substr($2, 1, length($2) - 1)
    if ($1 == "room" || $1 == "header" || $1 == "library")
        learn($1, $2, 3)
    if ($1 == "system")
        for (i = 2; i <= NF; i++)
            known["system", $i] = 1
    next
}

FNR == 1 {
    mine = room_of_file(FILENAME)
    if (!(("room", mine) in known))
        complain("this file belongs to no room of docs/layers.txt")
}

/^[ \t]*#[ \t]*include/ {
    name = $0
    sub(/^[^<"]*[<"]/, "", name)
    sub(/[>"].*/, "", name)
    if (name ~ /^tonsure\//) {
        sub(/^tonsure\//, "", name)
        check_room(mine, room_of_header(name), name)
    } else if ($0 ~ /"/) {
        split(name, part, "/")
        if (mine == "cli" && name ~ /\// && part[1] != "cli")
            complain("cli includes public headers only (" name ")")
        if (mine == "devices" && name ~ /\// && part[1] != "devices" && part[1] != "base")
            complain("devices includes public headers only (" name ")")
        check_room(mine, name ~ /\// ? part[1] : mine, name)
    } else {
        check_foreign(name)
    }
}

END { exit broken }
