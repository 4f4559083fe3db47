/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A serial line that the system drives, by its path. */
#define _DEFAULT_SOURCE /* CRTSCTS, cfmakeraw */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <tonsure/devices.h>

#include "devices/transport/holder.h"
#include "devices/transport/pace.h"
#include "devices/transport/ports.h"

typedef struct tty {
    int fd;
    bool gone, exclusive;
    tns_pace pace;
    char path[128];
} tty;

static const struct {
    int baud;
    speed_t speed;
} speeds[] = {{1200, B1200},     {2400, B2400},     {4800, B4800},    {9600, B9600},
              {19200, B19200},   {38400, B38400},   {57600, B57600},  {115200, B115200},
              {230400, B230400}, {460800, B460800}, {921600, B921600}};

static bool speed_of(int baud, speed_t *out)
{
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++)
        if (speeds[i].baud == baud) {
            *out = speeds[i].speed;
            return true;
        }
    return false;
}

static bool fail_gone(tty *t, tns_error *err)
{
    t->gone = true;
    return tns_error_set(err, TNS_ERROR_GONE, "%s: unplugged", t->path);
}

/* What a line that was pulled out says differs from driver to driver. */
static bool fail(tty *t, const char *what, tns_error *err)
{
    if (errno == EIO || errno == ENXIO || errno == ENODEV || errno == EPIPE || errno == EBADF)
        return fail_gone(t, err);
    return tns_error_set(err, TNS_ERROR_BAD_REPLY, "%s: %s: %s", t->path, what, strerror(errno));
}

static bool set_line(tty *t, tns_line line, tns_error *err)
{
    struct termios how;
    speed_t speed;
    if (!speed_of(line.baud, &speed))
        return tns_error_set(err, TNS_ERROR_UNSUPPORTED, "%s: %d baud", t->path, line.baud);
    if (tcgetattr(t->fd, &how) != 0)
        return fail(t, "line", err);
    cfmakeraw(&how);
    how.c_cflag &= ~(tcflag_t)(CSTOPB | PARENB | PARODD | CRTSCTS);
    how.c_cflag |= CLOCAL | CREAD | (line.stop_bits == 2 ? CSTOPB : 0) |
                   (line.parity != 'N' ? PARENB : 0) | (line.parity == 'O' ? PARODD : 0) |
                   (line.rts_cts ? CRTSCTS : 0);
    how.c_cc[VMIN] = 0;
    how.c_cc[VTIME] = 0;
    cfsetispeed(&how, speed);
    cfsetospeed(&how, speed);
    return tcsetattr(t->fd, TCSANOW, &how) == 0 || fail(t, "line", err);
}

/* Waits for `events` until the port's clock says `end`. */
static bool await(tty *t, short events, int64_t end, int timeout_ms, tns_error *err)
{
    struct pollfd one = {.fd = t->fd, .events = events};
    for (;;) {
        int64_t left = end - tns_pace_now_ms(t->pace);
        int ready = poll(&one, 1, left > 0 ? tns_pace_real_ms(t->pace, left) : 0);
        if (ready > 0 && (one.revents & events))
            return true;
        if (ready > 0)
            return fail_gone(t, err);
        if (ready < 0 && errno != EINTR)
            return fail(t, "wait", err);
        if (left <= 0)
            return tns_error_set(err, TNS_ERROR_TIMEOUT, "%s: no answer within %g s", t->path,
                                 timeout_ms / 1000.0);
    }
}

static bool read_in(tty *t, tns_transfer *transfer, tns_error *err)
{
    int64_t end = tns_pace_now_ms(t->pace) + transfer->timeout_ms;
    for (;;) {
        if (!await(t, POLLIN, end, transfer->timeout_ms, err))
            return false;
        ssize_t n = read(t->fd, transfer->data, transfer->length);
        if (n > 0 || transfer->length == 0) {
            transfer->done = n > 0 ? (size_t)n : 0;
            return true;
        }
        if (n == 0) /* readable, and nothing there: hung up */
            return fail_gone(t, err);
        if (errno != EAGAIN && errno != EINTR)
            return fail(t, "read", err);
    }
}

