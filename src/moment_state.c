/* moment_state.c -- the public state of cross moments */
#include "postgres.h"

#include "arg.h"
#include "core/state/moments.h"
#include "moment_state.h"
#include "state.h"
#include "status.h"

TB_STATE(moment)

/* Argument n, aligned. The short form, in which tables keep up to thirteen float8, is copied to one place for all rows: no memory, no search for its size. */
static ArrayType *array_arg(FunctionCallInfo fcinfo, int n)
{
	static union {
		ArrayType array;
		double aligned[(VARATT_SHORT_MAX + VARHDRSZ) / sizeof(double) + 1];
	} room;
	struct varlena *given = (struct varlena *)PG_GETARG_POINTER(n);
	Size size;

	if (VARATT_IS_EXTERNAL(given) || !VARATT_IS_SHORT(given))
		return PG_GETARG_ARRAYTYPE_P(n);
	size = VARSIZE_SHORT(given) - VARHDRSZ_SHORT;
	SET_VARSIZE(&room.array, size + VARHDRSZ);
	memcpy(VARDATA(&room.array), VARDATA_SHORT(given), size);
	return &room.array;
}

bool moment_row(FunctionCallInfo fcinfo, int first, double *y, double **x, int *p)
{
	if (PG_ARGISNULL(first) || PG_ARGISNULL(first + 1))
		return false;
	*y = PG_GETARG_FLOAT8(first);
	if (unlikely(!isfinite(*y)))
		arg_finite(*y, "y");
	return arg_float8_row(array_arg(fcinfo, first + 1), x, p, "x");
}

void moment_ok(TbStatus status, int p, int expected, const TbShape *shape)
{
	if (likely(status == TB_OK))
		return;
	if (status == TB_MISMATCH)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR), errmsg("x has %d elements, in earlier rows it has %d", p, expected),
						errhint("Give every row the same regressors in the same order.")));
	if (status == TB_TOO_LARGE && p > TB_MOMENT_COLUMNS)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("x has %d elements, more than %d", p, TB_MOMENT_COLUMNS),
						errhint("Subtract group means instead of giving a dummy to each of many groups.")));
	if (status == TB_TOO_LARGE && p < 1)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR), errmsg("x must not be empty"), errhint("ARRAY[1] regresses on the constant alone.")));
	if (status == TB_OUT_OF_RANGE)
		status_ok_message(status, "square of y or x out of range", NULL, "Scale the variables to magnitudes below 1e145.");
	state_ok(status, shape);
}

static inline Datum added(FunctionCallInfo fcinfo, double y, const double *x, int p, double weight)
{
	TbState *state = state_writable(fcinfo, 0, &tb_moment_shape);

	moment_ok(tb_moments_add(&state, y, x, p, weight), p, state ? (int)tb_state_words(state)[1] : 0, &tb_moment_shape);
	return state_kept(fcinfo, state, &tb_moment_shape);
}

PG_FUNCTION_INFO_V1(terrbal_moment_transition);

Datum terrbal_moment_transition(PG_FUNCTION_ARGS)
{
	double y, *x, weight = 1;
	int p;

	if (arg_any_null(fcinfo, 1, PG_NARGS() - 1))
		return state_unchanged(fcinfo);
	if (PG_NARGS() > 3)
		weight = arg_nonnegative(PG_GETARG_FLOAT8(3), "weight");
	if (weight == 0 || !moment_row(fcinfo, 1, &y, &x, &p))
		return state_unchanged(fcinfo);
	return added(fcinfo, y, x, p, weight);
}

PG_FUNCTION_INFO_V1(terrbal_ols_columns_transition);

/* (state, y, x1, x2 ..): the regressors as arguments, so that nobody builds an array; a row counts as it does with ARRAY[x1, x2 ..] */
Datum terrbal_ols_columns_transition(PG_FUNCTION_ARGS)
{
	double y, x[FUNC_MAX_ARGS];
	int p = PG_NARGS() - 2;

	if (PG_ARGISNULL(1))
		return state_unchanged(fcinfo);
	y = arg_finite(PG_GETARG_FLOAT8(1), "y");
	if (arg_any_null(fcinfo, 2, p + 1))
		return state_unchanged(fcinfo);
	for (int i = 0; i < p; i++) {
		x[i] = PG_GETARG_FLOAT8(i + 2);
		if (unlikely(!isfinite(x[i])))
			arg_finite(x[i], psprintf("x%d", i + 1));
	}
	return added(fcinfo, y, x, p, 1);
}
