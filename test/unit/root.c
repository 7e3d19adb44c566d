/* unit test of core/root: roots of functions that rise, fall, bend and stand still, at every scale; how many looks they take */
#include "../../src/core/base/root.h"

#include "unit.h"

static int looks;

static double cube(double x, void *context)
{
	looks++;
	return x * x * x - *(double *)context;
}

static double falling(double x, void *context)
{
	looks++;
	return *(double *)context - exp(x);
}

/* 0 below 1, then steep: a secant from the right creeps */
static double elbow(double x, void *context)
{
	looks++;
	return x < 1 ? -1e-12 : (x - 1) * 1e12 - *(double *)context;
}

static double step_up(double x, void *context)
{
	return x < *(double *)context ? -1 : 1;
}

static double between(double (*f)(double, void *), double c, double a, double b, double tolerance)
{
	looks = 0;
	return tb_root(f, &c, (TbBracket){a, f(a, &c), b, f(b, &c)}, tolerance);
}

int main(void)
{
	for (double c = 1e-250; c < 1e250; c *= 1e10) {
		NEAR(between(cube, c, 0, 2 * cbrt(c), 2e-16), cbrt(c), 1e-15, "a cube root, at every scale");
		CHECK(looks < 3 * 54, "a third of its looks are halvings, of which 53 would do");
	}
	NEAR(between(falling, 5, 0, 10, 2e-16), log(5), 1e-15, "a function that falls");
	NEAR(between(elbow, 1, 0, 1e6, 2e-16), 1 + 1e-12, 1e-15, "flat, then steep");
	CHECK(looks < 200, "halvings bound the looks");
	NEAR(between(step_up, M_PI, 0, 100, 2e-16), M_PI, 1e-15, "no root but a jump: the place of the jump");
	CHECK(between(cube, 8, 0, 2, 2e-16) == 2 && looks == 2, "an end that is the root is taken without a look");
	CHECK(between(cube, 0, 0, 2, 2e-16) == 0 && looks == 2, "so is the other");
	NEAR(between(cube, -27, -10, 1, 0), -3, 1e-15, "below 0, without a tolerance: two neighbours are left");
	CHECK(fabs(between(cube, 2, 0, 2, 0.5) - cbrt(2)) < 1 && looks < 6, "a wide tolerance ends early");
	return unit_done();
}
