/* moments.c -- cross moments in double-double
 *
 * A row costs (p + 2)(p + 3) / 2 exact products. Where the first regressor has been 1 in every row so far (the usual constant), its line equals the
 * line of the implicit 1 and is not kept twice; pack copies it.
 */
#include "moments.h"

#include <string.h>

#include "../base/host.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(TB_PLAIN_KERNEL)
#define HAVE_FMA_KERNEL 1
#include <immintrin.h>
#endif

#define HEADER_WORDS 4
#define UNIT_FIRST 1u /* open only: the line of the first regressor is that of the implicit 1 */

static TbStatus check(const TbState *state);
static TbStatus merge(TbState **target, const TbState *source);
static TbState *pack(const TbState *state);

const TbShape tb_moment_shape = {"moment_state", TB_SHAPE_MOMENT, check, merge, pack, false};

/* hi + lo += (u + v) * z, normalised; z + count is padded */
static void add_line(double *hi, double *lo, const double *z, size_t count, double u, double v)
{
	for (size_t k = 0; k < count; k++) {
		TbDd product = tb_two_product(u, z[k]), sum = tb_two_sum(hi[k], product.hi);

		sum = tb_quick_two_sum(sum.hi, lo[k] + (sum.lo + (product.lo + v * z[k])));
		hi[k] = sum.hi;
		lo[k] = sum.lo;
	}
}

#ifdef HAVE_FMA_KERNEL
/* The same operations four at a time; the error of a product comes from one fused step instead of Dekker's ten, with the same bits. Without a weight v is 0,
 * and a zero added to the error of a product changes nothing: it goes into a sum with what the high part lost, which is never -0. */
__attribute__((target("avx2,fma"), always_inline)) static inline void add_line_fma(double *hi, double *lo, const double *z, size_t count, double u,
																				   double v, bool weighted)
{
	__m256d a = _mm256_set1_pd(u), tail = _mm256_set1_pd(v);

	for (size_t k = 0; k < count; k += 4) {
		__m256d b = _mm256_loadu_pd(z + k), h = _mm256_loadu_pd(hi + k), product = _mm256_mul_pd(a, b);
		__m256d fused = _mm256_fmsub_pd(a, b, product), error = weighted ? _mm256_add_pd(fused, _mm256_mul_pd(tail, b)) : fused;
		__m256d sum = _mm256_add_pd(h, product), part = _mm256_sub_pd(sum, h);
		__m256d lost = _mm256_add_pd(_mm256_sub_pd(h, _mm256_sub_pd(sum, part)), _mm256_sub_pd(product, part));
		__m256d low = _mm256_add_pd(_mm256_loadu_pd(lo + k), _mm256_add_pd(lost, error)), high = _mm256_add_pd(sum, low);

		_mm256_storeu_pd(hi + k, high);
		_mm256_storeu_pd(lo + k, _mm256_sub_pd(low, _mm256_sub_pd(high, sum)));
	}
}

/* All lines in one function, so that the compiler keeps the loop without a call per line. Lines lie one behind the other. */
__attribute__((target("avx2,fma"), always_inline)) static inline void add_lines_fma(double *hi, double *lo, uint32_t p, const double *z,
																					double weight, size_t first, bool weighted)
{
	size_t width = (p + 2 + 3) & ~(size_t)3;

	for (size_t i = 0, step = first; i < p + 2; i += step, step = 1) {
		size_t from = i & ~(size_t)3, count = width - from;
		TbDd u = weighted ? tb_two_product(weight, z[i]) : tb_dd(z[i]);

		add_line_fma(hi, lo, z + from, count, u.hi, u.lo, weighted);
		hi += step * count;
		lo += step * count;
	}
}

__attribute__((target("avx2,fma"))) static void add_plain_lines_fma(double *hi, double *lo, uint32_t p, const double *z, size_t first)
{
	add_lines_fma(hi, lo, p, z, 1, first, false);
}

