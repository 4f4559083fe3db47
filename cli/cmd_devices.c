/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/device_records.h>
#include <tonsure/service.h>

#include "instrument.h"

static tns_device_record describe(const tns_device *device)
{
    tns_device_record r = {.vendor_id = device->vendor_id,
                           .product_id = device->product_id,
                           .capabilities = device->driver->capabilities,
                           .certain = device->certain};
    snprintf(r.driver, sizeof r.driver, "%s", device->driver->name);
    snprintf(r.model, sizeof r.model, "%s", device->model);
    snprintf(r.serial, sizeof r.serial, "%s", device->serial);
    snprintf(r.path, sizeof r.path, "%s", device->path);
    snprintf(r.holder, sizeof r.holder, "%s", device->holder);
    r.access = device->access == TNS_ACCESS_DENIED ? TNS_DEVICE_DENIED
               : device->access == TNS_ACCESS_BUSY ? TNS_DEVICE_BUSY
                                                   : TNS_DEVICE_OK;
    return r;
}

/* Asks an instrument what it is and needs. A chip that many things share is not spoken to. */
static void ask(cli *c, tns_device_record *r)
{
    char name[200], folder[1024];
    tns_error err;
    if (!r->certain || r->access != TNS_DEVICE_OK)
        return;
    bool thing = r->vendor_id != 0;
    snprintf(name, sizeof name, "%s%s%s", r->driver, thing ? ":" : "", thing ? r->path : "");
    const char *kept = tns_service_calibrations(folder, sizeof folder) ? folder : NULL;
    tns_context context = cli_context(c);
    tns_instrument *instrument = tns_device_open(name, kept, NULL, &context, &err);
    r->asked = instrument && tns_instrument_needs(instrument, &r->needs, &err);
    if (r->asked) {
        const tns_session *session = tns_instrument_session(instrument);
        snprintf(r->serial, sizeof r->serial, "%s", session->serial);
        snprintf(r->model, sizeof r->model, "%s", session->model);
        r->capabilities = session->capabilities;
    } else {
        snprintf(r->fault, sizeof r->fault, "%s", err.text);
    }
    tns_instrument_close(instrument);
}

static void print_one(const tns_device_record *r)
{
    char needs[32];
    cli_needs_words(r->needs, needs);
    cli_row(13, "%-12s %s%s%s", r->driver, r->model, r->serial[0] ? ", serial " : "", r->serial);
    if (r->vendor_id)
        cli_row(13, "%-12s %s, %04x:%04x", "", r->path, r->vendor_id, r->product_id);
    if (r->access == TNS_DEVICE_DENIED)
        printf("%-12s no permission: tonsure doctor tells what to do\n", "");
    else if (r->access == TNS_DEVICE_BUSY)
        cli_row(13, "%-12s busy: held by %s", "", r->holder[0] ? r->holder : "another program");
    else if (!r->certain)
        cli_row(13, "%-12s a common chip, not asked; name it if it is one: --device %s:%s", "",
                r->driver, r->path);
    else if (!r->asked)
        cli_row(13, "%-12s %s", "", r->fault);
    else
        printf("%-12s %s\n", "", needs[0] ? "must be calibrated (tonsure calibrate)" : "ready");
}

/* `looked`: whether it could be seen what is plugged in. */
static int show(const cli *c, const tns_device_record *records, size_t count, bool looked)
{
    bool any = !looked;
    if (c->json)
        return cli_print_record(c, tns_devices_write(records, count));
    for (size_t i = 0; i < count; i++) {
        print_one(&records[i]);
        any = any || records[i].vendor_id != 0;
    }
    if (!any)
        printf("No instrument is plugged in, or none that is known.\n");
    return 0;
}

static int list(cli *c)
{
    tns_error err;
    tns_device *devices;
    size_t count;
    bool looked = tns_devices_list(&devices, &count, &err);
    if (!looked && !devices)
        return cli_fail(c, &err);
    tns_device_record *records = calloc(count + 1, sizeof *records);
    if (!records) {
        free(devices);
        tns_error_set(&err, TNS_ERROR_MEMORY, "out of memory");
        return cli_fail(c, &err);
    }
    if (!looked)
        cli_fail_quietly(&err);
    for (size_t i = 0; i < count; i++) {
        records[i] = describe(&devices[i]);
        ask(c, &records[i]);
    }
    free(devices);
    int status = show(c, records, count, looked);
    free(records);
    return status;
}

static int run(cli *c, int argc, const char **argv)
{
    const cli_option options[] = {{NULL, CLI_FLAG, NULL, NULL, NULL}};
    cli_words words;
    int status;
    return cli_parse(c, &cmd_devices, argc, argv, options, 0, 0, &words, &status) ? list(c)
                                                                                  : status;
}

const command cmd_devices = {"devices", "", "lists the instruments that are plugged in",
                             "  tonsure devices\n"
                             "  tonsure --json devices\n"
                             "  tonsure measure --device simulated:hair-brown --yes\n",
                             run};
