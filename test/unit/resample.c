/* unit test of core/resample: draws of counted rows, spread and quantiles of replicates */
#include "../../src/core/state/resample.h"

#include <string.h>

#include "context.h"
#include "unit.h"

typedef struct Seen {
	double first;
	uint64_t total;
} Seen;

/* How often the first of three entries is drawn; rows of all entries together */
static double first_of(const uint64_t *drawn, void *context)
{
	Seen *seen = context;

	seen->total = drawn[0] + drawn[1] + drawn[2];
	seen->first += drawn[0];
	return drawn[0];
}

int main(void)
{
	const uint64_t count[3] = {2, 5, 13};
	double r[4] = {3, 1, 4, 2}, apart[2] = {10, 0}, two[2] = {1, 3}, lost[3] = {1, NAN, 2}, *a, *b;
	const double k = 1000003 * ldexp(1, -20), far[4] = {1073741824 + 3 * k, 1073741824 + k, 1073741824 + 4 * k, 1073741824 + 2 * k};
	Seen seen = {0, 0}, again = {0, 0};

	a = tb_resample(count, 3, 20, first_of, &seen, 5000, 11);
	CHECK(seen.total == 20, "a replicate has as many rows as the sample");
	CHECK(fabs(seen.first / 5000 - 2) < 5 * sqrt(1.8 / 5000), "an entry of 2 of 20 rows is drawn twice on average, within five deviations");
	CHECK(fabs(tb_spread(a, 5000) / sqrt(1.8) - 1) < 5 / sqrt(10000.), "with the spread of a binomial number: 20 * 0.1 * 0.9");
	b = tb_resample(count, 3, 20, first_of, &again, 5000, 11);
	CHECK(memcmp(a, b, 5000 * sizeof(double)) == 0, "the same seed draws the same");
	b = tb_resample(count, 3, 20, first_of, &again, 5000, 12);
	CHECK(memcmp(a, b, 5000 * sizeof(double)) != 0, "another seed draws something else");
	again.first = 0;
	b = tb_resample(NULL, 3, 3, first_of, &again, 5000, 11);
	CHECK(again.total == 3 && fabs(again.first / 5000 - 1) < 5 * sqrt(2. / 3 / 5000), "without counts each entry is a row");

	NEAR(tb_replicate_quantile(r, 4, 0.5), 2.5, 1e-15, "median of replicates");
	NEAR(tb_replicate_quantile(r, 4, 1), 4, 1e-15, "largest");
	NEAR(tb_replicate_quantile(r, 4, 0), 1, 1e-15, "smallest");
	NEAR(tb_replicate_quantile(apart, 2, 0.25), 2.5, 1e-15, "a quarter of the way");
	NEAR(tb_spread(r, 4), sqrt(5. / 3), 1e-15, "standard deviation over n - 1");
	NEAR(tb_spread(far, 4), sqrt(5. / 3) * k, 1e-14, "however far from 0");
	NEAR(tb_spread(two, 2), sqrt(2), 1e-15, "of two");
	CHECK(isnan(tb_spread(two, 1)), "of one: undefined");
	CHECK(isnan(tb_spread(lost, 3)) && isnan(tb_replicate_quantile(lost, 3, 0.5)), "undefined where a replicate is");
	return unit_done();
}
