/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is plugged in, what a doctor finds, and an instrument's check against a known surface. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/device_records.h>

#include "records/parts.h"

/* No two colors are so far apart. */
static const double DE_MAX = 200;

/* ---- tonsure/devices/1 ---- */

/* Of capabilities, needs and access; those in the order of the enum. */
enum { CAPABILITIES = 9, NEEDS = 2 };
static const char *const capability_words[CAPABILITIES] = {
    "reflective", "emissive", "spectrum", "host-trigger", "button-trigger",
    "stored",     "dial",     "cap",      "battery"};
static const char *const need_words[NEEDS] = {"white", "dark"};
static const char *const access_words[] = {"ok", "denied", "busy"};

static tns_json *json_from_said(const char *const *words, const bool *said, size_t count)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < count; i++)
        if (said[i])
            tns_json_append(array, tns_json_string(words[i]));
    return array;
}

static tns_json *json_from_capabilities(const tns_capabilities *c)
{
    const bool said[CAPABILITIES] = {c->reflective,
                                     c->emissive,
                                     c->step_nm > 0,
                                     (c->triggers & TNS_TRIGGER_HOST) != 0,
                                     (c->triggers & TNS_TRIGGER_BUTTON) != 0,
                                     c->stores_readings,
                                     c->has_dial,
                                     c->senses_cap,
                                     c->has_battery};
    return json_from_said(capability_words, said, CAPABILITIES);
}

static tns_json *json_from_needs(unsigned needs)
{
    const bool said[NEEDS] = {(needs & TNS_NEED_WHITE) != 0, (needs & TNS_NEED_DARK) != 0};
    return json_from_said(need_words, said, NEEDS);
}

static void set_id(tns_json *json, const char *key, unsigned id)
{
    char text[8];
    snprintf(text, sizeof text, "%04x", id & 0xFFFF);
    tns_json_set_text_if(json, key, id ? text : "");
}

