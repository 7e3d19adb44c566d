/* sample_state.c -- the public states of samples: one transition function for every list of argument types */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/syscache.h"

#include "arg.h"
#include "core/state/sample_layout.h"
#include "sample_state.h"
#include "state.h"
#include "status.h"

TB_STATE(sample)
TB_STATE(paired)
TB_STATE(grouped)

bool sample_arg(FunctionCallInfo fcinfo, int n, const TbShape *shape, TbSample *sample)
{
	return status_told(tb_sample_view(state_arg(fcinfo, n, shape), sample), "no row with a weight above 0");
}

uint64 sample_parameter_bits(FunctionCallInfo fcinfo, const TbShape *shape, int parameter)
{
	const TbState *state = state_arg(fcinfo, 0, shape);

	if (parameter >= tb_sample_parameters(state))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s carries no parameter", shape->name),
						errhint("Use the function that takes the parameter as an argument.")));
	return tb_sample_parameter(state)[parameter];
}

double sample_parameter(FunctionCallInfo fcinfo, const TbShape *shape, int argument, int parameter)
{
	uint64 bits;
	double x;

	if (argument < PG_NARGS())
		return PG_GETARG_FLOAT8(argument);
	bits = sample_parameter_bits(fcinfo, shape, parameter);
	memcpy(&x, &bits, sizeof(x));
	return x;
}

static const char *const value_names[] = {"value", "weight"};
static const char *const pair_names[] = {"first value", "second value", "weight"};
static const char *const growth_names[] = {"initial", "final"}; /* both positive */

static inline uint64 double_bits(double x)
{
	uint64 bits;

	memcpy(&bits, &x, sizeof(bits));
	return bits;
}

static char *shown(uint64 bits, Oid type)
{
	double x;

	memcpy(&x, &bits, sizeof(x));
	return type == INT8OID ? psprintf(INT64_FORMAT, (int64)bits) : psprintf("%.15g", x);
}

/* parameter[] of this row, arguments from that number on, is not that of the rows before */
static void refuse_parameters(FunctionCallInfo fcinfo, const TbState *state, const uint64 *parameter, int argument)
{
	Aggref *call = AggGetAggref(fcinfo);
	HeapTuple function = SearchSysCache1(PROCOID, ObjectIdGetDatum(call ? call->aggfnoid : fcinfo->flinfo->fn_oid));
	const uint64 *before = tb_sample_parameter(state);
	int k = parameter[0] == before[0] && argument + 1 < PG_NARGS() ? 1 : 0;
	Oid type = k == 0 ? FLOAT8OID : INT8OID; /* a second one is a seed */
	char **names, *modes;
	Oid *types;

	Assert(HeapTupleIsValid(function));
	(void)get_func_arg_info(function, &types, &names, &modes);
	argument += k - (call ? 1 : 0); /* an aggregate has no state among its arguments */
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("a parameter of an aggregate differs between rows"),
					errdetail("%s is %s here and %s before.", names ? names[argument] : "It", shown(parameter[k], type), shown(before[k], type)),
					errhint("Give a constant, or aggregate each value of the parameter by itself.")));
}

/* parameter: those of the row, NULL where the form has none, and the number of their first argument */
static Datum added(FunctionCallInfo fcinfo, TbStatus status, TbState **grown, const TbShape *shape, const uint64 *parameter, int argument)
{
	TbState *state = *grown;

	if (status == TB_MISMATCH && parameter)
		refuse_parameters(fcinfo, state, parameter, argument);
	state_ok(status, shape);
	return state_kept(fcinfo, state, shape);
}

Datum paired_added(FunctionCallInfo fcinfo, double x, double y)
{
	uint64 row[2] = {tb_sort_key(x), tb_sort_key(y)};
	TbState *state = state_writable(fcinfo, 0, &tb_paired_shape);

	return added(fcinfo, tb_sample_add(&state, &tb_paired_shape, 0, NULL, row), &state, &tb_paired_shape, NULL, 0);
}

