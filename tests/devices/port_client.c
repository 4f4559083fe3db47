/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * port_client ACTION=EXPECTED...: does each action with the emulated model "echo" through the ports
 * of libtonsure-devices, four times in a hurry, and says where what happened is not what was
 * expected: "ok", the name of an error's code, or what the action tells. * expects anything.
 *
 *   open, close          the first one plugged in
 *   at:PATH              opens the one there
 *   again                opens it a second time while it is open, and closes that
 *   version, keep        control IN; control OUT and back
 *   echo, ramp, drain    bulk, both ways; 1000 bytes in; in until nothing comes
 *   clear, reset         halts of both bulk endpoints; the whole
 *   listen, deaf         keeps a read pending on the interrupt endpoint; ends that
 *   event                the button's number, waits up to 10 s
 *   pause                sleeps for 6 s
 *   list, access         serials or access of all, in the order of paths
 *   watch, changed       begins to look out; waits up to 5 s for somebody to come or go
 *   cycles               talks while it is pulled out and put back, until it stays away
 *   ask:WORDS            writes the line, and gives the first four letters of the line that comes
 * back frame                sends the CR30's 60 bytes and reads as many text:WORDS           "yes"
 * when the last error's text has these words
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "devices/transport/pace.h"
#include "devices/transport/usb.h"

enum { HURRY = 4, TIMEOUT_MS = 3000, REST_MS = 6000, ROUNDS_MAX = 5000 };

static const tns_usb_id ids[] = {
    {.vendor_id = 0x1209, .product_id = 0x0001, .model = "echo"},
    {.vendor_id = 0x132B, .product_id = 0x2104, .model = "konica", .bridge = TNS_BRIDGE_CDC},
    {.vendor_id = 0x1A86, .product_id = 0x7523, .model = "cr30", .bridge = TNS_BRIDGE_CH34X},
};
enum { IDS = sizeof ids / sizeof *ids };

typedef struct client {
    tns_port port;
    tns_device_watch *watch;
    tns_error err;
    char said[256];
} client;

static bool say(client *self, bool ok)
{
    snprintf(self->said, sizeof self->said, "%s", ok ? "ok" : tns_code_name(self->err.code));
    return ok;
}

static void open_at(client *self, const char *path)
{
    const tns_port_options options = {.hurry = HURRY};
    say(self, tns_port_open_usb(ids, IDS, path, &options, &self->port, &self->err));
}

static void open_port(client *self)
{
    open_at(self, NULL);
}

static void close_port(client *self)
{
    tns_port_close(&self->port);
    say(self, true);
}

static void again(client *self)
{
    tns_port second = {.type = NULL};
    say(self, tns_port_open_usb(ids, IDS, NULL, NULL, &second, &self->err));
    tns_port_close(&second);
}

static void version(client *self)
{
    uint8_t data[4];
    if (say(self, tns_port_control_in(&self->port, (tns_request){0xC0, 1, 0, 0}, data, 4,
                                      TIMEOUT_MS, &self->err)) &&
        memcmp(data, "v1.0", 4) != 0)
        strcpy(self->said, "garbled");
}

static void keep(client *self)
{
    static const uint8_t data[6] = "hello";
    uint8_t back[6] = "";
    if (say(self, tns_port_control_out(&self->port, (tns_request){0x40, 4, 0, 0}, data, 6,
                                       TIMEOUT_MS, &self->err) &&
                      tns_port_control_in(&self->port, (tns_request){0xC0, 5, 0, 0}, back, 6,
                                          TIMEOUT_MS, &self->err)) &&
        memcmp(data, back, 6) != 0)
        strcpy(self->said, "not kept");
}

static void echo(client *self)
{
    static const uint8_t request[] = {0x31, 'a', 'b'}, good[] = {0x31, 0, 'a', 'b', 0xF4};
    uint8_t reply[64];
    size_t got = 0;
    if (say(self,
            tns_port_write(&self->port, 0x02, request, sizeof request, TIMEOUT_MS, &self->err) &&
                tns_port_read(&self->port, 0x81, reply, sizeof reply, &got, TIMEOUT_MS,
                              &self->err)) &&
        (got != sizeof good || memcmp(reply, good, sizeof good) != 0))
        snprintf(self->said, sizeof self->said, "%zu bytes", got);
}

static void ramp(client *self)
{
    uint8_t data[1000], size[4] = {1000 & 0xFF, 1000 >> 8};
    if (say(self, tns_port_control_out(&self->port, (tns_request){0x40, 2, 0, 0}, size, 4,
                                       TIMEOUT_MS, &self->err) &&
                      tns_port_read_exactly(&self->port, 0x81, data, sizeof data, TIMEOUT_MS,
                                            &self->err)) &&
        data[999] != (999 & 0xFF))
        strcpy(self->said, "garbled");
}

static void drain(client *self)
{
    tns_port_drain(&self->port, 0x81, TIMEOUT_MS);
    say(self, true);
}

static void clear(client *self)
{
    say(self, tns_port_clear_halt(&self->port, 0x02, &self->err) &&
                  tns_port_clear_halt(&self->port, 0x81, &self->err));
}

static void reset(client *self)
{
    say(self, tns_port_reset(&self->port, &self->err));
}

static void listen_on(client *self)
{
    say(self, tns_port_listen(&self->port, 0x83, 8, &self->err));
}

static void deaf(client *self)
{
    say(self, tns_port_listen(&self->port, 0x83, 0, &self->err));
}

static void event(client *self)
{
    uint8_t data[8];
    size_t got = 0;
    if (say(self,
            tns_port_read(&self->port, 0x83, data, sizeof data, &got, HURRY * 10000, &self->err)))
        snprintf(self->said, sizeof self->said, "%d", data[0]);
}

