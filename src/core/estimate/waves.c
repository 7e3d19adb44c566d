/* waves.c -- units by group, and averages of comparisons with errors from the influence of units */
#include "waves.h"

#include <math.h>

#include "../base/cholesky.h"
#include "../base/dd.h"
#include "../base/step.h"
#include "../base/merge_sort.h"
#include "../base/probability.h"
#include "../base/scaled.h"

#define NEVER INFINITY
#define PRETEST_MOST 200
#define PRETEST_CELLS 20000000

static double *distinct(const double *x, size_t n, uint32_t *found)
{
	double *all = tb_alloc((n + 1) * sizeof(double));
	size_t kept = 0;

	for (size_t i = 0; i < n; i++, tb_step())
		if (isfinite(x[i]))
			all[kept++] = x[i];
	*found = (uint32_t)tb_distinct_doubles(all, kept);
	return all;
}

static bool whole(const double *x, size_t n)
{
	for (size_t i = 0; i < n; i++, tb_step())
		if (!isnan(x[i]) && !(fabs(x[i]) <= 2147483648.0 && x[i] == floor(x[i])))
			return false;
	return true;
}

/* The first treated period of each unit; outcomes, NaN where unknown */
static TbStatus read_units(const TbBag *bag, TbWaves *w, double *first_of, uint32_t *at)
{
	double *y = tb_alloc(bag->rows * sizeof(double)), last = w->period[w->periods - 1];

	w->exponent = tb_shrink(bag->value[1], bag->rows, y);
	w->y = tb_alloc((size_t)bag->ids * w->periods * sizeof(double));
	for (size_t i = 0; i < (size_t)bag->ids * w->periods; i++, tb_step())
		w->y[i] = NAN;
	for (uint32_t i = 0; i < bag->ids; i++, tb_step())
		first_of[i] = NAN;
	for (size_t i = 0; i < bag->rows; i++, tb_step()) {
		uint32_t id = bag->row_id[0][i];
		double *cell = w->y + (size_t)id * w->periods + tb_place_of(w->period, w->periods, bag->value[0][i]), first = bag->value[2][i];

		*at = id;
		if (isnan(first) || first > last)
			first = NEVER;
		if (!isnan(first_of[id]) && first_of[id] != first)
			return TB_MISMATCH;
		first_of[id] = first;
		if (!isnan(*cell))
			return TB_INVALID;
		*cell = y[i];
	}
	tb_free(y);
	return TB_OK;
}

/* Complete units, treated late enough to have a period before; the others' first becomes NaN. Outcomes become differences from the first period. */
static void choose_units(TbWaves *w, double *first, TbGroupTime *r)
{
	for (uint32_t i = 0; i < w->ids; i++) {
		double *y = w->y + (size_t)i * w->periods, begin = y[0];
		bool complete = true;

		for (uint32_t t = 0; t < w->periods; t++, tb_step()) {
			complete &= !isnan(y[t]);
			y[t] -= begin;
		}
		if (complete && first[i] > w->period[0]) {
			w->units++;
			continue;
		}
		*(complete ? &r->always : &r->incomplete) += 1;
		first[i] = NAN;
	}
}

static void group_units(TbWaves *w, const double *first)
{
	w->size = tb_alloc_zero(w->groups, sizeof(uint32_t));
	w->group = tb_alloc(((size_t)w->ids + 1) * sizeof(uint32_t));
	for (uint32_t i = 0; i < w->ids; i++, tb_step()) {
		w->group[i] = isnan(first[i]) ? TB_NO_ID : isinf(first[i]) ? w->groups - 1 : (uint32_t)tb_place_of(w->wave, w->groups - 1, first[i]);
		if (w->group[i] != TB_NO_ID)
			w->size[w->group[i]]++;
	}
}

TbStatus tb_waves_read(const TbBag *bag, TbControls controls, uint64_t cells, TbWaves *w, TbGroupTime *r, uint32_t *at)
{
	double *first = tb_alloc(((size_t)bag->ids + 1) * sizeof(double));
	uint32_t waves;
	TbStatus status;

	*w = (TbWaves){.controls = controls, .ids = bag->ids};
	if (!whole(bag->value[0], bag->rows) || !whole(bag->value[2], bag->rows))
		return TB_CORRUPT;
	w->period = distinct(bag->value[0], bag->rows, &w->periods);
	if ((uint64_t)bag->ids * w->periods > (uint64_t)20 * TB_GROUP_TIME_CELLS / cells)
		return TB_TOO_LARGE;
	status = read_units(bag, w, first, at);
	if (status != TB_OK)
		return status;
	choose_units(w, first, r);
	w->wave = distinct(first, bag->ids, &waves);
	w->groups = waves + 1;
	group_units(w, first);
	tb_free(first);
	r->units = w->units;
	r->waves = waves;
	r->never = w->size[waves];
	return TB_OK;
}

