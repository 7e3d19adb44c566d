/* unit test of core/difference: closed forms against the saturated regression, clusters, event study, empty cells */
#include "../../src/core/estimate/difference.h"

#include "../../src/core/base/cholesky.h"
#include "../../src/core/base/host.h"
#include "context.h"
#include "unit.h"

#define ROWS 80

static void row(int i, double *y, bool *treated, bool *post)
{
	*treated = i % 3 == 0;
	*post = i % 5 < 2;
	*y = 10 + *treated + 2 * *post + 3 * (*treated && *post) + (i * i % 17) * (1 + *treated) * 0.1;
}

static void against_regression(void)
{
	static const TbCovariance kinds[] = {TB_HC0, TB_HC1, TB_HC2, TB_HC3};
	TbState *cells = NULL, *moments = NULL, *each = NULL, *plain = NULL;
	TbDifference d, c;
	TbRegression fit;
	TbMoments view;

	for (int i = 0; i < ROWS; i++) {
		double y, x[TB_DIFFERENCE_COLUMNS];
		bool treated, post;
		char key = 'A' + i % 9;

		row(i, &y, &treated, &post);
		tb_difference_row(y, treated, post, x);
		tb_difference_add(&cells, y, treated, post);
		tb_moments_add(&moments, y, x, 4, 1);
		tb_cluster_add(&each, (TbId){&key, 1}, y, x, TB_DIFFERENCE_COLUMNS, 1);
		tb_cluster_add(&plain, (TbId){&key, 1}, y, x, 4, 1);
	}
	view = tb_moments_view(moments);
	tb_regression(&view, TB_PIVOT_TOLERANCE, &fit);
	CHECK(tb_difference(cells, &d) == TB_OK, "a difference");
	NEAR(d.estimate, fit.coefficient[3], 1e-12, "estimate is the interaction");
	NEAR(d.se, fit.standard_error[3], 1e-12, "classical error");
	NEAR(d.p, fit.p_value[3], 1e-10, "p");
	for (int k = 0; k < 4; k++) {
		TbState *rows = NULL;
		double got = k == 0 ? d.hc0 : k == 1 ? d.hc1 : k == 2 ? d.hc2 : d.hc3;

		for (int i = 0; i < ROWS; i++) {
			double y, x[TB_DIFFERENCE_COLUMNS];
			bool treated, post;

			row(i, &y, &treated, &post);
			tb_difference_row(y, treated, post, x);
			tb_rows_add(&rows, y, x, 4, kinds[k], NULL);
		}
		tb_ols_rows(rows, &fit);
		NEAR(got, fit.standard_error[3], 1e-12, "robust error in closed form");
	}
	CHECK(tb_difference_cluster(each, &c) == TB_OK, "clustered");
	tb_ols_cluster(plain, &fit);
	NEAR(c.se, fit.standard_error[3], 1e-12, "clustered error");
	NEAR(c.p, fit.p_value[3], 1e-12, "clustered p");
	NEAR(c.hc3, d.hc3, 1e-11, "cell squares from the fifth column");
	CHECK(c.clusters == 9 && c.df == 8 && c.estimate == d.estimate, "clusters, degrees of freedom, estimate");
	CHECK(tb_difference_cluster(plain, &c) == TB_INVALID, "a state of another aggregate");
}

static void empty_cells(void)
{
	TbState *state = NULL, *odd = NULL;
	TbDifference d;

	tb_difference_add(&state, 1, 1, 1);
	tb_difference_add(&state, 2, 0, 1);
	tb_difference_add(&state, 4, 0, 0);
	CHECK(tb_difference(state, &d) == TB_OK && isnan(d.estimate) && d.n == 3 && isnan(d.mean[1][0]) && d.mean[0][1] == 2, "an empty cell");
	tb_difference_add(&state, 1, 1, 0);
	CHECK(tb_difference(state, &d) == TB_OK && d.estimate == 2 && isnan(d.se) && isnan(d.hc1), "four rows: an estimate without error");
	tb_difference_add(&state, 2, 1, 0);
	CHECK(tb_difference(state, &d) == TB_OK && d.se > 0 && isnan(d.hc3), "cells of one row have no HC3");
	tb_difference_add(&odd, 2, 2, 0);
	CHECK(tb_difference(odd, &d) == TB_INVALID, "a third group");
	tb_difference_add(&state, 2, 1, 7);
	CHECK(tb_difference(state, &d) == TB_INVALID, "a third period");
	CHECK(tb_difference_add(&state, 1e145, 1, 1) == TB_OUT_OF_RANGE && tb_difference_add(&state, 9e144, 1, 1) == TB_OK, "the limit");
	CHECK(tb_difference_add(&state, 1e200, 1, 1) == TB_OUT_OF_RANGE, "a square that overflows");
}

static void events(void)
{
	TbState *state = NULL, *pair = NULL;
	TbEvent *event;
	TbDifference d;
	size_t n;

	for (int i = 0; i < 300; i++) {
		int period = i % 6 - 3, treated = i % 7 < 3;
		double y = treated * (2 + (period >= 0 ? 5 : 0)) + period + (i * i % 13) * 0.01;

		tb_difference_add(&state, y, treated, period);
		if (period == 1 || period == -1)
			tb_difference_add(&pair, y, treated, period == 1);
	}
	tb_difference_add(&state, 1, 1, 9);
	CHECK(tb_event_study(state, -1, &event, &n) == TB_OK && n == 7, "one event per period");
	CHECK(event[2].period == -1 && event[2].estimate == 0 && isnan(event[2].se), "the base period");
	tb_difference(pair, &d);
	NEAR(event[4].estimate, d.estimate, 1e-12, "each event is a difference in differences");
	CHECK(event[4].treated > 0 && event[4].control > 0 && event[4].se > 0 && event[4].hc1 > 0, "with errors and counts");
	CHECK(tb_event_study(pair, 0, &event, &n) == TB_OK && n == 2, "two periods only");
	NEAR(event[1].se, d.se, 1e-12, "the error of the difference in differences");
	NEAR(event[1].hc1, d.hc1, 1e-12, "the robust error too");
	NEAR(event[1].p, d.p, 1e-12, "and its p");
	tb_event_study(state, -1, &event, &n);
	CHECK(fabs(event[0].estimate) < 0.1 && fabs(event[5].estimate - 5) < 0.1, "flat before, an effect after");
	CHECK(event[6].period == 9 && isnan(event[6].estimate) && event[6].treated == 1 && event[6].control == 0, "a period without controls");
}

/* A cluster state of five columns whose dummies are no dummies: cells of -3, 2.5 and 1e100 rows are no counts */
static void forged_counts(void)
{
	const double treated[] = {-3, 2.5, 1e100, -1e100};

	for (int i = 0; i < 4; i++) {
		double x[TB_DIFFERENCE_COLUMNS] = {1, treated[i], 1, treated[i], 1};
		TbState *state = NULL;
		TbDifference d;

		CHECK(tb_cluster_add(&state, (TbId){"A", 1}, 1, x, TB_DIFFERENCE_COLUMNS, 1) == TB_OK, "a state");
		CHECK(tb_difference_cluster(state, &d) == TB_INVALID, "whose cells have no counts");
	}
}

int main(void)
{
	forged_counts();
	against_regression();
	empty_cells();
	events();
	return unit_done();
}
