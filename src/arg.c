/* arg.c -- argument guards */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "arg.h"
#include "status.h"

static const char *shown(double x)
{
	char *text = palloc(32);

	snprintf(text, 32, "%.15g", x);
	return text;
}

void arg_refuse(double x, const char *name, const char *rule, const char *hint)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s must be %s, not %s", name, rule, shown(x)), hint ? errhint("%s", hint) : 0));
	pg_unreachable();
}

void arg_period_seen(ArgPeriods *periods, int32 period)
{
	periods->others |= period < 150001 || period > 250012 || period % 100 < 1 || period % 100 > 12;
	periods->first = periods->any ? Min(periods->first, period) : period;
	periods->last = periods->any ? Max(periods->last, period) : period;
	periods->any = true;
}

void arg_periods_told(const ArgPeriods *periods)
{
	if (periods->any && !periods->others && periods->first / 100 < periods->last / 100)
		notice_once((errmsg("periods %d to %d look like years and months, and their differences count", periods->first, periods->last),
					 errhint("Number the months one by one: 12 * year + month.")));
}

bool arg_queen(int32 neighbours)
{
	if (neighbours != 4 && neighbours != 8)
		arg_refuse(neighbours, "neighbours", "4 or 8", "4: cells that share an edge are one patch; 8: those that share a corner, too.");
	return neighbours == 8;
}

double arg_years(double x, const char *name)
{
	x = arg_nonnegative(x, name);
	if (unlikely(x >= 1800 && x <= 2100) && !told_before("a year of the calendar"))
		ereport(NOTICE, (errmsg("%s is %s: a year of the calendar?", name, shown(x)), errhint("Give the number of years from start to end.")));
	return x;
}

void arg_part(double part, const char *name, double whole, const char *whole_name, const char *hint)
{
	if (unlikely(part > whole && whole > 0))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s (%s) is more than %s (%s)", name, shown(part), whole_name, shown(whole)),
						hint ? errhint("%s", hint) : 0));
}

/* Parameters that refuse NULL too: to advise it would lead from one error to the next */
static bool never_missing(const char *name)
{
	static const char *const parameter[] = {"threshold", "cell_size", "cell_area_km2", "radius",   "fringe",    "captured",  "tolerance",
											"bandwidth", "power",     "origin_x",      "origin_y", "low_limit", "high_limit"};

	for (size_t i = 0; i < lengthof(parameter); i++)
		if (strcmp(name, parameter[i]) == 0)
			return true;
	return strncmp(name, "parameters[", 11) == 0;
}

void arg_not_finite(double x, const char *name)
{
	const char *hint = "Use NULL for a missing value.";

	if (isinf(x) && strcmp(name, "distance") == 0)
		hint = "A pair that cannot be reached has no place here: leave its row out, or give NULL.";
	if (never_missing(name))
		hint = "Give a number: this one cannot be missing.";
	ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s must be finite, not %s", name, isnan(x) ? "NaN" : shown(x)),
					errhint("%s", hint)));
}

void arg_negative(double x, const char *name)
{
	ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s must not be negative, not %s", name, shown(x))));
}

double arg_positive(double x, const char *name)
{
	x = arg_finite(x, name);
	if (unlikely(x <= 0))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s must be positive, not %s", name, shown(x))));
	return x;
}

double arg_share(double x, const char *name)
{
	x = arg_finite(x, name);
	if (unlikely(x < 0 || x > 1))
		arg_refuse(x, name, "a fraction between 0 and 1", "Divide a percentage by 100.");
	return x;
}

double arg_squarable(double x, const char *name)
{
	x = arg_finite(x, name);
	if (unlikely(!(fabs(x) < 1e145)))
		arg_refuse(x, name, "below 1e145 in size", "Choose another unit.");
	return x;
}

static ArgId converted_id(ArgId id)
{
	char *utf8 = pg_server_to_any(id.text, id.length, PG_UTF8);

	return utf8 == id.text ? id : (ArgId){utf8, strlen(utf8)};
}

