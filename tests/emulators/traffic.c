/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests in, replies out, and what the ordered faults make of both. */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

size_t emu_slot(uint8_t endpoint)
{
    return (endpoint & 0x0Fu) + (endpoint & 0x80 ? 16u : 0u);
}

emu_answer emu_ok(size_t length)
{
    return (emu_answer){.status = EMU_OK, .length = length};
}

emu_answer emu_refuse(void)
{
    return (emu_answer){.status = EMU_STALL};
}

bool emu_fault(emu_unit *unit, const char *fault, char why[EMU_TEXT_SIZE])
{
    if (unit->fault_count == EMU_FAULTS_MAX) {
        strcpy(why, "too many faults");
        return false;
    }
    if (!emu_fault_parse(fault, &unit->kind->layout, &unit->faults[unit->fault_count], why))
        return false;
    unit->fault_count++;
    return true;
}

bool emu_is_busy(const emu_unit *unit)
{
    for (size_t i = 0; i < unit->fault_count; i++)
        if (unit->faults[i].kind == EMU_FAULT_BUSY)
            return true;
    return false;
}

static bool strikes(const emu_unit *unit, emu_fault_kind kind)
{
    for (size_t i = 0; i < unit->fault_count; i++)
        if (unit->faults[i].strikes && unit->faults[i].kind == kind)
            return true;
    return false;
}

/* The fault of a kind that hits the request at hand, or NULL. */
static const emu_fault_rule *striking(const emu_unit *unit, emu_fault_kind kind)
{
    for (size_t i = 0; i < unit->fault_count; i++)
        if (unit->faults[i].strikes && unit->faults[i].kind == kind)
            return &unit->faults[i];
    return NULL;
}

/* What a request with that command meets; EMU_OK lets the model see it. */
static emu_status begin(emu_unit *unit, int command)
{
    unit->handling = true;
    unit->replied = false;
    if (command != EMU_NO_COMMAND)
        emu_orders_at(unit, command);
    for (size_t i = 0; i < unit->fault_count; i++) {
        emu_fault_rule *rule = &unit->faults[i];
        rule->strikes = command != EMU_NO_COMMAND && emu_address_hits(&rule->at, command);
    }
    const emu_fault_rule *unplug = striking(unit, EMU_FAULT_UNPLUG);
    if (unplug && unit->unplug_ms == EMU_NEVER)
        unit->unplug_ms = unit->now_ms + unplug->number;
    if (strikes(unit, EMU_FAULT_NAK))
        return EMU_SILENT;
    return strikes(unit, EMU_FAULT_STALLOUT) ? EMU_STALL : EMU_OK;
}

static void end(emu_unit *unit)
{
    unit->handling = false;
    for (size_t i = 0; i < unit->fault_count; i++)
        unit->faults[i].strikes = false;
}

/* How the reply's transfer ends where a fault says so. */
static emu_status reply_status(const emu_unit *unit)
{
    return strikes(unit, EMU_FAULT_STALL)      ? EMU_STALL
           : strikes(unit, EMU_FAULT_OVERFLOW) ? EMU_OVERFLOW
           : strikes(unit, EMU_FAULT_PROTO)    ? EMU_PROTOCOL
                                               : EMU_OK;
}

/* Changes the bytes of a reply as ordered; gives its new length. */
static size_t spoil(emu_unit *unit, uint8_t *bytes, size_t n)
{
    const emu_layout *layout = &unit->kind->layout;
    const emu_fault_rule *rule;
    size_t length = n;
    bool reseal = false;
    if ((rule = striking(unit, EMU_FAULT_ERROR)) && (size_t)layout->error < n)
        bytes[layout->error] = (uint8_t)rule->number, reseal = true;
    if (strikes(unit, EMU_FAULT_WRONGCMD) && (size_t)layout->command < n)
        bytes[layout->command] ^= 0x15, reseal = true;
    if ((rule = striking(unit, EMU_FAULT_PAYLOAD)) && (size_t)layout->payload < n) {
        size_t left = n - (size_t)layout->payload;
        memcpy(bytes + layout->payload, rule->payload,
               rule->payload_size < left ? rule->payload_size : left);
        reseal = true;
    }
    if (reseal && layout->seal)
        layout->seal(bytes, n);
    for (size_t i = 0; i < n && strikes(unit, EMU_FAULT_GARBAGE); i++)
        bytes[i] = (uint8_t)(256 * emu_uniform(unit));
    if ((rule = striking(unit, EMU_FAULT_SHORT)) && (size_t)rule->number < length)
        length = (size_t)rule->number;
    return length;
}

