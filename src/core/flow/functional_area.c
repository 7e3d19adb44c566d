/* functional_area.c -- labour market areas over sparse ties: a step costs the degree of the zones it touches
 *
 * Clusters keep the name of the zone they began with; a heap holds their validities. The lowest one is dissolved until all are valid: its members
 * leave until one is left, each time the one with most flow across what is left of the cluster and most residents who work elsewhere; another heap
 * holds these, and a leaver raises only the neighbours it leaves behind. A leaver joins the cluster of highest cohesion if that one's validity does
 * not fall, else it waits in the reserve. In the end those who wait join the cluster of highest cohesion, in rounds.
 */
#include "functional_area.h"

#include <math.h>
#include <stdbool.h>

#include "../base/dd.h"
#include "../base/heap.h"
#include "../base/step.h"
#include "../state/bag_kinds.h"

#define RESERVE (UINT32_MAX - 1)
#define MOVES 50 /* a zone that comes round so often is going in circles */

typedef struct Cluster {
	TbDd residents, jobs, within;
	uint32_t first, members; /* list of zones */
} Cluster;

typedef struct Solver {
	const TbAdjacency *a;
	const TbAreaTargets *targets;
	uint32_t *of;          /* cluster of a zone, RESERVE or TB_NO_AREA */
	uint32_t *next, *prev; /* members of a cluster */
	uint16_t *moves;
	Cluster *cluster;
	double *validity; /* of a cluster: the order of those to be dissolved */
	TbHeap clusters;
	TbDd *pull;      /* of a member of the cluster in hand: flow into it from outside and its residents who work elsewhere */
	double *staying; /* its negative: the order in which members leave */
	TbHeap members;
	double *out, *in;  /* flow between the zone in hand and each cluster */
	uint32_t *touched; /* clusters with an entry there */
	uint32_t touches;
	uint32_t reserved;
} Solver;

double tb_area_validity(const TbAreaTargets *t, double residents, double jobs, double within)
{
	double sc = fmin(within / residents, within / jobs);
	double ratio = t->min_self_containment / t->target_self_containment, size;

	if (sc >= 1)
		return 1;
	size = fmax(0, (t->target_size - residents) / (t->target_size - t->min_size));
	return fmin(1, sc / t->target_self_containment) * (1 - (1 - ratio) * size) / ratio;
}

static double validity(const Solver *s, TbDd residents, TbDd jobs, TbDd within)
{
	return tb_area_validity(s->targets, tb_dd_value(residents), tb_dd_value(jobs), tb_dd_value(within));
}

/* Flows between zone z and every cluster, its own included */
static void gather(Solver *s, uint32_t z)
{
	const TbAdjacency *a = s->a;

	while (s->touches > 0) {
		uint32_t c = s->touched[--s->touches];

		s->out[c] = s->in[c] = 0;
	}
	for (size_t t = a->row[z]; t < a->row[z + 1]; t++, tb_step()) {
		uint32_t c = s->of[a->tie[t].zone];

		if (c >= RESERVE)
			continue;
		if (s->out[c] == 0 && s->in[c] == 0)
			s->touched[s->touches++] = c;
		s->out[c] += a->tie[t].out;
		s->in[c] += a->tie[t].in;
	}
}

/* After gather: the cluster other than its own that z is most closely tied to; ties go to the larger name, the last of a sorted list */
static uint32_t most_cohesive(const Solver *s, uint32_t z)
{
	const TbAdjacency *a = s->a;
	uint32_t best = TB_NO_AREA;
	double highest = 0;

	for (uint32_t t = 0; t < s->touches; t++, tb_step()) {
		uint32_t c = s->touched[t];
		double residents, jobs, cohesion;

		if (c == s->of[z])
			continue;
		residents = tb_dd_value(s->cluster[c].residents);
		jobs = tb_dd_value(s->cluster[c].jobs);
		cohesion = s->out[c] * s->out[c] / (a->residents[z] * jobs) + s->in[c] * s->in[c] / (residents * a->jobs[z]);
		if (cohesion > highest || (cohesion == highest && best != TB_NO_AREA && c > best)) {
			highest = cohesion;
			best = c;
		}
	}
	return best;
}

