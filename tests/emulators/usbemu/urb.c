/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers: submitted, waiting for the unit, finished, reaped. */
#include <errno.h>
#include <string.h>

#include "host.h"

typedef struct urb {
    UMockdevIoctlClient *by;
    UMockdevIoctlData *data, *buffer;
    gsize got;     /* of an IN transfer */
    gint64 due_ms; /* a control transfer answers then; EMU_NEVER: not by itself */
    int status;    /* and with that */
} urb;

static struct usbdevfs_urb *kernel(const urb *self)
{
    return (void *)self->data->data;
}

static gboolean is_in(const urb *self)
{
    return kernel(self)->type != USBDEVFS_URB_TYPE_CONTROL && kernel(self)->endpoint & 0x80;
}

static void urb_free(urb *self)
{
    g_clear_object(&self->buffer);
    g_object_unref(self->data);
    g_object_unref(self->by);
    g_free(self);
}

int urb_errno(emu_status status)
{
    switch (status) {
    case EMU_STALL:
        return -EPIPE;
    case EMU_OVERFLOW:
        return -EOVERFLOW;
    case EMU_PROTOCOL:
        return -EPROTO;
    case EMU_OK:
    case EMU_SILENT:
    case EMU_WAIT:
        break;
    }
    return 0;
}

/* Tells the unit whether the host waits on that endpoint. */
static void tell_awaited(usb_port *self, guint8 endpoint)
{
    gboolean waits = FALSE;
    for (GList *at = self->pending.head; at; at = at->next)
        waits = waits || (is_in(at->data) && kernel(at->data)->endpoint == endpoint);
    emu_await(self->unit, endpoint, waits);
}

static void urb_done(usb_port *self, urb *done, int status)
{
    struct usbdevfs_urb *k = kernel(done);
    g_queue_remove(&self->pending, done);
    k->status = status;
    if (is_in(done)) {
        k->actual_length = (int)done->got;
        host_log(self, status ? g_strerror(-status) : "in",
                 done->buffer ? done->buffer->data : NULL, done->got);
        tell_awaited(self, k->endpoint);
    }
    g_queue_push_tail(&self->done, done);
    node_set_ready(self, TRUE);
}

static void submit_control(usb_port *self, urb *new)
{
    struct usbdevfs_urb *k = kernel(new);
    guint8 *bytes = new->buffer->data;
    emu_setup setup = {.type = bytes[0], .request = bytes[1]};
    setup.value = (uint16_t)emu_get_le(bytes + 2, 2);
    setup.index = (uint16_t)emu_get_le(bytes + 4, 2);
    setup.length = (uint16_t)MIN(emu_get_le(bytes + 6, 2), (guint64)k->buffer_length - 8);
    host_log(self, "control", bytes, setup.type & 0x80 ? 8 : 8u + setup.length);
    emu_answer answer = emu_control(self->unit, &setup, bytes + 8);
    k->actual_length = answer.status == EMU_OK ? (int)answer.length : 0;
    new->status = urb_errno(answer.status);
    new->due_ms =
        answer.status == EMU_SILENT ? EMU_NEVER : host_now_ms(self->host) + answer.delay_ms;
    if (answer.status != EMU_OK)
        host_log(self, answer.status == EMU_SILENT ? "silence" : "refused", NULL, 0);
    else if (setup.type & 0x80)
        host_log(self, "answer", bytes + 8, answer.length);
}

static void submit_out(usb_port *self, urb *new)
{
    struct usbdevfs_urb *k = kernel(new);
    const guint8 *bytes = new->buffer ? new->buffer->data : (const guint8 *)"";
    host_log(self, "out", bytes, (gsize)k->buffer_length);
    emu_status status = emu_out(self->unit, k->endpoint, bytes, (gsize)k->buffer_length);
    if (status == EMU_SILENT)
        return; /* not taken: it waits until the host gives up */
    k->actual_length = status == EMU_OK ? k->buffer_length : 0;
    urb_done(self, new, urb_errno(status));
}

