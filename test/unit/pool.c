/* unit test of core/pool: thousands of random pools against exhaustive rational arithmetic, claims rules of the literature, permutations, wide numbers */
#include "../../src/core/share/pool.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define N 8

static uint64_t seed = 2463534242u;

static int pick(int n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (seed >> 11) % n;
}

static bool never_peers(const void *context, int64_t a, int64_t b)
{
	(void)context, (void)a, (void)b;
	return false;
}

static bool always_peers(const void *context, int64_t a, int64_t b)
{
	(void)context, (void)a, (void)b;
	return true;
}

/* The oracle: fractions of 64-bit integers, every breakpoint tried, insertion sort by remainder */
typedef struct Case {
	int n;
	TbInt base[N], slope[N], lower[N], upper[N];
	TbInt pool, unit;
} Case;

static TbInt floor_div(TbInt n, TbInt d)
{
	return n / d - (n % d != 0 && n < 0);
}

/* value * d at lambda = l/d */
static TbInt clip(const Case *c, int i, TbInt l, TbInt d)
{
	TbInt v = c->base[i] * d + c->slope[i] * l;

	if (c->lower[i] != TB_POOL_NONE && v < c->lower[i] * d)
		v = c->lower[i] * d;
	if (c->upper[i] != TB_POOL_NONE && v > c->upper[i] * d)
		v = c->upper[i] * d;
	return v;
}

static TbInt total(const Case *c, TbInt l, TbInt d)
{
	TbInt sum = 0;

	for (int i = 0; i < c->n; i++)
		sum += clip(c, i, l, d);
	return sum;
}

/* All segments between neighbouring breakpoints, solved by the sums at two inner points; true with lambda = *l / *d */
static bool oracle_lambda(const Case *c, TbInt *l, TbInt *d)
{
	TbInt bn[2 * N + 2], bd[2 * N + 2];
	int k = 0;

	for (int i = 0; i < c->n; i++)
		for (int s = 0; s < 2 && c->slope[i]; s++) {
			TbInt bound = s ? c->upper[i] : c->lower[i];
			int j = k;

			if (bound == TB_POOL_NONE)
				continue;
			for (; j > 0 && bn[j - 1] * c->slope[i] > (bound - c->base[i]) * bd[j - 1]; j--) {
				bn[j] = bn[j - 1];
				bd[j] = bd[j - 1];
			}
			bn[j] = bound - c->base[i];
			bd[j] = c->slope[i];
			k++;
		}
	for (int j = 0; j <= k; j++) {
		/* two points of segment j, on a common denominator; beyond the ends one step apart */
		TbInt xn = j > 0 ? bn[j - 1] : k ? bn[0] - bd[0] : 0, xd = j > 0 ? bd[j - 1] : k ? bd[0] : 1;
		TbInt yn = j < k ? bn[j] : xn + xd, yd = j < k ? bd[j] : xd;
		TbInt e = xd * yd, x = xn * yd, y = yn * xd, tx = total(c, x, e), ty = total(c, y, e), want = c->pool * e;

		if (tx == ty) {
			if (tx == want) {
				*l = x;
				*d = e;
				return true;
			}
			continue;
		}
		/* lambda = x + (want - tx) * (y - x) / (ty - tx), all over e */
		*l = x * (ty - tx) + (want - tx) * (y - x);
		*d = e * (ty - tx);
		if ((j == 0 || *l * xd >= xn * *d) && (j == k || *l * yd <= yn * *d))
			return true;
	}
	return false;
}

static bool oracle(const Case *c, TbInt *units)
{
	TbInt l, d, rest[N], left = c->pool / c->unit;
	bool up[N] = {false};

	if (!oracle_lambda(c, &l, &d))
		return false;
	for (int i = 0; i < c->n; i++) {
		TbInt v = clip(c, i, l, d);

		units[i] = floor_div(v, d * c->unit);
		rest[i] = v - units[i] * d * c->unit;
		left -= units[i];
	}
	/* a negative pool mirrors: the last of a tie moves up, so that the first pays more */
	for (; left > 0; left--) {
		int best = -1;

		for (int i = 0; i < c->n; i++) {
			bool wins;

			if (up[i] || rest[i] == 0)
				continue;
			if (best < 0 || rest[i] != rest[best])
				wins = best < 0 || rest[i] > rest[best];
			else if (c->slope[i] != c->slope[best])
				wins = (c->slope[i] > c->slope[best]) == (c->pool >= 0);
			else
				wins = c->pool < 0;
			best = wins ? i : best;
		}
		if (best < 0)
			return false;
		up[best] = true;
		units[best]++;
	}
	return left == 0;
}

