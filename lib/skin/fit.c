/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whitened residuals: the spectrum's over what such layers leave unsaid, the color's over what the
 * eye would let pass many times over, and the figures in spreads of their priors. The color's rows
 * make the model give the skin's color back, which is what a forecast starts from; the spectrum's
 * rows and the priors choose among the skins of that color.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_multifit_nlinear.h>

#include <tonsure/difference.h>
#include <tonsure/skintone.h>

#include "base/lanes.h"
#include "base/text.h"
#include "color/numeric.h"
#include "color/tristimulus.h"
#include "skin/free.h"
#include "skin/look.h"

enum { COLOR_ROWS = 3, ROWS = TNS_BANDS + COLOR_ROWS + TNS_SKIN_FIGURES };

enum { MOST_STEPS = 200 };
static const double LEAST_STEP = 1e-6;

static const double SPECTRUM_SPREAD = 0.006, COLOR_SPREAD = 0.1;

/* An estimated spectrum is as unsure as its prior: rmse .011 on skin left out of it. */
static const double ESTIMATE_SPREAD = 0.011;

/*
 * Six figures give nearly any brown back, so the figures themselves must be a skin's: of 4,392
 * measured skins all but three have a sum of squared spreads below 80. Chroma under D65/10 is 9-30
 * in skin.
 */
static const double MOST_DE00 = 3, MOST_RMSE = 0.03, MOST_FAR = 80, LEAST_CHROMA = 5;

typedef struct question {
    const tns_spectrum *seen;
    tns_look_table table;
    tns_viewing viewing;
    tns_lab lab;
    double weight[TNS_BANDS];   /* 1 / spread; 0 where nothing was read */
    double z[TNS_SKIN_FIGURES]; /* where it was looked at last */
    tns_look look;
} question;

static bool is_covered(const tns_spectrum *s, int band)
{
    double nm = tns_band_nm(band);
    return nm >= s->from_nm - TNS_STEP_NM / 2.0 && nm <= s->to_nm + TNS_STEP_NM / 2.0;
}

/* A look gives slopes too, so the same is mostly asked for twice. */
static tns_spectrum look_at(question *q, const gsl_vector *z)
{
    const double *at = gsl_vector_const_ptr(z, 0);
    tns_spectrum out = {.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM};
    if (memcmp(q->z, at, sizeof q->z) != 0) {
        memcpy(q->z, at, sizeof q->z);
        tns_look_at(&q->table, at, &q->look);
    }
    memcpy(out.value, q->look.seen, sizeof out.value);
    return out;
}

static int residuals(const gsl_vector *z, void *params, gsl_vector *out)
{
    question *q = params;
    tns_spectrum model = look_at(q, z);
    tns_lab lab = tns_lab_from_spectrum(&model, &q->viewing);
    const double color[COLOR_ROWS] = {lab.L - q->lab.L, lab.a - q->lab.a, lab.b - q->lab.b};
    size_t row = 0;
    for (int b = 0; b < TNS_BANDS; b++)
        gsl_vector_set(out, row++,
                       q->weight[b] > 0 ? (model.value[b] - q->seen->value[b]) * q->weight[b] : 0);
    for (int i = 0; i < COLOR_ROWS; i++)
        gsl_vector_set(out, row++, color[i] / COLOR_SPREAD);
    for (size_t i = 0; i < TNS_SKIN_FIGURES; i++)
        gsl_vector_set(out, row++, gsl_vector_get(z, i));
    return GSL_SUCCESS;
}

static int slopes(const gsl_vector *z, void *params, gsl_matrix *out)
{
    question *q = params;
    double color[COLOR_ROWS][TNS_BANDS];
    tns_spectrum model = look_at(q, z);
    tns_lab_by_bands(&model, &q->viewing, color);
    gsl_matrix_set_zero(out);
    for (size_t i = 0; i < TNS_SKIN_FIGURES; i++) {
        const double *by = q->look.by[i];
        for (size_t b = 0; b < TNS_BANDS; b++)
            gsl_matrix_set(out, b, i, by[b] * q->weight[b]);
        for (size_t c = 0; c < COLOR_ROWS; c++)
            gsl_matrix_set(out, TNS_BANDS + c, i, tns_dot(color[c], by, TNS_BANDS) / COLOR_SPREAD);
        gsl_matrix_set(out, TNS_BANDS + COLOR_ROWS + i, i, 1);
    }
    return GSL_SUCCESS;
}

/* Figure i where z of it is moved by so much. */
static double figure_at(const double *z, size_t i, double by)
{
    double moved[TNS_SKIN_FIGURES], figures[TNS_SKIN_FIGURES];
    memcpy(moved, z, sizeof moved);
    moved[i] += by;
    tns_skin skin = tns_skin_from_free(moved);
    tns_skin_figures(&skin, figures);
    return fmax(figures[i], 0);
}

/* What a spread of z is in each figure's own unit; without one the figure itself stands. */
static void keep_spread(const gsl_multifit_nlinear_workspace *work, const double *z,
                        tns_skin_fit *out)
{
    gsl_matrix *c = gsl_matrix_alloc(TNS_SKIN_FIGURES, TNS_SKIN_FIGURES);
    bool known =
        c && gsl_multifit_nlinear_covar(gsl_multifit_nlinear_jac(work), 0, c) == GSL_SUCCESS;
    for (size_t i = 0; i < TNS_SKIN_FIGURES; i++) {
        double sd = known ? sqrt(gsl_matrix_get(c, i, i)) : 0;
        out->spread[i] = (figure_at(z, i, sd) - figure_at(z, i, -sd)) / 2;
        out->interval[i][0] = figure_at(z, i, -2 * sd);
        out->interval[i][1] = figure_at(z, i, 2 * sd);
    }
    gsl_matrix_free(c);
}