static double validity_with(const Solver *s, uint32_t c, uint32_t z)
{
	const Cluster *to = &s->cluster[c];
	TbDd within = tb_dd_add_d(tb_dd_add_d(tb_dd_add_d(to->within, s->out[c]), s->in[c]), s->a->within[z]);

	return validity(s, tb_dd_add_d(to->residents, s->a->residents[z]), tb_dd_add_d(to->jobs, s->a->jobs[z]), within);
}

static double validity_without(const Solver *s, uint32_t c, uint32_t z)
{
	const Cluster *from = &s->cluster[c];
	TbDd within = tb_dd_add_d(tb_dd_add_d(tb_dd_add_d(from->within, -s->out[c]), -s->in[c]), -s->a->within[z]);

	return validity(s, tb_dd_add_d(from->residents, -s->a->residents[z]), tb_dd_add_d(from->jobs, -s->a->jobs[z]), within);
}

/* Both after gather(z) */
static void join(Solver *s, uint32_t z, uint32_t c)
{
	Cluster *to = &s->cluster[c];

	s->validity[c] = validity_with(s, c, z);
	to->within = tb_dd_add_d(tb_dd_add_d(tb_dd_add_d(to->within, s->out[c]), s->in[c]), s->a->within[z]);
	to->residents = tb_dd_add_d(to->residents, s->a->residents[z]);
	to->jobs = tb_dd_add_d(to->jobs, s->a->jobs[z]);
	s->next[z] = to->first;
	s->prev[z] = TB_NO_AREA;
	if (to->first != TB_NO_AREA)
		s->prev[to->first] = z;
	to->first = z;
	to->members++;
	s->of[z] = c;
	s->moves[z]++;
	tb_heap_fix(&s->clusters, c);
}

static void leave(Solver *s, uint32_t z)
{
	uint32_t c = s->of[z];
	Cluster *from = &s->cluster[c];

	if (s->prev[z] == TB_NO_AREA)
		from->first = s->next[z];
	else
		s->next[s->prev[z]] = s->next[z];
	if (s->next[z] != TB_NO_AREA)
		s->prev[s->next[z]] = s->prev[z];
	s->of[z] = RESERVE;
	if (--from->members == 0) {
		tb_heap_drop(&s->clusters, c);
		return;
	}
	s->validity[c] = validity_without(s, c, z);
	from->within = tb_dd_add_d(tb_dd_add_d(tb_dd_add_d(from->within, -s->out[c]), -s->in[c]), -s->a->within[z]);
	from->residents = tb_dd_add_d(from->residents, -s->a->residents[z]);
	from->jobs = tb_dd_add_d(from->jobs, -s->a->jobs[z]);
	tb_heap_fix(&s->clusters, c);
}

/* z leaves its cluster for the one that takes it without loss, or for the reserve */
static void move(Solver *s, uint32_t z)
{
	uint32_t to;

	gather(s, z);
	to = most_cohesive(s, z);
	if (to != TB_NO_AREA && (s->moves[z] >= MOVES || validity_with(s, to, z) < s->validity[to]))
		to = TB_NO_AREA;
	leave(s, z);
	if (to == TB_NO_AREA)
		s->reserved++;
	else
		join(s, z, to);
}

/* Members of c in the order in which they would leave */
static void rank_members(Solver *s, uint32_t c)
{
	const TbAdjacency *a = s->a;

	s->members.used = 0;
	for (uint32_t z = s->cluster[c].first; z != TB_NO_AREA; z = s->next[z]) {
		TbDd pull = tb_dd_add_d(tb_dd(a->residents[z]), -a->within[z]);

		for (size_t t = a->row[z]; t < a->row[z + 1]; t++, tb_step())
			if (s->of[a->tie[t].zone] != c)
				pull = tb_dd_add_d(pull, a->tie[t].in);
		s->pull[z] = pull;
		s->staying[z] = -tb_dd_value(pull);
		tb_heap_add(&s->members, z);
	}
}

