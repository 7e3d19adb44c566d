/* decimal.c -- reads and writes the stored form of numeric directly
 *
 * A million rows through numeric_out and numeric_in would cost more than the allocation itself. The stored form cannot change without breaking
 * pg_upgrade: a 16-bit header (short form: flag 0x8000, sign 0x2000, display scale in bits 7-12, weight as 7-bit two's complement; long form: sign
 * 0x4000, display scale in the low 14 bits, then a 16-bit weight; 0xC000: NaN and infinities), then base-10000 digits, digit i worth 10000^(weight-i).
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "arg.h"
#include "compat.h"
#include "core/base/step.h"
#include "decimal.h"

#define GROUP 10000

typedef struct Stored {
	const char *digits; /* of 16 bits, perhaps not aligned */
	int n, weight, display_scale;
	bool negative, special;
} Stored;

static Stored unpack(struct varlena *numeric)
{
	const char *data = VARDATA_ANY(numeric);
	int size = VARSIZE_ANY_EXHDR(numeric), header_size = sizeof(uint16);
	Stored s = {NULL, 0, 0, 0, false, false};
	uint16 header;
	int16 weight;

	memcpy(&header, data, sizeof header);
	switch (header & 0xC000) {
	case 0xC000:
		s.special = true;
		return s;
	case 0x8000:
		s.negative = header & 0x2000;
		s.display_scale = (header >> 7) & 0x3F;
		s.weight = (header & 0x40 ? ~0x3F : 0) | (header & 0x3F);
		break;
	default:
		memcpy(&weight, data + sizeof header, sizeof weight);
		s.negative = header & 0x4000;
		s.display_scale = header & 0x3FFF;
		s.weight = weight;
		header_size += sizeof weight;
	}
	s.digits = data + header_size;
	s.n = (size - header_size) / sizeof(int16);
	return s;
}

static int group(const Stored *s, int i)
{
	int16 digit;

	memcpy(&digit, s->digits + i * sizeof digit, sizeof digit);
	return digit;
}

static _Noreturn void refuse_digits(const char *name, const char *value)
{
	ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					errmsg("%s has more digits than exact arithmetic holds: %.60s%s", name, value, strlen(value) > 60 ? "..." : ""),
					errhint("All values of a column together may span 38 digits: round the finest of them.")));
	pg_unreachable();
}

/* The integer that the groups spell, without regard to the point; false past 127 bits */
static bool spell(const Stored *s, TbInt *result)
{
	uint64 small = 0;
	TbUint large;
	int i = 0;

	for (; i < s->n && i < 4; i++)
		small = small * GROUP + group(s, i);
	large = small;
	for (; i < s->n; i++) {
		if (large > ((TbUint)TB_INT_MAX - (GROUP - 1)) / GROUP)
			return false;
		large = large * GROUP + group(s, i);
	}
	*result = (TbInt)large;
	return true;
}

static bool shift(TbInt *digits, int places)
{
	return *digits == 0 || (places <= 38 && tb_int_mul(*digits, tb_int_power10(places), digits));
}

/* NULL stands for no bound; for a weight or an amount it is no way out */
static _Noreturn void refuse_special(const char *name, const char *text)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s must be finite, not %s", name, text),
			 errhint("Where there is no bound, give NULL. A missing figure changes the amounts of all others: find it, or filter its row out.")));
	pg_unreachable();
}

Decimal decimal_from_numeric(Datum value, const char *name)
{
	struct varlena *numeric = PG_DETOAST_DATUM_PACKED(value);
	Stored s = unpack(numeric);
	Decimal x = {0, 0};
	int behind;

	if (s.special)
		refuse_special(name, DatumGetCString(DirectFunctionCall1(numeric_out, PointerGetDatum(numeric))));
	if (s.n == 0)
		return x;
	behind = 4 * (s.n - 1 - s.weight);
	if (!spell(&s, &x.digits))
		refuse_digits(name, DatumGetCString(DirectFunctionCall1(numeric_out, PointerGetDatum(numeric))));
	if (behind <= 0) {
		if (!shift(&x.digits, -behind))
			refuse_digits(name, DatumGetCString(DirectFunctionCall1(numeric_out, PointerGetDatum(numeric))));
	} else {
		x.scale = behind;
		/* the last group may be padded with zeros */
		if (behind > s.display_scale && behind - s.display_scale < 4) {
			x.digits /= tb_int_power10(behind - s.display_scale);
			x.scale = s.display_scale;
		}
	}
	if (s.negative)
		x.digits = -x.digits;
	return x;
}