/* Keys of float8 arguments from argument 1; the last is a weight if the form has one. False where the row counts for nothing. */
static pg_attribute_always_inline bool row_keys(FunctionCallInfo fcinfo, const uint32 form, const int numbers, const char *const *names, uint64 *row)
{
	bool weighted = form & TB_SAMPLE_WEIGHTED;

	if (weighted) {
		double weight = arg_nonnegative(PG_GETARG_FLOAT8(numbers), "weight");

		/* whatever its value */
		if (weight == 0)
			return false;
		row[numbers - 1] = tb_sort_key(weight);
	}
	for (int i = 0; i < numbers - weighted; i++)
		row[i] = tb_sort_key(names == growth_names ? arg_positive(PG_GETARG_FLOAT8(i + 1), names[i]) : arg_finite(PG_GETARG_FLOAT8(i + 1), names[i]));
	return true;
}

/* The row added where the state lies open, of this very form and with room; form and columns are constants of the caller. False: nothing done */
static pg_attribute_always_inline bool pushed(FunctionCallInfo fcinfo, const TbShape *shape, const uint32 form, const uint64 *parameter,
											  const uint64 *row, const int columns)
{
	TbState *state = state_in_place(fcinfo, shape);

	return state && tb_sample_push(state, form, parameter, row, columns);
}

static pg_attribute_always_inline Datum add(FunctionCallInfo fcinfo, const TbShape *shape, const uint32 form, const int numbers,
											const char *const *names)
{
	TbState *state;
	uint64 row[3];

	if (arg_any_null(fcinfo, 1, numbers) || !row_keys(fcinfo, form, numbers, names, row) || pushed(fcinfo, shape, form, NULL, row, numbers))
		return state_unchanged(fcinfo);
	state = state_writable(fcinfo, 0, shape);
	return added(fcinfo, tb_sample_add(&state, shape, form, NULL, row), &state, shape, NULL, 0);
}

/* The same with a float8 parameter after the numbers */
static pg_attribute_always_inline Datum add_with_parameter(FunctionCallInfo fcinfo, const TbShape *shape, const uint32 form, const int numbers,
														   const char *const *names)
{
	const uint32 with = form | TB_SAMPLE_PARAMETERS(1);
	TbState *state;
	uint64 row[3], parameter;

	if (arg_any_null(fcinfo, 1, numbers + 1) || !row_keys(fcinfo, form, numbers, names, row))
		return state_unchanged(fcinfo);
	parameter = double_bits(PG_GETARG_FLOAT8(numbers + 1) + 0.0); /* the final knows its name and range */
	if (pushed(fcinfo, shape, with, &parameter, row, numbers))
		return state_unchanged(fcinfo);
	state = state_writable(fcinfo, 0, shape);
	return added(fcinfo, tb_sample_add(&state, shape, with, &parameter, row), &state, shape, &parameter, numbers + 1);
}

/* The same with a number of replications and a seed */
static Datum add_with_seed(FunctionCallInfo fcinfo, uint32 form, int numbers, const char *const *names)
{
	TbState *state;
	uint64 row[3], parameter[2];

	if (arg_any_null(fcinfo, 1, numbers + 2) || !row_keys(fcinfo, form, numbers, names, row))
		return state_unchanged(fcinfo);
	parameter[0] = double_bits(PG_GETARG_INT32(numbers + 1));
	parameter[1] = PG_GETARG_INT64(numbers + 2);
	state = state_writable(fcinfo, 0, &tb_sample_shape);
	return added(fcinfo, tb_sample_add(&state, &tb_sample_shape, form | TB_SAMPLE_PARAMETERS(2), parameter, row), &state, &tb_sample_shape, parameter,
				 numbers + 1);
}