ArgId arg_id(Datum text, const char *name)
{
	static int encoding = -1; /* of the database, which a session never leaves */
	struct varlena *packed = (struct varlena *)DatumGetPointer(text);
	ArgId id;

	if (unlikely(encoding < 0))
		encoding = GetDatabaseEncoding();
	if (likely(VARATT_IS_1B(packed) && !VARATT_IS_1B_E(packed)))
		id = (ArgId){VARDATA_SHORT(packed), VARSIZE_SHORT(packed) - VARHDRSZ_SHORT};
	else {
		packed = PG_DETOAST_DATUM_PACKED(text);
		id = (ArgId){VARDATA_ANY(packed), VARSIZE_ANY_EXHDR(packed)};
	}
	return encoding == PG_UTF8 ? id : converted_id(id);
}

ArgId arg_number_id(Datum number, int n)
{
	static char text[ARG_NUMBERS][MAXINT8LEN + 1];

	Assert(n >= 0 && n < ARG_NUMBERS);
	return (ArgId){text[n], pg_lltoa(DatumGetInt64(number), text[n])};
}

Datum arg_id_datum(const char *utf8, size_t length)
{
	char *server = pg_any_to_server(utf8, length, PG_UTF8);

	if (server == utf8)
		return PointerGetDatum(cstring_to_text_with_len(utf8, length));
	return PointerGetDatum(cstring_to_text(server));
}

int arg_choice(Datum choice, const char *name, const char *const *choices, int n)
{
	char *given = TextDatumGetCString(choice);
	StringInfoData list;

	for (int i = 0; i < n; i++)
		if (strcmp(given, choices[i]) == 0)
			return i;
	initStringInfo(&list);
	for (int i = 0; i < n; i++)
		appendStringInfo(&list, "%s\"%s\"", i ? ", " : "", choices[i]);
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("unknown %s \"%s\"", name, given), errhint("Use one of %s.", list.data)));
}

static double *flat_array(ArrayType *array, int *n, const char *name)
{
	if (ARR_NDIM(array) > 1 || ARR_ELEMTYPE(array) != FLOAT8OID)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR), errmsg("%s must be a one-dimensional array of float8", name)));
	*n = ARR_NDIM(array) ? ARR_DIMS(array)[0] : 0;
	return (double *)ARR_DATA_PTR(array);
}

bool arg_float8_row(ArrayType *array, double **values, int *n, const char *name)
{
	*values = flat_array(array, n, name);
	if (array_contains_nulls(array))
		return false;
	for (int i = 0; i < *n; i++)
		if (unlikely(!isfinite((*values)[i])))
			arg_finite((*values)[i], psprintf("%s[%d]", name, i + 1));
	return true;
}

double *arg_float8_array(ArrayType *array, int *n, const char *name)
{
	double *values;

	if (!arg_float8_row(array, &values, n, name))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("%s must not contain NULL", name)));
	return values;
}

void arg_regressors(int n, int most, const char *name)
{
	if (n < 1 || n > most)
		ereport(ERROR, (errcode(n < 1 ? ERRCODE_ARRAY_SUBSCRIPT_ERROR : ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("%s has %d elements", name, n),
						errhint("It takes 1 to %d; a constant is an element too.", most)));
}

double *arg_float8_gaps(ArrayType *array, int *n, const char *name)
{
	double *values, *from = (double *)ARR_DATA_PTR(array);

	*n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	values = palloc(sizeof(double) * Max(*n, 1));
	for (int i = 0; i < *n; i++) {
		bool null = ARR_HASNULL(array) && !(ARR_NULLBITMAP(array)[i / 8] & (1 << (i % 8)));

		values[i] = null ? NAN : arg_finite(*from, name);
		from += !null;
	}
	return values;
}

void arg_same_length(int a, const char *name_a, int b, const char *name_b)
{
	if (a != b)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR), errmsg("%s has %d elements, %s has %d", name_a, a, name_b, b),
						errhint("Give arrays of the same length.")));
}
