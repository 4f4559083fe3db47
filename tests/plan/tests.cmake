# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(plan intermittent)
tonsure_test(plan reorder)
tonsure_test(plan count)
tonsure_test(plan visit)
tonsure_test(plan follow)
tonsure_test(plan item)
