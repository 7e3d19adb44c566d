/* location_reduce.c -- a covering question made smaller: demands that others imply, sites that others dominate
 *
 * The reductions of Toregas and ReVelle (1972) and Garfinkel, Neebe and Rao (1977), row by row and column by column until nothing goes; who has one site left fixes it.
 */
#include <string.h>

#include "../base/dictionary.h"
#include "../base/step.h"
#include "../base/sort_order.h"
#include "location_problem.h"

/* Sites within reach as bits; wherever one set lies within another, who has the larger need not be asked */
typedef struct Sets {
	size_t words;
	uint64_t *bits;   /* [demands * words] */
	uint32_t *anchor; /* [sites] the last demand kept whose first site it is, or TB_NO_ID */
	uint32_t *before; /* [demands] the one kept before it with the same first site */
	bool *kept;
} Sets;

static bool lies_within(const Sets *s, uint32_t small, uint32_t large)
{
	const uint64_t *a = s->bits + small * s->words, *b = s->bits + large * s->words;
	size_t k = 0;

	while (k < s->words && (a[k] & ~b[k]) == 0)
		k++;
	tb_steps(k / 8 + 1);
	return k == s->words;
}

static bool implied(const TbLocationProblem *l, const Sets *s, uint32_t demand)
{
	for (size_t k = l->row[demand]; k < l->row[demand + 1]; k++, tb_step())
		for (uint32_t i = s->anchor[l->site[k]]; i != TB_NO_ID; i = s->before[i])
			if (lies_within(s, i, demand))
				return true;
	return false;
}

#define MOST_SET_WORDS ((size_t)1 << 22)

/* Who covers the demands that remain covers all */
static bool drop_implied(TbLocationProblem *l)
{
	Sets s = {.words = ((size_t)l->sites + 63) / 64};
	double *size = tb_alloc(((size_t)l->demands + 1) * sizeof(double));
	size_t *order, n = 0;
	uint32_t demands = 0;
	bool dropped;

	if (l->demands > MOST_SET_WORDS / s.words)
		return false;
	s.bits = tb_alloc_zero(l->demands * s.words + 1, sizeof(uint64_t));
	s.anchor = tb_alloc(((size_t)l->sites + 1) * sizeof(uint32_t));
	s.before = tb_alloc(((size_t)l->demands + 1) * sizeof(uint32_t));
	s.kept = tb_alloc_zero((size_t)l->demands + 1, sizeof(bool));
	memset(s.anchor, 0xff, l->sites * sizeof(uint32_t));
	for (uint32_t i = 0; i < l->demands; i++) {
		size[i] = (double)(l->row[i + 1] - l->row[i]);
		for (size_t k = l->row[i]; k < l->row[i + 1]; k++, tb_step())
			s.bits[i * s.words + l->site[k] / 64] |= UINT64_C(1) << l->site[k] % 64;
	}
	order = tb_sort_order(size, l->demands);
	for (uint32_t r = 0; r < l->demands; r++, tb_step()) {
		uint32_t i = (uint32_t)order[r];

		s.kept[i] = l->row[i] == l->row[i + 1] || !implied(l, &s, i);
		if (s.kept[i] && l->row[i] < l->row[i + 1]) {
			s.before[i] = s.anchor[l->site[l->row[i]]];
			s.anchor[l->site[l->row[i]]] = i;
		}
	}
	for (uint32_t i = 0; i < l->demands; i++, tb_step()) {
		size_t from = l->row[i], end = l->row[i + 1];

		if (!s.kept[i])
			continue;
		l->outside[demands] = l->outside[i];
		l->row[demands++] = n;
		for (size_t k = from; k < end; k++, tb_step())
			l->site[n++] = l->site[k];
	}
	l->row[demands] = n;
	dropped = demands < l->demands;
	l->demands = demands;
	tb_free(size);
	tb_free(order);
	tb_free(s.bits);
	tb_free(s.anchor);
	tb_free(s.before);
	tb_free(s.kept);
	return dropped;
}

