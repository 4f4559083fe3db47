/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The emulated ColorMunki, ColorHug and SpyderPRINT keep to what is known of the instruments. */
#include <string.h>

#include "model.h"
#include "support/testing.h"

static emu_unit *unit;
static char why[EMU_TEXT_SIZE];

/* Plugs in a model with options, NULL ends them. */
static void plug(const char *name, const char *const *options)
{
    unit = emu_create(emu_kind_find(name), 1);
    for (; options && *options; options++)
        ck_assert_msg(emu_set(unit, *options, why), "%s", why);
    ck_assert_msg(emu_start(unit, why), "%s", why);
    emu_bus_event(unit, EMU_PLUGGED);
    emu_bus_event(unit, EMU_OPENED);
}

static void unplug(void)
{
    emu_destroy(unit);
    unit = NULL;
}

static emu_answer ask(uint8_t request, uint16_t length, uint8_t *data)
{
    return emu_control(unit, &(emu_setup){.type = 0xC0, .request = request, .length = length},
                       data);
}

static emu_status tell(uint8_t request, uint16_t length, const void *bytes)
{
    uint8_t data[64];
    memcpy(data, bytes, length);
    return emu_control(unit, &(emu_setup){.type = 0x40, .request = request, .length = length}, data)
        .status;
}

