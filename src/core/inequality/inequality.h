/* inequality.h -- relative inequality of a weighted sample
 *
 * Everything is computed from d = (x - mean) / mean in sorted order with compensated sums, so nearly equal data keep their digits: no index is a
 * difference of large numbers. Results: NaN where undefined (SQL NULL), infinite where beyond float8.
 *
 * p = weight share, r = x / mean, F = weight share below plus half of one's own.
 *   Gini           sum p d (2F - 1)                         Gini 1912; weighted as in Lerman & Yitzhaki 1989
 *   Theil T = GE(1)   sum p (r ln r - d)                    Theil 1967; sum p d = 0, so d may be taken off
 *   Theil L = GE(0)   sum p (d - ln r)
 *   GE(a)          sum p (r^a - 1 - a d) / (a (a - 1))      Shorrocks 1980
 *   Atkinson(e)    1 - (sum p r^(1-e))^(1/(1-e))            Atkinson 1970
 *   Hoover         sum p |d| / 2
 *   CV             sqrt(sum p d^2)                          Williamson 1965 where weighted
 *   S-Gini(nu)     - sum d ((1-P_before)^nu - (1-P)^nu)     Donaldson & Weymark 1980, Yitzhaki 1983
 */
#ifndef TB_INEQUALITY_H
#define TB_INEQUALITY_H

#include "../base/sum.h"
#include "../state/sample.h"

/* A column of a sample made ready: values and weights scaled by a power of two where they are so large or small that products would leave float8 */
typedef struct TbDistribution {
	size_t n;
	const double *x, *w;
	const double *raw; /* x before scaling */
	const double *low; /* what x lacks to full precision (means of groups), or NULL */
	const uint64_t *count;
	uint64_t rows;
	int exponent, weight_exponent; /* what was scaled away */
	double weight;                 /* sum, scaled */
	TbDd total;                    /* sum of weight * x */
	TbDd mean;
	double minimum, maximum;
	bool zero; /* a value is 0, not only where scaling made it so */
} TbDistribution;

/* x: the column that is meant, sample->x for what the sample is sorted by (Ginis, quantiles and curves need that) */
extern void tb_distribution(const TbSample *sample, const double *x, TbDistribution *distribution);

/* Weight of entry i */
static inline double tb_mass(const TbDistribution *d, size_t i)
{
	double mass = d->w ? d->w[i] : 1;

	return d->count ? mass * (double)d->count[i] : mass;
}

/* x[i] - mean to full relative precision */
static inline double tb_deviation(const TbDistribution *d, size_t i)
{
	return (d->x[i] - d->mean.hi) + ((d->low ? d->low[i] : 0) - d->mean.lo);
}

/* Half the mean difference of two rows, on the scale of d->x: Gini times mean */
extern double tb_absolute_gini(const TbDistribution *d);
extern double tb_gini(const TbDistribution *d);
/* times 1 / (1 - sum of squared weight shares): n / (n - 1) without weights */
extern double tb_gini_corrected(const TbDistribution *d);
/* The same where the Gini is known */
extern double tb_gini_corrected_of(const TbDistribution *d, double gini);
extern double tb_extended_gini(const TbDistribution *d, double nu);
extern double tb_theil_t(const TbDistribution *d);
extern double tb_theil_l(const TbDistribution *d);
/* Both with one logarithm a row; the same bits as each by itself */
extern void tb_theils(const TbDistribution *d, double *t, double *l);
extern double tb_generalised_entropy(const TbDistribution *d, double alpha);
extern double tb_atkinson(const TbDistribution *d, double epsilon);
extern double tb_hoover(const TbDistribution *d);
extern double tb_coefficient_of_variation(const TbDistribution *d);

/* From what Theil L and GE say, without going through the rows */
extern double tb_atkinson_from_entropy(double entropy, double epsilon);

/* Inverse weighted distribution function; the mean of two values where p is exactly between them */
extern double tb_quantile(const TbDistribution *d, double p);
/* Share of the top tenth over that of the bottom 40 %, the Lorenz curve being linear within a value */
extern double tb_palma_ratio(const TbDistribution *d);
/* Polarisation around the median: 2 (2 (1/2 - L(1/2)) - Gini) mean / median, 1 for two halves at 0 and at twice the mean (Wolfson 1994; PySAL has half) */
extern double tb_wolfson(const TbDistribution *d);

/* From sums that another engine kept: of the weights, of weight * x, and of weight * x * ln x, weight * ln x, weight * x^2. These are differences of
 * nearly equal numbers: about 16 digits less those that the data have in common. -INFINITY: no sample has such sums. */
extern double tb_theil_t_from_sums(double weight, double total, double sum);
extern double tb_theil_l_from_sums(double weight, double total, double sum);
extern double tb_cv_from_sums(double weight, double total, double sum);

#endif
