/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Match: the mixtures of whole units (drops, syringe ticks, balance ticks) that come nearest to a
 * target color on a surface, found exactly, with the best real-valued mixture beside them.
 *
 * A recipe is a ratio of pigments in whole dispense units, at most `max_units` of them and at most
 * `max_pigments` pigments, and, where dilution matters, a whole shade N = parts of diluent to one
 * part of pigment by volume. 1:2 and 2:4 are one recipe, listed with the fewest units that leave no
 * part below what is asked of it: where both must have two units or more, 1:2 is listed as 2:4.
 *
 * Mixing (Duncan 1940): K = sum c_i K_i, S = sum c_i S_i, c_i the share of stock ink i in the mixed
 * liquid by the palette's amount basis, diluent included.
 */
#ifndef TONSURE_MATCH_H
#define TONSURE_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/colorimetry.h>
#include <tonsure/context.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/palette.h>
#include <tonsure/surface.h>
#include <tonsure/warnings.h>

TNS_BEGIN_DECLS

enum { TNS_PARTS_MAX = 8, TNS_VIEWINGS_MAX = 8 };

/* What can be dispensed in whole numbers. */
typedef enum tns_unit_kind { TNS_UNIT_DROP, TNS_UNIT_ML, TNS_UNIT_GRAM } tns_unit_kind;

typedef struct tns_unit {
    tns_unit_kind kind;
    double size; /* ml or g of one unit; a drop's size is the pigment's own */
} tns_unit;

/* How several surfaces become one objective. */
typedef enum tns_reducer {
    TNS_REDUCE_MEAN, /* weighted root mean square of the objectives on each */
    TNS_REDUCE_MAX,  /* the worst of them */
    /* The objective of the weighted mean of their reflectances: side by side in small dots, as on a
       scalp, they are seen as one color. What each is off alone counts only in the odds. */
    TNS_REDUCE_BLEND
} tns_reducer;

typedef struct tns_match_request {
    const tns_palette *palette; /* borrowed, as all below */
    tns_spectrum target;

    const tns_surface *surfaces;   /* at least one */
    const double *surface_weights; /* NULL = alike */
    size_t surface_count;
    tns_reducer reducer;

    const tns_viewing
        *viewings; /* 1..TNS_VIEWINGS_MAX of as many illuminants; the first is the main one */
    double weights[TNS_VIEWINGS_MAX]; /* the largest at least 0.001: the order knows 1e-9 only */
    size_t viewing_count;

    const int *pigments; /* indices that may be used; NULL = all but diluents and additives */
    size_t pigment_count;

    int max_pigments; /* 0 = 4; at most TNS_PARTS_MAX */
    int max_units;    /* 0 = 30 */
    bool exactly;     /* the total of units is max_units, not at most: 10:10 is then listed so */
    int max_shade;    /* 0 = 40; ignored on opaque */
    bool undiluted;   /* no diluent, whatever max_shade says */
    int top;          /* 0 = 10 */
    tns_unit unit;
    double pot_ml;     /* each recipe is listed by the whole multiple of its ratio that fills so
                          much at least, whatever max_units says; 0 = once */
    bool continuous;   /* real amounts instead of whole units: below */
    bool never_darker; /* on no surface, or not on their blend, is L* under the main viewing below
                          the target's */
    const int *least_units; /* one for each of the palette's pigments, at most max_units: a recipe
                               has none of it or at least so many; 0 = 1; NULL = 1 for all */
    double max_cost;        /* per ml of mixed liquid, of recipes whose cost is known; 0 = any */
    /* One for each of the palette's pigments, the diluent too; NULL = nothing of the kind. It is
       at most that share of a recipe, or, of what is dispensed, of pot_ml, which is then not less
       than the ratio once; of equal recipes goes first whose figures add up to less. */
    const double *most_share;
    const int *favor;
    double tolerance;   /* 0 = 2.0, dE00 under the main viewing */
    double near_enough; /* of real amounts: once as many as are asked for have a lower objective,
                           none nearer is looked for; 0 = the nearest */
    int threads;        /* 0 = as many as there are cores; the answer is the same with any */
} tns_match_request;

typedef struct tns_recipe_part {
    int pigment;     /* index in the palette */
    int units;       /* whole units; drops with TNS_UNIT_DROP */
    double fraction; /* share of the mixed liquid by the amount basis, diluent included */
    double ml, g;
} tns_recipe_part;

/*
 * What is to be expected of a recipe that is poured once, by tns_match_appraise(). Differences are
 * dE00 under the main viewing, reduced over the surfaces as the objective is; but of a blend each
 * pour comes to lie on one surface of the list, drawn by its weight: which, nobody knows before.
 */
typedef struct tns_odds {
    double de00_p95; /* 19 pours in 20 come at least so near the target */
    double p_within; /* chance of a pour within the tolerance */
    double p_darker; /* chance of one visibly darker than the target: TNS_DARKER_STEP in L* */
    /* What the scatter of the amounts, the palette's K and S and the target's error do, each alone:
       root mean square of what the color moves by. */
    double by_pouring, by_palette, by_target;
    double by_healing; /* likewise which surface of a blend it will be; 0 with other reducers */
    /* Of a blend, with nothing else off: what single surfaces show of L*, a*, b*, each alone; 5 %
       of them, by weight, lie below `low`, and 95 % below `high`. Zeros with other reducers. */
    tns_lab low, high;
    double one_more[TNS_PARTS_MAX]; /* what one unit more of each part moves the color by, */
    double one_more_diluent;        /* and one part more of diluent: the next shade; 0 = none */
} tns_odds;

