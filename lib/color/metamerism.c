/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/difference.h>

/* What the sample's value is multiplied by; black has nothing to correct. */
static double correction(double standard, double sample)
{
    return sample > 0 ? standard / sample : 1;
}

double tns_metamerism(const tns_spectrum *standard, const tns_spectrum *sample,
                      const tns_viewing *reference, const tns_viewing *test)
{
    tns_xyz wanted = tns_xyz_from_spectrum(standard, reference);
    tns_xyz found = tns_xyz_from_spectrum(sample, reference);
    tns_xyz corrected = tns_xyz_from_spectrum(sample, test);
    corrected.X *= correction(wanted.X, found.X);
    corrected.Y *= correction(wanted.Y, found.Y);
    corrected.Z *= correction(wanted.Z, found.Z);
    return tns_de00(tns_lab_from_spectrum(standard, test),
                    tns_lab_from_xyz(corrected, test->white));
}
