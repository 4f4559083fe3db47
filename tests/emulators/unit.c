/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A unit's life, its clock and its chance. */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static void *room(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory)
        abort();
    return memory;
}

emu_unit *emu_create(const emu_kind *kind, uint64_t seed)
{
    emu_unit *unit = room(sizeof *unit);
    unit->kind = kind;
    unit->state = room(kind->state_size);
    unit->unplug_ms = EMU_NEVER;
    unit->random = seed;
    if (kind->defaults)
        kind->defaults(unit->state);
    return unit;
}

static void drop_timers(emu_unit *unit)
{
    for (emu_timer_node *next; unit->timers; unit->timers = next) {
        next = unit->timers->next;
        free(unit->timers);
    }
}

static void drop_orders(emu_unit *unit)
{
    for (emu_order *next; unit->orders; unit->orders = next) {
        next = unit->orders->next;
        free(unit->orders);
    }
}

void emu_destroy(emu_unit *unit)
{
    if (!unit)
        return;
    if (unit->started && unit->kind->finish)
        unit->kind->finish(unit);
    emu_drop(unit, 0);
    drop_timers(unit);
    drop_orders(unit);
    free(unit->state);
    free(unit);
}

bool emu_start(emu_unit *unit, char why[EMU_TEXT_SIZE])
{
    assert(!unit->started);
    why[0] = '\0';
    unit->started = unit->kind->start(unit, &unit->identity, why);
    return unit->started;
}

void *emu_state(emu_unit *unit)
{
    return unit->state;
}

const emu_kind *emu_kind_of(const emu_unit *unit)
{
    return unit->kind;
}

const emu_identity *emu_identity_of(const emu_unit *unit)
{
    return &unit->identity;
}

int64_t emu_now_ms(const emu_unit *unit)
{
    return unit->now_ms;
}

void emu_timer(emu_unit *unit, int what, int64_t delay_ms)
{
    emu_timer_node *timer = room(sizeof *timer);
    timer->what = what;
    timer->due_ms = unit->now_ms + delay_ms;
    emu_timer_node **at = &unit->timers;
    while (*at && (*at)->due_ms <= timer->due_ms)
        at = &(*at)->next;
    timer->next = *at;
    *at = timer;
}

static int64_t soonest(const emu_unit *unit)
{
    int64_t next = unit->timers ? unit->timers->due_ms : EMU_NEVER;
    for (const emu_order *order = unit->orders; order; order = order->next)
        if (order->due_ms < next)
            next = order->due_ms;
    return next;
}

static void run_timer(emu_unit *unit)
{
    emu_timer_node *timer = unit->timers;
    unit->timers = timer->next;
    if (unit->kind->timer)
        unit->kind->timer(unit, timer->what);
    free(timer);
}

/* All sees the clock at its own time, so that nothing depends on the size of the host's steps. */
void emu_advance(emu_unit *unit, int64_t now_ms)
{
    for (int64_t next; (next = soonest(unit)) <= now_ms && next != EMU_NEVER;) {
        if (next > unit->now_ms)
            unit->now_ms = next;
        emu_orders_due(unit);
        if (unit->timers && unit->timers->due_ms <= next)
            run_timer(unit);
    }
    if (now_ms > unit->now_ms)
        unit->now_ms = now_ms;
}

int64_t emu_next_ms(const emu_unit *unit)
{
    int64_t next = soonest(unit);
    for (const emu_reply_node *reply = unit->replies; reply; reply = reply->next)
        if (reply->due_ms > unit->now_ms && reply->due_ms < next)
            next = reply->due_ms;
    return unit->unplug_ms < next ? unit->unplug_ms : next;
}

void emu_bus_event(emu_unit *unit, emu_bus what)
{
    if (what == EMU_RESET || what == EMU_PLUGGED) {
        emu_drop(unit, 0);
        memset(unit->halted, 0, sizeof unit->halted);
    }
    if (what == EMU_PLUGGED)
        unit->unplug_ms = EMU_NEVER;
    if (unit->kind->bus)
        unit->kind->bus(unit, what);
}

int64_t emu_unplug_ms(const emu_unit *unit)
{
    return unit->unplug_ms;
}

/* SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
static uint64_t next_random(emu_unit *unit)
{
    uint64_t z = unit->random += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

double emu_uniform(emu_unit *unit)
{
    return (double)(next_random(unit) >> 11) * 0x1p-53;
}

/* Box and Muller's, one of the pair. */
double emu_noise(emu_unit *unit)
{
    double radius = sqrt(-2 * log(1 - emu_uniform(unit)));
    return radius * cos(6.283185307179586 * emu_uniform(unit));
}

void emu_put_le(uint8_t *at, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        at[i] = (uint8_t)(value >> (8 * i));
}

void emu_put_be(uint8_t *at, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        at[bytes - 1 - i] = (uint8_t)(value >> (8 * i));
}

void emu_put_float_le(uint8_t *at, double value)
{
    float single = (float)value;
    uint32_t bits;
    memcpy(&bits, &single, sizeof bits);
    emu_put_le(at, bits, 4);
}

uint64_t emu_get_le(const uint8_t *at, int bytes)
{
    uint64_t value = 0;
    for (int i = bytes; i-- > 0;)
        value = value << 8 | at[i];
    return value;
}

uint64_t emu_get_be(const uint8_t *at, int bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | at[i];
    return value;
}
