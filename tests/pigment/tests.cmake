# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(pigment characterise)
tonsure_test(pigment identifiers)
tonsure_test(pigment ladder)
tonsure_test(pigment learn)
tonsure_test(pigment palette)
tonsure_test(pigment palette_broken)
tonsure_test(pigment palette_find)
