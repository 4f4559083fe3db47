# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(match mixture)
tonsure_test(match nnls)
tonsure_test(match surface)
