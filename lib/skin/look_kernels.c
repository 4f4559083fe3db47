/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/vmath.h"
#include "skin/look.h"

#include "skin/face.h"

/* Kubelka and Munk's of absorption and reduced scattering: as in skin.c. */
static const double K_OF_ABSORPTION = 2, S_OF_SCATTERING = 0.75;

/*
 * Of a film k = K X, a = S X: c = y coth y with y^2 = w = k (k + 2a), and dc/dw. For small w by
 * their series (Abramowitz, Stegun, 4.5.67), good to 1e-15 and 1e-13.
 */
static const double SMALL = 0.02;

TNS_KERNEL_INLINE double coth_series(double w)
{
    return 1 +
           w * (1.0 / 3 - w * (1.0 / 45 - w * (2.0 / 945 - w * (1.0 / 4725 - w * (2.0 / 93555)))));
}

TNS_KERNEL_INLINE double coth_series_slope(double w)
{
    return 1.0 / 3 - w * (2.0 / 45 - w * (2.0 / 315 - w * (4.0 / 4725 - w * (2.0 / 18711))));
}

/* A film over a backing g: R = (a - g (k + a - c)) / (k + a - g a + c), and its slopes. */
typedef struct film {
    double R, by_k, by_a, by_g;
} film;

TNS_KERNEL_INLINE film film_over(double k, double a, double g)
{
    const double w = k * (k + 2 * a), y = sqrt(w), E = tns_vexp(-2 * y), lost = 1 - E;
    const double c = w > SMALL ? y * (1 + E) / lost : coth_series(w);
    const double slope =
        w > SMALL ? (1 + E - 4 * y * E / lost) / (2 * y * lost) : coth_series_slope(w);
    const double c_k = 2 * slope * (k + a), c_a = 2 * slope * k;
    const double below = 1 / (k + a - g * a + c), R = (a - g * (k + a - c)) * below;
    return (film){R, (g * (c_k - 1) - R * (c_k + 1)) * below,
                  ((1 - g) + g * c_a - R * ((1 - g) + c_a)) * below, (c - k - a + R * a) * below};
}

/*
 * A dermis over nothing, the epidermis, the face and Saunderson's correction. The face scatters u
 * and takes nothing, so of 1 - R = v it makes v / (1 + u v); u goes by the root of the albedo A.
 */
static void layers(const tns_look_in *in, tns_look_out *out)
{
    const double X = in->depth_mm, h = TNS_EPIDERMIS_MM, k1 = in->outer.k1, k2 = in->outer.k2;
    const double at_once = in->outer.specular_included ? k1 : 0, through = (1 - k1) * (1 - k2);
    for (int b = 0; b < TNS_BANDS; b++) {
        const double e = in->epidermis[b], d = in->dermis[b], s = in->scattering[b];
        const double kd = K_OF_ABSORPTION * X, as = S_OF_SCATTERING * X;
        const film deep = film_over(kd * d, as * s, 0);
        const double ke = K_OF_ABSORPTION * h, ae = S_OF_SCATTERING * h;
        const film upper = film_over(ke * e, ae * s, deep.R);
        const double A = s / (s + e), u = TNS_FACE_SX * sqrt(A), v = 1 - upper.R;
        const double left = 1 / (1 + u * v), R = 1 - v * left;
        const double fit = 1 / (1 - k2 * R), steep = through * fit * fit;
        const double by_whole = steep * left * left, by_u = by_whole * v * v;
        const double u_s = u * e / (2 * s * (s + e)), u_e = -u / (2 * (s + e));
        const double by_deep = by_whole * upper.by_g;
        out->seen[b] = at_once + through * R * fit;
        out->by_epidermis[b] = by_whole * ke * upper.by_k + by_u * u_e;
        out->by_dermis[b] = by_deep * kd * deep.by_k;
        out->by_scattering[b] = by_deep * as * deep.by_a + by_whole * ae * upper.by_a + by_u * u_s;
        out->by_depth[b] =
            by_deep * (K_OF_ABSORPTION * d * deep.by_k + S_OF_SCATTERING * s * deep.by_a);
    }
}

const tns_look_kernels TNS_KERNELS(tns_look_kernels) = {layers};
