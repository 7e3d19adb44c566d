/* budget_choice.c -- branch and bound over rows of projects */
#include "budget_choice.h"

#include <math.h>
#include <string.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/simplex.h"

#define WHOLE 1e-7  /* so near to 0 or 1 a share is it */
#define BETTER 1e-9 /* by less a bound is no reason to go on */

enum { OUT, IN, FREE };

/* An open branch: what is decided, and what it can bring at most */
typedef struct Node {
	uint8_t *state;
	double bound;
} Node;

typedef struct Search {
	const TbBudgetProblem *p;
	double scale;                 /* the largest benefit */
	uint8_t *state;               /* of the branch at hand */
	TbInt *left;                  /* of each period's budget (carried: of all up to it) */
	uint8_t *provided;            /* of each project: is a row of it in? */
	uint32_t *since;              /* and from which period */
	size_t *first, *next;         /* rows of each project; rows: no further one */
	size_t *open_rows, *last_row; /* of each project */
	size_t *column;               /* of each free row in the program, of each row in it */
	double *share, *dictionary;
	double *price; /* of columns, then of lines: budgets, projects, needs */
	size_t columns;
	double *price_of; /* of each period, until the first program is solved; then NULL */
	Node *open;
	size_t n_open, room;
	double best;
	bool *chosen;
} Search;

static bool spends(const TbBudgetProblem *p, size_t row, size_t period)
{
	return p->carry ? p->period[row] <= period : p->period[row] == period;
}

static bool affordable(const Search *s, size_t row)
{
	for (size_t q = 0; q < s->p->periods; q++)
		if (spends(s->p, row, q) && s->p->cost[row] > s->left[q])
			return false;
	return true;
}

/* Is the need met by what is in? */
static bool need_met(const Search *s, size_t row, uint32_t project)
{
	return s->provided[project] && s->since[project] <= s->p->period[row];
}

/* Could it be by what is free? */
static bool need_open(const Search *s, size_t row, uint32_t project)
{
	for (size_t r = s->first[project]; r < s->p->rows; r = s->next[r], tb_step())
		if (s->state[r] == FREE && s->p->period[r] <= s->p->period[row])
			return true;
	return false;
}

static bool possible(const Search *s, size_t row)
{
	if (s->provided[s->p->project[row]] || !affordable(s, row))
		return false;
	for (size_t k = s->p->need_from[row]; k < s->p->need_from[row + 1]; k++)
		if (!need_met(s, row, s->p->need[k]) && !need_open(s, row, s->p->need[k]))
			return false;
	return true;
}

/* What is in has been paid; rows that cannot come in any more go out, and with them those that need them */
static void settle(Search *s)
{
	memset(s->provided, 0, s->p->projects);
	for (size_t q = 0; q < s->p->periods; q++)
		s->left[q] = s->p->budget[q] + (s->p->carry && q > 0 ? s->left[q - 1] : 0);
	for (size_t r = 0; r < s->p->rows; r++, tb_step()) {
		if (s->state[r] != IN)
			continue;
		s->provided[s->p->project[r]] = 1;
		s->since[s->p->project[r]] = s->p->period[r];
		for (size_t q = 0; q < s->p->periods; q++)
			if (spends(s->p, r, q))
				s->left[q] -= s->p->cost[r];
	}
	for (bool changed = true; changed;) {
		changed = false;
		for (size_t r = 0; r < s->p->rows; r++, tb_step())
			if (s->state[r] == FREE && !possible(s, r)) {
				s->state[r] = OUT;
				changed = true;
			}
	}
}

static bool paid(const Search *s)
{
	for (size_t q = 0; q < s->p->periods; q++)
		if (s->left[q] < 0)
			return false;
	return true;
}

static double benefit_in(const Search *s)
{
	TbDd sum = tb_dd(0);

	for (size_t r = 0; r < s->p->rows; r++)
		if (s->state[r] == IN)
			sum = tb_dd_add_d(sum, s->p->benefit[r] / s->scale);
	return tb_dd_value(sum);
}

