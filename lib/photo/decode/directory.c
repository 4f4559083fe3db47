/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode/directory.h"

#include <string.h>

enum { ENTRY = 12, BYTE = 1, ASCII = 2, SHORT = 3, LONG = 4, IFD = 13 };

static bool has(const tns_tiff_bytes *tiff, uint64_t at, uint64_t size)
{
    return at + size <= tiff->length;
}

/* The caller knows that it lies inside. */
static uint32_t read(const tns_tiff_bytes *tiff, uint64_t at, int size)
{
    uint32_t value = 0;
    for (int i = 0; i < size; i++) {
        int place = tiff->is_big_endian ? size - 1 - i : i;
        value |= (uint32_t)tiff->data[at + (uint64_t)i] << 8 * place;
    }
    return value;
}

bool tns_tiff_open(const unsigned char *data, size_t length, tns_tiff_bytes *out)
{
    *out = (tns_tiff_bytes){.data = data, .length = length};
    if (length < 8)
        return false;
    out->is_big_endian = data[0] == 'M';
    out->first = read(out, 4, 4);
    return memcmp(data, "II*\0", 4) == 0 || memcmp(data, "MM\0*", 4) == 0;
}

/* How many entries there are, as far as they lie inside. */
static uint32_t count_entries(const tns_tiff_bytes *tiff, uint32_t directory)
{
    if (directory == 0 || !has(tiff, directory, 2))
        return 0;
    uint32_t count = read(tiff, directory, 2);
    uint64_t room = (tiff->length - directory - 2) / ENTRY;
    return count <= room ? count : (uint32_t)room;
}

static int size_of(uint32_t type)
{
    return type == BYTE || type == ASCII ? 1
           : type == SHORT               ? 2
           : type == LONG || type == IFD ? 4
                                         : 0;
}

/* Values of up to four bytes stand in the entry itself. */
static bool read_value(const tns_tiff_bytes *tiff, uint64_t entry, uint32_t index, uint32_t *value)
{
    int size = size_of(read(tiff, entry + 2, 2));
    uint64_t count = read(tiff, entry + 4, 4);
    if (size == 0 || index >= count)
        return false;
    uint64_t at = count * (uint64_t)size <= 4 ? entry + 8 : read(tiff, entry + 8, 4);
    at += (uint64_t)index * (uint64_t)size;
    if (!has(tiff, at, (uint64_t)size))
        return false;
    *value = read(tiff, at, size);
    return true;
}

bool tns_tiff_number(const tns_tiff_bytes *tiff, uint32_t directory, uint16_t tag, uint32_t index,
                     uint32_t *value)
{
    uint32_t count = count_entries(tiff, directory);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t entry = (uint64_t)directory + 2 + (uint64_t)i * ENTRY;
        if (read(tiff, entry, 2) == tag)
            return read_value(tiff, entry, index, value);
    }
    return false;
}

uint32_t tns_tiff_next(const tns_tiff_bytes *tiff, uint32_t directory)
{
    if (!has(tiff, directory, 2))
        return 0;
    uint64_t at = (uint64_t)directory + 2 + (uint64_t)read(tiff, directory, 2) * ENTRY;
    return has(tiff, at, 4) ? read(tiff, at, 4) : 0;
}
