/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reports for people: one page of HTML that needs nothing else, neither a network nor a script, to
 * be read on a screen or printed on A4.
 */
#ifndef TONSURE_REPORT_H
#define TONSURE_REPORT_H

#include <stdint.h>

#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/records.h>
#ifndef TNS_WITHOUT_PHOTO
#include <tonsure/image.h>
#include <tonsure/photo.h>
#endif

TNS_BEGIN_DECLS

#ifndef TNS_WITHOUT_PHOTO
/* What a report of a photo tells of; everything is borrowed for the call. */
typedef struct tns_photo_report {
    const char *name; /* of the photo, for the title */
    const tns_photo *photo;
    const tns_error *failure; /* of a refused chart; else NULL */
    const tns_image *image;   /* goes into the page, smaller and without its metadata */
    int64_t seconds;          /* when it was made, since 1970-01-01 UTC; 0 is not told */
} tns_photo_report;

/*
 * The photo with chart, patches and regions drawn on it; each patch as read and as it should be;
 * what was left out and why; the light; both uncertainties in plain words. Also of a refused chart.
 * free() the text; NULL when out of memory.
 */
TNS_API char *tns_photo_report_write(const tns_photo_report *report, tns_error *err);
#endif

/* What a report of a match tells of; everything is borrowed for the call. */
typedef struct tns_match_report {
    const tns_match_record *match;
    const char *digest; /* of the target's reading, 64 hexadecimal digits; "" = not told */
    int64_t seconds;    /* when it was made, since 1970-01-01 UTC; 0 is not told */
} tns_match_report;

/*
 * The target beside the best mix, under each lamp; what to mix, in drops and ml, of which lots;
 * what is to be expected of it; the other recipes; where the colors lie; what was asked, and what
 * it rests on. What needs the target's spectrum is left out where the record has none. free() the
 * text; NULL when out of memory.
 */
TNS_API char *tns_match_report_write(const tns_match_report *report, tns_error *err);

TNS_END_DECLS

#endif
