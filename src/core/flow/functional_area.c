/* functional_area.c -- labour market areas over sparse ties: a step costs the degree of the zones it touches
 *
 * Clusters are named by a zone; a heap holds their validities. The lowest one is taken apart until all are valid:
 *   one member:  joins the cluster of highest cohesion if that does not lower its validity, else waits in the reserve list;
 *   several:     members by external flow, highest first; the first that can leave without lowering either validity does, else the last waits.
 * In the end those who wait join the cluster of highest cohesion, in rounds. Zones without residents, jobs or outside links take no part.
 */
#include "functional_area.h"

#include <math.h>
#include <stdbool.h>

#include "../base/dd.h"
#include "../base/host.h"
#include "../state/bag_kinds.h"

#define RESERVE (UINT32_MAX - 1)
#define MOVES 50 /* a zone that comes round so often is going in circles */

typedef struct Cluster {
	TbDd residents, jobs, within;
	uint32_t first, members; /* list of zones */
	uint32_t heap;           /* place in the heap */
	double validity;
} Cluster;

typedef struct Solver {
	const TbAdjacency *a;
	const TbAreaTargets *targets;
	uint32_t *of;          /* cluster of a zone, RESERVE or TB_NO_AREA */
	uint32_t *next, *prev; /* members of a cluster */
	uint16_t *moves;
	Cluster *cluster;
	uint32_t *heap, used;
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

/* Lowest validity first, then the smaller name */
static bool before(const Solver *s, uint32_t a, uint32_t b)
{
	double va = s->cluster[a].validity, vb = s->cluster[b].validity;

	return va < vb || (va == vb && a < b);
}

static void heap_place(Solver *s, uint32_t at, uint32_t c)
{
	s->heap[at] = c;
	s->cluster[c].heap = at;
}

static void heap_fix(Solver *s, uint32_t c)
{
	uint32_t at = s->cluster[c].heap;

	while (at > 0 && before(s, c, s->heap[(at - 1) / 2])) {
		heap_place(s, at, s->heap[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
	for (;;) {
		uint32_t child = 2 * at + 1;

		if (child >= s->used)
			break;
		if (child + 1 < s->used && before(s, s->heap[child + 1], s->heap[child]))
			child++;
		if (!before(s, s->heap[child], c))
			break;
		heap_place(s, at, s->heap[child]);
		at = child;
	}
	heap_place(s, at, c);
}

static void heap_drop(Solver *s, uint32_t c)
{
	uint32_t at = s->cluster[c].heap, last = s->heap[--s->used];

	if (last == c)
		return;
	heap_place(s, at, last);
	heap_fix(s, last);
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
	for (size_t t = a->row[z]; t < a->row[z + 1]; t++) {
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

	for (uint32_t t = 0; t < s->touches; t++) {
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

	to->validity = validity_with(s, c, z);
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
	heap_fix(s, c);
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
		heap_drop(s, c);
		return;
	}
	from->validity = validity_without(s, c, z);
	from->within = tb_dd_add_d(tb_dd_add_d(tb_dd_add_d(from->within, -s->out[c]), -s->in[c]), -s->a->within[z]);
	from->residents = tb_dd_add_d(from->residents, -s->a->residents[z]);
	from->jobs = tb_dd_add_d(from->jobs, -s->a->jobs[z]);
	heap_fix(s, c);
}

/* Moves z out of its cluster if a better one takes it without loss to either */
static bool moved(Solver *s, uint32_t z)
{
	uint32_t from = s->of[z], to;

	gather(s, z);
	to = most_cohesive(s, z);
	if (to == TB_NO_AREA || s->moves[z] >= MOVES || validity_with(s, to, z) < s->cluster[to].validity)
		return false;
	if (s->cluster[from].members > 1 && validity_without(s, from, z) < s->cluster[from].validity)
		return false;
	leave(s, z);
	join(s, z, to);
	return true;
}

static double external(const TbAdjacency *a, uint32_t z)
{
	return a->residents[z] + a->jobs[z] - 2 * a->within[z];
}

/* The next member after (flow, zone) in descending external flow, ascending zone */
static uint32_t next_member(const Solver *s, uint32_t c, double flow, uint32_t zone)
{
	uint32_t best = TB_NO_AREA;
	double most = -1;

	for (uint32_t z = s->cluster[c].first; z != TB_NO_AREA; z = s->next[z]) {
		double x = external(s->a, z);

		if (x > flow || (x == flow && z <= zone && zone != TB_NO_AREA))
			continue;
		if (x > most || (x == most && z < best)) {
			most = x;
			best = z;
		}
	}
	return best;
}

static void take_apart(Solver *s, uint32_t c)
{
	double flow = INFINITY;
	uint32_t zone = TB_NO_AREA, last = TB_NO_AREA;

	while ((zone = next_member(s, c, flow, zone)) != TB_NO_AREA) {
		if (moved(s, zone))
			return;
		last = zone;
		flow = external(s->a, zone);
	}
	gather(s, last);
	leave(s, last);
	s->reserved++;
}

static void attach_reserve(Solver *s)
{
	for (bool changed = true; changed;) {
		changed = false;
		for (uint32_t z = 0; z < s->a->zones; z++) {
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

static void start(Solver *s, const TbAdjacency *a, const TbAreaTargets *targets, const bool *out)
{
	uint32_t n = a->zones;

	*s = (Solver){.a = a, .targets = targets};
	s->of = tb_alloc(n * sizeof(uint32_t));
	s->next = tb_alloc(n * sizeof(uint32_t));
	s->prev = tb_alloc(n * sizeof(uint32_t));
	s->moves = tb_alloc_zero(n, sizeof(uint16_t));
	s->cluster = tb_alloc_zero(n, sizeof(Cluster));
	s->heap = tb_alloc(n * sizeof(uint32_t));
	s->out = tb_alloc_zero(n, sizeof(double));
	s->in = tb_alloc_zero(n, sizeof(double));
	s->touched = tb_alloc(n * sizeof(uint32_t));
	for (uint32_t z = 0; z < n; z++) {
		Cluster *c = &s->cluster[z];

		s->of[z] = out[z] ? TB_NO_AREA : z;
		s->next[z] = s->prev[z] = TB_NO_AREA;
		if (out[z])
			continue;
		*c = (Cluster){tb_dd(a->residents[z]), tb_dd(a->jobs[z]), tb_dd(a->within[z]), z, 1, s->used, 0};
		c->validity = validity(s, c->residents, c->jobs, c->within);
		s->heap[s->used] = z;
		s->used++;
		heap_fix(s, z);
	}
}

/* Flows without those of zones that take no part */
static void restrict_to(const TbFlows *flows, const bool *out, TbFlows *kept)
{
	size_t *row = tb_alloc_zero((size_t)flows->zones + 1, sizeof(size_t)), n = 0;
	uint32_t *destination = tb_alloc(flows->links * sizeof(uint32_t));
	double *flow = tb_alloc(flows->links * sizeof(double));

	for (uint32_t i = 0; i < flows->zones; i++) {
		for (size_t l = flows->row[i]; l < flows->row[i + 1]; l++)
			if (!out[i] && !out[flows->destination[l]]) {
				destination[n] = flows->destination[l];
				flow[n++] = flows->flow[l];
			}
		row[i + 1] = n;
	}
	*kept = (TbFlows){flows->zones, flows->id, n, row, destination, flow};
}

/* Zones without residents, jobs or outside links leave, again until none is left: each removal may cost a neighbour its last link. */
static TbAdjacency *participants(const TbFlows *flows, bool *out)
{
	TbFlows kept = *flows;

	for (;;) {
		TbAdjacency *a = tb_adjacency(&kept);
		bool changed = false;

		for (uint32_t z = 0; z < a->zones; z++)
			if (!out[z] && (a->residents[z] == 0 || a->jobs[z] == 0 || a->row[z] == a->row[z + 1])) {
				out[z] = true;
				changed = true;
			}
		if (!changed)
			return a;
		tb_adjacency_free(a);
		restrict_to(flows, out, &kept);
	}
}

static void report(const Solver *s, TbAreas *areas)
{
	uint32_t n = s->a->zones, *name = tb_alloc(n * sizeof(uint32_t));

	*areas = (TbAreas){.zones = n, .area = tb_alloc(n * sizeof(uint32_t)), .totals = tb_alloc_zero(n, sizeof(TbAreaTotals))};
	areas->reserved = s->reserved;
	for (uint32_t c = 0; c < n; c++)
		name[c] = TB_NO_AREA;
	for (uint32_t z = 0; z < n; z++) {
		uint32_t c = s->of[z];

		areas->area[z] = TB_NO_AREA;
		if (c >= RESERVE)
			continue;
		if (name[c] == TB_NO_AREA) {
			const Cluster *found = &s->cluster[c];

			name[c] = z;
			areas->areas++;
			areas->totals[z] = (TbAreaTotals){tb_dd_value(found->residents), tb_dd_value(found->jobs), tb_dd_value(found->within), found->validity};
		}
		areas->area[z] = name[c];
	}
}

TbStatus tb_labour_market_areas(const TbFlows *flows, const TbAreaTargets *targets, TbAreas *areas)
{
	bool *out;
	Solver s;
	uint64_t steps = 0;

	if (flows->zones == 0)
		return TB_UNDEFINED;
	if (flows->zones >= RESERVE)
		return TB_TOO_LARGE;
	out = tb_alloc_zero(flows->zones, sizeof(bool));
	start(&s, participants(flows, out), targets, out);
	if (!isfinite(s.a->total))
		return TB_OUT_OF_RANGE;
	tb_progress("labour market areas, steps", 0, flows->zones);
	while (s.used > 0 && s.cluster[s.heap[0]].validity < 1) {
		take_apart(&s, s.heap[0]);
		if (++steps % 64 == 0)
			tb_tick();
		if (steps % 4096 == 0)
			tb_progress("labour market areas, steps for so many zones", steps, flows->zones);
	}
	attach_reserve(&s);
	report(&s, areas);
	return TB_OK;
}

bool tb_labour_market_params_ok(const double *p, uint64_t n)
{
	return n == 4 && p[0] > 0 && p[1] > p[0] && isfinite(p[1]) && p[2] > 0 && p[3] >= p[2] && p[3] <= 1;
}

TB_BAG_KIND(tb_labour_market, "labour_market_state", TB_SHAPE_LABOUR_MARKET, 2, 1, 0, 0, tb_labour_market_params_ok, 0)
