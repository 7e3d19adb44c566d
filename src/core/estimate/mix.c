/* mix.c -- Wolfe's algorithm in double-double */
#include "mix.h"

#include <stdint.h>

#include "../base/cholesky.h"
#include "../base/step.h"

#define SLACK 1e-24
#define NOTHING 1e-24 /* of a weight */
#define CLEAR 1e-12   /* a slope that needs no second look */

typedef struct Corral {
	const double *const *point;
	const double *target;
	size_t n, t, k, room; /* k points are in it */
	size_t *member;
	TbDd *weight, *gram, *x; /* [k], [room][room], [t] */
	double largest;          /* square */
} Corral;

static TbDd apart(const Corral *c, size_t j, size_t i)
{
	return tb_two_sum(c->point[j][i], -c->target[i]);
}

static TbDd product(const Corral *c, size_t a, size_t b)
{
	TbDd sum = {0, 0};

	for (size_t i = 0; i < c->t; i++)
		sum = tb_dd_add(sum, tb_dd_mul(apart(c, a, i), apart(c, b, i)));
	tb_steps(c->t);
	return sum;
}

static void enter(Corral *c, size_t j)
{
	if (c->k == c->room) {
		size_t room = c->room ? 2 * c->room : 8;
		TbDd *larger = tb_alloc(room * room * sizeof(TbDd));

		for (size_t a = 0; a < c->k; a++)
			memcpy(larger + a * room, c->gram + a * c->room, c->k * sizeof(TbDd));
		if (c->room == 0) {
			c->member = tb_alloc((c->t + 2) * sizeof(size_t)); /* a corral has t + 1 points at most */
			c->weight = tb_alloc((c->t + 2) * sizeof(TbDd));
		} else
			tb_free(c->gram);
		c->gram = larger;
		c->room = room;
	}
	c->member[c->k] = j;
	c->weight[c->k] = tb_dd(0);
	for (size_t a = 0; a <= c->k; a++)
		c->gram[c->k * c->room + a] = c->gram[a * c->room + c->k] = product(c, j, c->member[a]);
	c->largest = fmax(c->largest, c->gram[c->k * c->room + c->k].hi);
	c->k++;
}

static void leave(Corral *c, size_t gone)
{
	c->k--;
	for (size_t a = gone; a < c->k; a++) {
		c->member[a] = c->member[a + 1];
		c->weight[a] = c->weight[a + 1];
		memcpy(c->gram + a * c->room, c->gram + (a + 1) * c->room, (c->k + 1) * sizeof(TbDd));
	}
	for (size_t a = 0; a < c->k; a++)
		memmove(c->gram + a * c->room + gone, c->gram + a * c->room + gone + 1, (c->k - gone) * sizeof(TbDd));
}

/* Weights of least norm with sum 1, of any sign: (G + s e e') u = e. false: the points are affinely dependent */
static bool affine(const Corral *c, TbDd *u)
{
	size_t k = c->k;
	TbDd *a = tb_alloc(k * k * sizeof(TbDd)), sum = {0, 0};
	bool *dropped = tb_alloc(k);
	bool whole;

	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j <= i; j++)
			a[i * k + j] = tb_dd_add_d(c->gram[i * c->room + j], c->largest);
	for (size_t i = 0; i < k; i++)
		u[i] = tb_dd(1);
	whole = tb_cholesky(a, (uint32_t)k, TB_PIVOT_TOLERANCE, dropped) == k;
	if (whole)
		tb_cholesky_solve(a, (uint32_t)k, dropped, u);
	for (size_t i = 0; i < k; i++)
		sum = tb_dd_add(sum, u[i]);
	for (size_t i = 0; i < k; i++)
		u[i] = tb_dd_div(u[i], sum);
	tb_steps(k * k * k / 6 + k);
	tb_free(a);
	tb_free(dropped);
	return whole;
}

/* Weights move towards u until one of them is 0, which leaves; true: u was reached */
static bool move(Corral *c, const TbDd *u)
{
	size_t first = c->k;
	TbDd way = {1, 0};

	for (size_t i = 0; i < c->k; i++)
		if (!(u[i].hi > NOTHING)) {
			TbDd here = tb_dd_div(c->weight[i], tb_dd_sub(c->weight[i], u[i]));

			if (first == c->k || tb_dd_sub(here, way).hi < 0) {
				first = i;
				way = here;
			}
		}
	for (size_t i = 0; i < c->k; i++)
		c->weight[i] = tb_dd_add(c->weight[i], tb_dd_mul(way, tb_dd_sub(u[i], c->weight[i])));
	if (first == c->k)
		return true;
	leave(c, first);
	return false;
}

