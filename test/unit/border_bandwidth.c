/* unit test of core/border_bandwidth: units, mirror images, what gives no bandwidth */
#include "../../src/core/base/host.h"
#include "../../src/core/estimate/discontinuity.h"

#include "samples.h"

#define N 60

static double y[2][N], apart[2][N];

static TbStatus found(const TbSide side[2], TbSideKernel kernel, double *h, double *b)
{
	*h = *b = NAN;
	return tb_border_bandwidth(side, kernel, h, b);
}

int main(void)
{
	TbSide side[2] = {{N, y[0], apart[0]}, {N, y[1], apart[1]}}, mirror[2], larger[2], few[2] = {{2, y[0], apart[0]}, {N, y[1], apart[1]}};
	double h, b, again, bias, wide[2][N], high[2][N];

	for (int s = 0; s < 2; s++)
		for (int i = 0; i < N; i++) {
			double x = (s ? 1 : -1) * (apart[s][i] = (i + 0.3) * (i + 0.3) / 40);

			y[s][i] = 3 + sin(x / 20) * 9 + (s ? 2 : 0) + cos(i * i * 1.7 + s);
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
