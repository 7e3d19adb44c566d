/* state.c -- in, out, send, receive, combine and final of every flat state
 *
 * Canonical bytes: magic u16, version u8, shape u8, flags u32, words u64, bytes u64, then the words and the bytes, all big-endian. The text form is
 * their hex, exact whatever extra_float_digits says. Anyone may call in and recv with any bytes, so both end in the shape's full check.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "port/pg_bswap.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "core/base/step.h"
#include "state.h"
#include "state_object.h"
#include "status.h"

#define CANONICAL_HEADER 24

static void refuse(const TbShape *shape, int code, const char *why)
{
	ereport(ERROR, (errcode(code), errmsg("invalid %s: %s", shape->name, why),
					errhint("States come from the aggregates of terrbal or from their own output.")));
}

static inline TbState *fetch(Datum datum, const TbShape *shape)
{
	TbState *state = state_object_content(datum, shape);

	if (state)
		return state;
	state = state_flat(datum) ? (TbState *)DatumGetPointer(datum) : (TbState *)PG_DETOAST_DATUM(datum);
	if (tb_state_check_header(state, shape, VARSIZE(state)) != TB_OK)
		refuse(shape, ERRCODE_INVALID_BINARY_REPRESENTATION, "damaged header");
	return state;
}

const TbState *state_arg(FunctionCallInfo fcinfo, int n, const TbShape *shape)
{
	return fetch(PG_GETARG_DATUM(n), shape);
}

static TbState *copy_of(const TbState *state)
{
	TbState *copy = palloc(state->size);

	tb_copy(copy, state, state->size);
	return copy;
}

TbState *state_writable(FunctionCallInfo fcinfo, int n, const TbShape *shape)
{
	TbState *state;

	if (PG_ARGISNULL(n))
		return NULL;
	state = fetch(PG_GETARG_DATUM(n), shape);
	if (n == 0 && state_in_aggregate(fcinfo) && (state_flat(PG_GETARG_DATUM(n)) || state_object_open(PG_GETARG_DATUM(n))))
		return state;
	return copy_of(state);
}

StaticAssertDecl(TB_VALUE_LIMIT == MaxAllocSize, "the core knows the largest value of the server");

static void check_size(const TbState *state, const TbShape *shape)
{
	if (state->size > TB_VALUE_LIMIT)
		state_ok(TB_TOO_LARGE, shape);
}

static Datum finished(TbState *state, const TbShape *shape)
{
	check_size(state, shape);
	SET_VARSIZE(state, state->size);
	return PointerGetDatum(state);
}

/* What may be stored passes its own check: a build with assertions looks at every state that leaves */
static TbState *packed(TbState *state, const TbShape *shape)
{
	if (tb_state_is_open(state))
		state = shape->pack(state);
	Assert(!tb_state_is_open(state) && tb_state_check_header(state, shape, state->size) == TB_OK && shape->check(state) == TB_OK);
	return state;
}

Datum state_result(TbState *state, const TbShape *shape)
{
	return finished(packed(state, shape), shape);
}

Datum state_kept(FunctionCallInfo fcinfo, TbState *state, const TbShape *shape)
{
	TbState *content;
	MemoryContext aggregate;

	/* changed where it lies: a flat value comes back from state_writable in an aggregate only */
	if (!PG_ARGISNULL(0) && state == (TbState *)PG_GETARG_POINTER(0) && state->size < STATE_OBJECT_FROM && state_in_aggregate(fcinfo))
		return finished(state, shape);
	content = PG_ARGISNULL(0) ? NULL : state_object_content(PG_GETARG_DATUM(0), shape);
	/* its own content comes back from state_writable in an aggregate only */
	if (content == state)
		return PG_GETARG_DATUM(0);
	if (!AggCheckCallContext(fcinfo, &aggregate))
		return state_result(state, shape);
	if (!content && state->size < STATE_OBJECT_FROM)
		return finished(state, shape);
	check_size(state, shape);
	return content ? state_object_replace(PG_GETARG_DATUM(0), state) : state_object_new(aggregate, state, shape);
}

/* Words big-endian <-> host order */
static void swap_words(uint64_t *to, const uint64_t *from, uint64_t n)
{
	for (uint64_t i = 0; i < n; i++) {
		uint64_t word;

		memcpy(&word, from + i, 8);
		word = pg_hton64(word);
		memcpy(to + i, &word, 8);
		if (i % 65536 == 65535)
			CHECK_FOR_INTERRUPTS();
	}
}

