/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "photo/read/pixel.h"

static void swap(float *a, float *b)
{
    float held = *a;
    *a = *b;
    *b = held;
}

/* The middle one of three, so that what is in order already is no worst case. */
static float pivot_of(const float *v, ptrdiff_t low, ptrdiff_t high)
{
    float a = v[low], b = v[low + (high - low) / 2], c = v[high];
    return fmaxf(fminf(a, b), fminf(fmaxf(a, b), c));
}

/* Quickselect: Hoare, Comm. ACM 4, 321 (1961). */
float tns_float_select(float *v, size_t n, size_t k)
{
    ptrdiff_t low = 0, high = (ptrdiff_t)n - 1, at = (ptrdiff_t)k;
    while (low < high) {
        float pivot = pivot_of(v, low, high);
        ptrdiff_t i = low, j = high;
        while (i <= j) {
            while (v[i] < pivot)
                i++;
            while (v[j] > pivot)
                j--;
            if (i <= j)
                swap(&v[i++], &v[j--]);
        }
        if (at <= j)
            high = j;
        else if (at >= i)
            low = i;
        else
            break;
    }
    return v[k];
}

float tns_float_median(float *values, size_t n)
{
    float upper = tns_float_select(values, n, n / 2), lower = values[0];
    if (n % 2)
        return upper;
    for (size_t i = 1; i < n / 2; i++)
        lower = fmaxf(lower, values[i]);
    return (lower + upper) / 2;
}
