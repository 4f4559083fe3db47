/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usbemu's command line. */
#include <stdlib.h>
#include <string.h>

#include "host.h"

static const char usage[] =
    "usage: usbemu [OPTION]... MODEL [NAME=VALUE | OPTION]... [+ MODEL ...] -- PROGRAM [ARG]...\n"
    "Runs PROGRAM with the emulated instruments plugged in; ends with its status (128 + signal "
    "when\n"
    "killed, 124 when the time limit ran out, 2 for bad options).\n"
    "\n"
    "of the instrument named last (before the first: of all)\n"
    "  --fault KIND[=ARG][@CMD][#N]  timeout nak delay=MS dup stall stallout short=N garbage\n"
    "                                error=CODE wrongcmd payload=HEX overflow proto unplug[=MS] "
    "busy\n"
    "  --plug-at MS                  not there before\n"
    "  --unplug-at MS                pulled out then\n"
    "  --replug MS[,NAME=VALUE]...   plugged in again MS after each unplugging, changed that way\n"
    "  --cycle N,UP,DOWN             pulled out UP ms after it is opened, back DOWN ms later, N "
    "times\n"
    "  --kernel-driver               a driver of the kernel is bound at first\n"
    "  --no-permission               the node cannot be opened\n"
    "\n"
    "of the run\n"
    "  --orders FIFO   lines [PORT:]NAME=VALUE, [PORT:]plug, [PORT:]unplug are carried out as they "
    "come;\n"
    "                  done=FILE: FILE appears when they are; plugged=FILE: and all is\n"
    "                  plugged in\n"
    "  --log FILE      every transfer      --stats       counts, on stderr at the end\n"
    "  --seed N        of noise (1)        --limit S     of time (60)\n"
    "  --preload LIB   first in PROGRAM's LD_PRELOAD, such as a sanitizer's runtime\n"
    "  --list          the models and their options\n";

typedef struct parser {
    usb_host *host;
    usb_port *port; /* the last one, NULL before */
    usb_orders common;
    GPtrArray *faults; /* of all */
    guint64 seed;
    gboolean expects_model;
} parser;

static void list_models(void)
{
    for (const emu_kind *const *kind = emu_kinds; *kind; kind++) {
        g_print("%s: %s\n", (*kind)->name, (*kind)->help);
        for (const emu_option *option = (*kind)->options; option && option->name; option++)
            g_print("    %-12s %s\n", option->name, option->help);
    }
}

static gboolean complain(const char *what, const char *why)
{
    g_printerr("usbemu: %s: %s\n", what, why);
    return FALSE;
}

static gboolean number(const char *text, gint64 *out)
{
    char *end;
    *out = g_ascii_strtoll(text, &end, 10);
    return end != text && !*end && *out >= 0;
}

static usb_orders *orders_of(parser *self)
{
    return self->port ? &self->port->orders : &self->common;
}

static gboolean add_fault(parser *self, const char *text)
{
    char why[EMU_TEXT_SIZE];
    if (!self->port) {
        g_ptr_array_add(self->faults, (gpointer)text);
        return TRUE;
    }
    return emu_fault(self->port->unit, text, why) || complain("--fault", why);
}

static gboolean add_port(parser *self, const char *name)
{
    const emu_kind *kind = emu_kind_find(name);
    if (!kind)
        return complain(name, "no such model; --list names them");
    usb_port *new = g_new0(usb_port, 1);
    new->host = self->host;
    new->unit = emu_create(kind, self->seed + self->host->ports->len);
    new->orders = self->common;
    new->clients = g_ptr_array_new();
    new->gone = g_ptr_array_new_with_free_func(g_object_unref);
    new->at_replug = g_ptr_array_new_with_free_func(g_free);
    new->master = new->slave = -1;
    g_ptr_array_add(self->host->ports, new);
    new->number = (int)self->host->ports->len;
    self->port = new;
    self->expects_model = FALSE;
    for (guint i = 0; i < self->faults->len; i++)
        if (!add_fault(self, self->faults->pdata[i]))
            return FALSE;
    return TRUE;
}

static gboolean parse_replug(parser *self, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    if (!words[0] || !number(words[0], &orders_of(self)->replug_ms))
        return complain("--replug", "expected MS[,NAME=VALUE]...");
    if (words[1] && !self->port)
        return complain("--replug", "what to change is said after its MODEL");
    for (int i = 1; words[i]; i++)
        g_ptr_array_add(self->port->at_replug, g_strdup(words[i]));
    return TRUE;
}