bool tb_waves_is_control(const TbWaves *w, const TbContrast *c, uint32_t group)
{
	if (group == w->groups - 1)
		return true;
	return w->controls == TB_NOT_YET && group != c->group && w->wave[group] > w->period[c->t];
}

bool tb_waves_have_controls(const TbWaves *w, const TbGroupTime *r)
{
	return r->n > 0 && (r->never > 0 || (w->controls == TB_NOT_YET && r->waves > 1));
}

TbContrast *tb_waves_contrasts(const TbWaves *w, size_t *n)
{
	TbContrast *all = tb_alloc(((size_t)w->groups * w->periods + 1) * sizeof(TbContrast));

	*n = 0;
	for (uint32_t g = 0; g + 1 < w->groups; g++) {
		uint32_t start = (uint32_t)tb_place_of(w->period, w->periods, w->wave[g]);

		for (uint32_t t = 1; t < w->periods; t++, tb_step())
			all[(*n)++] = (TbContrast){g, t, t < start ? t - 1 : start - 1, NAN, w->size[g], 0, false};
	}
	return all;
}

static TbForm form_new(const TbWaves *w)
{
	return (TbForm){tb_alloc_zero(w->length, sizeof(double)), tb_alloc_zero(w->groups, sizeof(double)), 0, true};
}

static void form_free(TbForm *f)
{
	tb_free(f->part);
	tb_free(f->constant);
}

static void form_add(const TbWaves *w, TbForm *f, const TbContrast *c, double weight)
{
	w->add(w, f, c, weight);
	f->value += weight * c->value;
	f->known = f->known && c->known;
}

static TbEffect effect_of(const TbWaves *w, const TbForm *f)
{
	return (TbEffect){ldexp(f->value, w->exponent), f->known ? ldexp(sqrt(fmax(0, w->product(w, f, f))), w->exponent) : NAN};
}

/* What is averaged: so many contrasts of a group from one on, with equal weights */
typedef struct Item {
	size_t from, count;
} Item;

static double item_value(const TbContrast *c, Item item)
{
	double sum = 0;

	for (size_t k = item.from; k < item.from + item.count; k++, tb_step())
		sum += c[k].value;
	return sum / item.count;
}

/* Adds so much of the average of items, weighed with the sizes of their groups, which are estimated too */
static void average(const TbWaves *w, const TbContrast *c, const Item *items, size_t n, double outer, TbForm *f)
{
	double total = 0, mean = 0;

	for (size_t i = 0; i < n; i++)
		total += w->size[c[items[i].from].group];
	for (size_t i = 0; i < n; i++)
		mean += w->size[c[items[i].from].group] / total * item_value(c, items[i]);
	for (size_t i = 0; i < n; i++) {
		uint32_t h = c[items[i].from].group;

		for (size_t k = items[i].from; k < items[i].from + items[i].count; k++)
			form_add(w, f, c + k, outer * (w->size[h] / total) / items[i].count);
		f->constant[h] += outer * (item_value(c, items[i]) - mean) / total;
	}
}

typedef enum Key { EXPOSURE, WAVE, CALENDAR } Key;

static int32_t key_of(const TbWaves *w, const TbContrast *c, Key key)
{
	return (int32_t)(key == WAVE ? w->wave[c->group] : w->period[c->t] - (key == EXPOSURE ? w->wave[c->group] : 0));
}

static bool after(const TbWaves *w, const TbContrast *c)
{
	return w->period[c->t] >= w->wave[c->group];
}

/* The contrasts with one key, from treatment on or all of them; those without controls have no value */
static size_t with_key(const TbWaves *w, const TbContrast *c, size_t n, Key key, double value, bool placebos, Item *items)
{
	size_t found = 0;

	for (size_t k = 0; k < n; k++, tb_step())
		if (key_of(w, c + k, key) == value && (placebos || after(w, c + k)) && !isnan(c[k].value))
			items[found++] = (Item){k, 1};
	return found;
}

