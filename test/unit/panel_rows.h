/* panel_rows.h -- panels for unit tests, from arrays */
#ifndef UNIT_PANEL_ROWS_H
#define UNIT_PANEL_ROWS_H

#include "../../src/core/estimate/panel.h"

#include <stdlib.h>
#include <string.h>

#include "samples.h"

/* n rows of `width` values behind each other; ids "A", "B" .. by number, -1 where there is none */
static inline TbPanel panel_of(size_t n, int width, const double *values, const int *a, const int *b, const double *params)
{
	TbState *state = tb_bag_new(&tb_panel_kind, params, TB_PANEL_PARAMS);
	TbBag *bag = malloc(sizeof(TbBag));
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	for (size_t i = 0; i < n; i++) {
		TbId id[2] = {{a && a[i] >= 0 ? letters + a[i] : NULL, 1}, {b && b[i] >= 0 ? letters + b[i] : NULL, 1}};

		(void)tb_bag_add(&tb_panel_kind, &state, id, values + i * width);
	}
	(void)tb_bag_view(&tb_panel_kind, state, bag);
	return tb_panel(bag);
}

#endif
