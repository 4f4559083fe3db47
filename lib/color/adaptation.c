/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/adaptation.h>

/* From XYZ to the cone-like responses of each transform. */
static const double bradford[3][3] = {
    {0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}};
static const double cat16[3][3] = {{0.401288, 0.650173, -0.051461},
                                   {-0.250268, 1.204414, 0.045854},
                                   {-0.002079, 0.048952, 0.953127}};

static void responses(const double m[3][3], tns_xyz xyz, double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = m[i][0] * xyz.X + m[i][1] * xyz.Y + m[i][2] * xyz.Z;
}

static double determinant(const double m[3][3])
{
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
           m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
           m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
}

/* Cramer's rule; both matrices are far from singular. */
static double unknown(const double m[3][3], const double right[3], int column)
{
    double replaced[3][3];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            replaced[i][j] = j == column ? right[i] : m[i][j];
    return determinant((const double(*)[3])replaced) / determinant(m);
}

tns_xyz tns_adapt(tns_adaptation transform, tns_xyz xyz, tns_xyz from_white, tns_xyz to_white)
{
    const double(*m)[3] = transform == TNS_ADAPT_CAT16 ? cat16 : bradford;
    double cone[3], from[3], to[3];
    responses(m, xyz, cone);
    responses(m, from_white, from);
    responses(m, to_white, to);
    for (int i = 0; i < 3; i++)
        cone[i] *= to[i] / from[i];
    return (tns_xyz){unknown(m, cone, 0), unknown(m, cone, 1), unknown(m, cone, 2)};
}
