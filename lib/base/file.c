/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static tns_code code_of(int number)
{
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
        tns_error_set(err, TNS_ERROR_IO, "%s: cannot be read: %s", name, strerror(errno));
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
    return fsync(fd) == 0;
}

/* mkstemp makes files nobody else may read; a new file gets what the umask leaves. */
static void give_usual_mode(int fd, const char *path)
{
    struct stat old;
    if (stat(path, &old) == 0) {
        fchmod(fd, old.st_mode & 0777);
        return;
    }
    mode_t mask = umask(0);
    umask(mask);
    fchmod(fd, 0666 & ~mask);
}

bool tns_file_write(const char *path, const char *bytes, size_t length, tns_error *err)
{
    size_t size = strlen(path) + sizeof ".XXXXXX";
    char *beside = malloc(size);
    if (!beside)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", path);
    snprintf(beside, size, "%s.XXXXXX", path);

    int fd = mkstemp(beside);
    bool made = fd >= 0;
    bool done = made && write_all(fd, bytes, length);
    if (made)
        give_usual_mode(fd, path);
    if (made && close(fd) != 0)
        done = false;
    done = done && rename(beside, path) == 0;
    if (!done)
        tns_error_set(err, code_of(errno), "%s: cannot be written: %s", path, strerror(errno));
    if (made && !done)
        unlink(beside);
    free(beside);
    return done;
}

const char *tns_file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
