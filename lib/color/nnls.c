/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "color/nnls.h"
#include "color/numeric.h"

/* A column this much shorter after projection lies in the span of the others. */
static const double DEPENDENT = 1e-10;

/*
 * Gram matrix form: columns are few and scaled to length 1, and what is wanted is a start for
 * another method, so that squaring the condition costs nothing that counts.
 */
typedef struct nnls {
    int n;
    double G[TNS_NNLS_MAX][TNS_NNLS_MAX]; /* A'A of the scaled columns */
    double h[TNS_NNLS_MAX];               /* A'b */
    double scale[TNS_NNLS_MAX];
    bool free[TNS_NNLS_MAX];
    double x[TNS_NNLS_MAX];
} nnls;

static double column_dot(int rows, int columns, const double *A, int i, const double *other,
                         int stride)
{
    double sum = 0;
    for (int r = 0; r < rows; r++)
        sum += A[r * columns + i] * other[r * stride];
    return sum;
}

static void prepare(nnls *p, int rows, int columns, const double *A, const double *b)
{
    p->n = columns;
    memset(p->x, 0, sizeof p->x);
    memset(p->free, 0, sizeof p->free);
    for (int i = 0; i < columns; i++) {
        double length = sqrt(column_dot(rows, columns, A, i, A + i, columns));
        p->scale[i] = length > 0 ? 1 / length : 0;
    }
    for (int i = 0; i < columns; i++) {
        for (int j = 0; j < columns; j++)
            p->G[i][j] =
                p->scale[i] * p->scale[j] * column_dot(rows, columns, A, i, A + j, columns);
        p->h[i] = p->scale[i] * column_dot(rows, columns, A, i, b, 1);
    }
}

/* The unconstrained minimum over the free columns, 0 elsewhere; false where a column depends on
   those before it. */
static bool solve_free(const nnls *p, double z[TNS_NNLS_MAX])
{
    double L[TNS_NNLS_MAX][TNS_NNLS_MAX], y[TNS_NNLS_MAX];
    size_t index[TNS_NNLS_MAX], m = 0;
    for (int i = 0; i < p->n; i++) {
        z[i] = 0;
        if (p->free[i])
            index[m++] = (size_t)i;
    }
    for (size_t i = 0; i < m; i++) {
        y[i] = p->h[index[i]];
        for (size_t j = 0; j <= i; j++)
            L[i][j] = p->G[index[i]][index[j]];
    }
    if (!tns_cholesky(&L[0][0], m, TNS_NNLS_MAX, DEPENDENT))
        return false;
    tns_cholesky_solve(&L[0][0], m, TNS_NNLS_MAX, y);
    for (size_t i = 0; i < m; i++)
        z[index[i]] = y[i];
    return true;
}

/* The bound column along which the residual falls fastest, or -1. */
static int steepest(const nnls *p, const bool *barred)
{
    int best = -1;
    double most = 1e-12;
    for (int i = 0; i < p->n; i++) {
        double fall = p->h[i];
        for (int j = 0; j < p->n; j++)
            fall -= p->G[i][j] * p->x[j];
        if (!p->free[i] && !barred[i] && fall > most) {
            most = fall;
            best = i;
        }
    }
    return best;
}

/* Moves x towards z as far as it stays >= 0; binds what reached 0. True when z was reached. */
static bool step_towards(nnls *p, const double *z)
{
    double step = 1;
    for (int i = 0; i < p->n; i++)
        if (p->free[i] && z[i] <= 0)
            step = fmin(step, p->x[i] / (p->x[i] - z[i]));
    bool reached = true;
    for (int i = 0; i < p->n; i++) {
        if (!p->free[i])
            continue;
        bool blocked = z[i] <= 0 && p->x[i] <= step * (p->x[i] - z[i]) * (1 + 1e-12);
        p->x[i] = blocked ? 0 : p->x[i] + step * (z[i] - p->x[i]);
        p->free[i] = !blocked;
        reached = reached && !blocked;
    }
    return reached;
}

/* Frees column i and goes on to the best x of the free ones. False: it depends on the others. */
static bool free_column(nnls *p, int i)
{
    double z[TNS_NNLS_MAX];
    p->free[i] = true;
    bool solved = solve_free(p, z) && z[i] > 0;
    if (!solved) {
        p->free[i] = false;
        return false;
    }
    while (solved && !step_towards(p, z))
        solved = solve_free(p, z);
    return true;
}

bool tns_nnls(int rows, int columns, const double *A, const double *b, double *x)
{
    nnls p;
    prepare(&p, rows, columns, A, b);
    bool barred[TNS_NNLS_MAX] = {false};
    int next = -1, rounds = 0;
    while ((next = steepest(&p, barred)) >= 0 && rounds++ < 3 * columns + 30) {
        bool entered = free_column(&p, next);
        for (int i = 0; i < columns; i++)
            barred[i] = !entered && (barred[i] || i == next);
    }
    for (int i = 0; i < columns; i++)
        x[i] = p.x[i] * p.scale[i];
    return next < 0;
}
