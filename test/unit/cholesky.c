/* unit test of core/cholesky: the Hilbert matrix, whose inverse is known in integers, and dropped columns */
#include "../../src/core/base/cholesky.h"

#include "../../src/core/base/host.h"
#include "unit.h"

#define N 6

/* Row 0 of the inverse of the 6 x 6 Hilbert matrix */
static const double inverse_row[N] = {36, -630, 3360, -7560, 7560, -2772};

static void hilbert(TbDd *a, double scale)
{
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++)
			a[i * N + j] = tb_dd_mul_d(tb_dd_div(tb_dd(1), tb_dd(i + j + 1)), scale);
}

int main(void)
{
	TbDd a[N * N], inverse[N * N], b[N], c[N];
	bool dropped[N];
	double diagonal[N], condition;

	hilbert(a, 1);
	for (int i = 0; i < N; i++)
		diagonal[i] = a[i * N + i].hi;
	CHECK(tb_cholesky(a, N, TB_PIVOT_TOLERANCE, dropped) == N, "full rank");
	tb_cholesky_inverse(a, N, dropped, inverse);
	for (int j = 0; j < N; j++)
		NEAR(tb_dd_value(inverse[j]), inverse_row[j], 1e-15, "inverse of the Hilbert matrix");
	for (int i = 0; i < N; i++)
		b[i] = c[i] = tb_dd(i == 0);
	tb_cholesky_solve(a, N, dropped, b);
	NEAR(tb_dd_value(b[5]), -2772, 1e-15, "solve");
	NEAR(tb_dd_value(tb_cholesky_quadratic(a, N, dropped, c)), 36, 1e-15, "quadratic form");
	condition = tb_cholesky_condition(a, N, dropped, diagonal);
	CHECK(condition > 1e-5 && condition < 1e-2, "condition of the scaled factor");
	NEAR(condition, 0.00026079823063796688, 1e-9, "condition of the scaled Hilbert matrix");
	hilbert(a, 1024);
	tb_cholesky(a, N, TB_PIVOT_TOLERANCE, dropped);
	for (int i = 0; i < N; i++)
		diagonal[i] *= 1024;
	NEAR(tb_cholesky_condition(a, N, dropped, diagonal), condition, 1e-12, "condition does not depend on units");

	/* column 2 = column 0 + column 1 of a basis: Gram matrix of (1,0), (0,2), (1,2) */
	a[0] = tb_dd(1), a[3] = tb_dd(0), a[4] = tb_dd(4), a[6] = tb_dd(1), a[7] = tb_dd(4), a[8] = tb_dd(5);
	CHECK(tb_cholesky(a, 3, TB_PIVOT_TOLERANCE, dropped) == 2 && dropped[2] && !dropped[0] && !dropped[1], "the later dependent column is dropped");
	tb_cholesky_inverse(a, 3, dropped, inverse);
	CHECK(inverse[8].hi == 0 && inverse[2].hi == 0 && inverse[4].hi == 0.25, "inverse over what was kept");
	b[0] = tb_dd(3), b[1] = tb_dd(4), b[2] = tb_dd(99);
	tb_cholesky_solve(a, 3, dropped, b);
	CHECK(b[0].hi == 3 && b[1].hi == 1 && b[2].hi == 0, "solve over what was kept");
	/* columns of length 1 and 2 at cosine 0.6: R = (1 0.6; 0 0.8), norms 1.4 and 2 */
	a[0] = tb_dd(1), a[2] = tb_dd(1.2), a[3] = tb_dd(4);
	diagonal[0] = 1, diagonal[1] = 4;
	CHECK(tb_cholesky(a, 2, TB_PIVOT_TOLERANCE, dropped) == 2, "two columns");
	NEAR(tb_cholesky_condition(a, 2, dropped, diagonal), 1 / 2.8, 1e-14, "condition in closed form");
	a[0] = tb_dd(0);
	CHECK(tb_cholesky(a, 1, TB_PIVOT_TOLERANCE, dropped) == 0 && dropped[0], "a column of zeros is dropped");
	CHECK(tb_cholesky_condition(a, 1, dropped, diagonal) == 0, "nothing kept, condition 0");
	return unit_done();
}