static int64_t extra_delay(const emu_unit *unit)
{
    const emu_fault_rule *rule = striking(unit, EMU_FAULT_DELAY);
    return rule ? rule->number : 0;
}

static void queue(emu_unit *unit, uint8_t endpoint, const void *data, size_t n, int64_t delay_ms)
{
    emu_reply_node *reply = calloc(1, sizeof *reply + n), **last = &unit->replies;
    if (!reply)
        abort();
    if (n)
        memcpy(reply->bytes, data, n);
    reply->endpoint = endpoint;
    reply->due_ms = unit->now_ms + delay_ms;
    reply->size = n;
    if (unit->handling) {
        reply->status = reply_status(unit);
        reply->due_ms += extra_delay(unit);
        reply->size = spoil(unit, reply->bytes, n);
    }
    while (*last)
        last = &(*last)->next;
    *last = reply;
}

void emu_reply(emu_unit *unit, uint8_t endpoint, const void *data, size_t n, int64_t delay_ms)
{
    unit->replied = true;
    if (unit->handling && strikes(unit, EMU_FAULT_TIMEOUT))
        return;
    queue(unit, endpoint, data, n, delay_ms);
    if (unit->handling && strikes(unit, EMU_FAULT_DUP))
        queue(unit, endpoint, data, n, delay_ms);
}

void emu_drop(emu_unit *unit, uint8_t endpoint)
{
    for (emu_reply_node **link = &unit->replies; *link;) {
        emu_reply_node *reply = *link;
        if (endpoint && reply->endpoint != endpoint) {
            link = &reply->next;
            continue;
        }
        *link = reply->next;
        free(reply);
    }
}

bool emu_is_queued(const emu_unit *unit, uint8_t endpoint)
{
    for (const emu_reply_node *reply = unit->replies; reply; reply = reply->next)
        if (reply->endpoint == endpoint)
            return true;
    return false;
}

void emu_flush(emu_unit *unit, uint8_t endpoint)
{
    emu_drop(unit, endpoint);
}

static int command_of(const emu_unit *unit, const emu_setup *setup, const uint8_t *data, size_t n)
{
    if (unit->kind->command)
        return unit->kind->command(setup, data, n);
    if (setup)
        return (setup->type & 0x60) == 0x40 ? setup->request : EMU_NO_COMMAND;
    return n ? data[0] : EMU_NO_COMMAND;
}

/* Faults of replies on a control transfer that is its own reply. */
static void spoil_answer(emu_unit *unit, const emu_setup *setup, uint8_t *data, emu_answer *answer)
{
    emu_status status = reply_status(unit);
    if (status != EMU_OK)
        answer->status = status;
    if (strikes(unit, EMU_FAULT_TIMEOUT))
        answer->status = EMU_SILENT;
    answer->delay_ms += extra_delay(unit);
    if (setup->type & 0x80)
        answer->length = spoil(unit, data, answer->length);
}

emu_answer emu_control(emu_unit *unit, const emu_setup *setup, uint8_t *data)
{
    emu_answer answer = {.status = EMU_STALL};
    if ((setup->type & 0x60) == 0)
        return emu_standard(unit, setup, data);
    size_t n = setup->type & 0x80 ? 0 : setup->length;
    answer.status = begin(unit, command_of(unit, setup, data, n));
    if (answer.status == EMU_OK) {
        answer = unit->kind->control ? unit->kind->control(unit, setup, data) : emu_refuse();
        if (!unit->replied && answer.status == EMU_OK)
            spoil_answer(unit, setup, data, &answer);
        if (answer.status == EMU_STALL && (setup->type & 0x60) == 0x20)
            answer = emu_standard(unit, setup, data);
    }
    end(unit);
    return answer;
}

