/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tonsure/file.h>
#include <tonsure/photo_records.h>
#include <tonsure/records.h>

#include "photo.h"

static bool is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

/* *made: the folder was not there before. */
static bool make_folder(const char *folder, bool *made)
{
    *made = mkdir(folder, 0777) == 0;
    int number = errno;
    if (*made || (number == EEXIST && is_folder(folder)))
        return true;
    errno = number;
    return false;
}

typedef struct file_path {
    char text[4096 + 64]; /* a folder that could be made, and a region's name */
} file_path;

static file_path path_in(const char *folder, const char *name)
{
    file_path path;
    snprintf(path.text, sizeof path.text, "%s/%s.json", folder, name);
    return path;
}

/* Writes one reading; *made: its file was not there before. */
static int save_region(const cli *c, const char *folder, const tns_photo_region *region, bool *made)
{
    if (!region->reading.has_color)
        return 0;
    file_path path = path_in(folder, region->region.name);
    bool fresh = access(path.text, F_OK) != 0;
    int status = cli_save_record(c, tns_reading_write(&region->reading), path.text);
    *made = fresh && status == 0;
    return status;
}

/* Of a folder that is not there yet: whether it could be made, which is said. */
static int try_folder(const cli *c, const char *folder)
{
    tns_error err;
    struct stat found;
    char plain[4096];
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    snprintf(plain, sizeof plain, "%.*s", (int)length, folder);
    bool done =
        lstat(plain, &found) == 0 /* a pipe too, and a link to nothing */
            ? tns_error_set(&err, TNS_ERROR_IO, "%s: cannot be made: %s", folder, strerror(EEXIST))
            : tns_file_expect_writable(plain, NULL, &err);
    if (!done)
        return cli_fail(c, &err);
    cli_show_written(c, plain, ": a folder with the readings and photo.json");
    return 0;
}

/* The file of one region, or behind them the photo's; "" where there is nothing to write. */
static file_path file_of(const char *folder, const tns_photo *photo, size_t i)
{
    if (i == photo->region_count)
        return path_in(folder, "photo");
    return photo->regions[i].reading.has_color ? path_in(folder, photo->regions[i].region.name)
                                               : (file_path){""};
}

/* Of a folder that is there. None is told of before all are tried. */
static int try_files(const cli *c, const char *folder, const tns_photo *photo)
{
    tns_error err;
    for (size_t i = 0; i <= photo->region_count; i++) {
        file_path path = file_of(folder, photo, i);
        if (path.text[0] && !tns_file_expect_writable(path.text, NULL, &err))
            return cli_fail(c, &err);
    }
    for (size_t i = 0; i <= photo->region_count; i++) {
        file_path path = file_of(folder, photo, i);
        if (path.text[0])
            cli_show_written(c, path.text, "");
    }
    return 0;
}

int cli_photo_save(const cli *c, const char *folder, const tns_photo *photo)
{
    if (c->dry_run)
        return is_folder(folder) ? try_files(c, folder, photo) : try_folder(c, folder);
    tns_error err;
    bool made_folder, made[CLI_LIST_MAX] = {false};
    int status = 0;
    if (!make_folder(folder, &made_folder)) {
        bool missing = errno == ENOENT || errno == ENOTDIR;
        tns_error_set(&err, missing ? TNS_ERROR_NOT_FOUND : TNS_ERROR_IO, "%s: cannot be made: %s",
                      folder, strerror(errno));
        return cli_fail(c, &err);
    }
    for (size_t i = 0; status == 0 && i < photo->region_count; i++)
        status = save_region(c, folder, &photo->regions[i], &made[i]);
    if (status == 0)
        status = cli_save_record(c, tns_photo_write(photo, NULL), path_in(folder, "photo").text);
    for (size_t i = 0; status != 0 && i < photo->region_count; i++)
        if (made[i])
            unlink(path_in(folder, photo->regions[i].region.name).text);
    if (status != 0 && made_folder)
        rmdir(folder);
    return status;
}
