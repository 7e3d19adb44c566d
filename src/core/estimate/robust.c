/* robust.c -- meat between two slices of bread */
#include "robust.h"

#include <string.h>

#include "../base/cholesky.h"
#include "../base/step.h"

#define ROWS_HEADER 3 /* p, kind, n */
#define WEIGHTED 256  /* in kind: a weight stands behind y and x of each row */

static TbStatus rows_check(const TbState *state);
static TbStatus rows_merge(TbState **target, const TbState *source);
static TbState *rows_pack(const TbState *state);

const TbShape tb_rows_shape = {"regression_rows", TB_SHAPE_REGRESSION_ROWS, rows_check, rows_merge, rows_pack, false};

static void meat_of(const TbMoments *m, TbDd *meat)
{
	for (uint32_t i = 0; i < m->p; i++)
		for (uint32_t j = 0; j <= i; j++, tb_step())
			meat[(size_t)i * m->p + j] = tb_moment(m, i + 1, j + 1);
}

/* -- clusters -- */

static void add_scores(const TbClusters *c, const TbDd *beta, TbDd *meat)
{
	size_t p = c->p;
	TbDd *score = tb_alloc(p * sizeof(TbDd));

	for (size_t k = 0; k < c->clusters; k++) {
		/* X_g'e_g = X_g'y_g - X_g'X_g b */
		for (size_t i = 0; i < p; i++) {
			score[i] = tb_moment(c->moments + k, i + 1, p + 1);
			for (size_t j = 0; j < p; j++)
				score[i] = tb_dd_sub(score[i], tb_dd_mul(tb_moment(c->moments + k, i + 1, j + 1), beta[j]));
		}
		for (size_t i = 0; i < p; i++)
			for (size_t j = 0; j <= i; j++)
				meat[i * p + j] = tb_dd_add(meat[i * p + j], tb_dd_mul(score[i], score[j]));
		tb_steps(64);
	}
}

/* Where residuals add up to 0 within each cluster, as where a cluster is a whole arm of the comparison, the sandwich is 0 but for rounding: it says
 * nothing of the error, however large the residuals are. */
static void refuse_empty(TbRegression *fit, const double *classical)
{
	size_t p = fit->p;

	for (size_t i = 0; i < p; i++) {
		if (!(fit->standard_error[i] < 1e-10 * classical[i]))
			continue;
		fit->standard_error[i] = fit->t[i] = fit->p_value[i] = fit->f = fit->f_p = NAN;
		for (size_t j = 0; j < p; j++)
			fit->vcov[i * p + j] = fit->vcov[j * p + i] = NAN;
	}
}

void tb_cluster_sandwich(TbRegression *fit, const TbDd *meat, double factor, double df, TbCovariance kind)
{
	double *classical = memcpy(tb_alloc(fit->p * sizeof(double)), fit->standard_error, fit->p * sizeof(double));

	tb_regression_sandwich(fit, meat, factor, df, kind);
	refuse_empty(fit, classical);
	tb_free(classical);
}

TbStatus tb_ols_clusters(const TbClusters *c, TbRegression *fit)
{
	TbDd *meat;
	double g = c->clusters, n;
	TbStatus status = tb_regression(&c->whole, TB_PIVOT_TOLERANCE, fit);

	if (status != TB_OK)
		return status;
	meat = tb_alloc_zero((size_t)c->p * c->p, sizeof(TbDd));
	add_scores(c, fit->beta, meat);
	fit->clusters = c->clusters;
	n = fit->n;
	tb_cluster_sandwich(fit, meat, g > 1 && fit->df > 0 ? g / (g - 1) * ((n - 1) / fit->df) : NAN, g - 1, TB_CLUSTER);
	return TB_OK;
}

TbStatus tb_ols_cluster(const TbState *state, TbRegression *fit)
{
	TbClusters c;
	TbStatus status = tb_cluster_view(state, &c);

	return status == TB_OK ? tb_ols_clusters(&c, fit) : status;
}

/* -- every row kept -- */

static double *rows_of(const TbState *state)
{
	return tb_state_doubles(state) + ROWS_HEADER;
}

/* Numbers of a row */
static size_t width_of(const uint64_t *words)
{
	return words[0] + 1 + (words[1] & WEIGHTED ? 1 : 0);
}

