/* sample_view.c -- reading sample states: sorted columns, identical rows coalesced */
#include <string.h>

#include "../base/step.h"
#include "../base/scaled.h"
#include "../base/radix_sort.h"
#include "sample.h"
#include "sample_merge.h"

/* Columns of the view while it fills */
typedef struct Filling {
	size_t n, room;
	double *column[3];
	uint32_t *group;
	uint64_t *count; /* made at the first duplicate */
} Filling;

static void make_count(Filling *fill)
{
	if (fill->count)
		return;
	fill->count = tb_alloc(fill->room * sizeof(uint64_t));
	for (size_t i = 0; i < fill->n; i++, tb_step())
		fill->count[i] = 1;
}

static void fill_chunk(Filling *fill, const uint64_t *rows, size_t n, const TbRows *layout, int numbers)
{
	const uint64_t *last = NULL;

	for (size_t i = 0; i < n; i++, tb_step()) {
		const uint64_t *row = rows + i * layout->stride;
		uint64_t count = layout->stride > layout->columns ? row[layout->columns] : 1;

		if (last && tb_sample_same_row(last, row, layout->columns)) {
			make_count(fill);
			fill->count[fill->n - 1] = tb_count_more(fill->count[fill->n - 1], count);
			continue;
		}
		last = row;
		for (int j = 0; j < numbers; j++)
			fill->column[j][fill->n] = tb_sort_value(row[j]);
		if (fill->group)
			fill->group[fill->n] = row[numbers];
		if (count > 1)
			make_count(fill);
		if (fill->count)
			fill->count[fill->n] = count;
		fill->n++;
	}
}

/* Chunks of single numbers, the case that must be fast */
static void fill_values(Filling *fill, const uint64_t *rows, size_t n)
{
	double *x = fill->column[0];
	size_t d = fill->n;

	x[d] = tb_sort_value(rows[0]);
	if (fill->count)
		fill->count[d] = 1;
	for (size_t i = 1; i < n; i++, tb_step()) {
		if (rows[i] != rows[i - 1]) {
			x[++d] = tb_sort_value(rows[i]);
			if (fill->count)
				fill->count[d] = 1;
			continue;
		}
		fill->n = d + 1;
		make_count(fill);
		fill->count[d]++;
	}
	fill->n = d + 1;
}

TbStatus tb_sample_view(const TbState *state, TbSample *sample)
{
	bool weighted = state->flags & TB_SAMPLE_WEIGHTED;
	Filling fill = {0};
	const uint64_t *rows;
	TbRunMerge merge;
	size_t n;
	int numbers;
	TbId *id;
	uint64_t *rank = NULL;

	memset(sample, 0, sizeof(*sample));
	if (state->shape == TB_SHAPE_GROUPED) {
		sample->groups = tb_sample_group_ids(state, &id, &rank);
		sample->group_id = id;
	}
	tb_merge_begin(&merge, state, rank);
	numbers = merge.rows.columns - (state->shape == TB_SHAPE_GROUPED ? 1 : 0);
	fill.room = merge.rows.n + 1;
	for (int j = 0; j < numbers; j++)
		fill.column[j] = tb_alloc(fill.room * sizeof(double));
	if (state->shape == TB_SHAPE_GROUPED)
		fill.group = tb_alloc(fill.room * sizeof(uint32_t));
	while ((n = tb_merge_next(&merge, &rows)) > 0) {
		if (merge.rows.stride == 1)
			fill_values(&fill, rows, n);
		else
			fill_chunk(&fill, rows, n, &merge.rows, numbers);
	}
	tb_merge_end(&merge);
	sample->n = fill.n;
	sample->x = fill.column[0];
	sample->y = state->shape == TB_SHAPE_PAIRED ? fill.column[1] : NULL;
	sample->w = weighted ? fill.column[numbers - 1] : NULL;
	sample->count = fill.count;
	sample->group = fill.group;
	sample->rows = fill.n;
	if (fill.count) {
		sample->rows = 0;
		for (size_t i = 0; i < fill.n; i++, tb_step())
			sample->rows = tb_count_more(sample->rows, fill.count[i]);
	}
	return fill.n > 0 ? TB_OK : TB_UNDEFINED;
}

void tb_sample_by_second(const TbSample *sample, TbSample *sorted)
{
	size_t n = sample->n;
	int stride = 2 + (sample->w ? 1 : 0) + (sample->count ? 1 : 0);
	uint64_t *rows = tb_alloc((n + 1) * stride * sizeof(uint64_t)), *scratch = tb_alloc((n + 1) * stride * sizeof(uint64_t));
	double *x = tb_alloc((n + 1) * sizeof(double)), *y = tb_alloc((n + 1) * sizeof(double)), *w = NULL;
	uint64_t *count = NULL;

	for (size_t i = 0; i < n; i++, tb_step()) {
		uint64_t *row = rows + i * stride;

		row[0] = tb_sort_key(sample->y[i]);
		row[1] = tb_sort_key(sample->x[i]);
		if (sample->w)
			row[2] = tb_sort_key(sample->w[i]);
		if (sample->count)
			row[stride - 1] = sample->count[i];
	}
	tb_sort_rows(rows, scratch, n, stride, 2 + (sample->w ? 1 : 0));
	tb_free(scratch);
	if (sample->w)
		w = tb_alloc((n + 1) * sizeof(double));
	if (sample->count)
		count = tb_alloc((n + 1) * sizeof(uint64_t));
	for (size_t i = 0; i < n; i++, tb_step()) {
		const uint64_t *row = rows + i * stride;

		y[i] = tb_sort_value(row[0]);
		x[i] = tb_sort_value(row[1]);
		if (w)
			w[i] = tb_sort_value(row[2]);
		if (count)
			count[i] = row[stride - 1];
	}
	tb_free(rows);
	*sorted = *sample;
	sorted->x = x;
	sorted->y = y;
	sorted->w = w;
	sorted->count = count;
}

static const double *near_one(const double *x, size_t n, int least, int *exponent)
{
	double *small;

	*exponent = 0;
	if (!x)
		return NULL;
	small = tb_alloc((n + 1) * sizeof(double));
	*exponent = tb_shrink(x, n, small);
	if (*exponent >= least)
		return small;
	/* the other column is the larger one */
	for (size_t i = 0; i < n; i++, tb_step())
		small[i] = ldexp(x[i], -least);
	*exponent = least;
	return small;
}

TbSample tb_sample_near_one(const TbSample *sample, bool together, int exponent[3])
{
	TbSample near = *sample;
	int least = -2000;

	if (together && sample->y) {
		(void)near_one(sample->x, sample->n, least, exponent);
		(void)near_one(sample->y, sample->n, least, exponent + 1);
		least = exponent[0] > exponent[1] ? exponent[0] : exponent[1];
	}
	near.x = near_one(sample->x, sample->n, least, exponent);
	near.y = near_one(sample->y, sample->n, least, exponent + 1);
	near.w = near_one(sample->w, sample->n, -2000, exponent + 2);
	return near;
}
