/* local_bandwidth.c -- the search for the bandwidth of a local regression */
#include <math.h>

#include "../base/host.h"
#include "../base/step.h"
#include "local_regression.h"

#define SCANNED 12
#define ROOM 80     /* golden section from a ratio of 100 to 1e-5 takes 34 */
#define STEADY 1e-5 /* of a distance */
#define GOLDEN 0.381966011250105151795
#define TAIL 0.25 /* a gaussian of a quarter of the reach has weight e^-8 at its end */

/* Positions are logarithms of distances, or numbers of neighbours */
typedef struct Search {
	TbGwr *g;
	TbGwrSearch *found;
} Search;

static double bandwidth_at(const TbGwr *g, double at)
{
	return g->adaptive ? at : ldexp(exp(at), g->place_exponent);
}

/* The criterion at a position, infinite where it is not determined; remembered */
static double trial(Search *s, double at)
{
	TbGwrSearch *f = s->found;
	double bandwidth = bandwidth_at(s->g, at), value, best;
	TbGwrFit fit;

	for (int i = 0; i < f->trials; i++)
		if (f->bandwidth[i] == bandwidth)
			return isnan(f->value[i]) ? INFINITY : f->value[i];
	tb_progress("bandwidth, trials", f->trials, ROOM / 2);
	fit = tb_gwr_at(s->g, bandwidth);
	value = tb_gwr_value(s->g, &fit);
	f->bandwidth[f->trials] = bandwidth;
	f->value[f->trials++] = value;
	if (isnan(value))
		return INFINITY;
	best = tb_gwr_value(s->g, &f->best);
	if (!(value > best) && (value != best || bandwidth > f->best.bandwidth))
		f->best = fit;
	return value;
}

/* The narrowest distance at which every point has p other rows within reach, and the largest of all; false where all rows are at one place */
static bool range_of_distances(TbGwr *g, double *low, double *high)
{
	size_t rows = g->p + 2 < g->n ? g->p + 2 : g->n;
	double least = INFINITY, reach = 0;

	*high = 0;
	for (size_t i = 0; i < g->n; i++) {
		tb_gwr_distances(g, i);
		for (size_t j = 0; j < g->n; j++, tb_step()) {
			*high = fmax(*high, g->apart[j]);
			if (g->apart[j] > 0)
				least = fmin(least, g->apart[j]);
		}
		reach = fmax(reach, tb_gwr_nearest(g, rows));
	}
	*low = fmax(g->kernel == TB_GAUSSIAN ? TAIL * reach : reach, least);
	return *high > 0;
}

/* A point between a and b, nearer to a; a whole number of neighbours strictly between them where there is one */
static double golden(const TbGwr *g, double a, double b)
{
	double at = a + GOLDEN * (b - a);

	if (!g->adaptive)
		return at;
	at = rint(at);
	return at == a && fabs(b - a) > 1 ? a + (b > a ? 1 : -1) : at;
}

/* a < b < c with the least criterion of the three at b */
static void close_in(Search *s, double a, double b, double c, double value)
{
	double tolerance = s->g->adaptive ? 1 : STEADY;

	while (s->found->trials < ROOM && (b - a > tolerance || c - b > tolerance)) {
		bool right = c - b > b - a;
		double at = golden(s->g, b, right ? c : a), there = trial(s, at);

		if (there < value || (there == value && right)) {
			*(right ? &a : &c) = b;
			b = at;
			value = there;
		} else
			*(right ? &c : &a) = at;
	}
}

/* Equal ratios from low to high; gives the number, less where whole numbers coincide */
static int scan_positions(const TbGwr *g, double low, double high, double *at)
{
	int n = 0;

	for (int i = 0; i < SCANNED; i++) {
		double between = log(low) + (log(high) - log(low)) * i / (SCANNED - 1);

		at[n] = !g->adaptive ? between : i == SCANNED - 1 ? high : rint(exp(between));
		n += n == 0 || at[n] > at[n - 1];
	}
	return n;
}

TbGwrFailure tb_gwr_search(TbGwr *g, TbGwrSearch *f)
{
	double low = g->p + 2, high = (double)g->n, at[SCANNED], value[SCANNED], reach, apart;
	Search s = {g, f};
	int n, best = 0;
	bool apart_at_all = range_of_distances(g, &reach, &apart);

	*f = (TbGwrSearch){.best = {NAN, NAN, NAN, NAN, NAN}, .bandwidth = tb_alloc(ROOM * sizeof(double)), .value = tb_alloc(ROOM * sizeof(double))};
	f->global = tb_gwr_global(g);
	if (!apart_at_all)
		return TB_GWR_ONE_PLACE;
	if (tb_gwr_exact(g, &f->global))
		return TB_GWR_EXACT;
	if (!g->adaptive) {
		low = reach;
		high = 2 * apart;
	}
	n = low <= high ? scan_positions(g, low, high, at) : 0;
	for (int i = 0; i < n; i++) {
		value[i] = trial(&s, at[i]);
		if (value[i] <= value[best])
			best = i;
	}
	if (n == 0 || isinf(value[best]))
		return TB_GWR_UNDETERMINED;
	close_in(&s, at[best > 0 ? best - 1 : 0], at[best], at[best < n - 1 ? best + 1 : n - 1], value[best]);
	if (f->best.bandwidth >= bandwidth_at(g, at[n - 1]) * (1 - 2 * STEADY))
		f->end = TB_GWR_WIDEST;
	else if (f->best.bandwidth <= bandwidth_at(g, at[0]) * (1 + 2 * STEADY))
		f->end = TB_GWR_NARROWEST;
	return TB_GWR_FOUND;
}