/* One line for each period, each project with a free row, each need of a free row that is not met yet; then what the rows bring */
static size_t write_program(Search *s, size_t columns)
{
	const TbBudgetProblem *p = s->p;
	size_t width = columns + 1, lines = 0;
	double *line = s->dictionary;

	for (size_t q = 0; q < p->periods; q++, line += width, lines++) {
		double left = (double)s->left[q], scale = left > 0 ? left : 1;

		for (size_t j = 0; j < columns; j++)
			line[j] = spends(p, s->column[j], q) ? (double)p->cost[s->column[j]] / scale : 0;
		line[columns] = left / scale;
		tb_steps(width);
	}
	for (uint32_t g = 0; g < p->projects; g++) {
		bool any = false;

		for (size_t j = 0; j < columns; j++) {
			line[j] = p->project[s->column[j]] == g;
			any |= line[j] > 0;
		}
		line[columns] = 1;
		tb_steps(width);
		line += any ? width : 0;
		lines += any;
	}
	for (size_t i = 0; i < columns; i++) {
		size_t r = s->column[i];

		for (size_t k = p->need_from[r]; k < p->need_from[r + 1]; k++) {
			if (need_met(s, r, p->need[k]))
				continue;
			for (size_t j = 0; j < columns; j++)
				line[j] = (j == i) - (double)(p->project[s->column[j]] == p->need[k] && p->period[s->column[j]] <= p->period[r]);
			line[columns] = 0;
			tb_steps(width);
			line += width;
			lines++;
		}
	}
	for (size_t j = 0; j < columns; j++)
		line[j] = p->benefit[s->column[j]] / s->scale;
	line[columns] = 0;
	return lines;
}

/* Lines that a program can have at most: budgets, projects, needs */
static uint64_t lines_most(const TbBudgetProblem *p)
{
	return (uint64_t)p->periods + p->projects + p->need_from[p->rows] + 2;
}

/* What the branch can bring at most, and the share of each free row in that, and prices */
static TbStatus relax(Search *s, double *value)
{
	TbStatus status;

	s->columns = 0;
	for (size_t r = 0; r < s->p->rows; r++)
		if (s->state[r] == FREE)
			s->column[s->columns++] = r;
	*value = benefit_in(s);
	if (s->columns == 0)
		return TB_OK;
	status = tb_simplex(s->dictionary, write_program(s, s->columns), s->columns, s->share, s->price);
	for (size_t j = 0; j < s->columns && status == TB_OK; j++)
		*value += s->share[j] * s->p->benefit[s->column[j]] / s->scale;
	return status;
}

/* Of the whole program, whose budgets are all left. Where money may wait, a unit of a period is one of all later sums too. */
static void price_budgets(Search *s)
{
	double *price = s->price_of;

	s->price_of = NULL;
	for (size_t q = s->p->periods; q-- > 0;) {
		price[q] = s->columns > 0 ? s->price[s->columns + q] / (s->left[q] > 0 ? (double)s->left[q] : 1) * s->scale : 0;
		price[q] += s->p->carry && q + 1 < s->p->periods ? price[q + 1] : 0;
	}
}

/* The free row to decide next: the most divided one, or one that it needs first. rows where none is divided. */
static size_t divided(const Search *s)
{
	size_t pick = s->p->rows;
	double most = WHOLE;

	for (size_t j = 0; j < s->columns; j++)
		if (fmin(s->share[j], 1 - s->share[j]) > most) {
			most = fmin(s->share[j], 1 - s->share[j]);
			pick = s->column[j];
		}
	return pick;
}

static size_t first_needed(const Search *s, size_t row)
{
	for (size_t k = s->p->need_from[row]; k < s->p->need_from[row + 1]; k++) {
		size_t pick = s->p->rows;
		double most = -1;

		if (need_met(s, row, s->p->need[k]))
			continue;
		for (size_t j = 0; j < s->columns; j++)
			if (s->p->project[s->column[j]] == s->p->need[k] && s->p->period[s->column[j]] <= s->p->period[row] && s->share[j] > most) {
				most = s->share[j];
				pick = s->column[j];
			}
		return first_needed(s, pick);
	}
	return row;
}

