/* unit test of core/pycnophylactic: totals, symmetry, an even surface, an empty zone, a scale */
#include "../../src/core/territory/pycnophylactic.h"

#include "unit.h"

#define SIDE 6

static TbGrid grid;
static uint32_t zone[SIDE * SIDE];

static void sums(const double *people, double *sum)
{
	for (int k = 0; k < 4; k++)
		sum[k] = 0;
	for (int i = 0; i < SIDE * SIDE; i++)
		sum[zone[i]] += people[i];
}

int main(void)
{
	int32_t x[SIDE * SIDE], y[SIDE * SIDE];
	double people[SIDE * SIDE], large[SIDE * SIDE], sum[4], total[4] = {90, 90, 9, 9}, even[4] = {18, 18, 18, 18}, one[4] = {90, 0, 0, 0}, far[4];
	bool same = true, mirror = true, level = true;
	uint32_t twice;
	TbZoneCells z = {&grid, zone, 4, total};

	for (int32_t i = 0; i < SIDE * SIDE; i++) {
		x[i] = i % SIDE;
		y[i] = i / SIDE;
	}
	(void)tb_grid_build(x, y, SIDE * SIDE, &grid, &twice);
	for (uint32_t i = 0; i < SIDE * SIDE; i++)
		zone[i] = (grid.x[i] >= 3) + 2 * (grid.y[i] >= 3);
	CHECK(tb_pycnophylactic(&z, 0.2, 1e-6, people) == TB_OK, "four zones settle");
	sums(people, sum);
	for (int k = 0; k < 4; k++)
		same &= fabs(sum[k] - total[k]) < 1e-12 * total[k];
	CHECK(same, "every zone keeps its people");
	for (int i = 0; i < SIDE * SIDE; i++)
		mirror &= fabs(people[i] - people[i / SIDE * SIDE + SIDE - 1 - i % SIDE]) < 1e-12 && people[i] >= 0;
	CHECK(mirror, "zones that mirror each other have surfaces that do");
	CHECK(people[0] > people[2 * SIDE] && people[2 * SIDE] > people[3 * SIDE] && people[2 * SIDE] - people[3 * SIDE] < 9,
		  "the step between zones is smoothed");
	z.total = even;
	CHECK(tb_pycnophylactic(&z, 0.2, 1e-6, people) == TB_OK, "an even population");
	for (int i = 0; i < SIDE * SIDE; i++)
		level &= fabs(people[i] - 2) < 1e-14;
	CHECK(level, "stays even");
	z.total = one;
	CHECK(tb_pycnophylactic(&z, 0.2, 1e-6, people) == TB_OK, "a zone of people among empty ones");
	sums(people, sum);
	CHECK(fabs(sum[0] - 90) < 1e-11 && sum[1] == 0 && sum[2] == 0 && sum[3] == 0, "nobody moves into an empty zone");
	for (int k = 0; k < 4; k++)
		far[k] = ldexp(total[k], 1000);
	z.total = total;
	(void)tb_pycnophylactic(&z, 0.2, 1e-3, people);
	z.total = far;
	CHECK(tb_pycnophylactic(&z, 0.2, 1e-3, large) == TB_OK && large[7] == ldexp(people[7], 1000) && large[30] == ldexp(people[30], 1000),
		  "a unit of measure is no news");
	CHECK(tb_pycnophylactic(&z, 1, 1e-3, large) == TB_OK && large[0] == far[0] / 9, "a cell that is only itself stays");
	return unit_done();
}
