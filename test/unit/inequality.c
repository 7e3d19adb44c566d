#include "../../src/core/inequality/inequality.h"

#include "samples.h"

static TbDistribution distribution(size_t n, const double *x, const double *w)
{
	TbSample sample = values_of(n, x, w);
	TbDistribution d;

	tb_distribution(&sample, sample.x, &d);
	return d;
}

/* R package ineq 0.2-13, its own examples and its code run */
static void published(void)
{
	TbDistribution d = distribution(10, incomes, NULL);

	NEAR(tb_gini(&d), 0.462091130267624, 1e-13, "Gini of ineq");
	NEAR(tb_gini_corrected(&d), 0.513434589186249, 1e-13, "corrected Gini of ineq");
	NEAR(tb_theil_t(&d), 0.362341242343895, 1e-13, "Theil T of ineq");
	NEAR(tb_theil_l(&d), 0.433594649520447, 1e-13, "Theil L of ineq");
	NEAR(tb_generalised_entropy(&d, 0.5), 0.377093096523383, 1e-13, "GE(0.5) of ineq");
	NEAR(tb_generalised_entropy(&d, 2), 0.420406154577426, 1e-13, "GE(2) of ineq");
	NEAR(tb_atkinson(&d, 0.5), 0.1796591, 1e-6, "Atkinson(0.5) as ineq publishes it");
	NEAR(tb_atkinson(&d, 1), 0.351825059735076, 1e-13, "Atkinson(1) of ineq");
	NEAR(tb_atkinson(&d, 2), 0.629011054511758, 1e-13, "Atkinson(2) of ineq");
	NEAR(tb_hoover(&d), 0.337806746162857, 1e-13, "Hoover of ineq");
	NEAR(tb_coefficient_of_variation(&d), 0.916958182882324, 1e-13, "CV of ineq");
}

/* Values hundreds of orders of magnitude apart; right values with 80 decimal digits from the definitions */
static void far_apart(void)
{
	const double apart[2] = {1e-170, 1e170}, ends[2] = {1e-307, 1e308}, near[3] = {1, 2, 3}, lost[2] = {1e-300, 1e300};
	TbDistribution d = distribution(2, apart, NULL);
	double t, l;

	NEAR(tb_theil_l(&d), 390.74631862842784, 1e-15, "Theil L");
	tb_theils(&d, &t, &l);
	CHECK(t == tb_theil_t(&d) && l == tb_theil_l(&d) && fabs(t - log(2)) < 1e-15, "both at once");
	NEAR(tb_generalised_entropy(&d, 2), 0.5, 1e-15, "GE(2)");
	NEAR(tb_generalised_entropy(&d, 0.25), 2.1621143599927439, 1e-14, "GE(0.25)");
	NEAR(tb_generalised_entropy(&d, 0.001), 271.22196381510093, 1e-14, "GE(0.001)");
	NEAR(tb_generalised_entropy(&d, -0.5), 4.7140452079103171e+169, 1e-13, "GE(-0.5)");
	CHECK(isinf(tb_generalised_entropy(&d, -1)), "GE(-1) is beyond float8");
	NEAR(tb_atkinson(&d, 0.5), 0.5, 1e-15, "A(0.5)");
	CHECK(tb_atkinson(&d, 1) == 1 && tb_atkinson(&d, 2) == 1 && tb_atkinson(&d, 400) == 1, "all but nothing is lost");
	d = distribution(2, ends, NULL);
	NEAR(tb_theil_l(&d), 707.3517689151091, 1e-15, "Theil L from one end of float8 to the other");
	NEAR(tb_generalised_entropy(&d, 0.001), 378.61728975351735, 1e-13, "and GE(0.001)");
	d = distribution(3, near, NULL);
	NEAR(tb_atkinson(&d, 50), 0.48866305453617748, 1e-14, "A(50) of 1, 2, 3");
	NEAR(tb_atkinson(&d, 400), 0.49862139580809106, 1e-14, "A(400)");
	NEAR(tb_atkinson(&d, 10000), 0.49994506087386931, 1e-14, "A(10000), whose entropy is beyond float8");
	NEAR(tb_generalised_entropy(&d, -400), 5.3662715670966512669e+114, 1e-12, "GE(-400)");
	NEAR(tb_generalised_entropy(&d, 400), 5.7062327307437293090e+64, 1e-12, "GE(400)");
	d = distribution(2, lost, lost);
	CHECK(tb_generalised_entropy(&d, -1) == 0 && tb_generalised_entropy(&d, -2) == 0 && tb_atkinson(&d, 2) == 0,
		  "a weight that is lost beside the other counts for nothing");
	CHECK(tb_atkinson(&d, 0.5) == 0 && !signbit(tb_atkinson(&d, 0.5)), "and 0 has no sign");
}

