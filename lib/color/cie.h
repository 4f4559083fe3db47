/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The CIE tables as the build embeds them from color/data: one row a wavelength, 360-830 nm at 5
 * nm (TNS_SPD_SAMPLES rows), the wavelength in the first column.
 */
#ifndef COLOR_CIE_H
#define COLOR_CIE_H

extern const double tns_cie1931[][4];         /* nm, x, y, z */
extern const double tns_cie1964[][4];         /* nm, x10, y10, z10 */
extern const double tns_cie_daylight[][4];    /* nm, S0, S1, S2 */
extern const double tns_cie_illuminants[][9]; /* nm, A, C, D50, D55, D65, F2, F7, F11 */

#endif
