/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linux tells it in /proc: each open file of a program is a link there. */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "devices/transport/holder.h"

static bool is_number(const char *text)
{
    return *text && text[strspn(text, "0123456789")] == '\0';
}

/* True when one of the files that a program has open is this one. */
static bool has_open(const char *pid, const struct stat *wanted)
{
    char path[320];
    snprintf(path, sizeof path, "/proc/%.20s/fd", pid);
    DIR *files = opendir(path);
    bool found = false;
    for (struct dirent *file; files && !found && (file = readdir(files));) {
        struct stat its;
        snprintf(path, sizeof path, "/proc/%.20s/fd/%.200s", pid, file->d_name);
        found = is_number(file->d_name) && stat(path, &its) == 0 && its.st_dev == wanted->st_dev &&
                its.st_ino == wanted->st_ino;
    }
    if (files)
        closedir(files);
    return found;
}

static void describe(const char *pid, char *out, size_t size)
{
    char path[64], name[32] = "";
    snprintf(path, sizeof path, "/proc/%.20s/comm", pid);
    FILE *file = fopen(path, "r");
    if (!file || !fgets(name, sizeof name, file))
        strcpy(name, "a program");
    if (file)
        fclose(file);
    name[strcspn(name, "\n")] = '\0';
    snprintf(out, size, "%s (pid %.20s)", name, pid);
}

void tns_node_holder(const char *node, char *out, size_t size)
{
    out[0] = '\0';
    struct stat wanted;
    DIR *programs = stat(node, &wanted) == 0 ? opendir("/proc") : NULL;
    if (!programs)
        return;
    char own[24];
    snprintf(own, sizeof own, "%ld", (long)getpid());
    bool other = false;
    for (struct dirent *program; !other && (program = readdir(programs));)
        if (is_number(program->d_name) && strcmp(program->d_name, own) != 0 &&
            has_open(program->d_name, &wanted)) {
            describe(program->d_name, out, size);
            other = true;
        }
    closedir(programs);
    if (!other && has_open(own, &wanted))
        describe(own, out, size);
}