__attribute__((target("avx2,fma"))) static void add_weighted_lines_fma(double *hi, double *lo, uint32_t p, const double *z, double weight,
																	   size_t first)
{
	add_lines_fma(hi, lo, p, z, weight, first, true);
}
#endif

void tb_moments_add_lines(double *hi, double *lo, uint32_t p, const double *z, double weight, size_t first)
{
	size_t width = (p + 2 + 3) & ~(size_t)3;

#ifdef HAVE_FMA_KERNEL
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
		if (weight == 1)
			add_plain_lines_fma(hi, lo, p, z, first);
		else
			add_weighted_lines_fma(hi, lo, p, z, weight, first);
		return;
	}
#endif
	for (size_t i = 0; i < p + 2; i += i ? 1 : first) {
		size_t line = tb_moment_line(p, i), from = i & ~(size_t)3;
		TbDd u = weight == 1 ? tb_dd(z[i]) : tb_two_product(weight, z[i]);

		add_line(hi + line, lo + line, z + from, width - from, u.hi, u.lo);
	}
}

void tb_moments_row(double *z, double y, const double *x, uint32_t p)
{
	z[0] = 1;
	memcpy(z + 1, x, p * sizeof(double));
	z[p + 1] = y;
	z[p + 2] = z[p + 3] = z[p + 4] = 0;
}

/* Its sums over 2^53 rows stay finite, and Dekker's split cannot overflow. */
bool tb_moments_in_range(const double *z, uint32_t p, double weight)
{
	double largest = 1;

	for (size_t i = 1; i < p + 2; i++)
		if (fabs(z[i]) > largest)
			largest = fabs(z[i]);
	return largest * largest * weight < 1e290;
}

static void open_parts(TbState *state, uint32_t p, double **hi, double **lo)
{
	*hi = tb_state_doubles(state) + HEADER_WORDS;
	*lo = *hi + tb_moment_cells(p);
}

/* The line of the first regressor is the line of the implicit 1 */
static void copy_unit_line(double *hi, double *lo, uint32_t p)
{
	for (size_t j = 1; j < p + 2; j++) {
		size_t from = tb_moment_cell(p, 0, j), to = tb_moment_cell(p, 1, j);

		hi[to] = hi[from];
		lo[to] = lo[from];
	}
}

TbStatus tb_moments_add(TbState **state, double y, const double *x, uint32_t p, double weight)
{
	double z[TB_MOMENT_WIDTH + 4], *hi, *lo;
	uint64_t *words;

	if (p < 1 || p > TB_MOMENT_COLUMNS)
		return TB_TOO_LARGE;
	if (!*state) {
		*state = tb_state_new(&tb_moment_shape, HEADER_WORDS + 2 * tb_moment_cells(p), 0);
		tb_state_set_open(*state, UNIT_FIRST);
		tb_state_words(*state)[1] = p;
	}
	words = tb_state_words(*state);
	if (words[1] != p)
		return TB_MISMATCH;
	tb_moments_row(z, y, x, p);
	if (!tb_moments_in_range(z, p, weight))
		return TB_OUT_OF_RANGE;
	open_parts(*state, p, &hi, &lo);
	if ((*state)->flags & UNIT_FIRST && x[0] != 1) {
		copy_unit_line(hi, lo, p);
		(*state)->flags &= ~UNIT_FIRST;
	}
	tb_state_set_open(*state, (*state)->flags);
	tb_moments_add_lines(hi, lo, p, z, weight, (*state)->flags & UNIT_FIRST ? 2 : 1);
	if (!tb_count(words, 1))
		return TB_TOO_MANY;
	return weight == 1 ? TB_OK : tb_moments_add_log(tb_state_doubles(*state) + 2, tb_dd(log(weight)));
}

TbMoments tb_moments_view(const TbState *state)
{
	const TbState *packed = pack(state);
	const uint64_t *words = tb_state_words(packed);
	double *doubles = tb_state_doubles(packed);
	TbMoments view = {words[1], words[0], {doubles[2], doubles[3]}, doubles + HEADER_WORDS, NULL};

	view.lo = view.hi + tb_moment_cells(view.p);
	return view;
}

