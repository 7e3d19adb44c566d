/* unit test of core/equalisation: inversions against all pairs; the Spanish example */
#include "../../src/core/share/equalisation.h"

#include <stdlib.h>

#include "unit.h"

#define N 300

static uint64_t seed = 1234567;

static int pick(int n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (seed >> 33) % n;
}

typedef struct Pair {
	double x, y;
} Pair;

static int by_first(const void *a, const void *b)
{
	const Pair *p = a, *q = b;

	return p->x != q->x ? (p->x < q->x ? -1 : 1) : (p->y > q->y) - (p->y < q->y);
}

static void pairs(int distinct)
{
	Pair rows[N];
	double x[N], y[N];
	uint64_t count[N], want = 0, got;
	TbSample s = {.n = N, .x = x, .y = y, .count = count};

	for (int i = 0; i < N; i++)
		rows[i] = (Pair){pick(distinct), pick(distinct)};
	qsort(rows, N, sizeof(Pair), by_first);
	for (int i = 0; i < N; i++) {
		x[i] = rows[i].x;
		y[i] = rows[i].y;
		count[i] = 1 + pick(3);
	}
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++)
			if (x[i] < x[j] && y[i] > y[j])
				want += count[i] * count[j];
	CHECK(tb_rank_reversals(&s, &got) == TB_OK && got == want && want > 0, "as many as among all pairs");
}

int main(void)
{
	/* two regions of equal population, per head 800 and 1200 before, 1100 and 950 after all funds */
	static const double before[2] = {800, 1200}, after[2] = {1100, 950}, same[2] = {900, 1100}, people[2] = {3, 1};
	TbSample s = {.n = 2, .x = before, .y = after}, none = {0}, weighted = {.n = 2, .x = before, .y = same, .w = people};
	TbEqualisationEffect e;
	uint64_t n;

	pairs(1000000);
	pairs(10);
	pairs(2);
	CHECK(tb_rank_reversals(&none, &n) == TB_UNDEFINED, "no rows");
	CHECK(tb_equalisation_effect(&s, &e) == TB_OK && e.reversals == 1, "ordinality violated");
	NEAR(e.gini_before, 0.1, 1e-15, "Gini of 800 and 1200");
	NEAR(e.cv_before, 0.2, 1e-15, "coefficient of variation");
	NEAR(e.degree, 1 - 75.0 / 200, 1e-15, "equalisation degree");
	NEAR(e.minimum_after, 950, 0, "minimum after");
	CHECK(tb_equalisation_effect(&weighted, &e) == TB_OK && e.reversals == 0, "weighted");
	/* mean 900; sum of w_i w_j |x_i - x_j| = 2*3*400, over 2*16*900 */
	NEAR(e.gini_before, 2400.0 / (2 * 16 * 900), 1e-15, "weighted Gini");
	NEAR(e.cv_before, sqrt((3 * 1e4 + 9e4) / 4) / 900, 1e-15, "Williamson");
	s.x = s.y = (double[2]){5, 5};
	CHECK(tb_equalisation_effect(&s, &e) == TB_OK && isnan(e.degree) && e.gini_before == 0, "nothing to equalise: no degree");
	s.x = (double[2]){1, 4};
	s.y = (double[2]){2, 3};
	s.count = (uint64_t[2]){3, 1};
	CHECK(tb_equalisation_effect(&s, &e) == TB_OK && e.minimum_after == 2, "1, 1, 1, 4 become 2, 2, 2, 3");
	NEAR(e.gini_before, 18. / (2 * 16 * 1.75), 1e-14, "Gini: 6 ordered pairs 3 apart");
	NEAR(e.cv_before, sqrt(27. / 16) / 1.75, 1e-14, "variance 3 * 3/4 * 3/4");
	NEAR(e.degree, 1 - 1. / 3, 1e-14, "a third of the spread is left");
	s.x = (double[2]){-1, 1};
	s.count = NULL;
	CHECK(tb_equalisation_effect(&s, &e) == TB_OK && isnan(e.gini_before) && isnan(e.cv_before) && !isnan(e.degree), "no mean, no relative spread");
	return unit_done();
}
