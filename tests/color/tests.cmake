# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(color colorimetry)
tonsure_test(color difference)
# lcms2 is the second opinion on Lab and on adaptation.
target_link_libraries(test_color_colorimetry PRIVATE PkgConfig::lcms2)
