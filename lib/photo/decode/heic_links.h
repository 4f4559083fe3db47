/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which picture of a HEIC is made of which others. libheif follows such links wherever they lead,
 * and falls off the stack where they lead in a circle.
 */
#ifndef PHOTO_DECODE_HEIC_LINKS_H
#define PHOTO_DECODE_HEIC_LINKS_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/error.h>

/* Refuses pictures made of themselves, and more steps or parts than a photo has. */
bool tns_heic_check_links(const unsigned char *bytes, size_t length, const char *name,
                          tns_error *err);

#endif