static TbState *rows_new(uint64_t p, uint64_t kind, uint64_t rows)
{
	size_t width = width_of((uint64_t[]){p, kind});
	TbState *state;

	if (rows > TB_STATE_MOST_WORDS / width - ROWS_HEADER)
		return NULL;
	state = tb_state_new(&tb_rows_shape, ROWS_HEADER + rows * width, 0);
	tb_state_words(state)[0] = p;
	tb_state_words(state)[1] = kind;
	return state;
}

/* Room for more rows: twice as much while small, half as much again above 1 MiB, and the last step up to the limit */
static TbStatus rows_reserve(TbState **state, uint64_t more)
{
	uint64_t *words = tb_state_words(*state), n = words[2], width = width_of(words), room = ((*state)->words - ROWS_HEADER) / width, want;
	TbState *larger;

	if (n + more <= room) {
		tb_state_set_open(*state, 0);
		return TB_OK;
	}
	want = (*state)->size > 1 << 20 ? room + room / 2 : 2 * room;
	if (want > TB_STATE_MOST_WORDS / width - ROWS_HEADER)
		want = TB_STATE_MOST_WORDS / width - ROWS_HEADER;
	larger = n + more > want && n + more > TB_STATE_MOST_WORDS / width - ROWS_HEADER
				 ? NULL
				 : rows_new(words[0], words[1], n + more > want ? n + more : want);
	if (!larger)
		return TB_TOO_LARGE;
	tb_state_set_open(larger, 0);
	tb_state_words(larger)[2] = n;
	memcpy(rows_of(larger), rows_of(*state), n * width * 8);
	*state = larger;
	return TB_OK;
}

TbStatus tb_rows_add(TbState **state, double y, const double *x, uint32_t p, TbCovariance kind, const double *weight)
{
	uint64_t *words, code = kind | (weight ? WEIGHTED : 0);
	double *row, z[TB_MOMENT_WIDTH + 4];
	TbStatus status;

	if (p < 1 || p > TB_MOMENT_COLUMNS)
		return TB_TOO_LARGE;
	if (!*state)
		*state = rows_new(p, code, 8);
	words = tb_state_words(*state);
	if (words[0] != p || words[1] != code)
		return words[0] != p ? TB_MISMATCH : TB_INVALID;
	tb_moments_row(z, y, x, p);
	if (!tb_moments_in_range(z, p, weight ? fmax(*weight, 1) : 1))
		return TB_OUT_OF_RANGE;
	status = rows_reserve(state, 1);
	if (status != TB_OK)
		return status;
	words = tb_state_words(*state);
	row = rows_of(*state) + words[2]++ * width_of(words);
	row[0] = y;
	memcpy(row + 1, x, p * sizeof(double));
	if (weight)
		row[1 + p] = *weight;
	return TB_OK;
}

static TbStatus rows_merge(TbState **target, const TbState *source)
{
	const uint64_t *from = tb_state_words(source);
	uint64_t *into = tb_state_words(*target);
	size_t width = width_of(from);
	TbStatus status;

	if (into[0] != from[0] || into[1] != from[1])
		return TB_MISMATCH;
	status = rows_reserve(target, from[2]);
	if (status != TB_OK)
		return status;
	into = tb_state_words(*target);
	memcpy(rows_of(*target) + into[2] * width, rows_of(source), from[2] * width * 8);
	into[2] += from[2];
	return TB_OK;
}

