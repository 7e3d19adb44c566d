/* density_gradient.h -- how density falls with the distance from the centre
 *
 * Exponential  D(r) = D0 exp(-b r)   ln D on r      Clark 1951: D0 the density at the centre, b the gradient per unit of distance
 * Power        D(r) = D0 r^-b        ln D on ln r   Smeed 1963: D0 the density at distance 1, b without a unit; no row may lie at 0
 * Least squares over rows with some density. Both explain ln D, so their R2 can be compared.
 */
#ifndef TB_DENSITY_GRADIENT_H
#define TB_DENSITY_GRADIENT_H

#include "../state/sample.h"

typedef enum TbDensityForm { TB_DENSITY_EXPONENTIAL, TB_DENSITY_POWER, TB_DENSITY_FORMS } TbDensityForm;
extern const char *const tb_density_forms[TB_DENSITY_FORMS];

typedef struct TbDensityGradient {
	TbDensityForm form;
	double central_density, gradient;
	double gradient_se;   /* NaN: two rows */
	double r2;            /* NaN: one density */
	uint64_t rows, empty; /* fitted; without density */
} TbDensityGradient;

/* Pairs of distance and density, both >= 0. TB_UNDEFINED: fewer than two distances with some density, or for the power form a distance of 0 among them. */
extern TbStatus tb_density_gradient(const TbSample *pairs, TbDensityForm form, TbDensityGradient *g);
/* The form with the larger R2, the exponential where they are equal or only it is defined */
extern TbStatus tb_density_gradient_best(const TbSample *pairs, TbDensityGradient *g);

#endif
