# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(records reading)
tonsure_test(records reading_broken)
