/* group_time.c -- effects by group and period from means within groups, and errors from cross products within groups */
#include "group_time.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../state/bag_kinds.h"
#include "waves.h"

const char *const tb_controls_name[TB_CONTROLS] = {"never", "not_yet"};

bool tb_group_time_params_ok(const double *param, uint64_t n)
{
	return n == 1 && tb_is_choice(param[0], TB_CONTROLS);
}

TB_BAG_KIND(tb_group_time_kind, "group_time_state", TB_SHAPE_GROUP_TIME, 1, 3, 0, 0x4, tb_group_time_params_ok, 0x7)

/* A form's part is a slope for each group and period */
typedef struct Panel {
	TbWaves w;
	TbDd *mean;    /* [groups][periods] */
	TbDd *scatter; /* [groups][periods][periods] */
} Panel;

static void group_means(Panel *p)
{
	const TbWaves *w = &p->w;

	p->mean = tb_alloc_zero((size_t)w->groups * w->periods, sizeof(TbDd));
	for (uint32_t i = 0; i < w->ids; i++) {
		if (w->group[i] == TB_NO_ID)
			continue;
		for (uint32_t t = 0; t < w->periods; t++, tb_step()) {
			TbDd *mean = p->mean + (size_t)w->group[i] * w->periods + t;

			*mean = tb_dd_add_d(*mean, w->y[(size_t)i * w->periods + t]);
		}
	}
	for (uint32_t g = 0; g < w->groups; g++)
		for (uint32_t t = 0; t < w->periods; t++, tb_step())
			if (w->size[g] > 0)
				p->mean[(size_t)g * w->periods + t] = tb_dd_div(p->mean[(size_t)g * w->periods + t], tb_dd(w->size[g]));
}

static void group_scatter(Panel *p)
{
	const TbWaves *w = &p->w;
	uint32_t periods = w->periods;
	double *z = tb_alloc(periods * sizeof(double));

	p->scatter = tb_alloc_zero((size_t)w->groups * periods * periods, sizeof(TbDd));
	for (uint32_t i = 0; i < w->ids; i++) {
		TbDd *to;

		if (w->group[i] == TB_NO_ID)
			continue;
		to = p->scatter + (size_t)w->group[i] * periods * periods;
		for (uint32_t t = 0; t < periods; t++)
			z[t] = tb_dd_value(tb_dd_sub(tb_dd(w->y[(size_t)i * periods + t]), p->mean[(size_t)w->group[i] * periods + t]));
		for (uint32_t t = 0; t < periods; t++) {
			for (uint32_t s = 0; s <= t; s++)
				to[t * periods + s] = tb_dd_add(to[t * periods + s], tb_two_product(z[t], z[s]));
			tb_steps(periods);
		}
	}
	for (uint32_t g = 0; g < w->groups; g++)
		for (uint32_t t = 0; t < periods; t++)
			for (uint32_t s = 0; s < t; s++, tb_step())
				p->scatter[((size_t)g * periods + s) * periods + t] = p->scatter[((size_t)g * periods + t) * periods + s];
	tb_free(z);
}

static TbDd change(const Panel *p, uint32_t h, const TbContrast *c)
{
	return tb_dd_sub(p->mean[(size_t)h * p->w.periods + c->t], p->mean[(size_t)h * p->w.periods + c->b]);
}

/* Mean change of the controls; their number is *n */
static TbDd control_change(const Panel *p, const TbContrast *c, double *n)
{
	TbDd sum = {0, 0};

	*n = 0;
	for (uint32_t h = 0; h < p->w.groups; h++)
		if (tb_waves_is_control(&p->w, c, h) && p->w.size[h] > 0) {
			*n += p->w.size[h];
			sum = tb_dd_add(sum, tb_dd_mul_d(change(p, h, c), p->w.size[h]));
		}
	return *n > 0 ? tb_dd_div(sum, tb_dd(*n)) : tb_dd(NAN);
}

static void add(const TbWaves *w, TbForm *f, const TbContrast *c, double weight)
{
	const Panel *p = (const Panel *)w;
	double controls;
	TbDd mean = control_change(p, c, &controls);

	for (uint32_t h = 0; h < w->groups; h++) {
		double *slope = f->part + (size_t)h * w->periods, part = 0;

		if (h == c->group)
			part = weight / c->treated;
		else if (w->size[h] > 0 && tb_waves_is_control(w, c, h)) {
			part = -weight / controls;
			f->constant[h] += part * tb_dd_value(tb_dd_sub(change(p, h, c), mean));
		}
		slope[c->t] += part;
		slope[c->b] -= part;
	}
	tb_steps(w->groups);
}

static double product(const TbWaves *w, const TbForm *a, const TbForm *b)
{
	const Panel *p = (const Panel *)w;
	TbDd all = {0, 0};

	for (uint32_t h = 0; h < w->groups; h++) {
		const double *left = a->part + (size_t)h * w->periods, *right = b->part + (size_t)h * w->periods;
		const TbDd *s = p->scatter + (size_t)h * w->periods * w->periods;

		all = tb_dd_add(all, tb_dd_mul_d(tb_two_product(a->constant[h], b->constant[h]), w->size[h]));
		for (uint32_t t = 0; t < w->periods; t++) {
			TbDd line = {0, 0};

			if (left[t] == 0)
				continue;
			for (uint32_t v = 0; v < w->periods; v++)
				if (right[v] != 0)
					line = tb_dd_add(line, tb_dd_mul_d(s[t * w->periods + v], right[v]));
			all = tb_dd_add(all, tb_dd_mul_d(line, left[t]));
			tb_steps(w->periods);
		}
	}
	return tb_dd_value(all);
}

TbStatus tb_group_time(const TbBag *bag, TbGroupTime *r, uint32_t *at)
{
	Panel p = {0};
	TbWaves *w = &p.w;
	TbContrast *c;
	TbStatus status;

	*r = (TbGroupTime){0};
	status = tb_waves_read(bag, (TbControls)(int)bag->param[0], 1, w, r, at);
	if (status != TB_OK)
		return status;
	if ((uint64_t)w->groups * w->periods * w->periods > TB_GROUP_TIME_CELLS)
		return TB_TOO_LARGE;
	w->length = (size_t)w->groups * w->periods;
	w->add = add;
	w->product = product;
	group_means(&p);
	group_scatter(&p);
	c = tb_waves_contrasts(w, &r->n);
	if (!tb_waves_have_controls(w, r))
		return TB_UNDEFINED;
	for (size_t k = 0; k < r->n; k++, tb_steps(w->groups)) {
		c[k].value = tb_dd_value(tb_dd_sub(change(&p, c[k].group, c + k), control_change(&p, c + k, &c[k].control)));
		c[k].known = c[k].treated > 1 && c[k].control > 1;
	}
	return tb_waves_effects(w, c, r);
}
