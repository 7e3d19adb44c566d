/* unit test of core/flow_set: any split merged in any order packs to the same bytes; nothing forged passes the check */
#include "../../src/core/state/flow_set.h"

#include <stdlib.h>
#include <string.h>

#include "../../src/core/base/host.h"
#include "unit.h"

static uint32_t seed = 7;

static uint32_t any(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (uint32_t)(((uint64_t)seed * n) >> 32);
}

static void add(TbState **state, const char *o, const char *d, double flow)
{
	TbState *old = *state;

	CHECK(tb_flow_add(state, (TbId){o, strlen(o)}, (TbId){d, strlen(d)}, flow) == TB_OK, "a row");
	if (*state != old)
		tb_free(old);
}

static void row(TbState **state, uint32_t zones, double flow)
{
	char o[16], d[16];
	TbState *old = *state;
	TbId origin = {o, (uint32_t)snprintf(o, sizeof o, "z%u", any(zones))};
	TbId destination = {d, (uint32_t)snprintf(d, sizeof d, "z%u", any(zones))};

	if (tb_flow_add(state, origin, destination, flow) != TB_OK)
		CHECK(false, "a row");
	if (*state != old)
		tb_free(old);
}

static void merge(TbState **state, const TbState *source)
{
	TbState *old = *state;

	CHECK(tb_flow_shape.merge(state, source) == TB_OK, "merge");
	if (*state != old)
		tb_free(old);
}

static void view(void)
{
	TbState *state = tb_flow_new(&tb_flow_shape), *packed;
	TbFlows flows;

	add(&state, "b", "a", 2);
	add(&state, "b", "c", 1);
	add(&state, "a", "a", 5);
	add(&state, "b", "a", 0.5);
	add(&state, "d", "a", 0);
	packed = tb_flow_shape.pack(state);
	CHECK(tb_flow_shape.check(packed) == TB_OK && packed->flags == 0, "packed passes its check");
	for (int i = 0; i < 2; i++) {
		CHECK(tb_flow_view(i ? packed : state, &flows) == TB_OK, "a view");
		CHECK(flows.zones == 4 && flows.links == 3, "a flow of 0 registers its zones and makes no link");
		CHECK(flows.row[1] == 1 && flows.row[2] == 3 && flows.row[4] == 3, "rows");
		CHECK(flows.destination[1] == 0 && flows.flow[1] == 2.5 && flows.destination[2] == 2, "destinations ascend, repeats add up");
		CHECK(flows.id[3].text[0] == 'd', "zones are sorted");
		tb_flow_view_free(&flows);
	}
	tb_free(packed);
	tb_free(state);
}

static void splits(bool whole)
{
	enum { PARTS = 5, ROWS = 20000 };
	TbState *one = tb_flow_new(&tb_flow_shape), *part[PARTS], *all, *packed;
	uint32_t start = seed;

	for (int p = 0; p < PARTS; p++)
		part[p] = tb_flow_new(&tb_flow_shape);
	for (int r = 0; r < ROWS; r++)
		row(&one, 200, whole ? any(1000) : any(1000) / 64.0 + 1e-20);
	seed = start;
	for (int r = 0; r < ROWS; r++) {
		double flow = whole ? any(1000) : any(1000) / 64.0 + 1e-20;

		row(&part[r % 7 % PARTS], 200, flow);
	}
	all = tb_flow_shape.pack(part[3]);
	for (int p = PARTS - 1; p >= 0; p--) {
		if (p == 3)
			continue;
		if (p % 2) {
			TbState *stored = tb_flow_shape.pack(part[p]);

			merge(&all, stored);
			tb_free(stored);
		} else
			merge(&all, part[p]);
	}
	packed = tb_flow_shape.pack(all);
	tb_free(all);
	all = tb_flow_shape.pack(one);
	CHECK(packed->size == all->size && memcmp(packed, all, all->size) == 0,
		  whole ? "splits of whole flows: same bytes" : "splits of fractions: same bytes");
	CHECK(tb_flow_shape.check(all) == TB_OK, "and they pass the check");
	CHECK(packed != part[3] && tb_flow_shape.pack(all) == all, "packing again changes nothing");
	tb_free(all);
	tb_free(packed);
	tb_free(one);
	for (int p = 0; p < PARTS; p++)
		tb_free(part[p]);
}

/* Every word damaged in several ways: the check may only say OK to what is still sound, and must not read outside (AddressSanitizer watches) */
static void forged(void)
{
	TbState *state = tb_flow_new(&tb_flow_shape), *packed, *bad;
	uint64_t evil[] = {0, 1, 2, 5, UINT32_MAX, UINT64_MAX, UINT64_MAX / 8, 0x7ff8000000000000u, 0xbff0000000000000u, 0x100000001u};
	int refused = 0, tried = 0;

	for (int i = 0; i < 30; i++)
		row(&state, 9, i / 3.0);
	add(&state, "z1", "z2", 1e-30);
	packed = tb_flow_shape.pack(state);
	bad = tb_alloc(packed->size);
	for (uint64_t w = 0; w < packed->words; w++)
		for (size_t e = 0; e < sizeof evil / sizeof *evil; e++) {
			memcpy(bad, packed, packed->size);
			tb_state_words(bad)[w] = evil[e];
			tried++;
			refused += tb_flow_shape.check(bad) == TB_CORRUPT;
		}
	CHECK(refused > tried / 2, "damaged words are refused");
	memcpy(bad, packed, packed->size);
	bad->flags = 6;
	CHECK(tb_flow_shape.check(bad) == TB_CORRUPT, "unknown flags");
	bad->flags = packed->flags;
	bad->words = 1;
	CHECK(tb_flow_shape.check(bad) == TB_CORRUPT, "no room for the counts");
	tb_free(bad);
	tb_free(packed);
	tb_free(state);
}

int main(void)
{
	view();
	splits(true);
	splits(false);
	forged();
	return unit_done();
}