/* In one call where the system takes it all, since some instruments want a frame in one piece. */
static bool write_out(tty *t, tns_transfer *transfer, tns_error *err)
{
    int64_t end = tns_pace_now_ms(t->pace) + transfer->timeout_ms;
    while (transfer->done < transfer->length) {
        ssize_t n =
            write(t->fd, transfer->data + transfer->done, transfer->length - transfer->done);
        if (n > 0)
            transfer->done += (size_t)n;
        else if (n < 0 && errno != EAGAIN && errno != EINTR)
            return fail(t, "write", err);
        else if (!await(t, POLLOUT, end, transfer->timeout_ms, err))
            return false;
    }
    return true;
}

static bool transfer(void *self, tns_transfer *transfer, tns_error *err)
{
    tty *t = self;
    if (t->gone)
        return fail_gone(t, err);
    switch (transfer->kind) {
    case TNS_TRANSFER_OUT:
        return write_out(t, transfer, err);
    case TNS_TRANSFER_IN:
        return read_in(t, transfer, err);
    case TNS_TRANSFER_LINE:
        return set_line(t, transfer->line, err);
    case TNS_TRANSFER_LISTEN: /* the system keeps what comes */
        return true;
    default:
        return tns_error_set(err, TNS_ERROR_UNSUPPORTED, "%s: not on a serial line", t->path);
    }
}

static int64_t now_ms(void *self)
{
    return tns_pace_now_ms(((tty *)self)->pace);
}

static void sleep_ms(void *self, int duration_ms)
{
    tns_pace_sleep_ms(((tty *)self)->pace, duration_ms);
}

static void close_port(void *self)
{
    tty *t = self;
    if (t->exclusive)
        ioctl(t->fd, TIOCNXCL);
    /* Else close() waits half a minute for a line whose CTS says that nobody is there. */
    if (t->exclusive)
        tcflush(t->fd, TCOFLUSH);
    if (t->fd >= 0)
        close(t->fd);
    free(t);
}

static const tns_port_type tty_type = {
    .transfer = transfer, .now_ms = now_ms, .sleep_ms = sleep_ms, .close = close_port};

static bool refused_as_busy(const char *path, tns_error *err)
{
    char holder[80];
    tns_node_holder(path, holder, sizeof holder);
    return tns_error_set(err, TNS_ERROR_BUSY, "%s: busy: held by %s", path,
                         holder[0] ? holder : "another program");
}

static bool refused(const char *path, tns_error *err)
{
    switch (errno) {
    case EBUSY:
    case EWOULDBLOCK:
        return refused_as_busy(path, err);
    case EACCES:
    case EPERM:
        return tns_error_set(err, TNS_ERROR_PERMISSION,
                             "%s: no permission: put 60-tonsure.rules into /etc/udev/rules.d, or "
                             "join its group with 'sudo adduser $USER dialout' and log in again",
                             path);
    case ENOENT:
    case ENXIO:
    case ENODEV:
        return tns_error_set(err, TNS_ERROR_NO_INSTRUMENT, "%s: none is plugged in", path);
    default:
        return tns_error_set(err, TNS_ERROR_NO_INSTRUMENT, "%s: cannot be opened: %s", path,
                             strerror(errno));
    }
}

/* TIOCEXCL keeps out whoever is not root; the lock keeps out another of us even then. */
static bool take_over(tty *t, tns_error *err)
{
    t->fd = open(t->path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (t->fd < 0)
        return refused(t->path, err);
    if (!isatty(t->fd))
        return tns_error_set(err, TNS_ERROR_NO_INSTRUMENT, "%s: not a serial line", t->path);
    if (flock(t->fd, LOCK_EX | LOCK_NB) != 0)
        return refused(t->path, err);
    t->exclusive = ioctl(t->fd, TIOCEXCL) == 0;
    return set_line(t, (tns_line){.baud = 9600, .parity = 'N', .stop_bits = 1}, err);
}

bool tns_tty_open(const char *path, int hurry, tns_port *out, tns_error *err)
{
    tty *t = calloc(1, sizeof *t);
    if (!t)
        return tns_error_set(err, TNS_ERROR_MEMORY, "no memory");
    *t = (tty){.fd = -1, .pace = tns_pace_of(hurry)};
    if ((size_t)snprintf(t->path, sizeof t->path, "%s", path) >= sizeof t->path) {
        free(t);
        return tns_error_set(err, TNS_ERROR_USAGE, "%s: too long a path", path);
    }
    if (!take_over(t, err)) {
        close_port(t);
        return false;
    }
    *out = (tns_port){.type = &tty_type, .self = t, .identity = {.serial_line = true}};
    memcpy(out->identity.path, t->path, sizeof t->path);
    return true;
}
