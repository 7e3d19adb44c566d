/* unit test of core/segregation_difference: one table twice, only margins changed, only associations, comings and goings, margins that cannot be met */
#include "../../src/core/territory/segregation_difference.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "unit.h"

/* units a, b, ... in rows, groups x, y, ... in columns; 0 is no cell */
static TbSegregationTable table(uint32_t units, uint32_t groups, const double *count)
{
	TbState *state = tb_bag_new(&tb_segregation_kind, NULL, 0);
	TbBag *bag = tb_alloc(sizeof(TbBag));
	TbSegregationTable t = {0};
	uint32_t at;

	for (uint32_t i = 0; i < units * groups; i++) {
		char *name = tb_alloc(2);
		TbId id[3] = {{name, 1}, {name + 1, 1}, {NULL, 0}};

		name[0] = (char)('a' + i / groups);
		name[1] = (char)('x' + i % groups);
		(void)tb_bag_add(&tb_segregation_kind, &state, id, &count[i]);
	}
	CHECK(tb_bag_view(&tb_segregation_kind, state, bag) == TB_OK && tb_segregation_table(bag, &t, &at) == TB_OK, "a table");
	return t;
}

static TbSegregationDifference between(TbSegregationTable before, TbSegregationTable after)
{
	TbSegregationDifference d;

	tb_segregation_difference(&before, &after, &d);
	return d;
}

static double sum(const TbSegregationDifference *d)
{
	return d->additions + d->removals + d->unit + d->group + d->structural;
}

int main(void)
{
	const double first[] = {40, 10, 15, 20}, thrice[] = {120, 30, 45, 60}, units[] = {120, 30, 15, 20}, other[] = {30, 20, 25, 10};
	const double three[] = {40, 10, 15, 20, 5, 50}, apart[] = {30, 0, 0, 20}, mixed[] = {10, 15, 10, 15};
	TbSegregationDifference d = between(table(2, 2, first), table(2, 2, thrice));

	CHECK(fabs(d.unit) < 1e-14 && fabs(d.group) < 1e-14 && fabs(d.structural) < 1e-14 && d.additions == 0 && d.removals == 0 && d.common == 2,
		  "three times as many people: nothing has changed");
	d = between(table(2, 2, first), table(2, 2, units));
	CHECK(fabs(d.structural) < 1e-12 && fabs(d.unit) > 1e-4, "one unit three times as large: associations are as they were");
	NEAR(sum(&d), d.after - d.before, 1e-12, "parts add up");
	d = between(table(2, 2, first), table(2, 2, other));
	NEAR(sum(&d), d.after - d.before, 1e-13, "parts add up");
	CHECK(fabs(d.structural) > 10 * fabs(d.unit), "who lives where has changed most");
	d = between(table(2, 2, first), table(3, 2, three));
	CHECK(fabs(d.unit) < 1e-14 && fabs(d.structural) < 1e-14 && d.removals == 0 && fabs(d.additions - (d.after - d.before)) < 1e-15 && d.common == 2,
		  "a unit has come");
	d = between(table(3, 2, three), table(2, 2, first));
	CHECK(d.additions == 0 && fabs(d.removals - (d.after - d.before)) < 1e-15, "and gone");
	d = between(table(2, 2, apart), table(2, 2, mixed));
	CHECK(isnan(d.structural) && isnan(d.unit) && isnan(d.group) && d.after == 0 && d.before > 0.6 && d.removals == 0 && d.additions == 0,
		  "who never met cannot have margins that want them together");
	return unit_done();
}
