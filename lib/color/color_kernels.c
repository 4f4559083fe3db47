/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "color/color_kernels.h"

#include "base/lanes.h"
#include "color/ciede2000.h"
#include "color/tristimulus.h"

static void de00_pairs(const tns_lab *restrict standards, const tns_lab *restrict samples, size_t n,
                       double *restrict de)
{
    for (size_t i = 0; i < n; i++)
        de[i] = tns_ciede2000(standards[i], samples[i]);
}

static void de00_samples(tns_lab standard, const tns_lab *restrict samples, size_t n,
                         double *restrict de)
{
    for (size_t i = 0; i < n; i++)
        de[i] = tns_ciede2000(standard, samples[i]);
}

/* Spectra taken at once: they stay in the first cache while each viewing weighs them. */
enum { BLOCK = 64 };

/* One array an axis, so that registers fill without shuffling. */
typedef struct planes {
    double axis[3][BLOCK];
} planes;

static void weigh(const double *restrict reflectances, size_t n,
                  const tns_viewing *restrict viewing, planes *restrict xyz)
{
    for (size_t i = 0; i < n; i++)
        for (int axis = 0; axis < 3; axis++)
            xyz->axis[axis][i] =
                tns_dot(viewing->weight[axis], reflectances + i * TNS_BANDS, TNS_BANDS);
}

/* So many at once: those beyond the last cost less than a loop whose end is not known. */
enum { FEW = TNS_DOUBLE_LANES };

static void lab_from_xyz(const planes *restrict xyz, size_t from, tns_xyz white,
                         planes *restrict lab)
{
    for (size_t i = from; i < from + FEW; i++) {
        tns_lab one = tns_lab_of_ratios(xyz->axis[0][i] / white.X, xyz->axis[1][i] / white.Y,
                                        xyz->axis[2][i] / white.Z);
        lab->axis[0][i] = one.L;
        lab->axis[1][i] = one.a;
        lab->axis[2][i] = one.b;
    }
}

static void put_labs(const planes *restrict xyz, size_t n, tns_xyz white, size_t stride,
                     tns_lab *restrict out)
{
    planes lab;
    for (size_t i = 0; i < n; i += FEW)
        lab_from_xyz(xyz, i, white, &lab);
    for (size_t i = 0; i < n; i++)
        out[i * stride] = (tns_lab){lab.axis[0][i], lab.axis[1][i], lab.axis[2][i]};
}

static void block_under(const double *reflectances, size_t n, const tns_viewing *viewing,
                        size_t stride, tns_lab *restrict out)
{
    planes xyz = {{{0}}};
    weigh(reflectances, n, viewing, &xyz);
    put_labs(&xyz, n, viewing->white, stride, out);
}

static void lab_from_spectra(const double *reflectances, size_t n, const tns_viewing *viewings,
                             size_t viewing_count, tns_lab *out)
{
    for (size_t at = 0; at < n; at += BLOCK)
        for (size_t v = 0; v < viewing_count; v++)
            block_under(reflectances + at * TNS_BANDS, n - at < BLOCK ? n - at : BLOCK,
                        &viewings[v], viewing_count, out + at * viewing_count + v);
}

static void lab_from_bands(const double *by_band, size_t row, size_t n, const tns_viewing *viewing,
                           tns_lab *out)
{
    const double *const weight[3] = {viewing->weight[0], viewing->weight[1], viewing->weight[2]};
    for (size_t at = 0; at < n; at += BLOCK) {
        const size_t left = n - at, here = left < BLOCK ? left : BLOCK;
        planes xyz = {{{0}}};
        for (size_t i = 0; i < here; i += TNS_DOUBLE_LANES) {
            double *const sums[3] = {xyz.axis[0] + i, xyz.axis[1] + i, xyz.axis[2] + i};
            tns_lane_sums(weight, by_band + at + i, row, TNS_BANDS, sums);
        }
        put_labs(&xyz, here, viewing->white, 1, out + at);
    }
}

const tns_color_kernels TNS_KERNELS(tns_color_kernels) = {de00_pairs, de00_samples,
                                                          lab_from_spectra, lab_from_bands};
