/* unit test of core/rank_range: certain ranks, ranges by hand, ties, order of units, what has no index */
#include "../../src/core/territory/rank_range.h"

#include "samples.h"

#define DRAWS 2000

static TbRankRange answer[4];

static TbStatus ask(const double *scores, size_t units, int parts, const double *weights, double spread, TbAggregation aggregation, uint64_t seed)
{
	TbRankQuestion question = {.scores = scores,
							   .units = units,
							   .parts = parts,
							   .weights = weights,
							   .spread = spread,
							   .aggregations = &aggregation,
							   .n_aggregations = 1,
							   .draws = DRAWS,
							   .top = 1,
							   .seed = seed};
	size_t at;
	int part;

	return tb_rank_range(&question, answer, &at, &part);
}

int main(void)
{
	/* the first leads in all parts; the others change places where the weight of part 1 passes 1/3 */
	const double scores[] = {9, 9, 5, 1, 1, 3}, turned[] = {1, 3, 9, 9, 5, 1}, equal[] = {4, 4, 4, 4, 1, 1}, zero[] = {1, 0, 1, 1},
				 mixed[] = {1, -1, 2, 2};
	const double even[] = {1, 1}, first[] = {1, 0}, none[] = {0, 0}, third[] = {1, 2}, uneven[] = {1, 1.4}, apart[] = {2, 1, 1, 2};
	const TbAggregation both[] = {TB_ARITHMETIC, TB_GEOMETRIC};
	/* arithmetic 5.5 and 5, geometric sqrt(10) and 5 */
	const double lopsided[] = {10, 1, 5, 5};
	TbRankQuestion two = {
		.scores = lopsided, .units = 2, .parts = 2, .weights = even, .aggregations = both, .n_aggregations = 2, .draws = 10, .top = 1};
	TbRankQuestion moved;
	TbRankRange once;
	size_t at = 9;
	int part = 9;

	CHECK(ask(scores, 3, 2, NULL, 0, TB_ARITHMETIC, 1) == TB_OK, "any weights");
	CHECK(answer[0].best == 1 && answer[0].worst == 1 && answer[0].top == 1, "who leads everywhere is always first");
	CHECK(answer[1].best == 2 && answer[1].worst == 3 && answer[1].rank == 2 && answer[1].median == 2 && answer[1].p95 == 3, "the second may fall");
	CHECK(answer[2].best == 2 && answer[2].rank == 3 && answer[2].p05 == 2 && answer[2].top == 0, "to the third");
	once = answer[1];
	CHECK(ask(turned, 3, 2, NULL, 0, TB_ARITHMETIC, 1) == TB_OK && memcmp(&once, answer + 2, sizeof(once)) == 0, "the order of units plays no part");
	/* 5 a + (1 - a) > a + 3 (1 - a) where a > 1/3: uniform over the weights that is two draws in three */
	two = (TbRankQuestion){
		.scores = scores + 2, .units = 2, .parts = 2, .aggregations = both, .n_aggregations = 1, .draws = 20000, .top = 1, .seed = 4};
	CHECK(tb_rank_range(&two, answer, &at, &part) == TB_OK, "two of them");
	NEAR(answer[0].top, 2. / 3, 0.02, "first in two draws of three");
	NEAR(answer[0].top + answer[1].top, 1, 1e-12, "and the other in the rest");
	/* weights of 1/2 to 3/2 and of 0.7 to 2.1: the first is the larger in 0.32 / 1.4 */
	moved = two;
	moved.weights = uneven;
	moved.spread = 0.5;
	moved.scores = apart;
	CHECK(tb_rank_range(&moved, answer, &at, &part) == TB_OK, "weights that move by half");
	NEAR(answer[0].top, 0.32 / 1.4, 0.05, "as often as the first is the larger");
	two.top = 2;
	CHECK(tb_rank_range(&two, answer, &at, &part) == TB_OK && answer[0].top == 1, "always among the top two");
	CHECK(ask(scores, 3, 2, third, 0, TB_ARITHMETIC, 1) == TB_OK && answer[1].rank == 2 && answer[2].rank == 2 && answer[2].worst == 2,
		  "no spread, and a tie: the better rank for both");
	CHECK(ask(scores, 3, 2, even, 0.1, TB_ARITHMETIC, 1) == TB_OK && answer[1].worst == 2 && answer[2].best == 3,
		  "weights that move by a tenth leave the ranks");
	CHECK(ask(scores, 3, 2, even, 1, TB_ARITHMETIC, 1) == TB_OK && answer[1].worst == 3, "by all of themselves they do not");
	two = (TbRankQuestion){
		.scores = lopsided, .units = 2, .parts = 2, .weights = even, .aggregations = both, .n_aggregations = 2, .draws = 10, .top = 1};
	CHECK(tb_rank_range(&two, answer, &at, &part) == TB_OK && answer[0].rank == 1 && answer[0].top == 0.5 && answer[0].median == 1 &&
			  answer[0].p95 == 2,
		  "half of the draws by each aggregation");
	CHECK(ask(equal, 3, 2, NULL, 0, TB_GEOMETRIC, 8) == TB_OK && answer[0].worst == 1 && answer[1].worst == 1 && answer[2].best == 3,
		  "equal units tie in every draw");
	two = (TbRankQuestion){
		.scores = zero, .units = 2, .parts = 2, .weights = even, .aggregations = both + 1, .n_aggregations = 1, .draws = 1, .top = 1};
	CHECK(tb_rank_range(&two, answer, &at, &part) == TB_OUT_OF_RANGE && at == 0 && part == 1, "a score of 0 has no logarithm");
	CHECK(ask(scores, 3, 2, none, 0, TB_ARITHMETIC, 1) == TB_UNDEFINED, "no weight");
	CHECK(ask(mixed, 2, 2, even, 0, TB_MPI_NEGATIVE, 1) == TB_UNDEFINED, "a penalised mean around 0");
	CHECK(ask(scores, 3, 2, first, 0.5, TB_ARITHMETIC, 1) == TB_OK && answer[1].worst == 2, "one part decides alone");
	two.units = ((size_t)1 << 28) + 1;
	CHECK(tb_rank_range(&two, answer, &at, &part) == TB_TOO_LARGE, "too many ranks");
	two.units = ((size_t)1 << 27) + 1;
	two.draws = 2;
	CHECK(tb_rank_range(&two, answer, &at, &part) == TB_TOO_LARGE, "too many in two draws");
	CHECK(ask(scores, 0, 2, even, 0, TB_ARITHMETIC, 1) == TB_OK, "no units");
	return unit_done();
}
