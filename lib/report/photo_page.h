/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a photo's report, each in a file of its own, and what they share. */
#ifndef REPORT_PHOTO_PAGE_H
#define REPORT_PHOTO_PAGE_H

#include <tonsure/report.h>

#include "report/page.h"

/* The chart's own place in the picture: positions in chart widths from its middle. */
typedef struct tns_chart_frame {
    tns_point middle;
    double width_px;
} tns_chart_frame;
tns_chart_frame tns_chart_frame_of(const tns_photo *photo);

/* How many patches its first row has, as they lie in the picture; 0 without patches. */
size_t tns_chart_columns(const tns_photo *photo);

/* Around the outermost patches; the corners themselves where no patch was sampled. */
void tns_chart_outline(const tns_photo *photo, tns_point outline[4]);

/* Points of an SVG polygon. */
void tns_html_points(tns_html *html, const tns_point *points, size_t count);

/* A table of readings, open for rows, which "</tbody></table>" closes. */
void tns_html_readings_begin(tns_html *html);
void tns_html_reading(tns_html *html, const char *name, const tns_reading *reading);
void tns_html_doubts(tns_html *html, const tns_warnings *warnings);

/* ---- sections; each adds nothing where it has nothing to tell ---- */

void tns_report_picture(tns_html *html, const tns_photo_report *report, const tns_preview *preview);
void tns_report_regions(tns_html *html, const tns_photo *photo);
void tns_report_follicles(tns_html *html, const tns_photo_report *report);
void tns_report_patches(tns_html *html, const tns_photo *photo);
void tns_report_errors(tns_html *html, const tns_photo *photo);
void tns_report_light(tns_html *html, const tns_photo *photo);

#endif