static TbStatus run(const Case *c, TbPoolSolution *s, bool (*peers)(const void *, int64_t, int64_t))
{
	static TbInt lower[N], upper[N];
	TbPool p = {c->n, c->base, c->slope, lower, upper, c->pool, c->unit, peers, NULL};

	memcpy(lower, c->lower, sizeof lower);
	memcpy(upper, c->upper, sizeof upper);
	return tb_pool_solve(&p, s);
}

static Case random_case(void)
{
	Case c = {.n = 1 + pick(N), .unit = 1 + pick(3)};
	bool aligned = pick(2);

	for (int i = 0; i < c.n; i++) {
		c.base[i] = pick(3) ? (pick(41) - 20) * (aligned ? c.unit : 1) : 0;
		c.slope[i] = pick(4) ? pick(7) : 1;
		c.lower[i] = pick(3) ? (pick(31) - 15) * c.unit : TB_POOL_NONE;
		c.upper[i] = pick(3) ? (c.lower[i] != TB_POOL_NONE ? c.lower[i] + pick(12) * c.unit : (pick(31) - 10) * c.unit) : TB_POOL_NONE;
	}
	c.pool = (pick(121) - 50) * c.unit;
	return c;
}

static void release(TbPoolSolution *s)
{
	free(s->units);
	free(s->status);
}

static void random_pools(void)
{
	bool same = true, sums = true, bounds = true, names = true, infeasible = true;
	int solved = 0, refused = 0;

	for (int t = 0; t < 40000; t++) {
		Case c = random_case();
		TbInt want[N], sum = 0;
		bool possible = oracle(&c, want);
		TbPoolSolution s;
		TbStatus status = run(&c, &s, never_peers);

		if (!possible) {
			refused++;
			infeasible = infeasible && status == TB_INFEASIBLE && s.slack != 0;
			release(&s);
			continue;
		}
		solved++;
		same = same && status == TB_OK;
		for (int i = 0; i < c.n && status == TB_OK; i++) {
			TbInt amount = s.units[i] * c.unit;

			same = same && s.units[i] == want[i];
			sum += amount;
			bounds = bounds && (c.lower[i] == TB_POOL_NONE || amount >= c.lower[i]) && (c.upper[i] == TB_POOL_NONE || amount <= c.upper[i]);
			names = names && (s.status[i] != TB_POOL_FLOOR || amount == c.lower[i]) && (s.status[i] != TB_POOL_CAP || amount == c.upper[i]);
		}
		sums = sums && sum == c.pool;
		release(&s);
	}
	printf("# %d pools solved, %d infeasible\n", solved, refused);
	CHECK(solved > 10000 && refused > 1000, "both kinds were met");
	CHECK(same, "amounts as by exhaustive search");
	CHECK(sums, "the sum is the pool");
	CHECK(bounds, "bounds hold after the closing");
	CHECK(names, "status names the bound that the amount lies on");
	CHECK(infeasible, "what the search cannot solve is refused with its slack");
}

/* The same rows in another order: the same amounts, where no tie falls back on the order */
static void permutations(void)
{
	bool same = true;
	int compared = 0;

	for (int t = 0; t < 20000; t++) {
		Case c = random_case(), d = c;
		TbPoolSolution a, b;
		TbStatus first = run(&c, &a, always_peers), second;
		int order[N];

		for (int i = 0; i < c.n; i++) {
			int j = pick(i + 1);

			order[i] = i;
			order[i] = order[j];
			order[j] = i;
		}
		for (int i = 0; i < c.n; i++) {
			d.base[i] = c.base[order[i]];
			d.slope[i] = c.slope[order[i]];
			d.lower[i] = c.lower[order[i]];
			d.upper[i] = c.upper[order[i]];
		}
		second = run(&d, &b, always_peers);
		same = same && first == second;
		compared += first == TB_OK;
		for (int i = 0; i < c.n && first == TB_OK && second == TB_OK; i++)
			same = same && b.units[i] == a.units[order[i]] && b.status[i] == a.status[order[i]];
		same = same && a.numerator == b.numerator && a.denominator == b.denominator;
		release(&a);
		release(&b);
	}
	CHECK(same && compared > 5000, "row order plays no part");
}