static int compare_rows(const double *a, const double *b, size_t width)
{
	for (size_t i = 0; i < width; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

/* Merge sort of row numbers from the bottom up: interruptible, and no worst case */
static uint32_t *sorted_rows(const double *rows, size_t n, size_t width)
{
	uint32_t *order = tb_alloc(n * sizeof(uint32_t)), *work = tb_alloc(n * sizeof(uint32_t));

	for (size_t i = 0; i < n; i++, tb_step())
		order[i] = i;
	for (size_t run = 1; run < n; run *= 2) {
		uint32_t *swap = order;

		for (size_t start = 0; start < n; start += 2 * run) {
			size_t i = start, middle = start + run < n ? start + run : n, j = middle, end = start + 2 * run < n ? start + 2 * run : n;

			for (size_t k = start; k < end; k++) {
				bool left = i < middle && (j >= end || compare_rows(rows + order[i] * width, rows + order[j] * width, width) <= 0);

				work[k] = left ? order[i++] : order[j++];
				tb_step();
			}
		}
		order = work;
		work = swap;
	}
	tb_free(work);
	return order;
}

static TbState *rows_pack(const TbState *state)
{
	const uint64_t *words = tb_state_words(state);
	size_t width = width_of(words);
	TbState *packed;
	uint32_t *order;

	if (!(state->flags & TB_STATE_OPEN))
		return (TbState *)state;
	packed = rows_new(words[0], words[1], words[2]);
	tb_state_words(packed)[2] = words[2];
	order = sorted_rows(rows_of(state), words[2], width);
	for (uint64_t i = 0; i < words[2]; i++, tb_step())
		memcpy(rows_of(packed) + i * width, rows_of(state) + order[i] * width, width * 8);
	tb_free(order);
	return packed;
}

/* Sums of them must stay finite: as tb_rows_add lets rows in */
static bool row_ok(const double *row, uint64_t p, bool weighted)
{
	double largest = 0;

	for (size_t j = 0; j <= p; j++)
		largest = fmax(largest, isnan(row[j]) ? INFINITY : fabs(row[j]));
	return largest < 1e145 && (!weighted || (row[p + 1] > 0 && row[p + 1] * (largest * largest) < 1e300));
}

static TbStatus rows_check(const TbState *state)
{
	const uint64_t *words = tb_state_words(state), kind = state->words < ROWS_HEADER ? 0 : words[1] & ~(uint64_t)WEIGHTED;
	const double *rows = rows_of(state);
	size_t width;

	if (state->flags || state->bytes || state->words < ROWS_HEADER || words[0] < 1 || words[0] > TB_MOMENT_COLUMNS || kind < TB_HC0 ||
		kind > TB_HC3 || words[2] < 1)
		return TB_CORRUPT;
	width = width_of(words);
	if (words[2] > TB_STATE_MOST_WORDS / width || state->words != ROWS_HEADER + words[2] * width)
		return TB_CORRUPT;
	for (uint64_t i = 0; i < words[2]; i++) {
		if (!row_ok(rows + i * width, words[0], width > words[0] + 1))
			return TB_CORRUPT;
		if (i && compare_rows(rows + (i - 1) * width, rows + i * width, width) > 0)
			return TB_CORRUPT;
		tb_step();
	}
	return TB_OK;
}

static double weight_of(const double *row, uint32_t p, size_t width)
{
	return width > p + 1 ? row[p + 1] : 1;
}

TbStatus tb_ols_rows(const TbState *state, TbRegression *fit)
{
	const uint64_t *words = tb_state_words(state);
	uint32_t p = words[0];
	TbCovariance kind = words[1] & ~(uint64_t)WEIGHTED;
	size_t cells = tb_moment_cells(p), width = width_of(words);
	double *sums = tb_alloc_zero(2 * cells, sizeof(double)), z[TB_MOMENT_WIDTH + 4];
	TbMoments m = {p, words[2], {0, 0}, sums, sums + cells};
	TbDd *meat = tb_alloc_zero((size_t)p * p, sizeof(TbDd));
	bool saturated = false;
	TbStatus status;

	for (uint64_t i = 0; i < m.n; i++) {
		const double *row = rows_of(state) + i * width;

		tb_moments_row(z, row[0], row + 1, p);
		tb_moments_add_lines(m.hi, m.lo, p, z, weight_of(row, p, width), 1);
		m.log_weight = width > p + 1 ? tb_dd_add_d(m.log_weight, log(row[p + 1])) : m.log_weight;
		tb_steps(4);
	}
	status = tb_regression(&m, TB_PIVOT_TOLERANCE, fit);
	if (status != TB_OK)
		return status;
	memset(sums, 0, 2 * cells * sizeof(double));
	for (uint64_t i = 0; i < m.n && fit->df > 0; i++) {
		const double *row = rows_of(state) + i * width;
		double own = weight_of(row, p, width), leverage = kind < TB_HC2 ? 0 : own * tb_regression_leverage(fit->bread, p, row + 1);
		double weight = tb_hc_square(kind, own * tb_regression_residual(fit->beta, p, row[0], row + 1), leverage);

		saturated |= isnan(weight);
		tb_moments_row(z, 0, row + 1, p);
		tb_moments_add_lines(m.hi, m.lo, p, z, isnan(weight) ? 0 : weight, 1);
		tb_steps(8);
	}
	meat_of(&m, meat);
	tb_regression_sandwich(fit, meat, tb_hc_factor(kind, m.n, fit->rank), saturated ? NAN : fit->df, kind);
	return TB_OK;
}
