/* unit test of core/cohesion: rectangles whose mean distance is known, a circle, edges cut up */
#include "../../src/core/territory/cohesion.h"

#include "unit.h"

/* A rectangle of sides 1 and 1 / a, each side in so many edges */
static double mean_distance(double a, int pieces)
{
	static TbEdge edge[4000];
	const double x[5] = {0, 1, 1, 0, 0}, y[5] = {0, 0, 1 / a, 1 / a, 0};
	size_t n = 0;

	for (int side = 0; side < 4; side++)
		for (int k = 0; k < pieces; k++) {
			double from = (double)k / pieces, to = (k + 1.) / pieces, dx = x[side + 1] - x[side], dy = y[side + 1] - y[side];

			edge[n++] = (TbEdge){x[side] + from * dx, y[side] + from * dy, x[side] + to * dx, y[side] + to * dy};
		}
	edge[n++] = (TbEdge){0, 0, 0, 0};
	return tb_distance_integral(edge, n) * a * a;
}

/* Ghosh 1951, for sides a and 1 */
static double known(double a)
{
	double d = sqrt(a * a + 1);

	return (a * a * a + 1 / (a * a) + d * (3 - a * a - 1 / (a * a)) + 2.5 * (log(a + d) / a + a * a * log((1 + d) / a))) / 15 / a;
}

int main(void)
{
	TbEdge circle[720];

	NEAR(mean_distance(1, 1), known(1), 1e-12, "a square");
	NEAR(mean_distance(7, 1), known(7), 1e-12, "a rectangle");
	NEAR(mean_distance(100, 1), known(100), 1e-9, "a ribbon");
	NEAR(mean_distance(7, 200), known(7), 1e-11, "its sides cut up");
	for (int i = 0; i < 720; i++)
		circle[i] = (TbEdge){cos(i * M_PI / 360), sin(i * M_PI / 360), cos((i + 1) * M_PI / 360), sin((i + 1) * M_PI / 360)};
	NEAR(tb_distance_integral(circle, 720) / pow(360 * sin(M_PI / 360), 2), TB_MEAN_DISTANCE_OF_CIRCLE, 2e-5,
		 "a polygon of 720 corners is nearly a circle");
	return unit_done();
}
