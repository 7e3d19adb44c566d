/* flow.c -- indices of a system of flows, of its zones and of its links */
#include "flow.h"

#include <math.h>
#include <string.h>

#include "flow_margins.h"
#include "../base/step.h"
#include "../base/radix_sort.h"

static double ratio(double a, double b)
{
	return b == 0 ? NAN : a / b;
}

static double larger(double a, double b)
{
	return a > b ? a : b;
}

/* A few whole numbers: how often each occurs is all there is to sort */
static const double *counted(const double *flow, size_t n, double unit, uint32_t most, void *space)
{
	double *sorted = space;
	uint32_t *times = (uint32_t *)(sorted + n);
	double per = 1 / unit;

	memset(times, 0, ((size_t)most + 1) * sizeof(uint32_t));
	TB_ROWS (i, 0, n)
		times[(uint32_t)(flow[i] * per)]++;
	n = 0;
	TB_ROWS (k, 1, (size_t)most + 1)
		TB_ROWS (i, 0, times[k])
			sorted[n++] = (double)k * unit;
	return sorted;
}

/* Flows in ascending order (their bits sort like integers), in a space of 2 n words */
static const double *ascending(const double *flow, size_t n, double unit, void *space)
{
	uint64_t *key = space, *scratch = key + n;
	double most = 0;

	if (n == 0)
		return space;
	if (unit > 0) {
		TB_ROWS (i, 0, n)
			most = flow[i] > most ? flow[i] : most;
		if (most / unit < fmin((double)n, 1 << 24))
			return counted(flow, n, unit, (uint32_t)(most / unit), space);
	}
	memcpy(key, flow, n * sizeof(double));
	tb_sort_rows(key, scratch, n, 1, 1);
	return memcpy(scratch, key, n * sizeof(double));
}

static const double *line_ascending(const TbFlowMargins *m, const TbFlowLines *lines, uint32_t zone, void *space)
{
	return ascending(lines->flow + lines->start[zone], lines->start[zone + 1] - lines->start[zone], m->unit, space);
}

static TbFlowLine line_of(const TbFlowMargins *m, const TbFlowLines *lines, uint32_t zone, const double *sorted)
{
	return tb_line(sorted, lines->start[zone + 1] - lines->start[zone], m->zones - 1.0, m->unit, lines->sum[zone]);
}

static void *line_space(const TbFlowMargins *m)
{
	size_t longest = 1;

	for (uint32_t i = 0; i < m->zones; i++, tb_step()) {
		size_t out = m->out.start[i + 1] - m->out.start[i], in = m->in.start[i + 1] - m->in.start[i];

		longest = out > longest ? out : longest;
		longest = in > longest ? in : longest;
	}
	return tb_alloc(2 * longest * sizeof(uint64_t));
}

/* Ginis and variation within the lines of one direction; weights are the sums of the other */
static void line_indices(const TbFlowMargins *m, const TbFlowLines *lines, const TbFlowLines *other, void *space, double *gini, double *mwg,
						 double *acv)
{
	double n = m->zones, total = tb_dd_value(m->interzonal);
	TbDd spread = tb_dd(0), weighted = tb_dd(0), weight = tb_dd(0), variation = tb_dd(0);

	for (uint32_t i = 0; i < m->zones; i++) {
		TbFlowLine line = line_of(m, lines, i, line_ascending(m, lines, i, space));
		double field = n > 2 ? tb_line_gini_corrected(&line) : NAN, cv = tb_line_variation(&line), sum = tb_dd_value(other->sum[i]);

		spread = tb_dd_add(spread, line.spread);
		if (!isnan(field)) {
			weighted = tb_dd_add(weighted, tb_dd_mul_d(other->sum[i], field));
			weight = tb_dd_add_d(weight, sum);
		}
		if (!isnan(cv))
			variation = tb_dd_add(variation, tb_dd_mul_d(lines->sum[i], cv));
		tb_step();
	}
	*gini = tb_dd_value(spread) / (n * (n - 1) * total);
	*mwg = ratio(tb_dd_value(weighted), tb_dd_value(weight));
	*acv = tb_dd_value(variation) / total;
}

/* Sum of |flow - mean| over all cells, times their number */
static TbDd distance_from_mean(const TbFlowMargins *m, const double *flow, size_t links, double cells)
{
	TbDd sum = tb_dd_mul_d(m->interzonal, cells - (double)links); /* of the zeros */

	if (tb_adds_exactly(m->unit, m->interzonal.hi, 2 * cells)) {
		TB_ROWS (i, 0, links)
			sum.hi += fabs(flow[i] * cells - m->interzonal.hi);
		return sum;
	}
	for (size_t i = 0; i < links; i++) {
		TbDd away = tb_dd_sub(tb_two_product(flow[i], cells), m->interzonal);

		sum = tb_dd_add(sum, away.hi < 0 ? tb_dd_neg(away) : away);
		tb_step();
	}
	return sum;
}

