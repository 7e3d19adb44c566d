/* places.h -- rows of local regressions for unit tests: 36 points with a slope that falls from west to east */
#ifndef PLACES_H
#define PLACES_H

#include "../../src/core/base/host.h"
#include "../../src/core/estimate/local_regression.h"

#include "samples.h"

#define PLACES 36
#define PLACE_X 2

/* easting, northing, y, a constant, a regressor */
typedef double TbPlaces[PLACES][TB_GWR_BEFORE_X + PLACE_X];

static inline void fill_places(TbPlaces rows, double noise)
{
	for (int i = 0; i < PLACES; i++) {
		double east = i % 6 + 0.3 * sin(i * 2.7), north = i / 6 + 0.3 * cos(i * 1.9), x = sin(i * 1.3) + 0.4 * cos(i * i * 0.7);

		memcpy(rows[i], (double[]){east, north, 2 + 0.5 * north + (3 - east) * x + noise * sin(i * i * 3.1 + 1), 1, x}, sizeof(rows[i]));
	}
}

static inline TbStatus gwr_of(const double *rows, size_t n, int p, TbKernel kernel, bool adaptive, TbGwrCriterion criterion, TbGwr *g)
{
	TbState *state = tb_bag_new(&tb_local_regression_kind, (double[]){TB_GWR_BEFORE_X + p, kernel, adaptive, criterion}, TB_GWR_PARAMS);
	TbBag *bag = tb_alloc(sizeof(TbBag));

	for (size_t i = 0; i < n; i++)
		(void)tb_bag_add(&tb_local_regression_kind, &state, NULL, rows + i * (TB_GWR_BEFORE_X + p));
	(void)tb_bag_view(&tb_local_regression_kind, state, bag);
	return tb_gwr(bag, g);
}

static inline TbGwr gwr_of_places(TbPlaces rows, TbKernel kernel, bool adaptive, TbGwrCriterion criterion)
{
	TbGwr g;

	CHECK(gwr_of(&rows[0][0], PLACES, PLACE_X, kernel, adaptive, criterion, &g) == TB_OK, "rows");
	return g;
}

#endif
