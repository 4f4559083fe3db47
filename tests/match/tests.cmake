# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(match additions)
tonsure_test(match bound)
tonsure_test(match correct)
tonsure_test(match exact)
tonsure_test(match limits)
tonsure_test(match mixture)
tonsure_test(match solve)
tonsure_test(match surface)
