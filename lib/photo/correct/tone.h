/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One channel's way back from a camera's tone curve. */
#ifndef PHOTO_CORRECT_TONE_H
#define PHOTO_CORRECT_TONE_H

/* The toned light and its slopes. */
typedef struct tns_toned {
    double t, by_y, by_shoulder, by_log_tone;
} tns_toned;

/*
 * (y / (1 - shoulder y)) ^ gamma, for any y: below a thousandth the power goes on as its tangent,
 * so that black and negative light stay defined, and the shoulder is never steeper than 20.
 */
tns_toned tns_tone(double y, double shoulder, double gamma);

#endif
