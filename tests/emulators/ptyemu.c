/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ptyemu: a model's bulk endpoints behind a pseudo terminal, for drivers that open a serial port by
 * its name. What the program writes at once is one transfer to the model.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "model.h"

enum { OUT_MAX = 65536, PATH_SIZE = 64, ARGUMENTS_MAX = 64, STEP_MS = 2, TIME_IS_UP = 124 };

static const char usage[] =
    "usage: ptyemu [OPTION]... MODEL [NAME=VALUE | --fault FAULT]... -- PROGRAM [ARG]...\n"
    "Runs PROGRAM with {} in its arguments replaced by the path of the emulated serial port; ends\n"
    "with its status (128 + signal when killed, 124 when the time limit ran out, 2 for bad "
    "options).\n"
    "  --fault KIND[=ARG][@CMD][#N]  timeout delay=MS dup short=N garbage error=CODE wrongcmd\n"
    "                                payload=HEX unplug[=MS] (the port hangs up)\n"
    "  --split N     replies come N bytes at a time, 2 ms apart\n"
    "  --late MS     every reply comes so much later\n"
    "  --seed N      of noise (1)      --limit S  of time (60)      --log FILE  what passes\n";

typedef struct tty_port {
    emu_unit *unit;
    uint8_t endpoint; /* the model's bulk OUT */
    int master, slave;
    char path[PATH_SIZE];
    uint8_t waiting[OUT_MAX]; /* on its way to the program */
    size_t waiting_size, split;
    int64_t start_ms, next_write_ms, late_ms, limit_ms;
    FILE *log;
    char **program;
    pid_t child;
} tty_port;

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void log_bytes(const tty_port *self, const char *what, const uint8_t *bytes, size_t n)
{
    if (!self->log)
        return;
    fprintf(self->log, "%6lld %s", (long long)(clock_ms() - self->start_ms), what);
    for (size_t i = 0; i < n; i++)
        fprintf(self->log, " %02X", bytes[i]);
    fputc('\n', self->log);
    fflush(self->log);
}

static bool complain(const char *what, const char *why)
{
    fprintf(stderr, "ptyemu: %s: %s\n", what, why);
    return false;
}

static bool open_terminal(tty_port *self)
{
    struct termios raw = {.c_cflag = CS8 | CREAD | CLOCAL, .c_cc[VMIN] = 1};
    if (openpty(&self->master, &self->slave, self->path, &raw, NULL))
        return complain("pseudo terminal", strerror(errno));
    fcntl(self->master, F_SETFD, FD_CLOEXEC);
    fcntl(self->slave, F_SETFD, FD_CLOEXEC);
    return true;
}

static void hang_up(tty_port *self)
{
    if (self->master < 0)
        return;
    log_bytes(self, "hung up", NULL, 0);
    close(self->slave);
    close(self->master);
    self->master = self->slave = -1;
}

/* The argument with the port's path in the place of "{}"; the program's alone to keep. */
static char *filled_in(const tty_port *self, const char *argument)
{
    const char *gap = strstr(argument, "{}");
    size_t size = strlen(argument) + PATH_SIZE;
    char *out = malloc(size);
    if (!out)
        abort();
    if (gap)
        snprintf(out, size, "%.*s%s%s", (int)(gap - argument), argument, self->path, gap + 2);
    else
        snprintf(out, size, "%s", argument);
    return out;
}

static void spawn(tty_port *self)
{
    self->child = fork();
    if (self->child != 0)
        return;
    char *arguments[ARGUMENTS_MAX] = {NULL};
    for (int i = 0; i < ARGUMENTS_MAX - 1 && self->program[i]; i++)
        arguments[i] = filled_in(self, self->program[i]);
    signal(SIGHUP, SIG_IGN); /* the port may become its controlling terminal */
    execvp(arguments[0], arguments);
    fprintf(stderr, "ptyemu: %s: %s\n", arguments[0], strerror(errno));
    _exit(127);
}

/* What the program wrote at once. */
static void take_in(tty_port *self)
{
    uint8_t bytes[4096];
    ssize_t n = read(self->master, bytes, sizeof bytes);
    if (n <= 0)
        return;
    log_bytes(self, "out", bytes, (size_t)n);
    emu_out(self->unit, self->endpoint, bytes, (size_t)n);
}

