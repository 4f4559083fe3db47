/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ioctls of a device node, as linux/usbdevice_fs.h has them and the kernel answers them. */
#include <errno.h>
#include <string.h>

#include "host.h"

/* One call of ioctl() being answered. */
typedef struct call {
    usb_port *port;
    UMockdevIoctlClient *by;
    gulong request, address; /* address: the raw argument */
    UMockdevIoctlData *data; /* what it points to, or NULL */
    gboolean plugged;        /* that node: one plugged in again has another */
    int result;
    gboolean later; /* is answered by a timer */
} call;

static int number_of(const call *self)
{
    int number;
    memcpy(&number, self->data->data, sizeof number);
    return number;
}

static int is_interface(const usb_port *port, int number)
{
    return number >= 0 && number < emu_interfaces(port->unit) && number < INTERFACES_MAX;
}

static gboolean is_held(const usb_port *port)
{
    for (int i = 0; i < INTERFACES_MAX; i++)
        if (port->holder[i])
            return TRUE;
    return FALSE;
}

static int claim(usb_port *port, UMockdevIoctlClient *by, int number)
{
    if (!is_interface(port, number))
        return ENOENT;
    port_drop_closed(port);
    if (port->driver_bound || emu_is_busy(port->unit))
        return EBUSY;
    if (port->holder[number] && port->holder[number] != by)
        return EBUSY;
    port->holder[number] = by;
    return 0;
}

static int release(usb_port *port, const UMockdevIoctlClient *by, int number)
{
    if (!is_interface(port, number) || port->holder[number] != by)
        return EINVAL;
    port->holder[number] = NULL;
    return 0;
}

static int get_driver(call *self)
{
    struct usbdevfs_getdriver *get = (void *)self->data->data;
    if (!is_interface(self->port, (int)get->interface))
        return EINVAL;
    const char *name = self->port->driver_bound                     ? "emulated"
                       : self->port->holder[get->interface] != NULL ? "usbfs"
                                                                    : NULL;
    if (!name)
        return ENODATA;
    g_strlcpy(get->driver, name, sizeof get->driver);
    return 0;
}

/* The kernel's driver lets go or comes back. */
static int bind_driver(usb_port *port, gboolean bind)
{
    if (bind && is_held(port))
        return EBUSY;
    if (!bind && !port->driver_bound)
        return ENODATA;
    port->driver_bound = bind && port->orders.kernel_driver;
    host_log(port, bind ? "driver attached" : "driver detached", NULL, 0);
    return 0;
}

static int inner_ioctl(call *self)
{
    const struct usbdevfs_ioctl *inner = (void *)self->data->data;
    switch ((unsigned)inner->ioctl_code) {
    case USBDEVFS_DISCONNECT:
        return bind_driver(self->port, FALSE);
    case USBDEVFS_CONNECT:
        return bind_driver(self->port, TRUE);
    default:
        return ENOTTY;
    }
}

static int disconnect_claim(call *self)
{
    const struct usbdevfs_disconnect_claim *claiming = (void *)self->data->data;
    if (self->port->driver_bound)
        bind_driver(self->port, FALSE);
    return claim(self->port, self->by, (int)claiming->interface);
}

static int submit(call *self)
{
    const struct usbdevfs_urb *k = (void *)self->data->data;
    if (k->type != USBDEVFS_URB_TYPE_CONTROL && self->port->holder[0] != self->by) {
        self->port->host->stats.unclaimed++;
        if (self->port->holder[0])
            return EBUSY;
    }
    return urb_submit(self->port, self->by, self->data);
}

typedef struct late {
    UMockdevIoctlClient *by;
    UMockdevIoctlData *data;
    int result, error;
} late;

static gboolean complete_late(gpointer data)
{
    late *self = data;
    umockdev_ioctl_client_complete(self->by, self->result, self->error);
    g_clear_object(&self->data);
    g_object_unref(self->by);
    g_free(self);
    return G_SOURCE_REMOVE;
}

static void complete_in(call *self, gint64 delay_ms, int error)
{
    late *answer = g_new0(late, 1);
    answer->by = g_object_ref(self->by);
    answer->data = g_object_ref(self->data);
    answer->result = error ? -1 : self->result;
    answer->error = error;
    self->later = TRUE;
    g_timeout_add((guint)delay_ms, complete_late, answer);
}

