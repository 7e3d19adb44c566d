/* robust_index.c -- SQL face of composite indices under other weights: ranges of ranks, benefit of the doubt */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "arg.h"
#include "core/base/host.h"
#include "core/territory/benefit.h"
#include "core/territory/rank_range.h"
#include "row.h"
#include "status.h"
#include "window.h"

PG_FUNCTION_INFO_V1(terrbal_rank_range);
PG_FUNCTION_INFO_V1(terrbal_benefit_of_the_doubt);

/* Scores of the units of a partition: rows that have all their scores, one after the other */
typedef struct Table {
	double *score;
	size_t units;
	int parts;    /* -1: no row yet */
	int64 *place; /* row of each unit */
	int64 *unit;  /* of each row, -1: none */
} Table;

static void take_scores(Window *w, void *to, int argument, int64 row, Datum value, bool isnull)
{
	Table *t = to;
	double *values;
	bool complete;
	int n;

	(void)argument;
	t->unit[row] = -1;
	if (isnull)
		return;
	complete = arg_float8_row(DatumGetArrayTypeP(value), &values, &n, "scores");
	if (t->parts < 0) {
		t->parts = n;
		t->score = tb_alloc((size_t)w->rows * n * sizeof(double) + 1);
	}
	arg_same_length(t->parts, "the first row of scores", n, "scores");
	if (!complete)
		return;
	memcpy(t->score + t->units * n, values, n * sizeof(double));
	t->place[t->units] = row;
	t->unit[row] = t->units++;
}

static Table *read_scores(Window *w)
{
	static const bool wanted[FUNC_MAX_ARGS] = {true};
	Table *t = tb_alloc(sizeof(Table));

	*t = (Table){.parts = -1, .place = tb_alloc(w->rows * sizeof(int64)), .unit = tb_alloc(w->rows * sizeof(int64))};
	window_read(w, wanted, take_scores, t);
	t->parts = Max(t->parts, 0);
	return t;
}

/* NULL where the argument is */
static double *shares_arg(Window *w, int argument, const char *name, int parts)
{
	bool isnull;
	Datum value = window_common(w, argument, name, &isnull);
	double *values;
	int n;

	if (isnull)
		return NULL;
	values = arg_float8_array(DatumGetArrayTypeP(value), &n, name);
	arg_same_length(parts, "scores", n, name);
	for (int j = 0; j < n; j++)
		(void)arg_nonnegative(values[j], psprintf("%s[%d]", name, j + 1));
	return values;
}

static const char *const aggregations[] = {"arithmetic", "geometric", "harmonic", "mpi_negative", "mpi_positive"};
static const TbAggregation aggregation_of[] = {TB_ARITHMETIC, TB_GEOMETRIC, TB_HARMONIC, TB_MPI_NEGATIVE, TB_MPI_POSITIVE};

static TbAggregation *aggregations_arg(Window *w, int argument, int *n)
{
	bool isnull, *nulls;
	Datum value = window_common(w, argument, "aggregations", &isnull), *names;
	TbAggregation *chosen;

	if (isnull)
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("aggregations must not be NULL"),
						errhint("Give for example '{arithmetic,geometric}'.")));
	deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, n);
	chosen = tb_alloc((*n + 1) * sizeof(TbAggregation));
	for (int i = 0; i < *n; i++) {
		if (nulls[i])
			ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("aggregations[%d] must not be NULL", i + 1)));
		chosen[i] = aggregation_of[arg_choice(names[i], "aggregation", aggregations, lengthof(aggregations))];
	}
	if (*n == 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("aggregations must name at least one"),
						errhint("Give for example '{arithmetic,geometric}'.")));
	return chosen;
}

typedef struct Ranking {
	TbRankRange *range;
	int64 *unit;
} Ranking;

/* Parts of weight 0 go, whatever their scores are; the place of each that stays, from 1 */
static int *leave_weightless(Table *t, double *weights)
{
	int *place = tb_alloc((t->parts + 1) * sizeof(int)), kept = 0;

	for (int j = 0; j < t->parts; j++)
		if (!weights || weights[j] > 0)
			place[kept++] = j + 1;
	for (size_t i = 0; i < t->units && kept < t->parts; i++)
		for (int j = 0; j < kept; j++)
			t->score[i * kept + j] = t->score[i * t->parts + place[j] - 1];
	for (int j = 0; j < kept && weights; j++)
		weights[j] = weights[place[j] - 1];
	t->parts = kept;
	return place;
}

