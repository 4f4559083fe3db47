/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE   /* flock: it takes a folder, which fcntl does not */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tonsure/file.h>

#include "base/file.h"

static tns_code code_of(int number)
{
    if (number == ENOMEM)
        return TNS_ERROR_MEMORY;
    return number == ENOENT || number == ENOTDIR ? TNS_ERROR_NOT_FOUND : TNS_ERROR_IO;
}

/* Reads to the end of fd. NULL with errno set; EFBIG when there is more than limit. */
static char *read_all(int fd, size_t limit, size_t *length)
{
    size_t size = 65536, used = 0;
    char *bytes = malloc(size);
    while (bytes) {
        if (used + 1 >= size) {
            char *more = realloc(bytes, size * 2);
            if (!more)
                break;
            bytes = more;
            size *= 2;
        }
        ssize_t n = read(fd, bytes + used, size - used - 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0) {
            bytes[used] = '\0';
            *length = used;
            return bytes;
        }
        if (n < 0)
            break;
        used += (size_t)n;
        if (used > limit) {
            errno = EFBIG;
            break;
        }
    }
    int number = errno;
    free(bytes);
    errno = number;
    return NULL;
}

static char *read_named(int fd, const char *name, size_t limit, size_t *length, tns_error *err)
{
    char *bytes = read_all(fd, limit, length);
    if (!bytes && errno == EFBIG)
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: larger than %zu MiB", name, limit >> 20);
    else if (!bytes)
        tns_error_set(err, code_of(errno), "%s: cannot be read: %s", name, strerror(errno));
    return bytes;
}

char *tns_file_read(const char *path, size_t limit, size_t *length, tns_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        tns_error_set(err, code_of(errno), "%s: cannot be opened: %s", path, strerror(errno));
        return NULL;
    }
    char *bytes = read_named(fd, path, limit, length, err);
    close(fd);
    return bytes;
}

char *tns_file_read_stdin(size_t limit, size_t *length, tns_error *err)
{
    return read_named(STDIN_FILENO, "standard input", limit, length, err);
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = write(fd, bytes, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes += n;
        length -= (size_t)n;
    }
    return true;
}

/*
 * A new file beside `path`, its name left in `name`. Not mkstemp: its files are for the owner
 * alone, and the umask can only be asked by changing it, for every thread.
 */
static int open_beside(const char *path, mode_t mode, char *name, size_t size)
{
    int fd = -1;
    for (int i = 0; i < 1000; i++) {
        snprintf(name, size, "%s.%ld-%d", path, (long)getpid(), i);
        fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST)
            break;
    }
    return fd;
}

/* Closes whatever comes, and keeps the errno of the first failure. */
static bool close_after(int fd, bool done)
{
    int number = errno;
    bool closed = close(fd) == 0;
    if (!done)
        errno = number;
    return done && closed;
}

/* Writes beside `path` and renames; `old` is what is there now, or NULL. False with errno set. */
static bool replace(const char *path, const struct stat *old, const char *bytes, size_t length)
{
    size_t size = strlen(path) + 40;
    char *beside = malloc(size);
    int fd = beside ? open_beside(path, old ? old->st_mode & 0777 : 0666, beside, size) : -1;
    if (fd < 0) {
        free(beside);
        return false;
    }
    bool done = write_all(fd, bytes, length) && fsync(fd) == 0 &&
                (!old || fchmod(fd, old->st_mode & 0777) == 0);
    done = close_after(fd, done) && rename(beside, path) == 0;
    int number = errno;
    if (!done)
        unlink(beside);
    free(beside);
    errno = number;
    return done;
}

/* A pipe or a device is written to: a rename would put a file in its place. */
static bool write_into(const char *path, const char *bytes, size_t length)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    return fd >= 0 && close_after(fd, write_all(fd, bytes, length));
}