/* The synchronous control transfer; its buffer is written back with the answer. */
static int control(call *self)
{
    struct usbdevfs_ctrltransfer *k = (void *)self->data->data;
    emu_setup setup = {k->bRequestType, k->bRequest, k->wValue, k->wIndex, k->wLength};
    guint8 none, *bytes = &none;
    if (k->wLength) {
        UMockdevIoctlData *buffer = umockdev_ioctl_data_resolve(
            self->data, G_STRUCT_OFFSET(struct usbdevfs_ctrltransfer, data), k->wLength, NULL);
        if (!buffer)
            return EFAULT;
        bytes = buffer->data;
        g_object_unref(buffer); /* self->data keeps it */
    }
    host_log(self->port, "control", &setup, sizeof setup);
    emu_answer answer = emu_control(self->port->unit, &setup, bytes);
    int error = -urb_errno(answer.status);
    self->result = (int)answer.length;
    host_log(self->port, error ? "refused" : "answer", bytes, error ? 0 : answer.length);
    if (answer.status == EMU_SILENT)
        complete_in(self, k->timeout ? k->timeout : 60000, ETIMEDOUT);
    else if (answer.delay_ms)
        complete_in(self, answer.delay_ms, error);
    urb_pump(self->port);
    return error;
}

static int put_capabilities(const call *self)
{
    guint32 can = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
                  USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
    memcpy(self->data->data, &can, sizeof can);
    return 0;
}

static int put_connection(const call *self)
{
    struct usbdevfs_connectinfo info = {.devnum = (unsigned)self->port->device_number};
    memcpy(self->data->data, &info, sizeof info);
    return 0;
}

static int clear_halt(const call *self)
{
    int endpoint = number_of(self);
    if (emu_endpoint_type(self->port->unit, (guint8)endpoint) < 0)
        return ENOENT;
    host_log(self->port, "clear halt", &(guint8){(guint8)endpoint}, 1);
    emu_clear_halt(self->port->unit, (guint8)endpoint);
    return 0;
}

static int reset(usb_port *port)
{
    host_log(port, "reset", NULL, 0);
    emu_bus_event(port->unit, EMU_RESET);
    return 0;
}

static int set_configuration(const call *self)
{
    if (self->port->driver_bound || is_held(self->port))
        return EBUSY;
    host_log(self->port, "set configuration", &(guint8){(guint8)number_of(self)}, 1);
    emu_bus_event(self->port->unit, EMU_CONFIGURED);
    return 0;
}

static int answer_plugged(call *self)
{
    switch (self->request) {
    case USBDEVFS_GET_CAPABILITIES:
        return put_capabilities(self);
    case USBDEVFS_GETDRIVER:
        return get_driver(self);
    case USBDEVFS_IOCTL:
        return inner_ioctl(self);
    case USBDEVFS_DISCONNECT_CLAIM:
        return disconnect_claim(self);
    case USBDEVFS_CLAIMINTERFACE:
        return claim(self->port, self->by, number_of(self));
    case USBDEVFS_RELEASEINTERFACE:
        return release(self->port, self->by, number_of(self));
    case USBDEVFS_SUBMITURB:
        return submit(self);
    case USBDEVFS_CONTROL:
        return control(self);
    case USBDEVFS_CLEAR_HALT:
    case USBDEVFS_RESETEP:
        return clear_halt(self);
    case USBDEVFS_RESET:
        return reset(self->port);
    case USBDEVFS_SETCONFIGURATION:
        return set_configuration(self);
    case USBDEVFS_SETINTERFACE:
        return 0;
    case USBDEVFS_GET_SPEED:
        self->result = 2; /* full speed */
        return 0;
    case USBDEVFS_CONNECTINFO:
        return put_connection(self);
    default:
        return ENOTTY;
    }
}

/* After an unplugging all but reaping and discarding gives ENODEV. */
static int answer(call *self)
{
    switch (self->request) {
    case USBDEVFS_DISCARDURB:
        return urb_discard(self->port, self->address);
    case USBDEVFS_REAPURB:
    case USBDEVFS_REAPURBNDELAY:
        if (urb_reap(self->port, self->by, self->data))
            return 0;
        return self->plugged ? EAGAIN : ENODEV;
    default:
        return self->plugged ? answer_plugged(self) : ENODEV;
    }
}

