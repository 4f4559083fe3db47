/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The size of coded pictures, as HEVC has it in its sequence parameter set (ITU-T H.265, 7.3.2.2).
 */
#ifndef PHOTO_DECODE_SPS_H
#define PHOTO_DECODE_SPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a NAL unit, without its length, is such a set. */
bool tns_sps_is(const uint8_t *nal, size_t length);

/* In luma samples, before anything is cropped; false where the set is cut short or makes no sense.
 */
bool tns_sps_size(const uint8_t *nal, size_t length, uint32_t *width, uint32_t *height);

#endif
