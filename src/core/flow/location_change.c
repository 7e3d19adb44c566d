/* location_change.c -- users of a site with and without it: collected demand by demand, added up site by site */
#include "location_change.h"

#include <math.h>

#include "../base/dd.h"
#include "../base/step.h"
#include "../base/merge_sort.h"
#include "../base/scaled.h"

/* A demand that uses a site while it is open */
typedef struct User {
	uint32_t demand, other; /* the site it uses otherwise, or TB_NO_ID */
	double with, without;   /* costs, the second NaN where no other */
} User;

typedef struct Users {
	size_t *start; /* [sites + 1] */
	User *user;    /* by site, then demand */
} Users;

/* The next open site of a demand from row k on, or the end of its rows */
static size_t next_open(const TbLocationTable *t, size_t k, size_t end)
{
	while (k < end && !t->fixed[t->site[k]]) {
		tb_step();
		k++;
	}
	return k;
}

/* Those that come before the first open site in a demand's list take it away from there; the first open one loses it to the second */
static void visit(const TbLocationTable *t, bool closing, Users *u, size_t *next)
{
	for (uint32_t d = 0; d < t->demands; d++, tb_step()) {
		size_t end = t->row[d + 1], first = next_open(t, t->row[d], end), from = closing ? first : t->row[d], to = first, other = first;

		if (closing && first < end) {
			to = first + 1;
			other = next_open(t, to, end);
		}
		for (size_t k = from; k < to; k++, tb_step()) {
			if (u->user) {
				bool none = other == end;
				User user = {d, none ? TB_NO_ID : t->site[other], t->cost[k], none ? NAN : t->cost[other]};

				u->user[next[t->site[k]]] = user;
			}
			next[t->site[k]]++;
		}
	}
}

static Users users_of(const TbLocationTable *t, bool closing)
{
	Users u = {tb_alloc_zero((size_t)t->sites + 1, sizeof(size_t)), NULL};
	size_t *next = tb_alloc_zero((size_t)t->sites + 1, sizeof(size_t));

	visit(t, closing, &u, next);
	for (uint32_t s = 0; s < t->sites; s++, tb_step()) {
		u.start[s + 1] = u.start[s] + next[s];
		next[s] = u.start[s];
	}
	u.user = tb_alloc((u.start[t->sites] + 1) * sizeof(User));
	visit(t, closing, &u, next);
	tb_free(next);
	return u;
}

static int by_other(const void *a, const void *b)
{
	const User *x = a, *y = b;

	return x->other < y->other ? -1 : x->other > y->other;
}

/* Weights and costs without the powers of two that could carry a product out of float8 */
typedef struct Small {
	double *weight;
	int weight_exponent, cost_exponent;
} Small;

typedef struct Sum {
	TbDd weight, extra;
} Sum;

static void add(Sum *sum, const Small *small, const User *user)
{
	double weight = small->weight[user->demand];

	sum->weight = tb_dd_add_d(sum->weight, weight);
	if (user->other == TB_NO_ID)
		return;
	sum->extra = tb_dd_add(sum->extra, tb_two_product(weight, ldexp(user->without, -small->cost_exponent)));
	sum->extra = tb_dd_sub(sum->extra, tb_two_product(weight, ldexp(user->with, -small->cost_exponent)));
}

static double weight_value(const Small *small, TbDd x)
{
	return ldexp(tb_dd_value(x), small->weight_exponent);
}

static double extra_value(const Small *small, TbDd x)
{
	return ldexp(fmax(tb_dd_value(x), 0), small->weight_exponent + small->cost_exponent);
}