/* Gini over all cells, distance of the shares from equal ones, and entropy */
static void cell_indices(const TbFlowMargins *m, size_t links, TbFlowProfile *p)
{
	double cells = (double)m->zones * (m->zones - 1.0), total = tb_dd_value(m->interzonal);
	void *space = tb_alloc(2 * links * sizeof(uint64_t));
	const double *sorted = ascending(m->out.flow, links, m->unit, space);
	TbFlowLine line = tb_line(sorted, links, cells, m->unit, m->interzonal);

	p->inequality = 0.5 * tb_dd_value(distance_from_mean(m, sorted, links, cells)) / (total * cells);
	p->gini_total = tb_dd_value(line.spread) / (cells * total);
	p->gini_total_corrected = tb_dd_value(line.spread) / ((cells - 1) * total);
	p->entropy = tb_dd_value(tb_shares_entropy(sorted, links, total)) / log(cells);
	tb_free(space);
}

typedef struct Exchange {
	TbDd net, common; /* sums over unordered pairs of |M_ij - M_ji| and min(M_ij, M_ji) */
} Exchange;

/* Walks the pairs i < j of zone i with a flow either way: both lists are sorted */
typedef struct Walk {
	const TbFlowMargins *m;
	size_t out, out_end, in, in_end;
	uint32_t partner;
	double forth, back;
} Walk;

