/* class_map.h -- a map of classes on a grid as runs of equal cells: the state of landscape metrics
 *
 * Words: cell size, neighbours (4 or 8), whether a cell occurs twice, cells, runs; then runs {row << 32 | first column, more cells << 32 | class}, signed numbers biased
 * so that words compare as they do. Open: in the order of arrival, with slack, a run grown while its next cell follows. Packed: sorted, joined, without slack.
 * A map in which a cell occurs twice is wrong whatever else it holds: packed, it keeps nothing but that, so that any split of its rows gives the same.
 */
#ifndef TB_CLASS_MAP_H
#define TB_CLASS_MAP_H

#include "state.h"

extern const TbShape tb_landscape_shape;

typedef struct TbClassRun {
	int32_t y, first, last, class;
} TbClassRun;

typedef struct TbClassMap {
	double cell_size;
	bool queen;
	size_t runs;
	TbClassRun *run; /* by row, then column; no two that touch in a row have one class */
} TbClassMap;

extern TbState *tb_class_map_new(double cell_size, bool queen);
extern bool tb_class_map_same(const TbState *state, double cell_size, bool queen);
extern TbStatus tb_class_map_add(TbState **state, int32_t x, int32_t y, int32_t class);
/* TB_UNDEFINED: no cells. TB_INVALID: cell *twice, two numbers, occurs twice; false in *named where the state no longer knows which. */
extern TbStatus tb_class_map_view(const TbState *state, TbClassMap *map, int32_t twice[2], bool *named);

#endif
