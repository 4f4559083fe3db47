# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(skin bare)
tonsure_test(skin healed)
tonsure_test(skin light)
target_link_libraries(test_skin_bare PRIVATE prior_samples)
target_sources(test_skin_healed PRIVATE skin/people.c)
target_sources(test_skin_light PRIVATE skin/people.c skin/photons.c)
tonsure_test(skin dots)
tonsure_test(skin zone)
