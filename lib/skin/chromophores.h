/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What absorbs in skin, each as if it filled the whole of it: mu_a, 1/mm, natural logarithm. */
#ifndef SKIN_CHROMOPHORES_H
#define SKIN_CHROMOPHORES_H

/* Jacques 1998: 6.6e11 nm^-3.33 per cm, the inside of a melanosome. */
double tns_melanosome(int band);

/* 150 g/l of hemoglobin (64500 g/mol), in vessels. */
double tns_blood(int band, double oxygenation);

/* The same with its slope in oxygenation. */
double tns_blood_slope(int band, double oxygenation, double *slope);

/* Skin with neither: Jacques 1998, .244 + 85.3 exp(-(nm - 154) / 66.2) per cm. */
double tns_bloodless(int band);

#endif
