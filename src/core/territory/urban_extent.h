/* urban_extent.h -- the urban extent of a map of built cells (Angel and others, Atlas of Urban Expansion, 2016)
 *
 * The circle around a cell are the cells whose centres lie within a radius of its own, itself among them; what is not given is not built. Its cells are odd in number,
 * one more than a multiple of four, so that neither a half nor a quarter of them is a whole number: no rule for equality is wanted.
 *   urban     built, and more than half of its circle is
 *   suburban  built, and more than a quarter
 *   rural     built otherwise
 *   fringe    open, within `fringe` of an urban or suburban cell, from centre to centre
 *   captured  open, in a part of the rest that is surrounded: cells that are neither urban, suburban nor fringe, connected by edges, none of which has an edge where no
 *             cell is given, and whose open cells are less than `captured` cells
 *   open      open otherwise
 * A cell that is neither built nor open (water, say) has no class; it is no gap in the map.
 */
#ifndef TB_URBAN_EXTENT_H
#define TB_URBAN_EXTENT_H

#include "grid.h"

typedef enum TbExtent {
	TB_EXTENT_NONE,
	TB_EXTENT_URBAN,
	TB_EXTENT_SUBURBAN,
	TB_EXTENT_RURAL,
	TB_EXTENT_FRINGE,
	TB_EXTENT_CAPTURED,
	TB_EXTENT_OPEN
} TbExtent;
typedef enum TbGround { TB_GROUND_UNKNOWN, TB_GROUND_OPEN, TB_GROUND_BUILT } TbGround;

#define TB_CIRCLE_REACH 10000 /* cells of a radius at most */

/* Cells of a circle; radius in cells, at most the reach */
extern uint64_t tb_circle_cells(double radius);

/* Members in the circle around each cell where `wanted` is set; all of them without it. In grid order */
extern void tb_circle_counts(const TbGrid *grid, const uint8_t *member, const uint8_t *wanted, double radius, uint32_t *count);

/* TbGround to TbExtent, in grid order; radii in cells */
extern void tb_urban_extent(const TbGrid *grid, const uint8_t *ground, double radius, double fringe, double captured, uint8_t *extent);

#endif