static void give_out(tty_port *self, int64_t now_ms)
{
    size_t room = OUT_MAX - self->waiting_size;
    size_t n = room ? emu_read(self->unit, self->waiting + self->waiting_size, room) : 0;
    if (n && !self->waiting_size)
        self->next_write_ms = now_ms + self->late_ms;
    self->waiting_size += n;
    if (!self->waiting_size || now_ms < self->next_write_ms)
        return;
    size_t piece =
        self->split && self->split < self->waiting_size ? self->split : self->waiting_size;
    ssize_t written = write(self->master, self->waiting, piece);
    if (written <= 0)
        return;
    log_bytes(self, "in", self->waiting, (size_t)written);
    self->waiting_size -= (size_t)written;
    memmove(self->waiting, self->waiting + written, self->waiting_size);
    self->next_write_ms = now_ms + STEP_MS;
}

static void step(tty_port *self)
{
    int64_t now_ms = clock_ms() - self->start_ms;
    struct pollfd ready = {.fd = self->master, .events = POLLIN};
    emu_advance(self->unit, now_ms);
    if (emu_unplug_ms(self->unit) <= now_ms)
        hang_up(self);
    if (self->master < 0) {
        poll(NULL, 0, STEP_MS);
        return;
    }
    give_out(self, now_ms);
    if (poll(&ready, 1, STEP_MS) > 0 && ready.revents & POLLIN)
        take_in(self);
}

static int run(tty_port *self)
{
    int status;
    self->start_ms = clock_ms();
    emu_bus_event(self->unit, EMU_PLUGGED);
    emu_bus_event(self->unit, EMU_OPENED);
    spawn(self);
    while (waitpid(self->child, &status, WNOHANG) == 0) {
        if (clock_ms() - self->start_ms > self->limit_ms) {
            kill(self->child, SIGKILL);
            waitpid(self->child, &status, 0);
            complain("the time limit ran out", self->program[0]);
            return TIME_IS_UP;
        }
        step(self);
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static bool create(tty_port *self, const char *name, long seed)
{
    const emu_kind *kind = emu_kind_find(name);
    if (!kind)
        return complain(name, "no such model");
    self->unit = emu_create(kind, (uint64_t)seed);
    return true;
}

static bool number(const char *text, long *out)
{
    char *end;
    *out = strtol(text, &end, 10);
    return end != text && !*end && *out >= 0;
}

/* Faults that stand before the model wait for it. */
typedef struct parser {
    tty_port *port;
    const char *faults[16];
    size_t fault_count;
    long seed;
} parser;

static bool parse_option(parser *self, const char *name, const char *value)
{
    long n = 0;
    if (strcmp(name, "--fault") == 0 && value && self->fault_count < 16) {
        self->faults[self->fault_count++] = value;
        return true;
    }
    if (strcmp(name, "--log") == 0 && value)
        return (self->port->log = fopen(value, "w")) != NULL || complain(value, strerror(errno));
    if (!value || !number(value, &n))
        return complain(name, "no such option, or its value is no number");
    if (strcmp(name, "--split") == 0)
        self->port->split = (size_t)n;
    else if (strcmp(name, "--late") == 0)
        self->port->late_ms = n;
    else if (strcmp(name, "--limit") == 0)
        self->port->limit_ms = 1000 * (int64_t)n;
    else if (strcmp(name, "--seed") == 0)
        self->seed = n;
    else
        return complain(name, "no such option");
    return true;
}

static bool parse(parser *self, char **argv)
{
    tty_port *port = self->port;
    char why[EMU_TEXT_SIZE];
    int i = 1;
    for (; argv[i] && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--", 2) == 0) {
            if (!parse_option(self, argv[i], argv[i + 1]))
                return false;
            i++;
        } else if (!port->unit) {
            if (!create(port, argv[i], self->seed))
                return false;
        } else if (!emu_set(port->unit, argv[i], why)) {
            return complain(argv[i], why);
        }
    }
    if (!port->unit || !argv[i] || !argv[i + 1]) {
        fputs(usage, stderr);
        return false;
    }
    port->program = argv + i + 1;
    for (size_t k = 0; k < self->fault_count; k++)
        if (!emu_fault(port->unit, self->faults[k], why))
            return complain("--fault", why);
    return emu_start(port->unit, why) || complain("model", why);
}

static bool find_endpoint(tty_port *self)
{
    for (uint8_t endpoint = 1; endpoint < 16 && !self->endpoint; endpoint++)
        if (emu_endpoint_type(self->unit, endpoint) == 2)
            self->endpoint = endpoint;
    return self->endpoint || complain(emu_kind_of(self->unit)->name, "is no serial instrument");
}

int main(int argc, char **argv)
{
    tty_port self = {.master = -1, .slave = -1, .limit_ms = 60000};
    parser options = {.port = &self, .seed = 1};
    int status = 2;
    (void)argc;
    if (parse(&options, argv) && find_endpoint(&self) && open_terminal(&self))
        status = run(&self);
    hang_up(&self);
    emu_destroy(self.unit);
    if (self.log)
        fclose(self.log);
    return status;
}