/* Money in finer digits and weights in other units: the same whole units, through the 256-bit arithmetic */
static void scaled(void)
{
	TbInt money = tb_int_power10(20), weight = tb_int_power10(22) * 7;
	bool same = true;

	for (int t = 0; t < 20000; t++) {
		Case c = random_case(), d = c;
		TbPoolSolution a, b;
		TbStatus first = run(&c, &a, never_peers), second;
		/* money only, weights only, both; with both, products of base and weight pass 127 bits */
		TbInt m = t % 3 != 1 ? money : 1, w = t % 3 != 0 ? weight : 1;

		for (int i = 0; i < c.n; i++) {
			d.base[i] *= m;
			d.slope[i] *= w;
			d.lower[i] = c.lower[i] == TB_POOL_NONE ? TB_POOL_NONE : c.lower[i] * m;
			d.upper[i] = c.upper[i] == TB_POOL_NONE ? TB_POOL_NONE : c.upper[i] * m;
		}
		d.pool *= m;
		d.unit *= m;
		second = run(&d, &b, never_peers);
		same = same && first == second;
		for (int i = 0; i < c.n && first == TB_OK && second == TB_OK; i++)
			same = same && a.units[i] == b.units[i] && a.status[i] == b.status[i];
		release(&a);
		release(&b);
	}
	CHECK(same, "free of the scale of money and weights");
}

/* Constrained equal awards, constrained equal losses and proportional shares: package ClaimsProblems and the Talmud's 100/200/300 */
static void claims(void)
{
	static const int estates[4] = {100, 200, 300, 10};
	static const int demand[4][4] = {{100, 200, 300, 0}, {100, 200, 300, 0}, {100, 200, 300, 0}, {2, 4, 7, 8}};
	/* in thirds, then whole, then 21sts */
	static const int awards[4][4] = {{100, 100, 100, 0}, {200, 200, 200, 0}, {300, 300, 300, 0}, {6, 8, 8, 8}};
	static const int losses[4][4] = {{0, 0, 100, 0}, {0, 50, 150, 0}, {0, 100, 200, 0}, {0, 1, 4, 5}};
	static const int shares[4][4] = {{350, 700, 1050, 0}, {700, 1400, 2100, 0}, {1050, 2100, 3150, 0}, {20, 40, 70, 80}};
	bool cea = true, cel = true, pro = true;

	for (int t = 0; t < 4; t++) {
		Case a = {.n = 4, .pool = 3 * estates[t], .unit = 1}, l = {.n = 4, .pool = estates[t], .unit = 1},
			 p = {.n = 4, .pool = 21 * estates[t], .unit = 1};
		TbPoolSolution s[3];

		for (int i = 0; i < 4; i++) {
			a.slope[i] = l.slope[i] = 1;
			a.upper[i] = 3 * demand[t][i];
			l.base[i] = l.upper[i] = demand[t][i];
			p.slope[i] = demand[t][i];
			p.lower[i] = TB_POOL_NONE;
			p.upper[i] = 21 * demand[t][i];
		}
		cea = cea && run(&a, s, never_peers) == TB_OK;
		cel = cel && run(&l, s + 1, never_peers) == TB_OK;
		pro = pro && run(&p, s + 2, never_peers) == TB_OK;
		for (int i = 0; i < 4; i++) {
			cea = cea && s[0].units[i] == awards[t][i];
			cel = cel && s[1].units[i] == losses[t][i];
			pro = pro && s[2].units[i] == shares[t][i];
		}
		for (int k = 0; k < 3; k++)
			release(s + k);
	}
	CHECK(cea, "constrained equal awards");
	CHECK(cel, "constrained equal losses");
	CHECK(pro, "proportional");
}

