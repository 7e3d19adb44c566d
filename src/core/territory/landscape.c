/* landscape.c -- metrics of a class map, run by run */
#include "landscape.h"

#include <math.h>
#include <string.h>

#include "../base/dd.h"
#include "../base/disjoint_set.h"
#include "../base/step.h"

/* Runs with what they make up */
typedef struct Patches {
	const TbClassMap *map;
	uint32_t *kind;      /* class of a run, as an index */
	uint32_t *patch;     /* parents of a disjoint set: the root is the first run of the patch */
	uint64_t *perimeter; /* of the run until patches are summed, then of the patch at its root */
	uint64_t *cells;     /* the same */
	size_t classes;
	int32_t *class;
	uint64_t *joins; /* [classes * classes], pairs of cells once, in both directions where classes differ */
} Patches;

static uint64_t root_of(uint64_t n)
{
	uint64_t root = (uint64_t)sqrt((double)n);

	while (root * root > n)
		root--;
	while ((root + 1) * (root + 1) <= n)
		root++;
	return root;
}

double tb_least_perimeter(uint64_t cells)
{
	uint64_t side = root_of(cells), rest = cells - side * side;

	return 4 * (double)side + (rest == 0 ? 0 : rest <= side ? 2 : 4);
}

double tb_most_joins(uint64_t cells)
{
	uint64_t side = root_of(cells), rest = cells - side * side;

	return 2 * (double)side * ((double)side - 1) + (rest == 0 ? 0 : 2 * (double)rest - (rest <= side ? 1 : 2));
}

