/* root.c -- secants and halvings */
#include "root.h"

#include <math.h>
#include <stdbool.h>

double tb_root(double (*f)(double x, void *context), void *context, TbBracket k, double tolerance)
{
	bool rises = k.fa < 0;

	for (int step = 0; step < 200 && k.fa != 0 && k.fb != 0 && k.b - k.a > tolerance * k.b; step++) {
		double x = k.a + (k.b - k.a) * (k.fa / (k.fa - k.fb)), fx;

		if (step % 3 == 2 || !(x > k.a && x < k.b))
			x = k.a + (k.b - k.a) / 2;
		if (!(x > k.a && x < k.b))
			break;
		fx = f(x, context);
		if (rises ? fx < 0 : fx > 0) {
			k.a = x;
			k.fa = fx;
		} else {
			k.b = x;
			k.fb = fx;
		}
	}
	return fabs(k.fa) < fabs(k.fb) ? k.a : k.b;
}
