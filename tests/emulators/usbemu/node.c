/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A device node is a symbolic link to a pseudo terminal that nobody reads or writes: unlike a plain
 * file it can be made to poll as not ready, writable (a transfer can be reaped) or hung up (gone).
 */
#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include "host.h"

/* A file that the kernel opens for writing for nobody, root included. */
static const char unwritable[] = "/proc/sys/kernel/ostype";

static gboolean is_refused(const char *path)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    int why = errno;
    if (fd >= 0)
        close(fd);
    return fd < 0 && why == EACCES;
}

gboolean node_open(usb_port *self, const char *path)
{
    struct termios raw = {.c_cflag = CS8 | CREAD | CLOCAL, .c_cc[VMIN] = 1};
    char name[64];
    g_autofree char *folder = g_path_get_dirname(path);
    g_mkdir_with_parents(folder, 0755);
    unlink(path);
    if (openpty(&self->master, &self->slave, name, &raw, NULL))
        return FALSE;
    fcntl(self->master, F_SETFD, FD_CLOEXEC);
    fcntl(self->slave, F_SETFD, FD_CLOEXEC);
    tcflow(self->slave, TCOOFF);
    self->node_ready = FALSE;
    if (self->orders.no_permission && !is_refused(unwritable))
        return FALSE;
    return symlink(self->orders.no_permission ? unwritable : name, path) == 0;
}

void node_set_ready(usb_port *self, gboolean ready)
{
    if (self->slave < 0 || ready == self->node_ready)
        return;
    self->node_ready = ready;
    tcflow(self->slave, ready ? TCOON : TCOOFF);
}

void node_close(usb_port *self)
{
    if (self->slave < 0)
        return;
    close(self->master);
    close(self->slave);
    self->master = self->slave = -1;
}