typedef struct tns_recipe {
    size_t part_count;
    tns_recipe_part parts[TNS_PARTS_MAX]; /* in the palette's order */
    bool has_diluent;                     /* dilution matters here and the palette has a diluent */
    int shade;                            /* N of N:1; 0 = undiluted */
    double real_shade;                    /* the same; with real amounts not rounded */
    tns_recipe_part diluent;              /* units 0: not whole, measure its ml; zero for shade 0 */

    double objective;              /* sqrt(sum of weights x dE00^2), reduced over the surfaces */
    double de00[TNS_VIEWINGS_MAX]; /* reduced over the surfaces likewise */
    tns_spectrum predicted;        /* mean over the surfaces */
    tns_color color[TNS_VIEWINGS_MAX]; /* of that */
    double metamerism; /* likewise: the largest index over the other viewings; 0 with one viewing */
    double rounding_loss; /* objective less the best one of real amounts of the same pigments */
    double cost;          /* per ml of mixed liquid; 0 = a component's cost is unknown */
    char confidence;      /* 'B' measured or published, 'C' modelled: the weakest component's. 'A',
                             measured from this very lot, is for records: no palette tells lots */
    bool has_odds;        /* once appraised, as `distinct` */
    tns_odds odds;
    bool distinct; /* other pigments than every better one of the list, or visibly another color */
    tns_warnings warnings;
} tns_recipe;

/* The best mixture of real amounts. */
typedef struct tns_blend {
    double objective;
    double de00; /* under the main viewing */
    size_t part_count;
    int pigment[TNS_PARTS_MAX];
    double fraction[TNS_PARTS_MAX]; /* diluent included; what is missing to 1 is diluent */
} tns_blend;

typedef struct tns_search {
    size_t pigments;
    int max_pigments, max_units;
    int max_shade;    /* 0 where dilution does not matter */
    uint64_t recipes; /* in the search space */
    uint64_t
        evaluated; /* that no bound ruled out: whose objective was computed, in part or whole */
    bool exact;
    bool continuous;
    double seconds; /* wall time */
    int threads;    /* that it was shared among */
} tns_search;

/* Which of the list is best by what: indices of its recipes, the first of equals. */
typedef struct tns_choices {
    bool made;
    size_t closest;      /* least dE00 under the main viewing */
    size_t surest;       /* the first whose de00_p95 is within 5 % of the least */
    size_t simplest;     /* fewest pigments */
    bool has_metamerism; /* there are other viewings, and the target's spectrum is no estimate */
    size_t least_metameric;
    bool has_cost; /* of one recipe at least */
    size_t cheapest;
} tns_choices;

/* What keeps the shelf from a target that it does not reach. */
typedef struct tns_missing {
    tns_lab nearest;   /* of the best real mixture */
    double dL, dC, dH; /* from there to the target; dH with the sign of the hue's change */
    char text[120];    /* "needs a yellower red"; "" = the target is reached */
} tns_missing;

typedef struct tns_match {
    size_t recipe_count;
    tns_recipe *recipes; /* best first; owned by the match */
    tns_search search;
    tns_blend best_possible;
    bool in_gamut;         /* the best real mixture is within 1.0 dE00 under the main viewing */
    bool within_tolerance; /* the best recipe is within the tolerance under the main viewing */
    double tolerance;      /* the one in force; this and the next three by tns_match_appraise() */
    tns_choices choices;
    tns_missing missing;
    tns_warnings odds_leave_out; /* what the odds know nothing of */
    tns_warnings warnings;
} tns_match;

/*
 * Order: objective rounded to 1e-9, then favor, then cost (unknown last), then fewer pigments, then
 * the pigments' indices and units, then the shade. `exact`: no recipe left out has a lower
 * objective under this model, in double precision, beyond 1e-9. Fails with TNS_ERROR_USAGE on a
 * contradictory request (a relative palette on a film, no pigment left, more units asked of each
 * than there may be in all), TNS_ERROR_NO_RECIPE when constraints leave none, TNS_ERROR_CANCELLED.
 * The best real amounts heed never_darker, but not least_units, max_cost and most_share, which are
 * of what is dispensed. The caller destroys the match.
 *
 * With `continuous`: the best sets of pigments when amounts may be any, each with the best
 * fractions found for it and none of them below 0.001. Parts then have no units, ml or g; the
 * request's unit and max_units do not count, and never_darker, least_units, max_cost and most_share
 * are refused. `recipes` of the search counts sets, `evaluated` descents. A set that a bound ruled
 * out is proven to be worse than those listed; the others were descended from several starts, which
 * proves nothing: not `exact`.
 */
TNS_API tns_match *tns_match_solve(const tns_match_request *request, const tns_context *context,
                                   tns_error *err);

/* NULL is taken. */
TNS_API void tns_match_destroy(tns_match *match);

/*
 * K and S, per unit of load, of a mixture given as proportions (by the amount basis) of the
 * palette's pigments: `amounts` has palette->count numbers >= 0, not all zero.
 */
TNS_API bool tns_mixture_coefficients(const tns_palette *palette, const double *amounts,
                                      double K[TNS_BANDS], double S[TNS_BANDS], tns_error *err);

TNS_END_DECLS

#endif