/* Is there another site that covers all that this one does, of two alike the one that is fixed or first? */
static bool dominated(const TbLocationProblem *l, const Sets *s, const size_t *size, const bool *gone, uint32_t site, uint32_t rarest)
{
	for (size_t k = l->row[rarest]; k < l->row[rarest + 1]; k++, tb_step()) {
		uint32_t other = l->site[k];

		if (other == site || gone[other] || size[other] < size[site] || !lies_within(s, site, other))
			continue;
		if (size[other] > size[site] || l->fixed[other] || other < site)
			return true;
	}
	return false;
}

static void mark_dominated(const TbLocationProblem *l, bool *gone)
{
	Sets s = {.words = ((size_t)l->demands + 63) / 64};
	size_t *size = tb_alloc_zero((size_t)l->sites + 1, sizeof(size_t));
	uint32_t *rarest = tb_alloc(((size_t)l->sites + 1) * sizeof(uint32_t));

	s.bits = tb_alloc_zero(l->sites * s.words + 1, sizeof(uint64_t));
	for (uint32_t i = 0; i < l->demands; i++)
		for (size_t k = l->row[i]; k < l->row[i + 1]; k++, tb_step()) {
			uint32_t j = l->site[k];

			if (size[j]++ == 0 || l->row[i + 1] - l->row[i] < l->row[rarest[j] + 1] - l->row[rarest[j]])
				rarest[j] = i;
			s.bits[j * s.words + i / 64] |= UINT64_C(1) << i % 64;
		}
	for (uint32_t j = 0; j < l->sites; j++, tb_step())
		gone[j] = size[j] > 0 && !l->fixed[j] && dominated(l, &s, size, gone, j, rarest[j]);
	tb_free(s.bits);
	tb_free(size);
	tb_free(rarest);
}

/* Some best choice does without the sites that cover no more than another; they stay as sites that cover nobody */
static bool drop_dominated(TbLocationProblem *l)
{
	bool *gone = tb_alloc_zero((size_t)l->sites + 1, sizeof(bool));
	size_t n = 0, before = l->row[l->demands];

	mark_dominated(l, gone);
	for (uint32_t i = 0; i < l->demands; i++) {
		size_t from = l->row[i];

		l->row[i] = n;
		for (size_t k = from; k < l->row[i + 1]; k++, tb_step())
			if (!gone[l->site[k]])
				l->site[n++] = l->site[k];
	}
	l->row[l->demands] = n;
	tb_free(gone);
	return n < before;
}

/* A demand with one site left fixes that site, which covers others with it; false where that makes more than p, or a demand has none */
static bool open_essential(TbLocationProblem *l, bool *fixed, bool *changed)
{
	size_t n = 0;
	uint32_t demands = 0, open = 0;

	*changed = false;
	for (uint32_t i = 0; i < l->demands; i++, tb_step())
		if (l->row[i + 1] - l->row[i] == 1)
			fixed[l->site[l->row[i]]] = true;
	for (uint32_t i = 0; i < l->demands; i++, tb_step()) {
		size_t from = l->row[i], end = l->row[i + 1], k = from;

		while (k < end && !fixed[l->site[k]])
			k++;
		tb_steps(k - from);
		if (k < end) {
			*changed = true;
			continue;
		}
		if (from == end)
			return false;
		l->outside[demands] = l->outside[i];
		l->row[demands++] = n;
		for (k = from; k < end; k++, tb_step())
			l->site[n++] = l->site[k];
	}
	l->row[demands] = n;
	l->demands = demands;
	for (uint32_t j = 0; j < l->sites; j++, tb_step())
		open += fixed[j];
	return open <= l->p;
}

bool tb_location_reduce(TbLocationProblem *l)
{
	bool *fixed = tb_alloc((size_t)l->sites + 1), changed = true;

	if (l->demands > MOST_SET_WORDS / (((size_t)l->sites + 63) / 64))
		return true;
	memcpy(fixed, l->fixed, l->sites * sizeof(bool));
	l->fixed = fixed;
	(void)drop_implied(l);
	while (changed) {
		if (!open_essential(l, fixed, &changed))
			return false;
		changed = drop_dominated(l) || changed;
		changed = drop_implied(l) || changed;
	}
	return true;
}
