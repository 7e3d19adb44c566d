/* state_operator.c -- states of one type compared by their canonical bytes, whatever the type
 *
 * Equal means: the same canonical bytes. The order is that of these bytes and says nothing about what a state holds; it serves DISTINCT, GROUP BY, unique
 * indexes. Packed words stand in host order, so they are compared as numbers, which is the order of their big-endian bytes.
 */
#include "postgres.h"

#include "access/detoast.h"
#include "common/hashfn.h"
#include "compat.h"
#include "fmgr.h"
#include "port/pg_bswap.h"

#include "core/base/step.h"
#include "core/state/alike.h"
#include "core/state/state.h"

/* A flat value of one of our types, of which input or an aggregate has checked all else */
static const TbState *operand(Datum datum)
{
	const TbState *state = (const TbState *)PG_DETOAST_DATUM(datum);

	if (VARSIZE(state) < sizeof(TbState) || state->magic != TB_STATE_MAGIC || state->size != VARSIZE(state))
		ereport(ERROR, (errcode(ERRCODE_INVALID_BINARY_REPRESENTATION), errmsg("invalid state: damaged header")));
	if (tb_state_is_open(state))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("a state in its working layout has no order"),
						errhint("Give an aggregate over states a final function, such as that of terrbal.rollup.")));
	return state;
}

static void done_with(const TbState *state, Datum datum)
{
	if ((Pointer)state != DatumGetPointer(datum))
		pfree((void *)state);
}

static int by_number(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare_words(const uint64_t *a, const uint64_t *b, uint64_t n)
{
	TB_ROWS (i, 0, n)
		if (a[i] != b[i])
			return by_number(a[i], b[i]);
	return 0;
}

/* As memcmp on the canonical bytes of both */
static int compare(const TbState *a, const TbState *b)
{
	int order = by_number(a->version, b->version);

	if (order == 0)
		order = by_number(a->shape, b->shape);
	if (order == 0)
		order = by_number(a->flags, b->flags);
	if (order == 0)
		order = by_number(a->words, b->words);
	if (order == 0)
		order = by_number(a->bytes, b->bytes);
	if (order == 0)
		order = compare_words(tb_state_words(a), tb_state_words(b), a->words);
	return order != 0 ? order : memcmp(tb_state_bytes(a), tb_state_bytes(b), a->bytes);
}

static int order_of(FunctionCallInfo fcinfo)
{
	Datum first = PG_GETARG_DATUM(0), second = PG_GETARG_DATUM(1);
	const TbState *a = operand(first), *b = operand(second);
	int order = compare(a, b);

	done_with(a, first);
	done_with(b, second);
	return order;
}

/* Most states that differ do so in size, which is known without fetching them */
static bool equal(FunctionCallInfo fcinfo)
{
	return toast_raw_datum_size(PG_GETARG_DATUM(0)) == toast_raw_datum_size(PG_GETARG_DATUM(1)) && order_of(fcinfo) == 0;
}

#define COMPARISON(name, condition)                                                                                                                  \
	PG_FUNCTION_INFO_V1(terrbal_state_##name);                                                                                                       \
	Datum terrbal_state_##name(PG_FUNCTION_ARGS)                                                                                                     \
	{                                                                                                                                                \
		PG_RETURN_BOOL(condition);                                                                                                                   \
	}

COMPARISON(eq, equal(fcinfo))
COMPARISON(ne, !equal(fcinfo))
COMPARISON(lt, order_of(fcinfo) < 0)
COMPARISON(le, order_of(fcinfo) <= 0)
COMPARISON(gt, order_of(fcinfo) > 0)
COMPARISON(ge, order_of(fcinfo) >= 0)

PG_FUNCTION_INFO_V1(terrbal_state_cmp);

Datum terrbal_state_cmp(PG_FUNCTION_ARGS)
{
	int order = order_of(fcinfo);

	PG_RETURN_INT32((order > 0) - (order < 0));
}

static uint64 hash(Datum datum, uint64 seed)
{
	const TbState *state = operand(datum);
	const unsigned char *content = (const unsigned char *)tb_state_words(state);
	Size size = state->words * 8 + state->bytes;
	uint64 value = hash_bytes_uint32_extended(state->flags, seed);

	for (Size from = 0, part; from < size; from += part) {
		part = Min(size - from, TB_COPY_BETWEEN_TICKS);
		value = hash_bytes_extended(content + from, (int)part, value);
		tb_steps(TB_STEPS);
	}
	done_with(state, datum);
	return value;
}

PG_FUNCTION_INFO_V1(terrbal_state_hash);

Datum terrbal_state_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT32((uint32)hash(PG_GETARG_DATUM(0), 0));
}

PG_FUNCTION_INFO_V1(terrbal_state_hash_extended);

Datum terrbal_state_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT64(hash(PG_GETARG_DATUM(0), PG_GETARG_INT64(1)));
}

/* state_alike(a, b): canonical bytes as observation_state keeps them, of which the header is compared as it stands */
PG_FUNCTION_INFO_V1(terrbal_state_alike);

Datum terrbal_state_alike(PG_FUNCTION_ARGS)
{
	enum { SHAPE = 3, HEADER = 24 };
	const bytea *a = PG_GETARG_BYTEA_PP(0), *b = PG_GETARG_BYTEA_PP(1);
	Size size = VARSIZE_ANY_EXHDR(a), words = size < HEADER ? 0 : (size - HEADER) / 8;
	uint64_t *of_a, *of_b;

	if (size != VARSIZE_ANY_EXHDR(b))
		PG_RETURN_BOOL(false);
	if (memcmp(VARDATA_ANY(a), VARDATA_ANY(b), size) == 0)
		PG_RETURN_BOOL(true);
	/* bytes behind the words are text, which has no low parts */
	if (size < HEADER || size % 8 || memcmp(VARDATA_ANY(a), VARDATA_ANY(b), HEADER) != 0)
		PG_RETURN_BOOL(false);
	of_a = MemoryContextAllocHuge(CurrentMemoryContext, words * 8 + 1);
	of_b = MemoryContextAllocHuge(CurrentMemoryContext, words * 8 + 1);
	memcpy(of_a, VARDATA_ANY(a) + HEADER, words * 8);
	memcpy(of_b, VARDATA_ANY(b) + HEADER, words * 8);
	for (Size i = 0; i < words; i++, tb_step()) {
		of_a[i] = pg_ntoh64(of_a[i]);
		of_b[i] = pg_ntoh64(of_b[i]);
	}
	PG_RETURN_BOOL(tb_words_alike((TbShapeCode)(unsigned char)VARDATA_ANY(a)[SHAPE], of_a, of_b, words));
}
