/* unit test of core/commuting_area: both directions, the strongest tie, cores that are one, nobody */
#include "../../src/core/flow/commuting_area.h"

#include "unit.h"

static TbFlows flows_of(uint32_t zones, const double *matrix)
{
	static TbId id[8];
	static size_t row[9];
	static uint32_t destination[64];
	static double flow[64];
	TbFlows f = {zones, id, 0, row, destination, flow};

	for (uint32_t i = 0; i < zones; i++) {
		row[i] = f.links;
		for (uint32_t j = 0; j < zones; j++)
			if (matrix[i * zones + j] > 0) {
				destination[f.links] = j;
				flow[f.links++] = matrix[i * zones + j];
			}
	}
	row[zones] = f.links;
	return f;
}

int main(void)
{
	/* 0 and 1 are central; 2 sends 25 of 100 to 0; 3 has 40 jobs, 10 of them held by people of 1; 4 is tied to both, more to 1; 5 lives alone; 6 is empty */
	const double matrix[49] = {900, 10, 0, 0,  20, 0, 0, 5,  500, 0, 10, 0, 0, 0, 25, 0, 75, 0, 0, 0, 0, 0, 20, 0, 80,
							   0,   0,  0, 30, 35, 0, 0, 35, 0,   0, 0,  0, 0, 0, 0,  9, 0,  0, 0, 0, 0, 0, 0,  0};
	const uint32_t core[7] = {0, 1, TB_NO_CITY, TB_NO_CITY, TB_NO_CITY, TB_NO_CITY, TB_NO_CITY};
	uint32_t one[7] = {0, 0, TB_NO_CITY, TB_NO_CITY, TB_NO_CITY, TB_NO_CITY, TB_NO_CITY};
	double near[49];
	TbFlows f = flows_of(7, matrix);
	TbUrbanMember m[7];

	CHECK(tb_commuting_areas(&f, core, 2, 0.25, 0.25, m) == TB_OK, "seven zones");
	CHECK(m[0].role == TB_URBAN_CITY && m[0].city == 0 && m[1].role == TB_URBAN_CITY && m[1].city == 1, "two cores");
	NEAR(m[0].share, 900.0 / 930, 1e-15, "a core to itself: the larger share");
	CHECK(m[2].role == TB_URBAN_COMMUTING_ZONE && m[2].city == 0 && m[2].share == 0.25, "outlying by those who leave, exactly at the threshold");
	CHECK(m[3].role == TB_URBAN_OUTSIDE && m[3].city == TB_NO_CITY, "10 of 90 jobs are too few");
	NEAR(m[3].share, 0.2, 1e-15, "its strongest tie is told");
	CHECK(m[4].role == TB_URBAN_COMMUTING_ZONE && m[4].city == 0, "two cores qualify: the stronger tie, by those who come in");
	NEAR(m[4].share, 20.0 / 55, 1e-15, "36 per cent of its jobs against 35 per cent of its residents");
	CHECK(m[5].role == TB_URBAN_OUTSIDE && m[5].share == 0 && m[6].role == TB_URBAN_OUTSIDE && isnan(m[6].share), "alone, and empty");
	CHECK(tb_commuting_areas(&f, core, 2, 0.25, 0.11, m) == TB_OK && m[3].city == 1, "a lower threshold of jobs");
	CHECK(tb_commuting_areas(&f, one, 1, 0.25, 0.25, m) == TB_OK && m[1].city == 0 && m[4].city == 0, "one core of two zones");
	NEAR(m[4].share, 0.65, 1e-15, "is tied by the sum");
	for (int i = 0; i < 49; i++)
		near[i] = matrix[i];
	near[7] = 250; /* zone 1 sends a third to zone 0 */
	f = flows_of(7, near);
	CHECK(tb_commuting_areas(&f, core, 2, 0.25, 0.25, m) == TB_OK && m[1].city == 0 && m[1].role == TB_URBAN_CITY,
		  "a core outlying to another is one with it");
	f = flows_of(0, near);
	CHECK(tb_commuting_areas(&f, core, 0, 0.25, 0.25, m) == TB_UNDEFINED, "no zone");
	CHECK(tb_commuting_area_params_ok((double[]){0.25, 1}, 2) && !tb_commuting_area_params_ok((double[]){25, 0.25}, 2) &&
			  !tb_commuting_area_params_ok((double[]){NAN, 0.25}, 2) && !tb_commuting_area_params_ok((double[]){0.25}, 1),
		  "parameters are checked");
	return unit_done();
}
