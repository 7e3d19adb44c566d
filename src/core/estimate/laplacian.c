/* laplacian.c -- nodes by the number of their neighbours, edges as pairs of halves that move from node to node */
#include "laplacian.h"

#include <stdbool.h>
#include <string.h>

#include "../base/step.h"
#include "../base/random.h"

#define NONE UINT32_MAX
#define MOST 255 /* neighbours that are told apart: nodes with more wait in one line */

/* Edge k has the halves 2k and 2k + 1, each in the list of the node that it leaves and pointing to the other; weight 0: gone */
typedef struct Graph {
	uint32_t *head, *next, *to;
	double *weight;
	uint32_t *degree, *before, *after; /* nodes of one degree in a line */
	uint32_t line[MOST + 1], least;
	uint32_t *seen; /* place among the neighbours of the node at hand */
} Graph;

static uint32_t line_of(const Graph *g, uint32_t v)
{
	return g->degree[v] < MOST ? g->degree[v] : MOST;
}

static void enter(Graph *g, uint32_t v)
{
	uint32_t k = line_of(g, v);

	g->before[v] = NONE;
	g->after[v] = g->line[k];
	if (g->line[k] != NONE)
		g->before[g->line[k]] = v;
	g->line[k] = v;
	g->least = k < g->least ? k : g->least;
}

static void leave(Graph *g, uint32_t v)
{
	if (g->before[v] == NONE)
		g->line[line_of(g, v)] = g->after[v];
	else
		g->after[g->before[v]] = g->after[v];
	if (g->after[v] != NONE)
		g->before[g->after[v]] = g->before[v];
}

static void change_degree(Graph *g, uint32_t v, int by)
{
	leave(g, v);
	g->degree[v] += (uint32_t)by;
	enter(g, v);
}

static void put_half(Graph *g, uint32_t half, uint32_t node, uint32_t to, double weight)
{
	g->next[half] = g->head[node];
	g->head[node] = half;
	g->to[half] = to;
	g->weight[half] = weight;
}

static Graph graph_of(size_t n, uint32_t nodes, const uint32_t *a, uint32_t first, const uint32_t *b, const double *weight)
{
	Graph g = {.least = MOST};

	g.head = tb_alloc(nodes * sizeof(uint32_t));
	g.degree = tb_alloc_zero(nodes, sizeof(uint32_t));
	g.before = tb_alloc(nodes * sizeof(uint32_t));
	g.after = tb_alloc(nodes * sizeof(uint32_t));
	g.seen = tb_alloc(nodes * sizeof(uint32_t));
	g.next = tb_alloc(2 * n * sizeof(uint32_t));
	g.to = tb_alloc(2 * n * sizeof(uint32_t));
	g.weight = tb_alloc(2 * n * sizeof(double));
	memset(g.head, 0xff, nodes * sizeof(uint32_t));
	memset(g.seen, 0xff, nodes * sizeof(uint32_t));
	memset(g.line, 0xff, sizeof(g.line));
	for (size_t i = 0; i < n; i++, tb_step()) {
		uint32_t u = a[i], v = first + b[i];
		double w = weight ? weight[i] : 1;

		put_half(&g, (uint32_t)(2 * i), u, v, w);
		put_half(&g, (uint32_t)(2 * i + 1), v, u, w);
		g.degree[u]++;
		g.degree[v]++;
	}
	for (uint32_t v = nodes; v-- > 0; tb_step())
		enter(&g, v);
	return g;
}

/* A neighbour of the node at hand: by which half of it, the weight of all edges to it, and of those behind in the line */
typedef struct Neighbour {
	uint32_t node, half;
	double weight, rest;
} Neighbour;

/* Neighbours, each once; second edges to one go */
static uint32_t collect(Graph *g, uint32_t v, Neighbour *list)
{
	uint32_t n = 0;

	for (uint32_t half = g->head[v]; half != NONE; half = g->next[half], tb_step()) {
		uint32_t u = g->to[half];

		if (g->weight[half] == 0)
			continue;
		if (g->seen[u] == NONE) {
			g->seen[u] = n;
			list[n++] = (Neighbour){u, half, g->weight[half], 0};
			continue;
		}
		list[g->seen[u]].weight += g->weight[half];
		g->weight[half ^ 1] = 0;
		change_degree(g, u, -1);
	}
	for (uint32_t i = 0; i < n; i++)
		g->seen[list[i].node] = NONE;
	return n;
}

static bool lighter(const Neighbour *a, const Neighbour *b)
{
	return a->weight != b->weight ? a->weight < b->weight : a->node < b->node;
}

/* Heap sort, the lightest first: no worst case */
static void sift(Neighbour *list, uint32_t at, uint32_t n)
{
	Neighbour moved = list[at];

	for (uint32_t child; (child = 2 * at + 1) < n; at = child, tb_step()) {
		child += child + 1 < n && lighter(list + child, list + child + 1);
		if (!lighter(&moved, list + child))
			break;
		list[at] = list[child];
	}
	list[at] = moved;
}