/* Rows that no better choice has go out; those that every better choice has come in, where a project has one left and what it needs is in */
static void decide_others(Search *s, size_t row, double bound)
{
	const TbBudgetProblem *p = s->p;
	const double *of_project = s->price + s->columns + p->periods;
	double slack = bound - s->best * (1 + BETTER);

	memset(s->open_rows, 0, p->projects * sizeof(size_t));
	for (size_t j = 0; j < s->columns; j++) {
		s->open_rows[p->project[s->column[j]]]++;
		s->last_row[p->project[s->column[j]]] = s->column[j];
		if (s->price[j] > slack && s->column[j] != row)
			s->state[s->column[j]] = OUT;
	}
	for (size_t g = 0; g < p->projects; g++) {
		size_t last = s->last_row[g];

		if (s->open_rows[g] > 0 && *of_project++ > slack && s->open_rows[g] == 1 && last != row && first_needed(s, last) == last)
			s->state[last] = IN;
	}
}

static void push(Search *s, size_t row, uint8_t decision, double bound)
{
	uint8_t *state = tb_alloc(s->p->rows + 1);

	memcpy(state, s->state, s->p->rows);
	state[row] = decision;
	if (s->n_open == s->room) {
		Node *more = tb_alloc(2 * s->room * sizeof(Node));

		memcpy(more, s->open, s->n_open * sizeof(Node));
		tb_free(s->open);
		s->open = more;
		s->room *= 2;
	}
	s->open[s->n_open++] = (Node){state, bound};
}

static void keep(Search *s, double value)
{
	s->best = value;
	for (size_t r = 0; r < s->p->rows; r++)
		s->chosen[r] = s->state[r] == IN;
}

/* The program divides nothing: what it takes whole is in, if its budget holds to the unit. Else, by rounding alone, false, and a row that it takes. */
static bool take_whole(Search *s, size_t *row)
{
	uint8_t *before = tb_alloc(s->p->rows + 1);
	bool holds;

	memcpy(before, s->state, s->p->rows);
	for (size_t j = 0, r = 0; r < s->p->rows; r++)
		if (s->state[r] == FREE) {
			s->state[r] = s->share[j++] > 0.5 ? IN : OUT;
			*row = s->state[r] == IN ? r : *row;
		}
	settle(s);
	holds = paid(s);
	if (!holds) {
		memcpy(s->state, before, s->p->rows);
		settle(s);
	}
	tb_free(before);
	return holds;
}

/* One branch: closed, or pushed again as two */
static TbStatus visit(Search *s, double *bound)
{
	TbStatus status;
	double value;
	size_t row;

	settle(s);
	if (!paid(s))
		return TB_OK;
	value = benefit_in(s);
	if (value > s->best)
		keep(s, value);
	status = relax(s, bound);
	if (s->price_of)
		price_budgets(s);
	if (status != TB_OK || *bound <= s->best * (1 + BETTER))
		return status;
	row = divided(s);
	if (row == s->p->rows && take_whole(s, &row)) {
		value = benefit_in(s);
		if (value > s->best)
			keep(s, value);
		return TB_OK;
	}
	row = first_needed(s, row);
	decide_others(s, row, *bound);
	push(s, row, OUT, *bound);
	push(s, row, IN, *bound);
	return TB_OK;
}

static TbStatus search(Search *s, TbBudgetAnswer *answer)
{
	TbStatus status = TB_OK;
	TbDd sum = tb_dd(0);
	double highest = 0;

	s->open = tb_alloc((s->room = 64) * sizeof(Node));
	for (size_t r = 0; r < s->p->rows; r++)
		s->state[r] = FREE;
	push(s, 0, FREE, INFINITY);
	tb_progress("branches", 0, (double)s->p->limit);
	while (s->n_open > 0 && status == TB_OK && answer->programs < s->p->limit) {
		Node node = s->open[--s->n_open];

		memcpy(s->state, node.state, s->p->rows);
		tb_free(node.state);
		if (node.bound <= s->best * (1 + BETTER))
			continue;
		status = visit(s, &node.bound);
		answer->programs++;
		tb_progress("branches of at most", (double)answer->programs, (double)s->p->limit);
	}
	for (size_t i = 0; i < s->n_open; i++) {
		if (s->open[i].bound > s->best * (1 + BETTER))
			highest = fmax(highest, s->open[i].bound);
		tb_free(s->open[i].state);
	}
	for (size_t r = 0; r < s->p->rows; r++)
		if (s->chosen[r])
			sum = tb_dd_add_d(sum, s->p->benefit[r]);
	answer->benefit = tb_dd_value(sum);
	answer->bound = highest > s->best ? fmax(highest * s->scale, answer->benefit) : answer->benefit;
	return status == TB_OK && !isfinite(answer->bound) ? TB_OUT_OF_RANGE : status;
}