static _Noreturn void refuse_ranking(TbStatus status, const Table *t, size_t at, int part, const int *place)
{
	if (status == TB_OUT_OF_RANGE)
		arg_refuse(t->score[at * t->parts + part], psprintf("scores[%d]", place[part]), "positive for geometric and harmonic aggregation",
				   "Normalise to a scale that begins above 0, such as min_max to [1, 100].");
	if (status == TB_TOO_LARGE)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("%zu units times draws are more than %llu ranks", t->units, (unsigned long long)TB_RANK_CELLS_MOST),
						errhint("Take fewer draws.")));
	ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("no index for the unit in row " INT64_FORMAT, t->place[at] + 1),
					errhint("Some weight must be above 0; a penalised mean needs scores whose mean is not 0.")));
}

static void *solve_ranks(Window *w)
{
	Table *t = read_scores(w);
	TbRankQuestion question = {.scores = t->score, .units = t->units};
	Ranking *ranking = tb_alloc(sizeof(Ranking));
	size_t at = 0;
	int part = 0, *place;
	double *weights;
	Datum seed = window_given(w, 5, "seed");
	TbStatus status;

	weights = t->units ? shares_arg(w, 1, "weights", t->parts) : NULL;
	place = leave_weightless(t, weights);
	question.weights = weights;
	question.parts = t->parts;
	question.spread = arg_share(window_double(w, 2, "spread"), "spread");
	question.aggregations = aggregations_arg(w, 3, &question.n_aggregations);
	question.draws = window_count(w, 4, "draws");
	question.seed = (uint64_t)DatumGetInt64(seed);
	question.top = window_count(w, 6, "top");
	*ranking = (Ranking){.range = tb_alloc(t->units * sizeof(TbRankRange) + 1), .unit = t->unit};
	status = tb_rank_range(&question, ranking->range, &at, &part);
	if (status != TB_OK)
		refuse_ranking(status, t, at, part, place);
	return ranking;
}

/* rank_range(scores, weights, spread, aggregations, draws, seed, top) */
Datum terrbal_rank_range(PG_FUNCTION_ARGS)
{
	const Ranking *ranking = window_solution(fcinfo, solve_ranks);
	int64 unit = ranking->unit[window_position(fcinfo)];
	const TbRankRange *r;
	Datum values[7];
	bool nulls[7] = {false};

	if (unit < 0)
		PG_RETURN_NULL();
	r = ranking->range + unit;
	values[0] = Int32GetDatum(r->rank);
	values[1] = Int32GetDatum(r->best);
	values[2] = Int32GetDatum(r->p05);
	values[3] = Int32GetDatum(r->median);
	values[4] = Int32GetDatum(r->p95);
	values[5] = Int32GetDatum(r->worst);
	values[6] = Float8GetDatum(r->top);
	return window_composite(fcinfo, values, nulls, 7);
}

typedef struct Doubt {
	double *index, *share;
	int64 *unit;
	int parts;
} Doubt;

static void *solve_doubt(Window *w)
{
	Table *t = read_scores(w);
	Doubt *doubt = tb_alloc(sizeof(Doubt));
	double *low = NULL, *high = NULL;
	TbStatus status;

	for (size_t i = 0; i < t->units * t->parts; i++)
		(void)arg_nonnegative(t->score[i], "scores");
	if (t->units) {
		low = shares_arg(w, 1, "low", t->parts);
		high = shares_arg(w, 2, "high", t->parts);
	}
	*doubt = (Doubt){.unit = t->unit,
					 .parts = t->parts,
					 .index = tb_alloc(t->units * sizeof(double) + 1),
					 .share = tb_alloc(t->units * t->parts * sizeof(double) + 1)};
	status = tb_benefit_of_the_doubt(t->score, t->units, t->parts, low, high, doubt->index, doubt->share);
	(void)status_ok_message(
		status, status == TB_INVALID ? "no shares are within their bounds" : "the linear program of a unit did not end", NULL,
		status == TB_INVALID ? "Each low must be at most its high, both between 0 and 1; the lows must add up to at most 1, the highs to at least 1."
							 : NULL);
	return doubt;
}

/* benefit_of_the_doubt(scores, low, high) */
Datum terrbal_benefit_of_the_doubt(PG_FUNCTION_ARGS)
{
	const Doubt *doubt = window_solution(fcinfo, solve_doubt);
	int64 unit = doubt->unit[window_position(fcinfo)];
	Datum values[2];
	bool nulls[2] = {false};

	if (unit < 0)
		PG_RETURN_NULL();
	values[0] = Float8GetDatum(doubt->index[unit]);
	values[1] = row_float8_array(doubt->share + unit * doubt->parts, doubt->parts);
	return window_composite(fcinfo, values, nulls, 2);
}
