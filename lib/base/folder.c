/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tonsure/file.h>

#include "base/file.h"

/* As mkdir() answers, but for what is there, whatever it is: it shows in what is made below it. */
static int make_one(const char *path)
{
    return mkdir(path, 0777) == 0 || errno == EEXIST ? 0 : errno;
}

/* The same without making it. *ends: it is not there, and what is to come would lie in it. */
static int try_one(const char *path, bool *ends)
{
    struct stat found;
    if (lstat(path, &found) == 0)
        return 0;
    if (errno != ENOENT)
        return errno;
    *ends = true;
    char *above = tns_file_folder(path);
    int number = !above ? ENOMEM : access(above, W_OK | X_OK) == 0 ? 0 : errno;
    free(above);
    return number;
}

static bool make_each(char *path, bool dry_run, tns_error *err)
{
    bool ends = false;
    for (char *slash = path; slash && !ends;) {
        slash = strchr(slash + 1, '/');
        if (slash)
            *slash = '\0';
        int number = dry_run ? try_one(path, &ends) : make_one(path);
        if (number != 0)
            return tns_error_set(err, TNS_ERROR_IO, "%s: cannot be made: %s", path,
                                 strerror(number));
        if (slash)
            *slash = '/';
    }
    return true;
}

bool tns_folders_make(const char *path, bool dry_run, tns_error *err)
{
    char *own = strdup(path);
    bool done = own ? make_each(own, dry_run, err)
                    : tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", path);
    free(own);
    return done;
}

/* Where something is there in the folder's place, the file tells whether it will do. */
bool tns_folders_expect_file(const char *path, tns_error *err)
{
    struct stat found;
    char *folder = tns_file_folder(path);
    size_t length = folder ? strlen(folder) : 0;
    if (length > 1 && folder[length - 1] == '/')
        folder[length - 1] = '\0';
    bool done = folder
                    ? tns_folders_make(folder, true, err) &&
                          (lstat(folder, &found) != 0 || tns_file_expect_writable(path, NULL, err))
                    : tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", path);
    free(folder);
    return done;
}
