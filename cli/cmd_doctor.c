/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether all is well, a line each, and what to do where it is not. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <tonsure/device_records.h>
#include <tonsure/palette.h>
#include <tonsure/service.h>

#include "doctor.h"
#include "instrument.h"

enum { CHECKS = 6 };

#define RULES "60-tonsure.rules"

/* ---- instruments ---- */

/* Where the rules lie that came with this command: installed, or in its build. */
static void find_rules(char *out, size_t size)
{
    static const char *const beside[] = {"../lib/udev/rules.d/" RULES, "../devices/" RULES};
    char self[PATH_MAX], path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    snprintf(out, size, RULES);
    self[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(self, '/');
    if (!slash)
        return;
    *slash = '\0';
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        char whole[PATH_MAX + 64];
        snprintf(whole, sizeof whole, "%s/%s", self, beside[i]);
        if (realpath(whole, path) && strlen(path) < size) {
            strcpy(out, path);
            return;
        }
    }
}

/* What to type, as it stands, so that instruments open for everybody. */
static void tell_rules(char *fix, size_t size)
{
    char path[260];
    find_rules(path, sizeof path);
    snprintf(
        fix, size,
        "sudo cp %s /etc/udev/rules.d/ && sudo udevadm control --reload, then plug it in again",
        path);
}

static tns_doctor_check about_device(const tns_device *device)
{
    tns_doctor_check check = {.name = "instrument", .state = TNS_DOCTOR_WRONG};
    if (device->access == TNS_ACCESS_OK) {
        check.state = TNS_DOCTOR_OK;
        snprintf(check.text, sizeof check.text, "%s at %s can be opened", device->model,
                 device->path);
    } else if (device->access == TNS_ACCESS_DENIED) {
        snprintf(check.text, sizeof check.text, "%s at %s: no permission", device->model,
                 device->path);
        tell_rules(check.fix, sizeof check.fix);
    } else {
        snprintf(check.text, sizeof check.text, "%s at %s: busy, held by %s", device->model,
                 device->path, device->holder[0] ? device->holder : "another program");
        snprintf(check.fix, sizeof check.fix, "end that program");
    }
    return check;
}

/* The worst of what is plugged in. */
static tns_doctor_check check_instruments(void)
{
    tns_doctor_check check = {.name = "instrument",
                              .state = TNS_DOCTOR_ABSENT,
                              .text = "none is plugged in, or none that is known"};
    tns_error err;
    tns_device *devices;
    size_t count;
    bool looked = tns_devices_list(&devices, &count, &err);
    if (!looked) {
        check.state = TNS_DOCTOR_WRONG;
        snprintf(check.text, sizeof check.text, "%.299s", err.text);
    }
    for (size_t i = 0; looked && i < count; i++)
        if (devices[i].vendor_id && devices[i].certain && check.state != TNS_DOCTOR_WRONG)
            check = about_device(&devices[i]);
        else if (devices[i].vendor_id && check.state == TNS_DOCTOR_ABSENT)
            snprintf(check.text, sizeof check.text,
                     "perhaps one: name it, as with tonsure measure --device %s",
                     devices[i].driver->name);
    free(devices);
    return check;
}

static tns_doctor_check check_rules(bool denied)
{
    static const char *const folders[] = {"/etc/udev/rules.d", "/run/udev/rules.d",
                                          "/usr/local/lib/udev/rules.d", "/usr/lib/udev/rules.d",
                                          "/lib/udev/rules.d"};
    tns_doctor_check check = {.name = "rules"};
    char path[128];
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s/" RULES, folders[i]);
        if (access(path, R_OK) == 0) {
            snprintf(check.text, sizeof check.text, "%s", path);
            return check;
        }
    }
    check.state = denied ? TNS_DOCTOR_WRONG : TNS_DOCTOR_ABSENT;
    snprintf(check.text, sizeof check.text,
             RULES " is not installed: instruments open for root only");
    tell_rules(check.fix, sizeof check.fix);
    return check;
}

/* The folder, or the nearest above it that is there already. */
static tns_doctor_check check_folder(void)
{
    tns_doctor_check check = {.name = "calibrations"};
    char path[1024], *slash;
    if (!tns_service_calibrations(path, sizeof path)) {
        check.state = TNS_DOCTOR_WRONG;
        snprintf(check.text, sizeof check.text, "neither HOME nor XDG_DATA_HOME is set");
        snprintf(check.fix, sizeof check.fix, "set one: calibrations are kept there");
        return check;
    }
    snprintf(check.text, sizeof check.text, "kept in %.280s", path);
    while (access(path, F_OK) != 0 && (slash = strrchr(path, '/')) != NULL && slash != path)
        *slash = '\0';
    if (access(path, W_OK) != 0) {
        check.state = TNS_DOCTOR_WRONG;
        snprintf(check.text, sizeof check.text, "%.200s: cannot be written to", path);
        snprintf(check.fix, sizeof check.fix, "chown it to yourself, or set XDG_DATA_HOME");
    }
    return check;
}

