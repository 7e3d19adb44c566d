/* settlement.c -- degree of urbanisation of grid cells
 *
 * All thresholds are inclusive. Density is population over land area. Order: centres are found, smoothed, then their gaps are filled.
 */
#include "settlement.h"

#include <math.h>
#include <string.h>

#include "../base/dd.h"
#include "../base/step.h"

#define DENSE 1500.0 /* persons per km2 of land */
#define MODERATE 300.0
#define LOW 50.0
#define CENTRE_SIZE 50000.0 /* persons */
#define CLUSTER_SIZE 5000.0
#define RURAL_CLUSTER_SIZE 500.0
#define GAP 15.0 /* km2: smaller holes in a centre are filled */

const TbSettlementRules tb_settlement_rules[TB_SETTLEMENT_RULES] = {
	{"eurostat_2021", 0.20, TB_MAJORITY_R2023A, 300, 5000, true, 3, false},
	{"eurostat_2024", 0.20, TB_MAJORITY_R2023A, 900, 2500, false, 2, true},
	{"ghsl_r2022a", 0.50, TB_MAJORITY_R2022A, 300, 5000, true, 3, false},
	{"ghsl_r2023a", 0.20, TB_MAJORITY_R2023A, 300, 5000, true, 3, false},
};

static double density(const TbCells *cells, uint32_t i)
{
	double people = cells->population[i];

	return people == 0 ? 0 : people / (cells->land[i] * cells->area); /* people on no land: infinitely dense */
}

static bool is_water(const TbCells *cells, uint32_t i)
{
	return cells->land[i] < 0.5 && cells->population[i] == 0 && cells->built[i] == 0;
}

/* 500 people make a rural cluster where they live close together. On a grid of 1 km they nearly always have a cell of 50 somewhere: in one of 37,000
 * windows of 36 to 900 cells of the Belgian grid they have not. */
TbCellDoubt tb_settlement_doubt(const TbCells *cells, double *people)
{
	TbDd sum = {0, 0};

	if (cells->grid.n > 1 && !tb_grid_touches(&cells->grid))
		return TB_CELLS_APART;
	for (uint32_t i = 0; i < cells->grid.n; i++, tb_step()) {
		if (density(cells, i) >= LOW)
			return TB_CELLS_PLAUSIBLE;
		sum = tb_dd_add_d(sum, cells->population[i]);
	}
	*people = tb_dd_value(sum);
	return *people >= RURAL_CLUSTER_SIZE ? TB_CELLS_THIN : TB_CELLS_PLAUSIBLE;
}

/* A set of clusters and their populations */
typedef struct Clusters {
	uint32_t *of; /* [cells] TB_NO_CELL where the cell is in none */
	double *people;
	uint32_t n;
} Clusters;

/* Clusters of the cells of at least this density, or this built-up share of their land */
static Clusters clusters(const TbCells *cells, double least, double built, bool queen)
{
	uint32_t n = cells->grid.n;
	Clusters c = {tb_alloc((size_t)n * sizeof(uint32_t)), NULL, 0};
	uint8_t *member = tb_alloc(n);

	for (uint32_t i = 0; i < n; i++) {
		member[i] = density(cells, i) >= least || (isfinite(built) && cells->land[i] > 0 && cells->built[i] / cells->land[i] >= built);
		tb_step();
	}
	c.n = tb_grid_clusters(&cells->grid, member, queen, c.of);
	tb_free(member);
	c.people = tb_grid_sums(&cells->grid, c.of, c.n, cells->population);
	return c;
}

static double people_of(const Clusters *c, uint32_t i)
{
	return c->of[i] == TB_NO_CELL ? -1 : c->people[c->of[i]];
}

static void drop(Clusters *c)
{
	tb_free(c->of);
	tb_free(c->people);
}

/* The centre that most neighbours belong to, if the majority rule says that the cell joins it */
static uint32_t majority_centre(const TbCells *cells, TbMajority majority, const uint32_t *centre, uint32_t i)
{
	uint32_t neighbour[8];
	int valid = 8, most = 0;
	uint32_t best = TB_NO_CELL;

	tb_grid_neighbours(&cells->grid, i, neighbour);
	for (int k = 0; k < 8; k++) {
		uint32_t at = neighbour[k];
		int votes = 0;

		if (at == TB_NO_CELL) /* beyond the data: valid, and of no centre */
			continue;
		if (cells->population[at] == 0 && cells->land[at] < 0.5)
			valid--;
		if (centre[at] == TB_NO_CELL)
			continue;
		for (int j = 0; j < 8; j++)
			votes += neighbour[j] != TB_NO_CELL && centre[neighbour[j]] == centre[at];
		if (votes > most) {
			most = votes;
			best = centre[at];
		}
	}
	if (majority == TB_MAJORITY_R2022A)
		return most >= 5 ? best : TB_NO_CELL;
	return 2 * most > valid ? best : TB_NO_CELL;
}

