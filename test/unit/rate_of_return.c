/* unit test of core/rate_of_return: rates known by construction, several of them, none, double zeros, any horizon */
#include "../../src/core/base/rate_of_return.h"

#include "unit.h"

static double *rates;
static size_t found;

static double rate(size_t n, const double *year, const double *amount, int sum)
{
	tb_rates_of_return(&(TbPayments){year, amount, n, 1, sum}, &rates, &found);
	return tb_rate_of_return(rates, found);
}

/* -100, then 6 at the end of each year */
static double annuity(int years)
{
	static double year[20001], amount[20001];

	for (int i = 0; i <= years; i++) {
		year[i] = i;
		amount[i] = i ? 6 : -100;
	}
	return rate(years + 1, year, amount, 1);
}

/* Expands prod (1 - (1 + r_k) v) in v = 1 / (1 + rate): a stream whose rates are r_k */
static size_t stream(size_t k, const double *r, double *year, double *amount)
{
	for (size_t i = 0; i <= k; i++) {
		year[i] = i;
		amount[i] = i == 0;
	}
	for (size_t i = 0; i < k; i++)
		for (size_t j = i + 1; j > 0; j--)
			amount[j] -= (1 + r[i]) * amount[j - 1];
	return k + 1;
}

static void known(void)
{
	const double year[3] = {0, 1, 2}, ten[3] = {-100, 0, 121}, loss[3] = {-100, 0, 49}, even[3] = {-100, 30, 70}, gap[2] = {-2, 1.5};

	NEAR(rate(3, year, ten, 1), 0.1, 1e-14, "10 % over two years");
	CHECK(found == 1, "one rate");
	NEAR(rate(3, year, loss, -1), -0.3, 1e-14, "a loss");
	CHECK(rate(3, year, even, 0) == 0, "what comes back as it went has rate 0, exactly");
	NEAR(rate(2, (double[]){-3, 1000}, gap, -1), -0.000286780478243952256, 1e-13, "years before today and far off");
	NEAR(rate(2, (double[]){0, 1}, (double[]){-1, 1e-20}, -1), -1, 1e-15, "nearly all lost");
	CHECK(rates[0] > -1, "but never -1");
	CHECK(isnan(rate(2, (double[]){0, 1}, (double[]){-1e-300, 1e300}, 1)), "a rate beyond float8 is none");
}

static void horizons(void)
{
	NEAR(annuity(154), 0.05999238748225824, 1e-13, "horizon 154");
	NEAR(annuity(200), 0.0599994787801974, 1e-13, "horizon 200");
	NEAR(annuity(20000), 0.06, 1e-14, "horizon 20,000");
	NEAR(rate(2, (double[]){0, 1e300}, (double[]){-1, 2}, 1), M_LN2 / 1e300, 1e-14, "horizon 1e300");
	tb_rates_of_return(&(TbPayments){(double[]){0, 1}, (double[]){-1, 2}, 2, INFINITY, 1}, &rates, &found);
	CHECK(found == 1 && tb_rate_of_return(rates, found) == 0, "and beyond: nothing a year");
}

static void several(void)
{
	const double two[] = {0.1, 0.3}, three[] = {-0.2, 0.05, 0.5}, below[] = {-0.5, -0.2}, four[] = {-0.9, 0.25, 2, 30}, twice[] = {0.1, 0.1},
				 flat[] = {0, 0.25};
	double year[8], amount[8];
	size_t n = stream(2, two, year, amount);

	NEAR(rate(n, year, amount, 1), 0.1, 1e-12, "the smaller of two");
	CHECK(found == 2 && fabs(rates[1] - 0.3) < 1e-12, "both found");
	n = stream(3, three, year, amount);
	NEAR(rate(n, year, amount, 1), 0.05, 1e-12, "not the negative one");
	CHECK(found == 3 && fabs(rates[0] + 0.2) < 1e-12 && fabs(rates[2] - 0.5) < 1e-12, "all three found");
	n = stream(2, below, year, amount);
	NEAR(rate(n, year, amount, 1), -0.2, 1e-12, "two below 0: the larger");
	n = stream(4, four, year, amount);
	NEAR(rate(n, year, amount, -1), 0.25, 1e-10, "four");
	CHECK(found == 4 && fabs(rates[3] - 30) < 1e-9 && fabs(rates[0] + 0.9) < 1e-10, "from -90 % to 3,000 %");
	n = stream(2, twice, year, amount);
	NEAR(rate(n, year, amount, 1), 0.1, 1e-7, "a zero that only touches");
	CHECK(found == 1, "is one");
	n = stream(2, flat, year, amount);
	CHECK(rate(n, year, amount, 0) == 0 && found == 2 && fabs(rates[1] - 0.25) < 1e-12, "0 is the smallest that is not negative");
}

/* Years in other units, and amounts up to 1e280: the rates are the same */
static void units(void)
{
	const double three[] = {-0.2, 0.05, 0.5}, four[] = {-0.9, 0.25, 2, 30}, unit[] = {1e-6, 1e-3, 1e3, 1e6};
	double year[8], amount[8];

	for (int i = 0; i < 4; i++) {
		size_t n = stream(3, three, year, amount);

		for (size_t k = 0; k < n; k++)
			year[k] /= unit[i];
		tb_rates_of_return(&(TbPayments){year, amount, n, unit[i], 1}, &rates, &found);
		CHECK(found == 3 && fabs(rates[0] + 0.2) < 1e-12 && fabs(rates[1] - 0.05) < 1e-12 && fabs(rates[2] - 0.5) < 1e-12, "three in any unit");
		n = stream(4, four, year, amount);
		for (size_t k = 0; k < n; k++)
			year[k] /= unit[i];
		tb_rates_of_return(&(TbPayments){year, amount, n, unit[i], -1}, &rates, &found);
		CHECK(found == 4 && fabs(rates[0] + 0.9) < 1e-10 && fabs(rates[3] - 30) < 1e-9, "and four");
	}
	for (double c = 1e100; c < 1e140; c *= 1234567) {
		const double touching[] = {1, -2 * c, c * c};

		CHECK(fabs(rate(3, (double[]){0, 1, 2}, touching, 1) / c - 1) < 1e-6 && found == 1, "a zero that touches where powers are large");
	}
}

static void none(void)
{
	const double year[4] = {0, 1, 2, 3};

	CHECK(isnan(rate(0, year, year, 0)) && found == 0, "no payments");
	CHECK(isnan(rate(3, year, (double[]){1, 2, 3}, 1)), "one sign");
	CHECK(isnan(rate(3, year, (double[]){0, 0, 0}, 0)), "nothing paid");
	CHECK(isnan(rate(3, year, (double[]){1, -1, 1}, 1)) && found == 0, "two changes of sign and no rate");
	CHECK(isnan(rate(2, (double[]){5, 5 + 1e-15}, (double[]){1, -1}, 0)) && found == 0, "years that rounding makes one");
}

/* 1 - 2 v + 3 v^2 ... + 41 v^40 = (1 + 42 v^41 + 41 v^42) / (1 + v)^2: 40 changes of sign and never 0 */
static void many(void)
{
	double year[41], amount[41];

	for (int i = 0; i < 41; i++) {
		year[i] = i * 0.5;
		amount[i] = (i % 2 ? -1 : 1) * (i + 1.0);
	}
	unit_ticks = 0;
	CHECK(isnan(rate(41, year, amount, 1)) && found == 0, "an alternating stream that is never worth nothing");
	CHECK(unit_ticks > 40, "can be interrupted");
}

int main(void)
{
	known();
	horizons();
	several();
	units();
	none();
	many();
	return unit_done();
}
