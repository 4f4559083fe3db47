/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock, the program and its limits. */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib-unix.h>

#include "host.h"

#define PRELOAD "libumockdev-preload.so.0"

gint64 host_now_ms(const usb_host *self)
{
    return (g_get_monotonic_time() - self->start_us) / 1000;
}

void host_log(usb_port *port, const char *what, const void *bytes, gsize n)
{
    FILE *log = port->host->log;
    if (!log)
        return;
    fprintf(log, "%6lld %d %s", (long long)host_now_ms(port->host), port->number, what);
    for (gsize i = 0; i < n; i++)
        fprintf(log, " %02X", ((const guint8 *)bytes)[i]);
    fputc('\n', log);
    fflush(log);
}

/* The sooner of two times, where -1 is never. */
static gint64 sooner(gint64 a, gint64 b)
{
    return b < 0 ? a : MIN(a, b);
}

static gint64 port_next_ms(const usb_port *self)
{
    gint64 next = MIN(emu_next_ms(self->unit), urb_next_ms(self));
    return sooner(sooner(next, self->next_plug_ms), self->next_unplug_ms);
}

void host_rearm(usb_host *self)
{
    gint64 next = EMU_NEVER;
    for (guint i = 0; i < self->ports->len; i++)
        next = MIN(next, port_next_ms(self->ports->pdata[i]));
    g_source_set_ready_time(self->alarm, next == EMU_NEVER ? -1 : self->start_us + next * 1000);
}

static void plug(usb_port *self)
{
    self->next_plug_ms = -1;
    port_plug(self);
}

static void unplug(usb_port *self, gint64 now_ms)
{
    self->next_unplug_ms = -1;
    port_unplug(self);
    emu_advance(self->unit, now_ms);
    if (self->orders.cycles > 0 && --self->orders.cycles == 0)
        return;
    if (self->orders.replug_ms >= 0)
        self->next_plug_ms = now_ms + self->orders.replug_ms;
}

static void port_step(usb_port *self, gint64 now_ms)
{
    emu_advance(self->unit, now_ms);
    port_drop_closed(self);
    urb_pump(self);
    gboolean pulled = emu_unplug_ms(self->unit) <= now_ms;
    if (self->plugged && (pulled || (self->next_unplug_ms >= 0 && self->next_unplug_ms <= now_ms)))
        unplug(self, now_ms);
    if (!self->plugged && self->next_plug_ms >= 0 && self->next_plug_ms <= now_ms)
        plug(self);
}

/* Says, by an empty file, that the orders are carried out (and that all is plugged in). */
static void tell(usb_host *self)
{
    gboolean due = self->tell_path != NULL;
    for (guint i = 0; i < self->ports->len && self->tells_when_plugged; i++)
        due = due && ((const usb_port *)self->ports->pdata[i])->plugged;
    if (!due)
        return;
    if (!g_file_set_contents(self->tell_path, "", 0, NULL))
        g_printerr("usbemu: %s: cannot be written\n", self->tell_path);
    g_clear_pointer(&self->tell_path, g_free);
}

static void host_step(usb_host *self)
{
    g_rec_mutex_lock(&self->lock);
    for (guint i = 0; i < self->ports->len; i++)
        port_step(self->ports->pdata[i], host_now_ms(self));
    tell(self);
    host_rearm(self);
    g_rec_mutex_unlock(&self->lock);
}

static gboolean on_alarm(gpointer self)
{
    host_step(self);
    return G_SOURCE_CONTINUE;
}

static gboolean dispatch(GSource *source, GSourceFunc call, gpointer data)
{
    (void)source;
    return call(data);
}

static GSourceFuncs alarm_functions = {.dispatch = dispatch};

static void carry_out(usb_port *self, const char *order)
{
    char why[EMU_TEXT_SIZE];
    gint64 now_ms = host_now_ms(self->host);
    emu_advance(self->unit, now_ms);
    host_log(self, order, NULL, 0);
    if (strcmp(order, "plug") == 0)
        plug(self);
    else if (strcmp(order, "unplug") == 0)
        unplug(self, now_ms);
    else if (!emu_set(self->unit, order, why))
        g_printerr("usbemu: %s\n", why);
}

