/* commuting_area.c -- ties of zones, and of cores, to cores */
#include "commuting_area.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/disjoint_set.h"
#include "../base/step.h"
#include "../state/bag_kinds.h"
#include "adjacency.h"

/* Flows between one zone, or the central zones of one core, and every core: sparse */
typedef struct Ties {
	TbDd *out, *in; /* [cores] */
	bool *met;
	uint32_t *touched, touches;
	TbDd residents, jobs;
} Ties;

typedef struct Tie {
	double strength; /* the larger share; NaN where both are undefined */
	bool qualifies;
} Tie;

static void clear(Ties *s)
{
	while (s->touches > 0) {
		uint32_t c = s->touched[--s->touches];

		s->out[c] = s->in[c] = (TbDd){0, 0};
		s->met[c] = false;
	}
	s->residents = s->jobs = (TbDd){0, 0};
}

static void add(Ties *s, uint32_t core, double out, double in)
{
	if (core == TB_NO_CITY)
		return;
	if (!s->met[core]) {
		s->met[core] = true;
		s->touched[s->touches++] = core;
	}
	s->out[core] = tb_dd_add_d(s->out[core], out);
	s->in[core] = tb_dd_add_d(s->in[core], in);
}

static void add_zone(const TbAdjacency *a, const uint32_t *core, uint32_t z, Ties *s)
{
	s->residents = tb_dd_add_d(s->residents, a->residents[z]);
	s->jobs = tb_dd_add_d(s->jobs, a->jobs[z]);
	if (a->within[z] > 0)
		add(s, core[z], a->within[z], a->within[z]);
	for (size_t t = a->row[z]; t < a->row[z + 1]; t++, tb_step())
		add(s, core[a->tie[t].zone], a->tie[t].out, a->tie[t].in);
}

static Tie tie(const Ties *s, uint32_t core, const double *threshold)
{
	double out = tb_dd_value(s->out[core]) / tb_dd_value(s->residents), in = tb_dd_value(s->in[core]) / tb_dd_value(s->jobs);

	return (Tie){fmax(out, in), (out > 0 && out >= threshold[0]) || (in > 0 && in >= threshold[1])};
}

/* merged[c]: the smallest of the cores that c is one with; one round on the cores as given */
static void merge_cores(const TbAdjacency *a, const uint32_t *core, uint32_t cores, const double *threshold, Ties *s, uint32_t *merged)
{
	size_t *start = tb_alloc_zero((size_t)cores + 2, sizeof(size_t));
	uint32_t *zone = tb_alloc(((size_t)a->zones + 1) * sizeof(uint32_t));

	tb_disjoint_begin(merged, cores);
	for (uint32_t z = 0; z < a->zones; z++, tb_step())
		if (core[z] != TB_NO_CITY)
			start[core[z] + 2]++;
	for (uint32_t c = 0; c < cores; c++, tb_step())
		start[c + 2] += start[c + 1];
	for (uint32_t z = 0; z < a->zones; z++, tb_step())
		if (core[z] != TB_NO_CITY)
			zone[start[core[z] + 1]++] = z;
	for (uint32_t c = 0; c < cores; c++, tb_step()) {
		clear(s);
		for (size_t k = start[c]; k < start[c + 1]; k++, tb_step())
			add_zone(a, core, zone[k], s);
		for (uint32_t t = 0; t < s->touches; t++, tb_step())
			if (s->touched[t] != c && tie(s, s->touched[t], threshold).qualifies)
				tb_disjoint_join(merged, c, s->touched[t]);
	}
	for (uint32_t c = 0; c < cores; c++, tb_step())
		merged[c] = tb_disjoint_root(merged, c);
	tb_free(start);
	tb_free(zone);
}

/* Of the cores to which the zone is outlying the one of the strongest tie; without any, the strongest tie of all */
static TbUrbanMember outlying(const Ties *s, const double *threshold)
{
	bool anybody = tb_dd_value(s->residents) > 0 || tb_dd_value(s->jobs) > 0;
	TbUrbanMember member = {TB_NO_CITY, TB_URBAN_OUTSIDE, anybody ? 0 : NAN};

	for (uint32_t t = 0; t < s->touches; t++, tb_step()) {
		uint32_t c = s->touched[t];
		Tie x = tie(s, c, threshold);
		bool joined = member.role == TB_URBAN_COMMUTING_ZONE;

		if (!x.qualifies) {
			if (!joined)
				member.share = fmax(member.share, x.strength);
			continue;
		}
		if (!joined || x.strength > member.share || (x.strength == member.share && c < member.city))
			member = (TbUrbanMember){c, TB_URBAN_COMMUTING_ZONE, x.strength};
	}
	return member;
}

TbStatus tb_commuting_areas(const TbFlows *flows, const uint32_t *core, uint32_t cores, double out_share, double in_share, TbUrbanMember *member)
{
	const double threshold[2] = {out_share, in_share};
	Ties s = {.out = tb_alloc_zero((size_t)cores + 1, sizeof(TbDd)),
			  .in = tb_alloc_zero((size_t)cores + 1, sizeof(TbDd)),
			  .met = tb_alloc_zero((size_t)cores + 1, sizeof(bool)),
			  .touched = tb_alloc(((size_t)cores + 1) * sizeof(uint32_t))};
	uint32_t *merged = tb_alloc(((size_t)cores + 1) * sizeof(uint32_t)), *of = tb_alloc(((size_t)flows->zones + 1) * sizeof(uint32_t));
	TbAdjacency *a;

	if (flows->zones == 0)
		return TB_UNDEFINED;
	a = tb_adjacency(flows);
	if (!isfinite(a->total))
		return TB_OUT_OF_RANGE;
	merge_cores(a, core, cores, threshold, &s, merged);
	for (uint32_t z = 0; z < flows->zones; z++, tb_step())
		of[z] = core[z] == TB_NO_CITY ? TB_NO_CITY : merged[core[z]];
	for (uint32_t z = 0; z < flows->zones; z++, tb_step()) {
		clear(&s);
		add_zone(a, of, z, &s);
		member[z] = of[z] == TB_NO_CITY ? outlying(&s, threshold) : (TbUrbanMember){of[z], TB_URBAN_CITY, tie(&s, of[z], threshold).strength};
	}
	tb_adjacency_free(a);
	tb_free(s.out);
	tb_free(s.in);
	tb_free(s.met);
	tb_free(s.touched);
	tb_free(merged);
	tb_free(of);
	return TB_OK;
}

bool tb_commuting_area_params_ok(const double *p, uint64_t n)
{
	return n == 2 && p[0] >= 0 && p[0] <= 1 && p[1] >= 0 && p[1] <= 1 && !signbit(p[0]) && !signbit(p[1]);
}

TB_BAG_KIND(tb_commuting_area, "commuting_area_state", TB_SHAPE_COMMUTING_AREA, 3, 1, 0x4, 0, tb_commuting_area_params_ok, 0)