gboolean on_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *by, gpointer data)
{
    usb_port *port = data;
    call this = {.port = port, .by = by, .request = umockdev_ioctl_client_get_request(by)};
    UMockdevIoctlData *argument = umockdev_ioctl_client_get_arg(by);
    memcpy(&this.address, argument->data, sizeof this.address);
    if (this.request != USBDEVFS_DISCARDURB && _IOC_SIZE(this.request))
        this.data = umockdev_ioctl_data_resolve(argument, 0, _IOC_SIZE(this.request), NULL);
    g_rec_mutex_lock(&port->host->lock);
    port->host->stats.ioctls++;
    emu_advance(port->unit, host_now_ms(port->host));
    urb_pump(port); /* what has become ready: the alarm looks only ahead */
    this.plugged = port->plugged && base == port->handler;
    int error = answer(&this);
    host_rearm(port->host);
    g_rec_mutex_unlock(&port->host->lock);
    if (!this.later)
        umockdev_ioctl_client_complete(by, error ? -1 : this.result, error);
    g_clear_object(&this.data);
    return TRUE;
}

static usb_client *client_of(usb_port *port, const UMockdevIoctlClient *by)
{
    for (guint i = 0; i < port->clients->len; i++) {
        usb_client *this = port->clients->pdata[i];
        if (this->umockdev == by)
            return this;
    }
    return NULL;
}

static gsize descriptors(const usb_port *port, guint8 *out, gsize size)
{
    const emu_identity *identity = emu_identity_of(port->unit);
    gsize device = identity->device[0], all = device + emu_get_le(identity->configuration + 2, 2);
    for (gsize i = 0; i < all && i < size; i++)
        out[i] = i < device ? identity->device[i] : identity->configuration[i - device];
    return MIN(all, size);
}

/* read() of the node gives the descriptors. */
gboolean on_read(UMockdevIoctlBase *base, UMockdevIoctlClient *by, gpointer data)
{
    usb_port *port = data;
    UMockdevIoctlData *buffer = umockdev_ioctl_client_get_arg(by);
    guint8 all[1024];
    (void)base;
    g_rec_mutex_lock(&port->host->lock);
    usb_client *this = client_of(port, by);
    gsize size = descriptors(port, all, sizeof all), from = this ? MIN(this->position, size) : 0;
    gsize n = MIN(size - from, (gsize)buffer->data_len);
    memcpy(buffer->data, all + from, n);
    if (this)
        this->position += n;
    g_rec_mutex_unlock(&port->host->lock);
    umockdev_ioctl_client_complete(by, (glong)n, 0);
    return TRUE;
}

static void drop(usb_port *port, usb_client *this)
{
    for (int i = 0; i < INTERFACES_MAX; i++)
        if (port->holder[i] == this->umockdev)
            port->holder[i] = NULL;
    urb_forget(port, this->umockdev);
    host_log(port, "closed", NULL, 0);
    if (port->clients->len == 0)
        emu_bus_event(port->unit, EMU_CLOSED);
    /* umockdev still uses it for a moment. */
    g_ptr_array_add(port->gone, this->umockdev);
    g_free(this);
}

static void bury(usb_port *port)
{
    for (guint i = port->gone->len; i-- > 0;) {
        GObject *this = port->gone->pdata[i];
        if (g_atomic_int_get((const gint *)&this->ref_count) == 1)
            g_ptr_array_remove_index_fast(port->gone, i);
    }
}

/* umockdev 0.17.16 does not notify of a closed node, so it is asked. */
void port_drop_closed(usb_port *self)
{
    bury(self);
    for (guint i = 0; i < self->clients->len;) {
        usb_client *this = self->clients->pdata[i];
        if (umockdev_ioctl_client_get_connected(this->umockdev)) {
            i++;
            continue;
        }
        g_ptr_array_remove_index(self->clients, i);
        drop(self, this);
    }
}

void on_open(UMockdevIoctlBase *base, UMockdevIoctlClient *by, gpointer data)
{
    usb_port *port = data;
    usb_client *new = g_new0(usb_client, 1);
    (void)base;
    /* umockdev would free it under a call that is answered late. */
    new->umockdev = g_object_ref(by);
    g_rec_mutex_lock(&port->host->lock);
    port_drop_closed(port);
    g_ptr_array_add(port->clients, new);
    host_log(port, "opened", NULL, 0);
    if (port->clients->len == 1)
        emu_bus_event(port->unit, EMU_OPENED);
    if (port->orders.cycles > 0 && port->next_unplug_ms < 0)
        port->next_unplug_ms = host_now_ms(port->host) + port->orders.cycle_up_ms;
    host_rearm(port->host);
    g_rec_mutex_unlock(&port->host->lock);
}
