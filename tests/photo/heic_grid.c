/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISO/IEC 23008-12, 6.6.2.3: an image derived from a grid of others, out of single ones. */
#include <stdlib.h>
#include <string.h>

#include "photo/files.h"
#include "support/testing.h"

enum { MOST = 1 << 20 };

typedef struct sheet {
    unsigned char *data;
    size_t used;
} sheet;

static void put(sheet *s, uint32_t value, int size)
{
    ck_assert(s->used + 4 <= MOST);
    for (int i = size - 1; i >= 0; i--)
        s->data[s->used++] = (unsigned char)(value >> 8 * i);
}

static void put_bytes(sheet *s, const void *from, size_t size)
{
    ck_assert(s->used + size <= MOST);
    memcpy(s->data + s->used, from, size);
    s->used += size;
}

/* Where its length will stand. `version` below 0: a plain box. */
static size_t open_box(sheet *s, const char type[5], int version)
{
    size_t at = s->used;
    put(s, 0, 4);
    put_bytes(s, type, 4);
    if (version >= 0)
        put(s, (uint32_t)version << 24, 4);
    return at;
}

static void close_box(sheet *s, size_t at)
{
    sheet length = {s->data, at};
    put(&length, (uint32_t)(s->used - at), 4);
}

static uint32_t get(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* The first box of that type, its length in front; there are no others of the kind to hit. */
static const unsigned char *find_box(bytes file, const char type[5])
{
    for (size_t i = 4; i + 4 <= file.length; i++)
        if (memcmp(file.data + i, type, 4) == 0)
            return file.data + i - 4;
    return NULL;
}

static void put_item(sheet *s, int id, const char type[5])
{
    size_t at = open_box(s, "infe", 2);
    put(s, (uint32_t)id, 2);
    put(s, 0, 2);
    put_bytes(s, type, 5);
    close_box(s, at);
}

static void put_size(sheet *s, int width, int height)
{
    size_t at = open_box(s, "ispe", 0);
    put(s, (uint32_t)width, 4);
    put(s, (uint32_t)height, 4);
    close_box(s, at);
}

static void put_byte_box(sheet *s, const char type[5], int value)
{
    size_t at = open_box(s, type, -1);
    put(s, (uint32_t)value, 1);
    close_box(s, at);
}

/* All of width x height, about the middle. */
static void put_crop(sheet *s, int width, int height)
{
    size_t at = open_box(s, "clap", -1);
    const int ratio[] = {width, 1, height, 1, 0, 1, 0, 1};
    for (int i = 0; i < 8; i++)
        put(s, (uint32_t)ratio[i], 4);
    close_box(s, at);
}

/* Which properties an item has, in their order; `must` be understood is said of the last. */
static void put_list(sheet *s, int item, const int *property, bool is_wide)
{
    int count = 0;
    while (property[count])
        count++;
    put(s, (uint32_t)item, is_wide ? 4 : 2);
    put(s, (uint32_t)count, 1);
    for (int i = 0; i < count; i++)
        put(s, (uint32_t)property[i] | (i == count - 1 ? is_wide ? 0x8000 : 0x80 : 0),
            is_wide ? 2 : 1);
}

enum { CODING = 1, TILE_SIZE, SIZE, TURN, MIRROR, CROP, TILE_TURN, COLOR, PROPERTIES };

static void put_lists(sheet *s, const grid_kind *k, int tiles, bool has_color)
{
    int whole[PROPERTIES + 1] = {0}, tile[PROPERTIES + 1] = {0}, n = 0, m = 0;
    if (has_color)
        whole[n++] = tile[m++] = COLOR;
    whole[n++] = SIZE;
    tile[m++] = TILE_SIZE;
    tile[m++] = CODING;
    if (k->tile_quarters)
        tile[m++] = TILE_TURN;
    if (k->is_cropped)
        whole[n++] = CROP;
    if (k->mirror && k->is_turned_last)
        whole[n++] = MIRROR;
    whole[n++] = TURN;
    if (k->mirror && !k->is_turned_last)
        whole[n++] = MIRROR;
    put(s, (uint32_t)tiles + 1, 4);
    for (int i = 0; i <= tiles; i++)
        put_list(s, i + 1, i == 0 ? whole : tile, k->is_wide);
}

static void put_properties(sheet *s, bytes tile, const grid_kind *k, int tiles)
{
    const unsigned char *coding = find_box(tile, "hvcC"), *color = find_box(tile, "colr");
    size_t all = open_box(s, "iprp", -1), list = open_box(s, "ipco", -1);
    put_bytes(s, coding, get(coding));
    put_size(s, k->tile_width, k->tile_height);
    put_size(s, k->width, k->height);
    put_byte_box(s, "irot", k->quarters);
    put_byte_box(s, "imir", k->mirror - 1);
    put_crop(s, k->width, k->height);
    put_byte_box(s, "irot", k->tile_quarters);
    if (color)
        put_bytes(s, color, get(color));
    close_box(s, list);
    size_t of = open_box(s, "ipma", k->is_wide ? 1 : 0);
    s->data[s->used - 1] = k->is_wide; /* a flag */
    put_lists(s, k, tiles, color != NULL);
    close_box(s, of);
    close_box(s, all);
}

/* Offsets begin with `first`, the place of the first item's data in the file. */
static void put_places(sheet *s, const size_t *length, int items, size_t first)
{
    size_t at = open_box(s, "iloc", 0);
    put(s, 0x4400, 2);
    put(s, (uint32_t)items, 2);
    for (int i = 0; i < items; i++) {
        put(s, (uint32_t)i + 1, 2);
        put(s, 0, 2);
        put(s, 1, 2);
        put(s, (uint32_t)first, 4);
        put(s, (uint32_t)length[i], 4);
        first += length[i];
    }
    close_box(s, at);
}

static void put_meta(sheet *s, bytes tile, const grid_kind *k, const size_t *length, size_t first)
{
    int tiles = 2 * k->columns;
    size_t meta = open_box(s, "meta", 0), at = open_box(s, "hdlr", 0);
    put(s, 0, 4);
    put_bytes(s, "pict", 4);
    put_bytes(s, "\0\0\0\0\0\0\0\0\0\0\0\0", 13);
    close_box(s, at);
    at = open_box(s, "pitm", 0);
    put(s, 1, 2);
    close_box(s, at);
    at = open_box(s, "iinf", 0);
    put(s, (uint32_t)tiles + 1, 2);
    for (int i = 0; i <= tiles; i++)
        put_item(s, i + 1, i ? "hvc1" : "grid");
    close_box(s, at);
    at = open_box(s, "iref", 0);
    size_t from = open_box(s, "dimg", -1);
    put(s, 1, 2);
    put(s, (uint32_t)tiles, 2);
    for (int i = 0; i < tiles; i++)
        put(s, (uint32_t)i + 2, 2);
    close_box(s, from);
    close_box(s, at);
    put_properties(s, tile, k, tiles);
    put_places(s, length, tiles + 1, first);
    close_box(s, meta);
}

bytes heic_grid_of(const bytes *tile, const grid_kind *k)
{
    enum { TILES_MOST = 16 };
    size_t length[TILES_MOST + 1] = {8};
    sheet s = {malloc(MOST), 0};
    ck_assert(s.data != NULL && 2 * k->columns <= TILES_MOST);
    for (int i = 0; i < 2 * k->columns; i++)
        length[i + 1] = get(find_box(tile[i], "mdat")) - 8;
    size_t at = open_box(&s, "ftyp", -1);
    put_bytes(&s, "heic\0\0\0\0mif1heic", 16);
    close_box(&s, at);
    size_t head = s.used;
    put_meta(&s, tile[0], k, length, 0); /* to learn its length */
    size_t first = s.used + 8;
    s.used = head;
    put_meta(&s, tile[0], k, length, first);
    at = open_box(&s, "mdat", -1);
    put(&s, 0, 2); /* version, and sizes of 16 bit */
    put(&s, 1, 1);
    put(&s, (uint32_t)k->columns - 1, 1);
    put(&s, (uint32_t)k->width, 2);
    put(&s, (uint32_t)k->height, 2);
    for (int i = 0; i < 2 * k->columns; i++)
        put_bytes(&s, find_box(tile[i], "mdat") + 8, length[i + 1]);
    close_box(&s, at);
    return (bytes){s.data, s.used};
}