/* A group after the numbers, and after that a float8 parameter where the form has one */
static Datum add_grouped(FunctionCallInfo fcinfo, uint32 form, int numbers, const char *const *names)
{
	bool with_parameter = form & TB_SAMPLE_PARAMETERS(1);
	TbState *state;
	ArgId group;
	uint64 row[3], parameter = 0;

	if (arg_any_null(fcinfo, 1, numbers + 1 + with_parameter) || !row_keys(fcinfo, form, numbers, names, row))
		return state_unchanged(fcinfo);
	group = arg_id(PG_GETARG_DATUM(numbers + 1), "grp");
	if (with_parameter)
		parameter = double_bits(PG_GETARG_FLOAT8(numbers + 2) + 0.0);
	state = state_writable(fcinfo, 0, &tb_grouped_shape);
	return added(fcinfo, tb_grouped_add(&state, form, &parameter, row, (TbId){group.text, group.length}), &state, &tb_grouped_shape,
				 with_parameter ? &parameter : NULL, numbers + 2);
}

#define TRANSITION(symbol, call)                                                                                                                     \
	PG_FUNCTION_INFO_V1(symbol);                                                                                                                     \
	Datum symbol(PG_FUNCTION_ARGS)                                                                                                                   \
	{                                                                                                                                                \
		return call;                                                                                                                                 \
	}

TRANSITION(terrbal_sample_value, add(fcinfo, &tb_sample_shape, 0, 1, value_names))
TRANSITION(terrbal_sample_weighted, add(fcinfo, &tb_sample_shape, TB_SAMPLE_WEIGHTED, 2, value_names))
TRANSITION(terrbal_sample_value_parameter, add_with_parameter(fcinfo, &tb_sample_shape, 0, 1, value_names))
TRANSITION(terrbal_sample_weighted_parameter, add_with_parameter(fcinfo, &tb_sample_shape, TB_SAMPLE_WEIGHTED, 2, value_names))
TRANSITION(terrbal_sample_value_seed, add_with_seed(fcinfo, 0, 1, value_names))
TRANSITION(terrbal_sample_weighted_seed, add_with_seed(fcinfo, TB_SAMPLE_WEIGHTED, 2, value_names))
TRANSITION(terrbal_paired_value, add(fcinfo, &tb_paired_shape, 0, 2, pair_names))
TRANSITION(terrbal_paired_weighted, add(fcinfo, &tb_paired_shape, TB_SAMPLE_WEIGHTED, 3, pair_names))
TRANSITION(terrbal_convergence_pair, add(fcinfo, &tb_paired_shape, 0, 2, growth_names))
TRANSITION(terrbal_convergence_years, add_with_parameter(fcinfo, &tb_paired_shape, 0, 2, growth_names))
TRANSITION(terrbal_grouped_value, add_grouped(fcinfo, 0, 1, value_names))
TRANSITION(terrbal_grouped_weighted, add_grouped(fcinfo, TB_SAMPLE_WEIGHTED, 2, value_names))
TRANSITION(terrbal_grouped_value_parameter, add_grouped(fcinfo, TB_SAMPLE_PARAMETERS(1), 1, value_names))
TRANSITION(terrbal_grouped_weighted_parameter, add_grouped(fcinfo, TB_SAMPLE_WEIGHTED | TB_SAMPLE_PARAMETERS(1), 2, value_names))

bool distribution_arg(FunctionCallInfo fcinfo, TbSample *sample, TbDistribution *distribution)
{
	if (!sample_arg(fcinfo, 0, &tb_sample_shape, sample))
		return false;
	tb_distribution(sample, sample->x, distribution);
	return true;
}

int bootstrap_replications(double replications)
{
	if (!(replications >= 2 && replications <= 1000000 && replications == floor(replications)))
		arg_refuse(replications, "replications", "between 2 and 1000000", NULL);
	return (int)replications;
}

#define MOST_DRAWS 1e12 /* hours; a few bytes may stand for more rows than anyone can draw */

void bootstrap_fits(const TbSample *sample, int replications, const char *hint)
{
	if ((double)sample->rows * replications > MOST_DRAWS)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("%d replications of %.0f rows are more than %.0g draws", replications, (double)sample->rows, MOST_DRAWS),
						errhint("%s", hint)));
}

const char *no_entropy(const TbDistribution *d)
{
	if (!(d->mean.hi > 0))
		return NO_TOTAL;
	return d->minimum < 0 ? "a value is negative, which the index is not made for" : "a value is 0, where the index would be infinite";
}
