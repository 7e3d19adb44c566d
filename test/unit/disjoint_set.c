/* unit test of core/disjoint_set: against labels that are repainted, over random unions in two orders */
#include "../../src/core/base/disjoint_set.h"

#include "../../src/core/base/random.h"
#include "unit.h"

#define N 400
#define UNIONS 260

static uint32_t pair[UNIONS][2];

/* The definition: a union paints every member of the larger label with the smaller one */
static void paint(uint32_t *label, uint32_t a, uint32_t b)
{
	uint32_t less = label[a] < label[b] ? label[a] : label[b], more = label[a] < label[b] ? label[b] : label[a];

	for (uint32_t i = 0; i < N; i++)
		if (label[i] == more)
			label[i] = less;
}

int main(void)
{
	uint32_t forward[N], backward[N], label[N];
	uint64_t random = 7;
	bool apart = true, same = true, descends = true;

	tb_disjoint_begin(forward, N);
	tb_disjoint_begin(backward, N);
	for (uint32_t i = 0; i < N; i++) {
		apart = apart && tb_disjoint_root(forward, i) == i;
		label[i] = i;
	}
	CHECK(apart, "at first each is its own set");
	for (int k = 0; k < UNIONS; k++)
		for (int side = 0; side < 2; side++)
			pair[k][side] = tb_random_place(&random, N);
	for (int k = 0; k < UNIONS; k++) {
		const uint32_t *back = pair[UNIONS - 1 - k];

		tb_disjoint_join(forward, pair[k][0], pair[k][1]);
		tb_disjoint_join(backward, back[1], back[0]);
		paint(label, pair[k][0], pair[k][1]);
	}
	for (uint32_t i = 0; i < N; i++) {
		descends = descends && forward[i] <= i && backward[i] <= i;
		same = same && tb_disjoint_root(forward, i) == label[i] && tb_disjoint_root(backward, i) == label[i];
	}
	CHECK(descends, "a parent is never behind its child");
	CHECK(same, "the root is the least member, in whatever order the unions came");
	tb_disjoint_join(forward, 3, 3);
	CHECK(tb_disjoint_root(forward, 3) == label[3], "joining one with itself changes nothing");
	return unit_done();
}