TbStatus tb_moments_merge(double *hi, double *lo, const double *from_hi, const double *from_lo, size_t cells)
{
	for (size_t k = 0; k < cells; k++) {
		TbDd sum = tb_dd_add((TbDd){hi[k], lo[k]}, (TbDd){from_hi[k], from_lo[k]});

		if (!isfinite(sum.hi))
			return TB_OUT_OF_RANGE;
		hi[k] = sum.hi;
		lo[k] = sum.lo;
	}
	return TB_OK;
}

TbStatus tb_moments_add_log(double *logs, TbDd x)
{
	return tb_moments_merge(logs, logs + 1, &x.hi, &x.lo, 1);
}

static TbStatus merge(TbState **target, const TbState *source)
{
	TbMoments from = tb_moments_view(source);
	TbState *into = *target;
	uint64_t *words = tb_state_words(into);
	double *hi, *lo;

	if (words[1] != from.p)
		return TB_MISMATCH;
	open_parts(into, from.p, &hi, &lo);
	if (into->flags & UNIT_FIRST && !(source->flags & UNIT_FIRST)) {
		copy_unit_line(hi, lo, from.p);
		into->flags &= ~UNIT_FIRST;
	}
	tb_state_set_open(into, into->flags);
	if (tb_moments_merge(hi, lo, from.hi, from.lo, tb_moment_cells(from.p)) != TB_OK)
		return TB_OUT_OF_RANGE;
	if (!tb_count(words, from.n))
		return TB_TOO_MANY;
	return tb_moments_add_log(tb_state_doubles(into) + 2, from.log_weight);
}

void tb_moments_clean(double *hi, double *lo, uint32_t p)
{
	for (size_t i = 0; i < p + 2; i++)
		for (size_t j = i & ~(size_t)3, k = tb_moment_line(p, i); j < i; j++, k++)
			hi[k] = lo[k] = 0;
}

static TbState *pack(const TbState *state)
{
	uint32_t p = tb_state_words(state)[1];
	TbState *copy = tb_alloc(state->size);
	double *hi, *lo;

	memcpy(copy, state, state->size);
	open_parts(copy, p, &hi, &lo);
	if (copy->flags & UNIT_FIRST)
		copy_unit_line(hi, lo, p);
	tb_state_set_packed(copy, 0);
	tb_moments_clean(hi, lo, p);
	return copy;
}

TbStatus tb_moments_check(const double *hi, const double *lo, uint32_t p)
{
	size_t width = (p + 2 + 3) & ~(size_t)3;

	for (size_t i = 0; i < p + 2; i++) {
		size_t line = tb_moment_line(p, i), from = i & ~(size_t)3;

		for (size_t j = from; j < width; j++) {
			double h = hi[line + j - from], l = lo[line + j - from];

			if (!isfinite(h) || !isfinite(l) || h + l != h || (j == i && h < 0) || ((j < i || j > p + 1) && (h != 0 || l != 0)))
				return TB_CORRUPT;
		}
	}
	return TB_OK;
}

static TbStatus check(const TbState *state)
{
	const uint64_t *words = tb_state_words(state);
	double *doubles = tb_state_doubles(state);

	if (state->flags || state->bytes || state->words < HEADER_WORDS || words[0] < 1 || words[0] > TB_MOST_ROWS || words[1] < 1 ||
		words[1] > TB_MOMENT_COLUMNS || state->words != HEADER_WORDS + 2 * tb_moment_cells(words[1]))
		return TB_CORRUPT;
	if (!isfinite(doubles[2]) || !isfinite(doubles[3]) || doubles[2] + doubles[3] != doubles[2] || !(doubles[HEADER_WORDS] > 0))
		return TB_CORRUPT;
	return tb_moments_check(doubles + HEADER_WORDS, doubles + HEADER_WORDS + tb_moment_cells(words[1]), words[1]);
}
