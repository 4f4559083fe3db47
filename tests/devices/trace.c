/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one port has done, recorded, is done again by the replay of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/devices.h>

#include "devices/transport/ports.h"
#include "support/testing.h"

/* A port that answers by its endpoint: 0x81 with three bytes, 0x82 never, 0x83 is gone. */
static bool act(void *self, tns_transfer *t, tns_error *err)
{
    int64_t *now = self;
    *now += 5;
    switch (t->kind) {
    case TNS_TRANSFER_CONTROL:
        t->done = t->length;
        if (t->request_type & 0x80)
            memset(t->data, 0xA5, t->length);
        return t->request != 9 || tns_error_set(err, TNS_ERROR_STALL, "refused");
    case TNS_TRANSFER_OUT:
        t->done = t->length;
        return true;
    case TNS_TRANSFER_IN:
        if (t->endpoint == 0x81) {
            memcpy(t->data, "\x01\x00\xff", 3);
            t->done = 3;
            return true;
        }
        *now += t->timeout_ms;
        return t->endpoint == 0x82 ? tns_error_set(err, TNS_ERROR_TIMEOUT, "no answer within 2 s")
                                   : tns_error_set(err, TNS_ERROR_GONE, "unplugged");
    default:
        return true;
    }
}

static int64_t act_now(void *self)
{
    return *(int64_t *)self;
}

static void act_sleep(void *self, int duration_ms)
{
    *(int64_t *)self += duration_ms;
}

static void act_close(void *self)
{
    (void)self;
}

static const tns_port_type act_type = {act, act_now, act_sleep, act_close};

static tns_port acting(int64_t *now)
{
    tns_port port = {.type = &act_type, .self = now};
    port.identity = (tns_port_identity){.vendor_id = 0x0971,
                                        .product_id = 0x2007,
                                        .release = 0x0100,
                                        .manufacturer = "X-Rite",
                                        .product = "Color Munki",
                                        .serial = "12 34",
                                        .path = "usb:1-1.4",
                                        .endpoint_count = 2};
    port.identity.endpoints[0] = (tns_endpoint){0x81, TNS_ENDPOINT_BULK, 64};
    port.identity.endpoints[1] = (tns_endpoint){0x83, TNS_ENDPOINT_INTERRUPT, 8};
    return port;
}

/* What a driver does, and all it sees of it, as text. */
static void drive(tns_port *port, char *seen, size_t size)
{
    static const struct {
        tns_transfer_kind kind;
        uint8_t endpoint, type, request;
        size_t length;
    } steps[] = {
        {TNS_TRANSFER_CONTROL, 0, 0xC0, 0x86, 4}, {TNS_TRANSFER_CONTROL, 0, 0x40, 0x80, 2},
        {TNS_TRANSFER_CONTROL, 0, 0x40, 9, 0},    {TNS_TRANSFER_LISTEN, 0x83, 0, 0, 8},
        {TNS_TRANSFER_OUT, 0x02, 0, 0, 5},        {TNS_TRANSFER_IN, 0x81, 0, 0, 64},
        {TNS_TRANSFER_IN, 0x82, 0, 0, 64},        {TNS_TRANSFER_CLEAR_HALT, 0x82, 0, 0, 0},
        {TNS_TRANSFER_LINE, 0, 0, 0, 0},          {TNS_TRANSFER_RESET, 0, 0, 0, 0},
        {TNS_TRANSFER_IN, 0x83, 0, 0, 8},         {TNS_TRANSFER_IN, 0x83, 0, 0, 8},
    };
    int64_t begun = tns_port_now_ms(port);
    size_t at = 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        uint8_t data[64] = "hello";
        tns_error err = {.code = TNS_OK};
        tns_transfer t = {.kind = steps[i].kind,
                          .endpoint = steps[i].endpoint,
                          .request_type = steps[i].type,
                          .request = steps[i].request,
                          .line = {9600, 'E', 2, true},
                          .data = data,
                          .length = steps[i].length,
                          .timeout_ms = 2000};
        tns_port_transfer(port, &t, &err);
        tns_port_sleep_ms(port, 10);
        at += (size_t)snprintf(seen + at, size - at, "%zu %s %s %02x%02x%02x\n", t.done,
                               tns_code_name(err.code), err.code ? err.text : "", data[0], data[1],
                               data[2]);
    }
    snprintf(seen + at, size - at, "%ld ms\n", (long)(tns_port_now_ms(port) - begun));
}

