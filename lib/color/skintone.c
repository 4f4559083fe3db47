/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/skintone.h>

double tns_ita(tns_lab lab)
{
    return atan2(lab.L - 50, lab.b) * (180 / 3.14159265358979323846);
}

const char *tns_ita_class(double ita)
{
    static const struct {
        double above;
        const char *name;
    } classes[] = {{55, "very light"}, {41, "light"},  {28, "intermediate"},
                   {10, "tan"},        {-30, "brown"}, {-INFINITY, "dark"}};
    if (!(fabs(ita) <= 90))
        return "not skin-like";
    int i = 0;
    while (ita <= classes[i].above)
        i++;
    return classes[i].name;
}
