/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include <tonsure/tonsure.h>

int main(void)
{
    puts(tns_version());
    return 0;
}