static bytea *to_canonical(TbState *state, const TbShape *shape)
{
	StringInfoData buf;
	Size size;

	state = packed(state, shape);
	size = CANONICAL_HEADER + state->words * 8 + state->bytes;
	if (size > TB_VALUE_LIMIT - VARHDRSZ)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("%s exceeds 1 GB", shape->name)));
	pq_begintypsend(&buf);
	enlargeStringInfo(&buf, size + 1);
	pq_sendint16(&buf, state->magic);
	pq_sendbyte(&buf, state->version);
	pq_sendbyte(&buf, state->shape);
	pq_sendint32(&buf, state->flags);
	pq_sendint64(&buf, state->words);
	pq_sendint64(&buf, state->bytes);
	swap_words((uint64_t *)(buf.data + buf.len), tb_state_words(state), state->words);
	memcpy(buf.data + buf.len + state->words * 8, tb_state_bytes(state), state->bytes);
	buf.len += state->words * 8 + state->bytes;
	return pq_endtypsend(&buf);
}

static TbState *from_canonical(const char *data, Size length, const TbShape *shape, int code)
{
	StringInfoData buf = {.data = (char *)data, .len = length, .maxlen = length, .cursor = 0};
	TbState *state;
	uint32 flags;
	uint64 words, bytes;

	if (length < CANONICAL_HEADER)
		refuse(shape, code, "truncated");
	if (pq_getmsgint(&buf, 2) != TB_STATE_MAGIC)
		refuse(shape, code, "not a state of terrbal");
	if (pq_getmsgbyte(&buf) != TB_STATE_VERSION)
		refuse(shape, code, "unknown version");
	if (pq_getmsgbyte(&buf) != shape->code)
		refuse(shape, code, "state of another shape");
	flags = pq_getmsgint(&buf, 4);
	words = pq_getmsgint64(&buf);
	bytes = pq_getmsgint64(&buf);
	length -= CANONICAL_HEADER;
	if ((flags & TB_STATE_OPEN) || words > length / 8 || bytes != length - words * 8)
		refuse(shape, code, "lengths that do not add up");
	state = tb_state_new(shape, words, bytes);
	state->flags = flags;
	swap_words(tb_state_words(state), (const uint64_t *)(data + CANONICAL_HEADER), words);
	memcpy(tb_state_bytes(state), data + CANONICAL_HEADER + words * 8, bytes);
	if (shape->check(state) != TB_OK)
		refuse(shape, code, "contents that no aggregate produces");
	return state;
}

Datum state_in(FunctionCallInfo fcinfo, const TbShape *shape)
{
	const char *hex = PG_GETARG_CSTRING(0);
	Size length = strlen(hex);
	char *data;

	if (length % 2)
		refuse(shape, ERRCODE_INVALID_TEXT_REPRESENTATION, "odd number of hexadecimal digits");
	data = MemoryContextAllocHuge(CurrentMemoryContext, length / 2 + 1);
	length = hex_decode(hex, length, data);
	return state_result(from_canonical(data, length, shape, ERRCODE_INVALID_TEXT_REPRESENTATION), shape);
}

Datum state_out(FunctionCallInfo fcinfo, const TbShape *shape)
{
	bytea *canonical = to_canonical(fetch(PG_GETARG_DATUM(0), shape), shape);
	Size length = VARSIZE(canonical) - VARHDRSZ;
	char *hex;

	if (length * 2 + 1 > TB_VALUE_LIMIT)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("text form of %s exceeds 1 GB", shape->name),
				 errhint("Group finer, or by the distribution column, and roll up; a state that exists is read by COPY in the binary format.")));
	hex = palloc(length * 2 + 1);
	hex[hex_encode(VARDATA(canonical), length, hex)] = '\0';
	PG_RETURN_CSTRING(hex);
}

Datum state_recv(FunctionCallInfo fcinfo, const TbShape *shape)
{
	StringInfo buf = (StringInfo)PG_GETARG_POINTER(0);
	int length = buf->len - buf->cursor;
	const char *data = pq_getmsgbytes(buf, length);

	return state_result(from_canonical(data, length, shape, ERRCODE_INVALID_BINARY_REPRESENTATION), shape);
}

Datum state_send(FunctionCallInfo fcinfo, const TbShape *shape)
{
	PG_RETURN_BYTEA_P(to_canonical(fetch(PG_GETARG_DATUM(0), shape), shape));
}

/* Not strict in rollup's first row and in moving windows, so NULL on either side is the identity. */
Datum state_combine(FunctionCallInfo fcinfo, const TbShape *shape)
{
	TbState *target;

	if (PG_ARGISNULL(1))
		return state_unchanged(fcinfo);
	target = state_writable(fcinfo, PG_ARGISNULL(0) ? 1 : 0, shape);
	if (PG_ARGISNULL(0))
		return state_kept(fcinfo, target, shape);
	state_ok(shape->merge(&target, state_arg(fcinfo, 1, shape)), shape);
	return state_kept(fcinfo, target, shape);
}

Datum state_final(FunctionCallInfo fcinfo, const TbShape *shape)
{
	TbState *state, *result;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = fetch(PG_GETARG_DATUM(0), shape);
	result = packed(state, shape);
	return result == state ? PointerGetDatum(state) : finished(result, shape);
}
