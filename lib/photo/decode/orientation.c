/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode/pixels.h"

/*
 * EXIF 2.32, tag 274: where the stored row 0 and column 0 are shown. 2 mirrors, 3 turns by 180
 * degrees, 4 flips; 5-8 swap rows and columns: 5 transposes, 6 is shown turned clockwise, 7 is the
 * other transposition, 8 is shown turned counterclockwise.
 */
tns_stored tns_orientation_stored(int orientation, int width, int height, int x, int y)
{
    ptrdiff_t w = width, last_column = width - 1, last_row = height - 1;
    switch (orientation) {
    case 2:
        return (tns_stored){y * w + last_column - x, -1};
    case 3:
        return (tns_stored){(last_row - y) * w + last_column - x, -1};
    case 4:
        return (tns_stored){(last_row - y) * w + x, 1};
    case 5:
        return (tns_stored){x * w + y, w};
    case 6:
        return (tns_stored){(last_row - x) * w + y, -w};
    case 7:
        return (tns_stored){(last_row - x) * w + last_column - y, -w};
    case 8:
        return (tns_stored){x * w + last_column - y, w};
    default:
        return (tns_stored){y * w + x, 1};
    }
}
