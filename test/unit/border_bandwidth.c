/* unit test of core/border_bandwidth: figures of another program, units, mirror images, what gives no bandwidth */
#include "../../src/core/base/host.h"
#include "../../src/core/estimate/discontinuity.h"

#include "samples.h"

#define N 60

static double y[2][N], apart[2][N];

static void fill(double power)
{
	for (int s = 0; s < 2; s++)
		for (int i = 0; i < N; i++) {
			apart[s][i] = pow(i + 0.3, power) / 40;
			y[s][i] = 3 + sin((s ? 1 : -1) * apart[s][i] / 20) * 9 + (s ? 2 : 0) + cos(i * i * 1.7 + s);
		}
}

static TbStatus found(const TbSide side[2], TbSideKernel kernel, double *h, double *b)
{
	*h = *b = NAN;
	return tb_border_bandwidth(side, kernel, h, b);
}

int main(void)
{
	TbSide side[2] = {{N, y[0], apart[0]}, {N, y[1], apart[1]}}, mirror[2], larger[2], few[2] = {{2, y[0], apart[0]}, {N, y[1], apart[1]}};
	double h, b, again, bias, wide[2][N], high[2][N];

	/* from a program of its own in numpy, which also gives what rdrobust prints for the elections to the Senate */
	static const struct {
		double power;
		size_t n;
		TbSideKernel kernel;
		double h, b;
	} known[] = {
		{2, 60, TB_SIDE_TRIANGULAR, 17.163601026141421, 31.234634635860573},    {2, 60, TB_SIDE_UNIFORM, 12.294843997370709, 27.320979761267061},
		{2, 60, TB_SIDE_EPANECHNIKOV, 15.746875187610886, 31.776619164635861},  {2, 59, TB_SIDE_TRIANGULAR, 17.014571660392676, 29.674143222295367},
		{1.5, 59, TB_SIDE_TRIANGULAR, 3.8254766841869823, 5.0671911951830921},  {1.5, 58, TB_SIDE_UNIFORM, 3.6264816784497378, 5.9234328772426874},
		{1.5, 58, TB_SIDE_EPANECHNIKOV, 3.4795436966408873, 4.8686321147166387}};

	for (size_t k = 0; k < sizeof(known) / sizeof(*known); k++) {
		fill(known[k].power);
		side[0].n = known[k].n;
		CHECK(found(side, known[k].kernel, &h, &b) == TB_OK, "found");
		NEAR(h, known[k].h, 1e-9, "h");
		NEAR(b, known[k].b, 1e-9, "b");
	}
	side[0].n = N;
	fill(2);
	for (int s = 0; s < 2; s++)
		for (int i = 0; i < N; i++) {
			wide[s][i] = apart[s][i] * 1024;
			high[s][i] = y[s][i] * 64;
		}
	CHECK(found(side, TB_SIDE_TRIANGULAR, &h, &b) == TB_OK && h > 1 && h < 80 && b > h && b < 90, "two bandwidths, that of the bias is wider");
	mirror[0] = side[1];
	mirror[1] = side[0];
	CHECK(found(mirror, TB_SIDE_TRIANGULAR, &again, &bias) == TB_OK, "left and right exchanged");
	NEAR(again, h, 1e-12, "a mirror image has the same");
	NEAR(bias, b, 1e-12, "and for the bias");
	for (int s = 0; s < 2; s++)
		larger[s] = (TbSide){N, high[s], wide[s]};
	CHECK(found(larger, TB_SIDE_TRIANGULAR, &again, &bias) == TB_OK, "other units");
	NEAR(again, h * 1024, 1e-12, "it is in the unit of the distance");
	NEAR(bias, b * 1024, 1e-12, "and for the bias");
	CHECK(found(side, TB_SIDE_UNIFORM, &again, &bias) == TB_OK && again < h, "a rectangle is narrower");
	CHECK(found(side, TB_SIDE_EPANECHNIKOV, &again, &bias) == TB_OK && again < h, "so is a parabola");
	CHECK(found(few, TB_SIDE_TRIANGULAR, &h, &b) == TB_UNDEFINED, "two rows on a side");
	few[0].n = 0;
	CHECK(found(few, TB_SIDE_TRIANGULAR, &h, &b) == TB_UNDEFINED, "none");
	memset(y, 0, sizeof(y));
	CHECK(found(side, TB_SIDE_TRIANGULAR, &h, &b) == TB_UNDEFINED, "no noise");
	apart[1][N - 1] = INFINITY;
	CHECK(found(side, TB_SIDE_TRIANGULAR, &h, &b) == TB_OUT_OF_RANGE, "a distance beyond float8");
	return unit_done();
}
