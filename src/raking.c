/* raking.c -- SQL face of weights that meet several margins */
#include "postgres.h"

#include <math.h>

#include "utils/array.h"
#include "utils/lsyscache.h"

#include "arg.h"
#include "bag.h"
#include "core/base/dd.h"
#include "core/base/step.h"
#include "core/base/sort_order.h"
#include "core/estimate/raking.h"
#include "status.h"
#include "window.h"

PG_FUNCTION_INFO_V1(terrbal_raked_weight);

/* One row's memberships: an id and a total for each margin; text NULL: in none */
typedef struct Rows {
	int margins; /* -1: not known yet */
	TbId *id;    /* [rows][margins] */
	double *total;
	bool *null;
} Rows;

static void same_margins(Rows *r, int64 rows, int n, const char *name)
{
	if (r->margins < 0) {
		if (n < 1 || n > TB_RAKING_MARGINS)
			ereport(ERROR, (errcode(n < 1 ? ERRCODE_ARRAY_SUBSCRIPT_ERROR : ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("%s has %d elements", name, n),
							errhint("One element for each margin, 1 to %d.", TB_RAKING_MARGINS)));
		r->margins = n;
		r->id = tb_alloc_zero(rows * n, sizeof(TbId));
		r->total = tb_alloc_zero(rows * n, sizeof(double));
	}
	if (n != r->margins)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s has %d elements, another row or array %d", name, n, r->margins),
						errhint("All rows are in the same margins: NULL where one is in no class of a margin.")));
}

static TbId copied_id(Datum text)
{
	ArgId id = arg_id(text, "class");
	char *copy = tb_alloc(id.length + 1);

	memcpy(copy, id.text, id.length);
	return (TbId){copy, id.length};
}

/* Number of elements of an array argument of a row, one a margin; 0 where it is NULL */
static int row_elements(Window *w, Rows *r, int argument, int64 row, const char *name, Datum **elements, bool **nulls)
{
	bool isnull, byval;
	int16 length;
	char align;
	Datum value = window_value(w, argument, row, &isnull);
	ArrayType *array;
	int n;

	r->null[row] |= isnull;
	if (isnull)
		return 0;
	array = DatumGetArrayTypeP(value);
	get_typlenbyvalalign(ARR_ELEMTYPE(array), &length, &byval, &align);
	deconstruct_array(array, ARR_ELEMTYPE(array), length, byval, align, elements, nulls, &n);
	same_margins(r, w->rows, n, name);
	return n;
}

static void read_classes(Window *w, Rows *r)
{
	for (int64 i = 0; i < w->rows; i++, tb_step()) {
		bool *nulls;
		Datum *elements;
		int n = row_elements(w, r, 1, i, "classes", &elements, &nulls);

		for (int k = 0; k < n; k++)
			if (!nulls[k])
				r->id[i * n + k] = copied_id(elements[k]);
	}
}

static void read_totals(Window *w, Rows *r)
{
	for (int64 i = 0; i < w->rows; i++, tb_step()) {
		bool *nulls;
		Datum *elements;
		int n = row_elements(w, r, 2, i, "totals", &elements, &nulls);

		for (int k = 0; k < n; k++)
			r->total[i * n + k] = nulls[k] ? NAN : arg_nonnegative(DatumGetFloat8(elements[k]), "total");
	}
}

static bool id_before(const void *context, size_t a, size_t b)
{
	const TbId *id = context, x = id[a], y = id[b];

	return x.text && y.text ? tb_id_compare(x, y) < 0 : x.text && !y.text;
}

/* Numbers the classes of margin k over the rows that take part, and takes their totals */
static const TbId *number_classes(const Rows *r, const int64 *row, TbRaking *raking, int k)
{
	TbId *name = tb_alloc((raking->n + 1) * sizeof(TbId)), *mine = tb_alloc((raking->n + 1) * sizeof(TbId));
	double *total = tb_alloc((raking->n + 1) * sizeof(double));
	size_t *order;
	uint32 n = 0;

	for (size_t i = 0; i < raking->n; i++, tb_step())
		mine[i] = r->id[row[i] * r->margins + k];
	order = tb_sort_order_by(raking->n, id_before, mine);
	raking->class[k] = tb_alloc((raking->n + 1) * sizeof(uint32));
	for (size_t at = 0; at < raking->n; at++, tb_step()) {
		size_t i = order[at];
		double given = r->total[row[i] * r->margins + k];

		raking->class[k][i] = UINT32_MAX;
		if (!mine[i].text)
			continue;
		if (n == 0 || tb_id_compare(name[n - 1], mine[i]) != 0) {
			total[n] = given;
			name[n++] = mine[i];
		}
		raking->class[k][i] = n - 1;
		if (isnan(given) || given != total[n - 1])
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							isnan(given) || isnan(total[n - 1])
								? errmsg("class \"%s\" of margin %d has no total", bag_text(mine[i]), k + 1)
								: errmsg("class \"%s\" of margin %d has the totals %.15g and %.15g", bag_text(mine[i]), k + 1, total[n - 1], given),
							errhint("totals[k] is the total of the class that the row has in classes[k].")));
	}
	raking->classes[k] = n;
	raking->total[k] = total;
	tb_free(order);
	tb_free(mine);
	return name;
}

