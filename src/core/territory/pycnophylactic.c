/* pycnophylactic.c -- smoothing that keeps the totals of zones */
#include "pycnophylactic.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/scaled.h"

typedef struct Work {
	const TbZoneCells *z;
	uint32_t n, (*neighbour)[4];
	double *total, *cells; /* of each zone, totals over a power of two */
	double *next;
	TbDd *sum;
} Work;

static void begin(Work *w, double *people)
{
	for (uint32_t k = 0; k < w->z->zones; k++, tb_step())
		w->cells[k] = 0;
	for (uint32_t i = 0; i < w->n; i++, tb_step()) {
		uint32_t all[8];

		tb_grid_neighbours(w->z->grid, i, all);
		for (int k = 0; k < 4; k++)
			w->neighbour[i][k] = all[k];
		w->cells[w->z->zone[i]]++;
	}
	for (uint32_t i = 0; i < w->n; i++, tb_step())
		people[i] = w->total[w->z->zone[i]] / w->cells[w->z->zone[i]];
}

static void sum_zones(Work *w)
{
	for (uint32_t k = 0; k < w->z->zones; k++, tb_step())
		w->sum[k] = (TbDd){0, 0};
	for (uint32_t i = 0; i < w->n; i++, tb_step())
		w->sum[w->z->zone[i]] = tb_dd_add_d(w->sum[w->z->zone[i]], w->next[i]);
}

static void smooth(Work *w, const double *people, double relaxation)
{
	TbDd all = {0, 0};
	double mean;

	for (uint32_t i = 0; i < w->n; i++, tb_step())
		all = tb_dd_add_d(all, people[i]);
	mean = tb_dd_value(all) / w->n;
	for (uint32_t i = 0; i < w->n; i++, tb_step()) {
		double around = 0;

		for (int k = 0; k < 4; k++)
			around += w->neighbour[i][k] == TB_NO_CELL ? mean : people[w->neighbour[i][k]];
		w->next[i] = relaxation * people[i] + (1 - relaxation) * (around / 4);
	}
}

/* Zones back to their totals: what they lack evenly, nobody below 0, then in proportion; evenly where all would be 0 */
static void keep_totals(Work *w)
{
	sum_zones(w);
	for (uint32_t i = 0; i < w->n; i++, tb_step()) {
		uint32_t k = w->z->zone[i];

		w->next[i] = fmax(0, w->next[i] + tb_dd_value(tb_dd_sub(tb_dd(w->total[k]), w->sum[k])) / w->cells[k]);
	}
	sum_zones(w);
	for (uint32_t i = 0; i < w->n; i++, tb_step()) {
		uint32_t k = w->z->zone[i];
		double sum = tb_dd_value(w->sum[k]);

		w->next[i] = sum > 0 ? w->next[i] * (w->total[k] / sum) : w->total[k] / w->cells[k];
	}
}

static double take_step(Work *w, double *people, double relaxation)
{
	double change = 0;

	smooth(w, people, relaxation);
	keep_totals(w);
	for (uint32_t i = 0; i < w->n; i++, tb_step()) {
		change = fmax(change, fabs(w->next[i] - people[i]));
		people[i] = w->next[i];
	}
	return change;
}

TbStatus tb_pycnophylactic(const TbZoneCells *z, double relaxation, double tolerance, double *people)
{
	uint32_t n = z->grid->n;
	Work w = {z,
			  n,
			  tb_alloc(((size_t)n + 1) * sizeof(uint32_t[4])),
			  tb_alloc(((size_t)z->zones + 1) * sizeof(double)),
			  tb_alloc(((size_t)z->zones + 1) * sizeof(double)),
			  tb_alloc(((size_t)n + 1) * sizeof(double)),
			  tb_alloc(((size_t)z->zones + 1) * sizeof(TbDd))};
	int exponent = tb_shrink(z->total, z->zones, w.total), step = 0;
	double limit = 0;

	begin(&w, people);
	for (uint32_t i = 0; i < n; i++, tb_step())
		limit = fmax(limit, people[i]);
	limit *= tolerance;
	tb_progress("pycnophylactic, steps", 0, TB_PYCNOPHYLACTIC_STEPS);
	while (limit > 0 && step < TB_PYCNOPHYLACTIC_STEPS && take_step(&w, people, relaxation) >= limit)
		tb_progress("pycnophylactic, steps of at most", ++step, TB_PYCNOPHYLACTIC_STEPS);
	for (uint32_t i = 0; i < n; i++, tb_step())
		people[i] = ldexp(people[i], exponent);
	tb_free(w.neighbour);
	tb_free(w.total);
	tb_free(w.cells);
	tb_free(w.next);
	tb_free(w.sum);
	return step < TB_PYCNOPHYLACTIC_STEPS ? TB_OK : TB_NOT_CONVERGED;
}
