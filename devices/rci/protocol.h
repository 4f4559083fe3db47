/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * RCI, the line protocol of X-Rite's older instruments: "RM" CR is answered by text and a status in
 * hexadecimal, "12.1 13.5 9.8<00>". Pure.
 */
#ifndef RCI_PROTOCOL_H
#define RCI_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/error.h>

enum { TNS_RCI_TEXT = 256 };

enum { TNS_RCI_OK = 0x00, TNS_RCI_MEASURED = 0x01, TNS_RCI_NOT_CALIBRATED = 0x28 };

typedef struct tns_rci_reply {
    char text[TNS_RCI_TEXT]; /* what stands before the status, without blanks around it */
    int status;
} tns_rci_reply;

/* Bytes up to and with '>', only blanks behind it: TNS_ERROR_BAD_REPLY. */
bool tns_rci_parse(const char *bytes, size_t length, tns_rci_reply *out, tns_error *err);

/* True for the statuses of success; else the status by its name, as an error of its own kind. */
bool tns_rci_check(int status, tns_error *err);

/* A whole number within bounds as the reply's only text. */
bool tns_rci_number(const tns_rci_reply *reply, int low, int high, int *out, tns_error *err);

#endif
