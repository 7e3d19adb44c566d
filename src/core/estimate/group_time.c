/* group_time.c -- effects by group and period, their averages, and errors from cross products within groups */
#include "group_time.h"

#include <math.h>

#include "../base/cholesky.h"
#include "../base/dd.h"
#include "../base/step.h"
#include "../base/merge_sort.h"
#include "../base/probability.h"
#include "../base/scaled.h"
#include "../state/bag_kinds.h"

#define NEVER INFINITY
#define PRETEST_MOST 200
#define PRETEST_CELLS 20000000

const char *const tb_controls_name[TB_CONTROLS] = {"never", "not_yet"};

bool tb_group_time_params_ok(const double *param, uint64_t n)
{
	return n == 1 && tb_is_choice(param[0], TB_CONTROLS);
}

TB_BAG_KIND(tb_group_time_kind, "group_time_state", TB_SHAPE_GROUP_TIME, 1, 3, 0, 0x4, tb_group_time_params_ok, 0x7)

/* Everything by group: the waves ascending, those never treated last */
typedef struct Panel {
	uint32_t groups, periods, units;
	double *wave, *period;
	uint32_t *size;
	TbDd *mean;    /* [groups][periods], of outcomes less the unit's first */
	TbDd *scatter; /* [groups][periods][periods] */
	TbControls controls;
	int exponent;
} Panel;

/* A group and a period: the contrast of columns t and b, or none (t = b) */
typedef struct Contrast {
	uint32_t group, t, b;
	double value;
	double treated, control; /* units */
} Contrast;

/* A linear function of outcomes by group, and a constant by group: the influence of a unit */
typedef struct Form {
	double *slope, *constant, value;
	bool known;
} Form;