static void named_cases(void)
{
	TbPoolSolution s;
	Case c = {.n = 2, .slope = {1, 1}, .upper = {10, 20}, .pool = 100, .unit = 1};

	CHECK(run(&c, &s, never_peers) == TB_INFEASIBLE && s.slack == -70, "caps 30 below a pool of 100");
	release(&s);
	c = (Case){.n = 2, .slope = {1, 1}, .lower = {3, 4}, .upper = {10, 20}, .pool = 5, .unit = 1};
	CHECK(run(&c, &s, never_peers) == TB_INFEASIBLE && s.slack == 2, "floors 7 above a pool of 5");
	release(&s);
	c = (Case){.n = 2, .slope = {1, 1}, .lower = {1, 0}, .upper = {4, 20}, .pool = 10, .unit = 5};
	CHECK(run(&c, &s, never_peers) == TB_INVALID && s.row[0] == 0, "no multiple of 5 between 1 and 4");
	release(&s);
	c = (Case){.n = 3, .slope = {1, 1, 1}, .lower = {TB_POOL_NONE, TB_POOL_NONE, TB_POOL_NONE}, .upper = {50, 50, 50}, .pool = 100, .unit = 1};
	CHECK(run(&c, &s, always_peers) == TB_TIE && s.row[0] == 0 && s.row[1] == 1, "three equal peers share 100: a tie");
	release(&s);
	CHECK(run(&c, &s, never_peers) == TB_OK && s.units[0] == 34 && s.units[1] == 33 && s.units[2] == 33, "ordered: the first gets the unit");
	release(&s);
	c.pool = -100;
	CHECK(run(&c, &s, never_peers) == TB_OK && s.units[0] == -34 && s.units[1] == -33 && s.units[2] == -33, "a negative pool mirrors");
	release(&s);
	/* exactly on a bound without a unit to spare: named by it */
	c = (Case){.n = 3,
			   .slope = {1, 1, 1},
			   .base = {0, 5, -5},
			   .lower = {TB_POOL_NONE, TB_POOL_NONE, 5},
			   .upper = {10, 20, TB_POOL_NONE},
			   .pool = 30,
			   .unit = 1};
	CHECK(run(&c, &s, never_peers) == TB_OK && s.numerator == 10 && s.denominator == 1 && s.status[0] == TB_POOL_CAP && s.status[1] == TB_POOL_FREE &&
			  s.status[2] == TB_POOL_FLOOR,
		  "amounts that reach their bounds");
	release(&s);
	/* levelling: capacity 6000, 6500, 7000, 8200 a head, population 1, 2, 10, 14, pool 9000 */
	c = (Case){.n = 4, .base = {-6000, -13000, -70000, -114800}, .slope = {1, 2, 10, 14}, .pool = 9000, .unit = 1};
	for (int i = 0; i < N; i++)
		c.upper[i] = TB_POOL_NONE;
	CHECK(run(&c, &s, never_peers) == TB_OK && s.numerator == 98000 && s.denominator == 13, "common standard 98000/13");
	CHECK(s.status[3] == TB_POOL_FLOOR && s.units[3] == 0 && s.units[0] + s.units[1] + s.units[2] == 9000, "the richest gets nothing");
	release(&s);
}

/* 10^15 with cents, weights of 20 digits: products beyond 127 bits */
static void wide_numbers(void)
{
	TbInt slope[3] = {tb_int_power10(20) + 1, 2 * tb_int_power10(20) + 3, 7}, base[3] = {5, -7, 11}, lower[3], upper[3], sum = 0;
	TbPool p = {3, NULL, slope, NULL, NULL, tb_int_power10(17) + 1, 1, never_peers, NULL};
	TbPoolSolution s;

	CHECK(tb_pool_solve(&p, &s) == TB_OK && s.units[0] + s.units[1] + s.units[2] == p.pool, "weights of 21 digits");
	CHECK(s.units[0] == tb_int_power10(17) / 3 + 1 && s.units[2] == 0, "a third, and the larger remainder");
	release(&s);
	for (int i = 0; i < 3; i++) {
		slope[i] = slope[i] * tb_int_power10(15) + i;
		lower[i] = 0;
		upper[i] = 9 * tb_int_power10(16);
	}
	p.base = base;
	p.lower = lower;
	p.upper = upper;
	CHECK(tb_pool_solve(&p, &s) == TB_OK, "weights of 36 digits with bounds");
	for (int i = 0; i < 3; i++)
		sum += s.units[i];
	CHECK(sum == p.pool && s.units[0] > tb_int_power10(17) / 3 - 10 && s.units[0] < tb_int_power10(17) / 3 + 10, "still exact");
	release(&s);
	slope[0] = slope[1] = slope[2] = TB_INT_MAX;
	CHECK(tb_pool_solve(&p, &s) == TB_OUT_OF_RANGE, "a sum beyond 127 bits is refused");
	release(&s);
}