emu_status emu_out(emu_unit *unit, uint8_t endpoint, const uint8_t *data, size_t n)
{
    if (unit->halted[emu_slot(endpoint)])
        return EMU_STALL;
    emu_status status = begin(unit, command_of(unit, NULL, data, n));
    if (status == EMU_OK)
        status = unit->kind->out ? unit->kind->out(unit, endpoint, data, n) : EMU_STALL;
    if (status == EMU_OK && !unit->replied)
        status = reply_status(unit);
    if (status == EMU_STALL)
        unit->halted[emu_slot(endpoint)] = true;
    end(unit);
    return status;
}

static emu_reply_node *ready(const emu_unit *unit, uint8_t endpoint)
{
    for (emu_reply_node *reply = unit->replies; reply; reply = reply->next)
        if (reply->endpoint == endpoint)
            return reply->due_ms <= unit->now_ms ? reply : NULL;
    return NULL;
}

static void take_out(emu_unit *unit, emu_reply_node *reply)
{
    emu_reply_node **link = &unit->replies;
    while (*link != reply)
        link = &(*link)->next;
    *link = reply->next;
    free(reply);
}

/* One packet of the reply into the transfer. */
static emu_status take_packet(emu_unit *unit, emu_reply_node *reply, uint8_t *buffer, size_t size,
                              size_t *got)
{
    size_t most = emu_packet_size(unit, reply->endpoint), n = reply->size - reply->taken;
    emu_status status = reply->status;
    if (n > most)
        n = most;
    if (status == EMU_OK && n > size - *got)
        status = EMU_OVERFLOW;
    if (status == EMU_OK && n)
        memcpy(buffer + *got, reply->bytes + reply->taken, n);
    if (status == EMU_OK)
        *got += n;
    if (status == EMU_STALL)
        unit->halted[emu_slot(reply->endpoint)] = true;
    reply->taken += n;
    if (status != EMU_OK || reply->taken == reply->size)
        take_out(unit, reply);
    return status == EMU_OK && n == most && *got < size ? EMU_WAIT : status;
}

emu_status emu_in(emu_unit *unit, uint8_t endpoint, uint8_t *buffer, size_t size, size_t *got)
{
    if (unit->halted[emu_slot(endpoint)])
        return EMU_STALL;
    emu_reply_node *reply;
    while ((reply = ready(unit, endpoint))) {
        emu_status status = take_packet(unit, reply, buffer, size, got);
        if (status != EMU_WAIT)
            return status;
    }
    return EMU_WAIT;
}

size_t emu_read(emu_unit *unit, uint8_t *buffer, size_t size)
{
    for (emu_reply_node *reply = unit->replies; reply; reply = reply->next) {
        if (reply->due_ms > unit->now_ms || emu_endpoint_type(unit, reply->endpoint) != 2)
            continue;
        size_t n = reply->size - reply->taken;
        if (n > size)
            n = size;
        memcpy(buffer, reply->bytes + reply->taken, n);
        reply->taken += n;
        if (reply->taken == reply->size)
            take_out(unit, reply);
        return n;
    }
    return 0;
}

void emu_await(emu_unit *unit, uint8_t endpoint, bool waits)
{
    unit->awaited[emu_slot(endpoint)] = waits;
}

bool emu_is_awaited(const emu_unit *unit, uint8_t endpoint)
{
    return unit->awaited[emu_slot(endpoint)];
}

void emu_clear_halt(emu_unit *unit, uint8_t endpoint)
{
    unit->halted[emu_slot(endpoint)] = false;
    emu_bus_event(unit, EMU_HALT_CLEARED);
}