Decimal decimal_from_float8(double value, const char *name)
{
	char text[DOUBLE_SHORTEST_DECIMAL_LEN];
	Decimal x = {0, 0};
	bool point = false, negative;
	int exponent = 0;
	const char *p = text;

	if (!isfinite(value))
		refuse_special(name, isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
	double_to_shortest_decimal_buf(value, text);
	negative = *p == '-';
	for (p += negative; *p && *p != 'e'; p++) {
		if (*p == '.') {
			point = true;
			continue;
		}
		x.digits = x.digits * 10 + (*p - '0');
		x.scale += point;
	}
	if (*p == 'e')
		exponent = atoi(p + 1);
	x.scale -= exponent;
	if (x.scale < 0) {
		if (!shift(&x.digits, -x.scale))
			refuse_digits(name, pstrdup(text));
		x.scale = 0;
	}
	if (negative)
		x.digits = -x.digits;
	return x;
}

Decimal decimal_from(Datum value, Oid type, const char *name)
{
	switch (type) {
	case NUMERICOID:
		return decimal_from_numeric(value, name);
	case INT8OID:
		return (Decimal){DatumGetInt64(value), 0};
	case INT4OID:
		return (Decimal){DatumGetInt32(value), 0};
	case INT2OID:
		return (Decimal){DatumGetInt16(value), 0};
	case FLOAT8OID:
		return decimal_from_float8(DatumGetFloat8(value), name);
	}
	elog(ERROR, "%s has no exact decimal form: type %u", name, type);
}

Decimal decimal_trimmed(Decimal x)
{
	while (x.scale > 0 && x.digits % 10 == 0) {
		x.digits /= 10;
		x.scale--;
	}
	return x;
}

TbInt decimal_at_scale(Decimal x, int scale, const char *name)
{
	TbInt digits = x.digits;

	if (x.scale > scale || !shift(&digits, scale - x.scale))
		refuse_digits(name, decimal_text(x.digits, x.scale));
	return digits;
}

int decimal_compare(Decimal a, Decimal b)
{
	int common = Max(a.scale, b.scale);
	TbInt x = a.digits, y = b.digits;
	bool a_fits = shift(&x, common - a.scale), b_fits = shift(&y, common - b.scale);

	/* One of them is at the common scale already; the other one, if it does not fit there, is the larger in magnitude. */
	if (!a_fits)
		return a.digits < 0 ? -1 : 1;
	if (!b_fits)
		return b.digits < 0 ? 1 : -1;
	return (x > y) - (x < y);
}

static _Noreturn void refuse_quotient(const char *name)
{
	ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s has more digits than exact arithmetic holds", name),
					errhint("Round amounts and populations to fewer decimals.")));
	pg_unreachable();
}

/* Ten times the remainder, a digit at a time: for divisors too wide to scale at once */
static void next_digit(TbInt *quotient, TbInt256 *rest, TbInt256 d, const char *name)
{
	TbInt256 twice = tb_int256_add(*rest, *rest), eight = tb_int256_add(twice, twice);
	TbInt one;

	eight = tb_int256_add(eight, eight);
	if (!tb_int256_floor_div(tb_int256_add(twice, eight), d, &one, rest) || !tb_int_mul(*quotient, 10, quotient) ||
		!tb_int_add(*quotient, one, quotient))
		refuse_quotient(name);
}

TbInt decimal_wide_quotient(TbInt256 n, TbInt256 d, int scale, const char *name)
{
	bool negative = tb_int256_negative(n);
	TbInt quotient, part;
	TbInt256 rest;

	if (negative)
		n = tb_int256_sub((TbInt256){{0}}, n);
	if (d.limb[3] >> 58 || !tb_int256_floor_div(n, d, &quotient, &rest))
		refuse_quotient(name);
	if (d.limb[3] == 0 && d.limb[2] == 0 && d.limb[1] >> 63 == 0 && scale <= 38) {
		rest = tb_int256_mul((TbInt)((TbUint)rest.limb[1] << 64 | rest.limb[0]), tb_int_power10(scale));
		if (!shift(&quotient, scale) || !tb_int256_floor_div(rest, d, &part, &rest) || !tb_int_add(quotient, part, &quotient))
			refuse_quotient(name);
	} else {
		for (int i = 0; i < scale; i++)
			next_digit(&quotient, &rest, d, name);
	}
	if (tb_int256_compare(tb_int256_add(rest, rest), d) >= 0)
		quotient++;
	return negative ? -quotient : quotient;
}

TbInt decimal_quotient(TbInt n, TbInt d, int scale, const char *name)
{
	return decimal_wide_quotient(tb_int256(n), tb_int256(d), scale, name);
}