typedef struct Worklist {
	uint32_t *cell;
	uint8_t *waiting;
	uint32_t n;
} Worklist;

/* Queues the neighbours of a centre's cell that are in no centre yet */
static void queue_around(const TbCells *cells, Worklist *list, const uint32_t *centre, uint32_t i)
{
	uint32_t neighbour[8];

	tb_grid_neighbours(&cells->grid, i, neighbour);
	for (int k = 0; k < 8; k++)
		if (neighbour[k] != TB_NO_CELL && centre[neighbour[k]] == TB_NO_CELL && !list->waiting[neighbour[k]]) {
			list->waiting[neighbour[k]] = 1;
			list->cell[list->n++] = neighbour[k];
		}
}

/* A majority is of one centre only, and votes never go back, so the fixed point does not depend on the order of the list. Neighbours that have no
 * people and little land, as most of a centre's own water, still vote if they are in the centre. */
void tb_settlement_smooth(const TbCells *cells, TbMajority majority, uint32_t *centre)
{
	uint32_t n = cells->grid.n;
	Worklist list = {tb_alloc((size_t)n * sizeof(uint32_t)), tb_alloc_zero(n, 1), 0};

	for (uint32_t i = 0; i < n; i++) {
		if (centre[i] != TB_NO_CELL)
			queue_around(cells, &list, centre, i);
		tb_step();
	}
	while (list.n > 0) {
		uint32_t i = list.cell[--list.n], joined;

		list.waiting[i] = 0;
		tb_step();
		if (majority == TB_MAJORITY_R2023A && is_water(cells, i))
			continue;
		joined = majority_centre(cells, majority, centre, i);
		if (joined == TB_NO_CELL)
			continue;
		centre[i] = joined;
		queue_around(cells, &list, centre, i);
	}
	tb_free(list.cell);
	tb_free(list.waiting);
}

/* Cells by edges that are in no centre, as far as they have been followed */
typedef struct Gap {
	uint32_t *cell;
	uint8_t *seen;
	uint32_t n, centre; /* the one that surrounds them */
	bool open;          /* they reach the edge of the data, another centre, or 15 km2 */
} Gap;

enum { UNSEEN, IN_GAP, IN_OPEN_GAP };

static void follow(const uint32_t *centre, uint32_t at, Gap *gap)
{
	if (at == TB_NO_CELL || gap->seen[at] == IN_OPEN_GAP)
		gap->open = true;
	else if (centre[at] != TB_NO_CELL)
		gap->open |= centre[at] != gap->centre;
	else if (gap->seen[at] == UNSEEN) {
		gap->seen[at] = IN_GAP;
		gap->cell[gap->n++] = at;
	}
}

/* The gap beside a centre's cell. An open one is left as soon as it shows: whoever meets its cells again knows enough. */
static void fill_from(const TbCells *cells, uint32_t *centre, uint32_t first, uint32_t surrounding, Gap *gap)
{
	uint32_t neighbour[8];

	gap->n = 0;
	gap->centre = surrounding;
	gap->open = false;
	follow(centre, first, gap);
	for (uint32_t i = 0; i < gap->n && !gap->open; i++) {
		tb_grid_neighbours(&cells->grid, gap->cell[i], neighbour);
		for (int k = 0; k < 4; k++)
			follow(centre, neighbour[k], gap);
		gap->open |= !(gap->n * cells->area < GAP);
		tb_step();
	}
	for (uint32_t i = 0; i < gap->n; i++, tb_step())
		if (gap->open)
			gap->seen[gap->cell[i]] = IN_OPEN_GAP;
		else
			centre[gap->cell[i]] = surrounding;
}

void tb_settlement_fill(const TbCells *cells, uint32_t *centre)
{
	uint32_t n = cells->grid.n, neighbour[8];
	Gap gap = {.cell = tb_alloc((size_t)n * sizeof(uint32_t)), .seen = tb_alloc_zero(n, 1)};

	for (uint32_t i = 0; i < n; i++) {
		tb_step();
		if (centre[i] == TB_NO_CELL)
			continue;
		tb_grid_neighbours(&cells->grid, i, neighbour);
		for (int k = 0; k < 4; k++)
			if (neighbour[k] != TB_NO_CELL && centre[neighbour[k]] == TB_NO_CELL && gap.seen[neighbour[k]] == UNSEEN)
				fill_from(cells, centre, neighbour[k], centre[i], &gap);
	}
	tb_free(gap.cell);
	tb_free(gap.seen);
}