static void identities(void)
{
	const double zeros[6] = {0, 0, 0, 10, 10, 10}, one[5] = {0, 0, 0, 0, 7}, w[10] = {3, 1, 2, 4, 1, 2, 3, 1, 2, 1};
	TbDistribution d = distribution(10, incomes, w);
	double t, l;

	NEAR(tb_gini(&d), 0.444075970900141, 1e-13, "weighted Gini of IC2");
	NEAR(tb_gini_corrected(&d), tb_gini(&d) / 0.875, 1e-14, "weighted correction: 1 - sum of squared shares is 0.875");
	NEAR(tb_extended_gini(&d, 2), tb_gini(&d), 1e-14, "S-Gini at 2 is the Gini");
	NEAR(tb_extended_gini(&d, 1) + 1, 1, 1e-15, "S-Gini at 1 is 0");
	NEAR(tb_atkinson(&d, 1), 1 - exp(-tb_theil_l(&d)), 1e-14, "A(1) from Theil L");
	NEAR(tb_atkinson(&d, 2), 1 - 1 / (1 + 2 * tb_generalised_entropy(&d, -1)), 1e-14, "A(2) from GE(-1)");
	NEAR(tb_atkinson(&d, 0.5), 1 - pow(1 - tb_generalised_entropy(&d, 0.5) / 4, 2), 1e-14, "A(0.5) from GE(0.5)");
	NEAR(pow(tb_coefficient_of_variation(&d), 2), 2 * tb_generalised_entropy(&d, 2), 1e-14, "CV^2 = 2 GE(2)");
	NEAR(tb_generalised_entropy(&d, 1 + 1e-9), tb_theil_t(&d), 1e-8, "GE is continuous at 1");
	NEAR(tb_generalised_entropy(&d, 1e-9), tb_theil_l(&d), 1e-8, "and at 0");
	NEAR(tb_generalised_entropy(&d, 0.4999999999), tb_generalised_entropy(&d, 0.5), 1e-9, "and where its two forms meet");
	NEAR(tb_generalised_entropy(&d, -1.0000000001), tb_generalised_entropy(&d, -1), 1e-9, "and at -1");
	tb_theils(&d, &t, &l);
	CHECK(t == tb_theil_t(&d) && l == tb_theil_l(&d), "both Theils at once are each by itself, to the last bit");
	CHECK(tb_atkinson(&d, 0) == 0, "no aversion, no loss");
	CHECK(fabs(tb_atkinson_from_entropy(0.19386, 1) - 0.17622) < 1e-5 && fabs(tb_atkinson_from_entropy(3.66972, 2) - 0.88009) < 1e-5,
		  "Atkinson from the GE figures of Stata's ineqdeco (STB-48)");

	d = distribution(6, zeros, NULL);
	tb_theils(&d, &t, &l);
	CHECK(t == tb_theil_t(&d) && isnan(l), "both at once, with zeros");
	NEAR(tb_theil_t(&d), log(2), 1e-15, "zeros stay in Theil T (PySAL)");
	CHECK(isnan(tb_theil_l(&d)) && isnan(tb_generalised_entropy(&d, -1)), "a zero leaves Theil L and GE(-1) undefined");
	CHECK(tb_atkinson(&d, 1) == 1 && tb_atkinson(&d, 2) == 1, "a zero makes Atkinson(e >= 1) 1");
	NEAR(tb_generalised_entropy(&d, 2), 0.5, 1e-15, "GE(2) with zeros");
	NEAR(tb_generalised_entropy(&d, 3), (8. / 2 - 1) / 6, 1e-15, "GE(3) with zeros");
	d = distribution(5, one, NULL);
	NEAR(tb_gini(&d), 0.8, 1e-15, "one has all: (n - 1) / n");
	NEAR(tb_gini_corrected(&d), 1, 1e-15, "corrected: 1");
	NEAR(tb_theil_t(&d), log(5), 1e-15, "Theil T at most ln n");
	NEAR(tb_hoover(&d), 0.8, 1e-15, "Hoover (n - 1) / n");
}

static void degenerate(void)
{
	const double equal[3] = {7.1, 7.1, 7.1}, w[3] = {0.1, 0.7, 0.3}, nothing[3] = {0, 0, 0}, negative[4] = {-10, 5, 20, 40}, under[2] = {-10, 5};
	TbDistribution d = distribution(3, equal, w);

	CHECK(tb_gini(&d) == 0 && tb_theil_t(&d) == 0 && tb_theil_l(&d) == 0 && tb_hoover(&d) == 0 && tb_coefficient_of_variation(&d) == 0 &&
			  tb_atkinson(&d, 1) == 0 && tb_generalised_entropy(&d, 3) == 0 && tb_extended_gini(&d, 3) == 0,
		  "equal values: exactly 0, whatever the weights");
	d = distribution(3, nothing, NULL);
	CHECK(isnan(tb_gini(&d)) && isnan(tb_theil_t(&d)) && isnan(tb_hoover(&d)) && isnan(tb_coefficient_of_variation(&d)) && isnan(tb_atkinson(&d, 1)),
		  "nothing to share: undefined");
	d = distribution(1, equal, NULL);
	CHECK(tb_gini(&d) == 0 && isnan(tb_gini_corrected(&d)), "one row: 0, corrected undefined");
	d = distribution(4, negative, NULL);
	NEAR(tb_gini(&d), 165. / 4 / 55, 1e-15, "negative values are in the Gini");
	CHECK(isnan(tb_theil_t(&d)) && isnan(tb_theil_l(&d)) && isnan(tb_atkinson(&d, 0.5)) && isnan(tb_generalised_entropy(&d, 2)), "but in no entropy");
	CHECK(tb_hoover(&d) > 0 && tb_coefficient_of_variation(&d) > 0, "Hoover and CV take them");
	d = distribution(2, under, NULL);
	CHECK(isnan(tb_gini(&d)) && isnan(tb_hoover(&d)), "a mean that is not positive: undefined");
}

