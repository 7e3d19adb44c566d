/* samples.h -- samples for unit tests: a state from arrays, and its view */
#ifndef SAMPLES_H
#define SAMPLES_H

#include <string.h>

#include "../../src/core/state/sample.h"
#include "unit.h"

/* The server's memory contexts free what the core leaves behind; here nobody does. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}

/* x, y, w may be NULL from the right; groups: ids or NULL. Weight 0 is left out as the transitions do. */
static inline TbSample sample_of(const TbShape *shape, size_t n, const double *x, const double *y, const double *w, const char *const *group)
{
	TbState *state = NULL;
	TbSample view = {0};
	uint32_t form = w ? TB_SAMPLE_WEIGHTED : 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t row[4];
		int j = 0;

		if (w && w[i] == 0)
			continue;
		row[j++] = tb_sort_key(x[i]);
		if (y)
			row[j++] = tb_sort_key(y[i]);
		if (w)
			row[j++] = tb_sort_key(w[i]);
		if (group)
			(void)tb_grouped_add(&state, form, NULL, row, (TbId){group[i], (uint32_t)strlen(group[i])});
		else
			(void)tb_sample_add(&state, shape, form, NULL, row);
	}
	if (state)
		(void)tb_sample_view(state, &view);
	return view;
}

static inline TbSample values_of(size_t n, const double *x, const double *w)
{
	return sample_of(&tb_sample_shape, n, x, NULL, w, NULL);
}

static inline TbSample pairs_of(size_t n, const double *x, const double *y, const double *w)
{
	return sample_of(&tb_paired_shape, n, x, y, w, NULL);
}

/* Household incomes of the examples of the R package ineq (Ilocos) */
static const double incomes[10] = {541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261};

#endif