static size_t beyond(const TbFlowLines *lines, uint32_t zone)
{
	size_t low = lines->start[zone], high = lines->start[zone + 1];

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (lines->partner[middle] < zone)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static Walk walk(const TbFlowMargins *m, uint32_t zone)
{
	return (Walk){
		.m = m, .out = beyond(&m->out, zone), .out_end = m->out.start[zone + 1], .in = beyond(&m->in, zone), .in_end = m->in.start[zone + 1]};
}

static bool next_pair(Walk *w)
{
	uint32_t to = w->out < w->out_end ? w->m->out.partner[w->out] : TB_NO_ID, from = w->in < w->in_end ? w->m->in.partner[w->in] : TB_NO_ID;

	if (to == TB_NO_ID && from == TB_NO_ID)
		return false;
	w->partner = to < from ? to : from;
	w->forth = to == w->partner ? w->m->out.flow[w->out++] : 0;
	w->back = from == w->partner ? w->m->in.flow[w->in++] : 0;
	return true;
}

static Exchange exchange(const TbFlowMargins *m)
{
	Exchange sum = {{0, 0}, {0, 0}};

	for (uint32_t i = 0; i < m->zones; i++) {
		Walk w = walk(m, i);

		while (next_pair(&w)) {
			double less = w.forth < w.back ? w.forth : w.back;

			if (m->unit > 0) {
				sum.net.hi += fabs(w.forth - w.back);
				sum.common.hi += less;
				continue;
			}
			sum.net = tb_dd_add(sum.net, tb_two_sum(larger(w.forth, w.back), -less));
			sum.common = tb_dd_add_d(sum.common, less);
		}
		tb_steps(64);
	}
	return sum;
}

static double effectiveness(const TbFlowMargins *m)
{
	TbDd net = tb_dd(0);

	for (uint32_t i = 0; i < m->zones; i++, tb_step()) {
		TbDd zone = tb_dd_sub(m->in.sum[i], m->out.sum[i]);

		net = tb_dd_add(net, zone.hi < 0 ? tb_dd_neg(zone) : zone);
	}
	return 100 * tb_dd_value(net) / (2 * tb_dd_value(m->interzonal));
}

static void spread_indices(const TbFlowMargins *m, TbFlowProfile *p)
{
	void *space = line_space(m);
	double cells = (double)m->zones * (m->zones - 1.0), total = tb_dd_value(m->interzonal);
	Exchange both = exchange(m);

	cell_indices(m, p->links, p);
	line_indices(m, &m->out, &m->in, space, &p->gini_rows, &p->mwg_out, &p->acv_out);
	line_indices(m, &m->in, &m->out, space, &p->gini_columns, &p->mwg_in, &p->acv_in);
	p->effectiveness = effectiveness(m);
	p->gini_exchange = tb_dd_value(both.net) / (cells * total);
	p->reciprocity = 2 * tb_dd_value(both.common) / total;
	tb_free(space);
}

TbStatus tb_flow_profile(const TbFlows *flows, TbFlowProfile *p)
{
	TbFlowMargins m;
	double all;

	tb_flow_margins(flows, &m);
	all = tb_dd_value(tb_dd_add(m.interzonal, m.internal));
	*p = (TbFlowProfile){.zones = m.zones, .links = m.out.start[m.zones]};
	p->total = ldexp(all, m.exponent);
	p->intrazonal = ldexp(tb_dd_value(m.internal), m.exponent);
	p->interzonal = ldexp(tb_dd_value(m.interzonal), m.exponent);
	p->self_containment = ratio(tb_dd_value(m.internal), all);
	p->connectivity = ratio((double)p->links, (double)m.zones * (m.zones - 1.0));
	p->effectiveness = p->inequality = p->gini_total = p->gini_total_corrected = p->gini_rows = p->gini_columns = p->gini_exchange = NAN;
	p->mwg_in = p->mwg_out = p->acv_in = p->acv_out = p->entropy = p->reciprocity = NAN;
	if (p->links > 0)
		spread_indices(&m, p);
	tb_flow_margins_free(&m);
	return isfinite(p->total) ? TB_OK : TB_OUT_OF_RANGE;
}

/* The largest outflow; of equal ones the first, which has the smallest id */
static void main_destination(const TbFlowLines *out, uint32_t i, double sum, TbZoneFlow *zone)
{
	double largest = 0;

	zone->main_destination = TB_NO_ID;
	for (size_t k = out->start[i]; k < out->start[i + 1]; k++, tb_step())
		if (out->flow[k] > largest) {
			largest = out->flow[k];
			zone->main_destination = out->partner[k];
		}
	zone->main_destination_share = ratio(largest, sum);
}

static void outflow_spread(const TbFlowLine *line, const double *sorted, size_t n, TbZoneFlow *zone)
{
	double sum = tb_dd_value(line->sum);

	zone->outflow_entropy = zone->outflow_evenness = zone->outflow_concentration = NAN;
	if (n == 0)
		return;
	zone->outflow_entropy = tb_dd_value(tb_shares_entropy(sorted, n, sum));
	zone->outflow_evenness = line->cells > 1 ? zone->outflow_entropy / log(line->cells) : NAN;
	zone->outflow_concentration = tb_dd_value(tb_dd_div(line->squares, tb_dd_mul(line->sum, line->sum)));
}

static void zone_indices(const TbFlowMargins *m, uint32_t i, void *space, TbZoneFlow *zone)
{
	double in = tb_dd_value(m->in.sum[i]), out = tb_dd_value(m->out.sum[i]), own = m->intrazonal[i];
	TbDd turnover = tb_dd_add(m->in.sum[i], m->out.sum[i]), others = tb_dd_sub(tb_dd_mul_d(m->interzonal, 2), turnover);
	double net = tb_dd_value(tb_dd_sub(m->in.sum[i], m->out.sum[i])), residents = out + own, jobs = in + own, cells = m->zones - 1.0;
	TbFlowLine line = line_of(m, &m->in, i, line_ascending(m, &m->in, i, space));
	const double *sorted;

	*zone = (TbZoneFlow){.inflow = ldexp(in, m->exponent), .outflow = ldexp(out, m->exponent), .intrazonal = ldexp(own, m->exponent)};
	zone->net = ldexp(net, m->exponent);
	zone->turnover = ldexp(tb_dd_value(turnover), m->exponent);
	zone->symmetry = ratio(net, tb_dd_value(turnover));
	zone->effectiveness = ratio(100 * net, tb_dd_value(turnover));
	zone->in_degree = (uint32_t)(m->in.start[i + 1] - m->in.start[i]);
	zone->out_degree = (uint32_t)(m->out.start[i + 1] - m->out.start[i]);
	zone->supply_self_containment = ratio(own, residents);
	zone->demand_self_containment = ratio(own, jobs);
	zone->job_ratio = ratio(jobs, residents);
	zone->dominance = ratio(tb_dd_value(turnover) * cells, tb_dd_value(others));
	zone->field_gini_in = cells > 1 ? tb_line_gini_corrected(&line) : NAN;
	zone->cv_in = tb_line_variation(&line);
	sorted = line_ascending(m, &m->out, i, space);
	line = line_of(m, &m->out, i, sorted);
	zone->field_gini_out = cells > 1 ? tb_line_gini_corrected(&line) : NAN;
	zone->cv_out = tb_line_variation(&line);
	outflow_spread(&line, sorted, zone->out_degree, zone);
	main_destination(&m->out, i, out, zone);
}

TbStatus tb_zone_flows(const TbFlows *flows, TbZoneFlow **zone)
{
	TbFlowMargins m;
	void *space;
	bool finite = true;

	tb_flow_margins(flows, &m);
	space = line_space(&m);
	*zone = tb_alloc((size_t)m.zones * sizeof(TbZoneFlow));
	for (uint32_t i = 0; i < m.zones; i++) {
		zone_indices(&m, i, space, *zone + i);
		finite = finite && isfinite((*zone)[i].turnover);
		tb_steps(64);
	}
	tb_free(space);
	tb_flow_margins_free(&m);
	return finite ? TB_OK : TB_OUT_OF_RANGE;
}

/* -(f log2 f + g log2 g): 1 for equal flows, 0 for a one-way link */
static double link_symmetry(double forth, double back)
{
	double f = forth / (forth + back), g = back / (forth + back);

	return (f > 0 ? -f * log2(f) : 0) + (g > 0 ? -g * log2(g) : 0);
}

TbStatus tb_link_flows(const TbFlows *flows, TbLinkFlow **link, size_t *n)
{
	TbFlowMargins m;
	double total;

	tb_flow_margins(flows, &m);
	total = tb_dd_value(m.interzonal);
	*link = tb_alloc(m.out.start[m.zones] * sizeof(TbLinkFlow));
	*n = 0;
	for (uint32_t i = 0; i < m.zones; i++) {
		Walk w = walk(&m, i);

		while (next_pair(&w))
			(*link)[(*n)++] = (TbLinkFlow){i,
										   w.partner,
										   ldexp(w.forth, m.exponent),
										   ldexp(w.back, m.exponent),
										   ldexp(w.forth - w.back, m.exponent),
										   (w.forth + w.back) / total,
										   link_symmetry(w.forth, w.back)};
		tb_steps(64);
	}
	tb_flow_margins_free(&m);
	return TB_OK;
}

static bool alike(double a, double b)
{
	return fabs(a - b) < 1e-9 * b; /* not of infinity */
}

/* Does zone z send half of what each other zone gets? received: sums of columns */
static bool sends_half(const TbFlows *flows, uint32_t z, const double *received)
{
	size_t k = flows->row[z], end = flows->row[z + 1];
	uint32_t reached = 0;

	for (uint32_t j = 0; j < flows->zones; j++, tb_step()) {
		double sent = k < end && flows->destination[k] == j ? flows->flow[k++] : 0;

		if (j == z || received[j] == 0)
			continue;
		if (!alike(sent, received[j] / 2))
			return false;
		reached++;
	}
	return reached >= 3;
}

/* Does zone z receive half of what each other zone sends? */
static bool receives_half(const TbFlows *flows, uint32_t z, const double *sent)
{
	uint32_t reached = 0;

	for (uint32_t i = 0; i < flows->zones; i++, tb_step()) {
		double received = 0;

		if (i == z || sent[i] == 0)
			continue;
		for (size_t k = flows->row[i]; k < flows->row[i + 1]; k++)
			if (flows->destination[k] == z)
				received = flows->flow[k];
		if (!alike(received, sent[i] / 2))
			return false;
		reached++;
	}
	return reached >= 3;
}

uint32_t tb_flow_total_zone(const TbFlows *flows)
{
	double *sent = tb_alloc_zero(flows->zones, sizeof(double)), *received = tb_alloc_zero(flows->zones, sizeof(double));
	double *self = tb_alloc_zero(flows->zones, sizeof(double)), all = 0;
	uint32_t senders = 0, receivers = 0, found = TB_NO_ID;

	for (uint32_t i = 0; i < flows->zones; i++) {
		for (size_t k = flows->row[i]; k < flows->row[i + 1]; k++, tb_step()) {
			uint32_t j = flows->destination[k];

			sent[i] += flows->flow[k];
			received[j] += flows->flow[k];
			if (i == j)
				self[i] = flows->flow[k];
		}
		all += sent[i];
	}
	for (uint32_t z = 0; z < flows->zones; z++) {
		senders += sent[z] > 0;
		receivers += received[z] > 0;
	}
	for (uint32_t z = 0; z < flows->zones && found == TB_NO_ID && senders > 2 && receivers > 2; z++, tb_step())
		if ((alike(sent[z] - self[z], (all - received[z]) / 2) && sends_half(flows, z, received)) ||
			(alike(received[z] - self[z], (all - sent[z]) / 2) && receives_half(flows, z, sent)))
			found = z;
	tb_free(sent);
	tb_free(received);
	tb_free(self);
	return found;
}
