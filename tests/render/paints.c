/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/estimate.h>

#include "render/paints.h"
#include "render/plane.h"

extern const double render_skin_table[TNS_BANDS][4]; /* data/skin.csv */

tns_spectrum render_skin(double first, double second)
{
    tns_spectrum out = tns_spectrum_constant(0);
    for (int i = 0; i < TNS_BANDS; i++)
        out.value[i] = fmax(render_skin_table[i][1] + first * render_skin_table[i][2] +
                                second * render_skin_table[i][3],
                            0.01);
    return out;
}

/*
 * The shaft's surface reflects `surface` of all light, and what enters comes back weakened by
 * eumelanin, whose absorption falls as wavelength^-3.33 (melanosome absorption after Jacques, Phys.
 * Med. Biol. 58, R37 (2013)). `body` and `depth` (at 500 nm) are chosen to give L* about 21 for
 * dark brown; fair hair sends more back.
 */
tns_spectrum render_hair_end(double melanin)
{
    const double surface = 0.022, depth = 2.2 * melanin;
    double body = melanin < 1 ? 0.055 + 0.3 * (1 - melanin) : 0.055;
    tns_spectrum out = tns_spectrum_constant(0);
    for (int i = 0; i < TNS_BANDS; i++)
        out.value[i] = surface + body * exp(-depth * pow(tns_band_nm(i) / 500, -3.33));
    return out;
}

/* Inverse of a symmetric 3 x 3 matrix times a vector, by Cramer's rule. */
static void solve3(const double m[3][3], const double v[3], double x[3])
{
    double det = 0;
    for (int i = 0; i < 3; i++) {
        int a = (i + 1) % 3, b = (i + 2) % 3;
        det += m[0][i] * (m[1][a] * m[2][b] - m[1][b] * m[2][a]);
    }
    for (int c = 0; c < 3; c++) {
        x[c] = 0;
        for (int i = 0; i < 3; i++) {
            int a = (i + 1) % 3, b = (i + 2) % 3, d = (c + 1) % 3, e = (c + 2) % 3;
            x[c] += v[i] * (m[a][d] * m[b][e] - m[a][e] * m[b][d]) / det;
        }
    }
}

/* Takes away what the observer sees of it (Wyszecki's metameric black). */
static void make_black(const tns_viewing *viewing, double curve[TNS_BANDS])
{
    double gram[3][3], seen[3], share[3];
    for (int i = 0; i < 3; i++) {
        seen[i] = 0;
        for (int b = 0; b < TNS_BANDS; b++)
            seen[i] += viewing->weight[i][b] * curve[b];
        for (int j = 0; j < 3; j++) {
            gram[i][j] = 0;
            for (int b = 0; b < TNS_BANDS; b++)
                gram[i][j] += viewing->weight[i][b] * viewing->weight[j][b];
        }
    }
    solve3((const double(*)[3])gram, seen, share);
    for (int b = 0; b < TNS_BANDS; b++)
        for (int i = 0; i < 3; i++)
            curve[b] -= share[i] * viewing->weight[i][b];
}

/* Bumps some tens of nanometres wide, as the absorption bands of pigments are. */
static void draw_bumps(uint64_t seed, double curve[TNS_BANDS])
{
    enum { BUMPS = 7 };
    uint64_t state = random_bits(seed);
    for (int b = 0; b < TNS_BANDS; b++)
        curve[b] = 0;
    for (int k = 0; k < BUMPS; k++) {
        double middle = 400 + 320 * random_uniform(&state);
        double width = 12 + 20 * random_uniform(&state), height = 2 * random_uniform(&state) - 1;
        for (int b = 0; b < TNS_BANDS; b++) {
            double t = (tns_band_nm(b) - middle) / width;
            curve[b] += height * exp(-0.5 * t * t);
        }
    }
}

/* How much of the bumps leaves every band a reflectance, at most 0.04 at the largest. */
static double room_for(const tns_spectrum *base, const double curve[TNS_BANDS])
{
    double largest = 1e-9, room = 1e9;
    for (int b = 0; b < TNS_BANDS; b++) {
        double size = fabs(curve[b]), R = base->value[b];
        largest = fmax(largest, size);
        if (size > 1e-12)
            room = fmin(room, 0.6 * fmin(R - 0.004, 0.99 - R) / size);
    }
    return fmax(fmin(room, 0.04 / largest), 0);
}

bool render_paint(tns_lab lab, uint64_t seed, tns_spectrum *out, tns_error *err)
{
    tns_viewing d50;
    if (!tns_viewing_find("D50/2", &d50, err))
        return false;
    if (seed == 0)
        return tns_spectrum_from_lab(lab, &d50, out, err);
    if (!tns_spectrum_estimate(lab, &d50, TNS_PRIOR_PIGMENT, out, err))
        return false;
    double curve[TNS_BANDS];
    draw_bumps(seed, curve);
    make_black(&d50, curve);
    double much = room_for(out, curve);
    for (int b = 0; b < TNS_BANDS; b++)
        out->value[b] += much * curve[b];
    return true;
}
