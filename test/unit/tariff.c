/* unit test of core/tariff: the German statute's fractions, the French logarithm, limits of steps */
#include "../../src/core/share/tariff.h"

#include "unit.h"

int main(void)
{
	/* FAG 2005-19 s. 10: shortfall X below 7 %, to 20 %, above */
	static const double german[3] = {0, 0.07, 0.20};
	static const double coefficients[9] = {0, 11.0 / 25, 13.0 / 7, -2121.0 / 260000, 35.0 / 52, 5.0 / 26, -317.0 / 20000, 0.75, 0};
	static const double tax[3] = {0, 1000, 5000}, rate[3] = {0.1, 0.2, 0.5}, limits[2] = {10188, 13584};

	NEAR(tb_tariff_quadratic(0.01, german, coefficients, 3, false), 321.0 / 70000, 1e-15, "X = 0.01");
	NEAR(tb_tariff_quadratic(0.07, german, coefficients, 3, false), 399.0 / 10000, 1e-15, "X = 0.07 belongs below");
	NEAR(tb_tariff_quadratic(0.10, german, coefficients, 3, false), 15879.0 / 260000, 1e-15, "X = 0.10");
	NEAR(tb_tariff_quadratic(0.20, german, coefficients, 3, false), 2683.0 / 20000, 1e-15, "X = 0.20");
	NEAR(tb_tariff_quadratic(0.40, german, coefficients, 3, false), 5683.0 / 20000, 1e-15, "X = 0.40");
	NEAR(tb_tariff_quadratic(0, german, coefficients, 3, false), 0, 0, "at the first break");
	NEAR(tb_tariff_quadratic(-0.1, german, coefficients, 3, false), 0, 0, "below it");
	NEAR(tb_tariff_quadratic(0.40, german + 1, coefficients, 2, true), 5683.0 / 20000, 1e-15, "breaks between the slices");
	NEAR(tb_tariff_quadratic(0.07, german + 1, coefficients, 2, true), 399.0 / 10000, 1e-15, "a break belongs below");
	NEAR(tb_tariff_quadratic(0.2, german + 2, coefficients + 3, 1, false), coefficients[3] + 0.2 * coefficients[4] + 0.04 * coefficients[5], 1e-15,
		 "at the first break");
	NEAR(tb_tariff_linear(-5, tax, rate, 3), 0, 0, "below the first slice");
	NEAR(tb_tariff_linear(500, tax, rate, 3), 50, 1e-15, "first slice");
	NEAR(tb_tariff_linear(1000, tax, rate, 3), 100, 1e-15, "a limit");
	NEAR(tb_tariff_linear(6000, tax, rate, 3), 100 + 800 + 500, 1e-15, "three slices");
	CHECK(tb_tariff_slice(10188, limits, 2, false) == -1 && tb_tariff_slice(10189, limits, 2, false) == 0, "upper limits are inclusive");
	CHECK(tb_tariff_slice(10188, limits, 2, true) == 0 && tb_tariff_slice(10187, limits, 2, true) == -1, "lower limits are inclusive");
	CHECK(tb_tariff_slice(99999, limits, 2, true) == 1 && tb_tariff_slice(1, limits, 0, true) == -1, "ends");
	NEAR(tb_log_coefficient(50000, 500, 200000, 1, 2), 1.76862178684024, 1e-14, "openfisca: 50,000 inhabitants");
	NEAR(tb_log_coefficient(10, 500, 200000, 1, 2), 1, 0, "small");
	NEAR(tb_log_coefficient(1000000, 500, 200000, 1, 2), 2, 0, "large");
	NEAR(tb_power_tariff(30, 30, 16.5, 18.0 / 11), 16.5, 1e-15, "Switzerland: index 70");
	NEAR(tb_power_tariff(0, 30, 16.5, 18.0 / 11), 0, 0, "Switzerland: index 100");
	NEAR((tb_power_tariff(30 + 1e-6, 30, 16.5, 18.0 / 11) - 16.5) / 1e-6, 0.9, 1e-6, "slope 0.9 at index 70");
	return unit_done();
}