/* x of the mix; its square */
static TbDd mixed(Corral *c)
{
	TbDd square = {0, 0};

	for (size_t i = 0; i < c->t; i++) {
		c->x[i] = tb_dd(0);
		for (size_t a = 0; a < c->k; a++)
			c->x[i] = tb_dd_add(c->x[i], tb_dd_mul(c->weight[a], apart(c, c->member[a], i)));
		square = tb_dd_add(square, tb_dd_mul(c->x[i], c->x[i]));
		tb_steps(c->k);
	}
	return square;
}

/* x'p_j - x'x: below 0, the mix is better with some of j */
static double slope(const Corral *c, size_t j, TbDd square)
{
	TbDd sum = tb_dd_neg(square);

	for (size_t i = 0; i < c->t; i++)
		sum = tb_dd_add(sum, tb_dd_mul(c->x[i], apart(c, j, i)));
	tb_steps(c->t);
	return sum.hi;
}

static bool member(const Corral *c, size_t j)
{
	for (size_t a = 0; a < c->k; a++)
		if (c->member[a] == j)
			return true;
	return false;
}

/* The same in double, to choose by: a tenth of the time */
static double near_slope(const Corral *c, size_t j)
{
	double sum = 0;

	for (size_t i = 0; i < c->t; i++)
		sum += c->x[i].hi * (c->point[j][i] - c->target[i]);
	tb_steps(c->t / 8);
	return sum;
}

/* A point that is worth it, steepest but for rounding; false: there may be one all the same */
static bool steep(const Corral *c, TbDd square, size_t *best)
{
	double least = INFINITY;

	for (size_t j = 0; j < c->n; j++) {
		double s = near_slope(c, j);

		if (s < least) {
			least = s;
			*best = j;
		}
	}
	return slope(c, *best, square) < -CLEAR * fmax(c->largest, square.hi);
}

/* The steepest point, where one is worth it; *flat: some outside point neither helps nor harms */
static bool steepest(const Corral *c, TbDd square, size_t *best, bool *flat)
{
	double least = 0;

	*flat = false;
	if (steep(c, square, best))
		return true;
	for (size_t j = 0; j < c->n; j++) {
		double s = slope(c, j, square), allowed = SLACK * fmax(c->largest, square.hi);

		if (s < -allowed && s < least) {
			least = s;
			*best = j;
		}
		*flat |= fabs(s) <= allowed && !member(c, j);
	}
	return least < 0;
}

static void start(Corral *c, double *reach)
{
	size_t best = 0;
	double least = INFINITY;

	for (size_t j = 0; j < c->n; j++) {
		double square = 0;

		for (size_t i = 0; i < c->t; i++)
			square += (c->point[j][i] - c->target[i]) * (c->point[j][i] - c->target[i]);
		tb_steps(c->t / 8);
		*reach = fmax(*reach, square);
		if (square < least) {
			least = square;
			best = j;
		}
	}
	enter(c, best);
	c->weight[0] = tb_dd(1);
}

TbStatus tb_mix(const double *const *point, size_t n, const double *target, size_t t, TbMix *mix)
{
	Corral c = {.point = point, .target = target, .n = n, .t = t, .x = tb_alloc((t + 1) * sizeof(TbDd))};
	TbDd square, *u = tb_alloc((t + 2) * sizeof(TbDd));
	size_t best = 0;
	bool flat;

	*mix = (TbMix){.weight = tb_alloc_zero(n + 1, sizeof(double))};
	if (n == 0)
		return TB_UNDEFINED;
	start(&c, &mix->reach);
	square = mixed(&c);
	while (steepest(&c, square, &best, &flat)) {
		enter(&c, best);
		if (!affine(&c, u)) {
			leave(&c, c.k - 1); /* rounding alone made it worth it */
			break;
		}
		while (!move(&c, u))
			(void)affine(&c, u);
		square = mixed(&c);
	}
	for (size_t a = 0; a < c.k; a++)
		mix->weight[c.member[a]] = tb_dd_value(c.weight[a]);
	mix->square = tb_dd_value(square);
	mix->unique = !flat;
	tb_free(c.member);
	tb_free(c.weight);
	tb_free(c.gram);
	tb_free(c.x);
	tb_free(u);
	return TB_OK;
}
