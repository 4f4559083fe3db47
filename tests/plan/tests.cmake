# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(plan intermittent)
tonsure_test(plan reorder)
tonsure_test(plan count)