/* Position of a class in the ascending list, or where it belongs */
static size_t find_class(const int32_t *class, size_t n, int32_t wanted)
{
	size_t from = 0, to = n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (class[middle] < wanted)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static bool list_classes(Patches *p)
{
	p->class = tb_alloc((TB_LANDSCAPE_CLASSES + 1) * sizeof(int32_t));
	for (size_t i = 0; i < p->map->runs; i++, tb_step()) {
		int32_t class = p->map->run[i].class;
		size_t at = find_class(p->class, p->classes, class);

		if (at < p->classes && p->class[at] == class)
			continue;
		if (p->classes == TB_LANDSCAPE_CLASSES)
			return false;
		memmove(p->class + at + 1, p->class + at, (p->classes - at) * sizeof(int32_t));
		p->class[at] = class;
		p->classes++;
	}
	for (size_t i = 0; i < p->map->runs; i++, tb_step())
		p->kind[i] = (uint32_t)find_class(p->class, p->classes, p->map->run[i].class);
	return true;
}

static void add_joins(Patches *p, size_t a, size_t b, uint64_t n)
{
	uint32_t i = p->kind[a], j = p->kind[b];

	p->joins[i * p->classes + j] += n;
	if (i != j)
		p->joins[j * p->classes + i] += n;
}

/* Run i of a row and run k of the row below */
static void meet(Patches *p, size_t i, size_t k)
{
	const TbClassRun *a = &p->map->run[i], *b = &p->map->run[k];
	int64_t common = (int64_t)(a->last < b->last ? a->last : b->last) - (a->first > b->first ? a->first : b->first) + 1;

	if (common > 0) {
		add_joins(p, i, k, (uint64_t)common);
		if (p->kind[i] == p->kind[k])
			p->perimeter[i] -= 2 * (uint64_t)common;
	}
	if (p->kind[i] == p->kind[k] && (common > 0 || p->map->queen))
		tb_disjoint_join(p->patch, (uint32_t)k, (uint32_t)i);
}

/* Rows start .. end and below .. start: both are walked from west to east */
static void meet_rows(Patches *p, size_t below, size_t start, size_t end)
{
	const TbClassRun *run = p->map->run;
	int64_t reach = p->map->queen ? 1 : 0;
	size_t from = below;

	for (size_t i = start; i < end; i++, tb_step()) {
		while (from < start && run[from].last < run[i].first - reach) {
			from++;
			tb_step();
		}
		for (size_t k = from; k < start && run[k].first <= run[i].last + reach; k++, tb_step())
			meet(p, i, k);
	}
}

/* A run's own cells, and the run before it in its row */
static void begin_run(Patches *p, size_t i)
{
	const TbClassRun *run = &p->map->run[i];
	uint64_t cells = (uint64_t)((int64_t)run->last - run->first) + 1;

	p->cells[i] = cells;
	p->perimeter[i] = 2 * cells + 2;
	p->joins[p->kind[i] * p->classes + p->kind[i]] += cells - 1;
	if (i > 0 && run[-1].y == run->y && (int64_t)run[-1].last + 1 == run->first)
		add_joins(p, i - 1, i, 1);
}

static void walk(Patches *p)
{
	const TbClassRun *run = p->map->run;
	size_t n = p->map->runs, below = 0;

	tb_disjoint_begin(p->patch, (uint32_t)n);
	for (size_t start = 0, end; start < n; below = start, start = end) {
		for (end = start; end < n && run[end].y == run[start].y; end++, tb_step())
			begin_run(p, end);
		if (start > 0 && (int64_t)run[below].y + 1 == run[start].y)
			meet_rows(p, below, start, end);
	}
	/* a root lies before its runs */
	for (size_t i = 0; i < n; i++, tb_step()) {
		uint32_t root = tb_disjoint_root(p->patch, (uint32_t)i);

		if (root != i) {
			p->cells[root] += p->cells[i];
			p->perimeter[root] += p->perimeter[i];
		}
	}
}

typedef struct Sums {
	TbDd square, shape;
} Sums;

static void add_patch(Sums *s, uint64_t cells, double shape)
{
	s->square = tb_dd_add(s->square, tb_two_product((double)cells, (double)cells));
	s->shape = tb_dd_add_d(s->shape, shape);
}

static void add_patches(const Patches *p, TbLandscape *l, Sums *sums, Sums *all)
{
	for (size_t i = 0; i < p->map->runs; i++, tb_step()) {
		TbClassMetric *c = &l->class[p->kind[i]];
		double shape;

		if (p->patch[i] != i)
			continue;
		shape = (double)p->perimeter[i] / tb_least_perimeter(p->cells[i]);
		c->patches++;
		c->cells += p->cells[i];
		c->largest = p->cells[i] > c->largest ? p->cells[i] : c->largest;
		add_patch(&sums[p->kind[i]], p->cells[i], shape);
		add_patch(all, p->cells[i], shape);
	}
}

static void finish_class(const Patches *p, TbLandscape *l, size_t i, const Sums *sums)
{
	TbClassMetric *c = &l->class[i];
	double size = p->map->cell_size, cells = (double)l->cells;

	c->class = p->class[i];
	c->like = p->joins[i * p->classes + i];
	for (size_t j = 0; j < p->classes; j++, tb_step())
		c->edges += j == i ? 0 : p->joins[i * p->classes + j];
	l->edges += c->edges;
	c->area = (double)c->cells * size * size;
	c->share = (double)c->cells / cells;
	c->largest_patch_index = 100 * ((double)c->largest / cells);
	c->mean_patch_area = (double)c->cells / (double)c->patches * size * size;
	c->effective_mesh_size = tb_dd_value(sums->square) / cells * size * size;
	c->edge_length = (double)c->edges * size;
	c->edge_density = (double)c->edges / cells / size;
	c->mean_shape_index = tb_dd_value(sums->shape) / (double)c->patches;
	c->aggregation_index = c->cells > 1 ? 100 * ((double)c->like / tb_most_joins(c->cells)) : NAN;
}

static void finish_landscape(const Patches *p, TbLandscape *l, const Sums *all)
{
	double size = p->map->cell_size, cells = (double)l->cells;

	l->edges /= 2;
	l->area = cells * size * size;
	l->largest_patch_index = 100 * ((double)l->largest / cells);
	l->effective_mesh_size = tb_dd_value(all->square) / cells * size * size;
	l->edge_length = (double)l->edges * size;
	l->edge_density = (double)l->edges / cells / size;
	l->mean_patch_area = cells / (double)l->patches * size * size;
	l->mean_shape_index = tb_dd_value(all->shape) / (double)l->patches;
}

/* sum over j of p ln p for the cells next to those of class i, p their part of its share */
static TbDd neighbour_terms(const Patches *p, const TbClassMetric *c, size_t i)
{
	TbDd sum = {0, 0};
	double total = 2 * (double)c->like + (double)c->edges;

	for (size_t j = 0; j < p->classes; j++, tb_step()) {
		double joins = (double)p->joins[i * p->classes + j] * (j == i ? 2 : 1);

		if (joins > 0)
			sum = tb_dd_add_d(sum, c->share * (joins / total) * log(c->share * (joins / total)));
	}
	return sum;
}

static void diversity(const Patches *p, TbLandscape *l)
{
	TbDd entropy = {0, 0}, concentration = {0, 0}, neighbours = {0, 0}, aggregation = {0, 0};
	double even = log((double)l->classes);

	for (size_t i = 0; i < l->classes; i++, tb_step()) {
		const TbClassMetric *c = &l->class[i];

		entropy = tb_dd_add_d(entropy, -c->share * log(c->share));
		/* 1 - sum P^2 as sum P (1 - P): no digits lost where one class is nearly all */
		concentration = tb_dd_add_d(concentration, c->share * ((double)(l->cells - c->cells) / (double)l->cells));
		neighbours = tb_dd_add(neighbours, neighbour_terms(p, c, i));
		aggregation = tb_dd_add_d(aggregation, isnan(c->aggregation_index) ? 0 : c->share * c->aggregation_index);
	}
	l->shannon_diversity = l->classes > 1 ? tb_dd_value(entropy) : 0;
	l->simpson_diversity = tb_dd_value(concentration);
	l->aggregation_index = tb_dd_value(aggregation);
	l->shannon_evenness = l->classes > 1 ? fmin(1, tb_dd_value(entropy) / even) : NAN;
	l->contagion = l->classes > 1 ? 100 * (1 + tb_dd_value(neighbours) / (2 * even)) : NAN;
}

static void measure(const Patches *p, TbLandscape *l)
{
	Sums *sums = tb_alloc_zero(p->classes, sizeof(Sums)), all = {{0, 0}, {0, 0}};

	l->classes = p->classes;
	l->class = tb_alloc_zero(p->classes, sizeof(TbClassMetric));
	add_patches(p, l, sums, &all);
	for (size_t i = 0; i < l->classes; i++, tb_step()) {
		l->cells += l->class[i].cells;
		l->patches += l->class[i].patches;
		l->largest = l->class[i].largest > l->largest ? l->class[i].largest : l->largest;
	}
	for (size_t i = 0; i < l->classes; i++)
		finish_class(p, l, i, &sums[i]);
	finish_landscape(p, l, &all);
	diversity(p, l);
	tb_free(sums);
}

TbStatus tb_landscape(const TbClassMap *map, TbLandscape *l)
{
	Patches p = {.map = map};
	double square = map->cell_size * map->cell_size;

	*l = (TbLandscape){0};
	p.kind = tb_alloc(map->runs * sizeof(uint32_t));
	if (!list_classes(&p))
		return TB_TOO_LARGE;
	p.patch = tb_alloc(map->runs * sizeof(uint32_t));
	p.cells = tb_alloc(map->runs * sizeof(uint64_t));
	p.perimeter = tb_alloc(map->runs * sizeof(uint64_t));
	p.joins = tb_alloc_zero(p.classes * p.classes, sizeof(uint64_t));
	walk(&p);
	measure(&p, l);
	tb_free(p.kind);
	tb_free(p.patch);
	tb_free(p.cells);
	tb_free(p.perimeter);
	tb_free(p.joins);
	return square > 0 && isfinite(l->area) && isfinite(l->effective_mesh_size) && isfinite(l->edge_density) && isfinite(l->edge_length)
			   ? TB_OK
			   : TB_OUT_OF_RANGE;
}
