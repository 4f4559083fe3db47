/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Serial lines over USB: the requests of either bridge, and the stream over a scripted USB port. */
#include <stdlib.h>
#include <string.h>

#include "devices/transport/lines.h"
#include "support/testing.h"

/* The register values by which the chip is known to make these rates: factor, divisor, and rest. */
START_TEST(a_ch34x_is_set_to_the_rates_it_is_known_to_make)
{
    static const struct row {
        const char *label;
        int baud;
        uint16_t high, low;
    } rows[] = {
        {"9600", 9600, 0xB202, 0x0C},
        {"19200", 19200, 0xD902, 0x06},
        {"38400", 38400, 0x6403, 0x18},
        {"115200", 115200, 0xCC03, 0x08},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_line_request r[TNS_LINE_REQUESTS_MAX];
        tns_line line = {.baud = rows[i].baud, .parity = 'N', .stop_bits = 1};
        ck_assert_uint_eq(tns_line_ch34x.set(0, line, r), 3);
        ck_assert_msg(r[0].request.value == 0x1312 && r[0].request.index == rows[i].high,
                      "%s: %04x", rows[i].label, r[0].request.index);
        ck_assert_msg(r[1].request.value == 0x0F2C && r[1].request.index == rows[i].low, "%s: %02x",
                      rows[i].label, r[1].request.index);
    }
}
END_TEST

START_TEST(a_ch34x_is_told_parity_and_stop_bits)
{
    static const struct row {
        char parity;
        int stop_bits;
        uint16_t expected;
    } rows[] = {
        {'N', 1, 0xC3}, {'O', 1, 0xCB}, {'E', 1, 0xDB}, {'N', 2, 0xC7}, {'E', 2, 0xDF},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_line_request r[TNS_LINE_REQUESTS_MAX];
        tns_line line = {9600, rows[i].parity, rows[i].stop_bits, false};
        ck_assert_uint_eq(tns_line_ch34x.set(0, line, r), 3);
        ck_assert_uint_eq(r[2].request.request, 0x9A);
        ck_assert_uint_eq(r[2].request.value, 0x2518);
        ck_assert_msg(r[2].request.index == rows[i].expected, "%c%d: %02x", rows[i].parity,
                      rows[i].stop_bits, r[2].request.index);
    }
}
END_TEST

START_TEST(a_ch34x_refuses_what_it_cannot_do)
{
    static const tns_line rows[] = {
        {0, 'N', 1, false}, {-9600, 'N', 1, false}, {9000000, 'N', 1, false}, {9600, 'N', 1, true}};
    tns_line_request r[TNS_LINE_REQUESTS_MAX];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(tns_line_ch34x.set(0, rows[i], r) == 0, "row %zu", i);
}
END_TEST

/* PSTN subclass 1.2, table 17. */
START_TEST(a_cdc_line_is_coded_as_the_standard_says)
{
    tns_line_request r[TNS_LINE_REQUESTS_MAX];
    static const uint8_t expected[] = {0x00, 0xC2, 0x01, 0x00, 2, 2, 8};
    ck_assert_uint_eq(tns_line_cdc.set(3, (tns_line){115200, 'E', 2, true}, r), 1);
    ck_assert_uint_eq(r[0].request.type, 0x21);
    ck_assert_uint_eq(r[0].request.request, 0x20);
    ck_assert_uint_eq(r[0].request.index, 3);
    ck_assert_uint_eq(r[0].length, sizeof expected);
    ck_assert_mem_eq(r[0].data, expected, sizeof expected);
    ck_assert_uint_eq(tns_line_cdc.wake(3, r), 1);
    ck_assert_uint_eq(r[0].request.request, 0x22);
    ck_assert_uint_eq(r[0].request.value, 3);
    ck_assert_uint_eq(r[0].request.index, 3);
}
END_TEST

/* A USB port whose reads are a row of packets; each costs a millisecond, a missing one its time. */
typedef struct script {
    const char *const *packets; /* NULL ends them: then nothing comes */
    size_t controls, outs, last_out, halts_cleared;
    bool refuses, closed;
    int64_t now;
} script;

static bool scripted(void *self, tns_transfer *t, tns_error *err)
{
    script *s = self;
    s->now++;
    if (t->kind == TNS_TRANSFER_CONTROL) {
        s->controls++;
        t->done = t->length;
        return !s->refuses || tns_error_set(err, TNS_ERROR_STALL, "refused");
    }
    if (t->kind == TNS_TRANSFER_OUT) {
        s->outs++;
        s->last_out = t->done = t->length;
        return true;
    }
    if (t->kind == TNS_TRANSFER_CLEAR_HALT) {
        s->halts_cleared++;
        return true;
    }
    if (!*s->packets) {
        s->now += t->timeout_ms;
        return tns_error_set(err, TNS_ERROR_TIMEOUT, "nothing");
    }
    ck_assert_uint_eq(t->length, 8); /* a packet at a time */
    t->done = strlen(*s->packets);
    memcpy(t->data, *s->packets++, t->done);
    return true;
}

