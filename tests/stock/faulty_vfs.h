/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between SQLite and the files: a disk that fails when it is told to. */
#ifndef STOCK_FAULTY_VFS_H
#define STOCK_FAULTY_VFS_H

#include <stdbool.h>

typedef enum fault {
    FAULT_NONE,
    FAULT_FULL,     /* no write beyond so many goes through */
    FAULT_TORN,     /* of the next write half goes through, and then nothing more, ever: no power */
    FAULT_READ_ONLY /* a file opened from here on can only be read */
} fault;

/* Becomes the one that all stores are opened through; false when it cannot. */
bool faulty_vfs_install(void);

/* From here on; `writes` more go through. */
void faulty_vfs_set(fault what, int writes);

/* Whether the fault has struck since it was set. */
bool faulty_vfs_struck(void);

#endif
