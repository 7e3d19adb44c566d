/* facility_search.c -- better sites for limited assignments: a site that suits a group better, an open site for a closed one */
#include <math.h>

#include "../base/dictionary.h"
#include "../base/step.h"
#include "facility_kernel.h"

#define NOT_WORTH 1e-12 /* savings below this part of the total are rounding */
#define ROUNDS 60

/* What the members of an open site would pay at each other site: sum and count; the cheapest that all reach and that can stand in, or TB_NO_ID */
static uint32_t stand_in(TbFacilityFill *s, uint32_t j, double spare, double *sum, uint32_t *count)
{
	const TbLocationProblem *l = &s->f->l;
	uint32_t members = 0, best = TB_NO_ID;
	double own = 0;

	for (uint32_t i = s->head[j]; i != TB_NO_ID; i = s->after[i], members++) {
		own += s->charge[i];
		for (size_t k = l->row[i]; k < l->row[i + 1]; k++) {
			sum[l->site[k]] += l->charge[k];
			count[l->site[k]]++;
		}
		tb_steps(l->row[i + 1] - l->row[i] + 1);
		s->work += (double)(l->row[i + 1] - l->row[i]);
	}
	own -= NOT_WORTH * s->total;
	for (uint32_t k = 0; k < l->sites; k++, tb_step()) {
		if (members > 0 && !s->open[k] && count[k] == members && s->f->room[k] >= s->load[j] && s->f->least[k] <= s->load[j] &&
			s->f->price[k] - s->f->price[j] <= spare && sum[k] < own) {
			own = sum[k];
			best = k;
		}
		sum[k] = 0;
		count[k] = 0;
	}
	return best;
}

static void hand_over(TbFacilityFill *s, uint32_t from, uint32_t to)
{
	const TbLocationProblem *l = &s->f->l;

	s->open[from] = false;
	s->open[to] = true;
	for (size_t k = l->column[to]; k < l->column[to + 1]; k++, tb_step())
		if (s->site[l->demand[k]] == from) {
			tb_facility_leave(s, l->demand[k]);
			tb_facility_enter(s, l->demand[k], to, l->charge_of[k]);
		}
}

void tb_facility_relocate(TbFacilityFill *s)
{
	const TbLocationProblem *l = &s->f->l;
	double *sum = tb_alloc_zero((size_t)l->sites + 1, sizeof(double));
	uint32_t *count = tb_alloc_zero((size_t)l->sites + 1, sizeof(uint32_t));
	bool moved = isfinite(s->total);

	for (int round = 0; round < ROUNDS && moved; round++) {
		double spare = s->f->budget, before = s->total;

		moved = false;
		for (uint32_t j = 0; j < l->sites; j++, tb_step())
			spare -= s->open[j] ? s->f->price[j] : 0;
		for (uint32_t j = 0; j < l->sites; j++, tb_step()) {
			uint32_t k = s->open[j] && !l->fixed[j] ? stand_in(s, j, spare, sum, count) : TB_NO_ID;

			if (k == TB_NO_ID)
				continue;
			spare += s->f->price[j] - s->f->price[k];
			hand_over(s, j, k);
			moved = true;
		}
		if (!moved)
			break;
		tb_facility_narrow(s);
		tb_facility_settle(s, true);
		moved = s->total < before * (1 - NOT_WORTH);
	}
	tb_free(sum);
	tb_free(count);
}

/* Are the sites better with `in` instead of `out` (TB_NO_ID: besides all)? Then they stay so. */
static bool exchange(TbFacilityFill *s, TbFacilityKept *now, uint32_t in, uint32_t out, bool *open)
{
	memcpy(open, now->open, s->f->l.sites * sizeof(bool));
	open[in] = true;
	if (out != TB_NO_ID)
		open[out] = false;
	tb_facility_assign(s, open, true);
	if (!(s->total < now->total * (1 - NOT_WORTH)))
		return false;
	tb_facility_relocate(s);
	tb_facility_keep(now, s);
	return true;
}

void tb_facility_interchange(TbFacilityFill *s, double work)
{
	uint32_t sites = s->f->l.sites;
	bool *open = tb_alloc((size_t)sites + 1);
	TbFacilityKept now = tb_facility_kept(s->f);
	double end = s->work + work;

	tb_facility_keep(&now, s);
	for (uint32_t in = 0, idle = 0; idle < sites && s->work < end; in = in + 1 < sites ? in + 1 : 0, idle++) {
		bool moved;
		uint32_t n = 0;

		if (now.open[in])
			continue;
		for (uint32_t j = 0; j < sites; j++, tb_step())
			n += now.open[j];
		moved = n < s->f->l.p && exchange(s, &now, in, TB_NO_ID, open);
		for (uint32_t out = 0; out < sites && !moved && s->work < end; out++, tb_step())
			if (now.open[out] && !s->f->l.fixed[out]) {
				tb_progress("location, sites tried in vain", idle + 1.0, sites);
				moved = exchange(s, &now, in, out, open);
			}
		idle = moved ? 0 : idle;
	}
	tb_facility_restore(s, &now);
	tb_facility_forget(&now);
	tb_free(open);
}