/* Margins that every row is in have one sum: that of the first; what differs in the last digits is spread */
static void agree(TbRaking *raking)
{
	double first = -1;

	for (uint32 k = 0; k < raking->margins; k++) {
		TbDd sum = {0, 0};
		double *total = (double *)raking->total[k], all;
		bool whole = true;

		for (size_t i = 0; i < raking->n && whole; i++, tb_step())
			whole = raking->class[k][i] != UINT32_MAX;
		for (uint32 c = 0; c < raking->classes[k]; c++)
			sum = tb_dd_add_d(sum, total[c]);
		all = tb_dd_value(sum);
		if (!whole)
			continue;
		if (isinf(all))
			ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("sum of the totals overflows")));
		if (first < 0)
			first = all;
		if (fabs(all - first) > 1e-9 * first)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("the totals of margin %u sum to %.15g, those of another to %.15g", k + 1, all, first),
							errhint("Scale one to the other. Each class that has a total needs at least one row.")));
		for (uint32 c = 0; c < raking->classes[k] && all > 0; c++)
			total[c] *= first / all;
	}
}

static double bound(Window *w, int n, const char *name, double none)
{
	bool isnull;
	Datum value = window_common(w, n, name, &isnull);

	return isnull ? none : arg_nonnegative(DatumGetFloat8(value), name);
}

static bool row_before(const void *context, size_t a, size_t b)
{
	const TbRaking *r = context;

	for (uint32 k = 0; k < r->margins; k++)
		if (r->class[k][a] != r->class[k][b])
			return r->class[k][a] < r->class[k][b];
	return r->weight[a] < r->weight[b];
}

/* Rows in an order of their own: sums do not depend on that of the window */
static void sort_rows(TbRaking *raking, double *weight, int64 *row)
{
	size_t *order = tb_sort_order_by(raking->n, row_before, raking), size = raking->n + 1;
	double *w = tb_alloc(size * sizeof(double));
	int64 *r = tb_alloc(size * sizeof(int64));
	uint32 *class = tb_alloc(size * sizeof(uint32));

	for (size_t i = 0; i < raking->n; i++, tb_step()) {
		w[i] = weight[order[i]];
		r[i] = row[order[i]];
	}
	memcpy(weight, w, raking->n * sizeof(double));
	memcpy(row, r, raking->n * sizeof(int64));
	for (uint32 k = 0; k < raking->margins; k++) {
		for (size_t i = 0; i < raking->n; i++, tb_step())
			class[i] = raking->class[k][order[i]];
		memcpy(raking->class[k], class, raking -> n * sizeof(uint32));
	}
	tb_free(order);
}

static void refuse(TbStatus status, const TbRaking *r, const TbRakingGap *gap, const TbId *const *name)
{
	char *class = bag_text(name[gap->margin][gap->class]);
	double total = r->total[gap->margin][gap->class];

	if (status == TB_INFEASIBLE)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("class \"%s\" of margin %u has total %.15g, but its weights give %.15g at %s", class, gap->margin + 1, total, gap->got,
							   gap->got < total ? "most" : "least"),
						errhint("Merge the class with another, or widen low and high.")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("no weights meet all margins: class \"%s\" of margin %u gets %.15g instead of %.15g", class, gap->margin + 1, gap->got, total),
			 errhint("Merge classes that few rows are in, or widen low and high.")));
}

static void *solve(Window *w)
{
	Rows r = {-1, NULL, NULL, tb_alloc_zero(w->rows, sizeof(bool))};
	bool *nulls = tb_alloc(w->rows);
	double *weight = window_doubles(w, 0, "weight", nulls), *raked = tb_alloc((w->rows + 1) * sizeof(double));
	int64 *row = tb_alloc((w->rows + 1) * sizeof(int64));
	const TbId *name[TB_RAKING_MARGINS];
	TbRaking raking = {.weight = weight, .low = bound(w, 3, "low", 0), .high = bound(w, 4, "high", INFINITY)};
	TbRakingGap gap;
	TbStatus status;

	if (!(raking.low < raking.high))
		arg_refuse(raking.low, "low", "below high", "Both are factors of the weight, as in 0.3 and 3.");
	read_classes(w, &r);
	read_totals(w, &r);
	for (int64 i = 0; i < w->rows; i++)
		if (!nulls[i] && !r.null[i]) {
			weight[raking.n] = arg_nonnegative(weight[i], "weight");
			row[raking.n++] = i;
		}
	for (int64 i = 0; i < w->rows; i++)
		raked[i] = NAN;
	if (raking.n == 0)
		return raked;
	raking.margins = r.margins;
	for (int k = 0; k < r.margins; k++)
		name[k] = number_classes(&r, row, &raking, k);
	agree(&raking);
	sort_rows(&raking, weight, row);
	{
		double *answer = tb_alloc(raking.n * sizeof(double));

		status = tb_raking(&raking, answer, &gap);
		if (status != TB_OK)
			refuse(status, &raking, &gap, name);
		for (size_t i = 0; i < raking.n; i++)
			raked[row[i]] = answer[i];
	}
	return raked;
}

Datum terrbal_raked_weight(PG_FUNCTION_ARGS)
{
	return window_double_answer(fcinfo, solve);
}