/* ---- the rest ---- */

static tns_doctor_check check_palette(const cli *c)
{
    tns_doctor_check check = {.name = "palette"};
    tns_error err;
    tns_palette *palette = tns_palette_choose(c->palette, &err);
    if (palette) {
        snprintf(check.text, sizeof check.text, "%s, %zu pigment%s", palette->name, palette->count,
                 cli_plural(palette->count));
    } else {
        check.state = TNS_DOCTOR_WRONG;
        snprintf(check.text, sizeof check.text, "%.299s", err.text);
        snprintf(check.fix, sizeof check.fix, "tonsure palette list tells which there are");
    }
    tns_palette_destroy(palette);
    return check;
}

/* A computer whose battery is flat wakes up in 1970, and every calibration is from the future. */
static tns_doctor_check check_clock(void)
{
    tns_doctor_check check = {.name = "clock"};
    time_t now = time(NULL);
    struct tm utc = {0};
    char text[32] = "unknown";
    if (gmtime_r(&now, &utc))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    snprintf(check.text, sizeof check.text, "%s", text);
    if (utc.tm_year + 1900 < 2026 || utc.tm_year + 1900 > 2100) {
        check.state = TNS_DOCTOR_WRONG;
        snprintf(check.fix, sizeof check.fix, "sudo timedatectl set-ntp true");
    }
    return check;
}

static tns_doctor_check check_store(const cli *c)
{
#ifdef WITH_STORE
    return doctor_check_store(c);
#else
    (void)c;
    return (tns_doctor_check){
        .name = "store", .state = TNS_DOCTOR_ABSENT, .text = "this build keeps no shelf"};
#endif
}

/* A command is printed to be copied, and what follows it apart. */
static void print_fix(const char *fix)
{
    const char *then = strstr(fix, ", then ");
    char line[sizeof((tns_doctor_check *)0)->fix];
    int column = printf("%20s fix: ", "");
    if (strncmp(fix, "sudo ", 5) != 0) {
        cli_print_wrapped(column, fix);
        return;
    }
    snprintf(line, sizeof line, "%.*s", then ? (int)(then - fix) : (int)strlen(fix), fix);
    cli_print_command(column, column, line);
    if (then)
        printf("%*s%s\n", column, "", then + 2);
}

static void print(const tns_doctor_check *check)
{
    static const char *const states[] = {"ok", "WRONG", "-"};
    printf("%-13s %-6s ", check->name, states[check->state]);
    cli_print_wrapped(21, check->text);
    if (check->fix[0])
        print_fix(check->fix);
}

/* 3 where instruments are concerned, 1 elsewhere: what is wrong first counts. */
static int conclude(const tns_doctor_check *checks)
{
    tns_error err;
    for (int i = 0; i < CHECKS; i++)
        if (checks[i].state == TNS_DOCTOR_WRONG) {
            bool instrument = i < 3;
            tns_error_set(&err, instrument ? TNS_ERROR_PERMISSION : TNS_ERROR_IO, "doctor: %s: %s",
                          checks[i].name, checks[i].text);
            return cli_fail_quietly(&err);
        }
    return 0;
}

static int run(cli *c, int argc, const char **argv)
{
    const cli_option options[] = {{NULL, CLI_FLAG, NULL, NULL, NULL}};
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_doctor, argc, argv, options, 0, 0, &words, &status))
        return status;
    tns_doctor_check instruments = check_instruments();
    const tns_doctor_check checks[CHECKS] = {
        instruments,      check_rules(instruments.state == TNS_DOCTOR_WRONG),
        check_folder(),   check_store(c),
        check_palette(c), check_clock(),
    };
    if (c->json && (status = cli_print_record(c, tns_doctor_write(checks, CHECKS))) != 0)
        return status;
    for (int i = 0; i < CHECKS && !c->json; i++)
        print(&checks[i]);
    return conclude(checks);
}

const command cmd_doctor = {"doctor", "", "checks instruments, rules, store, palette and clock",
                            "  tonsure doctor\n"
                            "  tonsure --json doctor\n"
                            "  tonsure --palette mine.json doctor\n",
                            run};
