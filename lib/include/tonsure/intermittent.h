/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Demand that comes now and then: what kind it is, and what to expect of a period to come, from
 * what each period (a week, say) has used so far. In any unit.
 */
#ifndef TONSURE_INTERMITTENT_H
#define TONSURE_INTERMITTENT_H

#include <stddef.h>

#include <tonsure/export.h>

TNS_BEGIN_DECLS

/*
 * The four classes of Syntetos, Boylan and Croston (J. Oper. Res. Soc. 56, 2005, 495), by how far
 * demands are apart (ADI, cut at 1.32 periods) and how their sizes vary (CV^2, cut at 0.49).
 */
typedef enum tns_demand_class {
    TNS_DEMAND_NONE,         /* nothing was ever used */
    TNS_DEMAND_SMOOTH,       /* often, of like sizes */
    TNS_DEMAND_ERRATIC,      /* often, of unlike sizes */
    TNS_DEMAND_INTERMITTENT, /* now and then, of like sizes */
    TNS_DEMAND_LUMPY         /* now and then, of unlike sizes */
} tns_demand_class;

/* "none", "smooth", "erratic", "intermittent", "lumpy". */
TNS_API const char *tns_demand_class_name(tns_demand_class kind);

typedef struct tns_demand_pattern {
    size_t periods, demands; /* demands: periods with more than nothing */
    size_t silent;           /* periods since the last of them */
    double interval;         /* ADI: periods per demand; 0 = there was none */
    double size, cv2;        /* mean of the demands; their variance (n - 1) over its square */
    tns_demand_class kind;
} tns_demand_pattern;

/*
 * Of what was used in each period, oldest first; nothing below 0 counts. Often is an interval below
 * 1.32, alike a cv2 below 0.49.
 */
TNS_API tns_demand_pattern tns_demand_pattern_of(const double *used, size_t periods);

typedef enum tns_demand_method {
    TNS_DEMAND_SES,     /* simple exponential smoothing (Brown 1959) */
    TNS_DEMAND_CROSTON, /* sizes and intervals apart (Oper. Res. Q. 23, 1972, 289) */
    TNS_DEMAND_SBA,     /* that without its bias (Syntetos and Boylan, IJF 21, 2005, 303) */
    TNS_DEMAND_SBJ,     /* the same, exactly (Shale, Boylan and Johnston, JORS 57, 2006, 588) */
    TNS_DEMAND_TSB, /* decays when demand dies (Teunter, Syntetos and Babai, EJOR 214, 2011, 606) */
    TNS_DEMAND_MEAN /* of all periods: where one or two demands tell no interval */
} tns_demand_method;

/* "SES", "Croston", "SBA", "SBJ", "TSB", "mean". */
TNS_API const char *tns_demand_method_name(tns_demand_method method);

/* What each is smoothed by, 0..1; zeroed = 0.1 both. */
typedef struct tns_smoothing {
    double size, interval; /* alpha, beta; SES has alpha alone */
} tns_smoothing;

/*
 * The demand to expect of one period. SES begins at the mean of all periods, so that a short
 * history counts as its mean; Croston, SBA and SBJ at the first demand and the periods up to it;
 * TSB at the first demand and the share of periods with one. 0 where there was none.
 */
TNS_API double tns_demand_forecast(tns_demand_method method, const double *used, size_t periods,
                                   tns_smoothing smoothing);

/*
 * The mean of fewer than three demands; SES for the smooth, SBA for the others, and TSB where
 * demand seems to have died: where a silence of more than four periods would come by chance in
 * fewer than 1 of 20 cases.
 */
TNS_API tns_demand_method tns_demand_method_for(const tns_demand_pattern *pattern);

TNS_END_DECLS

#endif
