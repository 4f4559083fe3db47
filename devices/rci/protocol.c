/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "devices/rci/protocol.h"

enum { STATUS_LENGTH = 4, STATUS_MASK = 0x7F }; /* "<hh>" */

typedef struct meaning {
    int first, last;
    tns_code code;
    const char *text;
} meaning;

static const meaning meanings[] = {
    {0x11, 0x11, TNS_ERROR_INSTRUMENT, "it does not know the command"},
    {0x12, 0x12, TNS_ERROR_INSTRUMENT, "it refuses the command's parameters"},
    {0x13, 0x13, TNS_ERROR_INSTRUMENT, "a parameter is out of its range"},
    {0x14, 0x14, TNS_ERROR_INSTRUMENT, "it is busy: wait a moment, and try again"},
    {0x20, 0x20, TNS_ERROR_INSTRUMENT, "the measurement failed: hold it still, and try again"},
    {0x21, 0x21, TNS_ERROR_INSTRUMENT, "the measurement took too long: try again"},
    {0x22, 0x22, TNS_ERROR_INSTRUMENT, "it took the sample for a strip, and a bad one"},
    {0x28, 0x28, TNS_ERROR_NOT_CALIBRATED, "it asks for a white calibration"},
    {0x29, 0x29, TNS_ERROR_INSTRUMENT, "the calibration failed: clean the tile, and try again"},
    {0x30, 0x30, TNS_ERROR_INSTRUMENT, "a fault of the instrument"},
    {0x31, 0x31, TNS_ERROR_INSTRUMENT, "a fault of the lamp"},
    {0x3B, 0x3B, TNS_ERROR_INSTRUMENT, "the battery is low: charge it"},
    {0x34, 0x3F, TNS_ERROR_INSTRUMENT, "a fault of flash, memory, converter or battery"},
    {0x41, 0x41, TNS_ERROR_INSTRUMENT, "a bad spot: hold it still, and try again"},
    {0x42, 0x42, TNS_ERROR_INSTRUMENT, "there are no more data"},
    {0x45, 0x45, TNS_ERROR_INSTRUMENT, "the calibration is bad: clean the tile, and try again"},
    {0x50, 0x5F, TNS_ERROR_INSTRUMENT, "an error of strip reading"},
    {0x60, 0x60, TNS_ERROR_INSTRUMENT, "its store of spots is full: clear it at the instrument"},
    {0x7F, 0x7F, TNS_ERROR_INSTRUMENT, "it is in its bootloader: unplug it, and plug it in again"},
};

static int hex_digit(char c)
{
    static const char digits[] = "0123456789ABCDEF";
    const char *at = c ? strchr(digits, tns_text_upper(c)) : NULL;
    return at ? (int)(at - digits) : -1;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The part of the text that is left without blanks around it. */
static bool take_text(const char *bytes, size_t length, char out[TNS_RCI_TEXT])
{
    while (length && is_blank(bytes[length - 1]))
        length--;
    while (length && is_blank(*bytes)) {
        bytes++;
        length--;
    }
    for (size_t i = 0; i < length; i++) {
        bool plain = is_blank(bytes[i]) || (bytes[i] > ' ' && bytes[i] < 0x7F);
        if (!plain || i + 1 >= TNS_RCI_TEXT)
            return false;
        out[i] = bytes[i];
    }
    out[length] = '\0';
    return true;
}

bool tns_rci_parse(const char *bytes, size_t length, tns_rci_reply *out, tns_error *err)
{
    while (length && is_blank(bytes[length - 1]))
        length--;
    const char *end = bytes + length;
    if (length < STATUS_LENGTH || end[-4] != '<' || end[-1] != '>' || hex_digit(end[-3]) < 0 ||
        hex_digit(end[-2]) < 0)
        return tns_error_set(err, TNS_ERROR_BAD_REPLY, "expected an answer that ends with <00>");
    out->status = (16 * hex_digit(end[-3]) + hex_digit(end[-2])) & STATUS_MASK;
    return take_text(bytes, length - STATUS_LENGTH, out->text) ||
           tns_error_set(err, TNS_ERROR_BAD_REPLY, "the answer is no text");
}

bool tns_rci_check(int status, tns_error *err)
{
    if (status == TNS_RCI_OK || status == TNS_RCI_MEASURED)
        return true;
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (status >= meanings[i].first && status <= meanings[i].last)
            return tns_error_set(err, meanings[i].code, "%s (status %02X)", meanings[i].text,
                                 status);
    return tns_error_set(err, TNS_ERROR_INSTRUMENT, "a fault that is not documented (status %02X)",
                         status);
}

bool tns_rci_number(const tns_rci_reply *reply, int low, int high, int *out, tns_error *err)
{
    double value;
    if (!tns_text_number(reply->text, &value, NULL) || value < low || value > high ||
        value != floor(value))
        return tns_error_set(err, TNS_ERROR_BAD_REPLY,
                             "expected a whole number from %d to %d, found \"%.40s\"", low, high,
                             reply->text);
    *out = (int)value;
    return true;
}
