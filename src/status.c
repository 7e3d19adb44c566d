/* status.c -- the one table from core status to errcode and message */
#include "postgres.h"

#include "access/xact.h"
#include "common/hashfn.h"
#include "fmgr.h"

#include "core/base/step.h"
#include "status.h"

typedef struct StatusText {
	int errcode;
	const char *message;
	const char *hint;
} StatusText;

static StatusText status_text(TbStatus status)
{
	switch (status) {
	case TB_OK:
	case TB_UNDEFINED:
		break;
	case TB_INVALID:
		return (StatusText){ERRCODE_INVALID_PARAMETER_VALUE, "arguments do not fit together", NULL};
	case TB_OUT_OF_RANGE:
		return (StatusText){ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "value out of range", NULL};
	case TB_INFEASIBLE:
		return (StatusText){ERRCODE_INVALID_PARAMETER_VALUE, "no solution meets all bounds", NULL};
	case TB_TIE:
		return (StatusText){ERRCODE_INVALID_PARAMETER_VALUE, "a tie between equal rows would be decided by row order",
							"Add ORDER BY with a unique key to the window."};
	case TB_NOT_CONVERGED:
		return (StatusText){ERRCODE_DATA_EXCEPTION, "iteration did not converge", NULL};
	case TB_MISMATCH:
		return (StatusText){ERRCODE_INVALID_PARAMETER_VALUE, "states with different parameters cannot be merged", NULL};
	case TB_TOO_LARGE:
		return (StatusText){ERRCODE_PROGRAM_LIMIT_EXCEEDED, "size limit exceeded", NULL};
	case TB_TOO_MANY:
		return (StatusText){ERRCODE_PROGRAM_LIMIT_EXCEEDED, "more than 2^53 rows", "Counts beyond that are not exact in float8."};
	case TB_CORRUPT:
		return (StatusText){ERRCODE_INVALID_BINARY_REPRESENTATION, "invalid state", NULL};
	}
	return (StatusText){ERRCODE_INTERNAL_ERROR, "unexpected status", NULL};
}

bool status_ok_message(TbStatus status, const char *message, const char *detail, const char *hint)
{
	StatusText text;

	if (status == TB_OK)
		return true;
	if (status == TB_UNDEFINED)
		return false;
	text = status_text(status);
	if (!hint)
		hint = text.hint;
	ereport(ERROR, (errcode(text.errcode), errmsg("%s", message ? message : text.message), detail ? errdetail("%s", detail) : 0,
					hint ? errhint("%s", hint) : 0));
}

bool status_ok(TbStatus status)
{
	return status_ok_message(status, NULL, NULL, NULL);
}

#define REASONS 16 /* remembered; one more in one statement may be told again */

bool told_before(const char *reason)
{
	static TimestampTz statement;
	static uint32 told[REASONS];
	static int n;
	uint32 hash = hash_bytes((const unsigned char *)reason, (int)strlen(reason));

	if (statement != GetCurrentStatementStartTimestamp())
		n = 0;
	statement = GetCurrentStatementStartTimestamp();
	for (int i = 0; i < Min(n, REASONS); i++)
		if (told[i] == hash)
			return true;
	told[n++ % REASONS] = hash;
	return false;
}

void no_result(const char *why)
{
	if (!told_before(why))
		ereport(NOTICE, (errmsg("no result: %s", why)));
}

void left_out(const char *what, const char *hint)
{
	if (!told_before(what))
		ereport(NOTICE, (errmsg("left out: %s", what), errhint("%s", hint)));
}

#define FEW_CLUSTERS 20

void few_clusters(uint64 clusters, const char *hint)
{
	if (clusters > 1 && clusters < FEW_CLUSTERS && !told_before(hint))
		ereport(NOTICE, (errmsg("clustered errors rest on %llu clusters only: t, p and intervals are too hopeful", (unsigned long long)clusters),
						 errhint("%s", hint)));
}

bool status_told(TbStatus status, const char *why)
{
	if (status == TB_UNDEFINED)
		no_result(why);
	return status_ok(status);
}

void state_failed(TbStatus status, const TbShape *shape)
{
	if (status == TB_TOO_LARGE)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("%s exceeds 1 GB", shape->name),
						errhint("Aggregate smaller groups into states and work on those, or round the values so that equal rows coalesce.")));
	if (status == TB_TOO_MANY)
		(void)status_ok_message(status, psprintf("%s would stand for more than 2^53 rows", shape->name), NULL, NULL);
	if (status == TB_OUT_OF_RANGE)
		(void)status_ok_message(status, psprintf("a sum in %s is out of range", shape->name), NULL, NULL);
	(void)status_ok(status);
}

/* For tests: declared there as a function of their own */
PG_FUNCTION_INFO_V1(terrbal_steps_done);

Datum terrbal_steps_done(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64)tb_steps_done());
}
