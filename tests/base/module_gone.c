/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library that a module of the tests wants and does not find. */
#include <tonsure/export.h>

TNS_API int test_gone(int n);

int test_gone(int n)
{
    return 2 * n;
}
