/* unit.h -- assertions for the core's unit tests, printed as TAP
 *
 * int main(void) { CHECK(x == 1, "why"); NEAR(got, want, 1e-12, "why"); return unit_done(); }
 */
#ifndef UNIT_H
#define UNIT_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

extern unsigned long unit_ticks;

static int unit_run = 0;
static int unit_failed = 0;

static inline void unit_check(bool ok, const char *what, const char *file, int line)
{
	unit_run++;
	printf("%sok %d - %s\n", ok ? "" : "not ", unit_run, what);
	if (!ok) {
		unit_failed++;
		printf("# at %s:%d\n", file, line);
	}
}

/* tolerance is relative to the larger of |want| and 1e-300 */
static inline void unit_near(double got, double want, double tolerance, const char *what, const char *file, int line)
{
	bool ok = got == want || fabs(got - want) <= tolerance * fmax(fabs(want), 1e-300);

	unit_check(ok, what, file, line);
	if (!ok)
		printf("# got %.17g, want %.17g\n", got, want);
}

static inline int unit_done(void)
{
	printf("1..%d\n", unit_run);
	return unit_failed ? 1 : 0;
}

#define CHECK(ok, what) unit_check((ok), (what), __FILE__, __LINE__)
#define NEAR(got, want, tolerance, what) unit_near((got), (want), (tolerance), (what), __FILE__, __LINE__)

#endif