static void ask(client *self, const char *words)
{
    char line[64];
    size_t length = (size_t)snprintf(line, sizeof line, "%s\r\n", words);
    if (say(self,
            tns_port_write(&self->port, 0, (const uint8_t *)line, length, TIMEOUT_MS, &self->err) &&
                tns_port_read_until(&self->port, 0, '\n', line, sizeof line, &length, TIMEOUT_MS,
                                    &self->err)))
        snprintf(self->said, sizeof self->said, "%.4s", line);
}

/* Asks a CR30 who it is; such a frame is not answered when it comes in pieces. */
static void frame(client *self)
{
    uint8_t bytes[60] = {0xAA, 0x0A, [58] = 0xFF, [59] = 0xB3};
    if (say(self,
            tns_port_write(&self->port, 0, bytes, sizeof bytes, TIMEOUT_MS, &self->err) &&
                tns_port_read_exactly(&self->port, 0, bytes, sizeof bytes, TIMEOUT_MS, &self->err)))
        snprintf(self->said, sizeof self->said, "%02x%02x", bytes[0], bytes[1]);
}

static void rest(client *self)
{
    if (self->port.type)
        tns_port_sleep_ms(&self->port, REST_MS);
    else
        tns_pace_sleep_ms(tns_pace_of(HURRY), REST_MS);
    say(self, true);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const tns_usb_found *)a)->path, ((const tns_usb_found *)b)->path);
}

static const char *access_of(const tns_usb_found *found)
{
    static const char *const names[] = {"ok", "denied", "busy"};
    return names[found->access];
}

/* A busy one's holder is this program where that stands opened it. */
static void tell(client *self, const char *(*what)(const tns_usb_found *))
{
    tns_usb_found *found = NULL;
    size_t count = 0;
    if (say(self, tns_usb_list(ids, IDS, true, &found, &count, &self->err)))
        self->said[0] = '\0';
    qsort(found, count, sizeof *found, by_path);
    for (size_t i = 0; i < count; i++)
        snprintf(self->said + strlen(self->said), 64, "%s%.60s", i ? "," : "", what(&found[i]));
    free(found);
}

static const char *serial_of(const tns_usb_found *found)
{
    return found->serial;
}

static void list(client *self)
{
    tell(self, serial_of);
}

static void access_to(client *self)
{
    tell(self, access_of);
}

static void watch(client *self)
{
    self->watch = tns_usb_watch_open(ids, IDS, &self->err);
    say(self, self->watch != NULL);
}

static void changed(client *self)
{
    bool something = false;
    if (say(self, tns_device_watch_wait(self->watch, 5000, &something, &self->err)))
        strcpy(self->said, something ? "yes" : "no");
}

/* Talks to it until it is pulled out; false when anything else goes wrong. */
static bool talk(client *self)
{
    listen_on(self);
    while (strcmp(self->said, "ok") == 0)
        echo(self);
    close_port(self);
    return self->err.code == TNS_ERROR_GONE;
}

/*
 * Talks to a device that is pulled out and put back until it stays away. It may be pulled out while
 * it is being opened, so rounds are not counted; nothing else may go wrong, and one must succeed.
 */
static void cycles(client *self)
{
    bool something = true, good = true, once = false;
    for (int i = 0; good && something && i < ROUNDS_MAX; i++) {
        open_at(self, NULL);
        if (self->port.type)
            once = good = talk(self);
        else if (self->err.code == TNS_ERROR_NO_INSTRUMENT)
            good = tns_device_watch_wait(self->watch, 1000, &something, &self->err);
        else
            good = self->err.code == TNS_ERROR_GONE;
    }
    say(self, good && once);
}

static const struct action {
    const char *name;
    void (*run)(client *);
} actions[] = {
    {"open", open_port}, {"close", close_port}, {"again", again},   {"version", version},
    {"keep", keep},      {"echo", echo},        {"ramp", ramp},     {"drain", drain},
    {"clear", clear},    {"reset", reset},      {"deaf", deaf},     {"listen", listen_on},
    {"event", event},    {"pause", rest},       {"list", list},     {"access", access_to},
    {"watch", watch},    {"changed", changed},  {"cycles", cycles}, {"frame", frame},
};

static bool carry_out(client *self, const char *name)
{
    if (strncmp(name, "at:", 3) == 0) {
        open_at(self, name + 3);
        return true;
    }
    if (strncmp(name, "ask:", 4) == 0) {
        ask(self, name + 4);
        return true;
    }
    if (strncmp(name, "text:", 5) == 0) {
        strcpy(self->said, strstr(self->err.text, name + 5) ? "yes" : self->err.text);
        return true;
    }
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(actions[i].name, name) == 0) {
            actions[i].run(self);
            return true;
        }
    return false;
}

static bool run(client *self, const char *argument)
{
    char name[128];
    const char *equals = strchr(argument, '=');
    snprintf(name, sizeof name, "%.*s", equals ? (int)(equals - argument) : 0, argument);
    if (!carry_out(self, name)) {
        fprintf(stderr, "port_client: %s: no such action\n", argument);
        return false;
    }
    if (strcmp(equals + 1, "*") == 0 || strcmp(self->said, equals + 1) == 0)
        return true;
    fprintf(stderr, "port_client: %s: found %s (%s)\n", argument, self->said, self->err.text);
    return false;
}

int main(int argc, char **argv)
{
    client self = {.watch = NULL};
    bool good = true;
    for (int i = 1; i < argc && good; i++)
        good = run(&self, argv[i]);
    tns_device_watch_close(self.watch);
    tns_port_close(&self.port);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