/* An average for each key, and the mean over those not negative, or from treatment on */
static void series_of(const TbWaves *w, const TbContrast *c, size_t n, Key key, bool placebos, TbEffectSeries *s)
{
	double *keys = tb_alloc((n + 1) * sizeof(double)), *sorted;
	Item *items = tb_alloc((n + 1) * sizeof(Item));
	TbForm overall = form_new(w);
	uint32_t found, counted = 0;

	for (size_t k = 0; k < n; k++, tb_step())
		keys[k] = key_of(w, c + k, key);
	sorted = distinct(keys, n, &found);
	s->point = tb_alloc((found + 1) * sizeof(TbEffectPoint));
	for (uint32_t i = 0; i < found; i++)
		counted += (!placebos || sorted[i] >= 0) && with_key(w, c, n, key, sorted[i], placebos, items) > 0;
	for (uint32_t i = 0; i < found; i++) {
		size_t m = with_key(w, c, n, key, sorted[i], placebos, items);
		TbForm f;

		if (m == 0)
			continue;
		f = form_new(w);
		average(w, c, items, m, 1, &f);
		s->point[s->n++] = (TbEffectPoint){(int32_t)sorted[i], effect_of(w, &f)};
		form_free(&f);
		if (!placebos || sorted[i] >= 0)
			average(w, c, items, m, 1.0 / counted, &overall);
	}
	s->overall = counted > 0 ? effect_of(w, &overall) : (TbEffect){NAN, NAN};
	form_free(&overall);
	tb_free(items);
	tb_free(keys);
}

/* Over all effects from treatment on: pooled, or each group's mean first */
static TbEffect over_all(const TbWaves *w, const TbContrast *c, size_t n, bool by_group)
{
	Item *items = tb_alloc((n + 1) * sizeof(Item));
	size_t m = 0;
	TbForm f = form_new(w);

	for (size_t k = 0; k < n; k++, tb_step()) {
		if (!after(w, c + k) || isnan(c[k].value))
			continue;
		if (by_group && m > 0 && c[items[m - 1].from].group == c[k].group && items[m - 1].from + items[m - 1].count == k)
			items[m - 1].count++;
		else
			items[m++] = (Item){k, 1};
	}
	average(w, c, items, m, 1, &f);
	return m > 0 ? effect_of(w, &f) : (TbEffect){NAN, NAN};
}

static void pretest(const TbWaves *w, const TbContrast *c, size_t n, TbGroupTime *r)
{
	TbForm *form = tb_alloc(PRETEST_MOST * sizeof(TbForm));
	TbDd *v, b[PRETEST_MOST];
	bool dropped[PRETEST_MOST], known = true;
	uint32_t m = 0;

	r->pretest = r->pretest_p = NAN;
	for (size_t k = 0; k < n; k++) {
		if (after(w, c + k) || isnan(c[k].value))
			continue;
		if (m == PRETEST_MOST || (uint64_t)(m + 1) * w->length > PRETEST_CELLS)
			return;
		form[m] = form_new(w);
		form_add(w, form + m, c + k, 1);
		known &= form[m].known;
		b[m++] = tb_dd(c[k].value);
	}
	r->pretest_df = (int)m;
	if (m == 0 || !known)
		return;
	v = tb_alloc((size_t)m * m * sizeof(TbDd));
	for (uint32_t i = 0; i < m; i++)
		for (uint32_t j = 0; j <= i; j++)
			v[(size_t)i * m + j] = tb_dd(w->product(w, form + i, form + j));
	/* the covariances are rounded to doubles: a pivot at their last bits is none */
	if (tb_cholesky(v, m, 1e-12, dropped) < m)
		return;
	r->pretest = tb_dd_value(tb_cholesky_quadratic(v, m, dropped, b));
	r->pretest_p = tb_chi_square(r->pretest, m, true);
}

TbStatus tb_waves_effects(const TbWaves *w, const TbContrast *c, TbGroupTime *r)
{
	r->effect = tb_alloc(r->n * sizeof(TbGroupTimeEffect));
	for (size_t k = 0; k < r->n; k++) {
		TbForm f = form_new(w);

		form_add(w, &f, c + k, 1);
		r->effect[k] = (TbGroupTimeEffect){key_of(w, c + k, WAVE), key_of(w, c + k, CALENDAR), effect_of(w, &f)};
		if (isinf(r->effect[k].effect.value))
			return TB_OUT_OF_RANGE;
		form_free(&f);
	}
	series_of(w, c, r->n, EXPOSURE, true, &r->exposure);
	series_of(w, c, r->n, WAVE, false, &r->group);
	series_of(w, c, r->n, CALENDAR, false, &r->calendar);
	r->group.overall = over_all(w, c, r->n, true);
	r->simple = over_all(w, c, r->n, false);
	pretest(w, c, r->n, r);
	return TB_OK;
}
