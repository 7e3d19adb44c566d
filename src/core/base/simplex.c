/* simplex.c -- a dictionary, its pivots, and the choice of them */
#include "simplex.h"

#include <math.h>
#include <stdbool.h>

#include "step.h"

#define NOTHING 1e-11

/* Variables are numbered: 0 .. columns - 1 those of the problem, then the slack of each row */
typedef struct Tableau {
	double *cell;
	size_t rows, columns, width;
	size_t *basic, *outside; /* variable of each row and of each column */
} Tableau;

static double *line(const Tableau *t, size_t row)
{
	return t->cell + row * t->width;
}

/* `columns` where none gains; the largest gain, or by Bland the smallest variable that gains */
static size_t entering(const Tableau *t, bool bland)
{
	const double *gain = line(t, t->rows);
	size_t best = t->columns;

	for (size_t j = 0; j < t->columns; j++) {
		if (!(gain[j] > NOTHING))
			continue;
		if (best == t->columns || (!bland && gain[j] > gain[best]) || ((bland || gain[j] == gain[best]) && t->outside[j] < t->outside[best]))
			best = j;
	}
	return best;
}

/* `rows` where nothing bounds the column */
static size_t leaving(const Tableau *t, size_t column, double *room)
{
	size_t best = t->rows;

	for (size_t i = 0; i < t->rows; i++, tb_step()) {
		const double *row = line(t, i);
		double step;

		if (!(row[column] > NOTHING))
			continue;
		step = fmax(row[t->columns], 0) / row[column];
		if (best == t->rows || step < *room || (step == *room && t->basic[i] < t->basic[best])) {
			best = i;
			*room = step;
		}
	}
	return best;
}

static void pivot(Tableau *t, size_t row, size_t column)
{
	double *own = line(t, row), factor = 1 / own[column];
	size_t variable = t->basic[row];

	own[column] = 1;
	for (size_t j = 0; j < t->width; j++)
		own[j] *= factor;
	for (size_t i = 0; i <= t->rows; i++, tb_steps(t->width)) {
		double *other = line(t, i), times = other[column];

		if (i == row || times == 0)
			continue;
		other[column] = 0;
		for (size_t j = 0; j < t->width; j++)
			other[j] -= times * own[j];
	}
	t->basic[row] = t->outside[column];
	t->outside[column] = variable;
}

static TbStatus solve(Tableau *t)
{
	size_t limit = 50 * (t->rows + t->columns) + 10000;
	bool bland = false;

	for (size_t steps = 0; steps < limit; steps++) {
		size_t column = entering(t, bland), row;
		double room = 0;

		if (column == t->columns)
			return TB_OK;
		row = leaving(t, column, &room);
		if (row == t->rows)
			return TB_OUT_OF_RANGE;
		bland = room <= NOTHING;
		pivot(t, row, column);
	}
	return TB_NOT_CONVERGED;
}

/* What it costs to raise a variable that is held at 0; of a slack that is what a unit more of its row's b would bring */
static void read_prices(const Tableau *t, double *price)
{
	const double *gain = line(t, t->rows);

	for (size_t v = 0; v < t->columns + t->rows; v++)
		price[v] = 0;
	for (size_t j = 0; j < t->columns; j++)
		price[t->outside[j]] = fmax(-gain[j], 0);
}

TbStatus tb_simplex(double *dictionary, size_t rows, size_t columns, double *x, double *price)
{
	Tableau t = {.cell = dictionary, .rows = rows, .columns = columns, .width = columns + 1};
	TbStatus status;

	for (size_t i = 0; i < rows; i++)
		if (!(line(&t, i)[columns] >= 0))
			return TB_INFEASIBLE;
	t.basic = tb_alloc((rows + columns) * sizeof(size_t) + 1);
	t.outside = t.basic + rows;
	for (size_t i = 0; i < rows; i++)
		t.basic[i] = columns + i;
	for (size_t j = 0; j < columns; j++) {
		t.outside[j] = j;
		x[j] = 0;
	}
	status = solve(&t);
	for (size_t i = 0; i < rows; i++)
		if (t.basic[i] < columns)
			x[t.basic[i]] = fmax(line(&t, i)[columns], 0);
	if (price)
		read_prices(&t, price);
	tb_free(t.basic);
	return status;
}
