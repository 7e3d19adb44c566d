/* bag_rows.h -- random rows of two ids and a number */
#ifndef UNIT_RELATION_ROWS_H
#define UNIT_RELATION_ROWS_H

#include <stdio.h>

#include "../../src/core/state/bag.h"

typedef struct Row {
	char origin[16], destination[16];
	double value;
} Row;

static inline Row random_row(int zones)
{
	Row row;

	snprintf(row.origin, sizeof row.origin, "zone %d", (int)(uniform() * zones));
	snprintf(row.destination, sizeof row.destination, "zone %d", (int)(uniform() * zones));
	row.value = (double)(int)(uniform() * 1000);
	return row;
}

static inline void add_row(const TbBagKind *kind, TbState **state, const Row *row)
{
	const TbId ids[] = {{row->origin, strlen(row->origin)}, {row->destination, strlen(row->destination)}};

	(void)tb_bag_add(kind, state, ids, &row->value);
}

#endif
