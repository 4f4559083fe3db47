# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(color adaptation)
tonsure_test(color colorimetry)
tonsure_test(color difference)
tonsure_test(color estimate)
tonsure_test(color illuminant)
tonsure_test(color nnls)
tonsure_test(color prior)
tonsure_test(color spectrum)
# Its statistics are made anew.
target_link_libraries(test_color_prior PRIVATE prior_samples)
# Second opinions: lcms2 on Lab, differences and adaptation, GSL's trust region on the estimates.
target_link_libraries(test_color_adaptation PRIVATE PkgConfig::lcms2)
target_link_libraries(test_color_colorimetry PRIVATE PkgConfig::lcms2)
target_link_libraries(test_color_difference PRIVATE PkgConfig::lcms2)
target_link_libraries(test_color_estimate PRIVATE PkgConfig::gsl)
target_link_libraries(test_color_prior PRIVATE PkgConfig::gsl)