/* Spread 1e-12: x = 1 + k * 2^-40, whose indices have closed forms to first order */
static void nearly_equal(void)
{
	const double u = ldexp(1, -40), x[3] = {1, 1 + u, 1 + 2 * u}, m = 1 + u;
	const double far[2] = {5e-324, 1e308}, scaled[2] = {1e-320, 3e-320}, plain[2] = {1, 3};
	TbDistribution d = distribution(3, x, NULL), e;

	NEAR(tb_gini(&d), 4 * u / 9 / m, 1e-15, "Gini of nearly equal values");
	NEAR(tb_theil_t(&d), u * u / 3 / m / m, 1e-11, "Theil T of nearly equal values");
	NEAR(tb_theil_l(&d), u * u / 3 / m / m, 1e-11, "Theil L");
	NEAR(tb_generalised_entropy(&d, 2), u * u / 3 / m / m, 1e-14, "GE(2)");
	NEAR(tb_generalised_entropy(&d, 3.7), u * u / 3 / m / m, 1e-11, "GE(3.7)");
	NEAR(tb_generalised_entropy(&d, -1), u * u / 3 / m / m, 1e-11, "GE(-1)");
	NEAR(tb_atkinson(&d, 1), u * u / 3, 1e-11, "Atkinson(1)");
	NEAR(tb_atkinson(&d, 0.5), u * u / 6, 1e-11, "Atkinson(0.5)");
	NEAR(tb_coefficient_of_variation(&d), u * sqrt(2. / 3) / m, 1e-15, "CV");
	NEAR(tb_hoover(&d), u / 3 / m, 1e-15, "Hoover");
	d = distribution(2, far, NULL);
	NEAR(tb_gini(&d), 0.5, 1e-15, "values at both ends of float8");
	d = distribution(2, scaled, NULL);
	e = distribution(2, plain, NULL);
	NEAR(tb_gini(&d), tb_gini(&e), 1e-15, "subnormal values");
	NEAR(tb_theil_l(&d), tb_theil_l(&e), 1e-14, "subnormal values in Theil L");
}

static void sums(void)
{
	double x[3] = {1, 2, 4}, w = 3, s = 7, xlogx = 2 * log(2) + 4 * log(4), logs = log(8), squares = 21;
	TbDistribution d = distribution(3, x, NULL);

	NEAR(tb_theil_t_from_sums(w, s, xlogx), tb_theil_t(&d), 1e-14, "Theil T from sums");
	NEAR(tb_theil_l_from_sums(w, s, logs), tb_theil_l(&d), 1e-14, "Theil L from sums");
	NEAR(tb_cv_from_sums(w, s, squares), tb_coefficient_of_variation(&d), 1e-14, "CV from sums");
	CHECK(isnan(tb_theil_t_from_sums(0, 0, 0)) && isnan(tb_theil_l_from_sums(3, 0, 0)) && isnan(tb_cv_from_sums(0, 0, 0)) &&
			  isnan(tb_theil_t_from_sums(0, 1, 1)) && isnan(tb_theil_l_from_sums(0, 1, 1)) && isnan(tb_cv_from_sums(0, 1, 1)) &&
			  isnan(tb_cv_from_sums(1, 0, 1)) && isnan(tb_theil_t_from_sums(1, -1, 1)),
		  "nothing, no index");
	CHECK(tb_theil_t_from_sums(2, 6, 3) == -INFINITY && tb_theil_l_from_sums(10, 5, 3) == -INFINITY && tb_cv_from_sums(10, 100, 3) == -INFINITY,
		  "sums of no sample");
	CHECK(tb_cv_from_sums(3, 0.3, 0.03 - 1e-17) == 0 && tb_theil_t_from_sums(3, 3, -1e-15) == 0 && tb_theil_l_from_sums(3, 3, 1e-15) == 0,
		  "less than nothing by rounding is nothing");
	CHECK(isnan(tb_cv_from_sums(2, 0, 2)) && isnan(tb_cv_from_sums(2, -2, 4)) && isnan(tb_theil_t_from_sums(2, -2, 1)),
		  "a total that is not positive, no index");
}

int main(void)
{
	published();
	far_apart();
	identities();
	degenerate();
	nearly_equal();
	sums();
	return unit_done();
}