static double float_at(const uint8_t *at)
{
    uint32_t bits = (uint32_t)emu_get_le(at, 4);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void read_memory(uint8_t *out, uint32_t size)
{
    uint8_t request[8] = {0};
    size_t got = 0;
    emu_put_le(request + 4, size, 4);
    ck_assert_int_eq(tell(0x81, 8, request), EMU_OK);
    emu_advance(unit, emu_now_ms(unit) + 100);
    ck_assert_int_eq(emu_in(unit, 0x81, out, size, &got), EMU_OK);
    ck_assert_uint_eq(got, size);
}

static uint32_t sum_of_words(const uint8_t *memory)
{
    uint32_t sum = 0;
    for (size_t at = 0; at + 4 <= 8169; at += 4)
        sum += at == 8 ? 0 : (uint32_t)emu_get_le(memory + at, 4);
    return sum + memory[8168]; /* the last word, filled up with zeros */
}

START_TEST(the_memory_of_a_colormunki_is_in_order)
{
    static uint8_t memory[16384];
    plug("colormunki", (const char *const[]){"serial=A-77", NULL});
    read_memory(memory, sizeof memory);
    ck_assert_uint_eq(emu_get_le(memory, 2), 6);
    ck_assert_uint_eq(emu_get_le(memory + 4, 4), 8169);
    ck_assert_uint_eq(emu_get_le(memory + 8, 4), sum_of_words(memory));
    ck_assert_str_eq((const char *)memory + 24, "A-77");
    for (int band = 0; band < 36; band++) {
        double sum = 0;
        for (int k = 0; k < 16; k++)
            sum += float_at(memory + 184 + 64 * band + 4 * k);
        CHECK_NEAR("taps", sum, 1, 1e-6);
        double tile = float_at(memory + 4968 + 4 * band);
        ck_assert(tile > 0.88 && tile < 0.96);
    }
    ck_assert_uint_eq(emu_get_le(memory + 40, 4), 94);
    ck_assert_uint_eq(emu_get_le(memory + 40 + 4 * 35, 4), 7);
    unplug();
    plug("colormunki", (const char *const[]){"bad_checksum=1", NULL});
    read_memory(memory, sizeof memory);
    ck_assert_uint_ne(emu_get_le(memory + 8, 4), sum_of_words(memory));
    unplug();
}
END_TEST

/* A published trace: 2 dark readings of 16055 clocks at high gain are 548 bytes; 32 us a clock. */
START_TEST(readings_come_when_they_are_over_and_later_if_nobody_waits_for_events)
{
    static const uint8_t trigger[12] = {0, 0, 1, 0, 0xB7, 0x3E, 0, 0, 2, 0, 0, 0};
    static const struct row {
        bool awaited;
        int64_t ms;
    } rows[] = {{true, 1027}, {false, 2527}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t data[1024];
        size_t got = 0;
        plug("colormunki", NULL);
        emu_await(unit, 0x83, rows[i].awaited);
        ck_assert_int_eq(tell(0x80, 12, trigger), EMU_OK);
        ck_assert_int_eq(emu_next_ms(unit), rows[i].ms);
        ck_assert_int_eq(emu_in(unit, 0x81, data, sizeof data, &got), EMU_WAIT);
        emu_advance(unit, rows[i].ms);
        ck_assert_int_eq(emu_in(unit, 0x81, data, sizeof data, &got), EMU_OK);
        ck_assert_uint_eq(got, 548);
        ck_assert(emu_get_le(data, 2) > 1990 && emu_get_le(data, 2) < 2400);
        unplug();
    }
}
END_TEST

START_TEST(the_dial_and_the_button_are_events_and_a_state)
{
    uint8_t event[8], state[2];
    size_t got = 0;
    plug("colormunki", (const char *const[]){"dial=1@300ms", "button=1@400ms", NULL});
    ck_assert_int_eq(ask(0x87, 2, state).status, EMU_OK);
    ck_assert_mem_eq(state, "\2\0", 2);
    emu_advance(unit, 350);
    ck_assert_int_eq(emu_in(unit, 0x83, event, 8, &got), EMU_OK);
    ck_assert_mem_eq(event, "\0\1\0\0\x2C\1\0\0", 8);
    emu_advance(unit, 450);
    got = 0;
    ck_assert_int_eq(emu_in(unit, 0x83, event, 8, &got), EMU_OK);
    ck_assert_mem_eq(event, "\1\0\0\0\x90\1\0\0", 8);
    ask(0x87, 2, state);
    ck_assert_mem_eq(state, "\1\1", 2);
    unplug();
}
END_TEST

START_TEST(a_colormunki_closed_without_a_reset_is_mute_for_one_opening)
{
    uint8_t data[24];
    plug("colormunki", NULL);
    ck_assert_int_eq(ask(0x86, 24, data).status, EMU_OK);
    emu_bus_event(unit, EMU_CLOSED);
    emu_bus_event(unit, EMU_OPENED);
    ck_assert_int_eq(ask(0x86, 24, data).status, EMU_SILENT);
    emu_bus_event(unit, EMU_CLOSED);
    emu_bus_event(unit, EMU_OPENED);
    ck_assert_int_eq(ask(0x86, 24, data).status, EMU_OK);
    for (int i = 0; i < 20; i++) {
        emu_bus_event(unit, EMU_RESET);
        emu_bus_event(unit, EMU_CLOSED);
        emu_bus_event(unit, EMU_OPENED);
        ck_assert_int_eq(ask(0x86, 24, data).status, EMU_OK);
    }
    unplug();
}
END_TEST

START_TEST(a_colormunki_refuses_what_makes_no_sense)
{
    static const uint8_t too_quick[12] = {1, 0, 0, 0, 223, 0, 0, 0, 1};
    static const uint8_t none[12] = {1, 0, 0, 0, 224, 0, 0, 0, 0};
    static const uint8_t beyond[8] = {0, 0x40, 0, 0, 1};
    uint8_t data[8];
    plug("colormunki", NULL);
    ck_assert_int_eq(tell(0x80, 12, too_quick), EMU_STALL);
    ck_assert_int_eq(tell(0x80, 12, none), EMU_STALL);
    ck_assert_int_eq(tell(0x80, 8, none), EMU_STALL);
    ck_assert_int_eq(tell(0x81, 8, beyond), EMU_STALL);
    ck_assert_int_eq(ask(0x99, 8, data).status, EMU_STALL);
    unplug();
}
END_TEST

static const uint8_t *report(const uint8_t *command, size_t n)
{
    static uint8_t reply[64];
    uint8_t frame[64] = {0};
    size_t got = 0;
    memcpy(frame, command, n);
    ck_assert_int_eq(emu_out(unit, 0x01, frame, sizeof frame), EMU_OK);
    emu_advance(unit, emu_now_ms(unit) + 1000);
    ck_assert_int_eq(emu_in(unit, 0x81, reply, sizeof reply, &got), EMU_OK);
    ck_assert_uint_eq(got, 64);
    return reply;
}

START_TEST(a_colorhug_reads_the_lamp_off_the_sample)
{
    static const uint8_t take[] = {0x23, 0, 0}, unknown[] = {0x77}, no_such[] = {0x23, 7, 0};
    plug("colorhug2", (const char *const[]){"sample=gray:0.25", "lamp=200", NULL});
    const uint8_t *reply = report(take, sizeof take);
    ck_assert_mem_eq(reply, "\0\x23", 2);
    CHECK_NEAR("Y", (double)emu_get_le(reply + 6, 4) / 65536, 50, 1e-4);
    ck_assert_uint_eq(report(unknown, sizeof unknown)[0], 0x01);
    ck_assert_uint_eq(report(no_such, sizeof no_such)[0], 0x0C);
    emu_set(unit, "sample=gray:1", why);
    CHECK_NEAR("Y of white", (double)emu_get_le(report(take, sizeof take) + 6, 4) / 65536, 200,
               1e-4);
    unplug();
}
END_TEST

START_TEST(a_colorhug_wants_its_replies_fetched)
{
    static const uint8_t frame[64] = {0x0B};
    uint8_t reply[64];
    plug("colorhug2", NULL);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(emu_out(unit, 0x01, frame, sizeof frame), EMU_OK);
    emu_advance(unit, 100);
    for (int i = 0; i < 2; i++) {
        size_t got = 0;
        ck_assert_int_eq(emu_in(unit, 0x81, reply, sizeof reply, &got), EMU_OK);
        ck_assert_uint_eq(reply[0], i ? 0x12 : 0);
    }
    unplug();
}
END_TEST

/* Sends a packet and fetches its reply; how long that is, 0 when the packet is not taken. */
static size_t exchange(const uint8_t *packet, size_t n, uint8_t reply[64])
{
    size_t got = 0;
    memset(reply, 0, 64);
    if (emu_out(unit, 0x02, packet, n) != EMU_OK)
        return 0;
    emu_advance(unit, emu_now_ms(unit) + 200);
    emu_in(unit, 0x82, reply, 64, &got);
    return got;
}

START_TEST(a_spyderprint_reads_its_tile_as_one_was_seen_to_and_wants_replies_fetched)
{
    static const uint8_t white[] = {1, 4, 0x12, 0}, read[] = {2, 3, 0x0A};
    static const uint8_t tile[] = {2,    15,   0,    0x00, 0x66, 0xEC, 0xC4, 0x00,
                                   0x00, 0x09, 0xC4, 0xFF, 0xFC, 0xE3, 0xE8};
    static const char *const options[] = {"sample=gray:0.83", "leftover=1", NULL};
    uint8_t reply[64];
    size_t got = 0;
    plug("spyderprint", options);
    ck_assert_uint_eq(exchange(white, sizeof white, reply), 0); /* wedged */
    ck_assert_int_eq(emu_in(unit, 0x82, reply, 15, &got), EMU_OK);
    ck_assert_uint_eq(exchange(white, sizeof white, reply), 3);
    ck_assert_uint_eq(exchange(read, sizeof read, reply), sizeof tile);
    ck_assert_mem_eq(reply, tile, sizeof tile);
    unplug();
}
END_TEST

START_TEST(a_spyderprint_s_memory_is_read_and_hardly_written)
{
    static const uint8_t where[] = {7, 8, 0x16, 8, 0, 0x0D, 0, 4}, serial[] = {7, 7, 0, 0, 0, 2, 1};
    static const uint8_t write[] = {8, 8, 0x17, 8, 0, 0x11, 0, 2}, bytes[] = {0x10, 0x10};
    static const uint8_t forbidden[] = {9, 8, 0x17, 8, 0, 0x0D, 0, 4},
                         beyond[] = {9, 8, 0x16, 8, 0x07, 0xFE, 0, 4},
                         wrong_length[] = {9, 4, 0x0A};
    static const char *const options[] = {"serial=513", NULL};
    uint8_t reply[64];
    plug("spyderprint", options);
    ck_assert_uint_eq(exchange(where, sizeof where, reply), sizeof serial);
    ck_assert_mem_eq(reply, serial, sizeof serial);
    ck_assert_uint_eq(exchange(write, sizeof write, reply), 0); /* the bytes come first */
    ck_assert_uint_eq(exchange(bytes, sizeof bytes, reply), 3);
    ck_assert(reply[0] == 8 && reply[2] == 0);
    exchange(forbidden, sizeof forbidden, reply);
    ck_assert_uint_ne(reply[2], 0);
    exchange(beyond, sizeof beyond, reply);
    ck_assert_uint_ne(reply[2], 0);
    exchange(wrong_length, sizeof wrong_length, reply);
    ck_assert_uint_ne(reply[2], 0);
    unplug();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("emulated instruments");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, the_memory_of_a_colormunki_is_in_order);
    tcase_add_test(tests, readings_come_when_they_are_over_and_later_if_nobody_waits_for_events);
    tcase_add_test(tests, the_dial_and_the_button_are_events_and_a_state);
    tcase_add_test(tests, a_colormunki_closed_without_a_reset_is_mute_for_one_opening);
    tcase_add_test(tests, a_colormunki_refuses_what_makes_no_sense);
    tcase_add_test(tests, a_colorhug_reads_the_lamp_off_the_sample);
    tcase_add_test(tests, a_colorhug_wants_its_replies_fetched);
    tcase_add_test(tests,
                   a_spyderprint_reads_its_tile_as_one_was_seen_to_and_wants_replies_fetched);
    tcase_add_test(tests, a_spyderprint_s_memory_is_read_and_hardly_written);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