/* Sums of costs and budgets stay within 128 bits */
static bool fits(const TbBudgetProblem *p)
{
	double sum = 0;

	for (size_t r = 0; r < p->rows; r++, tb_step())
		sum += (double)p->cost[r];
	for (size_t q = 0; q < p->periods; q++)
		sum += (double)p->budget[q];
	return sum < 1e38;
}

/* Projects of which all needs are in order are in order; what is never reached needs itself by a ring */
static TbStatus in_order(const TbBudgetProblem *p)
{
	bool *waits = tb_alloc(p->projects + 1), *ready = tb_alloc_zero(p->projects + 1, sizeof(bool));
	size_t done = 0, before;

	do {
		before = done;
		memset(waits, 0, p->projects);
		for (size_t r = 0; r < p->rows; r++, tb_step())
			for (size_t k = p->need_from[r]; k < p->need_from[r + 1]; k++)
				waits[p->project[r]] |= !ready[p->need[k]];
		for (size_t g = 0; g < p->projects; g++)
			if (!ready[g] && !waits[g]) {
				ready[g] = true;
				done++;
			}
	} while (done > before);
	tb_free(waits);
	tb_free(ready);
	return done == p->projects ? TB_OK : TB_INVALID;
}

TbStatus tb_budget_choice(const TbBudgetProblem *p, bool *chosen, TbBudgetAnswer *answer)
{
	uint64_t lines = lines_most(p), cells = lines * (p->rows + 1);
	Search s = {.p = p, .chosen = chosen, .price_of = answer->price};
	TbStatus status;

	if (lines > TB_BUDGET_CELLS_MOST || p->rows > TB_BUDGET_CELLS_MOST || cells > TB_BUDGET_CELLS_MOST)
		return TB_TOO_LARGE;
	answer->programs = 0;
	answer->benefit = answer->bound = 0;
	memset(chosen, 0, p->rows * sizeof(bool));
	for (size_t q = 0; q < p->periods; q++)
		answer->price[q] = 0;
	for (size_t r = 0; r < p->rows; r++)
		s.scale = fmax(s.scale, fabs(p->benefit[r]));
	status = fits(p) ? in_order(p) : TB_OUT_OF_RANGE;
	if (s.scale == 0 || status != TB_OK)
		return status;
	s.first = tb_alloc(p->projects * sizeof(size_t));
	s.next = tb_alloc(p->rows * sizeof(size_t));
	for (size_t g = 0; g < p->projects; g++)
		s.first[g] = p->rows;
	for (size_t r = p->rows; r-- > 0; s.first[p->project[r]] = r)
		s.next[r] = s.first[p->project[r]];
	s.state = tb_alloc(p->rows);
	s.left = tb_alloc(p->periods * sizeof(TbInt));
	s.provided = tb_alloc(p->projects);
	s.since = tb_alloc(p->projects * sizeof(uint32_t));
	s.column = tb_alloc(p->rows * sizeof(size_t));
	s.share = tb_alloc(p->rows * sizeof(double));
	s.open_rows = tb_alloc(p->projects * sizeof(size_t));
	s.last_row = tb_alloc(p->projects * sizeof(size_t));
	s.price = tb_alloc((lines + p->rows) * sizeof(double));
	s.dictionary = tb_alloc(cells * sizeof(double));
	status = search(&s, answer);
	tb_free(s.open);
	tb_free(s.dictionary);
	tb_free(s.price);
	tb_free(s.last_row);
	tb_free(s.open_rows);
	tb_free(s.share);
	tb_free(s.column);
	tb_free(s.since);
	tb_free(s.provided);
	tb_free(s.left);
	tb_free(s.state);
	tb_free(s.next);
	tb_free(s.first);
	return status;
}
