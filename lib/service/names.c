/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of names, as they are typed. */
#include <string.h>

#include "service/parts.h"

bool tns_next_name(const char **list, char *name, size_t size)
{
    if (!*list || !**list)
        return false;
    *list += strspn(*list, " ");
    size_t n = 0, depth = 0;
    for (char c; (c = (*list)[n]) && (c != ',' || depth > 0); n++)
        depth = c == '(' ? depth + 1 : depth - (c == ')' && depth > 0);
    size_t kept = n < size ? n : size - 1;
    while (kept > 0 && (*list)[kept - 1] == ' ')
        kept--;
    memcpy(name, *list, kept);
    name[kept] = '\0';
    *list += n + ((*list)[n] == ',');
    return true;
}