static gboolean parse_cycle(parser *self, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    usb_orders *orders = orders_of(self);
    gint64 n;
    if (g_strv_length(words) != 3 || !number(words[0], &n) || n < 1 || n > G_MAXINT ||
        !number(words[1], &orders->cycle_up_ms) || !number(words[2], &orders->replug_ms))
        return complain("--cycle", "expected N,UP,DOWN");
    orders->cycles = (int)n;
    return TRUE;
}

static gboolean flag(parser *self, const char *name)
{
    if (strcmp(name, "--kernel-driver") == 0)
        orders_of(self)->kernel_driver = TRUE;
    else if (strcmp(name, "--no-permission") == 0)
        orders_of(self)->no_permission = TRUE;
    else if (strcmp(name, "--stats") == 0)
        self->host->tells_stats = TRUE;
    else
        return FALSE;
    return TRUE;
}

static gboolean parse_number(parser *self, const char *name, const char *value)
{
    gint64 n;
    if (!number(value, &n))
        return complain(name, "expected a number");
    if (strcmp(name, "--plug-at") == 0)
        orders_of(self)->plug_ms = n;
    else if (strcmp(name, "--unplug-at") == 0)
        orders_of(self)->unplug_ms = n;
    else if (strcmp(name, "--seed") == 0)
        self->seed = (guint64)n;
    else if (strcmp(name, "--limit") == 0 && n > 0 && n < 100000)
        self->host->limit_s = (int)n;
    else
        return complain(name, "no such option; --help lists them");
    return TRUE;
}

static gboolean open_log(usb_host *host, const char *path)
{
    host->log = fopen(path, "w");
    return host->log ? TRUE : complain(path, "cannot be written");
}

static gboolean with_value(parser *self, const char *name, const char *value)
{
    if (!value)
        return complain(name, "no such option, or its value is missing");
    if (strcmp(name, "--fault") == 0)
        return add_fault(self, value);
    if (strcmp(name, "--replug") == 0)
        return parse_replug(self, value);
    if (strcmp(name, "--cycle") == 0)
        return parse_cycle(self, value);
    if (strcmp(name, "--log") == 0)
        return open_log(self->host, value);
    if (strcmp(name, "--orders") == 0)
        self->host->orders_path = value;
    else if (strcmp(name, "--preload") == 0)
        self->host->preload = value;
    else
        return parse_number(self, name, value);
    return TRUE;
}

/* A word that is no option: "+", a model, or name=value of the last model. */
static gboolean word(parser *self, const char *text)
{
    char why[EMU_TEXT_SIZE];
    if (strcmp(text, "+") == 0) {
        self->expects_model = TRUE;
        return TRUE;
    }
    if (self->expects_model)
        return add_port(self, text);
    return emu_set(self->port->unit, text, why) || complain(text, why);
}

static gboolean start_all(const usb_host *host)
{
    char why[EMU_TEXT_SIZE];
    for (guint i = 0; i < host->ports->len; i++) {
        usb_port *this = host->ports->pdata[i];
        if (!emu_start(this->unit, why))
            return complain(emu_kind_of(this->unit)->name, why);
    }
    return TRUE;
}

static gboolean parse_all(parser *self, char **argv, int *i)
{
    for (; argv[*i] && strcmp(argv[*i], "--") != 0; ++*i) {
        const char *text = argv[*i];
        if (strncmp(text, "--", 2) != 0) {
            if (!word(self, text))
                return FALSE;
        } else if (!flag(self, text)) {
            if (!with_value(self, text, argv[*i + 1]))
                return FALSE;
            ++*i;
        }
    }
    return TRUE;
}

gboolean options_parse(usb_host *self, int argc, char **argv, int *status)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new();
    parser this = {.host = self, .faults = faults, .seed = 1, .expects_model = TRUE};
    this.common = (usb_orders){.plug_ms = -1, .unplug_ms = -1, .replug_ms = -1};
    int i = 1;
    *status = 0;
    if (argc == 2 && strcmp(argv[1], "--list") == 0)
        return list_models(), FALSE;
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return g_print("%s", usage), FALSE;
    *status = 2;
    if (!parse_all(&this, argv, &i))
        return FALSE;
    if (!self->ports->len || this.expects_model || !argv[i] || !argv[i + 1])
        return g_printerr("%s", usage), FALSE;
    self->program = argv + i + 1;
    *status = start_all(self) ? 0 : 2;
    return *status == 0;
}
