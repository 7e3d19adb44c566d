/* budget_choice.c -- SQL face of the choice of projects under a budget */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "arg.h"
#include "core/base/host.h"
#include "core/base/merge_sort.h"
#include "core/share/budget_choice.h"
#include "status.h"
#include "window.h"

PG_FUNCTION_INFO_V1(terrbal_budget_choice);

/* A row of the partition that takes part */
typedef struct Line {
	const char *project;
	int64 place;
	double benefit;
	TbInt cost, budget;
	int32 period;
	ArrayType *needs; /* NULL: none */
} Line;

typedef struct Choice {
	const Line **line; /* sorted, so that the order of rows plays no part */
	TbBudgetProblem problem;
	TbBudgetAnswer answer;
	bool *chosen;
	int64 *at; /* of each row of the partition its line, -1: none */
	int scale; /* of costs */
} Choice;

static int compare_needs(const ArrayType *a, const ArrayType *b)
{
	size_t of_a = a ? VARSIZE(a) : 0, of_b = b ? VARSIZE(b) : 0;

	return of_a != of_b ? (of_a > of_b) - (of_a < of_b) : of_a > 0 ? memcmp(a, b, of_a) : 0;
}

static int compare(const void *a, const void *b)
{
	const Line *x = a, *y = b;
	int order = strcmp(x->project, y->project);

	if (order == 0)
		order = (x->period > y->period) - (x->period < y->period);
	if (order == 0)
		order = (x->cost > y->cost) - (x->cost < y->cost);
	if (order == 0)
		order = (x->benefit > y->benefit) - (x->benefit < y->benefit);
	return order ? order : compare_needs(x->needs, y->needs);
}

static bool read_line(Window *w, int64 row, Line *line)
{
	bool none, late, whole;
	Datum value = window_value(w, 0, row, &none);

	line->project = none ? NULL : text_to_cstring(DatumGetTextPP(value));
	value = window_value(w, 5, row, &late);
	line->period = late ? 0 : DatumGetInt32(value);
	value = window_value(w, 4, row, &whole);
	line->needs = whole ? NULL : DatumGetArrayTypePCopy(value);
	line->place = row;
	return !none && !late;
}

static void read_lines(Window *w, Choice *c)
{
	Line *line = tb_alloc(w->rows * sizeof(Line));
	DecimalColumn cost, budget;
	bool *nulls = tb_alloc(w->rows);
	double *benefit = window_doubles(w, 2, "benefit", nulls);
	size_t n = 0;

	window_decimals(w, 1, "cost", true, &cost);
	window_decimals(w, 3, "budget", false, &budget);
	c->scale = Max(cost.scale, budget.scale);
	decimal_column_rescale(&cost, c->scale, "cost");
	decimal_column_rescale(&budget, c->scale, "budget");
	decimal_column_nonnegative(&cost, "cost");
	decimal_column_nonnegative(&budget, "budget");
	c->line = tb_alloc(w->rows * sizeof(Line *));
	c->at = tb_alloc(w->rows * sizeof(int64));
	for (int64 i = 0; i < w->rows; i++) {
		c->at[i] = -1;
		if (!read_line(w, i, line + n) || nulls[i] || cost.digits[i] == DECIMAL_NULL)
			continue;
		line[n].benefit = benefit[i];
		line[n].cost = cost.digits[i];
		line[n].budget = budget.digits[i];
		c->line[n] = line + n;
		n++;
	}
	tb_sort_pointers((const void **)c->line, n, compare);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && compare(c->line[i], c->line[i - 1]) == 0)
			(void)status_ok_message(TB_TIE, psprintf("project \"%s\" has two equal rows", c->line[i]->project), NULL,
									"Variants of a project differ in period, cost, benefit or needs.");
		c->at[c->line[i]->place] = i;
	}
	c->problem.rows = n;
}

/* Periods as numbers in their order; a period has one budget */
static void number_periods(Choice *c)
{
	TbBudgetProblem *p = &c->problem;
	uint32_t *period = tb_alloc((p->rows + 1) * sizeof(uint32_t));
	TbInt *budget = tb_alloc((p->rows + 1) * sizeof(TbInt));
	double *years = tb_alloc((p->rows + 1) * sizeof(double));

	for (size_t i = 0; i < p->rows; i++)
		years[i] = c->line[i]->period;
	p->periods = tb_distinct_doubles(years, p->rows);
	for (size_t q = 0; q < p->periods; q++)
		budget[q] = -1;
	for (size_t i = 0; i < p->rows; i++) {
		const Line *l = c->line[i];
		TbInt *own = budget + (period[i] = tb_place_of(years, p->periods, l->period));

		if (*own >= 0 && *own != l->budget)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("period %d has two budgets, %s and %s", l->period, decimal_text(*own, c->scale), decimal_text(l->budget, c->scale)),
					 errhint("Give all rows of a period the same budget.")));
		*own = l->budget;
	}
	p->period = period;
	p->budget = budget;
}

