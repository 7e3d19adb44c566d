/* linkage.c -- flows between urban, peri-urban and rural areas */
#include "linkage.h"

#include <math.h>

#include "dd.h"

#define CELLS (TB_SETTLEMENTS * TB_SETTLEMENTS)
#define SUMS (CELLS + 1)

static TbDd *sums(const TbState *state)
{
	return (TbDd *)tb_state_words(state);
}

TbState *tb_linkage_new(void)
{
	return tb_state_new(&tb_linkage_shape, 2 * SUMS, 0);
}

static TbStatus add(TbState *state, int cell, TbDd flow)
{
	TbDd sum = tb_dd_add(sums(state)[cell], flow);

	if (!isfinite(sum.hi))
		return TB_OUT_OF_RANGE;
	sums(state)[cell] = sum;
	return TB_OK;
}

TbStatus tb_linkage_add(TbState *state, int origin, int destination, double flow)
{
	return add(state, origin < 0 || destination < 0 ? CELLS : origin * TB_SETTLEMENTS + destination, tb_dd(flow));
}

static TbStatus check(const TbState *state)
{
	if (state->flags || state->words != 2 * SUMS || state->bytes)
		return TB_CORRUPT;
	for (int i = 0; i < SUMS; i++) {
		TbDd sum = sums(state)[i];

		if (!isfinite(sum.hi) || !isfinite(sum.lo) || sum.hi < 0 || sum.hi + sum.lo != sum.hi || (sum.hi == 0 && sum.lo != 0))
			return TB_CORRUPT;
	}
	return TB_OK;
}

static TbStatus merge(TbState **target, const TbState *source)
{
	TbStatus status = TB_OK;

	for (int i = 0; i < SUMS && status == TB_OK; i++)
		status = add(*target, i, sums(source)[i]);
	return status;
}

static TbState *pack(const TbState *state)
{
	return (TbState *)state;
}

static double ratio(TbDd a, TbDd b)
{
	return b.hi == 0 ? NAN : tb_dd_value(tb_dd_div(a, b));
}

/* Scaled by a power of two, so that products of totals stay in range */
static int scale(TbDd f[CELLS + 1])
{
	double largest = 0;
	int exponent;

	for (int i = 0; i < SUMS; i++)
		largest = fmax(largest, f[i].hi);
	(void)frexp(largest, &exponent);
	for (int i = 0; i < SUMS; i++)
		f[i] = (TbDd){ldexp(f[i].hi, -exponent), ldexp(f[i].lo, -exponent)};
	return exponent;
}

typedef struct Margins {
	TbDd out[TB_SETTLEMENTS], in[TB_SETTLEMENTS], classified, within;
} Margins;

static Margins margins(const TbDd *f)
{
	Margins m = {{{0, 0}}, {{0, 0}}, {0, 0}, {0, 0}};

	for (int g = 0; g < TB_SETTLEMENTS; g++)
		for (int h = 0; h < TB_SETTLEMENTS; h++) {
			TbDd cell = f[g * TB_SETTLEMENTS + h];

			m.out[g] = tb_dd_add(m.out[g], cell);
			m.in[h] = tb_dd_add(m.in[h], cell);
			m.classified = tb_dd_add(m.classified, cell);
			if (g == h)
				m.within = tb_dd_add(m.within, cell);
		}
	return m;
}

TbStatus tb_linkage(const TbState *state, TbLinkage *l)
{
	TbDd f[SUMS], ur, ru, exchange, rural, expected;
	Margins m;
	int exponent;

	for (int i = 0; i < SUMS; i++) {
		f[i] = sums(state)[i];
		if (i < CELLS)
			l->matrix[i / TB_SETTLEMENTS][i % TB_SETTLEMENTS] = tb_dd_value(f[i]);
	}
	exponent = scale(f);
	m = margins(f);
	ur = f[TB_URBAN * TB_SETTLEMENTS + TB_RURAL];
	ru = f[TB_RURAL * TB_SETTLEMENTS + TB_URBAN];
	rural = f[TB_RURAL * TB_SETTLEMENTS + TB_RURAL];
	exchange = tb_dd_add(ur, ru);
	expected = tb_dd_add(tb_dd_mul(m.out[TB_URBAN], m.in[TB_RURAL]), tb_dd_mul(m.out[TB_RURAL], m.in[TB_URBAN]));
	l->total = ldexp(tb_dd_value(tb_dd_add(m.classified, f[CELLS])), exponent);
	l->unclassified = ldexp(tb_dd_value(f[CELLS]), exponent);
	l->urban_to_rural = l->matrix[TB_URBAN][TB_RURAL];
	l->rural_to_urban = l->matrix[TB_RURAL][TB_URBAN];
	l->urban_internal = l->matrix[TB_URBAN][TB_URBAN];
	l->rural_internal = l->matrix[TB_RURAL][TB_RURAL];
	l->peri_urban_exchange = ldexp(tb_dd_value(tb_dd_sub(tb_dd_add(m.out[TB_PERI_URBAN], m.in[TB_PERI_URBAN]),
														 tb_dd_mul_d(f[TB_PERI_URBAN * TB_SETTLEMENTS + TB_PERI_URBAN], 2))),
								   exponent);
	l->intensity = ratio(exchange, tb_dd_add(m.classified, f[CELLS]));
	l->balance = ratio(tb_dd_sub(ur, ru), exchange);
	l->openness = ratio(tb_dd_mul(exchange, m.classified), expected);
	l->external_internal = ratio(tb_dd_sub(m.classified, tb_dd_mul_d(m.within, 2)), m.classified);
	l->rural_retention = ratio(rural, m.out[TB_RURAL]);
	l->rural_net = ldexp(tb_dd_value(tb_dd_sub(m.in[TB_RURAL], m.out[TB_RURAL])), exponent);
	l->rural_effectiveness = ratio(tb_dd_mul_d(tb_dd_sub(m.in[TB_RURAL], m.out[TB_RURAL]), 100),
								   tb_dd_sub(tb_dd_add(m.in[TB_RURAL], m.out[TB_RURAL]), tb_dd_mul_d(rural, 2)));
	return isfinite(l->total) ? TB_OK : TB_OUT_OF_RANGE;
}

const TbShape tb_linkage_shape = {"linkage_state", TB_SHAPE_LINKAGE, check, merge, pack, false};
