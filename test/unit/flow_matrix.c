/* unit test of core/flow_matrix: dense pairs become a matrix and sparse ones a table again, with the same sums; what waits is read along */
#include "../../src/core/state/flow_matrix.h"

#include "../../src/core/base/host.h"
#include "unit.h"

enum { MOST = 400 };

/* What a matrix of all zones by hand holds */
static TbDd expected[MOST][MOST];
static uint32_t seed = 11;

static uint32_t any(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (uint32_t)(((uint64_t)seed * n) >> 32);
}

/* Flows from zone o to zone d, named in an order of their own */
static void add(TbState **state, uint32_t o, uint32_t d, double flow)
{
	char from[16], to[16];
	TbState *old = *state;
	TbId origin = {from, (uint32_t)snprintf(from, sizeof from, "z%03u", o)}, destination = {to, (uint32_t)snprintf(to, sizeof to, "z%03u", d)};

	if (tb_flow_add(state, origin, destination, flow) != TB_OK)
		CHECK(false, "a row");
	if (*state != old)
		tb_free(old);
}

static void add_counted(TbState **state, uint32_t o, uint32_t d, double flow)
{
	add(state, o, d, flow);
	expected[o][d] = tb_dd_add_d(expected[o][d], flow);
}

static void forget(void)
{
	for (int i = 0; i < MOST * MOST; i++)
		expected[i / MOST][i % MOST] = tb_dd(0);
}

/* The number of a zone: its name is no terminated string */
static uint32_t zone(TbId id)
{
	return (uint32_t)((id.text[1] - '0') * 100 + (id.text[2] - '0') * 10 + (id.text[3] - '0'));
}

/* Zones are named such that their order is that of their numbers, and links ascend. */
static bool as_expected(const TbState *state)
{
	TbFlows flows;
	uint64_t links = 0;
	bool same = tb_flow_view(state, &flows) == TB_OK;

	for (uint32_t o = 0; same && o < flows.zones; o++)
		for (size_t i = flows.row[o]; i < flows.row[o + 1]; i++) {
			uint32_t from = zone(flows.id[o]), to = zone(flows.id[flows.destination[i]]);

			same = same && flows.flow[i] == tb_dd_value(expected[from][to]) && (i == flows.row[o] || flows.destination[i - 1] < flows.destination[i]);
		}
	for (int i = 0; i < MOST * MOST; i++)
		links += expected[i / MOST][i % MOST].hi > 0;
	same = same && links == flows.links;
	tb_flow_view_free(&flows);
	return same;
}

static double flow_of(bool fractions)
{
	return fractions ? any(1000) / 3.0 + 1e-18 : 1 + any(1000);
}

static TbState *homes_and_workplaces(bool fractions)
{
	TbState *state = tb_flow_new(&tb_flow_shape);

	forget();
	for (int i = 0; i < 60000; i++)
		add_counted(&state, any(150), 200 + any(150), flow_of(fractions));
	return state;
}

static void dense(bool fractions)
{
	TbState *state = homes_and_workplaces(fractions), *packed = tb_flow_shape.pack(state);
	const TbFlowOpen *open = tb_flow_open(state);

	CHECK(tb_flow_is_matrix(state) && open->used.rows == 150 && open->used.columns == 150, "homes are rows and workplaces columns");
	CHECK(open->pairs + TB_FLOW_WAITING >= 150 * 150 * 9 / 10 && open->slots < 2 * 150 * 150, "no cells for pairs that cannot be");
	CHECK((tb_flow_low(state) != NULL) == fractions, "low parts where they are needed");
	CHECK(as_expected(state), "the sums, those of waiting rows too");
	CHECK(open->waiting[0].key != 0 && as_expected(state), "which reading leaves where they are");
	CHECK(tb_flow_shape.check(packed) == TB_OK && as_expected(packed), "packed they are the same");
	add_counted(&packed, 3, 215, flow_of(fractions));
	CHECK(tb_flow_is_matrix(packed) && as_expected(packed), "and a matrix again once something is added");
	tb_free(packed);
	tb_free(state);
}

static void add_square(TbState **state, double flow)
{
	for (uint32_t i = 0; i < 60 * 60; i++)
		add_counted(state, i / 60, i % 60, flow);
}