static char path[] = "/tmp/tonsure-trace-XXXXXX";

/* Writes a trace of that, and gives what the driver saw. */
static void record(char *seen, size_t size)
{
    int64_t now = 777;
    tns_port port = acting(&now);
    tns_error err;
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert(tns_trace_begin(&port, file, &err));
    drive(&port, seen, size);
    tns_port_close(&port);
    fclose(file);
}

START_TEST(a_replay_does_what_was_recorded_at_the_same_times)
{
    char seen[2048], again[2048];
    record(seen, sizeof seen);
    tns_port port;
    tns_error err;
    ck_assert_msg(tns_port_open_replay(path, &port, &err), "%s", err.text);
    int64_t now = 0;
    const tns_port as = acting(&now);
    ck_assert_mem_eq(&port.identity, &as.identity, sizeof port.identity);
    drive(&port, again, sizeof again);
    tns_port_close(&port);
    ck_assert_str_eq(seen, again);
}
END_TEST

START_TEST(a_trace_is_a_readable_line_a_transfer)
{
    static const char *const expected[] = {
        "tonsure-trace 1\nusb 0971:2007:0100 usb:1-1.4\nmanufacturer X-Rite\nproduct Color Munki\n"
        "serial 12 34\nendpoint 81 bulk 64\nendpoint 83 interrupt 8\n5 control c0:86:0000:0000 4 4 "
        "ok a5a5a5a5\n",
        " control 40:80:0000:0000 2 2 ok 6865\n",
        " control 40:09:0000:0000 0 0 stall - refused\n",
        " listen 83 8 0 ok -\n",
        " out 02 5 5 ok 68656c6c6f\n",
        " in 81 64 3 ok 0100ff\n",
        " in 82 64 0 timeout - no answer within 2 s\n",
        " halt 82 0 0 ok -\n",
        " line 9600:E:2:1 0 0 ok -\n",
        " reset - 0 0 ok -\n",
        " in 83 8 0 gone - unplugged\n",
    };
    char seen[2048], text[4096] = "";
    record(seen, sizeof seen);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_gt(fread(text, 1, sizeof text - 1, file), 0);
    fclose(file);
    const char *at = text;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        at = strstr(at, expected[i]);
        ck_assert_msg(at != NULL, "%s: not in\n%s", expected[i], text);
    }
}
END_TEST

static void write_file(const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    fclose(file);
}

#define HEAD "tonsure-trace 1\nusb 0971:2007:0100 usb:1-1\n"