/* Projects as numbers; the name of each */
static const char **number_projects(Choice *c)
{
	TbBudgetProblem *p = &c->problem;
	const char **name = tb_alloc((p->rows + 1) * sizeof(char *));
	uint32_t *project = tb_alloc((p->rows + 1) * sizeof(uint32_t));
	TbInt *cost = tb_alloc((p->rows + 1) * sizeof(TbInt));
	double *benefit = tb_alloc((p->rows + 1) * sizeof(double));

	for (size_t i = 0; i < p->rows; i++) {
		const Line *l = c->line[i];

		if (i == 0 || strcmp(l->project, c->line[i - 1]->project) != 0)
			name[p->projects++] = l->project;
		project[i] = p->projects - 1;
		cost[i] = l->cost;
		benefit[i] = l->benefit;
	}
	p->project = project;
	p->cost = cost;
	p->benefit = benefit;
	return name;
}

static uint32_t project_of(const char **name, size_t projects, const char *wanted, const char *by)
{
	size_t low = 0, high = projects;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(name[middle], wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == projects || strcmp(name[low], wanted) != 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("project \"%s\" needs \"%s\", which is no project here", by, wanted)));
	if (strcmp(wanted, by) == 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("project \"%s\" needs itself", by)));
	return low;
}

static void read_needs(Choice *c, const char **name)
{
	TbBudgetProblem *p = &c->problem;
	size_t *from = tb_alloc((p->rows + 1) * sizeof(size_t)), n = 0, all = 0;
	uint32_t *need;

	for (size_t i = 0; i < p->rows; i++)
		all += c->line[i]->needs ? ArrayGetNItems(ARR_NDIM(c->line[i]->needs), ARR_DIMS(c->line[i]->needs)) : 0;
	need = tb_alloc((all + 1) * sizeof(uint32_t));
	for (size_t i = 0; i < p->rows; i++) {
		Datum *element;
		bool *nulls;
		int m = 0;

		from[i] = n;
		if (c->line[i]->needs)
			deconstruct_array(c->line[i]->needs, TEXTOID, -1, false, TYPALIGN_INT, &element, &nulls, &m);
		for (int k = 0; k < m; k++)
			if (!nulls[k])
				need[n++] = project_of(name, p->projects, TextDatumGetCString(element[k]), c->line[i]->project);
	}
	from[p->rows] = n;
	p->need = need;
	p->need_from = from;
}

static void refuse(TbStatus status)
{
	switch (status) {
	case TB_INVALID:
		(void)status_ok_message(status, "projects need each other in a ring", NULL, "Give projects that can only come together as one.");
		break;
	case TB_TOO_LARGE:
		(void)status_ok_message(status, "too many projects and needs for one choice", NULL,
								"Rows times projects, periods and needs may be about four million.");
		break;
	case TB_OUT_OF_RANGE:
		(void)status_ok_message(status, "sums of costs, budgets or benefits are out of range", NULL, NULL);
		break;
	default:
		(void)status_ok(status);
	}
}

static void *solve(Window *w)
{
	Choice *c = tb_alloc_zero(1, sizeof(Choice));
	int32 limit = window_count(w, 7, "programs");
	bool carry = DatumGetBool(window_given(w, 6, "carry"));
	TbStatus status;

	read_lines(w, c);
	number_periods(c);
	read_needs(c, number_projects(c));
	c->problem.carry = carry;
	c->problem.limit = limit;
	c->chosen = tb_alloc(c->problem.rows + 1);
	c->answer.price = tb_alloc((c->problem.periods + 1) * sizeof(double));
	status = tb_budget_choice(&c->problem, c->chosen, &c->answer);
	refuse(status);
	return c;
}

/* budget_choice(project, cost, benefit, budget, needs, period, carry, programs) */
Datum terrbal_budget_choice(PG_FUNCTION_ARGS)
{
	const Choice *c = window_solution(fcinfo, solve);
	int64 at = c->at[window_position(fcinfo)];
	double unit = 1;
	Datum values[4];
	bool nulls[4] = {false};

	if (at < 0)
		PG_RETURN_NULL();
	for (int i = 0; i < c->scale; i++)
		unit *= 10;
	values[0] = BoolGetDatum(c->chosen[at]);
	values[1] = Float8GetDatum(c->answer.benefit);
	values[2] = Float8GetDatum(c->answer.bound);
	values[3] = Float8GetDatum(c->answer.price[c->problem.period[at]] * unit);
	return window_composite(fcinfo, values, nulls, 4);
}
