/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What hair looks like. No openly licensed spectra of hair were found, so they are computed: an
 * opaque layer of fibres whose absorption is that of eumelanin and pheomelanin over keratin's own,
 * and whose surface mirrors a little. The ranges are chosen so that lightness runs from black hair
 * (L* 15) to white.
 */
#include <math.h>
#include <stdlib.h>

#include <tonsure/kubelka_munk.h>

#include "base/csv.h"
#include "base/random.h"
#include "samples.h"

enum { HAIRS = 4000 };

/* K/S at 550 nm, per unit of the melanins' mean extinction there: blond to black. */
static const double LEAST_MELANIN = 0.01, MOST_MELANIN = 30;
static const double MOST_PHEOMELANIN = 0.6; /* share of the mass; red hair has the most */
static const double MOST_SLOPE = 1.5;       /* scattering falls as wavelength^-slope */
static const double LEAST_KERATIN = 0.003, MOST_KERATIN = 0.05; /* K/S at 500 nm, as nm^-3 */
static const double LEAST_GLOSS = 0.002, MOST_GLOSS = 0.03;

typedef struct melanins {
    double eu[TNS_BANDS], pheo[TNS_BANDS];
} melanins;

static double between(double least, double most, tns_random *random)
{
    return least + (most - least) * tns_random_unit(random);
}

static double evenly_in_log(double least, double most, tns_random *random)
{
    return least * pow(most / least, tns_random_unit(random));
}

static tns_spectrum grow(const melanins *m, tns_random *random)
{
    double melanin = evenly_in_log(LEAST_MELANIN, MOST_MELANIN, random);
    double share = between(0, MOST_PHEOMELANIN, random), slope = between(0, MOST_SLOPE, random);
    double keratin = evenly_in_log(LEAST_KERATIN, MOST_KERATIN, random);
    double gloss = between(LEAST_GLOSS, MOST_GLOSS, random);
    tns_spectrum hair = tns_spectrum_constant(0);
    int green = (550 - TNS_FIRST_NM) / TNS_STEP_NM;
    double unit = (m->eu[green] + m->pheo[green]) / 2;
    for (int i = 0; i < TNS_BANDS; i++) {
        double nm = tns_band_nm(i);
        double K = melanin * ((1 - share) * m->eu[i] + share * m->pheo[i]) / unit +
                   keratin * pow(nm / 500, -3);
        hair.value[i] = gloss + (1 - gloss) * tns_km_opaque(K, pow(nm / 550, -slope));
    }
    return hair;
}

static bool read_melanins(const char *path, melanins *out, tns_error *err)
{
    tns_csv *csv = tns_csv_load(path, err);
    bool done =
        csv && (csv->count == 1 + TNS_BANDS ||
                tns_error_set(err, TNS_ERROR_FORMAT, "%s: expected %d bands", path, TNS_BANDS));
    for (size_t i = 0; done && i < TNS_BANDS; i++)
        done = tns_csv_number(csv, i + 1, 1, &out->eu[i], err) &&
               tns_csv_number(csv, i + 1, 2, &out->pheo[i], err);
    tns_csv_destroy(csv);
    return done;
}

bool add_hair(const char *path, const tns_viewing *daylight, prior_sums *sums, tns_error *err)
{
    melanins m;
    tns_random random = tns_random_make(3);
    if (!read_melanins(path, &m, err))
        return false;
    for (int i = 0; i < HAIRS; i++) {
        tns_spectrum hair = grow(&m, &random);
        prior_add(sums, &hair, 1, daylight);
    }
    return true;
}
