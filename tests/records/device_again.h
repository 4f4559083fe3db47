/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every record of instruments, read and written again; each file of tests takes them all. */
#ifndef RECORDS_DEVICE_AGAIN_H
#define RECORDS_DEVICE_AGAIN_H

#include <stdlib.h>

#include <tonsure/device_records.h>

#include "records/again.h"

static char *again_devices(const char *text, size_t length, tns_error *err)
{
    size_t count;
    tns_device_record *v = tns_devices_parse(text, length, "r.json", &count, err);
    char *again = v ? tns_devices_write(v, count) : NULL;
    free(v);
    return again;
}

static char *again_doctor(const char *text, size_t length, tns_error *err)
{
    size_t count;
    tns_doctor_check *v = tns_doctor_parse(text, length, "r.json", &count, err);
    char *again = v ? tns_doctor_write(v, count) : NULL;
    free(v);
    return again;
}

static char *again_verification(const char *text, size_t length, tns_error *err)
{
    tns_verification v;
    tns_error failure;
    bool done = tns_verification_parse(text, length, "r.json", &v, &failure, err);
    return done ? tns_verification_write(&v, failure.code == TNS_OK ? NULL : &failure) : NULL;
}

static char *again_calibration(const char *text, size_t length, tns_error *err)
{
    tns_kept_calibration v;
    bool done = tns_calibration_parse(text, length, "r.json", &v, err);
    return done ? tns_calibration_write(&v) : NULL;
}

static const rewritten device_records[] = {
    {"devices-1", "tonsure/devices/1", again_devices},
    {"doctor-1", "tonsure/doctor/1", again_doctor},
    {"verification-1", "tonsure/verification/1", again_verification},
    {"calibration-1", "tonsure/calibration/1", again_calibration},
};

#endif
