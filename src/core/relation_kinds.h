/* relation_kinds.h -- shape codes and parameter rules of the kinds of relation; each rule lives with its method */
#ifndef TB_RELATION_KINDS_H
#define TB_RELATION_KINDS_H

#include <stdbool.h>
#include <stdint.h>

enum {
	TB_SHAPE_SPATIAL = 23,
	TB_SHAPE_NEIGHBOUR = 24,
	TB_SHAPE_LABOUR_MARKET = 40,
	TB_SHAPE_URBAN_AREA = 41,
	TB_SHAPE_CONTIGUITY = 42,
	TB_SHAPE_GRAVITY = 43,
	TB_SHAPE_CATCHMENT = 44,
	TB_SHAPE_ACCESSIBILITY = 45
};

#define TB_RELATION_MISSING UINT64_C(0x7ff8000000000000) /* the one NaN that means "not given" */

extern bool tb_labour_market_params_ok(const double *param, uint64_t n); /* min and target size, min and target self-containment */
extern bool tb_urban_area_params_ok(const double *param, uint64_t n);    /* threshold */
extern bool tb_contiguity_params_ok(const double *param, uint64_t n);    /* none */
extern bool tb_gravity_params_ok(const double *param, uint64_t n);       /* model, decay */
extern bool tb_catchment_params_ok(const double *param, uint64_t n);     /* method, cutoff (infinite: none), decay, parameters */

extern bool tb_spatial_params_ok(const double *param, uint64_t n);   /* none, or permutations and seed */
extern bool tb_neighbour_params_ok(const double *param, uint64_t n); /* none, or SRID */

/* Is this a whole number from 0 to n - 1? */
static inline bool tb_is_choice(double x, int n)
{
	return x >= 0 && x < n && x == (double)(int)x;
}

#endif
