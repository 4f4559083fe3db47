/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all files of the module calendar need: one line's parts, room for more, no memory left. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/calendar_inside.h"

void *tns_calendar_grow(void *array, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return array;
    size_t wanted = *room ? 2 * *room : 4;
    void *more = realloc(array, wanted * size);
    if (more)
        *room = wanted;
    return more;
}

bool tns_calendar_fail_memory(const tns_calendar *c, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", c->name);
}

const char *tns_calendar_value(const char *line)
{
    bool quoted = false;
    for (; *line; line++) {
        quoted ^= *line == '"';
        if (*line == ':' && !quoted)
            return line + 1;
    }
    return line;
}

icalcomponent *tns_calendar_parse_line(const char *line)
{
    static const char begin[] = "BEGIN:VEVENT\r\n", end[] = "\r\nEND:VEVENT\r\n";
    size_t size = sizeof begin + strlen(line) + sizeof end;
    char *text = malloc(size);
    if (!text)
        return NULL;
    snprintf(text, size, "%s%s%s", begin, line, end);
    icalcomponent *parsed = icalparser_parse_string(text);
    free(text);
    return parsed;
}
