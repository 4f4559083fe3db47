/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lamp's file: relative power, whatever its scale. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tonsure/exchange.h>

#include "base/file.h"
#include "support/testing.h"

static char folder[] = "/tmp/tonsure-lamps-XXXXXX";

static const char *path_of(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static const char *lamp_file(const char *name, const char *bytes)
{
    tns_error err;
    const char *path = path_of(name);
    ck_assert_msg(tns_file_write(path, bytes, strlen(bytes), &err), "%s", err.text);
    return path;
}

/* 380-730/10 of a power that rises from 100 to 450. */
static void ramp(char *out, size_t size, const char *head, const char *separator)
{
    snprintf(out, size, "%s", head);
    for (int nm = 380; nm <= 730; nm += 10)
        snprintf(out + strlen(out), size - strlen(out), "%d%s%.3e\n", nm, separator, nm - 280.0);
}

static double power_at(const tns_illuminant *lamp, int nm)
{
    return lamp->power[(nm - TNS_SPD_FIRST_NM) / TNS_SPD_STEP_NM];
}

START_TEST(a_lamp_is_called_as_its_file_and_keeps_its_shape)
{
    static const char *const forms[][2] = {
        {"nm,power\n", ","}, {"", " , "}, {"# a meter wrote this\n", ","}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char text[2048];
        tns_illuminant lamp;
        tns_error err = {0};
        ramp(text, sizeof text, forms[i][0], forms[i][1]);
        ck_assert_msg(tns_exchange_load_lamp(lamp_file("Clinic ceiling.csv", text), &lamp, &err),
                      "%s", err.text);
        ck_assert_str_eq(lamp.name, "Clinic ceiling");
        CHECK_NEAR(forms[i][0], power_at(&lamp, 600) / power_at(&lamp, 400), 320.0 / 120, 1e-12);
        CHECK_NEAR(forms[i][0], power_at(&lamp, 405) / power_at(&lamp, 400), 125.0 / 120, 1e-12);
    }
}
END_TEST

START_TEST(a_flat_lamp_has_the_white_of_equal_energy)
{
    char text[1024] = "";
    for (int nm = 380; nm <= 780; nm += 10)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%d,1000\n", nm);
    tns_illuminant lamp, equal;
    tns_error err = {0};
    ck_assert_msg(tns_exchange_load_lamp(lamp_file("flat.csv", text), &lamp, &err), "%s", err.text);
    ck_assert(tns_illuminant_find("E", &equal, NULL));
    tns_viewing a = tns_viewing_make(&lamp, TNS_OBSERVER_2),
                b = tns_viewing_make(&equal, TNS_OBSERVER_2);
    /* Beyond 780 nm neither is summed. */
    CHECK_NEAR("X", a.white.X, b.white.X, 1e-9);
    CHECK_NEAR("Z", a.white.Z, b.white.Z, 1e-9);
}
END_TEST

static const struct {
    const char *label, *file, *bytes;
    tns_code code;
    const char *says;
} broken[] = {
    {"a negative power", "n.csv", "400,1\n500,-1\n600,1\n700,1\n", TNS_ERROR_RANGE,
     "n.csv: lamp n"},
    {"steps of 100 nm", "w.csv", "400,1\n500,1\n600,1\n700,1\n", TNS_ERROR_RANGE, "100 nm apart"},
    {"the name of a CIE illuminant", "D65.csv", "400,1\n500,1\n600,1\n700,1\n", TNS_ERROR_USAGE,
     "is that of a CIE illuminant"},
    {"a name of 40 letters", "abcdefghijabcdefghijabcdefghijabcdefghij.csv",
     "400,1\n500,1\n600,1\n700,1\n", TNS_ERROR_USAGE, "expected at most 31 bytes"},
    {"two lamps", "two.csv", "ID,400,550,700\na,1,1,1\nb,1,1,1\n", TNS_ERROR_USAGE,
     "holds 2 samples"},
    {"colors", "lab.csv", "L,a,b\n50,0,0\n", TNS_ERROR_FORMAT, "expected one spectrum"},
    {"a decimal comma", "comma.csv", "nm,P\n400,1,5\n500,1,5\n600,1,5\n700,1,5\n", TNS_ERROR_FORMAT,
     "line 2: expected 2 fields, found 3"},
    {"nothing", "nothing.csv", "", TNS_ERROR_FORMAT, "nothing.csv: "},
};

START_TEST(a_file_that_is_no_lamp_is_refused_by_name)
{
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        tns_illuminant lamp;
        tns_error err = {0};
        const char *path = lamp_file(broken[i].file, broken[i].bytes);
        ck_assert_msg(!tns_exchange_load_lamp(path, &lamp, &err), "%s was read", broken[i].label);
        ck_assert_msg(err.code == broken[i].code, "%s: %s: %s", broken[i].label,
                      tns_code_name(err.code), err.text);
        ck_assert_msg(strncmp(err.text, folder, strlen(folder)) == 0, "%s: %s", broken[i].label,
                      err.text);
        ck_assert_msg(strstr(err.text, broken[i].says) != NULL, "%s: %s", broken[i].label,
                      err.text);
        unlink(path);
    }
}
END_TEST

START_TEST(a_lamp_that_is_not_there_is_told_from_a_broken_one)
{
    tns_illuminant lamp;
    tns_error err = {0};
    ck_assert(!tns_exchange_load_lamp(TEST_ROOT "/no/such/lamp.csv", &lamp, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_NOT_FOUND);
}
END_TEST

int main(void)
{
    if (!mkdtemp(folder))
        return EXIT_FAILURE;
    Suite *suite = suite_create("lamps");
    TCase *tc = tcase_create("lamps");
    tcase_add_test(tc, a_lamp_is_called_as_its_file_and_keeps_its_shape);
    tcase_add_test(tc, a_flat_lamp_has_the_white_of_equal_energy);
    tcase_add_test(tc, a_file_that_is_no_lamp_is_refused_by_name);
    tcase_add_test(tc, a_lamp_that_is_not_there_is_told_from_a_broken_one);
    suite_add_tcase(suite, tc);
    int status = run_suite(suite);
    unlink(path_of("Clinic ceiling.csv"));
    unlink(path_of("flat.csv"));
    rmdir(folder);
    return status;
}