static void take_order(usb_host *self, const char *line)
{
    const char *colon = line[0] && line[1] == ':' ? line + 1 : NULL;
    guint number = colon ? (guint)(line[0] - '0') : 1;
    self->tells_when_plugged = g_str_has_prefix(line, "plugged=");
    if (self->tells_when_plugged || g_str_has_prefix(line, "done=")) {
        g_free(self->tell_path);
        self->tell_path = g_strdup(strchr(line, '=') + 1);
    } else if (number >= 1 && number <= self->ports->len) {
        carry_out(self->ports->pdata[number - 1], colon ? colon + 1 : line);
    }
}

static gboolean on_order(GIOChannel *channel, GIOCondition condition, gpointer data)
{
    usb_host *self = data;
    g_autofree char *line = NULL;
    gsize end;
    (void)condition;
    while (g_io_channel_read_line(channel, &line, NULL, &end, NULL) == G_IO_STATUS_NORMAL) {
        line[end] = '\0';
        g_rec_mutex_lock(&self->lock);
        take_order(self, line);
        g_rec_mutex_unlock(&self->lock);
        g_clear_pointer(&line, g_free);
    }
    host_step(self);
    return G_SOURCE_CONTINUE;
}

/* Open for writing too, so that it never is at its end. */
static gboolean listen_to_orders(usb_host *self)
{
    int fd = self->orders_path ? open(self->orders_path, O_RDWR | O_NONBLOCK | O_CLOEXEC) : -1;
    if (fd < 0)
        return !self->orders_path;
    GIOChannel *channel = g_io_channel_unix_new(fd);
    g_io_channel_set_close_on_unref(channel, TRUE);
    g_io_add_watch(channel, G_IO_IN, on_order, self);
    g_io_channel_unref(channel);
    return TRUE;
}

static void on_end(GPid pid, int status, gpointer data)
{
    usb_host *self = data;
    (void)pid;
    if (!self->status)
        self->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    g_main_loop_quit(self->loop);
}

static gboolean on_limit(gpointer data)
{
    usb_host *self = data;
    g_printerr("usbemu: the time limit ran out\n");
    self->status = 124;
    kill(self->child, SIGKILL);
    return G_SOURCE_REMOVE;
}

static gboolean on_term(gpointer data)
{
    kill(((usb_host *)data)->child, SIGTERM);
    return G_SOURCE_CONTINUE;
}

/* A node's terminal may become the program's own, and hangs up when unplugged. */
static void in_child(gpointer data)
{
    (void)data;
    signal(SIGHUP, SIG_IGN);
}

/* umockdev's library must be in this process before main(), or uevents cannot be sent. */
static gboolean is_preloaded(void)
{
    const char *now = g_getenv("LD_PRELOAD");
    return now && strstr(now, PRELOAD);
}

static int reexec(char **argv)
{
    g_autofree char *all = g_strjoin(" ", PRELOAD, g_getenv("LD_PRELOAD"), NULL);
    g_setenv("LD_PRELOAD", all, TRUE);
    execv("/proc/self/exe", argv);
    return 127;
}

static gboolean spawn(usb_host *self)
{
    g_auto(GStrv) environment = g_get_environ();
    if (self->preload) {
        g_autofree char *all =
            g_strjoin(" ", self->preload, g_environ_getenv(environment, "LD_PRELOAD"), NULL);
        environment = g_environ_setenv(environment, "LD_PRELOAD", all, TRUE);
    }
    g_autoptr(GError) error = NULL;
    GSpawnFlags flags =
        G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN;
    if (!g_spawn_async(NULL, self->program, environment, flags, in_child, NULL, &self->child,
                       &error)) {
        g_printerr("usbemu: %s\n", error->message);
        self->status = 127;
        return FALSE;
    }
    return TRUE;
}

