/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a CR30 is asked, and answers, as turns of a script. The published session: one capture of a
 * unit with firmware V11.3 (MIT-licensed chromiq-cr30-research), of which every checksum was
 * recomputed.
 */
#ifndef DEVICES_CR30_FRAMES_H
#define DEVICES_CR30_FRAMES_H

#include <string.h>

#include "devices/cr30/protocol.h"
#include "support/script.h"

typedef tns_cr30_frame frame;

/* Percent, 400-700 nm, as published beside the frames below. */
static const double published[31] = {5.507,  7.194,  8.062,  8.602,  9.199,  9.946,  10.723, 11.599,
                                     12.596, 13.600, 14.394, 14.530, 13.839, 12.516, 11.029, 9.585,
                                     8.322,  7.306,  6.416,  5.446,  4.602,  4.234,  4.365,  4.434,
                                     4.348,  4.332,  4.416,  4.613,  4.830,  5.028,  5.190};

static const char *const capture[][2] = {
    {"BB0100", "BB010900281F0A"},
    {"BB0110",
     "BB01100000002E3BB0406D38E6406AFD0041CA9F0941EF301341DF221F41B0902B41D194394174874941"
     "DC9759414B4D6641F1796841"},
    {"BB0111",
     "BB0111000000186D5D4196414841A8773041F65B1941042705419CC7E9407452CD400644AE4008459340"
     "F37D8740CCAB8B40B1E68D40"},
    {"BB0112", "BB0112000000A3238B40469D8A40E9518D40CAA19340CF8F9A40CBE8A0406B12A640"},
};
/* As the capture has them: of what is sent, and of what comes. */
static const uint8_t checksums[][2] = {{0xBB, 0x15}, {0xCB, 0x8D}, {0xCC, 0x8F}, {0xCD, 0x7E}};

static int digit(char c)
{
    return c <= '9' ? c - '0' : c - 'A' + 10;
}

static frame from_hex(const char *hex)
{
    frame f = {{0}};
    for (size_t i = 0; hex[2 * i]; i++)
        f.byte[i] = (uint8_t)(16 * digit(hex[2 * i]) + digit(hex[2 * i + 1]));
    f.byte[58] = 0xFF;
    return f;
}

/* With the checksum of all before it, which the published frames show to be right. */
static frame sealed(frame f)
{
    unsigned sum = 0;
    for (int i = 0; i < 59; i++)
        sum += f.byte[i];
    f.byte[59] = (uint8_t)sum;
    return f;
}

static void add(script *s, const char *request, const frame *reply)
{
    frame asked = sealed(from_hex(request));
    script_bytes(s, asked.byte, sizeof asked.byte, reply->byte, sizeof reply->byte);
}

static frame identity(const char *model)
{
    frame f = from_hex("AA0A00000056001903");
    memcpy(f.byte + 9, "C330190042", 10);
    memcpy(f.byte + 39, model, strlen(model));
    return sealed(f);
}

static void add_open(script *s)
{
    frame id = identity("CR30"), version = from_hex("AA0A01"), build = from_hex("AA0A02");
    memcpy(version.byte + 49, "V11.3.", 6);
    memcpy(build.byte + 5, "0.0.20231219", 12);
    version = sealed(version);
    build = sealed(build);
    add(s, "AA0A00", &id);
    add(s, "AA0A01", &version);
    add(s, "AA0A02", &build);
}

static void add_capture(script *s)
{
    for (size_t i = 0; i < sizeof capture / sizeof *capture; i++) {
        frame asked = from_hex(capture[i][0]), reply = from_hex(capture[i][1]);
        asked.byte[59] = checksums[i][0];
        reply.byte[59] = checksums[i][1];
        script_bytes(s, asked.byte, sizeof asked.byte, reply.byte, sizeof reply.byte);
        if (i == 0)
            script_delay(s, 1000);
    }
}

static void put_single(frame *f, int band, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 4; i++)
        f->byte[6 + 4 * (band % 12) + i] = (uint8_t)(bits >> 8 * i);
}

/* What is kept: the same percentage in every band. */
static void add_chunks(script *s, float percent)
{
    for (int chunk = 0; chunk < 3; chunk++) {
        frame f = from_hex(capture[1 + chunk][0]);
        for (int i = 12 * chunk; i < 12 * chunk + 12 && i < 31; i++)
            put_single(&f, i, percent);
        f = sealed(f);
        add(s, capture[1 + chunk][0], &f);
    }
}

static void add_reading(script *s, float percent)
{
    frame head = sealed(from_hex(capture[0][1]));
    add(s, "BB0100", &head);
    add_chunks(s, percent);
}

/* The button's own header, which comes by itself. */
static frame pressed(bool cap_on)
{
    frame f = from_hex(capture[0][1]);
    f.byte[58] = 0;
    f.byte[24] = cap_on;
    return sealed(f);
}

static void add_press(script *s, bool cap_on)
{
    frame f = pressed(cap_on);
    script_bytes(s, NULL, 0, f.byte, sizeof f.byte);
    script_delay(s, 3000);
}

#endif
