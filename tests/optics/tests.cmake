# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(optics kubelka_munk)
tonsure_test(optics saunderson)
tonsure_test(optics mie)
tonsure_test(optics suspension)
tonsure_test(optics golden_acrylics)
