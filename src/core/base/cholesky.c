/* cholesky.c -- L D L' in double-double: factor, solve, inverse, condition */
#include "cholesky.h"

#include "step.h"

/* sum over k < upto of a[k] * b[k] */
static TbDd dot(const TbDd *a, const TbDd *b, uint32_t upto)
{
	TbDd sum = {0, 0};

	for (uint32_t k = 0; k < upto; k++)
		sum = tb_dd_add(sum, tb_dd_mul(a[k], b[k]));
	tb_steps(upto);
	return sum;
}

/* Row by row; while row i is worked on, it holds L_ij D_j, which is what the following columns need. */
uint32_t tb_cholesky(TbDd *a, uint32_t n, double tolerance, bool *dropped)
{
	uint32_t rank = 0;

	for (uint32_t i = 0; i < n; i++) {
		TbDd *row = a + (size_t)i * n, pivot = row[i];
		double whole = row[i].hi;

		for (uint32_t j = 0; j < i; j++)
			row[j] = dropped[j] ? tb_dd(0) : tb_dd_sub(row[j], dot(row, a + (size_t)j * n, j));
		for (uint32_t j = 0; j < i; j++) {
			TbDd scaled = row[j];

			if (dropped[j])
				continue;
			row[j] = tb_dd_div(scaled, a[(size_t)j * n + j]);
			pivot = tb_dd_sub(pivot, tb_dd_mul(scaled, row[j]));
		}
		dropped[i] = !(whole > 0) || !(pivot.hi > tolerance * whole);
		row[i] = pivot;
		if (dropped[i])
			for (uint32_t j = 0; j < i; j++)
				row[j] = tb_dd(0);
		else
			rank++;
		tb_tick();
	}
	return rank;
}

static void forward(const TbDd *factor, uint32_t n, const bool *dropped, TbDd *b)
{
	for (uint32_t i = 0; i < n; i++)
		b[i] = dropped[i] ? tb_dd(0) : tb_dd_sub(b[i], dot(factor + (size_t)i * n, b, i));
}

static void backward(const TbDd *factor, uint32_t n, const bool *dropped, TbDd *b)
{
	for (uint32_t i = n; i-- > 0;) {
		if (dropped[i])
			continue;
		tb_steps(n - i);
		for (uint32_t k = i + 1; k < n; k++)
			if (!dropped[k])
				b[i] = tb_dd_sub(b[i], tb_dd_mul(factor[(size_t)k * n + i], b[k]));
	}
}

void tb_cholesky_solve(const TbDd *factor, uint32_t n, const bool *dropped, TbDd *b)
{
	forward(factor, n, dropped, b);
	for (uint32_t i = 0; i < n; i++)
		if (!dropped[i])
			b[i] = tb_dd_div(b[i], factor[(size_t)i * n + i]);
	backward(factor, n, dropped, b);
}

void tb_cholesky_inverse(const TbDd *factor, uint32_t n, const bool *dropped, TbDd *inverse)
{
	TbDd *column = tb_alloc(n * sizeof(TbDd));

	for (uint32_t j = 0; j < n; j++) {
		for (uint32_t i = 0; i < n; i++)
			column[i] = tb_dd(i == j && !dropped[j]);
		tb_cholesky_solve(factor, n, dropped, column);
		/* the upper half by symmetry, so that both halves have the same bits */
		for (uint32_t i = j; i < n; i++)
			inverse[(size_t)i * n + j] = inverse[(size_t)j * n + i] = column[i];
		tb_tick();
	}
	tb_free(column);
}

TbDd tb_cholesky_quadratic(const TbDd *factor, uint32_t n, const bool *dropped, TbDd *b)
{
	TbDd sum = {0, 0};

	forward(factor, n, dropped, b);
	for (uint32_t i = 0; i < n; i++)
		if (!dropped[i])
			sum = tb_dd_add(sum, tb_dd_div(tb_dd_mul(b[i], b[i]), factor[(size_t)i * n + i]));
	return sum;
}

/* R = D^1/2 L' with column j divided by sqrt(A_jj); its inverse by back substitution, in plain doubles: a condition needs no digits. */
double tb_cholesky_condition(const TbDd *factor, uint32_t n, const bool *dropped, const double *diagonal)
{
	double norm = 0, inverse_norm = 0, *column = tb_alloc_zero(n, sizeof(double));

	for (uint32_t j = 0; j < n; j++) {
		double sum = 0, inverse_sum = 0;

		if (dropped[j])
			continue;
		for (uint32_t i = j + 1; i-- > 0;) {
			double root = sqrt(factor[(size_t)i * n + i].hi), rest = i == j;

			if (dropped[i])
				continue;
			sum += root * (i == j ? 1 : fabs(factor[(size_t)j * n + i].hi)) / sqrt(diagonal[j]);
			for (uint32_t k = i + 1; k <= j; k++)
				if (!dropped[k])
					rest -= root * factor[(size_t)k * n + i].hi / sqrt(diagonal[k]) * column[k];
			column[i] = rest * sqrt(diagonal[i]) / root;
			inverse_sum += fabs(column[i]);
		}
		norm = fmax(norm, sum);
		inverse_norm = fmax(inverse_norm, inverse_sum);
		tb_tick();
	}
	tb_free(column);
	return norm > 0 ? 1 / (norm * inverse_norm) : 0;
}
