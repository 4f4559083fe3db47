/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <sqlite3.h>

#include "stock/faulty_vfs.h"

/* What SQLite sees as a file; the real one lies behind it. */
typedef struct file {
    sqlite3_file base;
    sqlite3_file *real;
} file;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs faulty;
static fault now;
static int writes_left;
static bool struck;

/* One more write or cut: what becomes of it. */
static bool strikes(void)
{
    if ((now != FAULT_FULL && now != FAULT_TORN) || writes_left-- > 0)
        return false;
    struck = true;
    return true;
}

static bool without_power(void)
{
    return now == FAULT_TORN && struck;
}

static sqlite3_file *real_of(sqlite3_file *f)
{
    return ((file *)f)->real;
}

static int close_file(sqlite3_file *f)
{
    return real_of(f)->pMethods->xClose(real_of(f));
}

static int read_file(sqlite3_file *f, void *to, int amount, sqlite3_int64 at)
{
    return without_power() ? SQLITE_IOERR_READ
                           : real_of(f)->pMethods->xRead(real_of(f), to, amount, at);
}

static int write_file(sqlite3_file *f, const void *from, int amount, sqlite3_int64 at)
{
    bool first = !struck;
    if (!strikes())
        return real_of(f)->pMethods->xWrite(real_of(f), from, amount, at);
    if (now == FAULT_FULL)
        return SQLITE_FULL;
    if (first)
        real_of(f)->pMethods->xWrite(real_of(f), from, amount / 2, at);
    return SQLITE_IOERR_WRITE;
}

static int truncate_file(sqlite3_file *f, sqlite3_int64 size)
{
    return without_power() ? SQLITE_IOERR_TRUNCATE
                           : real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int sync_file(sqlite3_file *f, int flags)
{
    return without_power() ? SQLITE_IOERR_FSYNC : real_of(f)->pMethods->xSync(real_of(f), flags);
}

static int file_size(sqlite3_file *f, sqlite3_int64 *size)
{
    return real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int lock_file(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int unlock_file(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int check_lock(sqlite3_file *f, int *out)
{
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int control_file(sqlite3_file *f, int what, void *argument)
{
    return real_of(f)->pMethods->xFileControl(real_of(f), what, argument);
}

static int sector_size(sqlite3_file *f)
{
    return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int characteristics(sqlite3_file *f)
{
    return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int map_shared(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
    return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}

static int lock_shared(sqlite3_file *f, int offset, int count, int flags)
{
    return real_of(f)->pMethods->xShmLock(real_of(f), offset, count, flags);
}

static void barrier(sqlite3_file *f)
{
    real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int unmap_shared(sqlite3_file *f, int remove)
{
    return real_of(f)->pMethods->xShmUnmap(real_of(f), remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_lock,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = map_shared,
    .xShmLock = lock_shared,
    .xShmBarrier = barrier,
    .xShmUnmap = unmap_shared,
};

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    (void)vfs;
    file *mine = (file *)f;
    mine->real = (sqlite3_file *)(mine + 1);
    if (now == FAULT_READ_ONLY && (flags & SQLITE_OPEN_MAIN_DB))
        flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    int code = real_vfs->xOpen(real_vfs, name, mine->real, flags, out);
    mine->base.pMethods = mine->real->pMethods ? &methods : NULL;
    return code;
}

static int delete_file(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    return without_power() ? SQLITE_IOERR_DELETE : real_vfs->xDelete(real_vfs, name, sync);
}

bool faulty_vfs_install(void)
{
    real_vfs = sqlite3_vfs_find(NULL);
    if (!real_vfs)
        return false;
    faulty = *real_vfs; /* all but these it does itself, not looking at which it is asked by */
    faulty.zName = "faulty";
    faulty.szOsFile = (int)sizeof(file) + real_vfs->szOsFile;
    faulty.xOpen = open_file;
    faulty.xDelete = delete_file;
    return sqlite3_vfs_register(&faulty, 1) == SQLITE_OK;
}

void faulty_vfs_set(fault what, int writes)
{
    now = what;
    writes_left = writes;
    struck = false;
}

bool faulty_vfs_struck(void)
{
    return struck;
}