static double *distinct(const double *x, size_t n, uint32_t *found)
{
	double *all = tb_alloc((n + 1) * sizeof(double));
	size_t kept = 0;

	for (size_t i = 0; i < n; i++, tb_step())
		if (!isnan(x[i]) && isfinite(x[i]))
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

typedef struct Units {
	double *first; /* [ids]: NEVER; NaN where left out */
	double *y;     /* [ids][periods], scaled, NaN where unknown */
} Units;

static TbStatus read_units(const TbBag *bag, Panel *p, Units *u, uint32_t *at)
{
	double *y = tb_alloc(bag->rows * sizeof(double)), last = p->period[p->periods - 1];

	p->exponent = tb_shrink(bag->value[1], bag->rows, y);
	u->first = tb_alloc(bag->ids * sizeof(double));
	u->y = tb_alloc((size_t)bag->ids * p->periods * sizeof(double));
	for (size_t i = 0; i < (size_t)bag->ids * p->periods; i++, tb_step())
		u->y[i] = NAN;
	for (uint32_t i = 0; i < bag->ids; i++, tb_step())
		u->first[i] = NAN;
	for (size_t i = 0; i < bag->rows; i++, tb_step()) {
		uint32_t id = bag->row_id[0][i];
		double *cell = u->y + (size_t)id * p->periods + tb_place_of(p->period, p->periods, bag->value[0][i]), first = bag->value[2][i];

		*at = id;
		if (isnan(first) || first > last)
			first = NEVER;
		if (!isnan(u->first[id]) && u->first[id] != first)
			return TB_MISMATCH;
		u->first[id] = first;
		if (!isnan(*cell))
			return TB_INVALID;
		*cell = y[i];
	}
	tb_free(y);
	return TB_OK;
}

/* Complete units, treated late enough to have a period before; the others' first becomes NaN. Outcomes become differences from the first period. */
static void choose_units(const TbBag *bag, Panel *p, Units *u, TbGroupTime *r)
{
	for (uint32_t i = 0; i < bag->ids; i++) {
		double *y = u->y + (size_t)i * p->periods, begin = y[0];
		bool complete = true;

		for (uint32_t t = 0; t < p->periods; t++, tb_step()) {
			complete &= !isnan(y[t]);
			y[t] -= begin;
		}
		if (complete && u->first[i] > p->period[0]) {
			p->units++;
			continue;
		}
		*(complete ? &r->always : &r->incomplete) += 1;
		u->first[i] = NAN;
	}
}

static void group_means(const TbBag *bag, Panel *p, const Units *u, uint32_t *group)
{
	for (uint32_t i = 0; i < bag->ids; i++) {
		if (isnan(u->first[i]))
			continue;
		group[i] = isinf(u->first[i]) ? p->groups - 1 : (uint32_t)tb_place_of(p->wave, p->groups - 1, u->first[i]);
		p->size[group[i]]++;
		for (uint32_t t = 0; t < p->periods; t++, tb_step()) {
			TbDd *mean = p->mean + (size_t)group[i] * p->periods + t;

			*mean = tb_dd_add_d(*mean, u->y[(size_t)i * p->periods + t]);
		}
	}
	for (uint32_t g = 0; g < p->groups; g++)
		for (uint32_t t = 0; t < p->periods; t++, tb_step())
			if (p->size[g] > 0)
				p->mean[(size_t)g * p->periods + t] = tb_dd_div(p->mean[(size_t)g * p->periods + t], tb_dd(p->size[g]));
}

static void group_scatter(const TbBag *bag, Panel *p, const Units *u, const uint32_t *group)
{
	double *z = tb_alloc(p->periods * sizeof(double));

	for (uint32_t i = 0; i < bag->ids; i++) {
		TbDd *to;

		if (isnan(u->first[i]))
			continue;
		to = p->scatter + (size_t)group[i] * p->periods * p->periods;
		for (uint32_t t = 0; t < p->periods; t++)
			z[t] = tb_dd_value(tb_dd_sub(tb_dd(u->y[(size_t)i * p->periods + t]), p->mean[(size_t)group[i] * p->periods + t]));
		for (uint32_t t = 0; t < p->periods; t++) {
			for (uint32_t s = 0; s <= t; s++)
				to[t * p->periods + s] = tb_dd_add(to[t * p->periods + s], tb_two_product(z[t], z[s]));
			tb_steps(p->periods);
		}
	}
	for (uint32_t g = 0; g < p->groups; g++)
		for (uint32_t t = 0; t < p->periods; t++)
			for (uint32_t s = 0; s < t; s++, tb_step())
				p->scatter[((size_t)g * p->periods + s) * p->periods + t] = p->scatter[((size_t)g * p->periods + t) * p->periods + s];
	tb_free(z);
}

static TbStatus read_panel(const TbBag *bag, Panel *p, TbGroupTime *r, uint32_t *at)
{
	Units u;
	uint32_t *group = tb_alloc(bag->ids * sizeof(uint32_t)), waves;
	TbStatus status;

	*p = (Panel){.controls = (TbControls)(int)bag->param[0]};
	if (!whole(bag->value[0], bag->rows) || !whole(bag->value[2], bag->rows))
		return TB_CORRUPT;
	p->period = distinct(bag->value[0], bag->rows, &p->periods);
	if ((uint64_t)bag->ids * p->periods > (uint64_t)20 * TB_GROUP_TIME_CELLS)
		return TB_TOO_LARGE;
	status = read_units(bag, p, &u, at);
	if (status != TB_OK)
		return status;
	choose_units(bag, p, &u, r);
	p->wave = distinct(u.first, bag->ids, &waves);
	p->groups = waves + 1;
	if ((uint64_t)p->groups * p->periods * p->periods > TB_GROUP_TIME_CELLS)
		return TB_TOO_LARGE;
	p->size = tb_alloc_zero(p->groups, sizeof(uint32_t));
	p->mean = tb_alloc_zero((size_t)p->groups * p->periods, sizeof(TbDd));
	p->scatter = tb_alloc_zero((size_t)p->groups * p->periods * p->periods, sizeof(TbDd));
	group_means(bag, p, &u, group);
	group_scatter(bag, p, &u, group);
	tb_free(group);
	tb_free(u.y);
	r->units = p->units;
	r->waves = waves;
	r->never = p->size[waves];
	return TB_OK;
}

static bool is_control(const Panel *p, const Contrast *c, uint32_t h)
{
	double later = p->period[c->t > c->b ? c->t : c->b];

	if (h == p->groups - 1)
		return true;
	return p->controls == TB_NOT_YET && h != c->group && p->wave[h] > later;
}

static TbDd change(const Panel *p, uint32_t h, const Contrast *c)
{
	return tb_dd_sub(p->mean[(size_t)h * p->periods + c->t], p->mean[(size_t)h * p->periods + c->b]);
}

/* Mean change of the controls; their number is set */
static TbDd control_change(const Panel *p, Contrast *c)
{
	TbDd sum = {0, 0};

	c->control = 0;
	for (uint32_t h = 0; h < p->groups; h++)
		if (is_control(p, c, h) && p->size[h] > 0) {
			c->control += p->size[h];
			sum = tb_dd_add(sum, tb_dd_mul_d(change(p, h, c), p->size[h]));
		}
	return c->control > 0 ? tb_dd_div(sum, tb_dd(c->control)) : tb_dd(NAN);
}

static Contrast *contrasts(const Panel *p, size_t *n)
{
	Contrast *all = tb_alloc(((size_t)p->groups * p->periods + 1) * sizeof(Contrast));

	*n = 0;
	for (uint32_t g = 0; g + 1 < p->groups; g++) {
		uint32_t start = (uint32_t)tb_place_of(p->period, p->periods, p->wave[g]);

		for (uint32_t t = 1; t < p->periods; t++) {
			Contrast *c = all + (*n)++;

			*c = (Contrast){g, t, t < start ? t - 1 : start - 1, 0, p->size[g], 0};
			c->value = tb_dd_value(tb_dd_sub(change(p, g, c), control_change(p, c)));
			tb_steps(p->groups);
		}
	}
	return all;
}

static Form form_new(const Panel *p)
{
	return (Form){tb_alloc_zero((size_t)p->groups * p->periods, sizeof(double)), tb_alloc_zero(p->groups, sizeof(double)), 0, true};
}

static void form_free(Form *f)
{
	tb_free(f->slope);
	tb_free(f->constant);
}

/* Adds so much of the influence on one contrast */
static void form_add(const Panel *p, Form *f, Contrast c, double weight)
{
	TbDd mean = control_change(p, &c);

	for (uint32_t h = 0; h < p->groups; h++) {
		double *slope = f->slope + (size_t)h * p->periods, part = 0;

		if (h == c.group)
			part = weight / c.treated;
		else if (p->size[h] > 0 && is_control(p, &c, h)) {
			part = -weight / c.control;
			f->constant[h] += part * tb_dd_value(tb_dd_sub(change(p, h, &c), mean));
		}
		slope[c.t] += part;
		slope[c.b] -= part;
	}
	f->value += weight * c.value;
	f->known = f->known && c.treated > 1 && c.control > 1;
	tb_steps(p->groups);
}

static double form_product(const Panel *p, const Form *a, const Form *b)
{
	TbDd all = {0, 0};

	for (uint32_t h = 0; h < p->groups; h++) {
		const double *left = a->slope + (size_t)h * p->periods, *right = b->slope + (size_t)h * p->periods;
		const TbDd *s = p->scatter + (size_t)h * p->periods * p->periods;

		all = tb_dd_add(all, tb_dd_mul_d(tb_two_product(a->constant[h], b->constant[h]), p->size[h]));
		for (uint32_t t = 0; t < p->periods; t++) {
			TbDd line = {0, 0};

			if (left[t] == 0)
				continue;
			for (uint32_t v = 0; v < p->periods; v++)
				if (right[v] != 0)
					line = tb_dd_add(line, tb_dd_mul_d(s[t * p->periods + v], right[v]));
			all = tb_dd_add(all, tb_dd_mul_d(line, left[t]));
			tb_steps(p->periods);
		}
	}
	return tb_dd_value(all);
}

static TbEffect effect_of(const Panel *p, const Form *f)
{
	return (TbEffect){ldexp(f->value, p->exponent), f->known ? ldexp(sqrt(fmax(0, form_product(p, f, f))), p->exponent) : NAN};
}

/* What is averaged: so many contrasts of a group from one on, with equal weights */
typedef struct Item {
	size_t from, count;
} Item;

static double item_value(const Contrast *c, Item item)
{
	double sum = 0;

	for (size_t k = item.from; k < item.from + item.count; k++, tb_step())
		sum += c[k].value;
	return sum / item.count;
}

/* Adds so much of the average of items, weighed with the sizes of their groups, which are estimated too */
static void average(const Panel *p, const Contrast *c, const Item *items, size_t n, double outer, Form *f)
{
	double total = 0, mean = 0;

	for (size_t i = 0; i < n; i++)
		total += p->size[c[items[i].from].group];
	for (size_t i = 0; i < n; i++)
		mean += p->size[c[items[i].from].group] / total * item_value(c, items[i]);
	for (size_t i = 0; i < n; i++) {
		uint32_t h = c[items[i].from].group;

		for (size_t k = items[i].from; k < items[i].from + items[i].count; k++)
			form_add(p, f, c[k], outer * (p->size[h] / total) / items[i].count);
		f->constant[h] += outer * (item_value(c, items[i]) - mean) / total;
	}
}

typedef enum Key { EXPOSURE, WAVE, CALENDAR } Key;

static int32_t key_of(const Panel *p, const Contrast *c, Key key)
{
	return (int32_t)(key == WAVE ? p->wave[c->group] : p->period[c->t] - (key == EXPOSURE ? p->wave[c->group] : 0));
}

static bool after(const Panel *p, const Contrast *c)
{
	return p->period[c->t] >= p->wave[c->group];
}

/* The contrasts with one key, from treatment on or all of them; those without controls have no value */
static size_t with_key(const Panel *p, const Contrast *c, size_t n, Key key, double value, bool placebos, Item *items)
{
	size_t found = 0;

	for (size_t k = 0; k < n; k++, tb_step())
		if (key_of(p, c + k, key) == value && (placebos || after(p, c + k)) && !isnan(c[k].value))
			items[found++] = (Item){k, 1};
	return found;
}

/* An average for each key, and the mean over those not negative, or from treatment on */
static void series_of(const Panel *p, const Contrast *c, size_t n, Key key, bool placebos, TbEffectSeries *s)
{
	double *keys = tb_alloc((n + 1) * sizeof(double)), *sorted;
	Item *items = tb_alloc((n + 1) * sizeof(Item));
	Form overall = form_new(p);
	uint32_t found, counted = 0;

	for (size_t k = 0; k < n; k++, tb_step())
		keys[k] = key_of(p, c + k, key);
	sorted = distinct(keys, n, &found);
	s->point = tb_alloc((found + 1) * sizeof(TbEffectPoint));
	for (uint32_t i = 0; i < found; i++)
		counted += (!placebos || sorted[i] >= 0) && with_key(p, c, n, key, sorted[i], placebos, items) > 0;
	for (uint32_t i = 0; i < found; i++) {
		size_t m = with_key(p, c, n, key, sorted[i], placebos, items);
		Form f;

		if (m == 0)
			continue;
		f = form_new(p);
		average(p, c, items, m, 1, &f);
		s->point[s->n++] = (TbEffectPoint){(int32_t)sorted[i], effect_of(p, &f)};
		form_free(&f);
		if (!placebos || sorted[i] >= 0)
			average(p, c, items, m, 1.0 / counted, &overall);
	}
	s->overall = counted > 0 ? effect_of(p, &overall) : (TbEffect){NAN, NAN};
	form_free(&overall);
	tb_free(items);
	tb_free(keys);
}

/* Over all effects from treatment on: pooled, or each group's mean first */
static TbEffect over_all(const Panel *p, const Contrast *c, size_t n, bool by_group)
{
	Item *items = tb_alloc((n + 1) * sizeof(Item));
	size_t m = 0;
	Form f = form_new(p);

	for (size_t k = 0; k < n; k++, tb_step()) {
		if (!after(p, c + k) || isnan(c[k].value))
			continue;
		if (by_group && m > 0 && c[items[m - 1].from].group == c[k].group && items[m - 1].from + items[m - 1].count == k)
			items[m - 1].count++;
		else
			items[m++] = (Item){k, 1};
	}
	average(p, c, items, m, 1, &f);
	return m > 0 ? effect_of(p, &f) : (TbEffect){NAN, NAN};
}

static void pretest(const Panel *p, const Contrast *c, size_t n, TbGroupTime *r)
{
	Form *form = tb_alloc(PRETEST_MOST * sizeof(Form));
	TbDd *v, b[PRETEST_MOST];
	bool dropped[PRETEST_MOST], known = true;
	uint32_t m = 0;

	r->pretest = r->pretest_p = NAN;
	for (size_t k = 0; k < n; k++) {
		if (after(p, c + k) || isnan(c[k].value))
			continue;
		if (m == PRETEST_MOST || (uint64_t)(m + 1) * p->groups * p->periods > PRETEST_CELLS)
			return;
		form[m] = form_new(p);
		form_add(p, form + m, c[k], 1);
		known &= form[m].known;
		b[m++] = tb_dd(c[k].value);
	}
	r->pretest_df = (int)m;
	if (m == 0 || !known)
		return;
	v = tb_alloc((size_t)m * m * sizeof(TbDd));
	for (uint32_t i = 0; i < m; i++)
		for (uint32_t j = 0; j <= i; j++)
			v[(size_t)i * m + j] = tb_dd(form_product(p, form + i, form + j));
	/* the covariances are rounded to doubles: a pivot at their last bits is none */
	if (tb_cholesky(v, m, 1e-12, dropped) < m)
		return;
	r->pretest = tb_dd_value(tb_cholesky_quadratic(v, m, dropped, b));
	r->pretest_p = tb_chi_square(r->pretest, m, true);
}

TbStatus tb_group_time(const TbBag *bag, TbGroupTime *r, uint32_t *at)
{
	Panel p;
	Contrast *c;
	TbStatus status;

	*r = (TbGroupTime){0};
	status = read_panel(bag, &p, r, at);
	if (status != TB_OK)
		return status;
	c = contrasts(&p, &r->n);
	if (r->n == 0 || (r->never == 0 && (p.controls == TB_NEVER || r->waves < 2)))
		return TB_UNDEFINED;
	r->effect = tb_alloc(r->n * sizeof(TbGroupTimeEffect));
	for (size_t k = 0; k < r->n; k++) {
		Form f = form_new(&p);

		form_add(&p, &f, c[k], 1);
		r->effect[k] = (TbGroupTimeEffect){key_of(&p, c + k, WAVE), key_of(&p, c + k, CALENDAR), effect_of(&p, &f)};
		if (isinf(r->effect[k].effect.value))
			return TB_OUT_OF_RANGE;
		form_free(&f);
	}
	series_of(&p, c, r->n, EXPOSURE, true, &r->exposure);
	series_of(&p, c, r->n, WAVE, false, &r->group);
	series_of(&p, c, r->n, CALENDAR, false, &r->calendar);
	r->group.overall = over_all(&p, c, r->n, true);
	r->simple = over_all(&p, c, r->n, false);
	pretest(&p, c, r->n, r);
	return TB_OK;
}
