/* unit test of core/migration: Korea 2020 as migest gives it, and zero denominators */
#include "../../src/core/flow/migration.h"

#include "unit.h"

int main(void)
{
	double x, k;

	/* 2,534,114 movers between the 17 regions of 51,829,023 people (KOSIS) */
	CHECK(tb_migration_rate(2534114, 51829023, 100, &x) == TB_OK, "intensity");
	NEAR(x, 4.889372504667897, 1e-12, "crude migration intensity");
	CHECK(tb_courgeau_k(x, 17, &k) == TB_OK, "k");
	NEAR(k, 0.8628669836892598, 1e-12, "Courgeau's k");
	CHECK(tb_courgeau_k(x, 1, &k) == TB_UNDEFINED, "one zone");
	CHECK(tb_migration_rate(1, 0, 100, &x) == TB_UNDEFINED, "nobody there");
	CHECK(tb_migration_rate(1e308, 1e-10, 100, &x) == TB_OUT_OF_RANGE, "overflow");
	CHECK(tb_migration_preference(10, 100, 20, 30, 100, &x) == TB_OK, "preference");
	NEAR(x, 0.1 / (0.2 * 0.3), 1e-15, "observed over expected");
	CHECK(tb_migration_preference(10, 0, 20, 30, 100, &x) == TB_UNDEFINED, "no flow at all");
	CHECK(tb_migration_preference(10, 100, 0, 30, 100, &x) == TB_UNDEFINED, "empty origin");
	CHECK(tb_migration_velocity(10, 20, 30, 100, &x) == TB_OK, "velocity");
	NEAR(x, 10 * 100 / (20.0 * 30), 1e-15, "flow times population over both ends");
	CHECK(tb_migration_velocity(10, 20, 0, 100, &x) == TB_UNDEFINED, "empty destination");
	return unit_done();
}