/* What flows from z to the members it left behind now comes from outside */
static void pull_neighbours(Solver *s, uint32_t z, uint32_t c)
{
	const TbAdjacency *a = s->a;

	for (size_t t = a->row[z]; t < a->row[z + 1]; t++, tb_step()) {
		uint32_t k = a->tie[t].zone;

		if (s->of[k] != c)
			continue;
		s->pull[k] = tb_dd_add_d(s->pull[k], a->tie[t].out);
		s->staying[k] = -tb_dd_value(s->pull[k]);
		tb_heap_fix(&s->members, k);
	}
}

/* All members but one leave; one that is alone leaves too. Returns the moves. */
static uint64_t dissolve(Solver *s, uint32_t c)
{
	uint64_t moves = 0;

	if (s->cluster[c].members == 1) {
		move(s, s->cluster[c].first);
		return 1;
	}
	rank_members(s, c);
	/* The heap holds just the members of c that are left, and pull[k] counts the flow into k from everywhere outside them: a leaver takes its own flow to each
	 * neighbour it leaves behind out of c, whether it joins another cluster or waits, and never comes back to c. */
	for (; s->cluster[c].members > 1; moves++) {
		uint32_t z = s->members.item[0];

		tb_heap_drop(&s->members, z);
		move(s, z);
		pull_neighbours(s, z, c);
		tb_steps(64);
	}
	return moves;
}

static void attach_reserve(Solver *s)
{
	for (bool changed = true; changed;) {
		changed = false;
		for (uint32_t z = s->a->zones; z-- > 0;) {
			uint32_t c;

			if (s->of[z] != RESERVE)
				continue;
			gather(s, z);
			c = most_cohesive(s, z);
			if (c == TB_NO_AREA)
				continue;
			join(s, z, c);
			changed = true;
		}
		tb_tick();
	}
}

static void start(Solver *s, const TbAdjacency *a, const TbAreaTargets *targets, const uint8_t *status)
{
	uint32_t n = a->zones;

	*s = (Solver){.a = a, .targets = targets};
	s->of = tb_alloc(n * sizeof(uint32_t));
	s->next = tb_alloc(n * sizeof(uint32_t));
	s->prev = tb_alloc(n * sizeof(uint32_t));
	s->moves = tb_alloc_zero(n, sizeof(uint16_t));
	s->cluster = tb_alloc_zero(n, sizeof(Cluster));
	s->validity = tb_alloc_zero(n, sizeof(double));
	s->clusters = tb_heap(s->validity, n);
	s->pull = tb_alloc(n * sizeof(TbDd));
	s->staying = tb_alloc(n * sizeof(double));
	s->members = tb_heap(s->staying, n);
	s->out = tb_alloc_zero(n, sizeof(double));
	s->in = tb_alloc_zero(n, sizeof(double));
	s->touched = tb_alloc(n * sizeof(uint32_t));
	for (uint32_t z = 0; z < n; z++, tb_step()) {
		Cluster *c = &s->cluster[z];

		s->of[z] = status[z] ? TB_NO_AREA : z;
		s->next[z] = s->prev[z] = TB_NO_AREA;
		if (status[z])
			continue;
		*c = (Cluster){tb_dd(a->residents[z]), tb_dd(a->jobs[z]), tb_dd(a->within[z]), z, 1};
		s->validity[z] = validity(s, c->residents, c->jobs, c->within);
		tb_heap_add(&s->clusters, z);
	}
}

/* Flows without those of zones that take no part */
static void restrict_to(const TbFlows *flows, const uint8_t *status, TbFlows *kept)
{
	size_t *row = tb_alloc_zero((size_t)flows->zones + 1, sizeof(size_t)), n = 0;
	uint32_t *destination = tb_alloc(flows->links * sizeof(uint32_t));
	double *flow = tb_alloc(flows->links * sizeof(double));

	for (uint32_t i = 0; i < flows->zones; i++, tb_step()) {
		for (size_t l = flows->row[i]; l < flows->row[i + 1]; l++, tb_step())
			if (!status[i] && !status[flows->destination[l]]) {
				destination[n] = flows->destination[l];
				flow[n++] = flows->flow[l];
			}
		row[i + 1] = n;
	}
	*kept = (TbFlows){flows->zones, flows->id, n, row, destination, flow};
}

