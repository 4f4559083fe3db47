# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(measure instrument)
tonsure_test(measure kept)
tonsure_test(measure measuring)
tonsure_test(measure reading)
