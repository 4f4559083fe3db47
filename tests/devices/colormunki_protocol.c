/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ColorMunki's bytes and sensor, by hand-made units: no port. */
#include <math.h>
#include <stdlib.h>

#include "devices/colormunki/sensor.h"
#include "devices/colormunki_unit.h"
#include "support/testing.h"

static uint8_t unit[UNIT_SIZE];
static tns_munki_eeprom eeprom;
static tns_error err;

static void setup(void)
{
    unit_make(unit);
    err = (tns_error){.code = TNS_OK};
    ck_assert_msg(tns_munki_get_eeprom(unit, UNIT_SIZE, &eeprom, &err), "%s", err.text);
}

/* The public trace of one (lamp off, 16055 clocks, two readings), but at normal gain, not high. */
START_TEST(a_trigger_is_the_published_bytes_but_for_the_gain)
{
    static const uint8_t EXPECTED[] = {0, 0, 0, 0, 0xB7, 0x3E, 0, 0, 2, 0, 0, 0};
    uint8_t bytes[TNS_MUNKI_TRIGGER_SIZE];
    tns_munki_put_trigger((tns_munki_trigger){.ticks = 16055, .readings = 2}, bytes);
    ck_assert_mem_eq(bytes, EXPECTED, sizeof EXPECTED);
}
END_TEST

START_TEST(an_eeprom_is_read)
{
    ck_assert_int_eq(eeprom.version, 6);
    ck_assert_str_eq(eeprom.serial, "1234567");
    ck_assert_int_eq(eeprom.first_pixel[35], 3);
    CHECK_NEAR("tap", eeprom.tap[35][2], 0.25, 0);
    CHECK_NEAR("tile", eeprom.tile[7], 0.9, 1e-7);
    CHECK_NEAR("stray", eeprom.stray[3][4], -0.02, 1e-8);
    CHECK_NEAR("own", eeprom.stray[3][3], 1, 0);
    CHECK_NEAR("linear", eeprom.linear[1], 1, 0);
    CHECK_NEAR("start", eeprom.start_s, 0.012128, 1e-8);
}
END_TEST

typedef struct damage {
    const char *label;
    int at, bytes;
    uint64_t value;
    bool sealed;
    tns_code code;
} damage;

static const damage DAMAGES[] = {
    {"a flipped bit", 3000, 1, 0x40, false, TNS_ERROR_BAD_CHECKSUM},
    {"the checksum", 8, 4, 12345, false, TNS_ERROR_BAD_CHECKSUM},
    {"a version to come", 0, 2, 7, true, TNS_ERROR_INSTRUMENT},
    {"a version too old", 0, 2, 2, true, TNS_ERROR_INSTRUMENT},
    {"a size of nothing", 4, 4, 0, true, TNS_ERROR_SHORT_REPLY},
    {"a size beyond the chip", 4, 4, 1u << 20, true, TNS_ERROR_SHORT_REPLY},
    {"a filter outside the sensor", 40, 4, 113, true, TNS_ERROR_BAD_REPLY},
    {"a filter before the sensor", 44, 4, 0xFFFFFFFF, true, TNS_ERROR_BAD_REPLY},
    {"a tap that is no number", 188, 4, 0x7FC00000, true, TNS_ERROR_BAD_REPLY},
    {"an infinite tile", 4968, 4, 0x7F800000, true, TNS_ERROR_BAD_REPLY},
    {"a black tile", 4972, 4, 0, true, TNS_ERROR_BAD_REPLY},
    {"a scale that is no number", 8020, 4, 0x7FC00000, true, TNS_ERROR_BAD_REPLY},
    {"levels in disorder", 5402, 2, 8000, true, TNS_ERROR_BAD_REPLY},
    {"no integration time", 5408, 4, 0, true, TNS_ERROR_BAD_REPLY},
    {"no gain", 4944, 4, 0, true, TNS_ERROR_BAD_REPLY},
    {"an hour of heating", 5412, 4, 3600000, true, TNS_ERROR_BAD_REPLY},
};

START_TEST(a_damaged_eeprom_is_refused)
{
    const damage *d = &DAMAGES[_i];
    unit_put(unit + d->at, d->value, d->bytes);
    if (d->sealed)
        unit_seal(unit);
    ck_assert_msg(!tns_munki_get_eeprom(unit, UNIT_SIZE, &eeprom, &err), "%s", d->label);
    ck_assert_msg(err.code == d->code, "%s: %s", d->label, err.text);
}
END_TEST

START_TEST(a_cut_eeprom_is_refused)
{
    for (size_t size = 0; size < UNIT_SIZE; size += 61) {
        uint8_t *cut = malloc(size + 1);
        memcpy(cut, unit, size);
        ck_assert(!tns_munki_get_eeprom(cut, size, &eeprom, &err));
        free(cut);
    }
}
END_TEST

