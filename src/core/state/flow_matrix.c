/* flow_matrix.c -- numbering, filling and reading a matrix of flows in a flat block */
#include "flow_matrix.h"

#include <string.h>

#include "../base/assert.h"
#include "../base/step.h"

static bool number_one(uint32_t *number, uint32_t *used, uint32_t room)
{
	if (*number)
		return true;
	if (*used == room)
		return false;
	*number = ++*used;
	return true;
}

bool tb_flow_number(TbState *state, uint64_t key)
{
	TbFlowOpen *open = tb_flow_open(state);

	return number_one(tb_flow_rows(state) + (key >> 32) - 1, &open->used.rows, open->sides.rows) &&
		   number_one(tb_flow_columns(state) + (uint32_t)key - 1, &open->used.columns, open->sides.columns);
}

static uint64_t with_slack(uint64_t n)
{
	return n + n / 32 + 4;
}

/* The zones of so many keys, `step` words apart. It stops when the matrix has more than `most` cells: for few pairs among many zones that is soon. */
typedef struct Count {
	TbFlowSides sides;
	uint64_t zones, most;
	unsigned char *seen;
} Count;

static void count(Count *c, const uint64_t *key, size_t step, uint64_t n)
{
	for (uint64_t i = 0; i < n && with_slack(c->sides.rows) * with_slack(c->sides.columns) <= c->most; i++, tb_step()) {
		uint64_t k = key[i * step];

		if (k) {
			unsigned char *row = c->seen + (k >> 32) - 1, *column = c->seen + c->zones + (uint32_t)k - 1;

			c->sides.rows += !*row;
			c->sides.columns += !*column;
			*row = *column = 1;
		}
	}
}

TbFlowSides tb_flow_sides_for(const TbState *state, const TbFlowPair *more, uint64_t n, uint64_t most)
{
	const TbFlowOpen *open = tb_flow_open(state);
	Count c = {.zones = tb_flow_dictionary(state)->n, .most = most};
	TbFlowSides sides;

	c.seen = tb_alloc_zero(2, c.zones);
	count(&c, &tb_flow_table(state)->key, sizeof(TbFlowCell) / 8, open->slots);
	count(&c, &open->waiting->key, sizeof(TbFlowRow) / 8, TB_FLOW_WAITING);
	if (n > 0)
		count(&c, &more->key, sizeof(TbFlowPair) / 8, n);
	tb_free(c.seen);
	sides = (TbFlowSides){with_slack(c.sides.rows), with_slack(c.sides.columns)};
	return (uint64_t)sides.rows * sides.columns <= most ? sides : (TbFlowSides){0, 0};
}

TbFlowSides tb_flow_packed_sides(const uint64_t *key, uint64_t links, uint64_t zones)
{
	unsigned char *seen = tb_alloc_zero(zones, 1);
	TbFlowSides used = {0, 0};

	TB_ROWS (i, 0, links) {
		unsigned char *column = seen + (uint32_t)key[i];

		used.rows += i == 0 || key[i] >> 32 != key[i - 1] >> 32;
		used.columns += !*column;
		*column = 1;
	}
	tb_free(seen);
	return (TbFlowSides){with_slack(used.rows), with_slack(used.columns)};
}

TbFlowSides tb_flow_longer_sides(const TbState *state)
{
	const TbFlowOpen *open = tb_flow_open(state);
	TbFlowSides sides = open->sides;

	if (open->used.rows == sides.rows)
		sides.rows += sides.rows / 2 + 4;
	if (open->used.columns == sides.columns)
		sides.columns += sides.columns / 2 + 4;
	return sides;
}

static uint32_t *numbered(const TbState *state, const uint32_t *number, uint64_t used)
{
	uint64_t n = tb_flow_dictionary(state)->n;
	uint32_t *index = tb_alloc(used * sizeof(uint32_t));

	for (uint64_t i = 0; i < n; i++, tb_step())
		if (number[i])
			index[number[i] - 1] = i;
	return index;
}

TbFlowWalk tb_flow_walk(const TbState *state)
{
	TbFlowWalk walk = {.state = state};

	if (tb_flow_is_matrix(state)) {
		walk.origin = numbered(state, tb_flow_rows(state), tb_flow_open(state)->used.rows);
		walk.destination = numbered(state, tb_flow_columns(state), tb_flow_open(state)->used.columns);
	}
	return walk;
}

void tb_flow_walk_end(const TbFlowWalk *walk)
{
	tb_free(walk->origin);
	tb_free(walk->destination);
}

static bool next_of_matrix(TbFlowWalk *walk)
{
	const TbFlowOpen *open = tb_flow_open(walk->state);
	const double *low = tb_flow_low(walk->state), *cell = tb_flow_matrix(walk->state);

	for (; walk->row < open->used.rows; walk->row++, walk->column = 0)
		while (walk->column < open->used.columns) {
			uint64_t column = walk->column++, slot = walk->row * (uint64_t)open->sides.columns + column;

			tb_step();
			if (cell[slot] != 0) {
				walk->key = tb_flow_key(walk->origin[walk->row], walk->destination[column]);
				walk->flow = (TbDd){cell[slot], low ? low[slot] : 0};
				return true;
			}
		}
	return false;
}

static bool next_of_table(TbFlowWalk *walk)
{
	const TbFlowCell *cell = tb_flow_table(walk->state);
	const double *low = tb_flow_low(walk->state);
	uint64_t slots = tb_flow_open(walk->state)->slots;

	while (walk->row < slots) {
		uint64_t slot = walk->row++;

		tb_step();
		if (cell[slot].key) {
			walk->key = cell[slot].key;
			walk->flow = (TbDd){cell[slot].hi, low ? low[slot] : 0};
			return true;
		}
	}
	return false;
}