/* Smoothed and filled, from the dense clusters that are large enough */
static uint32_t *centres(const TbCells *cells, const TbSettlementRules *rules, const Clusters *dense)
{
	uint32_t n = cells->grid.n, *centre = tb_alloc((size_t)n * sizeof(uint32_t));

	for (uint32_t i = 0; i < n; i++, tb_step())
		centre[i] = people_of(dense, i) >= CENTRE_SIZE ? dense->of[i] : TB_NO_CELL;
	tb_settlement_smooth(cells, rules->majority, centre);
	tb_settlement_fill(cells, centre);
	return centre;
}

/* Which semi-dense clusters have a cell near a dense one? They are suburbs of it, as a whole. */
static uint8_t *near_dense(const TbCells *cells, const TbSettlementRules *rules, const Clusters *semi_dense, const int16_t *code)
{
	uint32_t n = cells->grid.n, *dense = tb_alloc((size_t)n * sizeof(uint32_t)), dense_cells = 0;
	uint8_t *near = tb_alloc_zero(semi_dense->n, 1);

	for (uint32_t i = 0; i < n; i++, tb_step())
		if (code[i] >= 23)
			dense[dense_cells++] = i;
	for (uint32_t i = 0; i < n; i++) {
		tb_steps(4);
		if (people_of(semi_dense, i) >= rules->semi_dense_size && !near[semi_dense->of[i]])
			near[semi_dense->of[i]] = tb_grid_near(&cells->grid, i, dense, dense_cells, rules->semi_dense_distance);
	}
	tb_free(dense);
	return near;
}

/* 30 and 23, 0 elsewhere */
static void paint_dense(const TbCells *cells, const TbSettlementRules *rules, int16_t *code)
{
	Clusters dense = clusters(cells, DENSE, rules->built, false);
	uint32_t *centre = centres(cells, rules, &dense);

	for (uint32_t i = 0; i < cells->grid.n; i++, tb_step())
		code[i] = centre[i] != TB_NO_CELL ? 30 : people_of(&dense, i) >= CLUSTER_SIZE ? 23 : 0;
	tb_free(centre);
	drop(&dense);
}

static int16_t sparse_code(const TbCells *cells, uint32_t i, double cluster_people)
{
	if (cluster_people >= CLUSTER_SIZE)
		return 21;
	if (cluster_people >= RURAL_CLUSTER_SIZE)
		return 13;
	return density(cells, i) >= LOW ? 12 : is_water(cells, i) ? 10 : 11;
}

void tb_settlement_class(const TbCells *cells, const TbSettlementRules *rules, int16_t *code)
{
	Clusters moderate = clusters(cells, MODERATE, INFINITY, true), semi_dense = moderate;
	bool same = rules->semi_dense == MODERATE && rules->semi_dense_queen;
	uint8_t *near;

	if (!same)
		semi_dense = clusters(cells, rules->semi_dense, INFINITY, rules->semi_dense_queen);
	paint_dense(cells, rules, code);
	near = near_dense(cells, rules, &semi_dense, code);
	for (uint32_t i = 0; i < cells->grid.n; i++) {
		if (code[i] == 0)
			code[i] =
				people_of(&semi_dense, i) >= rules->semi_dense_size && !near[semi_dense.of[i]] ? 22 : sparse_code(cells, i, people_of(&moderate, i));
		tb_step();
	}
	tb_free(near);
	drop(&moderate);
	if (!same)
		drop(&semi_dense);
}

void tb_settlement_class_level1(const TbCells *cells, const TbSettlementRules *rules, int16_t *code)
{
	Clusters dense = clusters(cells, DENSE, rules->built, false), moderate = clusters(cells, MODERATE, INFINITY, true);
	uint32_t *centre = centres(cells, rules, &dense);

	for (uint32_t i = 0; i < cells->grid.n; i++, tb_step())
		code[i] = centre[i] != TB_NO_CELL ? 3 : people_of(&moderate, i) >= CLUSTER_SIZE ? 2 : !is_water(cells, i);
	tb_free(centre);
	drop(&dense);
	drop(&moderate);
}

TbStatus tb_settlement_built(const TbCells *cells, double least, double size, bool queen, double *share)
{
	Clusters c = clusters(cells, least, INFINITY, queen);
	TbDd sum = tb_dd(0);
	uint64_t counted = 0;

	for (uint32_t i = 0; i < cells->grid.n; i++, tb_step())
		if (people_of(&c, i) >= size) {
			sum = tb_dd_add_d(sum, cells->built[i]);
			counted++;
		}
	drop(&c);
	if (counted == 0)
		return TB_UNDEFINED;
	*share = tb_dd_value(sum) / counted;
	return isfinite(*share) ? TB_OK : TB_OUT_OF_RANGE;
}

int tb_settlement_whole(double number)
{
	return number >= 0 && number <= INT16_MAX && floor(number) == number ? (int)number : -1;
}

int tb_settlement_level1(int code)
{
	if (code == 30)
		return 3;
	if (code >= 21 && code <= 23)
		return 2;
	if (code >= 11 && code <= 13)
		return 1;
	return code == 10 ? 0 : -1;
}
