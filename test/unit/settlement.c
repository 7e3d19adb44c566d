/* unit test of core/settlement: majority rules and gap filling on the 3 x 3 rasters of flexurba's own tests (cvmigero/flexurba @a99be646, MIT) */
#include "../../src/core/settlement.h"

#include "../../src/core/host.h"
#include "unit.h"

static double ones[9] = {1, 1, 1, 1, 1, 1, 1, 1, 1};

/* '.' no class, digits are centres, 'w' water (no land, nobody) */
static bool repaired(const char *given, double *land, double *population, int rule, const char *expected)
{
	int32_t x[9], y[9];
	uint32_t centre[9], twice;
	double nothing[9] = {0}, own_land[9], own_population[9];
	TbCells cells = {.population = own_population, .land = own_land, .built = nothing, .area = 1};
	bool right = true;

	for (int i = 0; i < 9; i++) {
		x[i] = i % 3;
		y[i] = i / 3;
		centre[i] = given[i] >= '0' && given[i] <= '9' ? (uint32_t)(given[i] - '0') : TB_NO_CELL;
		own_land[i] = given[i] == 'w' ? 0 : land[i];
		own_population[i] = given[i] == 'w' ? 0 : population[i];
	}
	(void)tb_grid_build(x, y, 9, &cells.grid, &twice);
	if (rule < 0)
		tb_settlement_fill(&cells, centre);
	else
		tb_settlement_smooth(&cells, rule, centre);
	for (int i = 0; i < 9; i++)
		right &= centre[i] == (expected[i] == '.' ? TB_NO_CELL : (uint32_t)(expected[i] - '0'));
	tb_grid_free(&cells.grid);
	return right;
}

int main(void)
{
	double land[] = {1, 0.3, 0.3, 1, 1, 0.3, 1, 1, 1}, some[] = {1, 0, 0, 1, 1, 1, 1, 0, 1}, fewer[] = {1, 0, 0, 1, 1, 0, 1, 1, 1};

	CHECK(repaired("1111.1111", ones, ones, -1, "111111111"), "a gap is filled");
	CHECK(repaired("111121111", ones, ones, -1, "111121111"), "another centre is no gap");
	CHECK(repaired("1121.2112", ones, ones, -1, "1121.2112"), "never across two centres");
	CHECK(repaired("1111..111", ones, ones, -1, "1111..111"), "a bay is open to the edge");
	CHECK(repaired("1111..111", ones, ones, TB_MAJORITY_R2022A, "111111111"), "R2022A: five of eight");
	CHECK(repaired("1111.2111", ones, ones, TB_MAJORITY_R2022A, "111112111"), "R2022A: beside another centre");
	CHECK(repaired("1121..21.", ones, ones, TB_MAJORITY_R2022A, "1121..21."), "R2022A: four are not enough");
	CHECK(repaired("1111..111", ones, ones, TB_MAJORITY_R2023A, "111111111"), "R2023A: more than half");
	CHECK(repaired("1111.w111", ones, ones, TB_MAJORITY_R2023A, "11111.111"), "R2023A: water does not join");
	CHECK(repaired("......111", land, some, TB_MAJORITY_R2023A, "......111"), "R2023A: three of six");
	CHECK(repaired("......111", land, fewer, TB_MAJORITY_R2023A, "....1.111"), "R2023A: three of five");
	CHECK(tb_settlement_level1(30) == 3 && tb_settlement_level1(22) == 2 && tb_settlement_level1(12) == 1 && tb_settlement_level1(10) == 0 &&
			  tb_settlement_level1(20) == -1 && tb_settlement_level1(31) == -1,
		  "codes fold to level 1");
	return unit_done();
}
