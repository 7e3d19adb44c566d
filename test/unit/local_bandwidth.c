/* unit test of core/local_bandwidth: no bandwidth of a fine grid is better, ends of the range, units, one place, exact fits */
#include "places.h"

static void check_grid(TbPlaces rows, TbKernel kernel, TbGwrCriterion criterion)
{
	TbGwr g = gwr_of_places(rows, kernel, false, criterion);
	TbGwrSearch s;
	double least = INFINITY;
	int better = 0;

	CHECK(tb_gwr_search(&g, &s) == TB_GWR_FOUND, "found");
	for (double h = s.bandwidth[0]; h < 1.2 * s.bandwidth[11]; h *= 1.01) {
		TbGwrFit fit = tb_gwr_at(&g, h);

		better += tb_gwr_value(&g, &fit) < tb_gwr_value(&g, &s.best) - 1e-9;
	}
	CHECK(better == 0, tb_kernel_name[kernel]);
	for (int i = 0; i < s.trials; i++)
		least = fmin(least, s.value[i]);
	CHECK(least == tb_gwr_value(&g, &s.best) && s.trials > 12 && s.trials < 60, "the best of what was tried");
}

static void check_neighbours(TbPlaces rows, TbKernel kernel, TbGwrCriterion criterion)
{
	TbGwr g = gwr_of_places(rows, kernel, true, criterion);
	TbGwrSearch s;
	double least = INFINITY;
	int twice = 0;

	CHECK(tb_gwr_search(&g, &s) == TB_GWR_FOUND, "found");
	for (int k = 4; k <= PLACES; k++) {
		TbGwrFit fit = tb_gwr_at(&g, k);

		least = fmin(least, tb_gwr_value(&g, &fit));
	}
	CHECK(tb_gwr_value(&g, &s.best) == least, "the best number of neighbours of all");
	for (int i = 0; i < s.trials; i++)
		for (int j = 0; j < i; j++)
			twice += s.bandwidth[i] == s.bandwidth[j];
	CHECK(twice == 0, "none is tried twice");
}

static void ends(TbPlaces rows)
{
	TbPlaces same;
	TbGwr g;
	TbGwrSearch s, t;
	double widest = 0, reach = 0;

	memcpy(same, rows, sizeof(same));
	for (int i = 0; i < PLACES; i++) /* one line for all, and noise that knows no place */
		same[i][2] = 1 + 2 * rows[i][4] + (i % 2 ? 0.7 : -0.7) * (i % 3 + 1);
	g = gwr_of_places(same, TB_BISQUARE, false, TB_GWR_AICC);
	CHECK(tb_gwr_search(&g, &s) == TB_GWR_FOUND && s.end == TB_GWR_WIDEST, "one line for all: the widest");
	g = gwr_of_places(same, TB_BISQUARE, true, TB_GWR_AICC);
	CHECK(tb_gwr_search(&g, &s) == TB_GWR_FOUND && s.end == TB_GWR_WIDEST && s.best.bandwidth == PLACES, "all neighbours");
	g = gwr_of_places(rows, TB_BISQUARE, false, TB_GWR_AICC);
	CHECK(tb_gwr_search(&g, &s) == TB_GWR_FOUND && s.end == TB_GWR_INSIDE && s.best.aicc < s.global.aicc,
		  "slopes by place: inside, and better than one line");
	for (int i = 0; i < PLACES; i++) {
		tb_gwr_distances(&g, i);
		widest = fmax(widest, tb_gwr_nearest(&g, PLACES));
		reach = fmax(reach, tb_gwr_nearest(&g, PLACE_X + 2));
	}
	NEAR(s.bandwidth[0], ldexp(reach, g.place_exponent), 1e-12, "from where all have rows enough in reach");
	NEAR(s.bandwidth[11], ldexp(2 * widest, g.place_exponent), 1e-12, "to twice the largest distance");
	for (int i = 0; i < PLACES; i++) {
		same[i][0] = ldexp(rows[i][0], -70);
		same[i][1] = ldexp(rows[i][1], -70);
		same[i][2] = rows[i][2];
	}
	g = gwr_of_places(same, TB_BISQUARE, false, TB_GWR_AICC);
	CHECK(tb_gwr_search(&g, &t) == TB_GWR_FOUND && t.best.bandwidth == ldexp(s.best.bandwidth, -70) && t.best.aicc == s.best.aicc,
		  "in another unit of distance");
}

static void none(TbPlaces rows)
{
	TbPlaces here;
	TbGwr g;
	TbGwrSearch s;

	memcpy(here, rows, sizeof(here));
	for (int i = 0; i < PLACES; i++)
		here[i][0] = here[i][1] = 4;
	for (int adaptive = 0; adaptive < 2; adaptive++) {
		g = gwr_of_places(here, TB_BISQUARE, adaptive, TB_GWR_AICC);
		CHECK(tb_gwr_search(&g, &s) == TB_GWR_ONE_PLACE && s.trials == 0, "all at one place");
		fill_places(here, 0);
		for (int i = 0; i < PLACES; i++)
			here[i][2] = 3 - 2 * here[i][4];
		g = gwr_of_places(here, TB_BISQUARE, adaptive, TB_GWR_AICC);
		CHECK(tb_gwr_search(&g, &s) == TB_GWR_EXACT, "an exact line");
		for (int n = 1; n < 5; n++) {
			(void)gwr_of(&rows[0][0], n, PLACE_X, TB_BISQUARE, adaptive, TB_GWR_AICC, &g);
			CHECK(tb_gwr_search(&g, &s) != TB_GWR_FOUND, "too few rows");
		}
		for (int i = 0; i < PLACES; i++)
			here[i][0] = here[i][1] = 4;
	}
	memcpy(here, rows, sizeof(here));
	for (int i = 0; i < PLACES; i++)
		here[i][4] = i == 0; /* a regressor for one row: it determines its own fit */
	g = gwr_of_places(here, TB_GAUSSIAN, false, TB_GWR_CV);
	CHECK(tb_gwr_search(&g, &s) == TB_GWR_UNDETERMINED, "cross-validation of a row that nothing else foresees");
}

/* Pairs of rows at the same place, some further apart */
static void twins(TbPlaces rows)
{
	TbPlaces pairs;
	TbGwr g;
	TbGwrSearch s;

	memcpy(pairs, rows, sizeof(pairs));
	for (int i = 1; i < PLACES; i += 2) {
		pairs[i][0] = pairs[i - 1][0];
		pairs[i][1] = pairs[i - 1][1];
	}
	for (int adaptive = 0; adaptive < 2; adaptive++) {
		g = gwr_of_places(pairs, TB_BISQUARE, adaptive, TB_GWR_AICC);
		CHECK(tb_gwr_search(&g, &s) == TB_GWR_FOUND && s.best.bandwidth > 0, "two rows at each place");
	}
}

int main(void)
{
	TbPlaces rows;

	fill_places(rows, 0.5);
	for (TbGwrCriterion criterion = 0; criterion < TB_GWR_CRITERIA; criterion++) {
		check_grid(rows, TB_GAUSSIAN, criterion);
		check_grid(rows, TB_BISQUARE, criterion);
		check_neighbours(rows, TB_GAUSSIAN, criterion);
		check_neighbours(rows, TB_BISQUARE, criterion);
	}
	ends(rows);
	none(rows);
	twins(rows);
	return unit_done();
}