static tns_json *json_from_device(const tns_device_record *d)
{
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
    tns_json_set_text(json, "access", access_words[d->access]);
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

/* Which of the words an array has, in any order. */
static bool get_said(const tns_json_at *at, const char *key, const char *const *words, size_t count,
                     bool *said, tns_error *err)
{
    tns_json_at list;
    size_t n;
    if (!tns_json_get_list(at, key, count, &list, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        int word = 0;
        tns_json_at item = tns_json_item(&list, i);
        if (!tns_json_choice(&item, words, count, &word, err))
            return false;
        said[word] = true;
    }
    return true;
}

static bool get_capabilities(const tns_json_at *at, tns_capabilities *out, tns_error *err)
{
    bool said[CAPABILITIES] = {false};
    bool done = get_said(at, "capabilities", capability_words, CAPABILITIES, said, err);
    out->reflective = said[0];
    out->emissive = said[1];
    out->step_nm = said[2] ? TNS_STEP_NM : 0;
    out->triggers = (said[3] ? TNS_TRIGGER_HOST : 0) | (said[4] ? TNS_TRIGGER_BUTTON : 0);
    out->stores_readings = said[5];
    out->has_dial = said[6];
    out->senses_cap = said[7];
    out->has_battery = said[8];
    return done;
}

/* Null where nobody asked. */
static bool get_needs(const tns_json_at *at, tns_device_record *out, tns_error *err)
{
    bool said[NEEDS] = {false};
    out->asked = tns_json_has(at, "needs");
    if (!out->asked)
        return true;
    bool done = get_said(at, "needs", need_words, NEEDS, said, err);
    out->needs = (said[0] ? TNS_NEED_WHITE : 0) | (said[1] ? TNS_NEED_DARK : 0);
    return done;
}

/* Four hexadecimal digits; 0 where it is absent. */
static bool get_id(const tns_json_at *at, const char *key, unsigned *out, tns_error *err)
{
    char text[8] = "";
    tns_json_at member = tns_json_member(at, key);
    if (!tns_json_opt_text(at, key, text, sizeof text, err))
        return false;
    bool right = strspn(text, "0123456789abcdef") == 4 && !text[4];
    *out = right ? (unsigned)strtoul(text, NULL, 16) : 0;
    return !member.node || right ||
           tns_json_fail(&member, err, TNS_ERROR_FORMAT,
                         "expected four hexadecimal digits, found \"%s\"", text);
}

static bool get_device(const tns_json_at *at, void *item, tns_error *err)
{
    tns_device_record *out = item;
    int access = TNS_DEVICE_OK;
    bool done = tns_json_get_text(at, "driver", out->driver, sizeof out->driver, err) &&
                tns_json_get_text(at, "model", out->model, sizeof out->model, err) &&
                get_id(at, "vid", &out->vendor_id, err) &&
                get_id(at, "pid", &out->product_id, err) &&
                tns_json_get_text(at, "serial", out->serial, sizeof out->serial, err) &&
                tns_json_get_text(at, "path", out->path, sizeof out->path, err) &&
                get_capabilities(at, &out->capabilities, err) && get_needs(at, out, err) &&
                tns_json_get_choice(at, "access", access_words, 3, &access, err) &&
                tns_json_opt_text(at, "holder", out->holder, sizeof out->holder, err) &&
                tns_json_opt_bool(at, "certain", &out->certain, err) &&
                tns_json_opt_text(at, "fault", out->fault, sizeof out->fault, err);
    out->access = access;
    return done;
}

typedef struct list_record {
    void *items;
    size_t count;
} list_record;

static bool get_devices(const tns_json_at *root, void *record, tns_error *err)
{
    list_record *out = record;
    return tns_record_expect(root, "tonsure/devices/1", err) &&
           tns_json_get_items(root, "devices", sizeof(tns_device_record), get_device, &out->items,
                              &out->count, err);
}

/* The items that `get` finds in a record; NULL when it cannot be read. */
static void *parse_list(const char *text, size_t length, const char *name, tns_record_get *get,
                        size_t *count, tns_error *err)
{
    list_record list = {0};
    bool done = tns_record_parse(text, length, name, get, &list, err);
    *count = done ? list.count : 0;
    if (done)
        return list.items;
    free(list.items);
    return NULL;
}

tns_device_record *tns_devices_parse(const char *text, size_t length, const char *name,
                                     size_t *count, tns_error *err)
{
    return parse_list(text, length, name, get_devices, count, err);
}

/* ---- tonsure/doctor/1 ---- */

/* In the order of the enum. */
static const char *const states[] = {"ok", "wrong", "absent"};

char *tns_doctor_write(const tns_doctor_check *checks, size_t count)
{
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

static bool get_check(const tns_json_at *at, void *item, tns_error *err)
{
    tns_doctor_check *out = item;
    int state = TNS_DOCTOR_OK;
    bool done = tns_json_get_text(at, "name", out->name, sizeof out->name, err) &&
                tns_json_get_choice(at, "state", states, 3, &state, err) &&
                tns_json_get_text(at, "text", out->text, sizeof out->text, err) &&
                tns_json_opt_text(at, "fix", out->fix, sizeof out->fix, err);
    out->state = state;
    return done;
}

/* Whether all is well follows from the checks. */
static bool get_doctor(const tns_json_at *root, void *record, tns_error *err)
{
    bool ok;
    list_record *out = record;
    return tns_record_expect(root, "tonsure/doctor/1", err) &&
           tns_json_get_bool(root, "ok", &ok, err) &&
           tns_json_get_items(root, "checks", sizeof(tns_doctor_check), get_check, &out->items,
                              &out->count, err);
}

tns_doctor_check *tns_doctor_parse(const char *text, size_t length, const char *name, size_t *count,
                                   tns_error *err)
{
    return parse_list(text, length, name, get_doctor, count, err);
}

/* ---- tonsure/verification/1 ---- */

char *tns_verification_write(const tns_verification *v, const tns_error *failure)
{
    tns_json *json = tns_record("tonsure/verification/1"), *reference = tns_json_object();
    tns_json_set_bool(json, "first", v->first);
    tns_json_set_bool(json, "passed", v->passed);
    tns_json_set_number(json, "de00", tns_record_amount(v->de00));
    tns_json_set_number(json, "limit", TNS_VERIFY_DE00);
    tns_json_set_time(reference, "time", v->time);
    tns_json_set(reference, "lab", tns_json_from_color(&v->reference));
    tns_json_set(json, "reference", reference);
    tns_json_set(json, "reading", tns_json_from_reading(&v->reading));
    if (failure)
        tns_json_set(json, "error", tns_json_from_error(failure));
    return tns_record_finish(json);
}

typedef struct verification_record {
    tns_verification *found;
    tns_error *failure;
} verification_record;

/* By which limit is not kept: what came of it is told. */
static bool get_verification(const tns_json_at *root, void *record, tns_error *err)
{
    const verification_record *to = record;
    tns_verification *out = to->found;
    double limit;
    tns_json_at reference, reading = tns_json_member(root, "reading");
    return tns_record_expect(root, "tonsure/verification/1", err) &&
           tns_json_get_bool(root, "first", &out->first, err) &&
           tns_json_get_bool(root, "passed", &out->passed, err) &&
           tns_json_get_number(root, "de00", 0, DE_MAX, &out->de00, err) &&
           tns_json_get_number(root, "limit", 0, DE_MAX, &limit, err) &&
           tns_json_get_object(root, "reference", &reference, err) &&
           tns_json_get_time(&reference, "time", &out->time, err) &&
           tns_json_get_color(&reference, "lab", &out->reference, err) &&
           tns_json_expect_object(&reading, err) &&
           tns_json_reading(&reading, &out->reading, err) &&
           tns_json_opt_error(root, to->failure, err);
}

bool tns_verification_parse(const char *text, size_t length, const char *name,
                            tns_verification *out, tns_error *failure, tns_error *err)
{
    verification_record record = {out, failure};
    memset(out, 0, sizeof *out);
    memset(failure, 0, sizeof *failure);
    return tns_record_parse(text, length, name, get_verification, &record, err);
}