/* Where the users of one site go, or come from: n of them, sorted by that */
static size_t moves_of(const Small *small, const User **user, size_t n, TbLocationMove *move)
{
	size_t moves = 0;

	for (size_t i = 0, end; i < n; i = end) {
		Sum sum = {{0, 0}, {0, 0}};
		bool none = user[i]->other == TB_NO_ID;

		for (end = i; end < n && user[end]->other == user[i]->other; end++, tb_step())
			add(&sum, small, user[end]);
		move[moves++] = (TbLocationMove){user[i]->other, weight_value(small, sum.weight), none ? NAN : extra_value(small, sum.extra)};
	}
	return moves;
}

static TbStatus total(const Small *small, const User **user, size_t n, double threshold, TbLocationChange *c)
{
	Sum moving = {{0, 0}, {0, 0}}, stranded = {{0, 0}, {0, 0}}, beyond = {{0, 0}, {0, 0}};

	c->extra = c->mean = c->worst_extra = c->worst_with = c->worst_without = NAN;
	for (size_t i = 0; i < n; i++, tb_step()) {
		const User *u = user[i];
		bool none = u->other == TB_NO_ID;

		add(none ? &stranded : &moving, small, u);
		if (u->with <= threshold && !(u->without <= threshold))
			add(&beyond, small, u);
		c->worst_with = fmax(c->worst_with, u->with);
		c->worst_without = fmax(c->worst_without, u->without);
		if (!none)
			c->worst_extra = fmax(c->worst_extra, u->without - u->with);
	}
	c->users = weight_value(small, tb_dd_add(moving.weight, stranded.weight));
	c->stranded = weight_value(small, stranded.weight);
	c->beyond = weight_value(small, beyond.weight);
	if (n == 0)
		c->extra = 0;
	else if (!isnan(c->worst_extra)) {
		c->extra = extra_value(small, moving.extra);
		c->mean = ldexp(fmax(tb_dd_value(moving.extra), 0) / tb_dd_value(moving.weight), small->cost_exponent);
	}
	return isinf(c->users) || isinf(c->extra) ? TB_OUT_OF_RANGE : TB_OK;
}

static TbStatus changes_of(const TbLocationTable *t, bool closing, double threshold, TbLocationChanges *changes)
{
	Users u = users_of(t, closing);
	Small small = {tb_alloc(((size_t)t->demands + 1) * sizeof(double)), 0, 0};
	double *cost = tb_alloc((t->row[t->demands] + 1) * sizeof(double));
	const User **user = tb_alloc((u.start[t->sites] + 1) * sizeof(User *));
	size_t moves = 0;
	TbStatus status = TB_OK;

	small.weight_exponent = tb_shrink(t->weight, t->demands, small.weight);
	small.cost_exponent = tb_shrink(t->cost, t->row[t->demands], cost);
	tb_free(cost);
	*changes = (TbLocationChanges){0, tb_alloc(((size_t)t->sites + 1) * sizeof(TbLocationChange)),
								   tb_alloc((u.start[t->sites] + 1) * sizeof(TbLocationMove))};
	for (uint32_t s = 0; s < t->sites && status == TB_OK; s++, tb_step()) {
		TbLocationChange *c = &changes->change[changes->n];
		const User **its = user + u.start[s];
		size_t n = u.start[s + 1] - u.start[s];

		if (t->fixed[s] != closing)
			continue;
		c->site = s;
		for (size_t i = 0; i < n; i++, tb_step())
			its[i] = &u.user[u.start[s] + i];
		tb_sort_pointers((const void **)its, n, by_other);
		status = total(&small, its, n, threshold, c);
		c->move = moves;
		c->moves = moves_of(&small, its, n, changes->move + moves);
		moves += c->moves;
		changes->n++;
	}
	tb_free(user);
	tb_free(u.user);
	tb_free(u.start);
	tb_free(small.weight);
	return status;
}

TbStatus tb_closures(const TbLocationTable *table, double threshold, TbLocationChanges *changes)
{
	return changes_of(table, true, threshold, changes);
}

TbStatus tb_openings(const TbLocationTable *table, double threshold, TbLocationChanges *changes)
{
	return changes_of(table, false, threshold, changes);
}
