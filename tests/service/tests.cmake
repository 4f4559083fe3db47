# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(service moved)
tonsure_test(service words)
tonsure_test(service convert)
tonsure_test(service compare)
tonsure_test(service palettes)
tonsure_test(service answer)
tonsure_test(service stated)
tonsure_test(service correct)