static void rounding(void)
{
	TbInt close[3] = {10004, 20003, 30003}, negative[3] = {-10004, -20003, -30003}, thirds[3] = {3333, 3333, 3333}, much[3] = {3334, 3334, 3334},
		  minus[3] = {-3333, -3333, -3334}, fine[3] = {33333, 33333, 33334}, tens[3] = {10, 20, 13};
	TbPoolSolution s;

	CHECK(tb_pool_round(3, close, 60100, 100, never_peers, NULL, &s) == TB_OK && s.units[0] == 101 && s.units[2] == 300,
		  "close remainders in one bucket");
	free(s.units);
	CHECK(tb_pool_round(3, negative, -60100, 100, never_peers, NULL, &s) == TB_OK && s.units[0] == -101 && s.units[2] == -300, "and mirrored");
	free(s.units);
	CHECK(tb_pool_round(3, thirds, 10000, 1, never_peers, NULL, &s) == TB_OK && s.units[0] == 3334 && s.units[1] == 3333, "one cent short");
	free(s.units);
	CHECK(tb_pool_round(3, thirds, 10000, 1, always_peers, NULL, &s) == TB_TIE, "one cent short, peers");
	free(s.units);
	CHECK(tb_pool_round(3, much, 10000, 1, never_peers, NULL, &s) == TB_OK && s.units[0] == 3333 && s.units[1] == 3333 && s.units[2] == 3334,
		  "two cents too many");
	free(s.units);
	CHECK(tb_pool_round(3, thirds, 10003, 1, never_peers, NULL, &s) == TB_INFEASIBLE && s.slack == -1, "four cents short in three rows");
	free(s.units);
	CHECK(tb_pool_round(3, much, 9998, 1, never_peers, NULL, &s) == TB_INFEASIBLE && s.slack == 1, "four cents too many in three rows");
	free(s.units);
	CHECK(tb_pool_round(3, minus, -10000, 1, never_peers, NULL, &s) == TB_OK && s.units[2] == -3334 && s.units[0] == -3333, "negative");
	free(s.units);
	CHECK(tb_pool_round(3, fine, 100000, 10, never_peers, NULL, &s) == TB_OK && s.units[2] == 3334 && s.units[0] == 3333, "largest remainder");
	free(s.units);
	CHECK(tb_pool_round(3, tens, 30, 10, never_peers, NULL, &s) == TB_OK && s.units[0] == 1 && s.units[1] == 1 && s.units[2] == 1,
		  "ten too many: the larger of the two that lie on a whole unit gives");
	free(s.units);
	CHECK(tb_pool_round(3, tens, 10, 10, never_peers, NULL, &s) == TB_INFEASIBLE && s.slack == 10, "three tens too many, two can give");
	free(s.units);
	CHECK(tb_pool_round(3, tens, 80, 10, never_peers, NULL, &s) == TB_INFEASIBLE && s.slack == -10, "four tens short in three rows");
	free(s.units);
	CHECK(tb_pool_round(3, tens, 50, 10, never_peers, NULL, &s) == TB_OK && s.units[0] == 1 && s.units[1] == 2 && s.units[2] == 2,
		  "ten short: the one with a remainder takes");
	free(s.units);
}

/* 10 over 33 and 64 beside a base of 2^122, whose numerator over 97 no 127 bits hold */
static void vast_base(void)
{
	TbInt a[2] = {(TbInt)1 << 122, 0}, b[2] = {33, 64};
	unsigned char status[2];
	TbPool p = {2, a, b, NULL, NULL, a[0] + 10, 1, never_peers, NULL};
	TbPoolSolution s = {.status = status};

	CHECK(tb_pool_solve(&p, &s) == TB_OK && s.numerator == 10 && s.denominator == 97, "lambda 10/97");
	CHECK(s.units[0] == a[0] + 3 && s.units[1] == 7, "3.4 and 6.6: the second has the larger remainder");
	free(s.units);
}

int main(void)
{
	vast_base();
	claims();
	named_cases();
	random_pools();
	permutations();
	scaled();
	wide_numbers();
	rounding();
	return unit_done();
}
