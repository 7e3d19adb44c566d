/* tariff.c -- scalar tariffs of equalisation laws */
#include "tariff.h"

#include <math.h>

double tb_tariff_linear(double x, const double *breaks, const double *rates, int n)
{
	double amount = 0;

	for (int k = 0; k < n && x > breaks[k]; k++)
		amount += rates[k] * ((k + 1 < n && x > breaks[k + 1] ? breaks[k + 1] : x) - breaks[k]);
	return amount;
}

int tb_tariff_slice(double x, const double *breaks, int n, bool from_above)
{
	int low = 0, high = n;

	while (low < high) {
		int middle = (low + high) / 2;

		if (from_above ? breaks[middle] <= x : breaks[middle] < x)
			low = middle + 1;
		else
			high = middle;
	}
	return low - 1;
}

double tb_tariff_quadratic(double x, const double *breaks, const double *coefficients, int n, bool between)
{
	int k;

	if (!between && (n == 0 || x < breaks[0]))
		return 0;
	k = tb_tariff_slice(x, breaks, n, false) + between;
	coefficients += 3 * (k < 0 ? 0 : k);
	return coefficients[0] + x * (coefficients[1] + x * coefficients[2]);
}

double tb_log_coefficient(double population, double low, double high, double value_low, double value_high)
{
	if (population <= low)
		return value_low;
	if (population >= high)
		return value_high;
	return value_low + (value_high - value_low) * (log10(population / low) / log10(high / low));
}

double tb_power_tariff(double gap, double width, double height, double exponent)
{
	return gap > 0 ? height * pow(gap / width, exponent) : 0;
}
