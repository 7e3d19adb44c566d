/* linkage.c -- flows between urban, peri-urban and rural areas */
#include "linkage.h"

#include <math.h>

#include "../base/totals.h"

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

TbStatus tb_linkage_add(TbState *state, int origin, int destination, double flow)
{
	return tb_total_add(sums(state) + (origin < 0 || destination < 0 ? CELLS : origin * TB_SETTLEMENTS + destination), flow);
}

static TbStatus check(const TbState *state)
{
	if (state->flags || state->words != 2 * SUMS || state->bytes)
		return TB_CORRUPT;
	return tb_totals_check(sums(state), SUMS);
}

static TbStatus merge(TbState **target, const TbState *source)
{
	return tb_totals_merge(sums(*target), sums(source), SUMS);
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

static TbDd cell(const TbDd *f, int origin, int destination)
{
	return f[origin * TB_SETTLEMENTS + destination];
}

typedef struct Margins {
	TbDd out[TB_SETTLEMENTS], in[TB_SETTLEMENTS], classified, within;
} Margins;

static Margins margins(const TbDd *f)
{
	Margins m = {{{0, 0}}, {{0, 0}}, {0, 0}, {0, 0}};

	for (int g = 0; g < TB_SETTLEMENTS; g++)
		for (int h = 0; h < TB_SETTLEMENTS; h++) {
			TbDd flow = cell(f, g, h);

			m.out[g] = tb_dd_add(m.out[g], flow);
			m.in[h] = tb_dd_add(m.in[h], flow);
			m.classified = tb_dd_add(m.classified, flow);
			if (g == h)
				m.within = tb_dd_add(m.within, flow);
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
	ur = cell(f, TB_URBAN, TB_RURAL);
	ru = cell(f, TB_RURAL, TB_URBAN);
	rural = cell(f, TB_RURAL, TB_RURAL);
	exchange = tb_dd_add(ur, ru);
	expected = tb_dd_add(tb_dd_mul(m.out[TB_URBAN], m.in[TB_RURAL]), tb_dd_mul(m.out[TB_RURAL], m.in[TB_URBAN]));
	l->total = ldexp(tb_dd_value(tb_dd_add(m.classified, f[CELLS])), exponent);
	l->unclassified = ldexp(tb_dd_value(f[CELLS]), exponent);
	l->urban_to_rural = l->matrix[TB_URBAN][TB_RURAL];
	l->rural_to_urban = l->matrix[TB_RURAL][TB_URBAN];
	l->urban_internal = l->matrix[TB_URBAN][TB_URBAN];
	l->rural_internal = l->matrix[TB_RURAL][TB_RURAL];
	l->peri_urban_exchange =
		ldexp(tb_dd_value(tb_dd_sub(tb_dd_add(m.out[TB_PERI_URBAN], m.in[TB_PERI_URBAN]), tb_dd_mul_d(cell(f, TB_PERI_URBAN, TB_PERI_URBAN), 2))),
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