/* 0 or the errno of a transfer that makes no sense. */
static int is_wrong(const usb_port *self, const struct usbdevfs_urb *k)
{
    if (k->type == USBDEVFS_URB_TYPE_ISO || k->buffer_length < 0)
        return EINVAL;
    if (k->type == USBDEVFS_URB_TYPE_CONTROL)
        return k->buffer_length < 8 ? EINVAL : 0;
    return emu_endpoint_type(self->unit, k->endpoint) < 0 ? ENOENT : 0;
}

int urb_submit(usb_port *self, UMockdevIoctlClient *by, UMockdevIoctlData *data)
{
    struct usbdevfs_urb *k = (void *)data->data;
    int wrong = is_wrong(self, k);
    if (wrong)
        return wrong;
    urb *new = g_new0(urb, 1);
    new->by = g_object_ref(by);
    new->data = g_object_ref(data);
    new->due_ms = EMU_NEVER;
    if (k->buffer_length)
        new->buffer = umockdev_ioctl_data_resolve(
            data, G_STRUCT_OFFSET(struct usbdevfs_urb, buffer), (gsize)k->buffer_length, NULL);
    self->host->stats.urbs++;
    g_queue_push_tail(&self->pending, new);
    if (k->type == USBDEVFS_URB_TYPE_CONTROL)
        submit_control(self, new);
    else if (is_in(new))
        tell_awaited(self, k->endpoint);
    else
        submit_out(self, new);
    urb_pump(self);
    return 0;
}

/* Whether an older transfer waits on the same endpoint: they are served in order. */
static gboolean is_behind(const usb_port *self, const urb *this)
{
    for (GList *at = self->pending.head; at && at->data != this; at = at->next)
        if (is_in(at->data) && kernel(at->data)->endpoint == kernel(this)->endpoint)
            return TRUE;
    return FALSE;
}

static void serve(usb_port *self, urb *this)
{
    struct usbdevfs_urb *k = kernel(this);
    if (this->due_ms <= host_now_ms(self->host)) {
        urb_done(self, this, this->status);
        return;
    }
    if (!is_in(this) || is_behind(self, this))
        return;
    guint8 none, *bytes = this->buffer ? this->buffer->data : &none;
    emu_status status = emu_in(self->unit, k->endpoint, bytes, (gsize)k->buffer_length, &this->got);
    if (status != EMU_WAIT)
        urb_done(self, this, urb_errno(status));
}

void urb_pump(usb_port *self)
{
    for (GList *at = self->pending.head, *next; at; at = next) {
        next = at->next;
        serve(self, at->data);
    }
}

gint64 urb_next_ms(const usb_port *self)
{
    gint64 next = EMU_NEVER;
    for (GList *at = self->pending.head; at; at = at->next)
        next = MIN(next, ((const urb *)at->data)->due_ms);
    return next;
}

int urb_discard(usb_port *self, gulong address)
{
    for (GList *at = self->pending.head; at; at = at->next) {
        urb *this = at->data;
        if (this->data->client_addr != address)
            continue;
        urb_done(self, this, -ENOENT);
        return 0;
    }
    return EINVAL;
}

gboolean urb_reap(usb_port *self, UMockdevIoctlClient *by, UMockdevIoctlData *out)
{
    for (GList *at = self->done.head; at; at = at->next) {
        urb *this = at->data;
        if (this->by != by)
            continue;
        g_queue_delete_link(&self->done, at);
        umockdev_ioctl_data_set_ptr(out, 0, this->data);
        urb_free(this);
        node_set_ready(self, !g_queue_is_empty(&self->done));
        return TRUE;
    }
    self->host->stats.empty_reaps++;
    return FALSE;
}

void urb_end_all(usb_port *self, int status)
{
    while (self->pending.head)
        urb_done(self, self->pending.head->data, status);
}

static void forget_in(GQueue *queue, const UMockdevIoctlClient *by)
{
    for (GList *at = queue->head, *next; at; at = next) {
        urb *this = at->data;
        next = at->next;
        if (by && this->by != by)
            continue;
        g_queue_delete_link(queue, at);
        urb_free(this);
    }
}

void urb_forget(usb_port *self, UMockdevIoctlClient *by)
{
    forget_in(&self->pending, by);
    forget_in(&self->done, by);
    node_set_ready(self, !g_queue_is_empty(&self->done));
}
