/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "devices/konica/find.h"
#include "devices/konica/protocol.h"

enum { FIND_MS = 2000 };

/*
 * At one speed. What was said at the wrong one may have left half a command there, which the first
 * answer then complains of: so twice.
 */
static bool find_at(tns_okline *line, tns_port *port, tns_line settings, tns_okline_reply *out,
                    tns_error *err)
{
    if (!tns_okline_init(line, port, settings, err) ||
        !tns_okline_ask(line, "IDR", FIND_MS, out, err))
        return false;
    if (!out->ok && !tns_okline_ask(line, "IDR", FIND_MS, out, err))
        return false;
    return tns_okline_check(out, NULL, err);
}

/* What a wrong speed looks like; anything else is the end of the search. */
static bool is_unheard(tns_code code)
{
    return code == TNS_ERROR_TIMEOUT || code == TNS_ERROR_SHORT_REPLY ||
           code == TNS_ERROR_BAD_REPLY;
}

bool tns_konica_find(tns_okline *line, tns_port *port, tns_okline_reply *out, tns_error *err)
{
    size_t count;
    const tns_konica_family *families = tns_konica_families(&count);
    tns_error first = {.code = TNS_OK}, why = {.code = TNS_OK};
    for (size_t i = 0; i < count; i++) {
        if (find_at(line, port, families[i].line, out, &why))
            return true;
        if (!is_unheard(why.code))
            return tns_error_set(err, why.code, "%s", why.text);
        if (first.code == TNS_OK || first.code == TNS_ERROR_TIMEOUT)
            first = why;
    }
    return tns_error_set(err, first.code, "no instrument is understood at 115200 or 9600 baud: %s",
                         first.text);
}