/* 1, half of its last digit, and the other half after packing: no sum is right unless every low part, the first too, came along */
static void halves(void)
{
	TbState *state = tb_flow_new(&tb_flow_shape), *packed;

	forget();
	add_square(&state, 1);
	add_square(&state, 0x1p-53);
	packed = tb_flow_shape.pack(state);
	CHECK(tb_flow_is_matrix(state), "a full matrix with low parts alone");
	add_square(&packed, 0x1p-53);
	CHECK(tb_dd_value(expected[0][0]) == 1 + 0x1p-52 && as_expected(packed), "packing leaves no digit behind");
	tb_free(packed);
	tb_free(state);
}

/* Then every zone sends one flow to a zone of its own */
static void thinned(void)
{
	TbState *state = tb_flow_new(&tb_flow_shape);
	bool was = false;

	forget();
	for (int i = 0; i < 2000; i++)
		add_counted(&state, any(20), any(20), flow_of(true));
	CHECK(tb_flow_is_matrix(state), "a full matrix");
	for (uint32_t i = 20; i < MOST; i++) {
		add_counted(&state, i, MOST - 1 - i, flow_of(true));
		was = was || !tb_flow_is_matrix(state);
	}
	CHECK(was && as_expected(state), "that fills no more is a table, with the same sums");
	for (uint32_t i = 0; i < 3 * MOST * MOST; i++)
		add_counted(&state, any(MOST), any(MOST), flow_of(true));
	CHECK(tb_flow_is_matrix(state) && as_expected(state), "and a matrix again");
	tb_free(state);
}

static void merge_into(TbState **target, const TbState *source)
{
	TbState *old = *target;

	CHECK(tb_flow_shape.merge(target, source) == TB_OK, "a merge");
	if (*target != old)
		tb_free(old);
}

static void merging(bool fractions)
{
	TbState *many = homes_and_workplaces(fractions), *few = tb_flow_new(&tb_flow_shape), *target = tb_flow_new(&tb_flow_shape);

	for (uint32_t i = 0; i < 300; i++)
		add_counted(&few, MOST - 1 - i, i * 7 % MOST, flow_of(fractions));
	CHECK(tb_flow_is_matrix(many) && !tb_flow_is_matrix(few), "a matrix and a table");
	merge_into(&target, few);
	merge_into(&target, many);
	CHECK(tb_flow_open(target)->pairs > 20000 && as_expected(target), "a matrix into a table");
	merge_into(&many, few);
	CHECK(as_expected(many), "a table into a matrix");
	tb_free(target);
	tb_free(few);
	tb_free(many);
}

static TbDd *expected_of(const TbState *state, uint64_t key)
{
	const TbDictionary *d = tb_flow_dictionary(state);

	return &expected[zone(tb_dictionary_id(d, (uint32_t)(key >> 32) - 1))][zone(tb_dictionary_id(d, (uint32_t)key - 1))];
}

/* Two matrices that number their zones in opposite orders */
static void two_matrices(bool fractions)
{
	TbState *few = tb_flow_new(&tb_flow_shape), *target;
	TbFlowWalk walk;
	uint64_t n = 0;

	forget();
	for (uint32_t o = 120; o > 0; o--)
		for (uint32_t d = 0; d < 120; d++)
			add_counted(&few, o, 339 - d, flow_of(fractions));
	CHECK(tb_flow_is_matrix(few) && as_expected(few), "filled row by row");
	target = homes_and_workplaces(fractions);
	walk = tb_flow_walk(few);
	for (; tb_flow_next(&walk); n++)
		*expected_of(few, walk.key) = tb_dd_add(*expected_of(few, walk.key), walk.flow);
	tb_flow_walk_end(&walk);
	CHECK(n == tb_flow_open(few)->pairs, "a walk has every pair once");
	for (int i = 0; i < TB_FLOW_WAITING; i++) {
		const TbFlowRow *row = tb_flow_open(few)->waiting + i;

		*expected_of(few, row->key) = tb_dd_add_d(*expected_of(few, row->key), row->flow);
	}
	merge_into(&target, few);
	CHECK(tb_flow_is_matrix(target) && as_expected(target), "a matrix into a matrix");
	tb_free(few);
	tb_free(target);
}

int main(void)
{
	dense(false);
	dense(true);
	halves();
	thinned();
	merging(false);
	merging(true);
	two_matrices(false);
	two_matrices(true);
	return unit_done();
}
