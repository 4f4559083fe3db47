/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model's machinery by plain calls: traffic, packets, the clock, options and every fault. */
#include <stdio.h>
#include <string.h>

#include "model.h"
#include "sample.h"
#include "support/testing.h"

static emu_unit *unit;
static char why[EMU_TEXT_SIZE];

static void plug(const char *fault)
{
    unit = emu_create(emu_kind_find("echo"), 1);
    ck_assert_msg(!fault || emu_fault(unit, fault, why), "%s", why);
    ck_assert(emu_start(unit, why));
    emu_bus_event(unit, EMU_PLUGGED);
}

static void unplug(void)
{
    emu_destroy(unit);
    unit = NULL;
}

/* The same call a driver's exchange makes: out, then in up to 64 bytes. */
static emu_status exchange(const char *request, char reply[65])
{
    size_t got = 0;
    memset(reply, 0, 65);
    emu_status status = emu_out(unit, 0x02, (const uint8_t *)request, strlen(request));
    return status == EMU_OK ? emu_in(unit, 0x81, (uint8_t *)reply, 64, &got) : status;
}

static emu_answer version(uint8_t data[4])
{
    memset(data, 0, 4);
    return emu_control(unit, &(emu_setup){.type = 0xC0, .request = 1, .length = 4}, data);
}

static emu_answer ramp(uint32_t n)
{
    uint8_t data[4];
    emu_put_le(data, n, 4);
    return emu_control(unit, &(emu_setup){.type = 0x40, .request = 2, .length = 4}, data);
}

/* A request that nobody knows is refused, a known one answered, a frame echoed. */
START_TEST(it_answers)
{
    uint8_t data[4];
    char reply[65];
    plug(NULL);
    ck_assert_int_eq(version(data).status, EMU_OK);
    ck_assert_mem_eq(data, "v1.0", 4);
    ck_assert_int_eq(
        emu_control(unit, &(emu_setup){.type = 0xC0, .request = 9, .length = 4}, data).status,
        EMU_STALL);
    ck_assert_int_eq(exchange("abc", reply), EMU_OK);
    ck_assert_mem_eq(reply, "a\0bc\x26", 5);
    unplug();
}
END_TEST

/* Transfers end when full or at a short packet; what does not fit is an overflow (USB 2.0, 5.8.3).
 */
START_TEST(transfers_follow_the_rules_of_packets)
{
    static const struct row {
        const char *label;
        uint32_t reply;
        size_t buffer;
        emu_status expected;
        size_t got;
    } rows[] = {
        {"short packet ends it", 70, 200, EMU_OK, 70},
        {"full buffer ends it", 128, 128, EMU_OK, 128},
        {"a multiple of the packet does not", 128, 200, EMU_WAIT, 128},
        {"an empty one does", 0, 64, EMU_OK, 0},
        {"the last packet does not fit", 70, 68, EMU_OVERFLOW, 64},
        {"the rest stays for the next", 128, 64, EMU_OK, 64},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t buffer[256];
        size_t got = 0;
        plug(NULL);
        ck_assert_int_eq(ramp(rows[i].reply).status, EMU_OK);
        ck_assert_msg(emu_in(unit, 0x81, buffer, rows[i].buffer, &got) == rows[i].expected, "%s",
                      rows[i].label);
        ck_assert_msg(got == rows[i].got, "%s: %zu", rows[i].label, got);
        unplug();
    }
}
END_TEST