/* With the mode of the file that is there, unless one is given. */
static bool write_whole(const char *path, const struct stat *mode, const char *bytes, size_t length,
                        tns_error *err)
{
    struct stat old;
    bool there = stat(path, &old) == 0;
    char *target = there ? realpath(path, NULL) : NULL; /* a link stays a link */
    const char *real = target ? target : path;
    bool done = there && !S_ISREG(old.st_mode) && !S_ISDIR(old.st_mode)
                    ? write_into(real, bytes, length)
                    : replace(real,
                              mode    ? mode
                              : there ? &old
                                      : NULL,
                              bytes, length);
    if (!done)
        tns_error_set(err, code_of(errno), "%s: cannot be written: %s", path, strerror(errno));
    free(target);
    return done;
}

bool tns_file_write(const char *path, const char *bytes, size_t length, tns_error *err)
{
    return write_whole(path, NULL, bytes, length, err);
}

bool tns_file_write_private(const char *path, const char *bytes, size_t length, tns_error *err)
{
    const struct stat own = {.st_mode = S_IRUSR | S_IWUSR};
    return write_whole(path, &own, bytes, length, err);
}

const char *tns_file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *tns_file_folder(const char *path)
{
    size_t length = (size_t)(tns_file_name(path) - path);
    return length ? strndup(path, length) : strdup(".");
}

/* What open_beside() would fail on, as an errno; 0 = nothing. */
static int why_no_file(const char *path)
{
    struct stat found;
    size_t size = strlen(path) + 40;
    char *folder = tns_file_folder(path), *beside = malloc(size);
    int number = folder && beside ? 0 : ENOMEM;
    if (number == 0 && access(folder, W_OK | X_OK) != 0)
        number = errno;
    if (number == 0) {
        snprintf(beside, size, "%s.%ld-%d", path, (long)getpid(), 0);
        number = lstat(beside, &found) == 0 || errno == ENOENT ? 0 : errno; /* a long name */
    }
    free(beside);
    free(folder);
    return number;
}

static int why_not(const char *path, const struct stat *old)
{
    if (old && S_ISDIR(old->st_mode))
        return EISDIR;
    if (old && !S_ISREG(old->st_mode))
        return access(path, W_OK) == 0 ? 0 : errno;
    if (tns_file_name(path)[0] == '\0')
        return access(path, F_OK) == 0 ? ENOENT : errno;      /* ENOTDIR below a file */
    char *target = old ? realpath(path, NULL) : strdup(path); /* as write_whole() finds it */
    int number = target ? why_no_file(target) : errno;
    free(target);
    return number;
}

bool tns_file_expect_writable(const char *path, bool *replaces, tns_error *err)
{
    struct stat old;
    bool there = stat(path, &old) == 0;
    if (replaces)
        *replaces = there && S_ISREG(old.st_mode);
    int number = why_not(path, there ? &old : NULL);
    return number == 0 ||
           tns_error_set(err, code_of(number), "%s: cannot be written: %s", path, strerror(number));
}

bool tns_file_put(const char *path, const char *bytes, size_t length, bool dry_run, tns_error *err)
{
    return dry_run ? tns_file_expect_writable(path, NULL, err)
                   : tns_file_write(path, bytes, length, err);
}

bool tns_file_is_same(const char *a, const char *b)
{
    struct stat of_a, of_b;
    char *in_a = tns_file_folder(a), *in_b = tns_file_folder(b);
    bool same = in_a && in_b && stat(in_a, &of_a) == 0 && stat(in_b, &of_b) == 0 &&
                of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino &&
                strcmp(tns_file_name(a), tns_file_name(b)) == 0;
    free(in_a);
    free(in_b);
    return same;
}

bool tns_text_save(const char *path, const char *text, tns_error *err)
{
    return tns_file_write(path, text, strlen(text), err);
}

bool tns_file_expect_none(const char *path, tns_error *err)
{
    struct stat found;
    bool there = stat(path, &found) == 0 ? S_ISREG(found.st_mode) || S_ISDIR(found.st_mode)
                                         : lstat(path, &found) == 0; /* a link to nothing */
    return !there || tns_error_set(err, TNS_ERROR_USAGE, "%s: there is a file of that name", path);
}

int tns_file_lock(const char *path)
{
    char *folder = tns_file_folder(path);
    if (!folder)
        return -1;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    while (fd >= 0 && flock(fd, LOCK_EX) != 0)
        if (errno != EINTR) {
            close(fd);
            fd = -1;
        }
    return fd;
}
