/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of an emulated unit, shared by unit.c, options.c, traffic.c and standard.c. */
#ifndef EMULATORS_UNIT_H
#define EMULATORS_UNIT_H

#include "fault.h"
#include "model.h"

enum { EMU_ENDPOINTS = 32, EMU_FAULTS_MAX = 16 };

/* A reply on its way: the packets not yet taken start at `taken`. */
typedef struct emu_reply_node {
    struct emu_reply_node *next;
    uint8_t endpoint;
    emu_status status;
    int64_t due_ms;
    size_t size, taken;
    uint8_t bytes[];
} emu_reply_node;

typedef struct emu_timer_node {
    struct emu_timer_node *next;
    int64_t due_ms;
    int what;
} emu_timer_node;

/* An option to be set later: at a time, or (due_ms = EMU_NEVER) at a command. */
typedef struct emu_order {
    struct emu_order *next;
    int64_t due_ms;
    emu_address at;
    char assignment[];
} emu_order;

struct emu_unit {
    const emu_kind *kind;
    void *state;
    emu_identity identity;
    int64_t now_ms, unplug_ms;
    uint64_t random;
    bool started;
    emu_reply_node *replies; /* oldest first, all endpoints */
    emu_timer_node *timers;  /* soonest first */
    emu_order *orders;
    emu_fault_rule faults[EMU_FAULTS_MAX];
    size_t fault_count;
    bool handling; /* a request: replies queued now are its replies */
    bool replied;
    bool halted[EMU_ENDPOINTS], awaited[EMU_ENDPOINTS];
};

/* Where an endpoint's flags are: OUT 0-15, IN 16-31. */
size_t emu_slot(uint8_t endpoint);

/* Sets an option now. */
bool emu_assign(emu_unit *unit, const char *assignment, char why[EMU_TEXT_SIZE]);
/* Sets what was ordered for now, or for this command. */
void emu_orders_due(emu_unit *unit);
void emu_orders_at(emu_unit *unit, int command);

/* The endpoint's descriptor, or NULL; and the first interface's number of them all. */
const uint8_t *emu_endpoint_descriptor(const emu_unit *unit, uint8_t endpoint);
size_t emu_packet_size(const emu_unit *unit, uint8_t endpoint);
/* The requests every USB device answers; EMU_STALL for others. */
emu_answer emu_standard(emu_unit *unit, const emu_setup *setup, uint8_t *data);

/* Removes replies on an endpoint; on all for 0. */
void emu_drop(emu_unit *unit, uint8_t endpoint);

#endif