/*
 * The figures are numbers of one scale and each has its prior, so the damping is the same for all
 * and normal equations are well conditioned. The last step is a millionth of a spread.
 */
static gsl_multifit_nlinear_workspace *descent(void)
{
    gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters();
    settings.scale = gsl_multifit_nlinear_scale_levenberg;
    settings.solver = gsl_multifit_nlinear_solver_cholesky;
    return gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &settings, ROWS,
                                      TNS_SKIN_FIGURES);
}

/* Running out of steps leaves a skin that will do; its dE says how well. */
static bool descend(question *q, double z[TNS_SKIN_FIGURES], tns_skin_fit *out)
{
    gsl_multifit_nlinear_fdf fdf = {
        .f = residuals, .df = slopes, .n = ROWS, .p = TNS_SKIN_FIGURES, .params = q};
    gsl_vector_view start = gsl_vector_view_array(z, TNS_SKIN_FIGURES);
    gsl_multifit_nlinear_workspace *work = descent();
    int info, status = GSL_ENOMEM;
    if (work && gsl_multifit_nlinear_init(&start.vector, &fdf, work) == GSL_SUCCESS)
        status = gsl_multifit_nlinear_driver(MOST_STEPS, LEAST_STEP, 1e-8, 1e-9, NULL, NULL, &info,
                                             work);
    bool done = status == GSL_SUCCESS || status == GSL_EMAXITER || status == GSL_ENOPROG;
    if (done) {
        gsl_vector_memcpy(&start.vector, gsl_multifit_nlinear_position(work));
        keep_spread(work, z, out);
    }
    gsl_multifit_nlinear_free(work);
    return done;
}

static double rms_between(const tns_spectrum *seen, const tns_spectrum *model)
{
    double sum = 0;
    int n = 0;
    for (int b = 0; b < TNS_BANDS; b++)
        if (is_covered(seen, b)) {
            double miss = model->value[b] - seen->value[b];
            sum += miss * miss;
            n++;
        }
    return sqrt(sum / n);
}

/* What is against its being skin; the first that there is. */
static void judge(tns_lab lab, const double z[TNS_SKIN_FIGURES], tns_skin_fit *out)
{
    double far = 0;
    for (int i = 0; i < TNS_SKIN_FIGURES; i++)
        far += z[i] * z[i];
    if (lab.a <= 0 || lab.b <= 0)
        tns_text_format(out->reason, sizeof out->reason,
                        "no skin has its hue (a* %.1f, b* %.1f under D65/10)", lab.a, lab.b);
    else if (hypot(lab.a, lab.b) < LEAST_CHROMA)
        tns_text_format(out->reason, sizeof out->reason, "greyer than skin (chroma %.1f)",
                        hypot(lab.a, lab.b));
    else if (out->de00 > MOST_DE00)
        tns_text_format(out->reason, sizeof out->reason,
                        "no layers of skin give its color: dE00 %.1f at best", out->de00);
    else if (out->rmse > MOST_RMSE)
        tns_text_format(out->reason, sizeof out->reason,
                        "no layers of skin give its spectrum: %.1f %% of reflectance off",
                        100 * out->rmse);
    else if (far > MOST_FAR)
        snprintf(out->reason, sizeof out->reason,
                 "its melanin, blood and scattering would be far from any skin's");
    out->is_skin = out->reason[0] == '\0';
}

bool tns_skin_fit_reading(const tns_reading *reading, tns_skin_fit *out, tns_error *err)
{
    tns_numeric_init();
    memset(out, 0, sizeof *out);
    out->specular = reading->source.specular;
    double z[TNS_SKIN_FIGURES] = {0};
    question q = {.seen = &out->measured,
                  .z = {NAN},
                  .table = tns_look_table_make(out->specular, tns_cpu_isa())};
    double spread = SPECTRUM_SPREAD;
    if (!tns_reading_spectrum_as(reading, TNS_PRIOR_SKIN, &out->measured, err) ||
        !tns_viewing_find("D65/10", &q.viewing, err))
        return false;
    if (out->measured.reconstructed) {
        spread = ESTIMATE_SPREAD;
        tns_warn(&out->warnings,
                 "only a color was read: its spectrum is estimated (%s), so blood "
                 "and melanin are told apart by what skin usually has",
                 out->measured.prior);
    }
    for (int b = 0; b < TNS_BANDS; b++)
        q.weight[b] = is_covered(&out->measured, b) ? 1 / spread : 0;
    q.lab = tns_lab_from_spectrum(&out->measured, &q.viewing);
    out->ita = tns_ita(q.lab);
    if (!descend(&q, z, out))
        return tns_error_set(err, TNS_ERROR_NUMERIC, "skin: no layers were found for the reading");
    out->skin = tns_skin_from_free(z);
    out->modelled = tns_skin_reflectance(&out->skin, out->specular);
    out->de00 = tns_de00(q.lab, tns_lab_from_spectrum(&out->modelled, &q.viewing));
    out->rmse = rms_between(&out->measured, &out->modelled);
    judge(q.lab, z, out);
    return true;
}
