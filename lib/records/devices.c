/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is plugged in, what a doctor finds, and an instrument's check against a known surface. */
#include <stdio.h>
#include <stdlib.h>

#include <tonsure/device_records.h>

#include "base/text.h"
#include "records/parts.h"

/* ---- tonsure/devices/1 ---- */

static tns_json *words(const char *const *names, const bool *said, size_t count)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < count; i++)
        if (said[i])
            tns_json_append(array, tns_json_string(names[i]));
    return array;
}

static tns_json *json_from_capabilities(const tns_capabilities *c)
{
    static const char *const names[] = {"reflective",     "emissive", "spectrum", "host-trigger",
                                        "button-trigger", "stored",   "dial",     "cap",
                                        "battery"};
    const bool said[] = {c->reflective,
                         c->emissive,
                         c->step_nm > 0,
                         (c->triggers & TNS_TRIGGER_HOST) != 0,
                         (c->triggers & TNS_TRIGGER_BUTTON) != 0,
                         c->stores_readings,
                         c->has_dial,
                         c->senses_cap,
                         c->has_battery};
    return words(names, said, sizeof said / sizeof *said);
}

static tns_json *json_from_needs(unsigned needs)
{
    static const char *const names[] = {"white", "dark"};
    const bool said[] = {(needs & TNS_NEED_WHITE) != 0, (needs & TNS_NEED_DARK) != 0};
    return words(names, said, 2);
}

static void set_id(tns_json *json, const char *key, unsigned id)
{
    char text[8];
    snprintf(text, sizeof text, "%04x", id & 0xFFFF);
    tns_json_set_text_if(json, key, id ? text : "");
}

static tns_json *json_from_device(const tns_device_record *d)
{
    static const char *const accesses[] = {"ok", "denied", "busy"};
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "driver", d->driver);
    tns_json_set_text(json, "model", d->model);
    set_id(json, "vid", d->vendor_id);
    set_id(json, "pid", d->product_id);
    tns_json_set_text(json, "serial", d->serial);
    tns_json_set_text(json, "path", d->path);
    tns_json_set(json, "capabilities", json_from_capabilities(&d->capabilities));
    if (d->asked)
        tns_json_set(json, "needs", json_from_needs(d->needs));
    else
        tns_json_set_null(json, "needs");
    tns_json_set_text(json, "access", accesses[d->access]);
    tns_json_set_text_if(json, "holder", d->holder);
    tns_json_set_bool(json, "certain", d->certain);
    tns_json_set_text_if(json, "fault", d->fault);
    return json;
}

char *tns_devices_write(const tns_device_record *devices, size_t count)
{
    tns_json *json = tns_record("tonsure/devices/1"), *array = tns_json_array();
    for (size_t i = 0; i < count; i++)
        tns_json_append(array, json_from_device(&devices[i]));
    tns_json_set(json, "devices", array);
    return tns_record_finish(json);
}

/* ---- tonsure/doctor/1 ---- */

char *tns_doctor_write(const tns_doctor_check *checks, size_t count)
{
    static const char *const states[] = {"ok", "wrong", "absent"};
    tns_json *json = tns_record("tonsure/doctor/1"), *array = tns_json_array();
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        tns_json *check = tns_json_object();
        tns_json_set_text(check, "name", checks[i].name);
        tns_json_set_text(check, "state", states[checks[i].state]);
        tns_json_set_text(check, "text", checks[i].text);
        tns_json_set_text_if(check, "fix", checks[i].fix);
        tns_json_append(array, check);
        ok = ok && checks[i].state != TNS_DOCTOR_WRONG;
    }
    tns_json_set_bool(json, "ok", ok);
    tns_json_set(json, "checks", array);
    return tns_record_finish(json);
}

/* ---- tonsure/verification/1 ---- */

char *tns_verification_write(const tns_verification *v, const tns_error *failure)
{
    char time[32];
    tns_json *json = tns_record("tonsure/verification/1"), *reference = tns_json_object();
    tns_text_time(v->time, time);
    tns_json_set_bool(json, "first", v->first);
    tns_json_set_bool(json, "passed", v->passed);
    tns_json_set_number(json, "de00", tns_record_amount(v->de00));
    tns_json_set_number(json, "limit", TNS_VERIFY_DE00);
    tns_json_set_text(reference, "time", time);
    tns_json_set(reference, "lab", tns_json_from_color(&v->reference));
    tns_json_set(json, "reference", reference);
    tns_json_set(json, "reading", tns_json_from_reading(&v->reading));
    if (failure)
        tns_json_set(json, "error", tns_json_from_error(failure));
    return tns_record_finish(json);
}
