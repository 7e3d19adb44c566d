/* unit test of core/growth: a hole, a strip, an island, a corner, half a ring */
#include "../../src/core/territory/growth.h"

#include "unit.h"

/* A map of rows: # built before, + newly built, - built before and gone, . neither, blank not given */
static void types(const char *map, uint32_t width, char *answer)
{
	static int32_t x[256], y[256];
	static uint8_t before[256], after[256], growth[256], sorted_before[256], sorted_after[256];
	uint32_t n = 0, twice, at[256];
	TbGrid grid;

	for (uint32_t i = 0; map[i]; i++) {
		answer[i] = ' ';
		if (map[i] == ' ')
			continue;
		x[n] = (int32_t)(i % width) - 5;
		y[n] = -(int32_t)(i / width);
		before[n] = map[i] == '#' || map[i] == '-';
		after[n] = map[i] == '#' || map[i] == '+';
		at[n++] = i;
	}
	(void)tb_grid_build(x, y, n, &grid, &twice);
	for (uint32_t i = 0; i < n; i++) {
		sorted_before[i] = before[grid.order[i]];
		sorted_after[i] = after[grid.order[i]];
	}
	tb_growth_types(&grid, sorted_before, sorted_after, growth);
	for (uint32_t i = 0; i < n; i++)
		answer[at[grid.order[i]]] = " iel"[growth[i]];
}

static bool gives(const char *map, uint32_t width, const char *wanted)
{
	static char answer[256];
	bool right = true;

	types(map, width, answer);
	for (uint32_t i = 0; map[i]; i++)
		right &= answer[i] == wanted[i];
	return right;
}

int main(void)
{
	CHECK(gives("###"
				"#+#"
				"###",
				3,
				"   "
				" i "
				"   "),
		  "a gap filled");
	CHECK(gives("####+.."
				"####+.+"
				"####+..",
				7,
				"    e  "
				"    e l"
				"    e  "),
		  "a strip along the edge, and one cell apart");
	CHECK(gives("##.."
				"##.."
				"..+.",
				4,
				"    "
				"    "
				"  e "),
		  "a corner is enough to be attached");
	CHECK(gives("## "
				"#+ "
				"## ",
				3,
				"   "
				" i "
				"   "),
		  "five of eight, of which three are not given");
	CHECK(gives("##."
				"#+."
				"#..",
				3,
				"   "
				" e "
				"   "),
		  "four of eight are no more than half");
	CHECK(gives("#+-", 3, " e "), "what was built and is gone was built: two of eight");
	CHECK(gives("#.#", 3, "   "), "nothing new");
	return unit_done();
}