START_TEST(readings_of_odd_length_are_refused)
{
    static uint8_t bytes[3 * TNS_MUNKI_READING_SIZE];
    tns_munki_reading out[2];
    size_t count = 0;
    static const size_t WRONG[] = {0, 1, 273, 275, 547, 3 * TNS_MUNKI_READING_SIZE};
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        ck_assert(!tns_munki_get_readings(bytes, WRONG[i], out, 2, &count, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_SHORT_REPLY);
    }
    ck_assert(tns_munki_get_readings(bytes, 2 * TNS_MUNKI_READING_SIZE, out, 2, &count, &err));
    ck_assert_uint_eq(count, 2);
}
END_TEST

/* A reading of one level in all pixels. */
static tns_munki_reading flat(double level, double led)
{
    tns_munki_reading r = {.shielded = 2000, .led = led};
    for (int i = 0; i < TNS_MUNKI_PIXELS; i++)
        r.pixel[i] = level;
    return r;
}

START_TEST(a_leak_of_light_is_named)
{
    tns_munki_reading dark[2] = {flat(4500, 0), flat(4500, 0)}, restless[2] = {flat(2000, 0)};
    tns_munki_dark out;
    restless[1] = flat(2200, 0);
    ck_assert(!tns_munki_find_dark(dark, 2, &out, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "ambient light"));
    ck_assert(!tns_munki_find_dark(restless, 2, &out, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_IMPLAUSIBLE);
}
END_TEST

enum { RUN = 20 };
static const double INTEGRATION_S = 0.012;

/* The lamp loses 4 % while it warms up from 3000 to 2900. */
static void shine(tns_munki_reading out[RUN], double level)
{
    for (int n = 0; n < RUN; n++) {
        double led = 3000 - 100.0 * n / (RUN - 1);
        out[n] = flat(2000 + level * (1 - 0.04 * (3000 - led) / 100), led);
    }
}

/* What the tile gave is its reflectance, half the light is half of it, whatever the lamp's drift.
 */
START_TEST(light_becomes_reflectance)
{
    tns_munki_reading dark[1] = {flat(2000, 3000)}, run[RUN];
    tns_munki_dark darkness;
    tns_munki_white white, kept;
    double found[TNS_BANDS], numbers[TNS_MUNKI_WHITE_NUMBERS];
    ck_assert(tns_munki_find_dark(dark, 1, &darkness, &err));
    shine(run, 9000);
    ck_assert(tns_munki_find_white(&eeprom, &darkness, run, RUN, INTEGRATION_S, &white, &err));
    white.ticks = 375;
    tns_munki_white_put(&white, numbers);
    ck_assert(tns_munki_white_get(numbers, TNS_MUNKI_WHITE_NUMBERS, &kept));
    shine(run, 4500);
    ck_assert(tns_munki_find_reflectance(&eeprom, &kept, &darkness, run + RUN / 2, RUN / 2,
                                         INTEGRATION_S, found, &err));
    for (int j = 0; j < TNS_BANDS; j++)
        CHECK_NEAR("half", found[j], 0.45, 1e-7); /* the tile's figure is a float */
}
END_TEST

START_TEST(a_hand_that_moves_is_named)
{
    tns_munki_reading dark[1] = {flat(2000, 3000)}, run[RUN];
    tns_munki_dark darkness;
    tns_munki_white white;
    double found[TNS_BANDS];
    tns_munki_find_dark(dark, 1, &darkness, &err);
    shine(run, 9000);
    ck_assert(tns_munki_find_white(&eeprom, &darkness, run, RUN, INTEGRATION_S, &white, &err));
    run[3] = flat(2000 + 7000, run[3].led);
    ck_assert(!tns_munki_find_reflectance(&eeprom, &white, &darkness, run, RUN, INTEGRATION_S,
                                          found, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "hold it still"));
    ck_assert(!tns_munki_find_white(&eeprom, &darkness, run, RUN, INTEGRATION_S, &white, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_IMPLAUSIBLE);
}
END_TEST

START_TEST(what_was_kept_is_looked_at)
{
    double numbers[TNS_MUNKI_WHITE_NUMBERS] = {375};
    tns_munki_white white;
    ck_assert(tns_munki_white_get(numbers, TNS_MUNKI_WHITE_NUMBERS, &white));
    ck_assert(!tns_munki_white_get(numbers, TNS_MUNKI_WHITE_NUMBERS - 1, &white));
    numbers[5] = NAN;
    ck_assert(!tns_munki_white_get(numbers, TNS_MUNKI_WHITE_NUMBERS, &white));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("devices/colormunki_protocol");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, a_trigger_is_the_published_bytes_but_for_the_gain);
    tcase_add_test(tests, an_eeprom_is_read);
    tcase_add_loop_test(tests, a_damaged_eeprom_is_refused, 0, sizeof DAMAGES / sizeof *DAMAGES);
    tcase_add_test(tests, a_cut_eeprom_is_refused);
    tcase_add_test(tests, readings_of_odd_length_are_refused);
    tcase_add_test(tests, a_leak_of_light_is_named);
    tcase_add_test(tests, light_becomes_reflectance);
    tcase_add_test(tests, a_hand_that_moves_is_named);
    tcase_add_test(tests, what_was_kept_is_looked_at);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