static void sort(Neighbour *list, uint32_t n)
{
	for (uint32_t i = n / 2; i-- > 0;)
		sift(list, i, n);
	for (uint32_t i = n; i-- > 1;) {
		Neighbour swap = list[0];

		list[0] = list[i];
		list[i] = swap;
		sift(list, 0, i);
	}
}

/* One of the neighbours behind i, with their weights as chances */
static uint32_t draw(const Neighbour *list, uint32_t i, uint32_t n, uint64_t *random)
{
	double at = (double)(tb_random_bits(random) >> 11) * 0x1p-53 * list[i].rest;
	uint32_t low = i + 1, high = n - 1;

	/* what stands behind falls from list[i].rest to 0: the first j whose own rest is not above what is left */
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (list[middle].rest <= at)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static void eliminate(Graph *g, Neighbour *list, uint32_t n, uint64_t *random)
{
	double total = list[0].weight + list[0].rest;

	for (uint32_t i = 0; i + 1 < n; i++, tb_step()) {
		uint32_t other = list[draw(list, i, n, random)].node, half = list[i].half;
		double weight = list[i].weight * (list[i].rest / total);

		g->to[half ^ 1] = other;
		g->weight[half ^ 1] = weight;
		put_half(g, half, other, list[i].node, weight);
		change_degree(g, other, 1);
	}
	g->weight[list[n - 1].half ^ 1] = 0;
	change_degree(g, list[n - 1].node, -1);
}

static void keep(TbLaplacian *f, uint32_t v, const Neighbour *list, uint32_t n)
{
	size_t at = f->from[f->done];

	if (at + n > f->room) {
		size_t room = 2 * (at + n);
		uint32_t *to = tb_alloc(room * sizeof(uint32_t));
		double *share = tb_alloc(room * sizeof(double));

		memcpy(to, f->to, at * sizeof(uint32_t));
		memcpy(share, f->share, at * sizeof(double));
		tb_free(f->to);
		tb_free(f->share);
		f->to = to;
		f->share = share;
		f->room = room;
	}
	f->total[f->done] = n ? list[0].weight + list[0].rest : 0;
	for (uint32_t i = 0; i < n; i++, tb_step()) {
		f->to[at + i] = list[i].node;
		f->share[at + i] = list[i].weight / f->total[f->done];
	}
	f->order[f->done++] = v;
	f->from[f->done] = at + n;
}

TbLaplacian *tb_laplacian(size_t n, uint32_t nodes, const uint32_t *a, uint32_t first, const uint32_t *b, const double *weight)
{
	TbLaplacian *f;
	Neighbour *list;
	Graph g;
	uint64_t random = 1;

	if (n >= NONE / 2)
		return NULL;
	f = tb_alloc(sizeof(TbLaplacian));
	*f = (TbLaplacian){.nodes = nodes, .room = n + 8};
	f->order = tb_alloc(nodes * sizeof(uint32_t));
	f->total = tb_alloc(nodes * sizeof(double));
	f->from = tb_alloc_zero(nodes + (size_t)1, sizeof(size_t));
	f->to = tb_alloc(f->room * sizeof(uint32_t));
	f->share = tb_alloc(f->room * sizeof(double));
	list = tb_alloc(nodes * sizeof(Neighbour));
	g = graph_of(n, nodes, a, first, b, weight);
	while (f->done < nodes) {
		uint32_t v, found;

		while (g.line[g.least] == NONE)
			g.least++;
		v = g.line[g.least];
		leave(&g, v);
		found = collect(&g, v, list);
		sort(list, found);
		for (uint32_t i = found; i-- > 0;)
			list[i].rest = i + 1 < found ? list[i + 1].rest + list[i + 1].weight : 0;
		keep(f, v, list, found);
		if (found > 0)
			eliminate(&g, list, found, &random);
		tb_step();
	}
	tb_free(list);
	tb_free(g.head);
	tb_free(g.degree);
	tb_free(g.before);
	tb_free(g.after);
	tb_free(g.seen);
	tb_free(g.next);
	tb_free(g.to);
	tb_free(g.weight);
	return f;
}

void tb_laplacian_solve(const TbLaplacian *f, double *x)
{
	for (uint32_t k = 0; k < f->nodes; k++) {
		double here = x[f->order[k]];

		for (size_t i = f->from[k]; i < f->from[k + 1]; i++, tb_step())
			x[f->to[i]] += f->share[i] * here;
		x[f->order[k]] = f->total[k] > 0 ? here / f->total[k] : 0;
	}
	for (uint32_t k = f->nodes; k-- > 0;) {
		double sum = x[f->order[k]];

		for (size_t i = f->from[k]; i < f->from[k + 1]; i++, tb_step())
			sum += f->share[i] * x[f->to[i]];
		x[f->order[k]] = sum;
	}
}

void tb_laplacian_free(TbLaplacian *f)
{
	if (!f)
		return;
	tb_free(f->order);
	tb_free(f->total);
	tb_free(f->from);
	tb_free(f->to);
	tb_free(f->share);
	tb_free(f);
}
