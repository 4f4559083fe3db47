# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(skin bare)
target_link_libraries(test_skin_bare PRIVATE prior_samples)