static void run(usb_host *self)
{
    if (!listen_to_orders(self)) {
        g_printerr("usbemu: %s: cannot be read\n", self->orders_path);
        self->status = 2;
        return;
    }
    if (!spawn(self))
        return;
    g_child_watch_add(self->child, on_end, self);
    guint limit = g_timeout_add_seconds((guint)self->limit_s, on_limit, self);
    guint term = g_unix_signal_add(SIGTERM, on_term, self);
    guint interrupt = g_unix_signal_add(SIGINT, on_term, self);
    g_main_loop_run(self->loop);
    if (self->status != 124)
        g_source_remove(limit);
    g_source_remove(term);
    g_source_remove(interrupt);
}

static void plug_in_all(usb_host *self)
{
    g_rec_mutex_lock(&self->lock);
    for (guint i = 0; i < self->ports->len; i++) {
        usb_port *this = self->ports->pdata[i];
        this->next_plug_ms = this->orders.plug_ms;
        this->next_unplug_ms = this->orders.unplug_ms;
        if (this->orders.plug_ms < 0)
            plug(this);
    }
    host_rearm(self);
    g_rec_mutex_unlock(&self->lock);
}

/* The program has gone; umockdev hears a little later that its nodes are closed. */
static void wait_for_closing(usb_host *self)
{
    for (int waits = 0; waits < 20; waits++) {
        guint open = 0;
        g_rec_mutex_lock(&self->lock);
        for (guint i = 0; i < self->ports->len; i++) {
            usb_port *this = self->ports->pdata[i];
            port_drop_closed(this);
            open += this->clients->len + this->gone->len;
        }
        g_rec_mutex_unlock(&self->lock);
        if (!open)
            return;
        g_usleep(5000);
    }
}

static void finish(usb_host *self)
{
    wait_for_closing(self);
    g_rec_mutex_lock(&self->lock);
    for (guint i = 0; i < self->ports->len; i++)
        port_unplug(self->ports->pdata[i]);
    g_rec_mutex_unlock(&self->lock);
    if (self->tells_stats)
        g_printerr(
            "usbemu: %u ioctls, %u transfers, %u empty reaps, %u on an unclaimed interface\n",
            self->stats.ioctls, self->stats.urbs, self->stats.empty_reaps, self->stats.unclaimed);
    g_clear_object(&self->bed);
}

static void port_free(gpointer data)
{
    usb_port *self = data;
    urb_forget(self, NULL);
    for (guint i = 0; i < self->clients->len; i++) {
        usb_client *left = self->clients->pdata[i];
        if (!umockdev_ioctl_client_get_connected(left->umockdev))
            g_object_unref(left->umockdev); /* else it has not heard of the program's end */
        g_free(left);
    }
    g_ptr_array_unref(self->clients);
    g_ptr_array_unref(self->gone);
    g_ptr_array_unref(self->at_replug);
    g_clear_object(&self->handler);
    g_free(self->node);
    emu_destroy(self->unit);
    g_free(self);
}

static void emulate(usb_host *self)
{
    self->loop = g_main_loop_new(NULL, FALSE);
    self->alarm = g_source_new(&alarm_functions, sizeof(GSource));
    g_source_set_callback(self->alarm, on_alarm, self, NULL);
    g_source_attach(self->alarm, NULL);
    self->start_us = g_get_monotonic_time();
    bus_open(self);
    plug_in_all(self);
    run(self);
    finish(self);
    g_source_destroy(self->alarm);
    g_source_unref(self->alarm);
    g_main_loop_unref(self->loop);
}

int main(int argc, char **argv)
{
    usb_host self = {.limit_s = 60, .ports = g_ptr_array_new_with_free_func(port_free)};
    if (!is_preloaded())
        return reexec(argv);
    g_rec_mutex_init(&self.lock);
    if (options_parse(&self, argc, argv, &self.status))
        emulate(&self);
    g_ptr_array_unref(self.ports);
    g_free(self.tell_path);
    if (self.log)
        fclose(self.log);
    g_rec_mutex_clear(&self.lock);
    return self.status;
}