START_TEST(a_driver_that_does_otherwise_is_told_the_line)
{
    static const struct row {
        const char *label, *trace, *words;
    } rows[] = {
        {"another endpoint", HEAD "1 out 03 2 2 ok 6865\n",
         ":3: recorded is: out 03 2, asked: out 02"},
        {"another length", HEAD "1 out 02 3 3 ok 686500\n",
         "recorded is: out 02 3, asked: out 02 2"},
        {"other bytes", HEAD "1 out 02 2 2 ok 6866\n", "out 02 2 (of other bytes)"},
        {"another kind", HEAD "1 in 02 2 0 ok -\n", "recorded is: in 02"},
        {"at the end", HEAD, "ends here, the driver asks: out 02 2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_port port;
        tns_error err = {.code = TNS_OK};
        write_file(rows[i].trace);
        ck_assert_msg(tns_port_open_replay(path, &port, &err), "%s: %s", rows[i].label, err.text);
        ck_assert(!tns_port_write(&port, 0x02, (const uint8_t *)"he", 2, 100, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_BAD_REPLY);
        ck_assert_msg(strstr(err.text, rows[i].words) != NULL, "%s: %s", rows[i].label, err.text);
        tns_port_close(&port);
    }
}
END_TEST

START_TEST(broken_traces_are_refused_with_the_line)
{
    static const struct row {
        const char *label, *trace, *words;
    } rows[] = {
        {"empty", "", "not a trace"},
        {"another file", "hello\n", ":1: expected"},
        {"nothing behind", "tonsure-trace 1\n", "not a trace"},
        {"no transfer", HEAD "nonsense\n", ":3: not a transfer"},
        {"a bus of its own", "tonsure-trace 1\nisa 0971:2007:0100 x\n", ":2: not a transfer"},
        {"before time", HEAD "-1 in 81 2 0 ok -\n", ":3: not a transfer"},
        {"more than asked for", HEAD "1 in 81 2 3 ok 010203\n", ":3: not a transfer"},
        {"endless", HEAD "1 in 81 99999999999 0 ok -\n", ":3: not a transfer"},
        {"cut short", HEAD "1 in 81 2 2 ok 01\n", ":3: expected 2 bytes"},
        {"cut in a digit", HEAD "1 in 81 2 2 ok 010\n", ":3: expected 2 bytes"},
        {"too many", HEAD "1 in 81 2 1 ok 0102\n", ":3: expected 1 bytes"},
        {"not hexadecimal", HEAD "1 in 81 2 2 ok 01xx\n", ":3: expected 2 bytes"},
        {"signs", HEAD "1 in 81 2 2 ok +1-1\n", ":3: expected 2 bytes"},
        {"bytes of none", HEAD "1 in 81 2 0 ok 01\n", ":3: expected no bytes"},
        {"missing bytes", HEAD "1 in 81 2 1 ok\n", ":3: "},
        {"a kind unknown", HEAD "1 fly 81 2 0 ok -\n", ":3: no such transfer: fly"},
        {"a place unknown", HEAD "1 in 8x 2 0 ok -\n", ":3: no such transfer: in 8x"},
        {"half a request", HEAD "1 control c0:86 2 0 ok -\n", ":3: no such transfer"},
        {"half a line", HEAD "1 line 9600:N 0 0 ok -\n", ":3: no such transfer"},
        {"a code unknown", HEAD "1 in 81 2 0 lost -\n", ":3: no such code: lost"},
        {"an endpoint too late", HEAD "1 in 81 2 0 ok -\nendpoint 81 bulk 64\n",
         ":4: not a transfer"},
        {"an endpoint of a kind unknown", HEAD "endpoint 81 iso 64\n", ":3: not a transfer"},
        {"an endless name", HEAD "serial 0123456789012345678901234567890123456789\n",
         ":3: not a transfer"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_port port;
        tns_error err = {.code = TNS_OK};
        write_file(rows[i].trace);
        ck_assert_msg(!tns_port_open_replay(path, &port, &err), "%s is read", rows[i].label);
        ck_assert_msg(err.code == TNS_ERROR_FORMAT, "%s: %s", rows[i].label, err.text);
        ck_assert_msg(strstr(err.text, rows[i].words) != NULL, "%s: %s", rows[i].label, err.text);
    }
    tns_port port;
    tns_error err;
    ck_assert(!tns_port_open_replay("/no such file", &port, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_NOT_FOUND);
}
END_TEST

int main(void)
{
    int fd = mkstemp(path);
    if (fd < 0)
        return EXIT_FAILURE;
    close(fd);
    Suite *suite = suite_create("devices/trace");
    TCase *traces = tcase_create("traces");
    tcase_add_test(traces, a_replay_does_what_was_recorded_at_the_same_times);
    tcase_add_test(traces, a_trace_is_a_readable_line_a_transfer);
    tcase_add_test(traces, a_driver_that_does_otherwise_is_told_the_line);
    tcase_add_test(traces, broken_traces_are_refused_with_the_line);
    suite_add_tcase(suite, traces);
    int status = run_suite(suite);
    unlink(path);
    return status;
}
