/* moments.h -- cross moments of (1, x, y): the state under every least-squares fit
 *
 * Sums of w * z_i * z_j over z = (1, x_1 .. x_p, y), each an unevaluated double-double, so that rows and partial states add up to the same fit in any
 * order (compensated grade) and Longley keeps 14 digits where plain cross products keep 8.
 * Packed words: n, p, sum of ln w (hi, lo), then `cells` high parts and as many low parts. The triangle is stored by lines in blocks of four: line i
 * begins at column i & ~3 and runs to the padded width, so that four columns at a time need no remainder. Columns below the diagonal are 0.
 */
#ifndef TB_MOMENTS_H
#define TB_MOMENTS_H

#include "../base/dd.h"
#include "state.h"

#define TB_MOMENT_COLUMNS 200 /* 336 kB a state */
#define TB_MOMENT_WIDTH ((TB_MOMENT_COLUMNS + 2 + 3) & ~3)

extern const TbShape tb_moment_shape;

/* A triangle of sums wherever it lives: inside a moment_state, or one of the many of a cluster_state. m = p + 2. */
typedef struct TbMoments {
	uint32_t p;
	uint64_t n;
	TbDd log_weight;
	double *hi, *lo;
} TbMoments;

static inline size_t tb_moment_line(uint32_t p, size_t i)
{
	size_t width = (p + 2 + 3) & ~(size_t)3, block = i / 4;

	return 4 * block * width - 8 * block * (block ? block - 1 : 0) + i % 4 * (width - 4 * block);
}

static inline size_t tb_moment_cells(uint32_t p)
{
	return tb_moment_line(p, p + 1) + ((p + 2 + 3) & ~(size_t)3) - ((p + 1) & ~(size_t)3);
}

static inline size_t tb_moment_cell(uint32_t p, size_t i, size_t j)
{
	size_t line = i < j ? i : j, column = i < j ? j : i;

	return tb_moment_line(p, line) + column - (line & ~(size_t)3);
}

/* Sum of w * z_i * z_j; 0 is the constant, 1 .. p the regressors, p + 1 is y */
static inline TbDd tb_moment(const TbMoments *moments, size_t i, size_t j)
{
	size_t cell = tb_moment_cell(moments->p, i, j);

	return (TbDd){moments->hi[cell], moments->lo[cell]};
}

/* Adds w * z z' for z of padded width (zeros behind y). first: the line after the one of the implicit 1, 1 to 4, so that a
 * caller may leave out what it holds elsewhere. */
extern void tb_moments_add_lines(double *hi, double *lo, uint32_t p, const double *z, double weight, size_t first);

/* (1, x, y) padded with zeros; z has room for TB_MOMENT_WIDTH */
extern void tb_moments_row(double *z, double y, const double *x, uint32_t p);

/* Is the largest square of the row below 1e290? */
extern bool tb_moments_in_range(const double *z, uint32_t p, double weight);

/* One row; *state NULL makes the first state. weight > 0. TB_MISMATCH: another number of regressors; TB_TOO_LARGE: none or more than the limit;
 * TB_OUT_OF_RANGE: a square above 1e290 */
extern TbStatus tb_moments_add(TbState **state, double y, const double *x, uint32_t p, double weight);

/* The sums of a state, packed or open */
extern TbMoments tb_moments_view(const TbState *state);

/* dd sum of two triangles of equal p; TB_OUT_OF_RANGE on overflow, which only forged states reach */
extern TbStatus tb_moments_merge(double *hi, double *lo, const double *from_hi, const double *from_lo, size_t cells);

/* logs[0] + logs[1] += x, the sum of ln w; the same status */
extern TbStatus tb_moments_add_log(double *logs, TbDd x);

/* Zeroes what lies below the diagonal */
extern void tb_moments_clean(double *hi, double *lo, uint32_t p);

/* TB_CORRUPT unless finite, normalised, with squares that are not negative and zeros below the diagonal */
extern TbStatus tb_moments_check(const double *hi, const double *lo, uint32_t p);

#endif
