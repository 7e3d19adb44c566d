/* waves.h -- what effects of treatment in waves share, with and without covariates: units by group, comparisons, averages and their errors
 *
 * A comparison of a group in a period has the columns t and b of the panel, and a value. What a unit adds to it, its influence, is a vector of `length`
 * numbers of the estimator's own making, and a constant for each group: the estimator adds the influence on one comparison to such a form, and gives the sum
 * over units of products of two. All the rest, averages with weights that are estimated too, errors and the pre-test, is the same for all of them.
 */
#ifndef TB_WAVES_H
#define TB_WAVES_H

#include "group_time.h"

/* A group and a period: the contrast of columns t and b, b < t */
typedef struct TbContrast {
	uint32_t group, t, b;
	double value;
	double treated, control; /* units */
	bool known;              /* are they enough for an error? */
} TbContrast;

typedef struct TbForm {
	double *part, *constant, value;
	bool known;
} TbForm;

/* Everything by group: the waves ascending, those never treated last */
typedef struct TbWaves {
	uint32_t groups, periods, units;
	double *wave, *period;
	uint32_t *size;
	TbControls controls;
	int exponent; /* outcomes and values are those given over 2^exponent */
	uint32_t ids;
	uint32_t *group; /* [ids]: TB_NO_ID where left out */
	double *y;       /* [ids][periods], less the unit's first */
	size_t length;
	void (*add)(const struct TbWaves *, TbForm *, const TbContrast *, double weight);
	double (*product)(const struct TbWaves *, const TbForm *, const TbForm *);
} TbWaves;

/* From period, outcome and first treated period as the values of a bag. Counts what is left out; `cells` numbers are kept for a unit in a period. Errors as
 * those of tb_group_time. */
extern TbStatus tb_waves_read(const TbBag *bag, TbControls controls, uint64_t cells, TbWaves *w, TbGroupTime *r, uint32_t *at);
/* A comparison for every wave and every period but the first, without values */
extern TbContrast *tb_waves_contrasts(const TbWaves *w, size_t *n);
extern bool tb_waves_is_control(const TbWaves *w, const TbContrast *c, uint32_t group);
extern bool tb_waves_have_controls(const TbWaves *w, const TbGroupTime *r);
/* Effects, averages and pre-test of r->n comparisons with their values */
extern TbStatus tb_waves_effects(const TbWaves *w, const TbContrast *c, TbGroupTime *r);

#endif
