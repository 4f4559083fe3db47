/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>

#include <qrencode.h>

#include "report/qr.h"

static bool fill(const QRcode *code, tns_qr *out, tns_error *err)
{
    if (code->width < 1 || code->width > TNS_QR_SIDE_MAX)
        return tns_error_set(err, TNS_ERROR_UNSUPPORTED, "QR: a symbol of %d cells", code->width);
    out->side = code->width;
    for (int i = 0; i < out->side * out->side; i++)
        out->dark[i] = code->data[i] & 1;
    return true;
}

static bool make(const char *text, bool sturdy, tns_qr *out, tns_error *err)
{
    out->side = 0;
    QRcode *code = QRcode_encodeString(text, 0, sturdy ? QR_ECLEVEL_Q : QR_ECLEVEL_M, QR_MODE_8, 1);
    if (!code)
        return tns_error_set(err, errno == ERANGE ? TNS_ERROR_RANGE : TNS_ERROR_MEMORY,
                             errno == ERANGE ? "QR: the text is too long for a symbol"
                                             : "QR: no symbol can be made");
    bool done = fill(code, out, err);
    QRcode_free(code);
    return done;
}

static const char *version(void)
{
    return QRcode_APIVersionString();
}

const tns_qr_module tns_module_qr = {{TNS_VERSION}, version, make};
