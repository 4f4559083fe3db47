/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mie's series for a sphere, as in Bohren, Huffman (1983), chapter 4: with
 *
 *     a_n = p / (p + i q),    p = A psi_n - psi_(n-1),    q = -(A chi_n - chi_(n-1)),
 *     A = D_n(m x)/m + n/x        (b_n: A = m D_n(m x) + n/x)
 *
 * p and q are real where the sphere does not absorb, and psi_n chi_(n-1) - psi_(n-1) chi_n = -1. So
 * what a mode absorbs, Re a_n - |a_n|^2, is -Im A / |p + i q|^2: nothing cancels, whether the
 * sphere is clear, weakly absorbing or far smaller than the wavelength.
 */
#include <complex.h>
#include <math.h>

#include <tonsure/mie.h>

enum { ORDERS = 2100 }; /* x = 2000 needs 2055 */

/* Below the least ones powers of their inverses leave what a double holds. */
static const double X_MIN = 1e-30, X_MAX = 2000, M_MIN = 1e-6, M_MAX = 100;

typedef struct series {
    int orders;
    double complex D[ORDERS];            /* D_n(m x), the logarithmic derivative of psi_n */
    double psi[ORDERS], chi[ORDERS];     /* Riccati-Bessel functions of x */
    double complex a[ORDERS], b[ORDERS]; /* 1 .. orders */
} series;

/* Wiscombe, Appl. Opt. 19, 1505 (1980): past this order nothing is left in double precision. */
static int orders_for(double x)
{
    return (int)(x + 4.05 * cbrt(x) + 2) + 1;
}

/*
 * Where a downward recurrence starts from 0: what it should have started from has faded to 1e-16 by
 * order |z|, since two steps' ratio of the solutions is exp(-1.9 (n - |z|)^1.5 / sqrt|z|). A start
 * at |z| + 15, often met, leaves 1e-5 at |z| = 130.
 */
static int start_for(double size)
{
    return (int)(size + 8 * cbrt(size)) + 16;
}

/* Downward, the only direction in which the recurrence is stable. */
static void log_derivatives(series *s, double complex z)
{
    double complex D = 0;
    int outside = start_for(cabs(z)), inside = s->orders + 16;
    for (int n = outside > inside ? outside : inside; n > 0; n--) {
        if (n <= s->orders)
            s->D[n] = D;
        double complex ratio = n / z;
        D = ratio - 1 / (D + ratio);
    }
}

/*
 * psi grows upward up to order x and falls beyond; each part is followed in its stable direction.
 * Beyond x, ratios psi_n / psi_(n-1) come down from far out. psi has no zero at order floor(x).
 */
static void fill_psi(series *s, double x)
{
    int turn = (int)x < s->orders ? (int)x : s->orders;
    double ratio = 0;
    for (int n = start_for(x); n > turn; n--) {
        ratio = 1 / ((2 * n + 1) / x - ratio);
        if (n <= s->orders)
            s->psi[n] = ratio;
    }
    s->psi[0] = sin(x);
    if (turn >= 1)
        s->psi[1] = sin(x) / x - cos(x);
    for (int n = 2; n <= turn; n++)
        s->psi[n] = (2 * n - 1) / x * s->psi[n - 1] - s->psi[n - 2];
    for (int n = turn + 1; n <= s->orders; n++)
        s->psi[n] *= s->psi[n - 1];
}

static void fill_chi(series *s, double x)
{
    s->chi[0] = cos(x);
    s->chi[1] = cos(x) / x + sin(x);
    for (int n = 2; n <= s->orders; n++)
        s->chi[n] = (2 * n - 1) / x * s->chi[n - 1] - s->chi[n - 2];
}

/* One coefficient; what its mode absorbs is added to *absorbed. */
static double complex coefficient(const series *s, int n, double complex A, double *absorbed)
{
    double complex p = A * s->psi[n] - s->psi[n - 1];
    double complex q = A * s->chi[n] - s->chi[n - 1];
    double complex below = p - I * q;
    double size = creal(below) * creal(below) + cimag(below) * cimag(below);
    *absorbed += (2 * n + 1) * -cimag(A) / size;
    return p / below;
}

static double fill_coefficients(series *s, double x, double complex m)
{
    double absorbed = 0;
    for (int n = 1; n <= s->orders; n++) {
        s->a[n] = coefficient(s, n, s->D[n] / m + n / x, &absorbed);
        s->b[n] = coefficient(s, n, s->D[n] * m + n / x, &absorbed);
    }
    return absorbed;
}

static double real_product(double complex u, double complex v)
{
    return creal(u) * creal(v) + cimag(u) * cimag(v);
}

/* Sums of Bohren, Huffman, 4.61 and of the asymmetry, p. 120; without their 2/x^2 and 4/x^2. */
static void sum(const series *s, double *scattered, double *forward)
{
    *scattered = *forward = 0;
    for (int n = 1; n <= s->orders; n++) {
        double complex a = s->a[n], b = s->b[n];
        *scattered += (2 * n + 1) * (real_product(a, a) + real_product(b, b));
        *forward += (2 * n + 1.0) / (n * (n + 1.0)) * real_product(a, b);
        if (n < s->orders)
            *forward += n * (n + 2.0) / (n + 1.0) *
                        (real_product(a, s->a[n + 1]) + real_product(b, s->b[n + 1]));
    }
}

bool tns_mie_sphere(double x, double m_re, double m_im, tns_mie *out, tns_error *err)
{
    if (!(x >= X_MIN && x <= X_MAX))
        return tns_error_set(err, TNS_ERROR_RANGE, "size parameter: expected %g to %g, found %g",
                             X_MIN, X_MAX, x);
    if (!(m_re >= M_MIN && m_re <= M_MAX && m_im >= 0 && m_im <= M_MAX))
        return tns_error_set(err, TNS_ERROR_RANGE,
                             "refractive index: expected n from %g and k from 0, up to %g, found "
                             "%g and %g",
                             M_MIN, M_MAX, m_re, m_im);
    double complex m = m_re + m_im * I;
    series s = {.orders = orders_for(x)};
    log_derivatives(&s, m * x);
    fill_psi(&s, x);
    fill_chi(&s, x);
    double absorbed = fill_coefficients(&s, x, m), scattered, forward;
    sum(&s, &scattered, &forward);
    out->Qsca = 2 / (x * x) * scattered;
    out->Qabs = 2 / (x * x) * absorbed;
    out->Qext = out->Qsca + out->Qabs;
    out->g = scattered > 0 ? 2 * forward / scattered : 0;
    return true;
}