/* The first exchange meets the fault, the second (after CLEAR_HALT) is good. */
START_TEST(each_fault_of_a_reply_shows_once)
{
    static const struct row {
        const char *fault;
        emu_status status;
        const char *reply;
        size_t n;
    } rows[] = {
        {"timeout#1", EMU_WAIT, "", 0},
        {"nak#1", EMU_SILENT, "", 0},
        {"delay=50#1", EMU_WAIT, "", 0},
        {"stall#1", EMU_STALL, "", 0},
        {"stallout#1", EMU_STALL, "", 0},
        {"short=3#1", EMU_OK, "a\0b\0\0", 5},
        {"short=0#1", EMU_OK, "\0\0", 2},
        {"error=0x15@0x61#1", EMU_OK,
         "a\x15"
         "bc\x3B",
         5},
        {"wrongcmd#1", EMU_OK, "t\0bc\x39", 5},
        {"payload=0102#1", EMU_OK, "a\0\1\2\x64", 5},
        {"overflow#1", EMU_OVERFLOW, "", 0},
        {"proto#1", EMU_PROTOCOL, "", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char reply[65];
        plug(rows[i].fault);
        emu_status status = exchange("abc", reply);
        ck_assert_msg(status == rows[i].status, "%s: status %d", rows[i].fault, status);
        ck_assert_msg(memcmp(reply, rows[i].reply, rows[i].n) == 0, "%s: bytes", rows[i].fault);
        emu_clear_halt(unit, 0x81);
        emu_clear_halt(unit, 0x02);
        emu_flush(unit, 0x81);
        ck_assert_msg(exchange("abc", reply) == EMU_OK, "%s: the next", rows[i].fault);
        ck_assert_mem_eq(reply, "a\0bc\x26", 5);
        unplug();
    }
}
END_TEST

START_TEST(a_late_reply_comes_on_time_and_a_doubled_one_is_stale)
{
    char reply[65];
    size_t got = 0;
    plug("delay=50@0x61#2");
    ck_assert_int_eq(exchange("abc", reply), EMU_OK);
    ck_assert_int_eq(exchange("abc", reply), EMU_WAIT);
    ck_assert_int_eq(emu_next_ms(unit), 50);
    emu_advance(unit, 49);
    ck_assert_int_eq(emu_in(unit, 0x81, (uint8_t *)reply, 64, &got), EMU_WAIT);
    emu_advance(unit, 50);
    ck_assert_int_eq(emu_in(unit, 0x81, (uint8_t *)reply, 64, &got), EMU_OK);
    unplug();
    plug("dup@0x61");
    ck_assert_int_eq(exchange("abc", reply), EMU_OK);
    ck_assert_int_eq(exchange("xyz", reply), EMU_OK);
    ck_assert_int_eq(reply[0], 'a');
    unplug();
}
END_TEST

START_TEST(faults_of_a_control_transfer)
{
    static const struct row {
        const char *fault;
        emu_answer expected;
    } rows[] = {
        {"timeout@1#1", {EMU_SILENT, 4, 0}},   {"nak@1#1", {EMU_SILENT, 0, 0}},
        {"stall@1#1", {EMU_STALL, 4, 0}},      {"short=2@1#1", {EMU_OK, 2, 0}},
        {"delay=1500@1#1", {EMU_OK, 4, 1500}}, {"proto@1#1", {EMU_PROTOCOL, 4, 0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t data[4];
        plug(rows[i].fault);
        emu_answer found = version(data);
        ck_assert_msg(found.status == rows[i].expected.status, "%s", rows[i].fault);
        ck_assert_msg(found.delay_ms == rows[i].expected.delay_ms, "%s", rows[i].fault);
        if (found.status == EMU_OK)
            ck_assert_uint_eq(found.length, rows[i].expected.length);
        ck_assert_int_eq(version(data).status, EMU_OK);
        unplug();
    }
}
END_TEST

START_TEST(broken_faults_and_options_are_refused)
{
    static const char *const faults[] = {"",          "burn",      "short",      "short=x",
                                         "delay=-1",  "timeout=1", "timeout@",   "timeout@0x10000",
                                         "timeout#0", "payload=1", "payload=GG", "stall@1#"};
    static const char *const options[] = {"", "button", "button=", "button=x", "knob=1"};
    plug(NULL);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        ck_assert_msg(!emu_fault(unit, faults[i], why) && why[0], "%s", faults[i]);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        ck_assert_msg(!emu_set(unit, options[i], why) && why[0], "%s", options[i]);
    unplug();
}
END_TEST

START_TEST(options_change_at_times_and_at_commands)
{
    uint8_t event[8];
    char reply[65];
    size_t got = 0;
    plug(NULL);
    ck_assert(emu_set(unit, "button=1@250ms", why));
    ck_assert(emu_set(unit, "button=2@0x61#2", why));
    emu_advance(unit, 1000);
    ck_assert_int_eq(emu_in(unit, 0x83, event, 8, &got), EMU_OK);
    ck_assert_mem_eq(event, "\1\0\0\0\xFA\0\0\0", 8);
    ck_assert_int_eq(exchange("abc", reply), EMU_OK);
    got = 0;
    ck_assert_int_eq(emu_in(unit, 0x83, event, 8, &got), EMU_WAIT);
    ck_assert_int_eq(exchange("abc", reply), EMU_OK);
    ck_assert_int_eq(emu_in(unit, 0x83, event, 8, &got), EMU_OK);
    ck_assert_int_eq(event[0], 2);
    unplug();
}
END_TEST

START_TEST(samples_have_names_and_files_have_rows)
{
    emu_sample sample;
    double xyz[3];
    ck_assert(emu_sample_read("gray:0.5", &sample, why));
    emu_sample_xyz(&sample, xyz);
    CHECK_NEAR("Y of half gray", xyz[1], 0.5, 1e-12);
    ck_assert(emu_sample_read("skin", &sample, why));
    CHECK_NEAR("between 520 and 580", emu_sample_at(&sample, 550), 0.38, 1e-12);
    CHECK_NEAR("held below 400", emu_sample_at(&sample, 350), 0.20, 1e-12);
    ck_assert(!emu_sample_read("no/such/file.csv", &sample, why));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("emulated units");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, it_answers);
    tcase_add_test(tests, transfers_follow_the_rules_of_packets);
    tcase_add_test(tests, each_fault_of_a_reply_shows_once);
    tcase_add_test(tests, a_late_reply_comes_on_time_and_a_doubled_one_is_stale);
    tcase_add_test(tests, faults_of_a_control_transfer);
    tcase_add_test(tests, broken_faults_and_options_are_refused);
    tcase_add_test(tests, options_change_at_times_and_at_commands);
    tcase_add_test(tests, samples_have_names_and_files_have_rows);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
