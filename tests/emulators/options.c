/* SPDX-License-Identifier: GPL-3.0-or-later */
/* name=value, now, at a time or at a command. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static const emu_option *option_of(const emu_kind *kind, const char *name, size_t n)
{
    for (const emu_option *option = kind->options; option && option->name; option++)
        if (strlen(option->name) == n && strncmp(option->name, name, n) == 0)
            return option;
    return NULL;
}

static bool set_integer(int *field, const char *value)
{
    char *end;
    errno = 0;
    long number = strtol(value, &end, 0);
    if (errno || end == value || *end || number < INT32_MIN || number > INT32_MAX)
        return false;
    *field = (int)number;
    return true;
}

static bool set_real(double *field, const char *value)
{
    char *end;
    double number = strtod(value, &end);
    if (end == value || *end)
        return false;
    *field = number;
    return true;
}

static bool set_field(const emu_option *option, void *state, const char *value)
{
    void *field = (char *)state + option->offset;
    switch (option->type) {
    case EMU_INTEGER:
        return set_integer(field, value);
    case EMU_REAL:
        return set_real(field, value);
    case EMU_TEXT:
        if (strlen(value) >= EMU_TEXT_SIZE)
            return false;
        memcpy(field, value, strlen(value) + 1);
        return true;
    }
    return false;
}

bool emu_assign(emu_unit *unit, const char *assignment, char why[EMU_TEXT_SIZE])
{
    const char *equals = strchr(assignment, '=');
    const emu_option *option =
        equals ? option_of(unit->kind, assignment, (size_t)(equals - assignment)) : NULL;
    why[0] = '\0';
    if (!option) {
        snprintf(why, EMU_TEXT_SIZE, "%s has no option %.100s", unit->kind->name, assignment);
        return false;
    }
    if (!set_field(option, unit->state, equals + 1)) {
        snprintf(why, EMU_TEXT_SIZE, "%s: not a value it can take", assignment);
        return false;
    }
    if (unit->started && unit->kind->changed)
        return unit->kind->changed(unit, option->name, why);
    return true;
}

/* "@250ms": the time; "@0x80#3": the address. False for neither: the @ is part of the value. */
static bool parse_when(const char *text, int64_t *due_ms, emu_address *at)
{
    char *end;
    *at = (emu_address){.command = EMU_NO_COMMAND};
    *due_ms = strtoll(text + 1, &end, 10);
    if (end != text + 1 && strcmp(end, "ms") == 0)
        return true;
    *due_ms = EMU_NEVER;
    return emu_address_parse(text, at);
}

bool emu_set(emu_unit *unit, const char *assignment, char why[EMU_TEXT_SIZE])
{
    const char *when = strrchr(assignment, '@');
    int64_t due_ms;
    emu_address at;
    if (!when || !parse_when(when, &due_ms, &at))
        return emu_assign(unit, assignment, why);
    size_t n = (size_t)(when - assignment);
    emu_order *order = calloc(1, sizeof *order + n + 1);
    if (!order)
        abort();
    order->due_ms = due_ms;
    order->at = at;
    if (order->at.nth == 0)
        order->at.nth = 1;
    memcpy(order->assignment, assignment, n);
    emu_order **last = &unit->orders;
    while (*last)
        last = &(*last)->next;
    *last = order;
    return true;
}

/* A mistake in an order shows only now; there is nobody but the log to hear of it. */
static void carry_out(emu_unit *unit, emu_order **link)
{
    emu_order *order = *link;
    char why[EMU_TEXT_SIZE];
    *link = order->next;
    if (!emu_assign(unit, order->assignment, why))
        fprintf(stderr, "emulator: %s\n", why);
    free(order);
}

void emu_orders_due(emu_unit *unit)
{
    for (emu_order **link = &unit->orders; *link;) {
        if ((*link)->due_ms <= unit->now_ms)
            carry_out(unit, link);
        else
            link = &(*link)->next;
    }
}

void emu_orders_at(emu_unit *unit, int command)
{
    for (emu_order **link = &unit->orders; *link;) {
        if ((*link)->due_ms == EMU_NEVER && emu_address_hits(&(*link)->at, command))
            carry_out(unit, link);
        else
            link = &(*link)->next;
    }
}