static TbAreaStatus fitness(const TbAdjacency *a, uint32_t z)
{
	if (a->residents[z] == 0)
		return TB_AREA_NO_RESIDENTS;
	if (a->jobs[z] == 0)
		return TB_AREA_NO_JOBS;
	return a->row[z] == a->row[z + 1] ? TB_AREA_NO_LINK : TB_AREA_MEMBER;
}

/* Zones without residents, jobs or outside links leave, again until none is left: each removal may cost a neighbour its last link. What a zone lost
 * only by others' leaving is a link, whether all of its residents or its jobs hung on it. */
static TbAdjacency *participants(const TbFlows *flows, uint8_t *status)
{
	TbFlows kept = *flows;

	for (bool first = true;; first = false) {
		TbAdjacency *a = tb_adjacency(&kept);
		bool changed = false;

		for (uint32_t z = 0; z < a->zones; z++, tb_step()) {
			if (status[z])
				continue;
			status[z] = fitness(a, z);
			if (status[z] && !first)
				status[z] = TB_AREA_NO_LINK;
			changed |= status[z] != TB_AREA_MEMBER;
		}
		if (!changed)
			return a;
		tb_adjacency_free(a);
		restrict_to(flows, status, &kept);
	}
}

static void report(const Solver *s, uint8_t *status, TbAreas *areas)
{
	uint32_t n = s->a->zones, *name = tb_alloc(n * sizeof(uint32_t));

	*areas = (TbAreas){.zones = n, .status = status, .area = tb_alloc(n * sizeof(uint32_t)), .totals = tb_alloc_zero(n, sizeof(TbAreaTotals))};
	areas->reserved = s->reserved;
	for (uint32_t c = 0; c < n; c++, tb_step())
		name[c] = TB_NO_AREA;
	for (uint32_t z = 0; z < n; z++, tb_step()) {
		uint32_t c = s->of[z];

		areas->area[z] = TB_NO_AREA;
		if (c == RESERVE)
			status[z] = TB_AREA_UNASSIGNED;
		areas->count[status[z]]++;
		if (c >= RESERVE)
			continue;
		if (name[c] == TB_NO_AREA) {
			const Cluster *found = &s->cluster[c];

			name[c] = z;
			areas->areas++;
			areas->totals[z] = (TbAreaTotals){tb_dd_value(found->residents), tb_dd_value(found->jobs), tb_dd_value(found->within), s->validity[c]};
		}
		areas->area[z] = name[c];
	}
}

TbStatus tb_labour_market_areas(const TbFlows *flows, const TbAreaTargets *targets, TbAreas *areas)
{
	uint8_t *status;
	Solver s;
	uint64_t moves = 0, told = 0;

	if (flows->zones == 0)
		return TB_UNDEFINED;
	if (flows->zones >= RESERVE)
		return TB_TOO_LARGE;
	status = tb_alloc_zero(flows->zones, sizeof(uint8_t));
	start(&s, participants(flows, status), targets, status);
	if (!isfinite(s.a->total))
		return TB_OUT_OF_RANGE;
	tb_progress("labour market areas, moves", 0, flows->zones);
	while (s.clusters.used > 0 && s.validity[s.clusters.item[0]] < 1) {
		moves += dissolve(&s, s.clusters.item[0]);
		tb_tick();
		if (moves - told < 4096)
			continue;
		told = moves;
		tb_progress("labour market areas, moves for so many zones", moves, flows->zones);
	}
	attach_reserve(&s);
	report(&s, status, areas);
	return TB_OK;
}

bool tb_labour_market_params_ok(const double *p, uint64_t n)
{
	return n == 4 && p[0] > 0 && p[1] > p[0] && isfinite(p[1]) && p[2] > 0 && p[3] >= p[2] && p[3] <= 1;
}

TB_BAG_KIND(tb_labour_market, "labour_market_state", TB_SHAPE_LABOUR_MARKET, 2, 1, 0, 0, tb_labour_market_params_ok, 0)
