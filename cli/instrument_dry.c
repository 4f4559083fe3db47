/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run would do with an instrument, found out without reading or calibrating anything. */
#include <stdio.h>

#include <tonsure/device_records.h>

#include "instrument.h"

bool cli_instrument_try(const cli *c, cli_instrument *i, const tns_measure_options *how,
                        unsigned *needs, tns_error *err)
{
    if (!tns_instrument_needs(i->opened, needs, err))
        return false;
    bool calibrates = *needs != 0 && (cli_can_ask(c) || i->yes);
    return tns_instrument_try_measure(i->opened, how, calibrates, err) &&
           (!calibrates || tns_instrument_try_keep(i->opened, err));
}

static tns_device_record describe(const tns_instrument *instrument, unsigned needs)
{
    const tns_session *session = tns_instrument_session(instrument);
    const tns_port_identity *at = &session->port->identity;
    tns_device_record r = {.vendor_id = at->vendor_id,
                           .product_id = at->product_id,
                           .capabilities = session->capabilities,
                           .certain = true,
                           .asked = true,
                           .needs = needs};
    snprintf(r.driver, sizeof r.driver, "%s", tns_instrument_driver(instrument)->name);
    snprintf(r.model, sizeof r.model, "%s", session->model);
    snprintf(r.serial, sizeof r.serial, "%s", session->serial);
    snprintf(r.path, sizeof r.path, "%s", at->path);
    return r;
}

int cli_instrument_show_dry(const cli *c, const cli_instrument *i, unsigned needs,
                            const char *would)
{
    tns_device_record record = describe(i->opened, needs);
    cli_paragraph line = {0};
    cli_say(&line, "%s%s%s: %s", record.model, record.serial[0] ? " " : "", record.serial, would);
    cli_show_dry(c, line.text);
    if (i->trace)
        cli_show_written(c, i->trace, "");
    return c->json ? cli_print_record(c, tns_devices_write(&record, 1)) : 0;
}
