/* unit test of core/budget_choice: by hand, and against every choice there is */
#include "../../src/core/share/budget_choice.h"

#include "../../src/core/base/random.h"
#include "samples.h"

#define MOST 10

typedef struct Trial {
	TbBudgetProblem p;
	uint32_t project[MOST], period[MOST], need[MOST];
	size_t need_from[MOST + 1];
	TbInt cost[MOST], budget[3];
	double benefit[MOST];
} Trial;

static bool allowed(const TbBudgetProblem *p, unsigned set)
{
	TbInt left = 0;

	for (size_t q = 0; q < p->periods; q++) {
		left = p->budget[q] + (p->carry ? left : 0);
		for (size_t r = 0; r < p->rows; r++)
			if (set >> r & 1 && p->period[r] == q)
				left -= p->cost[r];
		if (left < 0)
			return false;
	}
	for (size_t r = 0; r < p->rows; r++) {
		if (!(set >> r & 1))
			continue;
		for (size_t s = 0; s < r; s++)
			if (set >> s & 1 && p->project[s] == p->project[r])
				return false;
		for (size_t k = p->need_from[r]; k < p->need_from[r + 1]; k++) {
			bool met = false;

			for (size_t s = 0; s < p->rows; s++)
				met |= (set >> s & 1) && p->project[s] == p->need[k] && p->period[s] <= p->period[r];
			if (!met)
				return false;
		}
	}
	return true;
}

static double of_set(const TbBudgetProblem *p, unsigned set)
{
	double sum = 0;

	for (size_t r = 0; r < p->rows; r++)
		sum += set >> r & 1 ? p->benefit[r] : 0;
	return sum;
}

static void draw(Trial *t, uint64_t *seed)
{
	size_t n = 1 + tb_random_below(seed, MOST), projects = 1 + tb_random_below(seed, n), k = 0;

	for (size_t r = 0; r < n; r++) {
		t->project[r] = r < projects ? r : tb_random_below(seed, projects);
		t->cost[r] = tb_random_below(seed, 40);
		t->benefit[r] = (double)tb_random_below(seed, 30) - (tb_random_below(seed, 6) == 0 ? 10 : 0);
	}
	t->p = (TbBudgetProblem){.rows = n,
							 .projects = projects,
							 .periods = 1 + tb_random_below(seed, 3),
							 .project = t->project,
							 .period = t->period,
							 .cost = t->cost,
							 .benefit = t->benefit,
							 .budget = t->budget,
							 .need = t->need,
							 .need_from = t->need_from,
							 .carry = tb_random_below(seed, 2),
							 .limit = 100000};
	for (size_t q = 0; q < 3; q++)
		t->budget[q] = tb_random_below(seed, 60);
	for (size_t r = 0; r < n; r++) {
		t->period[r] = tb_random_below(seed, t->p.periods);
		t->need_from[r] = k;
		if (t->project[r] > 0 && tb_random_below(seed, 3) == 0)
			t->need[k++] = tb_random_below(seed, t->project[r]); /* earlier ones only: no ring */
	}
	t->need_from[n] = k;
}

static bool as_every_choice(uint64_t *seed)
{
	Trial t;
	bool chosen[MOST];
	double price[3], best = 0, sum = 0;
	TbBudgetAnswer answer = {.price = price};
	unsigned set = 0;

	draw(&t, seed);
	for (unsigned s = 0; s < 1u << t.p.rows; s++)
		if (allowed(&t.p, s))
			best = fmax(best, of_set(&t.p, s));
	if (tb_budget_choice(&t.p, chosen, &answer) != TB_OK)
		return false;
	for (size_t r = 0; r < t.p.rows; r++)
		set |= (unsigned)chosen[r] << r;
	sum = of_set(&t.p, set);
	return allowed(&t.p, set) && fabs(sum - best) < 1e-9 && fabs(answer.benefit - best) < 1e-9 && answer.bound == answer.benefit;
}

int main(void)
{
	/* cost and benefit: (5, 10), (4, 7), (3, 5), budget 7: the dense first one leaves no room for the two others, which bring 12 */
	uint32_t project[] = {0, 1, 2}, period[] = {0, 0, 0}, need[] = {1, 0};
	size_t none[] = {0, 0, 0, 0}, chain[] = {0, 1, 1, 1}, ring[] = {0, 1, 2, 2};
	TbInt cost[] = {5, 4, 3}, budget[] = {7}, vast[] = {(TbInt)1 << 126, (TbInt)1 << 126, 1};
	double benefit[] = {10, 7, 5}, huge[] = {1e308, 1e308, 1e308}, nothing[] = {0, 0, 0}, price[1];
	bool chosen[3];
	TbBudgetProblem p = {.rows = 3,
						 .projects = 3,
						 .periods = 1,
						 .project = project,
						 .period = period,
						 .cost = cost,
						 .benefit = benefit,
						 .budget = budget,
						 .need = need,
						 .need_from = none,
						 .limit = 100};
	TbBudgetAnswer answer = {.price = price};
	uint64_t seed = 11;
	int good = 0;

	CHECK(tb_budget_choice(&p, chosen, &answer) == TB_OK && !chosen[0] && chosen[1] && chosen[2], "two smaller ones beat the best by itself");
	CHECK(answer.benefit == 12 && answer.bound == 12, "and that is proven");
	NEAR(price[0], 1.75, 1e-12, "a unit more would go into the second project");
	p.need_from = chain;
	CHECK(tb_budget_choice(&p, chosen, &answer) == TB_OK && answer.benefit == 12, "a need that costs too much");
	budget[0] = 9;
	CHECK(tb_budget_choice(&p, chosen, &answer) == TB_OK && chosen[0] && chosen[1] && answer.benefit == 17, "and one that is met");
	p.need_from = ring;
	CHECK(tb_budget_choice(&p, chosen, &answer) == TB_INVALID, "two that need each other");
	p.need_from = none;
	p.limit = 1;
	budget[0] = 7;
	CHECK(tb_budget_choice(&p, chosen, &answer) == TB_OK && answer.benefit < 12 && answer.bound >= 12, "stopped: a bound above what was found");
	NEAR(answer.bound, 13.5, 1e-12, "that of the program");
	p.limit = 100;
	p.benefit = nothing;
	CHECK(tb_budget_choice(&p, chosen, &answer) == TB_OK && !chosen[0] && answer.benefit == 0 && price[0] == 0, "nothing to gain");
	p.benefit = huge;
	CHECK(tb_budget_choice(&p, chosen, &answer) == TB_OUT_OF_RANGE, "more than float8 holds");
	p.benefit = benefit;
	p.cost = vast;
	CHECK(tb_budget_choice(&p, chosen, &answer) == TB_OUT_OF_RANGE, "more than 128 bits hold");
	p.cost = cost;
	budget[0] = 0;
	CHECK(tb_budget_choice(&p, chosen, &answer) == TB_OK && answer.benefit == 0 && answer.bound == 0, "no budget");
	p.rows = p.projects = p.periods = 0;
	CHECK(tb_budget_choice(&p, chosen, &answer) == TB_OK && answer.benefit == 0, "no projects");
	for (int i = 0; i < 3000; i++)
		good += as_every_choice(&seed);
	CHECK(good == 3000, "3000 small programmes against every choice");
	if (good < 3000)
		printf("# %d\n", good);
	return unit_done();
}
