/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "devices/model_port.h"
#include "devices/rig.h"
#include "support/testing.h"

enum { STEPS_MAX = 20 };

void rig_set(rig *r, const char *assignment)
{
    char why[EMU_TEXT_SIZE];
    if (assignment)
        ck_assert_msg(emu_set(r->unit, assignment, why), "%s: %s", assignment, why);
}

void rig_plug(rig *r, const rig_kind *kind, const char *fault)
{
    char why[EMU_TEXT_SIZE];
    *r = (rig){.kind = kind, .unit = emu_create(emu_kind_find(kind->emulator), 1)};
    rig_set(r, kind->option);
    rig_set(r, "sample=skin");
    ck_assert_msg(!fault || emu_fault(r->unit, fault, why), "%s: %s", fault, why);
    ck_assert_msg(emu_start(r->unit, why), "%s: %s", kind->label, why);
    emu_bus_event(r->unit, EMU_PLUGGED);
}

void rig_unplug(rig *r)
{
    emu_destroy(r->unit);
}

bool rig_open(rig *r, tns_error *err)
{
    r->port = model_port_open(r->unit, r->kind->serial_line);
    r->session = (tns_session){.port = &r->port,
                               .state = calloc(1, r->kind->driver->state_size + 1),
                               .capabilities = r->kind->driver->capabilities};
    return r->kind->driver->open(&r->session, err);
}

void rig_close(rig *r)
{
    if (r->kind->driver->close)
        r->kind->driver->close(&r->session);
    tns_port_close(&r->port);
    free(r->session.state);
}

bool rig_calibrate(rig *r, tns_error *err)
{
    unsigned needs = 0;
    if (!r->kind->driver->needs(&r->session, &needs, err))
        return false;
    for (unsigned need = TNS_NEED_WHITE; need <= TNS_NEED_DARK; need <<= 1) {
        tns_step step = {.done = !(needs & need)};
        for (int i = 0; i < STEPS_MAX && !step.done; i++) {
            if (!r->kind->driver->calibrate(&r->session, need, &step, err))
                return false;
            if (!step.done)
                rig_set(r, r->kind->on_setup[step.setup]);
        }
        ck_assert_msg(step.done, "%s: a calibration without end", r->kind->label);
    }
    return true;
}

bool rig_measure(rig *r, tns_sample *out, tns_error *err)
{
    rig_set(r, r->kind->to_measure);
    return r->kind->driver->measure(&r->session, out, err);
}

bool rig_run(rig *r, tns_sample *out, tns_error *err)
{
    bool ok = rig_open(r, err) && rig_calibrate(r, err) && rig_measure(r, out, err);
    rig_close(r);
    return ok;
}
