/* unit test of core/laplacian: chains, trees and stars are solved exactly, a full graph nearly and always alike */
#include "../../src/core/estimate/laplacian.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define MANY 4000

static uint32_t a[MANY], b[MANY];
static double weight[MANY], x[2 * MANY], right[2 * MANY];

/* right = L x over n edges */
static void times(size_t n, uint32_t nodes, uint32_t first)
{
	memset(right, 0, nodes * sizeof(double));
	for (size_t i = 0; i < n; i++) {
		right[a[i]] += weight[i] * (x[a[i]] - x[first + b[i]]);
		right[first + b[i]] += weight[i] * (x[first + b[i]] - x[a[i]]);
	}
}

/* The largest gap between L (factor^-1 right) and right, in parts of the largest element */
static double gap(size_t n, uint32_t nodes, uint32_t first)
{
	TbLaplacian *f = tb_laplacian(n, nodes, a, first, b, weight);
	double most = 0, size = 0, want[2 * MANY];

	times(n, nodes, first);
	memcpy(want, right, nodes * sizeof(double));
	memcpy(x, right, nodes * sizeof(double));
	tb_laplacian_solve(f, x);
	times(n, nodes, first);
	for (uint32_t v = 0; v < nodes; v++) {
		most = fmax(most, fabs(right[v] - want[v]));
		size = fmax(size, fabs(want[v]));
	}
	CHECK(f->done == nodes && f->from[nodes] >= nodes / 2, "every node is eliminated");
	tb_laplacian_free(f);
	return most / size;
}

static void vary(size_t n, uint32_t nodes)
{
	for (size_t i = 0; i < n; i++)
		weight[i] = 0.25 + i * 7 % 11;
	for (uint32_t v = 0; v < nodes; v++)
		x[v] = sin(v * 1.3) * 10 + v % 5;
}

int main(void)
{
	uint32_t n = 0;
	TbLaplacian *f, *again;
	double sum = 0;

	/* u0 - t0 - u1 - t1 - ... */
	for (; n < 999; n++) {
		a[n] = (n + 1) / 2;
		b[n] = n / 2;
	}
	vary(n, 1000);
	CHECK(gap(n, 1000, 500) < 1e-9, "a chain");
	for (n = 0; n < 1000; n++) {
		a[n] = n;
		b[n] = 0;
	}
	vary(n, 1001);
	CHECK(gap(n, 1001, 1000) < 1e-12, "a star");
	/* a tree: node k > 0 hangs on (k - 1) / 2, levels alternate between the sides */
	{
		uint32_t side[1023], place[1023], count[2] = {0, 0};

		for (uint32_t k = 0; k < 1023; k++) {
			side[k] = k == 0 ? 0 : !side[(k - 1) / 2];
			place[k] = count[side[k]]++;
		}
		for (n = 0; n < 1022; n++) {
			uint32_t child = n + 1, parent = n / 2;

			a[n] = side[child] == 0 ? place[child] : place[parent];
			b[n] = side[child] == 0 ? place[parent] : place[child];
		}
		vary(n, 1023);
		CHECK(gap(n, 1023, count[0]) < 1e-9, "a tree");
	}
	/* the same rows twice are edges of twice the weight, and two parts are two */
	for (n = 0; n < 8; n++) {
		a[n] = n / 2 % 2 + n / 4 * 2;
		b[n] = n / 4;
	}
	vary(n, 6);
	CHECK(gap(n, 6, 4) < 1e-14, "rows that repeat, in two parts");
	/* a full graph of 30 by 12: not exact, yet near, and the same every time */
	for (n = 0; n < 360; n++) {
		a[n] = n / 12;
		b[n] = n % 12;
	}
	vary(n, 42);
	CHECK(gap(n, 42, 30) < 2, "a full graph: near enough to lead an iteration");
	f = tb_laplacian(n, 42, a, 30, b, weight);
	again = tb_laplacian(n, 42, a, 30, b, weight);
	CHECK(f->from[42] == again->from[42] && memcmp(f->share, again->share, f->from[42] * sizeof(double)) == 0 &&
			  memcmp(f->order, again->order, 42 * sizeof(uint32_t)) == 0,
		  "chance without chance");
	for (uint32_t k = 0; k < 42; k++) {
		sum = 0;
		for (size_t i = f->from[k]; i < f->from[k + 1]; i++)
			sum += f->share[i];
		CHECK(f->total[k] == 0 ? f->from[k] == f->from[k + 1] : fabs(sum - 1) < 1e-14, "shares of a node add up to 1");
	}
	tb_laplacian_free(f);
	tb_laplacian_free(again);
	return unit_done();
}