char *decimal_text(TbInt digits, int scale)
{
	TbUint rest = tb_int_abs(digits);
	char *text = palloc(64 + scale), *p = text + 63 + scale;

	*p = '\0';
	for (int i = 0; rest || i <= scale; i++) {
		if (i == scale && scale > 0)
			*--p = '.';
		*--p = '0' + (int)(rest % 10);
		rest /= 10;
	}
	if (digits < 0)
		*--p = '-';
	return p;
}

/* Groups of rest, least significant first; returns how many */
static int to_groups(TbUint rest, int16 *groups)
{
	int n = 0;

	while (rest >> 64) {
		/* 16 digits at a time: one wide division for four groups */
		uint64 low = rest % 10000000000000000u;

		rest /= 10000000000000000u;
		for (int i = 0; i < 4; i++, low /= GROUP)
			groups[n++] = low % GROUP;
	}
	for (uint64 low = rest; low; low /= GROUP)
		groups[n++] = low % GROUP;
	return n;
}

Datum decimal_numeric(TbInt digits, int scale)
{
	int16 groups[24];
	int pad = (4 - scale % 4) % 4, behind = (scale + pad) / 4, n, first = 0, weight;
	TbUint whole = tb_int_abs(digits), fraction;
	struct varlena *result;
	char *p;

	if (scale < 0 || scale > DECIMAL_MAX_SCALE)
		elog(ERROR, "display scale %d of a result", scale);
	if (whole <= UINT64_MAX / 1000) {
		n = to_groups(whole * (uint64)tb_int_power10(pad), groups);
	} else {
		TbUint split = tb_int_power10(scale);

		fraction = whole % split * (TbUint)tb_int_power10(pad);
		whole /= split;
		memset(groups, 0, behind * sizeof(int16));
		to_groups(fraction, groups);
		n = behind + to_groups(whole, groups + behind);
	}
	while (n > 0 && groups[n - 1] == 0)
		n--;
	while (first < n && groups[first] == 0)
		first++;
	weight = n > first ? n - 1 - behind : 0;
	result = palloc(VARHDRSZ + sizeof(uint16) + (n - first) * sizeof(int16));
	SET_VARSIZE(result, VARHDRSZ + sizeof(uint16) + (n - first) * sizeof(int16));
	p = VARDATA(result);
	/* scale is at most 36 and weight within -9..9: the short form always holds them */
	*(uint16 *)p = 0x8000 | (digits < 0 ? 0x2000 : 0) | scale << 7 | (weight & 0x7F);
	p += sizeof(uint16);
	for (int i = n - 1; i >= first; i--, p += sizeof(int16))
		*(int16 *)p = groups[i];
	return PointerGetDatum(result);
}

int decimal_display_scale(Datum numeric)
{
	return unpack(PG_DETOAST_DATUM_PACKED(numeric)).display_scale;
}

void decimal_column_begin(DecimalColumn *column, int64 rows)
{
	column->digits = tb_alloc(Max(rows, 1) * sizeof(TbInt));
	column->rows = rows;
	column->scale = 0;
}

static void rescale(DecimalColumn *column, int64 rows, int scale, const char *name)
{
	int places = scale - column->scale;
	TbInt factor = tb_int_power10(Min(places, 38)), limit = TB_INT_MAX / factor;

	for (int64 i = 0; i < rows; i++) {
		TbInt x = column->digits[i];

		if (x == 0 || x == DECIMAL_NULL)
			continue;
		if (places > 38 || x > limit || x < -limit)
			refuse_digits(name, decimal_text(x, column->scale));
		column->digits[i] = x * factor;
		if (i % 65536 == 0)
			CHECK_FOR_INTERRUPTS();
	}
	column->scale = scale;
}

void decimal_column_put(DecimalColumn *column, int64 row, Decimal x, const char *name)
{
	if (unlikely(x.scale > column->scale)) {
		x = decimal_trimmed(x);
		if (x.scale > column->scale)
			rescale(column, row, x.scale, name);
	}
	column->digits[row] = x.scale == column->scale ? x.digits : decimal_at_scale(x, column->scale, name);
}

void decimal_column_put_null(DecimalColumn *column, int64 row)
{
	column->digits[row] = DECIMAL_NULL;
}

void decimal_column_rescale(DecimalColumn *column, int scale, const char *name)
{
	if (scale > column->scale)
		rescale(column, column->rows, scale, name);
}

void decimal_nonnegative(Decimal x, const char *name)
{
	if (unlikely(x.digits < 0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s must not be negative, not %s", name, decimal_text(x.digits, x.scale))));
}

void decimal_column_nonnegative(const DecimalColumn *column, const char *name)
{
	for (int64 i = 0; i < column->rows; i++, tb_step())
		if (column->digits[i] != DECIMAL_NULL)
			decimal_nonnegative((Decimal){column->digits[i], column->scale}, name);
}
