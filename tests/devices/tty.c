/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Serial lines by their path, with a pseudo terminal at the other end. */
#define _DEFAULT_SOURCE
#define _XOPEN_SOURCE 700 /* posix_openpt */
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <tonsure/devices.h>

#include "devices/transport/holder.h"
#include "support/testing.h"

/* What waits in vain is in a hurry; what waits for somebody has all the time of a busy machine. */
enum { HURRY = 20, NO_HURRY = 1, TIMEOUT_MS = 2000 };

static int master;
static char path[64];
static tns_port port;
static tns_error err;

static void plug(int hurry)
{
    master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    ck_assert(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    strcpy(path, ptsname(master));
    const tns_port_options options = {.hurry = hurry};
    ck_assert_msg(tns_port_open_tty(path, &options, &port, &err), "%s", err.text);
}

static void unplug(void)
{
    tns_port_close(&port);
    if (master >= 0)
        close(master);
}

static void say(const char *text)
{
    ck_assert_int_eq(write(master, text, strlen(text)), (ssize_t)strlen(text));
}

START_TEST(bytes_pass_unchanged_both_ways)
{
    static const uint8_t all[] = {0x00, 0x03, 0x0A, 0x0D, 0x11, 0x13, 0x1A, 0x7F, 0xFF};
    uint8_t data[64];
    plug(NO_HURRY);
    ck_assert(port.identity.serial_line);
    ck_assert_str_eq(port.identity.path, path);
    ck_assert(tns_port_write(&port, 0, all, sizeof all, TIMEOUT_MS, &err));
    ck_assert_int_eq(read(master, data, sizeof data), sizeof all);
    ck_assert_mem_eq(data, all, sizeof all);
    ck_assert_int_eq(write(master, all, sizeof all), sizeof all);
    ck_assert_msg(tns_port_read_exactly(&port, 0, data, sizeof all, TIMEOUT_MS, &err), "%s",
                  err.text);
    ck_assert_mem_eq(data, all, sizeof all);
    unplug();
}
END_TEST

/* Says "OK00," in pieces. */
static void *stammer(void *unused)
{
    const struct timespec between = {.tv_nsec = 10000000};
    for (const char *at = "OK00,"; *at; at++) {
        nanosleep(&between, NULL);
        if (write(master, at, 1) != 1)
            return NULL;
    }
    return unused;
}

START_TEST(a_split_answer_is_put_together)
{
    char text[16];
    size_t length;
    pthread_t thread;
    plug(NO_HURRY);
    ck_assert_int_eq(pthread_create(&thread, NULL, stammer, NULL), 0);
    ck_assert_msg(tns_port_read_until(&port, 0, ',', text, sizeof text, &length, TIMEOUT_MS, &err),
                  "%s", err.text);
    ck_assert_str_eq(text, "OK00,");
    pthread_join(thread, NULL);
    unplug();
}
END_TEST

START_TEST(a_late_answer_is_a_timeout_and_drained)
{
    uint8_t data[8];
    size_t got;
    plug(HURRY);
    ck_assert(!tns_port_read(&port, 0, data, sizeof data, &got, TIMEOUT_MS, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_TIMEOUT);
    say("late");
    tns_port_drain(&port, 0, TIMEOUT_MS / 10);
    say("new");
    ck_assert(tns_port_read(&port, 0, data, sizeof data, &got, TIMEOUT_MS, &err));
    ck_assert_uint_eq(got, 3);
    ck_assert_mem_eq(data, "new", 3);
    unplug();
}
END_TEST

START_TEST(a_short_answer_is_told_apart_from_none)
{
    uint8_t data[8];
    plug(HURRY);
    say("abc");
    ck_assert(!tns_port_read_exactly(&port, 0, data, 5, TIMEOUT_MS, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_SHORT_REPLY);
    ck_assert(!tns_port_read_exactly(&port, 0, data, 5, TIMEOUT_MS, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_TIMEOUT);
    unplug();
}
END_TEST

START_TEST(a_line_pulled_out_is_gone_for_good)
{
    uint8_t data[8] = "x";
    size_t got;
    plug(HURRY);
    close(master);
    master = -1;
    ck_assert(!tns_port_read(&port, 0, data, sizeof data, &got, TIMEOUT_MS, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_GONE);
    ck_assert(!tns_port_write(&port, 0, data, 1, TIMEOUT_MS, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_GONE);
    ck_assert(!tns_port_set_line(&port, (tns_line){9600, 'N', 1, false}, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_GONE);
    unplug();
}
END_TEST

START_TEST(what_nobody_takes_is_a_timeout)
{
    static const uint8_t much[1 << 17];
    plug(HURRY);
    ck_assert(!tns_port_write(&port, 0, much, sizeof much, TIMEOUT_MS, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_TIMEOUT);
    unplug();
}
END_TEST

/* A real line whose CTS is low keeps what was written, and close() would wait for it for 30 s. */
START_TEST(closing_throws_away_what_nobody_takes)
{
    int on = 1;
    uint8_t told = 0;
    plug(NO_HURRY);
    ck_assert_int_eq(ioctl(master, TIOCPKT, &on), 0); /* the pseudo terminal tells what is done */
    tns_port_close(&port);
    ck_assert_int_eq(read(master, &told, 1), 1);
    ck_assert(told & TIOCPKT_FLUSHWRITE);
    unplug();
}
END_TEST

START_TEST(a_line_is_set)
{
    static const struct row {
        tns_line line;
        speed_t speed;
        tcflag_t flags;
    } rows[] = {
        {{9600, 'N', 1, false}, B9600, 0},
        {{38400, 'E', 1, false}, B38400, PARENB},
        {{115200, 'O', 2, false}, B115200, PARENB | PARODD | CSTOPB},
    };
    plug(HURRY);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct termios is;
        ck_assert_msg(tns_port_set_line(&port, rows[i].line, &err), "%s", err.text);
        ck_assert_int_eq(tcgetattr(master, &is), 0);
        ck_assert_uint_eq(cfgetospeed(&is), rows[i].speed);
        /* A pseudo terminal knows no parity: Linux clears it, and sets 8 bits. */
        ck_assert_uint_eq(is.c_cflag & CSTOPB, rows[i].flags & CSTOPB);
    }
    ck_assert(!tns_port_set_line(&port, (tns_line){12345, 'N', 1, false}, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_UNSUPPORTED);
    unplug();
}
END_TEST

START_TEST(a_line_in_use_is_busy_and_its_holder_named)
{
    tns_port second;
    plug(HURRY);
    ck_assert(!tns_port_open_tty(path, NULL, &second, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_BUSY);
    char own[32];
    snprintf(own, sizeof own, "(pid %ld)", (long)getpid());
    ck_assert_msg(strstr(err.text, own) != NULL, "%s", err.text);
    tns_port_close(&port);
    ck_assert_msg(tns_port_open_tty(path, NULL, &second, &err), "%s", err.text);
    tns_port_close(&second);
    unplug();
}
END_TEST

/* A child has a file open; this program too, but the other one is of interest. */
START_TEST(the_holder_of_a_file_is_found)
{
    char file[] = "/tmp/tonsure-held-XXXXXX", holder[80], expected[32];
    int fd = mkstemp(file), go[2];
    ck_assert(fd >= 0 && pipe(go) == 0);
    pid_t child = fork();
    if (child == 0) {
        char byte;
        close(go[1]);
        _exit(read(go[0], &byte, 1) == 0 ? 0 : 1); /* until the other end is closed */
    }
    tns_node_holder(file, holder, sizeof holder);
    close(go[1]);
    close(go[0]);
    waitpid(child, NULL, 0);
    snprintf(expected, sizeof expected, "(pid %ld)", (long)child);
    ck_assert_msg(strstr(holder, expected) != NULL, "%s, expected %s", holder, expected);
    close(fd);
    tns_node_holder(file, holder, sizeof holder);
    ck_assert_str_eq(holder, "");
    unlink(file);
}
END_TEST

START_TEST(what_is_no_line_is_refused)
{
    static const struct row {
        const char *path;
        tns_code code;
    } rows[] = {
        {"/dev/no such line", TNS_ERROR_NO_INSTRUMENT},
        {"/dev/null", TNS_ERROR_NO_INSTRUMENT},
        {"/", TNS_ERROR_NO_INSTRUMENT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert(!tns_port_open_tty(rows[i].path, NULL, &port, &err));
        ck_assert_msg(err.code == rows[i].code, "%s: %s", rows[i].path, err.text);
    }
}
END_TEST

START_TEST(a_line_has_no_usb)
{
    plug(HURRY);
    ck_assert(!tns_port_control_out(&port, (tns_request){0x40, 1, 0, 0}, NULL, 0, 100, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_UNSUPPORTED);
    ck_assert(!tns_port_reset(&port, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_UNSUPPORTED);
    ck_assert(tns_port_listen(&port, 0, 8, &err));
    unplug();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("devices/tty");
    TCase *lines = tcase_create("lines");
    tcase_add_test(lines, bytes_pass_unchanged_both_ways);
    tcase_add_test(lines, a_split_answer_is_put_together);
    tcase_add_test(lines, a_late_answer_is_a_timeout_and_drained);
    tcase_add_test(lines, a_short_answer_is_told_apart_from_none);
    tcase_add_test(lines, a_line_pulled_out_is_gone_for_good);
    tcase_add_test(lines, what_nobody_takes_is_a_timeout);
    tcase_add_test(lines, closing_throws_away_what_nobody_takes);
    tcase_add_test(lines, a_line_is_set);
    tcase_add_test(lines, a_line_in_use_is_busy_and_its_holder_named);
    tcase_add_test(lines, the_holder_of_a_file_is_found);
    tcase_add_test(lines, what_is_no_line_is_refused);
    tcase_add_test(lines, a_line_has_no_usb);
    suite_add_tcase(suite, lines);
    return run_suite(suite);
}
