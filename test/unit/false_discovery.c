/* unit test of core/false_discovery: five p values by hand */
#include "../../src/core/estimate/false_discovery.h"

#include "samples.h"

int main(void)
{
	const double p[5] = {0.04, 0.01, 0.03, 0.6, 0.01};
	double a[5], one[1] = {0.3};

	tb_false_discovery(p, 5, TB_BENJAMINI_HOCHBERG, a);
	NEAR(a[1], 0.025, 1e-15, "two equal ones take the better rank");
	NEAR(a[4], 0.025, 1e-15, "both of them");
	NEAR(a[2], 0.05, 1e-15, "not above what comes after");
	NEAR(a[0], 0.05, 1e-15, "0.04 * 5 / 4");
	NEAR(a[3], 0.6, 1e-15, "the last as it is");
	tb_false_discovery(p, 5, TB_BENJAMINI_YEKUTIELI, a);
	NEAR(a[0], 0.05 * 137 / 60, 1e-15, "times 1 + 1/2 + 1/3 + 1/4 + 1/5");
	CHECK(a[3] == 1, "at most 1");
	tb_false_discovery(p, 5, TB_HOLM, a);
	NEAR(a[1], 0.05, 1e-15, "Holm: five times the least");
	NEAR(a[4], 0.05, 1e-15, "its equal not below");
	NEAR(a[2], 0.09, 1e-15, "three times");
	NEAR(a[0], 0.09, 1e-15, "twice 0.04 is less than the one before");
	tb_false_discovery(p, 5, TB_BONFERRONI, a);
	CHECK(a[3] == 1 && a[1] == 0.05, "Bonferroni");
	tb_false_discovery(one, 1, TB_BENJAMINI_HOCHBERG, a);
	CHECK(a[0] == 0.3, "one test is itself");
	return unit_done();
}
