/* unit test of core/symmetric: eigenvalues known in closed form, vectors that rebuild the matrix */
#include "../../src/core/estimate/symmetric.h"

#include <math.h>

#include "samples.h"

int main(void)
{
	double two[4] = {2, 1, 1, 2}, value[6], vector[36], a[36], keep[36], worst = 0;

	tb_symmetric_eigen(two, 2, value, vector);
	NEAR(fmax(value[0], value[1]), 3, 1e-15, "largest of two");
	NEAR(fmin(value[0], value[1]), 1, 1e-15, "smallest of two");
	for (int i = 0; i < 36; i++)
		keep[i] = a[i] = fmin(i / 6, i % 6) + 1;
	tb_symmetric_eigen(a, 6, value, vector);
	for (int i = 0; i < 36; i++) {
		double sum = 0;

		for (int k = 0; k < 6; k++)
			sum += vector[i / 6 * 6 + k] * value[k] * vector[i % 6 * 6 + k];
		worst = fmax(worst, fabs(sum - keep[i]));
	}
	CHECK(worst < 1e-13, "min(i, j) is rebuilt from its parts");
	worst = 0;
	for (int k = 0; k < 6; k++)
		worst = fmax(worst, value[k]);
	NEAR(worst, 1 / (4 * pow(sin(M_PI / 26), 2)), 1e-13, "its largest eigenvalue in closed form");
	return unit_done();
}
