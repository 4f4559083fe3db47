/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/qr.h"

bool tns_qr_make(const char *text, bool sturdy, tns_qr *out, tns_error *err)
{
    const tns_qr_module *module = tns_module_load("qr", err);
    out->side = 0;
    return module && module->make(text, sturdy, out, err);
}

/* Dark cells side by side are one run of the path, so that no hairline shows between them. */
void tns_html_qr(tns_html *html, const tns_qr *qr, const char *attributes)
{
    int whole = qr->side + 2 * TNS_QR_QUIET;
    tns_html_add(html,
                 "<svg %s viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\" role=\"img\">"
                 "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"",
                 attributes, whole, whole, whole, whole);
    for (int y = 0; y < qr->side; y++)
        for (int x = 0; x < qr->side;) {
            int run = 0;
            while (x + run < qr->side && qr->dark[y * qr->side + x + run])
                run++;
            if (run > 0)
                tns_html_add(html, "M%d %dh%dv1h-%dz", x + TNS_QR_QUIET, y + TNS_QR_QUIET, run,
                             run);
            x += run > 0 ? run : 1;
        }
    tns_html_add(html, "\"/></svg>");
}
