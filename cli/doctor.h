/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor's looks that are files of their own. */
#ifndef CLI_DOCTOR_H
#define CLI_DOCTOR_H

#include <tonsure/device_records.h>

#include "cli.h"

#ifdef WITH_STORE
tns_doctor_check doctor_check_store(const cli *c);
#endif

#endif
