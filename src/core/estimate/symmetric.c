/* symmetric.c -- cyclic Jacobi rotations (Golub and Van Loan, 8.5) */
#include "symmetric.h"

#include <math.h>

#include "../base/step.h"

#define SWEEPS 60

static void rotate(double *a, double *vector, size_t n, size_t p, size_t q)
{
	double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
	double t = (theta >= 0 ? 1 : -1) / (fabs(theta) + sqrt(theta * theta + 1)), c = 1 / sqrt(t * t + 1), s = t * c;

	for (size_t k = 0; k < n; k++) {
		double x = a[k * n + p], y = a[k * n + q];

		a[k * n + p] = c * x - s * y;
		a[k * n + q] = s * x + c * y;
	}
	for (size_t k = 0; k < n; k++) {
		double x = a[p * n + k], y = a[q * n + k];

		a[p * n + k] = c * x - s * y;
		a[q * n + k] = s * x + c * y;
	}
	for (size_t k = 0; k < n; k++) {
		double x = vector[k * n + p], y = vector[k * n + q];

		vector[k * n + p] = c * x - s * y;
		vector[k * n + q] = s * x + c * y;
	}
	a[p * n + q] = a[q * n + p] = 0;
	tb_steps(n);
}

void tb_symmetric_eigen(double *a, size_t n, double *value, double *vector)
{
	for (size_t i = 0; i < n * n; i++)
		vector[i] = i / n == i % n;
	for (int sweep = 0; sweep < SWEEPS; sweep++) {
		size_t rotated = 0;

		for (size_t p = 0; p + 1 < n; p++)
			for (size_t q = p + 1; q < n; q++) {
				double size = fabs(a[p * n + p]) + fabs(a[q * n + q]);

				if (fabs(a[p * n + q]) <= 1e-17 * size || fabs(a[p * n + q]) < 1e-300)
					continue;
				rotate(a, vector, n, p, q);
				rotated++;
			}
		if (rotated == 0)
			break;
	}
	for (size_t i = 0; i < n; i++)
		value[i] = a[i * n + i];
}
