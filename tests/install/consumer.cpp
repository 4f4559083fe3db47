/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cstdio>

#include <tonsure/tonsure.h>

int main()
{
    std::puts(tns_version());
}
