/* disjoint_set.h -- which of 0 .. n - 1 belong together: union by the least member, path halving
 *
 * parent[i] <= i always, so walks end, and the root of a set is its least member whatever the order of the unions: results that number or name sets by
 * their roots do not depend on the order of rows.
 */
#ifndef TB_DISJOINT_SET_H
#define TB_DISJOINT_SET_H

#include <stdint.h>

#include "step.h"

/* Each its own set */
static inline void tb_disjoint_begin(uint32_t *parent, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++, tb_step())
		parent[i] = i;
}

static inline uint32_t tb_disjoint_root(uint32_t *parent, uint32_t i)
{
	while (parent[i] != i)
		i = parent[i] = parent[parent[i]];
	return i;
}

static inline void tb_disjoint_join(uint32_t *parent, uint32_t a, uint32_t b)
{
	a = tb_disjoint_root(parent, a);
	b = tb_disjoint_root(parent, b);
	if (a < b)
		parent[b] = a;
	else
		parent[a] = b;
}

#endif