static int64_t script_now(void *self)
{
    return ((script *)self)->now;
}

static void script_sleep(void *self, int duration_ms)
{
    ((script *)self)->now += duration_ms;
}

static void script_close(void *self)
{
    ((script *)self)->closed = true;
}

static const tns_port_type script_type = {scripted, script_now, script_sleep, script_close};

static bool open_line(script *s, tns_port *out, tns_error *err)
{
    tns_port usb = {.type = &script_type, .self = s};
    usb.identity.endpoint_count = 3;
    usb.identity.endpoints[0] = (tns_endpoint){0x81, TNS_ENDPOINT_INTERRUPT, 8};
    usb.identity.endpoints[1] = (tns_endpoint){0x82, TNS_ENDPOINT_BULK, 8};
    usb.identity.endpoints[2] = (tns_endpoint){0x02, TNS_ENDPOINT_BULK, 8};
    return tns_line_open(&tns_line_ch34x, 0, &usb, out, err);
}

START_TEST(what_comes_in_packets_is_read_as_a_stream)
{
    static const char *const packets[] = {"12345678", "", "9abc", "de", NULL};
    script s = {.packets = packets};
    tns_port port;
    tns_error err;
    uint8_t data[16];
    size_t got;
    ck_assert_msg(open_line(&s, &port, &err), "%s", err.text);
    ck_assert(port.identity.serial_line);
    ck_assert_uint_eq(s.controls, 5);
    ck_assert_uint_eq(s.halts_cleared, 2); /* one outlives the program that met it */
    ck_assert(tns_port_read_exactly(&port, 0, data, 10, 1000, &err));
    ck_assert_mem_eq(data, "123456789a", 10);
    ck_assert(tns_port_read(&port, 0, data, sizeof data, &got, 1000, &err));
    ck_assert_uint_eq(got, 2);
    ck_assert(!tns_port_read_exactly(&port, 0, data, 3, 1000, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_SHORT_REPLY);
    ck_assert(!tns_port_read(&port, 0, data, sizeof data, &got, 1000, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_TIMEOUT);
    tns_port_close(&port);
    ck_assert(s.closed);
}
END_TEST

/* The CR30 answers nothing to a frame that comes in two. */
START_TEST(a_frame_goes_out_in_one_transfer)
{
    static const char *const packets[] = {NULL};
    script s = {.packets = packets};
    tns_port port;
    tns_error err;
    static const uint8_t frame[60] = {0xBB};
    ck_assert_msg(open_line(&s, &port, &err), "%s", err.text);
    ck_assert(tns_port_write(&port, 0, frame, sizeof frame, 1000, &err));
    ck_assert_uint_eq(s.outs, 1);
    ck_assert_uint_eq(s.last_out, 60);
    tns_port_close(&port);
}
END_TEST

START_TEST(a_bridge_that_refuses_is_closed_and_told)
{
    static const char *const packets[] = {NULL};
    script s = {.packets = packets, .refuses = true};
    tns_port port;
    tns_error err;
    ck_assert(!open_line(&s, &port, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_STALL);
    ck_assert(s.closed);
}
END_TEST

/* Empty packets for ever must not hold a reader for ever. */
START_TEST(empty_packets_end_in_a_timeout)
{
    static const char *packets[2001];
    for (size_t i = 0; i < 2000; i++)
        packets[i] = "";
    packets[2000] = NULL;
    script s = {.packets = packets};
    tns_port port;
    tns_error err;
    uint8_t data[8];
    size_t got;
    ck_assert(open_line(&s, &port, &err));
    ck_assert(!tns_port_read(&port, 0, data, sizeof data, &got, 1000, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_TIMEOUT);
    tns_port_close(&port);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("devices/lines");
    TCase *requests = tcase_create("requests");
    tcase_add_test(requests, a_ch34x_is_set_to_the_rates_it_is_known_to_make);
    tcase_add_test(requests, a_ch34x_is_told_parity_and_stop_bits);
    tcase_add_test(requests, a_ch34x_refuses_what_it_cannot_do);
    tcase_add_test(requests, a_cdc_line_is_coded_as_the_standard_says);
    suite_add_tcase(suite, requests);
    TCase *stream = tcase_create("stream");
    tcase_add_test(stream, what_comes_in_packets_is_read_as_a_stream);
    tcase_add_test(stream, a_frame_goes_out_in_one_transfer);
    tcase_add_test(stream, a_bridge_that_refuses_is_closed_and_told);
    tcase_add_test(stream, empty_packets_end_in_a_timeout);
    suite_add_tcase(suite, stream);
    return run_suite(suite);
}
