# SPDX-License-Identifier: GPL-3.0-or-later
tonsure_test(base context)
tonsure_test(base csv)
tonsure_test(base error)
tonsure_test(base file)
tonsure_test(base json)
tonsure_test(base json_write)
tonsure_test(base text)
tonsure_test(base warnings)
