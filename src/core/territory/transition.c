/* transition.c -- margins of a table of changes, and indices of likeness */
#include "transition.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"

TbStatus tb_transition_margins(const TbFlows *f, double *before, double *after)
{
	TbDd *from = tb_alloc_zero(f->zones, sizeof(TbDd)), *to = tb_alloc_zero(f->zones, sizeof(TbDd));
	bool finite = true;

	for (uint32_t i = 0; i < f->zones; i++, tb_step())
		for (size_t k = f->row[i]; k < f->row[i + 1]; k++, tb_step()) {
			from[i] = tb_dd_add_d(from[i], f->flow[k]);
			to[f->destination[k]] = tb_dd_add_d(to[f->destination[k]], f->flow[k]);
		}
	for (uint32_t i = 0; i < f->zones; i++) {
		before[i] = tb_dd_value(from[i]);
		after[i] = tb_dd_value(to[i]);
		finite &= isfinite(before[i]) && isfinite(after[i]);
	}
	tb_free(from);
	tb_free(to);
	return finite ? TB_OK : TB_OUT_OF_RANGE;
}

/* sum x^2 over [n] */
static TbDd squares(const double *x, size_t n)
{
	TbDd sum = {0, 0};

	for (size_t i = 0; i < n; i++, tb_step())
		sum = tb_dd_add(sum, tb_two_product(x[i], x[i]));
	return sum;
}

static double total_of(const double *x, size_t n)
{
	TbDd sum = {0, 0};

	for (size_t i = 0; i < n; i++)
		sum = tb_dd_add_d(sum, x[i]);
	return tb_dd_value(sum);
}

/* With pairs C(x) = x (x - 1) / 2 and q = sum x^2, the linear terms fall out: Rand = (N^2 - N + 2 q_n - q_a - q_b) / (N^2 - N) */
static void rand_of(TbDd cells, TbDd from, TbDd to, double n, TbPartitionSimilarity *r)
{
	double pairs = n * (n - 1), joined, joined_a, joined_b, chance, range;

	r->rand = r->adjusted_rand = NAN;
	if (!(n > 1) || isinf(pairs))
		return;
	r->rand = 1 - tb_dd_value(tb_dd_sub(tb_dd_add(from, to), tb_dd_mul_d(cells, 2))) / pairs;
	joined = tb_dd_value(tb_dd_add_d(cells, -n));
	joined_a = tb_dd_value(tb_dd_add_d(from, -n));
	joined_b = tb_dd_value(tb_dd_add_d(to, -n));
	chance = joined_a / pairs * joined_b;
	range = (joined_a + joined_b) / 2 - chance;
	/* one area only, or every item its own, in both: equal, and chance could not do worse */
	r->adjusted_rand = range > 0 ? (joined - chance) / range : 1;
}

TbStatus tb_partition_similarity(const TbFlows *f, TbPartitionSimilarity *r)
{
	double *before = tb_alloc((f->zones + 1) * sizeof(double)), *after = tb_alloc((f->zones + 1) * sizeof(double));
	TbStatus status = tb_transition_margins(f, before, after);
	TbDd information = {0, 0}, kept = {0, 0};

	if (status != TB_OK)
		return status;
	r->total = total_of(before, f->zones);
	if (!isfinite(r->total))
		return TB_OUT_OF_RANGE;
	if (!(r->total > 0))
		return TB_UNDEFINED;
	for (uint32_t i = 0; i < f->zones; i++, tb_step()) {
		double most = 0;

		for (size_t k = f->row[i]; k < f->row[i + 1]; k++, tb_step()) {
			double n = f->flow[k];

			information = tb_dd_add_d(information, n / r->total * (log(before[i] / n) + log(after[f->destination[k]] / n)));
			most = fmax(most, n);
		}
		kept = tb_dd_add_d(kept, most);
	}
	rand_of(squares(f->flow, f->links), squares(before, f->zones), squares(after, f->zones), r->total, r);
	r->variation_of_information = fmax(0, tb_dd_value(information));
	r->moved_share = fmax(0, tb_dd_value(tb_dd_sub(tb_dd(r->total), kept)) / r->total);
	return TB_OK;
}