bool tb_flow_next(TbFlowWalk *walk)
{
	return tb_flow_is_matrix(walk->state) ? next_of_matrix(walk) : next_of_table(walk);
}

/* Rows and columns keep their numbers */
static void fill_from_matrix(TbState *to, const TbState *from)
{
	TbFlowOpen *new = tb_flow_open(to);
	const TbFlowOpen *old = tb_flow_open(from);
	const double *low = tb_flow_low(from);
	uint64_t n = tb_flow_dictionary(from)->n, width = old->used.columns * sizeof(double), stride = new->sides.columns;

	new->used = old->used;
	tb_copy(tb_flow_rows(to), tb_flow_rows(from), n * sizeof(uint32_t));
	tb_copy(tb_flow_columns(to), tb_flow_columns(from), n * sizeof(uint32_t));
	for (uint64_t r = 0; r < old->used.rows; r++) {
		memcpy(tb_flow_matrix(to) + r * stride, tb_flow_matrix(from) + r * (uint64_t)old->sides.columns, width);
		if (low)
			memcpy(tb_flow_low(to) + r * stride, low + r * (uint64_t)old->sides.columns, width);
		tb_steps(1 + old->used.columns / 64);
	}
}

void tb_flow_fill(TbState *to, const TbState *from)
{
	TbFlowWalk walk;
	double *low = tb_flow_low(to);

	if (tb_flow_is_matrix(from)) {
		fill_from_matrix(to, from);
		return;
	}
	walk = tb_flow_walk(from);
	while (tb_flow_next(&walk)) {
		bool room = tb_flow_number(to, walk.key);
		uint64_t slot = tb_flow_place(to, walk.key);

		tb_assert(room);
		(void)room;
		tb_flow_matrix(to)[slot] = walk.flow.hi;
		if (low)
			low[slot] = walk.flow.lo;
	}
	tb_flow_walk_end(&walk);
	for (int i = 0; i < TB_FLOW_WAITING; i++)
		if (tb_flow_open(from)->waiting[i].key)
			(void)tb_flow_number(to, tb_flow_open(from)->waiting[i].key);
}

/* One row of a matrix on its way out. A row for which others wait is read from a copy, because a final does not change its state. */
typedef struct Line {
	const double *hi, *lo; /* lo: NULL where all are 0 */
	double *copy_hi, *copy_lo;
} Line;

/* Adds what waits for this origin, in the order of their places */
static void add_waiting(const TbState *state, uint32_t origin, Line *line)
{
	const TbFlowOpen *open = tb_flow_open(state);
	uint64_t width = open->used.columns * sizeof(double);

	for (int i = 0; i < TB_FLOW_WAITING; i++) {
		const TbFlowRow *row = open->waiting + i;
		uint64_t column;
		TbDd sum;

		if (row->key >> 32 != (uint64_t)origin + 1)
			continue;
		if (line->hi != line->copy_hi) {
			memcpy(line->copy_hi, line->hi, width);
			if (line->lo)
				memcpy(line->copy_lo, line->lo, width);
			else
				memset(line->copy_lo, 0, width);
			line->hi = line->copy_hi;
			line->lo = line->copy_lo;
		}
		column = tb_flow_columns(state)[(uint32_t)row->key - 1] - 1;
		sum = line->hi[column] == 0 ? tb_dd(row->flow) : tb_dd_add((TbDd){line->hi[column], line->lo[column]}, tb_dd(row->flow));
		line->copy_hi[column] = sum.hi;
		line->copy_lo[column] = sum.lo;
	}
}

static void put_line(const Line *line, const uint32_t *column, const uint32_t *rank, uint64_t n, uint64_t most, TbFlowLinks *links)
{
	for (uint64_t k = 0; k < n; k++) {
		double hi = line->hi[column[k]], lo = line->lo ? line->lo[column[k]] : 0;

		if (hi == 0)
			continue;
		if (lo != 0 && !links->lo)
			links->lo = tb_alloc_zero(most, sizeof(double));
		if (links->lo)
			links->lo[links->links] = lo;
		links->destination[links->links] = rank[k];
		links->hi[links->links++] = hi;
	}
	tb_steps(n + 1);
}

void tb_flow_links(const TbState *state, const uint32_t *order, TbFlowLinks *links)
{
	const TbFlowOpen *open = tb_flow_open(state);
	uint64_t most = open->pairs + TB_FLOW_WAITING, n = 0;
	uint32_t *column = tb_alloc(open->used.columns * sizeof(uint32_t)), *place = tb_alloc(open->used.columns * sizeof(uint32_t));
	double *copy = tb_alloc(2 * open->used.columns * sizeof(double));

	links->destination = tb_alloc(most * sizeof(uint32_t));
	links->hi = tb_alloc(most * sizeof(double));
	for (uint64_t i = 0; i < links->zones; i++, tb_step())
		if (tb_flow_columns(state)[order[i]]) {
			column[n] = tb_flow_columns(state)[order[i]] - 1;
			place[n++] = i;
		}
	for (uint64_t o = 0; o < links->zones; o++, tb_step()) {
		uint64_t row = tb_flow_rows(state)[order[o]], start = (row - 1) * open->sides.columns;

		if (row) {
			Line line = {tb_flow_matrix(state) + start, tb_flow_low(state) ? tb_flow_low(state) + start : NULL, copy, copy + open->used.columns};

			add_waiting(state, order[o], &line);
			put_line(&line, column, place, n, most, links);
		}
		links->row[o + 1] = links->links;
	}
	tb_free(column);
	tb_free(place);
	tb_free(copy);
}
