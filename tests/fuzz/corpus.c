/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A main for a fuzz target where the compiler brings none: runs it over the files of the folders
 * that are named, over their beginnings, and over them with one byte changed.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every so many bytes one is changed: 1 but for what is slow. */
#ifndef FUZZ_STEP
#define FUZZ_STEP 1
#endif

enum { INPUT_MAX = 4096 };

/* A copy of its own size, so that a sanitizer sees a read beyond the end. */
static void run(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size + (size == 0));
    if (!copy)
        return;
    memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void vary(uint8_t *data, size_t size)
{
    static const uint8_t changes[] = {0x01, 0x80, 0xFF};
    for (size_t i = 0; i <= size; i += FUZZ_STEP)
        run(data, i);
    for (size_t i = 0; i < size; i += FUZZ_STEP)
        for (size_t k = 0; k < sizeof changes; k++) {
            data[i] ^= changes[k];
            run(data, size);
            data[i] ^= changes[k];
        }
}

static int run_folder(const char *folder)
{
    int files = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        char path[1024];
        uint8_t data[INPUT_MAX];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FILE *file = entry->d_name[0] == '.' ? NULL : fopen(path, "rb");
        if (!file)
            continue;
        vary(data, fread(data, 1, sizeof data, file));
        fclose(file);
        files++;
    }
    if (dir)
        closedir(dir);
    return files;
}

int main(int argc, char **argv)
{
    int files = 0;
    for (int i = 1; i < argc; i++)
        files += run_folder(argv[i]);
    fprintf(stderr, "%d files of the corpus\n", files);
    return files > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
